"""People of the bureau and cases in their hands, as supervision meets them."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock, business_date
from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind
from hall.rules.people import Actor
from hall.services import clocks
from hall.services.case_records import Hand, case_locked, hand_to
from hall.services.catalogue import matter_in_force
from hall.services.supervision_rules import SupervisionPolicy, supervision_policy
from hall.store import Store
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account, AccountRole, Person
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import CaseNotice, SupervisionOrder

_NAMES = {
    STAFF.clerk: ("张三明", "clerk"),
    STAFF.manager: ("李四清", "manager"),
    STAFF.reviewer: ("陈一凡", "reviewer"),
    STAFF.other_reviewer: ("林二木", "reviewer"),
    STAFF.head: ("周科远", "head"),
    STAFF.approver: ("吴局方", "approver"),
    STAFF.second_approver: ("郑副宁", "approver"),
    STAFF.second_manager: ("王值安", "manager"),
}
OpenCase = Callable[..., int]


@pytest.fixture
def policy(home: Path) -> SupervisionPolicy:
    """The tables as they are shipped."""
    return supervision_policy(home)


@pytest.fixture(autouse=True)
def staff(store: Store, manager: Actor) -> Staff:
    """The accounts that answer, head and decide; all of one department but clerk, manager and approver."""
    with store.work("test.staff", manager) as work:
        department_id = work.session.scalars(select(Department.id).where(Department.name == "市政科")).one()
        for account_id, (name, role) in _NAMES.items():
            inside = role in ("reviewer", "head")
            work.session.add(
                Account(
                    id=account_id,
                    login=f"{role}{account_id}",
                    display_name=name,
                    department_id=department_id if inside else None,
                    password_hash="-",
                    created_at=work.now,
                    password_changed_at=work.now,
                )
            )
            work.session.flush()
            work.session.add(AccountRole(account_id=account_id, hall_id=store.hall_id, role=role))
        work.audit("test")
    return STAFF


@pytest.fixture
def as_role(actor_with: Callable[..., Actor]) -> Callable[[int], Actor]:
    """Somebody of the staff, signed in."""

    def sign_in(account_id: int) -> Actor:
        name, role = _NAMES[account_id]
        return actor_with(role, account_id=account_id, name=name)

    return sign_in


@pytest.fixture
def open_case(store: Store, as_role: Callable[[int], Actor]) -> OpenCase:
    """A case in review, in the reviewer's hand since it was accepted: `open_case(promised=5)`."""

    def build(
        *,
        on: date | None = None,
        state: str = "reviewing",
        officer_id: int | None = STAFF.reviewer,
        promised: int | None = 5,
        statutory: int | None = 20,
        kinds: dict[ClockKind, int] | None = None,
        warning_days: int = 1,
    ) -> int:
        with store.work("test.case", as_role(STAFF.clerk)) as work:
            day = on or business_date(work.now)
            at = datetime.combine(day, time(9), HALL_ZONE)
            matter = matter_in_force(work.session, work.hall_id, "XK05", day)
            person = Person(hall_id=work.hall_id, kind="natural", name="测试人", created_at=at, changed_at=at)
            work.session.add(person)
            work.session.flush()
            serial = work.next_number("test")
            accepted = state not in ("received", "supplementing")
            case = PermitCase(
                hall_id=work.hall_id,
                receipt_number=f"测收〔2026〕{serial:05d}",
                acceptance_number=f"测受〔2026〕{serial:05d}" if accepted else None,
                matter_version_id=matter.version_id,
                matter_id=matter.matter_id,
                applicant_id=person.id,
                department_id=matter.department_id,
                account_id=STAFF.clerk,
                channel="counter",
                purpose="new",
                handling="promised",
                state=state,
                received_at=at,
                accepted_at=at if accepted else None,
                accepted_on=day if accepted else None,
                accepted_how="complete" if accepted else "",
                urgency=0,
                warning_days=warning_days,
            )
            work.session.add(case)
            work.session.flush()
            hand_to(work, case, Hand(matter.department_id, officer_id if accepted else STAFF.clerk))
            wanted: dict[ClockKind, int | None] = {"statutory": statutory, "promised": promised, **(kinds or {})}
            for kind, days in wanted.items():
                if days is not None and (accepted or kind == "acceptance"):
                    clocks.start(work, case, kind, limit=Limit(days, "workday"), started_on=day)
            clocks.refresh(work, case)
            work.audit("test")
            return case.id

    return build


@pytest.fixture
def give_to(store: Store, as_role: Callable[[int], Actor]) -> Callable[..., None]:
    """The case goes into another hand: `give_to(case_id, staff.head, state="examining")`."""

    def give(case_id: int, account_id: int | None, *, state: str = "reviewing", acting_for: int | None = None) -> None:
        with store.work("test.give", as_role(STAFF.clerk)) as work:
            case = case_locked(work, case_id)
            case.state = state
            hand_to(work, case, Hand(case.department_id, account_id, acting_for))
            work.audit("test")

    return give


@pytest.fixture
def at_noon(clock: FixedClock) -> Callable[[str], None]:
    """`at_noon("11-30")`: noon of a day of 2026."""

    def move(day: str) -> None:
        clock.instant = datetime.fromisoformat(f"2026-{day}T12:00:00+08:00")

    return move


@pytest.fixture
def orders(store: Store) -> Callable[[], list[SupervisionOrder]]:
    """Every order, the oldest first."""

    def read() -> list[SupervisionOrder]:
        with store.read() as session:
            return list(session.scalars(select(SupervisionOrder).order_by(SupervisionOrder.id)))

    return read


@pytest.fixture
def notices(store: Store) -> Callable[[], list[tuple[str, int | str | None, str]]]:
    """Kind, addressee and text of every message, the oldest first."""

    def read() -> list[tuple[str, int | str | None, str]]:
        with store.read() as session:
            found = session.scalars(select(CaseNotice).order_by(CaseNotice.id))
            return [(each.kind, each.account_id or each.role, each.text) for each in found]

    return read
