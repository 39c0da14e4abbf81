"""The text in a receipt's QR code: which receipt, which day, and the hall's signature over both."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date

from hall.errors import Refused

VERSION = "H1"
LONGEST = 180
"""Characters; more would not be readable at 58 mm."""
SIGNATURE_BYTES = 64
"""Ed25519 (RFC 8032)."""

_KEY_ID = re.compile(r"[0-9A-Za-z]{1,8}")
_DAY = re.compile(r"[0-9]{8}")


class BadReceiptCode(Refused):
    """The text is not a receipt code of this system; `defect` says what is wrong with it."""

    def __init__(self, defect: str) -> None:
        super().__init__(f"不是有效的收件凭证二维码：{defect}。请重新扫描，或按凭证编号查找办件。")
        self.defect = defect


class NumberNotCodable(Refused):
    """A document number that does not fit into a receipt code."""

    def __init__(self, number: str) -> None:
        super().__init__(f"文号“{number}”不能写入二维码：为空、过长或含有空白，请检查文号设置。")
        self.number = number


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """What a receipt's QR code says. The signature is not yet checked."""

    number: str
    issued_on: date
    key_id: str
    signature: bytes

    @property
    def signed_bytes(self) -> bytes:
        """What the signature must be over."""
        return message_bytes(self.number, self.issued_on, key_id=self.key_id)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What checks a hall's codes: 32 bytes in hexadecimal digits. `ended_on`: the last day it signed, if it ended."""

    hall_id: int
    hall_name: str
    key_id: str
    public_key: str
    ended_on: date | None

    def may_have_signed(self, issued_on: date) -> bool:
        """Whether it still signed on that day; what is dated later was made with a key that got out."""
        return self.ended_on is None or issued_on <= self.ended_on


def message_bytes(number: str, issued_on: date, *, key_id: str) -> bytes:
    """The bytes to be signed: the code's own text before the signature, so nothing in it is unsigned.

    Raises NumberNotCodable; ValueError for a key id that is not 1 to 8 letters and digits.
    """
    if not number or not number.isprintable() or number != "".join(number.split()):
        raise NumberNotCodable(number)
    if not _KEY_ID.fullmatch(key_id):
        raise ValueError("key id")
    day = issued_on.isoformat().replace("-", "")
    return f"{VERSION}.{_coded(number.encode('utf-8'))}.{day}.{key_id}".encode("ascii")


def compose(number: str, issued_on: date, *, key_id: str, signature: bytes) -> str:
    """`H1.<number>.<date>.<key id>.<signature>`: letters, digits, `-`, `_` and points only.

    The number is base64url of its UTF-8 text; points need no quoting in a shell, a URL or a scanner's
    keyboard mode. Raises NumberNotCodable where more than 180 characters would be needed.
    """
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError("signature length")
    text = f"{message_bytes(number, issued_on, key_id=key_id).decode('ascii')}.{_coded(signature)}"
    if len(text) > LONGEST:
        raise NumberNotCodable(number)
    return text


def parse(text: str) -> ReceiptCode:
    """The code's content; white space around it (scanners add line ends) is ignored.

    Only the one canonical spelling is accepted: composing the answer again gives the same text.
    Raises BadReceiptCode.
    """
    text = text.strip()
    if len(text) > LONGEST or not text.isascii():
        raise BadReceiptCode("长度或字符不符")
    fields = text.split(".")
    if fields[0] != VERSION:
        raise BadReceiptCode("不是本系统的凭证，或版本不认识")
    if len(fields) != 5:
        raise BadReceiptCode("内容不完整")
    _, number, day, key_id, signature = fields
    if not _KEY_ID.fullmatch(key_id):
        raise BadReceiptCode("密钥编号不符")
    return ReceiptCode(_number(number), _day(day), key_id, _signature(signature))


def _number(coded: str) -> str:
    try:
        number = _decoded(coded).decode("utf-8")
    except ValueError:
        raise BadReceiptCode("文号读不出") from None
    if not number or not number.isprintable() or number != "".join(number.split()):
        raise BadReceiptCode("文号读不出")
    return number


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise BadReceiptCode("日期不符")
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except ValueError:
        raise BadReceiptCode("日期不符") from None


def _signature(coded: str) -> bytes:
    try:
        signature = _decoded(coded)
    except ValueError:
        raise BadReceiptCode("签名读不出") from None
    if len(signature) != SIGNATURE_BYTES:
        raise BadReceiptCode("签名长度不符")
    return signature


def _coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _decoded(text: str) -> bytes:
    """Strict base64url without padding; ValueError for anything that is not spelt canonically."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError("base64url") from None
    if _coded(content) != text:
        raise ValueError("base64url")
    return content
