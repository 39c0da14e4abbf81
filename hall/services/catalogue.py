"""The catalogue: load matters as dated versions, find the version in force on a day."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.catalogue import STEP_ORDER, Limit, MaterialRule, Matter, ProcedureRule, StepRule
from hall.rules.people import Actor
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Department, MatterMaterial, MatterProcedure, MatterStep, MatterVersion
from hall.store.schema.catalogue import Matter as MatterRecord

_KNOWN = "matter_versions"
_Row = tuple[MatterVersion, MatterRecord, Department]


class _Parts(NamedTuple):
    materials: list[MatterMaterial]
    steps: list[MatterStep]
    procedures: list[MatterProcedure]


@dataclass(frozen=True, slots=True)
class MatterInForce:
    """The version of a matter that is in force on a day, with the keys other records point to."""

    matter_id: int
    version_id: int
    version: int
    department_id: int
    matter: Matter


@dataclass(frozen=True, slots=True)
class CatalogueImported:
    """What an import did: codes that are new, that have a new version, that stood as they were."""

    added: tuple[str, ...]
    renewed: tuple[str, ...]
    unchanged: tuple[str, ...]


class NoSuchMatter(Missing):
    """The code is not in the catalogue, or not yet in force."""

    def __init__(self, code: str, day: date) -> None:
        super().__init__(f"{day.isoformat()} 没有编码为“{code}”的事项，请核对事项目录。")


@retried
def import_matters(store: Store, actor: Actor, *, matters: tuple[Matter, ...]) -> CatalogueImported:
    """Store each matter as a new version unless it equals the present one. Open cases keep their version."""
    require(actor, "catalogue.import")
    added: list[str] = []
    renewed: list[str] = []
    unchanged: list[str] = []
    with store.work("catalogue.import", actor) as work:
        work.lock("catalogue")
        for matter in matters:
            record = _matter_record(work, matter.code)
            same_day = _latest(work.session, record.id, effective_from=matter.effective_from)
            if same_day is not None and _same(work.session, same_day, matter):
                unchanged.append(matter.code)
                continue
            latest = _latest(work.session, record.id)
            _add_version(work, record.id, matter, version=latest.version + 1 if latest else 1)
            (renewed if latest else added).append(matter.code)
        work.audit("catalogue", added=added, renewed=renewed, unchanged=len(unchanged))
        work.changed("catalogue", "all")
    return CatalogueImported(tuple(added), tuple(renewed), tuple(unchanged))


def list_matters(store: Store, actor: Actor) -> tuple[MatterInForce, ...]:
    """Every matter in force today, by department and code."""
    require(actor, "queue.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        rows = session.execute(_begun(actor.hall_id, today)).tuples().all()
        newest = {record.id: (version, record, department) for version, record, department in reversed(rows)}
        parts = _parts(session, [version.id for version, _, _ in newest.values()])
    present = [_in_force(row, parts[row[0].id]) for row in newest.values()]
    return tuple(sorted(present, key=lambda each: (each.matter.prefix, each.matter.code)))


def matter_in_force(session: Session, hall_id: int, code: str, day: date) -> MatterInForce:
    """The version of a matter in force on a day; raises NoSuchMatter."""
    found = version_on(session, hall_id, code, day)
    if found is None:
        raise NoSuchMatter(code, day)
    return found


def version_on(session: Session, hall_id: int, code: str, day: date) -> MatterInForce | None:
    """Among the versions that have begun by the day, the one that began last; of equals the newest import."""
    newest = _begun(hall_id, day).where(MatterRecord.code == code).limit(1)
    row = session.execute(newest).tuples().one_or_none()
    return None if row is None else _with_parts(session, row)


def name_on(session: Session, matter_id: int, day: date) -> tuple[str, str]:
    """What a matter and its department are called on a day, which is all that a slip says; raises Missing."""
    row = session.execute(_NAME_ON, {"matter_id": matter_id, "day": day}).first()
    if row is None:
        raise Missing(f"事项 {matter_id} 在 {day} 没有生效的版本。")
    return row.name, row.department


def version_numbered(session: Session, version_id: int) -> MatterInForce:
    """The version a case keeps, whatever has come since: it never changes, so a transaction reads it once."""
    known: dict[int, MatterInForce] = session.info.setdefault(_KNOWN, {})
    if version_id not in known:
        row = session.execute(_versions().where(MatterVersion.id == version_id)).tuples().one()
        known[version_id] = _with_parts(session, row)
    return known[version_id]


_NAME_ON = (
    select(MatterVersion.name, Department.name.label("department"))
    .join(Department, Department.id == MatterVersion.department_id)
    .where(MatterVersion.matter_id == bindparam("matter_id"), MatterVersion.effective_from <= bindparam("day"))
    .order_by(MatterVersion.effective_from.desc(), MatterVersion.version.desc())
    .limit(1)
)


def _versions() -> Select[_Row]:
    return (
        select(MatterVersion, MatterRecord, Department)
        .join(MatterRecord, MatterRecord.id == MatterVersion.matter_id)
        .join(Department, Department.id == MatterVersion.department_id)
    )


def _begun(hall_id: int, day: date) -> Select[_Row]:
    """The versions that have begun by the day, the newest first."""
    begun = _versions().where(MatterRecord.hall_id == hall_id, MatterVersion.effective_from <= day)
    return begun.order_by(MatterVersion.effective_from.desc(), MatterVersion.version.desc())


def _with_parts(session: Session, row: _Row) -> MatterInForce:
    version = row[0]
    return _in_force(row, _parts(session, [version.id])[version.id])


def _in_force(row: _Row, parts: _Parts) -> MatterInForce:
    version, record, department = row
    value = _value(version, record.code, department, parts)
    return MatterInForce(record.id, version.id, version.version, department.id, value)


def _parts(session: Session, version_ids: list[int]) -> dict[int, _Parts]:
    """The parts of several versions in three queries: a screen asks for the whole catalogue at its start."""
    found = {each: _Parts([], [], []) for each in version_ids}
    wanted = MatterMaterial.matter_version_id.in_(version_ids)
    for material in session.scalars(select(MatterMaterial).where(wanted).order_by(MatterMaterial.position)):
        found[material.matter_version_id].materials.append(material)
    for step in session.scalars(select(MatterStep).where(MatterStep.matter_version_id.in_(version_ids))):
        found[step.matter_version_id].steps.append(step)
    of_versions = MatterProcedure.matter_version_id.in_(version_ids)
    for procedure in session.scalars(select(MatterProcedure).where(of_versions).order_by(MatterProcedure.procedure)):
        found[procedure.matter_version_id].procedures.append(procedure)
    for parts in found.values():
        parts.steps.sort(key=lambda each: STEP_ORDER.index(each.step))
    return found


def _matter_record(work: Work, code: str) -> MatterRecord:
    record = work.session.scalars(
        select(MatterRecord).where(MatterRecord.hall_id == work.hall_id, MatterRecord.code == code)
    ).one_or_none()
    if record is None:
        record = MatterRecord(hall_id=work.hall_id, code=code)
        work.session.add(record)
        work.session.flush()
    return record


def _latest(session: Session, matter_id: int, *, effective_from: date | None = None) -> MatterVersion | None:
    """The newest version, of all or of those that begin on a day."""
    query = select(MatterVersion).where(MatterVersion.matter_id == matter_id)
    if effective_from is not None:
        query = query.where(MatterVersion.effective_from == effective_from)
    return session.scalars(query.order_by(MatterVersion.version.desc()).limit(1)).one_or_none()


def _same(session: Session, version: MatterVersion, matter: Matter) -> bool:
    department = session.get_one(Department, version.department_id)
    return _value(version, matter.code, department, _parts(session, [version.id])[version.id]) == matter


def department_named(work: Work, name: str) -> Department:
    """Within the caller's work: the department of the name, entered where the hall does not have it yet."""
    department = work.session.scalars(
        select(Department).where(Department.hall_id == work.hall_id, Department.name == name)
    ).one_or_none()
    if department is None:
        department = Department(hall_id=work.hall_id, name=name)
        work.session.add(department)
    work.session.flush()
    return department


