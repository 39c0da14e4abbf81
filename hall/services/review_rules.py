"""The hall's own terms for the review and for decisions: `review.toml`."""

from datetime import date
from pathlib import Path
from typing import get_args

from hall.rules.reviewing import Decider, ReviewRule, ReviewRules
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def review_rule(home: Path, day: date) -> ReviewRule:
    """What is in force on a day; raises BadParameters."""
    return _rules(home).in_force(day)


def _rules(home: Path) -> ReviewRules:
    return parameters(home, "review.toml", lambda table: dated_versions(table, _rule))


def _rule(day: date, source: str, row: Parameters) -> ReviewRule:
    return ReviewRule(
        effective_from=day,
        source=source,
        supplement_days=whole(row, "supplement_days"),
        default_by=_decider(row),
        default_days=whole(row, "default_days"),
    )


def _decider(row: Parameters) -> Decider:
    told = row.get("default_by")
    for decider in get_args(Decider):
        if told == decider:
            return decider  # type: ignore[no-any-return]  # one of the literal's own
    raise ValueError("default_by 应是 approver 或 program")
