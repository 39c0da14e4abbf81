"""Rounds of dossier reviews (案卷评查): announced with frozen lists, drawn by a later seed, reported when scored."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.dossier_review import (
    SUBJECTS,
    RoundDrawn,
    RoundPlan,
    draw_round,
    entrant,
    plan_faults,
    subject_of,
)
from hall.rules.people import Actor
from hall.services import round_papers
from hall.services.issuing import Issued, draw_number
from hall.services.lot_draws import (
    NewLotDraw,
    checked_seed,
    freeze,
    numbers,
    told_of,
    why_not_drawn,
    why_not_voided,
    witness_of,
    write_result,
)
from hall.services.reasons import reason_for
from hall.services.review_parts import barred_from
from hall.services.round_records import (
    TOPIC,
    CannotOnRound,
    Lot,
    SameHandDraws,
    draw_of,
    lots,
    rescored_since_report,
    result_text,
    reviewers,
    round_locked,
    rule_on,
    wanted_of,
)
from hall.services.subject_records import Detail, add_event, settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewRound


class BadRound(Refused):
    """The round cannot be announced like this; all of it is named at once."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(f"评查还不能公布：{'；'.join(faults)}。请补正后再公布。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """A round as it is announced: cases that ended from `from_day` to `until_day`, how many of each, who may be
    drawn, when, and whose number the seed will be."""

    name: str
    from_day: date
    until_day: date
    permits: int
    penalties: int
    reviewers: tuple[int, ...]
    draw_on: date
    seed_source: str


@retried
def announce(store: Store, actor: Actor, *, new: NewRound, home: Path) -> Issued:
    """公布评查: dossiers and reviewers are frozen with their digest. A dossier that all of them had a part in is left
    out. Raises BadRound with every fault, ReasonNeeded."""
    require(actor, "round.open")
    name, source = reason_for("评查名称", new.name), reason_for("抽取前种子的来源", new.seed_source)
    with store.work("round.announce", actor) as work:
        chosen = _chosen(work, new)
        found = _reviewable(work, new, chosen, home=home)
        _check(work, new, found, chosen, home=home)
        record = _round(work, new, name=name, chosen=chosen, home=home)
        new_draw = NewLotDraw(
            title=name,
            entrants=[entrant(lot.subject, lot.number) for lot in found],
            prizes=[str(account_id) for account_id in chosen],
            draw_on=new.draw_on,
            seed_source=source,
        )
        draw = freeze(work, "review_round", record.id, new=new_draw)
        record.draw_id = draw.id
        issued = round_papers.issue_notice(work, record, draw, home=home)
        record.document_id = draw.document_id = issued.document_id
        _settle(work, record, "announce", issued=issued, detail=told_of(draw))
        return issued


@retried
def hold(store: Store, actor: Actor, *, round_id: int, seed: str, witness: str, home: Path) -> Issued:
    """抽取: dossiers and their reviewers follow from the lists and the seed; who had a part since is kept out, too.

    Who announced the round does not enter the seed. Raises CannotOnRound, SeedMissing, SameHandDraws, NoWitness.
    """
    require(actor, "round.open")
    own = checked_seed(seed)
    with store.work("round.draw", actor) as work:
        record = round_locked(work, round_id)
        draw = draw_of(work.session, record)
        if why := why_not_drawn(work, draw):
            raise CannotOnRound(why)
        if draw.announced_by == actor.account_id:
            raise SameHandDraws
        seen_by = witness_of(work, draw, witness)
        found = _frozen(work.session, record, numbers(draw.entrants))
        barred = _barred(work, found, tuple(map(int, numbers(draw.prizes))), home=home)
        drawn = draw_round(
            numbers(draw.entrants), numbers(draw.prizes), wanted=wanted_of(record), seed=own, barred=barred
        )
        write_result(work, draw, seed=own, witness=seen_by, result=result_text(drawn, barred))
        record.state = "drawn"
        _assign(work, record, drawn, found)
        issued = round_papers.issue_result(work, record, draw, drawn=drawn, home=home)
        record.document_id = draw.document_id = issued.document_id
        _settle(work, record, "draw", issued=issued, detail=told_of(draw))
        return issued


@retried
def void(store: Store, actor: Actor, *, round_id: int, reason: str) -> None:
    """作废, only before the seed is known. Raises CannotOnRound, ReasonNeeded."""
    require(actor, "round.open")
    why = reason_for("作废这一轮评查", reason)
    with store.work("round.void", actor) as work:
        record = round_locked(work, round_id)
        draw = draw_of(work.session, record)
        if fault := why_not_voided(draw):
            raise CannotOnRound(fault)
        draw.voided_why, record.state = why, "voided"
        _settle(work, record, "void", note=why)


