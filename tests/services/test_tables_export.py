"""Files for other programs: numbers stay numbers, text is never a formula, a file is whole or not there."""

import csv
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hall.services.tables_export import NotWritten, SheetChart, SheetTable, UnknownFormat, write_tables

FIRST = SheetTable("窗口", ("窗口", "办结", "平均(分)"), (("1号窗口", 12, 7.5), ("=1+1", 0, None)))
SECOND = SheetTable("事项", ("事项",), (("临时占用城市道路许可",),))


def test_excel_keeps_numbers_and_opens_no_formula(tmp_path: Path) -> None:
    write_tables(tmp_path / "a.XLSX", (FIRST, SECOND))
    book = load_workbook(tmp_path / "a.XLSX")
    sheet = book["窗口"]
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["窗口", "办结", "平均(分)"],
        ["1号窗口", 12, 7.5],
        ["=1+1", 0, None],
    ]
    assert (sheet["A3"].data_type, sheet["B2"].data_type, sheet.freeze_panes) == ("s", "n", "B2")
    assert sheet.column_dimensions["A"].width > 8
    assert book["事项"].max_row == 2


def test_excel_draws_a_chart_of_the_first_rows(tmp_path: Path) -> None:
    rows = (("1号窗口", 12), ("2号窗口", 9), ("合计", 21))
    drawn = SheetTable("图", ("窗口", "办结"), rows, SheetChart("各窗口办结", ("办结",), 2))
    write_tables(tmp_path / "a.xlsx", (drawn, SheetTable("空", ("窗口", "办结"), (), SheetChart("无", ("办结",), 0))))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        charts = [name for name in book.namelist() if "charts/chart" in name]
        text = book.read(charts[0]).decode()
    assert len(charts) == 1
    assert "'图'!$B$2:$B$3" in text
    assert "'图'!$A$2:$A$3" in text
    assert "各窗口办结" in text


def test_csv_is_read_by_excel_as_chinese_and_computes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_tables(path, (FIRST,))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["窗口", "办结", "平均(分)"], ["1号窗口", "12", "7.5"], ["'=1+1", "0", ""]]


def test_several_tables_stand_below_each_other_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_tables(path, (FIRST, SECOND))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [rows[0], rows[4], rows[5], rows[6]] == [["窗口"], [], ["事项"], ["事项"]]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"以 \.xlsx 或 \.csv 结尾"):
        write_tables(tmp_path / "a.pdf", (FIRST,))
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.mkdir()
    with pytest.raises(NotWritten, match="写不进去"):
        write_tables(target, (FIRST,))
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
