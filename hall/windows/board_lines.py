"""An open case as the board shows it on a day: its light, the days left, whose turn it is; made without a query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hall.rules.calendar import WorkCalendar
from hall.rules.lights import LIGHTS, Light, Today
from hall.services.board_choices import Choices
from hall.services.board_rows import BoardRow
from hall.services.board_terms import Terms
from hall.windows.kit import tokens
from hall.windows.kit.tables import Column, Table
from hall.words import CASE_HANDLING, CASE_STATES

# With the sign of typesetters: a hyphen is too short to be seen from afar.
MINUS = "−"
NOBODY = "待领取"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the board with what the day makes of it."""

    row: BoardRow
    day: date
    light: Light
    remaining: int | None
    in_hand: int | None


def lines_of(rows: Iterable[BoardRow], day: date, today: Today, calendar: WorkCalendar) -> tuple[Line, ...]:
    """The rows as they are on a day."""
    return tuple(
        Line(row, day, row.light_on(today), row.remaining_on(today), row.days_in_hand(today, calendar)) for row in rows
    )


def remaining_words(line: Line) -> str:
    """Workdays left: +3 日, 今日, −2 日; on the rest days after the due day 已过; without any due day no guess."""
    if line.remaining is None:
        return "暂停" if line.light == "paused" else "待定"
    if line.remaining == 0:
        return "今日" if line.light == "today" else "已过"
    return f"+{line.remaining} 日" if line.remaining > 0 else f"{MINUS}{-line.remaining} 日"


def in_hand_words(line: Line) -> str:
    """6 日."""
    return "—" if line.in_hand is None else f"{line.in_hand} 日"


def day_words(day: date | None, today: date) -> str:
    """11-26, with its year where that is another."""
    if day is None:
        return "—"
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def case_table(empty: str) -> Table[Line]:
    """The list of the board."""
    return Table[Line](
        [
            Column("灯", lambda line: tokens.LIGHTS[line.light].word, width=102, light=lambda line: line.light),
            Column("剩余", remaining_words, align="right", width=66, hint="距最近到期日的工作日"),
            Column("编号", lambda line: line.row.number, width=206),
            Column("事项", lambda line: line.row.matter_name),
            Column("科室", lambda line: line.row.department, width=94),
            Column("经办", lambda line: line.row.officer or NOBODY, width=76),
            Column("在手", in_hand_words, align="right", width=60, hint="到现在经办人手上的工作日"),
            Column("状态", lambda line: CASE_STATES[line.row.state], width=80),
            Column("承诺到期", lambda line: day_words(line.row.promised_due, line.day), width=86),
            Column("法定到期", lambda line: day_words(line.row.statutory_due, line.day), width=86),
        ],
        lambda line: line.row.case_id,
        empty=empty,
        many=True,
        sortable=False,
    )


def terms_words(terms: Terms, choices: Choices) -> str:
    """What a list was asked for: 市政科 · 超承诺 · 张三."""
    parts = [
        _named(choices.departments, terms.department_id),
        _named(choices.matters, terms.matter_id),
        _named(choices.officers, terms.officer_id),
        "、".join(tokens.LIGHTS[light].word for light in LIGHTS if light in terms.lights),
        "本周到期" if terms.within == "week" else "",
        CASE_STATES.get(terms.state, ""),
        CASE_HANDLING.get(terms.handling, ""),
        f"“{terms.text}”" if terms.text else "",
    ]
    return " · ".join(part for part in parts if part)


def _named(names: Mapping[int, str], key: int | None) -> str:
    return "" if key is None else names.get(key, "（不在目录中）")
