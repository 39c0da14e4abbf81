"""What of a line may be seen."""

import pytest

from hall.rules.line_log import LONGEST_SHOWN, Said


@pytest.mark.parametrize(
    ("size", "shown", "seen"),
    [
        (3, b"\x01\xab\x03", "01 AB 03"),
        (10, b"\x01\xab", "01 AB …"),
        (10, b"", ""),
        (LONGEST_SHOWN + 1, bytes(LONGEST_SHOWN + 1), " ".join(["00"] * LONGEST_SHOWN) + " …"),
    ],
)
def test_bytes_are_shown_in_hexadecimal_with_a_mark_where_there_are_more(size: int, shown: bytes, seen: str) -> None:
    assert Said("in", size, shown, "").hex == seen
