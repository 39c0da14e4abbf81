"""`hall demo day`: a whole hall day, fast, with real processes on a PostgreSQL of its own; then the day report."""

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe
from pathlib import Path

from PySide6.QtWidgets import QApplication

from hall.app.log import start_log
from hall.app.station import Station
from hall.clock import FixedClock
from hall.demo.cluster import Cluster, running_cluster
from hall.demo.day_checks import Check, checks_of_ended_day, display_check, live_agrees
from hall.demo.day_clock import DAY, MINUTE, OVER, DayClock, DayPlan
from hall.demo.day_counter import live_at_counter
from hall.demo.day_crew import Crew
from hall.demo.day_director import Befallen, Director
from hall.demo.day_display import END, STATE, Shown, live_as_display
from hall.demo.day_display import STATION as DISPLAY
from hall.demo.day_entrance import STATION as ENTRANCE
from hall.demo.day_entrance import live_at_entrance
from hall.demo.day_errands import ERRAND
from hall.demo.day_errands import WORDS as ERRANDS
from hall.demo.day_guide import STATION as DESK
from hall.demo.day_guide import live_at_desk
from hall.demo.day_house import MANAGER, DayGround, at_station, build_day, clerk_login, signed_in
from hall.demo.day_office import OFFICE, live_at_office
from hall.demo.day_office import STATION as OFFICES
from hall.demo.day_office import WORDS as OFFICE_DEEDS
from hall.demo.day_paper import keep_slips, numbers_on_paper
from hall.demo.day_people import DayPeople, people_of
from hall.demo.day_pictures import DayPictures
from hall.services.day_end import end_past_days
from hall.services.front import Front
from hall.services.statistics import DayReport, day_breaches
from hall.windows.kit.application import create_application

STATION = "监控"
SIGNALS = (signal.SIGINT, signal.SIGTERM)
SETTLED_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class DayOutcome:
    """What is left of the day."""

    report: DayReport
    breaches: tuple[str, ...]
    checks: tuple[Check, ...]
    visits: dict[str, int]
    """How many errands of each kind were done at the counters, by `day_errands.WORDS`, and how many were rated."""
    office: dict[str, int]
    """What the offices did, by `day_office.WORDS`."""
    facts: dict[str, object]

    @property
    def lines(self) -> tuple[str, ...]:
        """What was done, and what was looked at after it."""
        visits = "，".join(f"{ERRANDS.get(kind, '评价')} {many}" for kind, many in self.visits.items())
        office = "，".join(f"{OFFICE_DEEDS[deed]} {many}" for deed, many in self.office.items())
        return f"窗口办的事：{visits}。", f"科室办的事：{office}。", *(check.line for check in self.checks)

    @property
    def good(self) -> bool:
        """Whether everything holds."""
        return all(check.good for check in self.checks)


def play_day(folder: Path, out: Path | None, plan: DayPlan) -> DayOutcome:
    """Play it in a throw-away folder; with `out` leave pictures and slips there."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = create_application(["hall"])
    began = time.monotonic()
    people = people_of(plan)
    crew = Crew()
    with _ended_by_signals(crew), running_cluster() as cluster, crew:
        ground = build_day(cluster, folder / "home", plan, bookings=people.bookings)
        screens = None if out is None else out / "screens"
        _start(crew, ground, people, screens)
        clock = crew.begin(plan.clock)
        opened = time.monotonic()
        befallen = _directed(application, ground, clock, crew=crew, cluster=cluster, screens=screens)
        closed = time.monotonic()
        with _next_morning(ground) as morning:
            outcome = _judged(morning, crew, ground, befallen)
        if out is not None:
            keep_slips(ground.slips, out / "slips")
    seconds = {"start_s": opened - began, "day_s": closed - opened, "whole_s": time.monotonic() - began}
    outcome.facts.update({name: round(value, 1) for name, value in seconds.items()})
    outcome.facts.update(processes=crew.size + 1, factor=round(clock.factor, 1), seed=plan.seed)
    return outcome


def _directed(
    application: QApplication, ground: DayGround, clock: DayClock, *, crew: Crew, cluster: Cluster, screens: Path | None
) -> Befallen:
    """The day itself, at the manager's station, until everybody has gone home."""
    house = ground.house(clock)
    settings = at_station(house, STATION)
    start_log(settings)
    station = Station(settings, house.open_store(STATION))
    station.start()
    try:
        front = station.front(signed_in(station.store, MANAGER))
        pictures = DayPictures(application, station, screens)
        director = Director(ground, clock, crew, cluster, front=front, pictures=pictures)
        director.direct()
        director.befallen.checks += _settled(crew, front)
        pictures.monitor("17-监控-当天统计", day=True)
    finally:
        station.stop()
    return director.befallen


