"""The 综合屏 in the demo's day: a process of its own, cut off from the database for a while."""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hall.app.log import start_log
from hall.app.program import Program
from hall.app.station import Station
from hall.demo.day_crew import Line, Lived
from hall.demo.day_house import DayGround, at_station
from hall.demo.day_stage import go_on
from hall.demo.stage import Stage
from hall.rules.authority import DISPLAY
from hall.store.changes import CONNECTED
from hall.windows.display import Display
from hall.windows.kit.application import create_application

STATION = "综合屏"
END, CUT, STATE, PICTURE = "end", "cut", "state", "picture:"
SLICE_MS = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """What the display shows. `heard_at` is on the monotonic clock, which all processes share."""

    as_of: datetime
    calls: tuple[tuple[str, int], ...]
    waiting: tuple[str, ...]
    heard_at: float


def live_as_display(ground: DayGround, pictures: Path | None, line: Line) -> Lived:
    """Show the queue until told to end."""
    application = create_application(["hall"])
    clock = line.ready()
    house = ground.house(clock, url=ground.display_url)
    settings = at_station(house, STATION)
    start_log(settings)
    station = Station(settings, house.open_store(STATION))
    station.start()
    display = Program(application, station, station.station_front(DISPLAY).hall()).open_hall_display()
    display.resize(1920, 1080)
    watched = _Watched(station, display, line)
    stage, lived = Stage(application, pictures), Lived()
    while (asked := line.asked()) != END:
        if asked.startswith(PICTURE):
            stage.picture(display, asked.removeprefix(PICTURE))
            lived.did("picture")
            line.tell("pictured", asked)
        if asked == STATE:
            line.tell(STATE, shown_by(display))
        watched.cut_expected = watched.cut_expected or asked == CUT
        go_on(SLICE_MS)
        watched.look()
    lived.told = shown_by(display)
    display.close()
    station.stop()
    return lived


def shown_by(display: Display) -> Shown | None:
    """What it shows now; None before its first data."""
    queue = display.shown_queue
    if queue is None:
        return None
    calls = tuple((call.code, call.counter_number) for call in queue.calls)
    return Shown(queue.as_of, calls, tuple(ticket.code for ticket in queue.waiting), time.monotonic())


class _Watched:
    """Tells when a display that is to be cut off has lost its connection, and when it shows the hall again."""

    def __init__(self, station: Station, display: Display, line: Line) -> None:
        self.cut_expected = False
        self._display, self._line = display, line
        self._connected = True
        self._lost_at: datetime | None = None
        station.changes.state.connect(self._heard)

    def _heard(self, state: str) -> None:
        self._connected = state == CONNECTED

    def look(self) -> None:
        """Lost, then shown again."""
        shown = shown_by(self._display)
        if shown is None or not self.cut_expected:
            return
        if self._lost_at is None and not self._connected:
            self._lost_at = shown.as_of
            self._line.tell("lost", shown)
        elif self._lost_at is not None and self._connected and shown.as_of > self._lost_at:
            self.cut_expected, self._lost_at = False, None
            self._line.tell("back", shown)
