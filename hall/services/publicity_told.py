"""What the decision behind a publication says: of a penalty, or of a licence that was granted. Parties are masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from hall.rules.citations import in_full
from hall.rules.money import yuan
from hall.services.case_reading import DocumentView
from hall.services.persons import PersonView, public_view
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.certificates import Certificate
from hall.store.schema.documents import Document
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyProposal
from hall.store.schema.people import Person
from hall.store.schema.permits import PermitCase
from hall.store.schema.publicity import Publication
from hall.store.schema.violations import ViolationVersion
from hall.store.secrets import KeyRing

About = Literal["penalty", "permit"]


@dataclass(frozen=True, slots=True)
class Licence:
    """What a permit leads to, where a certificate was made out for it."""

    name: str
    number: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as the public may know it; `matter` is the violation's or the matter's name."""

    about: About
    case_id: int
    case_number: str
    decision_number: str
    document: DocumentView | None
    party: PersonView
    matter: str
    basis: str
    act: str
    result: str
    fine_fen: int = 0
    licence: Licence | None = None


def told_of(session: Session, ring: KeyRing, publications: Sequence[Publication]) -> Mapping[int, Told]:
    """By publication."""
    penalties = [row.id for row in publications if row.case_id is not None]
    permits = [row.id for row in publications if row.case_id is None]
    return {
        **(_penalties(session, ring, penalties) if penalties else {}),
        **(_permits(session, ring, permits) if permits else {}),
    }


_PenaltyRow = Row[tuple[int, PenaltyCase, PenaltyDecision, Person, PenaltyProposal, Document]]


def _penalties(session: Session, ring: KeyRing, keys: Sequence[int]) -> dict[int, Told]:
    query = (
        select(Publication.id, PenaltyCase, PenaltyDecision, Person, PenaltyProposal, Document)
        .join(PenaltyCase, PenaltyCase.id == Publication.case_id)
        .join(PenaltyDecision, PenaltyDecision.id == Publication.decision_id)
        .join(Person, Person.id == PenaltyCase.party_id)
        .outerjoin(PenaltyProposal, PenaltyProposal.id == PenaltyDecision.proposal_id)
        .outerjoin(Document, Document.id == PenaltyDecision.document_id)
        .where(Publication.id.in_(keys))
    )
    rows = session.execute(query).all()
    versions = _versions(session, rows)
    return {row[0]: _penalty(row, versions[row[0]], public_view(row[3], ring)) for row in rows}


def _penalty(row: _PenaltyRow, version: ViolationVersion | None, party: PersonView) -> Told:
    _, case, decision, person, _, paper = row
    return Told(
        about="penalty",
        case_id=case.id,
        case_number=case.number,
        decision_number=decision.number,
        document=_paper(paper),
        party=party,
        matter=version.name if version else "",
        basis=in_full(version.penalty_article) if version else "",
        act=case.act.replace(person.name, party.name_masked),
        result=_result_words(decision).replace(person.name, party.name_masked),
        fine_fen=decision.fine_fen,
    )


def _versions(session: Session, rows: Sequence[_PenaltyRow]) -> dict[int, ViolationVersion | None]:
    """By publication: the version that the decision applied, else the one in force at the act."""
    violations = {row[1].violation_id for row in rows}
    query = select(ViolationVersion).where(ViolationVersion.violation_id.in_(violations))
    known = session.scalars(query.order_by(ViolationVersion.valid_from.desc())).all()
    applied = {version.id: version for version in known}

    def at_act(case: PenaltyCase) -> ViolationVersion | None:
        own = [version for version in known if version.violation_id == case.violation_id]
        return next((version for version in own if version.valid_from <= case.acted_on), own[-1] if own else None)

    return {row[0]: applied[row[4].version_id] if row[4] is not None else at_act(row[1]) for row in rows}


def _result_words(decision: PenaltyDecision) -> str:
    """罚款3,000.00元；警告."""
    fine = f"罚款{yuan(decision.fine_fen):,.2f}元" if decision.fine_fen else ""
    return "；".join(part for part in (fine, decision.other) if part)


def _permits(session: Session, ring: KeyRing, keys: Sequence[int]) -> dict[int, Told]:
    query = (
        select(Publication.id, PermitCase, MatterVersion, Person, Document)
        .join(PermitCase, PermitCase.id == Publication.permit_id)
        .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
        .join(Person, Person.id == PermitCase.applicant_id)
        .join(Document, Document.id == Publication.document_id)
        .where(Publication.id.in_(keys))
    )
    rows = session.execute(query).all()
    licences = _licences(session, [row[1].id for row in rows])
    return {row[0]: _permit(row, public_view(row[3], ring), licences.get(row[1].id)) for row in rows}


_PermitRow = Row[tuple[int, PermitCase, MatterVersion, Person, Document]]


def _permit(row: _PermitRow, party: PersonView, licence: Certificate | None) -> Told:
    _, case, version, person, paper = row
    return Told(
        about="permit",
        case_id=case.id,
        case_number=case.acceptance_number or case.receipt_number,
        decision_number=paper.number,
        document=_paper(paper),
        party=party,
        matter=version.name,
        basis=in_full(version.basis),
        act=(licence.scope if licence else case.subject).replace(person.name, party.name_masked) or version.name,
        result="准予行政许可",
        licence=Licence(version.certificate_name, licence.number, licence.valid_from, licence.valid_to)
        if licence
        else None,
    )


def _licences(session: Session, case_ids: Sequence[int]) -> dict[int, Certificate]:
    query = select(Certificate).where(Certificate.case_id.in_(case_ids)).order_by(Certificate.id)
    return {each.case_id: each for each in session.scalars(query)}


def _paper(record: Document | None) -> DocumentView | None:
    return DocumentView(record.id, record.kind, record.number, record.issued_on) if record is not None else None
