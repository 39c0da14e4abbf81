"""When a case turns yellow: `lights.toml`."""

from pathlib import Path

from hall.rules.lights import LightRule, WarningRule, WarningRules
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


def light_rule(home: Path) -> LightRule:
    """The least warning of the newest version."""
    return LightRule(warning_days=warning_rules(home).rows[-1].least_days)
