"""Registers in lists: entries as the screens show them, what waits for a result, a register as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from hall.clock import business_date
from hall.rules.authority import may, require
from hall.rules.identity import BadNumber, parse_credit_code, parse_id_number
from hall.rules.lights import LIGHTS, Light
from hall.rules.people import Actor
from hall.rules.registers import (
    ACTS,
    Register,
    RegisterAct,
    RegisterField,
    Registers,
    Standing,
    concerns,
    light_of,
    masked,
    names_somebody,
    summary,
)
from hall.services.case_reading import DocumentView
from hall.services.person_names import named_like
from hall.services.persons import PersonView, id_number_index, public_view
from hall.services.register_records import (
    NoSuchCaseNumber,
    case_numbered,
    colleagues,
    personal_values,
    public_values,
    register_of,
    registers,
    standing_in,
)
from hall.services.tables_export import SheetTable
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.people import Account, Person
from hall.store.schema.registers import RegisterEntry
from hall.words import REGISTER_STANDINGS

MOST = 500
"""Entries of a list, the newest first; older ones are found by what is looked for."""

_ACTIONS: Mapping[RegisterAct, str] = {
    "close": "register.close",
    "correct": "register.enter",
    "void": "register.void",
    "print": "register.enter",
}


_Newer = aliased(RegisterEntry)
STANDS: tuple[ColumnElement[bool], ...] = (
    RegisterEntry.closed_on.is_(None),
    RegisterEntry.voided_why == "",
    ~select(_Newer.id).where(_Newer.corrects_id == RegisterEntry.id).exists(),
)
"""Entries that nothing has ended."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as a list shows it: personal values masked; `acts` are what the actor may do with it now."""

    entry_id: int
    register: Register
    number: str
    day: date
    title: str
    values: Mapping[str, str] = field(repr=False)
    person: PersonView | None
    due_on: date | None
    standing: Standing
    light: Light | None
    result: str
    closed_on: date | None
    closed_by: str
    entered_by: str
    voided_why: str
    corrects: str
    corrected_by: str
    document: DocumentView | None
    acts: tuple[RegisterAct, ...]

    @property
    def summary(self) -> str:
        """The fields beside the title in one line."""
        return summary(self.register, self.values)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of a register (empty: of all), what is looked for, whether also what is done with."""

    register: str = ""
    text: str = ""
    closed: bool = False


def registers_for(store: Store, actor: Actor, *, home: Path) -> tuple[Register, ...]:
    """The registers that the actor sees, in their order, as they are declared today."""
    require(actor, "register.read")
    today = business_date(store.clock.now())
    return tuple(each for each in registers(home).all_on(today) if concerns(each.read_by, actor.roles))


def staff(store: Store, actor: Actor) -> tuple[str, ...]:
    """Whom a field for a colleague may name."""
    require(actor, "register.read")
    with store.read(actor) as session:
        return colleagues(session, store.hall_id)


def entries(store: Store, actor: Actor, *, wanted: Wanted, home: Path) -> tuple[EntryRow, ...]:
    """The newest entries, at most `MOST`; found by number, words of public fields, a person's name or number, a case.

    What was voided, corrected or has its result is there only when asked for.
    """
    require(actor, "register.read")
    seen = tuple(each.code for each in registers_for(store, actor, home=home))
    codes = tuple(code for code in seen if wanted.register in {"", code})
    with store.read(actor) as session:
        query = _query(store.hall_id, codes)
        if not wanted.closed:
            query = query.where(*STANDS)
        if wanted.text:
            query = query.where(_looked_for(session, store, wanted.text))
        return _rows(session, store, actor, query.limit(MOST), home=home)


def waiting(store: Store, actor: Actor, *, home: Path) -> tuple[EntryRow, ...]:
    """What waits for its result in every register that the actor sees, the most pressing first."""
    require(actor, "register.read")
    seen = tuple(each.code for each in registers_for(store, actor, home=home) if each.closing is not None)
    with store.read(actor) as session:
        rows = _rows(session, store, actor, _query(store.hall_id, seen).where(*STANDS), home=home)
    return tuple(sorted((row for row in rows if row.standing == "open"), key=_pressing))


def register_sheet(register: Register, rows: Sequence[EntryRow]) -> SheetTable:
    """A register as a table with a column for each of its fields; persons stay masked."""
    person = register.of_kind("person")
    fields = tuple(each for each in register.fields if each is not person)
    closing = ("期限", register.closing.words, "办结日期", "办结人") if register.closing is not None else ()
    columns = (
        "编号",
        "日期",
        *((person.label, "证件") if person is not None else ()),
        *(each.label for each in fields),
        *closing,
        "状态",
        "登记人",
        "更正或作废",
    )
    return SheetTable(
        register.name,
        columns,
        tuple(_cells(row, fields, person=person is not None, closes=bool(closing)) for row in rows),
    )


def _cells(row: EntryRow, fields: Sequence[RegisterField], *, person: bool, closes: bool) -> tuple[str, ...]:
    who = row.person
    told = (who.name_masked, who.id_masked) if who is not None else ("", "")
    values = (row.values.get(each.key, "") for each in fields)
    ended = (_day(row.due_on), row.result, _day(row.closed_on), row.closed_by)
    remark = row.voided_why or (f"更正为 {row.corrected_by}" if row.corrected_by else "")
    return (
        row.number,
        row.day.isoformat(),
        *(told if person else ()),
        *values,
        *(ended if closes else ()),
        REGISTER_STANDINGS[row.standing],
        row.entered_by,
        remark or (f"更正 {row.corrects}" if row.corrects else ""),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _pressing(row: EntryRow) -> tuple[int, date, int]:
    place = LIGHTS.index(row.light) if row.light is not None else len(LIGHTS)
    return place, row.due_on or date.max, row.entry_id


def _query(hall_id: int, codes: Sequence[str]) -> Select[tuple[RegisterEntry]]:
    return (
        select(RegisterEntry)
        .where(RegisterEntry.hall_id == hall_id, RegisterEntry.register.in_(codes))
        .order_by(RegisterEntry.id.desc())
    )


def _looked_for(session: Session, store: Store, text: str) -> ColumnElement[bool]:
    """A person's number finds only that person; anything else what the entry says, a name's beginning, or its case."""
    index = _index_of(store, text)
    if index is not None:
        return RegisterEntry.person_id.in_(
            select(Person.id).where(Person.hall_id == store.hall_id, Person.id_number_index == index)
        )
    dialect = session.get_bind().dialect.name
    named = select(Person.id).where(Person.hall_id == store.hall_id, named_like(text, dialect=dialect))
    return or_(
        _of_case(session, store.hall_id, text),
        RegisterEntry.number.contains(text, autoescape=True),
        RegisterEntry.title.contains(text, autoescape=True),
        RegisterEntry.fields.contains(text, autoescape=True),
        RegisterEntry.person_id.in_(named),
    )


def _of_case(session: Session, hall_id: int, number: str) -> ColumnElement[bool]:
    """Entries of the case, whichever of its numbers was asked for; none where there is no such case."""
    try:
        subject, case_id, _ = case_numbered(session, hall_id, number)
    except NoSuchCaseNumber:
        return false()
    return and_(RegisterEntry.case_subject == subject, RegisterEntry.case_id == case_id)


def _index_of(store: Store, text: str) -> str | None:
    """The blind index of what may be an ID number or a credit code."""
    try:
        number = parse_id_number(text).number
    except BadNumber:
        try:
            number = parse_credit_code(text)
        except BadNumber:
            return None
    return id_number_index(store.key_ring, number)


@dataclass(frozen=True, slots=True)
class _Around:
    """What rows of a list need beside their records, read once for all of them."""

    declared: Registers
    names: Mapping[int, str]
    persons: Mapping[int, PersonView]
    papers: Mapping[int, DocumentView]
    numbers: Mapping[int, str]
    newer: Mapping[int, str]
    today: date


def _rows(
    session: Session, store: Store, actor: Actor, query: Select[tuple[RegisterEntry]], *, home: Path
) -> tuple[EntryRow, ...]:
    found = session.scalars(query).all()
    around = _around(session, store, found, home)
    return tuple(_row(actor, entry, store, around) for entry in found if entry.register in around.declared.versions)


def _around(session: Session, store: Store, found: Sequence[RegisterEntry], home: Path) -> _Around:
    keys = [entry.id for entry in found]
    older = [entry.corrects_id for entry in found if entry.corrects_id is not None]
    people = select(Person).where(Person.id.in_({entry.person_id for entry in found if entry.person_id}))
    papers = select(Document.id, Document.kind, Document.number, Document.issued_on).where(
        Document.id.in_({entry.document_id for entry in found if entry.document_id})
    )
    ids = {key for entry in found for key in (entry.entered_by, entry.closed_by) if key}
    number = select(RegisterEntry.id, RegisterEntry.number).where(RegisterEntry.id.in_(older))
    newer = select(RegisterEntry.corrects_id, RegisterEntry.number).where(RegisterEntry.corrects_id.in_(keys))
    return _Around(
        declared=registers(home),
        names=dict(session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids))).tuples().all()),
        persons={each.id: public_view(each, store.key_ring) for each in session.scalars(people)},
        papers={row[0]: DocumentView(*row) for row in session.execute(papers).tuples()},
        numbers=dict(session.execute(number).tuples().all()),
        newer={key: text for key, text in session.execute(newer).tuples() if key is not None},
        today=business_date(store.clock.now()),
    )


def _row(actor: Actor, entry: RegisterEntry, store: Store, around: _Around) -> EntryRow:
    register = register_of(around.declared, entry)
    newer = around.newer.get(entry.id, "")
    standing = standing_in(register, entry, corrected=bool(newer))
    personal = {key: masked(text) for key, text in personal_values(entry, store.key_ring).items()}
    return EntryRow(
        entry_id=entry.id,
        register=register,
        number=entry.number,
        day=entry.day,
        title=entry.title,
        values={**public_values(entry), **personal},
        person=around.persons.get(entry.person_id) if entry.person_id is not None else None,
        due_on=entry.due_on,
        standing=standing,
        light=light_of(standing, entry.due_on, today=around.today, warning_days=around.declared.warning_days),
        result=entry.result,
        closed_on=entry.closed_on,
        closed_by=around.names.get(entry.closed_by, "") if entry.closed_by is not None else "",
        entered_by=around.names.get(entry.entered_by, "系统"),
        voided_why=entry.voided_why,
        corrects=around.numbers.get(entry.corrects_id, "") if entry.corrects_id is not None else "",
        corrected_by=newer,
        document=around.papers.get(entry.document_id) if entry.document_id is not None else None,
        acts=_acts(actor, register, entry, standing),
    )


def _acts(actor: Actor, register: Register, entry: RegisterEntry, standing: Standing) -> tuple[RegisterAct, ...]:
    """What the state and the roles leave open; whoever entered it does not find its result where another has to."""
    closing = register.closing
    shut: set[RegisterAct] = set()
    own = entry.entered_by == actor.account_id or names_somebody(register, public_values(entry), actor.name)
    if closing is not None and (not concerns(closing.by, actor.roles) or (closing.another and own)):
        shut.add("close")
    if not concerns(register.enter_by, actor.roles):
        shut.add("correct")
    return tuple(act for act in ACTS[standing] if act not in shut and may(actor, _ACTIONS[act]))
