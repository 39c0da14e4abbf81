"""What a vendor's credit comes to on a day: each point with its fact, since when and until when, or why it is left out.

No order of the facts matters, points end by themselves, and what was set right leaves nothing behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hall.rules.timelimits import add_months
from hall.rules.versions import Versions
from hall.words import VENDOR_NOT_COUNTED

FactState = Literal["entered", "confirmed", "told", "objected", "standing", "corrected", "voided"]
NotCounted = Literal[
    "voided",
    "corrected",
    "unconfirmed",
    "overturned",
    "untold",
    "objected",
    "days_run",
    "not_begun",
    "expired",
]

LONGEST_MONTHS = 60
"""Bad information is kept five years at most (征信业管理条例 16, which public bodies follow by analogy)."""


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One kind of fact: what it gives or takes, for how many months from the fact on, what proves it, by which norm.

    `needs_decision`: it rests on a penalty decision that was served (国办发〔2020〕49号: a breach is found
    by papers with legal effect only).
    """

    code: str
    words: str
    points: int
    months: int
    evidence: str
    basis: str
    needs_decision: bool = False


@dataclass(frozen=True, slots=True)
class CreditLevel:
    """From how many points on, and what it means for who asks for a stall (`refuses`: see `CreditRule`)."""

    code: str
    words: str
    at_least: int
    refuses: bool
    effect: str


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of the credit platform's file: its title and the code of what stands in it."""

    title: str
    content: str


@dataclass(frozen=True, slots=True)
class CreditRule:
    """A version of the rule table. Levels from the best down; the last one has no lowest number of points.

    `counts_while_days_run`, `counts_while_objected`: whether a fact counts against somebody who can still object to it,
    or has objected and waits for the answer; false is the reading in favour of the person. `refusal_basis`: the law or
    regulation that allows to refuse by level; without it nobody is refused, only asked after the others.
    `objection_days` are calendar days from being told.
    """

    effective_from: date
    source: str
    base: int
    lines: tuple[CreditLine, ...]
    levels: tuple[CreditLevel, ...]
    objection_days: int
    counts_while_days_run: bool
    counts_while_objected: bool
    refusal_basis: str
    format: str
    columns: tuple[ExportColumn, ...]

    def __post_init__(self) -> None:
        _check_lines(self.lines)
        lowest = [level.at_least for level in self.levels]
        if not lowest or lowest != sorted(set(lowest), reverse=True):
            raise ValueError("等级应由高到低排列，起点分数不得相同")
        if any(level.refuses for level in self.levels[:-1]):
            raise ValueError("只有最低等级可以写明不予准入")

    def line(self, code: str) -> CreditLine | None:
        """The line with this code."""
        return next((line for line in self.lines if line.code == code), None)

    def level_of(self, points: int) -> CreditLevel:
        """The level of so many points."""
        return next((level for level in self.levels if points >= level.at_least), self.levels[-1])

    def refusing(self, level: CreditLevel) -> bool:
        """Whether somebody of this level is refused: only with a law that allows it (国办发〔2020〕49号)."""
        return level.refuses and bool(self.refusal_basis)

    def effect_of(self, level: CreditLevel) -> str:
        """What a level means for who asks for a stall, as it is told."""
        if self.refusing(level):
            return f"{level.effect}（{self.refusal_basis}）"
        return "没有法律、法规依据不予拒绝，排在其他申请人之后" if level.refuses else level.effect


CreditRules = Versions[CreditRule]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as it is recorded. `noticed`: its notice was issued, `told_on`: the person has it.

    `corrects`: the key of the one it takes the place of; `overturned`: the decision that it rests on was.

    `object_by` is None once it was told while the schedule of the last day to object is not known: the days still run.
    `expires_on`: the first day on which it counts no more.
    """

    key: int
    code: str
    points: int
    happened_on: date
    expires_on: date
    state: FactState
    confirmed_on: date | None = None
    told_on: date | None = None
    object_by: date | None = None
    objected_on: date | None = None
    answered_on: date | None = None
    noticed: bool = False
    corrects: int | None = None
    overturned: bool = False


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One fact in a score. `since` is None where it has not begun to count; `why_not` None where it counts."""

    fact: Fact
    words: str
    since: date | None
    why_not: NotCounted | None

    @property
    def counted(self) -> int:
        """What it adds to the points."""
        return self.fact.points if self.why_not is None else 0

    @property
    def standing(self) -> str:
        """Counted since when, or why it is not."""
        return VENDOR_NOT_COUNTED[self.why_not] if self.why_not is not None else f"{self.since}起计入"


