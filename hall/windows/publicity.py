"""公示: decisions to be put on line within seven workdays and taken down within three; parties masked."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hall.rules.authority import may
from hall.services.case_reading import DocumentView
from hall.services.issuing import Issued
from hall.services.publicity_reading import Listed, PublicityRow
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.tables import Column, Table
from hall.windows.pages import PageTools
from hall.windows.penalty_tools import PenaltyPage
from hall.windows.phrases import day_words
from hall.windows.publicity_panels import QUESTIONS, PublicityPanel
from hall.words import PUBLICITY_STANDINGS, PUBLISHED_ABOUT

DEEDS = (
    (hotkeys.PUBLISH_DECISION, "publish"),
    (hotkeys.TAKE_DOWN_DECISION, "withdraw_publicity"),
    (hotkeys.WITHHOLD_DECISION, "withhold"),
    (hotkeys.OPEN_PENALTY, "open"),
)
"""Enter does the first that may be done."""
_ACTS = {
    "waiting": ("publish", "withhold"),
    "take_down": ("withdraw_publicity",),
    "shown": ("withdraw_publicity",),
}


class PublicityPage(PenaltyPage):
    """The number on its tab is how many decisions want something. Alt+0 shows what is done with, too."""

    def __init__(self, tools: PageTools, *, opens: bool = True) -> None:
        """`opens`: the window has a page that shows a penalty case."""
        super().__init__(tools, "公示")
        self._opens = opens
        self._rows: tuple[PublicityRow, ...] = ()
        self._may = may(tools.front.actor, "decision.publish")
        self.list = ListPage[PublicityRow](
            Table[PublicityRow](
                _columns(),
                lambda row: row.publication_id,
                empty="没有要公示或者撤回的决定。准予许可、作出处罚以后，七个工作日内公示，期限列在这里。",
            ),
            deeds=DEEDS,
            facts=facts_of,
            allowed=self._allowed,
            nothing="没有选中的决定",
            shares=(7, 4),
        )
        self.list.setAccessibleName("公示")
        self.panels = {act: PublicityPanel(tools, act) for act in QUESTIONS}
        self._lay_out()
        self.list.deed_wanted.connect(self._deed)
        for panel in self.panels.values():
            panel.submitted.connect(partial(self._send, panel))

    @property
    def document(self) -> DocumentView | None:
        """The decision of the selected row, where the hall issued it."""
        row = self.list.table.current_row
        return row.told.document if row is not None else None

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.list.begin()

    @Slot()
    def reload(self) -> None:
        """Read the list again."""
        listed: Listed = "all" if self.closed_button.isChecked() else "open"
        self._tools.work.quietly(partial(self._tools.front.publicity.listed, listed), self._show, owner=self)

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return self.list.sheets()

    @Slot(str)
    def export(self, name: str) -> None:
        """Write what the platform asks for to a file; without an ending it is an Excel file."""
        path, keys = path_of(name), tuple(row.publication_id for row in self._rows)
        write = partial(self._tools.front.publicity.export, keys, path)
        self._tools.work.write(
            write,
            lambda count: self._said(f"已导出 {count} 条公示数据到 {path}"),
            words="正在导出…",
            button=self.export_button,
        )

    def _show(self, rows: tuple[PublicityRow, ...]) -> None:
        self._rows = rows
        self.list.show_rows(rows, lambda row: row.publication_id)
        self.counted.emit(sum(row.light is not None for row in rows))
        self.select_wanted(self.list.table)

    def _allowed(self, row: PublicityRow) -> tuple[str, ...]:
        acts = _ACTS.get(row.standing, ()) if self._may else ()
        return (*acts, "open") if self._opens and row.told.about == "penalty" else acts

    @Slot(str, object)
    def _deed(self, act: str, row: PublicityRow) -> None:
        panel = self.panels.get(act)
        if panel is None:
            self.case_wanted.emit(row.told.case_id)
        else:
            panel.ask(row)
            self.side.open(panel)

    def _send(self, panel: PublicityPanel) -> None:
        self.run(panel, panel.deed())

    @Slot()
    def _ask_export(self) -> None:
        """A question for the file's name that is opened, not waited for."""
        ask_where(self, "双公示数据.xlsx", self.export)

    @Slot()
    def _issue_sheet(self) -> None:
        keys = tuple(row.publication_id for row in self._rows)
        self._tools.work.write(
            partial(self._tools.front.publicity.issue_sheet, keys),
            self._issued,
            words="正在出公示表…",
            button=self.sheet_button,
        )

    def _issued(self, issued: Issued) -> None:
        self._said(f"公示表 {issued.number} 正在打印。")

    def _said(self, words: str) -> None:
        self.done.emit(words)
        self.reload()

    def _lay_out(self) -> None:
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT_PUBLICITY, self._ask_export)
        self.sheet_button = hotkeys.hotkey_button(hotkeys.PRINT_PUBLICITY, self._issue_sheet)
        self.closed_button = hotkeys.tab_button(hotkeys.SHOW_CLOSED, self.reload)
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        for button in (self.export_button, self.sheet_button):
            button.setVisible(self._may)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.closed_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(row)
        column.addWidget(self.list, 1)


