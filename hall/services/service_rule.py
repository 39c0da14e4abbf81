"""What a hall lays down for the service of papers: `service.toml`."""

from pathlib import Path

from hall.rules.service import ServiceRule, ServiceRules
from hall.services.parameters import dated_versions, parameters


def service_rules(home: Path) -> ServiceRules:
    """All versions; raises BadParameters."""
    return parameters(
        home,
        "service.toml",
        lambda table: dated_versions(
            table,
            lambda day, source, row: ServiceRule(
                day, source, _texts(row.get("capacities")), row.get("served_when_told") is True
            ),
        ),
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("capacities 应是一列文字")
    return tuple(value)
