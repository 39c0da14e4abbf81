"""What `hall bench push` watches: a station's hall display; says each call it shows, with the instant it is shown."""

import os
import sys
import time
from typing import TYPE_CHECKING

from hall.bench.ground import Ground, open_store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event


def watch(ground: Ground, line: "Connection", stop: "Event") -> None:
    """Run a display until told to stop; sends (code → 窗口, monotonic seconds) for every newest call."""
    if "DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from hall.app.program import Program
    from hall.app.station import Station
    from hall.rules.authority import DISPLAY
    from hall.settings import DatabaseSettings, Settings, StationSettings
    from hall.windows.kit.application import create_application

    application = create_application([sys.argv[0]])
    own = StationSettings(name="bench-display", hall=ground.hall_code)
    chosen = Settings(home=ground.home, database=DatabaseSettings(ground.url), station=own)
    station = Station(chosen, open_store(ground, own.name))
    program = Program(application, station, station.station_front(DISPLAY).hall())
    display = program.open_hall_display()
    station.start()
    newest = ""
    line.send(("", time.monotonic()))
    while not stop.is_set():
        application.processEvents()
        shown = display.called[0] if display.called else ""
        if shown != newest:
            newest = shown
            line.send((newest, time.monotonic()))
        time.sleep(0.0005)
    station.stop()
