"""Taking a number (取号): one transaction gives the number, its ticket and, where slips are printed, its print job."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hall.clock import business_date
from hall.rules import taking as rule
from hall.rules.authority import KIOSK, require
from hall.rules.cards import Card
from hall.rules.identity import age_on
from hall.rules.people import Actor
from hall.rules.queue_policy import ORDINARY, QueuePolicy
from hall.rules.tickets import ticket_code
from hall.rules.waiting_time import Expected
from hall.services import paper_levels, persons, spool, ticket_sheets
from hall.services.catalogue import MatterInForce, matter_in_force
from hall.services.ended_days import refuse_ended_day
from hall.services.queue_reading import expected_wait
from hall.services.taking_limits import admit_matters, admit_person
from hall.services.ticket_records import add_event
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.queueing import Ticket, TicketMatter


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """A fresh ticket as the kiosk shows it. `minutes` is the estimated waiting time as a span.

    `state` is reserved where a slip is being printed: the ticket lives when the slip is out. `notice` is what the
    visitor should know besides, such as that an appointment came too late; mostly empty. `sheet`: the page printer
    prints the number.
    """

    ticket_id: int
    code: str
    matter_code: str
    matter_name: str
    waiting_ahead: int
    minutes: tuple[int, int]
    issued_at: datetime
    priority: str
    state: str
    notice: str = ""
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What is to be entered. `waits_from`: when waiting counts from, an appointment's own time; None is now."""

    matter: MatterInForce
    priority: str
    channel: str
    expected: Expected
    person_id: int | None = None
    further: tuple[MatterInForce, ...] = ()
    waits_from: datetime | None = None
    appointment_id: int | None = None


def issue_ticket(
    store: Store,
    actor: Actor,
    *,
    matter_code: str,
    channel: str,
    policy: QueuePolicy,
    priority: str = ORDINARY,
    card: Card | None = None,
    further: tuple[str, ...] = (),
    expected: Expected | None = None,
    slip: bool = True,
    sheets: Path | None = None,
) -> TicketIssued:
    """Take a number for a matter, and for `further` matters after it. Numbers have neither gaps nor repeats.

    `expected`: what the visitor has just been shown to expect; None has it estimated now. `slip`: whether this
    station prints one; where none is printed the ticket lives at once, and `sheets`, the home of a station with a
    page printer, has it printed there.
    Raises the refusals of `rules.taking`.
    """
    require(actor, "queue.issue")
    rule.check_channel(channel)
    rule.check_matters((matter_code, *further))
    alone = channel in rule.SELF_SERVICE or actor.roles <= {KIOSK}
    age = age_on(card.birth, business_date(store.clock.now())) if card is not None else None
    priority = rule.priority_of(priority, alone=alone, age=age, elder_age=policy.elder_age)
    if expected is None:
        expected = expected_wait(store, actor, policy=policy, matter_code=matter_code, priority=priority)
    return _issue(
        store,
        actor,
        codes=(matter_code, *further),
        channel=channel,
        policy=policy,
        priority=priority,
        card=card,
        expected=expected,
        slip=slip,
        sheets=sheets,
    )


@retried
def _issue(
    store: Store,
    actor: Actor,
    *,
    codes: tuple[str, ...],
    channel: str,
    policy: QueuePolicy,
    priority: str,
    card: Card | None,
    expected: Expected,
    slip: bool,
    sheets: Path | None,
) -> TicketIssued:
    with store.work("queue.issue", actor) as work:
        today = business_date(work.now)
        matters = tuple(matter_in_force(work.session, work.hall_id, code, today) for code in codes)
        admit_matters(work, matters, policy.taking)
        person_id = persons.record_card(work, card) if card is not None else None
        if person_id is not None:
            admit_person(work, person_id, policy.taking)
        first, *others = matters
        new = NewTicket(first, priority, channel, expected, person_id, further=tuple(others))
        ticket = enter_ticket(work, new, policy=policy, slip=slip, sheets=sheets)
        work.audit(f"ticket:{ticket.id}", code=ticket.code, matters=list(codes), channel=channel, priority=priority)
        return issued_view(ticket, first, sheet=sheets is not None and not slip)


def enter_ticket(work: Work, new: NewTicket, *, policy: QueuePolicy, slip: bool, sheets: Path | None = None) -> Ticket:
    """Draw the number and enter the ticket with its matters, its event and its print job. Raises DayEnded."""
    refuse_ended_day(work)
    if slip:
        paper_levels.require_paper(work)
    ticket = _ticket(work, new, policy, state="reserved" if slip else "waiting")
    work.session.add(ticket)
    work.session.flush()
    for position, matter in enumerate(new.further, start=1):
        work.session.add(
            TicketMatter(hall_id=work.hall_id, ticket_id=ticket.id, position=position, matter_id=matter.matter_id)
        )
    add_event(work, ticket, "reserve" if slip else "issue", reason=new.channel)
    expires_at = work.now + policy.taking.slip_lives
    if slip:
        spool.enqueue(
            work,
            printer="slip",
            subject_kind="ticket",
            subject_id=ticket.id,
            title=f"叫号小票 {ticket.code}",
            expires_at=expires_at,
        )
    elif sheets is not None:
        ticket_sheets.issue_sheet(work, ticket, home=sheets, expires_at=expires_at)
    work.changed("queue", ticket.code)
    return ticket


def issued_view(ticket: Ticket, matter: MatterInForce, *, notice: str = "", sheet: bool = False) -> TicketIssued:
    """What the kiosk shows of the fresh ticket."""
    return TicketIssued(
        ticket_id=ticket.id,
        code=ticket.code,
        matter_code=matter.matter.code,
        matter_name=matter.matter.name,
        waiting_ahead=ticket.ahead,
        minutes=(ticket.minutes_low, ticket.minutes_high),
        issued_at=ticket.issued_at,
        priority=ticket.priority,
        state=ticket.state,
        notice=notice,
        sheet=sheet,
    )


def _ticket(work: Work, new: NewTicket, policy: QueuePolicy, *, state: str) -> Ticket:
    today = business_date(work.now)
    waits_from = new.waits_from or work.now
    rank_at = policy.rank_at(waits_from, new.priority)
    prefix = policy.prefix(new.priority, new.matter.matter.prefix)
    sequence = work.next_number("ticket", f"{today.isoformat()}/{prefix}")
    return Ticket(
        hall_id=work.hall_id,
        business_date=today,
        prefix=prefix,
        sequence=sequence,
        code=ticket_code(prefix, sequence),
        matter_id=new.matter.matter_id,
        priority=new.priority,
        channel=new.channel,
        state=state,
        person_id=new.person_id,
        issued_at=work.now,
        waits_from=waits_from,
        rank_at=rank_at,
        must_call_by=policy.must_call_by(waits_from, new.matter.matter.code),
        favoured=new.priority != ORDINARY,
        appointment_id=new.appointment_id,
        note="",
        skips=0,
        ahead=new.expected.ahead,
        minutes_low=new.expected.minutes[0],
        minutes_high=new.expected.minutes[1],
    )
