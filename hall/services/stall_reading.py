"""Stall sites as screens show them: the plan with the state of every stall, who applied, who stands there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.clock import business_date, hall_time
from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.stalls import open_at, public_state, season
from hall.services.case_files import opened
from hall.services.case_reading import DocumentView
from hall.services.lot_draws import numbers
from hall.services.persons import PersonView, id_number_index, public_view
from hall.services.stall_records import (
    applications_in,
    free_stalls,
    live_grants,
    open_draws,
    stalls_of,
)
from hall.services.stall_rules import stall_rules
from hall.services.stall_text import categories_of, season_words, stall_words
from hall.store import Store
from hall.store.schema.certificates import StoredFile
from hall.store.schema.documents import Document
from hall.store.schema.people import Person
from hall.store.schema.stalls import Stall, StallSite, StallWithdrawal
from hall.store.secrets import KeyRing


class NoSuchSite(Missing):
    """No open site of the hall has the code."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        there = f"现有：{'、'.join(known)}" if known else "还没有设置点位"
        super().__init__(f"没有编号为 {code[:20]} 的便民服务点，{there}。请核对编号，或者先设置点位。")


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site in a list; `now_open`: by season and hours. `stalls`: in use; `free`: of them nobody's."""

    site_id: int
    code: str
    name: str
    kind: str
    place: str
    hours: str
    season: str
    now_open: bool
    categories: tuple[str, ...]
    term_months: int
    rotation_months: int | None
    rules: str
    closed_on: date | None
    closed_why: str
    waiting: int
    applied: int
    stalls: int
    free: int


