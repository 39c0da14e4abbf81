"""Receipt of an application (收件): the case begins, the clock of acceptance starts, the applicant gets a receipt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Limit, Matter
from hall.rules.clocks import ClockStart, start_clock, start_clocks
from hall.rules.clocks_changes import deemed_accepted_on
from hall.rules.intake import IntakeRule, check_applicant, check_purpose, faults_of_acceptance, lacking_limit
from hall.rules.lights import warning_days_of
from hall.rules.materials import HandedIn, missing_materials
from hall.rules.people import Actor
from hall.services import clocks, issuing
from hall.services.applications import (
    Application,
    applicant_kind,
    authority_text,
    check_bars,
    check_certificate,
    check_ticket,
    record_parties,
)
from hall.services.calendar import shipped_limits
from hall.services.case_materials import handed_in, put_materials
from hall.services.case_records import Detail, Hand, NoSuchCase, add_event, case_locked, hand_to
from hall.services.catalogue import MatterInForce, matter_in_force, version_numbered
from hall.services.duplicates import Duplicate, DuplicateSuspected, like_cases
from hall.services.hands import settle
from hall.services.intake_papers import issue_receipt
from hall.services.intake_rule import intake_rules
from hall.services.joint_cases import check_parts
from hall.services.light_rule import warning_rules
from hall.services.reasons import reason_for, short_text
from hall.services.schedules import FAR, calendar_in_force
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.documents import Document
from hall.store.schema.permits import CaseEvent, PermitCase


@dataclass(frozen=True, slots=True)
class Intake:
    """What may be done with an application today: what is missing, both clocks, what stands against each way.

    `handed` are the materials it was worked out for. `faults` has a reason for every way to accept, empty where it is
    open; `supply_by` is by when what lacks would have to follow, None where 容缺受理 is not open or the schedule is
    lacking.
    """

    matter: Matter
    handed: tuple[HandedIn, ...]
    missing: tuple[str, ...]
    clocks: tuple[ClockStart, ...]
    faults: Mapping[str, str]
    supply_by: date | None
    check_by: date
    """When a promise of the applicant (告知承诺) is proposed to be checked."""


@dataclass(frozen=True, slots=True)
class Received:
    """A received case: its number, and by when the hall must say what is missing (None: pending)."""

    case_id: int
    receipt_number: str
    receipt_document: int
    check_due: date | None


@dataclass(frozen=True, slots=True)
class AtHand:
    """A case in state 收件 that something is decided about, with what it was received by."""

    case: PermitCase
    matter: MatterInForce
    receipt_document: int
    receipt_payload: str
    check_due: date | None
    rule: IntakeRule
    parts: tuple[str, ...] = ()


Submission = Application | int
"""An application that is being handed in, or the key of a case that was received before."""


class PastTelling(Refused):
    """The time for saying what is missing is over: silence has accepted the application (行政许可法 32(1)(4))."""

    def __init__(self, received_on: date) -> None:
        super().__init__(
            f"收到材料（{received_on.isoformat()}）已超过五个工作日，没有一次性告知补正，自收到之日起即为受理"
            "（行政许可法第三十二条第一款第四项）。系统会按视为受理登记，不能再告知补正或不予受理。"
        )


class PartOfJointCase(Refused):
    """A part has no intake of its own."""

    def __init__(self) -> None:
        super().__init__("这是联办的分办件，收件和受理在主件上办理，请打开主件。")


def look(store: Store, actor: Actor, *, matter_code: str, materials: tuple[HandedIn, ...], home: Path) -> Intake:
    """Look before receiving: nothing is written."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        matter = matter_in_force(session, store.hall_id, matter_code, today).matter
        calendar = calendar_in_force(session, store.hall_id)
    return _intake(matter, materials, today, calendar=calendar, rule=intake_rules(home).in_force(today))


