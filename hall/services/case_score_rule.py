"""The monthly score of departments, as the hall lays it down: `monthly_score.toml`."""

from datetime import date
from pathlib import Path

from hall.rules.case_score import ScoreRule, ScoreRules
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def score_rules(home: Path) -> ScoreRules:
    """All versions; raises BadParameters."""
    return parameters(home, "monthly_score.toml", lambda table: dated_versions(table, _rule))


def _rule(day: date, source: str, row: Parameters) -> ScoreRule:
    return ScoreRule(
        effective_from=day,
        source=source,
        full=whole(row, "full"),
        blue_each=whole(row, "blue_each"),
        blue_points=whole(row, "blue_points"),
        yellow_points=whole(row, "yellow_points"),
        red_points=whole(row, "red_points"),
    )
