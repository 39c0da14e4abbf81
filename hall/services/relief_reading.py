"""Applications for relief and the fund's books as staff see them: applicants masked, donors as they wish."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, cast

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import HEAD, REVIEWER, require
from hall.rules.people import Actor
from hall.rules.relief import Balance, Book, Line, PostingKind
from hall.rules.relief_cases import ReliefAct, ReliefKind, ReliefState, Vote, possible
from hall.services.case_reading import DocumentView
from hall.services.persons import PersonView, id_number_index, public_view
from hall.services.relief_books import balance_of
from hall.services.relief_records import SUBJECT, NoSuchRelief, standing_of
from hall.services.relief_terms import relief_terms
from hall.services.subject_files import titles_with
from hall.services.subject_records import Happened, history
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.people import Account, AccountRole, Person
from hall.store.schema.queueing import Ticket
from hall.store.schema.relief import ReliefApplication, ReliefLine, ReliefPosting
from hall.store.secrets import KeyRing

Listed = Literal["open", "all"]
MOST = 500


@dataclass(frozen=True, slots=True)
class ReliefRow:
    """An application; amounts in fen. `meets`, `vote` and award are None until they are known."""

    application_id: int
    number: str
    applicant: PersonView
    kind: ReliefKind
    asked_fen: int
    reason: str
    evidence: str
    members: int
    state: ReliefState
    applied_on: date
    visited_on: date | None
    visitors: str
    means: str
    income_fen: int | None
    meets: bool | None
    recommended: bool | None
    opinion: str
    voted_on: date | None
    vote: Vote | None
    charity_number: str
    award_fen: int | None
    award_goods: str
    refused_why: str
    shown_from: date | None
    shown_until: date | None
    shown_where: str
    objection: str
    objection_answer: str
    given_on: date | None
    acts: tuple[ReliefAct, ...]
    files: Mapping[int, str]
    """Titles of the scans and photos in use, by key."""
    ticket: str
    """The number under which the applicant was served; empty without one."""
    document: DocumentView | None


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting: what it moved and what the fund had after it, in fen; `reversed_by`: the serial that took it back."""

    posting_id: int
    serial: int
    kind: PostingKind
    day: date
    donor_shown: str
    application_number: str
    reference: str
    memo: str
    lines: tuple[Line, ...]
    money_after: int
    goods_after: int
    reverses: int | None
    reversed_by: int | None
    who: str
    at: datetime
    document: DocumentView | None

    def moved(self, book: str) -> int:
        """What it added to a book, negative for what it took."""
        return sum(line.fen for line in self.lines if line.book == book)


def applications(store: Store, actor: Actor, *, listed: Listed = "open", text: str = "") -> tuple[ReliefRow, ...]:
    """Those that wait for something, the oldest first; or all, the newest first. `text`: number, name or ID number."""
    require(actor, "relief.read")
    today = business_date(store.clock.now())
    query = (
        select(ReliefApplication, Person, Document, Ticket.code)
        .join(Person, Person.id == ReliefApplication.person_id)
        .outerjoin(Document, Document.id == ReliefApplication.document_id)
        .outerjoin(Ticket, Ticket.id == ReliefApplication.ticket_id)
        .where(ReliefApplication.hall_id == store.hall_id)
    )
    if text:
        index = id_number_index(store.key_ring, text)
        query = query.where(
            or_(
                ReliefApplication.number.contains(text, autoescape=True),
                Person.name == text,
                Person.id_number_index == index,
            )
        )
    if listed == "open":
        query = query.where(ReliefApplication.closed_on.is_(None)).order_by(ReliefApplication.id)
    else:
        query = query.order_by(ReliefApplication.id.desc())
    with store.read(actor) as session:
        rows = session.execute(query.limit(MOST)).tuples().all()
        files = titles_with(session, SUBJECT, [record.id for record, *_ in rows])
        return tuple(_row(*row, files=files.get(row[0].id, {}), ring=store.key_ring, today=today) for row in rows)


def application_history(store: Store, actor: Actor, *, application_id: int) -> tuple[Happened, ...]:
    """Everything that happened to an application; raises NoSuchRelief."""
    require(actor, "relief.read")
    with store.read(actor) as session:
        record = session.get(ReliefApplication, application_id)
        if record is None or record.hall_id != store.hall_id:
            raise NoSuchRelief
        return history(session, SUBJECT, application_id)


