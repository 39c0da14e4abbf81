"""Registers (登记簿): what one is declared to hold, what an entry must say, how it stands, what may be done with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from hall.errors import Missing, Refused
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.identity import mask_name, mask_phone
from hall.rules.lights import Light
from hall.rules.versions import Versions

FieldKind = Literal["text", "note", "day", "number", "choice", "person", "case", "staff", "unit"]
FIELD_KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
DueUnit = Literal["day", "workday"]

Standing = Literal["open", "kept", "closed", "corrected", "void"]
"""open: waits for its result; kept: a record that nothing is waited for."""

RegisterAct = Literal["close", "correct", "void", "print"]
ACTS: Mapping[Standing, tuple[RegisterAct, ...]] = {
    "open": ("close", "print", "correct", "void"),
    "kept": ("print", "correct", "void"),
    "closed": ("print", "correct", "void"),
    "corrected": (),
    "void": (),
}
"""What may be done with an entry, the usual thing first."""

DAY = "day"
"""The column of an entry's day: no field may be named so."""

LONGEST: Mapping[FieldKind, int] = {"note": 1000}
LONGEST_LINE = 100
_MASKED_FROM = 7
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_STANDINGS: Mapping[Standing, str] = {
    "open": "还没有办结",
    "kept": "不需要办结",
    "closed": "已经办结",
    "corrected": "已被更正，请选更正它的那一条",
    "void": "已经作废",
}


@dataclass(frozen=True, slots=True)
class RegisterField:
    """A field of a register; a personal one is sealed, masked on screens and never in an export in clear."""

    key: str
    label: str
    kind: FieldKind
    required: bool = False
    personal: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """How an entry ends: the word of the deed, the results it may have, which roles find it.

    `another`: not who entered it, nor a colleague whom it names; `apart`: nobody who had a part in the case.
    """

    words: str
    results: tuple[str, ...]
    by: tuple[str, ...] = ()
    another: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed of an entry: title, who signs, what is said below; `now`: as soon as it is entered."""

    title: str
    signs: tuple[str, ...]
    says: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A register as it is declared from a day on; `source` says by whom, `basis` on what it rests.

    It is due on the day in `due_field`, or `due_days` after the entry. `read_by` and `enter_by` name roles; empty:
    whoever may use registers at all.
    """

    code: str
    name: str
    group: str
    mark: str
    effective_from: date
    source: str
    basis: str
    title: str
    fields: tuple[RegisterField, ...]
    sheet: Sheet
    closing: Closing | None = None
    due_field: str = ""
    due_days: int | None = None
    due_unit: DueUnit = "day"
    read_by: tuple[str, ...] = ()
    enter_by: tuple[str, ...] = ()

    def field(self, key: str) -> RegisterField | None:
        """The field with the key."""
        return next((each for each in self.fields if each.key == key), None)

    def of_kind(self, kind: FieldKind) -> RegisterField | None:
        """The first field of a kind; of a person and of a case a register has one at most."""
        return next((each for each in self.fields if each.kind == kind), None)


class NoSuchRegister(Missing):
    """No register is declared by this code."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        super().__init__(f"没有编码为 {code} 的登记簿。现有：{'、'.join(known)}。")


class BadEntry(Refused):
    """What was entered does not fit the register; names every fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{'；'.join(faults)}。请改正后再试。")


class CannotOnEntry(Refused):
    """The entry does not stand as it has to for this."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(f"这一条登记{_STANDINGS[standing]}，不能这样办理。请刷新后再看。")


class NotDeclared(Refused):
    """The register leaves this to other roles."""

    def __init__(self, register: str, deed: str) -> None:
        super().__init__(f"登记簿“{register}”没有把{deed}交给您的岗位，请交有权限的同事办理。")


class ClosedByOther(Refused):
    """Whoever entered it, or is named in it, does not find its result."""

    def __init__(self) -> None:
        super().__init__("这一条由您登记，或者写明由您负责，结果要由另一人核实后登记。请交同事办理。")


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers in their order, each in its versions; an entry is yellow from `warning_days` before its day on."""

    versions: Mapping[str, Versions[Register]]
    warning_days: int

    def in_force(self, code: str, day: date) -> Register:
        """The register as it is declared on a day. Raises NoSuchRegister."""
        found = self.versions.get(code)
        if found is None:
            raise NoSuchRegister(code, tuple(self.versions))
        return found.in_force(day)

    def all_on(self, day: date) -> tuple[Register, ...]:
        """Every register as it is declared on a day."""
        return tuple(each.in_force(day) for each in self.versions.values())


def concerns(declared: Sequence[str], roles: frozenset[str]) -> bool:
    """Whether somebody with these roles is meant; nobody named means everybody."""
    return not declared or not roles.isdisjoint(declared)


