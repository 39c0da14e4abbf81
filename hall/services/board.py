"""The time-limit board (时限看板): how the open cases stand, the most urgent, and lists of them page by page.

Nothing is counted ahead: a walk over the index of the open cases groups those that no passing of time parts, and
their lights are told from the groups. So the same answer serves after midnight, too.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.light_counts import DueGroup, LightCounts, light_counts
from hall.rules.people import Actor
from hall.services.board_rows import START, BoardRow, Place, board_rows
from hall.services.board_terms import BoardDay, Terms, conditions
from hall.services.case_finding import matching
from hall.services.schedules import calendar_in_force, today_in
from hall.store import Store
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import PermitCase

MOST_URGENT = 50
PAGE = 60
COUNTED = 10_000
"""Lists are counted so far; what is more is told as “10,000+”."""

_ON_MY_DESK = 5_000


@dataclass(frozen=True, slots=True)
class BoardView:
    """All open cases at one instant, to be looked at on any day: `counts_on`, and the rows' own lights.

    `warnings` say what makes figures incomplete, e.g. a schedule not loaded.
    """

    as_of: datetime
    calendar: WorkCalendar = field(repr=False)
    groups: tuple[DueGroup, ...] = field(repr=False)
    urgent: tuple[BoardRow, ...] = field(repr=False)
    warnings: tuple[str, ...]

    def day_on(self, day: date) -> BoardDay:
        """A day, and the end of its week, by the calendar that the groups were counted by."""
        sunday = day + timedelta(days=6 - day.weekday())
        longest = max((group.warning_days for group in self.groups), default=0)
        return BoardDay(today_in(self.calendar, day), today_in(self.calendar, sunday).ordinal, longest)

    def counts_on(self, day: date) -> LightCounts:
        """The counts as they are on a day, if nothing but time passes until then."""
        return light_counts(self.groups, today_in(self.calendar, day))

    def count_of(self, terms: Terms, day: date) -> int | None:
        """How many cases a list has on a day, where the groups tell it: by light, department and matter."""
        if terms != Terms(lights=terms.lights, department_id=terms.department_id, matter_id=terms.matter_id):
            return None
        return sum(
            count
            for (department, matter), counts in self.counts_on(day).matters.items()
            if terms.department_id in {None, department} and terms.matter_id in {None, matter}
            for shown, count in counts.items()
            if not terms.lights or shown in terms.lights
        )


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A part of a list. `more`: there are cases behind it, in the direction it was asked for.

    `total` counts the whole list, as far as it is counted (`COUNTED`); None where it was not asked for.
    """

    rows: tuple[BoardRow, ...]
    more: bool
    total: int | None


@dataclass(frozen=True, slots=True)
class MyWork:
    """How many cases somebody has in hand: late, due today, due later this week, standing still, all."""

    over: int
    today: int
    week: int
    paused: int
    total: int


@dataclass(frozen=True, slots=True)
class OnTime:
    """按时办结率: of the promised cases (承诺件) decided in a month, how many within what was promised."""

    month: date
    in_time: int
    done: int


def board_view(store: Store, actor: Actor, *, most: int = MOST_URGENT) -> BoardView:
    """How all open cases stand, and the `most` urgent ones."""
    require(actor, "board.read")
    now = store.clock.now()
    with store.read(actor) as session:
        calendar = calendar_in_force(session, store.hall_id)
        open_cases = _open(store.hall_id)
        return BoardView(
            as_of=now,
            calendar=calendar,
            groups=_groups(session, open_cases),
            urgent=board_rows(session, open_cases, START, most=most),
            warnings=_warnings(calendar, business_date(now)),
        )


