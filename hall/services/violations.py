"""Violations (案由): import of benchmarks, their publication, which benchmark governs an act, what lists exempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.imports import BadRow, BadRows
from hall.rules.penalty_terms import ObjectKind
from hall.rules.people import Actor
from hall.rules.violations import Exemption, Standing, Tier, ViolationEntry, governing, standing, unusable
from hall.rules.violations_file import FILE_TITLE
from hall.services.violation_records import (
    NoSuchViolation,
    StoredViolation,
    add_version,
    digest,
    exemption_of,
    publish_lists,
    replace_draft,
    version_on,
    versions_in,
    versions_of,
    violation_by_code,
)
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.violations import ExemptionRule, Violation, ViolationVersion
from hall.words import OBJECT_KINDS


@dataclass(frozen=True, slots=True)
class ViolationsImported:
    """What an import did, by code; `undated` begin today because the file names no day."""

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
    """A version for the screens: how it stands today, every hindrance in a sentence, the other versions."""

    violation_id: int
    version_id: int
    entry: ViolationEntry
    standing: Standing
    hindrances: tuple[str, ...]
    others: tuple[ViolationEntry, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether a decision of today may rest on it."""
        return self.standing == "usable"


class UnusableBenchmark(Refused):
    """The benchmark may not be used for this act."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(
            "".join(reasons) + "请先由法制审核人员登记公布，或者导入有效版本，再继续办理；"
            "应当适用其他规定的，以“登记有误”撤案，按那个案由重新登记。"
        )
        self.reasons = tuple(reasons)


class BadPublication(Refused):
    """What was entered about a publication cannot be."""


@retried
def import_violations(store: Store, actor: Actor, *, violations: tuple[ViolationEntry, ...]) -> ViolationsImported:
    """Store each entry as a version of its violation unless it stands there already; all or nothing.

    Raises BadRows where a published version would get other content: what was published is changed by a new version.
    """
    require(actor, "violation.import")
    done: dict[str, list[str]] = {"added": [], "renewed": [], "unchanged": []}
    bad_rows: list[BadRow] = []
    with store.work("violation.import", actor) as work:
        work.lock("violations")
        for entry in violations:
            try:
                done[_import_one(work, entry)].append(entry.code)
            except _Published as published:
                bad_rows.append(BadRow(entry.line, str(published)))
        if bad_rows:
            raise BadRows(FILE_TITLE, bad_rows)
        work.audit("violations", added=done["added"], renewed=done["renewed"], unchanged=len(done["unchanged"]))
        work.changed("violation", "all")
    changed = {*done["added"], *done["renewed"]}
    undated = tuple(entry.code for entry in violations if entry.valid_from is None and entry.code in changed)
    return ViolationsImported(tuple(done["added"]), tuple(done["renewed"]), tuple(done["unchanged"]), undated)


class _Published(Exception):
    def __init__(self, entry: ViolationEntry, record: ViolationVersion) -> None:
        super().__init__(
            f"案由{entry.code}从{record.valid_from}起的版本已于{record.published_on}公布，内容不能再改；"
            "有新的规定请写新的生效日期，导入为新版本"
        )


def _import_one(work: Work, entry: ViolationEntry) -> str:
    violation = violation_by_code(work.session, work.hall_id, entry.code)
    if violation is None:
        violation = Violation(hall_id=work.hall_id, code=entry.code)
        work.session.add(violation)
        work.session.flush()
    versions = versions_of(work.session, violation.id)
    begins = entry.valid_from or business_date(work.now)
    same = _present(versions, entry, begins)
    if same is None:
        add_version(work, violation.id, entry, valid_from=begins)
        return "renewed" if versions else "added"
    rewritten = same.digest != digest(entry)
    if rewritten and same.published_on is not None:
        raise _Published(entry, same)
    if rewritten:
        replace_draft(work, same, entry)
    return "renewed" if _amend(work, same, entry) or rewritten else "unchanged"


def _present(versions: Sequence[ViolationVersion], entry: ViolationEntry, begins: date) -> ViolationVersion | None:
    """The version that the entry speaks of: by its day; without one the newest, if it says the same."""
    if entry.valid_from is None and versions and versions[0].digest == digest(entry):
        return versions[0]
    return next((each for each in versions if each.valid_from == begins), None)


def _amend(work: Work, record: ViolationVersion, entry: ViolationEntry) -> bool:
    """Take over what the file newly says of a version's standing; an empty cell takes nothing away."""
    said = {
        "valid_to": entry.valid_to,
        "superseded_by": entry.superseded_by,
    }
    if record.published_on is None:
        said |= {"published_on": entry.published_on, "published_as": entry.published_as}
    news = {key: value for key, value in said.items() if value and value != getattr(record, key)}
    for key, value in news.items():
        setattr(record, key, value)
    if "published_on" in news and entry.published_on is not None:
        publish_lists(work.session, record, entry.published_on)
    return bool(news)


