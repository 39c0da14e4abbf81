"""Issues the papers of a vendor's credit within the caller's work: notice, answer to an objection, the whole record."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.vendor_credit import CreditRules, ScoreLine, last_day, score, words_of
from hall.services import issuing
from hall.services.case_paper import chinese_date
from hall.services.issuing import Issued
from hall.services.papers_vendor import CreditEvent, credit_notice, credit_record, credit_reply
from hall.services.penalty_head import party_head
from hall.services.vendor_reading import decision_numbers, facts_by_vendor, reported
from hall.services.vendor_records import answer_days
from hall.services.vendor_rules import credit_rules
from hall.store import Work
from hall.store.schema.documents import Document
from hall.store.schema.vendors import Vendor, VendorEvent
from hall.words import VENDOR_CATEGORIES, VENDOR_TELLING_WAYS

LEFT_OUT = frozenset({"voided", "corrected", "unconfirmed"})
"""What is no part of somebody's record."""


def issue_notice(work: Work, vendor: Vendor, event: VendorEvent, *, home: Path) -> Issued:
    """征信事项告知书."""
    rules, today = credit_rules(home), business_date(work.now)
    rule = rules.in_force(today)
    content = credit_notice(
        party_head(work, vendor.person_id),
        vendor_number=vendor.number,
        event=_told(event, rules),
        decision_number=decision_numbers(work.session, (event,)).get(event.id, ""),
        objection_days=rule.objection_days,
        answer_days=answer_days(today),
        counts_at_once=rule.counts_while_days_run,
        corrects=_notice_number(work.session, work.session.get_one(VendorEvent, event.corrects_id))
        if event.corrects_id is not None
        else "",
    )
    return issuing.issue(work, case_id=None, kind="credit_notice", content=content, home=home)


def issue_reply(work: Work, vendor: Vendor, event: VendorEvent, *, home: Path) -> Issued:
    """征信异议处理决定书."""
    assert event.objected_on is not None, "there was an objection"
    content = credit_reply(
        party_head(work, vendor.person_id),
        vendor_number=vendor.number,
        event=_told(event, credit_rules(home)),
        notice_number=_notice_number(work.session, event),
        objected_on=event.objected_on,
        objection=event.objection,
        upheld=event.upheld is True,
        reasons=event.answer,
        reported=event.id in reported(work.session, (event.id,)),
    )
    return issuing.issue(work, case_id=None, kind="credit_reply", content=content, home=home)


def issue_record(work: Work, vendor: Vendor, *, home: Path) -> Issued:
    """征信记录表 as of today."""
    rules, today = credit_rules(home), business_date(work.now)
    result = score(facts_by_vendor(work.session, (vendor.id,))[vendor.id], on=today, rules=rules)
    query = select(VendorEvent).where(VendorEvent.vendor_id == vendor.id)
    events = {event.id: event for event in work.session.scalars(query)}
    lines = [line for line in result.lines if line.why_not not in LEFT_OUT]
    content = credit_record(
        party_head(work, vendor.person_id),
        vendor=f"{vendor.number}（{VENDOR_CATEGORIES[vendor.category]}）",
        events=tuple(_told(events[line.fact.key], rules, line) for line in lines),
        base=result.base,
        balance=result.points,
        level=result.level.words,
        effect=rules.in_force(today).effect_of(result.level),
        source=result.source,
        objection="；".join(
            words for place, line in enumerate(lines, 1) if (words := _objection(events[line.fact.key], place))
        ),
    )
    return issuing.issue(work, case_id=None, kind="credit_record", content=content, home=home)


def _told(event: VendorEvent, rules: CreditRules, line: ScoreLine | None = None) -> CreditEvent:
    own = rules.in_force(event.happened_on).line(event.rule)
    return CreditEvent(
        code=event.rule,
        words=words_of(event.rule, event.happened_on, rules),
        happened_on=event.happened_on,
        place=event.place,
        facts=event.facts,
        evidence=event.evidence,
        basis=own.basis if own is not None else "",
        points=event.points,
        last_day=last_day(event.expires_on),
        standing=_standing(event, line) if line is not None else "",
    )


def _standing(event: VendorEvent, line: ScoreLine) -> str:
    told = f"{chinese_date(event.told_on)}{VENDOR_TELLING_WAYS[event.told_way]}；" if event.told_on else ""
    return f"{told}{line.standing}"


def _objection(event: VendorEvent, place: int) -> str:
    if event.objected_on is None:
        return ""
    found = "正在核查" if event.answered_on is None else "经核查异议不成立"
    return f"第{place}项：{chinese_date(event.objected_on)}提出异议，{found}"


def _notice_number(session: Session, event: VendorEvent) -> str:
    number = session.scalar(select(Document.number).where(Document.id == event.document_id))
    return number or f"{event.happened_on}的记录"
