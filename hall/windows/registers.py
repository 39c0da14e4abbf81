"""登记簿: one shared list and one shared form for every register that registers.toml declares."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from hall.rules.cards import Card
from hall.rules.registers import Register, concerns
from hall.services.case_reading import DocumentView
from hall.services.register_reading import EntryRow, Wanted, register_sheet
from hall.services.tables_export import SheetTable
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, RowDeed
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.phrases import day_words
from hall.windows.register_panels import ClosePanel, CorrectPanel, EntryPanel, VoidPanel
from hall.windows.unmask_panel import UnmaskPanel
from hall.words import REGISTER_STANDINGS

DEEDS = (
    RowDeed[EntryRow]("close", "办结", "register.close", ClosePanel),
    RowDeed[EntryRow]("correct", "更正", "register.enter"),
    RowDeed[EntryRow]("print", "出登记单", "register.enter"),
    RowDeed[EntryRow]("void", "作废", "register.void", VoidPanel),
    RowDeed[EntryRow]("unmask", "看完整信息", "person.unmask"),
)
ALL = {"": "全部登记簿"}
EMPTY = "这里没有登记。F2 登记第一条；Ctrl+F 换一本登记簿，Alt+0 看已了结的。"
EMPTY_WAITING = "没有等待办结的事项。有期限的登记到期前在这里提醒。"
PRESSING = {"over_statutory", "today", "warning"}


class RegisterPage(DeedListPage[EntryRow]):
    """What both pages do with an entry."""

    def __init__(self, tools: PageTools, title: str, listed: ListOf[EntryRow]) -> None:
        self.correct_panels: dict[str, CorrectPanel] = {}
        super().__init__(tools, title, listed)
        self.unmasking = UnmaskPanel(tools.front, tools.work)
        self._staff: tuple[str, ...] = ()
        tools.work.quietly(tools.front.registers.staff, self._show_staff, owner=self)

    def acts(self, row: EntryRow) -> Sequence[str]:
        """What the entry allows; whoever it is about can be seen in full with a reason."""
        return (*row.acts, *(("unmask",) if row.person is not None else ()))

    def document_of(self, row: EntryRow) -> DocumentView | None:
        """The newest sheet of the entry."""
        return row.document

    def open_row(self, name: str, row: EntryRow) -> None:
        """更正 with the form of the row's register; 出登记单 at once; 看完整信息."""
        if name == "correct":
            panel = self._correct_panel(row.register)
            panel.ask(row)
            self.side.open(panel)
        elif name == "unmask" and row.person is not None:
            self.unmasking.show_person(row.person.id)
            self.side.open(self.unmasking)
        elif name == "print":
            front = self._tools.front.registers
            self.run_now(lambda: f"登记单 {front.print_sheet(row.entry_id).number} 正在打印。", words="正在出登记单…")

    def name_staff(self, names: tuple[str, ...]) -> None:
        """Whom the open forms offer."""
        for panel in self.correct_panels.values():
            panel.fields.name_staff(names)

    @Slot(object)
    def _show_staff(self, names: tuple[str, ...]) -> None:
        self._staff = names
        self.name_staff(names)

    def _correct_panel(self, register: Register) -> CorrectPanel:
        if register.code not in self.correct_panels:
            panel = CorrectPanel(self._tools, register)
            panel.fields.name_staff(self._staff)
            self._follow(panel)
            self.correct_panels[register.code] = panel
        return self.correct_panels[register.code]


