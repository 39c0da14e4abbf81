"""The receipt code: one canonical spelling, ASCII, short enough for 58 mm, nothing malformed accepted."""

import base64
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.receipt_code import (
    BadReceiptCode,
    NumberNotCodable,
    PublicKey,
    ReceiptCode,
    compose,
    message_bytes,
    parse,
)

NUMBER = "莲城管许收〔2026〕118号"
DAY = date(2026, 11, 20)
SIGNATURE = bytes(range(64))


def code(number: str = NUMBER) -> str:
    return compose(number, DAY, key_id="k1", signature=SIGNATURE)


def test_a_receipt_number_fits_with_its_signature_into_180_ascii_characters() -> None:
    text = code("莲城管许不受〔2026〕123456号")
    assert text.isascii()
    assert len(text) <= 180


def test_the_code_holds_number_day_key_and_signature() -> None:
    assert parse(code()) == ReceiptCode(NUMBER, DAY, "k1", SIGNATURE)


def test_the_signed_bytes_are_the_text_before_the_signature() -> None:
    text = code()
    assert message_bytes(NUMBER, DAY, key_id="k1").decode() == text.rpartition(".")[0]
    assert parse(text).signed_bytes == message_bytes(NUMBER, DAY, key_id="k1")


def test_line_ends_that_a_scanner_adds_are_ignored() -> None:
    assert parse(f" {code()}\r\n").number == NUMBER


@given(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=18),
    st.dates(),
    st.binary(min_size=64, max_size=64),
)
def test_whatever_is_composed_is_parsed_back(number: str, day: date, signature: bytes) -> None:
    try:
        text = compose(number, day, key_id="A9", signature=signature)
    except NumberNotCodable:
        assert len(number.encode()) > 50
        return
    assert parse(text) == ReceiptCode(number, day, "A9", signature)


@given(st.text(max_size=200) | st.from_regex(r"H1(\.[0-9A-Za-z_\-]{0,90}){0,5}", fullmatch=True))
def test_anything_else_is_refused_or_has_only_one_spelling(text: str) -> None:
    try:
        found = parse(text)
    except BadReceiptCode:
        return
    again = compose(found.number, found.issued_on, key_id=found.key_id, signature=found.signature)
    assert again == text.strip()


def _changed(index: int, field: str) -> str:
    fields = code().split(".")
    fields[index] = field
    return ".".join(fields)


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("text", "defect"),
    [
        ("", "版本"),
        ("https://example.org/x", "版本"),
        (_changed(0, "H2"), "版本"),
        ("H1", "不完整"),
        (code() + ".x", "不完整"),
        ("H1." + "A" * 178, "长度"),
        (_changed(1, "莲"), "字符"),
        (_changed(1, ""), "文号"),
        (_changed(1, "A"), "文号"),
        (_changed(1, "*abc"), "文号"),
        (_changed(1, _b64(b"\xff\xfe")), "文号"),
        (_changed(1, _b64("许收 1".encode())), "文号"),
        (_changed(1, _b64(b"a\x00b")), "文号"),
        (_changed(2, "20261301"), "日期"),
        (_changed(2, "2026-11-20"), "日期"),
        (_changed(3, ""), "密钥"),
        (_changed(3, "k123456789"), "密钥"),
        (_changed(4, _b64(SIGNATURE[:-1])), "签名"),
        (_changed(4, _b64(SIGNATURE)[:-1] + "x"), "签名"),
        (_changed(4, "="), "签名"),
    ],
)
def test_a_malformed_code_is_refused_with_its_defect(text: str, defect: str) -> None:
    with pytest.raises(BadReceiptCode) as caught:
        parse(text)
    assert defect in caught.value.defect
    assert "按凭证编号查找" in str(caught.value)


@pytest.mark.parametrize("number", ["", "许收 1号", "许收\n1号", "莲" * 40])
def test_a_number_that_does_not_fit_is_refused(number: str) -> None:
    with pytest.raises(NumberNotCodable):
        code(number)


def test_a_wrong_key_id_or_signature_length_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="key id"):
        message_bytes(NUMBER, DAY, key_id="a.b")
    with pytest.raises(ValueError, match="signature"):
        compose(NUMBER, DAY, key_id="k1", signature=b"")


def test_a_key_signs_up_to_the_day_of_its_end() -> None:
    ended = PublicKey(1, "莲城大厅", "k1", "00" * 32, DAY)
    assert [ended.may_have_signed(DAY + timedelta(days=days)) for days in (-1, 0, 1)] == [True, True, False]
    assert PublicKey(1, "莲城大厅", "k2", "00" * 32, None).may_have_signed(date.max)
