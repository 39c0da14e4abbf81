"""When a case turns yellow: `lights.toml`."""

from pathlib import Path

from hall.rules.lights import WarningRule, WarningRules
from hall.services.parameters import dated_versions, parameters, whole


def warning_rules(home: Path) -> WarningRules:
    """All versions; raises BadParameters."""
    return parameters(
        home,
        "lights.toml",
        lambda table: dated_versions(
            table,
            lambda day, source, row: WarningRule(day, source, whole(row, "least_days"), whole(row, "share_percent")),
        ),
    )
