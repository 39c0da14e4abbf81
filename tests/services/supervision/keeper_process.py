"""One station of test_keeper_processes.py: keeps time once and tells after every item that it is still there."""

import sys
from datetime import datetime
from pathlib import Path

from hall.clock import FixedClock
from hall.services.timekeeping import keep_time
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    url, home, number, now = sys.argv[1], Path(sys.argv[2]), sys.argv[3], datetime.fromisoformat(sys.argv[4])
    clock, ring = FixedClock(now), KeyRing.load(home, {})
    store = Store(open_engine(url), clock=clock, station=f"keeper-{number}", hall_code="main", key_ring=ring)
    tell("ready")
    sys.stdin.readline()

    def going_on() -> bool:
        tell("item")
        return True

    kept = keep_time(store, home=home, going_on=going_on)
    store.close()
    tell(f"done {kept.rungs.done} {kept.rungs.failed}")


if __name__ == "__main__":
    main()
