"""The limits of taking numbers against the day's tickets: checked inside the issuing work, and read for the kiosk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from hall.clock import business_date, hall_time
from hall.errors import Refused
from hall.rules import taking
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy, TakingPolicy
from hall.services.catalogue import MatterInForce
from hall.store import Store, Work
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Ticket, TicketEvent, TicketMatter

_TAKEN = ("issue", "reserve")


@dataclass(frozen=True, slots=True)
class MatterOpening:
    """Whether numbers are taken for a matter now. `remaining`: None is no limit; `why_not`: the refusal, or ""."""

    remaining: int | None
    why_not: str

    @property
    def open(self) -> bool:
        """True if a number can be taken."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class TakingView:
    """What a kiosk offers now. `matters`: those with limits of their own, by code; `others`: the opening of all
    others; `kinds`: kinds of priority that a visitor may choose."""

    as_of: datetime
    matters: Mapping[str, MatterOpening]
    others: MatterOpening
    kinds: tuple[str, ...]

    def of(self, matter_code: str) -> MatterOpening:
        """The opening of a matter."""
        return self.matters.get(matter_code, self.others)


def availability(store: Store, actor: Actor, *, policy: QueuePolicy) -> TakingView:
    """Which matters take numbers now, how many are left, and the sentence why not."""
    require(actor, "queue.read")
    now = store.clock.now()
    limits = policy.taking
    taken: Mapping[str, int] = {}
    if limits.quotas:
        with store.read(actor) as session:
            taken = _taken_by_code(session, store.hall_id, business_date(now), tuple(limits.quotas))
    openings = {
        code: _opening(hall_time(now), code, taken.get(code, 0), limits)
        for code in (*limits.quotas, *limits.matter_windows)
    }
    others = _opening(hall_time(now), "", 0, limits)
    return TakingView(now, openings, others, taking.declarable(policy.head_starts))


def admit_matters(work: Work, matters: Sequence[MatterInForce], limits: TakingPolicy) -> None:
    """Refuse matters that take no numbers at this hour or whose quota is used up.

    Whoever issues under a quota holds the matter's lock until commit, so the quota is never passed.
    """
    today = business_date(work.now)
    for each in matters:
        taking.check_hours(hall_time(work.now), each.matter.code, limits)
    quotas = {each.matter_id: quota for each in matters if (quota := taking.quota_of(each.matter.code, limits))}
    if not quotas:
        return
    work.lock(*(f"quota/{matter_id}/{today.isoformat()}" for matter_id in quotas))
    taken = _taken(work.session, work.hall_id, today, tuple(quotas))
    for matter_id, quota in quotas.items():
        taking.check_quota(quota, taken.get(matter_id, 0))


def admit_person(work: Work, person_id: int, limits: TakingPolicy) -> None:
    """Refuse who has taken as many numbers today as one may; `record_card` has locked the person."""
    if limits.per_person:
        taking.check_person(_taken_by_person(work, person_id), limits)


def _opening(now: datetime, code: str, taken: int, limits: TakingPolicy) -> MatterOpening:
    quota = taking.quota_of(code, limits)
    why_not = ""
    try:
        taking.check_hours(now, code, limits)
        taking.check_quota(quota, taken)
    except Refused as refusal:
        why_not = refusal.sentence
    return MatterOpening(taking.remaining(quota, taken), why_not)


def _taken_by_code(session: Session, hall_id: int, today: date, codes: tuple[str, ...]) -> dict[str, int]:
    rows = session.execute(select(Matter.id, Matter.code).where(Matter.hall_id == hall_id, Matter.code.in_(codes)))
    ids = dict(rows.tuples().all())
    return {ids[matter_id]: count for matter_id, count in _taken(session, hall_id, today, tuple(ids)).items()}


def _taken(session: Session, hall_id: int, today: date, matter_ids: tuple[int, ...]) -> dict[int, int]:
    """Numbers taken today for matters, as first or as further ones: cancelled tickets and appointments aside.

    A ticket stands for another matter after a transfer, so the first matter is read from the event of its issue.
    """
    counting = (
        Ticket.hall_id == hall_id,
        Ticket.business_date == today,
        Ticket.state != "cancelled",
        Ticket.appointment_id.is_(None),
    )
    first = (
        select(TicketEvent.matter_id)
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .where(*counting, TicketEvent.kind.in_(_TAKEN), TicketEvent.matter_id.in_(matter_ids))
    )
    further = (
        select(TicketMatter.matter_id)
        .join(Ticket, Ticket.id == TicketMatter.ticket_id)
        .where(*counting, TicketMatter.matter_id.in_(matter_ids))
    )
    both = union_all(first, further).subquery()
    rows = session.execute(select(both.c.matter_id, func.count()).group_by(both.c.matter_id))
    return dict(rows.tuples().all())


def _taken_by_person(work: Work, person_id: int) -> int:
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.hall_id == work.hall_id,
                Ticket.business_date == business_date(work.now),
                Ticket.person_id == person_id,
                Ticket.state != "cancelled",
                Ticket.appointment_id.is_(None),
            )
        )
        or 0
    )
