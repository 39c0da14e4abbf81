"""Spot checks: entered by another, corrected by who was checked, verified by a third."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.spot_checks import BadSpotCheck, CannotOnCheck, CheckerVerifies, CheckerVoids, NotTheChecked, OwnCheck
from hall.services.documents import frozen
from hall.services.persons import ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded
from hall.services.spot_checks import NoSuchCheck, NotAtThePost
from hall.services.staff import NoSuchStaff
from hall.services.standards_counts import counts_of
from tests.services.standards_story import Story


@pytest.fixture
def checked(instructed: Story) -> Story:
    """The head found a fault of the clerk."""
    instructed.check()
    return instructed


def the_check(story: Story) -> int:
    return story.front("boss").checks(closed=True)[0].id


@pytest.mark.both
def test_a_fault_is_corrected_by_who_was_checked_and_verified_by_a_third(checked: Story) -> None:
    clerk, boss, key = checked.front("clerk"), checked.front("boss"), the_check(checked)
    (open_,) = clerk.checks()
    assert (open_.state, open_.own, open_.acts) == ("to_correct", True, ("correct", "state"))
    clerk.state(key, "当日排队人多")
    clerk.correct_check(key, "补发了补正告知书")
    assert clerk.checks()[0].acts == ("state",)
    boss.verify(key, passed=False, note="还缺告知的日期", correct_by=date(2026, 12, 4))
    assert clerk.checks()[0].correct_by == date(2026, 12, 4)
    clerk.correct_check(key, "重新出具并写明日期")
    boss.verify(key, passed=True, note="", correct_by=None)
    assert clerk.checks() == ()
    (done,) = clerk.checks(closed=True)
    assert (done.state, done.verifier_name, done.statement) == ("verified", "卫建平", "当日排队人多")
    assert done.notes == ("2026-11-23 原整改：补发了补正告知书", "2026-11-23 还缺告知的日期")


@pytest.mark.both
def test_the_sheet_names_the_step_the_finding_and_the_day(checked: Story) -> None:
    document = checked.front("head").checks()[0].document
    assert document is not None
    content = frozen(checked.office.store, document.document_id).content
    assert content["checked_name"] == "周玉兰"
    assert content["finding"] == "没有一次告知需要补正的全部材料。"
    assert content["correct_by"] == "2026年11月30日"
    assert content["result"] == "不符合标准"


def test_nobody_checks_himself(instructed: Story) -> None:
    with pytest.raises(OwnCheck):
        instructed.check(by="everything", about="everything")


def test_nobody_verifies_his_own_work_or_his_own_finding(checked: Story) -> None:
    key = the_check(checked)
    checked.front("clerk").correct_check(key, "补发了")
    with pytest.raises(CheckerVerifies):
        checked.front("head").verify(key, passed=True, note="", correct_by=None)
    checked.check(by="head", about="everything")
    own = next(each.id for each in checked.front("everything").checks() if each.own)
    checked.front("everything").correct_check(own, "改了")
    with pytest.raises(OwnCheck):
        checked.front("everything").verify(own, passed=True, note="", correct_by=None)


def test_only_who_was_checked_corrects_and_only_once(checked: Story) -> None:
    key = the_check(checked)
    with pytest.raises(NotTheChecked, match="周玉兰"):
        checked.front("clerk2").correct_check(key, "改了")
    checked.front("clerk").correct_check(key, "补发了")
    with pytest.raises(CannotOnCheck):
        checked.front("clerk").correct_check(key, "再改")


@pytest.mark.both
def test_a_check_is_of_somebody_at_the_post_of_the_step(instructed: Story) -> None:
    with pytest.raises(NotAtThePost, match="吴文正不在窗口人员岗位"):
        instructed.check(about="reviewer")
    with pytest.raises(NoSuchStaff):
        instructed.check(about_account_id=999_999)
    with pytest.raises(NoSuchCheck):
        instructed.check(instruction_id=999_999)
    with pytest.raises(BadSpotCheck, match="没有 77 号窗口"):
        instructed.check(counter_number=77)


def test_what_is_wrong_with_a_check_is_told_before_it_is_entered(checked: Story) -> None:
    with pytest.raises(BadSpotCheck, match="抽查日期还没有到；不合格的要写明查出的问题"):
        checked.check(checked_on=date(2026, 11, 24), finding="")
    with pytest.raises(ReasonHoldsNumber):
        checked.check(finding="向 13900001234 索要材料")
    key = the_check(checked)
    checked.front("clerk").correct_check(key, "补发了")
    with pytest.raises(BadSpotCheck, match="新的整改期限"):
        checked.front("boss").verify(key, passed=False, note="没有改", correct_by=None)


@pytest.mark.both
def test_a_wrong_check_is_voided_by_another_stays_to_be_read_and_counts_nowhere(checked: Story) -> None:
    key, day = the_check(checked), checked.office.today
    for login, refusal in (("clerk", NotAuthorised), ("head", CheckerVoids)):
        with pytest.raises(refusal):
            checked.front(login).void_check(key, "查错了人")
    boss = checked.front("boss")
    with pytest.raises(ReasonNeeded):
        boss.void_check(key, " ")
    boss.void_check(key, "查错了人")
    assert boss.checks() == checked.front("clerk").checks() == ()
    (row,) = checked.front("clerk").checks(closed=True)
    assert (row.state, row.voided_on, row.voided_by, row.voided_why) == ("voided", day, "卫建平", "查错了人")
    assert (row.finding, row.acts, row.notes) == ("没有一次告知需要补正的全部材料", (), ())
    acts: tuple[Callable[[], None], ...] = (
        lambda: boss.void_check(key, "再作废"),
        lambda: checked.front("clerk").correct_check(key, "改了"),
    )
    for again in acts:
        with pytest.raises(CannotOnCheck, match="已经作废"):
            again()
    with checked.office.store.read() as session:
        month = counts_of(session, hall_id=checked.office.store.hall_id, first=day, last=date(2026, 11, 30))
    assert (month.checks, month.checks_met, month.faults_due, month.faults_verified) == (0, 0, 0, 0)
    checked.check()
    assert [each.state for each in boss.checks()] == ["to_correct"]


def test_who_was_checked_does_not_void_it_by_another_right(checked: Story) -> None:
    checked.check(about="everything")
    own = next(each.id for each in checked.front("everything").checks() if each.own)
    with pytest.raises(OwnCheck):
        checked.front("everything").void_check(own, "查得不对")


@pytest.mark.both
def test_two_who_void_at_once_void_once(checked: Story) -> None:
    key = the_check(checked)

    def void(login: str) -> str:
        try:
            checked.front(login).void_check(key, "查错了人")
        except CannotOnCheck:
            return "refused"
        return "voided"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(void, ("boss", "approver"))) == ["refused", "voided"]


def test_a_clerk_sees_his_own_checks_alone_and_enters_none(checked: Story) -> None:
    assert checked.front("clerk2").checks(closed=True) == ()
    with pytest.raises(NoSuchCheck):
        checked.front("clerk").correct_check(999_999, "改了")
    with pytest.raises(NotAuthorised):
        checked.check(by="clerk2")


def test_the_month_counts_checks_and_faults_that_fell_due(checked: Story) -> None:
    checked.check(met=True, finding="", correct_by=None, counter_number=1)
    checked.front("clerk").correct_check(the_check(checked), "补发了")
    fault = next(each.id for each in checked.front("boss").checks())
    checked.front("boss").verify(fault, passed=True, note="", correct_by=None)
    store = checked.office.store
    with store.read() as session:
        month = counts_of(session, hall_id=store.hall_id, first=date(2026, 11, 1), last=date(2026, 11, 30))
        before = counts_of(session, hall_id=store.hall_id, first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert (month.checks, month.checks_met, month.faults_due, month.faults_verified) == (2, 1, 1, 1)
    assert (before.checks, before.faults_due) == (0, 0)


@pytest.mark.both
def test_a_day_that_was_missed_stays_missed_when_another_is_named_afterwards(checked: Story) -> None:
    key, store = the_check(checked), checked.office.store
    checked.front("clerk").correct_check(key, "补发了")
    checked.office.on(date(2026, 12, 1))
    checked.front("boss").verify(key, passed=False, note="还缺告知的日期", correct_by=date(2026, 12, 4))
    checked.front("clerk").correct_check(key, "写明了日期")
    checked.front("boss").verify(key, passed=True, note="", correct_by=None)
    with store.read() as session:
        november = counts_of(session, hall_id=store.hall_id, first=date(2026, 11, 1), last=date(2026, 11, 30))
        december = counts_of(session, hall_id=store.hall_id, first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert (november.faults_due, november.faults_verified) == (1, 0)
    assert (december.faults_due, december.faults_verified) == (1, 1)
