"""Limbs of leniency: which are satisfied by records and findings, and what law then leaves open."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.leniency import (
    BadFinding,
    Eligibility,
    Finding,
    LeniencyRefused,
    LimbNotMet,
    MustMitigate,
    MustNotPenalise,
    NothingToFine,
    WrongLimb,
    allowed,
    check_findings,
    check_result,
    eligibility,
    limb_rules,
    limbs_for,
)
from hall.rules.leniency_facts import LeniencyFacts, hint
from hall.rules.leniency_limbs import CLAIMABLE, LIMBS, NO_PENALTY_LIMBS, Limb, Result, elements_of
from hall.rules.penalties import ActFacts, Harm
from hall.rules.violations import Exemption
from hall.services.penalty_terms import penalty_terms

DAY = date(2026, 11, 23)
TERMS = penalty_terms(Path("/nowhere"), DAY)
ACT = ActFacts(
    acted_on=date(2026, 11, 2),
    found_on=date(2026, 11, 2),
    correction_ordered_on=date(2026, 11, 2),
    correct_by=date(2026, 11, 9),
    corrected_on=date(2026, 11, 5),
)
FACTS = LeniencyFacts(act=ACT, today=DAY, terms=TERMS, natural=True, birth=date(1990, 3, 7), earlier=0)
YES, NO = Finding("satisfied", "现场照片"), Finding("not", "现场照片")
BY_OFFICERS = {
    code: element for code, element in elements_of(tuple(LIMBS.values())).items() if element.source == "officers"
}
LIST = Exemption(
    "first_time",
    "占道面积不足五平方米，当日清理",
    "莲城管规〔2025〕2号",
    correct_within_hours=24,
    quantity_limit="五平方米",
    evidence="清理前后照片",
    excluded_if="影响盲道",
)


def found(facts: LeniencyFacts = FACTS, **findings: Finding) -> Eligibility:
    return eligibility(facts, findings)


def fitting(code: Limb) -> Eligibility:
    """A case in which one limb is satisfied, by its records or by what officers found."""
    facts = {
        "under_fourteen": replace(FACTS, birth=date(2013, 1, 1)),
        "minor": replace(FACTS, birth=date(2010, 1, 1)),
        "expired": replace(FACTS, act=replace(ACT, acted_on=date(2024, 10, 1))),
        "milder_law": replace(FACTS, milder=True),
    }.get(code, FACTS)
    return eligibility(facts, {each.code: YES for each in LIMBS[code].elements if each.source == "officers"})


def test_nothing_is_assumed_that_nobody_has_shown() -> None:
    states = {limb.rule.code: limb.status for limb in found().limbs}
    assert "satisfied" not in states.values()
    assert states["slight"] == "unknown"
    assert states["first_time"] == "unknown"
    assert states["under_fourteen"] == "not"
    assert allowed(found()) == ("ordinary",)


@pytest.mark.parametrize("code", list(LIMBS))
def test_a_limb_is_satisfied_when_every_element_is_and_by_nothing_less(code: Limb) -> None:
    assert fitting(code).limb(code).status == "satisfied"
    for element in LIMBS[code].elements:
        if element.source == "officers":
            others = {each.code: YES for each in LIMBS[code].elements if each.source == "officers"}
            assert eligibility(FACTS, {**others, element.code: NO}).limb(code).status == "not"
            del others[element.code]
            assert eligibility(FACTS, others).limb(code).status == "unknown"


RESULTS_OF: dict[Limb, tuple[Result, ...]] = {
    "under_fourteen": ("none",),
    "incapable": ("none",),
    "expired": ("none",),
    "abolished": ("none",),
    "slight": ("none",),
    "no_fault": ("none",),
    "first_time": ("none", "ordinary"),
    "minor": ("reduced", "lighter"),
    "impaired": ("reduced", "lighter", "ordinary"),
    "removed": ("reduced", "lighter"),
    "coerced": ("reduced", "lighter"),
    "confessed": ("reduced", "lighter"),
    "merit": ("reduced", "lighter"),
    "other": ("reduced", "lighter"),
    "milder_law": ("ordinary",),
}


@pytest.mark.parametrize(("code", "results"), list(RESULTS_OF.items()))
def test_a_limb_leaves_open_what_its_article_says(code: Limb, results: tuple[Result, ...]) -> None:
    case = fitting(code)
    assert allowed(case) == results
    for result in ("none", "reduced", "lighter", "ordinary"):
        limb = None if result == "ordinary" else code
        if result in results:
            check_result(case, result, limb)
        else:
            with pytest.raises((MustNotPenalise, MustMitigate, WrongLimb)):
                check_result(case, result, limb)


def test_where_law_forbids_a_penalty_half_of_it_is_forbidden_too() -> None:
    """不予减半: also where a milder limb fits besides, and where a limb is chosen that only allows it."""
    case = found(slight=YES, corrected=YES, no_harm=YES, slight_harm=YES, not_excluded=YES, voluntary=YES, removed=YES)
    assert {limb.rule.code for limb in case.limbs if limb.status == "satisfied"} == {"slight", "first_time", "removed"}
    assert allowed(case) == ("none",)
    assert [limb.rule.code for limb in limbs_for(case, "none")] == ["slight"]
    for result, limb in (("reduced", "removed"), ("ordinary", None), ("none", "first_time")):
        with pytest.raises(MustNotPenalise, match="应当不予处罚（行政处罚法第三十三条第一款）"):
            check_result(case, result, limb)  # type: ignore[arg-type]  # literals of the tuple
    check_result(case, "none", "slight")


@given(
    st.dictionaries(st.sampled_from(sorted(BY_OFFICERS)), st.sampled_from((YES, YES, YES, NO, Finding("unknown")))),
    st.sampled_from((FACTS, replace(FACTS, birth=date(2013, 1, 1)), replace(FACTS, birth=date(2010, 1, 1)))),
    st.sampled_from((0, 1, None)),
)
def test_whatever_is_found_only_what_law_leaves_open_is_accepted(
    findings: dict[str, Finding], facts: LeniencyFacts, earlier: int | None
) -> None:
    """Every result with every limb: accepted exactly where it is open and rests on a limb that leads there."""
    case = eligibility(replace(facts, earlier=earlier), findings)
    open_results = allowed(case)
    assert open_results
    binding = [limb.rule.code for limb in case.satisfied("none", "shall")]
    assert (open_results == ("none",)) == bool(binding)
    for result in get_args(Result):
        good = {each.rule.code for each in limbs_for(case, result)} if result in open_results else set()
        for limb in (None, *LIMBS):
            fits = limb is None and result in open_results if result == "ordinary" else limb in good
            try:
                check_result(case, result, limb)
            except LeniencyRefused:
                assert not fits
            else:
                assert fits


def test_slight_and_slight_harm_are_two_tests() -> None:
    harmless = found(corrected=YES, no_harm=NO, slight_harm=YES, not_excluded=YES)
    assert harmless.limb("first_time").status == "satisfied"
    assert harmless.limb("slight").status == "not"
    assert allowed(harmless) == ("none", "ordinary")


def test_age_precedes_what_officers_weigh() -> None:
    child = replace(FACTS, birth=date(2013, 1, 1))
    case = found(child, slight=YES, corrected=YES, no_harm=YES)
    with pytest.raises(MustNotPenalise, match="不满十四周岁"):
        check_result(case, "none", "slight")
    check_result(case, "none", "under_fourteen")


def test_what_law_lets_choose_beside_what_it_binds_to_adds_a_choice() -> None:
    case = found(corrected=YES, slight_harm=YES, not_excluded=YES, voluntary=YES, removed=YES)
    assert allowed(case) == ("none", "reduced", "lighter")
    assert [limb.rule.code for limb in limbs_for(case, "lighter")] == ["removed"]
    with pytest.raises(MustMitigate, match="第三十二条第一项"):
        check_result(case, "ordinary", None)


def test_corrected_in_time_where_only_disobedience_is_fined_leaves_nothing_to_decide() -> None:
    case = found(replace(FACTS, nothing_to_fine=True), slight=YES, corrected=YES, no_harm=YES)
    assert allowed(case) == ()
    with pytest.raises(NothingToFine, match="撤案"):
        check_result(case, "none", "slight")


def test_a_result_rests_on_a_limb_that_leads_to_it() -> None:
    case = found(voluntary=YES, removed=YES)
    with pytest.raises(WrongLimb, match="要写明法定情形"):
        check_result(case, "reduced", None)
    with pytest.raises(WrongLimb, match="不能得出不予处罚"):
        check_result(case, "none", "removed")
    with pytest.raises(WrongLimb):
        check_result(found(), "ordinary", "removed")
    with pytest.raises(LimbNotMet, match="“受他人胁迫或者诱骗”尚不清楚"):
        check_result(case, "reduced", "coerced")


def test_every_limb_that_can_be_claimed_leads_to_one_kind_of_result() -> None:
    assert set(CLAIMABLE) == set(LIMBS) - {"milder_law"}
    for code in CLAIMABLE:
        assert ("none" in LIMBS[code].results) == (code in NO_PENALTY_LIMBS)
    assert max(len(code) for code in LIMBS) <= 16
    assert max(len(code) for code in elements_of(tuple(LIMBS.values()))) <= 24


@pytest.mark.parametrize(
    ("birth", "child", "minor"),
    [
        (date(2012, 11, 2), "satisfied", "not"),
        (date(2012, 11, 1), "not", "satisfied"),
        (date(2008, 11, 2), "not", "satisfied"),
        (date(2008, 11, 1), "not", "not"),
        (None, "unknown", "unknown"),
    ],
)
def test_ages_are_full_years_on_the_day_of_the_act(birth: date | None, child: str, minor: str) -> None:
    case = found(replace(FACTS, birth=birth))
    assert (case.limb("under_fourteen").status, case.limb("minor").status) == (child, minor)


def test_an_act_that_went_on_past_a_birthday_is_read_for_the_party() -> None:
    """Past the fourteenth only what came later is punished, for people to find; past the eighteenth: a minor's."""
    going_on = replace(ACT, acted_on=date(2026, 1, 1), acted_until=date(2026, 11, 2))
    grew = found(replace(FACTS, act=going_on, birth=date(2012, 6, 1)))
    assert (grew.limb("under_fourteen").status, grew.limb("minor").status) == ("unknown", "satisfied")
    adult = found(replace(FACTS, act=going_on, birth=date(2008, 6, 1)))
    assert (adult.limb("under_fourteen").status, adult.limb("minor").status) == ("not", "satisfied")


