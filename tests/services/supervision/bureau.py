"""The people of a small bureau, the cases in their hands, and what supervision has said about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock, business_date
from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind
from hall.rules.people import Actor
from hall.services import clocks
from hall.services.case_records import Hand, case_locked, hand_to
from hall.services.catalogue import matter_in_force
from hall.services.escalation import due_clocks, fire
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Store, Work
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account, AccountRole, Person
from hall.store.schema.permits import PermitCase
from hall.store.schema.subjects import SubjectNotice
from hall.store.schema.supervision import SupervisionOrder

CLERK, MANAGER, REVIEWER, OTHER_REVIEWER, HEAD, APPROVER, SECOND_APPROVER, SECOND_MANAGER = 7, 8, 21, 22, 23, 24, 25, 26

PEOPLE = {
    CLERK: ("张三明", "clerk"),
    MANAGER: ("李四清", "manager"),
    REVIEWER: ("陈一凡", "reviewer"),
    OTHER_REVIEWER: ("林二木", "reviewer"),
    HEAD: ("周科远", "head"),
    APPROVER: ("吴局方", "approver"),
    SECOND_APPROVER: ("郑副宁", "approver"),
    SECOND_MANAGER: ("王值安", "manager"),
}


@dataclass(frozen=True)
class Bureau:
    """One bureau at one station; the clock may be moved."""

    store: Store
    clock: FixedClock
    policy: SupervisionPolicy
    home: Path

    def as_role(self, account_id: int) -> Actor:
        """Somebody of the staff, signed in."""
        name, role = PEOPLE[account_id]
        return Actor(account_id, name, self.store.hall_id, frozenset({role}))

    def employ(self) -> None:
        """The accounts; reviewers and head belong to 市政科."""
        with self.store.work("test.staff", self.as_role(MANAGER)) as work:
            department_id = work.session.scalars(select(Department.id).where(Department.name == "市政科")).one()
            for account_id, (name, role) in PEOPLE.items():
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
                work.session.add(AccountRole(account_id=account_id, hall_id=self.store.hall_id, role=role))
            work.audit("test")

    def noon(self, day: str) -> date:
        """Noon of a day of 2026: `noon("11-30")`."""
        self.clock.instant = datetime.fromisoformat(f"2026-{day}T12:00:00+08:00")
        return business_date(self.clock.instant)

    def open_case(
        self,
        *,
        state: str = "reviewing",
        officer_id: int | None = REVIEWER,
        promised: int | None = 5,
        statutory: int | None = 20,
        acceptance: int | None = None,
        warning_days: int = 1,
    ) -> int:
        """A case received (and accepted) today at nine, in the reviewer's hand."""
        with self.store.work("test.case", self.as_role(CLERK)) as work:
            day = business_date(work.now)
            case = _case(work, state, warning_days, datetime.combine(day, time(9), HALL_ZONE))
            hand_to(work, case, Hand(case.department_id, officer_id if case.accepted_on else CLERK))
            limits: dict[ClockKind, int | None] = {"acceptance": acceptance}
            if case.accepted_on:
                limits = {"statutory": statutory, "promised": promised}
            for kind, days in limits.items():
                if days is not None:
                    clocks.start(work, case, kind, limit=Limit(days, "workday"), started_on=day)
            clocks.refresh(work, case)
            work.audit("test")
            return case.id

    def give(
        self, case_id: int, account_id: int | None, *, state: str = "reviewing", acting_for: int | None = None
    ) -> None:
        """The case goes into another hand."""
        with self.store.work("test.give", self.as_role(CLERK)) as work:
            case = case_locked(work, case_id)
            case.state = state
            hand_to(work, case, Hand(case.department_id, account_id, acting_for))
            work.audit("test")

    def fire_all(self) -> int:
        """Every rung that has come; gives how many fired."""
        due = due_clocks(self.store, policy=self.policy)
        return sum(fire(self.store, each, policy=self.policy, home=self.home) for each in due)

    def orders(self) -> Sequence[SupervisionOrder]:
        """Every order, the oldest first."""
        with self.store.read() as session:
            return session.scalars(select(SupervisionOrder).order_by(SupervisionOrder.id)).all()

    def notices(self) -> list[tuple[str, int | str, str]]:
        """Kind, addressee and text of every message, the oldest first."""
        with self.store.read() as session:
            found = session.scalars(select(SubjectNotice).order_by(SubjectNotice.id))
            return [(each.kind, each.account_id or each.role, each.text) for each in found]


def _case(work: Work, state: str, warning_days: int, at: datetime) -> PermitCase:
    matter = matter_in_force(work.session, work.hall_id, "XK05", business_date(at))
    person = Person(hall_id=work.hall_id, kind="natural", name="测试人", created_at=at, changed_at=at)
    work.session.add(person)
    work.session.flush()
    serial, accepted = work.next_number("test"), state not in ("received", "supplementing")
    case = PermitCase(
        hall_id=work.hall_id,
        receipt_number=f"测收〔2026〕{serial:05d}",
        acceptance_number=f"测受〔2026〕{serial:05d}" if accepted else None,
        matter_version_id=matter.version_id,
        matter_id=matter.matter_id,
        applicant_id=person.id,
        department_id=matter.department_id,
        account_id=CLERK,
        channel="counter",
        purpose="new",
        handling="promised",
        state=state,
        received_at=at,
        accepted_at=at if accepted else None,
        accepted_on=business_date(at) if accepted else None,
        accepted_how="complete" if accepted else "",
        urgency=0,
        warning_days=warning_days,
    )
    work.session.add(case)
    work.session.flush()
    return case
