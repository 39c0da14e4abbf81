"""The file of the stalls of a site: all or nothing, every fault with its line."""

import pytest

from hall.rules.imports import BadRows
from hall.rules.stall_file import PlacedStall, parse_stalls

HEAD = "摊位号,左,上,宽,高,经营类别,自产自销\n"
WORDS = {"snack": "早点小吃", "goods": "日用百货"}


def read(rows: str, plan: tuple[int, int] | None = (100, 60)) -> tuple[PlacedStall, ...]:
    return parse_stalls(HEAD + rows, plan=plan, categories=WORDS, allowed=("snack",))


def test_stalls_are_read_with_words_or_codes() -> None:
    assert read("A1,0,0,10,10,早点小吃,是\nA2,10,0,10,10,snack,\nA3,30,0,9,9,,否") == (
        PlacedStall("A1", 0, 0, 10, 10, "snack", farmers_only=True),
        PlacedStall("A2", 10, 0, 10, 10, "snack"),
        PlacedStall("A3", 30, 0, 9, 9),
    )


def test_without_a_plan_a_stall_may_lie_anywhere() -> None:
    assert read("A1,5000,0,10,10,,", plan=None)[0].x == 5000


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (",0,0,1,1,,", "摊位号要写"),
        ("A1,0,0,1,1,日用百货,", "不是这个点位的类别"),
        ("A1,0,0,1,1,煎饼,", "不是这个点位的类别"),
        ("A1,0,0,1,1,,也许", "写“是”或者“否”"),
        ("A1,0,0,0,1,,", "大于 0"),
        ("A1,-1,0,1,1,,", "大于 0"),
        ("A1,95,0,10,1,,", "超出平面图"),
        ("A1,0,0,1,1,,\nA1,5,5,1,1,,", "A1 重复"),
        ("A1,0,0,9,9,,\nA2,5,5,9,9,,", "A2 和 A1 重叠"),
        ("A1,0,0,9", "格"),
    ],
)
def test_a_fault_refuses_the_whole_file(rows: str, said: str) -> None:
    with pytest.raises(BadRows, match=said):
        read(rows)
