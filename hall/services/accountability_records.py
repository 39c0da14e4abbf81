"""An accountability record within a work: the snapshot of clocks and hands, and the paper of the decision."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.accountability import Share
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.clocks import read
from hall.rules.supervision_words import DEGREES, EXEMPTIONS, MEASURES, ORDER_PARTS, RECORD_FINDINGS
from hall.services import clocks, issuing
from hall.services.case_records import case_locked
from hall.services.clocks import KeptClock
from hall.services.issuing import Issued
from hall.services.paper_head import name_of, paper_head
from hall.services.papers_supervision import LedgerRow, accountability
from hall.services.possession import answerable, shares_of
from hall.store import Work
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import AccountabilityRecord, SupervisionOrder
from hall.words import CLOCK_KINDS, LIMIT_UNITS

Row = Mapping[str, str | int | None]

# The clock that a record is about where no order names one.
_WEIGHT = ("statutory", "promised", "acceptance", "delivery", "joint", "step")


class NoSuchRecord(Missing):
    """No record of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有找到这份责任追究，请重新载入。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What is registered: about whom, where it comes from, what happened, which article was broken."""

    case_id: int
    subject_id: int
    facts: str
    article: str
    source: str = "system"
    order_id: int | None = None


def keep_record(
    work: Work, case: PermitCase, new: NewRecord, *, facts: str, article: str, home: Path
) -> AccountabilityRecord:
    """With number, ledger and possession as they stand now; raises NoSuchRecord for an order of another case."""
    today, kept = business_date(work.now), clocks.clocks_of(work.session, case.id)
    about = _about(work.session, new, kept, today)
    record = AccountabilityRecord(
        hall_id=work.hall_id,
        number=issuing.draw_number(work, kind="accountability", home=home),
        case_id=case.id,
        order_id=new.order_id,
        source=new.source,
        opened_on=today,
        opened_by=work.actor.account_id,
        subject_id=new.subject_id,
        part=_part(work, case, about, new.subject_id),
        possession=_json(_possession(work, case, about, today)),
        ledger=_json(ledger_snapshot(kept, about, today, calendar=clocks.calendar(work))),
        facts=facts,
        article=article,
        state="opened",
    )
    work.session.add(record)
    work.session.flush()
    return record


def record_locked(work: Work, record_id: int) -> AccountabilityRecord:
    """A record kept, with its case, from every other act until the end of the work; raises NoSuchRecord."""
    record = work.session.get(AccountabilityRecord, record_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchRecord
    case_locked(work, record.case_id)
    work.session.refresh(record)
    return record


def ledger_snapshot(
    kept: Sequence[KeptClock], about: KeptClock | None, today: date, *, calendar: WorkCalendar
) -> list[Row]:
    """Every limit of the case as it stood, the one that the record is about first."""
    in_order = sorted(kept, key=lambda each: (about is None or each.record.id != about.record.id, each.record.id))
    return [_snapshot(each, today, calendar) for each in in_order if each.record.kind != "supervision"]


def decision_paper(work: Work, record: AccountabilityRecord, *, appeal_days: int, home: Path) -> Issued:
    """责任追究登记表 under the record's own number."""
    case = work.session.get_one(PermitCase, record.case_id)
    subject = work.session.get_one(Account, record.subject_id)
    hands: list[Row] = json.loads(record.possession)
    content = accountability(
        paper_head(work, case),
        subject_name=subject.display_name,
        subject_post=ORDER_PARTS[record.part],
        department=_department_name(work.session, subject.department_id),
        breach=record.facts,
        finding=_finding(record),
        basis=record.article,
        ledger=tuple(_ledger_row(row) for row in json.loads(record.ledger)),
        held_days=sum(int(row["days"] or 0) for row in hands if row["account"] == record.subject_id),
        points=str(record.points),
        times_in_year=record.repetition,
        level=DEGREES.get(record.degree, "无"),
        decision=f"{MEASURES.get(record.measure, '不予追究')}。自送达之日起{appeal_days}日内可以书面申诉",
        decider_name=work.actor.name,
        decided_on=business_date(work.now),
        statement=record.plea or "当事人没有申辩",
    )
    return issuing.issue(work, case_id=case.id, kind="accountability", content=content, home=home, number=record.number)


