"""The benchmark file: units, objects and orders to correct as staff write them; every bad row named with its line."""

import re
from datetime import date

import pytest

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.imports import BadRows
from hall.rules.violations import Exemption, Tier, ViolationEntry
from hall.rules.violations_file import FILE_TITLE, parse_violations

KEYS = (
    "code,violation,legal_basis,penalty_article,object,tier,circumstances,fine_low,fine_high,unit,"
    "must_order_correction_first,first_offence_exempt,exempt_basis,simple_procedure_possible,source,status_note"
)
PLAIN = {
    "code": "TS01",
    "violation": "在测试街道乱堆物料",
    "legal_basis": "测试条例第12条",
    "penalty_article": "测试条例第48条",
    "object": "公民/单位",
    "tier": "一般",
    "circumstances": "2处以上",
    "fine_low": "50",
    "fine_high": "200",
    "unit": "元",
    "must_order_correction_first": "否",
    "first_offence_exempt": "",
    "exempt_basis": "",
    "simple_procedure_possible": "是",
    "source": "测试局网站",
    "status_note": "",
}


def parsed(*rows: dict[str, str]) -> tuple[ViolationEntry, ...]:
    keys = list(dict.fromkeys([*KEYS.split(","), *(key for row in rows for key in row)]))
    lines = [",".join(keys)]
    for row in rows:
        said = PLAIN | row
        lines.append(",".join(f'"{said.get(key, "")}"' for key in keys))
    return parse_violations("\n".join(lines))


def one(**cells: str) -> ViolationEntry:
    (entry,) = parsed(cells)
    return entry


def faults(*rows: dict[str, str]) -> list[tuple[int, str]]:
    with pytest.raises(BadRows) as refused:
        parsed(*rows)
    return list(refused.value.rows)


def fault(**cells: str) -> str:
    ((line, reason),) = faults({"circumstances": "1处"}, {"code": "TS02"} | cells)
    assert line == 3
    return reason


@pytest.fixture(scope="module")
def shipped() -> dict[str, ViolationEntry]:
    """The sample that ships, by code."""
    text = decode(resource("violations/sample.csv").read_bytes(), FILE_TITLE)
    return {entry.code: entry for entry in parse_violations(text)}


def test_the_shipped_sample_holds_every_unit_and_is_sample_and_unpublished(shipped: dict[str, ViolationEntry]) -> None:
    units = {tier.unit for entry in shipped.values() for tier in entry.tiers}
    assert units == {"yuan", "m2", "m2_day", "tree", "item", "vehicle", "tonne", "multiple", "percent"}
    assert all(entry.sample and entry.published_on is None for entry in shipped.values())
    assert shipped["CF004"].superseded_by == "固体废物污染环境防治法第111条（案由CF074）"
    assert "CF074" in shipped


def test_a_plain_row_says_all_it_has(shipped: dict[str, ViolationEntry]) -> None:
    entry = one(effective_from="2026/1/1", effective_to="2030-12-31", published_on="2025-12-20", published_as="9号")
    assert entry == ViolationEntry(
        code="TS01",
        name="在测试街道乱堆物料",
        legal_basis="测试条例第12条",
        penalty_article="测试条例第48条",
        correction="none",
        tiers=(Tier("any", "公民/单位", "一般", "2处以上", 5_000, 20_000, "yuan", "元"),),
        source="测试局网站",
        valid_from=date(2026, 1, 1),
        valid_to=date(2030, 12, 31),
        published_on=date(2025, 12, 20),
        published_as="9号",
    )
    assert entry.line == 2
    assert shipped["CF009"].tiers[0].cap_fen == 2_000_000


@pytest.mark.parametrize(
    ("written", "unit", "words", "cap_fen"),
    [
        ("元", "yuan", "元", None),
        ("元/平方米(总额≤20000)", "m2", "元/平方米", 2_000_000),
        ("元/平方米(所缺绿地)", "m2", "元/平方米(所缺绿地)", None),
        ("元/㎡（不超过10,000元）", "m2", "元/㎡", 1_000_000),
        ("元/(平方米·日)", "m2_day", "元/(平方米·日)", None),
        ("元/株", "tree", "元/株", None),
        ("元/只", "item", "元/只", None),
        ("元/处", "item", "元/处", None),
        ("元/车", "vehicle", "元/车", None),
        ("元/吨(≤10000)", "tonne", "元/吨", 1_000_000),
        ("树木价值的倍数", "multiple", "树木价值的倍数", None),
        ("应缴费的倍数(≤1000元)", "multiple", "应缴费的倍数", 100_000),
        ("%建设工程造价", "percent", "%建设工程造价", None),
    ],
)
def test_units_are_read_with_their_caps(written: str, unit: str, words: str, cap_fen: int | None) -> None:
    (tier,) = one(unit=written).tiers
    assert (tier.unit, tier.unit_words, tier.cap_fen) == (unit, words, cap_fen)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("公民", "citizen"),
        ("个人", "citizen"),
        ("建设单位、运输单位", "organisation"),
        ("企业", "organisation"),
        ("单位/个人", "any"),
        ("经营者", "any"),
        ("单位/个体", "any"),
    ],
)
def test_objects_are_citizens_organisations_or_either(written: str, kind: str) -> None:
    assert one(object=written).tiers[0].object_kind == kind


