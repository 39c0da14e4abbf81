"""Versions of violations as records and as values: written by the import, read by whatever uses a benchmark."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import cast

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from hall.errors import Missing
from hall.rules.violations import Correction, Exemption, ExemptLimb, Tier, TierObject, Unit, ViolationEntry
from hall.store import Work
from hall.store.schema.violations import BenchmarkTier, ExemptionRule, Violation, ViolationVersion

Row = tuple[ViolationVersion, Violation]

# What a law, a calendar or a publication does to a version later is no other content of it.
_STANDING = ("valid_from", "valid_to", "published_on", "published_as", "superseded_by", "line")


@dataclass(frozen=True, slots=True)
class StoredViolation:
    """A version with the keys that other records point to; `tiers` by key, in the file's order."""

    violation_id: int
    version_id: int
    entry: ViolationEntry
    tiers: Mapping[int, Tier]


class NoSuchViolation(Missing):
    """No violation of this hall has the key or the code."""

    def __init__(self) -> None:
        super().__init__("没有这个案由，请从列表中重新选择，或请系统管理员导入裁量基准。")


def digest(entry: ViolationEntry) -> str:
    """SHA-256 of what the entry says; its days, its publication and what supersedes it are not part of it."""
    said = {key: value for key, value in asdict(entry).items() if key not in _STANDING}
    said["exemptions"] = [asdict(replace(each, published_on=None)) for each in entry.exemptions]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def violation_by_code(session: Session, hall_id: int, code: str) -> Violation | None:
    """The violation of a code."""
    return session.scalars(select(Violation).where(Violation.hall_id == hall_id, Violation.code == code)).one_or_none()


def versions_of(session: Session, violation_id: int) -> Sequence[ViolationVersion]:
    """All versions, the one that began last first."""
    query = select(ViolationVersion).where(ViolationVersion.violation_id == violation_id)
    return session.scalars(query.order_by(ViolationVersion.valid_from.desc())).all()


def version_on(session: Session, violation_id: int, day: date) -> StoredViolation | None:
    """Among the versions that have begun by the day, the one that began last, usable or not."""
    query = _versions().where(ViolationVersion.violation_id == violation_id, ViolationVersion.valid_from <= day)
    row = session.execute(query.order_by(ViolationVersion.valid_from.desc()).limit(1)).tuples().one_or_none()
    return None if row is None else stored(session, [row])[0]


def version_numbered(session: Session, version_id: int) -> StoredViolation:
    """The version that a proposal or a decision names; raises NoSuchViolation."""
    row = session.execute(_versions().where(ViolationVersion.id == version_id)).tuples().one_or_none()
    if row is None:
        raise NoSuchViolation
    return stored(session, [row])[0]


def versions_in(session: Session, hall_id: int) -> list[StoredViolation]:
    """All versions of all violations of a hall, by code, of each the one that began last first."""
    query = _versions().where(Violation.hall_id == hall_id)
    rows = session.execute(query.order_by(Violation.code, ViolationVersion.valid_from.desc())).tuples().all()
    return stored(session, rows)


def stored(session: Session, rows: Sequence[Row]) -> list[StoredViolation]:
    """The values of several versions, their parts in two queries."""
    tiers: dict[int, dict[int, Tier]] = {version.id: {} for version, _ in rows}
    wanted = select(BenchmarkTier).where(BenchmarkTier.version_id.in_(list(tiers)))
    for record in session.scalars(wanted.order_by(BenchmarkTier.version_id, BenchmarkTier.position)):
        tiers[record.version_id][record.id] = _tier(record)
    exemptions = _exemptions(session, [violation.id for _, violation in rows])
    return [
        StoredViolation(
            violation.id,
            version.id,
            _entry(
                version,
                violation.code,
                tiers[version.id].values(),
                exemptions.get((violation.id, version.valid_from), []),
            ),
            tiers[version.id],
        )
        for version, violation in rows
    ]


def add_version(work: Work, violation_id: int, entry: ViolationEntry, *, valid_from: date) -> ViolationVersion:
    """Write a version with its parts."""
    record = ViolationVersion(
        hall_id=work.hall_id,
        violation_id=violation_id,
        valid_from=valid_from,
        valid_to=entry.valid_to,
        published_on=entry.published_on,
        published_as=entry.published_as,
        superseded_by=entry.superseded_by,
        **_content(work, entry),
    )
    work.session.add(record)
    work.session.flush()
    _add_parts(work, record, entry)
    return record


