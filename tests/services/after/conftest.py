"""A bureau on both databases, with what comes after its decisions."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.services.progress_front import ProgressFront
from hall.store import Store
from tests.services.after.aftermath import Aftermath
from tests.services.after.at_kiosk import kiosk_at


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Aftermath:
    """With its people, without cases; Monday 23 November 2026."""
    found = Aftermath(store, clock, home)
    found.employ()
    return found


@pytest.fixture
def kiosk(bureau: Aftermath) -> ProgressFront:
    """What somebody can ask at a kiosk."""
    return kiosk_at(bureau.store, bureau.home)
