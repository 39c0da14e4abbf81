"""A wrong decision: its text corrected, its fine varied by review or judgment, or the whole of it revoked."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.fine_acts import FineActName, FineFacts, check_fine_act
from hall.rules.fines import Entry
from hall.rules.money import yuan
from hall.rules.people import Actor
from hall.services import fines, papers_correction, publicity
from hall.services.fine_facts import fine_facts, open_agreement, open_deferral
from hall.services.issuing import Issued, issue
from hall.services.papers_payment import PenaltyDecision as ToldDecision
from hall.services.penalty_head import penalty_head
from hall.services.penalty_records import (
    Detail,
    add_penalty_event,
    decisions_of,
    penalty_locked,
    settle_penalty,
    take_duty,
)
from hall.services.reasons import statement_for
from hall.services.remedy_records import remedies_of
from hall.services.seizure_records import return_confiscated
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.publicity import Publication
from hall.words import REVOCATION_GROUNDS

Ground = Literal["evidence", "law", "procedure", "power", "abuse", "improper"]

_NO_MORE = "处罚决定已经撤销，不再有需要缴纳的款项。"
_MONEY = re.compile(
    r"[0-9０-９零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟两][元圆]|[¥￥]|罚款|[壹贰叁肆伍陆柒捌玖拾佰仟]{2}"
)
_FIGURE = re.compile(r"(?<![\d.,，])\d+(?:[,，]\d{3})*(?:\.\d+)?(?![\d年月日号时分度])")


class NoSlipOfThePen(Refused):
    """A correction of the text that would change what was decided."""

    def __init__(self) -> None:
        super().__init__(
            "更正只改文字上的差错，不能改罚款数额。数额有错的，凭复议决定或者判决变更，或者撤销后依法重新处理。"
        )


class GroundNeeded(Refused):
    """Revocation by the authority itself without its legal ground."""

    def __init__(self) -> None:
        super().__init__("本机关自行撤销要选法定情形（行政处罚法第三十八条、第七十五条），请从列表中选一项。")


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of the pen: the words as they stand, as they should, and why."""

    wrong: str
    right: str
    reasons: str


@retried
def correct(store: Store, actor: Actor, *, case_id: int, new: Correction, home: Path) -> Issued:
    """更正决定: its own paper beside the decision. Raises NotNow, NoSlipOfThePen, ReasonNeeded, DutyConflict."""
    require(actor, "penalty.correct")
    wrong, right = statement_for("原文", new.wrong), statement_for("更正后的文字", new.right)
    reasons = statement_for("更正的理由", new.reasons)
    if _MONEY.search(wrong) or _MONEY.search(right):
        raise NoSlipOfThePen
    with store.work("penalty.correct", actor) as work:
        case, _ = _opened(work, case_id, "correct", home=home)
        before = decisions_of(work.session, case.id)[-1]
        if _holds(wrong, before.fine_fen):
            raise NoSlipOfThePen
        content = papers_correction.penalty_correction(
            penalty_head(work, case), decision=_told(work, case), wrong=wrong, right=right, reasons=reasons
        )
        issued = issue(work, case_id=None, kind="penalty_correction", content=content, home=home)
        decision = _decision(work, before, "correct", number=issued.number, fine_fen=before.fine_fen, reasons=reasons)
        decision.document_id = issued.document_id
        _add(work, case, decision)
        return issued


@retried
def vary(store: Store, actor: Actor, *, case_id: int, fine_fen: int, reasons: str, home: Path) -> int:
    """变更决定, as the review decision or judgment says that was entered as the result of the remedy.

    The fine is lower than it was, and is so from the beginning. The key of the decision. Raises NotNow, BadEntry.
    """
    require(actor, "penalty.correct")
    why = statement_for("变更的内容", reasons)
    with store.work("penalty.vary", actor) as work:
        case, _ = _opened(work, case_id, "vary", home=home)
        record = remedies_of(work.session, case.id)[-1]
        assert record.ended_on is not None
        fines.add(work, case, Entry(0, "vary", record.ended_on, fine_fen), reference=record.title, home=home)
        now = fines.position_of(work.session, case, on=business_date(work.now), home=home)
        assert now is not None
        fines.settle_agreement(work, case, now)
        before = decisions_of(work.session, case.id)[-1]
        decision = _decision(work, before, "vary", number=record.title, fine_fen=fine_fen, reasons=why)
        decision.ground, decision.title = record.remedy, record.title
        _add(work, case, decision)
        publicity.overturned(work, before, f"{record.title}变更了处罚")
        publicity.begin(work, case, decision)
        return decision.id


