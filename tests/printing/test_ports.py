"""Which ways to a slip printer have a way back."""

import pytest

from hall.printing.ports import reports


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/dev/ttyUSB0", True),
        ("tcp://printer", True),
        ("file:/tmp/slips", False),
        ("queue:slips", False),
        ("/dev/usb/lp0", True),
    ],
)
def test_only_a_line_with_a_way_back_reports(address: str, answer: bool) -> None:
    assert reports(address) is answer
