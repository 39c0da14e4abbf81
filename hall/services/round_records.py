"""What every act of a dossier review shares: the round's or the dossier's lock, who may be drawn, what can be drawn."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.clock import business_date, midnight
from hall.errors import Missing, Refused
from hall.rules.authority import roles_for
from hall.rules.dossier import DossierRule
from hall.rules.dossier_review import ReviewAct, ReviewFacts, ReviewSubject, RoundDrawn, draw_round, require_act
from hall.services.dossier_rules import dossier_rules
from hall.services.lot_draws import numbers
from hall.services.review_parts import CaseKey, barred_from
from hall.services.staff import StaffMember, staff_of
from hall.services.subject_records import Detail, add_event, lock_subject, settle_subject
from hall.store import Work
from hall.store.schema.certificates import Dossier
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewRecheck, ReviewRound
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.subjects import LotDraw, SubjectEvent

TOPIC = "round"


class NoSuchRound(Missing):
    """The hall has no such round, or no such dossier in one."""

    def __init__(self) -> None:
        super().__init__("没有找到这一轮评查或者这件案卷，可能在别的大厅。请刷新后再试。")


class SameHandDraws(Refused):
    """Who announced a round does not enter its seed."""

    def __init__(self) -> None:
        super().__init__("这一轮评查由您公布，登记种子和抽取须由另一位有权限的人员办理。")


class CannotOnRound(Refused):
    """The round does not stand so that this could be done."""


@dataclass(frozen=True, slots=True)
class Lot:
    """A dossier that can be drawn."""

    subject: ReviewSubject
    case_id: int
    number: str

    @property
    def key(self) -> CaseKey:
        """The case."""
        return self.subject, self.case_id


def rule_on(home: Path, day: date) -> DossierRule:
    """The parameters in force on a day; raises BadParameters."""
    return dossier_rules(home).in_force(day)


def round_locked(work: Work, round_id: int) -> ReviewRound:
    """The round, kept from every other act on it until the end of the work; raises NoSuchRound."""
    lock_subject(work, "review_round", round_id)
    record = work.session.get(ReviewRound, round_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchRound
    return record


def draw_of(session: Session, record: ReviewRound) -> LotDraw:
    """The draw of a round."""
    assert record.draw_id is not None  # written with the round
    return session.get_one(LotDraw, record.draw_id)


def assignment_locked(work: Work, assignment_id: int) -> ReviewAssignment:
    """A dossier of a round, kept from every other act on it until the end of the work; raises NoSuchRound."""
    lock_subject(work, "review_assignment", assignment_id)
    record = work.session.get(ReviewAssignment, assignment_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchRound
    return record


def key_of(record: ReviewAssignment) -> CaseKey:
    """Its case."""
    return record.subject, record.case_id  # type: ignore[return-value]  # written from rules.dossier_review


def facts_of(
    record: ReviewAssignment, recheck: ReviewRecheck | None, *, part: bool, gave_back: frozenset[int]
) -> ReviewFacts:
    """The records as the rules see them."""
    return ReviewFacts(
        record.state,  # type: ignore[arg-type]  # written from rules.dossier_review
        record.reviewer_id,
        record.responsible_id,
        record.corrected_by,
        part=part,
        gave_back=gave_back,
        objected=recheck is not None,
        rechecker=recheck.reviewer_id if recheck is not None else None,
    )


def recheck_of(session: Session, assignment_id: int) -> ReviewRecheck | None:
    """The second review of a dossier: asked for, or done."""
    return session.scalars(select(ReviewRecheck).where(ReviewRecheck.assignment_id == assignment_id)).one_or_none()


def standing_sheet(recheck: ReviewRecheck | None) -> int:
    """Which score sheet's faults stand: the second's where it replaced the first's."""
    return 2 if recheck is not None and recheck.confirmed is False else 1


def rescored_since_report(session: Session, hall_id: int) -> Mapping[int, int]:
    """Of rounds that were reported: how many scores a second review replaced since the last report."""
    told = (
        select(SubjectEvent.subject_id, func.max(SubjectEvent.id).label("at"))
        .where(SubjectEvent.hall_id == hall_id, SubjectEvent.subject == "review_round", SubjectEvent.kind == "close")
        .group_by(SubjectEvent.subject_id)
        .subquery()
    )
    query = (
        select(ReviewAssignment.round_id, func.count())
        .join(SubjectEvent, SubjectEvent.subject_id == ReviewAssignment.id)
        .join(told, told.c.subject_id == ReviewAssignment.round_id)
        .where(SubjectEvent.subject == "review_assignment", SubjectEvent.kind == "rescore", SubjectEvent.id > told.c.at)
        .group_by(ReviewAssignment.round_id)
    )
    return dict(session.execute(query).tuples().all())


def who_gave_back(session: Session, assignments: Sequence[int]) -> Mapping[int, frozenset[int]]:
    """Who had each dossier before its reviewer; not there where nobody had."""
    query = select(SubjectEvent.subject_id, SubjectEvent.detail).where(
        SubjectEvent.subject == "review_assignment",
        SubjectEvent.subject_id.in_(assignments),
        SubjectEvent.kind == "replace",
    )
    found: dict[int, frozenset[int]] = {}
    for key, detail in session.execute(query).tuples():
        found[key] = found.get(key, frozenset()) | {int(json.loads(detail)["before"])}
    return found


