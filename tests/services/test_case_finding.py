"""Cases are found by whatever is at hand, and only in their own hall."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from hall.clock import FixedClock
from hall.rules.cards import Card, TypedCard
from hall.rules.identity import BadNumber, id_check_digit
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.case_finding import MOST, NothingFound, NotUnderstood
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.permits import PermitCase


@pytest.fixture
def accepted(front: Front, make_application: Callable[..., Application]) -> Accepted:
    front.taking.issue("XK05", channel="staff")
    ticket = front.calling.call_next(1)
    return front.intake.accept(make_application(ticket_id=ticket.ticket_id))


NUMBERS = (
    "1",
    " 0001 ",
    "１",
    "2026-1",
    "b001",
    "Ｂ００１",
    "莲城管许收〔2026〕1号",
    "莲城管许受〔2026〕 1 号",
    "139 0000 1234",
    "+86-139-0000-1234",
    "张测",
    "张测明",
)


@pytest.mark.both
def test_a_case_is_found_by_each_of_its_numbers(front: Front, accepted: Accepted) -> None:
    for text in NUMBERS:
        assert [case.case_id for case in front.find_cases(text)] == [accepted.case_id], text


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


def test_what_cannot_be_understood_says_what_could(front: Front) -> None:
    for text in ("", "张", "1234567", "A1", "?!"):
        with pytest.raises(NotUnderstood, match="号票号"):
            front.find_cases(text)


NOT_THERE = {
    "2": "2 号",
    "0": "0 号",
    "2025-1": "2025 年 1 号",
    "B099": "B099",
    "张明": "姓名",
    "13900000000": "电话",
    "莲城管许受〔2026〕9号": "编号为“莲城管许受〔2026〕9号”",
}


@pytest.mark.both
def test_what_is_not_there_is_named_by_its_road(front: Front, accepted: Accepted) -> None:
    for text, said in NOT_THERE.items():
        with pytest.raises(NothingFound, match=said):
            front.find_cases(text)


@pytest.mark.both
def test_a_serial_of_any_year_is_found_the_newest_first(
    front: Front, clock: FixedClock, make_application: Callable[..., Application]
) -> None:
    this = front.intake.accept(make_application()).case_id
    clock.instant += timedelta(days=60)
    following = front.intake.accept(make_application()).case_id
    assert [case.case_id for case in front.find_cases("1")] == [following, this]
    assert [case.case_id for case in front.find_cases("2026-1")] == [this]


def test_signs_of_a_pattern_in_a_name_are_only_signs(
    front: Front, make_application: Callable[..., Application], make_card: Callable[..., Card]
) -> None:
    front.intake.accept(make_application(card=make_card(name="李试芳")))
    for text in ("李%芳", "李_芳", "李试芳%"):
        with pytest.raises(NothingFound):
            front.find_cases(text)
    (case,) = front.find_cases("李试")
    assert case.applicant_masked == "李*芳"
    assert "李" not in repr(case)


def test_of_very_many_cases_the_newest_are_told(
    front: Front, store: Store, make_application: Callable[..., Application], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    front.intake.accept(make_application(card=card))
    with store.engine.begin() as connection:
        (case,) = connection.execute(select(PermitCase.__table__)).mappings()
        rows = [{**case, "id": n, "receipt_number": f"r{n}", "acceptance_number": None} for n in range(100, 160)]
        connection.execute(insert(PermitCase), rows)
    assert [each.case_id for each in front.find_cases(card.id_number)] == list(range(159, 159 - MOST, -1))


def test_a_typed_applicant_is_checked_and_kept_like_one_with_a_card(
    front: Front, make_application: Callable[..., Application]
) -> None:
    digits = "99999919880506022"
    number = digits + id_check_digit(digits)
    front.intake.accept(make_application(card=TypedCard("李试芳", number, "莲城区和平路2号")))
    (found,) = front.find_cases(number)
    applicant = front.case(found.case_id).applicant
    assert (applicant.kind, applicant.sex, applicant.name_masked) == ("resident", "女", "李*芳")


@pytest.mark.parametrize("number", ["", "999999198805060221"])
def test_a_typed_applicant_without_a_right_number_is_refused(
    front: Front, make_application: Callable[..., Application], number: str
) -> None:
    with pytest.raises(BadNumber):
        front.intake.accept(make_application(card=TypedCard("李试芳", number)))
