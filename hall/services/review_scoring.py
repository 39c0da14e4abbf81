"""A drawn dossier is scored by its reviewer, fault by fault; who may not review it is replaced by the next drawn."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import update

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.dossier import Score, review_score
from hall.rules.dossier_review import CannotOnReview, NobodyLeft, next_reviewer
from hall.rules.people import Actor
from hall.services import round_papers
from hall.services.case_records import add_event as add_case_event
from hall.services.case_records import case_locked
from hall.services.issuing import Issued
from hall.services.penalty_records import add_penalty_event, penalty_locked
from hall.services.reasons import reason_for, short_text
from hall.services.review_parts import REVIEWED, barred_from
from hall.services.round_records import (
    assignment_locked,
    draw_of,
    key_of,
    replay,
    require_review_act,
    reviewers,
    rule_on,
    settle,
    who_gave_back,
)
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import Dossier
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewFinding, ReviewRound
from hall.store.schema.people import Account

Found = Mapping[str, str]
"""What was found: the code of the fault and where it stands in the dossier."""


@retried
def score(
    store: Store, actor: Actor, *, assignment_id: int, found: Found, remark: str, home: Path
) -> tuple[Score, Issued]:
    """评分 by the table in force when the round was announced; the score sheet. Without a fault the dossier is done.

    Raises CannotOnReview, NotTheReviewer, TookPart, NoSuchFault, ReasonNeeded (a fault without where it stands).
    """
    require(actor, "round.score")
    with store.work("round.score", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "score", home=home)
        plan = work.session.get_one(ReviewRound, record.round_id)
        result = review_score(found, rule_on(home, plan.opened_on), subject=record.subject)
        set_score(record, result)
        record.remark, record.scored_on = short_text(remark), business_date(work.now)
        record.state = "scored" if result.faults else "closed"
        write_findings(work, record, result, found, sheet=1)
        tell_case(work, record, result)
        issued = round_papers.issue_sheet(work, plan, record, home=home)
        record.document_id = issued.document_id
        settle(work, record, "score", document_id=issued.document_id, points=result.points)
        return result, issued


@retried
def replace(store: Store, actor: Actor, *, assignment_id: int, reason: str, home: Path) -> str:
    """更换评查员 for a reason: the next in the order drawn who may, and had not given it back. Gives the name.

    Raises CannotOnReview, NobodyLeft, ReasonNeeded.
    """
    require(actor, "round.open")
    why = reason_for("更换评查员", reason)
    with store.work("round.replace", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "replace", home=home)
        before = record.reviewer_id
        record.reviewer_id = _next(work, record, home=home)
        record.replaced_why = why
        settle(work, record, "replace", note=why, before=before)
        return work.session.get_one(Account, record.reviewer_id).display_name


@retried
def release(store: Store, actor: Actor, *, assignment_id: int, reason: str, home: Path) -> None:
    """退出本轮 of a dossier that no reviewer is left for: the round goes on without it, a later one may draw it.

    Raises CannotOnReview where somebody is left, ReasonNeeded.
    """
    require(actor, "round.open")
    why = reason_for("案卷退出本轮", reason)
    with store.work("round.release", actor) as work:
        record = assignment_locked(work, assignment_id)
        require_review_act(work, record, "release", home=home)
        try:
            _next(work, record, home=home)
        except NobodyLeft:
            record.state, record.replaced_why = "released", why
            settle(work, record, "release", note=why)
            return
        raise CannotOnReview("名单里还有别的评查员可以评查这件案卷，请更换评查员。")


def write_findings(work: Work, record: ReviewAssignment, result: Score, found: Found, *, sheet: int) -> None:
    """The faults of a score sheet, each with where it stands: 1 of the first review, 2 of the second."""
    work.session.add_all(
        ReviewFinding(
            hall_id=work.hall_id,
            assignment_id=record.id,
            sheet=sheet,
            fault=fault.code,
            words=fault.words,
            points=fault.points,
            legality=fault.legality,
            note=reason_for(f"“{fault.words}”在哪一页、哪一项，", found[fault.code]),
        )
        for fault in result.faults
    )
    work.session.flush()


def tell_case(work: Work, record: ReviewAssignment, result: Score) -> None:
    """The case's own history says that it was reviewed; the volumes of a permit keep the points for the statistics."""
    detail: dict[str, int | list[str]] = {"points": result.points, "faults": [fault.code for fault in result.faults]}
    if record.subject == "penalty_case":
        penalty = penalty_locked(work, record.case_id)
        add_penalty_event(work, penalty, REVIEWED, detail=detail)
        work.changed("penalty", str(penalty.id))
        return
    case = case_locked(work, record.case_id)
    work.session.execute(update(Dossier).where(Dossier.case_id == case.id).values(score=result.points))
    add_case_event(work, case, REVIEWED, detail=detail)
    work.changed("case", str(case.id))


def set_score(record: ReviewAssignment, result: Score) -> None:
    """What stands from now on."""
    record.score, record.grade = result.points, result.grade
    record.illegal = any(fault.legality for fault in result.faults)


def _next(work: Work, record: ReviewAssignment, *, home: Path) -> int:
    """The next in the order drawn who may, works here still, and had not given it back. Raises NobodyLeft."""
    draw = draw_of(work.session, work.session.get_one(ReviewRound, record.round_id))
    in_turn = replay(work.session, draw).reviewers
    today = business_date(work.now)
    barred = barred_from(
        work.session,
        (key_of(record),),
        map(int, in_turn),
        today=today,
        other_department=rule_on(home, today).review.other_department,
    )
    able = {each.account_id for each in reviewers(work.session, work.hall_id)}
    gone = frozenset(map(int, in_turn)) - able
    gave_back = who_gave_back(work.session, (record.id,)).get(record.id, frozenset())
    kept_out = barred[key_of(record)] | gave_back | gone
    return int(next_reviewer(in_turn, after=str(record.reviewer_id), kept_out=frozenset(map(str, kept_out))))
