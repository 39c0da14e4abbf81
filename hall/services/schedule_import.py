"""Import of a year's schedule: stored, and every open clock of the hall worked out anew, in one transaction."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.authority import require
from hall.rules.calendar import YearSchedule
from hall.rules.people import Actor
from hall.services.rating_recount import recount_follow_ups
from hall.services.register_recount import recount_registers
from hall.services.reprojecting import MovedDate, Progress, reproject
from hall.services.request_recount import recount_requests
from hall.services.schedules import calendar_in_force, store_schedules
from hall.services.vendor_recount import recount_objections
from hall.store import Store, Work
from hall.store.retrying import retried


@dataclass(frozen=True, slots=True)
class SchedulesImported:
    """Which years were stored, which stood as they were, and every due date that moved."""

    stored: tuple[int, ...]
    unchanged: tuple[int, ...]
    moved: tuple[MovedDate, ...]


@retried
def import_schedules(
    store: Store, actor: Actor, *, schedules: tuple[YearSchedule, ...], home: Path, progress: Progress | None = None
) -> SchedulesImported:
    """Store each year's schedule (a change is a new version); recompute open clocks and promises, in one transaction.

    `progress` is told how many of the cases that move are done.
    """
    require(actor, "calendar.import")
    with store.work("calendar.import", actor) as work:
        work.lock("calendar")
        stored, unchanged = store_schedules(work, schedules)
        moved = _recompute(work, stored, progress, home=home) if stored else ()
        work.audit("calendar", stored=stored, unchanged=unchanged, moved=len(moved))
        work.changed("calendar", "all")
        work.changed("case", "all")
    return SchedulesImported(tuple(stored), tuple(unchanged), moved)


def _recompute(work: Work, years: list[int], progress: Progress | None, *, home: Path) -> tuple[MovedDate, ...]:
    why = f"录入{'、'.join(map(str, years))}年放假安排，到期日重算"
    calendar = calendar_in_force(work.session, work.hall_id)
    cases = reproject(work, calendar, why=why, progress=progress)
    requests = recount_requests(work, calendar, home=home, why=why)
    objections = recount_objections(work, calendar, why=why)
    follow_ups = recount_follow_ups(work, calendar, why=why)
    return (*cases, *requests, *objections, *recount_registers(work, calendar, why=why), *follow_ups)
