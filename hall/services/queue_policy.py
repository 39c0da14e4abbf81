"""The queueing parameters in force: the hall's own file if there is one, else the shipped one."""

import tomllib
from datetime import timedelta
from pathlib import Path

from hall.errors import Refused
from hall.resources import resource
from hall.rules.tickets import QueuePolicy


def queue_policy(home: Path) -> QueuePolicy:
    """Read queueing.toml from HALL_HOME or from the shipped resources."""
    own = home / "queueing.toml"
    path = own if own.is_file() else resource("queueing.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return QueuePolicy(
            head_starts={
                kind: timedelta(minutes=value) for kind, value in table["head_start_minutes"].items()
            },
            elder_age=table["elder_age"],
            service_minutes=table["estimate"]["service_minutes"],
            fewest_for_mean=table["estimate"]["fewest_for_mean"],
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise Refused(f"排队参数文件 {path} 读不懂（{error}），请对照随程序发的样例改正。") from error
