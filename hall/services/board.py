"""The time-limit board (时限看板): counts by light and the most urgent cases, for one instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.lights import DueOrdinals, Light, LightRule, Pressing, Today, due_range, light, remaining_days
from hall.rules.people import Actor
from hall.services.schedules import FAR, calendar_in_force, today_in
from hall.store import Store
from hall.store.schema.catalogue import Department, MatterVersion
from hall.store.schema.clocks import CaseClock
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase

# case, matter's name, department's name, clerk's name, statutory clock, promised clock
_Found = tuple[PermitCase, str, str, str | None, CaseClock | None, CaseClock | None]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One open case. `remaining` counts workdays to the nearer due day: 0 today, negative late, None pending."""

    case_id: int
    acceptance_number: str
    matter_name: str
    department: str
    clerk_name: str
    light: Light
    remaining: int | None
    promised_due: date | None
    statutory_due: date | None
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board at one instant. `warnings` say what makes figures incomplete, e.g. a schedule not loaded.

    Counts are of all open cases, `departments` splits them up; `rows` are the most urgent of the group asked for.
    """

    as_of: datetime
    counts: Mapping[Light, int]
    departments: Mapping[str, Mapping[Light, int]]
    total: int
    rows: tuple[BoardRow, ...]
    warnings: tuple[str, ...]


def board_view(
    store: Store, actor: Actor, *, rule: LightRule, pressing: Pressing | None = None, most: int = 50
) -> BoardView:
    """Counts over all open cases and the `most` urgent ones, of all or of one group."""
    require(actor, "board.read")
    now = store.clock.now()
    with store.read(actor) as session:
        calendar = calendar_in_force(session, store.hall_id)
        today = today_in(calendar, business_date(now))
        departments = _counts(session, store.hall_id, today, rule)
        between = due_range(pressing, today, warning_days=rule.warning_days) if pressing else None
        rows = _most_urgent(session, store.hall_id, most, between=between)
    counts = _sum(departments)
    return BoardView(
        as_of=now,
        counts=counts,
        departments=departments,
        total=sum(counts.values()),
        rows=tuple(_row(row, today, rule) for row in rows),
        warnings=_warnings(calendar, business_date(now)),
    )


def _counts(session: Session, hall_id: int, today: Today, rule: LightRule) -> dict[str, dict[Light, int]]:
    """Per department, grouped by the pair of due ordinals: few rows, however many cases."""
    statutory, promised = aliased(CaseClock), aliased(CaseClock)
    rows = session.execute(
        select(Department.name, statutory.due_ordinal, promised.due_ordinal, func.count())
        .select_from(PermitCase)
        .join(Department, Department.id == PermitCase.department_id)
        .outerjoin(statutory, _running(statutory, "statutory"))
        .outerjoin(promised, _running(promised, "promised"))
        .where(PermitCase.hall_id == hall_id, PermitCase.state == "accepted")
        .group_by(Department.name, statutory.due_ordinal, promised.due_ordinal)
        .order_by(Department.name)
    )
    counts: dict[str, dict[Light, int]] = {}
    for department, statutory_due, promised_due, count in rows:
        shown = light(DueOrdinals(statutory_due, promised_due), today, warning_days=rule.warning_days)
        of_department = counts.setdefault(department, {})
        of_department[shown] = of_department.get(shown, 0) + count
    return counts


def _sum(departments: Mapping[str, Mapping[Light, int]]) -> dict[Light, int]:
    counts: dict[Light, int] = {}
    for of_department in departments.values():
        for shown, count in of_department.items():
            counts[shown] = counts.get(shown, 0) + count
    return counts


def _most_urgent(session: Session, hall_id: int, most: int, *, between: tuple[int | None, int] | None) -> list[_Found]:
    statutory, promised = aliased(CaseClock), aliased(CaseClock)
    by_law = func.coalesce(statutory.due_ordinal, FAR)
    by_promise = func.coalesce(promised.due_ordinal, FAR)
    nearest = case((by_law < by_promise, by_law), else_=by_promise)
    wanted = [PermitCase.hall_id == hall_id, PermitCase.state == "accepted"]
    if between is not None:
        first, last = between
        wanted += [nearest <= last] if first is None else [nearest >= first, nearest <= last]
    return [
        tuple(row)
        for row in session.execute(
            select(PermitCase, MatterVersion.name, Department.name, Account.display_name, statutory, promised)
            .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
            .join(Department, Department.id == PermitCase.department_id)
            .outerjoin(Account, Account.id == PermitCase.account_id)
            .outerjoin(statutory, _running(statutory, "statutory"))
            .outerjoin(promised, _running(promised, "promised"))
            .where(*wanted)
            .order_by(nearest, PermitCase.id)
            .limit(most)
        )
    ]


def _running(clock: type[CaseClock], kind: str) -> ColumnElement[bool]:
    return and_(clock.case_id == PermitCase.id, clock.kind == kind, clock.state == "running")


def _row(row: _Found, today: Today, rule: LightRule) -> BoardRow:
    record, matter_name, department, clerk_name, statutory, promised = row
    due = DueOrdinals(statutory.due_ordinal if statutory else None, promised.due_ordinal if promised else None)
    known = [ordinal for ordinal in (due.statutory, due.promised) if ordinal is not None]
    return BoardRow(
        case_id=record.id,
        acceptance_number=record.acceptance_number or "",
        matter_name=matter_name,
        department=department,
        clerk_name=clerk_name or "系统",
        light=light(due, today, warning_days=rule.warning_days),
        remaining=remaining_days(min(known), today.ordinal) if known else None,
        promised_due=promised.due_on if promised else None,
        statutory_due=statutory.due_on if statutory else None,
        accepted_at=record.accepted_at,
    )


def _warnings(calendar: WorkCalendar, today: date) -> tuple[str, ...]:
    """A schedule that will be needed within the year and is not loaded."""
    wanted = (today.year, today.year + 1)
    return tuple(str(ScheduleMissing(year)) for year in wanted if year not in calendar.years)
