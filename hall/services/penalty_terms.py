"""The bureau's own terms for penalties: `penalties.toml`."""

from datetime import date
from pathlib import Path
from typing import Literal

from hall.rules.penalty_terms import Line, PenaltyTerms, PenaltyTermsVersions
from hall.services.parameters import Parameters, dated_versions, parameters, whole

_FEN = 100


def penalty_terms(home: Path, day: date) -> PenaltyTerms:
    """What is in force on a day; raises BadParameters."""
    return _versions(home).in_force(day)


def _versions(home: Path) -> PenaltyTermsVersions:
    return parameters(home, "penalties.toml", lambda table: dated_versions(table, _terms))


def _terms(day: date, source: str, row: Parameters) -> PenaltyTerms:
    return PenaltyTerms(
        effective_from=day,
        source=source,
        simple=_line(row, "simple"),
        hearing=_line(row, "hearing"),
        legal=_line(row, "legal"),
        legal_for_reduced=_flag(row, "legal_for_reduced"),
        collective=_line(row, "collective"),
        defence_days=whole(row, "defence_days"),
        first_time_months=whole(row, "first_time_months"),
        first_time_scope=_scope(row),
        first_time_slight_counts=_flag(row, "first_time_slight_counts"),
        bar_years=whole(row, "bar_years"),
        bar_years_grave=whole(row, "bar_years_grave"),
        cash_small_fen=whole(row, "cash_small") * _FEN,
        surcharge_base=_base(row),
        credit_first=_credit(row),
        application_pauses=_flag(row, "application_pauses"),
        breach_revives=_flag(row, "breach_revives"),
        shown_months=whole(row, "shown_months"),
    )


def _line(row: Parameters, name: str) -> Line:
    return Line(whole(row, f"{name}_citizen") * _FEN, whole(row, f"{name}_organisation") * _FEN)


def _flag(row: Parameters, key: str) -> bool:
    value = row.get(key)
    if not isinstance(value, bool):
        raise ValueError(f"{key} 应是 true 或 false")
    return value


def _scope(row: Parameters) -> Literal["same", "any"]:
    match row.get("first_time_scope"):
        case "same":
            return "same"
        case "any":
            return "any"
    raise ValueError("first_time_scope 应是 same 或 any")


def _base(row: Parameters) -> Literal["unpaid", "fine"]:
    match row.get("surcharge_base"):
        case "unpaid":
            return "unpaid"
        case "fine":
            return "fine"
    raise ValueError("surcharge_base 应是 unpaid 或 fine")


def _credit(row: Parameters) -> Literal["principal", "surcharge"]:
    match row.get("credit_first"):
        case "principal":
            return "principal"
        case "surcharge":
            return "surcharge"
    raise ValueError("credit_first 应是 principal 或 surcharge")
