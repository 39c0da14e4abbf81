"""A hall that dispatches: people of every duty, two units of its own and one outside, a request as far as wanted."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from hall.clock import HALL_ZONE, FixedClock, business_date
from hall.rules.identity import id_check_digit
from hall.rules.people import Actor, system_actor
from hall.services.case_paper import Content
from hall.services.catalogue import department_named
from hall.services.dispatching import Feedback
from hall.services.documents import content_of
from hall.services.persons import PersonDetails
from hall.services.request_front import RequestFront
from hall.services.request_replies import Answer
from hall.services.requests import NewRequest
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.people import Account
from hall.store.schema.requests import DispatchUnit, Request, Responsibility

MONDAY = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
PEOPLE: dict[str, tuple[str, tuple[str, ...], str]] = {
    "guide": ("许小引", ("guide",), ""),
    "clerk": ("周玉兰", ("clerk",), ""),
    "clerk2": ("秦小秋", ("clerk",), ""),
    "boss": ("卫建平", ("manager",), ""),
    "squad": ("吴文正", ("reviewer",), "向阳中队"),
    "squad2": ("郑小川", ("reviewer",), "向阳中队"),
    "waste": ("何环卫", ("reviewer",), "环卫科"),
    "approver": ("褚明达", ("approver",), ""),
    "admin": ("王五平", ("administrator",), ""),
    "everything": ("蒋万能", ("clerk", "reviewer", "head", "approver", "manager"), ""),
}
"""Who signs in, by login: name, roles, department. "everything" is stopped by separation of duties alone."""
FOUND = Feedback("当晚到场，有流动摊贩八处占道经营", "已劝导离开，划定夜市区域", "guidance")


@dataclass
class RequestDesk:
    """Today is Monday 23 November 2026 at first.

    By the map "stall" is the squad's in 向阳街道 and the waste department's elsewhere, "parking" the police's
    (`units["JJ"]`, whose people do not sign in here); nobody answers for "noise".
    """

    store: Store
    clock: FixedClock
    home: Path
    people: dict[str, Actor] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    serials: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def open(self) -> None:
        """People, units and the map."""
        self.clock.instant = MONDAY
        with self.store.work("account.create", system_actor(self.store.hall_id)) as work:
            departments = {name: department_named(work, name) for name in ("向阳中队", "环卫科")}
            for login, (name, roles, department) in PEOPLE.items():
                account = Account(
                    hall_id=work.hall_id,
                    login=login,
                    display_name=name,
                    department_id=departments[department].id if department else None,
                    password_hash="-",
                    created_at=work.now,
                    password_changed_at=work.now,
                )
                work.session.add(account)
                work.session.flush()
                self.people[login] = Actor(account.id, name, work.hall_id, frozenset(roles))
            own = {"XY": ("向阳中队", "squad", "向阳中队"), "HW": ("环卫科", "department", "环卫科")}
            for code, (name, kind, department) in {**own, "JJ": ("区公安交警大队", "outside", "")}.items():
                unit = DispatchUnit(hall_id=work.hall_id, code=code, name=name, kind=kind)
                unit.department_id = departments[department].id if department else None
                work.session.add(unit)
                work.session.flush()
                self.units[code] = unit.id
            for category, area, code in (("stall", "向阳街道", "XY"), ("stall", "", "HW"), ("parking", "", "JJ")):
                work.session.add(
                    Responsibility(
                        hall_id=work.hall_id,
                        category=category,
                        area=area,
                        unit_id=self.units[code],
                        valid_from=date(2026, 1, 1),
                        source="测试",
                    )
                )
            work.audit("accounts", added=len(PEOPLE))

    def front(self, login: str, store: Store | None = None) -> RequestFront:
        """What somebody can do."""
        return RequestFront(store or self.store, self.people[login], self.home)

    @property
    def today(self) -> date:
        """The clock's day."""
        return business_date(self.clock.now())

    def on(self, day: date) -> None:
        """Move the clock."""
        self.clock.instant = datetime(day.year, day.month, day.day, 10, tzinfo=HALL_ZONE)

    def resident(self, name: str = "张测明", phone: str = "13900001234") -> PersonDetails:
        """A new fictitious person, typed."""
        digits = f"99999919900307{next(self.serials):03d}"
        return PersonDetails("resident", name, id_number=digits + id_check_digit(digits), phone=phone)

    def new(self, **given: object) -> NewRequest:
        """A complaint of a new person about stalls in 向阳街道, each at another place."""
        plain = NewRequest(
            kind="complaint",
            category="stall",
            subject="夜市占道影响通行",
            content="每晚摆摊占道，行人只能走机动车道。",
            place=f"向阳路{next(self.serials)}号门前",
            area="向阳街道",
            person=self.resident(),
        )
        return replace(plain, **given)  # type: ignore[arg-type]  # the fields of a request

    def registered(self, **given: object) -> int:
        """Taken down by "clerk"."""
        return self.front("clerk").register(self.new(**given)).request_id

    def dispatched(self, **given: object) -> int:
        """Sent by "clerk" to the unit of the map."""
        request_id = self.registered(**given)
        self.front("clerk").dispatch(request_id)
        return request_id

    def fed_back(self, **given: object) -> int:
        """Taken and fed back by "squad"."""
        request_id = self.dispatched(**given)
        self.front("squad").take(request_id)
        self.front("squad").feed_back(request_id, FOUND)
        return request_id

    def verified(self, **given: object) -> int:
        """Its feedback accepted by "clerk"."""
        request_id = self.fed_back(**given)
        self.front("clerk").accept(request_id)
        return request_id

    def closed(self, **given: object) -> int:
        """Answered by "clerk"."""
        request_id = self.verified(**given)
        self.front("clerk").reply(request_id, Answer("已划定夜市区域，并安排夜间巡查"))
        return request_id

    def request(self, request_id: int) -> Request:
        """As it is stored."""
        with self.store.read() as session:
            return session.get_one(Request, request_id)

    def paper(self, document_id: int) -> Content:
        """What stands on a paper."""
        with self.store.read() as session:
            return content_of(session.get_one(Document, document_id), self.store.key_ring)
