"""What the calendar does to certificates (许可证件): reminders, expiry, renewal by silence (行政许可法 50)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.certificates import Asked, ask_by, deemed_renewed, reminder_due, validity
from hall.rules.people import system_actor
from hall.rules.permits import IN_REVIEW
from hall.services.calendar import shipped_limits
from hall.services.case_records import Detail, add_event, case_locked, cases_locked
from hall.services.catalogue import version_numbered
from hall.services.certificate_rules import VALIDITY, certificate_rules, rule_today
from hall.services.clocks import calendar
from hall.services.silent_renewal import decide_by_silence
from hall.services.subject_notices import Addressee, notify
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import Certificate
from hall.store.schema.permits import CaseEvent, PermitCase


class NoSuchCertificate(Missing):
    """The hall has no certificate with the key."""

    def __init__(self) -> None:
        super().__init__("没有找到这张证件，可能属于别的大厅。请重新查询。")


@dataclass(frozen=True, slots=True)
class Expired:
    """What the calendar did: certificates whose validity ended, and those that silence has renewed."""

    expired: tuple[int, ...]
    prolonged: tuple[int, ...]


def expire(store: Store, *, home: Path) -> Expired:
    """Settle every certificate whose validity has ended, each in a transaction of its own. The timekeeper calls it.

    A hall that was switched off catches up; of several stations one settles each.
    """
    settled: dict[int, str] = {}
    with store.read() as session:
        over = session.scalars(_over(store.hall_id, business_date(store.clock.now()))).all()
    for certificate_id in over:
        settled[certificate_id] = settle_expiry(store, certificate_id=certificate_id, home=home)
    return Expired(
        tuple(key for key, state in settled.items() if state == "expired"),
        tuple(key for key, state in settled.items() if state == "valid"),
    )


@retried
def settle_expiry(store: Store, *, certificate_id: int, home: Path) -> str:
    """End one certificate, or prolong it where its renewal was left undecided; gives its state."""
    with store.work("certificate.expire", system_actor(store.hall_id)) as work:
        granting = certificate_in_hall(work.session, work.hall_id, certificate_id).case_id
        cases_locked(work, granting, *work.session.scalars(_renewals(certificate_id)))
        record = certificate_locked(work, certificate_id)
        ended, today = record.valid_to, business_date(work.now)
        if record.state == "valid" and ended is not None and ended < today:
            renewal_case = _renewal_under_way(work, record, ended, home)
            if renewal_case is None:
                _end(work, record, ended)
            else:
                _prolong(work, record, renewal_case, ended=ended, home=home)
        work.audit(f"certificate:{record.id}", state=record.state, valid_to=str(record.valid_to))
        work.changed("certificate", str(record.id))
        return record.state


def remind(store: Store, *, home: Path) -> tuple[int, ...]:
    """Tell the hall which certificates will expire, each step once; gives their keys. The timekeeper calls it."""
    today = business_date(store.clock.now())
    rule = certificate_rules(home).in_force(today)
    with store.read() as session:
        soon = session.scalars(_expiring(store.hall_id, today, rule.reminders[0]))
        if not any(_step(record, today, home) for record in soon):
            return ()
    return _send_reminders(store, home=home)


@retried
def _send_reminders(store: Store, *, home: Path) -> tuple[int, ...]:
    with store.work("certificate.remind", system_actor(store.hall_id)) as work:
        work.lock("certificate/remind")
        today, reminded = business_date(work.now), []
        for record in work.session.scalars(_expiring(work.hall_id, today, rule_today(work, home).reminders[0])):
            step = _step(record, today, home)
            if step is not None and record.valid_to is not None:
                record.reminded_days = step
                _tell_of_expiry(work, record, record.valid_to, home)
                work.changed("certificate", str(record.id))
                reminded.append(record.id)
        work.audit("certificate", reminded=reminded)
    return tuple(reminded)


def certificate_in_hall(session: Session, hall_id: int, certificate_id: int) -> Certificate:
    """The certificate with a key; raises NoSuchCertificate."""
    record = session.get(Certificate, certificate_id)
    if record is None or record.hall_id != hall_id:
        raise NoSuchCertificate
    return record


def certificate_locked(work: Work, certificate_id: int) -> Certificate:
    """The certificate as it stands now, kept from every other act on it until the end of the work."""
    certificate_in_hall(work.session, work.hall_id, certificate_id)
    return work.session.get_one(Certificate, certificate_id, with_for_update=True, populate_existing=True)


def add_certificate_event(work: Work, record: Certificate, kind: str, detail: Detail, *, note: str = "") -> None:
    """What happened to a certificate stands in the events of the case that granted it (words.CERTIFICATE_ACTS)."""
    case = work.session.get_one(PermitCase, record.case_id)
    add_event(work, case, kind, note=note, detail={"certificate": record.id, **detail})


def prolonged(session: Session, case_id: int) -> bool:
    """Whether silence on this renewal has prolonged the certificate it is about."""
    found = select(CaseEvent.id).where(CaseEvent.case_id == case_id, CaseEvent.kind == "prolong").limit(1)
    return session.scalar(found) is not None


def _end(work: Work, record: Certificate, ended: date) -> None:
    """Valid up to the end of its last day (民法典 203); 注销 of an expired licence is a decision of its own."""
    record.state, record.state_on, record.state_reason = "expired", ended + timedelta(days=1), "有效期届满未延续"
    add_certificate_event(work, record, "expire", {"valid_to": ended.isoformat()})


def _prolong(work: Work, record: Certificate, renewal_case: PermitCase, *, ended: date, home: Path) -> None:
    """For the same length once more, counted from its end; the renewal counts as granted on that day."""
    months = version_numbered(work.session, record.matter_version_id).matter.validity_months
    if months is None:
        record.valid_to = ended + (ended - record.valid_from)
    else:
        rule = shipped_limits().limit(VALIDITY, ended)
        record.valid_to = validity(calendar(work), rule, first=ended, months=months, after=ended).last
    record.reminded_days = None
    detail: Detail = {"expired_on": ended.isoformat(), "valid_to": str(record.valid_to)}
    add_certificate_event(work, record, "prolong", {**detail, "renewal": renewal_case.id})
    if renewal_case.id != record.case_id:
        add_event(work, renewal_case, "prolong", detail={"certificate": record.id, **detail})
    decide_by_silence(work, renewal_case, ended=ended, valid_to=record.valid_to, home=home)


def _renewal_under_way(work: Work, record: Certificate, ended: date, home: Path) -> PermitCase | None:
    """The renewal that was asked for in time, accepted and not decided; locked.

    One that was taken in while this work waited for the certificate is not kept yet: nobody else has it so soon.
    """
    under_way = _renewals(record.id).where(PermitCase.state.in_(IN_REVIEW)).limit(1)
    found = work.session.scalars(under_way).one_or_none()
    if found is None:
        return None
    case = case_locked(work, found)
    asked = Asked(business_date(case.received_at), case.state)
    silent = deemed_renewed(ended, asked, today=business_date(work.now), rule=rule_today(work, home))
    return case if silent else None


def _renewals(certificate_id: int) -> Select[tuple[int]]:
    about = PermitCase.certificate_id == certificate_id, PermitCase.purpose == "renewal"
    return select(PermitCase.id).where(*about).order_by(PermitCase.id)


def _tell_of_expiry(work: Work, record: Certificate, valid_to: date, home: Path) -> None:
    left = (valid_to - business_date(work.now)).days
    last = ask_by(valid_to, rule_today(work, home))
    text = f"证件 {record.number} 还有 {left} 天到期（{valid_to}），请提醒被许可人在 {last} 前申请延续。"
    notify(work, "permit_case", record.case_id, kind="renewal", text=text, to=(Addressee(role="clerk"),))
    detail: Mapping[str, str | int | None] = {"days": record.reminded_days, "valid_to": valid_to.isoformat()}
    add_certificate_event(work, record, "remind", detail)


def _step(record: Certificate, today: date, home: Path) -> int | None:
    if record.valid_to is None:
        return None
    rule = certificate_rules(home).in_force(today)
    return reminder_due(record.valid_to, reminded_days=record.reminded_days, today=today, rule=rule)


def _over(hall_id: int, today: date) -> Select[tuple[int]]:
    return (
        select(Certificate.id)
        .where(Certificate.hall_id == hall_id, Certificate.state == "valid", Certificate.valid_to < today)
        .order_by(Certificate.id)
    )


def _expiring(hall_id: int, today: date, days: int) -> Select[tuple[Certificate]]:
    return (
        select(Certificate)
        .where(
            Certificate.hall_id == hall_id,
            Certificate.state == "valid",
            Certificate.valid_to.between(today, today + timedelta(days=days)),
        )
        .order_by(Certificate.id)
    )