@dataclass(frozen=True, slots=True)
class Score:
    """The credit of a day, explained line by line; `source` is the version of the rule table that gave the level."""

    on: date
    base: int
    lines: tuple[ScoreLine, ...]
    level: CreditLevel
    source: str

    @property
    def points(self) -> int:
        """The base and everything that counts."""
        return self.base + sum(line.counted for line in self.lines)


@dataclass(frozen=True, slots=True)
class Admission:
    """What the credit means for an application: `rank` 0 is asked first, `why` is told to the person."""

    level: str
    admitted: bool
    rank: int
    why: str


def score(facts: Iterable[Fact], *, on: date, rules: CreditRules) -> Score:
    """The credit on a day by the rule of that day; each fact keeps the points of its own day."""
    known = sorted(facts, key=lambda fact: (fact.happened_on, fact.key))
    rule = rules.in_force(on)
    corrected = frozenset(fact.corrects for fact in known if _in_effect(fact, on))
    lines = tuple(_line(fact, on, rules, corrected=fact.key in corrected) for fact in known)
    points = rule.base + sum(line.counted for line in lines)
    return Score(on, rule.base, lines, rule.level_of(points), rule.source)


def admission(result: Score, rule: CreditRule) -> Admission:
    """What a level means for who asks for a stall; refused only where the rule names the law that allows it."""
    level = result.level
    return Admission(
        level.code,
        admitted=not rule.refusing(level),
        rank=rule.levels.index(level),
        why=f"{result.on}征信{result.points}分，{level.words}：{rule.effect_of(level)}。",
    )


def expiry(line: CreditLine, happened_on: date) -> date:
    """The first day on which a fact of this kind counts no more, from the fact on (征信业管理条例 16)."""
    return add_months(happened_on, line.months)


def _in_effect(fact: Fact, on: date) -> bool:
    """Confirmed by somebody else and not void: only such a fact takes the place of another."""
    return fact.corrects is not None and fact.state != "voided" and _by(fact.confirmed_on, on)


def _line(fact: Fact, on: date, rules: CreditRules, *, corrected: bool) -> ScoreLine:
    rule = rules.in_force(on)
    since = _since(fact, rule)
    why_not = _settled(fact, on, corrected=corrected) or _against(fact, on, rule) or _out_of_time(fact, on, since)
    return ScoreLine(fact, words_of(fact.code, fact.happened_on, rules), since, why_not)


def last_day(expires_on: date) -> date:
    """The last day on which it counts, as people say it."""
    return expires_on - timedelta(days=1)


def words_of(code: str, day: date, rules: CreditRules) -> str:
    """What a code means by the rule of a day; the code itself where no version knows it."""
    known = (rules.in_force(day), *reversed(rules.rows))
    return next((line.words for rule in known if (line := rule.line(code)) is not None), code)


def _settled(fact: Fact, on: date, *, corrected: bool) -> NotCounted | None:
    if fact.state == "voided":
        return "voided"
    if corrected or fact.state == "corrected":
        return "corrected"
    if not _by(fact.confirmed_on, on):
        return "unconfirmed"
    return "overturned" if fact.overturned else None


def _against(fact: Fact, on: date, rule: CreditRule) -> NotCounted | None:
    """Why a fact does not count against the person yet; good ones count without being told."""
    if fact.points >= 0:
        return None
    if not _by(fact.told_on, on):
        return "untold"
    if _by(fact.objected_on, on) and not _by(fact.answered_on, on) and not rule.counts_while_objected:
        return "objected"
    open_days = (fact.object_by is None or on <= fact.object_by) and not _by(fact.answered_on, on)
    return "days_run" if open_days and not rule.counts_while_days_run else None


def _out_of_time(fact: Fact, on: date, since: date | None) -> NotCounted | None:
    if on >= fact.expires_on:
        return "expired"
    return "not_begun" if since is None or on < since else None


def _since(fact: Fact, rule: CreditRule) -> date | None:
    if fact.points >= 0:
        return fact.confirmed_on
    if fact.told_on is None:
        return None
    if rule.counts_while_days_run:
        return fact.told_on
    if fact.answered_on is not None or fact.object_by is None:
        return fact.answered_on
    return fact.object_by + timedelta(days=1)


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _check_lines(lines: Sequence[CreditLine]) -> None:
    if len({line.code for line in lines}) != len(lines):
        raise ValueError("事项代码重复")
    for line in lines:
        if not line.points:
            raise ValueError(f"{line.code} 没有分值")
        if not 1 <= line.months <= LONGEST_MONTHS:
            raise ValueError(f"{line.code} 的有效期应为 1 至 {LONGEST_MONTHS} 个月")
