"""Officers propose a penalty (行政处罚法 55, 57): measured by the published benchmark, with reasons of their own."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.leniency_limbs import Limb, Result
from hall.rules.penalty_amounts import AmountRefused, Proposed, added_kind_fault, check_amount, dues
from hall.rules.penalty_gates import before_proposing, lock_fault, require_open
from hall.rules.penalty_reasons import ReasonFacts, finished_reasons, proposed_reasons
from hall.rules.penalty_terms import ObjectKind
from hall.rules.people import Actor
from hall.services.leniency_records import check_proposed
from hall.services.penalty_gate_facts import announced_kinds, gate_facts, locked_fen, open_proposal, proposals_of
from hall.services.penalty_measures import Chosen, Measured, measured
from hall.services.penalty_records import (
    Detail,
    add_penalty_event,
    penalty_locked,
    penalty_of,
    settle_penalty,
    take_duty,
)
from hall.services.penalty_terms import penalty_terms
from hall.services.penalty_words import penalty_text
from hall.services.reasons import short_text, statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyProposal
from hall.words import PENALTY_HARMS


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """A penalty as officers propose it, amounts in fen.

    `tier_id` and `quantity`: the published row, and by what it is multiplied as it was typed. `other`: another kind
    beside or in place of the fine (警告). `below_how`: how a reduced fine was counted. `grave_besides`: one of
    行政处罚法 63(1)2 to 5 is meant besides. `leniency_id`: the request that led to it.
    """

    result: Result
    fine_fen: int
    facts: str
    evidence: str
    reasons: str
    limb: Limb | None = None
    tier_id: int | None = None
    quantity: str = ""
    other: str = ""
    below_how: str = ""
    grave_besides: bool = False
    leniency_id: int | None = None

    @property
    def amount(self) -> Proposed:
        """What the amount rule looks at."""
        return Proposed(self.result, self.fine_fen, limb=self.limb, other=self.other, below_how=self.below_how)

    @property
    def chosen(self) -> Chosen:
        """What it is measured by."""
        return Chosen(self.result, self.tier_id, self.quantity)


@retried
def propose(store: Store, actor: Actor, *, case_id: int, proposal: NewProposal, home: Path) -> int:
    """拟定处罚意见; gives the proposal's key. A new round takes the place of the one before, which was not decided.

    Raises GateClosed, AmountRefused, ReasonsUnfinished, UnusableBenchmark, TierNeeded, DutyConflict, and what law
    leaves no choice about (不予减半).
    """
    require(actor, "penalty.investigate")
    with store.work("penalty.propose", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        record = _propose(work, case, proposal, home=home)
        settle_penalty(work, case, round=record.round, result=record.result)
        return record.id


def _propose(work: Work, case: PenaltyCase, proposal: NewProposal, *, home: Path) -> PenaltyProposal:
    """The checks, then the round."""
    today = business_date(work.now)
    require_open(before_proposing(gate_facts(work.session, case, today=today, home=home)))
    found = measured(work.session, case, proposal.chosen, day=today)
    check_amount(proposal.amount, found.measures)
    _check_not_heavier(work.session, case, proposal)
    check_proposed(work, case, result=proposal.result, limb=proposal.limb, leniency_id=proposal.leniency_id, home=home)
    return _add(work, case, proposal, found, home=home)


def _check_not_heavier(session: Session, case: PenaltyCase, proposal: NewProposal) -> None:
    """Neither a higher fine nor another kind after the party was heard (行政处罚法 45(2))."""
    most, kinds = locked_fen(session, case.id), announced_kinds(session, case.id)
    if most is None or kinds is None:
        return
    less = proposal.fine_fen < most
    faults = (
        lock_fault(most, proposal.fine_fen),
        added_kind_fault(kinds, short_text(proposal.other), less_fine=less),
    )
    if any(faults):
        raise AmountRefused(tuple(filter(None, faults)))


def draft_reasons(store: Store, actor: Actor, *, case_id: int, proposal: NewProposal) -> str:
    """The reasons as the program proposes them; somebody has to finish them. Raises what the benchmark refuses."""
    require(actor, "penalty.investigate")
    with store.read(actor) as session:
        case = penalty_of(session, actor.hall_id, case_id)
        found = measured(session, case, proposal.chosen, day=business_date(store.clock.now()))
        return _draft(case, proposal, found)


def _add(work: Work, case: PenaltyCase, proposal: NewProposal, found: Measured, *, home: Path) -> PenaltyProposal:
    """The round, with what is due before its decision; the one before ends."""
    today = business_date(work.now)
    before = open_proposal(work.session, case.id)
    if before is not None:
        before.state = "dropped"
    due = dues(
        proposal.amount,
        terms=penalty_terms(home, today),
        kind=cast(ObjectKind, case.object_kind),
        complicated=case.complex,
        public_interest=case.public_interest,
        grave_besides=proposal.grave_besides,
        heard=any(each.hearing_record for each in proposals_of(work.session, case.id)),
    )
    span = found.measures.span(proposal.result)
    record = PenaltyProposal(
        hall_id=work.hall_id,
        case_id=case.id,
        round=len(proposals_of(work.session, case.id)) + 1,
        leniency_id=proposal.leniency_id,
        result=proposal.result,
        limb=proposal.limb or "",
        version_id=found.version_id,
        tier_id=proposal.tier_id,
        quantity=proposal.quantity.strip(),
        low_fen=span.low_fen,
        high_fen=span.high_fen,
        fine_fen=proposal.fine_fen,
        other=short_text(proposal.other),
        facts=statement_for("拟定处罚意见的事实", proposal.facts),
        evidence=statement_for("拟定处罚意见的证据", proposal.evidence),
        reasons=statement_for("处罚理由", finished_reasons(proposal.reasons, proposed=_draft(case, proposal, found))),
        below_how=proposal.below_how.strip() if proposal.result == "reduced" else "",
        proposed_on=today,
        proposed_by=work.actor.account_id,
        hearing_due=due.hearing,
        legal_due=due.legal,
        collective_due=due.collective,
        state="open",
    )
    work.session.add(record)
    work.session.flush()
    detail: Detail = {"round": record.round, "result": record.result, "limb": record.limb, "fine_fen": record.fine_fen}
    add_penalty_event(work, case, "propose", detail=detail)
    return record


def _draft(case: PenaltyCase, proposal: NewProposal, found: Measured) -> str:
    return proposed_reasons(
        ReasonFacts(
            act=case.act,
            row=found.row,
            result=proposal.result,
            limb=proposal.limb,
            penalty=penalty_text(proposal.other, proposal.fine_fen),
            corrected=case.corrected_on is not None,
            harm=PENALTY_HARMS[case.harm] if case.harm != "unknown" else "",
        )
    )
