"""Requests come in (诉求登记): a number, the days, the acceptance paper; the same matter is joined, not done twice."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.request_clocks import request_dues
from hall.rules.requests import OPEN, ComplainedOf, Matter, RequestChannel, RequestKind, RequestRule, RequestState
from hall.services import issuing, persons, request_papers
from hall.services.applications import check_ticket
from hall.services.calendar import shipped_limits
from hall.services.clocks import calendar
from hall.services.enquiries import record_enquiry
from hall.services.persons import PersonDetails
from hall.services.reasons import TextTooLong, reason_for, short_text, statement_for
from hall.services.request_matters import SameMatterOpen, persons_meant, same_matters
from hall.services.request_records import (
    SUBJECT,
    NoSuchRequest,
    check,
    lock_with_leads,
    move,
    request_locked,
    settle,
)
from hall.services.request_rule import request_rules
from hall.services.subject_files import NewSubjectFile, attach
from hall.services.subject_records import add_event
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.people import Account
from hall.store.schema.requests import Request

LONGEST_CODE = 40
LONGEST_OUTSIDE_NUMBER = 60
OUTSIDE_LOCK = "request/import"
"""Who enters numbers of other systems keeps it, so that none is entered twice."""


class UnknownCategory(Refused):
    """A category that the hall does not have today."""

    def __init__(self, rule: RequestRule) -> None:
        super().__init__(f"没有选择类别，或者类别已经停用。可用的：{'、'.join(rule.categories.values())}。")


class NothingToJoin(Refused):
    """The other request is over, is a consultation, or is this one."""

    def __init__(self) -> None:
        super().__init__("要并入的诉求已经办结、是咨询，或者就是这一件。请另选一件，或者单独登记。")


class AnsweredOnlyIfAsked(Refused):
    """An answer at once, or a colleague who answers, belongs to a consultation."""

    def __init__(self) -> None:
        super().__init__("只有咨询可以当场答复或者转给同事答复；其他诉求登记后派单办理。")


class KnownOutsideNumber(Refused):
    """Another system's request is registered once."""

    def __init__(self, outside_number: str, number: str) -> None:
        super().__init__(f"外部编号 {outside_number} 已经登记为 {number}，不重复登记。")


