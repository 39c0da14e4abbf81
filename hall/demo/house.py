"""A throw-away hall for the demo: database, people, catalogue, and a week of earlier cases so that the board lives."""

import dataclasses
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher

from hall.clock import HALL_ZONE, Clock
from hall.demo.goods import DemoGoods
from hall.demo.payments import DemoPayments
from hall.demo.penalties import DemoPenalties
from hall.demo.registers import DemoRegisters
from hall.demo.relief import DemoRelief
from hall.demo.requests import DemoRequests
from hall.demo.rounds import DemoRounds
from hall.demo.stalls import DemoStalls
from hall.demo.standards import DemoStandards
from hall.demo.vendors import DemoVendors
from hall.devices.simulated.cards import LI_RARE, WANG_LONG_TERM, ZHANG_SHILI
from hall.resources import resource
from hall.rules.cards import Card
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services import accepting, accounts, catalogue, foundation, queueing, receiving, signing_in, taking
from hall.services.applications import Application
from hall.services.foundation import HallDetails
from hall.services.queue_policy import queue_policy
from hall.settings import DatabaseSettings, Settings, StationSettings
from hall.store import Store, migrate
from hall.store.clock_guard import TOLERANCE
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing

OPENING = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
HALL = HallDetails(
    code="demo",
    name="莲城区城管执法服务大厅",
    short_name="莲城管",
    authority="莲城区城市管理和综合执法局",
    address="虚构市莲城区示例路 1 号",
    phone="0000-1234567",
    complaint_phone="0000-12319",
)
COUNTERS = 6
PASSWORD = "demo-2026-hall"
# A throw-away hall keeps no secret: its passwords need not be slow to try, and the demo starts a second earlier.
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
# Name, roles, department.
STAFF = {
    "daoban": ("赵导办", ("guide",), ""),
    "chuangkou": ("王某某", ("clerk",), ""),
    "shizheng": ("孙审查", ("reviewer",), "市政科"),
    "shirong": ("陈审查", ("reviewer",), "市容科"),
    "shizhengke": ("周科长", ("head",), "市政科"),
    "shirongke": ("吴科长", ("head",), "市容科"),
    "fazhi": ("郑法制", ("legal_reviewer",), ""),
    "juzhang": ("钱局长", ("approver",), ""),
    "caiwu": ("沈财务", ("cashier",), ""),
    "zhuren": ("李主任", ("manager",), ""),
}

# Earlier cases: workdays' distance in days back, matter, applicant. Their lights today are all kinds.
_EARLIER: tuple[tuple[int, str, Card], ...] = (
    (28, "XK06", ZHANG_SHILI),
    (14, "XK04", WANG_LONG_TERM),
    (10, "XK01-1", LI_RARE),
    (6, "XK16", ZHANG_SHILI),
    (5, "XK05", WANG_LONG_TERM),
    (4, "XK15", LI_RARE),
    (3, "XK02", ZHANG_SHILI),
    (3, "XK05", LI_RARE),
    (0, "XK06", WANG_LONG_TERM),
)


# This morning before the visit: matter, and the counter that called.
_MORNING: tuple[tuple[str, int], ...] = (("XK01-1", 1), ("XK12", 2), ("XK16", 4), ("XK01-3", 5))


class DemoClock:
    """Runs from a fixed instant at the pace of real time, so that the demo is the same on any day."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._zero = time.monotonic()

    def now(self) -> datetime:
        """The demo's present instant."""
        return self._start + timedelta(seconds=time.monotonic() - self._zero)


@dataclass(slots=True)
class _SetClock:
    """The clock while earlier days are written."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class DemoHouse:
    """Where the demo lives. Every station of it opens the same database."""

    settings: Settings
    key_ring: KeyRing
    clock: Clock
    tolerance: timedelta = TOLERANCE
    """How far the clock of a process may stand behind another's."""

    def open_store(self, station: str) -> Store:
        """A station's own store."""
        engine = open_engine(self.settings.database_url)
        return Store(
            engine,
            clock=self.clock,
            station=station,
            hall_code=HALL.code,
            key_ring=self.key_ring,
            tolerance=self.tolerance,
        )

    def station_settings(self, station: str, *, counter: int | None = None, loudspeaker: bool = False) -> Settings:
        """The settings of a station without devices."""
        own = StationSettings(name=station, hall=HALL.code, counter=counter, loudspeaker=loudspeaker)
        return dataclasses.replace(self.settings, station=own)


