"""等您办的: which penalty cases wait for somebody, with which act, since when; the most pressing first.

Told by the same gates as the acts themselves, but of the whole hall in a few statements. What needs a case to be read
as a whole (a benchmark that changed, what was found of a limb since) is said when the case is opened.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import may, require
from hall.rules.lights import LIGHTS, Light
from hall.rules.penalty_clocks import ClockFacts, PenaltyClock, Taken, penalty_clocks
from hall.rules.penalty_duties import Duty, DutyConflict, NotTheOfficer, OwnInterest, check_duty
from hall.rules.penalty_gates import (
    GateFacts,
    before_decision,
    before_discussing,
    before_hearing,
    before_legal,
    before_noticing_hearing,
)
from hall.rules.penalty_lights import clock_light
from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.people import Actor
from hall.services.calendar import shipped_limits
from hall.services.light_rule import warning_rules
from hall.services.penalty_acts import DUTY_OF
from hall.services.penalty_clocks import party_masked
from hall.services.penalty_facts import violations_named
from hall.services.penalty_gate_facts import bar_of, locked_among, proposal_facts
from hall.services.penalty_terms import penalty_terms
from hall.services.penalty_waiting_rows import (
    CaseOfficers,
    FiledCase,
    cash_on_its_way,
    filed_cases,
    officers_of_each,
    open_deferrals,
    proposed_agreements,
    stays_away_from,
    unserved_decisions,
)
from hall.services.schedules import calendar_in_force
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase, PenaltyDuty, PenaltyProposal
from hall.store.schema.people import Person

_INVESTIGATE, _LEGAL, _DECIDE = "penalty.investigate", "penalty.legal", "penalty.decide"
_BEFORE = (_INVESTIGATE, _LEGAL, _DECIDE)
_NOBODY = CaseOfficers()


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An act (a name of PENALTY_ACTS) that waits, since which day, and by when law wants it where law says so."""

    case_id: int
    number: str
    party_masked: str
    violation: str
    act: str
    since: date
    due: date | None
    light: Light | None


@dataclass(frozen=True, slots=True)
class _Wait:
    """`facts` hold the days from which the act's own period is counted."""

    case: PenaltyCase
    act: str
    action: str
    since: date
    facts: ClockFacts = field(default_factory=ClockFacts)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Whoever asks, and what every source is read with; `terms` are today's."""

    session: Session
    hall_id: int
    actor: Actor
    today: date
    home: Path
    terms: PenaltyTerms


def waiting_for(store: Store, actor: Actor, *, home: Path) -> tuple[WaitingRow, ...]:
    """What the actor's roles, duties and cases leave to it; whoever has another duty or stays away is not asked."""
    require(actor, "penalty.read")
    with store.read(actor) as session:
        today = business_date(store.clock.now())
        desk = _Desk(session, store.hall_id, actor, today, home, penalty_terms(home, today))
        filed = filed_cases(session, store.hall_id) if _may_any(actor, _BEFORE) else ()
        others = tuple(_after(desk))
        case_ids = {each.case.id for each in filed} | {each.case.id for each in others}
        if not case_ids:
            return ()
        officers = officers_of_each(session, case_ids, today=today)
        waits = (*_before(desk, filed, officers), *others)
        return _rows(desk, _own(desk, [each for each in waits if may(actor, each.action)], officers))


def _may_any(actor: Actor, actions: Iterable[str]) -> bool:
    return any(may(actor, action) for action in actions)


