"""Suspension and extension of a real case on both databases: due days, papers, states, what boards compare."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.authority import NotAuthorised
from hall.rules.catalogue import Limit
from hall.rules.clocks import ResultTooEarly
from hall.rules.clocks_board import PAUSED_URGENCY
from hall.rules.clocks_changes import CannotExtend
from hall.rules.people import Actor
from hall.rules.procedures import CannotSuspend
from hall.services import assigning, documents
from hall.services.applications import Application
from hall.services.case_records import NoSuchCase
from hall.services.clock_front import ClockFront
from hall.services.clocks import NotUnderWay, UnderWayAlready
from hall.services.front import Front
from hall.services.reasons import ReasonNeeded
from hall.services.suspending import ResultInFuture, SuspensionRequest
from hall.store import Store
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.permits import CaseEvent, PermitCase

TESTING = SuspensionRequest("testing", Limit(5, "workday"), "示例区检测中心", "路基强度要检测")
TENDER = SuspensionRequest("tender", None, "", "摊位数量有限，须招标")
Made = Callable[..., Application]


@pytest.fixture
def reviewer(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("reviewer", account_id=11, name="孙七和")


@pytest.fixture
def clocks(store: Store, reviewer: Actor, home: Path) -> ClockFront:
    """What the reviewer does with the clocks."""
    return ClockFront(store, reviewer, home)


@pytest.fixture
def approver_clocks(store: Store, actor_with: Callable[..., Actor], home: Path) -> ClockFront:
    return ClockFront(store, actor_with("approver", account_id=13, name="周九安"), home)


@pytest.fixture
def case_id(store: Store, front: Front, actor: Actor, *, reviewer: Actor, make_application: Made, home: Path) -> int:
    """Accepted and taken on Monday 23 November 2026: by law until 21 December, promised for the 26th."""
    accepted = front.intake.accept(make_application("XK05"))
    assigning.hand_over(store, actor, case_id=accepted.case_id, home=home)
    assigning.take(store, reviewer, case_id=accepted.case_id)
    return accepted.case_id


@pytest.fixture
def on_day(clock: FixedClock) -> Callable[[str], None]:
    """Moves the clock to a morning: `on_day("11-27")`."""

    def move(day: str) -> None:
        clock.instant = datetime.fromisoformat(f"2026-{day}T09:30").replace(tzinfo=HALL_ZONE)

    return move


def kept(store: Store, case_id: int) -> PermitCase:
    with store.read() as session:
        return session.get_one(PermitCase, case_id)


def clock_days(store: Store, case_id: int) -> dict[str, tuple[date | None, str]]:
    """Due day and state of every clock by its kind."""
    with store.read() as session:
        found = session.scalars(select(CaseClock).where(CaseClock.case_id == case_id).order_by(CaseClock.id))
        return {each.kind: (each.due_on, each.state) for each in found}


def last_event(store: Store, case_id: int) -> CaseEvent:
    with store.read() as session:
        newest = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id.desc()).limit(1)
        return session.scalars(newest).one()


def text_of(store: Store, document_id: int | None) -> str:
    """The words of a frozen paper."""
    assert document_id is not None
    return str(documents.frozen(store, document_id).content)


@pytest.mark.both
def test_a_limited_procedure_moves_both_due_days_at_once(
    store: Store, clocks: ClockFront, case_id: int, on_day: Callable[[str], None]
) -> None:
    on_day("11-24")
    weighed = {each.kind: each for each in clocks.weigh_suspension(case_id, "testing", TESTING.granted).clocks}
    moved = clocks.suspend(case_id, TESTING)
    now = clock_days(store, case_id)
    assert now["statutory"] == (date(2026, 12, 28), "paused")
    assert now["promised"] == (date(2026, 12, 3), "paused")
    assert now["procedure"] == (date(2026, 12, 1), "running")
    assert weighed["statutory"].moved == weighed["promised"].moved == 5
    after = {each.kind: each for each in moved.clocks}
    assert after["statutory"] == weighed["statutory"].after
    assert after["promised"].countdowns[0].ends_on == date(2026, 11, 30)
    case = kept(store, case_id)
    assert (case.state, case.standing, case.urgency) == ("suspended", "paused", PAUSED_URGENCY)
    event = last_event(store, case_id)
    assert (event.kind, event.document_id, event.note) == ("suspend", moved.paper.document_id, TESTING.reason)


@pytest.mark.parametrize(
    ("result", "statutory", "promised"),
    [
        ("11-26", "2026-12-23", "2026-11-30"),  # early: two days
        ("12-01", "2026-12-28", "2026-12-03"),  # on the day: five
        ("12-04", "2026-12-28", "2026-12-03"),  # late: five
        ("11-24", "2026-12-22", "2026-11-27"),  # the same day: one
    ],
)
def test_its_result_leaves_out_what_it_took_and_no_more_than_was_granted(
    store: Store,
    clocks: ClockFront,
    case_id: int,
    on_day: Callable[[str], None],
    *,
    result: str,
    statutory: str,
    promised: str,
) -> None:
    on_day("11-24")
    clocks.suspend(case_id, TESTING)
    on_day(result)
    clocks.resume(case_id, "testing", "检测合格")
    now = clock_days(store, case_id)
    assert now["statutory"] == (date.fromisoformat(statutory), "running")
    assert now["promised"] == (date.fromisoformat(promised), "running")
    assert now["procedure"][1] == "stopped"
    case = kept(store, case_id)
    assert (case.state, case.standing) == ("reviewing", "running")


def test_a_result_may_be_registered_later_with_its_own_day(
    store: Store, clocks: ClockFront, case_id: int, on_day: Callable[[str], None]
) -> None:
    on_day("11-24")
    clocks.suspend(case_id, TESTING)
    on_day("11-30")
    with pytest.raises(ResultInFuture, match="2026-12-01还没有到"):
        clocks.resume(case_id, "testing", "检测合格", result_on=date(2026, 12, 1))
    with pytest.raises(ResultTooEarly):
        clocks.resume(case_id, "testing", "检测合格", result_on=date(2026, 11, 23))
    clocks.resume(case_id, "testing", "检测合格", result_on=date(2026, 11, 26))
    assert clock_days(store, case_id)["statutory"][0] == date(2026, 12, 23)


@pytest.mark.both
def test_a_procedure_without_limit_holds_everything_until_its_result(
    store: Store, clocks: ClockFront, case_id: int, on_day: Callable[[str], None]
) -> None:
    on_day("11-24")
    clocks.suspend(case_id, TENDER)
    now = clock_days(store, case_id)
    assert now["statutory"] == now["promised"] == (None, "paused")
    assert "procedure" not in now
    case = kept(store, case_id)
    assert (case.statutory_ordinal, case.promised_ordinal) == (None, None)
    on_day("12-08")
    statutory = next(each for each in clocks.explain(case_id) if each.clock.kind == "statutory")
    assert (statutory.clock.consumed, statutory.clock.remaining, statutory.clock.paused_days) == (0, 20, 11)
    assert statutory.days[-1].day == date(2026, 12, 8)
    assert "第四十五条" in statutory.law
    clocks.resume(case_id, "tender", "中标结果已公布")
    assert clock_days(store, case_id)["promised"] == (date(2026, 12, 10), "running")


@pytest.mark.both
def test_two_procedures_at_once_count_a_day_once_and_the_case_waits_for_both(
    store: Store, clocks: ClockFront, case_id: int, on_day: Callable[[str], None]
) -> None:
    on_day("11-24")
    clocks.suspend(case_id, TESTING)
    on_day("11-25")
    clocks.suspend(case_id, SuspensionRequest("appraisal", Limit(2, "workday"), "", "要鉴定"))
    with pytest.raises(UnderWayAlready, match="检测正在进行"):
        clocks.suspend(case_id, TESTING)
    assert clock_days(store, case_id)["statutory"][0] == date(2026, 12, 28)
    on_day("11-26")
    clocks.resume(case_id, "appraisal", "鉴定完毕")
    assert kept(store, case_id).state == "suspended"
    on_day("11-27")
    clocks.resume(case_id, "testing", "检测合格")
    assert kept(store, case_id).state == "reviewing"
    assert clock_days(store, case_id)["statutory"][0] == date(2026, 12, 24)


def test_the_papers_tell_what_is_left_out_and_the_days_after_it(
    store: Store, clocks: ClockFront, case_id: int, reviewer: Actor, on_day: Callable[[str], None]
) -> None:
    on_day("11-24")
    begun = text_of(store, clocks.suspend(case_id, TESTING).paper.document_id)
    for words in ("检测", "示例区检测中心", "5个工作日", "第四十五条", "不计算在法定办理期限和承诺办理期限内"):
        assert words in begun
    on_day("11-26")
    ended = text_of(store, clocks.resume(case_id, "testing", "检测合格").paper.document_id)
    for words in ("'excluded_days': '2'", "2026年12月23日", "2026年11月30日", "检测合格"):
        assert words in ended


def test_only_what_law_and_matter_allow_may_stop_a_clock(clocks: ClockFront, case_id: int) -> None:
    codes = {each.code for each in clocks.procedures(case_id)}
    assert {"hearing", "testing", "expert_review"} <= codes
    assert not {"visit", "supplement", "publicity"} & codes
    with pytest.raises(CannotSuspend, match="现场勘查：它不在可以扣除的时间之列，可以的有：听证、招标"):
        clocks.suspend(case_id, SuspensionRequest("visit", None, "", "要看现场"))
    with pytest.raises(CannotSuspend, match="要给定所需时间"):
        clocks.weigh_suspension(case_id, "testing", None)
    with pytest.raises(ReasonNeeded):
        clocks.suspend(case_id, SuspensionRequest("testing", Limit(5, "workday"), "", " "))


def test_nothing_is_resumed_that_was_not_begun(clocks: ClockFront, case_id: int) -> None:
    with pytest.raises(NotUnderWay, match="没有进行中的听证"):
        clocks.resume(case_id, "hearing", "听证结束")


def test_what_is_weighed_is_not_written(store: Store, clocks: ClockFront, case_id: int) -> None:
    before = clock_days(store, case_id)
    weighed = clocks.weigh_suspension(case_id, "tender", None)
    assert [(each.kind, each.moved) for each in weighed.clocks if each.kind != "step"] == [
        ("statutory", None), ("promised", None),
    ]  # fmt: skip
    assert clock_days(store, case_id) == before
    with store.read() as session:
        assert session.scalars(select(CasePause)).all() == []


def test_a_supplement_in_review_is_weighed_for_the_promise_alone(clocks: ClockFront, case_id: int) -> None:
    found = {each.kind: each for each in clocks.weigh_supplement(case_id, Limit(5, "workday")).clocks}
    assert (found["statutory"].moved, found["promised"].moved) == (0, None)
    assert found["supplement"].after is not None
    assert found["supplement"].after.due_on == date(2026, 11, 30)


def test_a_hall_whose_promise_goes_on_during_a_supplement_says_so_in_its_own_file(
    clocks: ClockFront, case_id: int, home: Path
) -> None:
    (home / "procedures.csv").write_text(
        "code,name,stops_statutory,stops_promised,limited,max_days,unit,law,effective_from,source,note\n"
        "supplement,审查中补正,no,no,no,,workday,本局承诺,2020-01-01,本局规定,\n",
        encoding="utf-8",
    )
    found = {each.kind: each for each in clocks.weigh_supplement(case_id, Limit(5, "workday")).clocks}
    assert found["promised"].moved == 0


@pytest.mark.both
def test_an_extension_on_the_due_day_moves_it_and_the_paper_says_both_days(
    store: Store, approver_clocks: ClockFront, case_id: int, on_day: Callable[[str], None], manager: Actor
) -> None:
    on_day("12-21")
    assert approver_clocks.longest_extensions(case_id)["statutory"] == 10
    with pytest.raises(CannotExtend, match="本事项没有规定可以延长"):
        approver_clocks.weigh_extension(case_id, {"promised": 3})
    done = approver_clocks.extend(case_id, {"statutory": 5}, "须征求上级意见")
    assert clock_days(store, case_id)["statutory"][0] == date(2026, 12, 28)
    words = text_of(store, done.paper.document_id)
    assert "2026年12月21日" in words
    assert "2026年12月28日" in words
    explained = next(each for each in approver_clocks.explain(case_id) if each.clock.kind == "statutory")
    assert "延期5工作日自此日起" in [each.remark for each in explained.days]
    assert "延长5工作日" in explained.law
    with pytest.raises(CannotExtend, match="已经延长过5工作日"):
        approver_clocks.extend(case_id, {"statutory": 1}, "再延")


def test_an_extension_on_the_day_after_is_refused(
    store: Store, approver_clocks: ClockFront, case_id: int, on_day: Callable[[str], None]
) -> None:
    on_day("12-22")
    with pytest.raises(CannotExtend, match="2026-12-21已经期满"):
        approver_clocks.extend(case_id, {"statutory": 10}, "来不及")
    assert clock_days(store, case_id)["statutory"][0] == date(2026, 12, 21)


def test_a_pause_inside_an_extension_is_left_out_too(
    store: Store, clocks: ClockFront, approver_clocks: ClockFront, case_id: int, on_day: Callable[[str], None]
) -> None:
    on_day("12-14")
    approver_clocks.extend(case_id, {"statutory": 5}, "须征求上级意见")
    on_day("12-22")
    clocks.suspend(case_id, SuspensionRequest("testing", Limit(2, "workday"), "", "要检测"))
    assert clock_days(store, case_id)["statutory"][0] == date(2026, 12, 30)


def test_only_the_reviewer_suspends_and_only_the_approver_extends(
    store: Store, clocks: ClockFront, approver_clocks: ClockFront, case_id: int
) -> None:
    with pytest.raises(NotAuthorised):
        approver_clocks.suspend(case_id, TESTING)
    with pytest.raises(NotAuthorised):
        approver_clocks.resume(case_id, "testing", "合格")
    with pytest.raises(NotAuthorised):
        clocks.extend(case_id, {"statutory": 5}, "来不及")


def test_a_case_of_nobody_has_no_clocks(clocks: ClockFront) -> None:
    with pytest.raises(NoSuchCase, match="没有办件 404"):
        clocks.explain(404)


@pytest.mark.both
def test_a_case_that_has_ended_explains_its_two_limits(
    store: Store, clocks: ClockFront, case_id: int, clock: FixedClock
) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            CaseClock.__table__.update().values(state="stopped", stopped_on=clock.instant.date() + timedelta(days=1))  # type: ignore[attr-defined]
        )
    assert [each.clock.kind for each in clocks.explain(case_id)] == ["statutory", "promised"]