def replace_draft(work: Work, record: ViolationVersion, entry: ViolationEntry) -> None:
    """Write other content into a version that was never published, so nothing has used it."""
    for key, value in _content(work, entry).items():
        setattr(record, key, value)
    work.session.execute(delete(BenchmarkTier).where(BenchmarkTier.version_id == record.id))
    work.session.execute(
        delete(ExemptionRule).where(
            ExemptionRule.violation_id == record.violation_id, ExemptionRule.valid_from == record.valid_from
        )
    )
    _add_parts(work, record, entry)


def publish_lists(session: Session, record: ViolationVersion, published_on: date) -> None:
    """The version's lists that are not published yet are published with it."""
    own = ExemptionRule.violation_id == record.violation_id, ExemptionRule.valid_from == record.valid_from
    for rule in session.scalars(select(ExemptionRule).where(*own, ExemptionRule.published_on.is_(None))):
        rule.published_on = published_on


def _content(work: Work, entry: ViolationEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "legal_basis": entry.legal_basis,
        "penalty_article": entry.penalty_article,
        "correction": entry.correction,
        "first_offence": entry.first_offence,
        "exempt_basis": entry.exempt_basis,
        "source": entry.source,
        "note": entry.note,
        "digest": digest(entry),
        "imported_at": work.now,
    }


def _add_parts(work: Work, record: ViolationVersion, entry: ViolationEntry) -> None:
    work.session.add_all(
        BenchmarkTier(hall_id=work.hall_id, version_id=record.id, position=position, **asdict(tier))
        for position, tier in enumerate(entry.tiers, 1)
    )
    work.session.add_all(
        ExemptionRule(
            hall_id=work.hall_id,
            violation_id=record.violation_id,
            valid_from=record.valid_from,
            valid_to=record.valid_to,
            **asdict(exemption),
        )
        for exemption in entry.exemptions
    )
    work.session.flush()


def _versions() -> Select[Row]:
    return select(ViolationVersion, Violation).join(Violation, Violation.id == ViolationVersion.violation_id)


def _exemptions(session: Session, violation_ids: list[int]) -> dict[tuple[int, date], list[Exemption]]:
    found: dict[tuple[int, date], list[Exemption]] = {}
    wanted = select(ExemptionRule).where(ExemptionRule.violation_id.in_(violation_ids)).order_by(ExemptionRule.id)
    for record in session.scalars(wanted):
        found.setdefault((record.violation_id, record.valid_from), []).append(exemption_of(record))
    return found


def exemption_of(record: ExemptionRule) -> Exemption:
    """A rule of a list as a value."""
    return Exemption(
        limb=cast(ExemptLimb, record.limb),
        conditions=record.conditions,
        list_number=record.list_number,
        first_time_months=record.first_time_months,
        correct_within_hours=record.correct_within_hours,
        quantity_limit=record.quantity_limit,
        evidence=record.evidence,
        excluded_if=record.excluded_if,
        published_on=record.published_on,
    )


def _tier(record: BenchmarkTier) -> Tier:
    return Tier(
        object_kind=cast(TierObject, record.object_kind),
        object_words=record.object_words,
        tier=record.tier,
        circumstances=record.circumstances,
        low=record.low,
        high=record.high,
        unit=cast(Unit, record.unit),
        unit_words=record.unit_words,
        cap_fen=record.cap_fen,
        statutory=record.statutory,
    )


def _entry(
    version: ViolationVersion, code: str, tiers: Iterable[Tier], exemptions: Iterable[Exemption]
) -> ViolationEntry:
    return ViolationEntry(
        code=code,
        name=version.name,
        legal_basis=version.legal_basis,
        penalty_article=version.penalty_article,
        correction=cast(Correction, version.correction),
        tiers=tuple(tiers),
        source=version.source,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        published_on=version.published_on,
        published_as=version.published_as,
        superseded_by=version.superseded_by,
        first_offence=version.first_offence,
        exempt_basis=version.exempt_basis,
        note=version.note,
        exemptions=tuple(exemptions),
    )
