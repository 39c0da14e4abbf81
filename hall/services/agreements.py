"""Execution agreements (行政强制法 42): what was added may be waived where the party makes good, never the fine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.fine_acts import check_fine_act
from hall.rules.fine_entries import check_parts, plan_total, waivable
from hall.rules.fines import AGREEMENT, Entry, Part
from hall.rules.money import yuan
from hall.rules.money_words import money_figures
from hall.rules.people import Actor
from hall.services import fines, papers_payment
from hall.services.fine_facts import fine_facts, open_agreement
from hall.services.fine_papers import decision_told, instalments
from hall.services.issuing import Issued, issue
from hall.services.penalty_head import penalty_head
from hall.services.penalty_records import Detail, add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.reasons import reason_for, statement_for
from hall.services.remedy_records import last_day_of
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.fines import AgreementPart, ExecutionAgreement
from hall.store.schema.penalties import PenaltyCase

_DAY = timedelta(days=1)


class TooMuchWaived(Refused):
    """More is to be waived than was added."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"减免的数额应大于0、不超过已经加处的{money_figures(yuan(most))}；"
            "罚款本金依法不能减免（行政强制法第四十二条）。"
        )


class Outdated(Refused):
    """The ledger or the calendar went on since the agreement was drawn up."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}请不予批准，由承办人员重新拟定。")


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """What is agreed: remedial steps, how much of what was added is waived, how the rest is paid.

    `parts` add up to fine and addition less the waiver; empty where nothing is left.
    """

    remedies: str
    waived_fen: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What an agreement of today is about, in fen: the unpaid fine, and what was added to it until yesterday."""

    principal_fen: int
    added_fen: int


@retried
def propose(store: Store, actor: Actor, *, case_id: int, new: NewAgreement, home: Path) -> int:
    """拟定执行协议, as of today: nothing is added from today on once it is approved.

    Raises NotNow, TooMuchWaived, BadEntry for a plan that does not add up, DutyConflict.
    """
    require(actor, "agreement.propose")
    remedies = statement_for("补救措施", new.remedies)
    with store.work("agreement.propose", actor) as work:
        case, today = penalty_locked(work, case_id), business_date(work.now)
        take_duty(work, case, "investigate")
        check_fine_act("agree", fine_facts(work.session, case, today=today, home=home))
        offer = offer_of(work, case, day=today, home=home)
        _check(new, offer, today)
        agreement = ExecutionAgreement(
            hall_id=work.hall_id,
            case_id=case.id,
            proposed_on=today,
            proposed_by=actor.account_id,
            remedies=remedies,
            reminder_on=last_day_of(work.session, case.id, "remind"),
            principal_fen=offer.principal_fen,
            added_fen=offer.added_fen,
            waived_fen=new.waived_fen,
            state="proposed",
        )
        work.session.add(agreement)
        work.session.flush()
        _add_parts(work, agreement.id, new.parts)
        _told(work, case, "agree", agreement)
        return agreement.id


@retried
def approve(store: Store, actor: Actor, *, case_id: int, home: Path) -> Issued:
    """批准: waiver and plan go into the ledger as of the day it was drawn up. Raises NotNow, Outdated."""
    require(actor, "agreement.decide")
    with store.work("agreement.approve", actor) as work:
        case, today = penalty_locked(work, case_id), business_date(work.now)
        take_duty(work, case, "decide")
        agreement = _waiting(work, case, today=today, home=home)
        parts = parts_of(work, agreement)
        offer = offer_of(work, case, day=agreement.proposed_on, home=home)
        if (offer.principal_fen, offer.added_fen) != (agreement.principal_fen, agreement.added_fen):
            raise Outdated("拟定以后账目有变化，")
        if parts and parts[0].due_on < today:
            raise Outdated(f"第1期的期限{parts[0].due_on}已经过了，")
        _write(work, case, agreement, parts, home=home)
        agreement.agreed_on, agreement.approved_by = today, actor.account_id
        agreement.state = "active" if parts else "kept"
        agreement.ended_on = None if parts else today
        issued = _paper(work, case, agreement, parts, home=home)
        agreement.document_id = issued.document_id
        _told(work, case, "agree_decide", agreement, document=issued)
        return issued


@retried
def refuse(store: Store, actor: Actor, *, case_id: int, reasons: str, home: Path) -> None:
    """不予批准: everything stays as it is. Raises NotNow, ReasonNeeded."""
    require(actor, "agreement.decide")
    why = statement_for("不予批准", reasons)
    with store.work("agreement.refuse", actor) as work:
        case, today = penalty_locked(work, case_id), business_date(work.now)
        take_duty(work, case, "decide")
        agreement = _waiting(work, case, today=today, home=home)
        agreement.state, agreement.answer, agreement.ended_on = "refused", why, today
        agreement.approved_by = actor.account_id
        _told(work, case, "agree_decide", agreement, note=why)


