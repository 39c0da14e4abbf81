"""What may be kept as a file: by its bytes, its size, its title."""

from datetime import date

import pytest

from hall.rules.files import (
    LONGEST_TITLE,
    BadTitle,
    EmptyFile,
    FileRule,
    FileTooLarge,
    UnknownFileType,
    UnknownPurpose,
    check_purpose,
    check_title,
    media_type_of,
)

RULE = FileRule(date(2026, 1, 1), "测试", 1)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (PNG + b"...", "image/png"),
        (b"ID3\x04....", "audio/mpeg"),
        (b"\xff\xfb\x90....", "audio/mpeg"),
        (b"RIFF....WAVE", "audio/wav"),
        (b"#!AMR\n", "audio/amr"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content: bytes, media_type: str) -> None:
    assert media_type_of(content, RULE) == media_type


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"PK\x03\x04", b" %PDF-1.7", PNG[:7], b"<svg/>"])
def test_anything_else_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(UnknownFileType, match="PDF、JPEG、PNG"):
        media_type_of(content, RULE)


def test_an_empty_file_is_told_apart() -> None:
    with pytest.raises(EmptyFile, match="空的"):
        media_type_of(b"", RULE)


def test_the_largest_size_is_allowed_and_one_byte_more_is_not() -> None:
    largest = PNG + bytes(RULE.largest - len(PNG))
    assert media_type_of(largest, RULE) == "image/png"
    with pytest.raises(FileTooLarge, match="超过 1 MB"):
        media_type_of(largest + b"x", RULE)


def test_a_rule_without_a_size_is_no_rule() -> None:
    with pytest.raises(ValueError, match="largest_mib"):
        FileRule(date(2026, 1, 1), "测试", 0)


def test_a_title_is_one_line() -> None:
    assert check_title(" 营业执照\n 正本 2 ") == "营业执照 正本 2"


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("  ", "不能为空"),
        ("字" * (LONGEST_TITLE + 1), "最多"),
        ("身份证 11010519491231002X", "证件号码"),
        ("身份证 110105 1949 1231 002X", "证件号码"),
        ("电话1390-000-1234", "证件号码"),
        ("电话１３９００００１２３４", "证件号码"),
    ],
)
def test_a_title_without_sense_or_with_a_number_is_refused(title: str, fault: str) -> None:
    with pytest.raises(BadTitle, match=fault):
        check_title(title)


def test_a_short_number_in_a_title_is_nobodys_number() -> None:
    assert check_title("现场照片 12 2026-11-21") == "现场照片 12 2026-11-21"


def test_purposes_are_those_of_the_words() -> None:
    check_purpose("visit")
    with pytest.raises(UnknownPurpose, match="selfie"):
        check_purpose("selfie")
