"""Amounts of money: kept as whole fen, entered and shown as yuan."""

import re
from decimal import Decimal

from hall.errors import Refused
from hall.rules.surcharge import LARGEST

FEN_PER_YUAN = 100
LARGEST_FEN = int(LARGEST * FEN_PER_YUAN)

_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?")
_IGNORED = str.maketrans("０１２３４５６７８９．，", "0123456789.,", "¥￥元 \u3000")


class BadAmount(Refused):
    """What was entered is no amount of money."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text[:20]}”不是金额：应是不小于0、最多两位小数、不超过{LARGEST}元的数字，例如 1500 或 1500.50。"
        )


def fen(text: str) -> int:
    """The fen of an amount in yuan as people write it (full-width digits, ¥, 元, thousands separators).

    Raises BadAmount for fractions of a fen, signs, words and sums that no fine comes near.
    """
    plain = text.translate(_IGNORED)
    if "," in plain:
        plain = _without_separators(plain)
    if not _AMOUNT.fullmatch(plain):
        raise BadAmount(text)
    exact = Decimal(plain) * FEN_PER_YUAN
    if exact != exact.to_integral_value() or exact > LARGEST_FEN:
        raise BadAmount(text)
    return int(exact)


def yuan(amount: int) -> Decimal:
    """Fen as yuan with two decimals, as papers and `rules.money_words` take them."""
    return Decimal(amount).scaleb(-2)


def _without_separators(text: str) -> str:
    """1,500 is 1500; a comma anywhere else stays and is refused."""
    return text.replace(",", "") if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", text) else text
