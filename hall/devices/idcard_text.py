"""The 256-byte text block of an ID card: four layouts told apart by the mark at offset 248.

A frame's check is one byte: of what a bad line loses or adds, one change in 256 passes it. So dates must be dates, the
mark must be known, and the number must be right in itself and agree with the day of birth.
"""

from datetime import date

from hall.errors import Unavailable
from hall.rules.cards import Card
from hall.rules.identity import BadNumber, IdKind, parse_id_number
from hall.words import ETHNIC_GROUPS, SEXES

BLOCK_LENGTH = 256
LONG_TERM = "长期"


class UnreadableText(Unavailable):
    """The card answered, but what it says cannot be understood; names the field, never its content."""

    def __init__(self, why: str) -> None:
        super().__init__(f"证件内容读不出（{why}）。请重新放置证件；若仍不行，请改为人工录入并联系管理员。")


def parse_text_block(block: bytes) -> Card:
    """Read a text block of any layout. UnreadableText: short, empty, or what cannot stand on a card."""
    if len(block) < BLOCK_LENGTH:
        raise UnreadableText(f"文字信息应为 {BLOCK_LENGTH} 字节，收到 {len(block)} 字节")
    if not block[:BLOCK_LENGTH].strip(b"\0 "):
        raise UnreadableText("文字信息为空，读卡器可能不支持此类证件")
    match _text(block, 248, 2):
        case "I":
            return _foreigner_2017(block)
        case "Y":
            return _foreigner_2023(block)
        case "J":
            return _hmt(block)
        case "":
            return _resident(block)
    raise UnreadableText("证件类型不认识")


def decode_address(field: bytes) -> str | None:
    """An address by itself, which nothing else confirms; None where it holds what no address does."""
    text = decode_text(field)
    readable = text.replace("\u3000", "").isprintable() and "\ufffd" not in text and "  " not in text
    return text if text and readable else None


def decode_text(field: bytes) -> str:
    """UTF-16LE without padding (blanks or NULs); half a surrogate pair becomes U+FFFD."""
    return field.decode("utf-16-le", errors="replace").replace("\0", " ").strip(" ")


def _text(block: bytes, offset: int, length: int) -> str:
    return decode_text(block[offset : offset + length])


def _optional(block: bytes, offset: int, length: int) -> str | None:
    return _text(block, offset, length) or None


def _day(block: bytes, offset: int, what: str) -> date:
    digits = _text(block, offset, 16)
    try:
        if not (digits.isascii() and digits.isdigit() and len(digits) == 8):
            raise ValueError
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise UnreadableText(f"{what}不是有效日期") from None


def _valid_to(block: bytes) -> date | None:
    return None if _text(block, 204, 16) == LONG_TERM else _day(block, 204, "有效期截止日")


def _number(block: bytes, length: int, kind: IdKind, birth: date) -> str:
    number = _text(block, 122, length)
    if not number:
        raise UnreadableText("证件号码为空")
    try:
        told = parse_id_number(number)
    except BadNumber:
        raise UnreadableText("证件号码校验不符") from None
    if told.number != number.upper() or told.birth not in (birth, None) or told.kind != kind:
        raise UnreadableText("证件号码与出生日期或证件类型不符")
    return number


def _sex(block: bytes, offset: int) -> str:
    code = _text(block, offset, 2)
    return SEXES.get(code, code)


def _resident(block: bytes) -> Card:
    ethnic_code = _text(block, 32, 4)
    birth = _day(block, 36, "出生日期")
    return Card(
        kind="resident",
        name=_text(block, 0, 30),
        sex=_sex(block, 30),
        ethnicity=ETHNIC_GROUPS.get(ethnic_code, ethnic_code) or None,
        birth=birth,
        address=_text(block, 52, 70),
        id_number=_number(block, 36, "resident", birth),
        issuer=_text(block, 158, 30),
        valid_from=_day(block, 188, "有效期起始日"),
        valid_to=_valid_to(block),
    )


def _hmt(block: bytes) -> Card:
    birth = _day(block, 36, "出生日期")
    return Card(
        kind="hmt",
        name=_text(block, 0, 30),
        sex=_sex(block, 30),
        birth=birth,
        address=_text(block, 52, 70),
        id_number=_number(block, 36, "hmt", birth),
        issuer=_text(block, 158, 30),
        valid_from=_day(block, 188, "有效期起始日"),
        valid_to=_valid_to(block),
        permit_number=_optional(block, 220, 18),
        issue_count=_optional(block, 238, 4),
    )


def _foreigner_2017(block: bytes) -> Card:
    english_name = _text(block, 0, 120)
    birth = _day(block, 220, "出生日期")
    return Card(
        kind="foreigner",
        name=_text(block, 158, 30) or english_name,
        sex=_sex(block, 120),
        birth=birth,
        id_number=_number(block, 30, "foreigner", birth),
        valid_from=_day(block, 188, "有效期起始日"),
        valid_to=_valid_to(block),
        english_name=english_name,
        country=_optional(block, 152, 6),
    )


def _foreigner_2023(block: bytes) -> Card:
    # The English name's first 35 characters lie where a resident's address is, the other 11 near the end.
    english_name = decode_text(block[52:122] + block[220:242])
    birth = _day(block, 36, "出生日期")
    return Card(
        kind="foreigner",
        name=_text(block, 0, 30) or english_name,
        sex=_sex(block, 30),
        birth=birth,
        id_number=_number(block, 36, "foreigner", birth),
        valid_from=_day(block, 188, "有效期起始日"),
        valid_to=_valid_to(block),
        english_name=english_name,
        country=_optional(block, 242, 6),
        issue_count=_optional(block, 32, 4),
    )
