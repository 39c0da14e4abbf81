"""The self-government committee of a site (摊点自治委员会): elected by the holders, until a day or for a reason."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.stalls import CannotOnStall, why_not_elected
from hall.services.reasons import reason_for
from hall.services.stall_records import TOPIC, NoSuchStallRecord, live_grants, locked, rule_of, site_locked
from hall.services.subject_records import Detail, add_event, settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.stalls import StallGrant, StallSeat

ONE_AT_A_TIME = frozenset({"chair"})


class SeatTaken(Refused):
    """Somebody sits there, or has a seat already."""

    def __init__(self) -> None:
        super().__init__("这位摊主已在委员会任职，或者主任还在任。请先登记原来的任职结束。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """Whom the holders elected: by the certificate, for which office, until when, by how many votes of how many."""

    grant_id: int
    office: str
    until_day: date
    votes_for: int
    votes_present: int


@retried
def elect(store: Store, actor: Actor, *, election: Election, home: Path) -> int:
    """登记选举: only who holds a stall sits on the committee; gives the seat's key. The vote is that of the holders.

    Raises CannotOnStall where the vote elects nobody, SeatTaken.
    """
    require(actor, "stall.committee")
    with store.work("stall.elect", actor) as work:
        site, grant = locked(work, StallGrant, election.grant_id)
        today = business_date(work.now)
        if grant.ended_on is not None or election.until_day <= today:
            raise CannotOnStall(("只有本点位现在的摊主可以任职，任期要到今天以后。",))
        holders = len(live_grants(work.session, site.id))
        found = why_not_elected(
            holders=holders,
            present=election.votes_present,
            votes_for=election.votes_for,
            rule=rule_of(work, home),
        )
        if found:
            raise CannotOnStall(found)
        _refuse_second(work, grant, election.office, today)
        seat = StallSeat(
            hall_id=work.hall_id,
            site_id=site.id,
            person_id=grant.person_id,
            office=election.office,
            elected_on=today,
            until_day=election.until_day,
            votes_for=election.votes_for,
            votes_present=election.votes_present,
        )
        work.session.add(seat)
        work.session.flush()
        detail: Detail = {"seat": seat.id, "office": seat.office, "for": seat.votes_for, "present": seat.votes_present}
        add_event(work, "stall_site", site.id, "elect", state="open", detail=detail)
        settle_subject(work, TOPIC, "stall_site", site.id, seat=seat.id, office=seat.office)
        return seat.id


@retried
def end_seat(store: Store, actor: Actor, *, seat_id: int, reason: str) -> None:
    """登记任职结束 with its reason. Raises CannotOnStall where it has ended, ReasonNeeded."""
    require(actor, "stall.committee")
    why = reason_for("登记任职结束", reason)
    with store.work("stall.end_seat", actor) as work:
        site_id = work.session.scalar(select(StallSeat.site_id).where(StallSeat.id == seat_id))
        if site_id is None:
            raise NoSuchStallRecord
        site_locked(work, site_id)
        seat = work.session.get_one(StallSeat, seat_id)
        if seat.ended_on is not None:
            raise CannotOnStall((f"这项任职已在 {seat.ended_on} 结束。",))
        seat.ended_on, seat.ended_why = business_date(work.now), why
        add_event(work, "stall_site", site_id, "end_seat", state="open", note=why, detail={"seat": seat_id})
        settle_subject(work, TOPIC, "stall_site", site_id, seat=seat_id, ended=True)


def _refuse_second(work: Work, grant: StallGrant, office: str, today: date) -> None:
    query = select(StallSeat).where(
        StallSeat.site_id == grant.site_id, StallSeat.ended_on.is_(None), StallSeat.until_day >= today
    )
    for seat in work.session.scalars(query):
        if seat.person_id == grant.person_id or (office in ONE_AT_A_TIME and seat.office == office):
            raise SeatTaken
