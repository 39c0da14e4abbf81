"""What the hall lays down against guessing at 查进度: `progress.toml`."""

from datetime import date
from pathlib import Path

from hall.rules.progress import ProgressRule
from hall.rules.versions import Versions
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def progress_rules(home: Path) -> Versions[ProgressRule]:
    """All versions; raises BadParameters."""
    return parameters(home, "progress.toml", lambda table: dated_versions(table, _version))


def _version(effective_from: date, source: str, row: Parameters) -> ProgressRule:
    return ProgressRule(
        effective_from=effective_from,
        source=source,
        wrong_answers=whole(row, "wrong_answers"),
        within_minutes=whole(row, "within_minutes"),
        locked_minutes=whole(row, "locked_minutes"),
    )
