"""The hall's keys by name, and a new data key; the receipts' signing key is renewed in `services.receipts`.

What older keys sealed goes on opening.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.store import Store
from hall.store.schema.documents import SigningKey
from hall.store.schema.halls import Station
from hall.store.secrets import KEY_VARIABLE, KeyRing


@dataclass(frozen=True, slots=True)
class SigningKeyView:
    """A signing key of the hall; the one without an end signs."""

    key_id: str
    created_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeysView:
    """The hall's signing keys from the oldest to the newest, and the ids of the data keys likewise."""

    signing: tuple[SigningKeyView, ...]
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataKeyRotated:
    """The new data key, and the stations that need the new key file before they start again."""

    key_id: str
    stations: tuple[str, ...]


class KeyFromEnvironment(Refused):
    """The keys are not in a file that a program could add one to."""

    def __init__(self) -> None:
        super().__init__(
            f"密钥取自环境变量 {KEY_VARIABLE}，不能在这里更换。请在有密钥文件的电脑上更换，再改这个环境变量。"
        )


def keys(store: Store, actor: Actor) -> KeysView:
    """Which keys there are; never a key itself."""
    require(actor, "keys.change")
    with store.read(actor) as session:
        signing = session.scalars(select(SigningKey).where(SigningKey.hall_id == store.hall_id).order_by(SigningKey.id))
        shown = tuple(SigningKeyView(each.key_id, each.created_at, each.retired_at) for each in signing)
    return KeysView(shown, store.key_ring.ids)


def rotate_data_key(store: Store, actor: Actor, *, home: Path, environment: Mapping[str, str]) -> DataKeyRotated:
    """A new key seals what programs started from now on write; needs the new file at every station before that.

    Raises KeyFromEnvironment, and what `KeyRing.rotate` raises. Not done again after a lost connection: the file
    may hold the new key already, which then simply is the newest.
    """
    require(actor, "keys.change")
    if environment.get(KEY_VARIABLE):
        raise KeyFromEnvironment
    with store.work("data.key", actor) as work:
        names = work.session.scalars(select(Station.name).where(Station.hall_id == work.hall_id).order_by(Station.name))
        stations = tuple(names)
        key_id = KeyRing.rotate(home).active_id
        work.audit(f"data_key:{key_id}")
        return DataKeyRotated(key_id, stations)
