"""What must be true of every day's log: each breach is found and said in one sentence."""

from datetime import datetime

import pytest

from hall.clock import HALL_ZONE
from hall.rules.queue_events import TicketEvent
from hall.rules.queue_invariants import breaches

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=HALL_ZONE)
CODES = {1: "A001", 2: "B001"}

Step = tuple[int, str, int | None]

GOOD: tuple[Step, ...] = (
    (1, "reserve", None),
    (2, "issue", None),
    (1, "misprint", None),
    (1, "live", None),
    (1, "choose", 1),
    (1, "call", 1),
    (2, "call", 2),
    (1, "recall", None),
    (1, "arrive", 1),
    (1, "start", 1),
    (1, "hold", 1),
    (1, "resume", 1),
    (1, "transfer", 1),
    (2, "finish", 2),
    (1, "call", 2),
    (1, "finish", 2),
)


def log(*steps: Step) -> list[TicketEvent]:
    return [
        TicketEvent(number, ticket_id, NOON, kind, NOON, counter_id)
        for number, (ticket_id, kind, counter_id) in enumerate(steps)
    ]


def test_a_good_day_has_no_breach_in_whatever_order_its_events_come() -> None:
    assert breaches(CODES, log(*GOOD), day_over=True) == ()
    assert breaches(CODES, reversed(log(*GOOD)), day_over=True) == ()


def test_a_ticket_that_has_not_ended_is_a_breach_only_when_the_day_is_over() -> None:
    assert breaches(CODES, log(*GOOD[:-1]), day_over=False) == ()
    assert breaches(CODES, log(*GOOD[:-1]), day_over=True) == ("A001 号没有结束。",)
    assert breaches({**CODES, 3: "C001"}, log(*GOOD), day_over=True) == ("C001 号没有结束。",)


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (((1, "issue", None), (1, "call", 1), (1, "recall", 2)), "A001 号同时在两个窗口。"),
        (
            ((1, "issue", None), (2, "issue", None), (1, "call", 1), (2, "call", 1)),
            "A001 号和 B001 号同时在一个窗口。",
        ),
        (((1, "issue", None), (1, "finish", 1)), "A001 号现在是“等候”，不能办结。"),
        (
            ((1, "issue", None), (1, "call", 1), (1, "finish", 1), (1, "cancel", 1)),
            "A001 号现在是“办结”，不能作废。",
        ),
        (((1, "call", 1),), "A001 号还没有取号就有“呼叫”。"),
        (((1, "issue", None), (1, "issue", None)), "A001 号取了两次。"),
        (((1, "issue", None), (1, "vanish", None)), "A001 号有不认识的记录“vanish”。"),
        (((7, "vanish", None),), "7 号还没有取号就有“vanish”。"),
    ],
)
def test_each_breach_is_said_in_a_sentence(steps: tuple[Step, ...], sentence: str) -> None:
    assert breaches(CODES, log(*steps), day_over=False) == (sentence,)


def test_a_number_given_twice_is_found() -> None:
    assert breaches({1: "A001", 2: "A001"}, [], day_over=False) == ("A001 号发了 2 次。",)


def test_after_two_tickets_at_one_counter_the_end_of_the_first_does_not_free_it() -> None:
    steps = ((1, "issue", None), (2, "issue", None), (1, "call", 1), (2, "call", 1), (1, "finish", 1), (2, "finish", 1))
    assert len(breaches(CODES, log(*steps), day_over=True)) == 1
