"""Ratings: who may be invited, one voluntary answer a matter, and what a bad one sets going."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import HallError
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.calendar import ScheduleDay, YearSchedule
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.ratings import NoSuchLevel, Share
from hall.rules.scores_file import parse_scores
from hall.services.front import Front
from hall.services.outside_scores import ImportedScores, import_scores
from hall.services.persons import ReasonHoldsNumber
from hall.services.rating_counts import FollowUpCounts, counts_of
from hall.services.rating_figures import summary
from hall.services.rating_follow_ups import (
    FollowUpClosed,
    NoSuchFollowUp,
    NotClosedYet,
    NothingToProve,
    OutcomeMissing,
    RatedYourself,
)
from hall.services.rating_tables import rating_tables
from hall.services.ratings import INVITED_FOR, AlreadyRated, NoVisitToRate
from hall.services.schedule_import import import_schedules
from hall.services.subject_files import NotAPaper
from hall.store import Store
from hall.store.schema.ratings import Rating, RatingFollowUp
from tests.rules.test_pictures import PNG
from tests.services.notices.bell import Bell

TODAY = date(2026, 11, 23)


@pytest.fixture
def device(front_of: Callable[[Store, Actor], Front], store: Store) -> Front:
    """What a station does by itself."""
    return front_of(store, station_actor("display", name="窗口-1", hall_id=store.hall_id))


@pytest.fixture
def office(front_of: Callable[[Store, Actor], Front], store: Store, manager: Actor) -> Front:
    """What the manager does."""
    return front_of(store, manager)


@pytest.fixture
def serve(front: Front, clock: FixedClock) -> Callable[..., int]:
    """A visit that ends now at a counter: `serve(1)`; gives the ticket."""

    def take_call_and_finish(counter: int, *, card: Card | None = None) -> int:
        front.taking.issue("XK05", channel="staff", card=card)
        ticket_id = front.calling.call_next(counter).ticket_id
        front.calling.start(counter)
        clock.instant += timedelta(minutes=5)
        front.calling.finish(counter)
        return ticket_id

    return take_call_and_finish


def ratings_in(store: Store) -> list[int]:
    with store.read() as session:
        return list(session.scalars(select(Rating.level).order_by(Rating.id)))


def test_the_evaluator_follows_its_counter(front: Front, device: Front, clock: FixedClock) -> None:
    seen = [device.ratings.face(1).show]
    front.taking.issue("XK05", channel="staff")
    for step in (front.calling.call_next, front.calling.start, front.calling.finish):
        step(1)
        seen.append(device.ratings.face(1).show)
    clock.instant += INVITED_FOR
    assert [*seen, device.ratings.face(1).show] == ["pause", "welcome", "busy", "rate", "idle"]


def test_silence_records_nothing(serve: Callable[..., int], device: Front, store: Store, clock: FixedClock) -> None:
    serve(1)
    clock.instant += INVITED_FOR - timedelta(seconds=1)
    assert device.ratings.face(1).show == "rate"
    clock.instant += timedelta(seconds=1)
    assert device.ratings.face(1).visit is None
    assert ratings_in(store) == []


def test_the_next_person_at_the_counter_is_not_asked_about_the_last(
    serve: Callable[..., int], front: Front, device: Front
) -> None:
    serve(1)
    front.taking.issue("XK05", channel="staff")
    front.calling.call_next(1)
    assert device.ratings.face(1).show == "rate"
    front.calling.start(1)
    assert device.ratings.face(1).show == "busy"


@pytest.mark.both
def test_an_answer_is_kept_with_who_served_and_ends_the_invitation(
    serve: Callable[..., int], device: Front, store: Store, actor: Actor
) -> None:
    ticket_id = serve(1)
    device.ratings.rate(ticket_id, 1, 5, channel="evaluator")
    assert device.ratings.face(1).show == "idle"
    with store.read() as session:
        rating = session.scalars(select(Rating)).one()
        assert (rating.ticket_id, rating.account_id, rating.level, rating.channel) == (
            ticket_id,
            actor.account_id,
            5,
            "evaluator",
        )


def test_a_matter_of_a_ticket_is_rated_once(serve: Callable[..., int], device: Front, store: Store) -> None:
    ticket_id = serve(1)
    device.ratings.rate(ticket_id, 1, 4, channel="evaluator")
    with pytest.raises(AlreadyRated, match="B001"):
        device.ratings.rate(ticket_id, 1, 1, channel="counter")
    assert ratings_in(store) == [4]


def test_of_two_answers_at_the_same_time_one_is_kept(
    serve: Callable[..., int],
    device: Front,
    front_of: Callable[[Store, Actor], Front],
    other_station: Store,
    store: Store,
) -> None:
    ticket_id = serve(1)
    second = front_of(other_station, device.actor)

    def answer(front: Front) -> str:
        try:
            front.ratings.rate(ticket_id, 1, 2, channel="evaluator")
        except HallError as error:
            return type(error).__name__
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, (device, second))) == ["AlreadyRated", "kept"]
    assert ratings_in(other_station) == [2]


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_that_does_not_exist_is_refused(serve: Callable[..., int], device: Front, level: int) -> None:
    with pytest.raises(NoSuchLevel):
        device.ratings.rate(serve(1), 1, level, channel="evaluator")


def test_only_a_visit_that_ended_at_this_counter_today_is_rated(
    serve: Callable[..., int], front: Front, device: Front, clock: FixedClock, store: Store
) -> None:
    ticket_id = serve(1)
    with pytest.raises(NoVisitToRate, match="2号窗口"):
        device.ratings.rate(ticket_id, 2, 5, channel="evaluator")
    front.taking.issue("XK05", channel="staff")
    serving = front.calling.call_next(2).ticket_id
    with pytest.raises(NoVisitToRate):
        device.ratings.rate(serving, 2, 5, channel="evaluator")
    clock.instant = datetime(2026, 11, 24, 8, 0, tzinfo=HALL_ZONE)
    with pytest.raises(NoVisitToRate):
        device.ratings.rate(ticket_id, 1, 5, channel="evaluator")
    assert ratings_in(store) == []


def test_a_ticket_that_was_given_back_is_not_rated(front: Front, device: Front) -> None:
    front.taking.issue("XK05", channel="staff")
    ticket_id = front.calling.call_next(1).ticket_id
    front.calling.give_back(1, "走开了")
    assert device.ratings.face(1).show == "idle"
    front.calling.close_counter(1)
    assert device.ratings.face(1).show == "pause"
    with pytest.raises(NoVisitToRate):
        device.ratings.rate(ticket_id, 1, 5, channel="evaluator")


def test_a_clerk_gives_no_rating(serve: Callable[..., int], front: Front) -> None:
    with pytest.raises(NotAuthorised, match="显示屏"):
        front.ratings.rate(serve(1), 1, 5, channel="evaluator")


@pytest.mark.parametrize(("level", "opened"), [(5, 0), (3, 0), (2, 1), (1, 1)])
def test_the_last_two_levels_open_a_follow_up(
    serve: Callable[..., int], device: Front, office: Front, level: int, opened: int
) -> None:
    device.ratings.rate(serve(1), 1, level, channel="evaluator")
    assert len(office.ratings.follow_ups()) == opened


def test_a_follow_up_shows_what_the_manager_needs_with_the_name_masked(
    serve: Callable[..., int], device: Front, office: Front, make_card: Callable[..., Card]
) -> None:
    device.ratings.rate(serve(3, card=make_card(name="张测明")), 3, 1, channel="evaluator")
    (found,) = office.ratings.follow_ups()
    assert (found.ticket_code, found.counter_number, found.level, found.opened_on) == ("B001", 3, 1, TODAY)
    assert found.matter_name
    assert found.applicant is not None
    assert found.applicant.name_masked == "张*明"
    assert (found.due_on, found.pending) == (date(2026, 12, 14), "")


def test_a_follow_up_is_pending_until_the_schedule_is_there(
    serve: Callable[..., int], device: Front, office: Front, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 12, 21, 9, 0, tzinfo=HALL_ZONE)
    device.ratings.rate(serve(1), 1, 2, channel="evaluator")
    (found,) = office.ratings.follow_ups()
    assert (found.due_on, found.pending) == (None, "2027年放假安排未录入")


def test_an_import_of_the_schedule_ends_the_waiting(
    serve: Callable[..., int], device: Front, office: Front, clock: FixedClock, administrator: Actor
) -> None:
    clock.instant = datetime(2026, 12, 21, 9, 0, tzinfo=HALL_ZONE)
    device.ratings.rate(serve(1), 1, 2, channel="evaluator")
    new_year = YearSchedule(2027, "测试", "测试", (ScheduleDay(date(2027, 1, 1), "rest", "元旦"),))
    import_schedules(office.store, administrator, home=office.home, schedules=(new_year,))
    (found,) = office.ratings.follow_ups()
    assert (found.due_on, found.pending) == (date(2027, 1, 12), "")


def test_the_most_urgent_follow_up_comes_first(
    serve: Callable[..., int], device: Front, office: Front, clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 12, 2, 9, 0, tzinfo=HALL_ZONE)
    device.ratings.rate(serve(2), 2, 1, channel="evaluator")
    clock.instant = datetime(2026, 12, 21, 9, 0, tzinfo=HALL_ZONE)
    device.ratings.rate(serve(1), 1, 2, channel="evaluator")
    assert [found.due_on for found in office.ratings.follow_ups()] == [date(2026, 12, 23), None]


@pytest.mark.both
def test_a_follow_up_tells_its_day_to_the_manager(
    serve: Callable[..., int], device: Front, store: Store, clock: FixedClock, home: Path
) -> None:
    device.ratings.rate(serve(1), 1, 1, channel="evaluator")
    bell, text = Bell(store, clock, home), "2026-11-23 的差评：差评回访整改 2026-12-14 到期，请按时办理"
    assert bell.heard(date(2026, 12, 10)) == []
    assert bell.heard(date(2026, 12, 11)) == [("manager", text)]


@pytest.mark.both
def test_a_follow_up_is_called_back_about_corrected_and_closed_once(
    serve: Callable[..., int], device: Front, office: Front, store: Store, make_card: Callable[..., Card]
) -> None:
    device.ratings.rate(serve(1, card=make_card()), 1, 1, channel="evaluator")
    (found,) = office.ratings.follow_ups()
    key, front = found.follow_up_id, office.ratings
    for bad in ("", "  "):
        with pytest.raises(OutcomeMissing):
            front.close_follow_up(key, bad, result="corrected")
    with pytest.raises(NotClosedYet, match="已联系 0 次") as refused:
        front.close_follow_up(key, "已改正", result="corrected")
    assert len(refused.value.reasons) == 2
    front.call_back(key, "反映等候时间长", reached=True)
    with pytest.raises(NotClosedYet, match="请先登记改了什么"):
        front.close_follow_up(key, "已改正", result="corrected")
    front.correct(key, "高峰时段加开一个窗口", proof="11月排班表")
    with pytest.raises(ReasonHoldsNumber):
        front.close_follow_up(key, "已打 13900001234 致歉", result="corrected")
    front.close_follow_up(key, " 已电话致歉，补办完毕 ", result="corrected")
    acts: tuple[Callable[[], None], ...] = (
        lambda: front.close_follow_up(key, "再写一次", result="corrected"),
        lambda: front.call_back(key, "再打一次", reached=True),
        lambda: front.correct(key, "再改一次", proof="照片"),
    )
    for act in acts:
        with pytest.raises(FollowUpClosed):
            act()
    assert front.follow_ups() == ()
    (closed,) = front.follow_ups(closed=True)
    assert (closed.outcome, closed.closed_at) == ("已整改：已电话致歉，补办完毕", store.clock.now())
    assert closed.calls == ("联系上：反映等候时间长",)
    assert closed.corrections == ("高峰时段加开一个窗口（证明：11月排班表）",)
    with store.read() as session:
        assert session.scalars(select(RatingFollowUp.closed_by)).one() == office.actor.account_id
        counts = counts_of(session, hall_id=store.hall_id, first=TODAY, last=date(2026, 12, 31))
    assert counts == FollowUpCounts(opened=1, named=1, called=1, corrected=1, due=1, closed_in_time=1)


@pytest.mark.both
def test_photos_prove_a_correction_once_it_is_entered_and_are_looked_at_afterwards(
    serve: Callable[..., int], device: Front, office: Front, make_card: Callable[..., Card], tmp_path: Path
) -> None:
    device.ratings.rate(serve(1, card=make_card()), 1, 1, channel="evaluator")
    photo, recording = tmp_path / "新叫号屏.png", tmp_path / "录音.mp3"
    photo.write_bytes(PNG)
    recording.write_bytes(b"ID3\x04" + bytes(30))
    front = office.ratings
    key = front.follow_ups()[0].follow_up_id
    with pytest.raises(NothingToProve):
        front.prove(key, [photo], title="整改照片", purpose="photo")
    front.call_back(key, "反映等候时间长", reached=True)
    front.correct(key, "换了叫号屏", proof="照片")
    with pytest.raises(NotAPaper):
        front.prove(key, [photo, recording], title="整改照片", purpose="photo")
    assert front.follow_ups()[0].files == {}
    assert front.prove(key, [photo, photo], title="整改照片", purpose="photo") == 2
    assert list(front.follow_ups()[0].files.values()) == ["整改照片", "整改照片2"]
    front.close_follow_up(key, "补办完毕", result="corrected")
    with pytest.raises(FollowUpClosed):
        front.prove(key, [photo], title="整改照片", purpose="photo")
    assert [each.content for each in front.look(key)] == [PNG, PNG]
    with pytest.raises(NoSuchFollowUp):
        front.look(key + 1)


@pytest.mark.both
def test_a_follow_up_falls_due_in_the_month_of_its_day_and_a_month_stays_as_it_was(
    serve: Callable[..., int],
    device: Front,
    office: Front,
    clock: FixedClock,
    make_card: Callable[..., Card],
) -> None:
    device.ratings.rate(serve(1, card=make_card()), 1, 1, channel="evaluator")
    (found,) = office.ratings.follow_ups()
    assert found.due_on == date(2026, 12, 14)
    clock.instant = datetime(2026, 12, 1, 9, 0, tzinfo=HALL_ZONE)
    office.ratings.call_back(found.follow_up_id, "反映等候时间长", reached=True)
    office.ratings.correct(found.follow_up_id, "高峰时段加开一个窗口", proof="排班表")
    office.ratings.close_follow_up(found.follow_up_id, "补办完毕", result="corrected")
    store = office.store
    with store.read() as session:
        november = counts_of(session, hall_id=store.hall_id, first=date(2026, 11, 1), last=date(2026, 11, 30))
        december = counts_of(session, hall_id=store.hall_id, first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert november == FollowUpCounts(opened=1, named=1)
    assert december == FollowUpCounts(due=1, closed_in_time=1)


def test_a_follow_up_closed_before_its_day_was_known_counts_with_the_schedule(
    serve: Callable[..., int], device: Front, office: Front, clock: FixedClock, administrator: Actor
) -> None:
    clock.instant = datetime(2026, 12, 21, 9, 0, tzinfo=HALL_ZONE)
    device.ratings.rate(serve(1), 1, 2, channel="evaluator")
    key = office.ratings.follow_ups()[0].follow_up_id
    office.ratings.correct(key, "换了叫号屏", proof="照片")
    office.ratings.close_follow_up(key, "已换", result="corrected")
    new_year = YearSchedule(2027, "测试", "测试", (ScheduleDay(date(2027, 1, 1), "rest", "元旦"),))
    moved = import_schedules(office.store, administrator, home=office.home, schedules=(new_year,)).moved
    assert [(each.kind, each.before, each.after) for each in moved] == [("follow_up", None, date(2027, 1, 12))]
    with office.store.read() as session:
        hall_id = office.store.hall_id
        january = counts_of(session, hall_id=hall_id, first=date(2027, 1, 1), last=date(2027, 1, 31))
    assert (january.due, january.closed_in_time) == (1, 1)


def test_who_cannot_be_reached_is_called_three_times(
    serve: Callable[..., int], device: Front, office: Front, make_card: Callable[..., Card]
) -> None:
    device.ratings.rate(serve(1, card=make_card()), 1, 2, channel="evaluator")
    key = office.ratings.follow_ups()[0].follow_up_id
    for calls in range(3):
        with pytest.raises(NotClosedYet, match=f"已联系 {calls} 次"):
            office.ratings.close_follow_up(key, "查看录像，服务规范", result="unfounded")
        office.ratings.call_back(key, "无人接听", reached=False)
    with pytest.raises(NotClosedYet, match="没有联系上评价人，不能按"):
        office.ratings.close_follow_up(key, "已说明", result="explained")
    office.ratings.close_follow_up(key, "查看录像，服务规范", result="unfounded")
    assert office.ratings.follow_ups() == ()


def test_nobody_follows_up_a_rating_of_himself(
    serve: Callable[..., int], device: Front, front: Front, front_of: Callable[[Store, Actor], Front], store: Store
) -> None:
    device.ratings.rate(serve(1), 1, 1, channel="evaluator")
    both = front_of(store, replace(front.actor, roles=frozenset({"clerk", "manager"})))
    (found,) = both.ratings.follow_ups()
    assert found.own
    acts: tuple[Callable[[], None], ...] = (
        lambda: both.ratings.call_back(found.follow_up_id, "我自己问了", reached=True),
        lambda: both.ratings.correct(found.follow_up_id, "我自己改了", proof="照片"),
        lambda: both.ratings.close_follow_up(found.follow_up_id, "没有这回事", result="unfounded"),
    )
    for act in acts:
        with pytest.raises(RatedYourself):
            act()


def test_only_the_manager_follows_up(serve: Callable[..., int], device: Front, front: Front) -> None:
    device.ratings.rate(serve(1), 1, 1, channel="evaluator")
    with pytest.raises(NotAuthorised, match="大厅主任"):
        front.ratings.follow_ups()
    with pytest.raises(NotAuthorised, match="大厅主任"):
        front.ratings.close_follow_up(1, "好了", result="unfounded")


def test_a_follow_up_that_does_not_exist_is_missing(office: Front) -> None:
    with pytest.raises(NoSuchFollowUp):
        office.ratings.close_follow_up(99, "好了", result="unfounded")


@pytest.mark.both
def test_a_month_is_ranked_by_ratings_that_somebody_gave(
    serve: Callable[..., int], device: Front, office: Front
) -> None:
    for level in (5, 5, 4, 3, 1):
        device.ratings.rate(serve(1), 1, level, channel="evaluator")
    for _ in range(6):
        serve(2)
    device.ratings.rate(serve(2), 2, 5, channel="evaluator")
    places = office.ratings.ranking(TODAY, "counters").places
    assert [(each.rated.name, each.place, each.rated.visits, each.why_not) for each in places] == [
        ("1号窗口", 1, 5, ""),
        ("2号窗口", None, 7, "只有 1 个评价，不足 5 个"),
    ]
    (matter,) = office.ratings.ranking(TODAY, "matters").places
    assert (matter.place, matter.rated.count, matter.rated.satisfied) == (1, 6, 5)
    assert office.ratings.ranking(date(2026, 10, 5), "matters").places == ()


@pytest.mark.both
def test_outside_scores_come_in_whole_and_a_corrected_one_is_a_revision(office: Front, store: Store) -> None:
    heading = "来源,类别,月份,指标,得分,满分,调查人数,报告"
    lines = ("甲咨询,第三方评价,2026-11,态度,92,100,300,甲〔2026〕1号", "甲咨询,第三方评价,2026-11,秩序,88,100,300,")
    first = "\n".join((heading, *lines))
    done = import_scores(store, office.actor, scores=parse_scores(first))
    assert done == ImportedScores(added=2, replaced=0, unchanged=0)
    again = import_scores(store, office.actor, scores=parse_scores(first.replace("88,100", "89.5,100")))
    assert again == ImportedScores(added=0, replaced=1, unchanged=1)
    assert [(row.indicator, row.hundredths, row.revision) for row in office.ratings.outside_scores()] == [
        ("态度", 9200, 1),
        ("秩序", 8950, 2),
    ]
    with store.read() as session:
        counts = counts_of(session, hall_id=store.hall_id, first=date(2026, 11, 1), last=date(2026, 11, 30))
    assert (counts.scores, counts.score_hundredths, counts.score_full_hundredths) == (2, 18150, 20000)
    with pytest.raises(NotAuthorised):
        import_scores(store, replace(office.actor, roles=frozenset({"clerk"})), scores=())


def test_figures_have_their_numerator_and_denominator(
    serve: Callable[..., int], device: Front, office: Front, store: Store
) -> None:
    for counter, level in ((1, 5), (1, 2), (3, 4)):
        device.ratings.rate(serve(counter), counter, level, channel="evaluator")
    serve(3)
    found = summary(store, office.actor, first=TODAY, last=TODAY)
    assert (found.total.visits, found.total.share, found.total.levels) == (4, Share(2, 3), (0, 1, 0, 1, 1))
    assert [(each.name, each.visits, each.share) for each in found.counters] == [
        ("1号窗口", 2, Share(1, 2)),
        ("3号窗口", 2, Share(1, 1)),
    ]
    assert [(each.name, each.share) for each in found.days] == [("2026-11-23", Share(2, 3))]
    assert len(found.clerks) == 1
    later = summary(store, office.actor, first=date(2026, 11, 24), last=date(2026, 11, 30))
    assert later.total.share == Share(0, 0)
    table = rating_tables(found)[1]
    assert table.columns[:3] == ("窗口", "办结", "评价")
    assert table.rows[0] == ("1号窗口", 2, 2, 1, 0, 0, 1, 0, 1, "50.0%（1/2）")


@pytest.mark.both
def test_a_rating_that_was_given_cannot_be_changed(serve: Callable[..., int], device: Front, store: Store) -> None:
    device.ratings.rate(serve(1), 1, 1, channel="evaluator")
    with pytest.raises(Exception, match="append-only"), store.engine.begin() as connection:
        connection.execute(update(Rating).values(level=5))
    with store.read() as session:
        assert session.scalar(select(func.sum(Rating.level))) == 1