@pytest.mark.parametrize(
    ("written", "correction"),
    [
        ("", "none"),
        ("否", "none"),
        ("责令限期改正", "with"),
        ("责令限期改正+警告并罚", "with"),
        ("责令限期改正,可以罚", "may"),
        ("责令限期改正,可并罚", "may"),
        ("是(逾期不改正才罚)", "first"),
        ("是(拒不改正才可罚)", "first"),
        ("是(先说服教育、责令改正)", "first"),
    ],
)
def test_the_order_to_correct_is_read(written: str, correction: str) -> None:
    assert one(must_order_correction_first=written).correction == correction


@pytest.mark.parametrize(
    ("written", "limbs"),
    [
        ("是(首违免罚)", ["first_time"]),
        ("是(首次被发现)", ["first_time"]),
        ("是", ["first_time"]),
        ("是(轻微不罚)", ["slight"]),
        ("是(轻微/首次+改正)", ["slight", "first_time"]),
        ("是(从轻)", ["removed"]),
        ("否", []),
        ("", []),
        ("地方清单常列", []),
    ],
)
def test_only_a_yes_becomes_a_rule_of_a_list_and_hearsay_stays_words(written: str, limbs: list[str]) -> None:
    entry = one(first_offence_exempt=written, exempt_basis="本局清单第3项")
    assert [each.limb for each in entry.exemptions] == limbs
    assert entry.first_offence == written


def test_a_rule_of_a_list_has_its_conditions_as_data_and_a_tier_of_nothing_is_none() -> None:
    entry = one(
        first_offence_exempt="是(首违免罚)",
        exempt_basis="初次且改正",
        exempt_list="莲城管规〔2025〕1号",
        first_time_months="24",
        correct_within_hours="72",
        quantity_limit="5平方米以下",
        evidence="照片",
        excluded_if="拒不改正",
        published_on="2025-12-20",
        published_as="9号",
    )
    assert entry.exemptions == (
        Exemption(
            "first_time",
            "初次且改正",
            "莲城管规〔2025〕1号",
            24,
            72,
            "5平方米以下",
            "照片",
            "拒不改正",
            date(2025, 12, 20),
        ),
    )
    assert one(first_offence_exempt="是", fine_low="0", fine_high="0").exemptions == ()


def test_rows_of_one_code_are_one_violation_and_their_days_part_versions() -> None:
    rows = (
        {"effective_from": "2025-01-01"},
        {"effective_from": "2025-01-01", "tier": "严重", "fine_high": "500", "source": "另一处", "status_note": "注"},
        {"effective_from": "2026-01-01", "fine_high": "100"},
    )
    first, second = parsed(*rows)
    assert [tier.tier for tier in first.tiers] == ["一般", "严重"]
    assert (first.source, first.note) == ("测试局网站；另一处", "注")
    assert (second.valid_from, second.tiers[0].high, second.line) == (date(2026, 1, 1), 10_000, 4)


def test_of_two_ways_to_fine_beside_an_order_the_milder_one_counts() -> None:
    rows = ({"must_order_correction_first": "否"}, {"must_order_correction_first": "责令改正", "tier": "严重"})
    assert [entry.correction for entry in parsed(*rows)] == ["with"]


def test_the_span_of_the_law_is_a_row_or_two_columns() -> None:
    assert one(tier="法定幅度").tiers[0].statutory
    law, own = one(statutory_low="20", statutory_high="500").tiers
    assert (law.statutory, law.tier, law.low, law.high) == (True, "法定幅度", 2_000, 50_000)
    assert not own.statutory
    (graded,) = one(tier="三级保护古树", statutory_low="50", statutory_high="200").tiers
    assert graded.statutory
    rows = (
        {"statutory_low": "20", "statutory_high": "500"},
        {"statutory_low": "20", "statutory_high": "500", "tier": "严重"},
    )
    assert len(parsed(*rows)[0].tiers) == 3


