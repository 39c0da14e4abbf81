"""The hall of the demo's day: an empty PostgreSQL database gets counters, people, catalogue and appointments."""

import dataclasses
import os
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from hall.clock import Clock, FixedClock
from hall.demo.cluster import Cluster
from hall.demo.day_clock import BEGINS, MINUTE, DayPlan
from hall.demo.house import HALL, PASSWORD, QUICK_HASHER, DemoHouse, first_administrator, set_password
from hall.resources import resource
from hall.rules.appointment_file import parse_appointments
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.services import accounts, appointments, catalogue, foundation, signing_in
from hall.settings import DatabaseSettings, Settings
from hall.store import Store, migrate
from hall.store.clock_guard import TOLERANCE
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing

GUIDE, MANAGER, SUBSTITUTE = "daoban", "zhuren", "tiban"
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
    """Make it. The display signs in under a role of its own, so that it can be cut off alone."""
    home.mkdir(parents=True, exist_ok=True)
    url = cluster.create(DATABASE)
    role = sql.Identifier(DISPLAY_ROLE)
    cluster.execute(sql.SQL("CREATE ROLE {} LOGIN IN ROLE hall").format(role))
    engine = open_engine(url)
    migrate.initialise(engine)
    foundation.enter_hall(engine, HALL)
    ring = KeyRing.create(home)
    store = Store(engine, clock=FixedClock(BEGINS - 30 * MINUTE), station="后台", hall_code=HALL.code, key_ring=ring)
    foundation.lay_foundation(store, counters=plan.counters)
    _fill(store, plan, bookings)
    store.close()
    return DayGround(home, url, cluster.url(DATABASE, role=DISPLAY_ROLE), plan)


def _fill(store: Store, plan: DayPlan, bookings: str) -> None:
    administrator = first_administrator(store)
    staff = {clerk_login(number): (f"窗口{number}员", ("clerk",)) for number in range(1, plan.counters + 1)}
    staff |= {
        GUIDE: ("赵导办", ("guide",)),
        SUBSTITUTE: ("替班员", ("clerk",)),
        MANAGER: ("李主任", ("manager",)),
    }
    for login, (name, roles) in staff.items():
        fresh = accounts.create_account(
            store, administrator, login=login, display_name=name, roles=roles, hasher=QUICK_HASHER
        )
        set_password(store, login, fresh.one_time_password)
    sample = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    catalogue.import_matters(store, administrator, matters=parse_catalogue(sample))
    appointments.import_appointments(store, signed_in(store, MANAGER), booked=parse_appointments(bookings))


def at_station(house: DemoHouse, name: str, *, counter: int | None = None) -> Settings:
    """The settings of a station whose screens never lock in the middle of a fast day."""
    own = house.station_settings(name, counter=counter)
    return dataclasses.replace(own, security=dataclasses.replace(own.security, idle_lock_minutes=600))
