"""Says that this computer's clock is right although its last entry is later: the clock had run ahead (时间曾走快)."""

from dataclasses import dataclass
from datetime import datetime

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.store import Store
from hall.store.retrying import retried


@dataclass(frozen=True, slots=True)
class ClockAccepted:
    """The instant from which the station goes on, and that of its last entry before."""

    now: datetime
    before: datetime | None


@retried
def accept_clock(store: Store, actor: Actor) -> ClockAccepted:
    """Let this station write again from now on; the entry says from which instant it went back."""
    require(actor, "clock.accept")
    with store.work("clock.accept", actor) as work:
        before = work.accept_clock()
        work.audit(f"station:{work.station_id}", before=before.isoformat() if before else None)
        return ClockAccepted(work.now, before)
