"""Amounts of money as papers write them: in figures, and in the words that cannot be altered (人民币大写)."""

from decimal import Decimal

from hall.errors import Refused

LARGEST_IN_WORDS = Decimal("999999999999.99")
"""Yuan; what the rules of the payment system spell out (up to 仟亿)."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_FEN = Decimal("0.01")


class BadAmount(Refused):
    """An amount that is negative, not of whole fen, or beyond what is written in words."""

    def __init__(self) -> None:
        super().__init__(f"金额应是0到{LARGEST_IN_WORDS:,}元、最多两位小数，请核对后重新填写。")


def money_figures(amount: Decimal) -> str:
    """¥1,409.50: yuan with both decimals; raises BadAmount."""
    _check(amount)
    return f"¥{amount:,.2f}"


def money_words(amount: Decimal) -> str:
    """人民币壹仟肆佰零玖元伍角整, as 支付结算办法 附一 writes it; raises BadAmount.

    整 closes what ends in 元 or 角. Where the rules leave a 零 to the writer's choice it is left out.
    """
    _check(amount)
    yuan, fen = divmod(int(amount * 100), 100)
    if not fen:
        return f"人民币{_integer(yuan) or '零'}元整"
    return f"人民币{_integer(yuan)}{'元' if yuan else ''}{_decimals(fen, after_yuan=yuan > 0)}"


def _check(amount: Decimal) -> None:
    if not amount.is_finite() or not 0 <= amount <= LARGEST_IN_WORDS or amount != amount.quantize(_FEN):
        raise BadAmount


def _decimals(fen: int, *, after_yuan: bool) -> str:
    tenth, hundredth = divmod(fen, 10)
    if not hundredth:
        return f"{_DIGITS[tenth]}角整"
    if tenth:
        return f"{_DIGITS[tenth]}角{_DIGITS[hundredth]}分"
    return f"{'零' if after_yuan else ''}{_DIGITS[hundredth]}分"


def _integer(number: int) -> str:
    """Groups of four digits; one 零 stands for any number of noughts between two figures."""
    words = ""
    gap = False
    for place in reversed(range(len(_GROUPS))):
        group = number // 10_000**place % 10_000
        if not group:
            gap = True
            continue
        if words and (gap or group < 1_000):
            words += _DIGITS[0]
        words += _group(group) + _GROUPS[place]
        gap = False
    return words


def _group(number: int) -> str:
    words = ""
    gap = False
    for place in reversed(range(len(_PLACES))):
        digit = number // 10**place % 10
        if not digit:
            gap = True
            continue
        if words and gap:
            words += _DIGITS[0]
        words += _DIGITS[digit] + _PLACES[place]
        gap = False
    return words
