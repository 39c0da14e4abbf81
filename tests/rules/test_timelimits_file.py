"""The table of legal periods as data: what ships, which version counts, what a bad row is told."""

import re
from dataclasses import replace
from datetime import date

import pytest

from hall.rules.imports import BadRows
from hall.rules.timelimits_file import COLUMNS, LimitTable, NotYetInForce, UnknownRule, parse_timelimits
from hall.services.calendar import shipped_limits

LIMITS = shipped_limits()
PAYMENT = LIMITS.limit("fine.payment", date(2026, 1, 1))


def test_every_shipped_rule_has_a_basis_and_a_source() -> None:
    assert len(LIMITS.names) == 44
    assert all(rule.law and rule.source and rule.title for rule in LIMITS.limits)
    assert LIMITS.is_surcharge("fine.surcharge")
    assert not LIMITS.is_surcharge("fine.payment")


def test_an_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(UnknownRule, match=r"没有规则 permit\.decison，是不是 permit\.decision？"):
        LIMITS.is_surcharge("permit.decison")
    with pytest.raises(UnknownRule, match=r"没有规则 promise$"):
        LimitTable((), ()).limit("promise", date(2026, 1, 1))


def test_a_rule_counts_as_the_version_in_force_on_the_day_it_starts() -> None:
    old = replace(PAYMENT, length=20, effective_from=date(2010, 1, 1))
    table = LimitTable((PAYMENT, old), ())
    assert table.limit("fine.payment", date(2021, 7, 14)).length == 20
    assert table.limit("fine.payment", date(2021, 7, 15)).length == 15
    with pytest.raises(NotYetInForce, match="自2010-01-01起施行，2009-12-31适用的旧规定没有录入"):
        table.limit("fine.payment", date(2009, 12, 31))


ROW = {
    "rule": "test.limit", "title": "试", "length": "5", "unit": "workday", "direction": "forward", "roll": "no",
    "red_line": "no", "from_request": "no", "extension_max": "", "law": "法1", "law_excluded": "",
    "daily_rate": "", "cap": "", "payment_day_counts": "", "effective_from": "2024-01-01", "source": "法", "note": "",
}  # fmt: skip


def file_of(*rows: dict[str, str]) -> str:
    heading = ",".join(column.key for column in COLUMNS)
    return "\n".join([heading, *(",".join(row[column.key] for column in COLUMNS) for row in rows)])


def test_a_table_of_limits_is_read_as_it_is_written() -> None:
    table = parse_timelimits(file_of(ROW, {**ROW, "effective_from": "2025-01-01", "length": "6"}))
    assert [(rule.length, rule.effective_from.year) for rule in table.limits] == [(5, 2024), (6, 2025)]
    assert table.names == ("test.limit",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"rule": ""}, "不能为空"),
        ({"unit": "week"}, "单位应为 workday、day、month、hour、rate"),
        ({"length": "五"}, "“五”应为正整数"),
        ({"length": "0"}, "“0”应为正整数"),
        ({"length": "99999"}, "“99999”应为正整数"),
        ({"length": ""}, "天数必须另给"),
        ({"direction": "up"}, "应为 backward 或 forward"),
        ({"roll": "maybe"}, "应为 yes 或 no"),
        ({"roll": "yes"}, "才有顺延和红线"),
        ({"red_line": "yes"}, "才有顺延和红线"),
        ({"direction": "backward", "unit": "day"}, "向前倒数的期限只能按工作日"),
        ({"direction": "backward", "law_excluded": "法2"}, "向前倒数的期限只能按工作日"),
        ({"unit": "month", "extension_max": "3"}, "不能按日延长"),
        ({"unit": "hour", "law_excluded": "法2"}, "不能扣除时间"),
        ({"effective_from": "2024-02-30"}, "不是日期"),
        ({"unit": "rate", "daily_rate": "0.03", "cap": "x", "payment_day_counts": "yes"}, "“x”应为大于0"),
        ({"unit": "rate", "daily_rate": "NaN", "cap": "1", "payment_day_counts": "yes"}, "“NaN”应为大于0"),
        ({"unit": "rate", "daily_rate": "-1", "cap": "1", "payment_day_counts": "yes"}, "“-1”应为大于0"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_with_its_line(change: dict[str, str], reason: str) -> None:
    with pytest.raises(BadRows) as caught:
        parse_timelimits(file_of({**ROW, "rule": "other"}, {**ROW, **change}))
    assert [line for line, _ in caught.value.rows] == [3]
    assert reason in caught.value.rows[0].reason


def test_the_same_version_of_a_rule_may_stand_once() -> None:
    with pytest.raises(BadRows, match=re.escape("第3行：规则 test.limit 在2024-01-01生效的版本重复")):
        parse_timelimits(file_of(ROW, ROW))
