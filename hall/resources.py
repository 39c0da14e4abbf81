"""Where shipped templates and resources lie, and a hall's own edited copies that win over them."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped_root() -> Path:
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


def resource(relative: str) -> Path:
    """A shipped resource file or folder, e.g. `calendar/2026.csv`."""
    return _shipped_root() / "resources" / relative


def template(name: str, home: Path) -> Path:
    """A document template: the hall's own copy in HALL_HOME if there is one, else the shipped one."""
    own = home / "templates" / "docs" / name
    return own if own.is_file() else _shipped_root() / "templates" / "docs" / name
