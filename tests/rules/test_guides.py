"""The guide says what the matter says, and leaves out what it does not."""

import dataclasses
from datetime import date

from hall.rules.catalogue import Limit, MaterialRule, Matter
from hall.rules.guides import guide_sections

MATTER = Matter(
    code="XK05",
    name="临时占用城市道路许可",
    department="市政科",
    prefix="B",
    basis="城市道路管理条例第31条",
    statutory=Limit(20, "workday"),
    promised=None,
    materials=(
        MaterialRule(1, "申请表", 1, 1),
        MaterialRule(2, "营业执照", 0, 1, required=False, note="交验原件"),
    ),
    site_visit=True,
    effective_from=date(2026, 1, 1),
    applicant_kinds=frozenset({"legal", "natural"}),
    site_visit_note="3日内",
    fee_fen=1250,
    fee_basis="某条例",
)


def sections(**values: object) -> dict[str, tuple[str, ...]]:
    matter = dataclasses.replace(MATTER, **values)  # type: ignore[arg-type]
    return {section.title: section.lines for section in guide_sections(matter)}


def test_the_guide_has_materials_limits_fee_and_basis() -> None:
    assert sections() == {
        "事项": ("XK05 临时占用城市道路许可（承诺件，市政科）",),
        "申请材料": ("1. 申请表（原件1份、复印件1份）", "2. 营业执照（复印件1份，非必要，交验原件）"),
        "时限": ("法定 20工作日，承诺 未规定",),
        "谁可以申请": ("自然人、法人",),
        "现场勘验": ("需要（3日内）",),
        "收费": ("12.50 元（某条例）",),
        "有效期": ("未规定",),
        "设定依据": ("城市道路管理条例第31条",),
        "版本": ("自 2026-01-01 起施行",),
    }


def test_what_costs_nothing_and_needs_nothing_says_so() -> None:
    found = sections(materials=(), site_visit=False, site_visit_note="", fee_fen=0, fee_basis="", note="样例")
    assert found["申请材料"] == ("无",)
    assert found["现场勘验"] == ("不需要",)
    assert found["收费"] == ("不收费",)
    assert found["备注"] == ("样例",)
