"""What the manager does in the demo's day, and what befalls the hall: a display cut off, a clerk's computer lost."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from psycopg import sql

from hall.demo.cluster import Cluster
from hall.demo.day_checks import Check, shown_check
from hall.demo.day_clock import BEGINS, CLOSES, MINUTE, PAPER_BACK, PAPER_OUT, DayClock, at
from hall.demo.day_counter import EMERGENCY_AT, live_at_counter
from hall.demo.day_crew import Crew
from hall.demo.day_display import CUT, PICTURE, Shown
from hall.demo.day_display import STATION as DISPLAY
from hall.demo.day_house import DISPLAY_ROLE, SUBSTITUTE, DayGround
from hall.demo.day_people import MATTERS
from hall.demo.day_pictures import DayPictures
from hall.demo.day_stage import go_on_until
from hall.demo.stage import DemoStuck
from hall.services.front import Front
from hall.services.monitor import CounterRow

KILLED_AT, PATIENCE_SECONDS, ANSWER_SECONDS = at(14, 20), 30.0, 30.0
# Long enough in the hall, and for a screen that looks at its clock every second.
AWAY, AWAY_SECONDS = 8 * MINUTE, 2.5
KILLED_COUNTER, HEADED_COUNTER = 2, 1
# No transaction lasts longer, also on a computer that is busy.
UNSURE_SECONDS = 3.0
HEADED = {"XK01-1": 10, "XK01-3": 10, "XK04": 10}


@dataclass(slots=True)
class Befallen:
    """What the director has to tell."""

    facts: dict[str, object]
    checks: list[Check]


class Director:
    """Acts in the program that started the others, at the station of the manager."""

    def __init__(
        self, ground: DayGround, clock: DayClock, crew: Crew, cluster: Cluster, *, front: Front, pictures: DayPictures
    ) -> None:
        self.befallen = Befallen({}, [])
        self._ground, self._clock, self._crew, self._cluster = ground, clock, crew, cluster
        self._front, self._pictures = front, pictures
        self._last = ground.plan.counters

    def direct(self) -> None:
        """The day, deed by deed."""
        everything = dict.fromkeys(MATTERS, 0)
        few = dict(list(everything.items())[::2])
        deeds: tuple[tuple[datetime, Callable[[], None]], ...] = (
            (BEGINS + MINUTE, partial(self._set_matters, self._last, few)),
            (at(9, 45), partial(self._look_around, 2, "早高峰")),
            (PAPER_OUT + 12 * MINUTE, partial(self._pictures.guide_desk, "07-导办台-缺纸")),
            (PAPER_BACK + 2 * MINUTE, partial(self._set_matters, self._last, {})),
            (at(11, 20), self._cut_display),
            (at(13, 20), partial(self._set_matters, HEADED_COUNTER, everything | HEADED)),
            (KILLED_AT, self._lose_clerk),
            (EMERGENCY_AT, self._calm),
            (at(16), partial(self._look_around, 13, "下午")),
        )
        for when, deed in deeds:
            self._until(when)
            deed()
        self._until(CLOSES)

    def _until(self, instant: datetime) -> None:
        """Let the day go on; whoever drops dead meanwhile ends it."""
        while self._clock.now() < instant:
            go_on_until(self._clock, min(instant, self._clock.now() + 5 * MINUTE))
            self._crew.look()

    def _set_matters(self, counter: int, matters: dict[str, int]) -> None:
        self._front.calling.set_matters(counter, matters)

    def _look_around(self, number: int, when: str) -> None:
        self._crew.ask(DISPLAY, f"{PICTURE}{number:02d}-综合屏-{when}")
        self._pictures.monitor(f"{number + 1:02d}-监控-{when}")
        self._pictures.counter(f"{number + 2:02d}-窗口-{when}", number=1)
        self._pictures.counter_display(f"{number + 3:02d}-窗口屏-{when}", number=1)

    def _cut_display(self) -> None:
        """The display's connections end and none is given; minutes later it may come back."""
        self._crew.ask(DISPLAY, CUT)
        self._limit_display(0)
        cut = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = {}")
        self._cluster.execute(cut.format(sql.Literal(DISPLAY_ROLE)))
        lost = self._shown_when("lost")
        self._until(self._clock.now() + max(AWAY, AWAY_SECONDS * timedelta(seconds=self._clock.factor)))
        self._crew.ask(DISPLAY, f"{PICTURE}08-综合屏-断线")
        self._crew.hear(DISPLAY, "pictured", seconds=ANSWER_SECONDS)
        restored, restored_at = time.monotonic(), self._clock.now()
        self._limit_display(-1)
        back = self._shown_when("back")
        self._crew.ask(DISPLAY, f"{PICTURE}09-综合屏-恢复")
        self.befallen.facts |= {
            "display_away_minutes": round((restored_at - lost.as_of) / MINUTE, 1),
            "display_back_after_s": round(back.heard_at - restored, 3),
        }
        unsure = UNSURE_SECONDS * timedelta(seconds=self._clock.factor)
        self.befallen.checks.append(shown_check(self._front, back, since=restored_at, unsure=unsure))

    def _limit_display(self, connections: int) -> None:
        statement = sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}")
        self._cluster.execute(statement.format(sql.Identifier(DISPLAY_ROLE), sql.Literal(connections)))

    def _shown_when(self, what: str) -> Shown:
        shown = self._crew.hear(DISPLAY, what, seconds=ANSWER_SECONDS)
        assert isinstance(shown, Shown)
        return shown

    def _lose_clerk(self) -> None:
        """A clerk's process is killed while somebody is served; the manager frees the ticket, another takes over."""
        number = KILLED_COUNTER
        name = f"{number}号窗口"
        row = self._frozen_while_serving(name, number)
        self._crew.kill(name)
        self._pictures.monitor("10-监控-窗口电脑故障")
        assert row.ticket is not None
        self._front.calling.release(row.ticket.ticket_id, "窗口电脑故障，换人接办")
        self._crew.start(f"{name}替班", partial(live_at_counter, self._ground, number, SUBSTITUTE))
        self.befallen.facts["released"] = row.ticket.code

    def _frozen_while_serving(self, name: str, number: int) -> CounterRow:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            self._crew.stop_short(name)
            row = self._row(number)
            if row.ticket is not None and row.ticket.state == "serving":
                return row
            self._crew.go_on(name)
            self._until(self._clock.now() + MINUTE)
        raise DemoStuck(f"{name}正在办理")

    def _calm(self) -> None:
        """Help was called for: the manager goes there."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (calling := [row for row in self._front.monitor.now().counters if row.emergency_at]):
            if time.monotonic() > deadline:
                raise DemoStuck("窗口紧急求助")
            self._until(self._clock.now() + MINUTE)
        self._pictures.monitor("11-监控-紧急求助")
        for row in calling:
            self._front.calling.calm(row.number)
        self.befallen.facts["emergency_at_counter"] = calling[0].number

    def _row(self, number: int) -> CounterRow:
        return next(row for row in self._front.monitor.now().counters if row.number == number)
