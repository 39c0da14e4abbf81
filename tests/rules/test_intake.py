"""The intake: kinds of applicants, what may follow until when, what a notice must say, which applications are alike."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.catalogue import Limit, MaterialRule, Matter
from hall.rules.intake import (
    BadNotice,
    CertificateNeeded,
    IntakeRule,
    NoAuthority,
    NoCertificateMeant,
    NotLackable,
    Purpose,
    SupplementLine,
    WrongKind,
    check_applicant,
    check_limb,
    check_notice,
    check_purpose,
    faults_of_acceptance,
    informed_fault,
    lacking_fault,
    lacking_limit,
    looks_alike,
    proposed_lines,
    similarity,
)
from hall.rules.materials import HandedIn

RULE = IntakeRule(
    effective_from=date(2026, 1, 1),
    source="大厅规则",
    supplement_days=15,
    silence="可以撤回",
    lacking_margin=2,
    lacking_longest=20,
    informed_check_days=60,
    duplicate_days=90,
    duplicate_percent=50,
    enquiry_days=1,
)
MATTER = Matter(
    code="XK05",
    name="临时占用城市道路许可",
    department="市政科",
    prefix="B",
    basis="城市道路管理条例第31条",
    statutory=Limit(20, "workday"),
    promised=Limit(5, "workday"),
    materials=(
        MaterialRule(1, "申请表"),
        MaterialRule(2, "位置图", originals=2, secondary=True),
        MaterialRule(3, "营业执照", originals=0, copies=1, required=False),
    ),
    site_visit=False,
    effective_from=date(2026, 1, 1),
    applicant_kinds=frozenset({"natural", "individual_business"}),
    lacking_allowed=True,
)
FORM, MAP = HandedIn(1, 1, 0), HandedIn(2, 2, 0)


def test_the_rule_refuses_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="至少是 1"):
        replace(RULE, supplement_days=0)
    with pytest.raises(ValueError, match="至少是 1"):
        replace(RULE, lacking_longest=0)
    with pytest.raises(ValueError, match="0 到 100"):
        replace(RULE, duplicate_percent=101)


def test_a_matter_is_for_the_applicants_it_names() -> None:
    check_applicant(MATTER, "natural")
    with pytest.raises(WrongKind, match="只受理自然人、个体工商户的申请，申请人是法人"):
        check_applicant(MATTER, "legal")


@pytest.mark.parametrize("purpose", ["change", "renewal", "cancel"])
def test_what_is_about_a_certificate_names_it(purpose: Purpose) -> None:
    check_purpose(purpose, has_certificate=True)
    with pytest.raises(CertificateNeeded):
        check_purpose(purpose, has_certificate=False)


def test_a_new_application_names_no_certificate() -> None:
    check_purpose("new", has_certificate=False)
    with pytest.raises(NoCertificateMeant):
        check_purpose("new", has_certificate=True)


@pytest.mark.parametrize(
    ("promised", "statutory", "days"),
    [
        (Limit(5, "workday"), Limit(20, "workday"), 3),
        (Limit(3, "workday"), Limit(20, "workday"), 1),
        (None, Limit(20, "workday"), 18),
        (Limit(40, "workday"), None, 20),
        (Limit(22, "workday"), None, 20),
        (Limit(21, "workday"), None, 19),
        (None, None, 20),
        (Limit(24, "hour"), None, 20),
    ],
)
def test_what_lacks_may_follow_until_before_the_promise_and_never_longer_than_the_longest(
    promised: Limit | None, statutory: Limit | None, days: int
) -> None:
    matter = replace(MATTER, promised=promised, statutory=statutory)
    assert lacking_limit(matter, RULE) == Limit(days, "workday")
    assert lacking_fault(matter, (FORM,), RULE) == ""


@pytest.mark.parametrize("promised", [Limit(0, "workday"), Limit(2, "workday")])
def test_a_short_promise_leaves_no_time_for_what_lacks(promised: Limit) -> None:
    matter = replace(MATTER, promised=promised)
    assert "办理时限太短" in lacking_fault(matter, (FORM,), RULE)
    with pytest.raises(NotLackable, match="办理时限太短"):
        lacking_limit(matter, RULE)


def test_only_secondary_materials_lack_and_only_where_the_matter_says_so() -> None:
    assert lacking_fault(MATTER, (MAP,), RULE) == "缺的申请表是主要材料"
    assert lacking_fault(MATTER, (FORM, MAP), RULE) == "材料已经齐全，直接受理"
    assert lacking_fault(replace(MATTER, lacking_allowed=False), (FORM,), RULE) == "本事项没有公布容缺受理"


def test_a_promise_of_the_applicant_is_never_enough_where_safety_is_touched() -> None:
    assert informed_fault(MATTER) == "本事项没有公布告知承诺"
    assert informed_fault(replace(MATTER, informed_allowed=True)) == ""
    assert informed_fault(replace(MATTER, safety=True)) == "本事项涉及公共安全"


def test_each_way_to_accept_says_what_stands_against_it() -> None:
    assert faults_of_acceptance(MATTER, (FORM,), RULE) == {
        "accept": "还缺位置图（原件2份）",
        "accept_lacking": "",
        "accept_informed": "本事项没有公布告知承诺",
    }
    assert faults_of_acceptance(MATTER, (FORM, MAP), RULE)["accept"] == ""


def line(position: int, defect: str = "缺原件", requirement: str = "补交") -> SupplementLine:
    return SupplementLine(position, defect, requirement)


def test_a_notice_with_everything_in_it_may_go() -> None:
    check_notice(MATTER, (line(1), line(2)), ())
    check_notice(MATTER, (line(1, "没有签名"),), (FORM, MAP))
    check_notice(MATTER, (line(2), line(3)), (FORM,))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((), "还没有写明要补正什么"),
        ((line(9),), "不在本事项公布的清单里"),
        ((line(1), line(2), line(1)), "“申请表”写了两行"),
        ((line(1, " "), line(2)), "“申请表”没有写清"),
        ((line(1), line(2, requirement="")), "“位置图”没有写清"),
        ((line(1),), "还没有写位置图（原件2份）"),
    ],
)
def test_a_notice_that_leaves_something_out_may_not_go(lines: tuple[SupplementLine, ...], why: str) -> None:
    with pytest.raises(BadNotice, match=why):
        check_notice(MATTER, lines, ())


def test_a_notice_begins_with_everything_that_is_missing() -> None:
    assert proposed_lines(MATTER, (HandedIn(2, 1, 0),)) == (
        SupplementLine(1, "缺原件1份", "补交原件1份"),
        SupplementLine(2, "缺原件1份", "补交原件1份"),
    )
    assert proposed_lines(MATTER, (FORM, MAP)) == ()


def test_who_is_competent_is_named() -> None:
    check_limb("not_needed", "")
    check_limb("not_competent", "区交通运输局")
    with pytest.raises(NoAuthority):
        check_limb("not_competent", " ")


@pytest.mark.parametrize(
    ("first", "second", "percent"),
    [
        ("向阳路18号门前占道", "向阳路18号门前占道", 100),
        ("向阳路 18 号，门前占道", "向阳路18号门前占道", 100),
        ("ＡＢ座", "ab座", 100),
        ("", "向阳路18号", 100),
        ("。", "向阳路18号", 100),
        ("占", "占", 100),
        ("占", "道", 0),
        ("向阳路18号", "和平里5号院", 0),
        ("和平里北门", "和平里南门", 50),
    ],
)
def test_descriptions_are_alike_by_the_pairs_they_share(first: str, second: str, percent: int) -> None:
    assert similarity(first, second) == percent
    assert looks_alike(first, second, RULE) == (percent >= 50)


@given(st.text(), st.text())
def test_likeness_is_the_same_both_ways_and_a_share(first: str, second: str) -> None:
    assert similarity(first, second) == similarity(second, first)
    assert 0 <= similarity(first, second) <= 100
    assert similarity(first, first) == 100
