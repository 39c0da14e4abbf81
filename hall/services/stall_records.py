"""What every act at a stall site shares: the site's lock, its records, which stalls are free, who moves up."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.stalls import Candidate, GrantEnding, StallFacts, StallRule, natural, next_waiting
from hall.services.lot_draws import numbers
from hall.services.stall_rules import stall_rules
from hall.services.subject_records import add_event, lock_subject
from hall.services.vendor_reading import admission_of
from hall.store import Work
from hall.store.schema.stalls import Stall, StallApplication, StallGrant, StallSeat, StallSite, StallWithdrawal
from hall.store.schema.subjects import LotDraw

TOPIC = "stall"
Within = TypeVar("Within", StallApplication, StallGrant, Stall)


class NoSuchStallRecord(Missing):
    """The hall has no such site, stall, application, draw or certificate."""

    def __init__(self) -> None:
        super().__init__("没有找到这一条便民服务点的记录，可能在别的大厅。请刷新后再试。")


class SameHandOnStall(Refused):
    """Who did an earlier step does not do this one."""

    def __init__(self, before: str, now: str) -> None:
        super().__init__(f"{before}由您经手，{now}须由另一位有权限的人员办理。")


def rule_of(work: Work, home: Path) -> StallRule:
    """The parameters in force today."""
    return stall_rules(home).in_force(business_date(work.now))


def site_locked(work: Work, site_id: int) -> StallSite:
    """The site, kept from every other act on it and its stalls until the end of the work; raises NoSuchStallRecord."""
    lock_subject(work, "stall_site", site_id)
    site = work.session.get(StallSite, site_id)
    if site is None or site.hall_id != work.hall_id:
        raise NoSuchStallRecord
    return site


def locked(work: Work, kind: type[Within], key: int) -> tuple[StallSite, Within]:
    """A stall, an application or a certificate with its site, which is locked; raises NoSuchStallRecord."""
    site = site_locked(work, _site_of(work, kind.site_id, kind.id, key))
    return site, work.session.get_one(kind, key)


def draw_locked(work: Work, draw_id: int) -> tuple[StallSite, LotDraw]:
    """A draw of stalls with its site, which is locked; raises NoSuchStallRecord."""
    query = select(LotDraw.subject_id).where(LotDraw.id == draw_id, LotDraw.subject == "stall_site")
    site_id = work.session.scalar(query)
    if site_id is None:
        raise NoSuchStallRecord
    return site_locked(work, site_id), work.session.get_one(LotDraw, draw_id)


def withdrawal_locked(work: Work, withdrawal_id: int) -> tuple[StallSite, StallGrant, StallWithdrawal]:
    """A withdrawal with the certificate and the site, which is locked; raises NoSuchStallRecord."""
    grant_id = work.session.scalar(select(StallWithdrawal.grant_id).where(StallWithdrawal.id == withdrawal_id))
    if grant_id is None:
        raise NoSuchStallRecord
    site, grant = locked(work, StallGrant, grant_id)
    return site, grant, work.session.get_one(StallWithdrawal, withdrawal_id)


def facts_of(stall: Stall) -> StallFacts:
    """The record as the rules see it."""
    return StallFacts(stall.number, stall.category, stall.farmers_only)


def candidate_of(application: StallApplication, *, rank: int = 0) -> Candidate:
    """The record as the rules see it."""
    return Candidate(application.number, application.category, application.farmer, application.farmer_proof, rank=rank)


def stalls_of(session: Session, site_id: int) -> tuple[Stall, ...]:
    """The stalls of a site in the order people read their numbers, closed ones too."""
    found = session.scalars(select(Stall).where(Stall.site_id == site_id)).all()
    return tuple(sorted(found, key=lambda stall: natural(stall.number)))


def live_grants(session: Session, site_id: int) -> tuple[StallGrant, ...]:
    """The certificates that have not ended."""
    query = select(StallGrant).where(StallGrant.site_id == site_id, StallGrant.ended_on.is_(None))
    return tuple(session.scalars(query.order_by(StallGrant.id)))


def applications_in(session: Session, site_id: int, *states: str) -> tuple[StallApplication, ...]:
    """The applications at a site in these states: who waits by place, the others as they came."""
    query = select(StallApplication).where(StallApplication.site_id == site_id, StallApplication.state.in_(states))
    return tuple(session.scalars(query.order_by(StallApplication.waiting_place, StallApplication.id)))


def open_draws(session: Session, site_id: int) -> tuple[LotDraw, ...]:
    """Announced and not drawn, and rotations that are drawn and not carried out: their stalls are spoken for."""
    query = select(LotDraw).where(
        LotDraw.subject == "stall_site", LotDraw.subject_id == site_id, LotDraw.voided_why == ""
    )
    live = {grant.number for grant in live_grants(session, site_id)}
    return tuple(
        draw
        for draw in session.scalars(query.order_by(LotDraw.id))
        if draw.drawn_at is None or live.intersection(numbers(draw.entrants))
    )


def free_stalls(session: Session, site_id: int) -> tuple[Stall, ...]:
    """Stalls that nobody holds, nobody was offered, and no announced draw gives away."""
    taken = {grant.stall_id for grant in live_grants(session, site_id)}
    taken |= {each.offered_stall_id or 0 for each in applications_in(session, site_id, "offered", "accepted")}
    drawn = {number for draw in open_draws(session, site_id) for number in numbers(draw.prizes)}
    return tuple(
        stall
        for stall in stalls_of(session, site_id)
        if stall.closed_on is None and stall.id not in taken and stall.number not in drawn
    )


def offer(work: Work, application: StallApplication, stall: Stall, *, rule: StallRule) -> None:
    """Keep a stall for somebody until the day to answer by."""
    application.state, application.offered_stall_id = "offered", stall.id
    application.offered_until = business_date(work.now) + timedelta(days=rule.answer_days)
    detail = {"stall": stall.number, "until": application.offered_until.isoformat()}
    add_event(work, "stall_application", application.id, "offer", state="offered", detail=detail)


def move_up(work: Work, site: StallSite, *, home: Path) -> int:
    """Offer every free stall of the site to whoever waits for such a one; gives how many were offered.

    Whose credit bars an admission now keeps the place, and is passed over.
    """
    work.session.flush()
    if site.closed_on is not None:
        return 0
    waiting = list(applications_in(work.session, site.id, "waiting"))
    barred = barred_of(work, waiting, home=home)
    offered = 0
    for stall in free_stalls(work.session, site.id) if waiting else ():
        number = next_waiting(facts_of(stall), map(candidate_of, waiting), barred)
        if number is None:
            continue
        application = next(each for each in waiting if each.number == number)
        waiting.remove(application)
        offer(work, application, stall, rule=rule_of(work, home))
        offered += 1
    work.session.flush()
    return offered


def barred_of(work: Work, applications: Sequence[StallApplication], *, home: Path) -> Collection[str]:
    """The numbers of those whose credit bars an admission today."""
    today = business_date(work.now)
    return {
        each.number
        for each in applications
        if not admission_of(work.session, each.person_id, on=today, home=home).admitted
    }


def end_application(work: Work, application: StallApplication, state: str, *, why: str) -> None:
    """It is over without a certificate; a stall that was kept for it is free again."""
    application.state, application.ended_why = state, why
    application.offered_stall_id = application.offered_until = None
    add_event(work, "stall_application", application.id, state, state=state, note=why)


def end_grant(work: Work, grant: StallGrant, ending: GrantEnding, *, why: str) -> None:
    """The certificate ends today, and with it the holder's seat on the committee, unless another follows at once."""
    today = business_date(work.now)
    grant.ended_on, grant.ending, grant.ended_why = today, ending, why
    add_event(work, "stall_grant", grant.id, "end", state=ending, note=why)
    if ending in {"rotated", "renewed"}:
        return
    query = select(StallSeat).where(
        StallSeat.site_id == grant.site_id, StallSeat.person_id == grant.person_id, StallSeat.ended_on.is_(None)
    )
    for seat in work.session.scalars(query):
        seat.ended_on, seat.ended_why = today, "不再有本点位的摊位"


def _site_of(work: Work, site_id: InstrumentedAttribute[int], key_column: InstrumentedAttribute[int], key: int) -> int:
    found = work.session.scalar(select(site_id).where(key_column == key))
    if found is None:
        raise NoSuchStallRecord
    return found
