"""A case ends: withdrawn by its applicant, terminated on a limb, or finished when everything is served."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.clocks import ClockKind
from hall.rules.closing import EndLimb, check_termination
from hall.rules.people import Actor
from hall.rules.permits import BEFORE_ACCEPTANCE, IN_REVIEW
from hall.services import clocks, issuing
from hall.services.accepting import LACKING
from hall.services.case_records import Detail, advance, case_locked
from hall.services.closing_rules import closing_rules
from hall.services.decision_records import drop_pending
from hall.services.paper_head import paper_head
from hall.services.papers_intake import EndingKind, withdrawal
from hall.services.reasons import statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import CaseMaterial, CaseSupplement, PermitCase

_RUN_NO_LONGER: tuple[ClockKind, ...] = (
    "acceptance",
    "statutory",
    "promised",
    "step",
    "procedure",
    "supplement",
    "delivery",
    "joint",
)
"""A supervision order outlives its case."""


class PartOfJoint(Refused):
    """A part of a joint case ends with the whole."""

    def __init__(self, number: str) -> None:
        super().__init__(f"这是联办件的分办件，随主办件一并结束。请在主办件 {number} 上办理。")


@dataclass(frozen=True, slots=True)
class EndedCase:
    """A case that ended without a decision, with its notice."""

    case_id: int
    state: str
    document_id: int
    document_number: str


@retried
def withdraw(
    store: Store, actor: Actor, *, case_id: int, reason: str, home: Path, returned: str | None = None
) -> EndedCase:
    """撤回申请 by the applicant's wish, at any time before the decision. `returned` None: all that was handed in.

    Raises NotNow after the decision, PartOfJoint.
    """
    require(actor, "case.withdraw")
    why = statement_for("撤回申请", reason)
    with store.work("case.withdraw", actor) as work:
        case = _whole(work, case_id)
        return _close(work, case, "withdraw", kind="withdrawn", reason=why, detail={}, returned=returned, home=home)


@retried
def terminate(
    store: Store, actor: Actor, *, case_id: int, limb: str, reason: str, home: Path, returned: str | None = None
) -> EndedCase:
    """终止办理 on a limb that the records show. Raises StillTime, NoSuchEnd, NotNow, PartOfJoint."""
    require(actor, "case.terminate")
    why = statement_for("终止办理", reason)
    with store.work("case.terminate", actor) as work:
        case = _whole(work, case_id)
        today = business_date(work.now)
        ground = closing_rules(home).in_force(today).limb(limb)
        check_termination(ground, last_days=_owed(work.session, case.id, ground), today=today)
        told = f"{ground.words}。{why}"
        detail: Detail = {"limb": ground.code}
        return _close(
            work, case, "terminate", kind="terminated", reason=told, detail=detail, returned=returned, home=home
        )


@retried
def finish(store: Store, actor: Actor, *, case_id: int) -> None:
    """办结: everything is made and served. Raises NotNow with all that is missing."""
    require(actor, "case.finish")
    with store.work("case.finish", actor) as work:
        case = case_locked(work, case_id)
        advance(work, case, "finish")
        _stop_clocks(work, case, "finished")
        work.audit(f"case:{case_id}", state=case.state)
        work.changed("case", str(case_id))


def end_limbs(store: Store, actor: Actor, *, home: Path) -> tuple[EndLimb, ...]:
    """The limbs of 终止 in force today, for the form."""
    require(actor, "case.read")
    return closing_rules(home).in_force(business_date(store.clock.now())).limbs


def _whole(work: Work, case_id: int) -> PermitCase:
    """The case, locked with its parts."""
    case = case_locked(work, case_id)
    if case.parent_id is not None:
        raise PartOfJoint(work.session.get_one(PermitCase, case.parent_id).receipt_number)
    return case


def _close(
    work: Work,
    case: PermitCase,
    act: str,
    *,
    kind: EndingKind,
    reason: str,
    detail: Detail,
    returned: str | None,
    home: Path,
) -> EndedCase:
    today = business_date(work.now)
    content = withdrawal(
        paper_head(work, case),
        kind=kind,
        reason=reason,
        ended_on=today,
        returned=_all_materials(work.session, case.id) if returned is None else returned,
    )
    issued = issuing.issue(work, case_id=case.id, kind="withdrawal", content=content, home=home)
    for part_id in work.session.scalars(_open_parts(case.id)).all():
        part = work.session.get_one(PermitCase, part_id)
        _end(work, part, act, kind=kind, detail={**detail, "parent": case.id})
    _end(work, case, act, kind=kind, detail=detail, document_id=issued.document_id)
    work.audit(f"case:{case.id}", state=case.state, notice=issued.number, **detail)
    return EndedCase(case.id, case.state, issued.document_id, issued.number)


def _end(
    work: Work, case: PermitCase, act: str, *, kind: EndingKind, detail: Detail, document_id: int | None = None
) -> None:
    advance(work, case, act, detail=detail, document_id=document_id)
    drop_pending(work, case, kind)
    _stop_clocks(work, case, kind)
    work.changed("case", str(case.id))


def _stop_clocks(work: Work, case: PermitCase, how: str) -> None:
    for kind in _RUN_NO_LONGER:
        clocks.stop(work, case, kind, on=business_date(work.now), how=how)
    clocks.refresh(work, case)


def _open_parts(case_id: int) -> Select[tuple[int]]:
    undecided = sorted(BEFORE_ACCEPTANCE | IN_REVIEW)
    of_case = PermitCase.parent_id == case_id, PermitCase.state.in_(undecided)
    return select(PermitCase.id).where(*of_case).order_by(PermitCase.id)


def _owed(session: Session, case_id: int, limb: EndLimb) -> tuple[date | None, ...]:
    """The last days of what the limb is about: notices that wait, materials that were to follow."""
    if limb.needs == "supplement":
        waiting = CaseSupplement.case_id == case_id, CaseSupplement.closed_on.is_(None)
        return tuple(session.scalars(select(CaseSupplement.reply_by).where(*waiting)))
    lacking = select(CaseMaterial.position).where(CaseMaterial.case_id == case_id, CaseMaterial.lacking).limit(1)
    if session.scalar(lacking) is None:
        return ()
    running = CaseClock.case_id == case_id, CaseClock.kind == "supplement", CaseClock.state != "stopped"
    return tuple(session.scalars(select(CaseClock.due_on).where(*running, CaseClock.subject == LACKING)))


def _all_materials(session: Session, case_id: int) -> str:
    handed = session.scalars(
        select(CaseMaterial)
        .where(CaseMaterial.case_id == case_id, CaseMaterial.originals + CaseMaterial.copies > 0)
        .order_by(CaseMaterial.position)
    ).all()
    return "、".join(f"{each.name}（{_counted(each)}）" for each in handed)


def _counted(material: CaseMaterial) -> str:
    counts = (("原件", material.originals), ("复印件", material.copies))
    return "、".join(f"{word}{count}份" for word, count in counts if count)
