"""What every import file shares: bad rows with line number and reason, refused all together."""

from collections.abc import Iterable
from typing import NamedTuple

from hall.errors import Refused

_SHOWN = 20


class BadRow(NamedTuple):
    """One line that cannot be taken: its number in the file (1 = the heading) and a Chinese reason."""

    line: int
    reason: str


class BadRows(Refused):
    """A file refused as a whole; `rows` holds every bad line, in file order."""

    def __init__(self, file_title: str, rows: Iterable[tuple[int, str]]) -> None:
        self.file_title = file_title
        self.rows: tuple[BadRow, ...] = tuple(sorted(BadRow(line, reason) for line, reason in rows))
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        shown = [f"第{row.line}行：{row.reason}" for row in self.rows[:_SHOWN]]
        if len(self.rows) > _SHOWN:
            shown.append(f"……另有{len(self.rows) - _SHOWN}处")
        head = f"{self.file_title}有{len(self.rows)}处错误，没有导入任何内容，请改正后重新导入："
        return "\n".join([head, *shown])
