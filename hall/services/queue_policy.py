"""The queueing parameters in force: `queueing.toml`."""

from datetime import timedelta
from pathlib import Path

from hall.rules.tickets import QueuePolicy
from hall.services.parameters import Parameters, parameters, whole
from hall.words import PRIORITY_KINDS


def queue_policy(home: Path) -> QueuePolicy:
    """The policy in force; raises BadParameters."""
    return parameters(home, "queueing.toml", _policy)


def _policy(table: Parameters) -> QueuePolicy:
    head_starts, estimate = _section(table, "head_start_minutes"), _section(table, "estimate")
    if unknown := sorted(head_starts.keys() - PRIORITY_KINDS.keys()):
        raise ValueError(f"没有“{unknown[0]}”这种优先类别")
    return QueuePolicy(
        head_starts={kind: timedelta(minutes=whole(head_starts, kind)) for kind in ("ordinary", *head_starts)},
        elder_age=whole(table, "elder_age"),
        service_minutes=whole(estimate, "service_minutes"),
        fewest_for_mean=whole(estimate, "fewest_for_mean"),
    )


def _section(table: Parameters, key: str) -> Parameters:
    value = table.get(key)
    if not isinstance(value, dict):
        raise ValueError(f"缺少 [{key}]")
    return value
