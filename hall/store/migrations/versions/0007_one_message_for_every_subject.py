"""One message for every subject: what was told about permit cases goes on beside what is told about all the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_CARRY_OVER = """
INSERT INTO subject_notice (hall_id, subject, subject_id, kind, account_id, role, department_id, addressee, due, rung,
                            at, text, seen_at, seen_by)
SELECT hall_id, 'permit_case', case_id, kind, account_id, role, department_id,
       CASE WHEN account_id IS NULL THEN role || '@' || COALESCE(CAST(department_id AS TEXT), '')
            ELSE '#' || CAST(account_id AS TEXT) END,
       '', '', at, text, seen_at, seen_by
FROM case_notice ORDER BY id
"""
_CARRY_BACK = """
INSERT INTO case_notice (hall_id, case_id, kind, account_id, role, department_id, at, text, seen_at, seen_by)
SELECT hall_id, subject_id, kind, account_id, role, department_id, at, text, seen_at, seen_by
FROM subject_notice WHERE subject = 'permit_case' ORDER BY id
"""


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "subject_notice",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("department_id", BIG, nullable=True),
        sa.Column("addressee", sa.String(length=40), nullable=False),
        sa.Column("due", sa.String(length=16), nullable=False),
        sa.Column("rung", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_subject_notice_department_id_department")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_subject_notice_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_notice")),
    )
    with op.batch_alter_table("subject_notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_subject_notice_once",
            ["hall_id", "due_on", "subject", "subject_id", "due", "rung", "addressee"],
            unique=True,
            sqlite_where=sa.text("due_on IS NOT NULL"),
            postgresql_where=sa.text("due_on IS NOT NULL"),
        )
        batch_op.create_index("ix_subject_notice_subject", ["subject", "subject_id"], unique=False)
        batch_op.create_index(
            "ix_subject_notice_unseen",
            ["hall_id", "account_id", "role"],
            unique=False,
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        )

    op.execute(_CARRY_OVER)
    with op.batch_alter_table("case_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_case_notice_case")
        batch_op.drop_index(
            "ix_case_notice_unseen",
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        )

    op.drop_table("case_notice")


def downgrade() -> None:
    """Back to the revision before."""
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
        batch_op.create_index(
            "ix_case_notice_unseen",
            ["hall_id", "account_id", "role"],
            unique=False,
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        )
        batch_op.create_index("ix_case_notice_case", ["case_id"], unique=False)

    op.execute(_CARRY_BACK)
    with op.batch_alter_table("subject_notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_subject_notice_unseen",
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        )
        batch_op.drop_index("ix_subject_notice_subject")
        batch_op.drop_index(
            "ix_subject_notice_once",
            sqlite_where=sa.text("due_on IS NOT NULL"),
            postgresql_where=sa.text("due_on IS NOT NULL"),
        )

    op.drop_table("subject_notice")
