"""What may not be written into the ledger of a fine: each with its sentence."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.fine_entries import BadEntry, check_entry, check_parts, numbered_after, parts_left, plan_total, waivable
from hall.rules.fines import Entry, Part
from hall.rules.money import LARGEST_FEN
from tests.rules.fine_ledgers import DUE, GROWTH, day, imposed

PAUSED = imposed(), Entry(2, "pause", day(3), cause="review")
OVER = imposed(), Entry(2, "pay", day(0), 120_000)
GIVEN_BACK = (
    imposed(),
    Entry(2, "pay", day(0), 100_000),
    Entry(3, "pay", day(0), 100_000),
    Entry(4, "refund", day(1), 100_000),
)
PLAN = Entry(0, "plan", day(10), cause="deferral", parts=(Part(day(20), 100_000),))
AGREED = imposed(), Entry(2, "plan", day(11), cause="agreement", parts=(Part(day(20), 130_000),))


def refusal(new: Entry, *entries: Entry, today: date | None = None) -> str:
    """The sentence, empty where it may be written."""
    try:
        check_entry(entries, numbered_after(entries, new), today=today or day(30), growth=GROWTH)
    except BadEntry as refused:
        return refused.sentence
    return ""


@pytest.mark.parametrize(
    ("new", "entries", "words"),
    [
        (Entry(0, "impose", DUE, 100), (imposed(),), "不能再次起算"),
        (Entry(0, "impose", DUE, 0), (), "应大于0"),
        (Entry(0, "impose", DUE, LARGEST_FEN + 1), (), "不超过"),
        (Entry(0, "pay", DUE, 100), (), "先登记送达"),
        (Entry(0, "pay", day(31), 100), (imposed(),), "还没有到"),
        (Entry(0, "pay", DUE, 0), (imposed(),), "应大于0"),
        (Entry(0, "pay", DUE, -1), (imposed(),), "应大于0"),
        (Entry(0, "pay", DUE, LARGEST_FEN + 1), (imposed(),), "不超过"),
        (Entry(0, "pause", day(5), cause="review"), PAUSED, "不能重叠"),
        (Entry(0, "pause", day(5), cause="litigation"), PAUSED, "不能重叠"),
        (Entry(0, "pause", day(32), cause="review"), (imposed(),), "还没有到"),
        (Entry(0, "resume", day(5), cause="litigation"), PAUSED, "同一事由"),
        (Entry(0, "resume", day(5), cause="review"), (imposed(),), "同一事由"),
        (Entry(0, "resume", day(2), cause="review"), PAUSED, "先后不对"),
        (
            Entry(0, "pause", day(4), cause="litigation"),
            (*PAUSED, Entry(3, "resume", day(9), cause="review")),
            "先后不对",
        ),
        (Entry(0, "waive", day(10), 27_001), (imposed(),), "最多¥270.00"),
        (Entry(0, "waive", day(10), 0), (imposed(),), "只能减免已经加处的罚款"),
        (Entry(0, "waive", DUE, 1), (imposed(),), "罚款本金依法不能减免"),
        (Entry(0, "breach", day(10)), (imposed(),), "没有正在履行的执行协议"),
        (Entry(0, "breach", day(20)), AGREED, "没有违约"),
        (PLAN, AGREED, "先登记违约"),
        (Entry(0, "refund", day(1), 20_001), OVER, "多缴¥200.00"),
        (Entry(0, "refund", day(-1), 20_000), OVER, "多缴¥0.00"),
        (Entry(0, "reverse", day(2), 100_000, reverses=2), GIVEN_BACK, "有¥1,000.00成为多退"),
        (Entry(0, "refund", day(1), 0), OVER, "只能退还多缴"),
        (Entry(0, "reverse", day(1), 120_000, reverses=1), OVER, "没有可以冲正"),
        (Entry(0, "reverse", day(1), 1, reverses=2), OVER, "数额相同"),
        (Entry(0, "reverse", day(-1), 120_000, reverses=2), OVER, "日期不早于"),
        (
            Entry(0, "reverse", day(2), 120_000, reverses=2),
            (*OVER, Entry(3, "reverse", day(1), 120_000, reverses=2)),
            "已经冲正过",
        ),
        (Entry(0, "vary", day(1), 100_000), (imposed(),), "不得加重"),
        (Entry(0, "vary", day(1), 0), (imposed(),), "请用撤销"),
        (Entry(0, "revoke", day(2)), (imposed(), Entry(2, "revoke", day(1))), "已经撤销"),
        (replace(PLAN, parts=()), (imposed(),), "都要写金额"),
        (replace(PLAN, parts=(Part(day(20), 100_000), Part(day(30), 0))), (imposed(),), "大于0"),
        (replace(PLAN, parts=(Part(day(9), 100_000),)), (imposed(),), "请写以后的日期"),
        (replace(PLAN, parts=(Part(day(20), 60_000), Part(day(20), 40_000))), (imposed(),), "第2期的期限"),
        (replace(PLAN, parts=(Part(day(20), 60_000), Part(day(30), 39_999))), (imposed(),), "少¥0.01"),
        (replace(PLAN, parts=(Part(day(20), 60_000), Part(date.max, 40_000))), (imposed(),), "请核对年份"),
        (replace(PLAN, parts=(Part(day(20), 60_000), Part(day(30), 50_000))), (imposed(),), "多¥100.00"),
        (PLAN, OVER, "没有未缴的款项"),
    ],
)
def test_an_entry_that_is_not_true_is_refused_with_what_is_wrong(
    new: Entry, entries: tuple[Entry, ...], words: str
) -> None:
    assert words in refusal(new, *entries)


@pytest.mark.parametrize(
    ("new", "entries"),
    [
        (Entry(0, "impose", DUE, 100), ()),
        (Entry(0, "pay", DUE, 100), (imposed(),)),
        (Entry(0, "pause", day(31), cause="review"), (imposed(),)),
        (Entry(0, "pause", day(4), cause="application"), PAUSED),
        (Entry(0, "resume", day(31), cause="review"), PAUSED),
        (Entry(0, "waive", day(10), 27_000), (imposed(),)),
        (Entry(0, "breach", day(21)), AGREED),
        (Entry(0, "refund", day(1), 20_000), OVER),
        (Entry(0, "reverse", day(1), 120_000, reverses=2), OVER),
        (Entry(0, "reverse", day(3), 100_000, reverses=2), (*GIVEN_BACK, Entry(5, "pay", day(2), 100_000))),
        (Entry(0, "vary", day(1), 99_999), (imposed(),)),
        (Entry(0, "revoke", day(1)), (imposed(),)),
        (PLAN, (imposed(),)),
        (replace(PLAN, parts=(Part(day(10), 40_000), Part(day(30), 60_000))), (imposed(),)),
    ],
)
def test_an_entry_that_is_true_is_written(new: Entry, entries: tuple[Entry, ...]) -> None:
    assert refusal(new, *entries) == ""


def test_a_plan_adds_up_to_the_fine_and_under_an_agreement_to_what_was_added_too() -> None:
    entries = imposed(), Entry(2, "pay", day(4), 20_000)
    assert plan_total(entries, day(11), "deferral", GROWTH) == 80_000
    assert plan_total(entries, day(11), "agreement", GROWTH) == 80_000 + 4 * 3_000 + 6 * 2_400
    assert waivable(entries, day(11), GROWTH) == 4 * 3_000 + 6 * 2_400


def test_a_refund_is_remembered_when_the_payment_it_was_for_was_another_fines() -> None:
    returned = *GIVEN_BACK, Entry(5, "pay", day(2), 100_000), Entry(6, "reverse", day(3), 100_000, reverses=2)
    now = GROWTH.position(returned, day(3))
    assert (now.balance_fen, now.over_fen, now.refunded_fen) == (0, 0, 100_000)


def test_what_came_later_changes_nothing_of_what_could_be_waived_on_a_day() -> None:
    entries = imposed(), Entry(2, "waive", day(8), 5_000), Entry(3, "pay", day(9), 100_000)
    assert waivable(entries, day(6), GROWTH) == 15_000


@pytest.mark.parametrize(
    ("total", "first", "left"),
    [
        (90, 1, ((5, 30), (10, 30), (20, 30))),
        (50, 1, ((10, 20), (20, 30))),
        (90, 6, ((10, 60), (20, 30))),
        (50, 11, ((20, 50),)),
        (90, 21, ((5, 30), (10, 30), (20, 30))),
    ],
)
def test_a_plan_is_granted_for_what_is_left_and_its_days_that_passed_are_due_with_the_next(
    total: int, first: int, left: tuple[tuple[int, int], ...]
) -> None:
    asked = [Part(day(at), 30) for at in (5, 10, 20)]
    assert parts_left(asked, total=total, first=day(first)) == tuple(Part(day(at), fen) for at, fen in left)


def test_parts_are_checked_before_they_are_asked_for() -> None:
    check_parts([Part(day(1), 5), Part(day(2), 5)], total=10, first=day(1))
    with pytest.raises(BadEntry, match=r"少¥0\.01"):
        check_parts([Part(day(1), 5), Part(day(2), 5)], total=11, first=day(1))
