"""The decision (决定, 行政许可法 34, 38, 42, 44): granted or denied by who neither accepted nor reviewed the case."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.catalogue import Matter
from hall.rules.certificates import validity
from hall.rules.citations import in_full
from hall.rules.people import Actor
from hall.rules.permits import CaseFacts
from hall.rules.reviewing import Verdict, check_reasons, check_validity
from hall.services import clocks, issuing, papers_decision, publicity
from hall.services.calendar import shipped_limits
from hall.services.case_facts import facts_of
from hall.services.case_records import Position, add_opinion, advance, case_locked
from hall.services.catalogue import version_numbered
from hall.services.certificate_endings import cancel_requested
from hall.services.certificates import certificate_locked
from hall.services.decision_records import conclude, finish_part, reckoned, start_delivery
from hall.services.documents import DocumentKind
from hall.services.hands import settle, take_in_hand
from hall.services.issuing import Issued
from hall.services.paper_head import paper_head
from hall.services.papers_common import Fields
from hall.services.qualifications import require_qualified
from hall.services.reasons import statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import Certificate
from hall.store.schema.permits import PermitCase
from hall.words import CASE_OUTCOMES

_CANCEL_LIMB = "被许可人申请注销"


class NotAsProposed(Refused):
    """The approver decides what was proposed, examined and reported; anything else begins at the review."""

    def __init__(self, proposed: str) -> None:
        super().__init__(
            f"拟办意见是{CASE_OUTCOMES[proposed]}，不能直接作出相反的决定。请写明意见退回上一步，重新提出拟办意见。"
        )


class PartDenied(Refused):
    """A joint case has one result: with a part denied it cannot be granted."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        super().__init__(f"联办的分办件{'、'.join(numbers)}不予许可，整件不能准予。请按不予许可决定，或先纠正分办件。")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as the approver makes it.

    A denial tells `facts`, `unmet`, `basis` and `reasons`, and what was `heard`; a grant its `scope` (default: what was
    applied for), `conditions` and validity. `opinion` is the approver's own word on it.
    """

    verdict: Verdict
    opinion: str
    facts: str = ""
    unmet: str = ""
    basis: str = ""
    reasons: str = ""
    heard: str = ""
    scope: str = ""
    conditions: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: its paper, and by when it has to be delivered (None: pending).

    A part of a joint case has neither: its result goes to the main case, which has the one answer.
    """

    paper: Issued | None
    outcome: str
    deliver_by: date | None


@retried
def decide(store: Store, actor: Actor, *, case_id: int, decision: Decision, home: Path) -> Decided:
    """作出决定: both limits stop, the time for delivery begins; what lies in its way is named all at once.

    Raises NotNow, SamePerson, NotQualified, NotAsProposed, PartDenied, Unfounded, BadValidity.
    """
    require(actor, "case.decide")
    opinion = statement_for("批准意见", decision.opinion)
    if decision.verdict == "denied":
        check_reasons(facts=decision.facts, unmet=decision.unmet, basis=decision.basis, reasons=decision.reasons)
    with store.work("case.decide", actor) as work:
        case = case_locked(work, case_id)
        if case.state == "approving":
            take_in_hand(work, case, in_department=False)
        require_qualified(work, "case.decide", home=home)
        if case.certificate_id is not None:
            certificate_locked(work, case.certificate_id)  # a request to cancel ends it: before a number is drawn
        done = _write(work, case, decision, opinion=opinion, home=home)
        settle(work, case, outcome=done.outcome, document=done.paper.number if done.paper is not None else None)
        return done


def _write(work: Work, case: PermitCase, decision: Decision, *, opinion: str, home: Path) -> Decided:
    """The paper, the act, the opinion, the clocks; a part of a joint case ends with it."""
    matter = version_numbered(work.session, case.matter_version_id).matter
    facts = _facts(work, case, decision)
    _check(work, case, matter, decision)
    told = {**reckoned(work, case, decision.verdict), **_validity(decision)}
    deliver_by = start_delivery(work, case).due_on if case.parent_id is None else None
    paper = _issue(work, case, matter, decision, deliver_by=deliver_by, home=home)
    document_id = paper.document_id if paper is not None else None
    advance(work, case, "decide", facts=facts, detail=told, document_id=document_id)
    position: Position = "grant" if decision.verdict == "granted" else "deny"
    add_opinion(work, case, step="approving", position=position, text=opinion)
    conclude(work, case, decision.verdict)
    if paper is None:
        finish_part(work, case)
    elif decision.verdict == "granted":
        publicity.begin_permit(work, case, paper.document_id)
        cancel_requested(work, case, document_id=paper.document_id, home=home)
    return Decided(paper, decision.verdict, deliver_by)


