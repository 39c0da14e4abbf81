"""What many fines are worth on one day: the same figures as `fines.position`, in plain numbers, for lists."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from hall.rules.fines import UNTOLD, Entry, position
from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.surcharge import SurchargeTerms


class Value(NamedTuple):
    """What is to be paid of a fine and of what was added to it, in fen."""

    principal_left_fen: int
    added_left_fen: int


def values(
    ledgers: Iterable[Sequence[Entry]], *, on: date, terms: PenaltyTerms, surcharge: SurchargeTerms
) -> list[Value]:
    """Each ledger valued `on` a day; each begins with its impose.

    Ledgers of pauses and payments in order are counted straight through; the others are replayed.
    """
    straight = _Straight(on, terms, surcharge)
    return [straight.value(ledger) or _replayed(ledger, on, terms, surcharge) for ledger in ledgers]


def _replayed(ledger: Sequence[Entry], on: date, terms: PenaltyTerms, surcharge: SurchargeTerms) -> Value:
    found = position(ledger, on=on, terms=terms, surcharge=surcharge)
    return Value(found.principal_left_fen, found.added_left_fen) if found else Value(0, 0)


class _Straight:
    """The sum of one day's terms over ledgers without plans, changes or reversals, whose days ascend."""

    __slots__ = ("_before", "_cap", "_fine", "_on", "_principal_first", "_rate")

    def __init__(self, on: date, terms: PenaltyTerms, surcharge: SurchargeTerms) -> None:
        self._on = on.toordinal()
        self._before = 0 if surcharge.payment_day_counts else 1
        self._fine = terms.surcharge_base == "fine"
        self._principal_first = terms.credit_first == "principal"
        self._rate = surcharge.daily_rate.as_integer_ratio()
        self._cap = surcharge.cap.as_integer_ratio()

    def value(self, ledger: Sequence[Entry]) -> Value | None:
        """None for a ledger that has to be replayed."""
        first = ledger[0]
        day = due = first.day.toordinal()
        left = fen = first.fen
        fen_days = added_paid = latest = 0
        held = untold = first.cause == UNTOLD
        paused = ""
        for entry in ledger[1:]:
            kind, at = entry.kind, entry.day.toordinal()
            if at <= latest:
                return None
            latest = at
            if at > self._on:
                continue
            to = at - 1 if kind != "pay" else at - self._before
            if to > day:
                fen_days += 0 if held else (to - day) * (fen if self._fine and left else left)
                day = to
            if kind == "pause" and not paused:
                paused, held = entry.cause, True
            elif kind == "resume" and entry.cause == paused:
                paused, held = "", untold
            elif kind == "pay":
                left, added_paid = self._pay(entry.fen, left, added_paid, self._added(fen, fen_days))
            else:
                return None
        to = self._on - self._before
        if to > day >= due and not held:
            fen_days += (to - day) * (fen if self._fine and left else left)
        return Value(left, self._added(fen, fen_days) - added_paid)

    def _pay(self, fen: int, left: int, added_paid: int, added: int) -> tuple[int, int]:
        owed = added - added_paid
        if self._principal_first:
            principal = min(fen, left)
            return left - principal, added_paid + min(fen - principal, owed)
        extra = min(fen, owed)
        return left - min(fen - extra, left), added_paid + extra

    def _added(self, fen: int, fen_days: int) -> int:
        grown = (2 * fen_days * self._rate[0] + self._rate[1]) // (2 * self._rate[1])
        most = (2 * fen * self._cap[0] + self._cap[1]) // (2 * self._cap[1])
        return min(grown, most)
