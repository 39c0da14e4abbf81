"""Words of a call for the public: the rule's sentence, never what a clerk wrote."""

import pytest

from hall.rules.call_words import priority_word, public_reason


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
