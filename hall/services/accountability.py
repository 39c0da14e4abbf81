"""责任追究: registered with the ledger as it stood, heard, decided by somebody else, delivered, appealed, closed."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.accountability import (
    RECORD_ACTS,
    AccountabilityRule,
    Decision,
    Proposal,
    RecordAct,
    after_record,
    check_apart,
    check_appeal,
    check_close,
    check_decision,
    check_heard,
    check_reviewer,
    propose,
    repetition,
)
from hall.rules.authority import require
from hall.rules.catalogue import Limit
from hall.rules.clocks import Ledger, due_of
from hall.rules.people import Actor
from hall.rules.supervision import PleaFinding
from hall.rules.supervision_words import RECORD_FINDINGS, RECORD_SOURCES
from hall.services.accountability_records import NewRecord, decision_paper, keep_record, record_locked
from hall.services.case_records import case_locked
from hall.services.reasons import statement_for
from hall.services.schedules import calendar_in_force
from hall.services.subject_notices import Addressee, notify
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.people import Account
from hall.store.schema.supervision import AccountabilityRecord, SupervisionOrder

_DAY = timedelta(days=1)


class UnknownSource(Refused):
    """A source that is not in the list."""

    def __init__(self) -> None:
        super().__init__(f"责任追究的来源只能是：{'、'.join(RECORD_SOURCES.values())}。")


class NoSuchSubject(Missing):
    """The hall has no such account."""

    def __init__(self) -> None:
        super().__init__("没有这个账号，请从责任人列表中选择。")


@retried
def open_record(store: Store, actor: Actor, *, new: NewRecord, home: Path) -> int:
    """Register it with ledger and possession as they stand now; gives its key. Raises OwnRecord."""
    require(actor, "accountability.open")
    if new.source not in RECORD_SOURCES:
        raise UnknownSource
    facts = statement_for("登记责任追究", new.facts)
    article = statement_for("登记责任追究的依据", new.article)
    with store.work("accountability.open", actor) as work:
        check_apart(actor.account_id, new.subject_id, "登记责任追究")
        subject = work.session.get(Account, new.subject_id)
        if subject is None or subject.hall_id not in {None, work.hall_id}:
            raise NoSuchSubject
        case = case_locked(work, new.case_id)
        record = keep_record(work, case, new, facts=facts, article=article, home=home)
        text = f"责任追究 {record.number}：{facts}。可以陈述申辩。"
        notify(work, "permit_case", case.id, kind="accountability", text=text, to=[Addressee(record.subject_id)])
        _done(work, record, "open", source=new.source)
        return record.id


@retried
def plead(store: Store, actor: Actor, *, record_id: int, text: str) -> None:
    """陈述申辩: the subject's own word, which may be added to until it is decided."""
    require(actor, "accountability.plea")
    text = statement_for(RECORD_ACTS["plead"], text)
    with store.work("accountability.plea", actor) as work:
        record = record_locked(work, record_id)
        _move(work, record, "plead")
        record.plea, record.plea_on = text, business_date(work.now)
        _tell_deciders(work, record, "当事人已申辩，请审理")
        _done(work, record, "plead")


@retried
def decide(
    store: Store,
    actor: Actor,
    *,
    record_id: int,
    decision: Decision,
    correction: bool = False,
    policy: SupervisionPolicy,
    home: Path,
) -> None:
    """作出决定 with its paper; `correction`: something is to be put right in the time the rule gives.

    Raises OwnRecord, NotHeard, BadDecision.
    """
    require(actor, "accountability.decide")
    check_decision(decision)
    with store.work("accountability.decide", actor) as work:
        record = record_locked(work, record_id)
        work.lock(f"accountability/{record.subject_id}")  # how often within a year is counted over all cases
        _move(work, record, "decide")
        today = business_date(work.now)
        rule = policy.accountability.in_force(record.opened_on)
        check_heard(record.plea, plea_until(work.session, record, rule), today)
        proposal = proposal_for(work.session, record, rule, degree=decision.degree)
        _write(record, decision, times=proposal.repetition if decision.finding == "upheld" else 0)
        record.decided_on, record.decided_by = today, actor.account_id
        if correction and decision.finding == "upheld":
            record.correct_by = _workdays_after(work.session, work.hall_id, today, rule.correction_days)
        record.document_id = decision_paper(work, record, appeal_days=rule.appeal_days, home=home).document_id
        _tell_subject(work, record, f"责任追究 {record.number} 已决定：{RECORD_FINDINGS[decision.finding]}")
        if decision.finding == "upheld" and proposal.leaders:
            text = f"{record.number}：一年内第{proposal.repetition}次，同时计入单位负责人一次"
            to = [Addressee(role="manager")]
            notify(work, "permit_case", record.case_id, kind="accountability", text=text, to=to)
        _done(work, record, "decide", finding=decision.finding, points=decision.points)


@retried
def deliver(store: Store, actor: Actor, *, record_id: int, on: date) -> None:
    """The subject has the paper; the time for an appeal begins."""
    require(actor, "accountability.open")
    with store.work("accountability.deliver", actor) as work:
        record = record_locked(work, record_id)
        _move(work, record, "deliver")
        record.delivered_on = min(on, business_date(work.now))
        _done(work, record, "deliver", on=record.delivered_on.isoformat())


