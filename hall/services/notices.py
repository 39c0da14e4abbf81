"""公告: what the big display tells the public, the hall's own file if there is one, else the shipped one."""

import tomllib
from pathlib import Path

from hall.errors import Refused
from hall.resources import resource


def public_notices(home: Path) -> tuple[str, ...]:
    """Read notices.toml from HALL_HOME or from the shipped resources."""
    own = home / "notices.toml"
    path = own if own.is_file() else resource("notices.toml")
    try:
        notices = tomllib.loads(path.read_text(encoding="utf-8"))["notices"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise Refused(f"公告文件 {path} 读不懂（{error}），请对照随程序发的样例改正。") from error
    if not isinstance(notices, list) or not all(isinstance(each, str) for each in notices):
        raise Refused(f"公告文件 {path} 里的 notices 应是一列文字，请对照随程序发的样例改正。")
    return tuple(notices)
