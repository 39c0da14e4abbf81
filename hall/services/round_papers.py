"""Issues the papers of dossier reviews within an act: records in, paper out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.dossier_review import RoundDrawn, subject_of
from hall.rules.draws import rank
from hall.services import papers_round
from hall.services.documents import DocumentKind
from hall.services.issuing import Issued, issue
from hall.services.lot_draws import numbers
from hall.services.papers_common import Fields, hall_block
from hall.services.papers_round import DrawnDossier, FoundFault, ReviewedDossier, RoundPaper, SecondReview
from hall.services.round_records import barred_then, recheck_of, standing_sheet
from hall.store import Work
from hall.store.schema.documents import Document
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewFinding, ReviewRecheck, ReviewRound
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account
from hall.store.schema.subjects import LotDraw
from hall.words import REVIEW_SUBJECTS


def issue_notice(work: Work, record: ReviewRound, draw: LotDraw, *, home: Path) -> Issued:
    """案卷评查抽取公告, by the number that the round bears."""
    content = papers_round.review_notice(_hall(work), plan=_plan(work, record, draw))
    return _issue(work, "review_notice", content, home=home, number=record.number)


def issue_result(work: Work, record: ReviewRound, draw: LotDraw, *, drawn: RoundDrawn, home: Path) -> Issued:
    """案卷评查抽取结果."""
    names, barred = _names(work.session, map(int, drawn.reviewers)), barred_then(draw)
    content = papers_round.review_result(
        _hall(work),
        plan=_plan(work, record, draw),
        seed=draw.seed,
        witness=draw.witness,
        drawn_at=work.now,
        lines=[
            DrawnDossier(
                *subject_of(dossier),
                reviewer,
                names[int(reviewer)],
                rank(dossier, seed=draw.seed, frozen=draw.digest),
                tuple(sorted(barred.get(dossier, ()), key=int)),
            )
            for dossier, reviewer in drawn.assigned
        ],
        passed=drawn.passed,
        in_turn=[(each, names[int(each)]) for each in drawn.reviewers],
    )
    return _issue(work, "review_result", content, home=home)


def issue_sheet(work: Work, plan: ReviewRound, record: ReviewAssignment, *, home: Path) -> Issued:
    """案卷评查评分表."""
    content = papers_round.review_sheet(
        _hall(work), round_name=plan.name, dossier=_dossier(work, record), scored_on=_day(record.scored_on)
    )
    return _issue(work, "review_sheet", content, home=home)


def issue_recheck(
    work: Work, plan: ReviewRound, record: ReviewAssignment, recheck: ReviewRecheck, *, home: Path
) -> Issued:
    """案卷评查复核表: the first score and what stands now, with the objection and the reason."""
    content = papers_round.review_recheck(
        _hall(work),
        round_name=plan.name,
        dossier=_dossier(work, record),
        second=SecondReview(
            first_score=recheck.first_score,
            first_grade=recheck.first_grade,
            first_reviewer=work.session.get_one(Account, record.reviewer_id).display_name,
            objection=recheck.objection,
            confirmed=recheck.confirmed is True,
            reason=recheck.reason,
            done_on=_day(recheck.done_on),
            correct_by=record.correct_by,
        ),
    )
    return _issue(work, "review_recheck", content, home=home)


def issue_correction(work: Work, plan: ReviewRound, record: ReviewAssignment, *, home: Path) -> Issued:
    """案卷评查整改通知书."""
    assert record.responsible_id is not None  # written just before
    content = papers_round.review_correction(
        _hall(work),
        round_name=plan.name,
        dossier=_dossier(work, record),
        responsible=work.session.get_one(Account, record.responsible_id).display_name,
        correct_by=_day(record.correct_by),
    )
    return _issue(work, "review_correction", content, home=home)


def issue_report(
    work: Work, plan: ReviewRound, assigned: Sequence[ReviewAssignment], *, rescored: int, home: Path
) -> Issued:
    """案卷评查情况通报: dossiers and faults as they stand, nobody named; `rescored`: since the report it replaces."""
    keys = [each.id for each in assigned]
    found = select(ReviewFinding).where(ReviewFinding.assignment_id.in_(keys)).order_by(ReviewFinding.id)
    asked = work.session.scalars(select(ReviewRecheck).where(ReviewRecheck.assignment_id.in_(keys)))
    rechecks = {each.assignment_id: each for each in asked}
    content = papers_round.review_report(
        _hall(work),
        round_name=plan.name,
        period=(plan.from_day, plan.until_day),
        dossiers=[_reviewed(each, ()) for each in assigned],
        faults=[
            _fault(each)
            for each in work.session.scalars(found)
            if each.sheet == standing_sheet(rechecks.get(each.assignment_id))
        ],
        rescored=rescored,
        replaces=work.session.get_one(Document, plan.document_id).number if rescored else "",
    )
    return _issue(work, "review_report", content, home=home)


def _issue(work: Work, kind: DocumentKind, content: Fields, *, home: Path, number: str | None = None) -> Issued:
    return issue(work, case_id=None, kind=kind, content=content, home=home, number=number)


def _hall(work: Work) -> Fields:
    return hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name)


def _plan(work: Work, record: ReviewRound, draw: LotDraw) -> RoundPaper:
    keys = numbers(draw.prizes)
    names = _names(work.session, map(int, keys))
    return RoundPaper(
        name=record.name,
        from_day=record.from_day,
        until_day=record.until_day,
        wanted=tuple(
            (REVIEW_SUBJECTS[subject], count)
            for subject, count in (("permit_case", record.permits), ("penalty_case", record.penalties))
            if count
        ),
        dossiers=numbers(draw.entrants),
        reviewers=tuple((key, names[int(key)]) for key in keys),
        digest=draw.digest,
        draw_on=draw.draw_on,
        seed_source=draw.seed_source,
    )


def _dossier(work: Work, record: ReviewAssignment) -> ReviewedDossier:
    sheet = standing_sheet(recheck_of(work.session, record.id))
    query = select(ReviewFinding).where(ReviewFinding.assignment_id == record.id, ReviewFinding.sheet == sheet)
    query = query.order_by(ReviewFinding.id)
    return _reviewed(record, tuple(map(_fault, work.session.scalars(query))))


def _reviewed(record: ReviewAssignment, faults: tuple[FoundFault, ...]) -> ReviewedDossier:
    return ReviewedDossier(
        REVIEW_SUBJECTS[record.subject],
        record.case_number,
        record.score or 0,
        record.grade,
        record.illegal,
        record.remark,
        faults,
    )


def _fault(record: ReviewFinding) -> FoundFault:
    return FoundFault(record.words, record.points, record.legality, record.note)


def _names(session: Session, accounts: Iterable[int]) -> Mapping[int, str]:
    query = select(Account.id, Account.display_name).where(Account.id.in_(list(accounts)))
    return dict(session.execute(query).tuples().all())


def _day(day: date | None) -> date:
    assert day is not None  # written just before
    return day
