"""Queue statistics (排队统计): the figures of a day, rebuilt from the append-only event log, with names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_events import last_of_day
from hall.rules.queue_invariants import breaches
from hall.rules.queue_policy import QueuePolicy
from hall.rules.queue_statistics import DayFigures, Figures, day_figures
from hall.services.day_log import LoggedDay, day_bounds, read_day
from hall.store import Store
from hall.store.schema.catalogue import Matter, MatterVersion
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account
from hall.store.schema.queueing import Counter

# What belongs to no counter, no clerk and no matter.
NO_COUNTER, NO_CLERK, NO_MATTER = "未到窗口", "自助或系统", "不分事项"


class DayToCome(Refused):
    """A day that has not come has no report."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day.isoformat()} 还没有到，没有日报可看。请选今天或以前的日期。")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The figures of one counter, clerk, matter or hour; `key` is the hour, or the record's."""

    name: str
    figures: Figures
    key: int | None = None


@dataclass(frozen=True, slots=True)
class DayReport:
    """A day in figures up to `until`. `peaks`: hour → most people who waited at one moment."""

    hall: str
    day: date
    until: datetime
    total: Figures
    counters: tuple[GroupRow, ...]
    clerks: tuple[GroupRow, ...]
    matters: tuple[GroupRow, ...]
    hours: tuple[GroupRow, ...]
    peaks: Mapping[int, int]


def day_report(store: Store, actor: Actor, *, day: date, policy: QueuePolicy) -> DayReport:
    """The figures of a day: today's as they stand now, a past day's up to its last event. Raises DayToCome."""
    require(actor, "statistics.read")
    now = store.clock.now()
    if day > business_date(now):
        raise DayToCome(day)
    with store.read(actor) as session:
        logged = read_day(session, store.hall_id, day)
        figures = day_figures(logged.folded(), until=_until(logged, now), alarms=policy.alarms)
        return _named(session, store.hall_id, figures)


def day_breaches(store: Store, actor: Actor, *, day: date) -> tuple[str, ...]:
    """What in a day's log cannot be: a sentence for each breach of the queue's invariants; none is good."""
    require(actor, "statistics.read")
    day_over = day < business_date(store.clock.now())
    with store.read(actor) as session:
        logged = read_day(session, store.hall_id, day)
    return breaches(logged.codes, logged.ticket_events, day_over=day_over)


def _until(logged: LoggedDay, now: datetime) -> datetime:
    if logged.day == business_date(now):
        return now
    return last_of_day(logged.events, logged.day) or day_bounds(logged.day)[0]


def _named(session: Session, hall_id: int, figures: DayFigures) -> DayReport:
    counters = _counter_names(session, hall_id)
    clerks = dict(session.execute(select(Account.id, Account.display_name)).tuples().all())
    matters = matter_names(session, hall_id, figures.day)
    return DayReport(
        hall=session.scalars(select(Hall.name).where(Hall.id == hall_id)).one(),
        day=figures.day,
        until=figures.until,
        total=figures.total,
        counters=_rows(figures.by_counter, counters, NO_COUNTER),
        clerks=_rows(figures.by_clerk, clerks, NO_CLERK),
        matters=_rows(figures.by_matter, matters, NO_MATTER),
        hours=_rows(figures.by_hour, {hour: f"{hour:02d}:00–{hour + 1:02d}:00" for hour in range(24)}, ""),
        peaks=figures.peaks,
    )


def matter_names(session: Session, hall_id: int, day: date) -> dict[int, str]:
    """Matter → the name in force on a day."""
    rows = session.execute(
        select(Matter.id, MatterVersion.name)
        .join(MatterVersion, MatterVersion.matter_id == Matter.id)
        .where(Matter.hall_id == hall_id, MatterVersion.effective_from <= day)
        .order_by(MatterVersion.effective_from, MatterVersion.version)
    )
    return dict(rows.tuples().all())


def _counter_names(session: Session, hall_id: int) -> dict[int, str]:
    rows = session.execute(select(Counter.id, Counter.number).where(Counter.hall_id == hall_id))
    return {counter_id: f"{number}号窗口" for counter_id, number in rows.tuples()}


def _rows(groups: Mapping[int | None, Figures], names: Mapping[int, str], nobody: str) -> tuple[GroupRow, ...]:
    """In the order of the keys; what belongs to nobody comes last."""

    def named(key: int | None) -> str:
        return nobody if key is None else names.get(key, f"编号 {key}")

    return tuple(GroupRow(named(key), figures, key) for key, figures in groups.items())
