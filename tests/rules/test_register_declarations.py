"""registers.toml: what it declares, and every fault of it named all together."""

import tomllib
from datetime import date

import pytest

from hall.resources import resource
from hall.rules.numbering import SERIES
from hall.rules.register_declarations import registers_of
from hall.rules.registers import Closing, Register, Sheet

SHIPPED = resource("registers.toml").read_text(encoding="utf-8")

LINES = """
warning_days = 2

[[registers]]
code = "meters"
name = "借用登记"
group = "后勤"
mark = "借用"
effective_from = 2026-01-01
source = "样例"
basis = "本局物品管理办法"
title = "thing"
fields = [
    { key = "thing", label = "物品", kind = "text", required = true },
    { key = "back_on", label = "归还日期", kind = "day" },
]
"""


def read(more: str = "", lines: str = LINES) -> Register:
    return registers_of(tomllib.loads(lines + more)).in_force("meters", date(2026, 11, 23))


def faults(more: str = "", lines: str = LINES) -> list[str]:
    with pytest.raises(ValueError) as refused:
        read(more, lines)
    return str(refused.value).split("；")


def test_a_few_lines_make_a_register() -> None:
    own = read()
    assert [each.label for each in own.fields] == ["物品", "归还日期"]
    assert own.sheet == Sheet("借用登记登记单", ("经办人",))
    assert own.closing is None
    assert (own.due_field, own.due_days, own.read_by, own.enter_by) == ("", None, (), ())


def test_everything_that_may_be_declared_is_read() -> None:
    own = read("""
due = { field = "back_on" }
closing = { words = "归还", results = ["完好", "损坏"], by = ["manager"], another = true, apart = true }
sheet = { title = "借用单", signs = ["借用人"], says = "请按期归还", now = true }
read_by = ["clerk", "manager"]
enter_by = ["clerk"]
""")
    assert own.closing == Closing("归还", ("完好", "损坏"), by=("manager",), another=True, apart=True)
    assert own.sheet == Sheet("借用单", ("借用人",), "请按期归还", now=True)
    assert (own.due_field, own.read_by, own.enter_by) == ("back_on", ("clerk", "manager"), ("clerk",))


@pytest.mark.parametrize("unit", ["day", "workday"])
def test_the_day_due_may_be_some_days_later(unit: str) -> None:
    own = read(f'due = {{ days = 5, unit = "{unit}" }}\nclosing = {{ words = "归还", results = ["完好"] }}')
    assert (own.due_days, own.due_unit) == (5, unit)


