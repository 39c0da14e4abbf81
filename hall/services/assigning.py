"""A case from hand to hand: from the counter to the department (交接单), taken, assigned, claimed, given back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import HallError, Refused
from hall.rules.authority import MANAGER, may, require
from hall.rules.people import Actor
from hall.rules.permits import CaseState, check_act
from hall.rules.separation import SamePerson, check_separation
from hall.services import clocks, issuing, papers_intake
from hall.services.case_facts import acts_done, facts_of
from hall.services.case_records import Hand, NoSuchCase, advance, case_locked, hand_to
from hall.services.hands import actor_of, check_department, hand_for, settle, substitute_of, take_in_hand
from hall.services.issuing import Issued
from hall.services.paper_head import due_told, name_of, paper_head
from hall.services.papers_common import Fields
from hall.services.papers_intake import HandedMaterial
from hall.services.reasons import reason_for, short_text
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account
from hall.store.schema.permits import CaseMaterial, PermitCase
from hall.store.schema.reviewing import CaseHandover

STEP_ACTIONS: Mapping[CaseState, str] = {
    "accepted": "case.take",
    "reviewing": "case.review",
    "suspended": "case.review",
    "examining": "case.examine",
    "legal_review": "case.legal",
    "approving": "case.decide",
}
"""What somebody must be allowed to do to have a case at a step."""

_STEP_ACTS: Mapping[CaseState, str] = {
    "reviewing": "propose",
    "suspended": "propose",
    "examining": "examine",
    "legal_review": "legal",
    "approving": "decide",
}
_COUNTER = "综合窗口"


class NotForThem(Refused):
    """The case cannot be given to this person at its step."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"不能把办件交给{name or '这个账号'}：{why}。请另选一位人员。")


class NotHolding(Refused):
    """Only who has a case can give it back."""

    def __init__(self) -> None:
        super().__init__("这件办件不在您手上，不能退回科室。")


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of one case of several: `refusal` is empty where it changed hands."""

    case_id: int
    receipt_number: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody whom cases of a department can be given to; `substitute` stands in while the officer is away."""

    account_id: int
    name: str
    roles: frozenset[str]
    cases: int
    substitute: str = ""


@retried
def hand_over(store: Store, actor: Actor, *, case_id: int, home: Path, note: str = "") -> Issued:
    """移交材料: the clerk gives the file to the department that reviews it, with the list of what is in it."""
    require(actor, "case.hand_over")
    with store.work("case.hand_over", actor) as work:
        case = case_locked(work, case_id)
        handed = _handed(work.session, case.parent_id or case_id)
        paper = issuing.issue(
            work, case_id=case_id, kind="handover", content=_paper(work, case, handed, note), home=home
        )
        advance(work, case, "hand_over", note=note, document_id=paper.document_id)
        if case.officer_id is not None:
            hand_to(work, case, Hand(case.department_id))
        items = "；".join(f"{each.name}（原件{each.originals}、复印件{each.copies}）" for each in handed)
        work.session.add(
            CaseHandover(
                hall_id=work.hall_id,
                case_id=case_id,
                given_by=actor.account_id,
                given_at=work.now,
                items=items,
                document_id=paper.document_id,
            )
        )
        settle(work, case, document=paper.number)
        return paper


@retried
def take(store: Store, actor: Actor, *, case_id: int) -> None:
    """签收材料: somebody of the department signs for the file, and the review begins in that hand."""
    require(actor, "case.take")
    with store.work("case.take", actor) as work:
        case = case_locked(work, case_id)
        check_department(work.session, actor.account_id, case.department_id)
        check_act("take", facts_of(work.session, case, day=business_date(work.now)))  # before whose hand it is in
        take_in_hand(work, case)
        advance(work, case, "take")
        handover = work.session.scalars(
            select(CaseHandover).where(CaseHandover.case_id == case_id, CaseHandover.taken_at.is_(None))
        ).one()
        handover.taken_by, handover.taken_at = actor.account_id, work.now
        settle(work, case, handover=handover.id, given_by=handover.given_by)


@retried
def claim(store: Store, actor: Actor, *, case_id: int) -> None:
    """领取: take a case that lies with one's own department, or that of somebody whom one stands in for."""
    require(actor, "case.claim")
    with store.work("case.claim", actor) as work:
        case = case_locked(work, case_id)
        check_holder(work.session, case, actor)
        advance(work, case, "claim")
        take_in_hand(work, case)
        settle(work, case)


@retried
def release(store: Store, actor: Actor, *, case_id: int, reason: str) -> None:
    """退回科室: give a case back to its department, for somebody else to claim."""
    require(actor, "case.claim")
    told = reason_for("退回科室", reason)
    with store.work("case.release", actor) as work:
        case = case_locked(work, case_id)
        if case.officer_id != actor.account_id:
            raise NotHolding
        advance(work, case, "release", note=told)
        hand_to(work, case, Hand(case.department_id))
        settle(work, case)


