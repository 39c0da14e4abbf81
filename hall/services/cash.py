"""Fines taken in cash on the spot (行政处罚法 68–71): collected, handed in at the office, banked, each in two workdays."""

from pathlib import Path

from hall.rules.cash import NewCash
from hall.rules.people import Actor
from hall.store import Store, Work
from hall.store.schema.penalties import PenaltyCase


def take_cash(work: Work, case: PenaltyCase, *, cash: NewCash, home: Path) -> int:
    """Take cash within another act on the case (当场处罚), whose duty to investigate was taken; gives the record's key.

    The fine stands in the ledger already. Raises CashRefused.
    """
    raise NotImplementedError


def collect(store: Store, actor: Actor, *, case_id: int, cash: NewCash, home: Path) -> int:
    """当场收缴; gives the record's key."""
    raise NotImplementedError
