"""Panels of the desk for the archive: 归档, 补充立卷."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from hall.rules.dossier import Piece
from hall.services.archiving import Archived, DossierLook, DossierView, Pages, page_key
from hall.services.desk_file import DeskFile
from hall.windows.desk_acts import ActPanel, Deed, DeskTools
from hall.windows.desk_sections import words_label
from hall.windows.kit import tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.style import muted, set_look, set_role

_PAGES_WIDTH = 56
_ARCHIVE_KEYS = "Enter 下一项　Ctrl+Enter 归档　Esc 关闭"


class PieceRows(QWidget):
    """The pieces in the order of the file, each with its pages where they are counted. Enter goes on."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "plain")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, tokens.HAIR, 0)
        self._grid.setHorizontalSpacing(tokens.TIGHT)
        self._grid.setVerticalSpacing(tokens.HAIR)
        self._grid.setColumnStretch(1, 1)
        self._parts: list[QWidget] = []
        self._pages: dict[str, QLineEdit] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        """The pieces as they are listed."""
        return tuple(editor.accessibleName() for editor in self._pages.values())

    @property
    def pages(self) -> Pages:
        """What was counted."""
        return {key: int(editor.text()) for key, editor in self._pages.items() if editor.text().strip()}

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Other pieces, nothing counted."""
        for old in self._parts:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts, self._pages = [], {}
        if pieces:
            self._add_row(0, muted("序"), muted("材料"), muted("页数"))
        for row, piece in enumerate(pieces, 1):
            title = f"{piece.title}\n{piece.number}" if piece.number else piece.title
            editor = QLineEdit()
            editor.setFixedWidth(_PAGES_WIDTH)
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            editor.setAccessibleName(title.replace("\n", " "))
            editor.installEventFilter(self)
            self._pages[page_key(piece)] = editor
            self._add_row(row, QLabel(str(row)), words_label(title), editor)

    def focus(self) -> None:
        """Go to the first count."""
        for editor in list(self._pages.values())[:1]:
            editor.setFocus()

    def validate(self) -> bool:
        """Whether every count is a number; the first that is none gets the focus."""
        wrong = [editor for editor in self._pages.values() if not _is_count(editor.text().strip())]
        for editor in self._pages.values():
            set_look(editor, "wrong", "true" if editor in wrong else "false")
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next count."""
        editors = list(self._pages.values())
        if not isinstance(watched, QLineEdit) or watched not in editors or not is_plain_enter(event):
            return super().eventFilter(watched, event)
        following = editors[editors.index(watched) + 1 :]
        if following:
            following[0].setFocus()
        else:
            self.done.emit()
        return True

    def _add_row(self, row: int, *parts: QWidget) -> None:
        for column, part in enumerate(parts):
            self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignVCenter)
            self._parts.append(part)


class DossierPanel(ActPanel):
    """归档, or 补充立卷 of what came later: what would be filed, in order, and what is missing."""

    def __init__(self, tools: DeskTools, act: str) -> None:
        super().__init__(tools, act)
        self.keys = _ARCHIVE_KEYS if act == "archive" else self.keys
        self.told, self.missing = self.say(""), self.say("")
        set_role(self.missing, "wrong")
        self.rows = PieceRows()
        self.rows.done.connect(self.submit)
        self.add(self.rows)
        self.fault = self.say("")
        set_role(self.fault, "wrong")
        self._case_id = 0

    def show_file(self, file: DeskFile) -> None:
        """Ask what lies in the file, and which volumes there are."""
        self._case_id = file.case_id
        self.rows.show_pieces(())
        self.told.setText("正在查卷内材料…")
        self.missing.hide()
        self.fault.hide()
        read = partial(_look, self._tools, file.case_id)
        self._tools.work.read(read, partial(self._show_look, file.case_id), words="正在查卷内材料…")

    def begin(self) -> None:
        """At the first count."""
        self.main_button.setFocus()
        self.rows.focus()

    @Slot()
    def submit(self) -> None:
        """Only counts that are numbers are sent."""
        fine = self.rows.validate()
        self.fault.setText("" if fine else "页数请写数字，不数的空着。")
        self.fault.setVisible(not fine)
        if fine:
            self.submitted.emit()

    def deed(self) -> Deed:
        """The volume with its counts."""
        return partial(_archive, self._tools, self.act, self._case_id, self.rows.pages)

    def _show_look(self, case_id: int, found: tuple[DossierLook, tuple[DossierView, ...]]) -> None:
        if case_id != self._case_id:
            return
        look, volumes = found
        self.told.setText(look_words(look, volumes, self.act))
        self.missing.setText("\n".join(f"✗ 还缺 {name}" for name in look.missing))
        self.missing.setVisible(bool(look.missing))
        self.rows.show_pieces(look.pieces)
        if self.isVisible():
            self.begin()


def look_words(look: DossierLook, volumes: Sequence[DossierView], act: str) -> str:
    """What would be done, and what was filed before."""
    if act == "volume":
        before = "；".join(f"{volume_words(each)}，{len(each.items)} 件" for each in volumes)
        rest = "下列归档以后的材料另立一卷。" if look.pieces else "归档以后没有新的材料，不用补充立卷。"
        return f"已归档：{before}。{rest}"
    kept = f"保管 {look.retention}。" if look.retention else ""
    return f"按下列顺序立卷，打印卷内目录。{kept}页数可以不填。归档后要改须由大厅负责人重开。"


def volume_words(volume: DossierView) -> str:
    """第 1 卷 莲城管许卷〔2026〕1号 96 分."""
    score = "" if volume.score is None else f"　{volume.score} 分"
    return f"第 {volume.volume} 卷　{volume.number}{score}"


def _is_count(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit() and len(text) <= 4)


def _look(tools: DeskTools, case_id: int) -> tuple[DossierLook, tuple[DossierView, ...]]:
    return tools.front.closing.dossier_look(case_id), tools.front.closing.dossiers(case_id)


def _archive(tools: DeskTools, act: str, case_id: int, pages: Pages) -> str:
    closing = tools.front.closing
    filed: Archived = closing.archive(case_id, pages) if act == "archive" else closing.add_volume(case_id, pages)
    return (
        f"已立卷 {filed.number}（第 {filed.volume} 卷，{filed.items} 件，保管 {filed.retention}），卷内目录正在打印。"
    )
