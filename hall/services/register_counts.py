"""What the registers come to in a period: entered, closed, in time, and what waits past its day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from hall.store.schema.registers import RegisterEntry


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """Of one register. `in_time` of `closed_due` closed ones that had a day; `late` are open past it.

    `late` is counted on the last day of the period. What was voided or corrected by another entry counts nowhere.
    """

    entered: int
    closed: int
    in_time: int
    closed_due: int
    late: int


def counts_by_register(session: Session, *, hall_id: int, first: date, last: date) -> dict[str, RegisterCounts]:
    """Each register by its code; those without any entry are not there."""
    codes = session.scalars(select(RegisterEntry.register).where(RegisterEntry.hall_id == hall_id).distinct())
    return {code: _counts(session, hall_id, code, first=first, last=last) for code in sorted(codes)}


def _counts(session: Session, hall_id: int, code: str, *, first: date, last: date) -> RegisterCounts:
    newer = aliased(RegisterEntry)
    stands = (
        RegisterEntry.hall_id == hall_id,
        RegisterEntry.voided_why == "",
        ~select(newer.id).where(newer.corrects_id == RegisterEntry.id).exists(),
        RegisterEntry.register == code,
    )

    def count(*conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(RegisterEntry).where(*stands, *conditions)) or 0

    closed = RegisterEntry.closed_on.between(first, last)
    return RegisterCounts(
        entered=count(RegisterEntry.day.between(first, last)),
        closed=count(closed),
        in_time=count(closed, RegisterEntry.closed_on <= RegisterEntry.due_on),
        closed_due=count(closed, RegisterEntry.due_on.is_not(None)),
        late=count(
            RegisterEntry.day <= last,
            RegisterEntry.due_on < last,
            (RegisterEntry.closed_on.is_(None)) | (RegisterEntry.closed_on > last),
        ),
    )
