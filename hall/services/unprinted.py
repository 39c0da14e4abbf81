"""Tickets whose slip did not come out (未打印): which they are, 补打, 「已打出」 and 作废."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules import tickets
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import print_answers, slip_life, spool
from hall.services.catalogue import matter_in_force
from hall.services.persons import refuse_numbers
from hall.services.ticket_records import ticket_locked
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Matter
from hall.store.schema.halls import Station
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket
from hall.words import PRINT_STATES, TICKET_STATES

SlipFate = Literal["printing", "out", "not_out"]


class NotUnprinted(Refused):
    """The ticket lives already, or has ended."""

    def __init__(self, code: str, state: str) -> None:
        super().__init__(f"{code} 号现在是“{TICKET_STATES[state]}”，不在未打印之列，请刷新后再看。")


@dataclass(frozen=True, slots=True)
class UnprintedTicket:
    """A number without its slip. `since` is when it was taken, `why` a sentence or a word, `station` where it was
    to come out; `printing`: a slip is on its way now; `maybe_out`: bytes have left, so it may be in somebody's hand.
    """

    ticket_id: int
    code: str
    matter_name: str
    since: datetime
    why: str
    station: str
    state: str
    printing: bool
    maybe_out: bool


def unprinted_tickets(store: Store, actor: Actor) -> tuple[UnprintedTicket, ...]:
    """Today's tickets of the hall whose slip is not out, oldest first.

    One whose printer has said that it is not ready is among them; one that just waits its turn is not.
    """
    require(actor, "queue.print")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        rows = session.execute(_newest_jobs().where(Ticket.hall_id == store.hall_id, Ticket.business_date == today))
        found = []
        for ticket, job, code, station, tries in rows:
            matter = matter_in_force(session, store.hall_id, code, ticket.business_date).matter
            found.append(_view(ticket, job, matter_name=matter.name, station=station, maybe_out=tries > 0))
        return tuple(found)


def slip_fate(store: Store, actor: Actor, *, ticket_id: int) -> SlipFate:
    """What became of the slip of a ticket just taken, for the screen in front of the person."""
    require(actor, "queue.print")
    with store.read(actor) as session:
        state = session.scalar(select(Ticket.state).where(Ticket.id == ticket_id, Ticket.hall_id == store.hall_id))
        if state is None:
            raise Missing(f"没有号票 {ticket_id}。")
        stuck = session.execute(_newest_jobs().where(Ticket.id == ticket_id)).first() is not None
    if stuck or state == "cancelled":
        return "not_out"
    return "printing" if state in tickets.NOT_LIVE else "out"


@retried
def reprint(store: Store, actor: Actor, *, ticket_id: int, reason: str, slip: bool = True) -> int:
    """Print the slip once more, marked 补打; the ticket lives when it is out. Gives the print job's key.

    It comes out at this station, or where it was to come out if this station prints no slips (`slip`).
    """
    require(actor, "queue.print")
    reason = print_answers.checked_reason(reason)
    with store.work("queue.print", actor) as work:
        job = _newest_locked(work, ticket_id)
        _require_unprinted(ticket_locked(work, ticket_id))
        new_id = print_answers.print_again(work, job, reason=reason, here=slip)
        work.audit(f"ticket:{ticket_id}", print_job=new_id, reason=reason)
        return new_id


@retried
def confirm(store: Store, actor: Actor, *, ticket_id: int) -> None:
    """The slip is there after all: the ticket lives."""
    require(actor, "queue.print")
    with store.work("queue.confirm", actor) as work:
        job = _newest_locked(work, ticket_id)
        ticket = _require_unprinted(ticket_locked(work, ticket_id))
        if not work.session.scalar(select(_tries(ticket_id))):
            raise Refused(f"{ticket.code} 号的小票没有送到打印机，不会已打出；请补打或作废。")
        spool.withdraw(work, job, state="printed")
        slip_life.came_out(work, ticket_id)
        work.audit(f"ticket:{ticket_id}", print_job=job.id)


@retried
def void(store: Store, actor: Actor, *, ticket_id: int, reason: str) -> None:
    """Cancel the ticket; its number stays used, and its slip is not printed any more."""
    require(actor, "queue.print")
    if not reason.strip():
        raise Refused("作废要写原因，例如“当事人已离开”。")
    refuse_numbers(reason)
    with store.work("queue.void", actor) as work:
        job = _newest_locked(work, ticket_id)
        _require_unprinted(ticket_locked(work, ticket_id))
        spool.withdraw(work, job, state="cancelled")
        slip_life.give_up(work, ticket_id, reason=reason.strip())
        work.audit(f"ticket:{ticket_id}", reason=reason.strip())


def _tries(ticket_id: int | InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """How often at most a job of the ticket's slip was sent; none sent is none that can be out."""
    jobs = select(func.max(PrintJob.attempts)).where(
        PrintJob.subject_kind == "ticket", PrintJob.subject_id == ticket_id
    )
    return jobs.correlate(Ticket).scalar_subquery()


def _newest_jobs() -> Select[tuple[Ticket, PrintJob, str, str, int]]:
    """Tickets that do not live, each with the newest job of its slip; a first job still waiting its turn is no news."""
    newer = select(PrintJob.id).where(PrintJob.subject_kind == "ticket", PrintJob.subject_id == Ticket.id)
    newest = newer.order_by(PrintJob.id.desc()).limit(1).correlate(Ticket).scalar_subquery()
    waits_for_printer = and_(
        Ticket.state == "reserved", PrintJob.state.in_(("queued", "submitted")), PrintJob.last_error != ""
    )
    return (
        select(Ticket, PrintJob, Matter.code, Station.name, _tries(Ticket.id))
        .join(PrintJob, PrintJob.id == newest)
        .join(Matter, Matter.id == Ticket.matter_id)
        .join(Station, Station.id == PrintJob.station_id)
        .where(or_(Ticket.state == "unprinted", waits_for_printer))
        .order_by(Ticket.issued_at, Ticket.id)
    )


def _newest_locked(work: Work, ticket_id: int) -> PrintJob:
    """The newest job of the ticket's slip. Locks are taken in the spool's order: paper, jobs, ticket."""
    work.lock(f"paper/ticket/{ticket_id}")
    job = work.session.scalars(
        select(PrintJob)
        .where(
            PrintJob.hall_id == work.hall_id,
            PrintJob.subject_kind == "ticket",
            PrintJob.subject_id == ticket_id,
        )
        .order_by(PrintJob.id.desc())
        .limit(1)
        .with_for_update()
    ).one_or_none()
    if job is None:
        raise Missing(f"号票 {ticket_id} 没有要打印的小票，请刷新后再看。")
    return job


def _require_unprinted(ticket: Ticket) -> Ticket:
    if ticket.state not in tickets.NOT_LIVE:
        raise NotUnprinted(ticket.code, ticket.state)
    return ticket


def _view(ticket: Ticket, job: PrintJob, *, matter_name: str, station: str, maybe_out: bool) -> UnprintedTicket:
    return UnprintedTicket(
        ticket_id=ticket.id,
        code=ticket.code,
        matter_name=matter_name,
        since=ticket.issued_at,
        why=_why(job),
        station=station,
        state=ticket.state,
        printing=job.state in spool.ON_THE_WAY,
        maybe_out=maybe_out,
    )


def _why(job: PrintJob) -> str:
    """What its printer said, or what has become of the job."""
    return PRINT_STATES[job.state] if job.state == "expired" else job.last_error.rstrip("。") or PRINT_STATES[job.state]
