"""What is unusual in cases (异常): found once from their records, listed, judged by somebody it is not about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.anomalies import Anomaly, CaseHistory, Entered, Paused, Told, WorkDone, anomalies
from hall.rules.authority import require
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.people import Actor, system_actor
from hall.rules.supervision_words import ANOMALY_VERDICTS
from hall.services.reasons import statement_for
from hall.services.schedules import calendar_in_force
from hall.services.subject_notices import Addressee, notify
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.certificates import Certificate
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.people import Account
from hall.store.schema.permits import CaseEvent, CaseSupplement, PermitCase
from hall.store.schema.reviewing import CaseVisit
from hall.store.schema.supervision import CaseAnomaly

_DAY = timedelta(days=1)
_LOOK_BACK, _AT_ONCE, _OVERLAP = 300, 1_000, 50
"""Events: looked through again when a station starts (what is older, the stations at work have seen), at most in one
call, and once more in the next."""


class NoSuchAnomaly(Missing):
    """Nothing open with this key."""

    def __init__(self) -> None:
        super().__init__("没有找到这条异常，可能已经由别人核查。请重新载入。")


class OwnAnomaly(Refused):
    """Nobody judges what is about himself."""

    def __init__(self) -> None:
        super().__init__("这条异常涉及您本人，不能由本人核查，请由其他有权限的人员核查。")


class UnknownVerdict(Refused):
    """A verdict that is not in the list."""

    def __init__(self) -> None:
        super().__init__(f"核查结论只能是：{'、'.join(ANOMALY_VERDICTS.values())}。")


class Seen(NamedTuple):
    """Cases to look at, the event that was reached, and whether there are more."""

    cases: tuple[int, ...]
    reached: int
    more: bool


@dataclass(frozen=True, slots=True)
class AnomalyView:
    """One finding. `mine`: it is about the reader, who cannot judge it."""

    anomaly_id: int
    case_id: int
    case_number: str
    matter_name: str
    kind: str
    text: str
    found_at: datetime
    about: str
    mine: bool
    verdict: str
    explanation: str


def cases_since(store: Store, event_id: int | None) -> Seen:
    """The cases to which anything was done after an event; None: in the last hundreds.

    Events may show themselves out of the order of their keys, so the last few are always looked at again.
    """
    with store.read() as session:
        own = CaseEvent.hall_id == store.hall_id
        newest = session.scalar(select(func.max(CaseEvent.id)).where(own)) or 0
        first = max(newest - _LOOK_BACK, 0) if event_id is None else max(event_id - _OVERLAP, 0)
        reached = min(newest, first + _AT_ONCE)
        found = session.scalars(
            select(CaseEvent.case_id).where(own, CaseEvent.id > first, CaseEvent.id <= reached).distinct()
        ).all()
    return Seen(tuple(sorted(found)), reached, reached < newest)


def inspect(store: Store, *, case_id: int, policy: SupervisionPolicy) -> int:
    """Look at one case; gives how much was found that was not known."""
    today = business_date(store.clock.now())
    with store.read() as session:
        case = session.get(PermitCase, case_id)
        if case is None or case.hall_id != store.hall_id:
            return 0
        history = _history(session, case, today, calendar_in_force(session, store.hall_id))
        own = CaseAnomaly.case_id == case_id
        known = set(session.execute(select(CaseAnomaly.kind, CaseAnomaly.occasion).where(own)).tuples())
    rule = policy.anomalies.in_force(business_date(case.received_at))
    found = tuple(each for each in anomalies(history, rule) if (each.kind, each.occasion) not in known)
    if found:
        _keep(store, case_id, found)
    return len(found)


@retried
def _keep(store: Store, case_id: int, found: tuple[Anomaly, ...]) -> None:
    with store.work("anomaly.find", system_actor(store.hall_id)) as work:
        insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        for each in found:
            new = work.session.scalar(
                insert(CaseAnomaly)
                .values(
                    hall_id=work.hall_id,
                    case_id=case_id,
                    kind=each.kind,
                    occasion=each.occasion,
                    account_id=each.account_id,
                    found_at=work.now,
                    text=each.text,
                )
                .on_conflict_do_nothing(index_elements=["case_id", "kind", "occasion"])
                .returning(CaseAnomaly.id)
            )
            if new is not None:
                text, to = f"异常：{each.text}", [Addressee(role="manager")]
                notify(work, "permit_case", case_id, kind="anomaly", text=text, to=to)
        work.audit(f"case:{case_id}", anomalies=[f"{each.kind}/{each.occasion}" for each in found])
        work.changed("supervision", "anomaly")


def open_anomalies(store: Store, actor: Actor, *, reviewed: bool = False, most: int = 200) -> tuple[AnomalyView, ...]:
    """What nobody has judged, the oldest first; or what was judged, the newest first."""
    require(actor, "anomaly.review")
    state = CaseAnomaly.reviewed_at.is_not(None) if reviewed else CaseAnomaly.reviewed_at.is_(None)
    query = (
        select(CaseAnomaly, PermitCase, MatterVersion.name, Account.display_name)
        .join(PermitCase, PermitCase.id == CaseAnomaly.case_id)
        .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
        .outerjoin(Account, Account.id == CaseAnomaly.account_id)
        .where(CaseAnomaly.hall_id == store.hall_id, state)
        .limit(most)
    )
    with store.read(actor) as session:
        rows = session.execute(query.order_by(CaseAnomaly.id.desc() if reviewed else CaseAnomaly.id)).tuples().all()
    return tuple(_view(record, case, matter, name, actor) for record, case, matter, name in rows)


@retried
def review(store: Store, actor: Actor, *, anomaly_id: int, verdict: str, explanation: str) -> None:
    """Judge it, once, with an explanation."""
    require(actor, "anomaly.review")
    if verdict not in ANOMALY_VERDICTS:
        raise UnknownVerdict
    explanation = statement_for("核查异常", explanation)
    with store.work("anomaly.review", actor) as work:
        record = work.session.get(CaseAnomaly, anomaly_id)
        if record is None or record.hall_id != work.hall_id:
            raise NoSuchAnomaly
        if record.account_id == actor.account_id:
            raise OwnAnomaly
        reviewed = work.session.scalar(
            update(CaseAnomaly)
            .where(CaseAnomaly.id == anomaly_id, CaseAnomaly.reviewed_at.is_(None))
            .values(reviewed_at=work.now, reviewed_by=actor.account_id, verdict=verdict, explanation=explanation)
            .returning(CaseAnomaly.id)
            .execution_options(synchronize_session=False)
        )
        if reviewed is None:
            raise NoSuchAnomaly
        work.audit(f"case:{record.case_id}", anomaly=anomaly_id, kind=record.kind, verdict=verdict)
        work.changed("supervision", "anomaly")


def _view(record: CaseAnomaly, case: PermitCase, matter_name: str, name: str | None, actor: Actor) -> AnomalyView:
    return AnomalyView(
        record.id,
        case.id,
        case.acceptance_number or case.receipt_number,
        matter_name,
        record.kind,
        record.text,
        record.found_at,
        name or "",
        record.account_id == actor.account_id,
        record.verdict,
        record.explanation,
    )


def _history(session: Session, case: PermitCase, today: date, calendar: WorkCalendar) -> CaseHistory:
    events = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)).all()
    promised = session.scalar(
        select(CaseClock.budget).where(
            CaseClock.case_id == case.id, CaseClock.kind == "promised", CaseClock.unit != "hour"
        )
    )
    return CaseHistory(
        handling=case.handling,
        accepted_how=case.accepted_how,
        accepted_at=case.accepted_at,
        decided_at=case.decided_at,
        decided_by=case.decided_by,
        promised_days=promised,
        supplements=_supplements(session, case.id, {each.at: each.account_id for each in events}),
        pauses=_pauses(session, case.id, today, calendar),
        entries=tuple(
            Entered(each.id, each.kind, business_date(each.at), each.day, each.account_id) for each in events
        ),
        works=(*_visits(session, case), *_certificates(session, case)),
    )


def _supplements(session: Session, case_id: int, tellers: Mapping[datetime, int]) -> tuple[Told, ...]:
    found = session.scalars(select(CaseSupplement).where(CaseSupplement.case_id == case_id).order_by(CaseSupplement.id))
    return tuple(Told(each.id, tellers.get(each.told_at)) for each in found)


def _pauses(session: Session, case_id: int, today: date, calendar: WorkCalendar) -> tuple[Paused, ...]:
    found: Sequence[CasePause] = session.scalars(
        select(CasePause)
        .where(CasePause.case_id == case_id, CasePause.procedure != "supplement")
        .order_by(CasePause.id)
    ).all()
    return tuple(Paused(_workdays(calendar, each.started_on, each.last_on or today), each.account_id) for each in found)


def _workdays(calendar: WorkCalendar, first: date, last: date) -> int:
    try:
        return calendar.workdays_between(first - _DAY, last) if last >= first else 0
    except ScheduleMissing:
        return 0


def _visits(session: Session, case: PermitCase) -> tuple[WorkDone, ...]:
    visits = session.execute(
        select(CaseVisit.id, CaseVisit.made_at, CaseVisit.booked_by).where(
            CaseVisit.case_id == case.id, CaseVisit.made_at.is_not(None)
        )
    )
    received_on = business_date(case.received_at)
    return tuple(
        WorkDone(f"visit:{visit_id}", "现场勘查", business_date(made_at), received_on, booked_by)
        for visit_id, made_at, booked_by in visits.tuples()
        if made_at is not None
    )


def _certificates(session: Session, case: PermitCase) -> tuple[WorkDone, ...]:
    if case.decided_on is None:
        return ()
    found = session.execute(select(Certificate.id, Certificate.valid_from).where(Certificate.case_id == case.id))
    return tuple(
        WorkDone(f"certificate:{certificate_id}", "证件有效期起始", valid_from, case.decided_on, case.decided_by)
        for certificate_id, valid_from in found.tuples()
    )
