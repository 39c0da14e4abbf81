"""The daily surcharge on a fine paid late (行政处罚法72(1)、73(3)；行政强制法45)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial

from hall.errors import Refused
from hall.rules.spans import Span, days_outside, days_within, merged
from hall.rules.timelimits import Explanation, Step

FEN = Decimal("0.01")
LARGEST = Decimal("9999999999.99")
"""Yuan; no fine comes near it, so anything above is a slip of the keyboard."""

_DAY = timedelta(days=1)
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class BadPrincipal(Refused):
    """A fine that is not a positive amount in yuan and fen."""

    def __init__(self) -> None:
        super().__init__(f"罚款数额应大于0、最多两位小数、不超过{LARGEST}元")


@dataclass(frozen=True, slots=True)
class SurchargeTerms:
    """How a fine grows: `daily_rate` of the fine a day, never above `cap` times the fine.

    The law does not settle whether the day of payment counts; the bureau does (`payment_day_counts`).
    """

    name: str
    title: str
    daily_rate: Decimal
    cap: Decimal
    payment_day_counts: bool
    law: str
    effective_from: date
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Surcharge:
    """`amount` in yuan, to the fen; `days` are all counted days, also those after the cap was reached.

    `why()` gives each counted day until the cap, and after it only the last counted day.
    """

    amount: Decimal
    days: int
    law: str
    why: Explanation


def surcharge(
    principal: Decimal,
    due: date,
    *,
    paid_on: date,
    paused: Iterable[Span] = (),
    terms: SurchargeTerms,
) -> Surcharge:
    """What is added to a fine of `principal` yuan that was due on `due` and is paid on `paid_on`.

    Counts the days after the due day to the payment day, without paused ranges (first and last day
    included). Rounded half up to the fen. Raises BadPrincipal, ReversedSpan.
    """
    check_principal(principal)
    pauses = merged(paused)
    last = paid_on if terms.payment_day_counts else paid_on - _DAY
    days = _counted(due, last, pauses)
    why = partial(_steps, principal, due, last, pauses, terms)
    return Surcharge(_amount(principal, days, terms), days, terms.law, why)


def check_principal(principal: Decimal) -> None:
    """Raise BadPrincipal unless this is a positive amount in yuan and whole fen."""
    if not principal.is_finite() or not 0 < principal <= LARGEST:
        raise BadPrincipal
    if principal != principal.quantize(FEN, context=_EXACT):
        raise BadPrincipal


def _counted(due: date, last: date, pauses: tuple[Span, ...]) -> int:
    if last <= due:
        return 0
    return (last - due).days - days_within(pauses, due + _DAY, last)


def _amount(principal: Decimal, days: int, terms: SurchargeTerms) -> Decimal:
    grown = min(
        _EXACT.multiply(_EXACT.multiply(principal, terms.daily_rate), Decimal(days)),
        _EXACT.multiply(principal, terms.cap),
    )
    return grown.quantize(FEN, context=_EXACT)


def _steps(
    principal: Decimal, due: date, last: date, pauses: tuple[Span, ...], terms: SurchargeTerms
) -> tuple[Step, ...]:
    most = _EXACT.multiply(principal, terms.cap).quantize(FEN, context=_EXACT)
    steps: list[Step] = []
    for count, day in enumerate(days_outside(pauses, due, last), 1):
        steps.append((day, count))
        if _amount(principal, count, terms) >= most:
            break
    total = _counted(due, last, pauses)
    if len(steps) < total:
        steps.append((_last_counted(last, pauses), total))
    return tuple(steps)


def _last_counted(last: date, pauses: tuple[Span, ...]) -> date:
    for first, end in reversed(pauses):
        if first <= last <= end:
            last = first - _DAY
    return last
