"""Words of a call for the public: the rule's sentence, never what a clerk wrote."""

import pytest

from hall.rules.call_words import counter_sentence, priority_word, public_reason


def test_the_rules_own_sentence_is_public() -> None:
    assert public_reason("A001", "A001 等得最久。", '{"rule":"rank"}') == "A001 等得最久。"


def test_what_a_clerk_wrote_about_a_call_out_of_order_is_not() -> None:
    told = public_reason("A001", "A001 由窗口人员点名呼叫，原因：张三有急事", '{"rule":"given"}')
    assert told == "A001 由窗口人员点名呼叫。"


@pytest.mark.parametrize(
    ("priority", "word"), [("ordinary", ""), ("elder", "老年"), ("appointment", "预约"), ("unheard-of", "")]
)
def test_a_number_that_ranks_before_its_time_says_why(priority: str, word: str) -> None:
    assert priority_word(priority) == word


@pytest.mark.parametrize(
    ("known", "kind", "whole", "line"),
    [
        ((None, "A017", "called"), "pause", "暂停服务", "暂停服务"),
        (("open", "", ""), "idle", "欢迎光临", "欢迎光临"),
        (("open", "A017", "called"), "called", "请 A017 号到 3 号窗口", "请 A017 号"),
        (("open", "A017", "serving"), "busy", "正在办理 A017", "正在办理 A017"),
        (("paused", "A017", "serving"), "busy", "正在办理 A017", "正在办理 A017"),
        (("paused", "", ""), "pause", "暂停服务", "暂停服务"),
        (("closed", "", ""), "pause", "未登录", "未登录"),
    ],
)
def test_what_stands_at_a_counter_is_its_state_and_its_number(
    known: tuple[str | None, str, str], kind: str, whole: str, line: str
) -> None:
    state, code, call_state = known
    sentence = counter_sentence(state, counter=3, code=code, call_state=call_state)
    assert sentence.kind == kind
    assert " ".join(filter(None, (sentence.before, sentence.number, sentence.after))) == whole
    assert sentence.line == line
