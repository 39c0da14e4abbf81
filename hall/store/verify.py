"""Checks the audit chains against their heads and seals: names the first altered, missing or inserted row."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from hall.store.chain import GENESIS, Link, canonical_json, link_hash, seal_digest
from hall.store.schema.halls import Hall, Station
from hall.store.schema.trail import AuditHead, AuditRow, AuditSeal
from hall.store.seals import SUBJECT, sealed_heads

ALTERED, MISSING, INSERTED = "被改动", "缺失", "插入"

# So many removed rows are recognised when those after them were renumbered to hide the gap.
_RENUMBERED = 64

_COVERED = tuple(field.name for field in fields(Link))
_COLUMNS = tuple(getattr(AuditRow, name) for name in (*_COVERED, "hash"))


@dataclass(frozen=True, slots=True)
class AuditProblem:
    """What is wrong: kind 被改动, 缺失 or 插入; `sequence` is None where it is a chain's head or a seal."""

    station: str
    sequence: int | None
    kind: str
    what: str

    @property
    def sentence(self) -> str:
        """The problem in one line."""
        station = f"工作站 {self.station}：" if self.station else ""
        return f"{station}{self.what}{self.kind}。"


@dataclass(frozen=True, slots=True)
class _Fault:
    """A problem before it has the station's name."""

    sequence: int | None
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a chain, or of the part of it that was found in order."""

    sequence: int
    hash: str


def verify_audit(session: Session) -> list[AuditProblem]:
    """The first problem of each station's chain, then of the seals; empty when all is as it was written."""
    names = _station_names(session)
    faults: dict[int, _Fault | None] = {station_id: _chain_fault(session, station_id) for station_id in names}
    for station_id, against_seal in _sealed_faults(session):
        faults[station_id] = faults.get(station_id) or against_seal
    problems = [
        AuditProblem(names.get(station_id, str(station_id)), found.sequence, found.kind, found.what)
        for station_id, found in faults.items()
        if found
    ]
    return problems + [
        AuditProblem("", None, fault.kind, fault.what)
        for hall in session.scalars(select(Hall).order_by(Hall.id))
        if (fault := _seal_fault(session, hall))
    ]


def _station_names(session: Session) -> dict[int, str]:
    rows = session.execute(
        select(Station.id, Hall.code, Station.name).join(Hall, Hall.id == Station.hall_id).order_by(Station.id)
    )
    return {station_id: f"{code}/{name}" for station_id, code, name in rows.tuples()}


def _chain_fault(session: Session, station_id: int) -> _Fault | None:
    end = _End(0, GENESIS)
    every_row = (
        select(*_COLUMNS)
        .where(AuditRow.station_id == station_id)
        .order_by(AuditRow.sequence, AuditRow.id)
        .execution_options(yield_per=1000)
    )
    with session.execute(every_row) as rows:
        for row in rows:
            if fault := _row_fault(session, row, end):
                return fault
            end = _End(row.sequence, row.hash)
    return _head_fault(session, station_id, end)


def _row_fault(session: Session, row: Row[tuple[object, ...]], end: _End) -> _Fault | None:
    """What is wrong with the row that comes after `end`, or with `end` itself if this row shows it."""
    expected = end.sequence + 1
    if row.sequence < expected:
        return _row(row.sequence, INSERTED)
    if row.sequence > expected:
        return _row(expected, MISSING)
    if row.previous_hash == end.hash and _genuine(row, expected):
        return None
    origin = _end_with_hash(session, row)
    if origin is not None and origin < end.sequence and _genuine(row, expected, origin + 1):
        return _row(origin + 1, INSERTED)
    if _genuine(row, *range(expected + 1, expected + _RENUMBERED)):
        return _row(expected, MISSING)
    # A row that is sound in itself but links elsewhere: the one before it was written anew, with a new hash.
    rewritten = end.sequence if _genuine(row, expected) and end.sequence else expected
    return _row(rewritten, ALTERED)


def _genuine(row: Row[tuple[object, ...]], *sequences: int) -> bool:
    """Whether the row's hash is right for one of the places in the chain."""
    values = {name: getattr(row, name) for name in _COVERED}
    return any(link_hash(Link(**{**values, "sequence": number})) == row.hash for number in sequences)


def _end_with_hash(session: Session, row: Row[tuple[object, ...]]) -> int | None:
    """Where in the chain the row's predecessor stands: after an insertion that is further back."""
    if row.previous_hash == GENESIS:
        return 0
    return session.scalars(
        select(AuditRow.sequence)
        .where(AuditRow.station_id == row.station_id, AuditRow.hash == row.previous_hash)
        .order_by(AuditRow.sequence)
    ).first()


def _head_fault(session: Session, station_id: int, end: _End) -> _Fault | None:
    head = session.get(AuditHead, station_id)
    if head is None:
        return _Fault(None, MISSING, "链头")
    if (head.sequence, head.hash) == (end.sequence, end.hash):
        return None
    if head.sequence > end.sequence and head.hash != end.hash:
        return _row(end.sequence + 1, MISSING)
    at_head = select(AuditRow.hash).where(AuditRow.station_id == station_id, AuditRow.sequence == head.sequence)
    if head.sequence < end.sequence and session.scalar(at_head) == head.hash:
        return _row(head.sequence + 1, INSERTED)
    return _Fault(None, ALTERED, "链头")


def _sealed_faults(session: Session) -> Iterator[tuple[int, _Fault]]:
    """Rows that are not what a seal says: a chain that was cut or written anew together with its head."""
    for seal in session.scalars(select(AuditSeal).order_by(AuditSeal.id)):
        if seal.digest != _digest(seal):
            continue  # named by _seal_fault; its heads say nothing
        for station_id, (sequence, sealed) in sealed_heads(seal).items():
            stored = session.scalars(
                select(AuditRow.hash).where(AuditRow.station_id == station_id, AuditRow.sequence == sequence)
            ).first()
            if stored != sealed:
                yield station_id, _row(sequence, ALTERED if stored else MISSING)


def _seal_fault(session: Session, hall: Hall) -> _Fault | None:
    """The first thing wrong with the hall's seals; each is also in an audit row by its digest."""
    previous = GENESIS
    audited = _audited_seals(session, hall.id)
    for seal in session.scalars(select(AuditSeal).where(AuditSeal.hall_id == hall.id).order_by(AuditSeal.id)):
        what = f"大厅 {hall.code} {seal.day} 的封存"
        if seal.digest != _digest(seal):
            return _Fault(None, ALTERED, what)
        if seal.previous_digest != previous:
            return _Fault(None, MISSING, f"{what}之前的封存")
        if audited.pop(f"{SUBJECT}{seal.day}", None) != canonical_json({"digest": seal.digest}):
            return _Fault(None, INSERTED, what)
        previous = seal.digest
    for subject in audited:
        return _Fault(None, MISSING, f"大厅 {hall.code} {subject.removeprefix(SUBJECT)} 的封存")
    return None


def _audited_seals(session: Session, hall_id: int) -> dict[str, str]:
    rows = session.execute(
        select(AuditRow.subject, AuditRow.detail).where(
            AuditRow.hall_id == hall_id, AuditRow.subject.startswith(SUBJECT, autoescape=True)
        )
    )
    return dict(rows.tuples().all())


def _digest(seal: AuditSeal) -> str:
    return seal_digest(
        hall_id=seal.hall_id,
        day=seal.day,
        heads=seal.heads,
        previous_digest=seal.previous_digest,
        sealed_at=seal.sealed_at,
    )


def _row(sequence: int, kind: str) -> _Fault:
    return _Fault(sequence, kind, f"第 {sequence} 条记录")
