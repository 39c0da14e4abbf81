"""Which messages due days cause: `due_notices.toml`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast

from hall.rules.due_notices import DUE_CODES, DueCode, DueRule, DueRules, DueRung
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def due_rules(home: Path) -> DueRules:
    """All versions; raises BadParameters."""
    return parameters(home, "due_notices.toml", lambda table: dated_versions(table, _rule))


def _rule(day: date, source: str, row: Parameters) -> DueRule:
    rungs = row.get("rungs")
    if not isinstance(rungs, list) or not all(isinstance(each, dict) for each in rungs):
        raise ValueError("rungs 应是一个列表，每级写明 code、at、to")
    return DueRule(day, source, whole(row, "warning_workdays"), whole(row, "look_back_days"), tuple(map(_rung, rungs)))


def _rung(row: Parameters) -> DueRung:
    match row:
        case {
            "code": str(code),
            "at": ("warning" | "past" | int()) as at,
            "to": ("holder" | "manager") as to,
        }:
            return DueRung(code, at, to, _dues(row.get("dues", ())))
    raise ValueError(f"读不懂这一级：{dict(row)}")


def _dues(given: object) -> frozenset[DueCode]:
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise ValueError("dues 应是一个列表")
    codes = [str(each) for each in given]
    if unknown := [code for code in codes if code not in DUE_CODES]:
        raise ValueError(f"dues 里没有 {'、'.join(unknown)}")
    return frozenset(cast(DueCode, code) for code in codes)
