"""公示与清单: decisions to be made public, and the list of powers and duties as it stands, with what changed on it."""

from functools import partial

from hall.rules.power_words import power_sections
from hall.services.powers import PowerView
from hall.windows.deed_list import Asked, DeedListPage, ListOf, RowDeed
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.publicity import PublicityPage
from hall.words import POWER_KINDS


class PowersPage(DeedListPage[PowerView]):
    """Every line in force today; what it said before stands below the facts of it."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "权责清单", _LISTED)

    def read(self, asked: Asked) -> tuple[PowerView, ...]:
        """Those of the kind, with the words somewhere in code, name or basis."""
        views = self._tools.front.powers.today()
        return tuple(
            view
            for view in views
            if asked.choice in {"", view.line.kind}
            and asked.text in f"{view.line.code} {view.line.name} {view.line.basis} {view.line.unit}"
        )

    def acts(self, row: PowerView) -> tuple[str, ...]:
        """It can always be printed."""
        return ("print",)

    def open_row(self, name: str, row: PowerView) -> None:
        """Print it on the slip printer."""

        def print_line() -> str:
            self._tools.front.powers.print_line(row.power_id)
            return f"权责清单 {row.line.code} 正在打印。"

        self.run_now(print_line, words="正在打印…")


def facts_of(view: PowerView) -> tuple[str, Facts]:
    """The line section by section, then its earlier versions, the newest first."""
    sections = [(each.title, "\n".join(each.lines)) for each in power_sections(view.line)]
    earlier = [
        (f"{line.valid_from}", f"{line.name}　{line.basis}（{line.source}）")
        for line in reversed(view.versions)
        if line.valid_from < view.line.valid_from
    ]
    return view.line.name, (*sections, *earlier)


_LISTED = ListOf[PowerView](
    columns=(
        Column("编码", lambda view: view.line.code, width=96),
        Column("类别", lambda view: POWER_KINDS[view.line.kind], width=96),
        Column("事项名称", lambda view: view.line.name),
        Column("承办", lambda view: view.line.unit, width=104),
        Column("施行", lambda view: view.line.valid_from.isoformat(), width=104),
    ),
    key=lambda view: view.power_id,
    facts=facts_of,
    empty="还没有权责清单。请系统管理员用 hall import powers 导入，导入后列在这里，自助机上也能查。",
    nothing="没有选中的权力事项",
    shares=(6, 5),
    deeds=(RowDeed[PowerView]("print", "打印", "guide.print"),),
    search="编码、名称、依据、承办机构",
    choices={"": "全部类别", **POWER_KINDS},
)

PAGES = PagesOf(
    "公示与清单",
    (
        PageOf("公示", "penalty.read", partial(PublicityPage, opens=False)),
        PageOf("权责清单", "power.read", PowersPage),
    ),
    frozenset({"publicity", "penalty", "certificate", "power", "calendar"}),
)
