"""The monitor's last pages: the ranking of a month by ratings that somebody gave, and what others say of the hall."""

from collections.abc import Sequence
from datetime import date, timedelta

from hall.clock import business_date
from hall.rules.service_ranking import Ranked
from hall.services.outside_scores import OutsideScoreRow
from hall.services.service_rankings import RankedGroup
from hall.windows.deed_list import Asked, DeedListPage, ListOf
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.words import RANKED_GROUPS, RATING_LEVELS, SCORE_KINDS

MONTHS = 12
_AT = "@"


class RankingPage(DeedListPage[Ranked]):
    """排名 of counters or matters; Ctrl+F chooses month and group."""

    def __init__(self, tools: PageTools) -> None:
        self._rule = ""
        choices = _choices(business_date(tools.front.clock.now()))
        super().__init__(
            tools,
            "满意率排名",
            ListOf[Ranked](
                columns=[
                    Column("名次", lambda row: str(row.place or "—"), "right", 56, lambda row: row.place or 9999),
                    Column("窗口或事项", lambda row: row.rated.name),
                    Column("办结", lambda row: str(row.rated.visits), "right", 72, lambda row: row.rated.visits),
                    Column("评价", lambda row: str(row.rated.count), "right", 72, lambda row: row.rated.count),
                    Column("评价率", lambda row: _share(row.rated.count, row.rated.visits), "right", 84),
                    Column("满意率", lambda row: _share(row.rated.satisfied, row.rated.count), "right", 84),
                    Column("不排名的原因", lambda row: row.why_not, width=190),
                ],
                key=lambda row: row.rated.name,
                facts=self._facts,
                empty="这个月还没有办结的号。",
                nothing="没有选中的窗口或事项",
                shares=(9, 4),
                choices=choices,
            ),
        )

    def read(self, asked: Asked) -> tuple[Ranked, ...]:
        """By the rule of the month; only ratings that are there."""
        group, _, month = asked.choice.partition(_AT)
        found = self._tools.front.ratings.ranking(date.fromisoformat(month), _group(group))
        self._rule = f"有效评价满 {found.terms.least_ratings} 个才排名（{found.terms.source}）"
        return found.places

    def acts(self, row: Ranked) -> Sequence[str]:
        """It is only looked at."""
        return ()

    def _facts(self, row: Ranked) -> tuple[str, Facts]:
        rated = row.rated
        levels = [(RATING_LEVELS[level], str(rated.levels[level - 1])) for level in sorted(RATING_LEVELS, reverse=True)]
        return rated.name, (
            ("名次", str(row.place) if row.place else row.why_not),
            ("评价率", f"{_share(rated.count, rated.visits)}（{rated.count}/{rated.visits}）"),
            ("满意率", f"{_share(rated.satisfied, rated.count)}（{rated.satisfied}/{rated.count}）"),
            *levels,
            ("规则", f"先比满意率，再比平均档次；没有人评价的不算好评也不算差评。{self._rule}"),
        )


class ScoresPage(DeedListPage[OutsideScoreRow]):
    """外部评议: what third parties, deputies and residents gave."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "外部评议", SCORES)

    def read(self, asked: Asked) -> tuple[OutsideScoreRow, ...]:
        """The newest month first, of one kind or of all."""
        rows = self._tools.front.ratings.outside_scores()
        return tuple(row for row in rows if not asked.choice or row.kind == asked.choice)

    def acts(self, row: OutsideScoreRow) -> Sequence[str]:
        """It is only looked at."""
        return ()


def points(hundredths: int) -> str:
    """92.5 of 9250 hundredths."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _score_facts(row: OutsideScoreRow) -> tuple[str, Facts]:
    return row.indicator, (
        ("来源", row.source),
        ("类别", SCORE_KINDS[row.kind]),
        ("月份", f"{row.month:%Y-%m}"),
        ("得分", f"{points(row.hundredths)} / {points(row.full_hundredths)}"),
        ("调查人数", str(row.asked) if row.asked is not None else "没有说明"),
        ("报告", row.report),
        ("版本", f"第 {row.revision} 次导入" if row.revision > 1 else ""),
    )


SCORES = ListOf[OutsideScoreRow](
    columns=[
        Column("月份", lambda row: f"{row.month:%Y-%m}", width=88),
        Column("类别", lambda row: SCORE_KINDS[row.kind], width=124),
        Column("来源", lambda row: row.source, width=200),
        Column("指标", lambda row: row.indicator),
        Column("得分", lambda row: points(row.hundredths), "right", 80, lambda row: row.hundredths),
        Column("满分", lambda row: points(row.full_hundredths), "right", 72),
        Column("人数", lambda row: str(row.asked) if row.asked is not None else "—", "right", 72),
    ],
    key=lambda row: row.score_id,
    facts=_score_facts,
    empty="还没有外部评议。收到第三方、代表委员或者群众的评议后，用 hall import scores 导入。",
    nothing="没有选中的指标",
    shares=(9, 4),
    choices={"": "全部", **SCORE_KINDS},
)


def _choices(today: date) -> dict[str, str]:
    """Counters and matters of this month and of those before it."""
    first, found = today.replace(day=1), dict[str, str]()
    for _ in range(MONTHS):
        for group, words in RANKED_GROUPS.items():
            found[f"{group}{_AT}{first}"] = f"{first:%Y-%m} {words}"
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def _group(code: str) -> RankedGroup:
    return "matters" if code == "matters" else "counters"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"
