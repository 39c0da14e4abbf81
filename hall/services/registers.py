"""Registers (登记簿): something is entered, closed with its result, corrected by another entry, voided, printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.registers import (
    BadEntry,
    NotDeclared,
    Register,
    RegisterAct,
    check_act,
    check_closing,
    checked,
    concerns,
    due_on,
    entry_number,
    names_somebody,
)
from hall.services import issuing, papers_register, persons
from hall.services.clocks import calendar
from hall.services.issuing import Issued
from hall.services.papers_common import day_text, hall_block
from hall.services.penalty_head import addressee_of
from hall.services.persons import PersonDetails
from hall.services.reasons import reason_for, short_text
from hall.services.register_records import (
    SUBJECT,
    TOPIC,
    NoSuchEntry,
    OwnCase,
    case_numbered,
    check_texts,
    corrected_by,
    party_of,
    personal_values,
    public_values,
    register_of,
    registers,
    standing_in,
    stored_values,
)
from hall.services.review_parts import CaseKey, hands_of
from hall.services.subject_records import Detail, add_event, lock_subject, settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account, Person
from hall.store.schema.registers import RegisterEntry


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is entered: `day` is when it happened, `values` by the keys of the fields, the person apart."""

    register: str
    day: date
    values: Mapping[str, str] = field(repr=False)
    person: PersonDetails | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that was made; `sheet` where it is printed at once."""

    entry_id: int
    number: str
    due_on: date | None
    sheet: Issued | None


@dataclass(frozen=True, slots=True)
class _Link:
    """Whom and which case an entry is about."""

    person_id: int | None
    case_subject: str
    case_id: int | None


@retried
def enter(store: Store, actor: Actor, *, new: NewEntry, home: Path) -> Entered:
    """Enter something in a register. Raises NoSuchRegister, NotDeclared, BadEntry, NoSuchCaseNumber."""
    require(actor, "register.enter")
    with store.work("register.enter", actor) as work:
        made = enter_in(work, new, home=home)
        work.audit(f"{SUBJECT}:{made.entry_id}", register=new.register, number=made.number)
        return made


def enter_in(
    work: Work, new: NewEntry, *, home: Path, corrects: RegisterEntry | None = None, prints: bool = True
) -> Entered:
    """Within the caller's work, which audits it: what `enter` does; without its sheet unless it `prints`."""
    work.share("calendar")  # an import of a schedule must not miss the day by which it is due
    register = registers(home).in_force(new.register, business_date(work.now))
    if not concerns(register.enter_by, work.actor.roles):
        raise NotDeclared(register.name, "登记")
    if new.day > business_date(work.now):
        raise BadEntry(["日期不能晚于今天"])
    values = checked(register, new.values)
    check_texts(work.session, register, values, hall_id=work.hall_id)
    link = _link(work, register, values, new.person, corrects)
    entry = _entry(work, register, values, new=new, link=link)
    entry.corrects_id = corrects.id if corrects is not None else None
    work.session.add(entry)
    work.session.flush()
    _told(work, register, entry, "enter", corrects=entry.corrects_id)
    work.changed(TOPIC, str(entry.id))
    sheet = _issue(work, register, entry, home) if prints and register.sheet.now else None
    return Entered(entry.id, entry.number, entry.due_on, sheet)


@retried
def correct(store: Store, actor: Actor, *, entry_id: int, new: NewEntry, reason: str, home: Path) -> Entered:
    """Enter it anew in place of one that is wrong, which stays as it was; personal values left empty are kept.

    Raises CannotOnEntry and what `enter` raises.
    """
    require(actor, "register.enter")
    why = reason_for("更正登记", reason)
    with store.work("register.enter", actor) as work:
        entry, register = _for(work, entry_id, "correct", home)
        declared = registers(home).in_force(entry.register, business_date(work.now))
        kept = {key: text for key, text in personal_values(entry, work.key_ring).items() if declared.field(key)}
        given = {**kept, **{key: text for key, text in new.values.items() if text}}
        made = enter_in(work, NewEntry(entry.register, new.day, given, new.person), home=home, corrects=entry)
        _told(work, register, entry, "correct", note=why, by=made.entry_id)
        settle_subject(work, TOPIC, SUBJECT, entry_id, corrected_by=made.entry_id, reason=why)
        return made


