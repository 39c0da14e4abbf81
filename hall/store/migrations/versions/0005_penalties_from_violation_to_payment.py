"""Penalties from violation to payment."""

import sqlalchemy as sa
from alembic import op

from hall.store.append_only import guard

revision = "0005"
down_revision = "0004"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "fine_entry",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fen", BIG, nullable=False),
        sa.Column("reverses_id", BIG, nullable=True),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("fen >= 0", name=op.f("ck_fine_entry_fen")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fine_entry")),
    )
    with op.batch_alter_table("fine_entry", schema=None) as batch_op:
        batch_op.create_index("ix_fine_entry_case", ["case_id"], unique=False)

    op.create_table(
        "fine_part",
        sa.Column("entry_id", BIG, autoincrement=False, nullable=False),
        sa.Column("position", BIG, autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("fen", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "position", name=op.f("pk_fine_part")),
    )
    op.create_table(
        "penalty_decision",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("previous_id", BIG, nullable=True),
        sa.Column("proposal_id", BIG, nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("result", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", BIG, nullable=False),
        sa.Column("fine_fen", BIG, nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("ground", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("surcharge_told", sa.Boolean(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("fine_fen >= 0", name=op.f("ck_penalty_decision_fine")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_decision")),
    )
    with op.batch_alter_table("penalty_decision", schema=None) as batch_op:
        batch_op.create_index("ix_penalty_decision_case", ["case_id"], unique=False)
        batch_op.create_index("ix_penalty_decision_titled", ["hall_id", "number"], unique=False)
        batch_op.create_index(
            "ix_penalty_decision_number",
            ["hall_id", "number"],
            unique=True,
            sqlite_where=sa.text("title = ''"),
            postgresql_where=sa.text("title = ''"),
        )
        batch_op.create_index(
            "ix_penalty_decision_first",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "penalty_duty",
        sa.Column("case_id", BIG, autoincrement=False, nullable=False),
        sa.Column("account_id", BIG, autoincrement=False, nullable=False),
        sa.Column("duty", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint(
            "duty IN ('intake', 'investigate', 'legal', 'decide', 'cash')", name=op.f("ck_penalty_duty_duty")
        ),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_penalty_duty")),
    )
    op.create_table(
        "penalty_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_event")),
    )
    with op.batch_alter_table("penalty_event", schema=None) as batch_op:
        batch_op.create_index("ix_penalty_event_case", ["case_id"], unique=False)
        batch_op.create_index("ix_penalty_event_day", ["hall_id", "day"], unique=False)
        batch_op.create_index(
            "ix_penalty_event_document",
            ["document_id"],
            unique=False,
            sqlite_where=sa.text("document_id IS NOT NULL"),
            postgresql_where=sa.text("document_id IS NOT NULL"),
        )

    op.create_table(
        "payment_file",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("line_count", BIG, nullable=False),
        sa.Column("total_fen", BIG, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_payment_file_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_file")),
        sa.UniqueConstraint("hall_id", "sha256", name=op.f("uq_payment_file_hall_id_sha256")),
    )
    op.create_table(
        "violation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_violation_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation")),
        sa.UniqueConstraint("hall_id", "code", name=op.f("uq_violation_hall_id_code")),
    )
    op.create_table(
        "exemption_rule",
        sa.Column("id", BIG, nullable=False),
        sa.Column("violation_id", BIG, nullable=False),
        sa.Column("limb", sa.String(length=16), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("first_time_months", BIG, nullable=True),
        sa.Column("correct_within_hours", BIG, nullable=True),
        sa.Column("quantity_limit", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("excluded_if", sa.Text(), nullable=False),
        sa.Column("list_number", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_exemption_rule_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violation.id"], name=op.f("fk_exemption_rule_violation_id_violation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption_rule")),
    )
    with op.batch_alter_table("exemption_rule", schema=None) as batch_op:
        batch_op.create_index("ix_exemption_rule_violation", ["violation_id"], unique=False)

    op.create_table(
        "violation_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("violation_id", BIG, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_as", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("penalty_article", sa.Text(), nullable=False),
        sa.Column("correction", sa.String(length=10), nullable=False),
        sa.Column("superseded_by", sa.Text(), nullable=False),
        sa.Column("first_offence", sa.Text(), nullable=False),
        sa.Column("exempt_basis", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_violation_version_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violation.id"], name=op.f("fk_violation_version_violation_id_violation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation_version")),
        sa.UniqueConstraint("violation_id", "valid_from", name=op.f("uq_violation_version_violation_id_valid_from")),
    )
    op.create_table(
        "benchmark_tier",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("object_kind", sa.String(length=12), nullable=False),
        sa.Column("object_words", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("circumstances", sa.Text(), nullable=False),
        sa.Column("low", BIG, nullable=True),
        sa.Column("high", BIG, nullable=True),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("unit_words", sa.Text(), nullable=False),
        sa.Column("cap_fen", BIG, nullable=True),
        sa.Column("statutory", sa.Boolean(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name=op.f("ck_benchmark_tier_span")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_benchmark_tier_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["violation_version.id"], name=op.f("fk_benchmark_tier_version_id_violation_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark_tier")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_benchmark_tier_version_id_position")),
    )
    op.create_table(
        "conflict_of_interest",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("entered_by", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_conflict_of_interest_account_id_account")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_conflict_of_interest_hall_id_hall")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conflict_of_interest_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_of_interest")),
    )
    with op.batch_alter_table("conflict_of_interest", schema=None) as batch_op:
        batch_op.create_index("ix_conflict_of_interest_account", ["account_id", "person_id"], unique=False)

    op.create_table(
        "enforcement_certificate",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("helper", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("entered_by", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_enforcement_certificate_account_id_account")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_enforcement_certificate_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enforcement_certificate")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_enforcement_certificate_hall_id_number")),
    )
    op.create_table(
        "penalty_case",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("ticket_id", BIG, nullable=True),
        sa.Column("party_id", BIG, nullable=False),
        sa.Column("object_kind", sa.String(length=12), nullable=False),
        sa.Column("violation_id", BIG, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("acted_until", sa.Date(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("procedure", sa.String(length=8), nullable=False),
        sa.Column("harm", sa.String(length=8), nullable=False),
        sa.Column("life_or_health", sa.Boolean(), nullable=False),
        sa.Column("complex", sa.Boolean(), nullable=False),
        sa.Column("public_interest", sa.Boolean(), nullable=False),
        sa.Column("correction_ordered_on", sa.Date(), nullable=True),
        sa.Column("correct_by", sa.Date(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("evidence_on", sa.Date(), nullable=True),
        sa.Column("evidence_ended_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_penalty_case_hall_id_hall")),
        sa.ForeignKeyConstraint(["party_id"], ["person.id"], name=op.f("fk_penalty_case_party_id_person")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_penalty_case_ticket_id_ticket")),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violation.id"], name=op.f("fk_penalty_case_violation_id_violation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_case")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_penalty_case_hall_id_number")),
    )
    with op.batch_alter_table("penalty_case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_penalty_case_open",
            ["hall_id", "id"],
            unique=False,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.create_index("ix_penalty_case_party", ["party_id"], unique=False)
        batch_op.create_index("ix_penalty_case_violation", ["violation_id", "acted_on"], unique=False)

    op.create_table(
        "cash_collection",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("ground", sa.String(length=12), nullable=False),
        sa.Column("receipt_number", sa.String(length=40), nullable=False),
        sa.Column("fen", BIG, nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("collected_by", BIG, nullable=False),
        sa.Column("asked_by_party", sa.Boolean(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=True),
        sa.Column("handed_in_to", BIG, nullable=True),
        sa.Column("banked_on", sa.Date(), nullable=True),
        sa.Column("banked_by", BIG, nullable=True),
        sa.Column("bank_reference", sa.Text(), nullable=False),
        sa.Column("entry_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("fen > 0", name=op.f("ck_cash_collection_fen")),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_cash_collection_case_id_penalty_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_cash_collection_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_collection")),
        sa.UniqueConstraint("hall_id", "receipt_number", name=op.f("uq_cash_collection_hall_id_receipt_number")),
    )
    with op.batch_alter_table("cash_collection", schema=None) as batch_op:
        batch_op.create_index("ix_cash_collection_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_cash_collection_open",
            ["hall_id", "id"],
            unique=False,
            sqlite_where=sa.text("banked_on IS NULL"),
            postgresql_where=sa.text("banked_on IS NULL"),
        )

    op.create_table(
        "payment_line",
        sa.Column("id", BIG, nullable=False),
        sa.Column("file_id", BIG, nullable=False),
        sa.Column("line", BIG, nullable=False),
        sa.Column("bank_reference", sa.String(length=60), nullable=False),
        sa.Column("pay_code", sa.String(length=20), nullable=False),
        sa.Column("decision_number", sa.String(length=60), nullable=False),
        sa.Column("fen", BIG, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("entry_id", BIG, nullable=True),
        sa.Column("excess_fen", BIG, nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", BIG, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.CheckConstraint("fen > 0", name=op.f("ck_payment_line_fen")),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_payment_line_case_id_penalty_case")),
        sa.ForeignKeyConstraint(["file_id"], ["payment_file.id"], name=op.f("fk_payment_line_file_id_payment_file")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_payment_line_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_line")),
        sa.UniqueConstraint("file_id", "line", name=op.f("uq_payment_line_file_id_line")),
    )
    with op.batch_alter_table("payment_line", schema=None) as batch_op:
        batch_op.create_index("ix_payment_line_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_payment_line_credited",
            ["hall_id", "bank_reference"],
            unique=True,
            sqlite_where=sa.text("entry_id IS NOT NULL"),
            postgresql_where=sa.text("entry_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_payment_line_open",
            ["hall_id", "id"],
            unique=False,
            sqlite_where=sa.text("settled_on IS NULL"),
            postgresql_where=sa.text("settled_on IS NULL"),
        )
        batch_op.create_index("ix_payment_line_reference", ["hall_id", "bank_reference"], unique=False)

    op.create_table(
        "penalty_officer",
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("certificate_id", BIG, autoincrement=False, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_penalty_officer_case_id_penalty_case")),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["enforcement_certificate.id"],
            name=op.f("fk_penalty_officer_certificate_id_enforcement_certificate"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_penalty_officer_hall_id_hall")),
        sa.PrimaryKeyConstraint("case_id", "certificate_id", name=op.f("pk_penalty_officer")),
    )
    op.create_table(
        "publication",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("decision_id", BIG, nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("withheld", sa.Text(), nullable=False),
        sa.Column("exported_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.String(length=200), nullable=False),
        sa.Column("shown_until", sa.Date(), nullable=True),
        sa.Column("overturned_on", sa.Date(), nullable=True),
        sa.Column("overturned_why", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_publication_case_id_penalty_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_publication_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_publication_decision_id")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(
            "ix_publication_overturned",
            ["hall_id", "overturned_on"],
            unique=False,
            sqlite_where=sa.text("overturned_on IS NOT NULL AND withdrawn_on IS NULL"),
            postgresql_where=sa.text("overturned_on IS NOT NULL AND withdrawn_on IS NULL"),
        )
        batch_op.create_index(
            "ix_publication_unpublished",
            ["hall_id", "decided_on"],
            unique=False,
            sqlite_where=sa.text("published_on IS NULL"),
            postgresql_where=sa.text("published_on IS NULL"),
        )

    op.create_table(
        "deferral_request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("hardship", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("entry_id", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["penalty_case.id"], name=op.f("fk_deferral_request_case_id_penalty_case")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_deferral_request_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_deferral_request_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deferral_request")),
    )
    with op.batch_alter_table("deferral_request", schema=None) as batch_op:
        batch_op.create_index("ix_deferral_request_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_deferral_request_open",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("decided_on IS NULL"),
            postgresql_where=sa.text("decided_on IS NULL"),
        )

    op.create_table(
        "execution_agreement",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", BIG, nullable=False),
        sa.Column("remedies", sa.Text(), nullable=False),
        sa.Column("reminder_on", sa.Date(), nullable=True),
        sa.Column("principal_fen", BIG, nullable=False),
        sa.Column("added_fen", BIG, nullable=False),
        sa.Column("waived_fen", BIG, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("approved_by", BIG, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("entry_id", BIG, nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["penalty_case.id"], name=op.f("fk_execution_agreement_case_id_penalty_case")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_execution_agreement_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_execution_agreement_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_execution_agreement")),
    )
    with op.batch_alter_table("execution_agreement", schema=None) as batch_op:
        batch_op.create_index("ix_execution_agreement_case", ["case_id"], unique=False)

    op.create_table(
        "leniency_request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.String(length=8), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("first_time_declared", sa.Boolean(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("limb", sa.String(length=16), nullable=False),
        sa.Column("searched_from", sa.Date(), nullable=True),
        sa.Column("searched_on", sa.Date(), nullable=True),
        sa.Column("earlier", BIG, nullable=True),
        sa.Column("examined_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", BIG, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("review_document_id", BIG, nullable=True),
        sa.Column("answer_document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_document_id"], ["document.id"], name=op.f("fk_leniency_request_answer_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["penalty_case.id"], name=op.f("fk_leniency_request_case_id_penalty_case")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_leniency_request_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_leniency_request_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["review_document_id"], ["document.id"], name=op.f("fk_leniency_request_review_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leniency_request")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_leniency_request_hall_id_number")),
    )
    with op.batch_alter_table("leniency_request", schema=None) as batch_op:
        batch_op.create_index("ix_leniency_request_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_leniency_request_open",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "payment_notice",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("pay_code", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", BIG, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("voided_why", sa.Text(), nullable=False),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_payment_notice_case_id_penalty_case")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_payment_notice_document_id_document")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_payment_notice_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_notice")),
        sa.UniqueConstraint("hall_id", "pay_code", name=op.f("uq_payment_notice_hall_id_pay_code")),
    )
    with op.batch_alter_table("payment_notice", schema=None) as batch_op:
        batch_op.create_index("ix_payment_notice_case", ["case_id"], unique=False)

    op.create_table(
        "penalty_service",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("decision_id", BIG, nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("postal_number", sa.Text(), nullable=False),
        sa.Column("server_id", BIG, nullable=False),
        sa.Column("second_server_id", BIG, nullable=True),
        sa.Column("failed_on", sa.Date(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("proof_document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_penalty_service_case_id_penalty_case")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_penalty_service_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["proof_document_id"], ["document.id"], name=op.f("fk_penalty_service_proof_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_service")),
    )
    with op.batch_alter_table("penalty_service", schema=None) as batch_op:
        batch_op.create_index("ix_penalty_service_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_penalty_service_served",
            ["decision_id"],
            unique=True,
            sqlite_where=sa.text("served_on IS NOT NULL AND failed_on IS NULL"),
            postgresql_where=sa.text("served_on IS NOT NULL AND failed_on IS NULL"),
        )

    op.create_table(
        "seizure",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("party_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("seized_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("keeper", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extended_by", BIG, nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=False),
        sa.Column("extension_document_id", BIG, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(length=12), nullable=False),
        sa.Column("ending_reason", sa.Text(), nullable=False),
        sa.Column("ended_by", BIG, nullable=True),
        sa.Column("release_document_id", BIG, nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_to", sa.Text(), nullable=False),
        sa.Column("return_document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["penalty_case.id"], name=op.f("fk_seizure_case_id_penalty_case")),
        sa.ForeignKeyConstraint(
            ["extension_document_id"], ["document.id"], name=op.f("fk_seizure_extension_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_seizure_hall_id_hall")),
        sa.ForeignKeyConstraint(["party_id"], ["person.id"], name=op.f("fk_seizure_party_id_person")),
        sa.ForeignKeyConstraint(
            ["release_document_id"], ["document.id"], name=op.f("fk_seizure_release_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["return_document_id"], ["document.id"], name=op.f("fk_seizure_return_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seizure")),
        sa.UniqueConstraint("hall_id", "number", name=op.f("uq_seizure_hall_id_number")),
    )
    with op.batch_alter_table("seizure", schema=None) as batch_op:
        batch_op.create_index("ix_seizure_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_seizure_open",
            ["hall_id", "seized_on"],
            unique=False,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index("ix_seizure_party", ["party_id"], unique=False)

    op.create_table(
        "agreement_part",
        sa.Column("agreement_id", BIG, nullable=False),
        sa.Column("position", BIG, autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("fen", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["execution_agreement.id"],
            name=op.f("fk_agreement_part_agreement_id_execution_agreement"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_agreement_part_hall_id_hall")),
        sa.PrimaryKeyConstraint("agreement_id", "position", name=op.f("pk_agreement_part")),
    )
    op.create_table(
        "deferral_part",
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("position", BIG, autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("fen", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_deferral_part_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["deferral_request.id"], name=op.f("fk_deferral_part_request_id_deferral_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "position", name=op.f("pk_deferral_part")),
    )
    op.create_table(
        "emergency_measure",
        sa.Column("id", BIG, nullable=False),
        sa.Column("seizure_id", BIG, nullable=True),
        sa.Column("party_id", BIG, nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("officers", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by", BIG, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_id", BIG, nullable=True),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_emergency_measure_document_id_document")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_emergency_measure_hall_id_hall")),
        sa.ForeignKeyConstraint(["party_id"], ["person.id"], name=op.f("fk_emergency_measure_party_id_person")),
        sa.ForeignKeyConstraint(["seizure_id"], ["seizure.id"], name=op.f("fk_emergency_measure_seizure_id_seizure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_measure")),
    )
    with op.batch_alter_table("emergency_measure", schema=None) as batch_op:
        batch_op.create_index(
            "ix_emergency_measure_open",
            ["hall_id", "began_at"],
            unique=False,
            sqlite_where=sa.text("reported_at IS NULL"),
            postgresql_where=sa.text("reported_at IS NULL"),
        )

    op.create_table(
        "leniency_evidence",
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("position", BIG, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pages", BIG, nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_leniency_evidence_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["leniency_request.id"], name=op.f("fk_leniency_evidence_request_id_leniency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "position", name=op.f("pk_leniency_evidence")),
    )
    op.create_table(
        "leniency_finding",
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("limb", sa.String(length=16), nullable=False),
        sa.Column("element", sa.String(length=24), nullable=False),
        sa.Column("finding", sa.String(length=10), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_leniency_finding_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["leniency_request.id"], name=op.f("fk_leniency_finding_request_id_leniency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "limb", "element", name=op.f("pk_leniency_finding")),
    )
    op.create_table(
        "leniency_limb_claim",
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("limb", sa.String(length=16), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_leniency_limb_claim_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["leniency_request.id"], name=op.f("fk_leniency_limb_claim_request_id_leniency_request")
        ),
        sa.PrimaryKeyConstraint("request_id", "limb", name=op.f("pk_leniency_limb_claim")),
    )
    op.create_table(
        "penalty_proposal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("round", BIG, nullable=False),
        sa.Column("leniency_id", BIG, nullable=True),
        sa.Column("result", sa.String(length=8), nullable=False),
        sa.Column("limb", sa.String(length=16), nullable=False),
        sa.Column("version_id", BIG, nullable=False),
        sa.Column("tier_id", BIG, nullable=True),
        sa.Column("quantity", sa.String(length=20), nullable=False),
        sa.Column("low_fen", BIG, nullable=False),
        sa.Column("high_fen", BIG, nullable=False),
        sa.Column("fine_fen", BIG, nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("below_how", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", BIG, nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("defend_by", sa.Date(), nullable=True),
        sa.Column("defended_on", sa.Date(), nullable=True),
        sa.Column("defence", sa.Text(), nullable=False),
        sa.Column("defence_answer", sa.Text(), nullable=False),
        sa.Column("hearing_due", sa.Boolean(), nullable=False),
        sa.Column("hearing_asked_on", sa.Date(), nullable=True),
        sa.Column("hearing_noticed_on", sa.Date(), nullable=True),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("hearing_record", sa.Text(), nullable=False),
        sa.Column("legal_due", sa.Boolean(), nullable=False),
        sa.Column("legal_on", sa.Date(), nullable=True),
        sa.Column("legal_by", BIG, nullable=True),
        sa.Column("legal_agrees", sa.Boolean(), nullable=True),
        sa.Column("legal_opinion", sa.Text(), nullable=False),
        sa.Column("collective_due", sa.Boolean(), nullable=False),
        sa.Column("minutes_number", sa.Text(), nullable=False),
        sa.Column("minutes_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["penalty_case.id"], name=op.f("fk_penalty_proposal_case_id_penalty_case")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_penalty_proposal_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["leniency_id"], ["leniency_request.id"], name=op.f("fk_penalty_proposal_leniency_id_leniency_request")
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"], ["benchmark_tier.id"], name=op.f("fk_penalty_proposal_tier_id_benchmark_tier")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["violation_version.id"], name=op.f("fk_penalty_proposal_version_id_violation_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_proposal")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_penalty_proposal_case_id_round")),
    )
    op.create_table(
        "seized_item",
        sa.Column("seizure_id", BIG, nullable=False),
        sa.Column("position", BIG, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quantity", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_seized_item_hall_id_hall")),
        sa.ForeignKeyConstraint(["seizure_id"], ["seizure.id"], name=op.f("fk_seized_item_seizure_id_seizure")),
        sa.PrimaryKeyConstraint("seizure_id", "position", name=op.f("pk_seized_item")),
    )
    op.create_table(
        "seizure_testing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("seizure_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("hall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_seizure_testing_hall_id_hall")),
        sa.ForeignKeyConstraint(["seizure_id"], ["seizure.id"], name=op.f("fk_seizure_testing_seizure_id_seizure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seizure_testing")),
    )
    with op.batch_alter_table("seizure_testing", schema=None) as batch_op:
        batch_op.create_index("ix_seizure_testing_seizure", ["seizure_id"], unique=False)

    # ### end Alembic commands ###
    guard(op.get_bind(), "fine_entry")
    guard(op.get_bind(), "fine_part")
    guard(op.get_bind(), "penalty_decision")
    guard(op.get_bind(), "penalty_duty")
    guard(op.get_bind(), "penalty_event")


def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table("seizure_testing", schema=None) as batch_op:
        batch_op.drop_index("ix_seizure_testing_seizure")

    op.drop_table("seizure_testing")
    op.drop_table("seized_item")
    op.drop_table("penalty_proposal")
    op.drop_table("leniency_limb_claim")
    op.drop_table("leniency_finding")
    op.drop_table("leniency_evidence")
    with op.batch_alter_table("emergency_measure", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_emergency_measure_open",
            sqlite_where=sa.text("reported_at IS NULL"),
            postgresql_where=sa.text("reported_at IS NULL"),
        )

    op.drop_table("emergency_measure")
    op.drop_table("deferral_part")
    op.drop_table("agreement_part")
    with op.batch_alter_table("seizure", schema=None) as batch_op:
        batch_op.drop_index("ix_seizure_party")
        batch_op.drop_index(
            "ix_seizure_open", sqlite_where=sa.text("ended_on IS NULL"), postgresql_where=sa.text("ended_on IS NULL")
        )
        batch_op.drop_index("ix_seizure_case")

    op.drop_table("seizure")
    with op.batch_alter_table("penalty_service", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_penalty_service_served",
            sqlite_where=sa.text("served_on IS NOT NULL AND failed_on IS NULL"),
            postgresql_where=sa.text("served_on IS NOT NULL AND failed_on IS NULL"),
        )
        batch_op.drop_index("ix_penalty_service_case")

    op.drop_table("penalty_service")
    with op.batch_alter_table("payment_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_payment_notice_case")

    op.drop_table("payment_notice")
    with op.batch_alter_table("leniency_request", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_leniency_request_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_leniency_request_case")

    op.drop_table("leniency_request")
    with op.batch_alter_table("execution_agreement", schema=None) as batch_op:
        batch_op.drop_index("ix_execution_agreement_case")

    op.drop_table("execution_agreement")
    with op.batch_alter_table("deferral_request", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deferral_request_open",
            sqlite_where=sa.text("decided_on IS NULL"),
            postgresql_where=sa.text("decided_on IS NULL"),
        )
        batch_op.drop_index("ix_deferral_request_case")

    op.drop_table("deferral_request")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_publication_unpublished",
            sqlite_where=sa.text("published_on IS NULL"),
            postgresql_where=sa.text("published_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_publication_overturned",
            sqlite_where=sa.text("overturned_on IS NOT NULL AND withdrawn_on IS NULL"),
            postgresql_where=sa.text("overturned_on IS NOT NULL AND withdrawn_on IS NULL"),
        )

    op.drop_table("publication")
    op.drop_table("penalty_officer")
    with op.batch_alter_table("payment_line", schema=None) as batch_op:
        batch_op.drop_index("ix_payment_line_reference")
        batch_op.drop_index(
            "ix_payment_line_open",
            sqlite_where=sa.text("settled_on IS NULL"),
            postgresql_where=sa.text("settled_on IS NULL"),
        )
        batch_op.drop_index(
            "ix_payment_line_credited",
            sqlite_where=sa.text("entry_id IS NOT NULL"),
            postgresql_where=sa.text("entry_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_payment_line_case")

    op.drop_table("payment_line")
    with op.batch_alter_table("cash_collection", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_cash_collection_open",
            sqlite_where=sa.text("banked_on IS NULL"),
            postgresql_where=sa.text("banked_on IS NULL"),
        )
        batch_op.drop_index("ix_cash_collection_case")

    op.drop_table("cash_collection")
    with op.batch_alter_table("penalty_case", schema=None) as batch_op:
        batch_op.drop_index("ix_penalty_case_violation")
        batch_op.drop_index("ix_penalty_case_party")
        batch_op.drop_index(
            "ix_penalty_case_open",
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )

    op.drop_table("penalty_case")
    op.drop_table("enforcement_certificate")
    with op.batch_alter_table("conflict_of_interest", schema=None) as batch_op:
        batch_op.drop_index("ix_conflict_of_interest_account")

    op.drop_table("conflict_of_interest")
    op.drop_table("benchmark_tier")
    op.drop_table("violation_version")
    with op.batch_alter_table("exemption_rule", schema=None) as batch_op:
        batch_op.drop_index("ix_exemption_rule_violation")

    op.drop_table("exemption_rule")
    op.drop_table("violation")
    op.drop_table("payment_file")
    with op.batch_alter_table("penalty_event", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_penalty_event_document",
            sqlite_where=sa.text("document_id IS NOT NULL"),
            postgresql_where=sa.text("document_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_penalty_event_day")
        batch_op.drop_index("ix_penalty_event_case")

    op.drop_table("penalty_event")
    op.drop_table("penalty_duty")
    with op.batch_alter_table("penalty_decision", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_penalty_decision_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )
        batch_op.drop_index(
            "ix_penalty_decision_number",
            sqlite_where=sa.text("title = ''"),
            postgresql_where=sa.text("title = ''"),
        )
        batch_op.drop_index("ix_penalty_decision_titled")
        batch_op.drop_index("ix_penalty_decision_case")

    op.drop_table("penalty_decision")
    op.drop_table("fine_part")
    with op.batch_alter_table("fine_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_fine_entry_case")

    op.drop_table("fine_entry")
    # ### end Alembic commands ###
