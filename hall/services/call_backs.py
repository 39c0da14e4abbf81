"""Call-backs (回访) about something that was done: reached or not, a level only where somebody gave one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.reasons import ReasonNeeded, statement_for
from hall.services.request_records import check, request_locked
from hall.services.subject_records import Subject, add_event, lock_subject, settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyDuty
from hall.store.schema.people import Account
from hall.store.schema.permits import CaseEvent, PermitCase
from hall.store.schema.subjects import CallBack
from hall.words import RATING_LEVELS


class NobodyToCallBack(Missing):
    """Nothing of this hall that call-backs are made about has the key."""

    def __init__(self) -> None:
        super().__init__("没有找到要回访的诉求或案件，请刷新后再试。")


class NotOver(Refused):
    """A case is called back about when it is closed."""

    def __init__(self) -> None:
        super().__init__("这件案件还没有办结，办结之后再回访。")


class HandledIt(Refused):
    """Whoever handled a case does not ask how it was."""

    def __init__(self) -> None:
        super().__init__("您办理过这件案件，不能再回访，请交给另一位人员。")


class LevelWithoutAnswer(Refused):
    """A level was entered though nobody was reached, or one that does not exist."""

    def __init__(self) -> None:
        super().__init__("满意程度只能是对方亲口说的五档之一；没有联系上的，不填满意程度。")


@dataclass(frozen=True, slots=True)
class CallBackMade:
    """One call; `level` 5 (best) to 1 as in ratings, None where nobody gave one; `words` without personal data."""

    reached: bool
    level: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class CallBackView:
    """One call-back."""

    called_at: datetime
    reached: bool
    level: int | None
    words: str
    who: str


@retried
def call_back(store: Store, actor: Actor, *, subject: Subject, subject_id: int, made: CallBackMade) -> None:
    """登记回访 about a closed request or case, by somebody who did not handle it; as often as needed.

    A level stands there only where the person gave one: nothing is filled in by default (GB/T 39734 4.1 自愿).
    Raises NobodyToCallBack, CannotOnRequest, OwnFeedback, NotOver, HandledIt, LevelWithoutAnswer, ReasonHoldsNumber.
    """
    require(actor, "request.call_back")
    words = _words(made)
    with store.work("call_back.enter", actor) as work:
        state = _state(work, subject, subject_id)
        work.session.add(
            CallBack(
                hall_id=work.hall_id,
                subject=subject,
                subject_id=subject_id,
                called_on=business_date(work.now),
                called_at=work.now,
                reached=made.reached,
                level=made.level,
                words=words,
                account_id=actor.account_id,
            )
        )
        detail = {"reached": made.reached, "level": made.level}
        add_event(work, subject, subject_id, "call_back", state=state, detail=detail)
        settle_subject(work, subject, subject, subject_id, **detail)


def call_backs_of(session: Session, subject: Subject, subject_id: int) -> tuple[CallBackView, ...]:
    """Every call-back about something, the first first."""
    query = (
        select(CallBack, Account.display_name)
        .outerjoin(Account, Account.id == CallBack.account_id)
        .where(CallBack.subject == subject, CallBack.subject_id == subject_id)
        .order_by(CallBack.id)
    )
    return tuple(
        CallBackView(each.called_at, each.reached, each.level, each.words, name or "系统")
        for each, name in session.execute(query).tuples()
    )


def _words(made: CallBackMade) -> str:
    if made.level is not None and (not made.reached or made.level not in RATING_LEVELS):
        raise LevelWithoutAnswer
    if made.reached and not made.words.strip():
        raise ReasonNeeded("回访时对方的意见")
    return statement_for("回访", made.words) if made.words.strip() else ""


def _state(work: Work, subject: Subject, subject_id: int) -> str:
    """Kept from other acts, over, and not handled by the actor."""
    if subject == "request":
        request = request_locked(work, subject_id)
        check(work, request, "call_back")
        return request.state
    lock_subject(work, subject, subject_id)
    if subject == "permit_case":
        return _permit(work, subject_id)
    if subject == "penalty_case":
        return _penalty(work, subject_id)
    raise NobodyToCallBack


def _permit(work: Work, case_id: int) -> str:
    case = work.session.get(PermitCase, case_id)
    if case is None or case.hall_id != work.hall_id:
        raise NobodyToCallBack
    if case.closed_at is None:
        raise NotOver
    _refuse_handler(work, select(CaseEvent.account_id).where(CaseEvent.case_id == case_id))
    return case.state


def _penalty(work: Work, case_id: int) -> str:
    case = work.session.get(PenaltyCase, case_id)
    if case is None or case.hall_id != work.hall_id:
        raise NobodyToCallBack
    if case.closed_on is None:
        raise NotOver
    _refuse_handler(work, select(PenaltyDuty.account_id).where(PenaltyDuty.case_id == case_id))
    return case.state


def _refuse_handler(work: Work, handled: Select[tuple[int]]) -> None:
    if work.actor.account_id in work.session.scalars(handled).all():
        raise HandledIt
