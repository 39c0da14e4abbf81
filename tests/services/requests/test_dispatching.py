"""From the dispatch to the accepted feedback: one track, whose it is, who may judge."""

from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from hall.errors import HallError
from hall.rules.authority import NotAuthorised
from hall.rules.requests import CannotOnRequest, ComplainedOf, OwnFeedback
from hall.services.dispatch_units import NoSuchUnit
from hall.services.dispatching import Feedback, NoUnitByMap
from hall.services.hands import OtherDepartment
from hall.services.reasons import ReasonNeeded
from hall.store import Store
from hall.store.schema.requests import Dispatch
from tests.services.requests.desk import FOUND, RequestDesk


@pytest.mark.both
def test_a_request_goes_to_the_unit_of_the_map_and_comes_back_with_what_was_done(desk: RequestDesk) -> None:
    request_id = desk.registered()
    clerk, squad = desk.front("clerk"), desk.front("squad")
    suggested = clerk.one(request_id).suggested
    assert suggested is not None
    assert suggested.unit.name == "向阳中队"
    issued = clerk.dispatch(request_id, order="当晚到场查看")
    paper = desk.paper(issued.document_id)
    assert (paper["unit"], paper["due"]) == ("向阳中队", "2026年11月30日")
    assert paper["why_unit"] == "责任区：占道经营—向阳街道（2026-01-01起）"
    (row,) = squad.listed("mine")
    assert (row.dispatch_state, row.due_on, row.due_what) == ("sent", date(2026, 11, 30), "单位反馈")
    assert set(row.acts) == {"take", "return"}
    squad.take(request_id)
    assert "feed_back" in squad.listed("mine")[0].acts
    squad.feed_back(request_id, FOUND)
    (waits,) = clerk.listed("to_judge")
    assert {"accept", "send_back"} <= set(waits.acts)
    clerk.send_back(request_id, "没有写处理后的情况")
    squad.feed_back(request_id, Feedback("复查时已无摊贩", "安排每晚巡查", "service"))
    clerk.accept(request_id)
    view = clerk.one(request_id)
    assert (view.row.state, view.row.way, view.row.dispatch_state) == ("verified", "service", "")
    (sent,) = view.dispatches
    assert (sent.state, sent.findings, sent.taken_by) == ("accepted", "复查时已无摊贩", "吴文正")
    assert [event.kind for event in view.history] == [
        *("register", "dispatch", "take", "feed_back", "send_back", "feed_back", "accept")
    ]


