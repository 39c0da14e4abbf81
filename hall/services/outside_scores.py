"""Scores that others give the hall are imported whole; a later file replaces a score by a further revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.scores_file import Score, ScoreKind
from hall.services.persons import refuse_numbers
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.scores import OutsideScore

_Key = tuple[str, date, str]


@dataclass(frozen=True, slots=True)
class ImportedScores:
    """What became of a file's scores."""

    added: int
    replaced: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class OutsideScoreRow:
    """The newest revision of a score; `hundredths` of `full_hundredths`, in hundredths of a point."""

    score_id: int
    source: str
    kind: ScoreKind
    month: date
    indicator: str
    hundredths: int
    full_hundredths: int
    asked: int | None
    report: str
    revision: int
    imported_at: datetime


@retried
def import_scores(store: Store, actor: Actor, *, scores: Sequence[Score]) -> ImportedScores:
    """Store a file's scores, all or none; what is there already with other figures gets a further revision."""
    require(actor, "score.import")
    for score in scores:
        refuse_numbers(f"{score.source} {score.indicator}")
    with store.work("score.import", actor) as work:
        work.lock("outside-scores")
        known = newest_scores(work.session, work.hall_id)
        counted = {"added": 0, "replaced": 0, "unchanged": 0}
        for score in scores:
            before = known.get((score.source, score.month, score.indicator))
            if before is not None and _told(before) == score:
                counted["unchanged"] += 1
                continue
            counted["added" if before is None else "replaced"] += 1
            work.session.add(
                OutsideScore(
                    hall_id=work.hall_id,
                    source=score.source,
                    kind=score.kind,
                    month=score.month,
                    indicator=score.indicator,
                    hundredths=score.hundredths,
                    full_hundredths=score.full_hundredths,
                    asked=score.asked,
                    report=score.report,
                    revision=before.revision + 1 if before else 1,
                    imported_at=work.now,
                    account_id=work.actor.account_id,
                )
            )
        work.audit("outside_scores", **counted)
        work.changed("rating", "scores")
        return ImportedScores(**counted)


def scores(store: Store, actor: Actor) -> tuple[OutsideScoreRow, ...]:
    """The newest revision of each score, the newest month first."""
    require(actor, "rating.read")
    with store.read(actor) as session:
        found = newest_scores(session, store.hall_id).values()
        rows = [
            OutsideScoreRow(
                score_id=each.id,
                source=each.source,
                kind=cast(ScoreKind, each.kind),
                month=each.month,
                indicator=each.indicator,
                hundredths=each.hundredths,
                full_hundredths=each.full_hundredths,
                asked=each.asked,
                report=each.report,
                revision=each.revision,
                imported_at=each.imported_at,
            )
            for each in found
        ]
    return tuple(sorted(rows, key=lambda row: (-row.month.toordinal(), row.kind, row.source, row.score_id)))


def newest_scores(session: Session, hall_id: int) -> dict[_Key, OutsideScore]:
    """The newest revision of each score, by source, month and indicator."""
    newest = (
        select(
            OutsideScore.source,
            OutsideScore.month,
            OutsideScore.indicator,
            func.max(OutsideScore.revision).label("revision"),
        )
        .where(OutsideScore.hall_id == hall_id)
        .group_by(OutsideScore.source, OutsideScore.month, OutsideScore.indicator)
        .subquery()
    )
    query = (
        select(OutsideScore)
        .join(
            newest,
            (newest.c.source == OutsideScore.source)
            & (newest.c.month == OutsideScore.month)
            & (newest.c.indicator == OutsideScore.indicator)
            & (newest.c.revision == OutsideScore.revision),
        )
        .where(OutsideScore.hall_id == hall_id)
    )
    return {(each.source, each.month, each.indicator): each for each in session.scalars(query)}


def _told(record: OutsideScore) -> Score:
    return Score(
        source=record.source,
        kind=cast(ScoreKind, record.kind),
        month=record.month,
        indicator=record.indicator,
        hundredths=record.hundredths,
        full_hundredths=record.full_hundredths,
        asked=record.asked,
        report=record.report,
    )