@retried
def close(store: Store, actor: Actor, *, entry_id: int, result: str, note: str, closed_on: date, home: Path) -> None:
    """办结 with one of the register's results and a word on it.

    Raises CannotOnEntry, NotDeclared, ClosedByOther, OwnCase, BadEntry.
    """
    require(actor, "register.close")
    words = short_text(note)
    with store.work("register.close", actor) as work:
        entry, register = _for(work, entry_id, "close", home)
        if register.closing is not None and register.closing.apart:
            _check_apart(work, entry)
        own = entry.entered_by == actor.account_id or names_somebody(register, public_values(entry), actor.name)
        kept = check_closing(register, result, roles=actor.roles, own=own)
        if not entry.day <= closed_on <= business_date(work.now):
            raise BadEntry(["办结日期应在登记日期以后、今天以前"])
        entry.closed_on, entry.closed_by = closed_on, actor.account_id
        entry.result = f"{kept}：{words}" if words else kept
        _told(work, register, entry, "close", note=entry.result)
        settle_subject(work, TOPIC, SUBJECT, entry_id, result=kept)


@retried
def void(store: Store, actor: Actor, *, entry_id: int, reason: str, home: Path) -> None:
    """作废: it should never have been entered; it stays, and counts nowhere. Raises CannotOnEntry."""
    require(actor, "register.void")
    why = reason_for("作废登记", reason)
    with store.work("register.void", actor) as work:
        entry, register = _for(work, entry_id, "void", home)
        entry.voided_why = why
        _told(work, register, entry, "void", note=why)
        settle_subject(work, TOPIC, SUBJECT, entry_id, reason=why)


@retried
def print_sheet(store: Store, actor: Actor, *, entry_id: int, home: Path) -> Issued:
    """The sheet of the entry as it stands now. Raises CannotOnEntry."""
    require(actor, "register.enter")
    with store.work("register.enter", actor) as work:
        entry, register = _for(work, entry_id, "print", home)
        issued = _issue(work, register, entry, home)
        settle_subject(work, TOPIC, SUBJECT, entry_id, sheet=issued.document_id)
        return issued


def _for(work: Work, entry_id: int, act: RegisterAct, home: Path) -> tuple[RegisterEntry, Register]:
    """The entry, locked, if the act is open and the actor sees its register."""
    work.share("calendar")
    lock_subject(work, SUBJECT, entry_id)
    entry = work.session.get(RegisterEntry, entry_id)
    if entry is None or entry.hall_id != work.hall_id:
        raise NoSuchEntry
    register = register_of(registers(home), entry)
    if not concerns(register.read_by, work.actor.roles):
        raise NoSuchEntry
    newer = corrected_by(work.session, entry_id)
    check_act(act, standing_in(register, entry, corrected=newer is not None))
    return entry, register


def _check_apart(work: Work, entry: RegisterEntry) -> None:
    """Raises OwnCase: the actor had a part in the case that the entry names."""
    if entry.case_id is None:
        return
    key: CaseKey = ("penalty_case" if entry.case_subject == "penalty_case" else "permit_case", entry.case_id)
    if work.actor.account_id in hands_of(work.session, (key,))[key]:
        raise OwnCase


def _link(
    work: Work,
    register: Register,
    values: Mapping[str, str],
    person: PersonDetails | None,
    corrects: RegisterEntry | None,
) -> _Link:
    """Who was given, else whom the corrected entry is about, else the party of the case. Raises BadEntry.

    Whom the corrected entry had from a case that is no longer the one is not kept.
    """
    subject, case_id, party_id = "", None, None
    case = register.of_kind("case")
    if case is not None and (number := values.get(case.key)):
        subject, case_id, party_id = case_numbered(work.session, work.hall_id, number)
    wanted = register.of_kind("person")
    if wanted is None:
        return _Link(None, subject, case_id)
    kept = corrects.person_id if corrects is not None else None
    if corrects is not None and (corrects.case_subject, corrects.case_id) != (subject, case_id):
        kept = None if kept == party_of(work.session, corrects) else kept
    person_id = persons.record_details(work, person) if person is not None else kept
    if person_id is None and wanted.required:
        raise BadEntry([f"没有填写{wanted.label}"])
    return _Link(person_id if person_id is not None else party_id, subject, case_id)