def look_at_case(
    store: Store, actor: Actor, *, case_id: int, materials: tuple[HandedIn, ...] | None = None, home: Path
) -> Intake:
    """The same of a case that was received, by its own version of the matter; by default with the materials it has."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        case = session.get(PermitCase, case_id)
        if case is None or case.hall_id != store.hall_id:
            raise NoSuchCase(case_id)
        matter = version_numbered(session, case.matter_version_id).matter
        handed = handed_in(session, case_id) if materials is None else materials
        calendar = calendar_in_force(session, store.hall_id)
    return _intake(matter, handed, today, calendar=calendar, rule=intake_rules(home).in_force(today))


def _intake(
    matter: Matter, materials: tuple[HandedIn, ...], today: date, *, calendar: WorkCalendar, rule: IntakeRule
) -> Intake:
    faults = faults_of_acceptance(matter, materials, rule)
    supply_by = None
    if not faults["accept_lacking"]:
        supply_by = start_clock("supplement", lacking_limit(matter, rule), today, calendar=calendar).due_on
    return Intake(
        matter,
        materials,
        missing_materials(matter.materials, materials),
        start_clocks(matter, today, calendar=calendar),
        faults,
        supply_by,
        today + timedelta(days=rule.informed_check_days),
    )


@retried
def receive(store: Store, actor: Actor, *, application: Application, home: Path, slip: bool = True) -> Received:
    """Take the application in without deciding about it: receipt, and five workdays to say what is missing.

    `slip`: whether this station prints slips; where it does not, the receipt comes out as a page. Raises WrongKind,
    Barred, DuplicateSuspected, ForeignMaterial, and whatever the particulars are refused for.
    """
    with store.work("case.receive", actor) as work:
        at_hand = take_up(work, application, home=home, slip=slip)
        settle(work, at_hand.case, receipt=at_hand.case.receipt_number, matter=application.matter_code)
        return Received(at_hand.case.id, at_hand.case.receipt_number, at_hand.receipt_document, at_hand.check_due)


def take_up(
    work: Work,
    submission: Submission,
    *,
    home: Path,
    materials: tuple[HandedIn, ...] | None = None,
    slip: bool = True,
    accepting: bool = False,
    barred: bool = False,
) -> AtHand:
    """Within the caller's work: the received case, or the case that the application becomes.

    `materials`: those of a received case as they are now. `accepting`: an application is accepted in the same work, so
    its receipt tells the limits. `barred`: it is taken in only to be refused, so that a bar is no obstacle.
    Raises PastTelling where silence has accepted the case.
    """
    if isinstance(submission, int):
        return _take_again(work, submission, home=home, materials=materials, barred=barred)
    return _take_in(work, submission, home=home, slip=slip, accepting=accepting, barred=barred)


def _take_again(
    work: Work, case_id: int, *, home: Path, materials: tuple[HandedIn, ...] | None, barred: bool
) -> AtHand:
    """A case that was received before, with its materials as they are now."""
    at_hand = received_case(work, case_id, home=home)
    _check_received(work, at_hand.case, barred=barred)
    if materials is not None:
        put_materials(work, at_hand.case, at_hand.matter.matter, materials)
    return at_hand


def _take_in(work: Work, application: Application, *, home: Path, slip: bool, accepting: bool, barred: bool) -> AtHand:
    """An application that becomes a case: what stands against it, its first clock, its receipt, its first hand."""
    require(work.actor, "case.receive")
    work.share("calendar")  # an import must not miss this case's clocks, nor this case the import
    today = business_date(work.now)
    rule = intake_rules(home).in_force(today)
    matter = matter_in_force(work.session, work.hall_id, application.matter_code, today)
    check_applicant(matter.matter, applicant_kind(application.applicant))
    check_purpose(application.purpose, has_certificate=application.certificate_id is not None)
    check_ticket(work, application.ticket_id)
    people = record_parties(work, application)
    if not barred:
        check_bars(work.session, person_id=people[0], matter_id=matter.matter_id, day=today)
    check_parts(work, matter, application.joint_parts)
    doubled = _check_duplicates(work, application, matter, people[0], rule)
    case = _open_case(work, application, matter, people, home)
    put_materials(work, case, matter.matter, application.materials)
    check = start_acceptance_clock(work, case)
    calendar = clocks.calendar(work)
    receipt = issue_receipt(
        work,
        case,
        matter.matter,
        number=case.receipt_number,
        check_due=check.due_on,
        home=home,
        slip=slip,
        accepted_on=today if accepting else None,
        starts=start_clocks(matter.matter, today, calendar=calendar) if accepting else (),
    )
    detail = _receipt_detail(application, matter, doubled)
    add_event(work, case, "receive", detail=detail, document_id=receipt.document_id)
    hand_to(work, case, Hand(case.department_id, work.actor.account_id))
    return AtHand(case, matter, receipt.document_id, receipt.payload, check.due_on, rule, application.joint_parts)


def start_acceptance_clock(work: Work, case: PermitCase) -> ClockStart:
    """Five workdays from today to say what is missing (行政许可法 32(1)(4)), anew for every submission."""
    today = business_date(work.now)
    return clocks.start(work, case, "acceptance", limit=acceptance_limit(today), started_on=today)


def acceptance_limit(day: date) -> Limit:
    """How long the hall has on a day to say what is missing."""
    length = shipped_limits().limit("permit.supplement-notice", day).length
    assert length is not None, "a period of law has a length"
    return Limit(length, "workday")


def received_case(work: Work, case_id: int, *, home: Path) -> AtHand:
    """Within the caller's work: a case that was received before, locked."""
    case = case_locked(work, case_id)
    matter = version_numbered(work.session, case.matter_version_id)
    receipt = work.session.scalars(
        select(Document).where(Document.case_id == case.id, Document.kind == "receipt").order_by(Document.id).limit(1)
    ).one_or_none()
    if receipt is None:
        raise PartOfJointCase
    rule = intake_rules(home).in_force(business_date(work.now))
    return AtHand(case, matter, receipt.id, receipt.code_payload, None, rule, _told_parts(work, case))