def _about(session: Session, new: NewRecord, kept: Sequence[KeptClock], today: date) -> KeptClock | None:
    """The clock of the order, else the weightiest that ran out, else the weightiest that has run."""
    by_id = {each.record.id: each for each in kept}
    if new.order_id is not None:
        order = session.get(SupervisionOrder, new.order_id)
        if order is None or order.case_id != new.case_id:
            raise NoSuchRecord
        while order.clock_id is None and order.previous_id is not None:
            order = session.get_one(SupervisionOrder, order.previous_id)
        if order.clock_id is not None:
            return by_id.get(order.clock_id)
    late = [each for each in kept if each.record.due_on and each.record.due_on < (each.record.stopped_on or today)]
    of_kind = {each.record.kind: each for each in late or kept}
    return next((of_kind[kind] for kind in _WEIGHT if kind in of_kind), None)


def _part(work: Work, case: PermitCase, about: KeptClock | None, subject_id: int) -> str:
    """As what the subject had the case; the counter's clerk where he never had it."""
    ledger, today = about.ledger if about else None, business_date(work.now)
    found = answerable(work.session, case, ledger, until=today, calendar=clocks.calendar(work))
    return next((each.part for each in found if each.account_id == subject_id), "handler")


def _possession(work: Work, case: PermitCase, about: KeptClock | None, today: date) -> list[Row]:
    if about is None:
        return []
    shares = shares_of(work.session, case.id, about.ledger, until=today, calendar=clocks.calendar(work))
    return [_hand(work.session, share) for share in shares]


def _hand(session: Session, share: Share) -> Row:
    return {
        "account": share.account_id,
        "name": name_of(session, share.account_id),
        "department": share.department,
        "acting_for": name_of(session, share.acting_for),
        "days": share.days,
    }


def _snapshot(kept: KeptClock, today: date, calendar: WorkCalendar) -> Row:
    record, reading = kept.record, read(kept.ledger, today, calendar=calendar)
    return {
        "kind": record.kind,
        "subject": record.subject,
        "unit": record.unit,
        "budget": record.budget,
        "extension": record.extension,
        "used": reading.consumed,
        "paused": reading.paused_days,
        "remaining": reading.remaining,
        "started_on": record.started_on.isoformat(),
        "due_on": record.due_on.isoformat() if record.due_on else None,
        "stopped_on": record.stopped_on.isoformat() if record.stopped_on else None,
        "late": _late(record.due_on, record.stopped_on or today, calendar),
    }


def _late(due_on: date | None, until: date, calendar: WorkCalendar) -> int:
    """Workdays past the due day, a part of one as one."""
    if due_on is None or until <= due_on:
        return 0
    try:
        return max(calendar.workdays_between(due_on, until), 1)
    except ScheduleMissing:
        return 1


def _ledger_row(row: Row) -> LedgerRow:
    subject = f"（{row['subject']}）" if row["subject"] else ""
    unit = LIMIT_UNITS[str(row["unit"])]
    total = int(row["budget"] or 0) + int(row["extension"] or 0)
    days = f"{total}{unit}，已用{row['used']}，扣除{row['paused']}"
    return LedgerRow(
        clock=f"{CLOCK_KINDS[str(row['kind'])]}{subject}",
        started_on=date.fromisoformat(str(row["started_on"])),
        due_on=_day(row["due_on"]),
        ended_on=_day(row["stopped_on"]),
        days=f"{days}，超{row['late']}" if row["late"] else days,
    )


def _day(value: str | int | None) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _finding(record: AccountabilityRecord) -> str:
    exempt = f"（{EXEMPTIONS[record.exemption]}）" if record.exemption else ""
    return f"责任认定{RECORD_FINDINGS[record.finding]}{exempt}"


def _department_name(session: Session, department_id: int | None) -> str:
    return session.get_one(Department, department_id).name if department_id else "窗口"


def _json(rows: list[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False)