@pytest.mark.both
def test_a_unit_gives_back_what_is_not_its_own_and_it_goes_elsewhere(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    desk.front("squad").return_(request_id, "路段归环卫科管")
    assert desk.front("squad").listed("mine") == ()
    assert [row.request_id for row in desk.front("clerk").listed("to_dispatch")] == [request_id]
    desk.front("clerk").dispatch(request_id, desk.units["HW"], why_unit="向阳中队退单，路段归环卫科")
    first, second = desk.front("clerk").one(request_id).dispatches
    assert (first.state, first.returned_why) == ("returned", "路段归环卫科管")
    assert (second.round, second.unit_name, second.why_unit) == (2, "环卫科", "向阳中队退单，路段归环卫科")


@pytest.mark.both
def test_after_the_fifth_workday_a_unit_goes_on_or_the_manager_takes_it_back_with_a_reason(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    squad, boss = desk.front("squad"), desk.front("boss")
    squad.take(request_id)
    with pytest.raises(CannotOnRequest, match="2026-11-30以前由承办单位自己退单"):
        boss.recall(request_id, "向阳中队没有这个职责")
    desk.on(date(2026, 11, 30))
    assert squad.listed("mine")[0].return_by == desk.today
    assert "return" in squad.listed("mine")[0].acts
    desk.on(date(2026, 12, 1))
    with pytest.raises(CannotOnRequest, match="退单的期限2026-11-30已过"):
        squad.return_(request_id, "不是我们的")
    assert "return" not in squad.listed("mine")[0].acts
    assert "recall" in boss.listed("open")[0].acts
    for login in ("squad", "clerk"):
        with pytest.raises(NotAuthorised):
            desk.front(login).recall(request_id, "不是我们的")
    with pytest.raises(ReasonNeeded):
        boss.recall(request_id, " ")
    boss.recall(request_id, "路段上月已划归环卫科")
    (sent,) = boss.one(request_id).dispatches
    assert (sent.state, sent.returned_why) == ("recalled", "路段上月已划归环卫科")
    assert [row.request_id for row in desk.front("clerk").listed("to_dispatch")] == [request_id]
    desk.front("clerk").dispatch(request_id, desk.units["HW"], why_unit="主任收回，路段归环卫科")
    assert desk.front("waste").listed("mine")[0].return_by == date(2026, 12, 8)


def test_the_dispatch_sheet_says_until_when_it_can_be_given_back(desk: RequestDesk) -> None:
    issued = desk.front("clerk").dispatch(desk.registered(), order="当晚到场查看")
    assert desk.paper(issued.document_id)["order"] == (
        "当晚到场查看。不属于本单位职责的，2026年11月30日以前退单（信访工作条例第二十三条第三款）。"
    )


def test_no_second_dispatch_runs_at_the_same_time(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    with pytest.raises(CannotOnRequest, match="已派单，不能派单"):
        desk.front("boss").dispatch(request_id, desk.units["HW"], why_unit="也看一下")
    joined = desk.registered(join_to=request_id)
    with pytest.raises(CannotOnRequest, match="并案，不能派单"):
        desk.front("clerk").dispatch(joined)


@pytest.mark.both
def test_the_database_itself_keeps_one_track(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    second = {"hall_id": desk.store.hall_id, "request_id": request_id, "round": 2, "unit_id": desk.units["HW"]}
    told = {"why_unit": "", "order": "", "pending": "", "returned_why": "", "findings": "", "measures": "", "way": ""}
    columns = {**second, **told, "sent_at": desk.clock.now(), "sent_by": 1, "state": "sent"}
    with pytest.raises(IntegrityError), desk.store.work("request.dispatch", desk.people["clerk"]) as work:
        work.session.execute(insert(Dispatch).values(columns))


def test_of_two_dispatchers_who_are_equally_quick_one_sends_it(desk: RequestDesk, other_station: Store) -> None:
    request_id = desk.registered()
    together, refused = Barrier(2), []

    def send(store: Store, login: str) -> None:
        together.wait(20)
        try:
            desk.front(login, store).dispatch(request_id)
        except HallError as refusal:
            refused.append(refusal)

    both = [Thread(target=send, args=each) for each in ((desk.store, "clerk"), (other_station, "boss"))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(20)
    assert len(refused) == 1
    assert len(desk.front("clerk").one(request_id).dispatches) == 1


def test_without_a_line_of_the_map_somebody_chooses_and_says_why(desk: RequestDesk) -> None:
    request_id = desk.registered(category="noise")
    clerk = desk.front("clerk")
    assert clerk.one(request_id).suggested is None
    with pytest.raises(NoUnitByMap, match="选择单位"):
        clerk.dispatch(request_id)
    with pytest.raises(ReasonNeeded):
        clerk.dispatch(request_id, desk.units["XY"])
    with pytest.raises(NoSuchUnit):
        clerk.dispatch(request_id, 999_999, why_unit="有这个单位吗")
    clerk.dispatch(request_id, desk.units["XY"], why_unit="夜市噪声由中队处理")
    assert clerk.one(request_id).dispatches[0].why_unit == "夜市噪声由中队处理"


@pytest.mark.both
def test_only_the_units_own_people_act_for_it(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    with pytest.raises(OtherDepartment, match="向阳中队"):
        desk.front("waste").take(request_id)
    with pytest.raises(NotAuthorised, match="办理派单"):
        desk.front("clerk").take(request_id)
    assert desk.front("waste").listed("mine") == ()
    desk.front("everything").take(request_id)


@pytest.mark.both
def test_the_dispatcher_enters_what_an_outside_unit_reports(desk: RequestDesk) -> None:
    request_id = desk.dispatched(category="parking", area="")
    with pytest.raises(NotAuthorised):
        desk.front("squad").take(request_id)
    clerk = desk.front("clerk")
    assert [row.unit_name for row in clerk.listed("mine")] == ["区公安交警大队"]
    clerk.take(request_id)
    clerk.feed_back(request_id, Feedback("交警到场处理", "已清拖违停车辆", "penalty"))
    with pytest.raises(OwnFeedback):
        clerk.accept(request_id)
    desk.front("clerk2").accept(request_id)


def test_nobody_handles_what_is_said_about_himself(desk: RequestDesk) -> None:
    about = desk.people["squad"].account_id
    request_id = desk.dispatched(about_account_id=about)
    with pytest.raises(ComplainedOf):
        desk.front("squad").take(request_id)
    assert desk.front("squad").listed("mine") == ()
    desk.front("squad2").take(request_id)
    lead = desk.dispatched()
    desk.registered(join_to=lead, about_account_id=about)
    with pytest.raises(ComplainedOf):
        desk.front("squad").take(lead)


def test_who_fed_back_does_not_judge_it(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    everything = desk.front("everything")
    everything.take(request_id)
    everything.feed_back(request_id, FOUND)
    assert not {"accept", "send_back"} & set(everything.listed("to_judge")[0].acts)
    with pytest.raises(OwnFeedback, match="另一位"):
        everything.accept(request_id)


def test_feedback_says_what_was_found_and_done(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    desk.front("squad").take(request_id)
    for feedback in (Feedback("", "措施", "service"), Feedback("情况", " ", "service")):
        with pytest.raises(ReasonNeeded):
            desk.front("squad").feed_back(request_id, feedback)
    with pytest.raises(CannotOnRequest):
        desk.front("clerk").accept(request_id)
