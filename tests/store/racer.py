"""A process that draws numbers and commits: `racer.py URL STATION COUNT KEYS`; prints each number it saved."""

import sys
from datetime import UTC, datetime

from hall.clock import FixedClock
from hall.rules.people import system_actor
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing


def main(url: str, station: str, count: int) -> None:
    store = Store(
        open_engine(url),
        clock=FixedClock(datetime(2026, 11, 23, tzinfo=UTC)),
        station=station,
        hall_code="main",
        key_ring=KeyRing.new(),
    )
    for _ in range(count):
        with store.work("number.draw", system_actor(store.hall_id)) as work:
            number = work.next_number("ticket", "2026-11-23/A")
            work.changed("queue", str(number))
            work.audit(f"number:{number}")
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
