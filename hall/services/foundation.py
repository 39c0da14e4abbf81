"""A new hall in the database, and what it needs before its first day: counters, schedules, a signing key."""

from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from hall.errors import Refused
from hall.rules.people import system_actor
from hall.services.calendar import shipped_calendar
from hall.services.receipts import new_signing_key
from hall.services.schedules import schedules_in_force, store_schedules
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.documents import SigningKey
from hall.store.schema.halls import Hall
from hall.store.schema.queueing import Counter


@dataclass(frozen=True, slots=True)
class HallDetails:
    """A hall as it is entered: `short_name` starts its document numbers (莲城管).

    `authority` is the bureau that decides and signs (本机关); a hall that is its own authority leaves it out.
    """

    code: str
    name: str
    short_name: str
    authority: str = ""
    address: str = ""
    phone: str = ""
    complaint_phone: str = ""


def enter_hall(engine: Engine, details: HallDetails) -> None:
    """Enter a hall of the district; the store of its first station can be opened after this."""
    with Session(engine) as session, session.begin():
        if session.scalar(select(Hall.id).where(Hall.code == details.code)) is not None:
            raise Refused(f"数据库里已有编码为“{details.code}”的大厅。")
        session.add(
            Hall(
                code=details.code,
                name=details.name,
                short_name=details.short_name,
                authority=details.authority or details.name,
                address=details.address,
                phone=details.phone,
                complaint_phone=details.complaint_phone,
            )
        )


@retried
def lay_foundation(store: Store, *, counters: int) -> None:
    """Counters 1 to `counters`, the shipped schedules and a signing key, as far as they are not there yet."""
    with store.work("hall.found", system_actor(store.hall_id)) as work:
        entered = _enter_counters(work, counters)
        years = _store_missing_years(work)
        key_id = "" if _has_key(work) else new_signing_key(work)
        work.audit("hall", counters=entered, years=years, signing_key=key_id)


def _enter_counters(work: Work, counters: int) -> list[int]:
    present = set(work.session.scalars(select(Counter.number).where(Counter.hall_id == work.hall_id)))
    wanted = [number for number in range(1, counters + 1) if number not in present]
    work.session.add_all(
        Counter(hall_id=work.hall_id, number=number, name=f"{number}号窗口", place="") for number in wanted
    )
    work.session.flush()
    return wanted


def _has_key(work: Work) -> bool:
    query = select(SigningKey.id).where(SigningKey.hall_id == work.hall_id, SigningKey.retired_at.is_(None))
    return work.session.scalar(query) is not None


def _store_missing_years(work: Work) -> list[int]:
    """A year the hall has loaded itself stays as it is."""
    present = {schedule.year for schedule in schedules_in_force(work.session, work.hall_id)}
    missing = tuple(each for each in shipped_calendar().schedules if each.year not in present)
    stored, _ = store_schedules(work, missing)
    return stored
