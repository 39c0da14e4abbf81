"""Two readers may overtake each other: what was asked last is what stays."""

from hall.windows.kit.newest import Newest


def test_an_answer_that_was_overtaken_is_dropped() -> None:
    shown: list[str] = []
    newest = Newest[str](shown.append)
    first, second, third = newest.ask(), newest.ask(), newest.ask()
    second("called")
    first("waiting")
    third("serving")
    assert shown == ["called", "serving"]


def test_answers_in_order_are_all_shown() -> None:
    shown: list[int] = []
    newest = Newest[int](shown.append)
    for number in range(3):
        newest.ask()(number)
    assert shown == [0, 1, 2]
