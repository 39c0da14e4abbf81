"""Entries of a register taken from a file: all of them or none, without a sheet for each."""

from collections.abc import Sequence
from pathlib import Path

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.imports import BadRows
from hall.rules.people import Actor
from hall.rules.registers import Register
from hall.rules.registers_file import EntryLine, NamedPerson
from hall.services.persons import PersonDetails
from hall.services.registers import NewEntry, enter_in
from hall.store import Store, Work
from hall.store.retrying import retried


@retried
def import_entries(
    store: Store, actor: Actor, *, register: Register, lines: Sequence[EntryLine], home: Path
) -> tuple[str, ...]:
    """Enter every line; gives the numbers. Raises BadRows with what the hall does not know of any of them."""
    require(actor, "register.enter")
    with store.work("register.enter", actor) as work:
        bad: list[tuple[int, str]] = []
        numbers = [_enter(work, register, line, home=home, bad=bad) for line in lines]
        if bad:
            raise BadRows(register.name, bad)
        work.audit(f"register:{register.code}", imported=len(numbers))
        return tuple(numbers)


def _enter(work: Work, register: Register, line: EntryLine, *, home: Path, bad: list[tuple[int, str]]) -> str:
    new = NewEntry(register.code, line.day, line.values, _details(line.person))
    try:
        return enter_in(work, new, home=home, prints=False).number
    except (Refused, Missing) as fault:
        bad.append((line.line, str(fault)))
        return ""


def _details(person: NamedPerson | None) -> PersonDetails | None:
    if person is None:
        return None
    return PersonDetails(person.kind, person.name, id_number=person.number, phone=person.phone)