def _entry(work: Work, register: Register, values: Mapping[str, str], *, new: NewEntry, link: _Link) -> RegisterEntry:
    public, sealed = stored_values(register, values, work.key_ring)
    year = business_date(work.now).year
    return RegisterEntry(
        hall_id=work.hall_id,
        register=register.code,
        number=entry_number(
            work.session.get_one(Hall, work.hall_id).short_name,
            register.mark,
            year=year,
            serial=work.next_number(f"register/{register.mark}", str(year)),
        ),
        day=new.day,
        title=_title(work, register, values, link.person_id),
        fields=public,
        sealed=sealed,
        person_id=link.person_id,
        case_subject=link.case_subject,
        case_id=link.case_id,
        due_on=due_on(register, values, business_date(work.now), calendar=calendar(work)),
        due_workdays=register.due_days if register.due_unit == "workday" else None,
        entered_at=work.now,
        entered_by=work.actor.account_id,
    )


def _title(work: Work, register: Register, values: Mapping[str, str], person_id: int | None) -> str:
    wanted = register.field(register.title)
    if wanted is not None and wanted.kind == "person" and person_id is not None:
        return persons.public_view(work.session.get_one(Person, person_id), work.key_ring).name_masked
    return values[register.title]


def _told(
    work: Work, register: Register, entry: RegisterEntry, kind: str, *, note: str = "", **detail: int | None
) -> None:
    corrected = kind == "correct"
    told: Detail = {"register": register.code, **{key: value for key, value in detail.items() if value is not None}}
    work.session.flush()
    add_event(
        work,
        SUBJECT,
        entry.id,
        kind,
        state=standing_in(register, entry, corrected=corrected),
        note=note,
        detail=told,
        document_id=entry.document_id if kind == "print" else None,
    )


def _issue(work: Work, register: Register, entry: RegisterEntry, home: Path) -> Issued:
    content = papers_register.register_sheet(
        hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name),
        title=register.sheet.title,
        entry_number=entry.number,
        rows=[(label, text) for label, text in _rows(work, register, entry) if text],
        signs=register.sheet.signs,
        says=register.sheet.says,
    )
    issued = issuing.issue(work, case_id=None, kind="register_sheet", content=content, home=home)
    entry.document_id = issued.document_id
    _told(work, register, entry, "print")
    return issued


def _rows(work: Work, register: Register, entry: RegisterEntry) -> list[tuple[str, str]]:
    """What the sheet tells, in the order of the form; the person in full, for it is handed over or filed."""
    values = {**public_values(entry), **personal_values(entry, work.key_ring)}
    rows = [("登记日期", day_text(entry.day))]
    for each in register.fields:
        if each.kind == "person":
            rows.extend(_person_rows(work, each.label, entry.person_id))
        elif each.kind == "day" and values.get(each.key):
            rows.append((each.label, day_text(date.fromisoformat(values[each.key]))))
        else:
            rows.append((each.label, values.get(each.key, "")))
    if register.closing is not None:
        if not register.due_field:
            rows.append(("办理期限", day_text(entry.due_on)))
        rows.append((register.closing.words, entry.result))
        rows.append(("办结", _closed(work, entry)))
    if entry.corrects_id is not None:
        old = work.session.get_one(RegisterEntry, entry.corrects_id)
        rows.append(("更正", f"本条更正 {old.number}"))
    return rows


def _person_rows(work: Work, label: str, person_id: int | None) -> list[tuple[str, str]]:
    if person_id is None:
        return []
    who = addressee_of(work, person_id)
    return [(label, who.name), ("证件", who.identity if who.number else ""), ("联系电话", who.phone)]


def _closed(work: Work, entry: RegisterEntry) -> str:
    if entry.closed_on is None or entry.closed_by is None:
        return ""
    return f"{day_text(entry.closed_on)}，{work.session.get_one(Account, entry.closed_by).display_name}"
