"""One unit of work: a session, one instant, one audit entry, the changes to tell, locks and numbers."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, TextClause, bindparam, insert, select, text, update
from sqlalchemy.orm import Session, aliased

from hall.errors import Damaged
from hall.rules.people import Actor
from hall.store.chain import Link, canonical_json, link_hash
from hall.store.clock_guard import TOLERANCE, refuse_set_back
from hall.store.schema.halls import Station
from hall.store.schema.trail import AuditHead, AuditRow, ChangeRow
from hall.store.secrets import KeyRing

CHANNEL = "hall_changes"

_NEXT_NUMBER = text(
    "INSERT INTO number_series (hall_id, series, scope, last) VALUES (:hall_id, :series, :scope, 1) "
    "ON CONFLICT (hall_id, series, scope) DO UPDATE SET last = number_series.last + 1 RETURNING last"
)

_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_SHARE = text("SELECT pg_advisory_xact_lock_shared(:key)")

# Made once: every work of the program runs them.
_OTHER = aliased(AuditHead)
_OTHERS_AGREE = (
    select(_OTHER.at)
    .join(Station, Station.id == _OTHER.station_id)
    .where(
        Station.hall_id == bindparam("hall_id"),
        Station.id != bindparam("station_id"),
        _OTHER.at.is_not(None),
    )
    .order_by(_OTHER.at.desc())
    .offset(1)
    .limit(1)
    .scalar_subquery()
)
"""The instant that two other stations of the hall have reached."""
_HEAD = (
    select(AuditHead.sequence, AuditHead.hash, AuditHead.at, _OTHERS_AGREE.label("others"))
    .where(AuditHead.station_id == bindparam("station_id"))
    .with_for_update(of=AuditHead)
)
_ADD_LINK = insert(cast(Table, AuditRow.__table__))
_MOVE_HEAD = (
    update(cast(Table, AuditHead.__table__))
    .where(AuditHead.station_id == bindparam("own_station"))
    .values(sequence=bindparam("last"), hash=bindparam("digest"), at=bindparam("latest"))
)


class AuditMisuse(AssertionError):
    """A mistake of ours: every work leaves exactly one audit entry."""


class ChainHeadMissing(Damaged):
    """The head row of this station's audit chain was removed."""

    def __init__(self, station: str) -> None:
        super().__init__(f"工作站 {station} 的审计链头不见了，程序停止写入。请运行 hall verify audit 核查。")


@dataclass(frozen=True, slots=True)
class ThisStation:
    """Which station of which hall a store belongs to."""

    hall_id: int
    id: int
    name: str
    tolerance: timedelta = TOLERANCE
    """How far its clock may stand behind what has been written."""