class EntriesPage(RegisterPage):
    """One register at a time, chosen above the list; the form follows it."""

    def __init__(self, tools: PageTools) -> None:
        self.declared = {each.code: each for each in tools.front.registers.declared()}
        self.entry_panels: dict[str, EntryPanel] = {}
        super().__init__(
            tools,
            "登记簿",
            ListOf[EntryRow](
                columns=_columns(),
                key=lambda row: row.entry_id,
                facts=facts_of,
                empty=EMPTY,
                nothing="没有选中的登记",
                new=(NewDeed("enter", "登记", "register.enter"),),
                deeds=DEEDS,
                search="编号、内容、姓名、证件号码、案号",
                choices={**{each.code: f"{each.group}　{each.name}" for each in self.declared.values()}, **ALL},
                closed=True,
            ),
        )
        assert self.choice is not None
        self.choice.setMaxVisibleItems(len(self.declared) + 1)
        self.choice.currentIndexChanged.connect(self._offer)
        self._offer()

    @property
    def register(self) -> Register | None:
        """The register that is chosen; None for all of them."""
        return self.declared.get(self.asked.choice)

    def read(self, asked: Asked) -> tuple[EntryRow, ...]:
        """The newest entries."""
        return self._tools.front.registers.entries(Wanted(asked.choice, asked.text, asked.closed))

    def open_new(self, name: str) -> None:
        """登记 with the form of the chosen register."""
        register = self.register
        assert register is not None
        panel = self._entry_panel(register)
        panel.ask_new()
        self.side.open(panel)

    def name_staff(self, names: tuple[str, ...]) -> None:
        """The forms of new entries, too."""
        super().name_staff(names)
        for panel in self.entry_panels.values():
            panel.fields.name_staff(names)

    def take_card(self, card: Card) -> None:
        """Whom the open form is about."""
        panel = self.side.panel
        if isinstance(panel, EntryPanel | CorrectPanel):
            panel.fields.take_card(card)

    def sheets(self) -> tuple[SheetTable, ...]:
        """One register with a column for each of its fields; all of them as they are listed."""
        register = self.register
        return super().sheets() if register is None else (register_sheet(register, self.list.table.rows),)

    @Slot()
    def _offer(self) -> None:
        """登记 is there where one register is chosen, and left to the actor."""
        register, roles = self.register, self._tools.front.actor.roles
        for button in self.new_buttons.values():
            button.setEnabled(register is not None and concerns(register.enter_by, roles))

    def _entry_panel(self, register: Register) -> EntryPanel:
        if register.code not in self.entry_panels:
            panel = EntryPanel(self._tools, register)
            panel.fields.name_staff(self._staff)
            self._follow(panel)
            self.entry_panels[register.code] = panel
        return self.entry_panels[register.code]


class WaitingPage(RegisterPage):
    """What waits for its result in every register, the most pressing first; the number on the tab presses."""

    def __init__(self, tools: PageTools) -> None:
        name: Column[EntryRow] = Column("登记簿", lambda row: row.register.name, width=150)
        super().__init__(
            tools,
            "到期事项",
            ListOf[EntryRow](
                columns=(_due(), name, *_columns()[:1], Column("事项", lambda row: row.title)),
                key=lambda row: row.entry_id,
                facts=facts_of,
                empty=EMPTY_WAITING,
                nothing="没有选中的事项",
                deeds=DEEDS,
            ),
        )

    def read(self, asked: Asked) -> tuple[EntryRow, ...]:
        """All that is open."""
        return self._tools.front.registers.waiting()

    def counts(self, row: EntryRow) -> bool:
        """Due soon or over."""
        return row.light in PRESSING


def facts_of(row: EntryRow) -> tuple[str, Facts]:
    """Everything of an entry, masked."""
    person, wanted = row.person, row.register.of_kind("person")
    facts = [("编号", row.number), ("登记簿", row.register.name), ("日期", day_words(row.day))]
    for each in row.register.fields:
        if each is wanted and person is not None:
            told = "　".join(part for part in (person.name_masked, person.id_masked, person.phone_masked) if part)
            facts.append((each.label, told))
        else:
            facts.append((each.label, row.values.get(each.key, "")))
    facts.extend(_end_of(row))
    facts.extend((("登记人", row.entered_by), ("依据", row.register.basis)))
    return row.title, facts


def _end_of(row: EntryRow) -> list[tuple[str, str]]:
    closing = row.register.closing
    return [
        ("状态", REGISTER_STANDINGS[row.standing]),
        ("期限", day_words(row.due_on) if row.due_on is not None and not row.register.due_field else ""),
        (closing.words if closing is not None else "结果", row.result),
        ("办结", f"{row.closed_on}　{row.closed_by}" if row.closed_on is not None else ""),
        ("更正", f"本条更正 {row.corrects}" if row.corrects else ""),
        ("更正为", row.corrected_by),
        ("作废原因", row.voided_why),
    ]


def _due() -> Column[EntryRow]:
    return Column("期限", _day, width=124, light=lambda row: row.light)


def _day(row: EntryRow) -> str:
    if row.due_on is None:
        return "待定" if row.standing == "open" and row.register.due_days is not None else ""
    return row.due_on.isoformat()


def _columns() -> tuple[Column[EntryRow], ...]:
    return (
        Column("编号", lambda row: row.number, width=190),
        Column("日期", lambda row: row.day.isoformat(), width=100),
        Column("名称", lambda row: row.title),
        Column("内容", lambda row: row.summary),
        _due(),
        Column("状态", lambda row: REGISTER_STANDINGS[row.standing], width=72),
    )


PAGES = PagesOf(
    "登记簿",
    (
        PageOf("登记簿", "register.read", EntriesPage),
        PageOf("到期事项", "register.read", WaitingPage),
    ),
    frozenset({"register"}),
)
