"""Requests come in: number, days, paper, the same matter, who is meant; what is answered at once."""

from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.calendar import ScheduleDay, YearSchedule
from hall.rules.requests import ComplainedOf
from hall.services.applications import NotAtYourCounter
from hall.services.enquiries import answer_enquiry
from hall.services.issuing import Issued
from hall.services.persons import PersonDetails, ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded, TextTooLong
from hall.services.request_matters import SameMatterOpen
from hall.services.requests import (
    AnsweredOnlyIfAsked,
    KnownOutsideNumber,
    NobodyComplainedOf,
    NothingToJoin,
    UnknownCategory,
)
from hall.services.schedule_import import import_schedules
from hall.services.subject_files import NewSubjectFile
from hall.store import Store
from tests.services.requests.desk import RequestDesk
from tests.services.together import at_once

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.both
def test_a_complaint_over_the_counter_has_a_number_its_days_and_its_sheet(desk: RequestDesk) -> None:
    new = desk.new(files=(NewSubjectFile("现场照片", "photo", PNG),), grid_code="XY-01")
    done = desk.front("clerk").register(new)
    assert (done.state, done.told_by, done.finish_by) == ("registered", date(2026, 12, 8), date(2027, 1, 22))
    assert (done.promised_by, done.pending) == (date(2026, 12, 2), "")
    assert done.document_id is not None
    paper = desk.paper(done.document_id)
    assert paper["number"] == done.number
    assert (paper["complainant"], paper["phone"]) == ("张*明", "139****1234")
    assert (paper["evidence"], paper["channel"]) == ("现场照片", "窗口")
    view = desk.front("guide").one(done.request_id)
    assert view.row.told_on == desk.today
    assert [event.kind for event in view.history] == ["register"]
    assert view.row.first_name == "周玉兰"
    assert view.files[0].title == "现场照片"
    assert desk.front("clerk").file(view.files[0].file_id).content == PNG


@pytest.mark.parametrize(("channel", "told"), [("phone", None), ("letter", None), ("counter", date(2026, 11, 23))])
def test_only_over_the_counter_the_sheet_tells_it_at_once(desk: RequestDesk, channel: str, told: date | None) -> None:
    assert desk.request(desk.registered(channel=channel)).told_on == told


def test_an_anonymous_one_is_told_nothing_and_names_nobody(desk: RequestDesk) -> None:
    done = desk.front("guide").register(desk.new(person=None))
    assert (done.told_by, done.finish_by) == (None, date(2027, 1, 22))
    row = desk.front("guide").one(done.request_id).row
    assert (row.person_masked, row.person_id) == ("匿名", None)


def test_a_call_for_help_is_no_petition_unless_it_is_said_to_be_one(desk: RequestDesk) -> None:
    assert desk.front("clerk").register(desk.new(kind="help")).finish_by is None
    assert desk.front("clerk").register(desk.new(kind="help", petition=True)).finish_by == date(2027, 1, 22)


@pytest.mark.both
def test_a_promise_waits_for_its_schedule_and_has_its_day_when_that_is_there(desk: RequestDesk) -> None:
    desk.on(date(2026, 12, 28))
    request_id = desk.registered()
    waits = desk.front("clerk").one(request_id).row
    assert waits.promised_by is None
    assert "2027" in waits.pending
    new_year = ScheduleDay(date(2027, 1, 1), "rest", "元旦")
    schedules = (YearSchedule(2027, "测试", "测试", (new_year,)),)
    done = import_schedules(desk.store, desk.people["admin"], home=desk.home, schedules=schedules)
    row = desk.front("clerk").one(request_id).row
    assert (row.promised_by, row.pending) == (date(2027, 1, 7), "")
    assert [(each.acceptance_number, each.after) for each in done.moved] == [(row.number, date(2027, 1, 7))]
    assert desk.front("clerk").one(request_id).history[-1].kind == "recount"


NEW_YEAR = (YearSchedule(2027, "测试", "测试", (ScheduleDay(date(2027, 1, 1), "rest", "元旦"),)),)