def _facts(work: Work, case: PermitCase, decision: Decision) -> CaseFacts:
    """A decision on the spot is its own proposal: what a denial needs, it needs there, too."""
    facts = facts_of(work.session, case, day=business_date(work.now))
    if case.state == "accepted":
        return replace(facts, proposal=decision.verdict)
    if facts.proposal and facts.proposal != decision.verdict:
        raise NotAsProposed(facts.proposal)
    return facts


def _check(work: Work, case: PermitCase, matter: Matter, decision: Decision) -> None:
    if decision.verdict == "denied":
        return
    check_validity(decision.valid_from, decision.valid_until, latest=_latest(work, matter, decision.valid_from))
    denied = work.session.scalars(
        select(PermitCase.receipt_number)
        .where(PermitCase.parent_id == case.id, PermitCase.outcome == "denied")
        .order_by(PermitCase.id)
    ).all()
    if denied:
        raise PartDenied(tuple(denied))


def _latest(work: Work, matter: Matter, valid_from: date | None) -> date | None:
    if valid_from is None or matter.validity_months is None:
        return None
    rule = shipped_limits().limit("permit.validity", business_date(work.now))
    return validity(clocks.calendar(work), rule, first=valid_from, months=matter.validity_months, after=valid_from).last


def _validity(decision: Decision) -> dict[str, str | None]:
    """As the certificate will have it."""
    days = {"valid_from": decision.valid_from, "valid_until": decision.valid_until}
    return {name: day.isoformat() if day is not None else None for name, day in days.items()}


def _issue(
    work: Work, case: PermitCase, matter: Matter, decision: Decision, *, deliver_by: date | None, home: Path
) -> Issued | None:
    if case.parent_id is not None:
        return None
    kind, content = _paper(work, case, matter, decision, deliver_by)
    return issuing.issue(work, case_id=case.id, kind=kind, content=content, home=home)


def _paper(
    work: Work, case: PermitCase, matter: Matter, decision: Decision, deliver_by: date | None
) -> tuple[DocumentKind, Fields]:
    head = paper_head(work, case)
    if decision.verdict == "denied":
        return "denial", papers_decision.denial(
            head,
            facts=decision.facts,
            unmet=decision.unmet,
            basis=decision.basis,
            reasons=decision.reasons,
            heard=decision.heard,
        )
    certificate = work.session.get(Certificate, case.certificate_id) if case.certificate_id is not None else None
    if certificate is not None:
        return _paper_on(work, case, matter, decision, certificate)
    return "grant", papers_decision.grant(
        head,
        scope=decision.scope or case.subject or matter.name,
        basis=decision.basis or in_full(matter.basis),
        valid_from=decision.valid_from,
        valid_until=decision.valid_until,
        conditions=decision.conditions,
        certificate_name=matter.certificate_name,
        deliver_by=deliver_by,
    )


def _paper_on(
    work: Work, case: PermitCase, matter: Matter, decision: Decision, certificate: Certificate
) -> tuple[DocumentKind, Fields]:
    """A change, a renewal or a cancellation of a certificate that exists."""
    head = paper_head(work, case)
    if case.purpose == "cancel":
        return "ending", papers_decision.ending(
            head,
            kind="cancel",
            certificate_name=matter.certificate_name,
            certificate_number=certificate.number,
            limb=_CANCEL_LIMB,
            facts=decision.reasons or decision.opinion,
            effective_on=business_date(work.now),
        )
    renewal = case.purpose == "renewal"
    return "change_decision", papers_decision.change_decision(
        head,
        kind="renewal" if renewal else "change",
        certificate_name=matter.certificate_name,
        certificate_number=certificate.number,
        before=_until(certificate.valid_to) if renewal else certificate.scope,
        after=_until(decision.valid_until) if renewal else decision.scope or case.subject,
        basis=decision.basis or in_full(matter.basis),
        valid_from=decision.valid_from,
        valid_until=decision.valid_until,
    )


def _until(day: date | None) -> str:
    return f"有效期至{day.year}年{day.month}月{day.day}日" if day is not None else "长期有效"
