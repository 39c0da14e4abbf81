"""The map of who answers for what comes in by a file: units by their codes, lines by category, area and day."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.csv_table import decode
from hall.rules.imports import BadRow, BadRows
from hall.rules.people import Actor
from hall.rules.responsibilities_file import FILE_TITLE, ResponsibilityEntry, parse_responsibilities
from hall.services.catalogue import department_named
from hall.services.request_rule import request_rules
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.requests import DispatchUnit, Responsibility


class _OtherUnit(Refused):
    def __init__(self, entry: ResponsibilityEntry, name: str) -> None:
        super().__init__(f"{entry.valid_from}起的这一行已经登记由{name}承办，换单位请写新的生效日期")


@dataclass(frozen=True, slots=True)
class ResponsibilitiesImported:
    """How many lines of the map were new, how many stood there already; the codes of units that are new."""

    added: int
    unchanged: int
    new_units: tuple[str, ...]


@retried
def import_responsibilities(store: Store, actor: Actor, *, content: bytes, home: Path) -> ResponsibilitiesImported:
    """导入责任区, wholly or not at all. A line that is known is ended by its 失效日期, never rewritten.

    Raises BadRows with every line that cannot be read or contradicts a line that is known.
    """
    require(actor, "responsibility.import")
    today = business_date(store.clock.now())
    categories = request_rules(home).in_force(today).categories
    entries = parse_responsibilities(decode(content, FILE_TITLE), categories=categories)
    with store.work("responsibility.import", actor) as work:
        work.lock("responsibilities")
        bad_rows: list[BadRow] = []
        new_units: list[str] = []
        added = 0
        for entry in entries:
            try:
                unit = _unit(work, entry, new_units)
                added += _line(work, entry, unit)
            except Refused as refused:
                bad_rows.append(BadRow(entry.line, str(refused)))
        if bad_rows:
            raise BadRows(FILE_TITLE, bad_rows)
        work.audit("responsibilities", added=added, unchanged=len(entries) - added, units=new_units)
        work.changed("request")
        return ResponsibilitiesImported(added, len(entries) - added, tuple(new_units))


def _unit(work: Work, entry: ResponsibilityEntry, new_units: list[str]) -> DispatchUnit:
    """The unit with the code, named as the newest file names it."""
    query = select(DispatchUnit).where(DispatchUnit.hall_id == work.hall_id, DispatchUnit.code == entry.unit_code)
    unit = work.session.scalars(query).one_or_none()
    department_id = department_named(work, entry.department).id if entry.department else None
    if unit is None:
        unit = DispatchUnit(hall_id=work.hall_id, code=entry.unit_code)
        new_units.append(entry.unit_code)
    unit.name, unit.kind, unit.department_id, unit.active = entry.unit_name, entry.unit_kind, department_id, True
    work.session.add(unit)
    work.session.flush()
    return unit


def _line(work: Work, entry: ResponsibilityEntry, unit: DispatchUnit) -> bool:
    """Whether the line is new."""
    query = select(Responsibility).where(
        Responsibility.hall_id == work.hall_id,
        Responsibility.category == entry.category,
        Responsibility.area == entry.area,
        Responsibility.valid_from == entry.valid_from,
    )
    known = work.session.scalars(query).one_or_none()
    if known is None:
        work.session.add(
            Responsibility(
                hall_id=work.hall_id,
                category=entry.category,
                area=entry.area,
                unit_id=unit.id,
                valid_from=entry.valid_from,
                valid_to=entry.valid_to,
                source=entry.source,
            )
        )
        return True
    if known.unit_id != unit.id:
        raise _OtherUnit(entry, work.session.get_one(DispatchUnit, known.unit_id).name)
    known.valid_to = entry.valid_to or known.valid_to
    return False
