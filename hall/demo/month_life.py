"""The life of one application of the demo's month, act by act through the services, as its people would do it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from hall.clock import business_date
from hall.demo.month_house import MonthHouse
from hall.demo.month_plan import Fate
from hall.rules.catalogue import Limit, Matter
from hall.rules.intake import proposed_lines
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services import (
    accepting,
    assigning,
    certifying,
    closing,
    deciding,
    extending,
    receiving,
    refusing,
    review_supplements,
    reviewing,
    service_reading,
    serving_papers,
    supplementing,
    suspending,
    visits,
)
from hall.services.accepting import Promise
from hall.services.applications import Application
from hall.services.certifying import Terms
from hall.services.deciding import Decision
from hall.services.papers_intake import Defect
from hall.services.reviewing import DenialReport, Proposal
from hall.services.serving_papers import Service
from hall.services.suspending import SuspensionRequest
from hall.services.visits import VisitOfficer, VisitRecord
from hall.store.schema.permits import PermitCase

_MINUTE = timedelta(minutes=1)
_PHONE = "13900001234"
_ON_THE_SPOT = "现场核对材料原件，符合规定条件"
_UNMET = "占用位置影响通行，不符合设置条件"
_GRANTED_DAYS = 3


class Wait(NamedTuple):
    """How long until the next act: workdays, else minutes of working time."""

    days: int = 0
    minutes: int = 30


Course = Iterator[Wait]


@dataclass(slots=True)
class Life:
    """Runs through its fate; every act is the act of the right person, at the time the clock shows."""

    house: MonthHouse
    fate: Fate
    case_id: int = 0
    spent: int = 0
    """Workdays that the bureau has used of the promise."""

    def course(self) -> Course:
        """From receipt to the end, whatever that is."""
        yield from self._intake()
        if self._state() not in {"accepted", "reviewing"}:
            return
        on_the_spot = self.fate.matter.handling == "immediate" or self._accepted_how() == "informed"
        if on_the_spot:
            yield Wait(minutes=20)
            self._decide()
        else:
            yield from self._review()
        if self._state() == "decided":
            yield from self._hand_out()

    # Intake.

    def _intake(self) -> Course:
        fate = self.fate
        application = Application(
            matter_code=fate.matter.code,
            applicant=fate.applicant,
            phone=_PHONE,
            materials=_materials(fate.matter),
            channel=fate.channel,
            subject=f"测试路{fate.number + 1}号",
        )
        if fate.intake == "refuse":
            self._refuse(application)
        elif fate.intake in {"later", "silence"}:
            yield from self._received(application)
        elif fate.intake in {"supplement", "twice", "unanswered"}:
            yield from self._supplemented(application)
        elif fate.intake == "lacking":
            yield from self._lacking(application)
        elif fate.intake == "informed":
            promise = Promise("本事项实行告知承诺", ("设施安全牢固", "期满自行拆除"))
            self._accepted(
                accepting.accept_informed(
                    self.house.store,
                    self._clerk,
                    submission=application,
                    promise=promise,
                    home=self.house.home,
                    slip=False,
                )
            )
        else:
            self._accept(application)

    def _refuse(self, application: Application) -> None:
        self.case_id = refusing.refuse(
            self.house.store,
            self._clerk,
            submission=application,
            limb="not_competent" if self.fate.number % 3 else "not_needed",
            reason="申请的场地在公路用地范围内",
            competent_authority="莲城区交通运输局",
            home=self.house.home,
            slip=False,
        ).case_id

    def _received(self, application: Application) -> Course:
        """Looked at later; or never, until the program says that silence has accepted it."""
        self.case_id = receiving.receive(
            self.house.store, self._clerk, application=application, home=self.house.home, slip=False
        ).case_id
        if self.fate.intake == "later":
            yield Wait(days=1 + self.fate.answer_days % 3)
            self._accept(self.case_id)
        while self._state() == "received":
            yield Wait(days=1)

    def _supplemented(self, application: Application) -> Course:
        store, home, matter = self.house.store, self.house.home, self.fate.matter
        first = _materials(matter, without=1)
        told = supplementing.supplement(
            store,
            self._clerk,
            submission=replace(application, materials=first),
            lines=proposed_lines(matter, first),
            home=home,
            slip=False,
        )
        self.case_id = told.case_id
        if self.fate.intake == "unanswered":
            return
        yield Wait(days=self.fate.answer_days)
        if self.fate.intake == "twice":
            supplementing.resubmit(store, self._clerk, case_id=self.case_id, materials=first, home=home, slip=False)
            lines = proposed_lines(matter, first)
            supplementing.supplement(store, self._clerk, submission=self.case_id, lines=lines, home=home, slip=False)
            yield Wait(days=self.fate.answer_days)
        everything = _materials(matter)
        supplementing.resubmit(store, self._clerk, case_id=self.case_id, materials=everything, home=home, slip=False)
        yield Wait(minutes=30)
        self._accept(self.case_id)

    def _lacking(self, application: Application) -> Course:
        matter = self.fate.matter
        secondary = next(rule.position for rule in matter.materials if rule.required and rule.secondary)
        handed = tuple(each for each in application.materials if each.position != secondary)
        submission = replace(application, materials=handed)
        self._accepted(
            accepting.accept_lacking(
                self.house.store, self._clerk, submission=submission, home=self.house.home, slip=False
            )
        )
        yield Wait(minutes=90)
        accepting.complete(self.house.store, self._clerk, case_id=self.case_id, materials=_materials(matter))

    def _accept(self, submission: Application | int) -> None:
        self._accepted(
            accepting.accept(self.house.store, self._clerk, submission=submission, home=self.house.home, slip=False)
        )

    def _accepted(self, accepted: accepting.Accepted) -> None:
        self.case_id = accepted.case_id

    # Review.

    def _review(self) -> Course:
        store, home, case_id = self.house.store, self.house.home, self.case_id
        assigning.hand_over(store, self._clerk, case_id=case_id, home=home)
        yield Wait(minutes=60)
        assigning.take(store, self._reviewer, case_id=case_id)
        if self.fate.leaves:
            yield from self._leave()
            return
        if self.fate.matter.site_visit:
            yield from self._visit()
        if self.fate.asked:
            yield from self._ask()
        if self.fate.procedure:
            yield from self._suspend()
        yield from self._take_time()
        yield from self._conclude()

    def _leave(self) -> Course:
        yield Wait(days=1)
        store, home = self.house.store, self.house.home
        if self.fate.leaves == "withdraw":
            closing.withdraw(store, self._clerk, case_id=self.case_id, reason="申请人不再需要", home=home)
        else:
            closing.terminate(store, self._head, case_id=self.case_id, limb="natural", reason="活动时间已过", home=home)

    def _visit(self) -> Course:
        store, home, clock = self.house.store, self.house.home, self.house.clock
        at = clock.now() + 60 * _MINUTE
        visit = visits.book(store, self._reviewer, case_id=self.case_id, at=at, place="申请地点")
        yield from self._working(Wait(minutes=150))
        now = clock.now()
        record = VisitRecord(
            officers=tuple(VisitOfficer(each.account_id, f"执法{each.account_id:03d}") for each in self._reviewers),
            began_at=now - 40 * _MINUTE,
            ended_at=now - 10 * _MINUTE,
            findings="现场与申请材料一致" if not self.fate.denied else _UNMET,
            passed=not self.fate.denied,
            applicant_signed=True,
        )
        visits.make(store, self._reviewer, case_id=self.case_id, visit_id=visit, record=record, home=home)

    def _ask(self) -> Course:
        store, home = self.house.store, self.house.home
        wanted = Defect("位置图", "比例不清", "补交标明尺寸的位置图")
        review_supplements.ask(store, self._reviewer, case_id=self.case_id, items=(wanted,), home=home)
        yield Wait(days=self.fate.answer_days)
        review_supplements.answer(store, self._reviewer, case_id=self.case_id, positions=(1,))

    def _suspend(self) -> Course:
        """Reviewed by experts within three days, if they keep to it; or a tender, which takes its time."""
        store, home, procedure = self.house.store, self.house.home, self.fate.procedure
        limited = procedure == "expert_review"
        request = SuspensionRequest(
            procedure, Limit(_GRANTED_DAYS, "workday") if limited else None, "专家组", "方案需要论证"
        )
        suspending.suspend(store, self._reviewer, case_id=self.case_id, request=request, home=home)
        yield Wait(days=self.fate.procedure_days)
        suspending.resume(
            store, self._reviewer, case_id=self.case_id, procedure=procedure, result="论证通过", home=home
        )

    def _take_time(self) -> Course:
        """As long as the officer lets it lie: what is left of the promise but for the haste."""
        limit = self.fate.matter.promised or Limit(20, "workday")
        days = limit.days - 1 - self.fate.haste - self.spent
        if self.fate.extended and days > 0:
            days -= 1
            yield from self._working(Wait(days=max(days, 0)))
            if self.spent < limit.days:
                added = {"statutory": 5, **({"promised": 3} if self.fate.matter.extension_days >= 3 else {})}
                extending.extend(
                    self.house.store,
                    self._approver,
                    case_id=self.case_id,
                    days=added,  # type: ignore[arg-type]  # two of its kinds
                    reason="情况复杂",
                    home=self.house.home,
                )
            days = 1
        if days > 0:
            yield from self._working(Wait(days=days))

    def _conclude(self) -> Course:
        store, case_id = self.house.store, self.case_id
        self._propose()
        yield Wait(minutes=60)
        if self.fate.sent_back:
            reviewing.examine(store, self._head, case_id=case_id, agree=False, text="请补充现场情况")
            yield Wait(minutes=90)
            self._propose()
            yield Wait(minutes=30)
        reviewing.examine(store, self._head, case_id=case_id, agree=True, text="同意")
        yield Wait(minutes=45)
        if self.fate.matter.legal_review:
            lawyer, home = self._of("legal"), self.house.home
            reviewing.review_by_law(store, lawyer, case_id=case_id, agree=True, text="程序合法", home=home)
            yield Wait(minutes=45)
        if self.fate.matter.refusal_report and self.fate.denied:
            report = DenialReport("莲城市城市管理局", _UNMET, _UNMET, "城市道路管理条例")
            reviewing.report_denial(store, self._head, case_id=case_id, report=report, home=self.house.home)
        self._decide()

    def _propose(self) -> None:
        verdict, reasons = ("denied", _UNMET) if self.fate.denied else ("granted", "符合规定条件")
        proposal = Proposal(verdict, reasons)  # type: ignore[arg-type]  # one of them
        reviewing.propose(self.house.store, self._reviewer, case_id=self.case_id, proposal=proposal)

    # Decision and after.

    def _decide(self) -> None:
        denied = self.fate.denied
        decision = Decision(
            "denied" if denied else "granted",
            "不予许可" if denied else "同意",
            facts=_UNMET if denied else "",
            unmet=_UNMET if denied else "",
            basis="城市道路管理条例第三十一条" if denied else "",
            reasons=_UNMET if denied else "",
            scope="" if denied else _ON_THE_SPOT,
        )
        deciding.decide(self.house.store, self._approver, case_id=self.case_id, decision=decision, home=self.house.home)

    def _hand_out(self) -> Course:
        """Certificate, service, end."""
        store, home, case_id, matter = self.house.store, self.house.home, self.case_id, self.fate.matter
        yield Wait(minutes=40)
        if matter.certificate_name and not self.fate.denied:
            until = business_date(self.house.clock.now()) + timedelta(days=90)
            terms = Terms(scope="申请地点", valid_to=None if matter.validity_months else until)
            certifying.certify(store, self._clerk, case_id=case_id, terms=terms, home=home)
        if self.fate.served_days:
            yield Wait(days=self.fate.served_days)
        today = business_date(self.house.clock.now())
        papers = service_reading.papers_of(store, self._clerk, case_id=case_id)
        document_ids = tuple(paper.document_id for paper in papers if not paper.served)
        service = Service(way="direct", sent_on=today, served_on=today, recipient="申请人本人", capacity="本人")
        serving_papers.serve(store, self._clerk, case_id=case_id, document_ids=document_ids, service=service, home=home)
        closing.finish(store, self._clerk, case_id=case_id)

    # Who, and how it stands.

    def _working(self, wait: Wait) -> Course:
        """Time that counts against the promise."""
        before = business_date(self.house.clock.now())
        yield wait
        after = business_date(self.house.clock.now())
        self.spent += self.house.calendar.workdays_between(before, after)

    def _state(self) -> str:
        with self.house.store.read() as session:
            return session.scalars(select(PermitCase.state).where(PermitCase.id == self.case_id)).one()

    def _accepted_how(self) -> str:
        with self.house.store.read() as session:
            return session.scalars(select(PermitCase.accepted_how).where(PermitCase.id == self.case_id)).one()

    def _of(self, role: str, department: str = "") -> Actor:
        people = self.house.people(role, department)
        return people[self.fate.number % len(people)]

    @property
    def _clerk(self) -> Actor:
        return self._of("clerk")

    @property
    def _reviewer(self) -> Actor:
        return self._of("reviewer", self.fate.matter.department)

    @property
    def _reviewers(self) -> tuple[Actor, ...]:
        return self.house.people("reviewer", self.fate.matter.department)

    @property
    def _head(self) -> Actor:
        return self._of("head", self.fate.matter.department)

    @property
    def _approver(self) -> Actor:
        return self._of("approver")


def _materials(matter: Matter, *, without: int = 0) -> tuple[HandedIn, ...]:
    """Every required material, but for the last so many."""
    required = [HandedIn(rule.position, rule.originals, rule.copies) for rule in matter.materials if rule.required]
    return tuple(required[: len(required) - without])
