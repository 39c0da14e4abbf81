"""The public keys of receipts, kept at the station: a receipt is checked at any counter while the database is away.

They are no secret. The file is written anew whenever the keys in the database differ from it.
"""

import json
import os
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Unavailable, cause_of
from hall.rules.receipt_code import PublicKey
from hall.store import Store
from hall.store.clock_guard import TOLERANCE
from hall.store.schema.documents import SigningKey
from hall.store.schema.halls import Hall

KEPT_FILE = "receipt-keys.json"
TOPIC = "receipt_key"
"""What is told when the keys change."""


class KeysUnreadable(Unavailable):
    """The file of kept keys is not as it was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"本机保存的公钥 {path} 读不懂，现在不能核验凭证。请删除它，数据库连上后会自动重新保存。")


class KeysNotWritten(Unavailable):
    """The file of kept keys cannot be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"公钥不能保存到 {path}（{cause_of(error)}）。请检查磁盘空间和文件夹权限。")


class KeysNotKept(Unavailable):
    """This station has never kept the keys."""

    def __init__(self) -> None:
        super().__init__("现在不能判断真伪：数据库连不上，本机还没有保存过公钥。请在数据库恢复后再扫。")


def public_keys(session: Session) -> tuple[PublicKey, ...]:
    """The keys of every hall of the district, the ended ones too.

    A key has ended on the day of its end by the clock of any station, which may be a little ahead.
    """
    found = session.execute(
        select(SigningKey, Hall.name).join(Hall, Hall.id == SigningKey.hall_id).order_by(SigningKey.id)
    )
    return tuple(
        PublicKey(
            hall_id=key.hall_id,
            hall_name=name,
            key_id=key.key_id,
            public_key=key.public_key,
            ended_on=None if key.retired_at is None else business_date(key.retired_at + TOLERANCE),
        )
        for key, name in found.tuples()
    )


def keep(store: Store, home: Path) -> bool:
    """Keep the keys at this station; whether they were other ones before. Raises KeysNotWritten."""
    with store.read() as session:
        text = _written(public_keys(session))
    path = home / KEPT_FILE
    try:
        if path.read_text(encoding="utf-8") == text:
            return False
    except (OSError, UnicodeDecodeError):
        pass  # there is none yet, or none that can be read: it is written now
    try:
        beside = path.with_name(f"{KEPT_FILE}.{os.getpid()}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise KeysNotWritten(path, error) from error
    return True


def kept(home: Path) -> tuple[PublicKey, ...]:
    """The keys that this station keeps. Raises KeysNotKept, KeysUnreadable."""
    path = home / KEPT_FILE
    try:
        return tuple(_read(each) for each in json.loads(path.read_text(encoding="utf-8"))["keys"])
    except FileNotFoundError:
        raise KeysNotKept from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeysUnreadable(path) from error


def _written(keys: tuple[PublicKey, ...]) -> str:
    listed = [
        {
            "hall_id": key.hall_id,
            "hall_name": key.hall_name,
            "key_id": key.key_id,
            "public_key": key.public_key,
            "ended_on": key.ended_on.isoformat() if key.ended_on else "",
        }
        for key in keys
    ]
    return json.dumps({"keys": listed}, ensure_ascii=False, indent=1)


def _read(entry: dict[str, str]) -> PublicKey:
    bytes.fromhex(entry["public_key"])
    ended_on = date.fromisoformat(entry["ended_on"]) if entry["ended_on"] else None
    return PublicKey(int(entry["hall_id"]), entry["hall_name"], entry["key_id"], entry["public_key"], ended_on)
