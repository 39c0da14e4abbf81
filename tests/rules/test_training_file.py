"""The file of training records: what is read, and how every fault is named."""

from datetime import date

import pytest

from hall.rules.imports import BadRows
from hall.rules.training import TrainingRule, Wants
from hall.rules.training_file import TrainingRow, parse_training

TODAY = date(2026, 11, 23)
RULE = TrainingRule(date(2026, 1, 1), "样例", 45, 8, 60, 15, Wants(120, 7, 1, 1, 1), {})
HEADING = "工号,姓名,类别,内容,日期,结束日期,学时,分数,证明"
GOOD = "0102,李四,集中授课,行政许可法,2026-03-02,,180分钟,,签到表"


def refusals(*rows: str) -> list[str]:
    with pytest.raises(BadRows) as bad:
        parse_training("\n".join((HEADING, *rows)), RULE, today=TODAY)
    return [f"{row.line} {row.reason}" for row in bad.value.rows]


def test_rows_are_read_with_their_hours_and_scores() -> None:
    rows = parse_training(f"{HEADING}\n{GOOD}\n0102,李四,季考,第一季度,2026-03-30,,,86,\n", RULE, today=TODAY)
    assert rows == (
        TrainingRow(2, "0102", "李四", "course", "行政许可法", date(2026, 3, 2), None, 8, None, "签到表"),
        TrainingRow(3, "0102", "李四", "examination", "第一季度", date(2026, 3, 30), None, 0, 86, ""),
    )


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (GOOD.replace("0102", ""), "2 工号：不能为空，请填写"),
        (GOOD.replace("李四", ""), "2 姓名：不能为空，请填写"),
        (
            GOOD.replace("集中授课", "讲座"),
            "2 类别：不认识“讲座”，请写：集中授课、年度轮训、学习日、月交流、季考、网络学习",
        ),
        (GOOD.replace("行政许可法", ""), "2 内容：不能为空，请填写"),
        (GOOD.replace("2026-03-02", "三月"), "2 日期：“三月”不是日期，请写如 2026-01-01"),
        (GOOD.replace(",,180", ",四月,180"), "2 结束日期：“四月”不是日期，请写如 2026-01-01"),
        (GOOD.replace("180分钟", "半天"), "2 学时：“半天”读不懂，请写学时（4 或 4.5），或者写 180分钟"),
        (GOOD.replace(",,签", ",优,签"), "2 分数：“优”不是 0 至 100 的整数"),
        (GOOD.replace("180分钟", "9"), "2 每天最多计 8 学时"),
    ],
)
def test_a_fault_is_named_with_its_row(row: str, fault: str) -> None:
    assert refusals(row) == [fault]


def test_a_record_that_stands_there_twice_is_named() -> None:
    assert refusals(GOOD, GOOD, "x") == [
        "3 与第2行重复（同一人同一天同一内容），请只留一行",
        "4 有1格，表头有9列，请检查格内的英文逗号是否用引号括起",
    ]