@retried
def breach(store: Store, actor: Actor, *, case_id: int, note: str, home: Path) -> None:
    """登记违约: from today on what is left of the fine grows again (42(2)). Raises NotNow."""
    require(actor, "agreement.propose")
    why = reason_for("登记违约", note)
    with store.work("agreement.breach", actor) as work:
        case, today = penalty_locked(work, case_id), business_date(work.now)
        take_duty(work, case, "investigate")
        check_fine_act("breach", fine_facts(work.session, case, today=today, home=home))
        agreement = open_agreement(work.session, case.id)
        assert agreement is not None
        fines.add(work, case, Entry(0, "breach", today), home=home)
        agreement.state, agreement.ended_on = "breached", today
        _told(work, case, "breach", agreement, note=why)


def offer_of(work: Work, case: PenaltyCase, *, day: date, home: Path) -> Offer:
    """What an agreement of a day can be about. Raises BadEntry where no fine was imposed."""
    entries = fines.entries_of(work.session, case.id)
    growth = fines.growth_of(entries, home)
    added = waivable(entries, day, growth)
    return Offer(plan_total(entries, day, AGREEMENT, growth) - added, added)


def parts_of(work: Work, agreement: ExecutionAgreement) -> tuple[Part, ...]:
    """The plan of an agreement."""
    query = select(AgreementPart).where(AgreementPart.agreement_id == agreement.id).order_by(AgreementPart.position)
    return tuple(Part(part.due_on, part.fen) for part in work.session.scalars(query))


def _check(new: NewAgreement, offer: Offer, today: date) -> None:
    if not 0 < new.waived_fen <= offer.added_fen:
        raise TooMuchWaived(offer.added_fen)
    left = offer.principal_fen + offer.added_fen - new.waived_fen
    if left or new.parts:
        check_parts(new.parts, total=left, first=today)


def _waiting(work: Work, case: PenaltyCase, *, today: date, home: Path) -> ExecutionAgreement:
    check_fine_act("agree_decide", fine_facts(work.session, case, today=today, home=home))
    agreement = open_agreement(work.session, case.id)
    assert agreement is not None
    return agreement


def _add_parts(work: Work, agreement_id: int, parts: Sequence[Part]) -> None:
    for number, part in enumerate(parts, 1):
        row = AgreementPart(
            hall_id=work.hall_id, agreement_id=agreement_id, position=number, due_on=part.due_on, fen=part.fen
        )
        work.session.add(row)
    work.session.flush()


def _write(
    work: Work, case: PenaltyCase, agreement: ExecutionAgreement, parts: tuple[Part, ...], *, home: Path
) -> None:
    """The waiver first: what it leaves is what the plan adds up to."""
    day = agreement.proposed_on
    agreement.entry_id = fines.add(work, case, Entry(0, "waive", day, agreement.waived_fen), home=home)
    if parts:
        plan = Entry(0, "plan", day, sum(part.fen for part in parts), cause=AGREEMENT, parts=parts)
        agreement.entry_id = fines.add(work, case, plan, home=home)


def _told(
    work: Work,
    case: PenaltyCase,
    kind: str,
    agreement: ExecutionAgreement,
    *,
    note: str = "",
    document: Issued | None = None,
) -> None:
    detail: Detail = {
        "agreement": agreement.id,
        "state": agreement.state,
        "waived_fen": agreement.waived_fen,
    }
    add_penalty_event(
        work, case, kind, note=note, detail=detail, document_id=document.document_id if document else None
    )
    settle_penalty(
        work,
        case,
        agreement=agreement.id,
        agreement_state=agreement.state,
        document=document.number if document else "",
    )


def _paper(
    work: Work, case: PenaltyCase, agreement: ExecutionAgreement, parts: tuple[Part, ...], *, home: Path
) -> Issued:
    entries = fines.entries_of(work.session, case.id)
    now = fines.position_of(work.session, case, on=business_date(work.now), home=home)
    assert now is not None
    content = papers_payment.execution_agreement(
        penalty_head(work, case),
        decision=decision_told(work, case, now),
        principal=yuan(agreement.principal_fen),
        added=yuan(agreement.added_fen),
        added_until=agreement.proposed_on - _DAY,
        waived=yuan(agreement.waived_fen),
        remedies_taken=agreement.remedies,
        plan=instalments(parts),
        breach_revives=fines.growth_of(entries, home).terms.breach_revives,
    )
    return issue(work, case_id=None, kind="execution_agreement", content=content, home=home)