def test_a_later_version_governs_from_its_day() -> None:
    later = LINES[LINES.index("[[registers]]") :].replace("2026-01-01", "2026-06-01").replace('物品"', '器材"')
    both = registers_of(tomllib.loads(LINES[: LINES.index("[[registers]]")] + later + LINES[LINES.index("[[reg") :]))
    assert both.in_force("meters", date(2026, 5, 31)).fields[0].label == "物品"
    assert both.in_force("meters", date(2026, 6, 1)).fields[0].label == "器材"
    assert both.warning_days == 2


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("warning_days = 2", "warning_days = 0", "登记簿文件：warning_days 应是大于 0 的整数"),
        ("warning_days = 2", "warning_days = 2\ncolour = 1", "登记簿文件：不认识 colour"),
        ('code = "meters"', "", "第1个登记簿：缺少 code"),
        ('code = "meters"', 'code = "Meters"', "登记簿 Meters：code 应是 2 到 20 个小写字母或下划线"),
        ('name = "借用登记"', "name = 5", "登记簿 meters：name 应是文字"),
        ('name = "借用登记"', 'name = " "', "登记簿 meters：缺少 name"),
        ('mark = "借用"', 'mark = "JY"', "登记簿 meters：mark 应是 1 到 4 个汉字"),
        ('mark = "借用"', f'mark = "{SERIES[0]}"', f"登记簿 meters：字号 {SERIES[0]} 已用于文书"),
        ("2026-01-01", '"2026"', "登记簿 meters：effective_from 应是日期，如 2026-01-01"),
        ('title = "thing"', 'title = "none"', "登记簿 meters：title 说的字段 none 没有"),
        ('title = "thing"', 'title = "back_on"', "title 说的字段 back_on 应当必填，且不是 personal"),
        ('"text", required = true', '"text", required = 1', "required 应是 true 或 false"),
        ('kind = "day"', 'kind = "date"', "kind 应是 text、note、day、number、choice、person、case、staff、unit 之一"),
        ('kind = "day"', 'kind = "choice"', "choices 只用于 choice，也不能少"),
        ('kind = "day"', 'kind = "day", choices = ["一"]', "choices 只用于 choice，也不能少"),
        ('kind = "day"', 'kind = "day", choices = "一"', "choices 应是文字的数组"),
        ('kind = "day"', 'kind = "day", personal = true', "personal 只用于 text 和 note，当事人用 person"),
        ('kind = "day"', 'kind = "day", colour = "红"', "不认识 colour"),
        ('key = "back_on"', 'key = "Back"', "key 应是 2 到 20 个小写字母或下划线"),
        ('key = "back_on"', 'key = "day"', "key 不能叫 day，每一条都有自己的日期"),
        ('key = "back_on"', "key = 1", "登记簿 meters的字段：key 应是文字"),
        ('key = "back_on"', 'key = "thing"', "有两个字段 thing"),
        ('label = "归还日期"', 'label = "物品"', "有两个字段叫物品"),
        ("fields = [", "other = [", "fields 应是一个以上的表"),
    ],
)
def test_a_fault_is_named_with_its_place(old: str, new: str, fault: str) -> None:
    assert old in LINES
    assert any(fault in each for each in faults(lines=LINES.replace(old, new)))


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ('due = "soon"', "due 应是表，如 { … }"),
        ('due = { field = "thing" }', "meters的 due：字段 thing 不是日期字段"),
        ('due = { days = 5, unit = "week" }', "unit 应是 day 或 workday"),
        ('due = { days = 5, unit = "day" }', "有 due 就要有 closing：到期的事项要能办结"),
        ('closing = { words = "归还" }', "缺少 results"),
        ('closing = { words = "归还", results = ["好"], by = ["king"] }', "by 里没有岗位 king"),
        ("sheet = { title = 3 }", "title 应是文字"),
        ('color = "red"', "登记簿 meters：不认识 color"),
        ('read_by = ["king"]', "read_by 里没有岗位 king"),
    ],
)
def test_a_fault_of_what_may_be_left_out_is_named(more: str, fault: str) -> None:
    assert any(fault in each for each in faults(more))


@pytest.mark.parametrize("kind", ["person", "case"])
def test_of_persons_and_cases_there_is_one_field_at_most(kind: str) -> None:
    two = f'{{ key = "aa", label = "一", kind = "{kind}" }}, {{ key = "bb", label = "二", kind = "{kind}" }},\n]'
    assert any(f"（{kind}）字段最多一个" in each for each in faults(lines=LINES.replace("\n]", two)))


def test_two_versions_of_one_day_and_one_mark_of_two_registers_are_named() -> None:
    again = LINES[LINES.index("[[registers]]") :]
    assert "meters 在 2026-01-01 有两个版本" in faults(again)
    assert "keys 和 meters 用了同一字号 借用" in faults(again.replace('"meters"', '"keys"'))


def test_every_fault_is_told_at_once() -> None:
    wrong = LINES.replace('name = "借用登记"', "").replace('kind = "day"', 'kind = "date"').replace("= 2\n", "= -1\n")
    assert len(faults(lines=wrong)) == 3


def test_a_file_without_registers_is_refused() -> None:
    with pytest.raises(ValueError, match="registers 应是一个以上的表"):
        registers_of({"warning_days": 1})


def test_what_is_shipped_names_its_basis_and_is_marked_as_a_sample() -> None:
    shipped = registers_of(tomllib.loads(SHIPPED)).all_on(date(2026, 11, 23))
    assert len(shipped) >= 20
    assert all("样例" in each.source and each.basis for each in shipped)
    assert {each.group for each in shipped} == {"市容共治", "行政指导", "案件研判", "监管执行", "队伍与考核"}


def test_no_shipped_register_of_appraisal_asks_for_fines() -> None:
    for each in registers_of(tomllib.loads(SHIPPED)).all_on(date(2026, 11, 23)):
        assert not any("罚款" in field.label or "罚没" in field.label for field in each.fields)
