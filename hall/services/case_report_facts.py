"""What a month's report counts beside its cases: warnings, orders, ratings, visitors, and the chart of a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import get_args

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session, aliased

from hall.clock import HALL_ZONE, business_date
from hall.rules.case_facts import (
    BadRatingFact,
    CardFact,
    CardKind,
    CaseFact,
    MonthFacts,
    Period,
    Plea,
    RatingFacts,
    RequestFacts,
)
from hall.rules.case_statistics import concerned
from hall.services import rating_figures, request_counts
from hall.store.schema.certificates import Dossier
from hall.store.schema.clocks import CaseClock, EscalationRung
from hall.store.schema.permits import Enquiry, PermitCase
from hall.store.schema.queueing import Ticket
from hall.store.schema.ratings import RatingFollowUp
from hall.store.schema.supervision import SupervisionOrder

MONTHS_OF_CHART = 12
_COLOURS: Mapping[str, CardKind] = {colour: colour for colour in get_args(CardKind)}
_FINDINGS: Mapping[str, Plea] = {finding: finding for finding in get_args(Plea)}


@dataclass(frozen=True, slots=True)
class OnTimeMonth:
    """按时办结率 of the promised cases decided in a month, by its first day."""

    first: date
    in_time: int
    decided: int


@dataclass(frozen=True, slots=True)
class Visitors:
    """Who came and who asked: numbers taken at the hall, questions registered."""

    tickets: int
    enquiries: int


def month_facts(session: Session, hall_id: int, period: Period, cases: Iterable[CaseFact]) -> MonthFacts:
    """All facts of a period; its cases are among those given."""
    return MonthFacts(
        period,
        concerned(cases, period),
        cards=_cards(session, hall_id, period),
        warnings=_warnings(session, hall_id, period),
        ratings=_ratings(session, hall_id, period),
        scores=_scores(session, hall_id, period),
        requests=_requests(session, hall_id, period),
    )


def _requests(session: Session, hall_id: int, period: Period) -> RequestFacts:
    counts = request_counts.counts_of(session, hall_id=hall_id, first=period.first, last=period.last)
    return RequestFacts(
        received=counts.received,
        closed=counts.closed,
        closed_in_time=counts.closed_on_time,
        answerable=counts.answerable,
        replied=counts.replied,
        joined=counts.joined,
        rated=counts.rated,
        content=counts.content,
    )


def visitors(session: Session, hall_id: int, period: Period) -> Visitors:
    """Tickets of the period's days, whatever became of them, and questions asked on them."""
    tickets = select(func.count(Ticket.id)).where(
        Ticket.hall_id == hall_id, Ticket.business_date.between(period.first, period.last)
    )
    enquiries = select(func.count(Enquiry.id)).where(
        Enquiry.hall_id == hall_id, Enquiry.asked_at.between(*_instants(period))
    )
    return Visitors(session.scalar(tickets) or 0, session.scalar(enquiries) or 0)


def year_of_timeliness(session: Session, hall_id: int, period: Period) -> tuple[OnTimeMonth, ...]:
    """The twelve months up to the period, the oldest first, as `rules.case_statistics.timeliness` would count them.

    The sums are made in the database: a year's cases are too many to carry here for one line of a chart.
    """
    first = period.shifted(1 - MONTHS_OF_CHART).first
    days = _by_day(session, hall_id, first, period.last)
    return tuple(_month(days, period.shifted(-back).first) for back in reversed(range(MONTHS_OF_CHART)))


def _month(days: dict[date, tuple[int, int]], first: date) -> OnTimeMonth:
    own = [days[day] for day in days if (day.year, day.month) == (first.year, first.month)]
    return OnTimeMonth(first, sum(in_time for in_time, _ in own), sum(decided for _, decided in own))


def _by_day(session: Session, hall_id: int, first: date, last: date) -> dict[date, tuple[int, int]]:
    """Day of decision → in time, all with a due day; the promise measures, where there is none the law's limit."""
    promised, statutory = aliased(CaseClock), aliased(CaseClock)
    due = case((promised.id.is_not(None), promised.due_on), else_=statutory.due_on)
    rows = session.execute(
        select(PermitCase.decided_on, func.sum(case((PermitCase.decided_on <= due, 1), else_=0)), func.count(due))
        .outerjoin(promised, and_(promised.case_id == PermitCase.id, promised.kind == "promised"))
        .outerjoin(statutory, and_(statutory.case_id == PermitCase.id, statutory.kind == "statutory"))
        .where(
            PermitCase.hall_id == hall_id,
            PermitCase.parent_id.is_(None),
            PermitCase.handling == "promised",
            PermitCase.decided_on.between(first, last),
        )
        .group_by(PermitCase.decided_on)
    )
    return {day: (int(in_time), decided) for day, in_time, decided in rows if day is not None}


def _warnings(session: Session, hall_id: int, period: Period) -> int:
    """Rungs that fired while there was still time."""
    fired = session.execute(
        select(EscalationRung.at, EscalationRung.due_on).where(
            EscalationRung.hall_id == hall_id, EscalationRung.at.between(*_instants(period))
        )
    )
    return sum(business_date(at) <= due_on for at, due_on in fired)


def _cards(session: Session, hall_id: int, period: Period) -> tuple[CardFact, ...]:
    issued = (SupervisionOrder.hall_id == hall_id, SupervisionOrder.issued_on.between(period.first, period.last))
    orders = session.execute(
        select(SupervisionOrder, PermitCase.department_id)
        .join(PermitCase, PermitCase.id == SupervisionOrder.case_id)
        .where(*issued)
        .order_by(SupervisionOrder.id)
    )
    return tuple(
        CardFact(
            _COLOURS[order.colour],
            order.issued_on,
            cleared_on=order.closed_on if order.state == "settled" else None,
            plea=_FINDINGS.get(order.plea_finding, ""),
            department_id=department_id,
        )
        for order, department_id in orders.tuples()
    )


def _scores(session: Session, hall_id: int, period: Period) -> tuple[int | None, ...]:
    archived = (Dossier.hall_id == hall_id, Dossier.archived_at.between(*_instants(period)))
    return tuple(session.scalars(select(Dossier.score).where(*archived).order_by(Dossier.id)))


def _ratings(session: Session, hall_id: int, period: Period) -> RatingFacts:
    given = rating_figures.levels_given(session, hall_id, first=period.first, last=period.last)
    follow_ups = session.scalars(
        select(RatingFollowUp).where(
            RatingFollowUp.hall_id == hall_id, RatingFollowUp.opened_on.between(period.first, period.last)
        )
    )
    bad = tuple(
        BadRatingFact(each.opened_on, each.due_on, business_date(each.closed_at) if each.closed_at else None)
        for each in follow_ups
    )
    return RatingFacts(given.visits, given.levels, bad)


def _instants(period: Period) -> tuple[datetime, datetime]:
    """The first instant of the period, and the last one of its last day."""
    after = datetime.combine(period.last + timedelta(days=1), time(), HALL_ZONE)
    return datetime.combine(period.first, time(), HALL_ZONE), after - timedelta(microseconds=1)
