"""What the hall lays down for requests: `requests.toml`."""

from datetime import date
from pathlib import Path

from hall.rules.requests import RequestRule, RequestRules
from hall.services.parameters import Parameters, dated_versions, parameters, whole
from hall.words import REQUEST_KINDS, REQUEST_WAYS


def request_rules(home: Path) -> RequestRules:
    """All versions; raises BadParameters."""
    return parameters(home, "requests.toml", lambda table: dated_versions(table, _rule))


def _rule(day: date, source: str, row: Parameters) -> RequestRule:
    return RequestRule(
        effective_from=day,
        source=source,
        categories=_words(row),
        petition_kinds=_kinds(row),
        feedback_workdays=whole(row, "feedback_workdays"),
        warning_days=whole(row, "warning_days"),
        same_days=whole(row, "same_days"),
        call_back_days=whole(row, "call_back_days"),
        targets=_targets(row),
    )


def _words(row: Parameters) -> dict[str, str]:
    table = row.get("categories")
    if not isinstance(table, dict) or not all(isinstance(words, str) and words for words in table.values()):
        raise ValueError("categories 应是编码和名称")
    return table


def _kinds(row: Parameters) -> frozenset[str]:
    kinds = row.get("petition_kinds")
    if not isinstance(kinds, list) or not all(kind in REQUEST_KINDS for kind in kinds):
        raise ValueError(f"petition_kinds 只能写 {'、'.join(REQUEST_KINDS)}")
    return frozenset(kinds)


def _targets(row: Parameters) -> dict[str, int]:
    table = row.get("targets")
    if not isinstance(table, dict) or set(table) != set(REQUEST_WAYS):
        raise ValueError(f"targets 要写 {'、'.join(REQUEST_WAYS)}")
    return {way: whole(table, way) for way in REQUEST_WAYS}
