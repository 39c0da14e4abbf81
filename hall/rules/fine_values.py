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


class _Count:
    """One fine on its way through the days."""

    __slots__ = ("added_paid", "day", "fen", "fen_days", "left", "paused", "untold")

    def __init__(self, first: Entry) -> None:
        self.day = first.day.toordinal()
        self.fen = self.left = first.fen
        self.fen_days = self.added_paid = 0
        self.paused = ""
        self.untold = first.cause == UNTOLD


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
        count, latest = _Count(ledger[0]), 0
        for entry in ledger[1:]:
            at = entry.day.toordinal()
            if at <= latest:
                return None
            latest = at
            if at <= self._on and not self._play(count, entry, at):
                return None
        self._advance(count, self._on - self._before)
        return Value(count.left, self._added(count) - count.added_paid)

    def _play(self, count: _Count, entry: Entry, at: int) -> bool:
        kind = entry.kind
        self._advance(count, at - (self._before if kind == "pay" else 1))
        if kind == "pause" and not count.paused:
            count.paused = entry.cause
        elif kind == "resume" and entry.cause == count.paused:
            count.paused = ""
        elif kind == "pay":
            self._pay(count, entry.fen)
        else:
            return False
        return True

    def _advance(self, count: _Count, to: int) -> None:
        if to <= count.day:
            return
        if count.left and not count.paused and not count.untold:
            count.fen_days += (to - count.day) * (count.fen if self._fine else count.left)
        count.day = to

    def _pay(self, count: _Count, fen: int) -> None:
        owed = self._added(count) - count.added_paid
        first = 0 if self._principal_first else min(fen, owed)
        principal = min(fen - first, count.left)
        count.left -= principal
        count.added_paid += first + min(fen - first - principal, owed - first)

    def _added(self, count: _Count) -> int:
        grown = (2 * count.fen_days * self._rate[0] + self._rate[1]) // (2 * self._rate[1])
        return min(grown, (2 * count.fen * self._cap[0] + self._cap[1]) // (2 * self._cap[1]))
