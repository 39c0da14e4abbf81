"""Permits from intake to archive."""

import sqlalchemy as sa
from alembic import op

from hall.store.append_only import guard, guard_name

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_FILLED = {
    "case_clock": ("round", "subject", "extension", "stopped_how"),
    "case_event": ("day", "state", "detail"),
    "case_material": ("lacking",),
    "matter_material": ("secondary",),
    "matter_version": (
        "lacking_allowed",
        "informed_allowed",
        "default_allowed",
        "safety",
        "legal_review",
        "refusal_report",
        "extension_days",
        "certificate_name",
    ),
    "person": ("organisation_kind", "representative"),
    "permit_case": (
        "matter_id",
        "agent_authority",
        "purpose",
        "handling",
        "subject",
        "state_before",
        "accepted_how",
        "proposal",
        "outcome",
        "standing",
        "urgency",
        "warning_days",
    ),
}
"""Columns that the rows of a hall at work need a value for."""

_PENDING = 10**9


def _release(table: str) -> None:
    """The rows of an append-only table get values for new columns: its guard is taken off, and put back at the end."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {guard_name(table)} ON {table}")
        return
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER {guard_name(table)}_{deed}")


def _guard_again() -> None:
    """On both databases what was released; on SQLite also what was built anew, without its triggers."""
    guard(op.get_bind(), "case_event")
    if op.get_bind().dialect.name == "sqlite":
        guard(op.get_bind(), "document")


def _local_day(column: str) -> str:
    if op.get_bind().dialect.name == "postgresql":
        return f"({column} AT TIME ZONE 'Asia/Shanghai')::date"
    return f"date({column}, '+8 hours')"


def _fill() -> None:
    """Every case of a hall at work was accepted when it was received, and has run since."""
    op.execute(
        "UPDATE audit_head SET at = (SELECT r.at FROM audit_row r "
        "WHERE r.station_id = audit_head.station_id AND r.sequence = audit_head.sequence)"
    )
    op.execute("UPDATE case_clock SET round = 1, subject = '', extension = 0, stopped_how = ''")
    op.execute(
        f"UPDATE case_event SET day = {_local_day('at')}, detail = '{{}}', "
        "state = CASE kind WHEN 'receive' THEN 'received' ELSE 'accepted' END"
    )
    op.execute("UPDATE person SET organisation_kind = '', representative = ''")
    op.execute("UPDATE case_material SET lacking = false")
    op.execute("UPDATE matter_material SET secondary = false")
    op.execute(
        "UPDATE matter_version SET lacking_allowed = false, informed_allowed = false, default_allowed = false, "
        "safety = false, legal_review = false, refusal_report = false, extension_days = 0, certificate_name = ''"
    )
    due = "(SELECT due_ordinal FROM case_clock c WHERE c.case_id = permit_case.id AND c.kind = '{}')"
    op.execute(
        "UPDATE permit_case SET agent_authority = '', purpose = 'new', subject = '', state_before = '', proposal = '', "
        f"outcome = '', standing = 'running', warning_days = 1, accepted_on = {_local_day('accepted_at')}, "
        "accepted_how = 'complete', matter_id = (SELECT matter_id FROM matter_version v "
        "WHERE v.id = permit_case.matter_version_id), handling = (SELECT CASE v.promised_days WHEN 0 THEN 'immediate' "
        "ELSE 'promised' END FROM matter_version v WHERE v.id = permit_case.matter_version_id), "
        f"statutory_ordinal = {due.format('statutory')}, promised_ordinal = {due.format('promised')}"
    )
    op.execute(
        f"UPDATE permit_case SET urgency = CASE WHEN coalesce(promised_ordinal, {_PENDING}) < "
        f"coalesce(statutory_ordinal, {_PENDING}) THEN promised_ordinal "
        f"ELSE coalesce(statutory_ordinal, {_PENDING}) END"
    )


def upgrade() -> None:
    """To this revision."""
    with op.batch_alter_table("audit_head", schema=None) as batch_op:
        batch_op.add_column(sa.Column("at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "case_opinion",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_opinion")),
    )
    with op.batch_alter_table("case_opinion", schema=None) as batch_op:
        batch_op.create_index("ix_case_opinion_case", ["case_id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("content_sealed", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stored_file_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("hall_id", "sha256", name=op.f("uq_stored_file_hall_id_sha256")),
    )
    op.create_table(
        "account_absence",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("substitute_id", BIG, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_absence_account_id_account")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_account_absence_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["account.id"], name=op.f("fk_account_absence_substitute_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_absence")),
    )
    with op.batch_alter_table("account_absence", schema=None) as batch_op:
        batch_op.create_index("ix_account_absence_account", ["account_id", "first_day"], unique=False)

    op.create_table(
        "matter_procedure",
        sa.Column("matter_version_id", BIG, nullable=False),
        sa.Column("procedure", sa.String(length=16), nullable=False),
        sa.Column("stops_promised", sa.Boolean(), nullable=False),
        sa.Column("granted_days", BIG, nullable=True),
        sa.Column("granted_unit", sa.String(length=8), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_matter_procedure_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["matter_version_id"],
            ["matter_version.id"],
            name=op.f("fk_matter_procedure_matter_version_id_matter_version"),
        ),
        sa.PrimaryKeyConstraint("matter_version_id", "procedure", name=op.f("pk_matter_procedure")),
    )
    op.create_table(
        "matter_step",
        sa.Column("matter_version_id", BIG, nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("days", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_matter_step_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["matter_version_id"], ["matter_version.id"], name=op.f("fk_matter_step_matter_version_id_matter_version")
        ),
        sa.PrimaryKeyConstraint("matter_version_id", "step", name=op.f("pk_matter_step")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_filter_account_id_account")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_saved_filter_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("hall_id", "account_id", "name", name=op.f("uq_saved_filter_hall_id_account_id_name")),
    )
    op.create_table(
        "case_anomaly",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", BIG, nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_anomaly_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_anomaly_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_anomaly")),
        sa.UniqueConstraint("case_id", "kind", "occasion", name=op.f("uq_case_anomaly_case_id_kind_occasion")),
    )
    with op.batch_alter_table("case_anomaly", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_anomaly_open",
            ["hall_id", "found_at"],
            unique=False,
            sqlite_where=sa.text("reviewed_at IS NULL"),
            postgresql_where=sa.text("reviewed_at IS NULL"),
        )

    op.create_table(
        "case_notice",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("department_id", BIG, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_notice_case_id_permit_case")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_case_notice_department_id_department")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_notice_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notice")),
    )
    with op.batch_alter_table("case_notice", schema=None) as batch_op:
        batch_op.create_index("ix_case_notice_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_case_notice_unseen",
            ["hall_id", "account_id", "role"],
            unique=False,
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        )

    op.create_table(
        "case_party",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_party_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_party_hall_id_hall")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_party_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_party")),
    )
    with op.batch_alter_table("case_party", schema=None) as batch_op:
        batch_op.create_index("ix_case_party_case", ["case_id"], unique=False)

    op.create_table(
        "case_possession",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("department_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("acting_for", BIG, nullable=True),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_possession_case_id_permit_case")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_case_possession_department_id_department")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_possession_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_possession")),
    )
    with op.batch_alter_table("case_possession", schema=None) as batch_op:
        batch_op.create_index("ix_case_possession_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_case_possession_now",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("until_at IS NULL"),
            postgresql_where=sa.text("until_at IS NULL"),
        )

    op.create_table(
        "case_urging",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_urging_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_urging_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_urging")),
    )
    with op.batch_alter_table("case_urging", schema=None) as batch_op:
        batch_op.create_index("ix_case_urging_case", ["case_id"], unique=False)

    op.create_table(
        "enquiry",
        sa.Column("id", BIG, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("matter_id", BIG, nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("handed_to", BIG, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", BIG, nullable=True),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_enquiry_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_enquiry_hall_id_hall")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_enquiry_matter_id_matter")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enquiry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enquiry_open",
            ["hall_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.create_table(
        "licence_bar",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("article", sa.String(length=20), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_licence_bar_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_licence_bar_hall_id_hall")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_licence_bar_matter_id_matter")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_licence_bar_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_bar")),
    )
    with op.batch_alter_table("licence_bar", schema=None) as batch_op:
        batch_op.create_index("ix_licence_bar_person", ["person_id", "matter_id"], unique=False)

    op.create_table(
        "case_consultation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", BIG, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_consultation_case_id_permit_case")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_case_consultation_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_consultation_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_consultation")),
    )
    with op.batch_alter_table("case_consultation", schema=None) as batch_op:
        batch_op.create_index("ix_case_consultation_case", ["case_id"], unique=False)

    op.create_table(
        "case_handover",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("given_by", BIG, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", BIG, nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_handover_case_id_permit_case")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_case_handover_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_handover_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_handover")),
    )
    with op.batch_alter_table("case_handover", schema=None) as batch_op:
        batch_op.create_index("ix_case_handover_case", ["case_id"], unique=False)

    op.create_table(
        "case_pause",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("procedure", sa.String(length=16), nullable=False),
        sa.Column("stops_statutory", sa.Boolean(), nullable=False),
        sa.Column("stops_promised", sa.Boolean(), nullable=False),
        sa.Column("granted_days", BIG, nullable=True),
        sa.Column("granted_unit", sa.String(length=8), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("ended_by", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_pause_case_id_permit_case")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_case_pause_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_pause_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pause")),
    )
    with op.batch_alter_table("case_pause", schema=None) as batch_op:
        batch_op.create_index("ix_case_pause_case", ["case_id"], unique=False)

    op.create_table(
        "case_supplement",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("round", BIG, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_how", sa.String(length=12), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_supplement_case_id_permit_case")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_case_supplement_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_supplement_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_supplement")),
        sa.UniqueConstraint("case_id", "phase", "round", name=op.f("uq_case_supplement_case_id_phase_round")),
    )
    op.create_table(
        "case_visit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("booked_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_by", BIG, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("applicant_signed", sa.Boolean(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_visit_case_id_permit_case")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_case_visit_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_visit_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_visit")),
    )
    with op.batch_alter_table("case_visit", schema=None) as batch_op:
        batch_op.create_index("ix_case_visit_booked", ["hall_id", "booked_for"], unique=False)
        batch_op.create_index("ix_case_visit_case", ["case_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("matter_version_id", BIG, nullable=False),
        sa.Column("holder_id", BIG, nullable=False),
        sa.Column("previous_id", BIG, nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("reminded_days", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_certificate_case_id_permit_case")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_certificate_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_certificate_hall_id_hall")),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_certificate_holder_id_person")),
        sa.ForeignKeyConstraint(
            ["matter_version_id"], ["matter_version.id"], name=op.f("fk_certificate_matter_version_id_matter_version")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["certificate.id"], name=op.f("fk_certificate_previous_id_certificate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_certificate_hall_id_number")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index("ix_certificate_case", ["case_id"], unique=False)
        batch_op.create_index("ix_certificate_holder", ["holder_id"], unique=False)
        batch_op.create_index(
            "ix_certificate_valid_to",
            ["hall_id", "valid_to"],
            unique=False,
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )

    op.create_table(
        "dossier",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("volume", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("retention", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("score", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_dossier_case_id_permit_case")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_dossier_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_dossier_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("case_id", "volume", name=op.f("uq_dossier_case_id_volume")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_dossier_hall_id_number")),
    )
    op.create_table(
        "escalation_rung",
        sa.Column("id", BIG, nullable=False),
        sa.Column("clock_id", BIG, nullable=False),
        sa.Column("rung", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["case_clock.id"], name=op.f("fk_escalation_rung_clock_id_case_clock")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_escalation_rung_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_rung")),
        sa.UniqueConstraint("clock_id", "rung", "due_on", name=op.f("uq_escalation_rung_clock_id_rung_due_on")),
    )
    with op.batch_alter_table("escalation_rung", schema=None) as batch_op:
        batch_op.create_index("ix_escalation_rung_at", ["hall_id", "at"], unique=False)

    op.create_table(
        "supervision_order",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("clock_id", BIG, nullable=True),
        sa.Column("previous_id", BIG, nullable=True),
        sa.Column("colour", sa.String(length=8), nullable=False),
        sa.Column("cause", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", BIG, nullable=False),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by", BIG, nullable=True),
        sa.Column("plea", sa.Text(), nullable=False),
        sa.Column("plea_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plea_by", BIG, nullable=True),
        sa.Column("plea_finding", sa.String(length=12), nullable=False),
        sa.Column("plea_reason", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_how", sa.String(length=12), nullable=False),
        sa.Column("closed_by", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_supervision_order_case_id_permit_case")),
        sa.ForeignKeyConstraint(["clock_id"], ["case_clock.id"], name=op.f("fk_supervision_order_clock_id_case_clock")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_supervision_order_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_supervision_order_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["supervision_order.id"], name=op.f("fk_supervision_order_previous_id_supervision_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_order")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_supervision_order_hall_id_number")),
    )
    with op.batch_alter_table("supervision_order", schema=None) as batch_op:
        batch_op.create_index("ix_supervision_order_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_supervision_order_open",
            ["hall_id", "reply_by"],
            unique=False,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )

    op.create_table(
        "accountability_record",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=True),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", BIG, nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("possession", sa.Text(), nullable=False),
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("plea", sa.Text(), nullable=False),
        sa.Column("plea_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.String(length=12), nullable=False),
        sa.Column("exemption", sa.String(length=16), nullable=False),
        sa.Column("degree", sa.String(length=12), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("points", BIG, nullable=False),
        sa.Column("repetition", BIG, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=False),
        sa.Column("appealed_on", sa.Date(), nullable=True),
        sa.Column("appeal_finding", sa.String(length=12), nullable=False),
        sa.Column("correct_by", sa.Date(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["permit_case.id"], name=op.f("fk_accountability_record_case_id_permit_case")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_accountability_record_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_accountability_record_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["supervision_order.id"], name=op.f("fk_accountability_record_order_id_supervision_order")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["account.id"], name=op.f("fk_accountability_record_subject_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountability_record")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_accountability_record_hall_id_number")),
    )
    with op.batch_alter_table("accountability_record", schema=None) as batch_op:
        batch_op.create_index("ix_accountability_record_case", ["case_id"], unique=False)
        batch_op.create_index("ix_accountability_record_subject", ["subject_id", "opened_on"], unique=False)

    op.create_table(
        "case_file",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("stored_file_id", BIG, nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("material", BIG, nullable=True),
        sa.Column("visit_id", BIG, nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", BIG, nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_file_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_file_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=op.f("fk_case_file_stored_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["case_visit.id"], name=op.f("fk_case_file_visit_id_case_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index("ix_case_file_case", ["case_id"], unique=False)

    op.create_table(
        "case_hearing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("ask_by", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("hold_by", sa.Date(), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("chair_id", BIG, nullable=True),
        sa.Column("recorder_id", BIG, nullable=True),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("pause_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_hearing_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_hearing_hall_id_hall")),
        sa.ForeignKeyConstraint(["pause_id"], ["case_pause.id"], name=op.f("fk_case_hearing_pause_id_case_pause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_hearing")),
    )
    with op.batch_alter_table("case_hearing", schema=None) as batch_op:
        batch_op.create_index("ix_case_hearing_case", ["case_id"], unique=False)

    op.create_table(
        "case_supplement_item",
        sa.Column("supplement_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("defect", sa.Text(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_supplement_item_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["supplement_id"],
            ["case_supplement.id"],
            name=op.f("fk_case_supplement_item_supplement_id_case_supplement"),
        ),
        sa.PrimaryKeyConstraint("supplement_id", "position", name=op.f("pk_case_supplement_item")),
    )
    op.create_table(
        "case_visit_officer",
        sa.Column("visit_id", BIG, nullable=False),
        sa.Column("account_id", BIG, autoincrement=False, nullable=False),
        sa.Column("badge_number", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_case_visit_officer_account_id_account")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_visit_officer_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["case_visit.id"], name=op.f("fk_case_visit_officer_visit_id_case_visit")
        ),
        sa.PrimaryKeyConstraint("visit_id", "account_id", name=op.f("pk_case_visit_officer")),
    )
    op.create_table(
        "supervision_subject",
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("account_id", BIG, autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("possession_days", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_supervision_subject_account_id_account")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_supervision_subject_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["supervision_order.id"], name=op.f("fk_supervision_subject_order_id_supervision_order")
        ),
        sa.PrimaryKeyConstraint("order_id", "account_id", name=op.f("pk_supervision_subject")),
    )
    op.create_table(
        "dossier_item",
        sa.Column("dossier_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pages", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("file_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_dossier_item_document_id_document")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_item_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["file_id"], ["case_file.id"], name=op.f("fk_dossier_item_file_id_case_file")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_dossier_item_hall_id_hall")),
        sa.PrimaryKeyConstraint("dossier_id", "position", name=op.f("pk_dossier_item")),
    )
    op.create_table(
        "service_record",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("document_id", BIG, nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("postal_number", sa.Text(), nullable=False),
        sa.Column("place_sealed", sa.Text(), nullable=True),
        sa.Column("server_id", BIG, nullable=False),
        sa.Column("second_server_id", BIG, nullable=True),
        sa.Column("failed_on", sa.Date(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("consent_file_id", BIG, nullable=True),
        sa.Column("proof_file_id", BIG, nullable=True),
        sa.Column("proof_document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_service_record_case_id_permit_case")),
        sa.ForeignKeyConstraint(
            ["consent_file_id"], ["case_file.id"], name=op.f("fk_service_record_consent_file_id_case_file")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_service_record_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_service_record_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["proof_document_id"], ["document.id"], name=op.f("fk_service_record_proof_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["proof_file_id"], ["case_file.id"], name=op.f("fk_service_record_proof_file_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_record")),
    )
    with op.batch_alter_table("service_record", schema=None) as batch_op:
        batch_op.create_index("ix_service_record_case", ["case_id"], unique=False)
        batch_op.create_index("ix_service_record_document", ["document_id"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("department_id", BIG, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_account_department_id_department"), "department", ["department_id"], ["id"]
        )

    with op.batch_alter_table("case_clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round", BIG, nullable=True))
        batch_op.add_column(sa.Column("subject", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("extension", BIG, nullable=True))
        batch_op.add_column(sa.Column("stopped_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("stopped_how", sa.String(length=12), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_case_clock_case_id_kind"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_case_clock_case_id_kind_round"), ["case_id", "kind", "round"])

    _release("case_event")
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("detail", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("document_id", BIG, nullable=True))
        batch_op.create_index("ix_case_event_day", ["hall_id", "day"], unique=False)
        batch_op.drop_constraint(batch_op.f("fk_case_event_hall_id_hall"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_case_event_case_id_permit_case"), type_="foreignkey")

    with op.batch_alter_table("case_material", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lacking", sa.Boolean(), nullable=True))

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.alter_column("case_id", existing_type=sa.INTEGER(), nullable=True)

    with op.batch_alter_table("matter_material", schema=None) as batch_op:
        batch_op.add_column(sa.Column("secondary", sa.Boolean(), nullable=True))

    with op.batch_alter_table("matter_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lacking_allowed", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("informed_allowed", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("default_allowed", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("safety", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("legal_review", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("refusal_report", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("warning_days", BIG, nullable=True))
        batch_op.add_column(sa.Column("extension_days", BIG, nullable=True))
        batch_op.add_column(sa.Column("certificate_name", sa.Text(), nullable=True))

    with op.batch_alter_table("permit_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("matter_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("agent_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("agent_authority", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("officer_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("parent_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("certificate_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("purpose", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("handling", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("subject", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("state_before", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("accepted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("accepted_how", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("proposal", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("decided_by", BIG, nullable=True))
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("standing", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("statutory_ordinal", BIG, nullable=True))
        batch_op.add_column(sa.Column("promised_ordinal", BIG, nullable=True))
        batch_op.add_column(sa.Column("urgency", BIG, nullable=True))
        batch_op.add_column(sa.Column("warning_days", BIG, nullable=True))
        batch_op.create_index("ix_permit_case_accepted", ["hall_id", "accepted_on"], unique=False)
        batch_op.create_index("ix_permit_case_closed", ["hall_id", "closed_at"], unique=False)
        batch_op.create_index(
            "ix_permit_case_counts",
            [
                "hall_id",
                "department_id",
                "matter_id",
                "standing",
                "statutory_ordinal",
                "promised_ordinal",
                "warning_days",
                "closed_at",
            ],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index("ix_permit_case_decided", ["hall_id", "decided_on"], unique=False)
        batch_op.create_index(
            "ix_permit_case_department",
            ["hall_id", "department_id", "urgency", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_permit_case_matter",
            ["hall_id", "matter_id", "urgency", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_permit_case_officer",
            ["hall_id", "officer_id", "urgency", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_permit_case_parent",
            ["parent_id"],
            unique=False,
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )
        batch_op.create_index("ix_permit_case_received", ["hall_id", "received_at"], unique=False)
        batch_op.create_index("ix_permit_case_ticket", ["ticket_id"], unique=False)
        batch_op.create_index(
            "ix_permit_case_to_archive",
            ["hall_id", "closed_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('refused', 'finished', 'withdrawn', 'terminated')"),
            postgresql_where=sa.text("state IN ('refused', 'finished', 'withdrawn', 'terminated')"),
        )
        batch_op.create_index(
            "ix_permit_case_urgent",
            ["hall_id", "urgency", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_permit_case_parent_id_permit_case"), "permit_case", ["parent_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_permit_case_matter_id_matter"), "matter", ["matter_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_permit_case_agent_id_person"), "person", ["agent_id"], ["id"])

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation_kind", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("representative", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_person_hall_id_name"), ["hall_id", "name"], unique=False)

    _fill()
    for table, columns in _FILLED.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.alter_column(column, nullable=False)
    _guard_again()
    guard(op.get_bind(), "case_opinion")


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("audit_head", schema=None) as batch_op:
        batch_op.drop_column("at")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_hall_id_name"))
        batch_op.drop_column("representative")
        batch_op.drop_column("organisation_kind")

    with op.batch_alter_table("permit_case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_permit_case_agent_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_permit_case_matter_id_matter"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_permit_case_parent_id_permit_case"), type_="foreignkey")
        batch_op.drop_index(
            "ix_permit_case_urgent",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_permit_case_ticket")
        batch_op.drop_index("ix_permit_case_received")
        batch_op.drop_index(
            "ix_permit_case_parent",
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_permit_case_to_archive",
            sqlite_where=sa.text("state IN ('refused', 'finished', 'withdrawn', 'terminated')"),
            postgresql_where=sa.text("state IN ('refused', 'finished', 'withdrawn', 'terminated')"),
        )
        batch_op.drop_index(
            "ix_permit_case_officer",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_permit_case_matter",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_permit_case_department",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_permit_case_decided")
        batch_op.drop_index(
            "ix_permit_case_counts",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index("ix_permit_case_closed")
        batch_op.drop_index("ix_permit_case_accepted")
        batch_op.drop_column("warning_days")
        batch_op.drop_column("urgency")
        batch_op.drop_column("promised_ordinal")
        batch_op.drop_column("statutory_ordinal")
        batch_op.drop_column("standing")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("decided_by")
        batch_op.drop_column("decided_on")
        batch_op.drop_column("decided_at")
        batch_op.drop_column("outcome")
        batch_op.drop_column("proposal")
        batch_op.drop_column("accepted_how")
        batch_op.drop_column("accepted_on")
        batch_op.drop_column("state_before")
        batch_op.drop_column("subject")
        batch_op.drop_column("handling")
        batch_op.drop_column("purpose")
        batch_op.drop_column("certificate_id")
        batch_op.drop_column("parent_id")
        batch_op.drop_column("officer_id")
        batch_op.drop_column("agent_authority")
        batch_op.drop_column("agent_id")
        batch_op.drop_column("matter_id")

    with op.batch_alter_table("matter_version", schema=None) as batch_op:
        batch_op.drop_column("certificate_name")
        batch_op.drop_column("extension_days")
        batch_op.drop_column("warning_days")
        batch_op.drop_column("refusal_report")
        batch_op.drop_column("legal_review")
        batch_op.drop_column("safety")
        batch_op.drop_column("default_allowed")
        batch_op.drop_column("informed_allowed")
        batch_op.drop_column("lacking_allowed")

    with op.batch_alter_table("matter_material", schema=None) as batch_op:
        batch_op.drop_column("secondary")

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.alter_column("case_id", existing_type=sa.INTEGER(), nullable=False)

    with op.batch_alter_table("case_material", schema=None) as batch_op:
        batch_op.drop_column("lacking")

    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f("fk_case_event_case_id_permit_case"), "permit_case", ["case_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_case_event_hall_id_hall"), "hall", ["hall_id"], ["id"])
        batch_op.drop_index("ix_case_event_day")
        batch_op.drop_column("document_id")
        batch_op.drop_column("detail")
        batch_op.drop_column("state")
        batch_op.drop_column("day")

    if op.get_bind().dialect.name == "sqlite":
        guard(op.get_bind(), "document")
        guard(op.get_bind(), "case_event")

    with op.batch_alter_table("case_clock", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_case_clock_case_id_kind_round"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_case_clock_case_id_kind"), ["case_id", "kind"])
        batch_op.drop_column("stopped_how")
        batch_op.drop_column("stopped_on")
        batch_op.drop_column("extension")
        batch_op.drop_column("subject")
        batch_op.drop_column("round")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_account_department_id_department"), type_="foreignkey")
        batch_op.drop_column("department_id")

    with op.batch_alter_table("service_record", schema=None) as batch_op:
        batch_op.drop_index("ix_service_record_document")
        batch_op.drop_index("ix_service_record_case")

    op.drop_table("service_record")
    op.drop_table("dossier_item")
    op.drop_table("supervision_subject")
    op.drop_table("case_visit_officer")
    op.drop_table("case_supplement_item")
    with op.batch_alter_table("case_hearing", schema=None) as batch_op:
        batch_op.drop_index("ix_case_hearing_case")

    op.drop_table("case_hearing")
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index("ix_case_file_case")

    op.drop_table("case_file")
    with op.batch_alter_table("accountability_record", schema=None) as batch_op:
        batch_op.drop_index("ix_accountability_record_subject")
        batch_op.drop_index("ix_accountability_record_case")

    op.drop_table("accountability_record")
    with op.batch_alter_table("supervision_order", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_supervision_order_open",
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.drop_index("ix_supervision_order_case")

    op.drop_table("supervision_order")
    with op.batch_alter_table("escalation_rung", schema=None) as batch_op:
        batch_op.drop_index("ix_escalation_rung_at")

    op.drop_table("escalation_rung")
    op.drop_table("dossier")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_certificate_valid_to",
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )
        batch_op.drop_index("ix_certificate_holder")
        batch_op.drop_index("ix_certificate_case")

    op.drop_table("certificate")
    with op.batch_alter_table("case_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_case_visit_case")
        batch_op.drop_index("ix_case_visit_booked")

    op.drop_table("case_visit")
    op.drop_table("case_supplement")
    with op.batch_alter_table("case_pause", schema=None) as batch_op:
        batch_op.drop_index("ix_case_pause_case")

    op.drop_table("case_pause")
    with op.batch_alter_table("case_handover", schema=None) as batch_op:
        batch_op.drop_index("ix_case_handover_case")

    op.drop_table("case_handover")
    with op.batch_alter_table("case_consultation", schema=None) as batch_op:
        batch_op.drop_index("ix_case_consultation_case")

    op.drop_table("case_consultation")
    with op.batch_alter_table("licence_bar", schema=None) as batch_op:
        batch_op.drop_index("ix_licence_bar_person")

    op.drop_table("licence_bar")
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_enquiry_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.drop_table("enquiry")
    with op.batch_alter_table("case_urging", schema=None) as batch_op:
        batch_op.drop_index("ix_case_urging_case")

    op.drop_table("case_urging")
    with op.batch_alter_table("case_possession", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_possession_now",
            sqlite_where=sa.text("until_at IS NULL"),
            postgresql_where=sa.text("until_at IS NULL"),
        )
        batch_op.drop_index("ix_case_possession_case")

    op.drop_table("case_possession")
    with op.batch_alter_table("case_party", schema=None) as batch_op:
        batch_op.drop_index("ix_case_party_case")

    op.drop_table("case_party")
    with op.batch_alter_table("case_notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_notice_unseen",
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        )
        batch_op.drop_index("ix_case_notice_case")

    op.drop_table("case_notice")
    with op.batch_alter_table("case_anomaly", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_anomaly_open",
            sqlite_where=sa.text("reviewed_at IS NULL"),
            postgresql_where=sa.text("reviewed_at IS NULL"),
        )

    op.drop_table("case_anomaly")
    op.drop_table("saved_filter")
    op.drop_table("matter_step")
    op.drop_table("matter_procedure")
    with op.batch_alter_table("account_absence", schema=None) as batch_op:
        batch_op.drop_index("ix_account_absence_account")

    op.drop_table("account_absence")
    op.drop_table("stored_file")
    with op.batch_alter_table("case_opinion", schema=None) as batch_op:
        batch_op.drop_index("ix_case_opinion_case")

    op.drop_table("case_opinion")