def test_officers_find_the_age_that_no_card_tells() -> None:
    unread = replace(FACTS, birth=None)
    assert found(unread, under_fourteen=YES).limb("under_fourteen").status == "satisfied"


def test_an_organisation_has_no_age() -> None:
    case = found(replace(FACTS, natural=False, birth=None))
    assert (case.limb("under_fourteen").status, case.limb("minor").status) == ("not", "not")


@pytest.mark.parametrize(("earlier", "status"), [(0, "satisfied"), (1, "not"), (None, "unknown")])
def test_a_first_offence_is_what_the_records_say(earlier: int | None, status: str) -> None:
    state = found(replace(FACTS, earlier=earlier)).limb("first_time").elements[0]
    assert (state.element.code, state.status) == ("first_time", status)


@pytest.mark.parametrize(("milder", "status"), [(True, "satisfied"), (False, "not"), (None, "unknown")])
def test_a_milder_norm_is_what_the_benchmarks_say(milder: bool | None, status: str) -> None:
    assert found(replace(FACTS, milder=milder)).limb("milder_law").status == status


def test_the_time_bar_is_counted() -> None:
    late = replace(ACT, acted_on=date(2024, 11, 1), correction_ordered_on=None, correct_by=None, corrected_on=None)
    assert found(replace(FACTS, act=late)).limb("expired").status == "satisfied"
    last = replace(late, acted_on=date(2024, 11, 2))
    assert found(replace(FACTS, act=last)).limb("expired").status == "not"


