"""What a penalty of a case is measured by: the benchmark that governs, the tier that was chosen, the law's own span."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy.orm import Session

from hall.errors import Refused
from hall.rules.leniency_limbs import Result
from hall.rules.money import yuan
from hall.rules.penalty_amounts import Measures
from hall.rules.penalty_terms import ObjectKind
from hall.rules.violations import NoAmount, Span, Tier, ViolationEntry, amounts, quantity_of, statutory_span
from hall.services.case_paper import chinese_date
from hall.services.papers_leniency import Benchmark as PrintedBenchmark
from hall.services.violation_records import NoSuchViolation, version_on
from hall.services.violations import Benchmark, benchmark_for
from hall.store.schema.penalties import PenaltyCase

_NOTHING = Span(0, 0)


class TierNeeded(Refused):
    """A penalty is measured by a published tier."""

    def __init__(self) -> None:
        super().__init__("请选择裁量档次：罚款必须对照已公布的裁量基准（行政处罚法第三十四条）。")


class ForeignTier(Refused):
    """The tier belongs to another version of the benchmark, or to another kind of party."""

    def __init__(self) -> None:
        super().__init__("所选的裁量档次不属于适用于本案的裁量基准版本，请重新选择（行政处罚法第三十七条）。")


class HarderVersion(Refused):
    """Counted with the quantity of the case, the other version is lighter (行政处罚法 37)."""

    def __init__(self) -> None:
        super().__init__(
            "按本案数量计算，另一版本的同一档次处罚较轻，应当适用较轻的规定（行政处罚法第三十七条）。请改选该档次。"
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """The version and the tier that a penalty is measured by; `tier` None where no fine is meant."""

    version_id: int
    entry: ViolationEntry
    tier: Tier | None
    measures: Measures

    @property
    def row(self) -> str:
        """擅自占用城市道路—较轻."""
        return f"{self.entry.name}—{self.tier.tier}" if self.tier is not None else ""

    @property
    def edition(self) -> str:
        """Since when the version counts, and where it was published."""
        since = f"{chinese_date(self.entry.valid_from)}起施行" if self.entry.valid_from else ""
        return "，".join(filter(None, (since, self.entry.published_as)))

    def printed_span(self, low_fen: int, high_fen: int) -> PrintedBenchmark | None:
        """As papers tell it; None without a tier that has amounts."""
        if self.tier is None or self.measures.tier is None:
            return None
        return PrintedBenchmark(self.row, self.edition, lowest=yuan(low_fen), highest=yuan(high_fen))


def case_benchmark(session: Session, case: PenaltyCase, day: date) -> Benchmark:
    """The benchmark that governs the case if it is decided on a day; raises UnusableBenchmark."""
    return benchmark_for(
        session,
        violation_id=case.violation_id,
        object_kind=cast(ObjectKind, case.object_kind),
        acted_on=case.acted_until or case.acted_on,
        decided_on=day,
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants to measure: a result, the tier's key, the quantity as it was typed."""

    result: Result
    tier_id: int | None
    quantity: str


def measured(session: Session, case: PenaltyCase, chosen: Chosen, *, day: date) -> Measured:
    """The version, tier and spans that a penalty decided on a day is measured by.

    Raises UnusableBenchmark, TierNeeded, ForeignTier, HarderVersion, and what `amounts` refuses. What is not punished
    needs no usable benchmark: a norm that is gone is one of its grounds (行政处罚法 37).
    """
    if chosen.result == "none":
        return _unpunished(session, case, day)
    benchmark = case_benchmark(session, case, day)
    if chosen.tier_id is None:
        return _without_tier(benchmark)
    version = next((each for each in _versions(benchmark) if chosen.tier_id in each.tiers), None)
    if version is None:
        raise ForeignTier
    tier = version.tiers[chosen.tier_id]
    _check_lighter(benchmark, version, tier, chosen.quantity)
    return Measured(version.version_id, version.entry, tier, _measures(version.entry, tier, chosen.quantity))


def _unpunished(session: Session, case: PenaltyCase, day: date) -> Measured:
    days = (case.acted_until or case.acted_on, day)
    version = next(filter(None, (version_on(session, case.violation_id, each) for each in days)), None)
    if version is None:
        raise NoSuchViolation
    return Measured(version.version_id, version.entry, None, Measures(None, _NOTHING))


def _without_tier(benchmark: Benchmark) -> Measured:
    """The whole table names no amounts: a warning is all there is."""
    if any(tier.low is not None for tier in benchmark.tiers.values()):
        raise TierNeeded
    return Measured(benchmark.version_id, benchmark.entry, None, Measures(None, _NOTHING))


def _measures(entry: ViolationEntry, tier: Tier, quantity: str) -> Measures:
    number = quantity_of(tier.unit, quantity)
    try:
        own, law = amounts(tier, number), statutory_span(entry, tier, number)
    except NoAmount:
        return Measures(None, _NOTHING)
    return Measures(own, law, optional=entry.correction == "may")


def _versions(benchmark: Benchmark) -> tuple[Benchmark, ...]:
    return (benchmark,) if benchmark.alternative is None else (benchmark, benchmark.alternative)


def _check_lighter(benchmark: Benchmark, chosen: Benchmark, tier: Tier, quantity: str) -> None:
    """Where only quantities tell which version is lighter: the same tier of the other one, for the same quantity."""
    for other in _versions(benchmark):
        peers = [each for each in other.tiers.values() if (each.tier, each.unit) == (tier.tier, tier.unit)]
        if other is not chosen and peers and tier.low is not None:
            number = quantity_of(tier.unit, quantity)
            own, its = amounts(tier, number), amounts(peers[0], number)
            if (its.high_fen, its.low_fen) < (own.high_fen, own.low_fen):
                raise HarderVersion
