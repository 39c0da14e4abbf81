"""Lists and reports as files for other programs: Excel (.xlsx, one sheet a table) and CSV (UTF-8, one table)."""

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hall.errors import Refused, Unavailable, cause_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | None

# What a spreadsheet would take for a formula when it opens a CSV file.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _MARGIN = 48, 3
_CHART_CM, _CM_A_ROW = 9, 2


@dataclass(frozen=True, slots=True)
class SheetChart:
    """Bars that an Excel file draws beside a table: of these columns, by its first one, for its first rows."""

    title: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table with the titles of its columns; cells are text, numbers or empty."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: SheetChart | None = None


class UnknownFormat(Refused):
    """The name of the file does not say what it is to be."""

    def __init__(self, name: str) -> None:
        super().__init__(f"不知道把“{name}”存成什么格式，文件名请以 .xlsx 或 .csv 结尾。")


class NotWritten(Unavailable):
    """The file could not be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"文件 {path} 写不进去（{cause_of(error)}）。请关闭正在打开它的程序，检查磁盘空间和权限，或换个位置再试。"
        )


def write_tables(path: Path, tables: Sequence[SheetTable]) -> None:
    """Write all of them as Excel, or one below the other as CSV, by the file's ending; wholly or not at all."""
    writers = {".xlsx": _write_excel, ".csv": _write_csv}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise UnknownFormat(path.name)
    beside = path.with_name(f".{path.name}.part")
    try:
        writer(beside, tables)
        beside.replace(path)
    except OSError as error:
        raise NotWritten(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _write_csv(path: Path, tables: Sequence[SheetTable]) -> None:
    """With the mark by which Excel knows UTF-8. Several tables have a line with their title and a blank one between."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for number, table in enumerate(tables):
            if len(tables) > 1:
                writer.writerows([[]] * bool(number))
                writer.writerow([table.title])
            writer.writerow([_plain(title) for title in table.columns])
            writer.writerows([_plain(cell) for cell in row] for row in table.rows)


def _plain(cell: Cell) -> Cell:
    """Text that a spreadsheet would compute gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write_excel(path: Path, tables: Sequence[SheetTable]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.title)
        _fill(sheet, table)
        if table.chart is not None and table.chart.rows:
            _draw(sheet, table, table.chart)
    book.save(path)


def _draw(sheet: "Worksheet", table: SheetTable, chart: SheetChart) -> None:
    """To the right of the table; as wide as its bars need."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.utils import get_column_letter

    bars = BarChart()
    bars.title, bars.height = chart.title, _CHART_CM
    bars.width = max(_CHART_CM * 2, chart.rows * _CM_A_ROW)
    for name in chart.columns:
        column = table.columns.index(name) + 1
        values = Reference(sheet, min_col=column, min_row=1, max_row=chart.rows + 1)
        bars.add_data(values, titles_from_data=True)
    bars.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=chart.rows + 1))
    bars.x_axis.delete = bars.y_axis.delete = False  # else newer Excel hides both
    sheet.add_chart(bars, f"{get_column_letter(len(table.columns) + 2)}2")


def _fill(sheet: "Worksheet", table: SheetTable) -> None:
    """Titles in bold that stay while the rest scrolls; text is never a formula."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for line, row in enumerate((table.columns, *table.rows), 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(line, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
            if line == 1:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(horizontal="center", wrap_text=True, vertical="center")
    sheet.freeze_panes = "B2"
    for place, title in enumerate(table.columns):
        cells = (title, *(row[place] for row in table.rows))
        widest = max(_width(each) for each in cells)
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(widest, _WIDEST) + _MARGIN


def _width(cell: Cell) -> int:
    """A Chinese character is as wide as two Latin ones."""
    text = "" if cell is None else str(cell)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
