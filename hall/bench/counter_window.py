"""What `hall bench start` measures: `hall open counter` after the sign-in, and when its window was usable."""

import gc
import importlib
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall.windows.counter import Counter


def main() -> None:
    """Do as hall.commands.open does; say the monotonic instant (seconds) at which the window shows who waits."""
    gc.disable()
    from hall import settings
    from hall.clock import SystemClock
    from hall.store.opening import open_store

    chosen = settings.load()
    store = open_store(chosen, SystemClock())
    importlib.import_module("hall.services.front")
    from hall.app.program import Program
    from hall.app.station import Station
    from hall.bench.exposed import wait_until
    from hall.rules.authority import CLERK, DISPLAY, station_actor
    from hall.windows.kit.application import create_application

    application = create_application(sys.argv)
    station = Station(chosen, store)
    program = Program(application, station, station.station_front(DISPLAY).hall())
    actor = station_actor(CLERK, name="bench", hall_id=store.hall_id)
    counter = program.open_counter(actor, "bench", number=1)
    program.start_soon()
    wait_until(application, partial(_is_usable, counter))
    sys.stdout.write(f"{time.monotonic()}\n")
    station.stop()


def _is_usable(counter: "Counter") -> bool:
    shows_queue = counter.queue.waiting.model().rowCount() > 0
    return counter.windowHandle().isExposed() and shows_queue and counter.queue.call_button.isEnabled()


if __name__ == "__main__":
    main()