def _add_version(work: Work, matter_id: int, matter: Matter, *, version: int) -> None:
    record = MatterVersion(
        hall_id=work.hall_id,
        matter_id=matter_id,
        version=version,
        effective_from=matter.effective_from,
        imported_at=work.now,
        department_id=department_named(work, matter.department).id,
        name=matter.name,
        prefix=matter.prefix,
        basis=matter.basis,
        statutory_days=matter.statutory.days if matter.statutory else None,
        statutory_unit=matter.statutory.unit if matter.statutory else None,
        promised_days=matter.promised.days if matter.promised else None,
        promised_unit=matter.promised.unit if matter.promised else None,
        limit_basis=matter.limit_basis,
        site_visit=matter.site_visit,
        site_visit_note=matter.site_visit_note,
        validity=matter.validity,
        validity_months=matter.validity_months,
        fee_fen=matter.fee_fen,
        fee_basis=matter.fee_basis,
        applicant_kinds=",".join(sorted(matter.applicant_kinds)),
        lacking_allowed=matter.lacking_allowed,
        informed_allowed=matter.informed_allowed,
        default_allowed=matter.default_allowed,
        safety=matter.safety,
        legal_review=matter.legal_review,
        refusal_report=matter.refusal_report,
        warning_days=matter.warning_days,
        extension_days=matter.extension_days,
        certificate_name=matter.certificate_name,
        note=matter.note,
        source=matter.source,
    )
    work.session.add(record)
    work.session.flush()
    _add_parts(work, record.id, matter)
    work.session.flush()


