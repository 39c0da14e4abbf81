"""Violations and their discretion benchmarks: what a tier comes to, what may be used, which version governs an act.

Amounts are hundredths of a tier's unit and come out as fen. Law: 行政处罚法 5, 34 (published), 29, 37 (old or new norm).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Literal, NamedTuple

from hall.errors import Refused
from hall.rules.money import LARGEST_FEN
from hall.rules.penalty_terms import ObjectKind
from hall.words import OBJECT_KINDS, TIER_QUANTITIES

TierObject = Literal["citizen", "organisation", "any"]
Correction = Literal["none", "with", "may", "first"]
Unit = Literal["yuan", "m2", "m2_day", "tree", "item", "vehicle", "tonne", "multiple", "percent"]
ExemptLimb = Literal["slight", "first_time", "removed"]

_WHOLE: frozenset[Unit] = frozenset({"tree", "item", "vehicle"})
_QUANTITY = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
# From the mildest to the hardest (法释〔1997〕12号 1 by analogy compares spans first; this only parts equal ones).
_HARDNESS: dict[Correction, int] = {"first": 0, "may": 1, "with": 2, "none": 3}


class NoAmount(Refused):
    """The row of the benchmark was published without amounts."""

    def __init__(self, tier: "Tier") -> None:
        super().__init__(
            f"裁量档“{tier.tier}”没有公布金额，不能据以计算罚款。请选用有金额的档次，或由法制补录公布的金额。"
        )


class BadQuantity(Refused):
    """What a tier is multiplied by is no such number."""

    def __init__(self, unit: Unit, text: str) -> None:
        wanted = "大于0的整数" if unit in _WHOLE else "大于0、最多四位小数的数"
        super().__init__(f"“{text[:20]}”不是{TIER_QUANTITIES[unit]}：请填{wanted}。")


class QuantityTooLarge(Refused):
    """Multiplied, the tier comes to more than any fine."""

    def __init__(self, unit: Unit, quantity: Decimal) -> None:
        super().__init__(f"{TIER_QUANTITIES[unit]}填了 {quantity}，算出的罚款大得不合情理，请核对数量和单位。")


class Span(NamedTuple):
    """From how much to how much, in fen."""

    low_fen: int
    high_fen: int


@dataclass(frozen=True, slots=True)
class Tier:
    """A row of a benchmark; `low` and `high` are hundredths of `unit`, None where the row names no amount."""

    object_kind: TierObject
    object_words: str
    tier: str
    circumstances: str
    low: int | None
    high: int | None
    unit: Unit
    unit_words: str
    cap_fen: int | None = None
    statutory: bool = False
    """The span of the law itself (法定幅度), no tier within it."""

    def fits(self, kind: ObjectKind) -> bool:
        """Whether the row is for such a party."""
        return self.object_kind in (kind, "any")


@dataclass(frozen=True, slots=True)
class Exemption:
    """A row of a published list of what is not punished, or is punished less: its conditions as data."""

    limb: ExemptLimb
    conditions: str
    list_number: str
    first_time_months: int | None = None
    correct_within_hours: int | None = None
    quantity_limit: str = ""
    evidence: str = ""
    excluded_if: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class ViolationEntry:
    """A violation (案由) with its benchmark and exemptions as one version of the file says it."""

    code: str
    name: str
    legal_basis: str
    penalty_article: str
    correction: Correction
    tiers: tuple[Tier, ...]
    source: str
    valid_from: date | None = None
    """None in a file: from the day of the import on."""
    valid_to: date | None = None
    published_on: date | None = None
    published_as: str = ""
    superseded_by: str = ""
    """The higher norm that prevails, or the code of the violation that took its place."""
    first_offence: str = ""
    exempt_basis: str = ""
    note: str = ""
    exemptions: tuple[Exemption, ...] = ()
    line: int = field(default=0, compare=False)
    """Where the file begins to speak of it."""


class Governing(NamedTuple):
    """Which norm an act is judged by (行政处罚法 37): `old` as of the act, `new` as of the decision.

    `open`: only the quantities of the case tell which is lighter; the lighter of both must be taken.
    """

    which: Literal["old", "new"]
    why: str
    open: bool = False


def quantity_of(unit: Unit, text: str) -> Decimal | None:
    """What a person enters to multiply a tier by: None for plain yuan; raises BadQuantity.

    Square metres, square metres times days, trees, things, vehicles or tonnes; for multiples and percentages the base in yuan.
    """
    plain = text.strip().translate(_WIDE)
    if unit == "yuan":
        return None
    if not _QUANTITY.fullmatch(plain) or not Decimal(plain) or (unit in _WHOLE and "." in plain):
        raise BadQuantity(unit, text)
    return Decimal(plain)


def amounts(tier: Tier, quantity: Decimal | None) -> Span:
    """What the tier comes to for a quantity, in fen, within its cap; fractions of a fen are dropped for the party.

    Raises NoAmount, BadQuantity (no quantity where the unit wants one) and QuantityTooLarge.
    """
    if tier.low is None or tier.high is None:
        raise NoAmount(tier)
    factor = _factor(tier.unit, quantity)
    low, high = (_fen(part * factor, tier.cap_fen) for part in (tier.low, tier.high))
    if quantity is not None and high > LARGEST_FEN:
        raise QuantityTooLarge(tier.unit, quantity)
    return Span(low, high)


def _factor(unit: Unit, quantity: Decimal | None) -> Decimal:
    """Hundredths of a multiple times yuan are fen; hundredths of a percent times yuan are hundredths of a fen."""
    if unit == "yuan":
        return Decimal(1)
    if quantity is None or quantity <= 0:
        raise BadQuantity(unit, "" if quantity is None else str(quantity))
    return quantity / 100 if unit == "percent" else quantity


def _fen(exact: Decimal, cap_fen: int | None) -> int:
    whole = int(exact.to_integral_value(ROUND_DOWN))
    return whole if cap_fen is None else min(whole, cap_fen)


def statutory_span(entry: ViolationEntry, tier: Tier, quantity: Decimal | None) -> Span:
    """Between which amounts law itself lets a fine lie for the party of this tier: below is 减轻, within 从轻.

    The row 法定幅度 of the same party and unit (of several, the one chosen) where there is one, else from the least to
    the most of its tiers, without those that fine nothing. Raises as `amounts` does.
    """
    spans = [amounts(row, quantity) for row in _statutory_rows(entry.tiers, tier)]
    if not spans:
        raise NoAmount(tier)
    return Span(min(span.low_fen for span in spans), max(span.high_fen for span in spans))


def _statutory_rows(tiers: Iterable[Tier], chosen: Tier) -> list[Tier]:
    if chosen.statutory:
        return [chosen]
    peers = [
        row
        for row in tiers
        if (row.object_words, row.unit) == (chosen.object_words, chosen.unit) and row.low is not None
    ]
    return [row for row in peers if row.statutory] or [row for row in peers if row.high]


def unusable(entry: ViolationEntry, *, on: date) -> tuple[str, ...]:
    """Why the version may not be used on a day, each a whole sentence; none: it may (行政处罚法 5, 34; law of higher rank)."""
    reasons = []
    if entry.published_on is None or entry.published_on > on:
        reasons.append(f"案由{entry.code}的裁量基准未公布，不得作为处罚依据（行政处罚法第五条、第三十四条）。")
    if entry.valid_from is None or entry.valid_from > on:
        reasons.append(f"案由{entry.code}的这一版本在{on}尚未施行。")
    if entry.valid_to is not None and entry.valid_to < on:
        reasons.append(f"案由{entry.code}的这一版本已于{entry.valid_to}失效。")
    if entry.superseded_by:
        reasons.append(f"案由{entry.code}与上位法冲突，应当适用{entry.superseded_by}。")
    return tuple(reasons)


def governing(old: ViolationEntry, new: ViolationEntry, *, kind: ObjectKind) -> Governing:
    """The norm of the day of the act, unless that of the decision punishes less (行政处罚法 37: 从旧兼从轻).

    Lighter is the lower maximum, of equal ones the lower minimum, of equal spans the one that fines on harder terms
    (法释〔1997〕12号 1, by analogy). Different units say nothing without the quantities of the case: `open`.
    """
    before, after = _measure(old, kind), _measure(new, kind)
    if before is None or after is None or before.keys() != after.keys():
        return Governing(
            "old", "新旧规定的计罚单位不同，须按本案数量分别计算后适用较轻的规定（行政处罚法第三十七条）。", open=True
        )
    signs = {_sign(after[unit], before[unit]) for unit in before}
    if {-1, 1} <= signs:
        return Governing(
            "old", "新旧规定互有轻重，须按本案数量分别计算后适用较轻的规定（行政处罚法第三十七条）。", open=True
        )
    hardness = _sign(_HARDNESS[new.correction], _HARDNESS[old.correction])
    if -1 in signs or (signs == {0} and hardness < 0):
        return Governing("new", f"{new.valid_from}起施行的新规定处罚较轻，适用新的规定（行政处罚法第三十七条）。")
    return Governing("old", "适用违法行为发生时的规定：新规定处罚并不较轻（行政处罚法第三十七条）。")


def _measure(entry: ViolationEntry, kind: ObjectKind) -> dict[Unit, tuple[int, int]] | None:
    """Unit → (most, least) over the rows for such a party; None where no row has amounts."""
    measures: dict[Unit, tuple[int, int]] = {}
    for row in entry.tiers:
        if row.fits(kind) and row.low is not None and row.high:
            high, low = measures.get(row.unit, (row.high, row.low))
            measures[row.unit] = max(high, row.high), min(low, row.low)
    return measures or None


def _sign(left: tuple[int, int] | int, right: tuple[int, int] | int) -> int:
    return (left > right) - (left < right)  # type: ignore[operator]  # both of one kind


def for_whom(kind: TierObject) -> str:
    """公民, 法人或者其他组织, or both."""
    return OBJECT_KINDS[kind]
