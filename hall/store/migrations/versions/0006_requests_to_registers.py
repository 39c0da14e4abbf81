"""Intake of everything: requests, vendors, stalls, relief, standards, reviews, registers."""

import sqlalchemy as sa
from alembic import op

from hall.store.append_only import guard

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "relief_line",
        sa.Column("posting_id", BIG, autoincrement=False, nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("fen", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("posting_id", "book", name=op.f("pk_relief_line")),
    )
    op.create_table(
        "relief_posting",
        sa.Column("id", BIG, nullable=False),
        sa.Column("serial", BIG, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("donor_sealed", sa.Text(), nullable=True),
        sa.Column("donor_shown", sa.Text(), nullable=False),
        sa.Column("application_id", BIG, nullable=True),
        sa.Column("reverses_id", BIG, nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("money_after", BIG, nullable=False),
        sa.Column("goods_after", BIG, nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("goods_after >= 0", name=op.f("ck_relief_posting_goods")),
        sa.CheckConstraint("money_after >= 0", name=op.f("ck_relief_posting_money")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relief_posting")),
        sa.UniqueConstraint("hall_id", "serial", name=op.f("uq_relief_posting_hall_id_serial")),
    )
    with op.batch_alter_table("relief_posting", schema=None) as batch_op:
        batch_op.create_index(
            "ix_relief_posting_application",
            ["application_id"],
            unique=False,
            sqlite_where=sa.text("application_id IS NOT NULL"),
            postgresql_where=sa.text("application_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_relief_posting_reference",
            ["hall_id", "reference"],
            unique=True,
            sqlite_where=sa.text("reference <> ''"),
            postgresql_where=sa.text("reference <> ''"),
        )
        batch_op.create_index(
            "ix_relief_posting_reverses",
            ["reverses_id"],
            unique=True,
            sqlite_where=sa.text("reverses_id IS NOT NULL"),
            postgresql_where=sa.text("reverses_id IS NOT NULL"),
        )

    op.create_table(
        "subject_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_event")),
    )
    with op.batch_alter_table("subject_event", schema=None) as batch_op:
        batch_op.create_index("ix_subject_event_day", ["hall_id", "subject", "day"], unique=False)
        batch_op.create_index(
            "ix_subject_event_document",
            ["document_id"],
            unique=False,
            sqlite_where=sa.text("document_id IS NOT NULL"),
            postgresql_where=sa.text("document_id IS NOT NULL"),
        )
        batch_op.create_index("ix_subject_event_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "call_back",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("level", BIG, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 1 AND 5", name=op.f("ck_call_back_level")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_call_back_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_back")),
    )
    with op.batch_alter_table("call_back", schema=None) as batch_op:
        batch_op.create_index("ix_call_back_day", ["hall_id", "called_on"], unique=False)
        batch_op.create_index("ix_call_back_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "instruction",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("post", sa.String(length=16), nullable=False),
        sa.Column("minutes", BIG, nullable=True),
        sa.Column("workdays", BIG, nullable=True),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("screen", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_instruction_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
        sa.UniqueConstraint(
            "hall_id",
            "subject",
            "position",
            "valid_from",
            name=op.f("uq_instruction_hall_id_subject_position_valid_from"),
        ),
    )
    op.create_table(
        "outside_score",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("hundredths", BIG, nullable=False),
        sa.Column("full_hundredths", BIG, nullable=False),
        sa.Column("asked", BIG, nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("revision", BIG, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("hundredths >= 0 AND hundredths <= full_hundredths", name=op.f("ck_outside_score_score")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_outside_score_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_score")),
        sa.UniqueConstraint(
            "hall_id",
            "source",
            "month",
            "indicator",
            "revision",
            name=op.f("uq_outside_score_hall_id_source_month_indicator_revision"),
        ),
    )
    op.create_table(
        "power",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_power_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_power_hall_id_code")),
    )
    op.create_table(
        "dispatch_unit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("department_id", BIG, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_dispatch_unit_department_id_department")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_dispatch_unit_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_unit")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_dispatch_unit_hall_id_code")),
    )
    op.create_table(
        "power_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("power_id", BIG, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("liability", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("matter_code", sa.String(length=20), nullable=False),
        sa.Column("violation_code", sa.String(length=20), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_power_version_hall_id_hall")),
        sa.ForeignKeyConstraint(["power_id"], ["power.id"], name=op.f("fk_power_version_power_id_power")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_version")),
        sa.UniqueConstraint("power_id", "valid_from", name=op.f("uq_power_version_power_id_valid_from")),
    )
    op.create_table(
        "stall_site",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=40), nullable=False),
        sa.Column("season_from", sa.String(length=5), nullable=False),
        sa.Column("season_to", sa.String(length=5), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.Column("rotation_months", BIG, nullable=True),
        sa.Column("term_months", BIG, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("plan_file_id", BIG, nullable=True),
        sa.Column("plan_width", BIG, nullable=False),
        sa.Column("plan_height", BIG, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_why", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stall_site_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["plan_file_id"], ["stored_file.id"], name=op.f("fk_stall_site_plan_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall_site")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_stall_site_hall_id_code")),
    )
    op.create_table(
        "subject_file",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("stored_file_id", BIG, nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", BIG, nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_subject_file_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["stored_file_id"], ["stored_file.id"], name=op.f("fk_subject_file_stored_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_file")),
    )
    with op.batch_alter_table("subject_file", schema=None) as batch_op:
        batch_op.create_index("ix_subject_file_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "vendor",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("farmer", sa.Boolean(), nullable=False),
        sa.Column("usual_place", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_why", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_vendor_hall_id_hall")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_vendor_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_vendor_hall_id_number")),
        sa.UniqueConstraint("hall_id", "person_id", name=op.f("uq_vendor_hall_id_person_id")),
    )
    op.create_table(
        "qualification",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("entered_by", BIG, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_qualification_account_id_account")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_qualification_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
    )
    with op.batch_alter_table("qualification", schema=None) as batch_op:
        batch_op.create_index("ix_qualification_account", ["account_id"], unique=False)
        batch_op.create_index(
            "ix_qualification_number",
            ["hall_id", "kind", "number"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "responsibility",
        sa.Column("id", BIG, nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_responsibility_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["dispatch_unit.id"], name=op.f("fk_responsibility_unit_id_dispatch_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility")),
        sa.UniqueConstraint(
            "hall_id", "category", "area", "valid_from", name=op.f("uq_responsibility_hall_id_category_area_valid_from")
        ),
    )
    with op.batch_alter_table("responsibility", schema=None) as batch_op:
        batch_op.create_index("ix_responsibility_unit", ["unit_id"], unique=False)

    op.create_table(
        "stall",
        sa.Column("id", BIG, nullable=False),
        sa.Column("site_id", BIG, nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("x", BIG, nullable=False),
        sa.Column("y", BIG, nullable=False),
        sa.Column("width", BIG, nullable=False),
        sa.Column("height", BIG, nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("farmers_only", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_why", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stall_hall_id_hall")),
        sa.ForeignKeyConstraint(["site_id"], ["stall_site.id"], name=op.f("fk_stall_site_id_stall_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_stall_site_id_number")),
    )
    op.create_table(
        "stall_seat",
        sa.Column("id", BIG, nullable=False),
        sa.Column("site_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("office", sa.String(length=12), nullable=False),
        sa.Column("elected_on", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("votes_for", BIG, nullable=False),
        sa.Column("votes_present", BIG, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stall_seat_hall_id_hall")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stall_seat_person_id_person")),
        sa.ForeignKeyConstraint(["site_id"], ["stall_site.id"], name=op.f("fk_stall_seat_site_id_stall_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall_seat")),
    )
    with op.batch_alter_table("stall_seat", schema=None) as batch_op:
        batch_op.create_index("ix_stall_seat_site", ["site_id"], unique=False)

    op.create_table(
        "training_record",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("half_hours", BIG, nullable=False),
        sa.Column("score", BIG, nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("voids", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", BIG, nullable=True),
        sa.Column("entered_by", BIG, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name=op.f("ck_training_record_score")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_training_record_account_id_account")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["training_record.id"], name=op.f("fk_training_record_corrects_id_training_record")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_training_record_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
    )
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.create_index("ix_training_record_account", ["account_id", "held_on"], unique=False)
        batch_op.create_index(
            "ix_training_record_corrects",
            ["corrects_id"],
            unique=True,
            sqlite_where=sa.text("corrects_id IS NOT NULL"),
            postgresql_where=sa.text("corrects_id IS NOT NULL"),
        )

    op.create_table(
        "lot_draw",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("entrants", sa.Text(), nullable=False),
        sa.Column("prizes", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_by", BIG, nullable=False),
        sa.Column("draw_on", sa.Date(), nullable=False),
        sa.Column("seed_source", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(length=120), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_by", BIG, nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_lot_draw_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_lot_draw_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_draw")),
    )
    with op.batch_alter_table("lot_draw", schema=None) as batch_op:
        batch_op.create_index("ix_lot_draw_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "register_entry",
        sa.Column("id", BIG, nullable=False),
        sa.Column("register", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("case_subject", sa.String(length=20), nullable=False),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_workdays", BIG, nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", BIG, nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.Column("corrects_id", BIG, nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", BIG, nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["register_entry.id"], name=op.f("fk_register_entry_corrects_id_register_entry")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_register_entry_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_register_entry_hall_id_hall")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_register_entry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_register_entry_hall_id_number")),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index("ix_register_entry_case", ["case_subject", "case_id"], unique=False)
        batch_op.create_index(
            "ix_register_entry_corrects",
            ["corrects_id"],
            unique=True,
            sqlite_where=sa.text("corrects_id IS NOT NULL"),
            postgresql_where=sa.text("corrects_id IS NOT NULL"),
        )
        batch_op.create_index("ix_register_entry_day", ["hall_id", "register", "day"], unique=False)
        batch_op.create_index(
            "ix_register_entry_due",
            ["hall_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("due_on IS NOT NULL AND closed_on IS NULL"),
            postgresql_where=sa.text("due_on IS NOT NULL AND closed_on IS NULL"),
        )
        batch_op.create_index("ix_register_entry_person", ["person_id"], unique=False)

    op.create_table(
        "relief_application",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=True),
        sa.Column("household_sealed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("asked_fen", BIG, nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("visitors", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("income_fen", BIG, nullable=True),
        sa.Column("members", BIG, nullable=False),
        sa.Column("meets", sa.Boolean(), nullable=True),
        sa.Column("checked_by", BIG, nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("recommended", sa.Boolean(), nullable=True),
        sa.Column("opinion_by", BIG, nullable=True),
        sa.Column("opinion_on", sa.Date(), nullable=True),
        sa.Column("voted_on", sa.Date(), nullable=True),
        sa.Column("votes_for", BIG, nullable=True),
        sa.Column("votes_against", BIG, nullable=True),
        sa.Column("votes_abstained", BIG, nullable=True),
        sa.Column("award_fen", BIG, nullable=True),
        sa.Column("award_goods", sa.Text(), nullable=False),
        sa.Column("charity_number", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("refused_why", sa.Text(), nullable=False),
        sa.Column("shown_from", sa.Date(), nullable=True),
        sa.Column("shown_until", sa.Date(), nullable=True),
        sa.Column("shown_where", sa.Text(), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objection_answer", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_relief_application_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_relief_application_hall_id_hall")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_relief_application_person_id_person")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_relief_application_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relief_application")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_relief_application_hall_id_number")),
    )
    with op.batch_alter_table("relief_application", schema=None) as batch_op:
        batch_op.create_index(
            "ix_relief_application_open",
            ["hall_id", "id"],
            unique=False,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.create_index("ix_relief_application_person", ["person_id"], unique=False)

    op.create_table(
        "request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("petition", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("outside_number", sa.String(length=60), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("ticket_id", BIG, nullable=True),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("grid_code", sa.String(length=40), nullable=False),
        sa.Column("about_account_id", BIG, nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("first_account_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("told_by", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extended_why", sa.Text(), nullable=False),
        sa.Column("promised_by", sa.Date(), nullable=True),
        sa.Column("pending", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("same_as_id", BIG, nullable=True),
        sa.Column("enquiry_id", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["about_account_id"], ["account.id"], name=op.f("fk_request_about_account_id_account")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_request_document_id_document")),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiry.id"], name=op.f("fk_request_enquiry_id_enquiry")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_request_hall_id_hall")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_person_id_person")),
        sa.ForeignKeyConstraint(["same_as_id"], ["request.id"], name=op.f("fk_request_same_as_id_request")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_request_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_request_hall_id_number")),
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_request_open",
            ["hall_id", "promised_by"],
            unique=False,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.create_index(
            "ix_request_outside",
            ["hall_id", "channel", "outside_number"],
            unique=True,
            sqlite_where=sa.text("outside_number <> ''"),
            postgresql_where=sa.text("outside_number <> ''"),
        )
        batch_op.create_index("ix_request_person", ["person_id"], unique=False)
        batch_op.create_index("ix_request_received", ["hall_id", "received_on"], unique=False)

    op.create_table(
        "spot_check",
        sa.Column("id", BIG, nullable=False),
        sa.Column("instruction_id", BIG, nullable=False),
        sa.Column("about_account_id", BIG, nullable=False),
        sa.Column("counter_id", BIG, nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", BIG, nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("correct_by", sa.Date(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["about_account_id"], ["account.id"], name=op.f("fk_spot_check_about_account_id_account")
        ),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_spot_check_counter_id_counter")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_spot_check_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_spot_check_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["instruction_id"], ["instruction.id"], name=op.f("fk_spot_check_instruction_id_instruction")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
    )
    with op.batch_alter_table("spot_check", schema=None) as batch_op:
        batch_op.create_index("ix_spot_check_day", ["hall_id", "checked_on"], unique=False)
        batch_op.create_index(
            "ix_spot_check_open",
            ["hall_id", "correct_by"],
            unique=False,
            sqlite_where=sa.text("met = false AND verified_on IS NULL"),
            postgresql_where=sa.text("met = false AND verified_on IS NULL"),
        )

    op.create_table(
        "dispatch",
        sa.Column("id", BIG, nullable=False),
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("round", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("why_unit", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", BIG, nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("pending", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", BIG, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("returned_why", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("fed_back_on", sa.Date(), nullable=True),
        sa.Column("fed_back_by", BIG, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_dispatch_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_dispatch_hall_id_hall")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_dispatch_request_id_request")),
        sa.ForeignKeyConstraint(["unit_id"], ["dispatch_unit.id"], name=op.f("fk_dispatch_unit_id_dispatch_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
        sa.UniqueConstraint("request_id", "round", name=op.f("uq_dispatch_request_id_round")),
    )
    with op.batch_alter_table("dispatch", schema=None) as batch_op:
        batch_op.create_index(
            "ix_dispatch_open",
            ["unit_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(
            "ix_dispatch_single_track",
            ["request_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "review_round",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("permits", BIG, nullable=False),
        sa.Column("penalties", BIG, nullable=False),
        sa.Column("reviewers", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", BIG, nullable=False),
        sa.Column("draw_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_review_round_document_id_document")),
        sa.ForeignKeyConstraint(["draw_id"], ["lot_draw.id"], name=op.f("fk_review_round_draw_id_lot_draw")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_review_round_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_review_round_hall_id_number")),
    )
    op.create_table(
        "stall_application",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("site_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("vendor_id", BIG, nullable=True),
        sa.Column("ticket_id", BIG, nullable=True),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("farmer", sa.Boolean(), nullable=False),
        sa.Column("farmer_proof", sa.Text(), nullable=False),
        sa.Column("goods", sa.Text(), nullable=False),
        sa.Column("hardship", sa.Boolean(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=4), nullable=False),
        sa.Column("admission_why", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("draw_id", BIG, nullable=True),
        sa.Column("waiting_place", BIG, nullable=True),
        sa.Column("offered_stall_id", BIG, nullable=True),
        sa.Column("offered_until", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_stall_application_document_id_document")
        ),
        sa.ForeignKeyConstraint(["draw_id"], ["lot_draw.id"], name=op.f("fk_stall_application_draw_id_lot_draw")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stall_application_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["offered_stall_id"], ["stall.id"], name=op.f("fk_stall_application_offered_stall_id_stall")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stall_application_person_id_person")),
        sa.ForeignKeyConstraint(["site_id"], ["stall_site.id"], name=op.f("fk_stall_application_site_id_stall_site")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_stall_application_ticket_id_ticket")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_stall_application_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall_application")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_stall_application_hall_id_number")),
    )
    with op.batch_alter_table("stall_application", schema=None) as batch_op:
        batch_op.create_index(
            "ix_stall_application_once",
            ["site_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('applied', 'admitted', 'drawing', 'waiting', 'offered', 'accepted')"),
            postgresql_where=sa.text("state IN ('applied', 'admitted', 'drawing', 'waiting', 'offered', 'accepted')"),
        )
        batch_op.create_index(
            "ix_stall_application_offered",
            ["offered_stall_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('offered', 'accepted')"),
            postgresql_where=sa.text("state IN ('offered', 'accepted')"),
        )
        batch_op.create_index("ix_stall_application_site", ["site_id", "state"], unique=False)

    op.create_table(
        "vendor_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("vendor_id", BIG, nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("points", BIG, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("penalty_id", BIG, nullable=True),
        sa.Column("entered_by", BIG, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", BIG, nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_way", sa.String(length=10), nullable=False),
        sa.Column("object_days", BIG, nullable=True),
        sa.Column("object_by", sa.Date(), nullable=True),
        sa.Column("objected_on", sa.Date(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", BIG, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("corrects_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("confirmed_by <> entered_by", name=op.f("ck_vendor_event_confirmed_by_another")),
        sa.CheckConstraint(
            "answered_by <> entered_by AND answered_by <> confirmed_by",
            name=op.f("ck_vendor_event_answered_by_a_third"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["vendor_event.id"], name=op.f("fk_vendor_event_corrects_id_vendor_event")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_vendor_event_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_vendor_event_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["penalty_id"], ["penalty_case.id"], name=op.f("fk_vendor_event_penalty_id_penalty_case")
        ),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_vendor_event_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_event")),
    )
    with op.batch_alter_table("vendor_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_vendor_event_corrects",
            ["corrects_id"],
            unique=True,
            sqlite_where=sa.text("corrects_id IS NOT NULL AND state <> 'voided'"),
            postgresql_where=sa.text("corrects_id IS NOT NULL AND state <> 'voided'"),
        )
        batch_op.create_index(
            "ix_vendor_event_objected",
            ["hall_id", "objected_on"],
            unique=False,
            sqlite_where=sa.text("objected_on IS NOT NULL"),
            postgresql_where=sa.text("objected_on IS NOT NULL"),
        )
        batch_op.create_index("ix_vendor_event_vendor", ["vendor_id", "happened_on"], unique=False)

    op.create_table(
        "review_assignment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("case_number", sa.String(length=60), nullable=False),
        sa.Column("reviewer_id", BIG, nullable=False),
        sa.Column("replaced_why", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("score", BIG, nullable=True),
        sa.Column("illegal", sa.Boolean(), nullable=False),
        sa.Column("grade", sa.String(length=10), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=True),
        sa.Column("responsible_id", BIG, nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("correct_by", sa.Date(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("corrected_by", BIG, nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name=op.f("ck_review_assignment_score")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_review_assignment_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_review_assignment_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["account.id"], name=op.f("fk_review_assignment_responsible_id_account")
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["account.id"], name=op.f("fk_review_assignment_reviewer_id_account")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["review_round.id"], name=op.f("fk_review_assignment_round_id_review_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_assignment")),
        sa.UniqueConstraint(
            "round_id", "subject", "case_id", name=op.f("uq_review_assignment_round_id_subject_case_id")
        ),
    )
    with op.batch_alter_table("review_assignment", schema=None) as batch_op:
        batch_op.create_index("ix_review_assignment_case", ["subject", "case_id"], unique=False)
        batch_op.create_index(
            "ix_review_assignment_faulty",
            ["hall_id", "correct_by"],
            unique=False,
            sqlite_where=sa.text("correct_by IS NOT NULL AND verified_on IS NULL"),
            postgresql_where=sa.text("correct_by IS NOT NULL AND verified_on IS NULL"),
        )
        batch_op.create_index(
            "ix_review_assignment_open",
            ["reviewer_id"],
            unique=False,
            sqlite_where=sa.text("scored_on IS NULL"),
            postgresql_where=sa.text("scored_on IS NULL"),
        )

    op.create_table(
        "stall_grant",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("site_id", BIG, nullable=False),
        sa.Column("stall_id", BIG, nullable=False),
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("granted_by", BIG, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("previous_id", BIG, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(length=10), nullable=False),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_stall_grant_validity")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["stall_application.id"], name=op.f("fk_stall_grant_application_id_stall_application")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_stall_grant_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stall_grant_hall_id_hall")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stall_grant_person_id_person")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["stall_grant.id"], name=op.f("fk_stall_grant_previous_id_stall_grant")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["stall_site.id"], name=op.f("fk_stall_grant_site_id_stall_site")),
        sa.ForeignKeyConstraint(["stall_id"], ["stall.id"], name=op.f("fk_stall_grant_stall_id_stall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall_grant")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_stall_grant_hall_id_number")),
    )
    with op.batch_alter_table("stall_grant", schema=None) as batch_op:
        batch_op.create_index(
            "ix_stall_grant_holder",
            ["site_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index("ix_stall_grant_person", ["person_id"], unique=False)
        batch_op.create_index(
            "ix_stall_grant_stall",
            ["stall_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.create_table(
        "review_finding",
        sa.Column("id", BIG, nullable=False),
        sa.Column("assignment_id", BIG, nullable=False),
        sa.Column("fault", sa.String(length=30), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("points", BIG, nullable=False),
        sa.Column("legality", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["review_assignment.id"], name=op.f("fk_review_finding_assignment_id_review_assignment")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_review_finding_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_finding")),
        sa.UniqueConstraint("assignment_id", "fault", name=op.f("uq_review_finding_assignment_id_fault")),
    )
    op.create_table(
        "stall_withdrawal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("grant_id", BIG, nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", BIG, nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("hearing_asked_on", sa.Date(), nullable=True),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("hearing_record", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_stall_withdrawal_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["stall_grant.id"], name=op.f("fk_stall_withdrawal_grant_id_stall_grant")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_stall_withdrawal_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stall_withdrawal")),
    )
    with op.batch_alter_table("stall_withdrawal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_stall_withdrawal_open",
            ["grant_id"],
            unique=True,
            sqlite_where=sa.text("decided_on IS NULL"),
            postgresql_where=sa.text("decided_on IS NULL"),
        )

    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.add_column(sa.Column("permit_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("document_id", BIG, nullable=True))
        batch_op.alter_column("case_id", existing_type=BIG, nullable=True)
        batch_op.alter_column("decision_id", existing_type=BIG, nullable=True)
        batch_op.create_index("ix_publication_permit", ["permit_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_publication_document_id"), ["document_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_publication_document_id_document"), "document", ["document_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_publication_permit_id_permit_case"), "permit_case", ["permit_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_publication_one_case"), "(case_id IS NULL) <> (permit_id IS NULL)"
        )

    # ### end Alembic commands ###
    guard(op.get_bind(), "relief_line")
    guard(op.get_bind(), "relief_posting")
    guard(op.get_bind(), "subject_event")


def downgrade() -> None:
    """Back to the revision before."""
    op.execute("DELETE FROM publication WHERE permit_id IS NOT NULL")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_publication_one_case"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_publication_permit_id_permit_case"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_publication_document_id_document"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_publication_document_id"), type_="unique")
        batch_op.drop_index("ix_publication_permit")
        batch_op.alter_column("decision_id", existing_type=BIG, nullable=False)
        batch_op.alter_column("case_id", existing_type=BIG, nullable=False)
        batch_op.drop_column("document_id")
        batch_op.drop_column("permit_id")
    with op.batch_alter_table("stall_withdrawal", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_stall_withdrawal_open",
            sqlite_where=sa.text("decided_on IS NULL"),
            postgresql_where=sa.text("decided_on IS NULL"),
        )

    op.drop_table("stall_withdrawal")
    op.drop_table("review_finding")
    with op.batch_alter_table("stall_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_stall_grant_stall",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index("ix_stall_grant_person")
        batch_op.drop_index(
            "ix_stall_grant_holder",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )

    op.drop_table("stall_grant")
    with op.batch_alter_table("review_assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_review_assignment_open",
            sqlite_where=sa.text("scored_on IS NULL"),
            postgresql_where=sa.text("scored_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_review_assignment_faulty",
            sqlite_where=sa.text("correct_by IS NOT NULL AND verified_on IS NULL"),
            postgresql_where=sa.text("correct_by IS NOT NULL AND verified_on IS NULL"),
        )
        batch_op.drop_index("ix_review_assignment_case")

    op.drop_table("review_assignment")
    with op.batch_alter_table("vendor_event", schema=None) as batch_op:
        batch_op.drop_index("ix_vendor_event_vendor")
        batch_op.drop_index(
            "ix_vendor_event_objected",
            sqlite_where=sa.text("objected_on IS NOT NULL"),
            postgresql_where=sa.text("objected_on IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_vendor_event_corrects",
            sqlite_where=sa.text("corrects_id IS NOT NULL"),
            postgresql_where=sa.text("corrects_id IS NOT NULL"),
        )

    op.drop_table("vendor_event")
    with op.batch_alter_table("stall_application", schema=None) as batch_op:
        batch_op.drop_index("ix_stall_application_site")
        batch_op.drop_index(
            "ix_stall_application_once",
            sqlite_where=sa.text("state IN ('applied', 'admitted', 'drawing', 'waiting')"),
            postgresql_where=sa.text("state IN ('applied', 'admitted', 'drawing', 'waiting')"),
        )

    op.drop_table("stall_application")
    op.drop_table("review_round")
    with op.batch_alter_table("dispatch", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_dispatch_single_track",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_dispatch_open", sqlite_where=sa.text("ended_on IS NULL"), postgresql_where=sa.text("ended_on IS NULL")
        )

    op.drop_table("dispatch")
    with op.batch_alter_table("spot_check", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_spot_check_open",
            sqlite_where=sa.text("met = false AND verified_on IS NULL"),
            postgresql_where=sa.text("met = false AND verified_on IS NULL"),
        )
        batch_op.drop_index("ix_spot_check_day")

    op.drop_table("spot_check")
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index("ix_request_received")
        batch_op.drop_index("ix_request_person")
        batch_op.drop_index(
            "ix_request_outside",
            sqlite_where=sa.text("outside_number <> ''"),
            postgresql_where=sa.text("outside_number <> ''"),
        )
        batch_op.drop_index(
            "ix_request_open", sqlite_where=sa.text("closed_on IS NULL"), postgresql_where=sa.text("closed_on IS NULL")
        )

    op.drop_table("request")
    with op.batch_alter_table("relief_application", schema=None) as batch_op:
        batch_op.drop_index("ix_relief_application_person")
        batch_op.drop_index(
            "ix_relief_application_open",
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )

    op.drop_table("relief_application")
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_register_entry_person")
        batch_op.drop_index(
            "ix_register_entry_due",
            sqlite_where=sa.text("due_on IS NOT NULL AND closed_on IS NULL"),
            postgresql_where=sa.text("due_on IS NOT NULL AND closed_on IS NULL"),
        )
        batch_op.drop_index("ix_register_entry_day")
        batch_op.drop_index(
            "ix_register_entry_corrects",
            sqlite_where=sa.text("corrects_id IS NOT NULL"),
            postgresql_where=sa.text("corrects_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_register_entry_case")

    op.drop_table("register_entry")
    with op.batch_alter_table("lot_draw", schema=None) as batch_op:
        batch_op.drop_index("ix_lot_draw_subject")

    op.drop_table("lot_draw")
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_training_record_corrects",
            sqlite_where=sa.text("corrects_id IS NOT NULL"),
            postgresql_where=sa.text("corrects_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_training_record_account")

    op.drop_table("training_record")
    with op.batch_alter_table("stall_seat", schema=None) as batch_op:
        batch_op.drop_index("ix_stall_seat_site")

    op.drop_table("stall_seat")
    op.drop_table("stall")
    with op.batch_alter_table("responsibility", schema=None) as batch_op:
        batch_op.drop_index("ix_responsibility_unit")

    op.drop_table("responsibility")
    with op.batch_alter_table("qualification", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_qualification_number",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.drop_index("ix_qualification_account")

    op.drop_table("qualification")
    op.drop_table("vendor")
    with op.batch_alter_table("subject_file", schema=None) as batch_op:
        batch_op.drop_index("ix_subject_file_subject")

    op.drop_table("subject_file")
    op.drop_table("stall_site")
    op.drop_table("power_version")
    op.drop_table("dispatch_unit")
    op.drop_table("power")
    op.drop_table("outside_score")
    op.drop_table("instruction")
    with op.batch_alter_table("call_back", schema=None) as batch_op:
        batch_op.drop_index("ix_call_back_subject")
        batch_op.drop_index("ix_call_back_day")

    op.drop_table("call_back")
    with op.batch_alter_table("subject_event", schema=None) as batch_op:
        batch_op.drop_index("ix_subject_event_subject")
        batch_op.drop_index(
            "ix_subject_event_document",
            sqlite_where=sa.text("document_id IS NOT NULL"),
            postgresql_where=sa.text("document_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_subject_event_day")

    op.drop_table("subject_event")
    with op.batch_alter_table("relief_posting", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_relief_posting_reverses",
            sqlite_where=sa.text("reverses_id IS NOT NULL"),
            postgresql_where=sa.text("reverses_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_relief_posting_reference",
            sqlite_where=sa.text("reference <> ''"),
            postgresql_where=sa.text("reference <> ''"),
        )
        batch_op.drop_index(
            "ix_relief_posting_application",
            sqlite_where=sa.text("application_id IS NOT NULL"),
            postgresql_where=sa.text("application_id IS NOT NULL"),
        )

    op.drop_table("relief_posting")
    op.drop_table("relief_line")
    # ### end Alembic commands ###