@pytest.mark.parametrize(
    ("correct_by", "corrected_on", "status"),
    [
        (date(2026, 11, 9), date(2026, 11, 9), "unknown"),
        (date(2026, 11, 9), date(2026, 11, 10), "not"),
        (date(2026, 11, 9), None, "not"),
        (date(2026, 12, 9), None, "not"),
        (None, date(2026, 11, 5), "unknown"),
    ],
)
def test_what_is_late_is_late_and_what_is_in_time_is_for_officers_to_confirm(
    correct_by: date | None, corrected_on: date | None, status: str
) -> None:
    act = replace(ACT, correct_by=correct_by, corrected_on=corrected_on)
    state = found(replace(FACTS, act=act)).limb("slight").elements[1]
    assert (state.element.code, state.status) == ("corrected", status)


def test_what_the_record_settles_no_finding_overrules() -> None:
    late = replace(FACTS, act=replace(ACT, corrected_on=None))
    state = found(late, corrected=YES).limb("slight").elements[1]
    assert (state.status, state.settled) == ("not", True)
    assert not found(corrected=YES).limb("slight").elements[1].settled
    with pytest.raises(BadFinding, match="没有改正"):
        check_findings({"corrected": YES}, late)
    check_findings({"corrected": NO}, late)


@pytest.mark.parametrize(
    ("findings", "why"),
    [
        ({"no_harm": Finding("satisfied", " ")}, "还没有写明依据的证据"),
        ({"boredom": YES}, "没有“boredom”这个要件"),
        ({"no_harm": YES, "slight_harm": NO}, "互相矛盾"),
        ({"incapable": YES, "impaired": YES}, "只能认定一项"),
    ],
)
def test_a_finding_needs_evidence_and_contradicts_no_other(findings: dict[str, Finding], why: str) -> None:
    with pytest.raises(BadFinding, match=why):
        check_findings(findings, FACTS)


