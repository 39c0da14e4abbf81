"""A plan of payment as people type it, a line a part (2027-01-29 1500), and equal monthly parts to begin with."""

from calendar import monthrange
from datetime import date

from hall.errors import Refused
from hall.rules.fines import Part
from hall.rules.money import BadAmount, fen, yuan

LONGEST = 36
"""Parts: three years of months, beyond which it is a slip of the keyboard."""


class BadPlan(Refused):
    """A line that is no part of a plan."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"第{line}行{why}，请写成“2027-01-29 1500”，一行一期。")


def plan_parts(text: str) -> tuple[Part, ...]:
    """The parts of a typed plan, empty lines left out; raises BadPlan with the line."""
    lines = [(number, line.split()) for number, line in enumerate(text.splitlines(), 1)]
    parts = tuple(_part(number, words) for number, words in lines if words)
    if len(parts) > LONGEST:
        raise BadPlan(LONGEST + 1, f"以后太多了（最多{LONGEST}期）")
    return parts


def plan_lines(parts: tuple[Part, ...]) -> str:
    """The parts as they are typed."""
    return "\n".join(f"{part.due_on.isoformat()} {yuan(part.fen)}" for part in parts)


def equal_parts(total: int, count: int, first: date) -> tuple[Part, ...]:
    """`total` fen in so many parts of whole yuan, monthly from `first` on; the last has what is left."""
    each = total // count // 100 * 100
    fens = [each] * (count - 1)
    return tuple(Part(_months_later(first, number), part) for number, part in enumerate([*fens, total - sum(fens)]))


def _part(number: int, words: list[str]) -> Part:
    if len(words) != 2:
        raise BadPlan(number, "应有日期和金额两项")
    try:
        day = date.fromisoformat(words[0])
    except ValueError as error:
        raise BadPlan(number, f"的日期“{words[0][:12]}”不对") from error
    try:
        return Part(day, fen(words[1]))
    except BadAmount as error:
        raise BadPlan(number, f"的金额“{words[1][:12]}”不对") from error


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