def postings(store: Store, actor: Actor) -> tuple[PostingRow, ...]:
    """The newest postings first."""
    require(actor, "relief.read")
    query = (
        select(ReliefPosting, ReliefApplication.number, Account.display_name, Document)
        .outerjoin(ReliefApplication, ReliefApplication.id == ReliefPosting.application_id)
        .outerjoin(Account, Account.id == ReliefPosting.account_id)
        .outerjoin(Document, Document.id == ReliefPosting.document_id)
        .where(ReliefPosting.hall_id == store.hall_id)
        .order_by(ReliefPosting.serial.desc())
        .limit(MOST)
    )
    with store.read(actor) as session:
        rows = session.execute(query).tuples().all()
        lines = _lines(session, [record.id for record, _, _, _ in rows])
        reversals = _reversals(session, store.hall_id)
        serials = {record.id: record.serial for record, _, _, _ in rows}
        return tuple(
            PostingRow(
                posting_id=record.id,
                serial=record.serial,
                kind=cast(PostingKind, record.kind),
                day=record.day,
                donor_shown=record.donor_shown,
                application_number=number or "",
                reference=record.reference,
                memo=record.memo,
                lines=lines.get(record.id, ()),
                money_after=record.money_after,
                goods_after=record.goods_after,
                reverses=serials.get(record.reverses_id) if record.reverses_id is not None else None,
                reversed_by=reversals.get(record.id),
                who=name or "",
                at=record.at,
                document=_document(document),
            )
            for record, number, name, document in rows
        )


def balance(store: Store, actor: Actor) -> Balance:
    """What the fund has now, received and gave."""
    require(actor, "relief.read")
    with store.read(actor) as session:
        return balance_of(session, store.hall_id)


def visitors(store: Store, actor: Actor) -> Mapping[int, str]:
    """Who may go along on a visit, by key: those who check applications in this hall, but not the actor."""
    require(actor, "relief.read")
    here = exists().where(
        AccountRole.account_id == Account.id,
        AccountRole.role.in_((REVIEWER, HEAD)),
        AccountRole.hall_id.is_(None) | (AccountRole.hall_id == store.hall_id),
    )
    query = select(Account.id, Account.display_name).where(
        here, Account.disabled.is_(False), Account.id != actor.account_id
    )
    with store.read(actor) as session:
        return dict(session.execute(query.order_by(Account.display_name)).tuples().all())


def income_figure(store: Store, actor: Actor, *, home: Path) -> tuple[int, str]:
    """The most a head may have a month today in fen, and its source."""
    require(actor, "relief.read")
    terms = relief_terms(home, business_date(store.clock.now()))
    return terms.income_fen, terms.source


def _row(
    record: ReliefApplication,
    person: Person,
    document: Document | None,
    ticket: str | None,
    *,
    files: Mapping[int, str],
    ring: KeyRing,
    today: date,
) -> ReliefRow:
    return ReliefRow(
        application_id=record.id,
        number=record.number,
        applicant=public_view(person, ring),
        kind=cast(ReliefKind, record.kind),
        asked_fen=record.asked_fen,
        reason=record.reason,
        evidence=record.evidence,
        members=record.members,
        state=cast(ReliefState, record.state),
        applied_on=record.applied_on,
        visited_on=record.visited_on,
        visitors=record.visitors,
        means=record.means,
        income_fen=record.income_fen,
        meets=record.meets,
        recommended=record.recommended,
        opinion=record.opinion,
        voted_on=record.voted_on,
        vote=_vote(record),
        charity_number=record.charity_number,
        award_fen=record.award_fen,
        award_goods=record.award_goods,
        refused_why=record.refused_why,
        shown_from=record.shown_from,
        shown_until=record.shown_until,
        shown_where=record.shown_where,
        objection=record.objection,
        objection_answer=record.objection_answer,
        given_on=record.given_on,
        acts=possible(standing_of(record), today),
        files=files,
        ticket=ticket or "",
        document=_document(document),
    )


def _vote(record: ReliefApplication) -> Vote | None:
    if record.votes_for is None or record.votes_against is None or record.votes_abstained is None:
        return None
    return Vote(record.votes_for, record.votes_against, record.votes_abstained)


def _document(record: Document | None) -> DocumentView | None:
    return DocumentView(record.id, record.kind, record.number, record.issued_on) if record else None


def _lines(session: Session, keys: Iterable[int]) -> dict[int, tuple[Line, ...]]:
    query = select(ReliefLine).where(ReliefLine.posting_id.in_(tuple(keys))).order_by(ReliefLine.book)
    found: dict[int, tuple[Line, ...]] = {}
    for each in session.scalars(query):
        line = Line(cast(Book, each.book), each.fen)
        found[each.posting_id] = (*found.get(each.posting_id, ()), line)
    return found


def _reversals(session: Session, hall_id: int) -> dict[int, int]:
    query = select(ReliefPosting.reverses_id, func.max(ReliefPosting.serial)).where(
        ReliefPosting.hall_id == hall_id, ReliefPosting.reverses_id.is_not(None)
    )
    rows = session.execute(query.group_by(ReliefPosting.reverses_id))
    return {key: serial for key, serial in rows if key is not None}
