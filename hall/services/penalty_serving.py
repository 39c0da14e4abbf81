"""A penalty decision is served (送达): handed over, left, posted, published; from that day the fifteen days count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.service import Sending, Way
from hall.services import fines, issuing
from hall.services.paper_head import name_of
from hall.services.papers_closing import ServedPaper
from hall.services.papers_common import day_text
from hall.services.papers_penalty_service import penalty_served
from hall.services.penalty_facts import violations_named
from hall.services.penalty_head import penalty_head
from hall.services.penalty_records import (
    Detail,
    add_penalty_event,
    decisions_of,
    keep_away,
    penalty_locked,
    settle_penalty,
)
from hall.services.reasons import reason_for
from hall.services.sending import check_sending, refuse_numbers_in, with_notice_day
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.documents import Document
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyService
from hall.words import DOCUMENT_KINDS, PENALTY_DECISIONS, SERVICE_WAYS


class NothingToServe(Missing):
    """Every decision of the case was served or is under way, or there is none."""

    def __init__(self) -> None:
        super().__init__("本案没有等待送达的决定，可能已经送达或正在送达。请重新打开案件查看。")


class NothingUnderWay(Missing):
    """No decision of the case was sent and waits for its proof."""

    def __init__(self) -> None:
        super().__init__("本案没有正在送达的决定。请重新打开案件查看，直接送达的请用“登记送达”。")


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyDelivery(Sending):
    """How a decision is served; for a public notice the day follows from the law.

    `consent`: the party's signed consent to electronic service lies in the file (行政处罚法 61(2)). `proof`: photo,
    recording or copy of the notice lies in the file. `second_server_id`: the account of who went along.
    """

    place: str = ""
    second_server_id: int | None = None
    consent: bool = False
    proof: bool = False


@dataclass(frozen=True, slots=True)
class PenaltyServed:
    """What was registered; `due_on`: until when the fine is to be paid, None where there is none or it is under way."""

    service_id: int
    served_on: date | None
    proof_document: int | None
    due_on: date | None


@retried
def serve(store: Store, actor: Actor, *, case_id: int, delivery: PenaltyDelivery, home: Path) -> PenaltyServed:
    """Hand over or send the case's first decision that waits for it.

    Raises NotServed with all that is missing, NothingToServe, OwnInterest.
    """
    require(actor, "penalty.serve")
    with store.work("penalty.serve", actor) as work:
        case = penalty_locked(work, case_id)
        keep_away(work, case)
        served = deliver(work, case, delivery, home=home)
        settle_penalty(work, case, way=delivery.way, served=served.served_on is not None)
        return served


def deliver(work: Work, case: PenaltyCase, delivery: PenaltyDelivery, *, home: Path) -> PenaltyServed:
    """The same within a work, for a decision handed over as it is made (行政处罚法 52, 61). Raises as `serve`."""
    waiting = to_serve(work.session, case.id)
    if not waiting:
        raise NothingToServe
    decision, known = waiting[0], with_notice_day(work, delivery)
    _check(work, decision, known, home=home)
    record = PenaltyService(
        hall_id=work.hall_id,
        case_id=case.id,
        decision_id=decision.id,
        way=known.way,
        sent_on=known.sent_on,
        postal_number=known.postal_number.strip(),
        server_id=work.actor.account_id,
        second_server_id=known.second_server_id,
    )
    work.session.add(record)
    work.session.flush()
    return _registered(work, case, decision, record, delivery=known, home=home)


@retried
def arrived(store: Store, actor: Actor, *, case_id: int, delivery: PenaltyDelivery, home: Path) -> PenaltyServed:
    """Register that the decision under way has arrived: `delivery` as it is known now; way and day as it was sent.

    Raises NothingUnderWay, NotServed, OwnInterest.
    """
    require(actor, "penalty.serve")
    with store.work("penalty.serve", actor) as work:
        case = penalty_locked(work, case_id)
        keep_away(work, case)
        record = _under_way(work.session, case.id)
        known = replace(
            delivery,
            way=cast(Way, record.way),
            sent_on=record.sent_on,
            postal_number=delivery.postal_number.strip() or record.postal_number,
            second_server_id=delivery.second_server_id or record.second_server_id,
            consent=True,  # it was sent this way only with the consent
        )
        decision = work.session.get_one(PenaltyDecision, record.decision_id)
        _check(work, decision, known, home=home)
        served = _registered(work, case, decision, record, delivery=known, home=home)
        settle_penalty(work, case, way=record.way, served=served.served_on is not None)
        return served


@retried
def failed(store: Store, actor: Actor, *, case_id: int, failed_on: date, failure: str) -> None:
    """Register that the attempt under way failed; it is kept, and another way may follow. Raises NothingUnderWay."""
    require(actor, "penalty.serve")
    why = reason_for("登记送达失败", failure)
    with store.work("penalty.serve", actor) as work:
        case = penalty_locked(work, case_id)
        keep_away(work, case)
        record = _under_way(work.session, case.id)
        record.failed_on = max(record.sent_on, min(failed_on, business_date(work.now)))
        record.failure = why
        add_penalty_event(
            work, case, "serve_fail", note=why, detail={"way": record.way, "decision": record.decision_id}
        )
        settle_penalty(work, case, way=record.way, failed=True)


def to_serve(session: Session, case_id: int) -> Sequence[PenaltyDecision]:
    """The decisions that are neither served nor under way, the first one first; nothing that was revoked."""
    tried = select(PenaltyService.decision_id).where(
        PenaltyService.case_id == case_id, PenaltyService.failed_on.is_(None)
    )
    taken, decisions = set(session.scalars(tried)), decisions_of(session, case_id)
    if decisions and decisions[-1].kind == "revoke":
        decisions = decisions[-1:]
    return [decision for decision in decisions if decision.id not in taken]


def under_way(session: Session, case_id: int) -> PenaltyService | None:
    """The attempt that was sent and whose end is not known."""
    query = select(PenaltyService).where(
        PenaltyService.case_id == case_id, PenaltyService.failed_on.is_(None), PenaltyService.served_on.is_(None)
    )
    return session.scalars(query.order_by(PenaltyService.id).limit(1)).one_or_none()


def _under_way(session: Session, case_id: int) -> PenaltyService:
    record = under_way(session, case_id)
    if record is None:
        raise NothingUnderWay
    return record


def _check(work: Work, decision: PenaltyDecision, delivery: PenaltyDelivery, *, home: Path) -> None:
    refuse_numbers_in(delivery)
    check_sending(
        work,
        delivery,
        issued_on=decision.decided_on,
        proof=delivery.proof,
        consent=delivery.consent,
        second_server_id=delivery.second_server_id,
        failed_ways=_failed_ways(work.session, decision.id),
        home=home,
    )


def _failed_ways(session: Session, decision_id: int) -> frozenset[str]:
    query = select(PenaltyService.way).where(
        PenaltyService.decision_id == decision_id, PenaltyService.failed_on.is_not(None)
    )
    return frozenset(session.scalars(query))


def _registered(
    work: Work,
    case: PenaltyCase,
    decision: PenaltyDecision,
    record: PenaltyService,
    *,
    delivery: PenaltyDelivery,
    home: Path,
) -> PenaltyServed:
    """Proof, ledger, event: the same whether it was handed over or came back from the post."""
    if delivery.served_on is None:
        add_penalty_event(work, case, "serve", detail={"way": record.way, "decision": decision.id, "served_on": None})
        return PenaltyServed(record.id, None, None, None)
    record.served_on = delivery.served_on
    record.recipient, record.capacity = delivery.recipient.strip(), delivery.capacity
    record.refusal, record.witness = delivery.refusal.strip(), delivery.witness.strip()
    record.postal_number = delivery.postal_number.strip()
    if case.state == "decided":
        case.state = "served"
    record.proof_document_id = _prove(work, case, decision, delivery, home=home)
    detail: Detail = {"way": record.way, "decision": decision.id, "served_on": record.served_on.isoformat()}
    day = min(record.served_on, business_date(work.now))
    add_penalty_event(work, case, "serve", detail=detail, day=day, document_id=record.proof_document_id)
    in_force = decision.kind == "penalty" and case.state != "revoked"
    imposed = in_force and fines.impose(work, case, decision=decision, served_on=record.served_on, home=home)
    due = fines.pay_by(work, record.served_on) if imposed else None
    return PenaltyServed(record.id, record.served_on, record.proof_document_id, due)


def _prove(work: Work, case: PenaltyCase, decision: PenaltyDecision, delivery: PenaltyDelivery, *, home: Path) -> int:
    """Issue the 送达回证; gives its key."""
    today, served_on = business_date(work.now), delivery.served_on
    assert served_on is not None
    servers = (work.actor.name, name_of(work.session, delivery.second_server_id))
    public = f"{day_text(delivery.sent_on)}公告，{day_text(served_on)}视为送达" if delivery.way == "public" else ""
    content = penalty_served(
        penalty_head(work, case),
        case_number=case.number,
        violation_name=violations_named(work.session, [case.violation_id])[case.violation_id][1],
        paper=ServedPaper(decision_title(work.session, decision), decision.number),
        method=SERVICE_WAYS[delivery.way],
        served_at=work.now if served_on == today else served_on,
        place=delivery.place.strip(),
        recipient_name=delivery.recipient.strip(),
        capacity=delivery.capacity,
        refusal_reason=delivery.refusal.strip(),
        witness=delivery.witness.strip(),
        postal_number=delivery.postal_number.strip(),
        server_names=tuple(name for name in servers if name),
        remark=public,
    )
    return issuing.issue(work, case_id=None, kind="penalty_served", content=content, home=home).document_id


def decision_title(session: Session, decision: PenaltyDecision) -> str:
    """What the decision's paper is called; one of the case system by what it decides."""
    if decision.document_id is not None:
        return DOCUMENT_KINDS[session.get_one(Document, decision.document_id).kind]
    return f"{PENALTY_DECISIONS[decision.kind]}书"
