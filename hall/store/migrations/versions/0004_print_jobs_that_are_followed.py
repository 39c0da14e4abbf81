"""Print jobs that are followed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_OPEN_BEFORE = "state IN ('queued', 'sending')"
_OPEN = "state IN ('queued', 'sending', 'submitted')"


def _own_name() -> str:
    """32 hexadecimal digits for each row."""
    if op.get_bind().dialect.name == "postgresql":
        return "replace(gen_random_uuid()::text, '-', '')"
    return "lower(hex(randomblob(16)))"


def _index_what_is_open(condition: str) -> None:
    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.drop_index("ix_print_job_open")
        batch_op.drop_index("ix_print_job_one_slip")
        batch_op.create_index(
            "ix_print_job_open",
            ["station_id", "printer", "id"],
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )
        batch_op.create_index(
            "ix_print_job_one_slip",
            ["subject_id"],
            unique=True,
            sqlite_where=sa.text(f"subject_kind = 'ticket' AND {condition}"),
            postgresql_where=sa.text(f"subject_kind = 'ticket' AND {condition}"),
        )


def upgrade() -> None:
    """To this revision. Jobs of a hall at work get a name of their own too."""
    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spool_id", sa.String(length=32)))
        batch_op.add_column(sa.Column("handle", sa.String(length=64)))
        batch_op.add_column(sa.Column("device", sa.Text()))
        batch_op.add_column(sa.Column("failures", BIG))
    op.execute(f"UPDATE print_job SET spool_id = {_own_name()}, handle = '', device = '', failures = 0")
    with op.batch_alter_table("print_job", schema=None) as batch_op:
        for name in ("spool_id", "handle", "device", "failures"):
            batch_op.alter_column(name, nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_print_job_spool_id"), ["spool_id"])
    _index_what_is_open(_OPEN)


def downgrade() -> None:
    """Back to the revision before, which follows nothing: an operator has to look."""
    op.execute("UPDATE print_job SET state = 'unknown' WHERE state = 'submitted'")
    _index_what_is_open(_OPEN_BEFORE)
    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_print_job_spool_id"), type_="unique")
        for name in ("failures", "device", "handle", "spool_id"):
            batch_op.drop_column(name)
