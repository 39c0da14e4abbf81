"""What the papers of the general procedure take from a case and its proposal: findings, benchmark, the way to pay."""

from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy.orm import Session

from hall.rules.citations import in_full
from hall.rules.leniency_limbs import Result
from hall.rules.money import yuan
from hall.services.calendar import shipped_limits
from hall.services.papers_leniency import Fine
from hall.services.papers_penalty import Findings
from hall.services.payment_terms import payment_terms
from hall.services.penalty_measures import Chosen, Measured, measured
from hall.store.schema.penalties import PenaltyCase, PenaltyProposal

SURCHARGE = "fine.surcharge"
"""The rule of `timelimits.csv`."""


def measured_for(session: Session, case: PenaltyCase, proposal: PenaltyProposal, *, day: date) -> Measured:
    """What a proposal is measured by if it is decided on a day; raises what the benchmark refuses."""
    chosen = Chosen(cast(Result, proposal.result), proposal.tier_id, proposal.quantity)
    return measured(session, case, chosen, day=day)


def findings_of(case: PenaltyCase, proposal: PenaltyProposal, found: Measured) -> Findings:
    """Facts and evidence as they were proposed, with the norms of the version that governs."""
    return Findings(
        case_number=case.number,
        facts=proposal.facts,
        evidence=proposal.evidence,
        violated=in_full(found.entry.legal_basis),
        basis=in_full(found.entry.penalty_article),
    )


def fine_of(fine_fen: int, *, today: date, home: Path) -> Fine | None:
    """The fine with bank and surcharge as decisions tell them (罚缴分离办法 7); None where there is no fine."""
    if not fine_fen:
        return None
    return Fine(yuan(fine_fen), payment_terms(home, today).bank, shipped_limits().surcharge(SURCHARGE, today))