def board_page(
    store: Store,
    actor: Actor,
    *,
    terms: Terms,
    day: BoardDay,
    start: Place = START,
    backwards: bool = False,
    most: int = PAGE,
    counted: bool = False,
) -> BoardPage:
    """The next cases behind a place, or before it; in the order of lists either way. `counted`: with the total.

    `day` is that of the board that the list belongs to (`BoardView.day_on`): both tell the same lights.
    """
    require(actor, "board.read")
    with store.read(actor) as session:
        wanted = conditions(terms, day, hall_id=store.hall_id)
        if terms.text.strip():
            said = matching(session, store, text=terms.text, only=(PermitCase.closed_at.is_(None),), most=COUNTED)
            wanted.append(PermitCase.id.in_(said))
        rows = board_rows(session, wanted, start, backwards=backwards, most=most + 1)
        total = _counted(session, wanted) if counted else None
    more = len(rows) > most
    return BoardPage(rows[more:] if backwards else rows[:most], more, total)


def my_work(store: Store, actor: Actor, *, day: BoardDay) -> MyWork:
    """What the actor has in hand."""
    require(actor, "board.read")
    with store.read(actor) as session:
        mine = (*_open(store.hall_id), PermitCase.officer_id == actor.account_id)
        urgencies = session.execute(
            select(PermitCase.urgency, PermitCase.standing).where(*mine).limit(_ON_MY_DESK)
        ).all()
    running = [urgency for urgency, standing in urgencies if standing != "paused"]
    today = 0 if day.today.rest else running.count(day.today.ordinal)
    week = sum(day.last_late < urgency <= day.week_end for urgency in running)
    return MyWork(
        over=sum(urgency <= day.last_late for urgency in running),
        today=today,
        week=week - today,
        paused=len(urgencies) - len(running),
        total=len(urgencies),
    )


def on_time(store: Store, actor: Actor) -> OnTime:
    """This month's rate so far: by the day of the decision, against the promise or, without one, the law's limit.

    A case whose due day is pending is not counted (rules.case_time_figures).
    """
    require(actor, "board.read")
    today = business_date(store.clock.now())
    limit = (
        select(CaseClock.due_on)
        .where(CaseClock.case_id == PermitCase.id, CaseClock.kind.in_(("promised", "statutory")))
        .order_by(CaseClock.kind, CaseClock.round.desc())
        .limit(1)
        .scalar_subquery()
    )
    decided = (
        select(PermitCase.decided_on, limit.label("due_on"))
        .where(
            PermitCase.hall_id == store.hall_id,
            PermitCase.decided_on.between(today.replace(day=1), today),
            PermitCase.handling == "promised",
        )
        .subquery()
    )
    kept = func.count(case((decided.c.decided_on <= decided.c.due_on, 1)))
    with store.read(actor) as session:
        done, in_time = session.execute(select(func.count(decided.c.due_on), kept)).one()
    return OnTime(today.replace(day=1), in_time, done)


def _open(hall_id: int) -> tuple[ColumnElement[bool], ...]:
    return PermitCase.hall_id == hall_id, PermitCase.closed_at.is_(None)


def _groups(session: Session, open_cases: tuple[ColumnElement[bool], ...]) -> tuple[DueGroup, ...]:
    """One walk over `ix_permit_case_counts`, in its order."""
    alike = (
        PermitCase.department_id,
        PermitCase.matter_id,
        PermitCase.standing,
        PermitCase.statutory_ordinal,
        PermitCase.promised_ordinal,
        PermitCase.warning_days,
    )
    found = session.execute(select(*alike, func.count()).where(*open_cases).group_by(*alike))
    return tuple(map(DueGroup._make, found))


def _counted(session: Session, wanted: list[ColumnElement[bool]]) -> int:
    """The length of a list, up to one more than is told."""
    some = select(PermitCase.id).where(*wanted).limit(COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _warnings(calendar: WorkCalendar, today: date) -> tuple[str, ...]:
    """A schedule that will be needed within the year and is not loaded."""
    wanted = (today.year, today.year + 1)
    return tuple(str(ScheduleMissing(year)) for year in wanted if year not in calendar.years)
