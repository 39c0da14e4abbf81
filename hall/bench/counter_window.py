"""What `hall bench start` measures: the counter's window as `hall open counter` makes it, and when it was usable."""

import sys
import time
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall.windows.counter import Counter


def main() -> None:
    """Say the monotonic instant (seconds) at which the window is exposed and shows who waits."""
    from hall import settings
    from hall.clock import SystemClock
    from hall.store.opening import open_store

    chosen = settings.load()
    store = open_store(chosen, SystemClock())

    from hall.app.station import Station
    from hall.bench.exposed import wait_until
    from hall.rules.authority import CLERK, station_actor
    from hall.windows.counter import Counter
    from hall.windows.kit.application import create_application

    application = create_application(sys.argv)
    station = Station(chosen, store)
    station.start()
    front = station.front(station_actor(CLERK, name="bench", hall_id=store.hall_id))
    counter = Counter(
        front, station.tasks, counter=1, changes=station.changes, cards=station.cards, lamps=station.lamps
    )
    counter.show()
    wait_until(application, partial(_is_usable, counter))
    sys.stdout.write(f"{time.monotonic()}\n")
    station.stop()


def _is_usable(counter: "Counter") -> bool:
    shows_queue = counter.queue.waiting.model().rowCount() > 0
    return counter.windowHandle().isExposed() and shows_queue and counter.queue.call_button.isEnabled()


if __name__ == "__main__":
    main()