class NobodyComplainedOf(Refused):
    """The account is not one of this hall."""

    def __init__(self) -> None:
        super().__init__("被反映的人员不在本大厅，请重新选择，或者在内容里写明。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A request as it is taken down. Without a `person` it is anonymous.

    `answer` or `hand_to` only for a consultation: answered at once, or by that colleague; else whoever enters it.
    `join_to` is the request whose matter it repeats, `apart_why` says why it is another one.
    """

    kind: RequestKind
    category: str
    subject: str
    content: str
    channel: RequestChannel = "counter"
    person: Card | PersonDetails | None = field(default=None, repr=False)
    phone: str = field(default="", repr=False)
    """With a card; typed details have their own."""
    place: str = ""
    area: str = ""
    grid_code: str = ""
    ticket_id: int | None = None
    about_account_id: int | None = None
    petition: bool | None = None
    """None: as the hall's rule says for the kind."""
    outside_number: str = ""
    answer: str = ""
    hand_to: int | None = None
    matter_code: str = ""
    """Of a consultation: the matter of the catalogue that it asks about."""
    join_to: int | None = None
    apart_why: str = ""
    files: tuple[NewSubjectFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """What a registered request got. `document_id`: its 受理单, None for a consultation."""

    request_id: int
    number: str
    state: RequestState
    told_by: date | None
    finish_by: date | None
    promised_by: date | None
    pending: str
    document_id: int | None


@retried
def register(store: Store, actor: Actor, *, new: NewRequest, home: Path) -> Registered:
    """登记诉求: number, days, 受理单; who registers is asked first and answers for it (首问责任).

    What came over the counter is told by the 受理单 itself. Raises SameMatterOpen until it is joined or set apart,
    UnknownCategory, NothingToJoin, KnownOutsideNumber, ComplainedOf, ReasonNeeded, ReasonHoldsNumber, BadPhone.
    """
    require(actor, "request.enter")
    with store.work("request.register", actor) as work:
        check_ticket(work, new.ticket_id)
        request = enter(work, new, home=home)
        settle(work, request, kind=new.kind, channel=new.channel, category=new.category, state=request.state)
        return registered(request)


def enter(work: Work, new: NewRequest, *, home: Path, received_at: datetime | None = None) -> Request:
    """Within the caller's work, which settles it: the request with event, files and paper; see `register`.

    `received_at`: when another system handed it over, from where its days run; such a one is never held up by others
    of its matter (the dispatcher joins it) and gets no paper.
    """
    rule = request_rules(home).in_force(business_date(work.now))
    _check_kind(new, rule)
    joined = () if new.join_to is None else (new.join_to,)
    lock_with_leads(work, *joined, beside=_beside(new))
    lead_id = _lead(work, new.join_to)
    if received_at is None and lead_id is None and not new.apart_why.strip():
        _refuse_same(work, new, rule)
    request = _record(work, new, rule, lead_id=lead_id, at=received_at or work.now, home=home)
    work.session.flush()
    for file in new.files:
        attach(work, SUBJECT, request.id, file=file, home=home)
    if new.kind == "consultation":
        _ask(work, request, new, home=home)
    elif received_at is None:
        _hand_over(work, request, tuple(file.title for file in new.files), home=home)
    detail = {"kind": new.kind, "same_as": lead_id, "apart": bool(new.apart_why.strip())}
    note = short_text(new.apart_why)
    add_event(
        work,
        SUBJECT,
        request.id,
        "register",
        state=request.state,
        note=note,
        detail=detail,
        document_id=request.document_id,
    )
    return request


def registered(request: Request) -> Registered:
    """What the screen tells of it."""
    return Registered(
        request.id,
        request.number,
        cast(RequestState, request.state),
        request.told_by,
        request.finish_by,
        request.promised_by,
        request.pending,
        request.document_id,
    )


@retried
def join(store: Store, actor: Actor, *, request_id: int, to: int) -> None:
    """并案 of a request that waits for dispatch: it is answered with the other one and never dispatched.

    Raises NothingToJoin, CannotOnRequest.
    """
    require(actor, "request.dispatch")
    with store.work("request.join", actor) as work:
        request = request_locked(work, request_id, to)
        facts = check(work, request, "join")
        lead_id = _lead(work, to)
        if lead_id is None or lead_id == request_id:
            raise NothingToJoin
        request.same_as_id = lead_id
        for other in work.session.scalars(select(Request).where(Request.same_as_id == request_id)):
            other.same_as_id = lead_id
        move(work, request, "join", facts=facts, detail={"same_as": lead_id})
        work.changed(SUBJECT, str(lead_id))
        settle(work, request, same_as=lead_id)


def category_lock(category: str) -> str:
    """Two of the same category are entered one after the other, so that each is compared with those before it."""
    return f"request-category/{category}"


def _beside(new: NewRequest) -> tuple[str, ...]:
    """What an entry keeps besides requests; a number of another system is not entered beside a file that has it."""
    return (category_lock(new.category), *((OUTSIDE_LOCK,) if new.outside_number.strip() else ()))


def _check_kind(new: NewRequest, rule: RequestRule) -> None:
    if new.category not in rule.categories:
        raise UnknownCategory(rule)
    if new.kind != "consultation" and (new.answer.strip() or new.hand_to is not None):
        raise AnsweredOnlyIfAsked


def _lead(work: Work, request_id: int | None) -> int | None:
    """The request that leads the matter of this one; raises NothingToJoin for one that is over."""
    if request_id is None:
        return None
    other = work.session.get(Request, request_id, populate_existing=True)
    if other is None or other.hall_id != work.hall_id:
        raise NoSuchRequest
    if other.state not in OPEN or other.state == "asked":
        raise NothingToJoin
    return other.same_as_id or other.id


def _refuse_same(work: Work, new: NewRequest, rule: RequestRule) -> None:
    if new.kind == "consultation":
        return
    meant = persons_meant(work.session, work.key_ring, work.hall_id, new.person)
    matter = Matter(new.category, meant, new.place, new.grid_code)
    found = same_matters(
        work.session,
        work.hall_id,
        matter,
        today=business_date(work.now),
        days=rule.same_days,
        reader_id=work.actor.account_id,
    )
    if can_join := [each for each in found if each.can_join]:
        raise SameMatterOpen(can_join)


def _record(
    work: Work, new: NewRequest, rule: RequestRule, *, lead_id: int | None, at: datetime, home: Path
) -> Request:
    received_on = business_date(at)
    asked = new.kind == "consultation"
    petition = not asked and (new.kind in rule.petition_kinds if new.petition is None else new.petition)
    person_id = _person(work, new)
    dues = request_dues(
        calendar(work), shipped_limits(), received_on=received_on, petition=petition, answerable=person_id is not None
    )
    request = Request(
        hall_id=work.hall_id,
        number=issuing.draw_number(work, kind="complaint_acceptance", home=home),
        kind=new.kind,
        petition=petition,
        channel=new.channel,
        outside_number=_outside_number(work, new),
        anonymous=person_id is None,
        person_id=person_id,
        ticket_id=new.ticket_id if person_id is not None else None,  # a ticket may know whose it is
        category=new.category,
        subject=reason_for("登记诉求的标题", new.subject),
        content=statement_for("登记诉求的内容", new.content),
        place=short_text(new.place),
        area=_code(short_text(new.area)),
        grid_code=_code(new.grid_code),
        about_account_id=_about(work, new.about_account_id),
        received_at=at,
        received_on=received_on,
        first_account_id=work.actor.account_id,
        state="joined" if lead_id is not None else "registered",
        told_by=dues.told_by,
        finish_by=dues.finish_by,
        promised_by=dues.promised_by,
        pending=dues.pending,
        same_as_id=lead_id,
    )
    work.session.add(request)
    return request


def _person(work: Work, new: NewRequest) -> int | None:
    if isinstance(new.person, Card):
        return persons.record_card(work, new.person, phone=new.phone)
    return persons.record_details(work, new.person) if new.person is not None else None


def _outside_number(work: Work, new: NewRequest) -> str:
    number = new.outside_number.strip()
    if len(number) > LONGEST_OUTSIDE_NUMBER:
        raise TextTooLong(LONGEST_OUTSIDE_NUMBER)
    if number:
        query = select(Request.number).where(
            Request.hall_id == work.hall_id, Request.channel == new.channel, Request.outside_number == number
        )
        if (known := work.session.scalar(query)) is not None:
            raise KnownOutsideNumber(number, known)
    return number


def _code(text: str) -> str:
    code = " ".join(text.split())
    if len(code) > LONGEST_CODE:
        raise TextTooLong(LONGEST_CODE)
    return code


def _about(work: Work, account_id: int | None) -> int | None:
    if account_id is None:
        return None
    account = work.session.get(Account, account_id)
    if account is None or account.hall_id not in {None, work.hall_id}:
        raise NobodyComplainedOf
    if account_id == work.actor.account_id:
        raise ComplainedOf
    return account_id


def _ask(work: Work, request: Request, new: NewRequest, *, home: Path) -> None:
    """A consultation is an enquiry with a number: answered at once, or by its day."""
    told = statement_for("答复", new.answer) if new.answer.strip() else ""
    enquiry = record_enquiry(
        work,
        asked=request.content,
        told=told,
        person_id=request.person_id,
        channel=new.channel,
        hand_to=new.hand_to if not told else None,
        matter_code=new.matter_code,
        home=home,
    )
    request.enquiry_id, request.state = enquiry.id, "closed" if told else "asked"
    request.told_by = request.finish_by = None
    request.promised_by = enquiry.due_on
    request.pending = "" if enquiry.due_on is not None else request.pending
    if told:
        request.reply, request.way = told, "service"
        request.replied_on = request.closed_on = business_date(work.now)


def _hand_over(work: Work, request: Request, evidence: tuple[str, ...], *, home: Path) -> None:
    """The 受理单; over the counter it is handed over at once, which tells whoever has to be told."""
    issued = request_papers.issue_acceptance(work, request, evidence=evidence, home=home)
    request.document_id = issued.document_id
    if request.channel == "counter" and request.told_by is not None:
        request.told_on = business_date(work.now)
