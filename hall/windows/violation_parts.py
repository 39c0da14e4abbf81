"""Parts of the benchmark window: its list, what a search finds, the sheet of tiers, the panel of a publication."""

from collections.abc import Sequence
from datetime import date

from hall.rules.violation_words import tier_amount
from hall.services.tables_export import SheetTable
from hall.services.violations import ViolationView
from hall.windows.kit.deeds import FormDeed
from hall.windows.kit.tables import Column
from hall.windows.pages import Deed, PageTools
from hall.words import BENCHMARK_STANDINGS, CORRECTIONS, OBJECT_KINDS

EMPTY = (
    "没有案由。由系统管理员运行 hall import violations 导入裁量基准，公布以后列在“可以使用”里；也可以换页或改查找的字。"
)
_NAMED = 6
_SHORT = {"citizen": OBJECT_KINDS["citizen"], "organisation": "单位"}
_LIGHTS = {
    "usable": "normal",
    "unpublished": "warning",
    "coming": "paused",
    "ended": "paused",
    "superseded": "over_promised",
}


class PublicationPanel(FormDeed):
    """登记公布: when and under which number or address; without it nobody can look it up."""

    first = "published_as"  # the day is mostly today

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记公布", main="登记公布")
        self._front = tools.front.violations
        self._version_ids: tuple[int, ...] = ()
        self.about = self.say("")
        self.form.add_day("published_on", "公布日期", date(2000, 1, 1))
        self.form.add_text("published_as", "文号或网址", required=True, hint="如 莲城管规〔2026〕3号")
        self.add(self.form)
        self.say("登记以后从公布之日起可以作为处罚依据，内容不能再改；有新的规定请导入新的生效日期。")

    def ask(self, views: tuple[ViolationView, ...], *, today: date) -> None:
        """About these versions."""
        self._version_ids = tuple(view.version_id for view in views)
        names = "\n".join(f"{view.entry.code} {view.entry.name}" for view in views[:_NAMED])
        more = f"\n……共 {len(views)} 个案由" if len(views) > _NAMED else ""
        samples = "\n其中有样例数据，须经本局核定。" if any(view.entry.sample for view in views) else ""
        conflicts = "、".join(view.entry.code for view in views if view.entry.tells_conflict)
        warned = f"\n{conflicts} 的备注说到与上位法冲突，请先核对该不该适用。" if conflicts else ""
        self.about.setText(names + more + samples + warned)
        self.form.clear()
        self.form.set_day("published_on", today)

    def deed(self) -> Deed:
        """With the day and the number or address that were entered."""
        front, version_ids = self._front, self._version_ids
        published_on, published_as = self.form.day("published_on"), self.form.text("published_as")

        def publish() -> str:
            front.publish(version_ids, published_on, published_as)
            return f"已登记公布：{len(version_ids)} 个案由，{published_as}，从现在起可以使用。"

        return publish


def matches(view: ViolationView, text: str) -> bool:
    """Whether every word stands somewhere in the violation, its articles or its tiers."""
    entry = view.entry
    tiers = (part for tier in entry.tiers for part in (tier.object_words, tier.tier, tier.circumstances))
    said = " ".join((entry.code, entry.name, entry.legal_basis, entry.penalty_article, *tiers)).casefold()
    return all(word in said for word in text.casefold().split())


def tier_sheet(views: tuple[ViolationView, ...]) -> SheetTable:
    """All tiers of these violations, a row each."""
    columns = ("编码", "案由", "处罚依据", "责令改正", "对象", "档次", "情形", "罚款", "状态")
    rows = tuple(
        (
            view.entry.code,
            view.entry.name,
            view.entry.penalty_article,
            CORRECTIONS[view.entry.correction],
            tier.object_words,
            tier.tier,
            tier.circumstances,
            tier_amount(tier),
            BENCHMARK_STANDINGS[view.standing],
        )
        for view in views
        for tier in view.entry.tiers
    )
    return SheetTable("裁量档次", columns, rows)


def _objects(view: ViolationView) -> str:
    kinds = {tier.object_kind for tier in view.entry.tiers}
    both = "any" in kinds or len(kinds) > 1
    return "公民、单位" if both else _SHORT[kinds.pop()]


def _light(view: ViolationView) -> str:
    return _LIGHTS[view.standing]


COLUMNS: Sequence[Column[ViolationView]] = (
    Column("编码", lambda view: view.entry.code, width=84),
    Column("案由", lambda view: view.entry.name),
    Column("对象", _objects, width=100),
    Column("状态", lambda view: BENCHMARK_STANDINGS[view.standing], width=112, light=_light),
)
"""Code, violation, for whom, how it stands."""
