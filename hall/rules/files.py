"""Files (scans, photos, recordings): what may be kept, told by its bytes and never by its name."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.versions import Versions
from hall.words import FILE_PURPOSES

MediaType = Literal["application/pdf", "image/jpeg", "image/png", "audio/mpeg", "audio/wav", "audio/amr"]
Purpose = Literal[
    "material", "visit", "service", "consent", "hearing", "promise", "photo", "recording", "plan", "other"
]

LONGEST_TITLE = 60
_MIB = 1024 * 1024
_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"RIFF", "audio/wav"),
    (b"#!AMR", "audio/amr"),
)
# Seven figures in a row, or eleven with blanks or dashes between them: a telephone or an ID number, and no date.
_LONG_NUMBER = re.compile(r"[0-9０-９]{7,}|[0-9０-９](?:[\s\-—–]*[0-9０-９]){10,}")


class EmptyFile(Refused):
    """Nothing is in the file."""

    def __init__(self) -> None:
        super().__init__("这个文件是空的，请重新扫描或拍照后再存。")


class UnknownFileType(Refused):
    """The bytes are no PDF, no picture and no recording, whatever the name says."""

    def __init__(self) -> None:
        super().__init__(
            "文件内容不是 PDF、JPEG、PNG，也不是录音（MP3、WAV、AMR），只改文件名没有用。请另存为其中一种后再存。"
        )


class FileTooLarge(Refused):
    """More bytes than a file may have."""

    def __init__(self, size: int, largest: int) -> None:
        super().__init__(
            f"文件有 {size / _MIB:.1f} MB，超过 {largest // _MIB} MB 的上限。请降低扫描分辨率，或分成几个文件再存。"
        )


class BadTitle(Refused):
    """A title that says nothing, too much, or a number that belongs to a person."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"文件标题{fault}，请改写，例如“营业执照”“现场照片1”。")


class UnknownPurpose(Refused):
    """A purpose that files do not have."""

    def __init__(self, purpose: str) -> None:
        super().__init__(f"没有“{purpose[:20]}”这种用途，可用的：{'、'.join(FILE_PURPOSES)}。")


@dataclass(frozen=True, slots=True)
class FileRule:
    """The limits in force from a day on."""

    effective_from: date
    source: str
    largest_mib: int

    def __post_init__(self) -> None:
        if self.largest_mib < 1:
            raise ValueError("largest_mib 应是正整数")

    @property
    def largest(self) -> int:
        """In bytes."""
        return self.largest_mib * _MIB


FileRules = Versions[FileRule]


def media_type_of(content: bytes, rule: FileRule) -> MediaType:
    """What a file is. Raises EmptyFile, FileTooLarge or UnknownFileType."""
    if not content:
        raise EmptyFile
    if len(content) > rule.largest:
        raise FileTooLarge(len(content), rule.largest)
    for magic, media_type in _MAGIC:
        if content.startswith(magic):
            return media_type
    raise UnknownFileType


def check_title(text: str) -> str:
    """The title in one line. It stands in lists and in the audit, so it holds no number. Raises BadTitle."""
    title = " ".join(text.split())
    if not title:
        raise BadTitle("不能为空")
    if len(title) > LONGEST_TITLE:
        raise BadTitle(f"有 {len(title)} 字，最多 {LONGEST_TITLE} 字")
    if _LONG_NUMBER.search(title):
        raise BadTitle("里不要写证件号码或电话")
    return title


def check_purpose(purpose: str) -> None:
    """Raises UnknownPurpose."""
    if purpose not in FILE_PURPOSES:
        raise UnknownPurpose(purpose)
