"""Queueing of a whole day."""

import sqlalchemy as sa
from alembic import op

from hall.store.append_only import guard

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_INSTANT = sa.DateTime(timezone=True)
_TICKET_COLUMNS: dict[str, sa.DateTime | sa.Boolean | sa.BigInteger | sa.Text] = {
    "waits_from": _INSTANT,
    "must_call_by": _INSTANT,
    "favoured": sa.Boolean(),
    "appointment_id": BIG,
    "only_counter_id": BIG,
    "sender_counter_id": BIG,
    "note": sa.Text(),
    "skips": BIG,
    "first_called_at": _INSTANT,
    "arrived_at": _INSTANT,
}


# The logs lose their foreign keys: each made every writing station lock the row of the hall (see HallLog).
_TIES = {
    "audit_row": {"hall_id": "hall", "station_id": "station"},
    "change_row": {"hall_id": "hall"},
    "ticket_event": {"hall_id": "hall", "ticket_id": "ticket", "counter_id": "counter"},
}
_KWARGS = {"change_row": {"sqlite_autoincrement": True}}


def _free_the_logs() -> None:
    for table, ties in _TIES.items():
        with op.batch_alter_table(table, table_kwargs=_KWARGS.get(table, {})) as batch_op:
            for column, other in ties.items():
                batch_op.drop_constraint(f"fk_{table}_{column}_{other}", type_="foreignkey")
            if table == "audit_row":
                batch_op.drop_index("ix_audit_row_work_id")
    _guard_again()


def _tie_the_logs() -> None:
    for table, ties in _TIES.items():
        with op.batch_alter_table(table, table_kwargs=_KWARGS.get(table, {})) as batch_op:
            for column, other in ties.items():
                batch_op.create_foreign_key(f"fk_{table}_{column}_{other}", other, [column], ["id"])
            if table == "audit_row":
                batch_op.create_index("ix_audit_row_work_id", ["work_id"])
    _guard_again()