@retried
def appeal(store: Store, actor: Actor, *, record_id: int, text: str, policy: SupervisionPolicy) -> None:
    """申诉 by the subject, within its time. Raises AppealTooLate."""
    require(actor, "accountability.plea")
    text = statement_for(RECORD_ACTS["appeal"], text)
    with store.work("accountability.appeal", actor) as work:
        record = record_locked(work, record_id)
        _move(work, record, "appeal")
        until = appeal_until(record, policy.accountability.in_force(record.opened_on))
        if until is not None:
            check_appeal(until, business_date(work.now))
        record.appeal, record.appealed_on = text, business_date(work.now)
        _tell_deciders(work, record, "当事人申诉，请复核")
        _done(work, record, "appeal")


@retried
def review_appeal(store: Store, actor: Actor, *, record_id: int, finding: PleaFinding) -> None:
    """Somebody else than who decided: an appeal that is upheld takes finding, measure and points back."""
    require(actor, "accountability.decide")
    with store.work("accountability.review", actor) as work:
        record = record_locked(work, record_id)
        _move(work, record, "review")
        check_reviewer(actor.account_id, record.decided_by)
        record.appeal_finding = finding
        if finding == "upheld":
            _write(record, Decision("rejected"), times=0)
            record.correct_by = None
        _tell_subject(
            work, record, f"责任追究 {record.number} 的申诉{'成立，已撤销' if finding == 'upheld' else '不成立'}"
        )
        _done(work, record, "review", finding=finding)


@retried
def correct(store: Store, actor: Actor, *, record_id: int, text: str) -> None:
    """登记整改: what was put right, and how it is known."""
    require(actor, "accountability.open")
    text = statement_for(RECORD_ACTS["correct"], text)
    with store.work("accountability.correct", actor) as work:
        record = record_locked(work, record_id)
        _move(work, record, "correct")
        record.correction, record.corrected_on = text, business_date(work.now)
        _done(work, record, "correct")


@retried
def close(store: Store, actor: Actor, *, record_id: int, published: bool) -> None:
    """结案, published or not. Raises NotCorrected."""
    require(actor, "accountability.open")
    with store.work("accountability.close", actor) as work:
        record = record_locked(work, record_id)
        _move(work, record, "close")
        check_close(record.correct_by, record.correction)
        record.closed_on, record.published = business_date(work.now), published
        _done(work, record, "close", published=published)


def proposal_for(session: Session, record: AccountabilityRecord, rule: AccountabilityRule, *, degree: str) -> Proposal:
    """What the rule provides for this record: by its card's colour, else by degree; and by how often within a year."""
    earlier = session.scalars(
        select(AccountabilityRecord.opened_on).where(
            AccountabilityRecord.subject_id == record.subject_id,
            AccountabilityRecord.finding == "upheld",
            AccountabilityRecord.id != record.id,
        )
    )
    order = session.get(SupervisionOrder, record.order_id) if record.order_id else None
    worth = order.colour if order else degree or "ordinary"
    return propose(
        rule,
        worth=worth,
        times=repetition(earlier, record.opened_on),
        defaulted=record.source == "default",
    )


def plea_until(session: Session, record: AccountabilityRecord, rule: AccountabilityRule) -> date | None:
    """Until when the subject may be waited for; None while the schedule is lacking."""
    return _workdays_after(session, record.hall_id, record.opened_on, rule.plea_days)


def appeal_until(record: AccountabilityRecord, rule: AccountabilityRule) -> date | None:
    """The last day of an appeal, once the decision was delivered."""
    return record.delivered_on + rule.appeal_days * _DAY if record.delivered_on else None


def _workdays_after(session: Session, hall_id: int, day: date, count: int) -> date | None:
    ledger = Ledger("supervision", Limit(count, "workday"), day)
    return due_of(ledger, calendar=calendar_in_force(session, hall_id)).day


def _move(work: Work, record: AccountabilityRecord, act: RecordAct) -> None:
    record.state = after_record(
        act,
        record.state,  # type: ignore[arg-type]  # written from rules.accountability
        actor=work.actor.account_id,
        subject=record.subject_id,
    )


def _write(record: AccountabilityRecord, decision: Decision, *, times: int) -> None:
    record.finding, record.exemption, record.degree = decision.finding, decision.exemption, decision.degree
    record.measure, record.points, record.repetition = decision.measure, decision.points, times


def _tell_subject(work: Work, record: AccountabilityRecord, text: str) -> None:
    notify(work, "permit_case", record.case_id, kind="accountability", text=text, to=[Addressee(record.subject_id)])


def _tell_deciders(work: Work, record: AccountabilityRecord, said: str) -> None:
    to = [Addressee(role="approver")]
    notify(work, "permit_case", record.case_id, kind="accountability", text=f"责任追究 {record.number}：{said}", to=to)


def _done(work: Work, record: AccountabilityRecord, act: str, **detail: str | int | bool) -> None:
    work.audit(f"case:{record.case_id}", accountability=record.id, number=record.number, act=act, **detail)
    work.changed("supervision", str(record.id))
