"""Benchmarks in words: amounts by unit, conditions of lists, the law the public looks by, what the public reads."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.penalty_terms import Line
from hall.rules.violation_words import (
    PUBLIC_LADDER,
    UNPUBLISHED,
    exemption_words,
    norm_title,
    simple_words,
    tier_amount,
    violation_sections,
)
from hall.rules.violations import Exemption, Tier, Unit, ViolationEntry

FLAT = Tier("any", "公民/单位", "一般", "2处以上", 5_000, 20_000, "yuan", "元")
ENTRY = ViolationEntry(
    "TS01", "乱堆物料", "城市道路管理条例第27条", "城市道路管理条例第42条", "first", (FLAT,), "测试局"
)


def tier(unit: Unit, words: str, low: int | None, high: int | None, cap_fen: int | None = None) -> Tier:
    return replace(FLAT, unit=unit, unit_words=words, low=low, high=high, cap_fen=cap_fen)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (FLAT, "50–200 元"),
        (tier("yuan", "元", 0, 500_000), "5,000 元以下"),
        (tier("yuan", "元", 1_050, 1_050), "10.5 元"),
        (tier("m2", "元/平方米", 50_000, 50_000, 2_000_000), "500 元/平方米，总额不超过 20,000 元"),
        (tier("multiple", "应缴费的倍数", 0, 300), "3 倍以下（应缴费）"),
        (tier("multiple", "倍", 100, 200), "1–2 倍"),
        (tier("percent", "%建设工程造价", 500, 1_000), "5–10%（建设工程造价）"),
        (tier("percent", "工程造价的%", 1_000, 1_000), "10%（工程造价）"),
        (tier("yuan", "元", 0, 0), "不予罚款"),
        (tier("yuan", "元", None, None), "公布时没有金额"),
    ],
)
def test_amounts_are_told_by_their_unit(row: Tier, words: str) -> None:
    assert tier_amount(row) == words


SIMPLE = Line(20_000, 300_000)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (FLAT, "可以"),
        (replace(FLAT, high=500_000), "公民 200 元以下，单位 3,000 元以下"),
        (replace(FLAT, low=30_000, high=300_000), "公民不可以，单位可以"),
        (replace(FLAT, low=500_000, high=900_000), "不可以"),
        (replace(FLAT, object_kind="citizen", low=10_000, high=50_000), "200 元以下"),
        (replace(FLAT, object_kind="organisation", high=300_001), "3,000 元以下"),
        (tier("m2", "元/平方米", 1, 2), "看算出的金额"),
        (tier("yuan", "元", 0, 0), ""),
        (tier("yuan", "元", None, None), ""),
    ],
)
def test_whether_a_tier_fits_the_simple_procedure_depends_on_the_party(row: Tier, words: str) -> None:
    assert simple_words(row, SIMPLE) == words


def test_a_rule_of_a_list_tells_every_condition_it_has() -> None:
    full = Exemption("first_time", "初次且改正", "1号", 24, 72, "5平方米以下", "照片;通知书", "拒不改正；再犯")
    assert exemption_words(full) == (
        "首违不罚：初次且改正",
        "范围：5平方米以下",
        "初次：24 个月内没有同样的违法行为",
        "改正：72 小时内",
        "证据：照片、通知书",
        "不适用：拒不改正、再犯",
        "清单：1号",
    )
    assert exemption_words(Exemption("slight", "轻微", "2号")) == ("轻微不罚：轻微", "清单：2号")


@pytest.mark.parametrize(
    ("article", "basis", "title"),
    [
        ("城市建筑垃圾管理规定(建设部令139号,2005)第25条(1)", "甲法", "城市建筑垃圾管理规定"),
        ("甲市办法第23条(1);城市道路管理条例第42条", "甲法", "甲市办法"),
        ("固体废物污染环境防治法第一百一十一条", "甲法", "固体废物污染环境防治法"),
        ("同条例第43条(1)", "郑州市城市园林绿化条例", "郑州市城市园林绿化条例"),
        ("第53条(2)", "同上", "其他规定"),
    ],
)
def test_the_public_looks_by_the_law_that_punishes(article: str, basis: str, title: str) -> None:
    assert norm_title(replace(ENTRY, penalty_article=article, legal_basis=basis)) == title


def test_the_public_reads_what_it_may_rely_on() -> None:
    published = replace(
        ENTRY,
        published_on=date(2025, 12, 20),
        published_as="9号",
        valid_from=date(2026, 1, 1),
        exemptions=(Exemption("slight", "轻微", "2号"),),
        tiers=(FLAT, replace(FLAT, tier="严重", circumstances="")),
    )
    told = {section.title: section.lines for section in violation_sections(published)}
    assert told["裁量基准"] == ("公民/单位　一般（2处以上）：50–200 元", "公民/单位　严重：50–200 元")
    assert told["责令改正"] == ("责令改正，逾期不改正才处罚款",)
    assert told["本局清单"] == ("轻微不罚：轻微", "清单：2号")
    assert told["法律规定的不予、从轻、减轻处罚"] == PUBLIC_LADDER
    assert told["公布"] == ("2025-12-20 公布，9号", "2026-01-01 起施行")


def test_what_is_not_published_says_so_and_what_is_missing_is_left_out() -> None:
    told = {section.title: section.lines for section in violation_sections(ENTRY)}
    assert told["公布"] == (UNPUBLISHED,)
    assert "本局清单" not in told
