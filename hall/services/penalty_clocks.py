"""The legal periods of penalty cases: of one case with their count, and of the whole hall by their due days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.rules.calendar import WorkCalendar
from hall.rules.fines import Entry, FinePosition, position
from hall.rules.identity import mask_name
from hall.rules.penalty_clocks import ClockFacts, PenaltyClock, Shown, Taken, Told, in_order, penalty_clocks
from hall.rules.service import Way, done_on
from hall.rules.timelimits_file import LimitTable
from hall.services import fines
from hall.services.calendar import shipped_limits
from hall.services.persons import ORGANISATION
from hall.services.remedy_records import court_period, remedies_of
from hall.services.schedules import calendar_in_force
from hall.services.seizure_records import seizure_clocks
from hall.store.schema.payments import CashCollection
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyEvent, PenaltyProposal, PenaltyService
from hall.store.schema.people import Person
from hall.store.schema.publicity import Publication

_ENDED = ("dropped", "closed", "revoked")
_Row = TypeVar("_Row", PenaltyProposal, PenaltyDecision, PenaltyService, Publication, CashCollection, PenaltyEvent)


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A clock on the hall's list; the party's name is masked."""

    case_id: int
    number: str
    party_masked: str
    clock: PenaltyClock


@dataclass(frozen=True, slots=True)
class _Rows:
    """What several cases' clocks are read from, by case, in one query each."""

    days: WorkCalendar
    limits: LimitTable
    held: Mapping[int, Sequence[PenaltyClock]]
    proposals: Mapping[int, Sequence[PenaltyProposal]]
    decisions: Mapping[int, Sequence[PenaltyDecision]]
    services: Mapping[int, Sequence[PenaltyService]]
    publications: Mapping[int, Sequence[Publication]]
    cash: Mapping[int, Sequence[CashCollection]]
    events: Mapping[int, Sequence[PenaltyEvent]]
    ledgers: Mapping[int, tuple[Entry, ...]]


