"""The hall's rule on ranking and on following up bad ratings: `ranking.toml`."""

from datetime import date
from pathlib import Path

from hall.rules.service_ranking import RankingTerms
from hall.rules.versions import Versions
from hall.services.parameters import Parameters, dated_versions, parameters, whole


def ranking_terms(home: Path, day: date) -> RankingTerms:
    """What is in force on a day; raises BadParameters."""
    return _versions(home).in_force(day)


def _versions(home: Path) -> Versions[RankingTerms]:
    return parameters(home, "ranking.toml", lambda table: dated_versions(table, _terms))


def _terms(day: date, source: str, row: Parameters) -> RankingTerms:
    least, calls = whole(row, "least_ratings"), whole(row, "least_calls")
    if not least:
        raise ValueError("least_ratings 应不小于 1：没有人评价的不能排名")
    if not calls:
        raise ValueError("least_calls 应不小于 1：差评人应当回访")
    return RankingTerms(day, source, least, calls)
