"""Qualifications: entered by another, ended and never deleted; expired or ended they stop whoever signs."""

from datetime import date, timedelta

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.qualifications import SIGNINGS, NotQualified, Signing
from hall.services.qualifications import BadQualification, NoSuchQualification, QualificationTaken, require_qualified
from hall.services.staff import NoSuchStaff, OwnRecord
from tests.services.penalties.deciding import Deciding
from tests.services.standards_story import Story

YESTERDAY = date(2026, 11, 22)


def sign(story: Story, login: str, action: Signing) -> None:
    """What every signing asks within its work."""
    with story.office.store.work("test.sign", story.actor(login)) as work:
        require_qualified(work, action, home=story.home)
        work.audit("signing")


@pytest.mark.both
def test_an_expired_or_ended_qualification_stops_whoever_signs_until_there_is_another(story: Story) -> None:
    sign(story, "lawyer", "penalty.legal")
    key = story.qualify("lawyer", valid_to=story.office.today)
    sign(story, "lawyer", "penalty.legal")
    story.front("boss").end_qualification(key, story.office.today, "注销")
    with pytest.raises(NotQualified, match="已于2026-11-23终止，不能签署（行政处罚法第五十八条第二款）"):
        sign(story, "lawyer", "penalty.legal")
    story.qualify("lawyer", kind="legal_before", number="B1")
    sign(story, "lawyer", "penalty.legal")
    (ended, held) = sorted(story.front("boss").qualifications(), key=lambda each: each.id)
    assert (ended.state, ended.ended_why, held.state) == ("ended", "注销", "valid")


def test_nobody_is_stopped_by_what_was_never_entered_before_the_day_that_the_rule_names(story: Story) -> None:
    for action in SIGNINGS:
        sign(story, "everything", action)
    story.office.on(date(2027, 6, 30))
    sign(story, "lawyer", "penalty.legal")
    story.office.on(date(2027, 7, 1))
    with pytest.raises(NotQualified, match="没有登记您的法律职业资格或者2018年以前从事法制审核的证明"):
        sign(story, "lawyer", "penalty.legal")
    sign(story, "lawyer", "case.legal")


@pytest.mark.parametrize(
    ("login", "kind", "action"), [("approver", "post", "penalty.decide"), ("approver", "post", "case.decide")]
)
def test_the_certificate_of_a_post_that_has_run_out_stops_decisions(
    story: Story, login: str, kind: str, action: Signing
) -> None:
    story.qualify(login, kind=kind, number="P1", valid_to=YESTERDAY)
    with pytest.raises(NotQualified, match="岗位合格证（P1）已于2026-11-22到期"):
        sign(story, login, action)
    sign(story, "approver2", action)


def test_nobody_enters_or_ends_his_own_qualification(story: Story) -> None:
    with pytest.raises(OwnRecord):
        story.qualify("boss")
    key = story.qualify("boss", by="head")
    with pytest.raises(OwnRecord):
        story.front("boss").end_qualification(key, story.office.today, "注销")
    with pytest.raises(NotAuthorised):
        story.qualify("lawyer", by="clerk")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kind": "driver"}, "没有这种资格"),
        ({"number": " "}, "证号应有 1 至 40 个字符"),
        ({"issued_by": ""}, "没有填发证机关"),
        ({"valid_to": date(2019, 1, 1)}, "有效期的止日早于起日"),
    ],
)
def test_what_is_no_qualification_is_not_entered(story: Story, told: dict[str, object], words: str) -> None:
    with pytest.raises(BadQualification, match=words):
        story.qualify("lawyer", **told)  # type: ignore[arg-type]  # none of them is `by`


def test_a_number_is_entered_once_and_somebody_of_nowhere_has_none(story: Story) -> None:
    story.qualify("lawyer", number="A1")
    with pytest.raises(QualificationTaken):
        story.qualify("approver", number="A1")
    with pytest.raises(NoSuchStaff):
        story.qualify("lawyer", account_id=999_999)


def test_an_end_lies_between_its_first_day_and_today_and_comes_once(story: Story) -> None:
    key, end = story.qualify("lawyer"), story.front("boss").end_qualification
    for on, words in ((date(2019, 1, 1), "早于有效期的起日"), (story.office.today + timedelta(days=1), "还没有到")):
        with pytest.raises(BadQualification, match=words):
            end(key, on, "注销")
    end(key, story.office.today, "注销")
    with pytest.raises(BadQualification, match="已于2026-11-23终止"):
        end(key, story.office.today, "注销")
    with pytest.raises(NoSuchQualification):
        end(999_999, story.office.today, "注销")


def test_the_list_begins_with_what_runs_out_first_and_shows_others_only_to_who_oversees(story: Story) -> None:
    story.qualify("lawyer")
    story.qualify("approver", kind="post", number="P1", valid_to=date(2026, 12, 1))
    story.qualify("approver2", kind="post", number="P2", valid_to=YESTERDAY)
    assert [(each.number, each.state) for each in story.front("boss").qualifications()] == [
        ("P1", "soon"),
        (f"A2020000{story.id_of('lawyer'):05d}", "valid"),
        ("P2", "expired"),
    ]
    (own,) = story.front("approver").qualifications()
    assert own.own
    assert own.needed_for == ("penalty.decide", "case.decide")


def test_who_reviews_or_decides_a_penalty_is_asked(story: Story, deciding: Deciding, registered_case: int) -> None:
    story.qualify("lawyer", valid_to=YESTERDAY)
    story.qualify("approver", kind="post", number="P1", valid_to=YESTERDAY)
    with pytest.raises(NotQualified):
        deciding.review(registered_case)
    with pytest.raises(NotQualified):
        deciding.decide(registered_case)