def _after(desk: _Desk) -> Iterator[_Wait]:
    """What waits after a decision: each table is read only for those who may act on it."""
    session, hall_id, actor = desk.session, desk.hall_id, desk.actor
    if may(actor, "deferral.decide"):
        for case, since in open_deferrals(session, hall_id):
            yield _Wait(case, "defer_decide", "deferral.decide", since)
    if may(actor, "agreement.decide"):
        for case, since in proposed_agreements(session, hall_id):
            yield _Wait(case, "agree_decide", "agreement.decide", since)
    if may(actor, "penalty.serve"):
        for case, since in unserved_decisions(session, hall_id):
            yield _Wait(case, "serve", "penalty.serve", since, ClockFacts(decided_on=since))
    if _may_any(actor, ("cash.collect", "cash.bank")):
        for case, cash in cash_on_its_way(session, hall_id):
            taken = ClockFacts(cash=(Taken(cash.collected_on, cash.handed_in_on),))
            if cash.handed_in_on is None:
                yield _Wait(case, "cash_hand_in", "cash.collect", cash.collected_on, taken)
            else:
                yield _Wait(case, "cash_bank", "cash.bank", cash.handed_in_on, taken)


def _before(desk: _Desk, filed: Iterable[FiledCase], officers: Mapping[int, CaseOfficers]) -> Iterator[_Wait]:
    """What waits in cases under investigation: at most one act each of officers, legal reviewers and deciders."""
    for each in filed:
        facts = _gate_facts(desk, each, officers.get(each.case.id, _NOBODY))
        days = ClockFacts(filed_on=each.case.filed_on)
        for action, found in (
            (_INVESTIGATE, _officers_act(each)),
            (_LEGAL, _reviewers_act(each.proposal, facts)),
            (_DECIDE, _deciders_act(each, facts)),
        ):
            if found is not None:
                act, since = found
                yield _Wait(each.case, act, "penalty.on_spot" if act == "on_spot" else action, since, days)


def _gate_facts(desk: _Desk, each: FiledCase, officers: CaseOfficers) -> GateFacts:
    case, proposal = each.case, each.proposal
    return GateFacts(
        today=desk.today,
        state=case.state,
        procedure=case.procedure,
        officers=officers.valid,
        bar=bar_of(case, desk.terms),
        correction_first=each.correction_first,
        correction_ordered_on=case.correction_ordered_on,
        correct_by=case.correct_by,
        corrected_on=case.corrected_on,
        locked_fen=locked_among(each.rounds),
        proposal=proposal_facts(desk.session, proposal, home=desk.home) if proposal is not None else None,
    )


_Found = tuple[str, date] | None


def _officers_act(each: FiledCase) -> _Found:
    """A request is examined before anything is proposed; what legal review refused is proposed anew."""
    proposal, request, filed_on = each.proposal, each.request, each.case.filed_on or each.case.found_on
    examined_on = request.examined_on if request is not None else None
    if request is not None and examined_on is None:
        return "examine", request.applied_on
    if proposal is None:
        return "on_spot" if each.case.procedure == "simple" else "propose", examined_on or filed_on
    if proposal.legal_on is not None and not proposal.legal_agrees:
        return "propose", proposal.legal_on
    if proposal.result == "none":
        return None if each.educated else ("educate", proposal.proposed_on)
    return _telling(proposal)


def _telling(proposal: PenaltyProposal) -> _Found:
    if proposal.told_on is None:
        return "tell", proposal.proposed_on
    if proposal.defence and not proposal.defence_answer:
        return "defend", proposal.defended_on or proposal.told_on
    return None


def _reviewers_act(proposal: PenaltyProposal | None, facts: GateFacts) -> _Found:
    if proposal is None:
        return None
    if proposal.hearing_asked_on is not None and proposal.hearing_on is None and not before_noticing_hearing(facts):
        return "notice_hearing", proposal.hearing_asked_on
    if proposal.hearing_on is not None and not before_hearing(facts):
        return "hear", proposal.hearing_on
    return None if before_legal(facts) else ("legal", _heard_on(proposal))


