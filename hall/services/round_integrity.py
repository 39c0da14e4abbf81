"""Dossier reviews against themselves: draws replayed, dossiers held against the draw and against their histories."""

import json
from collections.abc import Mapping, Sequence
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.dossier_review import ReviewSubject, entrant
from hall.services.lot_draws import false_draws_of
from hall.services.round_records import assigned_then, barred_then, key_of, replay, result_text
from hall.store.integrity import DataProblem
from hall.store.schema.dossier_reviews import ReviewAssignment
from hall.store.schema.subjects import LotDraw, SubjectEvent


def false_rounds(session: Session) -> list[DataProblem]:
    """Draws that do not follow from what was frozen, the seed and who was kept out, or are not what the history was
    told of them; dossiers whose number, reviewer or score is not what was drawn and what was done."""
    draws = false_draws_of(session, "review_round", replayed=partial(_replayed, session))
    return draws or _false_dossiers(session)


def _replayed(session: Session, draw: LotDraw) -> str:
    return result_text(replay(session, draw), barred_then(draw))


def _false_dossiers(session: Session) -> list[DataProblem]:
    """Where the draws themselves are as they should be."""
    drawn: dict[int, list[ReviewAssignment]] = {}
    for record in session.scalars(select(ReviewAssignment).order_by(ReviewAssignment.id)):
        drawn.setdefault(record.round_id, []).append(record)
    told = _told(session)
    problems = []
    held = select(LotDraw).where(LotDraw.subject == "review_round", LotDraw.drawn_at.is_not(None))
    for draw in session.scalars(held.order_by(LotDraw.id)):
        found, wanted = drawn.get(draw.subject_id, []), assigned_then(draw)
        if [entrant(*_published(each)) for each in found] != [dossier for dossier, _ in wanted]:
            problems.append(_problem("review_round", draw.subject_id, "抽到的案卷与公布的抽取结果不同"))
            continue
        for record, (_, reviewer) in zip(found, wanted, strict=True):
            if fault := _fault(record, int(reviewer), told.get(record.id, ())):
                problems.append(_problem("review_assignment", record.id, fault))
    return problems


def _fault(record: ReviewAssignment, drawn: int, told: Sequence[Mapping[str, object]]) -> str:
    """What of a dossier is not what its history says; each act wrote the reviewer, a score its points."""
    named = [each["reviewer"] for each in told]
    if not named or named[0] != drawn or named[-1] != record.reviewer_id:
        return "评查员与抽取结果、更换的经过不同"
    points = [each["points"] for each in told if "points" in each]
    if (points[-1] if points else None) != record.score:
        return "得分与评分的经过不同"
    return ""


def _told(session: Session) -> Mapping[int, Sequence[Mapping[str, object]]]:
    """What the histories (append-only) say of dossiers, in the order it happened."""
    query = select(SubjectEvent.subject_id, SubjectEvent.detail).where(SubjectEvent.subject == "review_assignment")
    found: dict[int, list[Mapping[str, object]]] = {}
    for key, detail in session.execute(query.order_by(SubjectEvent.id)):
        found.setdefault(key, []).append(json.loads(detail))
    return found


def _published(record: ReviewAssignment) -> tuple[ReviewSubject, str]:
    return key_of(record)[0], record.case_number


def _problem(table: str, key: int, fault: str) -> DataProblem:
    return DataProblem(table, f"表 {table}：第 {key} 行，{fault}。")
