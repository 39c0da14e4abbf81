"""The day's seal: all audit chains of a hall tied together, and to the seal before."""

import json
from datetime import date, timedelta

from sqlalchemy import delete, select

from hall.errors import Refused
from hall.store.chain import GENESIS, canonical_json, seal_digest
from hall.store.schema.halls import Station
from hall.store.schema.trail import AuditHead, AuditSeal, ChangeRow
from hall.store.work import Work

SUBJECT = "audit_seal:"
CHANGES_KEPT = timedelta(days=7)


class AlreadySealed(Refused):
    """The day has its seal."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day:%Y年%m月%d日}的操作记录已经封存，不能再封一次。")


def seal_day(work: Work, day: date) -> str:
    """Seal the day and give the digest; it is the work's audit entry, so that a removed seal is missed.

    Also forgets the changes told over a week ago: every station that runs has heard them long since.
    Raises AlreadySealed. What is done after the seal of a day is covered by the next one.
    """
    work.lock("audit.seal")
    session = work.session
    seals = select(AuditSeal.day, AuditSeal.digest).where(AuditSeal.hall_id == work.hall_id)
    if session.execute(seals.where(AuditSeal.day == day)).first():
        raise AlreadySealed(day)
    last = session.execute(seals.order_by(AuditSeal.id.desc()).limit(1)).one_or_none()
    heads = canonical_json(_heads(work))
    previous = last.digest if last else GENESIS
    digest = seal_digest(hall_id=work.hall_id, day=day, heads=heads, previous_digest=previous, sealed_at=work.now)
    session.add(
        AuditSeal(
            hall_id=work.hall_id,
            day=day,
            digest=digest,
            heads=heads,
            previous_digest=previous,
            sealed_at=work.now,
        )
    )
    stale = work.now - CHANGES_KEPT
    session.execute(delete(ChangeRow).where(ChangeRow.hall_id == work.hall_id, ChangeRow.at < stale))
    work.audit(f"{SUBJECT}{day.isoformat()}", digest=digest)
    return digest


def sealed_heads(seal: AuditSeal) -> dict[int, tuple[int, str]]:
    """Station's id → sequence and hash of its last row when the day was sealed."""
    heads: dict[str, str] = json.loads(seal.heads)
    return {int(station): _head(text) for station, text in heads.items()}


def _heads(work: Work) -> dict[str, str]:
    rows = work.session.execute(
        select(AuditHead).join(Station, Station.id == AuditHead.station_id).where(Station.hall_id == work.hall_id)
    ).scalars()
    return {str(row.station_id): f"{row.sequence}:{row.hash}" for row in rows}


def _head(text: str) -> tuple[int, str]:
    sequence, _, digest = text.partition(":")
    return int(sequence), digest
