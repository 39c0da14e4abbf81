"""Requests tell their due days: to whoever has them in hand, never to whom they complain of."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from hall.services.call_backs import CallBackMade
from hall.services.request_replies import Answer
from hall.store.schema.people import Account, AccountRole
from hall.store.schema.requests import Dispatch
from hall.store.schema.reviewing import AccountAbsence
from tests.services.notices.bell import Bell
from tests.services.requests.desk import FOUND, PEOPLE, RequestDesk


@pytest.fixture
def bell(desk: RequestDesk) -> Bell:
    """The desk's people hold their roles in the database, too: a message to a role reaches them."""
    with desk.store.work("test.roles", desk.people["admin"]) as work:
        for login, (_, roles, _) in PEOPLE.items():
            account_id = desk.people[login].account_id
            work.session.add_all(AccountRole(account_id=account_id, hall_id=work.hall_id, role=role) for role in roles)
        work.audit("test")
    return Bell(desk.store, desk.clock, desk.home)


def number(desk: RequestDesk, request_id: int) -> str:
    return desk.request(request_id).number


def due_of_unit(desk: RequestDesk, request_id: int) -> date:
    with desk.store.read() as session:
        dispatch = session.scalars(select(Dispatch).where(Dispatch.request_id == request_id)).one()
    assert dispatch.due_on is not None
    return dispatch.due_on


@pytest.mark.both
def test_the_unit_hears_it_before_its_day_and_the_manager_when_it_is_missed(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.dispatched()
    due, sent = due_of_unit(desk, request_id), desk.today
    assert bell.heard(sent) == []
    soon = f"诉求 {number(desk, request_id)}：单位反馈 {due} 到期，请按时办理"
    assert ("reviewer", soon) in bell.heard(due - timedelta(days=2))
    assert bell.look() == 0, "a second look says nothing new"
    missed = f"诉求 {number(desk, request_id)}：单位反馈 {due} 到期，已经逾期，"
    told = [each for each in bell.heard(due + timedelta(days=1)) if "单位反馈" in each[1]]
    assert told == [("reviewer", f"{missed}请马上办理"), ("manager", f"{missed}请督促办理")]


def test_it_goes_to_whoever_took_it_and_is_put_away_when_it_was_fed_back(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.dispatched()
    day = due_of_unit(desk, request_id)

    def of_unit(day: date) -> list[str]:
        return [to for to, text in bell.heard(day) if "单位反馈" in text]

    assert of_unit(day) == ["reviewer"]
    desk.front("squad").take(request_id)
    assert of_unit(day) == ["squad"]
    desk.front("squad").feed_back(request_id, FOUND)
    assert of_unit(day) == []


def test_only_the_people_of_the_unit_hear_what_is_told_to_their_role(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.dispatched()
    bell.heard(due_of_unit(desk, request_id))
    assert (bell.see("waste"), bell.see("squad2"), bell.see("squad")) == (0, 2, 0), "feedback and promise"


def test_a_promise_is_told_to_who_was_asked_first_and_to_who_has_it(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.fed_back()
    promised = desk.request(request_id).promised_by
    assert promised is not None
    assert {to for to, text in bell.heard(promised) if "承诺答复" in text} == {"clerk"}
    desk.front("clerk2").send_back(request_id, "没有写处理结果")
    assert {to for to, text in bell.heard(promised) if "承诺答复" in text} == {"clerk", "squad"}
    desk.front("squad").feed_back(request_id, FOUND)
    desk.front("clerk").accept(request_id)
    desk.front("clerk").reply(request_id, Answer("已划定夜市区域"))
    assert bell.heard(promised) == []


def test_a_petition_is_told_within_its_days_and_a_guide_is_not_alone_with_it(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.front("guide").register(desk.new(channel="phone")).request_id
    told_by = desk.request(request_id).told_by
    assert told_by is not None
    heard = [to for to, text in bell.heard(told_by) if "告知受理" in text]
    assert heard == ["guide", "clerk"]


def test_an_outside_unit_is_followed_by_the_dispatcher(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.dispatched(category="parking")
    assert [to for to, text in bell.heard(due_of_unit(desk, request_id)) if "单位反馈" in text] == ["clerk"]


def test_whom_it_complains_of_never_hears_of_it(desk: RequestDesk, bell: Bell) -> None:
    about = desk.people["squad"].account_id
    request_id = desk.dispatched(about_account_id=about)
    heard = [to for to, text in bell.heard(due_of_unit(desk, request_id)) if "单位反馈" in text]
    assert heard == ["squad2", "everything"], "one by one, not the role"
    assert bell.see("squad") == 0


def test_a_closed_one_is_called_back_by_who_did_not_handle_it(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.closed()
    closed = desk.request(request_id).closed_on
    assert closed is not None
    due = closed + timedelta(days=7)
    text = f"诉求 {number(desk, request_id)}：回访 {due} 到期，请按时办理"
    assert bell.heard(due) == [("clerk", text)]
    desk.front("guide").call_back(request_id, CallBackMade(reached=True, level=5, words="满意"))
    assert bell.heard(due) == []


def test_a_consultation_is_told_to_whom_it_was_handed(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.registered(kind="consultation")
    promised = desk.request(request_id).promised_by
    assert promised is not None
    assert {to for to, _ in bell.heard(promised)} == {"clerk"}


def test_a_substitute_hears_it_too_and_for_who_left_the_manager_does(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.dispatched()
    desk.front("squad").take(request_id)
    due, squad = due_of_unit(desk, request_id), desk.people["squad"].account_id
    with desk.store.work("test.away", desk.people["admin"]) as work:
        absence = AccountAbsence(hall_id=work.hall_id, account_id=squad, substitute_id=desk.people["squad2"].account_id)
        absence.first_day, absence.last_day, absence.reason = due, due, "培训"
        absence.entered_by = squad
        work.session.add(absence)
        work.audit("test")
    assert [to for to, text in bell.heard(due) if "单位反馈" in text] == ["squad", "squad2"]
    with desk.store.work("test.left", desk.people["admin"]) as work:
        work.session.execute(update(Account).where(Account.id == squad).values(disabled=True))
        work.audit("test")
    assert [to for to, text in bell.heard(due) if "单位反馈" in text] == ["manager"]


def test_what_is_said_names_nobody(desk: RequestDesk, bell: Bell) -> None:
    request_id = desk.dispatched()
    bell.heard(due_of_unit(desk, request_id) + timedelta(days=40))
    for _, text in bell.told(waiting=False):
        assert text.startswith(f"诉求 {number(desk, request_id)}：")
        assert not any(word in text for word in ("张测", "139", "999999", "夜市", "向阳路"))
