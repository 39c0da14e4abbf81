"""Entries of a register taken from a file: all of them or none, without a sheet for each."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.imports import BadRows
from hall.rules.people import Actor
from hall.rules.registers import Register
from hall.rules.registers_file import EntryLine, NamedPerson
from hall.services.persons import PersonDetails, lock_numbers
from hall.services.registers import NewEntry, enter_in
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.people import Person
from hall.store.schema.registers import RegisterEntry

_Same = tuple[date, str, str | None, str | None, str | None]
"""Day and public fields of an entry; name, number and telephone of its person."""
# A person without a number is a new record each time: the record's key would tell nothing.
_SAME = select(
    RegisterEntry.day, RegisterEntry.fields, Person.name, Person.id_number_index, Person.phone_index
).outerjoin(Person, Person.id == RegisterEntry.person_id)


@retried
def import_entries(
    store: Store, actor: Actor, *, register: Register, lines: Sequence[EntryLine], home: Path
) -> tuple[str, ...]:
    """Enter every line; gives the numbers. Raises BadRows with what the hall does not know of any of them."""
    require(actor, "register.enter")
    with store.work("register.enter", actor) as work:
        work.share("calendar")
        work.lock(f"register-import/{register.code}")
        lock_numbers(work, *(line.person.number for line in lines if line.person is not None))
        known, bad = _known(work, register), list[tuple[int, str]]()
        numbers = [_enter(work, register, line, home=home, known=known, bad=bad) for line in lines]
        if bad:
            raise BadRows(register.name, bad)
        work.audit(f"register:{register.code}", imported=len(numbers))
        return tuple(numbers)


def _known(work: Work, register: Register) -> set[_Same]:
    """What stands in the register or was corrected in it: the same file is not taken twice."""
    query = _SAME.where(
        RegisterEntry.hall_id == work.hall_id, RegisterEntry.register == register.code, RegisterEntry.voided_why == ""
    )
    return set(work.session.execute(query).tuples())


def _enter(
    work: Work, register: Register, line: EntryLine, *, home: Path, known: set[_Same], bad: list[tuple[int, str]]
) -> str:
    new = NewEntry(register.code, line.day, line.values, _details(line.person))
    try:
        made = enter_in(work, new, home=home, prints=False)
    except (Refused, Missing) as fault:
        bad.append((line.line, str(fault)))
        return ""
    if work.session.execute(_SAME.where(RegisterEntry.id == made.entry_id)).tuples().one() in known:
        bad.append((line.line, "登记簿里已经有同样的一条，请删去这一行"))
    return made.number


def _details(person: NamedPerson | None) -> PersonDetails | None:
    if person is None:
        return None
    return PersonDetails(person.kind, person.name, id_number=person.number, phone=person.phone)
