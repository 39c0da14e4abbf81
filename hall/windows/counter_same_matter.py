"""同一件事: what is already there of a matter, beside the form; one of it is joined, or a reason says it is another."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy

from hall.services.request_matters import SameMatter
from hall.windows.counter_request_form import RequestCard
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.words import REQUEST_STATES

TITLE = "已有的同一件事"
FOUND = "{count} 件：按 Enter 并入选中的，或者在下面写明是另一件事的理由"
OVER = "{count} 件，都已办结，不用并入"
JOINED = "✓ 并入 {number} 一并答复；再按 Enter 取消"
NOTHING = "没有发现同一件事的诉求。"


class SameMatters(RequestCard):
    """`joined` after somebody chose to join, or not to."""

    joined = Signal()

    def __init__(self) -> None:
        super().__init__(TITLE)
        self._join_to: SameMatter | None = None
        self.words, self.why = QLabel(NOTHING), QLineEdit()
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.why.setPlaceholderText("确属另一件事的理由")
        self.why.setAccessibleName("确属另一件事的理由")
        self.table = Table[SameMatter](_columns(), lambda row: row.request_id, empty="", sortable=False)
        self.table.setAccessibleName(TITLE)
        self.table.horizontalHeader().hide()  # a day, words, a state: room for another row
        self.table.chosen.connect(self._choose)
        for widget in (self.words, self.table, self.why):
            self.column.addWidget(widget, 100 * int(widget is self.table))
        self.column.addStretch(1)
        self.show_found(())

    @property
    def join_to(self) -> SameMatter | None:
        """The request that this one is joined to."""
        return self._join_to

    @property
    def apart_why(self) -> str:
        """Why it is another matter."""
        return self.why.text().strip() if self._join_to is None else ""

    @property
    def is_open(self) -> bool:
        """Whether something was found that can be joined, and nothing said about it yet."""
        return self._join_to is None and not self.apart_why and any(row.can_join for row in self.table.rows)

    def begin(self) -> None:
        """To the list."""
        self.table.setFocus()

    def forget(self) -> None:
        """For the next request."""
        self._join_to = None
        self.why.clear()
        self.show_found(())

    def show_found(self, found: tuple[SameMatter, ...]) -> None:
        """What is there now; what was chosen stays while it is among it."""
        self.table.show_rows(found)
        if found and self.table.current_row is None:
            self.table.select(found[0].request_id)
        if self._join_to is not None and self._join_to.request_id not in {row.request_id for row in found}:
            self._join_to = None
        self.table.setVisible(bool(found))
        self.why.setVisible(any(row.can_join for row in found))
        self._tell()

    @Slot(object)
    def _choose(self, row: SameMatter) -> None:
        """Enter: join this one, or no longer."""
        if not row.can_join:
            return
        undone = self._join_to is not None and self._join_to.request_id == row.request_id
        self._join_to = None if undone else row
        self._tell()
        self.joined.emit()

    def _tell(self) -> None:
        count = len(self.table.rows)
        if self._join_to is not None:
            self.words.setText(JOINED.format(number=self._join_to.number))
        else:
            found = FOUND if any(row.can_join for row in self.table.rows) else OVER
            self.words.setText(found.format(count=count) if count else NOTHING)
        set_role(self.words, "good" if self._join_to is not None else "lacking" if count else "muted")
        self.why.setEnabled(self._join_to is None)


def _columns() -> list[Column[SameMatter]]:
    return [
        Column("登记", lambda row: f"{row.received_on:%m-%d}", width=68),
        Column("诉求", lambda row: row.subject),
        Column("进度", lambda row: REQUEST_STATES[row.state], width=84),
        Column("相同", lambda row: row.why, width=150),
    ]
