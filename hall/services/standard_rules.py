"""The hall's rules of training and qualifications: `training.toml` and `qualifications.toml`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast

from hall.rules.people import ROLES
from hall.rules.qualifications import Need, QualificationRule, Signing
from hall.rules.training import TrainingRule, Wants
from hall.rules.versions import Versions
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def training_rules(home: Path) -> Versions[TrainingRule]:
    """All versions; raises BadParameters."""
    return parameters(home, "training.toml", lambda table: dated_versions(table, _training))


def qualification_rules(home: Path) -> Versions[QualificationRule]:
    """All versions; raises BadParameters."""
    return parameters(home, "qualifications.toml", lambda table: dated_versions(table, _qualifications))


def _training(day: date, source: str, row: Parameters) -> TrainingRule:
    roles = _table(row.get("roles", {}), "roles")
    if unknown := sorted(set(roles).difference(ROLES)):
        raise ValueError(f"roles 里没有 {'、'.join(unknown)} 这个岗位")
    return TrainingRule(
        day,
        source,
        minutes_an_hour=whole(row, "minutes_an_hour"),
        most_hours_a_day=whole(row, "most_hours_a_day"),
        pass_score=whole(row, "pass_score"),
        warning_days=whole(row, "warning_days"),
        everybody=_wants(_table(row.get("everybody"), "everybody")),
        roles={role: _wants(_table(wants, role)) for role, wants in roles.items()},
    )


def _wants(row: Parameters) -> Wants:
    return Wants(
        2 * whole(row, "hours"),
        whole(row, "camp_days"),
        whole(row, "fridays_a_month"),
        whole(row, "exchanges_a_month"),
        whole(row, "examinations_a_quarter"),
    )


def _qualifications(day: date, source: str, row: Parameters) -> QualificationRule:
    kinds = _table(row.get("kinds"), "kinds")
    needs = row.get("needs", [])
    if not isinstance(needs, list):
        raise ValueError("needs 应是一个列表")
    return QualificationRule(
        day,
        source,
        warning_days=whole(row, "warning_days"),
        kinds={code: str(words) for code, words in kinds.items()},
        needs=tuple(_need(_table(need, "needs")) for need in needs),
    )


def _need(row: Parameters) -> Need:
    kinds, asked = row.get("kinds", []), row.get("asked_from")
    if asked is not None and not isinstance(asked, date):
        raise ValueError("asked_from 应是日期")
    names = tuple(map(str, kinds)) if isinstance(kinds, list) else ()
    return Need(cast(Signing, row.get("action", "")), names, str(row.get("basis", "")), asked)


def _table(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError(f"缺少 {name}")
    return value
