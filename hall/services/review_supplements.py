"""Supplements asked for during the review (审查中补正): no limit of law waits for them, the promise as laid down."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import may, require
from hall.rules.catalogue import Limit
from hall.rules.people import Actor
from hall.services import clocks, issuing, papers_intake
from hall.services.case_records import advance, case_locked
from hall.services.hands import settle, take_in_hand
from hall.services.issuing import Issued
from hall.services.paper_head import paper_head
from hall.services.papers_intake import Defect
from hall.services.review_rules import review_rule
from hall.services.suspending import SUPPLEMENT, supplement_terms
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.permits import CaseSupplement, CaseSupplementItem, PermitCase

REVIEW = "审查中补正"
"""The subject of its clock (K6): that of lacking materials goes on beside it."""

_CONSEQUENCE = "逾期未提交的，本机关将根据已有材料作出决定"


class NothingAsked(Refused):
    """A supplement notice without a line."""

    def __init__(self) -> None:
        super().__init__("没有写明要补正什么，请至少写一项材料、问题和要求。")


class NotAsked(Missing):
    """The notice has no such line."""

    def __init__(self, position: int) -> None:
        super().__init__(f"补正告知里没有第{position}项，请刷新后再看。")


@dataclass(frozen=True, slots=True)
class Answered:
    """What of a notice is still open after something came in."""

    left: tuple[str, ...]


@retried
def ask(
    store: Store, actor: Actor, *, case_id: int, items: tuple[Defect, ...], home: Path, days: int | None = None
) -> Issued:
    """告知补正 during the review: everything at once; `days` (workdays) for the reply, else as laid down."""
    require(actor, "case.review")
    if not items or not all(each.name.strip() and each.requirement.strip() for each in items):
        raise NothingAsked
    with store.work("case.ask", actor) as work:
        case = case_locked(work, case_id)
        take_in_hand(work, case)
        today = business_date(work.now)
        terms = supplement_terms(work.session, case, home, today)
        limit = Limit(days or review_rule(home, today).supplement_days, "workday")
        started = clocks.start(work, case, "supplement", limit=limit, started_on=today, subject=REVIEW)
        paper = issuing.issue(
            work,
            case_id=case_id,
            kind="correction",
            content=papers_intake.correction(
                paper_head(work, case),
                defects=items,
                submit_by=started.due_on,
                consequence=_CONSEQUENCE,
                in_review=True,
                promised_pauses=terms is not None and terms.stops_promised,
            ),
            home=home,
        )
        advance(work, case, "ask", detail={"items": len(items)}, document_id=paper.document_id)
        _write(work, case, items, paper=paper, reply_by=started.due_on)
        if terms is not None:
            held = terms.pause(today, None)
            clocks.pause(work, case, terms=held, reason=REVIEW, document_id=paper.document_id)
        settle(work, case, document=paper.number, items=len(items))
        return paper


@retried
def answer(store: Store, actor: Actor, *, case_id: int, positions: tuple[int, ...]) -> Answered:
    """收补正材料 during the review: the lines that are settled; when none is left, the promise runs again.

    The counter takes it in as well as the reviewer does.
    """
    if not may(actor, "case.review"):
        require(actor, "case.supplement")
    with store.work("case.answer", actor) as work:
        case = case_locked(work, case_id)
        today = business_date(work.now)
        notice = work.session.scalars(
            select(CaseSupplement).where(
                CaseSupplement.case_id == case_id,
                CaseSupplement.phase == "review",
                CaseSupplement.closed_on.is_(None),
            )
        ).one_or_none()
        advance(work, case, "answer", detail={"settled": list(positions)})
        assert notice is not None  # the act's guard asks for one
        left = _settle_items(work, notice, positions)
        if not left:
            notice.closed_on, notice.closed_how = today, "answered"
            clocks.stop(work, case, "supplement", on=today, how="answered", subject=REVIEW)
            if _held(work, case_id):
                clocks.resume(work, case, SUPPLEMENT, on=today, result="已补正")
        settle(work, case, settled=len(positions), left=len(left))
        return Answered(left)


def _held(work: Work, case_id: int) -> bool:
    pauses = clocks.pauses_of(work.session, case_id)
    return any(each.procedure == SUPPLEMENT and each.last_day is None for each in pauses)


def _write(work: Work, case: PermitCase, items: tuple[Defect, ...], *, paper: Issued, reply_by: date | None) -> None:
    of_review = select(func.max(CaseSupplement.round)).where(
        CaseSupplement.case_id == case.id, CaseSupplement.phase == "review"
    )
    notice = CaseSupplement(
        hall_id=work.hall_id,
        case_id=case.id,
        phase="review",
        round=(work.session.scalar(of_review) or 0) + 1,
        told_at=work.now,
        reply_by=reply_by,
        delivered_on=business_date(work.now),
        document_id=paper.document_id,
    )
    work.session.add(notice)
    work.session.flush()
    work.session.add_all(
        CaseSupplementItem(
            hall_id=work.hall_id,
            supplement_id=notice.id,
            position=position,
            name=each.name,
            defect=each.defect,
            requirement=each.requirement,
        )
        for position, each in enumerate(items, start=1)
    )


def _settle_items(work: Work, notice: CaseSupplement, positions: tuple[int, ...]) -> tuple[str, ...]:
    lines = work.session.scalars(
        select(CaseSupplementItem)
        .where(CaseSupplementItem.supplement_id == notice.id)
        .order_by(CaseSupplementItem.position)
    ).all()
    known = {line.position: line for line in lines}
    for position in positions:
        if position not in known:
            raise NotAsked(position)
        known[position].settled_on = known[position].settled_on or business_date(work.now)
    return tuple(line.name for line in lines if line.settled_on is None)
