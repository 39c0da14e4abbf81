"""Records of a case's way through the bureau: who has it, opinions, visits, hearings, consultations, hand-overs."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallLog, HallRecord, partial_index


class CasePossession(HallRecord, Base):
    """Who had a case in hand from when to when (在手): a person, or a department's pool where there is none.

    `acting_for` names the absent officer in whose place the holder stands (A/B 岗).
    """

    __tablename__ = "case_possession"
    __table_args__ = (
        Index("ix_case_possession_case", "case_id"),
        partial_index("ix_case_possession_now", "case_id", where="until_at IS NULL", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    account_id: Mapped[int | None]
    acting_for: Mapped[int | None]
    step: Mapped[str] = mapped_column(String(16))
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]


class AccountAbsence(HallRecord, Base):
    """Days on which somebody is away, and who stands in (A/B 岗)."""

    __tablename__ = "account_absence"
    __table_args__ = (Index("ix_account_absence_account", "account_id", "first_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    entered_by: Mapped[int]


class CaseOpinion(HallLog, Base):
    """An opinion on a case (审查、审核、法制审核、批准、会签 意见) with its time: append-only."""

    __tablename__ = "case_opinion"
    __table_args__ = (Index("ix_case_opinion_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    step: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[int]
    at: Mapped[datetime]
    position: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]


class CaseHandover(HallRecord, Base):
    """The file going from the counter to the department or back (交接单): both sign."""

    __tablename__ = "case_handover"
    __table_args__ = (Index("ix_case_handover_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    given_by: Mapped[int]
    given_at: Mapped[datetime]
    taken_by: Mapped[int | None]
    taken_at: Mapped[datetime | None]
    items: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class CaseVisit(HallRecord, Base):
    """A site visit (现场勘查): booked, made by at least two officers, recorded (行政许可法 34(3))."""

    __tablename__ = "case_visit"
    __table_args__ = (Index("ix_case_visit_case", "case_id"), Index("ix_case_visit_booked", "hall_id", "booked_for"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    booked_for: Mapped[datetime]
    booked_by: Mapped[int]
    place: Mapped[str]
    state: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[datetime | None]
    findings: Mapped[str] = mapped_column(default="")
    passed: Mapped[bool | None]
    applicant_signed: Mapped[bool] = mapped_column(default=False)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class CaseVisitOfficer(HallRecord, Base):
    """An officer of a site visit, with the number of the certificate that was shown."""

    __tablename__ = "case_visit_officer"

    visit_id: Mapped[int] = mapped_column(ForeignKey("case_visit.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    badge_number: Mapped[str]


class CaseHearing(HallRecord, Base):
    """A hearing (听证): the right told, asked for, announced, held (行政许可法 46–48)."""

    __tablename__ = "case_hearing"
    __table_args__ = (Index("ix_case_hearing_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    origin: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10))
    told_on: Mapped[date | None]
    ask_by: Mapped[date | None]
    asked_on: Mapped[date | None]
    hold_by: Mapped[date | None]
    noticed_on: Mapped[date | None]
    held_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(default="")
    chair_id: Mapped[int | None]
    recorder_id: Mapped[int | None]
    findings: Mapped[str] = mapped_column(default="")
    pause_id: Mapped[int | None] = mapped_column(ForeignKey("case_pause.id"))


class CaseConsultation(HallRecord, Base):
    """Another unit is asked for its opinion (征求意见): by when, and what it said."""

    __tablename__ = "case_consultation"
    __table_args__ = (Index("ix_case_consultation_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    unit: Mapped[str]
    question: Mapped[str]
    asked_on: Mapped[date]
    asked_by: Mapped[int]
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    agrees: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class CaseParty(HallRecord, Base):
    """Somebody whose interests the decision touches (利害关系人, 行政许可法 36)."""

    __tablename__ = "case_party"
    __table_args__ = (Index("ix_case_party_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("permit_case.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    relation: Mapped[str]
    told_on: Mapped[date | None]
    statement: Mapped[str] = mapped_column(default="")
