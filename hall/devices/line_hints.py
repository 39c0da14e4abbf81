"""What an administrator should know about a serial line: a name that will change, missing rights, who else uses it."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hall.devices.found_lines import BY_ID

PROCESSES = Path("/proc")
MODEM_MANAGER = "ModemManager"
_NUMBERED = ("ttyUSB", "ttyACM")
"""Names that are given in the order of plugging in."""


@dataclass(frozen=True, slots=True)
class LineHint:
    """What is the matter with a line, and what to do; both are sentences."""

    words: str
    advice: str


def line_hints(port: str, *, by_id: Path = BY_ID, processes: Path = PROCESSES) -> tuple[LineHint, ...]:
    """What can be known about a configured line without asking its device; Linux only."""
    path = Path(port)
    if sys.platform == "win32" or not path.is_absolute():
        return ()
    hints: list[LineHint | None] = [_stable_name_hint(path, by_id)]
    if path.exists():
        hints += [_rights_hint(path), _busy_hint(path, processes), _modem_hint(path, processes)]
    return tuple(hint for hint in hints if hint is not None)


def _stable_name_hint(path: Path, by_id: Path) -> LineHint | None:
    if not path.name.startswith(_NUMBERED):
        return None
    link = next((link for link in sorted(by_id.glob("*")) if link.resolve() == path.resolve()), None)
    better = f"请改用 {link}。" if link else "请改用 /dev/serial/by-id/ 里的名字或 usb:厂商号:产品号:序列号。"
    return LineHint(f"{path} 会随插拔换号。", better)


def _rights_hint(path: Path) -> LineHint | None:
    if os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        return None
    advice = f"请运行 sudo usermod -aG {_group(path)} 用户名，注销后重新登录。"
    return LineHint(f"本账户没有 {path} 的读写权限。", advice)


def _group(path: Path) -> str:
    try:
        return path.group()
    except KeyError:
        return "dialout"


def _busy_hint(path: Path, processes: Path) -> LineHint | None:
    """Only processes of the same account can be seen; of others nothing is said."""
    target = str(path.resolve())
    for process in _others(processes):
        if any(_leads_to(entry, target) for entry in _entries(process / "fd")):
            return LineHint(f"{path} 正被程序 {_name(process)}（进程 {process.name}）占用。", "请先关掉那个程序。")
    return None


def _modem_hint(path: Path, processes: Path) -> LineHint | None:
    if not path.resolve().name.startswith(_NUMBERED):
        return None
    if not any(_name(process) == MODEM_MANAGER for process in _others(processes)):
        return None
    return LineHint(
        f"系统里的 ModemManager 会试探新插上的 {path.name}。",
        "请停用它（sudo systemctl disable --now ModemManager），或为这个设备写 udev 规则 ENV{ID_MM_DEVICE_IGNORE}=1。",
    )


def _others(processes: Path) -> Iterator[Path]:
    own = str(os.getpid())
    return (entry for entry in _entries(processes) if entry.name.isdecimal() and entry.name != own)


def _entries(folder: Path) -> tuple[Path, ...]:
    """What lies there; nothing where it went or may not be seen."""
    try:
        return tuple(folder.iterdir())
    except OSError:
        return ()


def _leads_to(link: Path, target: str) -> bool:
    try:
        return str(link.readlink()) == target
    except OSError:
        return False


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