def test_what_is_not_clear_needs_no_evidence() -> None:
    check_findings({code: Finding("unknown") for code in BY_OFFICERS}, FACTS)
    check_findings({"no_harm": YES, "slight_harm": YES, "incapable": NO, "impaired": YES}, FACTS)


def test_a_published_list_adds_conditions_only_where_the_authority_may_choose() -> None:
    rules = {rule.code: rule for rule in limb_rules((LIST, replace(LIST, limb="slight", quantity_limit="一平方米")))}
    words = [each.words for each in rules["first_time"].elements]
    assert words == [
        "初次违法",
        "危害后果轻微",
        "及时改正（清单：24小时内）",
        "不属于清单除外的情形：影响盲道",
        "没有超过清单的限度：五平方米",
    ]
    assert [each.words for each in rules["slight"].elements] == ["违法行为轻微", "及时改正", "没有造成危害后果"]
    assert all("清理前后照片" in each.evidence for each in rules["slight"].elements)


def test_a_list_without_conditions_of_its_own_changes_no_words() -> None:
    bare = Exemption("first_time", "初次违法", "莲城管规〔2025〕2号")
    assert limb_rules((bare,)) == limb_rules(())


def test_what_a_list_asks_for_is_found_like_the_rest() -> None:
    listed = replace(FACTS, listed=(LIST,))
    case = found(listed, corrected=YES, slight_harm=YES, not_excluded=YES)
    assert case.limb("first_time").status == "unknown"
    assert case.limb("first_time").listed == ("占道面积不足五平方米，当日清理（莲城管规〔2025〕2号）",)
    assert found(listed, corrected=YES, slight_harm=YES, not_excluded=YES, in_quantity=YES).limb(
        "first_time"
    ).status == ("satisfied")
    check_findings({"in_quantity": YES}, listed)
    with pytest.raises(BadFinding):
        check_findings({"in_quantity": YES}, FACTS)


@pytest.mark.parametrize(
    ("code", "harm", "said"),
    [
        ("corrected", "unknown", "登记的改正日期是2026-11-05，责令改正的期限是2026-11-09"),
        ("no_harm", "none", "登记为没有危害后果"),
        ("slight_harm", "slight", "登记为危害后果轻微"),
        ("no_harm", "grave", "登记为造成危害后果"),
        ("no_harm", "unknown", ""),
        ("coerced", "none", ""),
    ],
)
def test_the_record_hints_at_what_officers_find(code: str, harm: Harm, said: str) -> None:
    assert hint(code, replace(FACTS, act=replace(ACT, harm=harm))) == said


def test_without_an_order_the_hint_tells_the_day_alone() -> None:
    act = replace(ACT, correction_ordered_on=None, correct_by=None)
    assert hint("corrected", replace(FACTS, act=act)) == "登记的改正日期是2026-11-05"
    assert hint("corrected", replace(FACTS, act=replace(act, corrected_on=None))) == ""
