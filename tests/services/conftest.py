"""A furnished hall on SQLite, or on both databases, and what its clerks can do."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from hall.clock import FixedClock
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services.applications import Applicant, Application, Organisation
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.queueing import Counter, CounterEvent, Ticket, TicketEvent

TWO_STATIONS = {"other_station", "other_front"}
"""Who asks for these asks about locks, and what another connection sees."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On SQLite; what the databases can tell apart on PostgreSQL, too: see docs/testing.md."""
    if "database_url" not in metafunc.fixturenames:
        return
    if metafunc.definition.get_closest_marker("postgresql") is not None:
        metafunc.parametrize("database_url", ["postgresql"], indirect=True)
        return
    both = (
        metafunc.definition.get_closest_marker("both") is not None
        or not TWO_STATIONS.isdisjoint(metafunc.fixturenames)
        or metafunc.config.getoption("--both")
    )
    metafunc.parametrize("database_url", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database: of the kind that the test runs on."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


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


COMPANY = Organisation("legal", "莲城区测试建设有限公司", "91350100M000100Y43", "李试芳")
"""With the published example of GB 32100."""

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
def manager_front(front_of: FrontMaker, store: Store, manager: Actor) -> Front:
    """The manager at station-1."""
    return front_of(store, manager)


@pytest.fixture
def make_application(
    front: Front, make_card: Callable[..., Card], complete: Callable[[Matter], tuple[HandedIn, ...]]
) -> Callable[..., Application]:
    """A complete application for a matter of the shipped catalogue, by a new person unless one is given.

    Whatever else an application may say: `make_application("XK05", subject="向阳路18号", agent=agent)`.
    """

    def build(matter_code: str = "XK05", *, card: Applicant | None = None, **more: object) -> Application:
        matter = front.intake.look(matter_code, ()).matter
        plain = Application(
            matter_code=matter_code,
            applicant=card or (make_card() if "natural" in matter.applicant_kinds else COMPANY),
            phone="13900001234",
            materials=complete(matter),
            duplicate_reason="另一处",
        )
        return replace(plain, **more)  # type: ignore[arg-type]  # the fields of an application

    return build


@pytest.fixture
def matter_of(front: Front) -> Callable[[str], Matter]:
    """The matter in force today, as a value to make new versions of."""

    def find(code: str) -> Matter:
        return front.intake.look(code, ()).matter

    return find


@pytest.fixture
def take(front: Front, clock: FixedClock) -> Callable[..., str]:
    """The code of a fresh number: `take("XK02", priority="elder")`. A minute passes: no two wait equally long."""

    def issue(matter_code: str = "XK05", **given: object) -> str:
        clock.instant += timedelta(minutes=1)
        return front.taking.issue(matter_code, channel="staff", **given).code  # type: ignore[arg-type]  # as issue takes them

    return issue


@pytest.fixture
def ticket_of(store: Store) -> Callable[[str], Ticket]:
    """The newest ticket with a code, as it is stored."""

    def find(code: str) -> Ticket:
        with store.read() as session:
            query = select(Ticket).where(Ticket.code == code).order_by(Ticket.id.desc()).limit(1)
            return session.scalars(query).one()

    return find


@pytest.fixture
def events_of(store: Store, ticket_of: Callable[[str], Ticket]) -> Callable[[str], list[TicketEvent]]:
    """What happened to a ticket, in order."""

    def find(code: str) -> list[TicketEvent]:
        own = TicketEvent.ticket_id == ticket_of(code).id
        with store.read() as session:
            return list(session.scalars(select(TicketEvent).where(own).order_by(TicketEvent.id)))

    return find


@pytest.fixture
def counter_of(store: Store) -> Callable[[int], Counter]:
    """A counter as it is stored."""

    def find(number: int) -> Counter:
        with store.read() as session:
            return session.scalars(select(Counter).where(Counter.number == number)).one()

    return find


@pytest.fixture
def counter_events(store: Store) -> Callable[[int], list[tuple[str, str]]]:
    """Kinds and reasons of what happened at a counter, in order."""

    def find(number: int) -> list[tuple[str, str]]:
        query = select(CounterEvent.kind, CounterEvent.reason).join(Counter, Counter.id == CounterEvent.counter_id)
        with store.read() as session:
            return list(session.execute(query.where(Counter.number == number).order_by(CounterEvent.id)).tuples())

    return find


@pytest.fixture
def skip_at(front: Front, clock: FixedClock) -> Callable[[int], str]:
    """Calls at a counter until nobody has come often enough, and skips; gives the code."""

    def skip(counter: int) -> str:
        called = front.calling.present(counter) or front.calling.call_next(counter)
        while called.calls < front.policy.calling.calls_before_skip:
            clock.instant += timedelta(minutes=1)
            called = front.calling.recall(counter)
        front.calling.skip(counter)
        return called.code

    return skip
