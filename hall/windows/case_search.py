"""查询: one line for every number and for the scanner; one case opens, several are listed."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.cards import Card
from hall.rules.identity import mask_name
from hall.services.case_finding import MOST, FoundCase, found_case
from hall.services.case_reading import CaseView
from hall.services.front import Front
from hall.services.receipts import VerifiedReceipt
from hall.windows.kit import tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.frame import Frame
from hall.windows.kit.style import set_look, set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.kit.work import Work
from hall.windows.receipt_scans import ReceiptScans, is_receipt_code
from hall.words import CASE_STATES

HINT = "编号、序号（118 或 2025-118）、号票号（A017）、身份证号、信用代码、电话、姓名；也可扫描凭证二维码或刷身份证"
EMPTY = "输入编号、证件号码、电话或姓名后按 Enter，或扫描收件凭证上的二维码；找到一件直接打开，多件列在这里。"


class CaseSearch(QWidget):
    """`chosen` carries a CaseView and what is known of how it was found (核验通过)."""

    chosen = Signal(object, str)

    def __init__(self, front: Front, frame: Frame, work: Work) -> None:
        super().__init__()
        self._front = front
        self._frame = frame
        self._work = work
        self.line = QLineEdit()
        self.line.setPlaceholderText(HINT)
        self.line.setAccessibleName("查询")
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._forget_refusal)
        self._refusal = QLabel()
        self._refusal.setWordWrap(True)
        set_role(self._refusal, "wrong")
        self._refusal.setMinimumHeight(tokens.BASE)
        self.found = Table[FoundCase](_columns(), lambda row: row.case_id, empty=EMPTY)
        self.found.chosen.connect(self._choose)
        self.scans = ReceiptScans(front, frame, work)
        self.scans.checked.connect(self._show_verified)
        self.scans.refused.connect(self._refuse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HAIR)
        for widget in (self.line, self._refusal):
            column.addWidget(widget)
        column.addWidget(self.found, 1)

    @property
    def refusal(self) -> str:
        """Why nothing was found."""
        return self._refusal.text()

    def begin(self) -> None:
        """Ask for the next number."""
        self.line.setFocus()
        self.line.selectAll()

    def show_cases(self, cases: tuple[CaseView, ...]) -> None:
        """List cases that were found elsewhere, e.g. the history of an applicant."""
        self.line.clear()
        self._forget_refusal()
        self._list(tuple(map(found_case, cases)))

    def find_person(self, card: Card) -> None:
        """The cases of whoever laid down a card; the number is not shown."""

        def found(cases: tuple[CaseView, ...]) -> None:
            self.show_cases(cases)
            if not cases:
                self._frame.message.say(f"{mask_name(card.name)} 没有历史办件。")

        self._work.read(partial(self._front.history, card.id_number), found, words="正在查历史办件…")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter searches; scanners type it after the code."""
        if watched is self.line and is_plain_enter(event):
            self.search()
            return True
        return super().eventFilter(watched, event)

    def search(self) -> None:
        """Find what is in the line."""
        text = self.line.text().strip()
        if not text:
            return
        if is_receipt_code(text):
            self.scans.check(text)
        else:
            find = partial(self._front.find_cases, text)
            self._work.read(find, self._show, words="正在查找…", on_failed=self._refuse)

    def _show_verified(self, receipt: VerifiedReceipt, words: str) -> None:
        """Open the case; where there is none here, the verdict stands below the line."""
        self._forget_refusal()
        if receipt.case_id is None:
            self.found.show_rows(())
            self._frame.message.say(words, "success" if receipt.own else "refusal")
            self._refusal.setText(words)
            self.begin()
            return

        def open_case(view: CaseView) -> None:
            self.chosen.emit(view, words)

        self._work.read(partial(self._front.case, receipt.case_id), open_case, words="正在载入办件…")

    def _show(self, cases: tuple[FoundCase, ...]) -> None:
        self._forget_refusal()
        if len(cases) == 1:
            self._choose(cases[0])
        else:
            self._list(cases)

    def _list(self, cases: tuple[FoundCase, ...]) -> None:
        self.found.show_rows(cases)
        if cases:
            self.found.select(cases[0].case_id)
            self.found.setFocus()
            told = f"列出最近的 {len(cases)} 件" if len(cases) == MOST else f"找到 {len(cases)} 件"
            self._frame.message.say(f"{told}，按 Enter 打开选中的一件。")

    def _choose(self, case: FoundCase) -> None:
        def open_case(view: CaseView) -> None:
            self.chosen.emit(view, "")

        self._work.read(partial(self._front.case, case.case_id), open_case, words="正在载入办件…")

    def _refuse(self, failure: HallError) -> None:
        self._frame.show_failure(failure)
        self._refusal.setText(failure.sentence)
        set_look(self.line, "wrong", "true")
        self.found.show_rows(())
        self.begin()

    def _forget_refusal(self) -> None:
        self._refusal.clear()
        set_look(self.line, "wrong", "false")


def _columns() -> list[Column[FoundCase]]:
    return [
        Column("编号", lambda row: row.number, width=210),
        Column("事项", lambda row: row.matter_name),
        Column("申请人", lambda row: row.applicant_masked, width=90),
        Column("收件日期", lambda row: row.received_on.isoformat(), width=110),
        Column("状态", lambda row: CASE_STATES[row.state], width=84),
    ]