@pytest.mark.both
def test_a_unit_that_waited_for_its_day_has_it_with_the_schedule_and_never_after_the_request_itself(
    desk: RequestDesk,
) -> None:
    desk.on(date(2026, 12, 24))
    early = desk.dispatched()
    desk.on(date(2026, 12, 28))
    late = desk.dispatched()
    ended = desk.dispatched()
    desk.front("squad").return_(ended, "不归我们管")
    assert desk.front("squad").one(late).row.due_on == date(2027, 2, 26)
    assert desk.front("squad").one(late).dispatches[0].due_on is None
    done = import_schedules(desk.store, desk.people["admin"], home=desk.home, schedules=NEW_YEAR)
    row = desk.front("squad").one(late).row
    assert (row.dispatch_due_on, row.due_on, row.due_what) == (date(2027, 1, 5), date(2027, 1, 5), "单位反馈")
    assert row.return_by == date(2027, 1, 5)
    assert desk.front("squad").one(early).row.dispatch_due_on == date(2026, 12, 31)
    units = [(each.acceptance_number, each.before, each.after) for each in done.moved if each.kind == "unit"]
    assert units == [(row.number, None, date(2027, 1, 5))]
    notes = [each.note for each in desk.front("clerk").one(late).history if each.kind == "recount"]
    assert [note.endswith("：单位反馈") for note in notes] == [False, True]


@pytest.mark.both
def test_a_question_of_the_years_end_has_its_day_with_the_schedule(desk: RequestDesk) -> None:
    desk.on(date(2026, 12, 31))
    request_id = desk.registered(kind="consultation", hand_to=desk.people["squad"].account_id)
    assert desk.request(request_id).promised_by is None
    done = import_schedules(desk.store, desk.people["admin"], home=desk.home, schedules=NEW_YEAR)
    row = desk.front("squad").listed("mine")[0]
    assert (row.promised_by, row.pending, row.due_on) == (date(2027, 1, 4), "", date(2027, 1, 4))
    assert [(each.kind, each.after) for each in done.moved] == [("promised", date(2027, 1, 4))]
    again = import_schedules(desk.store, desk.people["admin"], home=desk.home, schedules=NEW_YEAR)
    assert again.moved == ()


def test_a_question_whose_day_is_known_waits_for_no_schedule(desk: RequestDesk) -> None:
    desk.on(date(2026, 12, 29))
    row = desk.front("clerk").one(desk.registered(kind="consultation")).row
    assert (row.promised_by, row.pending) == (date(2026, 12, 30), "")


@pytest.mark.both
def test_the_same_matter_is_shown_and_joined_or_set_apart_with_a_reason(desk: RequestDesk) -> None:
    first = desk.registered(place="向阳路口东侧")
    again = desk.new(place="向阳路口 东侧报刊亭")
    (found,) = desk.front("guide").same_matter(again)
    assert (found.request_id, found.why, found.can_join) == (first, "同一地点", True)
    with pytest.raises(SameMatterOpen, match="并案") as refused:
        desk.front("clerk").register(again)
    assert [each.request_id for each in refused.value.found] == [first]
    joined = desk.registered(place="向阳路口东侧", join_to=first)
    assert (desk.request(joined).state, desk.request(joined).same_as_id) == ("joined", first)
    apart = desk.registered(place="向阳路口东侧", apart_why="另一家店的油烟")
    assert desk.request(apart).state == "registered"
    assert desk.front("clerk").one(first).row.joined == 1


def test_the_same_person_is_known_by_number_or_by_telephone(desk: RequestDesk) -> None:
    person = desk.resident(phone="13900005678")
    first = desk.registered(person=person)
    for who in (person, PersonDetails("resident", "张某", phone="139 0000 5678")):
        (found,) = desk.front("clerk").same_matter(desk.new(person=who))
        assert (found.request_id, found.why, found.person_masked) == (first, "同一反映人", "张*明")
    assert desk.front("clerk").same_matter(desk.new(person=PersonDetails("resident", "张测明"))) == ()


def test_what_joins_a_joined_one_joins_its_lead(desk: RequestDesk) -> None:
    first = desk.registered()
    second = desk.registered(join_to=first)
    assert desk.request(desk.registered(join_to=second)).same_as_id == first


@pytest.mark.both
def test_the_dispatcher_joins_what_came_apart_with_all_that_hang_on_it(desk: RequestDesk) -> None:
    first, second = desk.registered(), desk.registered()
    third = desk.registered(join_to=second)
    desk.front("clerk").join(second, first)
    assert {desk.request(each).same_as_id for each in (second, third)} == {first}
    assert desk.request(second).state == "joined"
    with pytest.raises(NothingToJoin):
        desk.front("clerk").join(first, third)


def test_nothing_joins_what_is_over(desk: RequestDesk) -> None:
    over = desk.closed()
    with pytest.raises(NothingToJoin, match="办结"):
        desk.registered(join_to=over)
    asked = desk.registered(kind="consultation")
    with pytest.raises(NothingToJoin):
        desk.registered(join_to=asked)


