"""Names of serial lines: where the device is now is found at each opening, however often it was plugged in again."""

from pathlib import Path

import pytest

from hall.lines import PluggedLine, PortUnavailable, device_of, open_line, plugged_lines, stable_name

READER = PluggedLine("/dev/ttyUSB0", "CH340", 0x1A86, 0x7523)
PRINTER = PluggedLine("/dev/ttyUSB1", "FT232R", 0x0403, 0x6001, "A10:K3")
OTHER_PRINTER = PluggedLine("/dev/ttyUSB2", "FT232R", 0x0403, 0x6001, "B22")
BUILT_IN = PluggedLine("/dev/ttyS0")


@pytest.mark.parametrize(
    ("name", "device"),
    [
        ("usb:1A86:7523", "/dev/ttyUSB0"),
        ("usb:1a86:7523", "/dev/ttyUSB0"),
        ("usb:0403:6001:A10:K3", "/dev/ttyUSB1"),
        ("usb:0403:6001:B22", "/dev/ttyUSB2"),
        ("/dev/ttyUSB7", "/dev/ttyUSB7"),
        ("COM3", "COM3"),
        ("socket://10.0.0.5:7000", "socket://10.0.0.5:7000"),
    ],
)
def test_a_name_leads_to_where_the_device_is_now(name: str, device: str) -> None:
    assert device_of(name, listing=lambda: (READER, PRINTER, OTHER_PRINTER, BUILT_IN)) == device


def test_a_device_that_comes_back_elsewhere_is_found_under_its_name() -> None:
    plugged = [PRINTER]
    assert device_of(PRINTER.usb_name, listing=lambda: plugged) == "/dev/ttyUSB1"
    plugged[:] = [PluggedLine("/dev/ttyUSB9", "FT232R", 0x0403, 0x6001, "A10:K3")]
    assert device_of(PRINTER.usb_name, listing=lambda: plugged) == "/dev/ttyUSB9"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("usb:0403:6001", "有 2 个同样的设备"),
        ("usb:0403:6001:C33", "没有接上"),
        ("usb:1A86:0001", "没有接上"),
        ("usb:1A86", "写法不对"),
        ("usb:reader", "写法不对"),
    ],
)
def test_a_name_that_leads_nowhere_says_why_and_what_to_do(name: str, why: str) -> None:
    with pytest.raises(PortUnavailable, match=why) as caught:
        device_of(name, listing=lambda: (READER, PRINTER, OTHER_PRINTER))
    assert "请" in str(caught.value)


def test_the_stable_name_is_the_systems_own_else_the_adapters_else_the_place(tmp_path: Path) -> None:
    for line in (READER, PRINTER, BUILT_IN):
        (tmp_path / Path(line.device).name).touch()
    by_id = tmp_path / "by-id"
    moved = PluggedLine(str(tmp_path / "ttyUSB0"), "CH340", READER.vid, READER.pid)
    assert stable_name(moved, by_id=by_id) == "usb:1A86:7523"
    by_id.mkdir()
    (by_id / "usb-1a86_USB_Serial-if00-port0").symlink_to("../ttyUSB0")
    assert stable_name(moved, by_id=by_id) == str(by_id / "usb-1a86_USB_Serial-if00-port0")
    assert stable_name(PRINTER, by_id=by_id) == "usb:0403:6001:A10:K3"
    assert stable_name(BUILT_IN, by_id=by_id) == "/dev/ttyS0"


def test_the_lines_of_this_computer_can_be_listed_and_a_name_that_nobody_has_is_unavailable() -> None:
    assert all(line.device for line in plugged_lines())
    with pytest.raises(PortUnavailable, match="没有接上"):
        open_line("usb:FFFF:FFFE:nobody", baud=9600, read_seconds=0, write_seconds=1)
