"""等答复的咨询: questions that wait for their answer, answered or handed over here (首问责任)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from hall.services.enquiries import EnquiryView
from hall.services.front import Front
from hall.windows.counter_request_form import RequestCard
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.frame import Frame
from hall.windows.kit.style import muted
from hall.windows.kit.tables import Column, Table
from hall.windows.kit.work import Work


class WaitingEnquiries(RequestCard):
    """What is due first on top. `counted` says how many wait."""

    counted = Signal(int)

    def __init__(self, front: Front, frame: Frame, work: Work) -> None:
        super().__init__("等答复的咨询")
        self._front = front
        self._frame = frame
        self._work = work
        self.waiting = Table[EnquiryView](
            _columns(), lambda row: row.enquiry_id, empty="没有等答复的咨询。没有当场答复的，登记后列在这里。"
        )
        self.question = QLabel()
        self.answer = QLineEdit()
        self.answer.setPlaceholderText("答复内容，不写电话和证件号码")
        self.answer.setAccessibleName("答复")
        self.colleague = QComboBox()
        self.colleague.setAccessibleName("转给")
        self.answer_button = hotkeys.hotkey_button(hotkeys.ANSWER_ENQUIRY, self._answer)
        self.hand_button = hotkeys.hotkey_button(hotkeys.HAND_OVER_ENQUIRY, self._hand_over)
        self.waiting.current.connect(self._show_question)
        self.waiting.chosen.connect(lambda _: self.answer.setFocus())
        self.answer.returnPressed.connect(self._answer)
        self._lay_out()
        self._show_question(None)

    def begin(self) -> None:
        """At the list."""
        self.waiting.setFocus()

    @Slot()
    def reload(self) -> None:
        """What waits now."""
        self._work.read(self._front.enquiries.open, self._show, words="正在载入咨询…")

    def show_colleagues(self, colleagues: tuple[tuple[int, str], ...]) -> None:
        """To whom one can hand over."""
        chosen = self.colleague.currentData()
        self.colleague.clear()
        for account_id, name in colleagues:
            self.colleague.addItem(name, account_id)
        self.colleague.setCurrentIndex(max(self.colleague.findData(chosen), 0))

    def _show(self, waiting: tuple[EnquiryView, ...]) -> None:
        self.waiting.show_rows(waiting)
        if self.waiting.current_row is None and waiting:
            self.waiting.select(waiting[0].enquiry_id)
        self._show_question(self.waiting.current_row)
        self.counted.emit(len(waiting))

    @Slot()
    def _answer(self) -> None:
        row = self.waiting.current_row
        if row is not None:
            answer = partial(self._front.enquiries.answer, row.enquiry_id, self.answer.text())
            self._do(answer, "已答复。", then=self.answer.clear)

    @Slot()
    def _hand_over(self) -> None:
        row, colleague = self.waiting.current_row, self.colleague.currentData()
        if row is not None and colleague is not None:
            hand_over = partial(self._front.enquiries.hand_over, row.enquiry_id, colleague)
            self._do(hand_over, f"已转给{self.colleague.currentText()}，期限不变。")

    def _do(self, act: Callable[[], object], words: str, *, then: Callable[[], None] | None = None) -> None:
        def done(_: object) -> None:
            if then is not None:
                then()
            self._frame.message.say(words, "success")
            self.begin()
            self.reload()

        self._work.write(act, done, words="正在保存…")

    @Slot(object)
    def _show_question(self, row: EnquiryView | None) -> None:
        self.question.setText(_told_in_full(row) if row else "")
        for part in (self.answer, self.colleague, self.answer_button, self.hand_button):
            part.setEnabled(row is not None)

    def _lay_out(self) -> None:
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(self.waiting, 1)
        self.column.addWidget(self.question)
        self.column.addLayout(_line("答复", self.answer, self.answer_button))
        self.column.addLayout(_line("转给", self.colleague, self.hand_button))


def _line(title: str, field: QWidget, button: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.TIGHT)
    row.addWidget(muted(title))
    row.addWidget(field, 1)
    row.addWidget(button)
    return row


def _columns() -> list[Column[EnquiryView]]:
    return [
        Column("到期", _due_words, width=88, light=lambda row: "over_statutory" if row.late else "normal"),
        Column("问题", lambda row: row.question),
        Column("咨询人", lambda row: row.caller_masked or "—", width=72),
        Column("承办", lambda row: row.holder_name, width=72),
    ]


def _told_in_full(row: EnquiryView) -> str:
    """The question, and who asks about what."""
    about = "　".join(part for part in (row.matter_name, row.caller_masked, row.phone_masked) if part)
    return f"{row.question}\n{about}" if about else row.question


def _due_words(row: EnquiryView) -> str:
    return f"{row.due_on:%m-%d}" if row.due_on else "待定"
