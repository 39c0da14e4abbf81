"""A penalty case as its gates see it: records, calendar and terms made into the facts of `rules.penalty_gates`."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.errors import HallError, Missing
from hall.rules.calendar import ScheduleMissing
from hall.rules.leniency_limbs import Limb, Result
from hall.rules.penalties import TimeBarred, check_time_bar
from hall.rules.penalty_gates import GateFacts, ProposalFacts
from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.timelimits import LimitRequest, compute
from hall.services.calendar import shipped_limits
from hall.services.penalty_facts import act_facts
from hall.services.penalty_measures import Chosen, measured
from hall.services.penalty_staff import officers_of
from hall.services.penalty_terms import penalty_terms
from hall.services.schedules import calendar_in_force
from hall.services.violation_records import version_numbered, version_on
from hall.store.schema.penalties import EnforcementCertificate, PenaltyCase, PenaltyProposal

CLOSING, HEARING_REQUEST, HEARING_NOTICE = (
    "penalty.case-closing",
    "penalty.hearing-request",
    "penalty.hearing-notice",
)
"""Rules of `timelimits.csv`."""


class NothingProposed(Missing):
    """No proposal of the case is open."""

    def __init__(self) -> None:
        super().__init__("本案还没有拟定处罚意见，请先由执法人员拟定。")


def proposals_of(session: Session, case_id: int) -> Sequence[PenaltyProposal]:
    """All rounds of a case, the first one first."""
    query = select(PenaltyProposal).where(PenaltyProposal.case_id == case_id).order_by(PenaltyProposal.round)
    return session.scalars(query).all()


def open_proposal(session: Session, case_id: int) -> PenaltyProposal | None:
    """The round that is under way."""
    return next((each for each in reversed(proposals_of(session, case_id)) if each.state == "open"), None)


def under_way(session: Session, case_id: int) -> PenaltyProposal:
    """The round that is under way; raises NothingProposed."""
    proposal = open_proposal(session, case_id)
    if proposal is None:
        raise NothingProposed
    return proposal


def gate_facts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> GateFacts:
    """The case on a day, with its open proposal."""
    proposal = open_proposal(session, case.id)
    return GateFacts(
        today=today,
        state=case.state,
        procedure=case.procedure,
        officers=able(officers_of(session, case), today=today),
        bar=bar_of(case, penalty_terms(home, today)),
        benchmark=_benchmark(session, case, proposal, today),
        correction_first=_correction_first(session, case, proposal, today),
        correction_ordered_on=case.correction_ordered_on,
        correct_by=case.correct_by,
        corrected_on=case.corrected_on,
        strict_due=_strict_due(session, case),
        locked_fen=locked_fen(session, case.id),
        proposal=proposal_facts(session, proposal, home=home) if proposal is not None else None,
    )


def announced_kinds(session: Session, case_id: int) -> str | None:
    """Which other kinds were announced before the last defence or hearing; None: the party has not been heard."""
    defended = [each for each in proposals_of(session, case_id) if each.defence or each.hearing_record]
    return defended[-1].other if defended else None


def locked_fen(session: Session, case_id: int) -> int | None:
    """The least that was announced before a defence or a hearing; nothing may go above it (行政处罚法 45(2))."""
    return locked_among(proposals_of(session, case_id))


def locked_among(proposals: Iterable[PenaltyProposal]) -> int | None:
    """The same of the rounds of one case."""
    defended = (each for each in proposals if each.defence or each.hearing_record)
    return min((each.fine_fen for each in defended), default=None)


def counted(session: Session, hall_id: int, name: str, start: date) -> date | None:
    """The last day of a legal period; None where a schedule is lacking."""
    rule = shipped_limits().limit(name, start)
    return compute(calendar_in_force(session, hall_id), rule, LimitRequest(start=start)).due


def workdays_on(session: Session, hall_id: int, start: date, days: int) -> date | None:
    """The day some workdays later; None where a schedule is lacking."""
    try:
        return calendar_in_force(session, hall_id).add_workdays(start, days)
    except ScheduleMissing:
        return None


def _defend_by(session: Session, proposal: PenaltyProposal, *, home: Path) -> date | None:
    """The last day to state one's case; counted now where a schedule lacked when the party was told."""
    if proposal.told_on is None or proposal.defend_by is not None:
        return proposal.defend_by
    days = penalty_terms(home, proposal.told_on).defence_days
    return workdays_on(session, proposal.hall_id, proposal.told_on, days)


def proposal_facts(session: Session, proposal: PenaltyProposal, *, home: Path) -> ProposalFacts:
    """A round as its gates see it; the calendar is read once in a transaction."""
    told, held = proposal.told_on, proposal.hearing_on
    return ProposalFacts(
        result=cast(Result, proposal.result),
        fine_fen=proposal.fine_fen,
        limb=cast(Limb, proposal.limb) if proposal.limb else None,
        told_on=told,
        defend_by=_defend_by(session, proposal, home=home),
        defended_on=proposal.defended_on,
        defence=proposal.defence,
        defence_answer=proposal.defence_answer,
        hearing_due=proposal.hearing_due,
        ask_by=counted(session, proposal.hall_id, HEARING_REQUEST, told) if told is not None else None,
        hearing_asked_on=proposal.hearing_asked_on,
        hearing_noticed_on=proposal.hearing_noticed_on,
        hearing_on=held,
        notice_by=counted(session, proposal.hall_id, HEARING_NOTICE, held) if held is not None else None,
        hearing_record=proposal.hearing_record,
        legal_due=proposal.legal_due,
        legal_on=proposal.legal_on,
        legal_agrees=proposal.legal_agrees,
        collective_due=proposal.collective_due,
        minutes_number=proposal.minutes_number,
    )


def able(certificates: Iterable[EnforcementCertificate], *, today: date) -> int:
    """How many of a case's officers may enforce on a day: no auxiliary, and the certificate is valid."""
    return sum(not each.helper and each.valid_from <= today <= each.valid_to for each in certificates)


def bar_of(case: PenaltyCase, terms: PenaltyTerms) -> str:
    """Why the time of a case has run out (行政处罚法 36), or nothing."""
    try:
        check_time_bar(act_facts(case), terms)
    except TimeBarred as barred:
        return barred.sentence
    return ""


def _benchmark(session: Session, case: PenaltyCase, proposal: PenaltyProposal | None, today: date) -> tuple[str, ...]:
    """Why the proposal's benchmark cannot be used today: whatever refuses it, or another version that governs now."""
    if proposal is None:
        return ()
    chosen = Chosen(cast(Result, proposal.result), proposal.tier_id, proposal.quantity)
    try:
        found = measured(session, case, chosen, day=today)
    except HallError as fault:
        return (fault.sentence,)
    if found.version_id != proposal.version_id:
        return ("适用的裁量基准版本已经变化（行政处罚法第三十七条），请重新拟定处罚意见。",)
    return ()


def _correction_first(session: Session, case: PenaltyCase, proposal: PenaltyProposal | None, today: date) -> bool:
    """As the proposal's norm has it, or the one that governs today."""
    if proposal is not None:
        return version_numbered(session, proposal.version_id).entry.correction == "first"
    version = version_on(session, case.violation_id, today)
    return version is not None and version.entry.correction == "first"


def _strict_due(session: Session, case: PenaltyCase) -> date | None:
    if case.filed_on is None:
        return None
    rule = shipped_limits().limit(CLOSING, case.filed_on)
    return compute(calendar_in_force(session, case.hall_id), rule, LimitRequest(start=case.filed_on)).strict_due
