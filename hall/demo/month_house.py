"""The hall of the demo's month: a SQLite database with people in every department, and one clock that is moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hall.clock import FixedClock
from hall.demo.house import COUNTERS, HALL, PASSWORD, QUICK_HASHER, first_administrator, set_password
from hall.resources import resource
from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Matter
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.services import accounts, catalogue, foundation, signing_in
from hall.services.schedules import calendar_of
from hall.settings import DatabaseSettings, Settings
from hall.store import Store, migrate
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing

DEPARTMENTS = {"市容科": "shirong", "市政科": "shizheng", "渣土办": "zhatu", "环卫科": "huanwei", "园林科": "yuanlin"}
CLERKS = ("王某某", "刘窗口", "何窗口")
_FAMILIES = "孙陈周吴郑冯褚卫蒋沈"


@dataclass(frozen=True, slots=True)
class MonthHouse:
    """The store, its clock, and who works there; `actors` by login."""

    store: Store
    clock: FixedClock
    home: Path
    settings: Settings
    actors: Mapping[str, Actor]
    matters: tuple[Matter, ...]
    calendar: WorkCalendar

    def people(self, role: str, department: str = "") -> tuple[Actor, ...]:
        """Everybody of one role, where it has departments in one of them."""
        part = f"{role}-{DEPARTMENTS[department]}" if department else role
        return tuple(actor for login, actor in self.actors.items() if login.rpartition("-")[0] == part)


def build_month(home: Path, opening: datetime) -> MonthHouse:
    """Make it in an empty folder; the clock stands at the opening."""
    home.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{home / 'hall.db'}"
    settings = Settings(home=home, mode="demo", database=DatabaseSettings(url))
    engine = open_engine(url)
    migrate.initialise(engine)
    foundation.enter_hall(engine, HALL)
    clock = FixedClock(opening - timedelta(days=1))
    store = Store(engine, clock=clock, station="后台", hall_code=HALL.code, key_ring=KeyRing.create(home))
    foundation.lay_foundation(store, counters=COUNTERS)
    administrator = first_administrator(store)
    matters = parse_catalogue(decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE))
    catalogue.import_matters(store, administrator, matters=matters)
    actors = {
        login: _employ(store, administrator, login, name=name, role=role, department=department)
        for login, (name, role, department) in staff().items()
    }
    clock.instant = opening
    return MonthHouse(store, clock, home, settings, actors, matters, calendar_of(settings))


def staff() -> dict[str, tuple[str, str, str]]:
    """Login → name, role, department. Two reviewers a department: a visit takes two, and one is sometimes away."""
    people = {f"clerk-{number}": (name, "clerk", "") for number, name in enumerate(CLERKS)}
    for place, (department, code) in enumerate(DEPARTMENTS.items()):
        people[f"reviewer-{code}-1"] = (f"{_FAMILIES[2 * place]}审查", "reviewer", department)
        people[f"reviewer-{code}-2"] = (f"{_FAMILIES[2 * place + 1]}审查", "reviewer", department)
        people[f"head-{code}-1"] = (f"{_FAMILIES[2 * place]}科长", "head", department)
    people["legal-1"] = ("郑法制", "legal_reviewer", "")
    people["approver-1"] = ("钱局长", "approver", "")
    people["manager-1"] = ("李主任", "manager", "")
    return people


def _employ(store: Store, administrator: Actor, login: str, *, name: str, role: str, department: str) -> Actor:
    fresh = accounts.create_account(
        store,
        administrator,
        login=login,
        display_name=name,
        roles=(role,),
        department=department,
        hasher=QUICK_HASHER,
    )
    set_password(store, login, fresh.one_time_password)
    return signing_in.sign_in(store, login, password=PASSWORD).actor
