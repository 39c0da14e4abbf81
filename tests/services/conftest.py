"""A furnished hall on both databases, and what its clerks can do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.people import Actor
from hall.rules.permits import HandedIn
from hall.services.front import Front
from hall.services.permits import Application
from hall.store import Store


@pytest.fixture(scope="session")
def sqlite_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, furnish: Callable[[str], None]
) -> Path:
    """The hall of the whole run's template, furnished."""
    path = tmp_path_factory.mktemp("furnished") / "hall.db"
    shutil.copyfile(sqlite_template, path)
    furnish(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql_template: str, request: pytest.FixtureRequest, furnish: Callable[[str], None]
) -> str:
    """The hall of the whole run's template, furnished."""
    furnish(request.getfixturevalue("cluster").create("hall_furnished", postgresql_template))
    return "hall_furnished"


FrontMaker = Callable[[Store, Actor], Front]


@pytest.fixture
def front(front_of: FrontMaker, store: Store, actor: Actor) -> Front:
    """The clerk at station-1."""
    return front_of(store, actor)


@pytest.fixture
def other_front(front_of: FrontMaker, other_station: Store, actor_with: Callable[..., Actor]) -> Front:
    """Another clerk at station-2."""
    return front_of(other_station, actor_with("clerk", account_id=17, name="赵六和"))


@pytest.fixture
def make_application(
    front: Front, make_card: Callable[..., Card], complete: Callable[[Matter], tuple[HandedIn, ...]]
) -> Callable[..., Application]:
    """A complete application for a matter of the shipped catalogue, by a new person unless one is given."""

    def build(matter_code: str = "XK05", *, card: Card | None = None, ticket_id: int | None = None) -> Application:
        matter = front.intake(matter_code, ()).matter
        return Application(
            matter_code=matter_code,
            card=card or make_card(),
            phone="13900001234",
            materials=complete(matter),
            ticket_id=ticket_id,
        )

    return build


@pytest.fixture
def matter_of(front: Front) -> Callable[[str], Matter]:
    """The matter in force today, as a value to make new versions of."""

    def find(code: str) -> Matter:
        return front.intake(code, ()).matter

    return find
