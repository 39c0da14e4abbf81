"""How dossiers are filed and reviewed: `dossier.toml`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hall.rules.dossier import DossierRule, DossierRules, Fault, Grade, ReviewTerms
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def dossier_rules(home: Path) -> DossierRules:
    """All versions; raises BadParameters."""
    return parameters(home, "dossier.toml", lambda table: dated_versions(table, _rule))


def _rule(day: date, source: str, row: Parameters) -> DossierRule:
    required = _table(row, "required")
    return DossierRule(
        effective_from=day,
        source=source,
        order=_texts(row, "order"),
        kept_out=frozenset(_texts(row, "kept_out")),
        required={ending: _texts(required, ending) for ending in required},
        when=tuple((str(each.get("fact")), str(each.get("piece"))) for each in _rows(row, "when")),
        retention={ending: str(words) for ending, words in _table(row, "retention").items()},
        faults=tuple(map(_fault, _rows(row, "faults"))),
        grades=tuple(Grade(whole(each, "from"), str(each.get("name"))) for each in _rows(row, "grades")),
        review=_review(_table(row, "review")),
    )


def _review(row: Parameters) -> ReviewTerms:
    return ReviewTerms(whole(row, "announce_days"), whole(row, "correct_days"), row.get("other_department") is True)


def _fault(row: Mapping[str, object]) -> Fault:
    return Fault(
        str(row.get("code")),
        str(row.get("words")),
        whole(row, "points"),
        row.get("legality") is True,
        str(row.get("subject", "")),
    )


def _texts(table: Parameters, key: str) -> tuple[str, ...]:
    value = table.get(key)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{key} 应是一列文字")
    return tuple(value)


def _rows(table: Parameters, key: str) -> list[Mapping[str, object]]:
    value = table.get(key)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise ValueError(f"{key} 应是一列表格")
    return value


def _table(table: Parameters, key: str) -> Mapping[str, object]:
    value = table.get(key)
    if not isinstance(value, dict):
        raise ValueError(f"缺少 {key}")
    return value
