"""Names of serial lines: where the device is now is found at each opening, however often it was plugged in again."""

import pytest
from serial.tools.list_ports_common import ListPortInfo

from hall.lines import PortUnavailable, device_of, open_line


def adapter(device: str, vid: int, pid: int, serial_number: str | None = None) -> ListPortInfo:
    line = ListPortInfo(device)
    line.vid, line.pid, line.serial_number = vid, pid, serial_number
    return line


READER = adapter("/dev/ttyUSB0", 0x1A86, 0x7523)
PRINTER = adapter("/dev/ttyUSB1", 0x0403, 0x6001, "A10:K3")
OTHER_PRINTER = adapter("/dev/ttyUSB2", 0x0403, 0x6001, "B22")
BUILT_IN = ListPortInfo("/dev/ttyS0")


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
    assert device_of(name, plugged=(READER, PRINTER, OTHER_PRINTER, BUILT_IN)) == device


def test_a_device_that_comes_back_elsewhere_is_found_under_its_name() -> None:
    name = "usb:0403:6001:A10:K3"
    assert device_of(name, plugged=[PRINTER]) == "/dev/ttyUSB1"
    assert device_of(name, plugged=[adapter("/dev/ttyUSB9", 0x0403, 0x6001, "A10:K3")]) == "/dev/ttyUSB9"


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
        device_of(name, plugged=(READER, PRINTER, OTHER_PRINTER))
    assert "请" in str(caught.value)


def test_a_name_that_nobody_on_this_computer_has_is_unavailable() -> None:
    with pytest.raises(PortUnavailable, match="没有接上"):
        open_line("usb:FFFF:FFFE:nobody", baud=9600, read_seconds=0, write_seconds=1)
