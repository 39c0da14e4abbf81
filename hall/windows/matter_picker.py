"""Picks a matter: part of its code or name is typed, the list shows what fits."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter

from hall.rules.catalogue import Matter

LONGEST_LIST = 14


class MatterPicker(QComboBox):
    """`picked` carries the code; a text that is no matter goes back to the last one."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(LONGEST_LIST)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName("事项")
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(LONGEST_LIST)
        self.setCompleter(completer)
        completer.activated[str].connect(self._take_text)  # type: ignore[index]  # the stubs know no overloads
        self.activated.connect(self._take_index)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText("事项编码或名称")
        line.editingFinished.connect(self.settle)

    @property
    def code(self) -> str:
        """The matter's code, empty if none was picked."""
        return self._code

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """Offer these; the picked one stays picked while it is among them."""
        code = self._code
        self.blockSignals(True)
        self.clear()
        for matter in matters:
            self.addItem(f"{matter.code}  {matter.name}", matter.code)
        self.blockSignals(False)
        self.pick(code)

    def pick(self, code: str) -> None:
        """Pick a matter by its code without saying so; an unknown or empty code picks none."""
        index = self.findData(code) if code else -1
        self._code = code if index >= 0 else ""
        self.setCurrentIndex(index)
        if index < 0:
            self.clearEditText()
        self._show_start()

    @Slot(str)
    def _take_text(self, text: str) -> None:
        self._take_index(self.findText(text))

    @Slot(int)
    def _take_index(self, index: int) -> None:
        code = str(self.itemData(index)) if index >= 0 else ""
        if code and code != self._code:
            self.pick(code)
            self.picked.emit(code)

    @Slot()
    def settle(self) -> None:
        """Leaving the field: an exact code or a single match counts, anything else is undone."""
        text = self.currentText().strip().casefold()
        found = [row for row in range(self.count()) if text and text in self.itemText(row).casefold()]
        exact = [row for row in found if text in (str(self.itemData(row)).casefold(), self.itemText(row).casefold())]
        if len(exact or found) == 1:
            self._take_index((exact or found)[0])
        self.pick(self._code)

    def _show_start(self) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)


def popup_is_open(picker: MatterPicker) -> bool:
    """Whether the list hangs open: Enter then belongs to it."""
    completer = picker.completer()
    popup = completer.popup() if completer is not None else None
    return popup is not None and popup.isVisible()
