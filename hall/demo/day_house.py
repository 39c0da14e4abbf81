"""The hall of the demo's day: an empty PostgreSQL database gets counters, people, catalogue and appointments."""

import dataclasses
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from psycopg import sql

from hall.clock import Clock, FixedClock
from hall.demo.cluster import Cluster
from hall.demo.day_clock import BEGINS, DAY, MINUTE, DayPlan
from hall.demo.house import HALL, PASSWORD, QUICK_HASHER, STAFF, DemoHouse, first_administrator, set_password
from hall.demo.penalties import DemoPenalties
from hall.demo.relief import DemoRelief
from hall.demo.rounds import DemoRounds
from hall.demo.stalls import DemoStalls
from hall.demo.standards import DemoStandards
from hall.resources import resource
from hall.rules.appointment_file import parse_appointments
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.services import accounts, appointments, catalogue, foundation, signing_in
from hall.services.request_front import RequestFront
from hall.settings import DatabaseSettings, Settings
from hall.store import Store, migrate
from hall.store.clock_guard import TOLERANCE
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing

GUIDE, MANAGER, SUBSTITUTE = "daoban", "zhuren", "tiban"
EARLIER = timedelta(days=30)
DISPLAY_ROLE = "hall_display"
DATABASE = "hall_demo"


@dataclass(frozen=True, slots=True)
class DayGround:
    """What every process of the day is told: where the hall is."""

    home: Path
    url: str
    display_url: str
    plan: DayPlan

    @property
    def entrance(self) -> Path:
        """Where the kiosk's devices leave what they do."""
        return self.home / "entrance"

    @property
    def slips(self) -> Path:
        """Where its slips lie."""
        return self.entrance / "slips"

    def house(self, clock: Clock, *, url: str = "") -> DemoHouse:
        """The hall as a process opens it; `url` where it has connections of its own kind."""
        settings = Settings(home=self.home, mode="demo", database=DatabaseSettings(url or self.url))
        return DemoHouse(settings, KeyRing.load(self.home, os.environ), clock, TOLERANCE * self.plan.factor)


def clerk_login(counter: int) -> str:
    """The account of a counter's clerk."""
    return f"chuangkou{counter}"


def signed_in(store: Store, login: str) -> Actor:
    """Somebody of the demo's staff."""
    return signing_in.sign_in(store, login, password=PASSWORD).actor


def build_day(cluster: Cluster, home: Path, plan: DayPlan, *, bookings: str) -> DayGround:
    """Make it, a month before. The display signs in under a role of its own, so that it can be cut off alone."""
    home.mkdir(parents=True, exist_ok=True)
    url = cluster.create(DATABASE)
    role = sql.Identifier(DISPLAY_ROLE)
    cluster.execute(sql.SQL("CREATE ROLE {} LOGIN IN ROLE hall").format(role))
    engine = open_engine(url)
    migrate.initialise(engine)
    foundation.enter_hall(engine, HALL)
    ring = KeyRing.create(home)
    clock = FixedClock(BEGINS - EARLIER)
    store = Store(engine, clock=clock, station="后台", hall_code=HALL.code, key_ring=ring)
    foundation.lay_foundation(store, counters=plan.counters)
    _employ(store, plan)
    _fill_earlier(store, home)
    clock.instant = BEGINS - 30 * MINUTE
    _fill(store, home, plan, bookings)
    store.close()
    return DayGround(home, url, cluster.url(DATABASE, role=DISPLAY_ROLE), plan)


def _employ(store: Store, plan: DayPlan) -> None:
    """The catalogue with its departments, a clerk for each counter, and who works in the offices behind them."""
    administrator = first_administrator(store)
    sample = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    catalogue.import_matters(store, administrator, matters=parse_catalogue(sample))
    counters = {clerk_login(number): (f"窗口{number}员", ("clerk",), "") for number in range(1, plan.counters + 1)}
    for login, (name, roles, department) in (STAFF | counters | {SUBSTITUTE: ("替班员", ("clerk",), "")}).items():
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


def _fill_earlier(store: Store, home: Path) -> None:
    """A month ago: who answers for what, an award of relief is shown, draws of stalls and dossiers are announced."""
    manager = RequestFront(store, signed_in(store, MANAGER), home)
    manager.import_responsibilities(resource("requests/responsibilities.csv"))
    today = DAY - EARLIER
    DemoRelief(store, home=home, password=PASSWORD).enter_earlier(today)
    DemoStalls(store, home=home, password=PASSWORD).enter_earlier(today)
    DemoPenalties(store, home=home, today=today, password=PASSWORD).enter_closed()
    DemoRounds(store, home=home, today=today, password=PASSWORD).enter()


def _fill(store: Store, home: Path, plan: DayPlan, bookings: str) -> None:
    """This morning: appointments, fines of the case system to be paid, service standards."""
    appointments.import_appointments(store, signed_in(store, MANAGER), booked=parse_appointments(bookings))
    DemoPenalties(store, home=home, today=DAY, password=PASSWORD).enter_fines(plan.fines)
    DemoStandards(store, home=home, today=DAY, password=PASSWORD).enter()


def at_station(house: DemoHouse, name: str, *, counter: int | None = None) -> Settings:
    """The settings of a station whose screens never lock in the middle of a fast day."""
    own = house.station_settings(name, counter=counter)
    return dataclasses.replace(own, security=dataclasses.replace(own.security, idle_lock_minutes=600))
