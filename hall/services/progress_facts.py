"""What an applicant may know of a case, read from the records at one instant."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import hall_time
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.catalogue import Matter
from hall.rules.clocks import Pause, last_granted_day
from hall.rules.permits import CaseState
from hall.rules.progress import DueTold, ProcedureTold, ProgressFacts
from hall.services.case_facts import to_serve
from hall.services.clocks import pauses_of
from hall.services.schedules import calendar_in_force
from hall.store.schema.certificates import Certificate, ServiceRecord
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import CaseEvent, CaseMaterial, CaseSupplement, CaseSupplementItem, PermitCase
from hall.store.schema.reviewing import CaseVisit
from hall.words import DOCUMENT_KINDS

_ENDS: dict[str, CaseState] = {
    "refuse": "refused",
    "finish": "finished",
    "withdraw": "withdrawn",
    "terminate": "terminated",
}


def facts_for_applicant(session: Session, case: PermitCase, matter: Matter, *, today: date) -> ProgressFacts:
    """No proposal, no opinion, no name of an official, no text that somebody wrote freely."""
    to_collect, on_the_way = _papers(session, case.id, today)
    calendar = calendar_in_force(session, case.hall_id)
    return ProgressFacts(
        state=case.state,  # type: ignore[arg-type]  # written from rules.permits, as the three below
        department=matter.department,
        today=today,
        ended=_ended(session, case.id),
        purpose=case.purpose,
        handling=case.handling,  # type: ignore[arg-type]
        accepted_how=case.accepted_how,  # type: ignore[arg-type]
        outcome=case.outcome,  # type: ignore[arg-type]
        decided_on=case.decided_on,
        dues=_dues(session, case.id),
        procedures=_procedures(session, case.id, calendar),
        visits=_visits(session, case.id),
        missing=_missing(session, case.id),
        certificate_coming=_certificate_coming(session, case, matter),
        to_collect=to_collect,
        on_the_way=on_the_way,
    )


def _ended(session: Session, case_id: int) -> CaseState:
    """How it ended last."""
    ends = select(CaseEvent.kind).where(CaseEvent.case_id == case_id, CaseEvent.kind.in_(_ENDS))
    last = session.scalar(ends.order_by(CaseEvent.id.desc()).limit(1))
    return _ENDS[last] if last else "finished"


def _dues(session: Session, case_id: int) -> tuple[DueTold, ...]:
    """Of clocks that run; a clock without a time was given no day."""
    running = select(CaseClock).where(CaseClock.case_id == case_id, CaseClock.state != "stopped")
    return tuple(
        DueTold(each.kind, each.due_on, each.pending, extended=each.extension > 0)
        for each in session.scalars(running.order_by(CaseClock.id))
    )


def _procedures(session: Session, case_id: int, calendar: WorkCalendar) -> tuple[ProcedureTold, ...]:
    return tuple(
        ProcedureTold(each.procedure, _until(each, calendar), each.stops_statutory, each.stops_promised)
        for each in pauses_of(session, case_id)
        if each.last_day is None and each.procedure != "supplement"
    )


def _until(pause: Pause, calendar: WorkCalendar) -> date | None:
    try:
        return last_granted_day(pause, calendar=calendar)
    except ScheduleMissing:
        return None


def _visits(session: Session, case_id: int) -> tuple[datetime, ...]:
    booked = select(CaseVisit.booked_for).where(CaseVisit.case_id == case_id, CaseVisit.state == "booked")
    return tuple(hall_time(each) for each in session.scalars(booked.order_by(CaseVisit.booked_for)))


def _missing(session: Session, case_id: int) -> tuple[str, ...]:
    """Materials by name: of the notices that wait, and those that 容缺受理 lets follow."""
    told = (
        select(CaseSupplementItem.name)
        .join(CaseSupplement, CaseSupplement.id == CaseSupplementItem.supplement_id)
        .where(
            CaseSupplement.case_id == case_id,
            CaseSupplement.closed_on.is_(None),
            CaseSupplementItem.settled_on.is_(None),
        )
        .order_by(CaseSupplement.id, CaseSupplementItem.position)
    )
    lacking = select(CaseMaterial.name).where(CaseMaterial.case_id == case_id, CaseMaterial.lacking)
    names = (*session.scalars(told), *session.scalars(lacking.order_by(CaseMaterial.position)))
    return tuple(dict.fromkeys(names))


def _certificate_coming(session: Session, case: PermitCase, matter: Matter) -> str:
    """The name of the certificate that is still to be made."""
    if not matter.certificate_name or case.purpose == "cancel" or case.outcome not in {"granted", "default"}:
        return ""
    made = session.scalar(select(Certificate.id).where(Certificate.case_id == case.id).limit(1))
    return "" if made else matter.certificate_name


def _papers(session: Session, case_id: int, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What lies ready, and what was sent and has not arrived."""
    records = session.scalars(
        select(ServiceRecord).where(ServiceRecord.case_id == case_id, ServiceRecord.failed_on.is_(None))
    ).all()
    served = {each.document_id for each in records if each.served_on is not None and each.served_on <= today}
    sent = {each.document_id for each in records} - served
    owed = [paper for paper in session.scalars(to_serve(case_id)) if paper.id not in served]
    return (
        tuple(DOCUMENT_KINDS[paper.kind] for paper in owed if paper.id not in sent),
        tuple(DOCUMENT_KINDS[paper.kind] for paper in owed if paper.id in sent),
    )
