"""What a month's report to the district government says: sections of lines, each a count or a share of two numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A count (`of` None) in its unit, or a share of a population that `of_what` names.

    `scale`: so many of what is counted make one of the unit (fen of a yuan, half hours of an hour); nothing is cut off.
    """

    name: str
    count: int
    of: int | None = None
    of_what: str = ""
    unit: str = "件"
    scale: int = 1

    @property
    def number(self) -> int | float:
        """The count in its unit."""
        return self.count / self.scale if self.count % self.scale else self.count // self.scale

    @property
    def value(self) -> str:
        """12件; 83.3%; — where there is nothing to share."""
        if self.of is None:
            digits = len(str(self.scale - 1)) if self.count % self.scale else 0
            return f"{self.number:,.{digits}f}{self.unit}"
        return f"{self.count / self.of:.1%}" if self.of else "—"

    @property
    def parts(self) -> str:
        """10/12, empty of a count."""
        return "" if self.of is None else f"{self.count:,}/{self.of:,}"

    @property
    def words(self) -> str:
        """收到诉求12件; 办结率83.3%（10/12）."""
        return f"{self.name}{self.value}（{self.parts}）" if self.of else f"{self.name}{self.value}"


@dataclass(frozen=True, slots=True)
class WorkSection:
    """One kind of work. A share of nothing is not told in words; a section where nothing happened says so."""

    title: str
    lines: tuple[WorkLine, ...]

    @property
    def words(self) -> str:
        """A sentence of all its lines."""
        if not any(line.count or line.of for line in self.lines):
            return "本月没有发生。"
        return "，".join(line.words for line in self.lines if line.of != 0) + "。"


def numbered(sections: Iterable[WorkSection]) -> tuple[tuple[str, str], ...]:
    """Heading and words of each: 一、窗口服务. At most ten."""
    return tuple((f"{_NUMERALS[place]}、{each.title}", each.words) for place, each in enumerate(sections))