def _guard_again() -> None:
    """SQLite has built the tables anew, without their triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for table in ("audit_row", "ticket_event"):
            guard(op.get_bind(), table)


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "appointment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("name_sealed", sa.Text(), nullable=False),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("id_number_index", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_appointment_hall_id_hall")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_appointment_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("hall_id", "reference", name=op.f("uq_appointment_hall_id_reference")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_day", ["hall_id", "day", "id_number_index"], unique=False)

    op.create_table(
        "counter_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("counter_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_counter_event_counter_id_counter")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_counter_event_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_event")),
    )
    with op.batch_alter_table("counter_event", schema=None) as batch_op:
        batch_op.create_index("ix_counter_event_at", ["hall_id", "at"], unique=False)

    op.create_table(
        "paper_level",
        sa.Column("station_id", BIG, nullable=False),
        sa.Column("printer", sa.String(length=8), nullable=False),
        sa.Column("left", BIG, nullable=False),
        sa.Column("alarm_at", BIG, nullable=False),
        sa.Column("refilled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_paper_level_hall_id_hall")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_paper_level_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", "printer", name=op.f("pk_paper_level")),
    )
    op.create_table(
        "rating",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("counter_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("level", BIG, nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_rating_level")),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f("fk_rating_counter_id_counter")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_rating_hall_id_hall")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_rating_matter_id_matter")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_rating_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("ticket_id", "matter_id", name=op.f("uq_rating_ticket_id_matter_id")),
    )
    op.create_table(
        "ticket_matter",
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_ticket_matter_hall_id_hall")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_ticket_matter_matter_id_matter")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_matter_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("ticket_id", "position", name=op.f("pk_ticket_matter")),
    )
    op.create_table(
        "rating_follow_up",
        sa.Column("id", BIG, nullable=False),
        sa.Column("rating_id", BIG, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("pending", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_rating_follow_up_hall_id_hall")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_follow_up_rating_id_rating")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_follow_up")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_rating_follow_up_rating_id")),
    )
    with op.batch_alter_table("rating_follow_up", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rating_follow_up_open",
            ["hall_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    with op.batch_alter_table("counter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=12), server_default="closed", nullable=False))
        batch_op.add_column(sa.Column("since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("account_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("favoured_calls", BIG, server_default="0", nullable=False))
        batch_op.add_column(sa.Column("emergency_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("counter_matter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("head_start_minutes", BIG, server_default="0", nullable=False))

    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE print_job SET state = 'cancelled' WHERE subject_kind = 'ticket' AND state IN ('queued', 'sending') "
        "AND EXISTS (SELECT 1 FROM print_job newer WHERE newer.subject_kind = 'ticket' "
        "AND newer.subject_id = print_job.subject_id AND newer.id > print_job.id "
        "AND newer.state IN ('queued', 'sending'))"
    )
    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_print_job_one_slip",
            ["subject_id"],
            unique=True,
            sqlite_where=sa.text("subject_kind = 'ticket' AND state IN ('queued', 'sending')"),
            postgresql_where=sa.text("subject_kind = 'ticket' AND state IN ('queued', 'sending')"),
        )

    for name, kind in _TICKET_COLUMNS.items():
        op.add_column("ticket", sa.Column(name, kind))
    op.execute(
        "UPDATE ticket SET waits_from = issued_at, must_call_by = issued_at, favoured = (priority <> 'ordinary'), "
        "note = '', skips = 0, first_called_at = called_at"
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        for name in ("waits_from", "must_call_by", "favoured", "note", "skips"):
            batch_op.alter_column(name, nullable=False)
        batch_op.drop_index("ix_ticket_at_counter")
        batch_op.create_index(
            "ix_ticket_at_counter",
            ["counter_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('chosen', 'called', 'arrived', 'serving')"),
            postgresql_where=sa.text("state IN ('chosen', 'called', 'arrived', 'serving')"),
        )
        batch_op.drop_index("ix_ticket_waiting")
        batch_op.create_index(
            "ix_ticket_waiting",
            ["hall_id", "business_date", "favoured", "rank_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_ticket_overdue",
            ["hall_id", "business_date", "must_call_by", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index("ix_ticket_person", ["hall_id", "business_date", "person_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_only_counter_id_counter"), "counter", ["only_counter_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_sender_counter_id_counter"), "counter", ["sender_counter_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_appointment_id_appointment"), "appointment", ["appointment_id"], ["id"]
        )

    with op.batch_alter_table("ticket_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("matter_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("terms", sa.Text(), server_default="", nullable=False))
    _free_the_logs()

    guard(op.get_bind(), "counter_event")
    guard(op.get_bind(), "rating")


def downgrade() -> None:
    """Back to the revision before."""
    _tie_the_logs()
    with op.batch_alter_table("ticket_event", schema=None) as batch_op:
        batch_op.drop_column("terms")
        batch_op.drop_column("matter_id")

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_ticket_appointment_id_appointment"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ticket_sender_counter_id_counter"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ticket_only_counter_id_counter"), type_="foreignkey")
        batch_op.drop_index("ix_ticket_person")
        batch_op.drop_index(
            "ix_ticket_overdue",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_ticket_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            batch_op.f("ix_ticket_waiting"),
            ["hall_id", "business_date", "rank_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_ticket_at_counter")
        batch_op.create_index(
            "ix_ticket_at_counter",
            ["counter_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('called', 'serving')"),
            postgresql_where=sa.text("state IN ('called', 'serving')"),
        )
        batch_op.drop_column("arrived_at")
        batch_op.drop_column("first_called_at")
        batch_op.drop_column("skips")
        batch_op.drop_column("note")
        batch_op.drop_column("sender_counter_id")
        batch_op.drop_column("only_counter_id")
        batch_op.drop_column("appointment_id")
        batch_op.drop_column("favoured")
        batch_op.drop_column("must_call_by")
        batch_op.drop_column("waits_from")

    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_print_job_one_slip",
            sqlite_where=sa.text("subject_kind = 'ticket' AND state IN ('queued', 'sending')"),
            postgresql_where=sa.text("subject_kind = 'ticket' AND state IN ('queued', 'sending')"),
        )
        batch_op.drop_column("expires_at")

    with op.batch_alter_table("counter_matter", schema=None) as batch_op:
        batch_op.drop_column("head_start_minutes")

    with op.batch_alter_table("counter", schema=None) as batch_op:
        batch_op.drop_column("emergency_at")
        batch_op.drop_column("favoured_calls")
        batch_op.drop_column("reason")
        batch_op.drop_column("account_id")
        batch_op.drop_column("since")
        batch_op.drop_column("state")

    with op.batch_alter_table("rating_follow_up", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_rating_follow_up_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("rating_follow_up")
    op.drop_table("ticket_matter")
    op.drop_table("rating")
    op.drop_table("paper_level")
    with op.batch_alter_table("counter_event", schema=None) as batch_op:
        batch_op.drop_index("ix_counter_event_at")

    op.drop_table("counter_event")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index("ix_appointment_day")

    op.drop_table("appointment")
