"""Quiet hours: read as written, with their beginning and without their end, also past midnight."""

from datetime import time

import pytest

from hall.rules.quiet_hours import BadQuietHours, is_quiet, parse_quiet_hours


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        ("11:59", False),
        ("12:00", True),
        ("13:29", True),
        ("13:30", False),
        ("20:59", False),
        ("21:00", True),
        ("00:00", True),
        ("07:59", True),
        ("08:00", False),
    ],
)
def test_it_is_quiet_from_the_beginning_of_a_span_to_its_end(now: str, quiet: bool) -> None:
    spans = parse_quiet_hours(" 12:00-13:30, 21:00-08:00 ")
    assert is_quiet(spans, time.fromisoformat(now)) is quiet


def test_without_hours_it_is_never_quiet() -> None:
    assert parse_quiet_hours("") == ()
    assert not is_quiet((), time(3))
    assert not is_quiet(parse_quiet_hours("12:00-12:00"), time(12))


@pytest.mark.parametrize("text", ["12:00", "12-13", "12:00-25:00", "12:60-13:00", "12:00-13:00;14:00-15:00", "中午"])
def test_hours_that_cannot_be_read_are_named_with_how_to_write_them(text: str) -> None:
    with pytest.raises(BadQuietHours, match=r"station\.quiet_hours"):
        parse_quiet_hours(text)
