"""What the law and a matter's own figures allow."""

import dataclasses
from datetime import date

import pytest

from hall.rules.catalogue import SAMPLE_MARK, BadMatter, Limit, MaterialRule, Matter

MATTER = Matter(
    code="XK05",
    name="临时占用城市道路许可",
    department="市政科",
    prefix="B",
    basis="城市道路管理条例第31条",
    statutory=Limit(20, "workday"),
    promised=Limit(3, "workday"),
    materials=(MaterialRule(1, "申请表"), MaterialRule(2, "营业执照", 0, 1)),
    site_visit=True,
    effective_from=date(2026, 1, 1),
    applicant_kinds=frozenset({"legal"}),
)


def changed(**values: object) -> Matter:
    return dataclasses.replace(MATTER, **values)  # type: ignore[arg-type]


def refusal(**values: object) -> tuple[str, ...]:
    with pytest.raises(BadMatter) as caught:
        changed(**values)
    return caught.value.reasons


def test_an_ordinary_matter_is_a_promise_and_not_a_sample() -> None:
    assert (MATTER.handling, MATTER.sample, MATTER.fee_fen) == ("promised", False, 0)


def test_a_matter_decided_on_the_spot_is_immediate() -> None:
    assert changed(promised=Limit(0, "workday")).handling == "immediate"


def test_a_matter_without_a_promise_is_not_immediate() -> None:
    assert changed(promised=None).handling == "promised"


def test_the_mark_at_the_beginning_of_the_note_makes_a_sample() -> None:
    assert changed(note=f"{SAMPLE_MARK}。").sample


@pytest.mark.parametrize(
    ("statutory", "promised"),
    [
        (Limit(20, "workday"), Limit(20, "workday")),
        (Limit(24, "hour"), Limit(2, "hour")),
        (Limit(24, "hour"), Limit(0, "workday")),
        (None, Limit(90, "day")),
        (None, None),
    ],
)
def test_limits_the_law_allows(statutory: Limit | None, promised: Limit | None) -> None:
    assert changed(statutory=statutory, promised=promised).statutory == statutory


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"statutory": Limit(21, "workday")}, "第四十二条的20个工作日"),
        ({"statutory": Limit(60, "workday")}, "法定时限60工作日超过"),
        ({"statutory": Limit(15, "day"), "promised": None}, "第八十二条"),
        ({"statutory": Limit(0, "workday"), "promised": None}, "法定时限不能是即办"),
        ({"statutory": Limit(2, "workday")}, "承诺时限3工作日长于法定时限2工作日"),
        ({"statutory": Limit(24, "hour")}, "单位不同"),
        ({"fee_fen": 100}, "第五十八、五十九条"),
        ({"fee_fen": -1}, "不能是负数"),
        ({"prefix": "AA"}, "取号前缀"),
        ({"prefix": "a"}, "取号前缀"),
        ({"prefix": ""}, "取号前缀"),
        ({"department": ""}, "承办部门不能为空"),
        ({"basis": ""}, "设定依据不能为空"),
        ({"code": "9" * 21}, "事项编码有21字"),
        ({"name": "长" * 121}, "缩短到120字以内"),
        ({"applicant_kinds": frozenset()}, "申请人类型"),
        ({"materials": (MaterialRule(2, "申请表"),)}, "从1起连续"),
        ({"materials": (MaterialRule(1, "申请表"), MaterialRule(2, "申请表"))}, "“申请表”重复"),
    ],
)
def test_a_forbidden_value_is_refused_with_its_reason(values: dict[str, object], reason: str) -> None:
    (only,) = refusal(**values)
    assert reason in only


def test_a_named_law_allows_a_longer_limit_or_natural_days() -> None:
    longer = changed(statutory=Limit(60, "workday"), limit_basis="某法第1条")
    natural = changed(statutory=Limit(30, "day"), promised=None, limit_basis="某法第2条")
    assert (str(longer.statutory), str(natural.statutory)) == ("60工作日", "30自然日")


def test_a_named_law_does_not_make_a_limit_of_nothing() -> None:
    assert refusal(statutory=Limit(0, "workday"), promised=None, limit_basis="某法第1条")


def test_a_fee_with_its_basis_is_allowed() -> None:
    assert changed(fee_fen=1000, fee_basis="某条例第3条").fee_fen == 1000


def test_every_fault_is_told_at_once_in_one_sentence() -> None:
    with pytest.raises(BadMatter) as caught:
        changed(fee_fen=1, prefix="?", statutory=Limit(60, "workday"))
    assert len(caught.value.reasons) == 3
    assert str(caught.value).startswith("事项XK05不能采用：")


@pytest.mark.parametrize(("days", "unit"), [(-1, "workday"), (0, "day"), (0, "hour")])
def test_a_limit_cannot_be_nothing_but_on_the_spot(days: int, unit: str) -> None:
    with pytest.raises(ValueError, match="positive"):
        Limit(days, unit)  # type: ignore[arg-type]


def test_limits_speak_chinese() -> None:
    assert [str(Limit(0, "workday")), str(Limit(24, "hour"))] == ["即办", "24小时"]


@pytest.mark.parametrize(("name", "originals", "copies"), [("", 1, 0), ("表", 0, 0), ("表", -1, 2), ("表", 2, -1)])
def test_a_material_needs_a_name_and_a_paper(name: str, originals: int, copies: int) -> None:
    with pytest.raises(ValueError, match="original or copy"):
        MaterialRule(1, name, originals, copies)