@pytest.mark.both
def test_a_consultation_is_answered_at_once_or_by_its_day(desk: RequestDesk) -> None:
    at_once = desk.front("guide").register(desk.new(kind="consultation", answer="夜市十点收摊"))
    assert (at_once.state, at_once.document_id) == ("closed", None)
    later = desk.front("clerk").register(
        desk.new(kind="consultation", hand_to=desk.people["clerk2"].account_id, category="other")
    )
    assert (later.state, later.told_by, later.finish_by) == ("asked", None, None)
    assert later.promised_by is not None
    (row,) = desk.front("clerk2").listed("mine")
    assert (row.request_id, row.acts) == (later.request_id, ())
    enquiry_id = desk.request(later.request_id).enquiry_id
    assert enquiry_id is not None
    answer_enquiry(desk.store, desk.people["clerk2"], enquiry_id=enquiry_id, answer="可以申请夜间摊位")
    closed = desk.request(later.request_id)
    assert (closed.state, closed.reply, closed.closed_on) == ("closed", "可以申请夜间摊位", desk.today)
    assert desk.front("clerk2").listed("mine") == ()


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"category": "无此类"}, UnknownCategory),
        ({"answer": "马上办"}, AnsweredOnlyIfAsked),
        ({"about_account_id": 999_999}, NobodyComplainedOf),
        ({"content": "我的电话13900001234"}, ReasonHoldsNumber),
        ({"subject": " "}, ReasonNeeded),
        ({"content": ""}, ReasonNeeded),
        ({"area": "长" * 41}, TextTooLong),
        ({"outside_number": "9" * 61}, TextTooLong),
        ({"ticket_id": 999_999}, NotAtYourCounter),
    ],
)
def test_what_cannot_be_taken_down_is_refused(
    desk: RequestDesk, given: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        desk.registered(**given)


@pytest.mark.both
def test_another_systems_request_is_registered_once(desk: RequestDesk) -> None:
    desk.registered(channel="hotline", outside_number="RX-1")
    with pytest.raises(KnownOutsideNumber, match="RX-1"):
        desk.registered(channel="hotline", outside_number="RX-1")
    desk.registered(channel="grid", outside_number="RX-1")


def test_a_number_of_another_system_is_entered_once_though_two_enter_it_at_once_under_two_categories(
    desk: RequestDesk, other_station: Store
) -> None:
    for _ in range(3):
        outside = f"RX-{next(desk.serials)}"
        clerks = (desk.front("clerk"), desk.front("clerk2", other_station))
        new = [desk.new(channel="hotline", outside_number=outside, category=each) for each in ("stall", "noise")]
        told = at_once(
            *(lambda front=front, one=one: front.register(one) for front, one in zip(clerks, new, strict=True))
        )
        assert sorted(each is None for each in told) == [False, True]
        assert any(isinstance(each, KnownOutsideNumber) for each in told)


def test_a_unit_registers_nothing(desk: RequestDesk) -> None:
    with pytest.raises(NotAuthorised, match="登记诉求"):
        desk.front("squad").register(desk.new())


def test_who_complains_of_staff_names_whom_it_is_about(desk: RequestDesk) -> None:
    request_id = desk.registered(category="conduct", about_account_id=desk.people["squad"].account_id)
    assert desk.front("clerk").one(request_id).about_name == "吴文正"


def test_who_reported_is_hidden_from_those_who_look_into_it(desk: RequestDesk) -> None:
    request_id = desk.dispatched(kind="report")
    seen = {login: desk.front(login).one(request_id).row for login in ("clerk", "squad", "approver")}
    assert {login: row.person_masked for login, row in seen.items()} == {
        "clerk": "张*明",
        "squad": "保密",
        "approver": "保密",
    }
    assert (seen["squad"].person_id, seen["squad"].phone_masked) == (None, "")


def test_nobody_takes_down_what_is_said_about_himself(desk: RequestDesk) -> None:
    with pytest.raises(ComplainedOf):
        desk.registered(about_account_id=desk.people["clerk"].account_id)


def test_nothing_personal_stands_in_the_paper_for_the_unit(desk: RequestDesk) -> None:
    def sheet(**given: object) -> str:
        issued: Issued = desk.front("clerk").dispatch(desk.registered(**given))
        return str(desk.paper(issued.document_id)["person"])

    assert sheet() == "张*明　139****1234"
    assert sheet(kind="report") == "保密"
    assert sheet(person=None) == "匿名"


def test_beside_another_request_a_report_names_nobody(desk: RequestDesk) -> None:
    desk.registered(kind="report", place="向阳路口东侧")
    (found,) = desk.front("guide").same_matter(desk.new(place="向阳路口东侧"))
    assert found.person_masked == "保密"
