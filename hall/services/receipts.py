"""Receipts that prove themselves: Ed25519 signatures over number and date, verified at any counter."""

from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.receipt_code import ReceiptCode, compose, message_bytes, parse
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.documents import Document, SigningKey

_KEY_CONTEXT = "signing_key.private_key"


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """A receipt whose signature holds. `case_id` is None if this database does not have the document."""

    number: str
    issued_on: date
    key_id: str
    case_id: int | None


class ForgedReceipt(Refused):
    """The signature does not fit the text, or nobody here signed it."""

    def __init__(self) -> None:
        super().__init__("签名不符：这张凭证不是本大厅签发的，或内容被改动过。请按凭证编号人工核对。")


class NoSigningKey(Missing):
    """The hall cannot sign receipts."""

    def __init__(self) -> None:
        super().__init__("本大厅还没有签名密钥，不能签发凭证。请系统管理员运行 hall db check 核查数据库。")


@retried
def rotate_signing_key(store: Store, actor: Actor) -> str:
    """A new key signs from now on; the old ones are retired and go on verifying. Gives the new key's id."""
    require(actor, "settings.change")
    with store.work("receipt.key", actor) as work:
        key_id = new_signing_key(work)
        work.audit(f"signing_key:{key_id}")
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


def verify(store: Store, actor: Actor, *, payload: str) -> VerifiedReceipt:
    """Check a scanned payload at a counter; raises BadReceiptCode or ForgedReceipt."""
    require(actor, "receipt.verify")
    with store.read(actor) as session:
        return check(session, payload, hall_id=store.hall_id)


def check(session: Session, payload: str, *, hall_id: int | None) -> VerifiedReceipt:
    """Check a payload against the district's keys; the case is named only to the hall that has it."""
    code = parse(payload)
    _check_signature(session, code)
    case_id = session.scalar(
        select(Document.case_id).where(
            Document.hall_id == hall_id,
            Document.number == code.number,
            Document.code_payload == payload.strip(),
        )
    )
    return VerifiedReceipt(code.number, code.issued_on, code.key_id, case_id)


def _check_signature(session: Session, code: ReceiptCode) -> None:
    """Against every key of that id in the district: a receipt is good at any hall's counter."""
    keys = session.scalars(select(SigningKey.public_key).where(SigningKey.key_id == code.key_id))
    if not any(_fits(key, code) for key in keys):
        raise ForgedReceipt


def _fits(public_key: str, code: ReceiptCode) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(code.signature, code.signed_bytes)
    except InvalidSignature:
        return False
    return True


def _active(hall_id: int) -> Select[tuple[SigningKey]]:
    return select(SigningKey).where(SigningKey.hall_id == hall_id, SigningKey.retired_at.is_(None))
