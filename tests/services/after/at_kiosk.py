"""Somebody at the kiosk who asks how a case stands."""

from pathlib import Path

from hall.rules.authority import station_actor
from hall.services.progress_found import ProgressView
from hall.services.progress_front import ProgressFront
from hall.store import Store
from tests.services.after.aftermath import Aftermath


def kiosk_at(store: Store, home: Path) -> ProgressFront:
    """What can be asked at a station."""
    return ProgressFront(store, station_actor("kiosk", name="取号机", hall_id=store.hall_id), home)


def last_four(bureau: Aftermath) -> str:
    """Of whoever applied last."""
    assert bureau.last is not None
    return bureau.last.id_number[-4:]


def asked(kiosk: ProgressFront, bureau: Aftermath) -> ProgressView:
    """The answer about the year's first case."""
    (view,) = kiosk.asked(2026, 1, last_four(bureau))
    return view
