"""A bureau that requests come to: its counter, its dispatcher, the squad of 向阳, the office behind it, its map."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import FixedClock
from hall.resources import resource
from hall.rules.people import Actor, system_actor
from hall.services.front import Front
from hall.services.persons import PersonDetails
from hall.services.queue_policy import queue_policy
from hall.services.requests import NewRequest, Registered
from hall.store import Store
from hall.store.schema.catalogue import Department
from hall.store.schema.documents import Document
from hall.store.schema.people import Account, AccountRole

SQUAD, OFFICE = "向阳中队", "市容科"
PEOPLE: dict[str, tuple[str, tuple[str, ...], str]] = {
    "clerk": ("周玉兰", ("clerk",), ""),
    "other": ("秦小秋", ("clerk",), ""),
    "squad": ("吴文正", ("reviewer",), SQUAD),
    "office": ("郑小川", ("head",), OFFICE),
    "boss": ("卫建平", ("manager",), ""),
    "guide": ("施小引", ("guide",), ""),
    "approver": ("褚明达", ("approver",), ""),
}
"""Who signs in: name, roles, department."""

STALLS = NewRequest(
    kind="complaint",
    category="stall",
    subject="夜市占道影响通行",
    content="向阳路口每晚摆摊占道，行人只能走机动车道，请清理。",
    person=PersonDetails("resident", "张测明", phone="13900001234"),
    place="向阳路口东侧",
    area="向阳街道",
)
QUESTION = NewRequest(
    kind="consultation",
    category="stall",
    subject="门前摆桌子要不要办许可",
    content="门前摆两张桌子要不要办许可",
    person=PersonDetails("resident", "李试芳", phone="13900001234"),
    matter_code="XK05",
)


@dataclass
class Bureau:
    """Everybody of it signs in by login; the map is the shipped sample."""

    store: Store
    clock: FixedClock
    home: Path
    people: dict[str, Actor] = field(default_factory=dict)

    def open(self) -> None:
        """Accounts and the map."""
        with self.store.work("account.create", system_actor(self.store.hall_id)) as work:
            for number, (login, (name, roles, department)) in enumerate(PEOPLE.items(), 101):
                work.session.add(self._account(number, login, name, self._department(work.session, department)))
                work.session.flush()
                for role in roles:
                    work.session.add(AccountRole(account_id=number, hall_id=work.hall_id, role=role))
                self.people[login] = Actor(number, name, work.hall_id, frozenset(roles))
            work.audit("account:bureau")
        self.front("boss").requests.import_responsibilities(resource("requests/responsibilities.csv"))

    def front(self, login: str) -> Front:
        """What somebody can do here."""
        return Front(self.store, self.people[login], self.home, queue_policy(self.home), slip=False)

    def register(self, new: NewRequest = STALLS) -> Registered:
        """By the clerk at the counter."""
        return self.front("clerk").requests.register(new)

    def code_of(self, document_id: int) -> str:
        """What the code on a paper says."""
        with self.store.read() as session:
            return session.get_one(Document, document_id).code_payload

    def _account(self, number: int, login: str, name: str, department_id: int | None) -> Account:
        now = self.clock.now()
        return Account(
            id=number,
            hall_id=self.store.hall_id,
            login=login,
            display_name=name,
            department_id=department_id,
            password_hash="-",
            created_at=now,
            password_changed_at=now,
        )

    def _department(self, session: Session, name: str) -> int | None:
        if not name:
            return None
        query = select(Department).where(Department.hall_id == self.store.hall_id, Department.name == name)
        department = session.scalars(query).one_or_none() or Department(hall_id=self.store.hall_id, name=name)
        session.add(department)
        session.flush()
        return department.id
