"""The monthly reports as papers: that of permits with its tables, and that to the district government, of all work."""

from dataclasses import dataclass

from hall.services.case_paper import Row
from hall.services.papers_common import Fields, numbered


@dataclass(frozen=True, slots=True)
class MatterMonth:
    """One matter's month."""

    matter: str
    accepted: int
    visits: int
    finished: int
    overdue: int


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate: what is counted over what; `value` and `previous` are written out (97.5%, — where nothing is counted)."""

    name: str
    numerator: int
    denominator: int
    value: str
    previous: str = ""


def monthly_report(
    common: Fields,
    *,
    month: str,
    population: str,
    matters: tuple[MatterMonth, ...],
    rates: tuple[RateRow, ...],
    figures: tuple[tuple[str, str], ...],
    balance: str,
    prepared_by: str,
    notes: str = "",
) -> Fields:
    """`monthly_report`: `month` (2026年11月), rows `matters`, totals, rows `figures` (name, value), rows `rates`.

    `population` says which cases are counted, `balance` is the identity 期初在办＋本期受理－本期办结＝期末在办 with
    its numbers, `common` comes from `hall_block`.
    """
    return {
        **common,
        "month": month,
        "population": population,
        "matters": numbered(_matter_row(each) for each in matters),
        **_totals(matters),
        "figures": numbered({"name": name, "value": value} for name, value in figures),
        "rates": numbered(_rate_row(each) for each in rates),
        "balance": balance,
        "prepared_by": prepared_by,
        "notes": notes,
    }


def district_report(
    common: Fields, *, month: str, government: str, population: str, sections: tuple[tuple[str, str], ...]
) -> Fields:
    """`district_report` 工作情况报告: rows `sections` (title, words) for the government that the bureau belongs to."""
    return {
        **common,
        "month": month,
        "government": government,
        "population": population,
        "sections": [{"title": title, "words": words} for title, words in sections],
    }


def _matter_row(month: MatterMonth) -> Row:
    return {
        "matter": month.matter,
        "accepted": month.accepted,
        "visits": month.visits,
        "finished": month.finished,
        "overdue": month.overdue,
    }


def _totals(matters: tuple[MatterMonth, ...]) -> Fields:
    return {
        "accepted_total": str(sum(each.accepted for each in matters)),
        "visits_total": str(sum(each.visits for each in matters)),
        "finished_total": str(sum(each.finished for each in matters)),
        "overdue_total": str(sum(each.overdue for each in matters)),
    }


def _rate_row(rate: RateRow) -> Row:
    return {
        "name": rate.name,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "value": rate.value,
        "previous": rate.previous,
    }
