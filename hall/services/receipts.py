"""Receipts that prove themselves: Ed25519 signatures over number and date, verified at any counter.

A counter whose database is away checks with the public keys that its station keeps (`services.receipt_keys`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused, Unavailable
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.receipt_code import PublicKey, ReceiptCode, compose, message_bytes, parse
from hall.services.receipt_keys import TOPIC, kept, public_keys
from hall.store import Store, Work
from hall.store.failures import DatabaseAway
from hall.store.retrying import retried
from hall.store.schema.documents import Document, SigningKey

_KEY_CONTEXT = "signing_key.private_key"


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """A receipt whose signature holds, and the hall that signed it; any document has such a code.

    `own`: that is this hall. `kind` is None if this database does not have the document, and where the database is
    away (`offline`); `case_id` also for a document without a case.
    """

    number: str
    issued_on: date
    key_id: str
    hall_name: str
    own: bool
    kind: str | None
    case_id: int | None
    offline: bool


class ForgedReceipt(Refused):
    """The signature does not fit the text, or nobody here signed it."""

    def __init__(self, why: str = "签名不符，不是本大厅签发的，或内容被改动过") -> None:
        super().__init__(f"伪凭证：{why}。请按凭证编号人工核对。")


class SignedAfterEnd(ForgedReceipt):
    """A key signed on a day on which it had ended already: whoever did it was not the hall."""

    def __init__(self, issued_on: date, ended_on: date) -> None:
        super().__init__(f"日期是 {issued_on.isoformat()}，签名用的密钥在 {ended_on.isoformat()} 已停用")


class KeyNotKept(Unavailable):
    """The database is away, and the station has not yet seen the key that is named."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"现在不能判断真伪：数据库连不上，本机还没有保存签名密钥 {key_id} 的公钥。请在数据库恢复后再扫。"
        )


class NoSigningKey(Missing):
    """The hall cannot sign receipts."""

    def __init__(self) -> None:
        super().__init__("本大厅还没有签名密钥，不能签发凭证。请系统管理员运行 hall db check 核查数据库。")


@retried
def rotate_signing_key(store: Store, actor: Actor) -> str:
    """A new key signs from now on; the old ones are retired and go on verifying. Gives the new key's id."""
    require(actor, "keys.change")
    with store.work("receipt.key", actor) as work:
        key_id = new_signing_key(work)
        work.audit(f"signing_key:{key_id}")
        work.changed(TOPIC, key_id)
        return key_id


def new_signing_key(work: Work) -> str:
    """Within the caller's transaction: retire the present key, if any, and make another."""
    key_id = f"k{work.next_number('signing_key')}"  # drawn first: of two rotations at once the second waits here
    for present in work.session.scalars(_active(work.hall_id)):
        present.retired_at = work.now
    private = Ed25519PrivateKey.generate()
    work.session.add(
        SigningKey(
            hall_id=work.hall_id,
            key_id=key_id,
            public_key=private.public_key().public_bytes_raw().hex(),
            private_key_wrapped=work.key_ring.wrap(private.private_bytes_raw(), _KEY_CONTEXT),
            created_at=work.now,
        )
    )
    work.session.flush()
    return key_id


def sign(work: Work, number: str, issued_on: date) -> str:
    """The QR payload of a document, signed with the hall's active key. Raises NoSigningKey."""
    key = work.session.scalars(_active(work.hall_id)).one_or_none()
    if key is None:
        raise NoSigningKey
    private = Ed25519PrivateKey.from_private_bytes(work.key_ring.unwrap(key.private_key_wrapped, _KEY_CONTEXT))
    signature = private.sign(message_bytes(number, issued_on, key_id=key.key_id))
    return compose(number, issued_on, key_id=key.key_id, signature=signature)


def verify(store: Store, actor: Actor, *, payload: str, home: Path) -> VerifiedReceipt:
    """Check a scanned payload at a counter, also while the database is away.

    Raises BadReceiptCode, ForgedReceipt, KeyNotKept.
    """
    require(actor, "receipt.verify")
    try:
        with store.read(actor) as session:
            return check(session, payload, hall_id=store.hall_id)
    except DatabaseAway:
        return check_kept(home, payload, hall_id=store.hall_id)


def check(session: Session, payload: str, *, hall_id: int | None) -> VerifiedReceipt:
    """Check a payload against the district's keys; the case is named only to the hall that has it."""
    code = parse(payload)
    key = _signer(code, public_keys(session))
    if key is None:
        raise ForgedReceipt
    found = session.execute(
        select(Document.kind, Document.case_id).where(
            Document.hall_id == hall_id,
            Document.number == code.number,
            Document.code_payload == payload.strip(),
        )
    ).one_or_none()
    kind, case_id = found or (None, None)
    own = key.hall_id == hall_id
    return VerifiedReceipt(code.number, code.issued_on, code.key_id, key.hall_name, own, kind, case_id, offline=False)


def check_kept(home: Path, payload: str, *, hall_id: int | None) -> VerifiedReceipt:
    """Check a payload against the keys that the station keeps; one it does not know decides nothing.

    Every hall counts its keys by itself: one that is not known to have a key of that id may have a new one.
    """
    code, keys = parse(payload), kept(home)
    key = _signer(code, keys)
    if key is None:
        if {each.hall_id for each in keys} - {each.hall_id for each in keys if each.key_id == code.key_id}:
            raise KeyNotKept(code.key_id)
        raise ForgedReceipt
    own = key.hall_id == hall_id
    return VerifiedReceipt(code.number, code.issued_on, code.key_id, key.hall_name, own, None, None, offline=True)


def _signer(code: ReceiptCode, keys: Iterable[PublicKey]) -> PublicKey | None:
    """The key of the district that signed it: a receipt is good at any hall's counter. Raises SignedAfterEnd."""
    for key in keys:
        if key.key_id == code.key_id and _fits(key.public_key, code):
            if key.ended_on is not None and not key.may_have_signed(code.issued_on):
                raise SignedAfterEnd(code.issued_on, key.ended_on)
            return key
    return None


def _fits(public_key: str, code: ReceiptCode) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(code.signature, code.signed_bytes)
    except InvalidSignature:
        return False
    return True


def _active(hall_id: int) -> Select[tuple[SigningKey]]:
    return select(SigningKey).where(SigningKey.hall_id == hall_id, SigningKey.retired_at.is_(None))
