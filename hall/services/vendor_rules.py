"""The rule table of vendors' credit: `vendor_credit.toml`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from hall.rules.vendor_credit import CreditLevel, CreditLine, CreditRule, CreditRules, ExportColumn
from hall.services.parameters import Parameters, dated_versions, parameters, whole

Content = Literal[
    "platform_act",
    "subject_kind",
    "subject_name",
    "identity",
    "vendor_number",
    "fact_number",
    "code",
    "words",
    "points",
    "happened_on",
    "decision_number",
    "told_on",
    "expires_on",
    "level",
    "authority",
    "reason",
]
"""What may stand in a column of the credit platform's file."""


def credit_rules(home: Path) -> CreditRules:
    """All versions of this hall, or the shipped ones; raises BadParameters."""
    return parameters(home, "vendor_credit.toml", lambda table: dated_versions(table, _rule))


def _rule(day: date, source: str, row: Parameters) -> CreditRule:
    return CreditRule(
        effective_from=day,
        source=source,
        base=whole(row, "base"),
        lines=tuple(map(_line, _rows(row, "lines"))),
        levels=tuple(map(_level, _rows(row, "levels"))),
        objection_days=_days(row, "objection_days"),
        counts_while_days_run=_flag(row, "counts_while_days_run"),
        counts_while_objected=_flag(row, "counts_while_objected"),
        refusal_basis=_text(row, "refusal_basis"),
        format=_text(row, "format"),
        columns=tuple(map(_column, _rows(row, "columns"))),
    )


def _line(row: Parameters) -> CreditLine:
    match row:
        case {"code": str(code), "words": str(words), "points": int(points), "evidence": str(proof), "basis": str(law)}:
            return CreditLine(code, words, points, whole(row, "months"), proof, law, row.get("needs_decision") is True)
    raise ValueError(f"读不懂这个事项：{dict(row)}")


def _level(row: Parameters) -> CreditLevel:
    match row:
        case {"code": str(code), "words": str(words), "refuses": bool(refuses), "effect": str(effect)}:
            return CreditLevel(code, words, whole(row, "at_least"), refuses, effect)
    raise ValueError(f"读不懂这个等级：{dict(row)}")


def _column(row: Parameters) -> ExportColumn:
    match row:
        case {"title": str(title), "content": str(content)} if content in get_args(Content):
            return ExportColumn(title, content)
    raise ValueError(f"读不懂这一列：{dict(row)}")


def _rows(row: Parameters, key: str) -> list[Parameters]:
    rows = row.get(key)
    if not isinstance(rows, list) or not rows or not all(isinstance(each, Mapping) for each in rows):
        raise ValueError(f"缺少 {key}")
    return rows


def _days(row: Parameters, key: str) -> int:
    days = whole(row, key)
    if not days:
        raise ValueError(f"{key} 至少 1 日")
    return days


def _flag(row: Parameters, key: str) -> bool:
    value = row.get(key)
    if not isinstance(value, bool):
        raise ValueError(f"{key} 应是 true 或 false")
    return value


def _text(row: Parameters, key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} 应是文字")
    return value
