"""Violations and their discretion benchmarks: what a tier comes to, what may be used, which version governs an act.

Amounts are hundredths of a tier's unit and come out as fen. Law: 行政处罚法 5, 34 (published), 37 (old or new norm).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Literal, NamedTuple

from hall.errors import Refused
from hall.rules.catalogue import SAMPLE_MARK
from hall.rules.money import LARGEST_FEN
from hall.rules.penalty_terms import ObjectKind
from hall.words import TIER_QUANTITIES

TierObject = Literal["citizen", "organisation", "any"]
Correction = Literal["none", "with", "may", "first"]
Unit = Literal["yuan", "m2", "m2_day", "tree", "item", "vehicle", "tonne", "multiple", "percent"]
Standing = Literal["usable", "unpublished", "coming", "ended", "superseded"]
ExemptLimb = Literal["slight", "first_time", "removed"]

_WHOLE: frozenset[Unit] = frozenset({"tree", "item", "vehicle"})
_QUANTITY = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")
# From the mildest to the hardest; parts only norms with equal amounts.
_HARDNESS: dict[Correction, int] = {"first": 0, "may": 1, "with": 2, "none": 3}


_NO_CAP = LARGEST_FEN
_COMPARE = "新旧规定互有轻重，须按本案事实分别计算后适用较轻的规定（行政处罚法第三十七条）。"


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
    shares_code: str = field(default="", compare=False)
    """The code that the file gives it, which is another violation's too; `code` is then its own."""

    @property
    def sample(self) -> bool:
        """Whether this is shipped sample data that the bureau has not confirmed."""
        return self.note.startswith(SAMPLE_MARK)

    @property
    def tells_conflict(self) -> bool:
        """Whether its note speaks of a conflict with a higher norm while nothing says which one prevails."""
        return not self.superseded_by and ("上位法" in self.note or "冲突" in self.note)


class _Measure(NamedTuple):
    """How hard a norm punishes in one unit, in hundredths of it; the cap in fen."""

    most: int
    least: int
    cap: int


class Governing(NamedTuple):
    """Which norm an act is judged by (行政处罚法 37): `old` as of the act, `new` as of the decision.

    `open`: only the quantities of the case tell which is lighter; the lighter of both must be taken.
    """

    which: Literal["old", "new"]
    why: str
    open: bool = False


def quantity_of(unit: Unit, text: str) -> Decimal | None:
    """What a person enters to multiply a tier by: None for plain yuan; raises BadQuantity.

    Square metres, these times days, trees, things, vehicles, tonnes; for multiples and percentages the base in yuan.
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


def unusable(entry: ViolationEntry, *, on: date, used_on: date | None = None) -> tuple[str, ...]:
    """Why a version may not be used, each a whole sentence; none: it may (行政处罚法 5, 34; norms of higher rank).

    `on`: the day whose norm it is; `used_on`: the day of the decision, by which it must be published, if another.
    """
    reasons = []
    if entry.published_on is None or entry.published_on > (used_on or on):
        reasons.append(f"案由{entry.code}的裁量基准未公布，不得作为处罚依据（行政处罚法第五条、第三十四条）。")
    if entry.valid_from is None or entry.valid_from > on:
        reasons.append(f"案由{entry.code}的这一版本在{on}尚未施行。")
    if entry.valid_to is not None and entry.valid_to < on:
        reasons.append(f"案由{entry.code}的这一版本已于{entry.valid_to}失效。")
    if entry.superseded_by:
        reasons.append(f"案由{entry.code}与上位法冲突，应当适用{entry.superseded_by}。")
    return tuple(reasons)


def standing(entry: ViolationEntry, *, on: date) -> Standing:
    """What hinders its use on a day first of all, as a word for lists; `unusable` says all of it."""
    if entry.superseded_by:
        return "superseded"
    if entry.valid_to is not None and entry.valid_to < on:
        return "ended"
    if entry.published_on is None or entry.published_on > on:
        return "unpublished"
    return "coming" if entry.valid_from is None or entry.valid_from > on else "usable"


def governing(old: ViolationEntry, new: ViolationEntry, *, kind: ObjectKind) -> Governing:
    """The norm of the day of the act, unless that of the decision punishes less (行政处罚法 37: 从旧兼从轻).

    Lighter is what has a lower maximum, minimum or cap and none that is higher; of equals, what lets a fine come only
    after more (an order to correct). Where they point apart, or the units differ, only the case can tell: `open`
    (in favour of the party; 法释〔1997〕12号 1, by analogy, would let the maximum alone decide).
    """
    signs = _signs(_measures(old, kind), _measures(new, kind))
    if {-1, 1} <= signs:
        return Governing("old", _COMPARE, open=True)
    milder = signs == {0} and _HARDNESS[new.correction] < _HARDNESS[old.correction]
    if -1 in signs or milder:
        return Governing("new", f"{new.valid_from}起施行的新规定处罚较轻，适用新的规定（行政处罚法第三十七条）。")
    return Governing("old", "新规定处罚并不较轻，适用违法行为发生时的规定（行政处罚法第三十七条）。")


def _signs(before: dict[Unit, _Measure], after: dict[Unit, _Measure]) -> set[int]:
    """Where the new norm is lighter (-1), the same (0), harder (1); both where they cannot be compared."""
    if not before or before.keys() != after.keys():
        return {-1, 1}
    pairs = [pair for unit in before for pair in zip(before[unit], after[unit], strict=True)]
    return {(new > old) - (new < old) for old, new in pairs}


def _measures(entry: ViolationEntry, kind: ObjectKind) -> dict[Unit, _Measure]:
    """Unit → how hard the rows for such a party punish; those without amounts, or of nothing, do not count."""
    measures: dict[Unit, _Measure] = {}
    for row in entry.tiers:
        if row.fits(kind) and row.low is not None and row.high:
            cap = _NO_CAP if row.cap_fen is None else row.cap_fen
            most, least, capped = measures.get(row.unit, (row.high, row.low, cap))
            measures[row.unit] = _Measure(max(most, row.high), min(least, row.low), max(capped, cap))
    return measures
