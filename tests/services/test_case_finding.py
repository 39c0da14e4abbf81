"""Cases are found by whatever is at hand, and only in their own hall."""

from collections.abc import Callable

import pytest

from hall.rules.cards import Card, TypedCard
from hall.rules.identity import BadNumber, id_check_digit
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.case_finding import NothingFound, NotUnderstood
from hall.services.front import Front


@pytest.fixture
def accepted(front: Front, make_application: Callable[..., Application]) -> Accepted:
    front.taking.issue("XK05", channel="staff")
    ticket = front.calling.call_next(1)
    return front.intake.accept(make_application(ticket_id=ticket.ticket_id))


@pytest.mark.parametrize(
    "text", ["1", " 0001 ", "１", "b001", "Ｂ００１", "莲城管许收〔2026〕1号", "莲城管许受〔2026〕 1 号"]
)
def test_a_case_is_found_by_each_of_its_numbers(front: Front, accepted: Accepted, text: str) -> None:
    assert [case.case_id for case in front.find_cases(text)] == [accepted.case_id]


def test_a_person_is_found_by_id_number(
    front: Front, make_application: Callable[..., Application], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    ids = [front.intake.accept(make_application(card=card)).case_id for _ in range(2)]
    front.intake.accept(make_application())
    assert [case.case_id for case in front.find_cases(card.id_number.lower())] == ids[::-1]


def test_nothing_found_never_repeats_an_id_number(front: Front, make_card: Callable[..., Card]) -> None:
    number = make_card().id_number
    with pytest.raises(NothingFound) as refusal:
        front.find_cases(number)
    assert number not in refusal.value.sentence


def test_a_mistyped_id_number_says_so(front: Front) -> None:
    with pytest.raises(BadNumber, match="校验"):
        front.find_cases("999999199003070011")


@pytest.mark.parametrize("text", ["", "什么", "1234567", "A1"])
def test_what_cannot_be_understood_says_what_could(front: Front, text: str) -> None:
    with pytest.raises(NotUnderstood, match="号票号"):
        front.find_cases(text)


def test_last_years_serial_is_not_this_years(front: Front, accepted: Accepted) -> None:
    with pytest.raises(NothingFound, match="2 号"):
        front.find_cases("2")


def test_a_typed_applicant_is_checked_and_kept_like_one_with_a_card(
    front: Front, make_application: Callable[..., Application]
) -> None:
    digits = "99999919880506022"
    number = digits + id_check_digit(digits)
    front.intake.accept(make_application(card=TypedCard("李试芳", number, "莲城区和平路2号")))
    (case,) = front.find_cases(number)
    assert (case.applicant.kind, case.applicant.sex, case.applicant.name_masked) == ("resident", "女", "李*芳")


@pytest.mark.parametrize("number", ["", "999999198805060221"])
def test_a_typed_applicant_without_a_right_number_is_refused(
    front: Front, make_application: Callable[..., Application], number: str
) -> None:
    with pytest.raises(BadNumber):
        front.intake.accept(make_application(card=TypedCard("李试芳", number)))