def _deciders_act(each: FiledCase, facts: GateFacts) -> _Found:
    """A request that was examined is refused, or ends with the decision on a proposal that grants it."""
    proposal, request = each.proposal, each.request
    grants = proposal is not None and proposal.result != "ordinary"
    if request is not None and not grants:
        return ("leniency_refuse", request.examined_on) if request.examined_on is not None else None
    if proposal is None or (request is not None and request.examined_on is None):
        return None
    if proposal.collective_due and not before_discussing(facts):
        return "discuss", proposal.legal_on or _heard_on(proposal)
    lacking = proposal.result == "none" and not each.educated
    if lacking or before_decision(facts):
        return None
    return "decide", proposal.minutes_on or proposal.legal_on or _heard_on(proposal)


def _heard_on(proposal: PenaltyProposal) -> date:
    """Since when nothing more is to be heard from the party, as near as the records say."""
    heard = proposal.hearing_on if proposal.hearing_record else None
    return heard or proposal.defended_on or proposal.defend_by or proposal.proposed_on


def _own(desk: _Desk, waits: Sequence[_Wait], officers: Mapping[int, CaseOfficers]) -> list[_Wait]:
    """Those that no other duty and no interest forbids; officers are told of their own cases only."""
    mine = desk.actor.account_id
    held = select(PenaltyDuty.case_id, PenaltyDuty.duty).where(
        PenaltyDuty.account_id == mine, PenaltyDuty.case_id.in_({each.case.id for each in waits})
    )
    duties = {case_id: cast(Duty, duty) for case_id, duty in desk.session.execute(held).tuples()}
    avoided = stays_away_from(desk.session, mine, today=desk.today)
    clerk = may(desk.actor, "penalty.register")
    found = []
    for each in waits:
        accounts = officers.get(each.case.id, _NOBODY).accounts
        duty = DUTY_OF.get(each.action)
        of_officers = duty == "investigate" or (each.act == "serve" and not clerk)
        if (of_officers and mine not in accounts) or each.case.party_id in avoided:
            continue
        if duty is None or _free(mine, duty, duties.get(each.case.id), accounts):
            found.append(each)
    return found


def _free(account_id: int, duty: Duty, held: Duty | None, officers: frozenset[int]) -> bool:
    own = {} if held is None else {account_id: held}
    try:
        check_duty(account_id, duty, held=own, conflicted=False, officers=officers)
    except (DutyConflict, OwnInterest, NotTheOfficer):
        return False
    return True


def _rows(desk: _Desk, waits: list[_Wait]) -> tuple[WaitingRow, ...]:
    """Masked, lit, one row an act of a case, in their order."""
    if not waits:
        return ()
    session = desk.session
    names = violations_named(session, {each.case.violation_id for each in waits})
    parties = select(Person).where(Person.id.in_({each.case.party_id for each in waits}))
    masked = {each.id: party_masked(each) for each in session.scalars(parties)}
    least_days = warning_rules(desk.home).in_force(desk.today).least_days
    rows: dict[tuple[int, str], WaitingRow] = {}
    for each in sorted(waits, key=lambda wait: wait.since):
        clock = _clock(desk, each.facts)
        row = WaitingRow(
            case_id=each.case.id,
            number=each.case.number,
            party_masked=masked[each.case.party_id],
            violation=names[each.case.violation_id][1],
            act=each.act,
            since=each.since,
            due=clock.strict_due or clock.due if clock else None,
            light=clock_light(clock, desk.today, least_days=least_days) if clock else None,
        )
        rows.setdefault((row.case_id, row.act), row)
    return tuple(sorted(rows.values(), key=_pressing))


def _clock(desk: _Desk, facts: ClockFacts) -> PenaltyClock | None:
    """The period that runs from these days."""
    calendar = calendar_in_force(desk.session, desk.hall_id)
    running = penalty_clocks(facts, calendar=calendar, limits=shipped_limits())
    return next((each for each in running if each.ended_on is None), None)


_QUIET = LIGHTS.index("normal")


def _pressing(row: WaitingRow) -> tuple[int, date, int]:
    """What is late or nearly, then the longest waiting."""
    place = LIGHTS.index(row.light) if row.light else _QUIET
    return (min(place, _QUIET), row.since, row.case_id)
