"""A score that is objected to (异议) is reviewed once more (复核) by another reviewer; the first sheet stays."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.dossier import Score, review_score
from hall.rules.people import Actor
from hall.services import correction_days, round_papers
from hall.services.issuing import Issued
from hall.services.reasons import statement_for
from hall.services.review_scoring import Found, set_score, tell_case, write_findings
from hall.services.round_records import assignment_locked, recheck_of, require_review_act, rule_on, settle
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewFinding, ReviewRecheck, ReviewRound
from hall.store.schema.subjects import SubjectEvent

FIRST, SECOND = 1, 2
"""Which score sheet a fault stands on."""


class NothingReplaced(Refused):
    """The second review found what the first did: that is a confirmation."""

    def __init__(self) -> None:
        super().__init__("复核的问题和原评分表一样，得分没有变。请选“维持原评分”。")


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What stands after the second review, and its sheet."""

    points: int
    grade: str
    sheet: Issued


@retried
def object_to(store: Store, actor: Actor, *, assignment_id: int, objection: str, home: Path) -> None:
    """提出异议 to the score, by the responsible one, once; until it is reviewed again nothing has to be corrected.

    Raises CannotOnReview, NotTheResponsible, RecheckedAlready, ReasonNeeded.
    """
    require(actor, "round.correct")
    text = statement_for("对评分的异议", objection)
    with store.work("round.object", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "object", home=home)
        work.session.add(
            ReviewRecheck(
                hall_id=work.hall_id,
                assignment_id=record.id,
                objection=text,
                objected_on=business_date(work.now),
                first_score=record.score,
                first_grade=record.grade,
                first_document_id=_first_sheet(work, record),
            )
        )
        record.state = "objected"
        settle(work, record, "object", note=text, days=correction_days.told(None))


@retried
def recheck(
    store: Store, actor: Actor, *, assignment_id: int, found: Found | None, reason: str, home: Path
) -> Rechecked:
    """复核: the score is confirmed (`found` None), or replaced by what is found now, with the reason; the second sheet.

    By a reviewer who neither scored the dossier, nor gave it back, nor had a part in the case. The days that it took
    are added to those of the correction. Raises CannotOnReview, SameHandRechecks, TookPart, NothingReplaced,
    NoSuchFault, ReasonNeeded.
    """
    require(actor, "round.score")
    why = statement_for("复核结论", reason)
    with store.work("round.recheck", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "recheck", home=home)
        asked = recheck_of(work.session, record.id)
        assert asked is not None  # the state says so
        asked.reviewer_id, asked.reason, asked.done_on = actor.account_id, why, business_date(work.now)
        asked.confirmed = found is None
        plan = work.session.get_one(ReviewRound, record.round_id)
        if found is not None:
            result = review_score(found, rule_on(home, plan.opened_on), subject=record.subject)
            _replace(work, record, result, found)
        _go_on(record, asked)
        work.session.flush()
        issued = round_papers.issue_recheck(work, plan, record, asked, home=home)
        record.document_id = asked.document_id = issued.document_id
        assert record.score is not None  # it was scored before it was objected to
        settle(
            work,
            record,
            "confirm" if asked.confirmed else "rescore",
            note=why,
            document_id=issued.document_id,
            points=record.score,
            rechecker=actor.account_id,
            days=correction_days.told(record.correct_by),
        )
        return Rechecked(record.score, record.grade, issued)


def _replace(work: Work, record: ReviewAssignment, result: Score, found: Found) -> None:
    """What was found now takes the place of what was found first, in the case's history, too."""
    first = select(ReviewFinding.fault).where(ReviewFinding.assignment_id == record.id, ReviewFinding.sheet == FIRST)
    if {fault.code for fault in result.faults} == set(work.session.scalars(first)):
        raise NothingReplaced
    set_score(record, result)
    write_findings(work, record, result, found, sheet=SECOND)
    tell_case(work, record, result)
    record.corrected_on = None
    if not result.faults:
        record.correct_by = None


def _go_on(record: ReviewAssignment, asked: ReviewRecheck) -> None:
    """To the correction where a fault stands, with the days that the second review took."""
    if record.correct_by is None or asked.done_on is None:
        record.state = "closed"
        return
    record.state = "correcting" if record.corrected_on is None else "corrected"
    record.correct_by += asked.done_on - asked.objected_on


def _first_sheet(work: Work, record: ReviewAssignment) -> int | None:
    query = select(SubjectEvent.document_id).where(
        SubjectEvent.subject == "review_assignment", SubjectEvent.subject_id == record.id, SubjectEvent.kind == "score"
    )
    return work.session.scalar(query)
