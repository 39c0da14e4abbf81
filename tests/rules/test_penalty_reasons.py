"""Reasons are written from the facts with gaps, and kept only when a person has finished them."""

from dataclasses import replace

import pytest

from hall.rules.penalty_reasons import GAP, ReasonFacts, ReasonsUnfinished, finished_reasons, proposed_reasons

FACTS = ReasonFacts(
    act="占用人行道堆放材料。",
    row="擅自占用城市道路—较轻",
    result="ordinary",
    limb=None,
    penalty="罚款人民币壹仟元整（¥1,000.00）",
    corrected=False,
    harm="危害后果轻微",
)


def test_an_ordinary_draft_names_act_harm_tier_and_amount_and_leaves_the_weighing_open() -> None:
    assert proposed_reasons(FACTS) == (
        "当事人占用人行道堆放材料，危害后果轻微。"
        "本案的情节是【写明数量、时间、次数、影响等】，与裁量基准“擅自占用城市道路—较轻”一档相符，因为【写明理由】。"
        "综合违法行为的事实、性质、情节以及社会危害程度，罚款人民币壹仟元整（¥1,000.00），"
        "过罚相当（行政处罚法第五条第二款）。"
    )


def test_a_draft_without_a_tier_names_none() -> None:
    assert "裁量基准" not in proposed_reasons(replace(FACTS, row=""))


def test_a_draft_asks_for_the_harm_that_nobody_found_out() -> None:
    assert "危害后果是【" in proposed_reasons(replace(FACTS, harm=""))


def test_a_draft_says_that_the_party_corrected() -> None:
    assert "当事人已经改正。" in proposed_reasons(replace(FACTS, corrected=True))


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        (replace(FACTS, result="lighter", limb="removed"), "应当从轻处罚，因为【"),
        (replace(FACTS, result="reduced", limb="impaired"), "可以减轻处罚，因为【"),
        (replace(FACTS, result="none", limb="first_time"), "可以不予处罚，因为【"),
    ],
)
def test_a_draft_of_leniency_says_whether_its_limb_binds_and_asks_for_its_facts(
    facts: ReasonFacts, wanted: str
) -> None:
    draft = proposed_reasons(facts)
    assert wanted in draft
    assert "经查，【" in draft
    assert draft.count(GAP) == 2


def test_who_is_not_punished_has_no_penalty_in_the_draft() -> None:
    draft = proposed_reasons(replace(FACTS, result="none", limb="slight", penalty=""))
    assert draft.endswith("应当不予处罚，因为【写明理由】。")


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
