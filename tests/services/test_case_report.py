"""The monthly report from the records of real cases: names, populations, paper."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services.accepting import Promise
from hall.services.applications import Application
from hall.services.case_report import NotYet
from hall.services.case_report_tables import balance_words, figure_words, report_tables, report_values
from hall.services.deciding import Decision
from hall.services.front import Front
from hall.store import Store


@pytest.fixture
def approver(front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor]) -> Front:
    """Who decides."""
    return front_of(store, actor_with("approver", account_id=31, name="钱局长"))


def test_a_month_of_accepted_cases_is_in_hand_and_balances(
    front: Front, manager_front: Front, make_application: Callable[..., Application], clock: FixedClock
) -> None:
    for _ in range(3):
        front.intake.accept(make_application("XK05"))
    front.intake.accept(make_application("XK02"))
    report = manager_front.reports.month(2026, 11)
    balance = report.statistics.balance
    assert (balance.new, balance.carried, balance.dealt_with, balance.in_time) == (4, 0, 4, 4)
    assert balance.holds
    assert all(line.endswith("平衡") for line in balance_words(balance))
    assert sum(each.figures.accepted for each in report.matters) == 4
    assert not report.period.over
    assert figure_words(report.figure("accepted_rate")) == "100.0%（4/4）"
    assert figure_words(report.figure("on_time_promised")) == "—（0/0）"
    assert figure_words(report.figure("request_done_rate")) == "—（0/0）"
    clock.instant = datetime(2026, 12, 20, 9, 0, tzinfo=HALL_ZONE)
    later = manager_front.reports.month(2026, 11)
    assert later.period.over
    assert later.statistics.balance.in_hand == 4
    assert manager_front.reports.month(2026, 12).statistics.balance.carried == 4
    assert manager_front.reports.month(2026, 12).statistics.balance.brought == 4


def test_the_report_is_for_those_who_decide_and_only_of_months_that_have_begun(
    front: Front, manager_front: Front, approver: Front
) -> None:
    with pytest.raises(NotAuthorised):
        front.reports.month(2026, 11)
    with pytest.raises(NotYet, match="2026年12月还没有开始"):
        manager_front.reports.month(2026, 12)
    assert approver.reports.month(2026, 11).statistics.balance.dealt_with == 0
    with pytest.raises(NotAuthorised):
        approver.reports.issue(2026, 11, printed=False)


def test_the_report_is_a_document_with_a_number_and_can_be_previewed(manager_front: Front) -> None:
    issued = manager_front.reports.issue(2026, 11, printed=True)
    assert "月报" in issued.number
    files = manager_front.reports.document(issued.document_id)
    assert files.pdf.startswith(b"%PDF")


def test_tables_and_values_say_the_same(
    front: Front, manager_front: Front, make_application: Callable[..., Application], clock: FixedClock
) -> None:
    front.intake.accept(make_application("XK05"))
    clock.instant += timedelta(days=1)
    report = manager_front.reports.month(2026, 11)
    tables = {table.title: table for table in report_tables(report)}
    assert list(tables) == [
        "按事项",
        "按科室",
        "指标",
        "平衡关系",
        "近12个月",
        "不予受理情形",
        "各项工作",
        "处罚减免与公示",
        "口径",
    ]
    assert all(len(row) == len(table.columns) for table in tables.values() for row in table.rows)
    values = report_values(report)
    assert values["month"] == "2026-11"
    assert len(tables["近12个月"].rows) == 12
    assert tables["按事项"].rows[-1][:3] == ("合计", 1, 1)


def test_a_preview_is_the_page_and_leaves_nothing(manager_front: Front) -> None:
    assert manager_front.reports.preview(2026, 11).startswith(b"%PDF")
    assert manager_front.reports.issue(2026, 11, printed=False).number.endswith("1号")


def test_all_work_is_told_to_the_government_with_both_numbers_of_every_share(
    front: Front, manager_front: Front, make_application: Callable[..., Application]
) -> None:
    front.intake.accept(make_application("XK05"))
    report = manager_front.reports.month(2026, 11)
    words = {section.title: section.words for section in report.work}
    assert list(words)[:3] == ["窗口服务和行政许可", "处罚减免与公示", "诉求受理与派单"]
    assert "受理1件" in words["窗口服务和行政许可"]
    assert words["诉求受理与派单"] == "本月没有发生。"
    assert not any("罚款" in each for each in words.values())
    assert manager_front.reports.preview_district(2026, 11).startswith(b"%PDF")
    issued = manager_front.reports.issue_district(2026, 11, printed=True)
    assert "情〔2026〕1号" in issued.number
    assert manager_front.reports.document(issued.document_id).pdf.startswith(b"%PDF")


def test_every_end_is_counted_apart_and_a_reopened_case_is_in_hand_again(
    front: Front,
    manager_front: Front,
    approver: Front,
    make_application: Callable[..., Application],
    clock: FixedClock,
) -> None:
    promise = Promise("告知承诺试点办法", ("设施牢固",))
    granted, denied = (front.intake.accept_informed(make_application("XK02"), promise).case_id for _ in range(2))
    front.intake.refuse(make_application("XK05"), "not_needed", "占用的是自家院落")
    gone, back = (front.intake.accept(make_application("XK16")).case_id for _ in range(2))
    clock.instant += timedelta(days=2)
    approver.review.decide(granted, Decision("granted", "同意", scope="申请地点"))
    clock.instant += timedelta(days=2)
    why = "位置影响交通"
    approver.review.decide(
        denied, Decision("denied", "不予许可", facts=why, unmet=why, basis="条例第十七条", reasons=why)
    )
    for case_id in (gone, back):
        front.closing.withdraw(case_id, "申请人不再需要")
    manager_front.closing.reopen(back, "误点了撤回")
    report = manager_front.reports.month(2026, 11)
    balance = report.statistics.balance
    assert (balance.done, balance.refused, balance.withdrawn, balance.in_time, balance.holds) == (2, 1, 1, 1, True)
    assert report.statistics.refusals == {"not_needed": 1}
    on_time = report.figure("on_time_promised")
    assert (on_time.numerator, on_time.denominator) == (1, 2)  # three workdays were promised, the other took four
    assert (report.year[-1].in_time, report.year[-1].decided) == (1, 2)
    assert [
        (report.figure(key).numerator, report.figure(key).denominator) for key in ("informed_rate", "mean_days")
    ] == [
        (2, 4),
        (6, 2),
    ]
    assert [(each.name, each.score.points) for each in report.departments if each.score] == [
        ("市容科", 100),
        ("市政科", 100),
        ("园林科", 100),
    ]
    assert report_tables(report)[5].rows == (("依法不需要取得行政许可", 1),)


@pytest.mark.both
def test_the_parts_of_a_joint_case_are_not_cases_of_their_own(
    front: Front, manager_front: Front, make_application: Callable[..., Application]
) -> None:
    front.intake.accept(make_application("XK06", joint_parts=("XK15",)))
    report = manager_front.reports.month(2026, 11)
    assert (report.figure("received").numerator, report.statistics.balance.in_time) == (1, 1)
