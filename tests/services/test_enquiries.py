"""Enquiries: who is asked first stays answerable, hands over or answers, by a day that the hall lays down."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hall.clock import FixedClock
from hall.errors import Missing
from hall.rules.authority import NotAuthorised
from hall.rules.identity import BadPhone
from hall.rules.people import Actor
from hall.services.applications import Application
from hall.services.enquiries import AnsweredAlready, NobodyToAsk, NoSuchEnquiry, NotYourEnquiry
from hall.services.front import Front
from hall.services.persons import PersonDetails, ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded
from hall.services.requests import NewRequest
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.permits import Enquiry
from hall.store.schema.trail import AuditRow

QUESTION = "门前摆两张桌子要不要办许可"


def ask(front: Front, question: str = QUESTION, *, matter_code: str = "", phone: str = "", answer: str = "") -> int:
    """A question at the counter; gives the key of the newest that waits, 0 where nothing waits."""
    person = PersonDetails("resident", "李试芳", phone=phone) if phone else None
    new = NewRequest(
        kind="consultation",
        category="other",
        subject="问许可",
        content=question,
        person=person,
        matter_code=matter_code,
        answer=answer,
    )
    front.requests.register(new)
    return max((each.enquiry_id for each in front.enquiries.open()), default=0)


@pytest.fixture
def staff(store: Store, actor: Actor) -> None:
    """The two clerks of the fronts, and one who has left."""
    with store.work("x", actor) as work:
        for account_id, name, disabled in ((7, "张三明", False), (17, "赵六和", False), (18, "钱七", True)):
            account = Account(
                id=account_id,
                hall_id=store.hall_id,
                login=f"clerk{account_id}",
                display_name=name,
                password_hash="-",
                disabled=disabled,
                created_at=work.now,
                password_changed_at=work.now,
            )
            work.session.add(account)
        work.audit("x:1")


@pytest.mark.both
@pytest.mark.usefixtures("staff")
def test_an_enquiry_waits_with_who_was_asked_first_until_the_next_workday(front: Front, clock: FixedClock) -> None:
    ask(front, matter_code="XK05", phone="13900001234")
    (waiting,) = front.enquiries.open()
    assert (waiting.question, waiting.matter_name) == (QUESTION, "临时占用城市道路许可")
    assert (waiting.first_name, waiting.holder_name) == ("张三明", "张三明")
    assert (waiting.caller_masked, waiting.phone_masked) == ("李*芳", "139****1234")
    assert (waiting.due_on, waiting.late) == (date(2026, 11, 24), False)
    clock.instant += timedelta(days=2)
    assert front.enquiries.open()[0].late


@pytest.mark.both
def test_what_is_answered_at_once_waits_for_nobody(front: Front, store: Store) -> None:
    ask(front, answer="占用盲道以外的道路要办临时占道许可")
    assert front.enquiries.open() == ()
    with store.read() as session:
        kept = session.scalars(select(Enquiry)).one()
    assert (kept.answered_by, kept.channel) == (7, "counter")


@pytest.mark.usefixtures("staff")
def test_it_is_handed_over_and_answered_by_who_has_it(
    front: Front, other_front: Front, make_application: Callable[..., Application]
) -> None:
    enquiry = ask(front)
    assert front.enquiries.colleagues() == ((17, "赵六和"),)
    front.enquiries.hand_over(enquiry, 17)
    assert [each.holder_name for each in front.enquiries.open()] == ["赵六和"]
    with pytest.raises(NotYourEnquiry, match="由赵六和答复"):
        front.enquiries.answer(enquiry, "要办")
    case = front.intake.accept(make_application("XK05"))
    with pytest.raises(Missing, match="没有办件 99"):
        other_front.enquiries.answer(enquiry, "要办", case_id=99)
    other_front.enquiries.answer(enquiry, "要办，已当场受理", case_id=case.case_id)
    assert front.enquiries.open() == ()
    with pytest.raises(AnsweredAlready):
        other_front.enquiries.answer(enquiry, "要办")
    with pytest.raises(AnsweredAlready):
        other_front.enquiries.hand_over(enquiry, 7)


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("nobody", [7, 18, 99])
def test_it_is_not_handed_to_oneself_nor_to_who_has_left(front: Front, nobody: int) -> None:
    enquiry = ask(front)
    with pytest.raises(NobodyToAsk):
        front.enquiries.hand_over(enquiry, nobody)


def test_an_enquiry_nobody_has_is_missing(front: Front) -> None:
    with pytest.raises(NoSuchEnquiry):
        front.enquiries.answer(99, "要办")


def test_a_question_is_needed_and_holds_no_numbers(front: Front, store: Store) -> None:
    with pytest.raises(ReasonNeeded):
        ask(front, " ")
    with pytest.raises(ReasonHoldsNumber):
        ask(front, "请回电13900001234")
    with pytest.raises(BadPhone):
        ask(front, phone="12")
    ask(front, phone="13900001234")
    with store.read() as session:
        trail = "".join(session.scalars(select(AuditRow.detail)))
    assert "李试芳" not in trail
    assert "13900001234" not in trail


def test_a_day_without_schedule_stays_open(front: Front, clock: FixedClock) -> None:
    clock.instant = clock.instant.replace(month=12, day=31)
    ask(front)
    (waiting,) = front.enquiries.open()
    assert (waiting.due_on, waiting.late) == (None, False)


def test_guides_take_enquiries_reviewers_do_not(
    front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor]
) -> None:
    ask(front_of(store, actor_with("guide")))
    with pytest.raises(NotAuthorised):
        ask(front_of(store, actor_with("reviewer")))
