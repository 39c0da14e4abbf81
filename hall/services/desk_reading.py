"""Reads the records of a case's way through the bureau for the desk, at one instant."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.calendar import WorkCalendar
from hall.rules.clocks import read
from hall.services import persons
from hall.services.clocks import clocks_of
from hall.services.desk_records import (
    DeskClock,
    DeskConsultation,
    DeskEvent,
    DeskHand,
    DeskHandover,
    DeskHearing,
    DeskLine,
    DeskOpinion,
    DeskParty,
    DeskPause,
    DeskRecords,
    DeskSupplement,
    DeskVisit,
)
from hall.store.schema.clocks import CasePause
from hall.store.schema.people import Account, Person
from hall.store.schema.permits import CaseEvent, CaseSupplement, CaseSupplementItem
from hall.store.schema.reviewing import (
    CaseConsultation,
    CaseHandover,
    CaseHearing,
    CaseOpinion,
    CaseParty,
    CasePossession,
    CaseVisit,
    CaseVisitOfficer,
)
from hall.store.secrets import KeyRing

_Names = Mapping[int, str]


def desk_records(session: Session, ring: KeyRing, case_id: int, *, today: date, calendar: WorkCalendar) -> DeskRecords:
    """All of them, read at one instant."""
    names = dict(session.execute(select(Account.id, Account.display_name)).tuples().all())
    return DeskRecords(
        clocks=_clocks(session, case_id, today, calendar),
        pauses=_pauses(session, case_id),
        opinions=_opinions(session, case_id, names),
        supplements=_supplements(session, case_id),
        visits=_visits(session, case_id, names),
        hearings=_hearings(session, case_id, names),
        consultations=_consultations(session, case_id, today),
        parties=_parties(session, case_id, ring),
        handovers=_handovers(session, case_id, names),
        hands=_hands(session, case_id, names),
        events=_events(session, case_id, names),
    )


def _clocks(session: Session, case_id: int, today: date, calendar: WorkCalendar) -> tuple[DeskClock, ...]:
    return tuple(
        DeskClock(record.subject, read(ledger, today, calendar=calendar), record.stopped_on, record.stopped_how)
        for record, ledger in clocks_of(session, case_id)
    )


def _pauses(session: Session, case_id: int) -> tuple[DeskPause, ...]:
    return tuple(
        DeskPause(
            procedure=each.procedure,
            started_on=each.started_on,
            ended_on=each.ended_on,
            granted=each.granted_days,
            unit=each.granted_unit,
            stops_statutory=each.stops_statutory,
            stops_promised=each.stops_promised,
            basis=each.basis,
            reason=each.reason,
            result=each.result,
        )
        for each in session.scalars(select(CasePause).where(CasePause.case_id == case_id).order_by(CasePause.id))
    )


def _opinions(session: Session, case_id: int, names: _Names) -> tuple[DeskOpinion, ...]:
    found = session.scalars(select(CaseOpinion).where(CaseOpinion.case_id == case_id).order_by(CaseOpinion.id))
    return tuple(
        DeskOpinion(each.step, names.get(each.account_id, ""), each.at, each.position, each.text) for each in found
    )


def _supplements(session: Session, case_id: int) -> tuple[DeskSupplement, ...]:
    found = session.scalars(select(CaseSupplement).where(CaseSupplement.case_id == case_id).order_by(CaseSupplement.id))
    return tuple(
        DeskSupplement(
            each.phase,
            each.round,
            each.told_at,
            each.reply_by,
            each.closed_on,
            each.closed_how,
            _lines(session, each.id),
        )
        for each in found.all()
    )


def _lines(session: Session, supplement_id: int) -> tuple[DeskLine, ...]:
    found = session.scalars(
        select(CaseSupplementItem)
        .where(CaseSupplementItem.supplement_id == supplement_id)
        .order_by(CaseSupplementItem.position)
    )
    return tuple(DeskLine(each.position, each.name, each.defect, each.requirement, each.settled_on) for each in found)


def _visits(session: Session, case_id: int, names: _Names) -> tuple[DeskVisit, ...]:
    found = session.scalars(select(CaseVisit).where(CaseVisit.case_id == case_id).order_by(CaseVisit.id)).all()
    return tuple(
        DeskVisit(
            visit_id=each.id,
            state=each.state,
            booked_for=each.booked_for,
            place=each.place,
            made_at=each.made_at,
            findings=each.findings,
            passed=each.passed,
            officers=_officers(session, each.id, names),
            document_id=each.document_id,
        )
        for each in found
    )


def _officers(session: Session, visit_id: int, names: _Names) -> tuple[str, ...]:
    found = session.scalars(
        select(CaseVisitOfficer).where(CaseVisitOfficer.visit_id == visit_id).order_by(CaseVisitOfficer.account_id)
    )
    return tuple(f"{names.get(each.account_id, '')}（{each.badge_number}）" for each in found)


def _hearings(session: Session, case_id: int, names: _Names) -> tuple[DeskHearing, ...]:
    found = session.scalars(select(CaseHearing).where(CaseHearing.case_id == case_id).order_by(CaseHearing.id))
    return tuple(
        DeskHearing(
            hearing_id=each.id,
            origin=each.origin,
            state=each.state,
            told_on=each.told_on,
            ask_by=each.ask_by,
            asked_on=each.asked_on,
            hold_by=each.hold_by,
            held_at=each.held_at,
            place=each.place,
            chair=names.get(each.chair_id or 0, ""),
            recorder=names.get(each.recorder_id or 0, ""),
            findings=each.findings,
        )
        for each in found
    )


def _consultations(session: Session, case_id: int, today: date) -> tuple[DeskConsultation, ...]:
    found = session.scalars(
        select(CaseConsultation).where(CaseConsultation.case_id == case_id).order_by(CaseConsultation.id)
    )
    return tuple(
        DeskConsultation(
            consultation_id=each.id,
            unit=each.unit,
            question=each.question,
            asked_on=each.asked_on,
            due_on=each.due_on,
            answered_on=each.answered_on,
            agrees=each.agrees,
            answer=each.answer,
            overdue=each.due_on is not None and (each.answered_on or today) > each.due_on,
        )
        for each in found
    )


def _parties(session: Session, case_id: int, ring: KeyRing) -> tuple[DeskParty, ...]:
    found = session.execute(
        select(CaseParty, Person)
        .join(Person, Person.id == CaseParty.person_id)
        .where(CaseParty.case_id == case_id)
        .order_by(CaseParty.id)
    ).tuples()
    return tuple(
        DeskParty(each.id, persons.public_view(person, ring), each.relation, each.told_on, each.statement)
        for each, person in found
    )


def _handovers(session: Session, case_id: int, names: _Names) -> tuple[DeskHandover, ...]:
    found = session.scalars(select(CaseHandover).where(CaseHandover.case_id == case_id).order_by(CaseHandover.id))
    return tuple(
        DeskHandover(
            names.get(each.given_by, ""), each.given_at, names.get(each.taken_by or 0, ""), each.taken_at, each.items
        )
        for each in found
    )


def _hands(session: Session, case_id: int, names: _Names) -> tuple[DeskHand, ...]:
    found = session.scalars(select(CasePossession).where(CasePossession.case_id == case_id).order_by(CasePossession.id))
    return tuple(
        DeskHand(
            each.step,
            names.get(each.account_id or 0, ""),
            names.get(each.acting_for or 0, ""),
            each.from_at,
            each.until_at,
        )
        for each in found
    )


def _events(session: Session, case_id: int, names: _Names) -> tuple[DeskEvent, ...]:
    found = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id))
    return tuple(
        DeskEvent(
            at=each.at,
            day=each.day,
            kind=each.kind,
            state=each.state,
            name=names.get(each.account_id, "系统"),
            note=each.note,
            detail=json.loads(each.detail),
            document_id=each.document_id,
        )
        for each in found
    )
