"""The file in which a yearly holiday notice is kept: text in, schedules out, every bad row named."""

from hall.rules import catalogue_cells as cells
from hall.rules.calendar import KIND_NAMES, ScheduleDay, YearSchedule, schedule_faults
from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows

FILE_TITLE = "放假安排"

COLUMNS = (
    Column("date", ("日期",)),
    Column("kind", ("类别",)),
    Column("name", ("名称",)),
    Column("notice", ("文号",)),
    Column("source", ("来源",)),
)

_KINDS = {name: kind for kind, name in KIND_NAMES.items()}

_Row = tuple[int, ScheduleDay, Line]


def parse_calendar(text: str) -> tuple[YearSchedule, ...]:
    """The schedules of a decoded file, one for each year in it, ascending; raises BadRows with every fault.

    A file names each day off (休) and each weekend day at work (班) of the General Office's notice.
    """
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows = list(table.bad_rows)
    by_year: dict[int, list[_Row]] = {}
    for line in table.lines:
        faults = _line_faults(line)
        bad_rows.extend(BadRow(line.number, fault) for fault in faults)
        if not faults:
            day = _schedule_day(line)
            by_year.setdefault(day.day.year, []).append((line.number, day, line))
    for year, rows in by_year.items():
        bad_rows.extend(_year_faults(year, rows))
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(_schedule(year, rows) for year, rows in sorted(by_year.items()))


def _line_faults(line: Line) -> list[str]:
    faults = [f"“{column.titles[0]}”没有填写" for column in COLUMNS if not line.cells[column.key]]
    if faults:
        return faults
    try:
        cells.day(line.cells["date"])
    except cells.BadCell as error:
        faults.append(str(error))
    if line.cells["kind"] not in _KINDS:
        faults.append(f"类别“{line.cells['kind'][:20]}”不认识，应为{'或'.join(KIND_NAMES.values())}")
    return faults


def _schedule_day(line: Line) -> ScheduleDay:
    return ScheduleDay(cells.day(line.cells["date"]), _KINDS[line.cells["kind"]], line.cells["name"])


def _year_faults(year: int, rows: list[_Row]) -> list[BadRow]:
    """Contradictions between days, and rows that name another notice or source than the first of the year."""
    faults = [BadRow(rows[index][0], fault) for index, fault in schedule_faults(year, [row[1] for row in rows])]
    first_number, _, first = rows[0]
    for number, _, line in rows[1:]:
        for column in COLUMNS[3:]:
            if line.cells[column.key] != first.cells[column.key]:
                fault = f"{year}年的{column.titles[0]}与第{first_number}行不同，一年只能有一个{column.titles[0]}"
                faults.append(BadRow(number, fault))
    return faults


def _schedule(year: int, rows: list[_Row]) -> YearSchedule:
    first = rows[0][2].cells
    return YearSchedule(year, first["notice"], first["source"], tuple(row[1] for row in rows))
