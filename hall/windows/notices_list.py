"""The messages that wait for somebody (提醒), as a list that any staff window can hold."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.rules.lights import Light
from hall.rules.supervision_words import NOTICE_KINDS
from hall.services.subject_notices import NoticeView
from hall.services.supervision_front import SupervisionFront
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.style import muted
from hall.windows.kit.tables import Column, Table
from hall.windows.kit.work import Work

LIGHTS: Mapping[str, Light] = {
    "due": "warning",
    "warning": "warning",
    "supplement": "warning",
    "renewal": "warning",
    "missed": "over_statutory",
    "card": "over_statutory",
}
"""What presses is seen before it is read."""
TOPICS = {"notice", "*"}
"""Changes after which the window that holds it calls `reload`."""


class NoticesList(QWidget):
    """Reads itself. `counted` carries how many wait, `chosen` the message whose subject is wanted (Enter)."""

    counted = Signal(int)
    chosen = Signal(object)

    def __init__(self, front: SupervisionFront, work: Work) -> None:
        super().__init__()
        self._front, self._work = front, work
        self.table = _table()
        self.see_button = hotkeys.hotkey_button(hotkeys.SEE_NOTICE, self._see)
        self.see_all_button = hotkeys.hotkey_button(hotkeys.SEE_ALL_NOTICES, self._see_all)
        for button in (self.see_button, self.see_all_button):
            button.setAutoDefault(False)  # in a box Enter belongs to the list
        self.table.chosen.connect(self.chosen)
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self.see_button)
        row.addWidget(self.see_all_button)
        row.addStretch(1)
        row.addWidget(muted("Enter 打开这一项"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.show_notices(())

    @Slot()
    def reload(self) -> None:
        """Read what waits."""
        self._work.read(self._front.notices, self.show_notices, words="正在载入提醒…")

    def show_notices(self, notices: tuple[NoticeView, ...]) -> None:
        """Other messages."""
        self.table.show_rows(notices)
        if self.table.current_row is None and notices:
            self.table.select(notices[0].notice_id)
        self.see_button.setEnabled(bool(notices))
        self.see_all_button.setEnabled(bool(notices))
        self.counted.emit(len(notices))

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.table.setFocus()

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return (self.table.as_sheet("提醒"),)

    @Slot()
    def _see(self) -> None:
        row = self.table.current_row
        if row is not None:
            self._put_away((row.notice_id,))

    @Slot()
    def _see_all(self) -> None:
        self._put_away(tuple(row.notice_id for row in self.table.rows))

    def _put_away(self, notice_ids: tuple[int, ...]) -> None:
        self._work.write(lambda: self._front.see(notice_ids), lambda _: self.reload(), words="正在登记…")


def _table() -> Table[NoticeView]:
    return Table[NoticeView](
        [
            Column("时间", lambda row: f"{hall_time(row.at):%m-%d %H:%M}", width=112, order=lambda row: row.at),
            Column(
                "类别",
                lambda row: NOTICE_KINDS.get(row.kind, row.kind),
                width=116,
                light=lambda row: LIGHTS.get(row.kind),
            ),
            Column("内容", lambda row: row.text),
        ],
        lambda row: row.notice_id,
        empty="没有新的提醒。快到期和逾期的事项、督办、催办和异常会列在这里。",
    )
