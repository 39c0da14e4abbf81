"""Reviews and lawsuits about a penalty, read from the case's events; when the court may be asked to enforce it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.fine_acts import Remedy, RemedyOutcome
from hall.rules.fines import DEFERRAL, FinePosition
from hall.rules.timelimits import LimitRequest, compute
from hall.services.calendar import shipped_limits
from hall.services.schedules import calendar_in_force
from hall.store.schema.penalties import PenaltyCase, PenaltyEvent, PenaltyService

_DAY = timedelta(days=1)
_KINDS = ("remedy_begin", "remedy_end", "vary", "revoke")


@dataclass(frozen=True, slots=True)
class RemedyRecord:
    """A review or lawsuit; `title`: number of the decision or judgment that ended it.

    `carried_out`: the case was varied or revoked by it already.
    """

    remedy: Remedy
    applied_on: date
    body: str
    number: str
    ended_on: date | None = None
    outcome: RemedyOutcome | None = None
    title: str = ""
    carried_out: bool = False


@dataclass(frozen=True, slots=True)
class CourtPeriod:
    """When the court may be asked (行政强制法 53, 54): after `remedies_end`, from `opens_on` to `by`.

    `starts`: from when the three months run.
    """

    remedies_end: date | None
    opens_on: date | None
    by: date | None
    starts: date | None = None


def remedies_of(session: Session, case_id: int) -> tuple[RemedyRecord, ...]:
    """Every review and lawsuit, the first one first; at most the last one goes on."""
    query = select(PenaltyEvent).where(PenaltyEvent.case_id == case_id, PenaltyEvent.kind.in_(_KINDS))
    found: list[RemedyRecord] = []
    for event in session.scalars(query.order_by(PenaltyEvent.id)):
        detail = json.loads(event.detail)
        if event.kind == "remedy_begin":
            found.append(RemedyRecord(detail["remedy"], event.day, event.note, detail["number"]))
        elif event.kind == "remedy_end":
            found[-1] = replace(found[-1], ended_on=event.day, outcome=detail["outcome"], title=detail["number"])
        elif found and found[-1].outcome:
            found[-1] = replace(found[-1], carried_out=True)
    return tuple(found)


def last_day_of(session: Session, case_id: int, kind: str) -> date | None:
    """The day of the last event of a kind."""
    query = select(PenaltyEvent.day).where(PenaltyEvent.case_id == case_id, PenaltyEvent.kind == kind)
    return session.scalar(query.order_by(PenaltyEvent.id.desc()).limit(1))


def served_on(session: Session, case_id: int) -> date | None:
    """The day on which the party got the case's decision."""
    query = select(PenaltyService.served_on).where(
        PenaltyService.case_id == case_id, PenaltyService.served_on.is_not(None), PenaltyService.failed_on.is_(None)
    )
    return session.scalar(query.order_by(PenaltyService.id).limit(1))


def court_period(
    session: Session,
    case: PenaltyCase,
    *,
    remedies: Sequence[RemedyRecord],
    position: FinePosition | None,
    reminded_on: date | None,
) -> CourtPeriod:
    """When the court may be asked; None for what has no clock yet.

    Three months from the end of the periods of both remedies, or of the deferral where that is later (行政处罚法
    72(2)); not before ten workdays after the reminder.
    """
    received = served_on(session, case.id)
    if received is None:
        return CourtPeriod(None, None, None)
    end = _remedies_end(session, case, received, remedies)
    start = end
    if end and position and position.plan == DEFERRAL and position.plan_ends_on:
        start = max(end, position.plan_ends_on)
    by = _end(session, case.hall_id, "enforcement.court-application", start)
    waited = _end(session, case.hall_id, "enforcement.reminder", reminded_on)
    return CourtPeriod(end, waited + _DAY if waited else None, by, start)


def _remedies_end(session: Session, case: PenaltyCase, received: date, remedies: Sequence[RemedyRecord]) -> date | None:
    """The end of both periods; nobody goes to court directly about a penalty on the spot (行政复议法 23(1)1)."""
    hall_id = case.hall_id
    if not remedies:
        names = ("remedy.review",) if case.procedure == "simple" else ("remedy.review", "remedy.litigation")
        ends = [_end(session, hall_id, name, received) for name in names]
        known = [end for end in ends if end]
        return max(known) if len(known) == len(ends) else None
    last = remedies[-1]
    if last.ended_on is None or last.remedy == "litigation":
        return last.ended_on
    return _end(session, hall_id, "remedy.litigation-after-review", last.ended_on)


def _end(session: Session, hall_id: int, name: str, start: date | None) -> date | None:
    if start is None:
        return None
    rule = shipped_limits().limit(name, start)
    due = compute(calendar_in_force(session, hall_id), rule, LimitRequest(start=start)).due
    return due if isinstance(due, date) else None
