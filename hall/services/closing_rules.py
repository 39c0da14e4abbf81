"""The limbs on which a case ends without a decision: `closing.toml`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hall.rules.closing import ClosingRule, ClosingRules, EndLimb
from hall.services.parameters import Parameters, dated_versions, parameters


def closing_rules(home: Path) -> ClosingRules:
    """All versions; raises BadParameters."""
    return parameters(home, "closing.toml", lambda table: dated_versions(table, _rule))


def _rule(day: date, source: str, row: Parameters) -> ClosingRule:
    limbs = row.get("limbs")
    if not isinstance(limbs, list):
        raise ValueError("缺少 limbs")
    return ClosingRule(day, source, tuple(map(_limb, limbs)))


def _limb(row: Mapping[str, object]) -> EndLimb:
    needs = str(row.get("needs", ""))
    return EndLimb(str(row.get("code", "")), str(row.get("words", "")), needs)  # type: ignore[arg-type]  # checked there
