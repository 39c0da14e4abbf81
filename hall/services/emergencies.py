"""Emergency measures: entered, reported within 24 hours by the clock, approved afterwards or lifted at once."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.emergencies import CannotOnEmergency, Emergency, EmergencyAct, check_began, reasons, report_by
from hall.rules.people import Actor
from hall.services import issuing, papers_seizure
from hall.services.calendar import shipped_limits
from hall.services.issuing import Issued
from hall.services.papers_common import Fields, hall_block
from hall.services.papers_seizure import EmergencyTaken
from hall.services.penalty_head import addressee_of
from hall.services.penalty_staff import certificates_named, valid_officers
from hall.services.reasons import reason_for, statement_for
from hall.services.seizure_records import SameHand, seizure_locked, take_decision
from hall.services.seizures import release_within
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.halls import Hall
from hall.store.schema.seizures import EmergencyMeasure, Seizure

REPORT = "emergency.report"
"""Name in `timelimits.csv`."""


class NoSuchEmergency(Missing):
    """No emergency measure of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这项紧急强制措施，请刷新列表后重新选择。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEmergency:
    """A measure that was taken at once. `certificates`: keys of the certificates of at least two officers.

    `seizure_id` where goods were seized; its party is then that of the measure.
    """

    measure: str
    place: str
    reason: str
    began_at: datetime
    certificates: tuple[int, ...]
    seizure_id: int | None = None


@retried
def enter(store: Store, actor: Actor, *, new: NewEmergency) -> int:
    """登记紧急强制措施: from `began_at` on 24 hours run, days off or not (行政强制法 19); gives its key.

    Raises CannotOnEmergency, NotTwoOfficers (18(2)).
    """
    require(actor, "emergency.report")
    with store.work("emergency.report", actor) as work:
        check_began(new.began_at, work.now)
        found = certificates_named(work.session, work.hall_id, new.certificates)
        officers = valid_officers(found, day=business_date(new.began_at))
        seizure = seizure_locked(work, new.seizure_id)[0] if new.seizure_id is not None else None
        record = EmergencyMeasure(
            hall_id=work.hall_id,
            seizure_id=new.seizure_id,
            party_id=seizure.party_id if seizure is not None else None,
            measure=reason_for("登记紧急强制措施", new.measure),
            place=reason_for("实施的地点", new.place),
            officers="、".join(f"{each.name}（{each.number}）" for each in officers),
            reason=statement_for("登记紧急强制措施", new.reason),
            began_at=new.began_at,
            account_id=work.actor.account_id,
        )
        work.session.add(record)
        work.session.flush()
        _settle(work, record, entered=True)
        return record.id


@retried
def report(store: Store, actor: Actor, *, emergency_id: int, home: Path) -> Issued:
    """报告 to the head with the 报告表, now: the time of the report is the clock's. Raises CannotOnEmergency."""
    require(actor, "emergency.report")
    with store.work("emergency.report", actor) as work:
        record = _locked(work, emergency_id)
        _refuse("report", record)
        record.reported_at, record.reported_by = work.now, work.actor.account_id
        issued = issuing.issue(work, case_id=None, kind="emergency_report", content=_paper(work, record), home=home)
        record.document_id = issued.document_id
        _settle(work, record, document=issued.document_id, late=work.now > due_of(record))
        return issued


@retried
def decide(store: Store, actor: Actor, *, emergency_id: int, approved: bool, answer: str, home: Path) -> Issued | None:
    """负责人决定: approved afterwards, or lifted at once, with the release of what was seized (行政强制法 19).

    Gives the release where there is one. Raises CannotOnEmergency, SameHand.
    """
    require(actor, "emergency.decide")
    why = statement_for("同意补办" if approved else "不同意", answer)
    with store.work("emergency.decide", actor) as work:
        record = _locked(work, emergency_id)
        _refuse("decide", record)
        if work.actor.account_id in {record.account_id, record.reported_by}:
            raise SameHand
        record.decided_at, record.decided_by = work.now, work.actor.account_id
        record.approved, record.answer = approved, why
        issued = None
        if not approved:
            record.lifted_at = work.now
            issued = _release(work, record, why, home=home)
        _settle(work, record, approved=approved, release=issued.document_id if issued else None)
        return issued


def measure_of(record: EmergencyMeasure) -> Emergency:
    """The record as the rules see it."""
    return Emergency(record.began_at, record.reported_at, record.decided_at)


def due_of(record: EmergencyMeasure) -> datetime:
    """The instant by which it must be reported."""
    rule = shipped_limits().limit(REPORT, business_date(record.began_at))
    return report_by(measure_of(record), rule)


def _locked(work: Work, emergency_id: int) -> EmergencyMeasure:
    work.lock(f"emergency/{emergency_id}")
    record = work.session.get(EmergencyMeasure, emergency_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchEmergency
    return record


def _refuse(act: EmergencyAct, record: EmergencyMeasure) -> None:
    if why := reasons(act, measure_of(record)):
        raise CannotOnEmergency("".join(why))


def _release(work: Work, record: EmergencyMeasure, why: str, *, home: Path) -> Issued | None:
    if record.seizure_id is None:
        return None
    seizure, case = seizure_locked(work, record.seizure_id)
    if seizure.ended_on is not None:
        return None
    take_decision(work, seizure, case)
    return release_within(work, seizure, case, limb="no_need", reason=why, home=home)


def _paper(work: Work, record: EmergencyMeasure) -> Fields:
    assert record.reported_at is not None
    seizure = work.session.get(Seizure, record.seizure_id) if record.seizure_id is not None else None
    party = addressee_of(work, record.party_id).public_name if record.party_id is not None else ""
    return papers_seizure.emergency_report(
        hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name),
        taken=EmergencyTaken(
            record.measure,
            record.place,
            record.reason,
            record.began_at,
            record.officers,
            seizure.number if seizure is not None else "",
        ),
        party=party,
        due_at=due_of(record),
        reported_at=record.reported_at,
    )


def _settle(work: Work, record: EmergencyMeasure, **detail: object) -> None:
    work.session.flush()
    work.audit(f"emergency:{record.id}", seizure=record.seizure_id, **detail)
    work.changed("seizure", f"emergency/{record.id}")
