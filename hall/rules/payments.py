"""What a payment is to the fine it is for, which amounts a notice may ask, and what the bank's line was matched with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused

Outcome = Literal["exact", "partial", "over", "unknown", "duplicate"]

PayableKind = Literal["part", "rest"]


@dataclass(frozen=True, slots=True)
class Payable:
    """An amount in fen that a notice may ask: the next part of a plan, or all that is owed, and its last day."""

    kind: PayableKind
    fen: int
    due_on: date


class AmountRefused(Refused):
    """A notice asks what is owed, nothing else."""

    def __init__(self) -> None:
        super().__init__("缴款通知的金额只能是本期应缴或者尚欠的全部数额，数额已有变化的请重新打开案件。")


def outcome_of(fen: int, *, owed_fen: int, asked: Iterable[int]) -> Outcome:
    """What a payment known to be for a fine is; `asked`: what notices and the plan ask for; amounts in fen.

    `exact` pays all that is owed on its day or just what was asked, `over` more than is owed.
    """
    if fen > owed_fen:
        return "over"
    return "exact" if fen == owed_fen or fen in frozenset(asked) else "partial"
