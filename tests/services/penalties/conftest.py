"""An enforcement office on both databases, and a case in each stage."""

from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.store import Store
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office


@pytest.fixture
def office(store: Store, clock: FixedClock, home: Path) -> Office:
    """With its people, their certificates and a published violation, without cases."""
    opened = Office(store, clock, home)
    opened.open()
    return opened


@pytest.fixture
def registered_case(office: Office) -> int:
    """A case under investigation."""
    return office.registered()


@pytest.fixture
def decided_case(office: Office) -> int:
    """A case with a decision of 3000 yuan that is not served."""
    return office.decided()


@pytest.fixture
def served_case(office: Office) -> int:
    """A case with a decision of 3000 yuan, served on 18 November and due on 3 December 2026."""
    return office.served()


@pytest.fixture
def deciding(office: Office) -> Deciding:
    """The steps from a proposal to the decision."""
    return Deciding(office)