def deemed_on(work: Work, case: PermitCase) -> date | None:
    """The day as of which silence has accepted the case; None while there is time, or where something was said."""
    today = business_date(work.now)
    found = (
        deemed_accepted_on(ledger, today, calendar=clocks.calendar(work))
        for _, ledger in clocks.clocks_of(work.session, case.id)
        if ledger.kind == "acceptance"
    )
    return next((day for day in found if day is not None), None)


def _check_received(work: Work, case: PermitCase, *, barred: bool) -> None:
    if (day := deemed_on(work, case)) is not None:
        raise PastTelling(day)
    if not barred:
        today = business_date(work.now)
        check_bars(work.session, person_id=case.applicant_id, matter_id=case.matter_id, day=today)


def _told_parts(work: Work, case: PermitCase) -> tuple[str, ...]:
    """The matters that take part in a joint case, as the receipt wrote them down."""
    detail = work.session.scalars(
        select(CaseEvent.detail).where(CaseEvent.case_id == case.id, CaseEvent.kind == "receive")
    ).one()
    return tuple(json.loads(detail).get("parts", ()))


def _check_duplicates(
    work: Work, application: Application, matter: MatterInForce, applicant_id: int, rule: IntakeRule
) -> tuple[Duplicate, ...]:
    """The like cases that the clerk has confirmed to be others; raises DuplicateSuspected where nobody has."""
    found = like_cases(
        work.session,
        person_id=applicant_id,
        matter_id=matter.matter_id,
        purpose=application.purpose,
        subject=application.subject,
        rule=rule,
        today=business_date(work.now),
    )
    if found and not application.duplicate_reason.strip():
        raise DuplicateSuspected(found)
    return found


def _open_case(
    work: Work, application: Application, matter: MatterInForce, people: tuple[int, int | None], home: Path
) -> PermitCase:
    applicant_id, agent_id = people
    check_certificate(work, application.certificate_id, matter_id=matter.matter_id, holder_id=applicant_id)
    rules = warning_rules(home).in_force(business_date(work.now))
    case = PermitCase(
        hall_id=work.hall_id,
        receipt_number=issuing.draw_number(work, kind="receipt", home=home),
        matter_version_id=matter.version_id,
        matter_id=matter.matter_id,
        applicant_id=applicant_id,
        agent_id=agent_id,
        agent_authority=authority_text(application.agent),
        ticket_id=application.ticket_id,
        department_id=matter.department_id,
        account_id=work.actor.account_id,
        certificate_id=application.certificate_id,
        channel=application.channel,
        purpose=application.purpose,
        handling="joint" if application.joint_parts else matter.matter.handling,
        subject=short_text(application.subject),
        state="received",
        received_at=work.now,
        urgency=FAR,
        warning_days=warning_days_of(
            rules, matter.matter.promised or matter.matter.statutory, own=matter.matter.warning_days
        ),
    )
    work.session.add(case)
    work.session.flush()
    return case


def _receipt_detail(application: Application, matter: MatterInForce, doubled: tuple[Duplicate, ...]) -> Detail:
    """Keys, codes and figures of the receipt; why it is no duplicate, in the clerk's words without personal data."""
    detail: dict[str, str | int | list[str] | list[int]] = {
        "matter": matter.matter.code,
        "version": matter.version,
        "channel": application.channel,
        "purpose": application.purpose,
        "applicant": applicant_kind(application.applicant),
    }
    if doubled:
        detail["duplicates"] = [each.case_id for each in doubled]
        detail["duplicate_reason"] = reason_for("再次收件", application.duplicate_reason)
    if application.joint_parts:
        detail["parts"] = list(application.joint_parts)
    return detail
