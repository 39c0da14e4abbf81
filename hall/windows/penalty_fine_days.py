"""加处罚款 day by day: each counted day with what it added and the sum, each range left out with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hall.rules.fine_days import DayLine
from hall.rules.money import yuan
from hall.rules.money_words import money_figures
from hall.windows.kit import tokens
from hall.windows.kit.style import set_role
from hall.windows.phrases import day_words
from hall.words import FINE_PAUSES

HEADS = ("日期", "第几日", "当日加处", "累计")


class FineDays(QWidget):
    """A table of four columns; amounts stand right."""

    def __init__(self, days: Sequence[DayLine]) -> None:
        super().__init__()
        self.rows = day_rows(days)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.HAIR)
        for number, cells in enumerate((HEADS, *self.rows)):
            for column, text in enumerate(cells):
                label = QLabel(text)
                set_role(label, "small" if number else "muted")
                if len(cells) == len(HEADS) and column:
                    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                label.setWordWrap(len(cells) < len(HEADS))
                grid.addWidget(label, number, column, 1, 1 if len(cells) == len(HEADS) else len(HEADS))


def day_rows(days: Sequence[DayLine]) -> tuple[tuple[str, ...], ...]:
    """Four cells of a day that counts, one of a range that does not."""
    rows: list[tuple[str, ...]] = []
    counted = 0
    for line in days:
        if line.reason:
            rows.append((_range(line),))
        else:
            counted += 1
            rows.append((day_words(line.first), str(counted), _money(line.added_fen), _money(line.total_fen)))
    return tuple(rows)


def _range(line: DayLine) -> str:
    days = line.first.isoformat() if line.first == line.last else f"{line.first} 至 {line.last}"
    return f"{days}　{FINE_PAUSES[line.reason]}"


def _money(fen: int) -> str:
    return money_figures(yuan(fen))
