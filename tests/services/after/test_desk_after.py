"""What the desk offers after a case has ended: the list that waits for the archive, and what follows from a case."""

import re
from datetime import date

import pytest
from sqlalchemy import text

from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.rules.permits import CLOSED
from hall.services.board import board_view
from hall.services.board_terms import Terms
from hall.services.case_finding import NotUnderstood
from hall.services.desk_acts import DeskAct
from hall.services.desk_lists import DeskList, EndedCase
from hall.services.review_front import ReviewFront
from hall.store.schema.permits import TO_ARCHIVE
from tests.services.after.aftermath import Aftermath
from tests.services.review.bureau import FOREIGN_BASE


def waiting(bureau: Aftermath, login: str) -> DeskList:
    board = board_view(bureau.store, bureau.people[login])
    return next(each for each in bureau.desk(login).lists(board) if each.ended)


def offered(bureau: Aftermath, case_id: int, login: str) -> dict[str, tuple[str, ...]]:
    acts: tuple[DeskAct, ...] = bureau.desk(login).desk_file(case_id).acts
    return {act.name: act.reasons for act in acts}


@pytest.mark.both
def test_ended_cases_wait_for_the_archive_the_longest_first(bureau: Aftermath) -> None:
    code = bureau.licence()
    finished = bureau.finished(code)
    bureau.days_on(1)
    withdrawn, under_way = bureau.under_review(code), bureau.under_review(code)
    bureau.closing().withdraw(withdrawn, "不再办理")
    archived = bureau.finished(code)
    bureau.closing().archive(archived)
    listed = waiting(bureau, "clerk")
    assert (listed.code, listed.count) == ("to_archive", 2)
    numbers = [bureau.case(case_id).acceptance_number or "" for case_id in (finished, withdrawn)]
    assert bureau.desk("clerk").ended(listed.terms) == (
        EndedCase(finished, numbers[0], "finished", "granted", date(2026, 11, 23), 0),
        EndedCase(withdrawn, numbers[1], "withdrawn", "", date(2026, 11, 24), 1),
    )
    assert bureau.case(under_way).closed_at is None


@pytest.mark.both
@pytest.mark.both
def test_the_list_is_of_the_own_department_and_can_be_searched(bureau: Aftermath) -> None:
    code = bureau.licence()
    own, foreign = bureau.finished(code), bureau.accepted(FOREIGN_BASE)
    bureau.closing().withdraw(foreign, "不再办理")
    assert [each.case_id for each in bureau.desk("reviewer").ended(waiting(bureau, "reviewer").terms)] == [own]
    assert [each.case_id for each in bureau.desk("clerk").ended(Terms())] == [own, foreign]
    number = bureau.case(foreign).receipt_number
    assert [each.case_id for each in bureau.desk("clerk").ended(Terms(text=number))] == [foreign]
    assert bureau.desk("clerk").ended(Terms(text="没有这个人")) == ()
    with pytest.raises(NotUnderstood):
        bureau.desk("clerk").ended(Terms(text="？？"))
    guide = Actor(5, "导办", bureau.store.hall_id, frozenset({"guide"}))
    with pytest.raises(NotAuthorised):
        ReviewFront(bureau.store, guide, bureau.home).ended(Terms())


def test_an_archived_case_offers_a_further_volume(bureau: Aftermath) -> None:
    case_id = bureau.finished(bureau.licence())
    assert not {"volume", "bar"} & offered(bureau, case_id, "everything").keys()
    bureau.closing().archive(case_id)
    assert offered(bureau, case_id, "clerk")["volume"] == ()
    assert "reopen" in offered(bureau, case_id, "boss")


@pytest.mark.both
def test_a_refusal_where_safety_is_touched_offers_the_bar_once(bureau: Aftermath) -> None:
    harmless, denied = bureau.denied(bureau.licence("K2")), bureau.denied(bureau.licence(safety=True))
    assert "bar" not in offered(bureau, harmless, "approver")
    assert offered(bureau, denied, "approver")["bar"] == ()
    assert "bar" not in offered(bureau, denied, "clerk")
    bureau.certificates("approver").bar_for_false_materials(denied, "产权证明系伪造")
    (why,) = offered(bureau, denied, "approver")["bar"]
    assert "已经登记禁止申请期间" in why


@pytest.mark.both
def test_the_index_of_the_archive_is_of_all_ended_states_but_the_archived(bureau: Aftermath) -> None:
    assert set(re.findall(r"'(\w+)'", TO_ARCHIVE)) == CLOSED - {"archived"}
    if bureau.store.engine.dialect.name == "sqlite":
        with bureau.store.read() as session:
            plan = session.execute(
                text(f"EXPLAIN QUERY PLAN SELECT id FROM permit_case WHERE hall_id = 1 AND {TO_ARCHIVE}")
            )
            assert "ix_permit_case_to_archive" in str(plan.all())
