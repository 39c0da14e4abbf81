"""Lists of stall sites: applications, draws and what could be drawn, certificates, withdrawals, committee seats."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.stall_withdrawals import WithdrawalAct, why_not
from hall.rules.stalls import OPEN_STATES
from hall.services.case_reading import DocumentView
from hall.services.lot_draws import numbers
from hall.services.persons import PersonView
from hall.services.stall_draws import is_rotation, open_lots, rotations, why_not_voided_on
from hall.services.stall_reading import known_by, paper, person_of
from hall.services.stall_records import live_grants
from hall.services.stall_rules import stall_rules
from hall.services.stall_text import kind_words
from hall.services.stall_withdrawals import facts_of_withdrawal
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.queueing import Ticket
from hall.store.schema.stalls import Stall, StallApplication, StallGrant, StallSeat, StallSite, StallWithdrawal
from hall.store.schema.subjects import LotDraw

MOST = 500
_ACTS: tuple[WithdrawalAct, ...] = ("tell", "state", "ask_hearing", "notice_hearing", "hear", "decide")


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application in the list."""

    application_id: int
    site_id: int
    number: str
    site: str
    person: PersonView
    category: str
    goods: str
    farmer: bool
    farmer_proof: str
    hardship: bool
    applied_on: date
    entered_by: str
    ticket: str
    """The number under which the applicant was served; empty without one."""
    state: str
    level: str
    admission_why: str
    waiting_place: int | None
    stall: str
    offered_until: date | None
    ended_why: str
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class LotRow:
    """What could be announced now; `rotation`: holders change places."""

    site_id: int
    site: str
    category: str
    farmers_only: bool
    kind: str
    entrants: int
    prizes: tuple[str, ...]
    rotation: bool


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A draw: `state` is a key of words.STALL_DRAW_STATES; `won` and `waiting` are empty before it was drawn."""

    draw_id: int
    site_id: int
    title: str
    state: str
    entrants: tuple[str, ...]
    prizes: tuple[str, ...]
    digest: str
    draw_on: date
    seed_source: str
    seed: str
    witness: str
    voided_why: str
    rotation: bool
    to_exchange: int
    """Certificates that the rotation has not exchanged yet."""
    due: bool
    """Its day has come."""
    can_void: bool
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A certificate in the list."""

    grant_id: int
    number: str
    site: str
    stall: str
    person: PersonView
    category: str
    valid_from: date
    valid_to: date
    days_left: int
    ended_on: date | None
    ending: str
    ended_why: str
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class WithdrawalRow:
    """A withdrawal; `state` is a key of words.STALL_WITHDRAWAL_STATES, `open_acts` what may be done today."""

    withdrawal_id: int
    grant_number: str
    site: str
    stall: str
    person: PersonView
    ground: str
    facts: str
    evidence: str
    proposed_on: date
    proposed_by: str
    told_on: date | None
    answer_by: date | None
    statement: str = field(repr=False)
    hearing_asked_on: date | None
    hearing_on: date | None
    hearing_record: str = field(repr=False)
    decided_on: date | None
    reasons: str
    state: str
    open_acts: tuple[WithdrawalAct, ...]
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat on a committee."""

    seat_id: int
    site: str
    person: PersonView
    office: str
    elected_on: date
    until_day: date
    votes_for: int
    votes_present: int
    over: bool
    ended_on: date | None
    ended_why: str


def applications(
    store: Store, actor: Actor, *, state: str = "", text: str = "", closed: bool = False
) -> tuple[ApplicationRow, ...]:
    """Applications in a state, or all that are open, on wish also the others; the newest first.

    `text`: a number, a name or an ID number.
    """
    require(actor, "stall.read")
    query = (
        select(StallApplication, StallSite.name, Stall.number, Account.display_name, Ticket.code)
        .join(StallSite, StallSite.id == StallApplication.site_id)
        .join(Account, Account.id == StallApplication.account_id)
        .outerjoin(Stall, Stall.id == StallApplication.offered_stall_id)
        .outerjoin(Ticket, Ticket.id == StallApplication.ticket_id)
        .where(StallApplication.hall_id == store.hall_id)
        .order_by(StallApplication.id.desc())
        .limit(MOST)
    )
    if state:
        query = query.where(StallApplication.state == state)
    elif not closed:
        query = query.where(StallApplication.state.in_(OPEN_STATES))
    if text:
        query = query.where(known_by(text, StallApplication.number, StallApplication.person_id, store.key_ring))
    with store.read(actor) as session:
        return tuple(
            ApplicationRow(
                application_id=each.id,
                site_id=each.site_id,
                number=each.number,
                site=site,
                person=person_of(session, each.person_id, store.key_ring),
                category=each.category,
                goods=each.goods,
                farmer=each.farmer,
                farmer_proof=each.farmer_proof,
                hardship=each.hardship,
                applied_on=business_date(each.applied_at),
                entered_by=entered_by,
                ticket=ticket or "",
                state=each.state,
                level=each.level,
                admission_why=each.admission_why,
                waiting_place=each.waiting_place,
                stall=stall or "",
                offered_until=each.offered_until,
                ended_why=each.ended_why,
                document=paper(session, each.document_id),
            )
            for each, site, stall, entered_by, ticket in session.execute(query).tuples()
        )


def drawable(store: Store, actor: Actor, *, home: Path) -> tuple[LotRow, ...]:
    """What could be announced at every site now."""
    require(actor, "stall.read")
    today = business_date(store.clock.now())
    query = select(StallSite).where(StallSite.hall_id == store.hall_id, StallSite.closed_on.is_(None))
    found = []
    with store.read(actor) as session:
        for site in session.scalars(query.order_by(StallSite.code)):
            own = [(lot, False) for lot in open_lots(session, site, on=today, home=home) if lot.drawable]
            own += [(lot, True) for lot in rotations(session, site)]
            found += [
                LotRow(
                    site_id=site.id,
                    site=site.name,
                    category=lot.category,
                    farmers_only=lot.farmers_only,
                    kind=kind_words(lot.category, farmers_only=lot.farmers_only),
                    entrants=len(lot.entrants),
                    prizes=lot.prizes,
                    rotation=rotation,
                )
                for lot, rotation in own
            ]
    return tuple(found)


def draws(store: Store, actor: Actor, *, closed: bool = False) -> tuple[DrawRow, ...]:
    """Draws that want something, on wish all; the newest first."""
    require(actor, "stall.read")
    today = business_date(store.clock.now())
    query = select(LotDraw).where(LotDraw.hall_id == store.hall_id, LotDraw.subject == "stall_site")
    with store.read(actor) as session:
        rows = []
        for each in session.scalars(query.order_by(LotDraw.id.desc()).limit(MOST)):
            rotation = is_rotation(session, each)
            entrants = numbers(each.entrants)
            live = {grant.number for grant in live_grants(session, each.subject_id)} if rotation else set()
            state = "voided" if each.voided_why else "announced" if each.drawn_at is None else "drawn"
            row = DrawRow(
                draw_id=each.id,
                site_id=each.subject_id,
                title=each.title,
                state=state,
                entrants=entrants,
                prizes=numbers(each.prizes),
                digest=each.digest,
                draw_on=each.draw_on,
                seed_source=each.seed_source,
                seed=each.seed,
                witness=each.witness,
                voided_why=each.voided_why,
                rotation=rotation,
                to_exchange=len(live.intersection(entrants)) if state == "drawn" else 0,
                due=state == "announced" and today >= each.draw_on,
                can_void=not why_not_voided_on(each, session.get_one(StallSite, each.subject_id), today=today),
                document=paper(session, each.document_id),
            )
            if closed or state == "announced" or row.to_exchange:
                rows.append(row)
        return tuple(rows)


def grants(store: Store, actor: Actor, *, text: str = "", closed: bool = False) -> tuple[GrantRow, ...]:
    """Certificates, those that end first on top, found by the same `text`; on wish also those that have ended."""
    require(actor, "stall.read")
    today = business_date(store.clock.now())
    query = (
        select(StallGrant, StallSite.name, Stall.number)
        .join(StallSite, StallSite.id == StallGrant.site_id)
        .join(Stall, Stall.id == StallGrant.stall_id)
        .where(StallGrant.hall_id == store.hall_id)
        .order_by(StallGrant.valid_to, StallGrant.id)
        .limit(MOST)
    )
    if text:
        query = query.where(known_by(text, StallGrant.number, StallGrant.person_id, store.key_ring))
    with store.read(actor) as session:
        rows = session.execute(query if closed else query.where(StallGrant.ended_on.is_(None))).tuples()
        return tuple(
            GrantRow(
                grant_id=each.id,
                number=each.number,
                site=site,
                stall=stall,
                person=person_of(session, each.person_id, store.key_ring),
                category=each.category,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
                days_left=(each.valid_to - today).days,
                ended_on=each.ended_on,
                ending=each.ending,
                ended_why=each.ended_why,
                document=paper(session, each.document_id),
            )
            for each, site, stall in rows
        )


def withdrawals(store: Store, actor: Actor, *, closed: bool = False, home: Path) -> tuple[WithdrawalRow, ...]:
    """Withdrawals that are not decided, on wish all; the oldest first."""
    require(actor, "stall.read")
    today = business_date(store.clock.now())
    rule = stall_rules(home).in_force(today)
    words = {ground.code: ground.words for ground in rule.grounds}
    query = (
        select(StallWithdrawal, StallGrant, StallSite.name, Stall.number, Account.display_name)
        .join(StallGrant, StallGrant.id == StallWithdrawal.grant_id)
        .join(StallSite, StallSite.id == StallGrant.site_id)
        .join(Stall, Stall.id == StallGrant.stall_id)
        .join(Account, Account.id == StallWithdrawal.proposed_by)
        .where(StallWithdrawal.hall_id == store.hall_id)
        .order_by(StallWithdrawal.id)
        .limit(MOST)
    )
    with store.read(actor) as session:
        rows = session.execute(query if closed else query.where(StallWithdrawal.decided_on.is_(None))).tuples()
        return tuple(
            WithdrawalRow(
                withdrawal_id=each.id,
                grant_number=grant.number,
                site=site,
                stall=stall,
                person=person_of(session, grant.person_id, store.key_ring),
                ground=words.get(each.ground, each.ground),
                facts=each.facts,
                evidence=each.evidence,
                proposed_on=each.proposed_on,
                proposed_by=proposed_by,
                told_on=each.told_on,
                answer_by=each.answer_by,
                statement=each.statement,
                hearing_asked_on=each.hearing_asked_on,
                hearing_on=each.hearing_on,
                hearing_record=each.hearing_record,
                decided_on=each.decided_on,
                reasons=each.reasons,
                state=_state(each, today),
                open_acts=tuple(act for act in _ACTS if not why_not(act, facts_of_withdrawal(each), today)),
                document=paper(session, each.document_id),
            )
            for each, grant, site, stall, proposed_by in rows
        )


def seats(store: Store, actor: Actor, *, closed: bool = False) -> tuple[SeatRow, ...]:
    """Who sits on which committee; on wish also who sat."""
    require(actor, "stall.read")
    today = business_date(store.clock.now())
    query = (
        select(StallSeat, StallSite.name)
        .join(StallSite, StallSite.id == StallSeat.site_id)
        .where(StallSeat.hall_id == store.hall_id)
        .order_by(StallSite.code, StallSeat.id)
        .limit(MOST)
    )
    with store.read(actor) as session:
        rows = session.execute(query if closed else query.where(StallSeat.ended_on.is_(None))).tuples()
        return tuple(
            SeatRow(
                seat_id=each.id,
                site=site,
                person=person_of(session, each.person_id, store.key_ring),
                office=each.office,
                elected_on=each.elected_on,
                until_day=each.until_day,
                votes_for=each.votes_for,
                votes_present=each.votes_present,
                over=each.until_day < today,
                ended_on=each.ended_on,
                ended_why=each.ended_why,
            )
            for each, site in rows
        )


def _state(each: StallWithdrawal, today: date) -> str:
    if each.decided_on is not None:
        return each.outcome
    if each.told_on is None:
        return "proposed"
    if each.hearing_asked_on is not None and not each.hearing_record:
        return "hearing"
    return "ready" if each.hearing_record or (each.answer_by is not None and today > each.answer_by) else "told"