def _start(crew: Crew, ground: DayGround, people: DayPeople, screens: Path | None) -> None:
    """Kiosk, desk, display, the offices, and a process for each counter."""
    at_kiosk = tuple(each for each in people.visitors if not each.at_desk)
    at_desk = tuple(each for each in people.visitors if each.at_desk)
    receiver, sender = Pipe(duplex=False)
    crew.start(ENTRANCE, partial(live_at_entrance, ground, visitors=at_kiosk, desk=sender, pictures=screens))
    crew.start(DESK, partial(live_at_desk, ground, at_desk, receiver))
    crew.start(DISPLAY, partial(live_as_display, ground, screens))
    crew.start(OFFICES, partial(live_at_office, ground))
    for number in range(1, ground.plan.counters + 1):
        crew.start(f"{number}号窗口", partial(live_at_counter, ground, number, clerk_login(number)))


def _settled(crew: Crew, front: Front) -> list[Check]:
    """Everybody but the display has gone home: what it shows, and both ways of counting."""
    crew.finish(but=DISPLAY)
    deadline = time.monotonic() + SETTLED_SECONDS
    while True:
        crew.ask(DISPLAY, STATE)
        shown = crew.hear(DISPLAY, STATE, seconds=SETTLED_SECONDS)
        check = display_check(front, shown if isinstance(shown, Shown) else None)
        if check.good or time.monotonic() > deadline:
            break
    crew.ask(DISPLAY, END)
    crew.finish()
    return [check, live_agrees(front, "收工时")]


@contextmanager
def _next_morning(ground: DayGround) -> Iterator[Front]:
    """The hall after midnight, which ends the day."""
    clock = FixedClock(OVER + 12 * 60 * MINUTE)
    house = ground.house(clock)
    station = Station(at_station(house, "后台"), house.open_store("后台"))
    try:
        end_past_days(station.store)
        yield station.front(signed_in(station.store, MANAGER))
    finally:
        station.stop()


def _judged(front: Front, crew: Crew, ground: DayGround, befallen: Befallen) -> DayOutcome:
    slips = numbers_on_paper(ground.slips)
    checks = (*befallen.checks, *checks_of_ended_day(front, slips=slips))
    done, refused = _summed(crew, "done"), _summed(crew, "refused")
    visits = _named(done, ERRAND, ERRANDS) | {"rating": done.get("rate", 0)}
    report = front.monitor.day(DAY)
    breaches = day_breaches(front.store, front.actor, day=DAY)
    office = _named(done, OFFICE, OFFICE_DEEDS)
    told = {"slips": len(slips), "visits": visits, "office": office, "done": done, "refused": refused}
    return DayOutcome(report, breaches, checks, visits, office, befallen.facts | told)


def _named(done: dict[str, int], prefix: str, words: Mapping[str, str]) -> dict[str, int]:
    """The deeds of one sort in the order of their words."""
    return {name: done[f"{prefix}{name}"] for name in words if f"{prefix}{name}" in done}


def _summed(crew: Crew, what: str) -> dict[str, int]:
    sums: dict[str, int] = {}
    for lived in crew.lives.values():
        counted = lived.done if what == "done" else lived.refused
        for name, count in counted.items():
            sums[name] = sums.get(name, 0) + count
    return dict(sorted(sums.items()))


@contextmanager
def _ended_by_signals(crew: Crew) -> Iterator[None]:
    """Ctrl+C and SIGTERM end the day: processes and server are not left behind."""

    def interrupt(_number: int, _frame: object) -> None:
        crew.interrupted = True  # Qt swallows what is raised in a slot: the crew raises it again
        raise KeyboardInterrupt

    before = [signal.signal(each, interrupt) for each in SIGNALS]
    try:
        yield
    finally:
        for each, handler in zip(SIGNALS, before, strict=True):
            signal.signal(each, handler)
