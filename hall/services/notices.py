"""公告: what the big display tells the public, from `notices.toml`."""

from pathlib import Path

from hall.services.parameters import Parameters, parameters


def public_notices(home: Path) -> tuple[str, ...]:
    """The notices in their order; raises BadParameters."""
    return parameters(home, "notices.toml", _notices)


def _notices(table: Parameters) -> tuple[str, ...]:
    notices = table.get("notices")
    if not isinstance(notices, list) or not all(isinstance(each, str) for each in notices):
        raise ValueError("notices 应是一列文字")
    return tuple(notices)
