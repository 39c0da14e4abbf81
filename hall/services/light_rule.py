"""When a case turns yellow: `lights.toml`."""

from pathlib import Path

from hall.rules.lights import LightRule
from hall.services.parameters import parameters, whole


def light_rule(home: Path) -> LightRule:
    """The rule in force; raises BadParameters."""
    return parameters(home, "lights.toml", lambda table: LightRule(warning_days=whole(table, "warning_days")))
