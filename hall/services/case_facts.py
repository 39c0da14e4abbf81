"""The facts of a case that its guards ask about, read from the records at one instant."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select
from sqlalchemy.orm import Session

from hall.rules.lights import Today
from hall.rules.materials import HandedIn, missing_materials
from hall.rules.people import SYSTEM_ACCOUNT
from hall.rules.permits import BEFORE_ACCEPTANCE, IN_REVIEW, CaseFacts
from hall.services.catalogue import version_numbered
from hall.services.schedules import calendar_in_force, today_in
from hall.store.schema.base import Base
from hall.store.schema.certificates import Certificate, ServiceRecord
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.documents import Document
from hall.store.schema.permits import CaseEvent, CaseMaterial, CaseSupplement, PermitCase
from hall.store.schema.reviewing import CaseConsultation, CaseHandover, CaseHearing, CaseVisit
from hall.store.schema.supervision import SupervisionOrder
from hall.words import DOCUMENT_KINDS

TO_SERVE = (
    "refusal",
    "extension",
    "grant",
    "denial",
    "change_decision",
    "default_notice",
    "certificate",
    "withdrawal",
    "ending",
)
"""Kinds of documents that the applicant gets against proof before the case can end."""

_TAKEN_BACK = ("refusal", "withdrawal")
_ACCEPTED = ("accept", "accept_lacking", "accept_informed")


def facts_of(session: Session, case: PermitCase, *, day: date) -> CaseFacts:
    """What the guards of `rules.permits` ask, as the records stand on a day.

    `dossier_missing` is left empty: only archiving asks for it, and fills it in.
    """
    matter = version_numbered(session, case.matter_version_id).matter
    materials = session.scalars(select(CaseMaterial).where(CaseMaterial.case_id == case.id)).all()
    present = tuple(HandedIn(each.position, each.originals, each.copies) for each in materials if not each.lacking)
    counts = _counts(session, case.id)
    acts = acts_done(session, case.id)
    today = today_in(calendar_in_force(session, case.hall_id), day)
    return CaseFacts(
        state=case.state,  # type: ignore[arg-type]  # written from rules.permits, as the five below
        handling=case.handling,  # type: ignore[arg-type]
        accepted_how=case.accepted_how,  # type: ignore[arg-type]
        state_before=case.state_before,  # type: ignore[arg-type]
        proposal=case.proposal,  # type: ignore[arg-type]
        outcome=case.outcome,  # type: ignore[arg-type]
        missing_materials=missing_materials(matter.materials, present) if case.state in BEFORE_ACCEPTANCE else (),
        lacking_materials=tuple(each.name for each in materials if each.lacking),
        supplement_open=counts["supplements_open"] > 0,
        supplement_told=_told(session, case.id),
        procedures_open=_procedures_open(session, case.id),
        handed_over=counts["handed_over"] > 0,
        visit_needed=matter.site_visit,
        visits_open=counts["visits_open"],
        visits_made=counts["visits_made"],
        hearings_open=counts["hearings_open"],
        consultations_open=counts["consultations_open"],
        parts_open=counts["parts_open"],
        legal_review_needed=matter.legal_review,
        legal_review_done="legal" in acts,
        refusal_report_needed=matter.refusal_report,
        refusal_report_done="report" in acts,
        extended="extend" in acts,
        statutory_over=_over(session, case.id, "statutory", today),
        promised_over=_over(session, case.id, "promised", today),
        default_allowed=matter.default_allowed and not matter.safety,
        certificate_needed=bool(matter.certificate_name) and case.purpose != "cancel",
        certificate_made=counts["certificates"] > 0,
        unserved=unserved(session, case.id, day=day),
        orders_open=counts["orders_open"],
    )


def acts_done(session: Session, case_id: int) -> Mapping[str, frozenset[int]]:
    """Who did which act of the case, since it last came to where it stands: sending a case back undoes opinions.

    For the separation of duties (rules.separation) every way of accepting is `accept`; what the program did by itself
    is nobody's act.
    """
    done: dict[str, set[int]] = {}
    events = session.execute(
        select(CaseEvent.kind, CaseEvent.account_id).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)
    )
    for kind, account_id in events:
        if kind == "send_back":
            done.pop("legal", None)
            done.pop("report", None)
        if account_id != SYSTEM_ACCOUNT:
            done.setdefault("accept" if kind in _ACCEPTED else kind, set()).add(account_id)
    return {kind: frozenset(accounts) for kind, accounts in done.items()}


def unserved(session: Session, case_id: int, *, day: date) -> tuple[str, ...]:
    """Names of the documents that the applicant has to get and that do not count as served on a day.

    A public notice is served when its days have passed, by the calendar alone.
    """
    papers = session.scalars(to_serve(case_id).where(~_served(day)))
    return tuple(f"{DOCUMENT_KINDS[each.kind]} {each.number}" for each in papers)


def unserved_counts(session: Session, case_ids: Sequence[int], *, day: date) -> Mapping[int, int]:
    """How many documents of each case do not count as served on a day; cases without any are left out."""
    owed = Document.case_id.in_(case_ids), *_owed(), ~_served(day)
    counted = select(Document.case_id, func.count()).where(*owed).group_by(Document.case_id)
    return {case_id: count for case_id, count in session.execute(counted).tuples() if case_id is not None}


def to_serve(case_id: int) -> Select[tuple[Document]]:
    """The documents of a case that its applicant has to get; an end that reopening took back is none any more."""
    return select(Document).where(Document.case_id == case_id, *_owed()).order_by(Document.id)


def _owed() -> tuple[ColumnElement[bool], ...]:
    taken_back = exists().where(
        CaseEvent.case_id == Document.case_id,
        CaseEvent.kind == "reopen",
        CaseEvent.at >= Document.issued_at,
        Document.kind.in_(_TAKEN_BACK),
    )
    return Document.kind.in_(TO_SERVE), ~taken_back


def _served(day: date) -> ColumnElement[bool]:
    return exists().where(ServiceRecord.document_id == Document.id, ServiceRecord.served_on <= day)


def _counts(session: Session, case_id: int) -> Mapping[str, int]:
    """All counts in one query."""
    wanted: dict[str, ScalarSelect[int]] = {
        "supplements_open": _count(
            CaseSupplement, CaseSupplement.case_id == case_id, CaseSupplement.closed_on.is_(None)
        ),
        "handed_over": _count(CaseHandover, CaseHandover.case_id == case_id, CaseHandover.taken_at.is_(None)),
        "visits_open": _count(CaseVisit, CaseVisit.case_id == case_id, CaseVisit.state == "booked"),
        "visits_made": _count(CaseVisit, CaseVisit.case_id == case_id, CaseVisit.state == "made"),
        "hearings_open": _count(
            CaseHearing, CaseHearing.case_id == case_id, CaseHearing.state.in_(("told", "asked", "noticed"))
        ),
        "consultations_open": _count(
            CaseConsultation, CaseConsultation.case_id == case_id, CaseConsultation.answered_on.is_(None)
        ),
        "parts_open": _count(
            PermitCase, PermitCase.parent_id == case_id, PermitCase.state.in_((*BEFORE_ACCEPTANCE, *IN_REVIEW))
        ),
        "certificates": _count(Certificate, Certificate.case_id == case_id),
        "orders_open": _count(
            SupervisionOrder, SupervisionOrder.case_id == case_id, SupervisionOrder.closed_on.is_(None)
        ),
    }
    row = session.execute(select(*(count.label(name) for name, count in wanted.items()))).one()
    return dict(zip(wanted, row, strict=True))


def _count(record: type[Base], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(record).where(*conditions).scalar_subquery()


def _told(session: Session, case_id: int) -> bool:
    """Whether the submission at hand has had its notice: a notice is the last of notice and resubmission."""
    last = session.scalar(
        select(CaseEvent.kind)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind.in_(("supplement", "resubmit")))
        .order_by(CaseEvent.id.desc())
        .limit(1)
    )
    return last == "supplement"


def _procedures_open(session: Session, case_id: int) -> tuple[str, ...]:
    found: Sequence[str] = session.scalars(
        select(CasePause.procedure)
        .where(CasePause.case_id == case_id, CasePause.ended_on.is_(None), CasePause.procedure != "supplement")
        .order_by(CasePause.id)
    ).all()
    return tuple(found)


def _over(session: Session, case_id: int, kind: str, today: Today) -> bool:
    """Whether a limit that still runs has ended before today."""
    due = session.scalar(
        select(CaseClock.due_ordinal).where(
            CaseClock.case_id == case_id, CaseClock.kind == kind, CaseClock.state != "stopped"
        )
    )
    return due is not None and today.past(due)
