"""Reasons are written from the facts with gaps, and kept only when a person has finished them."""

from dataclasses import replace

import pytest

from hall.rules.penalty_reasons import GAP, ReasonFacts, ReasonsUnfinished, finished_reasons, proposed_reasons

FACTS = ReasonFacts(
    act="占用人行道堆放材料。",
    violated="城市道路管理条例第二十七条",
    basis="城市道路管理条例第四十二条",
    row="擅自占用城市道路—较轻",
    span="¥500.00至¥5,000.00",
    result="ordinary",
    limb=None,
    penalty="罚款人民币壹仟元整（¥1,000.00）",
    corrected=False,
    harm="危害后果轻微",
)


def test_an_ordinary_draft_names_act_norms_tier_and_amount_and_leaves_the_weighing_open() -> None:
    draft = proposed_reasons(FACTS)
    assert draft.startswith("当事人占用人行道堆放材料，违反了城市道路管理条例第二十七条的规定，危害后果轻微。")
    assert "对照裁量基准“擅自占用城市道路—较轻”（¥500.00至¥5,000.00），" in draft
    assert draft.endswith("依据城市道路管理条例第四十二条，给予以下处罚：罚款人民币壹仟元整（¥1,000.00）。")
    assert draft.count(GAP) == 2


def test_a_draft_without_a_tier_names_none() -> None:
    assert "裁量基准" not in proposed_reasons(replace(FACTS, row="", span=""))


def test_a_draft_asks_for_the_harm_that_nobody_found_out() -> None:
    assert "危害后果是【" in proposed_reasons(replace(FACTS, harm=""))


def test_a_draft_says_that_the_party_corrected() -> None:
    assert "当事人已经改正。" in proposed_reasons(replace(FACTS, corrected=True))


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"result": "lighter", "limb": "removed"}, "依照行政处罚法第三十二条第一项的规定应当从轻处罚"),
        ({"result": "reduced", "limb": "impaired"}, "依照行政处罚法第三十一条的规定可以减轻处罚"),
        ({"result": "none", "limb": "first_time"}, "依照行政处罚法第三十三条第一款的规定可以不予处罚"),
    ],
)
def test_a_draft_of_leniency_names_limb_article_and_whether_it_binds(change: dict[str, str], wanted: str) -> None:
    assert wanted in proposed_reasons(replace(FACTS, **change))  # type: ignore[arg-type]  # limbs and results


def test_only_a_reduced_fine_asks_how_it_was_counted() -> None:
    reduced = replace(FACTS, result="reduced", limb="removed")
    assert "写明计算方法" in proposed_reasons(reduced)
    assert "写明计算方法" not in proposed_reasons(replace(reduced, result="lighter"))
    assert "写明计算方法" not in proposed_reasons(replace(reduced, row=""))


def test_who_is_not_punished_has_no_penalty_in_the_draft() -> None:
    draft = proposed_reasons(replace(FACTS, result="none", limb="slight", penalty=""))
    assert draft.endswith("不予行政处罚。")


def test_finished_reasons_are_kept_without_their_blanks() -> None:
    own = "  占用时间不到一小时，未影响通行，与较轻一档的情形相符，没有其他情节。\n"
    assert finished_reasons(own, proposed=proposed_reasons(FACTS)) == own.strip()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "太短"),
        ("情节轻微", "太短"),
        (proposed_reasons(FACTS), "原文"),
        (proposed_reasons(FACTS).replace("，", "，\n"), "原文"),
        (proposed_reasons(FACTS).replace("【写明理由】", "占用时间短"), "【】"),
    ],
)
def test_reasons_that_nobody_finished_are_refused(written: str, why: str) -> None:
    with pytest.raises(ReasonsUnfinished, match=why):
        finished_reasons(written, proposed=proposed_reasons(FACTS))
