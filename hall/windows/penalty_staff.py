"""执法人员: whose certificate is valid and until when, who is an auxiliary only, and who stays away from whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hall.clock import business_date
from hall.services.penalty_staff import CertificateView, ConflictView
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.tables import Column, Table
from hall.windows.pages import PageTools
from hall.windows.penalty_staff_panels import (
    CertificatePanel,
    ConflictPanel,
    EndConflictPanel,
    StaffPanel,
    ValidityPanel,
)
from hall.windows.penalty_tools import PenaltyPage
from hall.windows.phrases import day_words

DEEDS = ((hotkeys.CHANGE_VALIDITY, "validity"), (hotkeys.END_CONFLICT, "end"))
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One of both, as of a day."""

    today: date
    certificate: CertificateView | None = None
    conflict: ConflictView | None = None

    @property
    def key(self) -> int:
        """Of its own among both: below zero for a conflict."""
        if self.certificate is not None:
            return self.certificate.id
        return -self._conflict.id

    @property
    def acts(self) -> tuple[str, ...]:
        """What may be done with it."""
        if self.certificate is not None:
            return ("validity",)
        return ("end",) if self.lasts else ()

    @property
    def light(self) -> str | None:
        """How soon a certificate ends; a conflict and an auxiliary's card never press."""
        if self.certificate is None or self.certificate.helper:
            return "paused"
        if not self.certificate.valid:
            return "over_statutory"
        return "warning" if self.certificate.valid_to <= self.today + SOON else "normal"

    @property
    def standing(self) -> str:
        """The same in words."""
        if self.certificate is None:
            return "回避" if self.lasts else "回避已终止"
        if self.certificate.helper:
            return "协管人员"
        return {"over_statutory": "已失效", "warning": "将到期"}.get(self.light or "", "有效")

    @property
    def lasts(self) -> bool:
        """Whether a conflict keeps somebody away today or later."""
        return self._conflict.until_day is None or self._conflict.until_day >= self.today

    @property
    def _conflict(self) -> ConflictView:
        assert self.conflict is not None
        return self.conflict


class StaffPage(PenaltyPage):
    """The number on its tab is how many certificates have ended or end within two months."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "执法人员")
        self._certificates: tuple[CertificateView, ...] = ()
        self._conflicts: tuple[ConflictView, ...] = ()
        self.list = ListPage[StaffLine](
            Table[StaffLine](
                _columns(),
                lambda line: line.key,
                empty="没有登记执法证件。F3 登记两名以上执法人员的证件，才能登记处罚案件。",
            ),
            deeds=DEEDS,
            facts=_facts,
            allowed=lambda line: line.acts,
            nothing="没有选中的人员",
        )
        self.list.setAccessibleName("执法人员")
        self.certificate, self.validity = CertificatePanel(tools), ValidityPanel(tools)
        self.conflict, self.end = ConflictPanel(tools), EndConflictPanel(tools)
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.list.begin()

    @Slot()
    def reload(self) -> None:
        """Read certificates and conflicts again."""
        front, work = self._tools.front.penalty_cases, self._tools.work
        work.quietly(front.certificates, self._show_certificates, owner=self)
        work.quietly(front.conflicts, self._show_conflicts, owner=self)

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return self.list.sheets()

    def _show_certificates(self, rows: tuple[CertificateView, ...]) -> None:
        self._certificates = rows
        self._show()
        self.select_wanted(self.list.table)

    def _show_conflicts(self, rows: tuple[ConflictView, ...]) -> None:
        self._conflicts = rows
        self._show()

    def _show(self) -> None:
        today = business_date(self._tools.front.clock.now())
        lines = (
            *(StaffLine(today, certificate=row) for row in self._certificates),
            *(StaffLine(today, conflict=row) for row in self._conflicts),
        )
        self.list.show_rows(lines, lambda line: line.key)
        self.counted.emit(sum(line.light in {"warning", "over_statutory"} for line in lines))

    @Slot(str, object)
    def _deed(self, act: str, line: StaffLine) -> None:
        if act == "validity" and line.certificate is not None:
            self.validity.ask(line.certificate)
            self.side.open(self.validity)
        elif line.conflict is not None:
            self.end.ask(line.conflict)
            self.side.open(self.end)

    @Slot()
    def _enter_certificate(self) -> None:
        self.certificate.ask_new()
        self.side.open(self.certificate)

    @Slot()
    def _enter_conflict(self) -> None:
        self.conflict.ask_new()
        self.side.open(self.conflict)

    @Slot()
    def _conflict_wanted(self) -> None:
        if self.conflict.ready():
            self.run(self.conflict, self.conflict.deed())

    def _connect(self) -> None:
        self.list.deed_wanted.connect(self._deed)
        self.conflict.submitted.connect(self._conflict_wanted)
        panels: tuple[StaffPanel, ...] = (self.certificate, self.validity, self.end)
        for panel in panels:
            panel.submitted.connect(lambda panel=panel: self.run(panel, panel.deed()))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        row.addWidget(hotkeys.hotkey_button(hotkeys.ENTER_CERTIFICATE, self._enter_certificate))
        row.addWidget(hotkeys.hotkey_button(hotkeys.ENTER_CONFLICT, self._enter_conflict))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(row)
        column.addWidget(self.list, 1)


def _columns() -> list[Column[StaffLine]]:
    return [
        Column("情况", lambda line: line.standing, width=124, light=lambda line: line.light),
        Column("姓名", _name, width=96),
        Column("证号、对谁回避", _about),
        Column("有效期至", _until_words, width=124, order=_until),
    ]


def _name(line: StaffLine) -> str:
    return line.certificate.name if line.certificate else line.conflict.name if line.conflict else ""


def _about(line: StaffLine) -> str:
    if line.certificate is not None:
        return line.certificate.number
    return f"{line.conflict.party_masked}（{line.conflict.reason}）" if line.conflict else ""


def _until(line: StaffLine) -> date:
    if line.certificate is not None:
        return line.certificate.valid_to
    return line.conflict.until_day or date.max if line.conflict else date.max


def _until_words(line: StaffLine) -> str:
    until = _until(line)
    return "一直" if until == date.max else str(until)


def _facts(line: StaffLine) -> tuple[str, Facts]:
    if line.certificate is not None:
        row = line.certificate
        span = f"{day_words(row.valid_from)} 至 {day_words(row.valid_to)}"
        account = row.login or "不在本系统登录"
        kind = "协管人员，不能作为执法人员" if row.helper else "执法人员"
        return row.name, (("证号", row.number), ("种类", kind), ("有效期", span), ("账号", account))
    conflict = line.conflict
    assert conflict is not None
    until = day_words(conflict.until_day) if conflict.until_day else "一直有效"
    return f"{conflict.name}回避", (
        ("对谁", conflict.party_masked),
        ("关系", conflict.reason),
        ("自", day_words(conflict.from_day)),
        ("至", until),
        ("依据", "行政处罚法第四十三条"),
    )
