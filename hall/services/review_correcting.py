"""Faults of a reviewed dossier: told to who is responsible, stated, corrected by a day, verified by another."""

from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import correction_days, round_papers
from hall.services.issuing import Issued
from hall.services.reasons import short_text, statement_for
from hall.services.review_parts import hands_of
from hall.services.round_records import assignment_locked, correctors, key_of, require_review_act, settle
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewRound


class NotResponsible(Refused):
    """Who corrects a dossier had a part in its case and works here still."""

    def __init__(self) -> None:
        super().__init__("整改责任人要从参加过这件案件办理、现在在岗的人员里选。请重新选择。")


class BadDay(Refused):
    """A correction is due today or later."""

    def __init__(self) -> None:
        super().__init__("整改期限不能早于今天，请重新填写。")


@retried
def notify(
    store: Store, actor: Actor, *, assignment_id: int, responsible_id: int, correct_by: date, home: Path
) -> Issued:
    """发整改通知 to one of those who handled the case. Raises CannotOnReview, NotResponsible, BadDay."""
    require(actor, "round.open")
    with store.work("round.notify", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "notify", home=home)
        _check_day(work, correct_by)
        if responsible_id not in responsibles(work, record):
            raise NotResponsible
        record.responsible_id, record.correct_by, record.state = responsible_id, correct_by, "correcting"
        plan = work.session.get_one(ReviewRound, record.round_id)
        issued = round_papers.issue_correction(work, plan, record, home=home)
        record.document_id = issued.document_id
        by = correction_days.told(correct_by)
        settle(work, record, "notify", document_id=issued.document_id, responsible=responsible_id, days=by)
        return issued


@retried
def state(store: Store, actor: Actor, *, assignment_id: int, statement: str, home: Path) -> None:
    """说明情况 of the responsible one. Raises CannotOnReview, NotTheResponsible, ReasonNeeded."""
    require(actor, "round.correct")
    text = statement_for("说明", statement)
    with store.work("round.state", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "state", home=home)
        record.statement = text
        settle(work, record, "state", note=text)


@retried
def correct(store: Store, actor: Actor, *, assignment_id: int, correction: str, home: Path) -> None:
    """登记整改 by the responsible one. Raises CannotOnReview, NotTheResponsible, ReasonNeeded."""
    require(actor, "round.correct")
    text = statement_for("整改", correction)
    with store.work("round.correct", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "correct", home=home)
        record.correction, record.corrected_on = text, business_date(work.now)
        record.corrected_by, record.state = actor.account_id, "corrected"
        settle(work, record, "correct", note=text)


@retried
def verify(
    store: Store, actor: Actor, *, assignment_id: int, passed: bool, note: str, correct_by: date | None, home: Path
) -> None:
    """核验整改: passed, or to be corrected once more by `correct_by`. Never by who reviewed, corrected or handled it.

    Raises CannotOnReview, SameHandVerifies, TookPart, BadDay, ReasonNeeded.
    """
    require(actor, "round.verify")
    with store.work("round.verify", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "verify", home=home)
        if passed:
            record.verified_on, record.verified_by = business_date(work.now), actor.account_id
            record.state = "closed"
            settle(work, record, "verify", note=short_text(note))
            return
        _check_day(work, correct_by)
        record.corrected_on, record.correct_by, record.state = None, correct_by, "correcting"
        by = correction_days.told(correct_by)
        settle(work, record, "reject", note=statement_for("核验未通过", note), days=by)


def responsibles(work: Work, record: ReviewAssignment) -> frozenset[int]:
    """Who may be named as responsible: handled the case, works here, and may correct."""
    return hands_of(work.session, (key_of(record),))[key_of(record)] & correctors(work.session, work.hall_id)


def _check_day(work: Work, correct_by: date | None) -> None:
    if correct_by is None or correct_by < business_date(work.now):
        raise BadDay
