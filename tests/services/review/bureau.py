"""A bureau with its people, matters made to measure, and cases as far as a test wants them."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from hall.clock import FixedClock
from hall.rules.cards import Card
from hall.rules.catalogue import Limit, Matter, StepRule
from hall.rules.identity import id_check_digit
from hall.rules.materials import HandedIn
from hall.rules.people import Actor, system_actor
from hall.services import accepting, receiving
from hall.services.applications import Application
from hall.services.catalogue import MatterInForce, import_matters, matter_in_force, version_numbered
from hall.services.deciding import Decision
from hall.services.hearing_seats import Seats
from hall.services.hearings import HearingRecord
from hall.services.issuing import Issued
from hall.services.papers_hearing import Participant, Statement
from hall.services.review_front import ReviewFront
from hall.services.reviewing import Proposal
from hall.services.schedules import calendar_in_force
from hall.services.visits import VisitOfficer, VisitRecord
from hall.store import Store
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.people import Account, AccountRole
from hall.store.schema.permits import CaseEvent, CaseSupplement, PermitCase
from hall.store.schema.reviewing import CaseHearing, CasePossession

BASE, FOREIGN_BASE = "XK05", "XK15"
PEOPLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "clerk": ("周玉兰", ("clerk",)),
    "reviewer": ("吴文正", ("reviewer",)),
    "other": ("郑小川", ("reviewer",)),
    "head": ("王立新", ("head",)),
    "deputy": ("冯国安", ("head",)),
    "lawyer": ("陈法正", ("legal_reviewer",)),
    "approver": ("褚明达", ("approver",)),
    "boss": ("卫建平", ("manager",)),
    "everything": ("蒋万能", ("clerk", "reviewer", "head", "legal_reviewer", "approver")),
    "foreign": ("沈园林", ("reviewer",)),
    "foreign_head": ("韩绿野", ("head",)),
}
GRANT = Decision("granted", "同意")
DENIAL = Decision(
    "denied",
    "不予许可",
    facts="占道影响消防通道",
    unmet="不影响消防通道",
    basis="城市道路管理条例第三十一条",
    reasons="申请位置是消防通道",
)


@dataclass
class Bureau:
    """People sign in by their login; `foreign` is of another department than the base matter's."""

    store: Store
    clock: FixedClock
    home: Path
    people: dict[str, Actor] = field(default_factory=dict)
    serials: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def employ(self) -> None:
        """Give everybody an account."""
        own, foreign = self._in_force(BASE).department_id, self._in_force(FOREIGN_BASE).department_id
        with self.store.work("account.create", system_actor(self.store.hall_id)) as work:
            for login, (name, roles) in PEOPLE.items():
                account = Account(
                    hall_id=work.hall_id,
                    login=login,
                    display_name=name,
                    badge_number=f"陕执{login}",
                    department_id=foreign if login.startswith("foreign") else own,
                    password_hash="-",
                    created_at=work.now,
                    password_changed_at=work.now,
                )
                work.session.add(account)
                work.session.flush()
                work.session.add_all(
                    AccountRole(account_id=account.id, hall_id=work.hall_id, role=role) for role in roles
                )
                self.people[login] = Actor(account.id, name, work.hall_id, frozenset(roles))
            work.audit("accounts", added=len(PEOPLE))

    def id_of(self, login: str) -> int:
        """The account of somebody."""
        return self.people[login].account_id

    def desk(self, login: str) -> ReviewFront:
        """What somebody can do."""
        return ReviewFront(self.store, self.people[login], self.home)

    def on(self, year: int, month: int, day: int, hour: int = 9) -> None:
        """Move the clock."""
        self.clock.instant = datetime(year, month, day, hour, tzinfo=self.clock.instant.tzinfo)

    def publish(self, code: str, **changes: object) -> str:
        """A matter made to measure, in force; without changes one of ten workdays and no site visit."""
        usual = {"site_visit": False, "promised": Limit(10, "workday"), "effective_from": date(2026, 1, 1)}
        matter = replace(self._in_force(BASE).matter, code=code, **{**usual, **changes})  # type: ignore[arg-type]
        administrator = Actor(999, "管理员", self.store.hall_id, frozenset({"administrator"}))
        import_matters(self.store, administrator, matters=(matter,))
        return code

    def matter(self, code: str = BASE) -> Matter:
        """The matter in force."""
        return self._in_force(code).matter

    def matter_of(self, case_id: int) -> Matter:
        """The matter of a case, as it was when the case came."""
        with self.store.read() as session:
            return version_numbered(session, session.get_one(PermitCase, case_id).matter_version_id).matter

    @staticmethod
    def steps(**days: int) -> tuple[StepRule, ...]:
        """The time of each step."""
        return tuple(StepRule(step, count) for step, count in days.items())  # type: ignore[arg-type]

    def application(self, code: str, **particulars: object) -> Application:
        """Complete, by a new person."""
        matter = self._in_force(code).matter
        return Application(
            matter_code=code,
            applicant=self._card(),
            phone="13900001234",
            materials=all_of(matter),
            subject="向阳路18号门前",
            **particulars,  # type: ignore[arg-type]
        )

    def accepted(self, code: str, *, by: str = "clerk", **particulars: object) -> int:
        """A case that was accepted."""
        application = self.application(code, **particulars)
        return accepting.accept(self.store, self.people[by], submission=application, home=self.home, slip=False).case_id

    def receive(self, application: Application) -> int:
        """A case that waits to be judged."""
        clerk = self.people["clerk"]
        return receiving.receive(self.store, clerk, application=application, home=self.home, slip=False).case_id

    def under_review(self, code: str, *, by: str = "reviewer", **particulars: object) -> int:
        """A case that somebody of the department has taken."""
        case_id = self.accepted(code, **particulars)  # type: ignore[arg-type]  # as an application takes them
        self.desk("clerk").hand_over(case_id)
        self.desk(by).take(case_id)
        return case_id

    def proposed(self, code: str, *, verdict: str = "granted", **particulars: object) -> int:
        """A case for the examiner."""
        case_id = self.under_review(code, **particulars)  # type: ignore[arg-type]  # as an application takes them
        self.desk("reviewer").propose(case_id, Proposal(verdict, "符合条件，拟办如上"))  # type: ignore[arg-type]
        return case_id

    def examined(self, code: str, *, verdict: str = "granted", **particulars: object) -> int:
        """A case for the approver, or for legal review."""
        case_id = self.proposed(code, verdict=verdict, **particulars)
        self.desk("head").examine(case_id, agree=True, text="同意拟办意见")
        return case_id

    def propose(self, case_id: int, login: str, verdict: str = "granted") -> None:
        """An opinion of somebody who has the case."""
        self.desk(login).propose(case_id, Proposal(verdict, "拟办如上"))  # type: ignore[arg-type]

    def announce(
        self,
        case_id: int,
        *,
        day: tuple[int, int, int],
        chair: str,
        recorder: str | None = "other",
        hearing_id: int | None = None,
    ) -> Issued:
        """A hearing at two in the afternoon; without a recorder, by an account that does not exist."""
        held_at = datetime(*day, 14, tzinfo=self.clock.instant.tzinfo)
        seats = Seats("三楼会议室", self.id_of(chair), self.id_of(recorder) if recorder else 10**6)
        return self.desk("reviewer").announce_hearing(
            case_id, held_at=held_at, seats=seats, subject="占道位置", hearing_id=hearing_id
        )

    def hold(self, case_id: int) -> Issued:
        """The hearing that was announced last, from two to four of the day that it was announced for."""
        with self.store.read() as session:
            of_case = select(CaseHearing).where(CaseHearing.case_id == case_id, CaseHearing.state == "noticed")
            hearing = session.scalars(of_case).one()
        assert hearing.held_at is not None
        record = HearingRecord(
            began_at=hearing.held_at,
            ended_at=hearing.held_at + timedelta(hours=2),
            findings="申请人陈述了理由，审查人员出示了依据",
            participants=(Participant("申请人", "张测明"),),
            statements=(Statement("申请人", "请求准予"),),
        )
        return self.desk("reviewer").hold_hearing(case_id, hearing.id, record)

    def visit_record(self, *logins: str, passed: bool = True) -> VisitRecord:
        """A visit that was just made, by the reviewer and another unless named."""
        return VisitRecord(
            officers=tuple(VisitOfficer(self.id_of(login)) for login in logins or ("reviewer", "other")),
            began_at=self.clock.instant - timedelta(hours=1),
            ended_at=self.clock.instant,
            findings="现场与申请材料一致",
            passed=passed,
            applicant_signed=True,
            present="申请人",
        )

    def case(self, case_id: int) -> PermitCase:
        """As it is stored."""
        with self.store.read() as session:
            return session.get_one(PermitCase, case_id)

    def parts(self, case_id: int) -> Sequence[int]:
        """The parts of a joint case."""
        with self.store.read() as session:
            of_case = select(PermitCase.id).where(PermitCase.parent_id == case_id)
            return session.scalars(of_case.order_by(PermitCase.id)).all()

    def clocks(self, case_id: int) -> Sequence[CaseClock]:
        """As they are stored."""
        with self.store.read() as session:
            return session.scalars(select(CaseClock).where(CaseClock.case_id == case_id).order_by(CaseClock.id)).all()

    def running(self, case_id: int) -> dict[str, CaseClock]:
        """The last clock of each kind."""
        return {clock.kind: clock for clock in self.clocks(case_id)}

    def events(self, case_id: int) -> Sequence[CaseEvent]:
        """In order."""
        with self.store.read() as session:
            return session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)).all()

    def pauses(self, case_id: int) -> Sequence[CasePause]:
        """In order."""
        with self.store.read() as session:
            return session.scalars(select(CasePause).where(CasePause.case_id == case_id).order_by(CasePause.id)).all()

    def open_supplement(self, case_id: int) -> int | None:
        """The notice of the review that waits."""
        waiting = CaseSupplement.case_id == case_id, CaseSupplement.closed_on.is_(None)
        with self.store.read() as session:
            return session.scalar(select(CaseSupplement.id).where(*waiting))

    def workday_after(self, count: int) -> date:
        """So many workdays from today."""
        with self.store.read() as session:
            calendar = calendar_in_force(session, self.store.hall_id)
        return calendar.add_workdays(self.clock.instant.date(), count)

    def hands(self, case_id: int) -> Sequence[CasePossession]:
        """Who had the case, in order."""
        with self.store.read() as session:
            return session.scalars(
                select(CasePossession).where(CasePossession.case_id == case_id).order_by(CasePossession.id)
            ).all()

    def department(self, code: str) -> str:
        """The department of a matter."""
        return self._in_force(code).matter.department

    def _in_force(self, code: str) -> MatterInForce:
        with self.store.read() as session:
            return matter_in_force(session, self.store.hall_id, code, self.clock.instant.date())

    def _card(self) -> Card:
        digits = f"99999919900307{next(self.serials):03d}"
        return Card(
            kind="resident",
            name="张测明",
            sex="男",
            birth=date(1990, 3, 7),
            id_number=digits + id_check_digit(digits),
            valid_from=date(2016, 1, 1),
            valid_to=None,
            address="莲城区向阳路18号",
        )


def all_of(matter: Matter) -> tuple[HandedIn, ...]:
    """Every required material in the full number."""
    return tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in matter.materials if rule.required)
