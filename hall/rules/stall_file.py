"""The file that says where the stalls of a site lie on its plan: text in, stalls out, every bad row named."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hall.rules.csv_table import Column, Line, read_table
from hall.rules.imports import BadRow, BadRows

FILE_TITLE = "摊位表"
LONGEST_NUMBER = 10

COLUMNS = (
    Column("number", ("摊位号", "编号")),
    Column("x", ("左", "横坐标")),
    Column("y", ("上", "纵坐标")),
    Column("width", ("宽",)),
    Column("height", ("高",)),
    Column("category", ("经营类别", "类别"), required=False),
    Column("farmers_only", ("自产自销", "农民自产自销"), required=False),
)

_YES = {"是": True, "否": False, "": False}


@dataclass(frozen=True, slots=True)
class PlacedStall:
    """A stall and where it lies, in the plan's units from its upper left corner; `category` empty: any."""

    number: str
    x: int
    y: int
    width: int
    height: int
    category: str = ""
    farmers_only: bool = False

    def overlaps(self, other: "PlacedStall") -> bool:
        """Whether both cover some place; edges may touch."""
        apart = self.x + self.width <= other.x or other.x + other.width <= self.x
        return not (apart or self.y + self.height <= other.y or other.y + other.height <= self.y)


def parse_stalls(
    text: str, *, plan: tuple[int, int] | None, categories: Mapping[str, str], allowed: Collection[str]
) -> tuple[PlacedStall, ...]:
    """All stalls of a decoded file, in file order; a category is given by its words or its code.

    `plan` is width and height; None: not known yet. Raises BadRows with every fault: numbers twice, outside the plan,
    one over another, a category the site does not take.
    """
    table = read_table(text, COLUMNS, file_title=FILE_TITLE)
    bad_rows, stalls = list(table.bad_rows), list[PlacedStall]()
    codes = {**{words: code for code, words in categories.items()}, **{code: code for code in categories}, "": ""}
    for line in table.lines:
        stall, reasons = _read(line, codes, allowed)
        if stall is not None:
            reasons += _misplaced(stall, stalls, plan)
            stalls.append(stall)
        bad_rows.extend(BadRow(line.number, reason) for reason in reasons)
    if bad_rows:
        raise BadRows(FILE_TITLE, bad_rows)
    return tuple(stalls)


def _read(line: Line, codes: Mapping[str, str], allowed: Collection[str]) -> tuple[PlacedStall | None, list[str]]:
    cells, reasons = line.cells, list[str]()
    number, category = cells["number"], codes.get(cells.get("category", ""))
    if not number or len(number) > LONGEST_NUMBER:
        reasons.append(f"摊位号要写，最多 {LONGEST_NUMBER} 个字")
    if category is None or (category and category not in allowed):
        reasons.append(f"经营类别“{cells['category'][:10]}”不是这个点位的类别")
    if (farmers := _YES.get(cells.get("farmers_only", ""))) is None:
        reasons.append("自产自销一格写“是”或者“否”")
    sides = [_whole(cells[key]) for key in ("x", "y", "width", "height")]
    if any(side is None for side in sides) or 0 in sides[2:]:
        reasons.append("左、上、宽、高写不小于 0 的整数，宽和高大于 0")
    if reasons:
        return None, reasons
    x, y, width, height = (side or 0 for side in sides)
    return PlacedStall(number, x, y, width, height, category or "", bool(farmers)), []


def _misplaced(stall: PlacedStall, before: list[PlacedStall], plan: tuple[int, int] | None) -> list[str]:
    found = [f"摊位号 {stall.number} 重复" for other in before if other.number == stall.number]
    if plan is not None and (stall.x + stall.width > plan[0] or stall.y + stall.height > plan[1]):
        found.append(f"摊位 {stall.number} 超出平面图（宽 {plan[0]}，高 {plan[1]}）")
    found += [f"摊位 {stall.number} 和 {other.number} 重叠" for other in before if stall.overlaps(other)]
    return found


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
