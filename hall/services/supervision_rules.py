"""The parameters of supervision: tables of escalation, of orders, of anomalies and of accountability."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.accountability import AccountabilityRule, AccountabilityRules
from hall.rules.accountability import Rung as LadderRung
from hall.rules.anomalies import AnomalyRule, AnomalyRules
from hall.rules.escalation import EscalationRule, EscalationRules, Rung
from hall.rules.supervision import CardLimits, SupervisionRule, SupervisionRules
from hall.services.parameters import Parameters, dated_versions, parameters, whole


@dataclass(frozen=True, slots=True)
class SupervisionPolicy:
    """All four tables, read together at the start of a station."""

    escalation: EscalationRules
    supervision: SupervisionRules
    anomalies: AnomalyRules
    accountability: AccountabilityRules


def supervision_policy(home: Path) -> SupervisionPolicy:
    """The tables of this hall, or the shipped ones; raises BadParameters."""
    return SupervisionPolicy(
        parameters(home, "escalation.toml", lambda table: dated_versions(table, _escalation)),
        parameters(home, "supervision.toml", lambda table: dated_versions(table, _supervision)),
        parameters(home, "anomalies.toml", lambda table: dated_versions(table, _anomalies)),
        parameters(home, "accountability.toml", lambda table: dated_versions(table, _accountability)),
    )


def _escalation(day: date, source: str, row: Parameters) -> EscalationRule:
    return EscalationRule(day, source, tuple(_rung(each) for each in _rows(row, "rungs")))


def _rung(row: Parameters) -> Rung:
    match row:
        case {
            "clock": (
                "acceptance"
                | "statutory"
                | "promised"
                | "step"
                | "procedure"
                | "supplement"
                | "delivery"
                | "joint"
                | "supervision"
            ) as clock,
            "code": str(code),
            "at": ("warning" | "past" | int()) as at,
            "to": ("officer" | "head" | "leader" | "manager") as to,
            "effect": ("notice" | "yellow" | "red") as effect,
        }:
            return Rung(clock, code, at, to, effect)
    raise ValueError(f"读不懂这一级：{dict(row)}")


def _supervision(day: date, source: str, row: Parameters) -> SupervisionRule:
    return SupervisionRule(day, source, _limits(row, "blue"), _limits(row, "yellow"), _limits(row, "red"))


def _limits(row: Parameters, colour: str) -> CardLimits:
    table = _section(row, colour)
    return CardLimits(reply=whole(table, "reply"), finish=whole(table, "finish"))


def _anomalies(day: date, source: str, row: Parameters) -> AnomalyRule:
    return AnomalyRule(
        effective_from=day,
        source=source,
        most_supplements=whole(row, "most_supplements"),
        most_pauses=whole(row, "most_pauses"),
        paused_percent=whole(row, "paused_percent"),
        entry_days=whole(row, "entry_days"),
        late_entries_allowed=_acts(row, "late_entries_allowed"),
        fastest_minutes=whole(row, "fastest_minutes"),
    )


def _acts(row: Parameters, key: str) -> frozenset[str]:
    acts = row.get(key)
    if not isinstance(acts, list) or not all(isinstance(act, str) for act in acts):
        raise ValueError(f"{key} 应是一列办理动作")
    return frozenset(acts)


def _accountability(day: date, source: str, row: Parameters) -> AccountabilityRule:
    points = _section(row, "points")
    return AccountabilityRule(
        effective_from=day,
        source=source,
        points={key: whole(points, key) for key in points},
        ladder=tuple(_ladder_rung(each) for each in _rows(row, "ladder")),
        default_ladder=tuple(_ladder_rung(each) for each in _rows(row, "default_ladder")),
        plea_days=whole(row, "plea_days"),
        appeal_days=whole(row, "appeal_days"),
        correction_days=whole(row, "correction_days"),
    )


def _ladder_rung(row: Parameters) -> LadderRung:
    match row:
        case {"times": int(times), "measure": str(measure), "leaders": bool(leaders)}:
            return LadderRung(times, measure, leaders)
    raise ValueError(f"读不懂这一级：{dict(row)}")


def _rows(row: Parameters, key: str) -> list[Parameters]:
    rows = row.get(key)
    if not isinstance(rows, list) or not all(isinstance(each, Mapping) for each in rows):
        raise ValueError(f"缺少 {key}")
    return rows


def _section(row: Parameters, key: str) -> Parameters:
    section = row.get(key)
    if not isinstance(section, Mapping):
        raise ValueError(f"缺少 {key}")
    return section