@retried
def assign(store: Store, actor: Actor, *, case_id: int, account_id: int, reason: str = "") -> None:
    """转派: a head gives a case of the department to an officer, the manager any case; who is away is stood in for."""
    require(actor, "case.assign")
    told = short_text(reason)
    with store.work("case.assign", actor) as work:
        case = case_locked(work, case_id)
        if MANAGER not in actor.roles:
            check_department(work.session, actor.account_id, case.department_id)
        hand = hand_for(work.session, account_id, department_id=case.department_id, day=business_date(work.now))
        for each in {account_id, hand.account_id or account_id}:
            _check_receiver(work, case, each)
        advance(work, case, "assign", note=told, detail={"to": hand.account_id, "acting_for": hand.acting_for})
        hand_to(work, case, hand)
        settle(work, case, to=hand.account_id, acting_for=hand.acting_for)


def assign_all(
    store: Store, actor: Actor, *, case_ids: tuple[int, ...], account_id: int, reason: str = ""
) -> tuple[Assigned, ...]:
    """批量转派: each case is a transaction of its own; one that is refused holds up none of the others."""
    require(actor, "case.assign")
    with store.read(actor) as session:
        numbers = dict(
            session.execute(
                select(PermitCase.id, PermitCase.receipt_number).where(
                    PermitCase.hall_id == store.hall_id, PermitCase.id.in_(case_ids)
                )
            )
            .tuples()
            .all()
        )
    done = []
    for case_id in case_ids:
        refusal = ""
        try:
            assign(store, actor, case_id=case_id, account_id=account_id, reason=reason)
        except (Refused, NoSuchCase) as error:
            refusal = error.sentence
        done.append(Assigned(case_id, numbers.get(case_id, ""), refusal))
    return tuple(done)


def officers(store: Store, actor: Actor, *, case_id: int) -> tuple[Officer, ...]:
    """Whom the case could be given to at its step, who has the fewest cases first."""
    require(actor, "case.read")
    with store.read(actor) as session:
        case = session.get(PermitCase, case_id)
        if case is None or case.hall_id != store.hall_id:
            raise NoSuchCase(case_id)
        return _officers(session, case, store)


def check_holder(session: Session, case: PermitCase, candidate: Actor) -> None:
    """Raise NotForThem, or SamePerson, for somebody who may not do the case's present step."""
    action = STEP_ACTIONS.get(case.state)  # type: ignore[call-overload]  # written from rules.permits
    if action is not None and not may(candidate, action):
        raise NotForThem(candidate.name, "没有这一步的岗位权限")
    act = _STEP_ACTS.get(case.state)  # type: ignore[call-overload]
    if act is not None:
        check_separation(act, candidate.account_id, done=acts_done(session, case.id))


def _check_receiver(work: Work, case: PermitCase, account_id: int) -> None:
    receiver = actor_of(work.session, account_id, work.hall_id)
    if receiver is None:
        raise NotForThem(name_of(work.session, account_id), "账号不存在或已停用")
    try:
        check_department(work.session, account_id, case.department_id)
        check_holder(work.session, case, receiver)
    except SamePerson as error:
        raise NotForThem(receiver.name, error.why) from error


def _officers(session: Session, case: PermitCase, store: Store) -> tuple[Officer, ...]:
    today = business_date(store.clock.now())
    found = []
    wanted = Account.department_id.is_(None) | (Account.department_id == case.department_id)
    for account_id in session.scalars(select(Account.id).where(wanted, Account.disabled.is_(False))):
        candidate = actor_of(session, account_id, store.hall_id)
        try:
            if candidate is not None:
                check_holder(session, case, candidate)
                found.append(_officer(session, candidate, substitute_of(session, account_id, today)))
        except HallError:
            continue
    return tuple(sorted(found, key=lambda each: (each.cases, each.name)))


def _officer(session: Session, candidate: Actor, substitute: int | None) -> Officer:
    mine = select(PermitCase.id).where(PermitCase.officer_id == candidate.account_id, PermitCase.closed_at.is_(None))
    return Officer(
        candidate.account_id,
        candidate.name,
        candidate.roles,
        len(session.scalars(mine).all()),
        name_of(session, substitute),
    )


def _handed(session: Session, case_id: int) -> tuple[HandedMaterial, ...]:
    rows = session.scalars(select(CaseMaterial).where(CaseMaterial.case_id == case_id).order_by(CaseMaterial.position))
    return tuple(
        HandedMaterial(each.name, each.originals, each.copies, "容缺，后补" if each.lacking else "") for each in rows
    )


def _paper(work: Work, case: PermitCase, handed: tuple[HandedMaterial, ...], note: str) -> Fields:
    kept = {record.kind: record for record, _ in clocks.clocks_of(work.session, case.id)}
    return papers_intake.handover(
        paper_head(work, case),
        from_department=_COUNTER,
        to_department=work.session.get_one(Department, case.department_id).name,
        sender_name=work.actor.name,
        receiver_name="",
        handed_at=work.now,
        materials=handed,
        statutory_due=due_told(kept.get("statutory")),
        promised_due=due_told(kept.get("promised")),
        note=note,
    )
