"""A case is archived (归档, 一案一卷): pieces in order, what is missing named, a list, later volumes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.dossier import (
    DossierRule,
    Piece,
    ending_of,
    in_order,
    missing_pieces,
)
from hall.rules.people import Actor
from hall.services import issuing, papers_closing
from hall.services.case_facts import acts_done, facts_of
from hall.services.case_records import add_event, advance, case_locked
from hall.services.clocks import refresh
from hall.services.dossier_rules import dossier_rules
from hall.services.issuing import Issued
from hall.services.paper_head import paper_head
from hall.services.papers_closing import DossierRow
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import CaseFile, Certificate, Dossier, DossierItem
from hall.store.schema.clocks import CasePause
from hall.store.schema.documents import Document
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import CaseHearing, CaseVisit
from hall.words import DOCUMENT_KINDS, FILE_PURPOSES

Pages = Mapping[str, int]
"""Pages by piece: `document:12`, `file:3`; what is not named has none counted."""

NO_PAGES: Pages = {}


class NotArchived(Refused):
    """A further volume belongs to a case that was archived."""

    def __init__(self) -> None:
        super().__init__("这件办件还没有归档，不能补充立卷。请先归档。")


class NothingNew(Refused):
    """Everything is in the dossier already."""

    def __init__(self) -> None:
        super().__init__("归档以后没有新的文书或文件，不用补充立卷。")


class NoSuchDossier(Missing):
    """The hall has no dossier with the key."""

    def __init__(self) -> None:
        super().__init__("没有找到这个案卷，可能属于别的大厅。请重新查询。")


@dataclass(frozen=True, slots=True)
class DossierLook:
    """What archiving now would file, in its order, and what is missing; what is in a volume already is left out."""

    pieces: tuple[Piece, ...]
    missing: tuple[str, ...]
    retention: str


@dataclass(frozen=True, slots=True)
class Archived:
    """A volume that was filed."""

    dossier_id: int
    number: str
    volume: int
    retention: str
    items: int
    document_id: int


@dataclass(frozen=True, slots=True)
class DossierView:
    """A volume as it was filed; `score` None: not reviewed."""

    dossier_id: int
    number: str
    volume: int
    retention: str
    items: tuple[str, ...]
    score: int | None
    document_id: int | None


@dataclass(frozen=True, slots=True)
class _Volume:
    pieces: tuple[Piece, ...]
    retention: str
    number: int
    pages: Pages = field(default_factory=dict)


def look(store: Store, actor: Actor, *, case_id: int, home: Path) -> DossierLook:
    """What archiving would file, before it is done."""
    require(actor, "case.read")
    rule = dossier_rules(home).in_force(business_date(store.clock.now()))
    with store.read(actor) as session:
        case = session.get(PermitCase, case_id)
        if case is None or case.hall_id != store.hall_id:
            raise NoSuchDossier
        pieces = _pieces(session, case_id)
        new = tuple(piece for piece in in_order(pieces, rule) if not _is_filed(session, piece))
        ending = ending_of(case.state, case.outcome)  # type: ignore[arg-type]  # written from rules.permits
        if ending not in rule.required:
            return DossierLook(new, (), "")
        missing = _missing(session, case, pieces, ending=ending, rule=rule)
        return DossierLook(new, missing, rule.retention[ending])


@retried
def archive(store: Store, actor: Actor, *, case_id: int, home: Path, pages: Pages = NO_PAGES) -> Archived:
    """归档 as the first volume. Raises NotNow with what is missing in the dossier, unserved or still supervised."""
    require(actor, "case.archive")
    with store.work("case.archive", actor) as work:
        case = case_locked(work, case_id)
        rule = dossier_rules(home).in_force(business_date(work.now))
        pieces = _pieces(work.session, case.id)
        ending = ending_of(case.state, case.outcome)  # type: ignore[arg-type]  # written from rules.permits
        facts = facts_of(work.session, case, day=business_date(work.now))
        if ending in rule.required:
            lacking = _missing(work.session, case, pieces, ending=ending, rule=rule)
            facts = replace(facts, dossier_missing=lacking)
        volume = _last_volume(work.session, case.id) + 1
        advance(work, case, "archive", facts=facts, detail={"volume": volume})
        filed = tuple(piece for piece in in_order(pieces, rule) if not _is_filed(work.session, piece))
        return _file(work, case, _Volume(filed, rule.retention[ending], volume, pages), home=home)


@retried
def add_volume(store: Store, actor: Actor, *, case_id: int, home: Path, pages: Pages = NO_PAGES) -> Archived:
    """补充立卷: what came after the case was archived makes a further volume. Raises NotArchived, NothingNew."""
    require(actor, "case.archive")
    with store.work("case.archive", actor) as work:
        case = case_locked(work, case_id)
        first = work.session.scalars(_dossiers(case.id)).first()
        if case.state != "archived" or first is None:
            raise NotArchived
        rule = dossier_rules(home).in_force(business_date(work.now))
        pieces = in_order(_pieces(work.session, case.id), rule)
        new = tuple(piece for piece in pieces if not _is_filed(work.session, piece))
        if not new:
            raise NothingNew
        volume = _last_volume(work.session, case.id) + 1
        add_event(work, case, "volume", detail={"volume": volume})
        return _file(work, case, _Volume(new, first.retention, volume, pages), home=home)


def page_key(piece: Piece) -> str:
    """How `Pages` names a piece."""
    return f"{'file' if _is_file(piece) else 'document'}:{piece.key}"


def dossiers_of(store: Store, actor: Actor, *, case_id: int) -> tuple[DossierView, ...]:
    """The volumes of a case."""
    require(actor, "case.read")
    with store.read(actor) as session:
        found = session.scalars(_dossiers(case_id).where(Dossier.hall_id == store.hall_id)).all()
        return tuple(_view(session, dossier) for dossier in found)


def _pieces(session: Session, case_id: int) -> tuple[Piece, ...]:
    documents = session.scalars(select(Document).where(Document.case_id == case_id).order_by(Document.id))
    files = session.scalars(
        select(CaseFile).where(CaseFile.case_id == case_id, CaseFile.voided_at.is_(None)).order_by(CaseFile.id)
    )
    return (
        *(Piece(each.kind, each.id, DOCUMENT_KINDS[each.kind], each.issued_on, each.number) for each in documents),
        *(
            Piece(f"file:{each.purpose}", each.id, f"{FILE_PURPOSES[each.purpose]}：{each.title}", _added_on(each))
            for each in files
        ),
    )


def _missing(
    session: Session, case: PermitCase, pieces: Sequence[Piece], *, ending: str, rule: DossierRule
) -> tuple[str, ...]:
    return missing_pieces(pieces, ending=ending, facts=_happened(session, case), rule=rule)


def _happened(session: Session, case: PermitCase) -> frozenset[str]:
    """What happened in the case that leaves its paper (rules.dossier.FACTS)."""
    acts = acts_done(session, case.id)
    made = session.scalar(select(exists().where(Certificate.case_id == case.id)))
    heard = exists().where(CaseHearing.case_id == case.id, CaseHearing.state == "held")
    visited = exists().where(CaseVisit.case_id == case.id, CaseVisit.state == "made")
    stopped = exists().where(CasePause.case_id == case.id, CasePause.stops_statutory)
    happened = {
        "accepted": case.accepted_on is not None and case.accepted_how != "deemed",
        "visit": bool(session.scalar(select(visited))),
        "hearing": bool(session.scalar(select(heard))),
        "extension": "extend" in acts,
        "procedure": bool(session.scalar(select(stopped))),
        "supplement": "supplement" in acts,
        "certificate": bool(made),
    }
    return frozenset(fact for fact, true in happened.items() if true)


def _file(work: Work, case: PermitCase, volume: _Volume, *, home: Path) -> Archived:
    number = issuing.draw_number(work, kind="dossier_list", home=home)
    record = Dossier(
        hall_id=work.hall_id,
        case_id=case.id,
        volume=volume.number,
        number=number,
        retention=volume.retention,
        archived_at=work.now,
        account_id=work.actor.account_id,
    )
    work.session.add(record)
    work.session.flush()
    work.session.add_all(
        DossierItem(
            hall_id=work.hall_id,
            dossier_id=record.id,
            position=position,
            title=piece.title,
            pages=volume.pages.get(page_key(piece)),
            document_id=None if _is_file(piece) else piece.key,
            file_id=piece.key if _is_file(piece) else None,
        )
        for position, piece in enumerate(volume.pieces, start=1)
    )
    issued = _list(work, case, volume, number=number, home=home)
    record.document_id = issued.document_id
    refresh(work, case)
    work.audit(f"case:{case.id}", dossier=number, volume=volume.number, items=len(volume.pieces))
    work.changed("case", str(case.id))
    return Archived(record.id, number, volume.number, volume.retention, len(volume.pieces), issued.document_id)


def _list(work: Work, case: PermitCase, volume: _Volume, *, number: str, home: Path) -> Issued:
    head = paper_head(work, case)
    rows = tuple(
        DossierRow(
            piece.number,
            str(head["authority_name"]) if piece.number else "",
            piece.title,
            piece.day,
            str(volume.pages.get(page_key(piece), "")),
        )
        for piece in volume.pieces
    )
    title = f"{head['applicant_name_masked']} {head['matter_name']}"
    content = papers_closing.dossier_list(
        head,
        title=title if volume.number == 1 else f"{title}（第{volume.number}卷）",
        retention=volume.retention,
        items=rows,
        pages=sum(volume.pages.get(page_key(piece), 0) for piece in volume.pieces),
        archived_on=business_date(work.now),
    )
    return issuing.issue(work, case_id=case.id, kind="dossier_list", content=content, home=home, number=number)


def _is_filed(session: Session, piece: Piece) -> bool:
    column = DossierItem.file_id if _is_file(piece) else DossierItem.document_id
    return bool(session.scalar(select(exists().where(column == piece.key))))


def _last_volume(session: Session, case_id: int) -> int:
    return session.scalar(select(func.max(Dossier.volume)).where(Dossier.case_id == case_id)) or 0


def _view(session: Session, dossier: Dossier) -> DossierView:
    titles = session.scalars(
        select(DossierItem.title).where(DossierItem.dossier_id == dossier.id).order_by(DossierItem.position)
    )
    return DossierView(
        dossier.id, dossier.number, dossier.volume, dossier.retention, tuple(titles), dossier.score, dossier.document_id
    )


def _dossiers(case_id: int) -> Select[tuple[Dossier]]:
    return select(Dossier).where(Dossier.case_id == case_id).order_by(Dossier.volume)


def _added_on(file: CaseFile) -> date:
    return business_date(file.added_at)


def _is_file(piece: Piece) -> bool:
    return piece.kind.startswith("file:")
