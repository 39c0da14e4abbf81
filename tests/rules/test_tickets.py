"""Tickets: codes, states, and what leads from one to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.tickets import (
    TicketAction,
    TicketNotReady,
    after,
    ticket_code,
)
from hall.words import TICKET_STATES


@pytest.mark.parametrize(("sequence", "code"), [(1, "A001"), (17, "A017"), (999, "A999"), (1000, "A1000")])
def test_a_code_is_a_letter_and_at_least_three_digits(sequence: int, code: str) -> None:
    assert ticket_code("A", sequence) == code


def test_a_sequence_starts_at_one() -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        ticket_code("A", 0)


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.integers(1, 10**6)), max_size=60, unique=True)
)
def test_different_tickets_of_a_day_have_different_codes(tickets: list[tuple[str, int]]) -> None:
    assert len({ticket_code(*each) for each in tickets}) == len(tickets)


@pytest.mark.parametrize(
    ("action", "state", "follows"),
    [
        ("call", "waiting", "called"),
        ("recall", "called", "called"),
        ("skip", "called", "skipped"),
        ("start", "called", "serving"),
        ("finish", "called", "finished"),
        ("finish", "serving", "finished"),
        ("cancel", "waiting", "cancelled"),
        ("cancel", "called", "cancelled"),
        ("cancel", "skipped", "cancelled"),
    ],
)
def test_an_action_leads_to_its_state(action: TicketAction, state: str, follows: str) -> None:
    assert after(action, state, code="A001") == follows


@pytest.mark.parametrize("action", ["call", "recall", "skip", "start", "finish", "cancel"])
@pytest.mark.parametrize("state", ["finished", "cancelled", "unfinished"])
def test_nothing_happens_to_a_ticket_at_rest(action: TicketAction, state: str) -> None:
    with pytest.raises(TicketNotReady, match=f"A001 号现在是“{TICKET_STATES[state]}”，不能"):
        after(action, state, code="A001")


def test_a_ticket_being_served_is_not_skipped() -> None:
    with pytest.raises(TicketNotReady, match=r"A001 号现在是“办理中”，不能过号。"):
        after("skip", "serving", code="A001")
