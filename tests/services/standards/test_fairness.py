"""What is not held against anybody of the staff: rules of another day, twice the same, what somebody wrote over."""

from datetime import date

import pytest

from hall.rules.spot_checks import BadSpotCheck
from hall.rules.training import BadTraining
from hall.services.qualifications import QualificationTaken
from tests.services.standards.test_qualifications import sign
from tests.services.standards_story import Story


def test_nobody_is_checked_against_a_step_that_was_not_in_force(instructed: Story) -> None:
    with pytest.raises(BadSpotCheck, match="当日没有生效"):
        instructed.check(checked_on=date(2025, 12, 31))


def test_the_same_check_is_entered_once(instructed: Story) -> None:
    instructed.check()
    with pytest.raises(BadSpotCheck, match="不要重复登记"):
        instructed.check()
    instructed.check(way="recording")


def test_what_was_said_and_mended_before_stays_to_be_read(instructed: Story) -> None:
    instructed.check()
    clerk, boss = instructed.front("clerk"), instructed.front("boss")
    key = clerk.checks()[0].id
    clerk.state(key, "当时系统故障")
    clerk.state(key, "当时系统故障，已补告知")
    clerk.correct_check(key, "补发告知书")
    boss.verify(key, passed=False, note="没有附件", correct_by=date(2026, 12, 1))
    clerk.correct_check(key, "补发告知书及附件")
    view = clerk.checks()[0]
    assert (view.statement, view.correction) == ("当时系统故障，已补告知", "补发告知书及附件")
    assert view.notes == (
        "2026-11-23 原说明：当时系统故障",
        "2026-11-23 原整改：补发告知书",
        "2026-11-23 没有附件",
    )


def test_training_is_entered_once_and_again_when_it_was_taken_back(story: Story) -> None:
    story.train("clerk")
    with pytest.raises(BadTraining, match="已经登记"):
        story.train("other", "clerk")
    assert [row.name for row in story.front("boss").training()] == [story.actor("clerk").name]
    story.front("boss").void_training(story.front("boss").training()[0].id, "登记错人")
    story.train("clerk")


@pytest.mark.both
def test_of_one_day_no_more_hours_count_than_the_rule_says(story: Story) -> None:
    for title in ("行政许可法专题", "行政处罚法专题"):
        story.train("clerk", title=title, hours="8")
    (own,) = story.front("clerk").standings()
    assert own.standing.half_hours == 16


@pytest.mark.both
def test_a_certificate_whose_end_was_mistyped_is_ended_and_entered_again(story: Story) -> None:
    wrong = story.qualify("lawyer", number="A1", valid_to=date(2026, 11, 30))
    with pytest.raises(QualificationTaken, match="先终止"):
        story.qualify("lawyer", number="ａ1")
    story.front("boss").end_qualification(wrong, story.office.today, "有效期录错")
    story.qualify("lawyer", number="A1")
    assert [row.state for row in story.front("lawyer").qualifications()] == ["valid", "ended"]


def test_a_certificate_that_begins_later_stops_nobody_today(story: Story) -> None:
    story.qualify("lawyer", valid_from=date(2026, 12, 1))
    sign(story, "lawyer", "penalty.legal")


def test_a_certificate_that_was_entered_for_the_wrong_person_stops_nobody_once_it_is_ended(story: Story) -> None:
    wrong = story.qualify("approver", kind="post", number="P1", valid_from=date(2026, 1, 1))
    story.front("boss").end_qualification(wrong, date(2026, 1, 1), "登记错人")
    sign(story, "approver", "penalty.decide")
    story.qualify("approver2", kind="post", number="P1", valid_from=date(2026, 1, 1))
