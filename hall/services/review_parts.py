"""Who had a part in a case, or stays away from its person: whoever did judges neither its dossier nor how it went."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from hall.rules.dossier_review import ReviewSubject
from hall.rules.people import SYSTEM_ACCOUNT
from hall.store.schema.penalties import (
    ConflictOfInterest,
    EnforcementCertificate,
    PenaltyCase,
    PenaltyDuty,
    PenaltyEvent,
    PenaltyOfficer,
)
from hall.store.schema.people import Account
from hall.store.schema.permits import CaseEvent, PermitCase
from hall.store.schema.reviewing import CaseHearing, CaseVisit, CaseVisitOfficer

REVIEWED = "file_review"
"""The event of a review: reviewing is no part in the case."""

CaseKey = tuple[ReviewSubject, int]


def hands_of(session: Session, cases: Iterable[CaseKey]) -> Mapping[CaseKey, frozenset[int]]:
    """The accounts that did anything in each case, opinions that were undone included."""
    wanted = set(cases)
    found: dict[CaseKey, set[int]] = {key: set() for key in wanted}
    permits = [case_id for subject, case_id in wanted if subject == "permit_case"]
    penalties = [case_id for subject, case_id in wanted if subject == "penalty_case"]
    for subject, queries in (("permit_case", _of_permits(permits)), ("penalty_case", _of_penalties(penalties))):
        for query in queries:
            for case_id, account_id in session.execute(query).tuples():
                if account_id not in {None, SYSTEM_ACCOUNT}:
                    found[subject, case_id].add(account_id)  # type: ignore[index]  # both are subjects
    return {key: frozenset(accounts) for key, accounts in found.items()}


def barred_from(
    session: Session, cases: Sequence[CaseKey], accounts: Iterable[int], *, today: date, other_department: bool
) -> Mapping[CaseKey, frozenset[int]]:
    """Of these accounts who may not review each case: had a part in it, stays away from its person, or, where that is
    asked for, is of a department that handled it."""
    able = set(accounts)
    hands = hands_of(session, cases)
    parties = _parties(session, cases)
    away = _staying_away(session, set(parties.values()), today)
    departments = _departments(session) if other_department else {}
    barred = {}
    for key in cases:
        handled = {departments.get(account_id) for account_id in hands[key]} - {None}
        barred[key] = frozenset(
            account_id
            for account_id in able
            if account_id in hands[key]
            or account_id in away.get(parties[key], ())
            or departments.get(account_id) in handled
        )
    return barred


def _of_permits(keys: Sequence[int]) -> tuple[Select[tuple[int, int]] | Select[tuple[int, int | None]], ...]:
    return (
        select(CaseEvent.case_id, CaseEvent.account_id)
        .where(CaseEvent.case_id.in_(keys), CaseEvent.kind != REVIEWED)
        .distinct(),
        select(CaseVisit.case_id, CaseVisitOfficer.account_id)
        .join(CaseVisitOfficer, CaseVisitOfficer.visit_id == CaseVisit.id)
        .where(CaseVisit.case_id.in_(keys)),
        select(CaseHearing.case_id, CaseHearing.chair_id).where(CaseHearing.case_id.in_(keys)),
        select(CaseHearing.case_id, CaseHearing.recorder_id).where(CaseHearing.case_id.in_(keys)),
    )


def _of_penalties(keys: Sequence[int]) -> tuple[Select[tuple[int, int]] | Select[tuple[int, int | None]], ...]:
    return (
        select(PenaltyEvent.case_id, PenaltyEvent.account_id)
        .where(PenaltyEvent.case_id.in_(keys), PenaltyEvent.kind != REVIEWED)
        .distinct(),
        select(PenaltyDuty.case_id, PenaltyDuty.account_id).where(PenaltyDuty.case_id.in_(keys)),
        select(PenaltyOfficer.case_id, EnforcementCertificate.account_id)
        .join(EnforcementCertificate, EnforcementCertificate.id == PenaltyOfficer.certificate_id)
        .where(PenaltyOfficer.case_id.in_(keys)),
    )


def _parties(session: Session, cases: Iterable[CaseKey]) -> Mapping[CaseKey, int]:
    wanted = set(cases)
    permits = select(PermitCase.id, PermitCase.applicant_id).where(
        PermitCase.id.in_([key for subject, key in wanted if subject == "permit_case"])
    )
    penalties = select(PenaltyCase.id, PenaltyCase.party_id).where(
        PenaltyCase.id.in_([key for subject, key in wanted if subject == "penalty_case"])
    )
    found: dict[CaseKey, int] = {}
    found |= {("permit_case", key): person for key, person in session.execute(permits)}
    found |= {("penalty_case", key): person for key, person in session.execute(penalties)}
    return found


def _staying_away(session: Session, persons: set[int], today: date) -> Mapping[int, set[int]]:
    query = select(ConflictOfInterest.person_id, ConflictOfInterest.account_id).where(
        ConflictOfInterest.person_id.in_(persons),
        ConflictOfInterest.from_day <= today,
        or_(ConflictOfInterest.until_day.is_(None), ConflictOfInterest.until_day >= today),
    )
    found: dict[int, set[int]] = {}
    for person_id, account_id in session.execute(query):
        found.setdefault(person_id, set()).add(account_id)
    return found


def _departments(session: Session) -> Mapping[int, int]:
    query = select(Account.id, Account.department_id).where(Account.department_id.is_not(None))
    return {key: department for key, department in session.execute(query).tuples() if department is not None}
