"""咨询: questions entered with or without their answer, and what still waits for one (首问责任)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from hall.rules.catalogue import Matter
from hall.services.enquiries import Caller, EnquiryView
from hall.services.front import Front
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import Form
from hall.windows.kit.frame import Frame
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.kit.work import Work
from hall.windows.number_checks import phone_fault

KEYS = "Enter 下一项　Ctrl+Enter 登记咨询　Ctrl+B 答复　Ctrl+Q 转办　Esc 返回"
FORM_WIDTH = 400


class EnquiryPage(QWidget):
    """On the left a new question, on the right those that wait, what is due first on top."""

    def __init__(self, front: Front, frame: Frame, work: Work) -> None:
        super().__init__()
        self._front = front
        self._frame = frame
        self._work = work
        self.form = self._form()
        self.waiting = Table[EnquiryView](
            _columns(), lambda row: row.enquiry_id, empty="没有等答复的咨询。没有当场答复的，登记后列在这里。"
        )
        self.question = QLabel()
        self.answer = QLineEdit()
        self.answer.setPlaceholderText("答复内容，不写电话和证件号码")
        self.answer.setAccessibleName("答复")
        self.colleague = QComboBox()
        self.colleague.setAccessibleName("转给")
        self.enter_button = hotkeys.hotkey_button(hotkeys.ENTER_ENQUIRY, self.form.submit)
        self.answer_button = hotkeys.hotkey_button(hotkeys.ANSWER_ENQUIRY, self._answer)
        self.hand_button = hotkeys.hotkey_button(hotkeys.HAND_OVER_ENQUIRY, self._hand_over)
        self.form.submitted.connect(self._enter)
        self.waiting.current.connect(self._show_question)
        self.waiting.chosen.connect(lambda _: self.answer.setFocus())
        self.answer.returnPressed.connect(self._answer)
        self._lay_out()
        self._show_question(None)
        hotkeys.HotkeysFirst(self, hotkeys.WINDOWS["counter"])

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """The catalogue in force."""
        self.form.set_choices("matter", {"": "不涉及具体事项", **{each.code: each.name for each in matters}})

    def begin(self) -> None:
        """At a new question; what waits is read again."""
        self.form.focus("question")
        self.reload()
        self._work.read(self._front.enquiries.colleagues, self._show_colleagues, words="正在载入人员…")

    @Slot()
    def reload(self) -> None:
        """What waits now."""
        self._work.read(self._front.enquiries.open, self._show, words="正在载入咨询…")

    def _show(self, waiting: tuple[EnquiryView, ...]) -> None:
        self.waiting.show_rows(waiting)
        if self.waiting.current_row is None and waiting:
            self.waiting.select(waiting[0].enquiry_id)
        self._show_question(self.waiting.current_row)

    def _show_colleagues(self, colleagues: tuple[tuple[int, str], ...]) -> None:
        chosen = self.colleague.currentData()
        self.colleague.clear()
        for account_id, name in colleagues:
            self.colleague.addItem(name, account_id)
        self.colleague.setCurrentIndex(max(self.colleague.findData(chosen), 0))

    @Slot()
    def _enter(self) -> None:
        form = self.form
        name, phone = form.text("name"), form.text("phone")
        if phone and not name:
            form.refuse("name", "留了电话，请写明怎么称呼。")
            return
        enter = partial(
            self._front.enquiries.enter,
            form.text("question"),
            matter_code=form.text("matter"),
            caller=Caller(name, phone) if name else None,
            answer=form.text("answer"),
        )
        words = "已登记并答复。" if form.text("answer") else "已登记，请按期答复。"
        self._do(enter, words, then=form.clear)

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
            self.reload()

        self._work.write(act, done, words="正在保存…")

    @Slot(object)
    def _show_question(self, row: EnquiryView | None) -> None:
        self.question.setText(_told_in_full(row) if row else "")
        for part in (self.answer, self.colleague, self.answer_button, self.hand_button):
            part.setEnabled(row is not None)

    def _form(self) -> Form:
        form = Form()
        form.add_note("question", "咨询问题", required=True, hint="不写电话和证件号码")
        form.add_choice("matter", "事项", {"": "不涉及具体事项"})
        form.add_text("name", "怎么称呼", hint="要回复时填，可不填")
        form.add_text("phone", "电话", check=phone_fault, hint="可不填")
        form.add_note("answer", "当场答复", hint="当场没有答复的，空着")
        return form

    def _lay_out(self) -> None:
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.enter_button, "primary")
        left, right = _card("登记咨询"), _card("等答复的咨询")
        left.setMaximumWidth(FORM_WIDTH)
        column, list_column = left.layout(), right.layout()
        assert isinstance(column, QVBoxLayout)
        assert isinstance(list_column, QVBoxLayout)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addWidget(self.enter_button)
        list_column.addWidget(self.waiting, 1)
        list_column.addWidget(self.question)
        list_column.addLayout(_line(self.answer, self.answer_button))
        list_column.addLayout(_line(self.colleague, self.hand_button, title="转给"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SNUG)
        row.addWidget(left, 2)
        row.addWidget(right, 3)


def _card(title: str) -> QWidget:
    card, heading = QWidget(), QLabel(title)
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    set_role(card, "card")
    set_role(heading, "heading")
    column = QVBoxLayout(card)
    column.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
    column.setSpacing(tokens.TIGHT)
    column.addWidget(heading)
    return card


def _line(field: QWidget, button: QWidget, *, title: str = "答复") -> QHBoxLayout:
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
