"""Looked at again: a dossier whose score was objected to is reviewed once more; a wrong spot check is voided."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "review_recheck",
        sa.Column("id", BIG, nullable=False),
        sa.Column("assignment_id", BIG, nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_on", sa.Date(), nullable=False),
        sa.Column("first_score", BIG, nullable=False),
        sa.Column("first_grade", sa.String(length=10), nullable=False),
        sa.Column("first_document_id", BIG, nullable=True),
        sa.Column("reviewer_id", BIG, nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["review_assignment.id"], name=op.f("fk_review_recheck_assignment_id_review_assignment")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_review_recheck_document_id_document")),
        sa.ForeignKeyConstraint(
            ["first_document_id"], ["document.id"], name=op.f("fk_review_recheck_first_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_review_recheck_hall_id_hall")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["account.id"], name=op.f("fk_review_recheck_reviewer_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_recheck")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_review_recheck_assignment_id")),
    )
    with op.batch_alter_table("review_finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sheet", BIG, server_default="1", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_review_finding_assignment_id_fault"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_review_finding_assignment_id_sheet_fault"), ["assignment_id", "sheet", "fault"]
        )

    with op.batch_alter_table("spot_check", schema=None) as batch_op:
        batch_op.add_column(sa.Column("voided_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("voided_by", BIG, nullable=True))
        batch_op.add_column(sa.Column("voided_why", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("spot_check", schema=None) as batch_op:
        batch_op.drop_column("voided_why")
        batch_op.drop_column("voided_by")
        batch_op.drop_column("voided_on")

    op.execute("DELETE FROM review_finding WHERE sheet <> 1")
    with op.batch_alter_table("review_finding", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_review_finding_assignment_id_sheet_fault"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_review_finding_assignment_id_fault"), ["assignment_id", "fault"]
        )
        batch_op.drop_column("sheet")

    op.drop_table("review_recheck")