@retried
def revoke(
    store: Store, actor: Actor, *, case_id: int, ground: Ground | None, reasons: str, home: Path
) -> Issued | None:
    """撤销决定: by the review decision or judgment that was entered, else by the authority's own finding (`ground`).

    Own findings have a paper; a review decision or judgment is one itself (None). What was paid is given back.
    Raises NotNow, GroundNeeded, ReasonNeeded.
    """
    require(actor, "penalty.correct")
    why = statement_for("撤销的理由", reasons)
    with store.work("penalty.revoke", actor) as work:
        case, facts = _opened(work, case_id, "revoke", home=home)
        before = decisions_of(work.session, case.id)[-1]
        issued = None
        if facts.outcome == "revoked":
            record = remedies_of(work.session, case.id)[-1]
            decision = _decision(work, before, "revoke", number=record.title, fine_fen=0, reasons=why)
            decision.ground, decision.title = record.remedy, record.title
        else:
            issued = _revocation(work, case, facts, ground=ground, reasons=why, home=home)
            decision = _decision(work, before, "revoke", number=issued.number, fine_fen=0, reasons=why)
            decision.ground, decision.document_id = ground or "", issued.document_id
        if facts.position:
            fines.add(work, case, Entry(0, "revoke", facts.today), reference=decision.number, home=home)
        _end_what_waits(work, case, facts)
        return_confiscated(work, case)
        case.state = "revoked"
        _add(work, case, decision)
        publicity.overturned(work, before, f"{decision.number}撤销了处罚决定")
        return issued


def _holds(text: str, fine_fen: int) -> bool:
    """Whether a text holds the figure of a fine, with or without 元; not as a part of a number, a date or a house."""
    figures = (figure.replace(",", "").replace("，", "") for figure in _FIGURE.findall(text))
    return bool(fine_fen) and any(Decimal(figure) == yuan(fine_fen) for figure in figures)


def _opened(work: Work, case_id: int, act: FineActName, *, home: Path) -> tuple[PenaltyCase, FineFacts]:
    case = penalty_locked(work, case_id)
    take_duty(work, case, "decide")
    facts = fine_facts(work.session, case, today=business_date(work.now), home=home)
    check_fine_act(act, facts)
    return case, facts


def _told(work: Work, case: PenaltyCase) -> ToldDecision:
    first = decisions_of(work.session, case.id)[0]
    return ToldDecision(first.number, first.decided_on, yuan(first.fine_fen))


def _decision(
    work: Work, before: PenaltyDecision, kind: str, *, number: str, fine_fen: int, reasons: str
) -> PenaltyDecision:
    return PenaltyDecision(
        hall_id=work.hall_id,
        case_id=before.case_id,
        previous_id=before.id,
        kind=kind,
        result=before.result,
        number=number,
        decided_on=business_date(work.now),
        decided_by=work.actor.account_id,
        fine_fen=fine_fen,
        other=before.other,
        reasons=reasons,
        bank=before.bank,
        surcharge_told=before.surcharge_told,
        at=work.now,
    )


def _add(work: Work, case: PenaltyCase, decision: PenaltyDecision) -> None:
    work.session.add(decision)
    work.session.flush()
    detail: Detail = {"decision": decision.id, "ground": decision.ground}
    add_penalty_event(work, case, decision.kind, note=decision.number, detail=detail, document_id=decision.document_id)
    settle_penalty(work, case, act=decision.kind, decision=decision.number, ground=decision.ground)


def _revocation(
    work: Work, case: PenaltyCase, facts: FineFacts, *, ground: Ground | None, reasons: str, home: Path
) -> Issued:
    if ground is None:
        raise GroundNeeded
    position = facts.position
    paid = position.paid_fen + position.added_paid_fen + position.over_fen if position else 0
    content = papers_correction.penalty_revocation(
        penalty_head(work, case),
        decision=_told(work, case),
        ground=REVOCATION_GROUNDS[ground],
        reasons=reasons,
        paid=yuan(paid),
        published=_published(work, case),
    )
    return issue(work, case_id=None, kind="penalty_revocation", content=content, home=home)


def _end_what_waits(work: Work, case: PenaltyCase, facts: FineFacts) -> None:
    """Nobody answers an application about a fine that is no more; an agreement has nothing left to keep."""
    deferral, agreement = open_deferral(work.session, case.id), open_agreement(work.session, case.id)
    if deferral is not None:
        deferral.granted, deferral.decided_on, deferral.decided_by = False, facts.today, work.actor.account_id
        deferral.reasons = _NO_MORE
    if agreement is not None:
        agreement.state = "refused" if agreement.state == "proposed" else "kept"
        agreement.answer, agreement.ended_on = _NO_MORE, facts.today


def _published(work: Work, case: PenaltyCase) -> bool:
    query = select(Publication.id).where(
        Publication.case_id == case.id, Publication.published_on.is_not(None), Publication.withdrawn_on.is_(None)
    )
    return work.session.scalar(query.limit(1)) is not None