def checked(register: Register, given: Mapping[str, str]) -> dict[str, str]:
    """The values as they are kept, empty ones left out; a person is not among them. Raises BadEntry with all faults.

    A day is ISO 8601, a number plain decimals, a choice one of its words.
    """
    known = {each.key for each in register.fields}
    faults = [f"没有“{key}”这一项" for key in given if key not in known]
    values: dict[str, str] = {}
    for each in register.fields:
        if each.kind == "person":
            continue
        text = given.get(each.key, "").strip()
        if each.kind != "note":
            text = " ".join(text.split())
        if fault := _fault(each, text):
            faults.append(fault)
        elif text:
            values[each.key] = text
    if faults:
        raise BadEntry(faults)
    return values


def due_on(register: Register, values: Mapping[str, str], day: date, *, calendar: WorkCalendar) -> date | None:
    """By when an entry of a day wants its result; None: there is no such day, or its schedule is not known yet.

    The day of the entry is day 0 (民法典第二百零一条); nothing is rolled past rest days.
    """
    if register.due_field:
        text = values.get(register.due_field, "")
        return date.fromisoformat(text) if text else None
    if register.due_days is None:
        return None
    if register.due_unit == "day":
        return day + timedelta(days=register.due_days)
    return due_in_workdays(day, register.due_days, calendar=calendar)


def due_in_workdays(day: date, workdays: int, *, calendar: WorkCalendar) -> date | None:
    """The day so many workdays after another; None while its schedule is not known."""
    try:
        return calendar.add_workdays(day, workdays)
    except ScheduleMissing:
        return None


def standing_of(register: Register, *, closed: bool, voided: bool, corrected: bool) -> Standing:
    """How an entry stands."""
    if voided:
        return "void"
    if corrected:
        return "corrected"
    if closed:
        return "closed"
    return "kept" if register.closing is None else "open"


def check_act(act: RegisterAct, standing: Standing) -> None:
    """Raises CannotOnEntry."""
    if act not in ACTS[standing]:
        raise CannotOnEntry(standing)


def check_closing(register: Register, result: str, *, roles: frozenset[str], own: bool) -> str:
    """The result as it is kept. Raises BadEntry, NotDeclared or ClosedByOther."""
    closing = register.closing
    assert closing is not None
    if not concerns(closing.by, roles):
        raise NotDeclared(register.name, closing.words)
    if closing.another and own:
        raise ClosedByOther
    if result not in closing.results:
        raise BadEntry([f"结果要在{'、'.join(closing.results)}中选"])
    return result


def names_somebody(register: Register, values: Mapping[str, str], name: str) -> bool:
    """Whether a field for a colleague names somebody; a namesake stands there with the login in brackets."""
    told = (values.get(each.key, "") for each in register.fields if each.kind == "staff")
    return any(text == name or text.startswith(f"{name}（") for text in told)


def light_of(standing: Standing, due: date | None, *, today: date, warning_days: int) -> Light | None:
    """How soon the result is wanted; None where nothing is waited for."""
    if standing != "open" or due is None:
        return None
    left = (due - today).days
    if left < 0:
        return "over_statutory"
    if left == 0:
        return "today"
    return "warning" if left <= warning_days else "normal"


def masked(text: str) -> str:
    """A personal value as screens show it: a telephone number by its ends, a name by its first character."""
    digits = sum(char.isdigit() for char in text)
    return mask_phone(text) if digits >= _MASKED_FROM else mask_name(text)


def entry_number(agency: str, mark: str, *, year: int, serial: int) -> str:
    """莲城管三包〔2026〕1号; the serial starts again each year in each register."""
    return f"{agency}{mark}〔{year}〕{serial}号"


def summary(register: Register, shown: Mapping[str, str]) -> str:
    """The fields beside the title in one line, as far as they say something."""
    told = (shown.get(each.key, "") for each in register.fields if each.key != register.title)
    return "　".join(text.replace("\n", " ") for text in told if text)


def _fault(field: RegisterField, text: str) -> str:
    if not text:
        return f"没有填写{field.label}" if field.required else ""
    longest = LONGEST.get(field.kind, LONGEST_LINE)
    if len(text) > longest:
        return f"{field.label}最多 {longest} 个字"
    if field.kind == "day" and not _is_day(text):
        return f"{field.label}不是日期，请写成 2026-11-23"
    if field.kind == "number" and not _NUMBER.fullmatch(text):
        return f"{field.label}不是数"
    if field.kind == "choice" and text not in field.choices:
        return f"{field.label}要在{'、'.join(field.choices)}中选"
    return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
