"""Decided by default (超时默认): a promise that was broken, where the matter allows it and no safety is touched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import exists, select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.catalogue import Limit, Matter
from hall.rules.citations import in_full
from hall.rules.people import Actor, system_actor
from hall.rules.permits import IN_REVIEW, CaseFacts
from hall.rules.reviewing import ReviewRule
from hall.rules.separation import check_separation
from hall.services import clocks, issuing, papers_decision, publicity
from hall.services.case_facts import acts_done, facts_of
from hall.services.case_records import advance, case_locked
from hall.services.catalogue import version_numbered
from hall.services.deciding import Decided
from hall.services.decision_records import conclude, drop_pending, finish_part, reckoned, start_delivery
from hall.services.hands import settle
from hall.services.paper_head import name_of, paper_head
from hall.services.papers_common import Fields
from hall.services.review_rules import review_rule
from hall.services.steps import enter_step
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Department, MatterVersion
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import PermitCase

_EFFECT = "期限届满没有作出决定，按本机关公布的超时默认办法视为同意"


class NotByItself(Refused):
    """The hall leaves a default to an approver."""

    def __init__(self) -> None:
        super().__init__("本厅规定超时默认由批准人确认（review.toml 的 default_by），程序不能自行作出。")


@retried
def default(store: Store, actor: Actor, *, case_id: int, home: Path) -> Decided:
    """超时默认 by an approver, or by the program where the hall lays that down; its papers come within one workday.

    What lies in its way is named: a matter that does not allow it or touches safety, a limit that is not over.
    """
    by_itself = actor == system_actor(store.hall_id)
    if not by_itself:
        require(actor, "case.decide")
    with store.work("case.default", actor) as work:
        case = case_locked(work, case_id)
        rule = review_rule(home, business_date(work.now))
        if by_itself and rule.default_by != "program":
            raise NotByItself
        check_separation("decide", actor.account_id, done=acts_done(work.session, case_id))
        matter = version_numbered(work.session, case.matter_version_id).matter
        if case.parent_id is not None:
            _default_part(work, case)
            settle(work, case, outcome="default", parent=case.parent_id)
            return Decided(None, "default", None)
        for part in _open_parts(work, case):
            _default_part(work, part, over=True)
            enter_step(work, part)
            clocks.refresh(work, part)
        deliver_by = start_delivery(work, case, limit=Limit(rule.default_days, "workday")).due_on
        content = _notice(work, case, matter, rule, deliver_by=deliver_by)
        paper = issuing.issue(work, case_id=case_id, kind="default_notice", content=content, home=home)
        _conclude(work, case, facts_of(work.session, case, day=business_date(work.now)), document_id=paper.document_id)
        settle(work, case, outcome="default", document=paper.number)
        return Decided(paper, "default", deliver_by)


def by_itself(store: Store, *, home: Path) -> tuple[int, ...]:
    """The cases that the program decides by default today: none, unless the hall lays that down."""
    if review_rule(home, business_date(store.clock.now())).default_by != "program":
        return ()
    return broken_promises(store, system_actor(store.hall_id))


def broken_promises(store: Store, actor: Actor) -> tuple[int, ...]:
    """Open cases whose matter allows a default and whose promise, or limit of law, is over; the oldest first."""
    if actor != system_actor(store.hall_id):
        require(actor, "case.decide")
    today = business_date(store.clock.now())
    with store.read() as session:
        over = exists().where(
            CaseClock.case_id == PermitCase.id,
            CaseClock.kind.in_(("promised", "statutory", "joint")),
            CaseClock.state != "stopped",
            CaseClock.due_on < today,
        )
        return tuple(
            session.scalars(
                select(PermitCase.id)
                .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
                .where(
                    PermitCase.hall_id == store.hall_id,
                    PermitCase.closed_at.is_(None),
                    PermitCase.state.in_(sorted(IN_REVIEW)),
                    MatterVersion.default_allowed,
                    MatterVersion.safety.is_(False),
                    over,
                )
                .order_by(PermitCase.id)
            )
        )


def _conclude(work: Work, case: PermitCase, facts: CaseFacts, *, document_id: int | None = None) -> None:
    drop_pending(work, case, "default")
    advance(work, case, "default", facts=facts, detail=reckoned(work, case, "default"), document_id=document_id)
    conclude(work, case, "default")
    if document_id is not None:
        publicity.begin_permit(work, case, document_id)


def _default_part(work: Work, part: PermitCase, *, over: bool = False) -> None:
    """缺席默认: a department that kept silent agrees, where its matter allows that; `over`: with the whole."""
    today = business_date(work.now)
    late = over or any(
        record.kind == "joint" and record.state != "stopped" and record.due_on is not None and record.due_on < today
        for record, _ in clocks.clocks_of(work.session, part.id)
    )
    facts = facts_of(work.session, part, day=today)
    _conclude(work, part, replace(facts, promised_over=facts.promised_over or late))
    finish_part(work, part)


def _open_parts(work: Work, case: PermitCase) -> Sequence[PermitCase]:
    """They are kept with the case."""
    undecided = PermitCase.parent_id == case.id, PermitCase.state.in_(sorted(IN_REVIEW))
    return work.session.scalars(select(PermitCase).where(*undecided).order_by(PermitCase.id)).all()


def _notice(work: Work, case: PermitCase, matter: Matter, rule: ReviewRule, *, deliver_by: date | None) -> Fields:
    due = [
        record.due_on
        for record, _ in clocks.clocks_of(work.session, case.id)
        if record.kind in {"promised", "statutory"} and record.due_on is not None
    ]
    today = business_date(work.now)
    return papers_decision.default_notice(
        paper_head(work, case),
        department=work.session.get_one(Department, case.department_id).name,
        responsible_name=name_of(work.session, case.officer_id),
        due_on=min(due, default=today),
        defaulted_on=today,
        effect=_EFFECT,
        basis=f"{in_full(matter.basis)}；{rule.source}",
        deliver_by=deliver_by,
    )