def test_a_published_row_without_amounts_is_kept_as_such() -> None:
    (tier,) = one(fine_low="", fine_high="").tiers
    assert (tier.low, tier.high) == (None, None)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"fine_low": "300"}, "罚款下限大于罚款上限，请核对"),
        ({"fine_low": ""}, "只写了罚款上限：上限和下限要么都写，要么都不写"),
        ({"fine_low": "-5"}, "罚款下限：“-5”不是金额"),
        ({"fine_low": "0.125"}, "最多两位小数"),
        ({"fine_high": "99999999999"}, "罚款上限：“99999999999”不是金额"),
        ({"unit": "元/立方光年"}, "计罚单位：不认识计罚单位“元/立方光年”，请写：元、元/平方米"),
        ({"unit": "元/㎡（不超过1万元）"}, "计罚单位：“元/㎡（不超过1万元）”的总额上限请写成括号里的数字"),
        ({"unit": "元(总额≤1.2.3)"}, "计罚单位：“1.2.3”不是金额"),
        ({"object": "外星人"}, "处罚对象：不认识处罚对象“外星人”"),
        ({"object": ""}, "处罚对象：不能为空"),
        ({"code": "案由一"}, "案由编码：“案由一”不是案由编码"),
        ({"violation": ""}, "案由：不能为空"),
        ({"tier": "同上"}, "裁量档次：不能写“同上”"),
        ({"must_order_correction_first": "看情况"}, "责令改正：“看情况”看不懂"),
        ({"first_offence_exempt": "是", "circumstances": ""}, "写了免罚，却没有写免罚依据"),
        ({"effective_from": "明年"}, "生效日期：“明年”不是日期"),
        ({"effective_from": "2026-01-02", "effective_to": "2026-01-01"}, "失效日期2026-01-01早于生效日期2026-01-02"),
        ({"published_on": "2026-01-02"}, "要么都写，要么都不写：没有文号"),
        ({"statutory_low": "60", "statutory_high": "500"}, "档次“一般”的金额超出法定幅度"),
        ({"statutory_low": "500", "statutory_high": "60"}, "法定下限大于法定上限"),
        ({"first_time_months": "两年"}, "初次年限（月）：“两年”请写1到9999的整数"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_and_what_to_write(cells: dict[str, str], reason: str) -> None:
    assert reason in fault(**cells)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (
            {"violation": "另一种行为", "tier": "严重"},
            "案由“另一种行为”与第2行的“在测试街道乱堆物料”不同，而编码都是TS01.*另编编码（如 TS01-2）",
        ),
        ({"tier": "严重", "superseded_by": "某法"}, "上位法“某法”与第2行的“空”不同"),
        ({"tier": "严重", "must_order_correction_first": "是(逾期不改正才罚)"}, "责令改正：第2行与本行"),
        ({}, "与第2行重复（对象、档次、情形相同），请只留一行"),
    ],
)
def test_rows_that_disagree_with_the_first_of_their_code_are_named(second: dict[str, str], reason: str) -> None:
    ((line, said),) = faults({}, second)
    assert line == 3
    assert re.search(reason, said)


OTHER = {"violation": "另一种行为", "legal_basis": "测试条例第13条", "penalty_article": "测试条例第49条"}


def test_violations_that_share_a_code_but_neither_name_nor_norms_are_told_apart() -> None:
    first, second, third = parsed({}, OTHER, OTHER | {"tier": "严重"}, {"code": "TS01-2"}, {"tier": "较重"})
    assert (first.code, first.shares_code, len(first.tiers)) == ("TS01", "", 2)
    assert (second.code, second.shares_code, second.name) == ("TS01-3", "TS01", "另一种行为")
    assert [tier.tier for tier in second.tiers] == ["一般", "严重"]
    assert (third.code, third.shares_code) == ("TS01-2", "")


@pytest.mark.parametrize("key", ["legal_basis", "penalty_article"])
def test_another_name_under_one_of_the_norms_is_a_slip_of_the_pen(key: str) -> None:
    ((line, said),) = faults({}, OTHER | {key: PLAIN[key], "tier": "严重"})
    assert line == 3
    assert "一个编码只能是一个案由" in said


def test_a_later_version_may_have_another_name_and_other_norms() -> None:
    old, new = parsed({"effective_from": "2024-01-01"}, OTHER | {"effective_from": "2026-01-01"})
    assert (old.code, new.code, new.shares_code) == ("TS01", "TS01", "")


def test_a_row_without_a_day_beside_dated_ones_of_its_code_is_named() -> None:
    found = faults({}, {"effective_from": "2026-01-01"})
    assert found == [(2, "案由TS01有的行写了生效日期，这一行没有写，请补上")]


def test_a_tier_outside_the_row_of_the_law_is_named_but_one_of_nothing_may_be_outside() -> None:
    law = {"tier": "法定幅度", "fine_low": "50", "fine_high": "100"}
    assert faults(law, {"tier": "重"}) == [(3, "档次“重”的金额超出法定幅度，裁量基准不能突破法律规定，请核对")]
    (entry,) = parsed(
        law, {"tier": "轻", "fine_low": "0", "fine_high": "0"}, {"tier": "无", "fine_low": "", "fine_high": ""}
    )
    assert len(entry.tiers) == 3
    (loose,) = parsed({"tier": "法定幅度", "fine_low": "", "fine_high": ""}, {"tier": "重"})
    assert len(loose.tiers) == 2


def test_all_faults_of_all_rows_are_told_at_once() -> None:
    found = faults({"unit": "斤", "object": "外星人"}, {"code": "TS02", "fine_low": "x"})
    assert [line for line, _ in found] == [2, 2, 3]


def test_a_broken_row_is_named_with_the_rest() -> None:
    text = f"{KEYS}\nTS01,少了几格\n"
    with pytest.raises(BadRows, match="第2行：有2格，表头有16列"):
        parse_violations(text)
