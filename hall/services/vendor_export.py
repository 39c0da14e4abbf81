"""The file for the credit platform: facts that stand are reported, what was set right is withdrawn; nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.vendor_credit import CreditRule, ScoreLine, last_day, score
from hall.services import tables_export
from hall.services.persons import ORGANISATION, PersonView, public_view
from hall.services.subject_records import add_event
from hall.services.tables_export import Cell, SheetTable
from hall.services.vendor_reading import decision_numbers, facts_by_vendor, reported
from hall.services.vendor_records import TOPIC
from hall.services.vendor_rules import credit_rules
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.vendors import Vendor, VendorEvent
from hall.store.secrets import KeyRing
from hall.words import VENDOR_NOT_COUNTED, VENDOR_PLATFORM_ACTS

PlatformAct = Literal["export", "withdraw"]

TAKEN_BACK = frozenset({"voided", "corrected", "overturned", "objected"})
"""Why the platform is asked to take down what it has: also while an objection is looked into."""


class NothingToReport(Refused):
    """A file of nothing."""

    def __init__(self) -> None:
        super().__init__("没有要报送的征信事项，也没有要撤回的，不用导出。")


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A line of the file: a fact that is reported, or one that the platform is asked to withdraw and why."""

    act: PlatformAct
    event_id: int
    vendor_number: str
    person: PersonView
    line: ScoreLine
    level: str
    decision_number: str
    authority: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reported:
    """How many facts were reported and how many withdrawn."""

    reported: int
    withdrawn: int


def to_report(store: Store, actor: Actor, *, home: Path) -> tuple[PlatformRow, ...]:
    """What the next file would hold, in the order of the facts."""
    require(actor, "vendor.read")
    with store.read(actor) as session:
        return _rows(session, store, store.key_ring, home=home)


@retried
def export(store: Store, actor: Actor, *, path: Path, home: Path) -> Reported:
    """Write the file, by its ending Excel or CSV, and remember what the platform has from it.

    Raises NothingToReport, NotWritten: then nothing is remembered.
    """
    require(actor, "vendor.export")
    with store.work("vendor.export", actor) as work:
        work.lock("vendor-export")
        rows = _rows(work.session, store, work.key_ring, home=home)
        if not rows:
            raise NothingToReport
        rule = credit_rules(home).in_force(business_date(work.now))
        tables_export.write_tables(path, (platform_sheet(rows, rule),))
        for row in rows:
            add_event(work, "vendor_event", row.event_id, row.act, state=row.line.fact.state, note=row.reason)
        sent = sum(row.act == "export" for row in rows)
        work.audit("vendors", reported=sent, withdrawn=len(rows) - sent)
        work.changed(TOPIC)
        return Reported(sent, len(rows) - sent)


def platform_sheet(rows: Sequence[PlatformRow], rule: CreditRule) -> SheetTable:
    """The columns that the rule table declares."""
    columns = tuple(column.title for column in rule.columns)
    cells = tuple(tuple(_CELLS[column.content](row) for column in rule.columns) for row in rows)
    return SheetTable("流动经营者信用信息", columns, cells)


def _rows(session: Session, store: Store, ring: KeyRing, *, home: Path) -> tuple[PlatformRow, ...]:
    today, rules = business_date(store.clock.now()), credit_rules(home)
    events, people = _known(session, store.hall_id)
    sent = reported(session, events)
    numbers = decision_numbers(session, events.values())
    authority = session.get_one(Hall, store.hall_id).authority
    rows: list[PlatformRow] = []
    for vendor_id, facts in facts_by_vendor(session, list(people)).items():
        counted = score(facts, on=today, rules=rules)
        number, person = people[vendor_id]
        for line in counted.lines:
            act = _act(line, reported=line.fact.key in sent)
            if act is None:
                continue
            rows.append(
                PlatformRow(
                    act=act,
                    event_id=line.fact.key,
                    vendor_number=number,
                    person=public_view(person, ring),
                    line=line,
                    level=counted.level.words,
                    decision_number=numbers.get(line.fact.key, ""),
                    authority=authority,
                    reason=VENDOR_NOT_COUNTED[line.why_not] if line.why_not is not None else "",
                )
            )
    return tuple(sorted(rows, key=lambda row: row.event_id))


def _known(session: Session, hall_id: int) -> tuple[dict[int, VendorEvent], dict[int, tuple[str, Person]]]:
    query = (
        select(VendorEvent, Vendor, Person)
        .join(Vendor, Vendor.id == VendorEvent.vendor_id)
        .join(Person, Person.id == Vendor.person_id)
        .where(VendorEvent.hall_id == hall_id, VendorEvent.confirmed_on.is_not(None))
    )
    rows = session.execute(query).tuples().all()
    events = {event.id: event for event, _, _ in rows}
    return events, {vendor.id: (vendor.number, person) for _, vendor, person in rows}


def _act(line: ScoreLine, *, reported: bool) -> PlatformAct | None:
    if not reported:
        return "export" if line.why_not is None else None
    return "withdraw" if line.why_not in TAKEN_BACK else None


_CELLS: Mapping[str, Callable[[PlatformRow], Cell]] = {
    "platform_act": lambda row: VENDOR_PLATFORM_ACTS[row.act],
    "subject_kind": lambda row: "法人或其他组织" if row.person.kind == ORGANISATION else "自然人",
    "subject_name": lambda row: row.person.name_masked,
    "identity": lambda row: row.person.id_masked,
    "vendor_number": lambda row: row.vendor_number,
    "fact_number": lambda row: f"{row.vendor_number}-{row.event_id}",
    "code": lambda row: row.line.fact.code,
    "words": lambda row: row.line.words,
    "points": lambda row: row.line.fact.points,
    "happened_on": lambda row: row.line.fact.happened_on.isoformat(),
    "decision_number": lambda row: row.decision_number,
    "told_on": lambda row: row.line.fact.told_on.isoformat() if row.line.fact.told_on else "",
    "expires_on": lambda row: last_day(row.line.fact.expires_on).isoformat(),
    "level": lambda row: row.level,
    "authority": lambda row: row.authority,
    "reason": lambda row: row.reason,
}
"""By the codes of `vendor_rules.Content`."""