class Work:
    """What a use case gets from `Store.work`; build the answer inside the block, records expire after it."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        *,
        action: str,
        now: datetime,
        station: ThisStation,
        key_ring: KeyRing,
        trusts_clock: bool = False,
    ) -> None:
        self.session = session
        self.actor = actor
        self.action = action
        self.now = now
        self.key_ring = key_ring
        self.id = uuid.uuid4().hex
        self.sequence = 0
        """The number of its audit entry in the station's chain, once that is written."""
        self.frozen: list[int] = []
        """Ids of the documents issued in it, in their order: what a rehearsal shows."""
        self.rehearsed = False
        """Whether all of it is undone at its end: what may be drawn once only is not tried."""
        self._station = station
        self._trusts_clock = trusts_clock
        self._accepts_clock = False
        self._audit: tuple[str, str] | None = None
        self._changes: dict[tuple[str, str], None] = {}

    @property
    def hall_id(self) -> int:
        """The hall in which the work is done."""
        return self._station.hall_id

    @property
    def station_id(self) -> int:
        """The station at which the work is done."""
        return self._station.id

    @property
    def station_name(self) -> str:
        """The station's name, unique in its hall."""
        return self._station.name

    def audit(self, subject: str, **detail: object) -> None:
        """Say once what was done to what: subject such as "ticket:17", JSON values, no personal data."""
        if self._audit is not None:
            raise AuditMisuse(f"{self.action} is audited twice")
        self._audit = (subject, canonical_json(detail))

    def changed(self, topic: str, key: str = "") -> None:
        """Tell every station at commit that what it shows of this is old."""
        self._changes[(topic, key)] = None

    @property
    def topics(self) -> frozenset[str]:
        """What it has changed."""
        return frozenset(topic for topic, _ in self._changes)

    def lock(self, *names: str) -> None:
        """Wait for the named resources of the hall and keep them until the end; name all of them in one call.

        SQLite has one writer at a time anyway. Raises StoreBusy (by way of the store) after 3 s.
        """
        self._keep(_LOCK, names)

    def share(self, *names: str) -> None:
        """Keep them as they are until the end, beside any number of others that share them: only `lock` waits.

        A work that shares a resource never locks it too: two that did would wait for each other.
        """
        self._keep(_SHARE, names)

    def _keep(self, how: TextClause, names: tuple[str, ...]) -> None:
        if self.session.get_bind().dialect.name != "postgresql":
            return
        for name in sorted(names):
            self.session.execute(how, {"key": lock_key(f"{self.hall_id}:{name}")})

    def accept_clock(self) -> datetime | None:
        """Let the station's chain go on from this work's instant, though its last one was later; gives that one."""
        self._accepts_clock = True
        return self.session.scalar(select(AuditHead.at).where(AuditHead.station_id == self.station_id))

    def next_number(self, series: str, scope: str = "") -> int:
        """Draw the next number of a series within a scope: 1, 2, 3 … A work that fails gives it back."""
        self.session.flush()
        number: int = self.session.execute(
            _NEXT_NUMBER, {"hall_id": self.hall_id, "series": series, "scope": scope}
        ).scalar_one()
        return number

    def finish(self) -> None:
        """Write the audit row and the change rows; only the store calls this, just before commit."""
        if self._audit is None:
            raise AuditMisuse(f"{self.action} commits without audit")
        self.session.flush()
        self._append_audit(*self._audit)
        self._write_changes()

    def _append_audit(self, subject: str, detail: str) -> None:
        own = {"hall_id": self.hall_id, "station_id": self.station_id}
        head = self.session.execute(_HEAD, own).one_or_none()
        if head is None:
            raise ChainHeadMissing(self.station_name)
        if not (self._trusts_clock or self._accepts_clock):
            refuse_set_back(self.now, self._station.tolerance, own=head.at, others=head.others)
        self.sequence = head.sequence + 1
        link = Link(
            hall_id=self.hall_id,
            station_id=self.station_id,
            sequence=self.sequence,
            at=self.now,
            work_id=self.id,
            account_id=self.actor.account_id,
            actor_name=self.actor.name,
            action=self.action,
            subject=subject,
            detail=detail,
            previous_hash=head.hash,
        )
        latest = self.now if head.at is None or self._accepts_clock else max(head.at, self.now)
        self._store_link(link, link_hash(link), latest=latest)

    def _store_link(self, link: Link, digest: str, *, latest: datetime) -> None:
        self.session.execute(_ADD_LINK, {**asdict(link), "hash": digest})
        moved = {"own_station": self.station_id, "last": link.sequence, "digest": digest, "latest": latest}
        self.session.execute(_MOVE_HEAD, moved)

    def _write_changes(self) -> None:
        if not self._changes:
            return
        common: Mapping[str, object] = {"hall_id": self.hall_id, "origin": self.station_name, "at": self.now}
        rows = [{"topic": topic, "key": key, **common} for topic, key in self._changes]
        self.session.execute(insert(ChangeRow), rows)
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


def lock_key(name: str) -> int:
    """The 64-bit key of PostgreSQL's advisory lock for a name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
