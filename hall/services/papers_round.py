"""Papers of dossier reviews: lists before the draw, its result, score sheet, correction notice, report of a round."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hall.services.case_paper import Row
from hall.services.papers_common import Fields, day_text, minute_text, numbered, sentence
from hall.words import REVIEW_SUBJECTS

SHOWN_RANK = 16
"""Hexadecimal digits of a rank on paper: enough to compare by eye."""


@dataclass(frozen=True, slots=True)
class RoundPaper:
    """A round as it is published; reviewers by number and name, dossiers with their kind, in the frozen order."""

    name: str
    from_day: date
    until_day: date
    wanted: tuple[tuple[str, int], ...]
    dossiers: tuple[str, ...]
    reviewers: tuple[tuple[str, str], ...]
    digest: str
    draw_on: date
    seed_source: str


@dataclass(frozen=True, slots=True)
class DrawnDossier:
    """A dossier that was drawn, its reviewer, the rank it came out by, and the reviewers who were kept from it."""

    subject: str
    number: str
    reviewer: str
    name: str
    rank: str
    barred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundFault:
    """A fault, what it cost, and where it stands."""

    words: str
    points: int
    legality: bool
    note: str


@dataclass(frozen=True, slots=True)
class ReviewedDossier:
    """A dossier with its score."""

    kind: str
    number: str
    score: int
    grade: str
    illegal: bool
    remark: str
    faults: tuple[FoundFault, ...]


@dataclass(frozen=True, slots=True)
class SecondReview:
    """A second review beside the dossier as it stands now; `correct_by` where a fault is left."""

    first_score: int
    first_grade: str
    first_reviewer: str
    objection: str
    confirmed: bool
    reason: str
    done_on: date
    correct_by: date | None


def review_notice(common: Fields, *, plan: RoundPaper) -> Fields:
    """`review_notice` 案卷评查抽取公告: both lists as they are frozen, their digest, where the seed will come from."""
    return {
        **common,
        **_frozen(plan),
        "dossiers": numbered({"dossier": each} for each in plan.dossiers),
        "reviewers": numbered({"key": key, "name": name} for key, name in plan.reviewers),
    }


def review_result(
    common: Fields,
    *,
    plan: RoundPaper,
    seed: str,
    witness: str,
    drawn_at: datetime,
    lines: Sequence[DrawnDossier],
    passed: Sequence[str],
    in_turn: Sequence[tuple[str, str]],
) -> Fields:
    """`review_result` 案卷评查抽取结果: each dossier with its reviewer, and how anyone draws it again."""
    rows: list[Row] = [
        {
            "dossier": f"{REVIEW_SUBJECTS[each.subject]}：{each.number}",
            "barred": "、".join(each.barred) or "无",
            "reviewer": f"{each.name}（{each.reviewer}）",
            "rank": each.rank[:SHOWN_RANK],
        }
        for each in lines
    ]
    return {
        **common,
        **_frozen(plan),
        "seed": seed,
        "witness": witness,
        "drawn_at": minute_text(drawn_at),
        "in_turn": "、".join(f"{name}（{key}）" for key, name in in_turn),
        "passed": "、".join(passed) or "无",
        "lines": numbered(rows),
    }


def review_sheet(common: Fields, *, round_name: str, dossier: ReviewedDossier, scored_on: date) -> Fields:
    """`review_sheet` 案卷评查评分表: every fault with where it stands and what it cost."""
    return {
        **common,
        **_dossier(dossier),
        "round_name": round_name,
        "remark": sentence(dossier.remark) or "无。",
        "scored_on": day_text(scored_on),
        "faults": numbered(_fault_rows(dossier.faults) or [{"words": "没有发现问题", "note": "—", "cost": "0"}]),
    }


def review_recheck(common: Fields, *, round_name: str, dossier: ReviewedDossier, second: SecondReview) -> Fields:
    """`review_recheck` 案卷评查复核表: first score, objection, what stands now and why."""
    changed = f"改为{dossier.score}分（{dossier.grade}），以本表为准。"
    return {
        **common,
        **_dossier(dossier),
        "round_name": round_name,
        "first_score": str(second.first_score),
        "first_grade": second.first_grade,
        "first_reviewer": second.first_reviewer,
        "objection": sentence(second.objection),
        "conclusion": "维持原评分。" if second.confirmed else changed,
        "reason": sentence(second.reason),
        "done_on": day_text(second.done_on),
        "correct_by": f"{day_text(second.correct_by)}以前整改" if second.correct_by else "没有需要整改的问题",
        "faults": numbered(_fault_rows(dossier.faults) or [{"words": "没有发现问题", "note": "—", "cost": "0"}]),
    }


def review_correction(
    common: Fields, *, round_name: str, dossier: ReviewedDossier, responsible: str, correct_by: date
) -> Fields:
    """`review_correction` 案卷评查整改通知书: what is to be corrected, by whom, by which day."""
    return {
        **common,
        **_dossier(dossier),
        "round_name": round_name,
        "responsible": responsible,
        "correct_by": day_text(correct_by),
        "faults": numbered(_fault_rows(dossier.faults)),
    }


def review_report(
    common: Fields,
    *,
    round_name: str,
    period: tuple[date, date],
    dossiers: Sequence[ReviewedDossier],
    faults: Sequence[FoundFault],
    rescored: int = 0,
    replaces: str = "",
) -> Fields:
    """`review_report` 案卷评查情况通报: counts, grades, what was found how often; no person is named or ranked.

    `replaces`: the number of the report that this one takes the place of, since `rescored` scores were replaced.
    """
    grades = Counter(each.grade for each in dossiers)
    often = Counter(each.words for each in faults)
    average = f"{sum(each.score for each in dossiers) / len(dossiers):.1f}" if dossiers else "—"
    rows: list[Row] = [{"words": words, "count": f"{count}件"} for words, count in often.most_common()]
    return {
        **common,
        "round_name": round_name,
        "period": f"{day_text(period[0])}至{day_text(period[1])}",
        "dossier_count": str(len(dossiers)),
        "average": average,
        "grades": "、".join(f"{grade}{count}件" for grade, count in grades.most_common()) or "无",
        "illegal_count": str(sum(each.illegal for each in dossiers)),
        "replaces": f"本通报代替{replaces}：通报以后经复核，{rescored}件案卷的得分有变动。" if replaces else "",
        "lines": numbered(
            {"dossier": f"{each.kind}：{each.number}", "score": str(each.score), "grade": each.grade}
            for each in dossiers
        ),
        "faults": numbered(rows or [{"words": "没有发现问题", "count": "—"}]),
    }


def _frozen(plan: RoundPaper) -> Fields:
    return {
        "round_name": plan.name,
        "period": f"{day_text(plan.from_day)}至{day_text(plan.until_day)}",
        "wanted": "、".join(f"{kind}{count}件" for kind, count in plan.wanted),
        "dossier_count": str(len(plan.dossiers)),
        "reviewer_count": str(len(plan.reviewers)),
        "digest": plan.digest,
        "draw_on": day_text(plan.draw_on),
        "seed_source": plan.seed_source,
    }


def _dossier(dossier: ReviewedDossier) -> Fields:
    return {
        "dossier_kind": dossier.kind,
        "dossier_number": dossier.number,
        "score": str(dossier.score),
        "grade": dossier.grade,
        "legality": "有合法性问题，整卷不得分" if dossier.illegal else "没有合法性问题",
    }


def _fault_rows(faults: Sequence[FoundFault]) -> list[Row]:
    return [
        {"words": each.words, "note": each.note, "cost": "整卷不得分" if each.legality else str(each.points)}
        for each in faults
    ]
