"""The bank's lines, the notices and the cash as the cashier's page lists them: one by one, no sum of the hall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.calendar import WorkCalendar
from hall.rules.lights import Light
from hall.rules.people import Actor
from hall.rules.timelimits import Limit
from hall.services import cash, fines, payment_notices
from hall.services.paper_head import name_of
from hall.services.persons import public_view
from hall.services.schedules import calendar_in_force
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.payments import CashCollection, PaymentLine, PaymentNotice
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Person

Told = Mapping[int, tuple[str, str]]
"""Case → its number and its party, masked."""
LISTED = 500
"""So many lines that are done with are shown, the newest; the others are found by their case."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the bank, amounts in fen; `case_number` and the masked party where it has a case."""

    line_id: int
    reference: str
    pay_code: str
    decision_number: str
    fen: int
    paid_on: date
    outcome: str
    excess_fen: int
    note: str
    case_id: int | None
    case_number: str
    party_masked: str
    credited: bool
    settled_on: date | None
    settled_by: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice that is not paid, amount in fen."""

    notice_id: int
    document_id: int | None
    number: str
    pay_code: str
    fen: int
    due_on: date
    light: Light
    issued_on: date
    case_id: int
    case_number: str
    party_masked: str


@dataclass(frozen=True, slots=True)
class CashRow:
    """Cash that is not in the bank, amount in fen. `due`: the last day of the step it waits for."""

    collection_id: int
    receipt_number: str
    ground: str
    fen: int
    collected_on: date
    collected_by: str
    handed_in_on: date | None
    handed_in_to: str
    due: date | None
    light: Light
    law: str
    case_id: int
    case_number: str
    party_masked: str


def lines(store: Store, actor: Actor, *, settled: bool) -> tuple[LineView, ...]:
    """Lines that wait for the cashier, the oldest first, or those that are done with, the newest first (`LISTED`)."""
    require(actor, "penalty.read")
    own = PaymentLine.hall_id == actor.hall_id
    waiting = select(PaymentLine).where(own, PaymentLine.settled_on.is_(None)).order_by(PaymentLine.id)
    done = select(PaymentLine).where(own, PaymentLine.settled_on.is_not(None)).order_by(PaymentLine.id.desc())
    with store.read(actor) as session:
        rows = session.scalars(done.limit(LISTED) if settled else waiting).all()
        told = _told(session, store, [row.case_id for row in rows if row.case_id is not None])
        return tuple(_line(session, row, told) for row in rows)


def notices(store: Store, actor: Actor, *, home: Path) -> tuple[NoticeRow, ...]:
    """Notices that wait to be paid, by their last day; those of a fine that is paid otherwise are left out."""
    require(actor, "penalty.read")
    query = (
        select(PaymentNotice)
        .where(PaymentNotice.hall_id == actor.hall_id, PaymentNotice.voided_on.is_(None))
        .order_by(PaymentNotice.due_on, PaymentNotice.id)
    )
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        open_ones = payment_notices.unpaid(session, session.scalars(query).all())
        owing = fines.owing(session, {row.case_id for row in open_ones}, on=today, home=home)
        rows = [row for row in open_ones if any(owing.get(row.case_id, ()))]
        told = _told(session, store, [row.case_id for row in rows])
        numbers = _numbers(session, [row.document_id for row in rows])
        return tuple(_notice(row, told[row.case_id], numbers.get(row.document_id, ""), today=today) for row in rows)


def cash_under_way(store: Store, actor: Actor) -> tuple[CashRow, ...]:
    """Cash that is not in the bank yet, what is due first on top."""
    require(actor, "penalty.read")
    query = select(CashCollection).where(CashCollection.hall_id == actor.hall_id, CashCollection.banked_on.is_(None))
    with store.read(actor) as session:
        records = session.scalars(query.order_by(CashCollection.id)).all()
        told = _told(session, store, [row.case_id for row in records])
        calendar = calendar_in_force(session, actor.hall_id)
        today = business_date(store.clock.now())
        rows = [_cash(session, row, told[row.case_id], limit=next_limit(calendar, row), today=today) for row in records]
    return tuple(sorted(rows, key=lambda row: (row.due or date.max, row.collection_id)))


def cashiers(store: Store, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Who can receive cash at the office."""
    require(actor, "penalty.read")
    with store.read(actor) as session:
        return cash.cashiers(session, actor.hall_id)


def next_limit(calendar: WorkCalendar, record: CashCollection) -> Limit:
    """The limit of the step that cash waits for: to the office, then to the bank."""
    due = cash.cash_due(calendar, record)
    return due.bank or due.office


def _told(session: Session, store: Store, case_ids: Sequence[int]) -> Told:
    query = (
        select(PenaltyCase, Person)
        .join(Person, Person.id == PenaltyCase.party_id)
        .where(PenaltyCase.id.in_(set(case_ids)))
    )
    ring = store.key_ring
    return {
        case.id: (case.number, public_view(person, ring).name_masked)
        for case, person in session.execute(query).tuples()
    }


def _numbers(session: Session, document_ids: Sequence[int | None]) -> dict[int | None, str]:
    query = select(Document.id, Document.number).where(Document.id.in_(set(document_ids) - {None}))
    return dict(session.execute(query).tuples().all())


def _line(session: Session, row: PaymentLine, told: Told) -> LineView:
    number, party = told[row.case_id] if row.case_id is not None else ("", "")
    return LineView(
        line_id=row.id,
        reference=row.bank_reference,
        pay_code=row.pay_code,
        decision_number=row.decision_number,
        fen=row.fen,
        paid_on=row.paid_on,
        outcome=row.outcome,
        excess_fen=row.excess_fen,
        note=row.note,
        case_id=row.case_id,
        case_number=number,
        party_masked=party,
        credited=row.entry_id is not None,
        settled_on=row.settled_on,
        settled_by=name_of(session, row.settled_by),
    )


def _notice(row: PaymentNotice, told: tuple[str, str], number: str, *, today: date) -> NoticeRow:
    return NoticeRow(
        notice_id=row.id,
        document_id=row.document_id,
        number=number,
        pay_code=row.pay_code,
        fen=row.amount_fen,
        due_on=row.due_on,
        light=_light(row.due_on, today, late="over_promised"),
        issued_on=row.issued_on,
        case_id=row.case_id,
        case_number=told[0],
        party_masked=told[1],
    )


def _cash(session: Session, row: CashCollection, told: tuple[str, str], *, limit: Limit, today: date) -> CashRow:
    due = limit.due if isinstance(limit.due, date) else None
    return CashRow(
        collection_id=row.id,
        receipt_number=row.receipt_number,
        ground=row.ground,
        fen=row.fen,
        collected_on=row.collected_on,
        collected_by=name_of(session, row.collected_by),
        handed_in_on=row.handed_in_on,
        handed_in_to=name_of(session, row.handed_in_to),
        due=due,
        light=_light(due, today, late="over_statutory"),
        law=limit.law,
        case_id=row.case_id,
        case_number=told[0],
        party_masked=told[1],
    )


def _light(due: date | None, today: date, *, late: Light) -> Light:
    """Two workdays are so short that the day itself is the only warning; the party's own day needs none before."""
    if due is None:
        return "pending"
    if due < today:
        return late
    return "today" if due == today else "normal"
