"""The text block: four layouts, padding, rare characters, codes, and what cannot be read."""

import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.devices.frames import FrameParser, build_frame
from hall.devices.idcard_text import UnreadableText, decode_text, parse_text_block
from hall.devices.simulated.cards import ALL_CARDS, FOREIGNER_2023, HMT, LI_RARE, WANG_LONG_TERM, ZHANG_SHILI
from hall.devices.simulated.text_block import encode_text_block, pad
from hall.errors import Unavailable
from hall.rules.cards import Card
from hall.rules.identity import parse_id_number


def put(block: bytes, offset: int, text: str, size: int) -> bytes:
    field = pad(text, size)
    return block[:offset] + field + block[offset + size :]


@pytest.mark.parametrize("card", ALL_CARDS, ids=lambda card: card.id_number[:6])
def test_every_layout_reads_back_what_was_written(card: Card) -> None:
    block = encode_text_block(card)
    assert len(block) == 256
    assert replace(parse_text_block(block), newest_address=card.newest_address) == card


@pytest.mark.parametrize("card", ALL_CARDS, ids=lambda card: card.id_number[:6])
def test_nul_padding_reads_as_blank_padding(card: Card) -> None:
    block = encode_text_block(card).replace(b" \0", b"\0\0")
    assert replace(parse_text_block(block), newest_address=card.newest_address) == card


@pytest.mark.parametrize("card", ALL_CARDS, ids=lambda card: card.id_number[:6])
def test_shipped_cards_have_right_numbers_of_their_kind(card: Card) -> None:
    number = parse_id_number(card.id_number)
    assert number.kind == card.kind
    assert number.birth in (card.birth, None)
    assert number.sex in (card.sex, None)


def test_fields_lie_at_the_offsets_of_the_protocol() -> None:
    fields = [
        (0, "测试甲", 30),
        (30, "1", 2),
        (32, "01", 4),
        (36, "19900307", 16),
        (52, "示例省虚构市样本区测试路１号２栋３０４室", 70),
        (122, "999999199003070012", 36),
        (158, "虚构市公安局样本分局", 30),
        (188, "20180501", 16),
        (204, "20380501", 16),
    ]
    block = pad("", 256)
    for offset, text, size in fields:
        block = put(block, offset, text, size)
    card = parse_text_block(block)
    assert card == Card(
        kind="resident",
        name="测试甲",
        sex="男",
        ethnicity="汉",
        birth=date(1990, 3, 7),
        address="示例省虚构市样本区测试路１号２栋３０４室",
        id_number="999999199003070012",
        issuer="虚构市公安局样本分局",
        valid_from=date(2018, 5, 1),
        valid_to=date(2038, 5, 1),
    )
    assert encode_text_block(card) == block
    frame = build_frame(b"\0\0\x90\x01\0\x04\0" + block + bytes(1024))
    assert len(frame) == 1295
    assert FrameParser().feed(frame) == [b"\0\0\x90\x01\0\x04\0" + block + bytes(1024)]
    # Digest of the published example's text block.
    assert hashlib.sha256(block).hexdigest() == "e32ed3324353275be6cdf7ca20533022779260bd4437755f8a3e2b91216eef58"


def test_a_name_outside_the_bmp_is_one_character() -> None:
    name = parse_text_block(encode_text_block(LI_RARE)).name
    assert name == "李𬭚样"
    assert len(name) == 3


@pytest.mark.parametrize("half", [b"\x73\xd8", b"\xda\xdc"], ids=["high", "low"])
def test_half_a_surrogate_pair_is_survived_and_can_be_printed(half: bytes) -> None:
    block = half + encode_text_block(ZHANG_SHILI)[2:]
    assert parse_text_block(block).name == "\ufffd示例"
    assert parse_text_block(block).name.encode()
    assert decode_text(b"\x20\x5f" + half) == "张\ufffd"


def test_an_unknown_ethnic_code_is_shown_as_code() -> None:
    assert parse_text_block(encode_text_block(WANG_LONG_TERM)).ethnicity == "81"


@pytest.mark.parametrize(("code", "word"), [("1", "男"), ("2", "女"), ("0", "未知"), ("9", "未说明"), ("7", "7")])
def test_sex_is_told_in_words(code: str, word: str) -> None:
    assert parse_text_block(put(encode_text_block(ZHANG_SHILI), 30, code, 2)).sex == word


def test_a_card_without_an_end_is_long_term() -> None:
    assert parse_text_block(encode_text_block(WANG_LONG_TERM)).valid_to is None


def test_a_long_english_name_is_put_together_from_both_places() -> None:
    assert FOREIGNER_2023.english_name is not None
    assert len(FOREIGNER_2023.english_name) > 35
    assert parse_text_block(encode_text_block(FOREIGNER_2023)).english_name == FOREIGNER_2023.english_name


@pytest.mark.parametrize(("offset", "what"), [(36, "出生日期"), (188, "有效期起始日"), (204, "有效期截止日")])
@pytest.mark.parametrize("text", ["20230229", "2023022", "", "２０２３０１", "????????", "202301 1"])
def test_an_impossible_date_is_named_but_not_repeated(offset: int, what: str, text: str) -> None:
    with pytest.raises(UnreadableText, match=what) as caught:
        parse_text_block(put(encode_text_block(ZHANG_SHILI), offset, text, 16))
    assert isinstance(caught.value, Unavailable)
    assert not re.search(r"2023|张示例|999999", str(caught.value))


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (b"", "收到 0 字节"),
        (bytes(255), "收到 255 字节"),
        (bytes(256), "文字信息为空"),
        (b" \0" * 128, "文字信息为空"),
        (put(encode_text_block(HMT), 122, "", 36), "证件号码为空"),
        (put(encode_text_block(HMT), 122, "830000199408239993", 36), "号码校验不符"),
        (put(encode_text_block(HMT), 122, "8300001994082399", 36), "号码校验不符"),
        (put(encode_text_block(HMT), 36, "19940824", 16), "与出生日期或证件类型不符"),
        (put(encode_text_block(HMT), 248, "K", 2), "类型不认识"),
    ],
)
def test_a_short_or_empty_block_is_refused_in_words(block: bytes, why: str) -> None:
    with pytest.raises(UnreadableText, match=why):
        parse_text_block(block)


@given(block=st.binary(max_size=300) | st.binary(min_size=256, max_size=256))
def test_any_bytes_are_a_card_or_a_clear_refusal(block: bytes) -> None:
    with pytest.raises(UnreadableText):
        parse_text_block(block)


def test_a_field_that_is_too_long_is_not_cut_in_silence() -> None:
    with pytest.raises(ValueError, match="too short"):
        pad("超出长度", 6)
