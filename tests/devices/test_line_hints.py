"""What stands in the way of a serial line is told with what to do, without asking the device; names last."""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from serial.tools.list_ports_common import ListPortInfo

from hall.devices.found_lines import serial_lines
from hall.devices.line_hints import line_hints
from tests.children import child, hear

NOBODY = 65534


@pytest.fixture
def line() -> Iterator[Path]:
    """A pseudo-terminal."""
    ours, theirs = os.openpty()
    yield Path(os.ttyname(theirs))
    os.close(ours)
    os.close(theirs)


def plugged(device: str, *, vid: int | None = None, pid: int | None = None, serial: str | None = None) -> ListPortInfo:
    port = ListPortInfo(device, skip_link_detection=True)
    port.vid, port.pid, port.serial_number, port.product = vid, pid, serial, "USB Serial"
    return port


def test_a_line_is_found_by_the_name_that_survives_a_replug(tmp_path: Path) -> None:
    device = tmp_path / "ttyUSB0"
    device.touch()
    by_id = tmp_path / "by-id"
    by_id.mkdir()
    (by_id / "usb-1a86_USB_Serial-if00-port0").symlink_to(device)
    found = serial_lines(
        [
            plugged(str(device), vid=0x1A86, pid=0x7523),
            plugged("COM7", vid=0x067B, pid=0x2303, serial="A9"),
            plugged("/dev/ttyS0"),
        ],
        by_id=by_id,
    )
    names = {line.device: line.name for line in found}
    assert names == {
        str(device): str(by_id / "usb-1a86_USB_Serial-if00-port0"),
        "COM7": "usb:067B:2303:A9",
        "/dev/ttyS0": "/dev/ttyS0",
    }


def test_a_numbered_name_is_warned_of_with_the_better_one(tmp_path: Path, line: Path) -> None:
    by_id = tmp_path / "by-id"
    by_id.mkdir()
    numbered = tmp_path / "ttyUSB0"
    numbered.symlink_to(line)
    (hint,) = line_hints(str(numbered), by_id=by_id)
    assert "/dev/serial/by-id/" in hint.advice
    (by_id / "usb-reader").symlink_to(line)
    (hint,) = line_hints(str(numbered), by_id=by_id)
    assert hint.advice == f"请改用 {by_id}/usb-reader。"
    assert line_hints(str(by_id / "usb-reader"), by_id=by_id) == ()


def test_a_line_without_rights_names_the_group(tmp_path: Path) -> None:
    line = tmp_path / "ttyS9"
    line.touch(mode=0o600)
    group = line.group()  # loads what the account below may not read
    is_root = os.geteuid() == 0
    if is_root:
        for folder in itertools.takewhile(lambda each: each != Path(tempfile.gettempdir()), line.parents):
            folder.chmod(0o755)
        os.seteuid(NOBODY)
    else:
        line.chmod(0)
    try:
        (hint,) = line_hints(str(line))
    finally:
        os.seteuid(os.getuid())
    assert hint.words == f"本账户没有 {line} 的读写权限。"
    assert f"usermod -aG {group} 用户名" in hint.advice


def test_a_line_that_another_program_holds_names_it(line: Path) -> None:
    code = (
        f"import os, sys; os.open({str(line)!r}, os.O_RDWR | os.O_NOCTTY); print('held', flush=True); sys.stdin.read()"
    )
    with child(sys.executable, "-c", code) as other:
        assert hear(other) == "held"
        (hint,) = line_hints(str(line))
    assert f"进程 {other.pid}）占用" in hint.words
    assert line_hints(str(line)) == ()


def test_a_modem_manager_is_warned_of_on_lines_that_are_plugged_in(tmp_path: Path, line: Path) -> None:
    program = tmp_path / "ModemManager"
    shutil.copy2(shutil.which("sleep") or "/bin/sleep", program)
    plugged_in = tmp_path / "ttyACM3"
    plugged_in.touch()
    with subprocess.Popen([program, "60"]) as manager:
        words = "".join(hint.words for hint in line_hints(str(plugged_in)))
        on_the_board = line_hints(str(line))
        manager.terminate()
    assert "ModemManager 会试探新插上的 ttyACM3" in words
    assert on_the_board == ()


@pytest.mark.parametrize("port", ["usb:1A86:7523", "socket://10.0.0.9:4001", "COM3", "/dev/not-there"])
def test_of_what_is_no_path_here_nothing_is_said(port: str) -> None:
    assert line_hints(port) == ()
