"""How a matter's cases are handled: what a bureau may write, and what no matter may allow."""

import dataclasses

import pytest

from hall.rules.catalogue import Limit, MaterialRule, ProcedureRule, StepRule
from tests.rules.test_catalogue import MATTER, changed, refusal
from tests.rules.test_catalogue_file import one, reason


def test_a_file_without_these_columns_allows_nothing_special() -> None:
    matter = one()
    assert not any((matter.lacking_allowed, matter.informed_allowed, matter.default_allowed, matter.safety))
    assert (matter.steps, matter.procedures, matter.warning_days, matter.extension_days) == ((), (), None, 0)


def test_all_that_a_row_says_of_handling_is_taken() -> None:
    matter = one(
        materials="申请表;位置图|原件1|次要",
        lacking_allowed="是",
        informed_allowed="否",
        legal_review="是",
        refusal_report="是",
        warning_days="1",
        extension_days="5个工作日",
        certificate_name="临时占用城市道路许可证",
        steps="批准1;审查1工作日;审核1",
        procedures="专家评审|暂停承诺|15工作日|依据：行政许可法第四十五条;检测|不暂停|不限|依据：同条",
    )
    assert [rule.secondary for rule in matter.materials] == [False, True]
    assert (matter.lacking_allowed, matter.informed_allowed, matter.legal_review) == (True, False, True)
    assert (matter.warning_days, matter.extension_days) == (1, 5)
    assert matter.steps == (StepRule("reviewing", 1), StepRule("examining", 1), StepRule("approving", 1))
    assert matter.procedures == (
        ProcedureRule("expert_review", True, Limit(15, "workday"), "行政许可法第四十五条"),
        ProcedureRule("testing", False, None, "同条"),
    )


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("lacking_allowed", "可以", "“是”或“否”"),
        ("warning_days", "两天", "工作日数"),
        ("warning_days", "99", "最多60"),
        ("steps", "审查0", "看不懂"),
        ("steps", "盖章1", "环节有：受理、审查"),
        ("procedures", "专家评审", "看不懂"),
        ("procedures", "开会|暂停承诺|5|依据：某", "程序有：听证"),
        ("procedures", "听证|暂停|5|依据：某", "看不懂"),
        ("procedures", "听证|暂停承诺|5|依据：", "没有写依据"),
        ("procedures", "听证|暂停承诺|五天|依据：某", "不是时限"),
    ],
)
def test_an_unreadable_cell_is_refused_with_how_to_write_it(column: str, cell: str, told: str) -> None:
    assert told in reason(**{column: cell})


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"safety": True, "informed_allowed": True}, "公共安全"),
        ({"safety": True, "default_allowed": True}, "公共安全"),
        ({"lacking_allowed": True}, "次要"),
        ({"warning_days": 3}, "小于承诺时限"),
        ({"warning_days": -1}, "小于承诺时限"),
        ({"extension_days": -1}, "负数"),
        ({"steps": (StepRule("reviewing", 1), StepRule("reviewing", 2))}, "环节“reviewing”重复"),
        ({"procedures": (ProcedureRule("hearing", True, None, "法"),) * 2}, "特别程序“hearing”重复"),
    ],
)
def test_what_no_matter_may_allow_is_refused(values: dict[str, object], told: str) -> None:
    assert told in "；".join(refusal(**values))


def test_a_promise_of_one_day_may_warn_at_once() -> None:
    assert changed(promised=Limit(1, "workday"), warning_days=1).warning_days == 1
    assert dataclasses.replace(MATTER, statutory=None, promised=None, warning_days=5).warning_days == 5


def test_a_safety_matter_may_still_take_lacking_materials() -> None:
    materials = (MaterialRule(1, "申请表"), MaterialRule(2, "位置图", secondary=True))
    assert changed(safety=True, lacking_allowed=True, materials=materials).lacking_allowed


def test_a_step_takes_a_day_at_least() -> None:
    with pytest.raises(ValueError, match="one workday"):
        StepRule("reviewing", 0)
