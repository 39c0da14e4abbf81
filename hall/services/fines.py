"""The ledger of a fine: the only writer of `fine_entry`, and what is owed by it on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.fine_days import DayLine, day_by_day
from hall.rules.fine_entries import Growth, check_entry, numbered_after
from hall.rules.fine_values import Value, values
from hall.rules.fines import AGREEMENT, UNTOLD, Entry, EntryKind, FinePosition, Part, position
from hall.rules.timelimits import LimitRequest, compute
from hall.services import clocks
from hall.services.calendar import shipped_limits
from hall.services.penalty_terms import penalty_terms
from hall.store import Work
from hall.store.schema.fines import ExecutionAgreement, FineEntry, FinePart
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision

PAYMENT, SURCHARGE = "fine.payment", "fine.surcharge"
"""Rules of `timelimits.csv`."""


class NoSchedule(Refused):
    """The last day to pay lies in a year whose holidays are not known yet."""

    def __init__(self, lacking: str) -> None:
        super().__init__(f"缴款期限算不出来：{lacking}。请先导入放假安排，再登记送达。")


@dataclass(frozen=True, slots=True)
class Credited:
    """A payment in the ledger; `excess_fen` of it is beyond what was owed and is to be given back."""

    entry_id: int
    excess_fen: int


def impose(work: Work, case: PenaltyCase, *, decision: PenaltyDecision, served_on: date, home: Path) -> int | None:
    """Begin the ledger when a decision is served; None where it imposes no fine. Raises BadEntry the second time,
    NoSchedule.

    The last day to pay is the fifteenth after service, the next workday where that rests (行政处罚法 67(3)).
    """
    if not decision.fine_fen:
        return None
    cause = "" if decision.surcharge_told else UNTOLD
    due = pay_by(work, served_on)
    return add(
        work, case, Entry(0, "impose", due, decision.fine_fen, cause=cause), reference=decision.number, home=home
    )


def credit(
    work: Work, case: PenaltyCase, *, fen: int, day: date, reference: str, cause: str = "", home: Path
) -> Credited:
    """Write a payment of `day` (`cause`: bank, cash, …; `reference`: the bank's or the receipt's number).

    Raises BadEntry for no amount, a day that has not come, or a decision that is not served yet.
    """
    before = entries_of(work.session, case.id)
    entry_id = add(work, case, Entry(0, "pay", day, fen, cause=cause), reference=reference, home=home)
    growth, today = growth_of(before, home), business_date(work.now)
    now = growth.position(entries_of(work.session, case.id), today)
    settle_agreement(work, case, now)
    return Credited(entry_id, max(0, now.over_fen - growth.position(before, today).over_fen))


def reverse(work: Work, case: PenaltyCase, *, entry_id: int, day: date, reference: str, home: Path) -> int:
    """Take a payment back that the bank took back: it was never made. Raises BadEntry."""
    paid = next((entry for entry in entries_of(work.session, case.id) if entry.id == entry_id), None)
    fen = paid.fen if paid else 0
    written = add(work, case, Entry(0, "reverse", day, fen, reverses=entry_id), reference=reference, home=home)
    now = position_of(work.session, case, on=business_date(work.now), home=home)
    assert now is not None
    settle_agreement(work, case, now)
    return written


def refund(work: Work, case: PenaltyCase, *, fen: int, day: date, reference: str, home: Path) -> int:
    """Give back what was paid too much; raises BadEntry for more than that."""
    return add(work, case, Entry(0, "refund", day, fen), reference=reference, home=home)


def add(work: Work, case: PenaltyCase, new: Entry, *, reference: str = "", home: Path) -> int:
    """Write an entry with its parts; its key. Raises BadEntry for what contradicts the ledger or law."""
    entries = entries_of(work.session, case.id)
    growth = growth_of((*entries, new), home)
    check_entry(entries, numbered_after(entries, new), today=business_date(work.now), growth=growth)
    row = FineEntry(
        hall_id=work.hall_id,
        case_id=case.id,
        kind=new.kind,
        day=new.day,
        fen=new.fen,
        reverses_id=new.reverses,
        cause=new.cause,
        reference=reference,
        at=work.now,
        account_id=work.actor.account_id,
    )
    work.session.add(row)
    work.session.flush()
    for number, part in enumerate(new.parts, 1):
        work.session.add(
            FinePart(hall_id=work.hall_id, entry_id=row.id, position=number, due_on=part.due_on, fen=part.fen)
        )
    work.session.flush()
    return row.id


def position_of(session: Session, case: PenaltyCase, *, on: date, home: Path) -> FinePosition | None:
    """What is owed `on` a day; None where no fine was imposed, or its decision is not served yet."""
    entries = entries_of(session, case.id)
    if not entries:
        return None
    growth = growth_of(entries, home)
    return position(entries, on=on, terms=growth.terms, surcharge=growth.surcharge)


def days_of(session: Session, case: PenaltyCase, *, on: date, home: Path) -> tuple[DayLine, ...]:
    """What was added to the fine day by day, up to `on`."""
    entries = entries_of(session, case.id)
    if not entries:
        return ()
    growth = growth_of(entries, home)
    return day_by_day(entries, on=on, terms=growth.terms, surcharge=growth.surcharge)


def entries_of(session: Session, case_id: int) -> tuple[Entry, ...]:
    """The ledger in the order it was written."""
    return ledgers(session, (case_id,)).get(case_id, ())


def ledgers(session: Session, case_ids: Iterable[int]) -> dict[int, tuple[Entry, ...]]:
    """The ledgers of cases in two reads; a case without a fine is not in it."""
    keys = list(case_ids)
    rows = session.scalars(select(FineEntry).where(FineEntry.case_id.in_(keys)).order_by(FineEntry.id)).all()
    parts = _parts(session, rows)
    found: dict[int, list[Entry]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(_entry(row, parts.get(row.id, ())))
    return {case_id: tuple(entries) for case_id, entries in found.items()}


def owing(session: Session, case_ids: Iterable[int], *, on: date, home: Path) -> dict[int, Value]:
    """What is to be paid in each of many cases `on` a day; a case without a fine is not in it."""
    found = ledgers(session, case_ids)
    by_day: dict[date, list[int]] = {}
    for case_id, entries in found.items():
        by_day.setdefault(entries[0].day, []).append(case_id)
    valued: dict[int, Value] = {}
    for keys in by_day.values():
        growth = growth_of(found[keys[0]], home)
        sums = values([found[key] for key in keys], on=on, terms=growth.terms, surcharge=growth.surcharge)
        valued.update(zip(keys, sums, strict=True))
    return valued


def growth_of(entries: Sequence[Entry], home: Path) -> Growth:
    """By which terms this fine grows: those in force on its first last day to pay."""
    day = entries[0].day
    return Growth(penalty_terms(home, day), shipped_limits().surcharge(SURCHARGE, day))


def pay_by(work: Work, served_on: date) -> date:
    """The last day to pay a fine whose decision was received on a day (行政处罚法 67(3))."""
    rule = shipped_limits().limit(PAYMENT, served_on)
    limit = compute(clocks.calendar(work), rule, LimitRequest(start=served_on))
    if not isinstance(limit.due, date):
        raise NoSchedule(limit.pending or "")
    return limit.due


def settle_agreement(work: Work, case: PenaltyCase, now: FinePosition) -> None:
    """An agreement is kept once everything is paid, and goes on again where the bank takes a payment back."""
    if now.plan != AGREEMENT:
        return
    was, is_ = ("active", "kept") if not now.balance_fen else ("kept", "active")
    query = select(ExecutionAgreement).where(ExecutionAgreement.case_id == case.id, ExecutionAgreement.state == was)
    agreement = work.session.scalar(query.order_by(ExecutionAgreement.id.desc()).limit(1))
    if agreement is not None:
        agreement.state, agreement.ended_on = is_, None if is_ == "active" else now.on


def _parts(session: Session, rows: Sequence[FineEntry]) -> dict[int, tuple[Part, ...]]:
    planned = [row.id for row in rows if row.kind == "plan"]
    found: dict[int, list[Part]] = {}
    if planned:
        query = select(FinePart).where(FinePart.entry_id.in_(planned)).order_by(FinePart.position)
        for part in session.scalars(query):
            found.setdefault(part.entry_id, []).append(Part(part.due_on, part.fen))
    return {entry_id: tuple(parts) for entry_id, parts in found.items()}


def _entry(row: FineEntry, parts: tuple[Part, ...]) -> Entry:
    return Entry(row.id, cast(EntryKind, row.kind), row.day, row.fen, row.reverses_id, row.cause, parts)
