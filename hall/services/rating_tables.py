"""The figures of ratings as tables for people and spreadsheets, and as plain values."""

from dataclasses import asdict

from hall.services.rating_figures import RatedGroup, RatingSummary
from hall.services.tables_export import Cell, SheetTable
from hall.words import RATING_LEVELS

_LEVELS = sorted(RATING_LEVELS, reverse=True)
_COLUMNS = ("办结", "评价", *(RATING_LEVELS[level] for level in _LEVELS), "满意", "满意率")


def rating_tables(summary: RatingSummary) -> tuple[SheetTable, ...]:
    """All, each counter, each clerk, each day: visits, ratings, levels, and the satisfied share with its parts."""
    groups = {
        "评价": (summary.total,),
        "窗口": summary.counters,
        "人员": summary.clerks,
        "营业日": summary.days,
    }
    return tuple(
        SheetTable(title, (title, *_COLUMNS), tuple(_row(group) for group in found)) for title, found in groups.items()
    )


def rating_values(summary: RatingSummary) -> dict[str, object]:
    """The same for other programs."""
    return {
        "total": asdict(summary.total),
        "counters": [asdict(group) for group in summary.counters],
        "clerks": [asdict(group) for group in summary.clerks],
        "days": [asdict(group) for group in summary.days],
    }


def _row(group: RatedGroup) -> tuple[Cell, ...]:
    levels = tuple(group.levels[level - 1] for level in _LEVELS)
    return (group.name, group.visits, group.share.count, *levels, group.share.satisfied, group.share.words)