@dataclass(frozen=True, slots=True)
class DrawnStall:
    """A stall on the plan, in the plan's units; `state` is a key of words.STALL_STATES, `kind` what it is for."""

    stall_id: int
    site_id: int
    number: str
    x: int
    y: int
    width: int
    height: int
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class StallRow(DrawnStall):
    """And who is on it, for staff."""

    holder: PersonView | None
    grant_id: int | None
    grant_number: str
    category: str
    valid_from: date | None
    valid_to: date | None
    offered_to: PersonView | None
    offered_until: date | None
    application_id: int | None
    withdrawal_id: int | None
    why: str
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class DrawnPlan:
    """A site to look at: its picture (None: there is none) and its stalls, without anybody's name."""

    site: SiteRow
    width: int
    height: int
    picture: bytes | None = field(repr=False)
    stalls: tuple[DrawnStall, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many stalls are in which state."""
        return Counter(stall.state for stall in self.stalls)


@dataclass(frozen=True, slots=True)
class SitePlan(DrawnPlan):
    """The same for staff."""

    stalls: tuple[StallRow, ...]


def sites(store: Store, actor: Actor, *, closed: bool = False) -> tuple[SiteRow, ...]:
    """The sites by their codes, on wish those that were closed, too; open to everybody."""
    require(actor, "stall.look")
    query = select(StallSite).where(StallSite.hall_id == store.hall_id).order_by(StallSite.code)
    with store.read(actor) as session:
        rows = session.scalars(query if closed else query.where(StallSite.closed_on.is_(None))).all()
        return tuple(_site(session, site, store) for site in rows)


def site_of(store: Store, actor: Actor, *, code: str) -> SiteRow:
    """The open site with a code; raises NoSuchSite, which names those there are."""
    found = {site.code: site for site in sites(store, actor)}
    if code not in found:
        raise NoSuchSite(code, tuple(found))
    return found[code]


def plan(store: Store, actor: Actor, *, site_id: int, home: Path) -> SitePlan | None:
    """A site with its picture and its stalls; None where the hall has no such site. Raises FileDamaged."""
    require(actor, "stall.read")
    with store.read(actor) as session:
        site = _own(session, store, site_id)
        if site is None:
            return None
        return SitePlan(
            site=_site(session, site, store),
            width=site.plan_width,
            height=site.plan_height,
            picture=_picture(session, site, store.key_ring),
            stalls=_Stalls(session, store, site, home).rows,
        )


def public_plan(store: Store, actor: Actor, *, site_id: int, home: Path) -> DrawnPlan | None:
    """The plan that everybody may look at: states are keys of words.STALL_PUBLIC_STATES, nobody is named.

    That a stall is being taken back, or nearly over, is its holder's affair: it is in use. None where the hall has no
    such site, or has closed it. Raises FileDamaged.
    """
    require(actor, "stall.look")
    with store.read(actor) as session:
        site = _own(session, store, site_id)
        if site is None or site.closed_on is not None:
            return None
        return DrawnPlan(
            site=_site(session, site, store),
            width=site.plan_width,
            height=site.plan_height,
            picture=_picture(session, site, store.key_ring),
            stalls=_Standings(session, store, site, home).drawn,
        )


def paper(session: Session, document_id: int | None) -> DocumentView | None:
    """An issued document as lists have it."""
    record = session.get(Document, document_id) if document_id is not None else None
    return DocumentView(record.id, record.kind, record.number, record.issued_on) if record is not None else None


def person_of(session: Session, person_id: int, ring: KeyRing) -> PersonView:
    """Somebody masked."""
    return public_view(session.get_one(Person, person_id), ring)


def known_by(
    text: str, number: InstrumentedAttribute[str], person_id: InstrumentedAttribute[int], ring: KeyRing
) -> ColumnElement[bool]:
    """What has the number, or part of it, or is of a person with this name or ID number."""
    index = id_number_index(ring, text)
    people = select(Person.id).where(or_(Person.name == text, Person.id_number_index == index))
    return or_(number.contains(text, autoescape=True), person_id.in_(people))


def _site(session: Session, site: StallSite, store: Store) -> SiteRow:
    now = store.clock.now()
    open_season = season(site.season_from, site.season_to)
    states = Counter(each.state for each in applications_in(session, site.id, "applied", "waiting"))
    in_season = open_season is None or open_season.holds(business_date(now))
    return SiteRow(
        site_id=site.id,
        code=site.code,
        name=site.name,
        kind=site.kind,
        place=site.place,
        hours=site.hours.replace(",", "、"),
        season=season_words(site),
        now_open=site.closed_on is None and in_season and open_at(site.hours, hall_time(now).time()),
        categories=categories_of(site),
        term_months=site.term_months,
        rotation_months=site.rotation_months,
        rules=site.rules,
        closed_on=site.closed_on,
        closed_why=site.closed_why,
        waiting=states["waiting"],
        applied=states["applied"],
        stalls=sum(stall.closed_on is None for stall in stalls_of(session, site.id)),
        free=len(free_stalls(session, site.id)),
    )


def _picture(session: Session, site: StallSite, ring: KeyRing) -> bytes | None:
    if site.plan_file_id is None:
        return None
    return opened(session.get_one(StoredFile, site.plan_file_id), ring)


def _own(session: Session, store: Store, site_id: int) -> StallSite | None:
    site = session.get(StallSite, site_id)
    return site if site is not None and site.hall_id == store.hall_id else None


class _Standings:
    """In which state the stalls of a site are; read once, not once a stall."""

    def __init__(self, session: Session, store: Store, site: StallSite, home: Path) -> None:
        self._session, self._ring = session, store.key_ring
        today = business_date(store.clock.now())
        self._soon = today + timedelta(days=stall_rules(home).in_force(today).renewal_days)
        self._grants = {grant.stall_id: grant for grant in live_grants(session, site.id)}
        offered = applications_in(session, site.id, "offered", "accepted")
        self._offers = {each.offered_stall_id: each for each in offered}
        self._drawn = {number for draw in open_draws(session, site.id) for number in numbers(draw.prizes)}
        self._asked = self._withdrawals()
        self._stalls = stalls_of(session, site.id)

    @property
    def drawn(self) -> tuple[DrawnStall, ...]:
        """As the public sees them."""
        return tuple(
            DrawnStall(
                stall_id=stall.id,
                site_id=stall.site_id,
                number=stall.number,
                x=stall.x,
                y=stall.y,
                width=stall.width,
                height=stall.height,
                kind=stall_words(stall),
                state=public_state(self._state(stall)),
            )
            for stall in self._stalls
        )

    def _withdrawals(self) -> dict[int, int]:
        query = select(StallWithdrawal.grant_id, StallWithdrawal.id).where(
            StallWithdrawal.decided_on.is_(None),
            StallWithdrawal.grant_id.in_([grant.id for grant in self._grants.values()]),
        )
        return dict(self._session.execute(query).tuples().all())

    def _state(self, stall: Stall) -> str:
        grant = self._grants.get(stall.id)
        if grant is not None:
            if grant.id in self._asked:
                return "telling"
            return "ending" if grant.valid_to <= self._soon else "held"
        if stall.id in self._offers:
            return "offered"
        if stall.closed_on is not None:
            return "closed"
        return "drawing" if stall.number in self._drawn else "free"


class _Stalls(_Standings):
    """The same with all that stands behind each."""

    @property
    def rows(self) -> tuple[StallRow, ...]:
        """As staff see them."""
        return tuple(map(self._row, self._stalls))

    def _row(self, stall: Stall) -> StallRow:
        grant, application = self._grants.get(stall.id), self._offers.get(stall.id)
        return StallRow(
            stall_id=stall.id,
            site_id=stall.site_id,
            number=stall.number,
            x=stall.x,
            y=stall.y,
            width=stall.width,
            height=stall.height,
            kind=stall_words(stall),
            state=self._state(stall),
            holder=person_of(self._session, grant.person_id, self._ring) if grant else None,
            grant_id=grant.id if grant else None,
            grant_number=grant.number if grant else "",
            category=grant.category if grant else "",
            valid_from=grant.valid_from if grant else None,
            valid_to=grant.valid_to if grant else None,
            offered_to=person_of(self._session, application.person_id, self._ring) if application else None,
            offered_until=application.offered_until if application else None,
            application_id=application.id if application else None,
            withdrawal_id=self._asked.get(grant.id) if grant else None,
            why=stall.closed_why,
            document=paper(self._session, grant.document_id) if grant else None,
        )
