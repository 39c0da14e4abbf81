"""Parameters a hall may change: its own file in HALL_HOME if there is one, else the shipped one."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from hall.errors import Refused
from hall.resources import resource

T = TypeVar("T")
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
        raise BadParameters(path, str(error)) from error


def whole(table: Parameters, key: str) -> int:
    """A whole number, 0 or more; raises ValueError."""
    value = table.get(key)
    if type(value) is not int or value < 0:
        raise ValueError(f"{key} 应是不小于 0 的整数")
    return value