def _add_parts(work: Work, version_id: int, matter: Matter) -> None:
    """The materials, steps and procedures of a version."""
    of_version = {"hall_id": work.hall_id, "matter_version_id": version_id}
    work.session.add_all(MatterMaterial(**of_version, **asdict(rule)) for rule in matter.materials)
    work.session.add_all(MatterStep(**of_version, step=rule.step, days=rule.days) for rule in matter.steps)
    work.session.add_all(
        MatterProcedure(
            **of_version,
            procedure=rule.procedure,
            stops_promised=rule.stops_promised,
            granted_days=rule.granted.days if rule.granted else None,
            granted_unit=rule.granted.unit if rule.granted else None,
            basis=rule.basis,
        )
        for rule in matter.procedures
    )


def _limit(days: int | None, unit: str | None) -> Limit | None:
    return None if days is None else Limit(days, unit)  # type: ignore[arg-type]  # written from a Limit


def _value(version: MatterVersion, code: str, department: Department, parts: _Parts) -> Matter:
    return Matter(
        code=code,
        name=version.name,
        department=department.name,
        prefix=version.prefix,
        basis=version.basis,
        statutory=_limit(version.statutory_days, version.statutory_unit),
        promised=_limit(version.promised_days, version.promised_unit),
        materials=tuple(
            MaterialRule(
                each.position, each.name, each.originals, each.copies, each.required, each.note, each.secondary
            )
            for each in parts.materials
        ),
        steps=tuple(StepRule(each.step, each.days) for each in parts.steps),  # type: ignore[arg-type]  # from a StepRule
        procedures=tuple(
            ProcedureRule(each.procedure, each.stops_promised, _limit(each.granted_days, each.granted_unit), each.basis)
            for each in parts.procedures
        ),
        site_visit=version.site_visit,
        effective_from=version.effective_from,
        applicant_kinds=frozenset(version.applicant_kinds.split(",")),  # type: ignore[arg-type]  # written from a Matter
        limit_basis=version.limit_basis,
        site_visit_note=version.site_visit_note,
        validity=version.validity,
        validity_months=version.validity_months,
        fee_fen=version.fee_fen,
        fee_basis=version.fee_basis,
        lacking_allowed=version.lacking_allowed,
        informed_allowed=version.informed_allowed,
        default_allowed=version.default_allowed,
        safety=version.safety,
        legal_review=version.legal_review,
        refusal_report=version.refusal_report,
        warning_days=version.warning_days,
        extension_days=version.extension_days,
        certificate_name=version.certificate_name,
        note=version.note,
        source=version.source,
    )
