"""All tables."""

import sqlalchemy as sa
from alembic import op

from hall.store.append_only import guard

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "hall",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("complaint_phone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall")),
        sa.UniqueConstraint("code", name=op.f("uq_hall_code")),
    )
    op.create_table(
        "account",
        sa.Column("id", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=True),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("badge_number", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("failed_attempts", BIG, nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_account_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "audit_seal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("heads", sa.Text(), nullable=False),
        sa.Column("previous_digest", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_audit_seal_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("hall_id", "day", name=op.f("uq_audit_seal_hall_id_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("id", BIG, nullable=False),
        sa.Column("year", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_calendar_year_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_year")),
        sa.UniqueConstraint("hall_id", "year", "version", name=op.f("uq_calendar_year_hall_id_year_version")),
    )
    op.create_table(
        "change_row",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_change_row_hall_id_hall")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_row_at"), "change_row", ["at"], unique=False)
    op.create_table(
        "counter",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_counter_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_counter_hall_id_number")),
    )
    op.create_table(
        "department",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_department_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("hall_id", "name", name=op.f("uq_department_hall_id_name")),
    )
    op.create_table(
        "document_template",
        sa.Column("id", BIG, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_document_template_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_template")),
        sa.UniqueConstraint("hall_id", "digest", name=op.f("uq_document_template_hall_id_digest")),
    )
    op.create_table(
        "matter",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_matter_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_matter_hall_id_code")),
    )
    op.create_table(
        "number_series",
        sa.Column("hall_id", BIG, autoincrement=False, nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("last", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_number_series_hall_id_hall")),
        sa.PrimaryKeyConstraint("hall_id", "series", "scope", name=op.f("pk_number_series")),
    )
    op.create_table(
        "person",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("id_number_sealed", sa.Text(), nullable=True),
        sa.Column("id_number_index", sa.Text(), nullable=True),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("phone_index", sa.Text(), nullable=True),
        sa.Column("address_sealed", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_person_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("hall_id", "id_number_index", name=op.f("uq_person_hall_id_id_number_index")),
    )
    op.create_index(op.f("ix_person_hall_id_phone_index"), "person", ["hall_id", "phone_index"], unique=False)
    op.create_table(
        "signing_key",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("private_key_wrapped", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_signing_key_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("hall_id", "key_id", name=op.f("uq_signing_key_hall_id_key_id")),
    )
    op.create_table(
        "station",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_station_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("hall_id", "name", name=op.f("uq_station_hall_id_name")),
    )
    op.create_table(
        "account_role",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_role_account_id_account")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_account_role_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_role")),
        sa.UniqueConstraint("account_id", "hall_id", "role", name=op.f("uq_account_role_account_id_hall_id_role")),
    )
    op.create_table(
        "audit_head",
        sa.Column("station_id", BIG, autoincrement=False, nullable=False),
        sa.Column("sequence", BIG, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_audit_head_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_row",
        sa.Column("id", BIG, nullable=False),
        sa.Column("station_id", BIG, nullable=False),
        sa.Column("sequence", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("work_id", sa.Text(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_audit_row_hall_id_hall")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_audit_row_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
        sa.UniqueConstraint("station_id", "sequence", name=op.f("uq_audit_row_station_id_sequence")),
    )
    op.create_index(op.f("ix_audit_row_hall_id_at"), "audit_row", ["hall_id", "at"], unique=False)
    op.create_index(op.f("ix_audit_row_hall_id_subject"), "audit_row", ["hall_id", "subject"], unique=False)
    op.create_index(op.f("ix_audit_row_work_id"), "audit_row", ["work_id"], unique=False)
    op.create_table(
        "calendar_day",
        sa.Column("calendar_year_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_year_id"], ["calendar_year.id"], name=op.f("fk_calendar_day_calendar_year_id_calendar_year")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_calendar_day_hall_id_hall")),
        sa.PrimaryKeyConstraint("calendar_year_id", "day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "counter_matter",
        sa.Column("counter_id", BIG, nullable=False),
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_counter_matter_counter_id_counter")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_counter_matter_hall_id_hall")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_counter_matter_matter_id_matter")),
        sa.PrimaryKeyConstraint("counter_id", "matter_id", name=op.f("pk_counter_matter")),
    )
    op.create_table(
        "matter_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("department_id", BIG, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("statutory_days", BIG, nullable=True),
        sa.Column("statutory_unit", sa.String(length=8), nullable=True),
        sa.Column("promised_days", BIG, nullable=True),
        sa.Column("promised_unit", sa.String(length=8), nullable=True),
        sa.Column("limit_basis", sa.Text(), nullable=False),
        sa.Column("site_visit", sa.Boolean(), nullable=False),
        sa.Column("site_visit_note", sa.Text(), nullable=False),
        sa.Column("validity", sa.Text(), nullable=False),
        sa.Column("validity_months", BIG, nullable=True),
        sa.Column("fee_fen", BIG, nullable=False),
        sa.Column("fee_basis", sa.Text(), nullable=False),
        sa.Column("applicant_kinds", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_matter_version_department_id_department")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_matter_version_hall_id_hall")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_matter_version_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_version")),
        sa.UniqueConstraint("matter_id", "version", name=op.f("uq_matter_version_matter_id_version")),
    )
    op.create_table(
        "print_job",
        sa.Column("id", BIG, nullable=False),
        sa.Column("station_id", BIG, nullable=False),
        sa.Column("printer", sa.String(length=8), nullable=False),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reprint", BIG, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", BIG, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_print_job_hall_id_hall")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_print_job_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    op.create_index(
        "ix_print_job_open",
        "print_job",
        ["station_id", "printer", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_index("ix_print_job_subject", "print_job", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("id", BIG, nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("sequence", BIG, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("priority", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rank_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ahead", BIG, nullable=False),
        sa.Column("minutes_low", BIG, nullable=False),
        sa.Column("minutes_high", BIG, nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counter_id", BIG, nullable=True),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("calls", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_ticket_counter_id_counter")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_ticket_hall_id_hall")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_ticket_matter_id_matter")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint(
            "hall_id",
            "business_date",
            "prefix",
            "sequence",
            name=op.f("uq_ticket_hall_id_business_date_prefix_sequence"),
        ),
    )
    op.create_index(
        "ix_ticket_at_counter",
        "ticket",
        ["counter_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('called', 'serving')"),
        postgresql_where=sa.text("state IN ('called', 'serving')"),
    )
    op.create_index("ix_ticket_called", "ticket", ["hall_id", "business_date", "called_at"], unique=False)
    op.create_index(
        "ix_ticket_waiting",
        "ticket",
        ["hall_id", "business_date", "rank_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "announcement",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("counter_number", BIG, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(length=60), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_announcement_hall_id_hall")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_announcement_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(
        "ix_announcement_pending",
        "announcement",
        ["hall_id", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "matter_material",
        sa.Column("matter_version_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("originals", BIG, nullable=False),
        sa.Column("copies", BIG, nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_matter_material_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["matter_version_id"],
            ["matter_version.id"],
            name=op.f("fk_matter_material_matter_version_id_matter_version"),
        ),
        sa.PrimaryKeyConstraint("matter_version_id", "position", name=op.f("pk_matter_material")),
    )
    op.create_table(
        "permit_case",
        sa.Column("id", BIG, nullable=False),
        sa.Column("receipt_number", sa.String(length=60), nullable=False),
        sa.Column("acceptance_number", sa.String(length=60), nullable=True),
        sa.Column("matter_version_id", BIG, nullable=False),
        sa.Column("applicant_id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=True),
        sa.Column("department_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["applicant_id"], ["person.id"], name=op.f("fk_permit_case_applicant_id_person")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_permit_case_department_id_department")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_permit_case_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["matter_version_id"], ["matter_version.id"], name=op.f("fk_permit_case_matter_version_id_matter_version")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_permit_case_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_case")),
        sa.UniqueConstraint("hall_id", "acceptance_number", name=op.f("uq_permit_case_hall_id_acceptance_number")),
        sa.UniqueConstraint("hall_id", "receipt_number", name=op.f("uq_permit_case_hall_id_receipt_number")),
    )
    op.create_index("ix_permit_case_applicant", "permit_case", ["applicant_id"], unique=False)
    op.create_table(
        "ticket_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("counter_id", BIG, nullable=True),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_ticket_event_counter_id_counter")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_ticket_event_hall_id_hall")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_event_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_event")),
    )
    op.create_index("ix_ticket_event_ticket", "ticket_event", ["ticket_id"], unique=False)
    op.create_table(
        "case_clock",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("budget", BIG, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_ordinal", BIG, nullable=True),
        sa.Column("pending", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_clock_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_clock_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_clock")),
        sa.UniqueConstraint("case_id", "kind", name=op.f("uq_case_clock_case_id_kind")),
    )
    op.create_index(
        "ix_case_clock_running",
        "case_clock",
        ["hall_id", "kind", "due_ordinal", "case_id"],
        unique=False,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_table(
        "case_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_event_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_event_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index("ix_case_event_case", "case_event", ["case_id"], unique=False)
    op.create_table(
        "case_material",
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("originals", BIG, nullable=False),
        sa.Column("copies", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_case_material_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_case_material_hall_id_hall")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_case_material")),
    )
    op.create_table(
        "document",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("template_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("content_sealed", sa.Text(), nullable=False),
        sa.Column("code_payload", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["permit_case.id"], name=op.f("fk_document_case_id_permit_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_document_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["document_template.id"], name=op.f("fk_document_template_id_document_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_document_hall_id_number")),
    )
    op.create_index("ix_document_case", "document", ["case_id"], unique=False)
    op.create_table(
        "document_file",
        sa.Column("document_id", BIG, nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("content_sealed", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("produced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_file_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_document_file_hall_id_hall")),
        sa.PrimaryKeyConstraint("document_id", "form", name=op.f("pk_document_file")),
    )
    # ### end Alembic commands ###
    guard(op.get_bind(), "audit_seal")
    guard(op.get_bind(), "audit_row")
    guard(op.get_bind(), "ticket_event")
    guard(op.get_bind(), "case_event")
    guard(op.get_bind(), "document")


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("document_file")
    op.drop_index("ix_document_case", table_name="document")
    op.drop_table("document")
    op.drop_table("case_material")
    op.drop_index("ix_case_event_case", table_name="case_event")
    op.drop_table("case_event")
    op.drop_index(
        "ix_case_clock_running",
        table_name="case_clock",
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.drop_table("case_clock")
    op.drop_index("ix_ticket_event_ticket", table_name="ticket_event")
    op.drop_table("ticket_event")
    op.drop_index("ix_permit_case_applicant", table_name="permit_case")
    op.drop_table("permit_case")
    op.drop_table("matter_material")
    op.drop_index(
        "ix_announcement_pending",
        table_name="announcement",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_table("announcement")
    op.drop_index(
        "ix_ticket_waiting",
        table_name="ticket",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index("ix_ticket_called", table_name="ticket")
    op.drop_index(
        "ix_ticket_at_counter",
        table_name="ticket",
        sqlite_where=sa.text("state IN ('called', 'serving')"),
        postgresql_where=sa.text("state IN ('called', 'serving')"),
    )
    op.drop_table("ticket")
    op.drop_index("ix_print_job_subject", table_name="print_job")
    op.drop_index(
        "ix_print_job_open",
        table_name="print_job",
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.drop_table("print_job")
    op.drop_table("matter_version")
    op.drop_table("counter_matter")
    op.drop_table("calendar_day")
    op.drop_index(op.f("ix_audit_row_work_id"), table_name="audit_row")
    op.drop_index(op.f("ix_audit_row_hall_id_subject"), table_name="audit_row")
    op.drop_index(op.f("ix_audit_row_hall_id_at"), table_name="audit_row")
    op.drop_table("audit_row")
    op.drop_table("audit_head")
    op.drop_table("account_role")
    op.drop_table("station")
    op.drop_table("signing_key")
    op.drop_index(op.f("ix_person_hall_id_phone_index"), table_name="person")
    op.drop_table("person")
    op.drop_table("number_series")
    op.drop_table("matter")
    op.drop_table("document_template")
    op.drop_table("department")
    op.drop_table("counter")
    op.drop_index(op.f("ix_change_row_at"), table_name="change_row")
    op.drop_table("change_row")
    op.drop_table("calendar_year")
    op.drop_table("audit_seal")
    op.drop_table("account")
    op.drop_table("hall")
    # ### end Alembic commands ###
