"""The books of relief worked out once more from their lines, and every award held against its application."""

from collections.abc import Iterator
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.relief import Book, Line, Posted, PostingKind, replay
from hall.store.integrity import DataProblem
from hall.store.schema.halls import Hall
from hall.store.schema.relief import ReliefApplication, ReliefLine, ReliefPosting


def wrong_books(session: Session) -> list[DataProblem]:
    """Every posting that does not add up or whose balance is another, and every award that is booked wrongly."""
    problems: list[DataProblem] = []
    for hall_id in session.scalars(select(Hall.id).order_by(Hall.id)).all():
        _, faults = replay(_postings(session, hall_id))
        problems += [DataProblem("relief_posting", fault) for fault in faults]
        problems += _wrong_awards(session, hall_id)
    return problems


def _postings(session: Session, hall_id: int) -> Iterator[Posted]:
    query = select(ReliefPosting).where(ReliefPosting.hall_id == hall_id).order_by(ReliefPosting.serial)
    records = session.scalars(query).all()
    serials = {record.id: record.serial for record in records}
    lines: dict[int, list[Line]] = {}
    for each in session.scalars(select(ReliefLine).where(ReliefLine.hall_id == hall_id)):
        lines.setdefault(each.posting_id, []).append(Line(cast(Book, each.book), each.fen))
    for record in records:
        yield Posted(
            serial=record.serial,
            kind=cast(PostingKind, record.kind),
            lines=tuple(lines.get(record.id, ())),
            money_after=record.money_after,
            goods_after=record.goods_after,
            reverses=serials.get(record.reverses_id, 0) if record.reverses_id is not None else None,
        )


def _wrong_awards(session: Session, hall_id: int) -> Iterator[DataProblem]:
    """What is given has exactly one award that stands, of its amount; what is not given has none."""
    taken_back = select(ReliefPosting.reverses_id).where(ReliefPosting.reverses_id.is_not(None))
    query = (
        select(ReliefPosting.application_id, ReliefLine.fen)
        .join(ReliefLine, ReliefLine.posting_id == ReliefPosting.id)
        .where(
            ReliefPosting.hall_id == hall_id,
            ReliefPosting.kind == "award",
            ReliefPosting.id.not_in(taken_back),
            ReliefLine.book == "awarded",
        )
    )
    standing: dict[int | None, list[int]] = {}
    for application_id, fen in session.execute(query):
        standing.setdefault(application_id, []).append(fen)
    for record in session.scalars(select(ReliefApplication).where(ReliefApplication.hall_id == hall_id)):
        wanted = [record.award_fen] if record.state == "given" else []
        if standing.get(record.id, []) != wanted:
            yield DataProblem("relief_application", f"救助申请 {record.number} 的状态或者金额与账目上的发放不一致。")
