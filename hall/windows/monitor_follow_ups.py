"""The monitor's third page: follow-ups of bad ratings (差评回访) with their due days, closed with what came of them."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from hall.clock import Clock, business_date, hall_time
from hall.services.rating_follow_ups import FollowUpView
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.phrases import person_words
from hall.words import RATING_LEVELS


class FollowUpPage(QWidget):
    """`close_wanted` carries the follow-up's key and what came of it."""

    close_wanted = Signal(int, str)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.table = self._table()
        self.outcome = QLineEdit()
        self.outcome.setPlaceholderText("写明联系情况和处理结果，不写电话和证件号码")
        self.outcome.setAccessibleName("回访结果")
        self.outcome.returnPressed.connect(self._close)
        self.button = hotkeys.hotkey_button(hotkeys.CLOSE_FOLLOW_UP, self._close)
        self.table.current.connect(self._chosen)
        self.table.chosen.connect(self.outcome.setFocus)
        self._lay_out()
        self._chosen(None)

    def show_follow_ups(self, follow_ups: tuple[FollowUpView, ...]) -> None:
        """The open ones, the most urgent first."""
        self.table.show_rows(follow_ups)
        if self.table.current_row is None and follow_ups:
            self.table.select(follow_ups[0].follow_up_id)
        self._chosen(self.table.current_row)

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.table.setFocus()

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return (self.table.as_sheet("差评回访"),)

    def closed(self) -> None:
        """The outcome is kept: the field is for the next one."""
        self.outcome.clear()
        self.table.setFocus()

    @Slot()
    def _close(self) -> None:
        row = self.table.current_row
        if row is not None:
            self.close_wanted.emit(row.follow_up_id, self.outcome.text())

    @Slot(object)
    def _chosen(self, row: FollowUpView | None) -> None:
        self.button.setEnabled(row is not None)
        self.outcome.setEnabled(row is not None)

    def _table(self) -> Table[FollowUpView]:
        return Table[FollowUpView](
            [
                Column("到期", self._due_words, width=170, order=_due_order, light=self._due_light),
                Column("评价", lambda row: RATING_LEVELS[row.level], width=104, order=lambda row: row.level),
                Column("评价时间", lambda row: f"{hall_time(row.rated_at):%Y-%m-%d %H:%M}", width=148),
                Column("号", lambda row: row.ticket_code, width=72),
                Column("事项", lambda row: row.matter_name),
                Column("窗口", lambda row: str(row.counter_number), "right", 56, lambda row: row.counter_number),
                Column("人员", lambda row: row.clerk or "—", width=84),
                Column("评价人", lambda row: person_words(row.applicant) if row.applicant else "—", width=220),
            ],
            lambda row: row.follow_up_id,
            empty="没有要办的差评回访。有人评“不满意”或“非常不满意”后，这里列出回访和到期日。",
        )

    def _due_words(self, row: FollowUpView) -> str:
        if row.due_on is None:
            return f"待定（{row.pending}）"
        days = (row.due_on - business_date(self._clock.now())).days
        words = "今天到期" if days == 0 else f"还有 {days} 天" if days > 0 else f"已过 {-days} 天"
        return f"{row.due_on.isoformat()} {words}"

    def _due_light(self, row: FollowUpView) -> str:
        if row.due_on is None:
            return "pending"
        days = (row.due_on - business_date(self._clock.now())).days
        return "normal" if days > 0 else "today" if days == 0 else "over_statutory"

    def _lay_out(self) -> None:
        words = QLabel("回访结果")
        set_role(words, "muted")
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        row.addWidget(words)
        row.addWidget(self.outcome, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.table, 1)
        column.addLayout(row)


def _due_order(row: FollowUpView) -> date:
    return row.due_on or date.max