def clocks_of(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[PenaltyClock, ...]:
    """Every clock of a case, running ones first, by their due days."""
    return clocks_of_each(session, [case], today=today, home=home)[case.id]


def clocks_of_each(
    session: Session, cases: Sequence[PenaltyCase], *, today: date, home: Path
) -> dict[int, tuple[PenaltyClock, ...]]:
    """The same of several cases, by their keys, in as many reads as of one."""
    if not cases:
        return {}
    rows = _rows(session, cases)
    return {case.id: _clocks(session, case, rows, today=today, home=home) for case in cases}


def open_clocks(
    session: Session, *, hall_id: int, today: date, home: Path, case_id: int | None = None
) -> tuple[CaseClock, ...]:
    """Every running clock of the hall's open cases, by due day; of one case only where it is named."""
    query = (
        select(PenaltyCase, Person)
        .join(Person, Person.id == PenaltyCase.party_id)
        .where(PenaltyCase.hall_id == hall_id, PenaltyCase.closed_on.is_(None), PenaltyCase.state.not_in(_ENDED))
    )
    if case_id is not None:
        query = query.where(PenaltyCase.id == case_id)
    cases = session.execute(query.order_by(PenaltyCase.id)).tuples().all()
    if not cases:
        return ()
    rows = _rows(session, [case for case, _ in cases])
    found = [
        CaseClock(case.id, case.number, party_masked(party), clock)
        for case, party in cases
        for clock in _clocks(session, case, rows, today=today, home=home)
        if clock.ended_on is None
    ]
    return tuple(sorted(found, key=lambda each: (each.clock.due or date.max, each.case_id)))


def party_masked(party: Person) -> str:
    """The party's name for a list: an organisation's in full."""
    return party.name if party.kind == ORGANISATION else mask_name(party.name)


def _rows(session: Session, cases: Sequence[PenaltyCase]) -> _Rows:
    """Of cases of one hall."""
    case_ids, days, limits = [case.id for case in cases], calendar_in_force(session, cases[0].hall_id), shipped_limits()
    return _Rows(
        days=days,
        limits=limits,
        held=seizure_clocks(session, case_ids, days=days, limits=limits),
        proposals=_by_case(session, PenaltyProposal, PenaltyProposal.case_id, case_ids),
        decisions=_by_case(session, PenaltyDecision, PenaltyDecision.case_id, case_ids),
        services=_by_case(session, PenaltyService, PenaltyService.case_id, case_ids),
        publications=_by_case(session, Publication, Publication.case_id, case_ids),
        cash=_by_case(session, CashCollection, CashCollection.case_id, case_ids),
        events=_by_case(session, PenaltyEvent, PenaltyEvent.case_id, case_ids),
        ledgers=fines.ledgers(session, case_ids),
    )


def _by_case(
    session: Session,
    record: type[_Row],
    key: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    case_ids: Sequence[int],
) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for row in session.scalars(select(record).where(key.in_(case_ids)).order_by(record.id)):
        if row.case_id is not None:  # only a publication may be of a permit instead
            found.setdefault(row.case_id, []).append(row)
    return found


def _clocks(session: Session, case: PenaltyCase, rows: _Rows, *, today: date, home: Path) -> tuple[PenaltyClock, ...]:
    owed = _owed(rows.ledgers.get(case.id, ()), today=today, home=home)
    facts = _facts(session, case, rows, owed)
    clocks = penalty_clocks(facts, calendar=rows.days, limits=rows.limits)
    return in_order((*clocks, *rows.held.get(case.id, ())))


def _owed(entries: tuple[Entry, ...], *, today: date, home: Path) -> FinePosition | None:
    if not entries:
        return None
    growth = fines.growth_of(entries, home)
    return position(entries, on=today, terms=growth.terms, surcharge=growth.surcharge)


def _facts(session: Session, case: PenaltyCase, rows: _Rows, owed: FinePosition | None) -> ClockFacts:
    decisions, service = rows.decisions.get(case.id, ()), _service(rows.services.get(case.id, ()))
    remedies = remedies_of(session, case.id) if _has(rows, case.id, "remedy_begin") else ()
    review = next((each for each in reversed(remedies) if each.remedy == "review"), None)
    suit = next((each for each in reversed(remedies) if each.remedy == "litigation"), None)
    reminded = _last(rows, case.id, "remind")
    unpaid = tuple(part.due_on for part in owed.parts if part.standing != "paid") if owed else ()
    overdue = owed is not None and owed.overdue
    court = court_period(session, case, remedies=remedies, position=owed, reminded_on=reminded) if overdue else None
    return ClockFacts(
        simple=case.procedure == "simple",
        over_on=case.closed_on,
        ordered_on=case.correction_ordered_on,
        correct_by=case.correct_by,
        corrected_on=case.corrected_on,
        evidence_on=case.evidence_on,
        evidence_ended_on=case.evidence_ended_on,
        filed_on=case.filed_on,
        told=_told(rows.proposals.get(case.id, ())),
        on_spot_on=_last(rows, case.id, "on_spot"),
        reported_on=_last(rows, case.id, "file_on_spot"),
        decided_on=decisions[0].decided_on if decisions else None,
        served_on=service.served_on if service else None,
        done_on=_done(service),
        shown=tuple(_shown(each) for each in rows.publications.get(case.id, ()) if not each.withheld),
        parts=unpaid,
        plan=owed.plan if owed else "",
        overdue_from=owed.due_on if owed and overdue else None,
        pauses=owed.pauses if owed else (),
        reminded_on=reminded,
        review_on=review.applied_on if review else None,
        review_ended_on=review.ended_on if review else None,
        suit_on=suit.applied_on if suit else None,
        court_from=court.starts if court else None,
        court_on=_last(rows, case.id, "court"),
        cash=tuple(_taken(each) for each in rows.cash.get(case.id, ())),
    )


def _service(attempts: Iterable[PenaltyService]) -> PenaltyService | None:
    """The service of the first decision, done or under way."""
    return next((each for each in attempts if each.failed_on is None), None)


def _done(service: PenaltyService | None) -> date | None:
    """When the authority had done its part: a letter that is on its way is no longer late (民事诉讼法 85)."""
    if service is None:
        return None
    done = done_on(cast(Way, service.way), sent_on=service.sent_on, served_on=service.served_on or date.max)
    return None if done == date.max else done


def _told(proposals: Sequence[PenaltyProposal]) -> Told | None:
    newest = next((each for each in reversed(proposals) if each.told_on is not None), None)
    if newest is None or newest.told_on is None or newest.defend_by is None:
        return None
    return Told(newest.told_on, newest.defend_by, newest.defended_on, newest.hearing_due, newest.hearing_asked_on)


def _shown(row: Publication) -> Shown:
    return Shown(row.decided_on, row.published_on, row.overturned_on, row.withdrawn_on)


def _taken(row: CashCollection) -> Taken:
    return Taken(row.collected_on, row.handed_in_on, row.banked_on)


def _has(rows: _Rows, case_id: int, kind: str) -> bool:
    return any(event.kind == kind for event in rows.events.get(case_id, ()))


def _last(rows: _Rows, case_id: int, kind: str) -> date | None:
    return next((event.day for event in reversed(rows.events.get(case_id, ())) if event.kind == kind), None)