def build_house(home: Path) -> DemoHouse:
    """Make database, hall, people, catalogue and earlier cases in an empty folder."""
    home.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{home / 'hall.db'}"
    settings = Settings(home=home, mode="demo", database=DatabaseSettings(url))
    engine = open_engine(url)
    migrate.initialise(engine)
    foundation.enter_hall(engine, HALL)
    past = _SetClock(OPENING - timedelta(days=30))
    ring = KeyRing.create(home)
    store = Store(engine, clock=past, station="后台", hall_code=HALL.code, key_ring=ring)
    foundation.lay_foundation(store, counters=COUNTERS)
    _fill(store, past, home)
    store.close()
    return DemoHouse(settings, ring, DemoClock(OPENING))


def _fill(store: Store, past: _SetClock, home: Path) -> None:
    administrator = first_administrator(store)
    sample = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    catalogue.import_matters(store, administrator, matters=parse_catalogue(sample))
    for login, (name, roles, department) in STAFF.items():
        fresh = accounts.create_account(
            store,
            administrator,
            login=login,
            display_name=name,
            roles=roles,
            department=department,
            hasher=QUICK_HASHER,
        )
        set_password(store, login, fresh.one_time_password)
    clerk = signing_in.sign_in(store, "chuangkou", password=PASSWORD).actor
    relief = DemoRelief(store, home=home, password=PASSWORD)
    relief.enter_earlier(past.instant.date())
    vendors = DemoVendors(store, home=home, password=PASSWORD)
    vendors.enter_earlier(past.instant.date())
    stalls = DemoStalls(store, home=home, password=PASSWORD)
    stalls.enter_earlier(past.instant.date())
    for days, matter_code, card in _EARLIER:
        past.instant = OPENING - timedelta(days=days, minutes=days + 15)
        _accept(store, clerk, home, matter_code=matter_code, card=card)
    DemoPenalties(store, home=home, today=OPENING.date(), password=PASSWORD).enter()
    DemoPayments(store, home=home, today=OPENING.date(), password=PASSWORD).enter()
    DemoGoods(store, home=home, now=OPENING, password=PASSWORD).enter()
    relief.enter(OPENING.date())
    vendors.enter(OPENING.date())
    stalls.enter(OPENING.date())
    DemoRegisters(store, home=home, today=OPENING.date(), password=PASSWORD).enter()
    DemoStandards(store, home=home, today=OPENING.date(), password=PASSWORD).enter()
    DemoRounds(store, home=home, today=OPENING.date(), password=PASSWORD).enter()
    DemoRequests(store, home=home, today=OPENING.date(), password=PASSWORD).enter()
    _open_morning(store, clerk, past, home)


def _open_morning(store: Store, clerk: Actor, past: _SetClock, home: Path) -> None:
    """Other counters are busy when the visit begins."""
    for place, (matter_code, counter) in enumerate(_MORNING):
        past.instant = OPENING - timedelta(minutes=12 - 2 * place)
        taking.issue_ticket(
            store, clerk, matter_code=matter_code, channel="staff", policy=queue_policy(home), slip=False
        )
        past.instant += timedelta(minutes=1)
        queueing.call_next(store, clerk, counter=counter, policy=queue_policy(home))


def first_administrator(store: Store) -> Actor:
    """Who enters everybody else."""
    return set_password(store, accounts.FIRST_LOGIN, accounts.create_first_administrator(store, hasher=QUICK_HASHER))


def set_password(store: Store, login: str, one_time: str) -> Actor:
    """Everybody of the demo has the same."""
    return signing_in.change_password(store, login, present=one_time, new=PASSWORD, hasher=QUICK_HASHER).actor


def _accept(store: Store, clerk: Actor, home: Path, *, matter_code: str, card: Card) -> None:
    matter = receiving.look(store, clerk, matter_code=matter_code, materials=(), home=home).matter
    handed = tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in matter.materials)
    application = Application(
        matter_code=matter_code, applicant=card, phone="", materials=handed, subject="向阳路18号门前"
    )
    accepting.accept(store, clerk, submission=application, home=home, slip=False)
