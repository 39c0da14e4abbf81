"""The reverse of hall.devices.idcard_text: a card's 256-byte text block, for the simulated reader."""

from datetime import date

from hall.rules.cards import Card
from hall.words import ETHNIC_GROUPS, SEXES

_SEX_CODES = {word: code for code, word in SEXES.items()}
_ETHNIC_CODES = {word: code for code, word in ETHNIC_GROUPS.items()}


def encode_text_block(card: Card) -> bytes:
    """The block in the layout of the card's kind and number form. ValueError: a field is too long."""
    if card.kind == "resident":
        return _join(_resident_fields(card, nation=_ethnic_code(card)), (36, ""))
    if card.kind == "hmt":
        permit = ((18, card.permit_number or ""), (4, card.issue_count or ""), (6, ""), (2, "J"), (6, ""))
        return _join(_resident_fields(card, nation=""), *permit)
    return _foreigner_2017(card) if len(card.id_number) == 15 else _foreigner_2023(card)


def pad(text: str, size: int) -> bytes:
    """UTF-16LE, blanks to the right, exactly `size` bytes."""
    encoded = text.encode("utf-16-le", errors="surrogatepass")
    if len(encoded) > size:
        raise ValueError(f"field of {size} bytes is too short for {len(encoded)} bytes")
    return encoded + b" \0" * ((size - len(encoded)) // 2)


def _join(*fields: bytes | tuple[int, str]) -> bytes:
    return b"".join(item if isinstance(item, bytes) else pad(item[1], item[0]) for item in fields)


def _ethnic_code(card: Card) -> str:
    return _ETHNIC_CODES.get(card.ethnicity or "", card.ethnicity or "")


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else "长期"


def _sex(card: Card) -> str:
    return _SEX_CODES.get(card.sex, card.sex)


def _resident_fields(card: Card, nation: str) -> bytes:
    return _join(
        (30, card.name),
        (2, _sex(card)),
        (4, nation),
        (16, _day(card.birth)),
        (70, card.address or ""),
        (36, card.id_number),
        (30, card.issuer or ""),
        (16, _day(card.valid_from)),
        (16, _day(card.valid_to)),
    )


def _chinese_name(card: Card) -> str:
    return "" if card.name == card.english_name else card.name


def _foreigner_2017(card: Card) -> bytes:
    return _join(
        (120, card.english_name or ""),
        (2, _sex(card)),
        (30, card.id_number),
        (6, card.country or ""),
        (30, _chinese_name(card)),
        (16, _day(card.valid_from)),
        (16, _day(card.valid_to)),
        (16, _day(card.birth)),
        (4, "01"),
        (8, "9999"),
        (2, "I"),
        (6, ""),
    )


def _foreigner_2023(card: Card) -> bytes:
    english_name = card.english_name or ""
    return _join(
        (30, _chinese_name(card)),
        (2, _sex(card)),
        (4, card.issue_count or ""),
        (16, _day(card.birth)),
        (70, english_name[:35]),
        (36, card.id_number),
        (30, ""),
        (16, _day(card.valid_from)),
        (16, _day(card.valid_to)),
        (22, english_name[35:]),
        (6, card.country or ""),
        (2, "Y"),
        (6, ""),
    )
