"""The charity's and the hall's rules on relief: `relief.toml`."""

from datetime import date
from pathlib import Path

from hall.rules.relief_cases import ReliefTerms
from hall.rules.versions import Versions
from hall.services.parameters import Parameters, dated_versions, parameters, whole
from hall.words import RELIEF_KINDS

_FEN = 100


def relief_terms(home: Path, day: date) -> ReliefTerms:
    """What is in force on a day; raises BadParameters."""
    return _versions(home).in_force(day)


def _versions(home: Path) -> Versions[ReliefTerms]:
    return parameters(home, "relief.toml", lambda table: dated_versions(table, _terms))


def _terms(day: date, source: str, row: Parameters) -> ReliefTerms:
    return ReliefTerms(
        effective_from=day,
        source=source,
        charity_name=_name(row),
        income_fen=whole(row, "income") * _FEN,
        limits={kind: whole(row, f"limit_{kind}") * _FEN for kind in RELIEF_KINDS},
        visitors=_at_least(row, "visitors", 2),
        shown_days=_at_least(row, "shown_days", 1),
        quorum=_at_least(row, "quorum", 1),
        percent_for=whole(row, "percent_for"),
    )


def _name(row: Parameters) -> str:
    name = row.get("charity_name")
    if not isinstance(name, str) or not name:
        raise ValueError("charity_name 应是慈善组织的名称")
    return name


def _at_least(row: Parameters, key: str, least: int) -> int:
    value = whole(row, key)
    if value < least:
        raise ValueError(f"{key} 应不小于 {least}")
    return value
