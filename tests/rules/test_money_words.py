"""Amounts in figures and in words (支付结算办法 附一: 正确填写票据和结算凭证的基本规定)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.money_words import LARGEST_IN_WORDS, BadAmount, money_figures, money_words

amounts = st.integers(0, int(LARGEST_IN_WORDS * 100)).map(lambda fen: Decimal(fen) / 100)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.56", "伍角陆分"),
        ("10", "壹拾元整"),
        ("200", "贰佰元整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("50000", "伍万元整"),
        ("100005", "壹拾万零伍元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("10000001", "壹仟万零壹元整"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_written_as_the_rules_of_payment_write_it(amount: str, words: str) -> None:
    assert money_words(Decimal(amount)) == f"人民币{words}"


@given(amounts)
def test_the_words_mean_the_amount_they_were_made_of(amount: Decimal) -> None:
    assert _meant(money_words(amount)) == amount


@given(amounts)
def test_no_word_of_an_amount_is_empty_or_doubled(amount: Decimal) -> None:
    words = money_words(amount)
    assert "零零" not in words
    assert "零元" not in words or words == "人民币零元整"
    assert words.endswith(("分", "整"))


@pytest.mark.parametrize(("amount", "figures"), [("200", "¥200.00"), ("1234567.8", "¥1,234,567.80"), ("0", "¥0.00")])
def test_figures_show_both_decimals(amount: str, figures: str) -> None:
    assert money_figures(Decimal(amount)) == figures


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "NaN", "Infinity", "1000000000000"])
def test_what_is_no_amount_of_money_is_refused(amount: str) -> None:
    for written in (money_figures, money_words):
        with pytest.raises(BadAmount, match="最多两位小数"):
            written(Decimal(amount))


def _meant(words: str) -> Decimal:
    """Read the words again: digits wait for their place, groups for theirs."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = Decimal(0)
    for word in words.removeprefix("人民币").removesuffix("整"):
        if word in "零壹贰叁肆伍陆柒捌玖":
            digit = Decimal("零壹贰叁肆伍陆柒捌玖".index(word))
        elif word in units:
            group, digit = group + digit * units[word], Decimal(0)
        elif word in "万亿":
            total += (group + digit) * (10_000 if word == "万" else 100_000_000)
            group = digit = Decimal(0)
        elif word == "元":
            total, group, digit = total + group + digit, Decimal(0), Decimal(0)
        else:
            total, digit = total + digit * {"角": Decimal("0.1"), "分": Decimal("0.01")}[word], Decimal(0)
    return total
