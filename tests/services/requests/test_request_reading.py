"""Lists of requests, one found by its number, the map; figures of a period with what they are made of."""

from datetime import date

import pytest

from hall.services.call_backs import CallBackMade
from hall.services.request_counts import counts_of
from hall.services.request_reading import Listed
from hall.services.request_records import NoSuchRequest
from hall.services.request_replies import Answer
from tests.services.requests.desk import RequestDesk


def numbers(desk: RequestDesk, login: str, listed: Listed, text: str = "") -> list[int]:
    return [row.request_id for row in desk.front(login).listed(listed, text)]


@pytest.mark.both
def test_each_list_holds_what_it_says(desk: RequestDesk) -> None:
    new, sent, judged, over = desk.registered(), desk.dispatched(), desk.verified(), desk.closed()
    nameless = desk.closed(person=None)
    lists: dict[Listed, set[int]] = {
        "to_dispatch": {new},
        "to_judge": {judged},
        "open": {new, sent, judged},
        "closed": {over, nameless},
        "to_call_back": {over},
    }
    for listed, expected in lists.items():
        assert set(numbers(desk, "boss", listed)) == expected, listed
    assert numbers(desk, "squad", "mine") == [sent]


@pytest.mark.both
def test_the_most_pressing_comes_first_and_what_is_not_pressing_is_not_due_soon(desk: RequestDesk) -> None:
    early = desk.registered()
    desk.on(date(2026, 12, 1))
    late = desk.registered()
    assert numbers(desk, "clerk", "open") == [early, late]
    assert numbers(desk, "clerk", "due_soon") == [early]
    desk.on(date(2026, 12, 3))
    assert desk.front("clerk").listed("due_soon")[0].light == "over_promised"


@pytest.mark.both
def test_whom_a_request_complains_of_is_not_shown_it(desk: RequestDesk) -> None:
    about = desk.people["clerk2"].account_id
    request_id = desk.registered(category="conduct", about_account_id=about)
    front, other = desk.front("clerk2"), desk.front("clerk")
    assert numbers(desk, "clerk", "open") == [request_id]
    assert numbers(desk, "clerk2", "open") == []
    with pytest.raises(NoSuchRequest):
        front.one(request_id)
    with pytest.raises(NoSuchRequest):
        front.numbered(desk.request(request_id).number)
    like = desk.new(category="conduct", person=None, place=desk.request(request_id).place)
    assert [each.request_id for each in other.same_matter(like)] == [request_id]
    assert front.same_matter(like) == ()


@pytest.mark.both
def test_lists_are_searched_by_number_subject_and_place(desk: RequestDesk) -> None:
    request_id = desk.registered(place="莲湖路北段", subject="渣土车抛洒", channel="grid", outside_number="WG-7")
    desk.registered()
    for text in ("莲湖路", "渣土", "WG-7", desk.request(request_id).number):
        assert numbers(desk, "clerk", "open", text) == [request_id]
    assert numbers(desk, "clerk", "open", "%") == []


@pytest.mark.both
def test_a_request_is_found_by_either_number(desk: RequestDesk) -> None:
    request_id = desk.registered(channel="grid", outside_number="WG-7")
    for number in (desk.request(request_id).number, " WG-7 "):
        assert desk.front("guide").numbered(number) == request_id
    for number in ("没有这个号", ""):
        with pytest.raises(NoSuchRequest):
            desk.front("guide").numbered(number)
    with pytest.raises(NoSuchRequest):
        desk.front("guide").one(999_999)


@pytest.mark.both
def test_the_map_shows_the_lines_in_force_and_what_forms_choose_from(desk: RequestDesk) -> None:
    lines = desk.front("guide").responsibilities()
    assert [(line.category_words, line.area, line.unit_name) for line in lines] == [
        ("停车秩序", "全区", "区公安交警大队"),
        ("占道经营", "全区", "环卫科"),
        ("占道经营", "向阳街道", "向阳中队"),
    ]
    choices = desk.front("guide").choices()
    assert choices.areas == ("向阳街道",)
    assert [(unit.code, unit.own) for unit in choices.units] == [("HW", True), ("JJ", False), ("XY", True)]
    assert choices.categories["stall"] == "占道经营"
    suggested = desk.front("guide").suggest("stall", "莲湖街道")
    assert suggested is not None
    assert suggested.unit.name == "环卫科"
    assert desk.front("guide").suggest("noise") is None


@pytest.mark.both
def test_the_figures_of_a_month_say_what_they_are_made_of(desk: RequestDesk) -> None:
    over = desk.closed()
    desk.front("guide").call_back(over, CallBackMade(reached=True, level=2, words="晚上还是吵"))
    desk.front("guide").call_back(over, CallBackMade(reached=True, level=3, words="好一些了"))
    open_ = desk.dispatched()
    desk.registered(join_to=open_, person=None)
    desk.front("squad").return_(open_, "不归我们管")
    desk.registered(kind="consultation", answer="可以")
    with desk.store.read() as session:
        counts = counts_of(session, hall_id=desk.store.hall_id, first=date(2026, 11, 1), last=date(2026, 12, 31))
        before = counts_of(session, hall_id=desk.store.hall_id, first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert (counts.received, counts.closed, counts.closed_on_time, counts.joined) == (4, 2, 2, 1)
    assert (counts.answerable, counts.replied, counts.overdue) == (3, 2, 2)
    assert (counts.dispatched, counts.returned) == (2, 1)
    assert (counts.called_back, counts.reached, counts.rated, counts.content) == (1, 1, 1, 1)
    assert (counts.by_service, counts.by_guidance, counts.by_penalty) == (1, 1, 0)
    assert before.received == 0
    rates = desk.front("boss").rates(date(2026, 11, 1), date(2026, 12, 31))
    assert {rate.title: (rate.numerator, rate.denominator) for rate in rates.rates}["满意率"] == (1, 1)
    assert [(rate.title, rate.numerator, rate.denominator, rate.target) for rate in rates.ways] == [
        ("服务", 1, 2, 70),
        ("管理", 1, 2, 20),
        ("执法", 0, 2, 10),
    ]
    assert dict(rates.kinds)["投诉"] == 3
    assert rates.categories == (("占道经营", 4),)


@pytest.mark.both
def test_what_is_joined_after_the_month_does_not_change_it(desk: RequestDesk) -> None:
    first, second = desk.dispatched(), desk.registered()
    desk.registered(join_to=first)
    desk.on(date(2026, 12, 1))
    desk.front("boss").join(second, first)
    with desk.store.read() as session:
        hall_id = desk.store.hall_id
        month = counts_of(session, hall_id=hall_id, first=date(2026, 11, 1), last=date(2026, 11, 30))
        later = counts_of(session, hall_id=hall_id, first=date(2026, 11, 1), last=date(2026, 12, 1))
    assert (month.joined, later.joined) == (1, 2)


def test_what_is_closed_late_is_not_on_time(desk: RequestDesk) -> None:
    request_id = desk.verified()
    desk.on(date(2026, 12, 3))
    desk.front("clerk").reply(request_id, Answer("办好了"))
    with desk.store.read() as session:
        counts = counts_of(session, hall_id=desk.store.hall_id, first=desk.today.replace(month=11), last=desk.today)
        month = counts_of(session, hall_id=desk.store.hall_id, first=date(2026, 11, 1), last=date(2026, 11, 30))
    assert (counts.closed, counts.closed_on_time) == (1, 0)
    assert (month.received, month.closed, month.overdue) == (1, 0, 0)
