"""The queueing parameters in force: the hall's own file if there is one, else the shipped one."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from hall.errors import Refused
from hall.resources import resource
from hall.rules.tickets import QueuePolicy
from hall.words import PRIORITY_KINDS


class BadQueuePolicy(Refused):
    """A queueing file that cannot be used; says where it is wrong."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"排队参数文件 {path} 读不懂（{fault}），请对照随程序发的样例改正。")


def queue_policy(home: Path) -> QueuePolicy:
    """Read queueing.toml from HALL_HOME or from the shipped resources. Raises BadQueuePolicy."""
    own = home / "queueing.toml"
    path = own if own.is_file() else resource("queueing.toml")
    try:
        return _policy(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise BadQueuePolicy(path, str(error)) from error


def _policy(table: Mapping[str, object]) -> QueuePolicy:
    head_starts, estimate = _table(table, "head_start_minutes"), _table(table, "estimate")
    if unknown := sorted(head_starts.keys() - PRIORITY_KINDS.keys()):
        raise ValueError(f"没有“{unknown[0]}”这种优先类别")
    return QueuePolicy(
        head_starts={kind: timedelta(minutes=_whole(head_starts, kind)) for kind in ("ordinary", *head_starts)},
        elder_age=_whole(table, "elder_age"),
        service_minutes=_whole(estimate, "service_minutes"),
        fewest_for_mean=_whole(estimate, "fewest_for_mean"),
    )


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = table.get(key)
    if not isinstance(value, dict):
        raise ValueError(f"缺少 [{key}]")
    return value


def _whole(table: Mapping[str, object], key: str) -> int:
    value = table.get(key)
    if type(value) is not int or value < 0:
        raise ValueError(f"{key} 应是不小于 0 的整数")
    return value
