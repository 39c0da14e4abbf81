"""Violations (案由): import of benchmarks, their publication, the benchmark that governs an act, what a list exempts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from hall.errors import Refused
from hall.rules.penalty_terms import ObjectKind
from hall.rules.people import Actor
from hall.rules.violations import Exemption, Tier, ViolationEntry
from hall.store import Store
from hall.store.retrying import retried

FILE_TITLE = "裁量基准"


@dataclass(frozen=True, slots=True)
class ViolationsImported:
    """What an import did, by code; `undated` began today because the file names no day."""

    added: tuple[str, ...]
    renewed: tuple[str, ...]
    unchanged: tuple[str, ...]
    undated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The version that governs an act, why, and its tiers for this kind of party by key.

    `alternative`: the other version, where only the quantities of the case tell which is lighter (行政处罚法 37).
    """

    violation_id: int
    version_id: int
    entry: ViolationEntry
    tiers: Mapping[int, Tier]
    why: str
    alternative: "Benchmark | None" = None


@dataclass(frozen=True, slots=True)
class ViolationView:
    """A version for the screens: what hinders its use today (none: it may be used), and its other versions."""

    violation_id: int
    version_id: int
    entry: ViolationEntry
    tiers: Mapping[int, Tier]
    hindrances: tuple[str, ...]
    others: tuple["ViolationView", ...] = ()


class UnusableBenchmark(Refused):
    """The benchmark may not be used for this act."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("".join(reasons) + "请先由法制审核人员登记公布或者导入有效版本，再继续办理。")
        self.reasons = tuple(reasons)


@retried
def import_violations(store: Store, actor: Actor, *, violations: tuple[ViolationEntry, ...]) -> ViolationsImported:
    """Store each entry as a version of its violation unless it stands there already; all or nothing.

    Raises BadRows where a published version would get other content: what was published is changed by a new version.
    """
    raise NotImplementedError


@retried
def publish(store: Store, actor: Actor, *, version_ids: Sequence[int], published_on: date, published_as: str) -> None:
    """登记公布: from that day the versions and their lists may be used (行政处罚法 5, 34)."""
    raise NotImplementedError


def list_violations(store: Store, actor: Actor) -> tuple[ViolationView, ...]:
    """Every violation by code: of each the version of today, with the rest beside it."""
    raise NotImplementedError


def benchmark_for(
    session: Session, *, violation_id: int, object_kind: ObjectKind, acted_on: date, decided_on: date
) -> Benchmark:
    """The benchmark that governs (行政处罚法 37), with its tiers for such a party; `acted_on`: the end of an act that went on.

    Raises UnusableBenchmark with every reason: unpublished, not or no longer in force, superseded by a higher norm.
    """
    raise NotImplementedError


def exemptions_of(session: Session, violation_id: int, *, on: date) -> dict[int, Exemption]:
    """What published lists in force on a day exempt, by key of the rule."""
    raise NotImplementedError
