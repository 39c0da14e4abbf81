"""The elements of a limb one below the other: what the record says of each, what officers find and by what."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from hall.rules.leniency import ElementState, Finding
from hall.rules.leniency_facts import Status
from hall.windows.kit import tokens
from hall.windows.kit.forms import Form
from hall.windows.kit.style import muted, set_role
from hall.words import FINDINGS

_ORDER: tuple[Status, ...] = ("unknown", "satisfied", "not")


class ElementBlock(QWidget):
    """One element: its words and the evidence wanted; the finding, unless the record settles it.

    `done` when Enter leaves its last field.
    """

    done = Signal()

    def __init__(self, state: ElementState, found: Finding | None) -> None:
        super().__init__()
        set_role(self, "plain")
        self.code, self.settled = state.element.code, state.settled
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.TIGHT, 0, 0)
        column.setSpacing(tokens.HAIR)
        column.addWidget(_wrapped(QLabel(state.element.words)))
        told = f"记录：{FINDINGS[state.status]}，{state.why}" if state.settled else f"应有：{state.element.evidence}"
        column.addWidget(_wrapped(muted(told)))
        self.form = Form()
        if state.settled:
            return
        if found is None and state.why:
            column.addWidget(_wrapped(muted(f"记录：{state.why}")))
        self.form.add_choice("finding", "认定", {status: FINDINGS[status] for status in _ORDER})
        self.form.add_text("evidence", "证据", hint="名称、日期；不写证件号码")
        if found is not None:
            self.form.set_text("finding", found.status)
            self.form.set_text("evidence", found.evidence)
        self.form.submitted.connect(self.done)
        column.addWidget(self.form)

    @property
    def finding(self) -> Finding:
        """What was found, where the record does not tell."""
        status = next(each for each in _ORDER if each == self.form.text("finding"))
        return Finding(status, self.form.text("evidence"))

    @Slot()
    def begin(self) -> None:
        """Go to the finding."""
        self.form.focus("finding")

    def ready(self) -> bool:
        """Whether what was found has its evidence; says what is lacking."""
        if self.settled or self.finding.status == "unknown" or self.finding.evidence:
            return True
        self.form.refuse("evidence", "请写明依据的证据。")
        return False


class ElementBlocks(QWidget):
    """Enter goes from element to element; behind the last one it says `done`."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._blocks: list[ElementBlock] = []

    @property
    def blocks(self) -> tuple[ElementBlock, ...]:
        """Those in which something can be found."""
        return tuple(block for block in self._blocks if not block.settled)

    def show_elements(self, states: Iterable[ElementState], found: Mapping[str, Finding]) -> None:
        """The elements of another limb, with what was found of them."""
        for old in self._blocks:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._blocks = [ElementBlock(state, found.get(state.element.code)) for state in states]
        for block in self._blocks:
            self._column.addWidget(block)
        blocks = self.blocks
        for place, block in enumerate(blocks):
            block.done.connect(blocks[place + 1].begin if place + 1 < len(blocks) else self.done)

    def found(self) -> dict[str, Finding]:
        """What was found, by element."""
        return {block.code: block.finding for block in self.blocks}

    def ready(self) -> bool:
        """Whether everything that was found has its evidence."""
        return all(block.ready() for block in self.blocks)

    def focus(self) -> bool:
        """Go to the first finding; False where there is none."""
        for block in self.blocks[:1]:
            block.begin()
        return bool(self.blocks)


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return label