@retried
def close(store: Store, actor: Actor, *, round_id: int, home: Path) -> Issued:
    """通报: the results of all dossiers, no person named; corrections go on. Once more where a second review replaced a
    score since: the new report says which one it takes the place of. Raises CannotOnRound."""
    require(actor, "round.open")
    with store.work("round.close", actor) as work:
        record = round_locked(work, round_id)
        rescored = rescored_since_report(work.session, work.hall_id).get(record.id, 0)
        if record.state != "drawn" and not rescored:
            raise CannotOnRound("已经抽取、还没有通报，或者通报以后复核改变了得分的评查，才能通报。")
        assigned = work.session.scalars(
            select(ReviewAssignment)
            .where(ReviewAssignment.round_id == record.id, ReviewAssignment.state != "released")
            .order_by(ReviewAssignment.id)
        ).all()
        if left := sum(each.state == "drawn" for each in assigned):
            raise CannotOnRound(f"还有 {left} 件案卷没有评分，评完以后再通报。")
        record.state, record.closed_on = "closed", business_date(work.now)
        issued = round_papers.issue_report(work, record, assigned, rescored=rescored, home=home)
        record.document_id = issued.document_id
        _settle(work, record, "close", issued=issued)
        return issued


def _chosen(work: Work, new: NewRound) -> tuple[int, ...]:
    able = {each.account_id for each in reviewers(work.session, work.hall_id)}
    return tuple(sorted(able.intersection(new.reviewers)))


def _reviewable(work: Work, new: NewRound, chosen: tuple[int, ...], *, home: Path) -> tuple[Lot, ...]:
    found = lots(work.session, work.hall_id, first=new.from_day, last=new.until_day)
    barred = _barred(work, found, chosen, home=home)
    return tuple(lot for lot in found if len(barred[entrant(lot.subject, lot.number)]) < len(chosen))


def _barred(work: Work, found: tuple[Lot, ...], chosen: tuple[int, ...], *, home: Path) -> dict[str, frozenset[str]]:
    today = business_date(work.now)
    kept_out = barred_from(
        work.session,
        [lot.key for lot in found],
        chosen,
        today=today,
        other_department=rule_on(home, today).review.other_department,
    )
    return {entrant(lot.subject, lot.number): frozenset(map(str, kept_out[lot.key])) for lot in found}


def _check(work: Work, new: NewRound, found: tuple[Lot, ...], chosen: tuple[int, ...], *, home: Path) -> None:
    there = Counter(lot.subject for lot in found)
    plan = RoundPlan(
        from_day=new.from_day,
        until_day=new.until_day,
        wanted={"permit_case": new.permits, "penalty_case": new.penalties},
        there={subject: there[subject] for subject in SUBJECTS},
        reviewers=len(chosen),
        draw_on=new.draw_on,
    )
    today = business_date(work.now)
    if faults := plan_faults(plan, today=today, announce_days=rule_on(home, today).review.announce_days):
        raise BadRound(faults)


def _round(work: Work, new: NewRound, *, name: str, chosen: tuple[int, ...], home: Path) -> ReviewRound:
    record = ReviewRound(
        hall_id=work.hall_id,
        number=draw_number(work, kind="review_notice", home=home),
        name=name,
        from_day=new.from_day,
        until_day=new.until_day,
        permits=new.permits,
        penalties=new.penalties,
        reviewers=json.dumps(chosen),
        opened_on=business_date(work.now),
        opened_by=work.actor.account_id,
        state="announced",
    )
    work.session.add(record)
    work.session.flush()
    return record


def _frozen(session: Session, record: ReviewRound, entrants: tuple[str, ...]) -> tuple[Lot, ...]:
    """The published dossiers that are still what they were: another round may have drawn one meanwhile."""
    there = {
        entrant(lot.subject, lot.number): lot
        for lot in lots(session, record.hall_id, first=record.from_day, last=record.until_day)
    }
    if gone := [each for each in entrants if each not in there]:
        raise CannotOnRound(f"公布以后，{gone[0]}等 {len(gone)} 件案卷已经重开或者被别的一轮抽走。请作废后重新公布。")
    return tuple(there[each] for each in entrants)


def _assign(work: Work, record: ReviewRound, drawn: RoundDrawn, found: tuple[Lot, ...]) -> None:
    cases = {entrant(lot.subject, lot.number): lot for lot in found}
    for dossier, reviewer in drawn.assigned:
        subject, number = subject_of(dossier)
        assignment = ReviewAssignment(
            hall_id=work.hall_id,
            round_id=record.id,
            subject=subject,
            case_id=cases[dossier].case_id,
            case_number=number,
            reviewer_id=int(reviewer),
            state="drawn",
        )
        work.session.add(assignment)
        work.session.flush()
        add_event(work, "review_assignment", assignment.id, "draw", state="drawn", detail={"reviewer": int(reviewer)})


def _settle(
    work: Work,
    record: ReviewRound,
    kind: str,
    *,
    note: str = "",
    issued: Issued | None = None,
    detail: Detail | None = None,
) -> None:
    add_event(
        work,
        "review_round",
        record.id,
        kind,
        state=record.state,
        note=note,
        detail=detail,
        document_id=issued.document_id if issued else None,
    )
    settle_subject(work, TOPIC, "review_round", record.id, act=kind, state=record.state)
