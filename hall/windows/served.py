"""Who is served where something is entered: what is entered then belongs to the ticket."""

from collections.abc import Callable

Ticket = Callable[[], int | None]
"""Gives the key of the ticket that is at the counter; None while nobody's is."""


def nobody() -> None:
    """Where no tickets are called."""