@retried
def publish(store: Store, actor: Actor, *, version_ids: Sequence[int], published_on: date, published_as: str) -> None:
    """登记公布: from that day on the versions and their lists may be used (行政处罚法 5, 34).

    Raises BadPublication for a day to come, a missing number, and a version that was published before.
    """
    require(actor, "violation.publish")
    with store.work("violation.publish", actor) as work:
        work.lock("violations")
        if published_on > business_date(work.now):
            raise BadPublication(f"公布日期{published_on}还没有到，请在公布之后登记。")
        if not published_as.strip():
            raise BadPublication(
                "请填写公布的文号或者网址：没有公布的裁量基准不得作为处罚依据（行政处罚法第三十四条）。"
            )
        for version_id in version_ids:
            _publish_one(work, version_id, published_on, published_as.strip())
        work.audit("violations", versions=list(version_ids), on=published_on.isoformat(), number=published_as.strip())
        work.changed("violation", "all")


def _publish_one(work: Work, version_id: int, published_on: date, published_as: str) -> None:
    record = work.session.get(ViolationVersion, version_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchViolation
    if record.published_on is not None:
        raise BadPublication(f"“{record.name}”已于{record.published_on}以{record.published_as}公布，不必再登记。")
    record.published_on, record.published_as = published_on, published_as
    publish_lists(work.session, record, published_on)


def list_violations(store: Store, actor: Actor) -> tuple[ViolationView, ...]:
    """Every violation by code: the version of today (or the first to come), the others beside it."""
    require(actor, "violation.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        versions = versions_in(session, actor.hall_id)
    by_violation: dict[int, list[StoredViolation]] = {}
    for each in versions:
        by_violation.setdefault(each.violation_id, []).append(each)
    return tuple(_view(each, today) for each in by_violation.values())


def public_violations(store: Store, actor: Actor) -> tuple[ViolationView, ...]:
    """裁量基准查询: what is published and in force today, and nothing else; unpublished lists are left out."""
    usable = (view for view in list_violations(store, actor) if view.usable)
    return tuple(
        replace(
            view,
            entry=replace(view.entry, exemptions=tuple(each for each in view.entry.exemptions if each.published_on)),
            others=(),
        )
        for view in usable
    )


def _view(versions: list[StoredViolation], today: date) -> ViolationView:
    """`versions`: of one violation, the one that began last first."""
    begun = [each for each in versions if each.entry.valid_from and each.entry.valid_from <= today]
    shown = begun[0] if begun else versions[-1]
    return ViolationView(
        shown.violation_id,
        shown.version_id,
        shown.entry,
        standing(shown.entry, on=today),
        unusable(shown.entry, on=today),
        tuple(each.entry for each in versions if each is not shown),
    )


def benchmark_for(
    session: Session, *, violation_id: int, object_kind: ObjectKind, acted_on: date, decided_on: date
) -> Benchmark:
    """The benchmark that governs (行政处罚法 37), with its tiers for such a party.

    `acted_on` is the last day of an act that went on. Raises UnusableBenchmark with every reason: unpublished, not or
    no longer in force, superseded by a higher norm, nothing for such a party.
    """
    old = version_on(session, violation_id, acted_on)
    new = version_on(session, violation_id, decided_on)
    if old is None or new is None:
        raise UnusableBenchmark([f"违法行为发生时（{acted_on}）没有有效的裁量基准，不得以之后的规定处罚此前的行为。"])
    if old.version_id == new.version_id:
        why = "违法行为发生时与作出决定时是同一版本。"
        return _checked(old, why, object_kind, on=decided_on, used_on=decided_on)
    rule = governing(old.entry, new.entry, kind=object_kind)
    choice = {"old": (old, acted_on), "new": (new, decided_on)}
    chosen, day = choice[rule.which]
    benchmark = _checked(chosen, rule.why, object_kind, on=day, used_on=decided_on)
    if not rule.open:
        return benchmark
    other, day = choice["new" if rule.which == "old" else "old"]
    alternative = _checked(other, rule.why, object_kind, on=day, used_on=decided_on)
    return replace(benchmark, alternative=alternative)


def _checked(version: StoredViolation, why: str, kind: ObjectKind, *, on: date, used_on: date) -> Benchmark:
    reasons = list(unusable(version.entry, on=on, used_on=used_on))
    tiers = {key: tier for key, tier in version.tiers.items() if tier.fits(kind)}
    if not tiers:
        reasons.append(f"案由{version.entry.code}的裁量基准没有对{OBJECT_KINDS[kind]}的档次。")
    if reasons:
        raise UnusableBenchmark(reasons)
    return Benchmark(version.violation_id, version.version_id, version.entry, tiers, why)


def exemptions_of(session: Session, violation_id: int, *, on: date) -> dict[int, Exemption]:
    """What published lists in force on a day exempt, by key of the rule: those of the version of that day."""
    version = version_on(session, violation_id, on)
    if version is None or (version.entry.valid_to is not None and version.entry.valid_to < on):
        return {}
    query = select(ExemptionRule).where(
        ExemptionRule.violation_id == violation_id,
        ExemptionRule.valid_from == version.entry.valid_from,
        ExemptionRule.published_on <= on,
    )
    return {record.id: exemption_of(record) for record in session.scalars(query.order_by(ExemptionRule.id))}
