"""Parameters a hall may change: its own file in HALL_HOME if there is one, else the shipped one."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from hall.errors import Refused, fault_of
from hall.resources import resource
from hall.rules.versions import Dated, Versions

T = TypeVar("T")
D = TypeVar("D", bound=Dated)
Parameters = Mapping[str, object]


class BadParameters(Refused):
    """A parameter file that cannot be used; says where it is wrong."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"参数文件 {path} 读不懂（{fault}），请对照随程序发的样例改正。")


def parameters(home: Path, name: str, build: Callable[[Parameters], T]) -> T:
    """What `build` makes of the file, e.g. `lights.toml`; its ValueErrors become BadParameters."""
    own = home / name
    path = own if own.is_file() else resource(name)
    try:
        return build(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:  # of these are a TOMLDecodeError and a UnicodeDecodeError
        raise BadParameters(path, fault_of(error)) from error


def whole(table: Parameters, key: str) -> int:
    """A whole number, 0 or more; raises ValueError."""
    value = table.get(key)
    if type(value) is not int or value < 0:
        raise ValueError(f"{key} 应是不小于 0 的整数")
    return value


def dated_versions(table: Parameters, build: Callable[[date, str, Parameters], D]) -> Versions[D]:
    """The rows of [[versions]], each with its first day and its source; raises ValueError."""
    rows = table.get("versions")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("缺少 [[versions]]")
    return Versions(tuple(build(*_origin(row), row) for row in rows))


def _origin(row: Parameters) -> tuple[date, str]:
    match row.get("effective_from"), row.get("source"):
        case date() as effective_from, str(source) if source:
            return effective_from, source
    raise ValueError("每个版本都要写明 effective_from（日期）和 source（依据）")
