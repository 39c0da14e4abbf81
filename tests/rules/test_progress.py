"""查进度: every state has its words, and wrong answers are counted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.clock import HALL_ZONE
from hall.rules.permits import AcceptedHow, CaseState, Outcome
from hall.rules.progress import (
    DueTold,
    ProcedureTold,
    Progress,
    ProgressFacts,
    ProgressRule,
    locked_until,
    told_of,
)
from hall.words import CASE_PROCEDURES, CASE_PURPOSES

TODAY = date(2026, 11, 23)
FACTS = ProgressFacts(state="received", department="市政科", today=TODAY)
RULE = ProgressRule(date(2026, 1, 1), "大厅规则", wrong_answers=5, within_minutes=10, locked_minutes=10)
START = datetime(2026, 11, 23, 10, tzinfo=HALL_ZONE)
STATES: tuple[CaseState, ...] = get_args(CaseState)


def told(state: CaseState, **more: object) -> Progress:
    return told_of(replace(FACTS, state=state, **more))  # type: ignore[arg-type]  # fields of the facts


@pytest.mark.parametrize(
    ("state", "headline"),
    [
        ("received", "已收到材料"),
        ("supplementing", "材料需要补正"),
        ("refused", "不予受理"),
        ("accepted", "已受理"),
        ("reviewing", "正在审查"),
        ("suspended", "正在进行特别程序"),
        ("examining", "正在审核"),
        ("legal_review", "正在法制审核"),
        ("approving", "等待作出决定"),
        ("decided", "已准予许可"),
        ("finished", "已办结：准予许可"),
        ("archived", "已办结：准予许可"),
        ("withdrawn", "已撤回申请"),
        ("terminated", "已终止办理"),
    ],
)
def test_every_state_has_its_words(state: CaseState, headline: str) -> None:
    answer = told(state, outcome="granted")
    assert answer.headline == headline
    assert answer.words.endswith("。")
    assert answer.next_steps


@given(
    st.builds(
        ProgressFacts,
        state=st.sampled_from(STATES),
        department=st.just("市政科"),
        today=st.just(TODAY),
        ended=st.sampled_from(("refused", "finished", "withdrawn", "terminated")),
        purpose=st.sampled_from(tuple(CASE_PURPOSES)),
        accepted_how=st.sampled_from(get_args(AcceptedHow)),
        outcome=st.sampled_from(get_args(Outcome)),
        missing=st.sampled_from(((), ("位置图",))),
        procedures=st.lists(
            st.builds(
                ProcedureTold,
                procedure=st.sampled_from(tuple(CASE_PROCEDURES)),
                until=st.sampled_from((None, TODAY)),
                stops_statutory=st.booleans(),
                stops_promised=st.booleans(),
            ),
            max_size=2,
        ).map(tuple),
        to_collect=st.sampled_from(((), ("准予行政许可决定书",))),
        on_the_way=st.sampled_from(((), ("许可证",))),
        certificate_coming=st.sampled_from(("", "临时占道许可证")),
    )
)
def test_every_answer_is_whole_sentences_and_says_where_to_go_if_there_is_something_to_do(
    facts: ProgressFacts,
) -> None:
    answer = told_of(facts)
    assert answer.headline
    assert all(step.endswith("。") and "None" not in step for step in (answer.words, *answer.next_steps))
    assert bool(answer.where) == bool(facts.missing or facts.to_collect)


def test_until_the_material_is_looked_at_silence_works_for_the_applicant() -> None:
    due = DueTold("acceptance", date(2026, 11, 30))
    answer = told("received", dues=(due, DueTold("statutory", date(2026, 12, 21))))
    assert answer.next_steps[0].startswith("最迟2026年11月30日告诉您受理、补正还是不予受理")
    assert answer.dues == (("核对期限", "2026年11月30日"),)
    late = told("received", dues=(due,), today=date(2026, 12, 1))
    assert late.dues == (("核对期限", "2026年11月30日，已到期，自收到材料之日起视为受理"),)


def test_a_supplement_names_the_materials_the_day_and_the_way() -> None:
    due = DueTold("supplement", date(2026, 12, 14))
    answer = told("supplementing", missing=("申请表", "位置图"), dues=(due,))
    assert answer.missing == ("申请表", "位置图")
    assert answer.dues == (("补交期限", "2026年12月14日"),)
    assert answer.where == "请带身份证件和收件凭证，取号到窗口补交材料。"
    late = told("supplementing", missing=("申请表",), dues=(due,), today=date(2026, 12, 15))
    assert late.dues[0][1].endswith("已过，请尽快补交")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("complete", "申请已经受理。"),
        ("lacking", "申请已经容缺受理，缺的材料还要补交。"),
        ("informed", "申请已经按告知承诺受理。"),
        ("deemed", "没有在期限内告知补正，自收到材料之日起视为受理。"),
    ],
)
def test_how_it_was_accepted_is_told(how: str, words: str) -> None:
    assert told("accepted", accepted_how=how).words == words


def test_a_case_on_the_spot_goes_to_no_department() -> None:
    assert told("accepted", handling="immediate").next_steps == ("这是即办件，当场作出决定。",)
    assert told("accepted").next_steps == ("接下来由市政科审查。",)


def test_both_limits_are_told_with_what_became_of_them() -> None:
    answer = told(
        "reviewing",
        today=date(2026, 12, 1),
        dues=(
            DueTold("promised", date(2026, 11, 30)),
            DueTold("statutory", date(2027, 1, 5), extended=True),
            DueTold("step", date(2026, 11, 25)),
        ),
    )
    assert answer.dues == (
        ("法定期限", "2027年1月5日（已依法延期）"),
        ("承诺期限", "2026年11月30日，已超过，可以请导办台催办"),
    )
    nowhere = told("reviewing", dues=(DueTold("statutory", None, "2027年放假安排未录入"), DueTold("promised", None)))
    assert nowhere.dues == (
        ("法定期限", "待定（2027年放假安排未录入）"),
        ("承诺期限", "暂停计算，程序结束后接着算"),
    )


def test_a_procedure_says_how_long_and_what_it_stops() -> None:
    hearing = ProcedureTold("hearing", date(2026, 12, 20), stops_statutory=True, stops_promised=True)
    publicity = ProcedureTold("publicity", None, stops_statutory=False, stops_promised=True)
    visit = ProcedureTold("visit", None, stops_statutory=False, stops_promised=False)
    answer = told("suspended", procedures=(hearing, publicity, visit))
    assert answer.headline == "正在进行听证、公示、现场勘查"
    assert answer.next_steps == (
        "结束后，市政科继续审查。",
        "听证最迟到2026年12月20日，期间不计入法定期限和承诺期限。",
        "公示正在进行，期间不计入承诺期限。",
        "现场勘查正在进行。",
    )


def test_a_visit_that_is_booked_is_told_with_its_time() -> None:
    visits = datetime(2026, 11, 20, 9, tzinfo=HALL_ZONE), datetime(2026, 11, 26, 14, 30, tzinfo=HALL_ZONE)
    assert told("reviewing", visits=visits).next_steps[1:] == ("2026年11月26日14时30分现场勘查，请到场。",)


def test_a_review_that_asks_for_more_names_it() -> None:
    due = DueTold("supplement", date(2026, 12, 14))
    answer = told("reviewing", missing=("效果图",), dues=(due,))
    assert (answer.missing, answer.dues) == (("效果图",), (("补交期限", "2026年12月14日"),))


@pytest.mark.parametrize(
    ("purpose", "granted", "denied"),
    [
        ("new", "准予许可", "不予许可"),
        ("change", "准予变更", "不予变更"),
        ("renewal", "准予延续", "不予延续"),
        ("cancel", "准予注销", "不予注销"),
    ],
)
def test_the_decision_is_told_in_the_words_of_what_was_asked_for(purpose: str, granted: str, denied: str) -> None:
    on = date(2026, 11, 20)
    yes = told("decided", outcome="granted", purpose=purpose, decided_on=on)
    assert (yes.headline, yes.words) == (f"已{granted}", f"2026年11月20日决定{granted}。")
    no = told("finished", outcome="denied", purpose=purpose, decided_on=on)
    assert no.headline == f"已办结：{denied}"
    assert "行政复议" in no.words
    assert told("decided", outcome="default", purpose=purpose, decided_on=on).words == (
        f"办理超过了时限，2026年11月20日按公布的超时默认规则{granted}。"
    )


def test_after_the_decision_it_is_told_what_can_be_collected() -> None:
    made = told(
        "decided", outcome="granted", to_collect=("准予行政许可决定书", "许可证"), on_the_way=("延期决定通知书",)
    )
    assert made.next_steps == ("可以领取：准予行政许可决定书、许可证。", "正在送达：延期决定通知书。")
    assert made.where == "请带身份证件和收件凭证，取号到窗口领取文书。"
    making = told("decided", outcome="granted", certificate_coming="临时占道许可证", dues=(DueTold("delivery", TODAY),))
    assert making.next_steps == ("正在制作临时占道许可证，做好后通知您领取。",)
    assert making.dues == (("送达期限", "2026年11月23日"),)
    lacking = told("decided", outcome="granted", certificate_coming="临时占道许可证", missing=("位置图",))
    assert lacking.next_steps == ("缺的材料补齐后制作临时占道许可证。",)
    assert told("decided", outcome="granted").next_steps == ("文书已经送达，正在办结。",)


def test_an_archived_case_is_told_as_it_ended() -> None:
    for ended in ("refused", "withdrawn", "terminated", "finished"):
        own, archived = told(ended, outcome="granted"), told("archived", ended=ended, outcome="granted")
        assert archived.headline == own.headline
        assert archived.words == f"{own.words}材料已经归档。"
        assert archived.next_steps == ("本件已经办结，不用再来。",)
    assert told("refused", to_collect=("不予受理决定书",)).next_steps == ("可以领取：不予受理决定书。",)


def after(*minutes: float) -> Sequence[datetime]:
    return [START + timedelta(minutes=each) for each in minutes]


def test_five_wrong_answers_in_ten_minutes_lock_for_ten() -> None:
    assert locked_until((), RULE) is None
    assert locked_until(after(0, 1, 2, 3), RULE) is None
    assert locked_until(after(9.9, 1, 2, 3, 0), RULE) == START + timedelta(minutes=19.9)
    assert locked_until(after(0, 1, 2, 3, 10), RULE) is None


def test_answers_that_locked_are_not_counted_again_even_if_the_refusal_is_shorter_than_the_window() -> None:
    short = replace(RULE, locked_minutes=1)
    assert locked_until(after(0, 0, 0, 0, 0, 2, 2, 2, 2), short) == START + timedelta(minutes=1)
    assert locked_until(after(0, 0, 0, 0, 0, 2, 2, 2, 2, 2), short) == START + timedelta(minutes=3)


@pytest.mark.parametrize("field", ["wrong_answers", "within_minutes", "locked_minutes"])
def test_a_rule_without_a_number_is_none(field: str) -> None:
    with pytest.raises(ValueError, match="都应大于 0"):
        replace(RULE, **{field: 0})  # type: ignore[arg-type]  # one of the numbers