def require_review_act(work: Work, record: ReviewAssignment, act: ReviewAct, *, home: Path) -> None:
    """Raise what `rules.dossier_review.require_act` does, with whoever had a part in the case kept out."""
    own, rule = work.actor.account_id, rule_on(home, business_date(work.now))
    barred = barred_from(
        work.session,
        (key_of(record),),
        (own,),
        today=business_date(work.now),
        other_department=rule.review.other_department and act in {"score", "recheck"},
    )
    named = record.reviewer_id if act == "score" else record.responsible_id or record.reviewer_id
    name = work.session.get_one(Account, named).display_name
    facts = facts_of(
        record,
        recheck_of(work.session, record.id),
        part=own in barred[key_of(record)],
        gave_back=who_gave_back(work.session, (record.id,)).get(record.id, frozenset()),
    )
    require_act(act, facts, account_id=own, name=name)


def settle(
    work: Work,
    record: ReviewAssignment,
    kind: str,
    *,
    note: str = "",
    document_id: int | None = None,
    days: Detail | None = None,
    **detail: int,
) -> None:
    """What every act on a dossier ends with; `days`: by when it is corrected from now on (`correction_days.told`)."""
    told: Detail = {"reviewer": record.reviewer_id, **detail, **(days or {})}
    add_event(
        work, "review_assignment", record.id, kind, state=record.state, note=note, detail=told, document_id=document_id
    )
    settle_subject(work, TOPIC, "review_assignment", record.id, act=kind, state=record.state)


def reviewers(session: Session, hall_id: int) -> tuple[StaffMember, ...]:
    """Who may be drawn as a reviewer."""
    able = roles_for("round.score")
    return tuple(each for each in staff_of(session, hall_id) if not able.isdisjoint(each.roles))


def correctors(session: Session, hall_id: int) -> frozenset[int]:
    """Who works here and may correct a dossier that he had a part in."""
    able = roles_for("round.correct")
    return frozenset(each.account_id for each in staff_of(session, hall_id) if not able.isdisjoint(each.roles))


def lots(session: Session, hall_id: int, *, first: date, last: date) -> tuple[Lot, ...]:
    """Permits whose first volume was filed, and penalties that were closed, from `first` to `last`, both counted.

    What was drawn in a round before is left out, unless no reviewer was left there; in the order of their numbers.
    """
    start, end = midnight(first), midnight(last + timedelta(days=1))
    permits = (
        select(Dossier.case_id, Dossier.number)
        .join(PermitCase, PermitCase.id == Dossier.case_id)
        .where(
            Dossier.hall_id == hall_id,
            Dossier.volume == 1,
            Dossier.archived_at >= start,
            Dossier.archived_at < end,
            PermitCase.state == "archived",
            ~_drawn("permit_case", Dossier.case_id),
        )
    )
    penalties = select(PenaltyCase.id, PenaltyCase.number).where(
        PenaltyCase.hall_id == hall_id,
        PenaltyCase.closed_on.between(first, last),
        ~_drawn("penalty_case", PenaltyCase.id),
    )
    found = [Lot("permit_case", key, number) for key, number in session.execute(permits)]
    found += [Lot("penalty_case", key, number) for key, number in session.execute(penalties)]
    return tuple(sorted(found, key=lambda lot: (lot.subject, lot.number)))


def wanted_of(record: ReviewRound) -> Mapping[ReviewSubject, int]:
    """How many dossiers of each kind a round draws."""
    return {"permit_case": record.permits, "penalty_case": record.penalties}


def result_text(drawn: RoundDrawn, barred: Mapping[str, frozenset[str]]) -> str:
    """The result as it is stored, with who was kept from which dossier: by this it replays for ever."""
    kept_out = {dossier: sorted(accounts) for dossier, accounts in sorted(barred.items()) if accounts}
    told = {"assigned": drawn.assigned, "passed": drawn.passed, "reviewers": drawn.reviewers, "barred": kept_out}
    return json.dumps(told, ensure_ascii=False)


def replay(session: Session, record: LotDraw) -> RoundDrawn:
    """What follows from what was frozen, the seed, and who was kept out when it was drawn."""
    plan = session.get_one(ReviewRound, record.subject_id)
    return draw_round(
        numbers(record.entrants),
        numbers(record.prizes),
        wanted=wanted_of(plan),
        seed=record.seed,
        barred=barred_then(record),
    )


def barred_then(record: LotDraw) -> Mapping[str, frozenset[str]]:
    """Who was kept from which dossier when it was drawn."""
    kept: Mapping[str, Sequence[str]] = json.loads(record.result)["barred"]
    return {dossier: frozenset(accounts) for dossier, accounts in kept.items()}


def assigned_then(record: LotDraw) -> Sequence[tuple[str, str]]:
    """Dossiers and reviewers as they were drawn, in their order."""
    return [(dossier, reviewer) for dossier, reviewer in json.loads(record.result)["assigned"]]


def _drawn(subject: ReviewSubject, case_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return exists().where(
        ReviewAssignment.subject == subject, ReviewAssignment.case_id == case_id, ReviewAssignment.state != "released"
    )
