"""Registers: what an entry must say, when it is due, how it stands, who closes it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.lights import Light
from hall.rules.registers import (
    ACTS,
    BadEntry,
    CannotOnEntry,
    ClosedByOther,
    Closing,
    NoSuchRegister,
    NotDeclared,
    Register,
    RegisterField,
    Registers,
    Sheet,
    Standing,
    check_act,
    check_closing,
    checked,
    concerns,
    due_on,
    entry_number,
    light_of,
    masked,
    names_somebody,
    standing_of,
    summary,
)
from hall.rules.versions import Versions
from tests.rules.registers import calendar_2026, register

MONDAY = date(2026, 11, 23)
GOOD = {"shop": "示例店", "facts": "店外堆放\n已清理", "until": "2026-12-31", "count": "3.5", "kind": "甲"}


def test_what_is_kept_is_trimmed_and_without_empty_values() -> None:
    given_values = {**GOOD, "shop": "  示例  店 ", "staff": "", "facts": " 一\n二 "}
    assert checked(register(), given_values) == {**GOOD, "shop": "示例 店", "facts": "一\n二"}


def test_every_fault_of_an_entry_is_named() -> None:
    wrong = {"shop": "", "facts": "长" * 1001, "until": "12月1日", "count": "三", "kind": "丙", "colour": "红"}
    with pytest.raises(BadEntry) as refused:
        checked(register(), wrong)
    assert refused.value.faults == (
        "没有“colour”这一项",
        "没有填写店名",
        "事实最多 1000 个字",
        "到期不是日期，请写成 2026-11-23",
        "数量不是数",
        "种类要在甲、乙中选",
    )
    assert str(refused.value).endswith("请改正后再试。")


@pytest.mark.parametrize("text", ["20261201", "2026-2-1", "2026-02-30", "2026-W05-1"])
def test_a_day_is_written_in_one_way_only(text: str) -> None:
    with pytest.raises(BadEntry, match="到期不是日期"):
        checked(register(), {**GOOD, "until": text})


@pytest.mark.parametrize("text", ["1e5", "NaN", "１", "1.", "1,000", "--1"])
def test_a_number_is_plain_decimals(text: str) -> None:
    with pytest.raises(BadEntry, match="数量不是数"):
        checked(register(), {**GOOD, "count": text})


def test_a_line_has_a_hundred_characters_and_no_line_break() -> None:
    assert checked(register(), {**GOOD, "shop": "一\n二"})["shop"] == "一 二"
    with pytest.raises(BadEntry, match="店名最多 100 个字"):
        checked(register(), {**GOOD, "shop": "长" * 101})


@given(st.text(max_size=40), st.text(max_size=40), st.dates().map(date.isoformat))
def test_what_was_checked_once_is_kept_as_it_is(shop: str, facts: str, until: str) -> None:
    kept = checked(register(), {"shop": f"店{shop}", "facts": facts, "until": until})
    assert checked(register(), kept) == kept


def test_the_day_due_is_a_field_or_some_days_later() -> None:
    calendar = calendar_2026()
    assert due_on(register(due_field="until"), GOOD, MONDAY, calendar=calendar) == date(2026, 12, 31)
    assert due_on(register(due_field="until"), {}, MONDAY, calendar=calendar) is None
    assert due_on(register(), GOOD, MONDAY, calendar=calendar) is None
    assert due_on(register(due_days=2), GOOD, date(2026, 11, 27), calendar=calendar) == date(2026, 11, 29)
    by_workdays = register(due_days=2, due_unit="workday")
    assert due_on(by_workdays, GOOD, date(2026, 11, 27), calendar=calendar) == date(2026, 12, 1)


def test_a_day_in_a_year_without_a_schedule_is_not_guessed() -> None:
    by_workdays = register(due_days=2, due_unit="workday")
    assert due_on(by_workdays, GOOD, date(2026, 12, 31), calendar=calendar_2026()) is None


@pytest.mark.parametrize(
    ("closing", "closed", "voided", "corrected", "standing"),
    [
        (None, False, False, False, "kept"),
        (Closing("复查", ("好",)), False, False, False, "open"),
        (Closing("复查", ("好",)), True, False, False, "closed"),
        (Closing("复查", ("好",)), True, False, True, "corrected"),
        (None, False, True, True, "void"),
    ],
)
def test_an_entry_stands_by_what_was_done_last(
    closing: Closing | None, closed: bool, voided: bool, corrected: bool, standing: Standing
) -> None:
    own = register(closing=closing)
    assert standing_of(own, closed=closed, voided=voided, corrected=corrected) == standing


def test_nothing_is_done_with_what_was_corrected_or_voided() -> None:
    for standing, acts in ACTS.items():
        for act in ACTS["open"]:
            if act in acts:
                check_act(act, standing)
            else:
                with pytest.raises(CannotOnEntry):
                    check_act(act, standing)
    assert ACTS["corrected"] == ACTS["void"] == ()
    assert "close" not in ACTS["closed"]


def test_a_colleague_is_named_by_name_or_by_name_and_login() -> None:
    for text, named in (("王立新", True), ("王立新（wang2）", True), ("王立", False), ("", False)):
        assert names_somebody(register(), {"staff": text, "shop": "王立新"}, "王立新") is named


def test_the_result_is_one_of_the_registers_found_by_whom_it_names() -> None:
    own = register(closing=Closing("复查", ("好", "不好"), by=("head",), another=True))
    head = frozenset({"head"})
    assert check_closing(own, "好", roles=head, own=False) == "好"
    with pytest.raises(BadEntry, match="结果要在好、不好中选"):
        check_closing(own, "", roles=head, own=False)
    with pytest.raises(NotDeclared, match="没有把复查交给您的岗位"):
        check_closing(own, "好", roles=frozenset({"clerk"}), own=False)
    with pytest.raises(ClosedByOther):
        check_closing(own, "好", roles=head, own=True)
    free = register(closing=Closing("复查", ("好",)))
    assert check_closing(free, "好", roles=frozenset({"clerk"}), own=True) == "好"


def test_nobody_named_means_everybody() -> None:
    assert concerns((), frozenset())
    assert concerns(("head",), frozenset({"head", "clerk"}))
    assert not concerns(("head",), frozenset({"clerk"}))


@pytest.mark.parametrize(
    ("left", "light"),
    [(-1, "over_statutory"), (0, "today"), (1, "warning"), (3, "warning"), (4, "normal")],
)
def test_the_light_goes_by_the_days_that_are_left(left: int, light: Light) -> None:
    assert light_of("open", MONDAY + timedelta(days=left), today=MONDAY, warning_days=3) == light


def test_only_what_waits_for_a_day_has_a_light() -> None:
    assert light_of("open", None, today=MONDAY, warning_days=3) is None
    assert light_of("closed", MONDAY, today=MONDAY, warning_days=3) is None


def test_personal_values_are_masked_by_what_they_look_like() -> None:
    assert masked("张测明") == "张*明"
    assert masked("13900001234") == "139****1234"
    assert masked("0000-1234567") == "000*****4567"


def test_a_number_says_hall_register_year_and_serial() -> None:
    assert entry_number("莲城管", "三包", year=2026, serial=12) == "莲城管三包〔2026〕12号"


def test_the_summary_is_what_stands_beside_the_title() -> None:
    assert summary(register(), GOOD) == "店外堆放 已清理　2026-12-31　3.5　甲"


def test_a_register_is_found_as_it_was_declared_on_a_day() -> None:
    old, new = register(), register(effective_from=date(2026, 6, 1), name="新名")
    both = Registers({"shops": Versions((old, new))}, 3)
    assert both.in_force("shops", date(2026, 5, 31)).name == "店铺"
    assert both.in_force("shops", date(2026, 6, 1)).name == "新名"
    assert [each.name for each in both.all_on(MONDAY)] == ["新名"]
    with pytest.raises(NoSuchRegister, match="没有编码为 other 的登记簿。现有：shops。"):
        both.in_force("other", MONDAY)


def test_fields_are_found_by_key_and_by_kind() -> None:
    own: Register = register()
    person: RegisterField | None = own.of_kind("person")
    assert person is not None
    assert own.field("owner") is person
    assert own.field("none") is None
    assert own.of_kind("case") is None
    assert own.sheet == Sheet("店铺登记单", ("经办人",))
