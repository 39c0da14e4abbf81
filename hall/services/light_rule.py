"""When a case turns yellow: the hall's own rule if there is one, else the shipped one."""

import tomllib
from pathlib import Path

from hall.errors import Refused
from hall.resources import resource
from hall.rules.lights import LightRule


def light_rule(home: Path) -> LightRule:
    """Read lights.toml from HALL_HOME or from the shipped resources."""
    own = home / "lights.toml"
    path = own if own.is_file() else resource("lights.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return LightRule(warning_days=int(table["warning_days"]))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise Refused(f"灯色参数文件 {path} 读不懂（{error}），请对照随程序发的样例改正。") from error
