"""What a month's report counts of penalties: requests and how they ended, agreements, publicity in time. Never money.

行政处罚法 74: no figure of fines stands in any report.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.rules.calendar import WorkCalendar
from hall.rules.case_facts import Period
from hall.services.calendar import shipped_limits
from hall.services.publicity_reading import shown_of
from hall.store.schema.fines import DeferralRequest, ExecutionAgreement
from hall.store.schema.leniency import LeniencyRequest
from hall.store.schema.publicity import Publication

_Day = InstrumentedAttribute[date] | InstrumentedAttribute[date | None]


@dataclass(frozen=True, slots=True)
class PenaltyCounts:
    """Of one period. What was asked, and what ended, in it; decisions whose day to be published lies in it."""

    leniency_asked: int = 0
    leniency_granted: int = 0
    leniency_refused: int = 0
    leniency_withdrawn: int = 0
    deferral_asked: int = 0
    deferral_granted: int = 0
    deferral_refused: int = 0
    agreements: int = 0
    breaches: int = 0
    publicity_due: int = 0
    publicity_in_time: int = 0


NAMES = {
    "leniency_asked": "减免申请收到",
    "leniency_granted": "减免申请同意",
    "leniency_refused": "减免申请不同意",
    "leniency_withdrawn": "减免申请撤回",
    "deferral_asked": "暂缓分期申请收到",
    "deferral_granted": "暂缓分期批准",
    "deferral_refused": "暂缓分期不批准",
    "agreements": "执行协议达成",
    "breaches": "执行协议违约",
    "publicity_due": "处罚决定应公示",
    "publicity_in_time": "处罚决定按时公示",
}


def penalty_counts(session: Session, hall_id: int, period: Period, *, calendar: WorkCalendar) -> PenaltyCounts:
    """The counts of a period."""
    due, in_time = _publicity(session, hall_id, period, calendar)
    ended = _ended(session, hall_id, period)
    answered = _answered(session, hall_id, period)
    return PenaltyCounts(
        leniency_asked=_asked(session, LeniencyRequest.hall_id == hall_id, LeniencyRequest.applied_on, period),
        leniency_granted=ended.get("granted", 0),
        leniency_refused=ended.get("refused", 0),
        leniency_withdrawn=ended.get("withdrawn", 0),
        deferral_asked=_asked(session, DeferralRequest.hall_id == hall_id, DeferralRequest.applied_on, period),
        deferral_granted=answered.get(True, 0),
        deferral_refused=answered.get(False, 0),
        agreements=_asked(session, ExecutionAgreement.hall_id == hall_id, ExecutionAgreement.agreed_on, period),
        breaches=_breaches(session, hall_id, period),
        publicity_due=due,
        publicity_in_time=in_time,
    )


def _asked(session: Session, of_hall: ColumnElement[bool], day: _Day, period: Period) -> int:
    return session.scalar(select(func.count()).where(of_hall, day.between(period.first, period.last))) or 0


def _ended(session: Session, hall_id: int, period: Period) -> dict[str, int]:
    """State → requests for leniency that ended so."""
    own = LeniencyRequest.hall_id == hall_id, LeniencyRequest.ended_on.between(period.first, period.last)
    rows = session.execute(select(LeniencyRequest.state, func.count()).where(*own).group_by(LeniencyRequest.state))
    return dict(rows.tuples().all())


def _answered(session: Session, hall_id: int, period: Period) -> dict[bool | None, int]:
    """Granted or not → applications to pay later or in parts."""
    own = DeferralRequest.hall_id == hall_id, DeferralRequest.decided_on.between(period.first, period.last)
    rows = session.execute(select(DeferralRequest.granted, func.count()).where(*own).group_by(DeferralRequest.granted))
    return dict(rows.tuples().all())


def _breaches(session: Session, hall_id: int, period: Period) -> int:
    breached = ExecutionAgreement.hall_id == hall_id, ExecutionAgreement.state == "breached"
    ended = ExecutionAgreement.ended_on.between(period.first, period.last)
    return session.scalar(select(func.count()).where(*breached, ended)) or 0


def _publicity(session: Session, hall_id: int, period: Period, calendar: WorkCalendar) -> tuple[int, int]:
    """Decisions to be published by a day of the period, and those of them that were by then.

    What is withheld, or was overturned before its day, is not due, nor what has its day still before it; without a
    schedule there is no day.
    """
    query = select(Publication).where(
        Publication.hall_id == hall_id,
        Publication.case_id.is_not(None),
        Publication.withheld == "",
        Publication.decided_on.between(period.month_before.first, period.last),
    )
    limits = shipped_limits()
    due = in_time = 0
    for row in session.scalars(query):
        last = shown_of(row, days=calendar, limits=limits).publish_by
        if last is None or not period.has(last):
            continue
        published = row.published_on is not None and row.published_on <= last
        dropped = row.published_on is None and row.overturned_on is not None and row.overturned_on <= last
        if published or (period.past(last) and not dropped):
            due, in_time = due + 1, in_time + published
    return due, in_time


def penalty_lines(counts: PenaltyCounts) -> tuple[tuple[str, str], ...]:
    """The counts in words, a subject a line; nothing where nothing was counted."""
    if counts == PenaltyCounts():
        return ()
    return (
        (
            "减免申请",
            f"收到 {counts.leniency_asked} 件，同意 {counts.leniency_granted} 件，"
            f"不同意 {counts.leniency_refused} 件，撤回 {counts.leniency_withdrawn} 件",
        ),
        (
            "暂缓分期申请",
            f"收到 {counts.deferral_asked} 件，批准 {counts.deferral_granted} 件，不批准 {counts.deferral_refused} 件",
        ),
        ("执行协议", f"达成 {counts.agreements} 件，违约 {counts.breaches} 件"),
        ("处罚决定公示", f"应公示 {counts.publicity_due} 件，按时 {counts.publicity_in_time} 件"),
    )
