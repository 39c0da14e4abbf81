"""The arithmetic of a fine, in whole fen and numbered days: what grows when, and what a payment pays first."""

from collections.abc import Sequence

from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.surcharge import SurchargeTerms


class Growing:
    """A part that grows when it is not paid by the day numbered `due`: what came in, how many counted days."""

    __slots__ = ("days", "due", "fen", "fen_days", "paid")

    def __init__(self, due: int, fen: int) -> None:
        self.due = due
        self.fen = fen
        self.paid = 0
        self.days = 0
        self.fen_days = 0


class Replay:
    """A fine as its ledger is played over it, day by day; days are numbered as `date.toordinal` does.

    Each part grows by the daily rate of what is overdue (`surcharge_base`), at most by its own amount times the cap
    and all together by the fine times the cap (行政处罚法 72(1)1, 行政强制法 45). Rounded half up to the fen.
    """

    def __init__(self, principal: int, due: int, terms: PenaltyTerms, surcharge: SurchargeTerms, *, told: bool) -> None:
        self.principal = principal
        self.told = told
        self.parts = [Growing(due, principal)]
        self.schedule: list[Growing] = []
        self.planned = ""
        self.paused: dict[str, None] = {}
        self.paid = self.waived = self.added_paid = self.over = self.refunded = self.days = 0
        self._to_give = 0
        self.stretches: list[tuple[int, int, int, str]] = []
        self._terms = terms
        self._rate = surcharge.daily_rate.as_integer_ratio()
        self._cap = surcharge.cap.as_integer_ratio()
        self._payment_day_counts = surcharge.payment_day_counts
        self._day = due
        self._carried = 0
        self._agreed_waived = 0

    def last_day(self, day: int) -> int:
        """The last day that counts for somebody who pays on `day`."""
        return day if self._payment_day_counts else day - 1

    def advance(self, to: int) -> None:
        """Count every day up to and including `to`; between two due days the same amount grows."""
        while self._day < to:
            first = self._day + 1
            last = min([to, *(part.due for part in self.parts if self._day < part.due < to)])
            self._count(first, last)
            self._day = last

    def pay(self, day: int, fen: int) -> None:
        """Credit a payment: fine or addition first as the terms say, then the other; the rest is over."""
        self.advance(self.last_day(day))
        _fill(self.schedule, fen)
        if self._terms.credit_first == "surcharge":
            fen = self._pay_added(fen)
        rest = _fill(self.parts, fen)
        self.paid += fen - rest
        self.over += self._pay_added(rest)
        self.refund(0)

    def pause(self, day: int, cause: str) -> None:
        """Nothing grows from `day` on (行政处罚法 73(3))."""
        self.advance(day - 1)
        self.paused[cause] = None

    def resume(self, day: int, cause: str) -> None:
        """The cause is over: `day` counts again unless another one goes on."""
        self.advance(day - 1)
        self.paused.pop(cause, None)

    def plan(self, day: int, parts: Sequence[tuple[int, int]], *, agreement: bool) -> None:
        """New days to pay what is left; what was added before stays. Under an agreement nothing grows any more."""
        self.advance(day - 1)
        self._carry()
        left = self.principal - self.paid
        if agreement:
            self.planned = "agreement"
            self.parts = [Growing(day, left)]
            self.schedule = fitted(parts, left + self.added_left())
        else:
            self.planned = "deferral"
            self.parts = fitted(parts, left)
            self.schedule = []
            self._agreed_waived = 0

    def waive(self, day: int, fen: int) -> None:
        """Take from the addition, never from the fine (行政强制法 42(1)); the agreement's plan follows."""
        self.advance(day - 1)
        self._agreed_waived = min(fen, self.added_left())
        self.waived += self._agreed_waived

    def breach(self, day: int) -> None:
        """The agreement was not kept: what is left of the fine grows again from `day` on (行政强制法 42(2))."""
        self.advance(day - 1)
        self._carry()
        if self._terms.breach_revives:
            self.waived -= self._agreed_waived
        self._agreed_waived = 0
        self.parts = [Growing(day - 1, self.principal - self.paid)]
        self.schedule = []
        self.planned = ""

    def refund(self, fen: int) -> None:
        """Give back what was paid too much; what was given beyond that is owed and taken from what comes in."""
        self._to_give += fen
        given = min(self._to_give, self.over)
        self._to_give -= given
        self.over -= given
        self.refunded += given

    def added(self) -> int:
        """What was added so far, whether waived, paid or neither."""
        return min(self._carried + sum(self.part_added(part) for part in self.parts), self.most())

    def added_left(self) -> int:
        """What was added and is neither waived nor paid."""
        return self.added() - self.waived - self.added_paid

    def part_added(self, part: Growing) -> int:
        """What one part grew by."""
        return min(_share(part.fen_days, self._rate), _share(part.fen, self._cap))

    def most(self) -> int:
        """No fine grows by more (行政处罚法 72(1)1, 行政强制法 45)."""
        return _share(self.principal, self._cap)

    def _count(self, first: int, last: int) -> None:
        overdue = [part for part in self.parts if part.due < first and part.paid < part.fen]
        if not overdue:
            return
        whole = self._terms.surcharge_base == "fine"
        bases = [part.fen if whole else part.fen - part.paid for part in overdue]
        reason = self._reason()
        self.stretches.append((first, last, sum(bases), reason))
        if reason:
            return
        days = last - first + 1
        self.days += days
        for part, base in zip(overdue, bases, strict=True):
            part.days += days
            part.fen_days += base * days

    def _reason(self) -> str:
        if not self.told:
            return "untold"
        if self.paused:
            return next(iter(self.paused))
        return "agreement" if self.planned == "agreement" else ""

    def _pay_added(self, fen: int) -> int:
        paid = min(fen, self.added_left())
        self.added_paid += paid
        return fen - paid

    def _carry(self) -> None:
        self._carried = self.added()


def fitted(parts: Sequence[tuple[int, int]], total: int) -> list[Growing]:
    """The parts of a plan, by their days, so that they add up to what is really left.

    A late payment, a reversal or a varied fine may have changed that since the plan was made: too much comes off the
    earliest parts, too little is added to the last one – in favour of the party.
    """
    left = [Growing(due, fen) for due, fen in sorted(parts)]
    excess = sum(part.fen for part in left) - total
    if excess < 0:
        left[-1].fen -= excess
    for part in left:
        taken = min(max(excess, 0), part.fen)
        part.fen -= taken
        excess -= taken
    return left


def _fill(parts: Sequence[Growing], fen: int) -> int:
    """Pay the parts in the order of their days; what is left over."""
    for part in parts:
        paid = min(fen, part.fen - part.paid)
        part.paid += paid
        fen -= paid
    return fen


def _share(amount: int, ratio: tuple[int, int]) -> int:
    """`amount` times a ratio, rounded half up."""
    return (2 * amount * ratio[0] + ratio[1]) // (2 * ratio[1])
