"""The answer to a request for leniency: findings told once, reasons left for a person to finish."""

import pytest

from hall.rules.leniency import eligibility
from hall.rules.leniency_answers import findings_text, proposed_answer
from hall.rules.penalty_reasons import ReasonsUnfinished, finished_reasons
from tests.rules.test_leniency import FACTS, NO, YES

CASE = eligibility(FACTS, {"corrected": YES, "slight_harm": YES, "not_excluded": YES, "no_harm": NO})
LIMBS = (CASE.limb("slight"), CASE.limb("first_time"))


def test_every_element_is_told_once_with_what_shows_it() -> None:
    told = findings_text(LIMBS).split("；")
    assert told == [
        "“违法行为轻微”尚不清楚",
        "“及时改正”具备（现场照片）",
        "“没有造成危害后果”不具备（现场照片）",
        "“初次违法”具备（没有查到以往违法）",
        "“危害后果轻微”具备（现场照片）",
        "“没有排除适用的情形”具备（现场照片）",
    ]


def test_reasons_are_proposed_from_what_lacks_and_have_a_gap() -> None:
    draft = proposed_answer(LIMBS)
    assert "其中“违法行为轻微”尚不清楚、“没有造成危害后果”不具备。" in draft
    assert "“初次违法且危害后果轻微并及时改正”的条件虽然具备" in draft
    for left in (draft, f"补充：{draft}"):
        with pytest.raises(ReasonsUnfinished):
            finished_reasons(left, proposed=draft, what="不予减免的理由")


def test_what_a_person_wrote_is_kept() -> None:
    written = "占用盲道半日，影响视障人员通行，危害后果不能认为轻微，因此不予采纳。"
    assert finished_reasons(f" {written}\n", proposed=proposed_answer(LIMBS), what="不予减免的理由") == written
