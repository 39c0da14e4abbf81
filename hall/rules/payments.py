"""What a payment is to the fine it is for, and which amounts a notice to pay may ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.fines import AGREEMENT, FinePosition

Outcome = Literal["exact", "partial", "over", "unknown", "duplicate"]
PayableKind = Literal["part", "rest"]


@dataclass(frozen=True, slots=True)
class Payable:
    """An amount in fen that a notice may ask: the next part of a plan, or all that is owed; `due_on` is its last day.

    `added_fen` of it is daily addition, counted to the day of the position.
    """

    kind: PayableKind
    fen: int
    added_fen: int
    due_on: date


class AmountRefused(Refused):
    """A notice asks what is owed, nothing else."""

    def __init__(self) -> None:
        super().__init__("缴款通知的金额只能是本期应缴或者尚欠的全部数额。数额已有变化的，请重新打开案件再开。")


def payables(position: FinePosition) -> tuple[Payable, ...]:
    """What a notice may ask, the next part first where there is a plan; nothing where nothing is owed.

    Of a plan the part that comes next is asked, with all that is overdue and all that was added; the parts of an
    agreement hold what was added already, and do not tell it apart.
    """
    if position.due_on is None or not position.balance_fen:
        return _only_added(position)
    unpaid = [part for part in position.parts if part.paid_fen < part.fen]
    asked_by = max(position.due_on, position.on)
    due = [part for part in unpaid if part.due_on <= asked_by]
    last = max(part.due_on for part in due)
    rest = Payable("rest", position.balance_fen, position.added_left_fen, max(part.due_on for part in unpaid))
    added = 0 if position.plan == AGREEMENT else position.added_left_fen
    asked = added + sum(part.fen - part.paid_fen for part in due)
    if asked >= position.balance_fen:
        return (Payable("rest", position.balance_fen, position.added_left_fen, last),)
    return (Payable("part", asked, added, last), rest)


def _only_added(position: FinePosition) -> tuple[Payable, ...]:
    """The fine is paid, an addition is left: it was due with it."""
    if not position.balance_fen:
        return ()
    last = max(part.due_on for part in position.parts)
    return (Payable("rest", position.balance_fen, position.added_left_fen, last),)


def check_amount(fen: int, offered: Iterable[Payable]) -> Payable:
    """The payable with this amount; raises AmountRefused."""
    for each in offered:
        if each.fen == fen:
            return each
    raise AmountRefused


def outcome_of(fen: int, *, excess_fen: int, owed_fen: int, asked: Iterable[int]) -> Outcome:
    """What a payment in the ledger is: over, exact (all that was owed that day, or just what was asked) or partial.

    `asked`: what notices and the plan asked for; amounts in fen.
    """
    if excess_fen:
        return "over"
    return "exact" if fen == owed_fen or fen in frozenset(asked) else "partial"
