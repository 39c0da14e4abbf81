"""The file of a register's entries: text in, entries out by the register's own columns, every bad row named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hall.errors import Refused
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.identity import BadNumber, parse_credit_code, parse_id_number, parse_phone
from hall.rules.imports import BadRow, BadRows
from hall.rules.registers import DAY, BadEntry, Register, RegisterField, checked


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Whom a line names; `kind` as the number tells it, a resident where there is none."""

    kind: str
    name: str = field(repr=False)
    number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One row: where it stands, and what it says."""

    line: int
    day: date
    values: Mapping[str, str] = field(repr=False)
    person: NamedPerson | None


def columns_of(register: Register) -> tuple[Column, ...]:
    """日期, then each field by its label; a person has two more, for number and telephone."""
    columns = [Column(DAY, ("日期",))]
    for each in register.fields:
        columns.append(Column(each.key, (each.label,), required=each.required))
        if each.kind == "person":
            columns.append(Column(_number_key(each), (f"{each.label}证件号码",), required=False))
            columns.append(Column(_phone_key(each), (f"{each.label}电话",), required=False))
    return tuple(columns)


def parse_entries(text: str, register: Register) -> tuple[EntryLine, ...]:
    """All entries of a decoded file, in file order; raises BadRows with every fault of every row."""
    table = read_table(text, columns_of(register), file_title=register.name)
    bad_rows = list(table.bad_rows)
    lines = []
    for line in table.lines:
        reasons: list[str] = []
        lines.append(_entry(register, line, reasons))
        bad_rows.extend(BadRow(line.number, reason) for reason in reasons)
    if found := bad_rows or _twice(lines):
        raise BadRows(register.name, found)
    return tuple(lines)


def _twice(lines: Sequence[EntryLine]) -> list[BadRow]:
    """Rows that say the same as one before."""
    seen: dict[tuple[date, tuple[tuple[str, str], ...], NamedPerson | None], int] = {}
    found = []
    for each in lines:
        first = seen.setdefault((each.day, tuple(sorted(each.values.items())), each.person), each.line)
        if first != each.line:
            found.append(BadRow(each.line, f"与第{first}行重复，请只留一行"))
    return found


def _entry(register: Register, line: Line, reasons: list[str]) -> EntryLine:
    wanted = register.of_kind("person")
    given = {each.key: line.cells.get(each.key, "") for each in register.fields if each is not wanted}
    try:
        values = checked(register, given)
    except BadEntry as bad:
        values = {}
        reasons.extend(bad.faults)
    person = _person(wanted, line, reasons) if wanted is not None else None
    return EntryLine(line.number, _day(line.cells[DAY], reasons), values, person)


def _day(text: str, reasons: list[str]) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        reasons.append("日期不是日期，请写成 2026-11-23")
        return date.min


def _person(wanted: RegisterField, line: Line, reasons: list[str]) -> NamedPerson | None:
    name = line.cells.get(wanted.key, "")
    if not name:
        if wanted.required:
            reasons.append(f"没有填写{wanted.label}")
        return None
    try:
        phone = line.cells.get(_phone_key(wanted), "")
        kind, number = _numbered(line.cells.get(_number_key(wanted), ""))
        return NamedPerson(kind, name, number, parse_phone(phone) if phone else "")
    except Refused as bad:
        reasons.append(str(bad))
        return None


def _numbered(text: str) -> tuple[str, str]:
    """Kind and number: a resident's or foreigner's as it says, else an organisation's credit code."""
    if not text:
        return "resident", ""
    try:
        told = parse_id_number(text)
    except BadNumber as bad:
        try:
            return "organisation", parse_credit_code(text)
        except BadNumber:
            raise bad from None
    return told.kind, told.number


def _number_key(each: RegisterField) -> str:
    return f"{each.key}_number"


def _phone_key(each: RegisterField) -> str:
    return f"{each.key}_phone"