def facts_of(row: PublicityRow) -> tuple[str, Facts]:
    """What there is to know."""
    told, licence = row.told, row.told.licence
    permit = told.about == "permit"
    until = day_words(licence.valid_to) if licence and licence.valid_to else ""
    return f"{PUBLICITY_STANDINGS[row.standing]}　{told.decision_number}", (
        ("种类", PUBLISHED_ABOUT[told.about]),
        ("当事人", f"{told.party.name_masked}　{told.party.id_masked}".strip()),
        ("案件", told.case_number),
        ("事项" if permit else "案由", told.matter),
        ("许可内容" if permit else "事实", told.act),
        ("结果", told.result),
        ("证件", f"{licence.name} {licence.number}" if licence else ""),
        ("有效期至", until),
        ("决定", day_words(row.decided_on)),
        ("最迟公示", f"{_due(row.publish_by)}（七个工作日）"),
        ("不予公示", row.withheld),
        ("公示", f"{row.published_on}　{row.published_at}" if row.published_on else ""),
        ("公示到", day_words(row.shown_until) if row.shown_until else ""),
        ("变更撤销", f"{row.overturned_on}　{row.overturned_why}" if row.overturned_on else ""),
        ("最迟撤回", f"{_due(row.withdraw_by)}（三个工作日）" if row.overturned_on and row.published_on else ""),
        ("撤回", str(row.withdrawn_on) if row.withdrawn_on else ""),
        ("导出", str(row.exported_on) if row.exported_on else ""),
        ("依据", "行政许可法第四十条；国办发〔2018〕118号" if permit else "行政处罚法第四十八条；国办发〔2018〕118号"),
    )


def _columns() -> list[Column[PublicityRow]]:
    return [
        Column("状态", _standing_words, width=128, light=lambda row: row.light),
        Column("期限", _next_words, width=136, order=lambda row: str(row.due_on)),
        Column("种类", lambda row: PUBLISHED_ABOUT[row.told.about], width=64),
        Column("决定书", lambda row: row.told.decision_number, width=188),
        Column("当事人", lambda row: row.told.party.name_masked, width=120),
        Column("事项或案由", lambda row: row.told.matter),
        Column("导出", lambda row: f"{row.exported_on:%m-%d}" if row.exported_on else "—", width=64),
    ]


def _standing_words(row: PublicityRow) -> str:
    word = PUBLICITY_STANDINGS[row.standing]
    return f"{word} 已超期" if row.light == "over_statutory" else word


def _next_words(row: PublicityRow) -> str:
    return _due(row.due_on) if row.light else "—"


def _due(day: date | None) -> str:
    return day_words(day) if day else "待定"
