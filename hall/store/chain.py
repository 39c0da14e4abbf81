"""The audit chain as pure functions: canonical JSON, the hash of a row, the digest of a day's seal."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """Everything of an audit row that its hash covers."""

    hall_id: int
    station_id: int
    sequence: int
    at: datetime
    work_id: str
    account_id: int
    actor_name: str
    action: str
    subject: str
    detail: str
    previous_hash: str


_COVERED = tuple(field.name for field in fields(Link))


def canonical_json(value: object) -> str:
    """One spelling for equal values: keys sorted, no blanks, no escapes for Chinese; refuses NaN."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def link_hash(link: Link) -> str:
    """SHA-256 of a row with its predecessor's hash, in hex."""
    return _digest({name: getattr(link, name) for name in _COVERED} | {"at": _instant(link.at)})


def seal_digest(*, hall_id: int, day: date, heads: str, previous_digest: str, sealed_at: datetime) -> str:
    """SHA-256 of a day's seal; `heads` is the stored text."""
    return _digest(
        {
            "hall_id": hall_id,
            "day": day.isoformat(),
            "heads": heads,
            "previous_digest": previous_digest,
            "sealed_at": _instant(sealed_at),
        }
    )


def _digest(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
