"""Due days of register entries: the result that an entry waits for."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.registers import Register
from hall.services.dues import Due, Looking
from hall.services.register_reading import STANDS
from hall.services.register_records import public_values, register_of, registers
from hall.services.subject_notices import Addressee
from hall.store.schema.people import Account
from hall.store.schema.registers import RegisterEntry


def register_dues(looking: Looking) -> Iterator[Due]:
    """Entries that wait for a result, with the colleagues whom they name, else with who entered them."""
    declared = registers(looking.home)
    warning_days = declared.warning_days
    query = select(RegisterEntry).where(
        RegisterEntry.hall_id == looking.hall_id,
        looking.only(RegisterEntry.id),
        RegisterEntry.due_on.between(*looking.days("result", warning_days=warning_days)),
        *STANDS,
    )
    for entry in looking.session.scalars(query.order_by(RegisterEntry.id)):
        register = register_of(declared, entry)
        if register.closing is None or entry.due_on is None:
            continue
        yield Due(
            subject="register_entry",
            subject_id=entry.id,
            due="result",
            due_on=entry.due_on,
            name=f"{register.name} {entry.number}",
            holders=_holders(looking.session, looking.hall_id, register, entry),
            warning_days=warning_days,
        )


def _holders(session: Session, hall_id: int, register: Register, entry: RegisterEntry) -> tuple[Addressee, ...]:
    """Where another hand finds the result, also those whom the register leaves it to."""
    values = public_values(entry)
    named = {values.get(each.key, "") for each in register.fields if each.kind == "staff"} - {""}
    people = _named(session, hall_id, named) or (entry.entered_by,)
    closing = register.closing
    roles = closing.by if closing is not None and closing.another else ()
    return (*map(Addressee, people), *(Addressee(role=role) for role in roles))


def _named(session: Session, hall_id: int, named: set[str]) -> tuple[int, ...]:
    """The accounts behind the names in fields for colleagues; of namesakes the one whose login stands there."""
    if not named:
        return ()
    query = select(Account.id, Account.display_name, Account.login).where(Account.hall_id == hall_id)
    rows = session.execute(query.order_by(Account.id)).tuples()
    return tuple(key for key, name, login in rows if name in named or f"{name}（{login}）" in named)
