"""Who may stand on a stall: seasons and hours, what fits where, what stands against it, who comes next, how long."""

import calendar
import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Literal

from hall.errors import Refused
from hall.rules.timelimits import add_months

ApplicationState = Literal[
    "applied",
    "admitted",
    "drawing",
    "waiting",
    "offered",
    "accepted",
    "granted",
    "refused",
    "withdrawn",
    "declined",
    "lapsed",
]
ApplicationAct = Literal["admit", "refuse", "withdraw", "answer", "grant"]
GrantEnding = Literal["expired", "given_up", "rotated", "renewed", "withdrawn", "died"]

OPEN_STATES: tuple[ApplicationState, ...] = ("applied", "admitted", "drawing", "waiting", "offered", "accepted")
"""Of one person at one site there is one application in these (the database's index says the same)."""

_OPEN_FOR: Mapping[ApplicationAct, tuple[ApplicationState, ...]] = {
    "admit": ("applied",),
    "refuse": ("applied", "accepted"),
    "withdraw": OPEN_STATES,
    "answer": ("offered",),
    "grant": ("accepted",),
}

_NOT_FREE = frozenset({"offered", "held", "ending", "telling"})

_DAY = timedelta(days=1)
_COMMON_YEAR = 2001
_SEASON_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_BAND = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class BadSite(Refused):
    """Something that was entered of a site cannot be."""


class CannotOnStall(Refused):
    """The act may not be done now; `reasons` are whole sentences, everything that stands in the way."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("".join(reasons))


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a stall may be taken away before its end, with the article it rests on."""

    code: str
    words: str
    basis: str


@dataclass(frozen=True, slots=True)
class StallRule:
    """What the hall laid down from a day on; days are natural days unless the name says workdays."""

    effective_from: date
    source: str
    announce_days: int
    answer_days: int
    renewal_days: int
    renew_while_others_wait: bool
    hearing_workdays: int
    hearing_notice_workdays: int
    vacate_days: int
    quorum_percent: int
    grounds: tuple[Ground, ...]

    def __post_init__(self) -> None:
        if not self.grounds:
            raise ValueError("收回情形不能是空的")
        if not 0 <= self.quorum_percent <= 100:
            raise ValueError("quorum_percent 应在 0 到 100 之间")

    def ground(self, code: str) -> Ground:
        """The ground of that code; raises BadSite."""
        for ground in self.grounds:
            if ground.code == code:
                return ground
        raise BadSite(f"没有“{code[:20]}”这种收回情形，请在列出的情形里选。")


@dataclass(frozen=True, slots=True)
class Season:
    """From a day of the year to another, both included; over the new year where the first is the later."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class StallFacts:
    """A stall as far as it matters who fits on it; `category` empty: any of the site's."""

    number: str
    category: str = ""
    farmers_only: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who applied; `farmer_proof` says by what own growing is shown, empty: not shown.

    `rank`: the credit's, 0 is drawn first.
    """

    number: str
    category: str
    farmer: bool = False
    farmer_proof: str = field(default="", repr=False)
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What else is known of somebody who applies: the credit's word on it, and what is held already."""

    admitted: bool
    why: str
    holds_here: bool = False


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A site as an application is held against it; closed stalls are left out."""

    categories: Collection[str]
    stalls: tuple[StallFacts, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """What can be drawn together: every one of `entrants` fits on every one of `prizes`."""

    category: str
    farmers_only: bool
    entrants: tuple[str, ...]
    prizes: tuple[str, ...]

    @property
    def drawable(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.entrants and self.prizes)


def season(first: str, last: str) -> Season | None:
    """From two texts MM-DD; None (all the year) where both are empty. Raises BadSite."""
    if not first and not last:
        return None
    if not _is_day(first) or not _is_day(last):
        raise BadSite("季节写开始和结束的月日，例如 11-01 和 03-31；全年开放的两格都空着。")
    return Season(_month_day(first), _month_day(last))


def next_open(open_season: Season | None, day: date) -> date:
    """The first day from `day` on that lies in the season; the day itself where there is none."""
    if open_season is None:
        return day
    return next(each for each in (day + _DAY * ahead for ahead in range(367)) if open_season.holds(each))


def check_hours(text: str) -> str:
    """Time bands such as 06:00-09:00,17:00-22:00 as they are kept; a band may run over midnight. Raises BadSite."""
    bands = [band.strip() for band in text.replace("，", ",").replace("、", ",").split(",")]
    if not all(_BAND.fullmatch(band) for band in bands):
        raise BadSite("营业时段写成 06:00-09:00，几段之间用逗号隔开，例如 06:00-09:00,17:00-22:00。")
    return ",".join(bands)


def open_at(hours: str, now: time) -> bool:
    """Whether trade is on at a time; the first minute of a band belongs to it, the last does not."""
    return any(_in_band(band, f"{now:%H:%M}") for band in hours.split(","))


def fits(candidate: Candidate, stall: StallFacts) -> bool:
    """Whether somebody may stand there: the category, and own growing that is shown where it is asked."""
    if stall.farmers_only and not (candidate.farmer and candidate.farmer_proof):
        return False
    return stall.category in {"", candidate.category}


def faults(candidate: Candidate, standing: Standing, site: SiteFacts) -> tuple[str, ...]:
    """Everything that stands against admitting somebody, in whole sentences; none: admission is owed."""
    found = []
    if site.closed:
        found.append("这个点位已经停用。")
    if candidate.category not in site.categories:
        found.append("这个点位不设所申请的经营类别。")
    elif not any(fits(candidate, stall) for stall in site.stalls):
        found.append("这个点位没有适合所申请经营类别的摊位。")
    if candidate.farmer and not candidate.farmer_proof:
        found.append("按农民自产自销申请的，要有自产证明（村、社区出具或者地块照片）。")
    if not standing.admitted:
        found.append(standing.why)
    if standing.holds_here:
        found.append("申请人在这个点位已经有摊位，一人一摊。")
    return tuple(found)


def why_not(act: ApplicationAct, state: str) -> tuple[str, ...]:
    """Why an act on an application is not open in its state; none where it is."""
    if state in _OPEN_FOR[act]:
        return ()
    if state in OPEN_STATES:
        return (_NOT_YET[act],)
    return ("这份申请已经办结，不能再改动。可以重新申请。",)


def require_open(act: ApplicationAct, state: str) -> None:
    """Raise CannotOnStall unless the act is open."""
    if why := why_not(act, state):
        raise CannotOnStall(why)


def lots(stalls: Sequence[StallFacts], candidates: Sequence[Candidate]) -> tuple[Lot, ...]:
    """The draws that free stalls and admitted candidates allow, stalls for farmers first.

    Of those who fit only the best rank draws; the others draw for what is left afterwards. Entrants stand in the
    order of their numbers, prizes in the order of theirs (A2 before A10). Who fits in two lots stands in both: a draw
    takes them out of the other.
    """
    kinds = sorted({(not stall.farmers_only, stall.category) for stall in stalls}, key=_special_first)
    return tuple(_lot(stalls, candidates, category, farmers_only=not open_to_all) for open_to_all, category in kinds)


def next_waiting(stall: StallFacts, waiting: Iterable[Candidate], barred: Collection[str]) -> str | None:
    """Whose turn a free stall is: the first who waits, fits on it and is not barred now; nobody loses a place."""
    return next((each.number for each in waiting if each.number not in barred and fits(each, stall)), None)


def public_state(state: str) -> str:
    """What everybody may know: who was offered a stall, nears its end or may lose it is somebody who stands there."""
    return "held" if state in _NOT_FREE else state


def natural(number: str) -> tuple[tuple[str, int], ...]:
    """Orders A2 before A10."""
    return tuple((word, int(digits or -1)) for word, digits in re.findall(r"(\D+|^)(\d*)", number))


def validity(
    today: date, *, open_season: Season | None, term_months: int, rotation_months: int | None
) -> tuple[date, date]:
    """First and last day of a certificate granted today: from the next open day on, until the term or rotation ends."""
    first = next_open(open_season, today)
    months = term_months if rotation_months is None else min(term_months, rotation_months)
    return first, add_months(first, months) - _DAY


def check_draw_day(draw_on: date, *, today: date, rule: StallRule) -> None:
    """Raise CannotOnStall unless the list is shown long enough before the draw."""
    earliest = today + _DAY * rule.announce_days
    if draw_on < earliest:
        raise CannotOnStall((f"名单要先公示 {rule.announce_days} 天，最早 {earliest} 抽签，请改定日期。",))


def why_not_renewed(
    *, today: date, valid_to: date, rotates: bool, others_wait: bool, rule: StallRule
) -> tuple[str, ...]:
    """Why a certificate is not renewed now; none where it may be."""
    found = []
    earliest = valid_to - _DAY * rule.renewal_days
    if today < earliest:
        found.append(f"续期在期满前 {rule.renewal_days} 天内办理，{earliest} 起可以办。")
    if rotates:
        found.append("这个点位的摊位按期轮换，不续期，期满前重新抽签。")
    if others_wait and not rule.renew_while_others_wait:
        found.append("有人在候补适合这个摊位的位置，期满后由候补的人接替，不续期。")
    return tuple(found)


def why_not_elected(*, holders: int, present: int, votes_for: int, rule: StallRule) -> tuple[str, ...]:
    """Why a vote of the holders elects nobody: too few came, or not more than half of them were for it."""
    if not 0 <= votes_for <= present <= holders:
        return (f"票数不对：有摊位的 {holders} 人，到会 {present} 人，同意 {votes_for} 票，请核对。",)
    found = []
    if present * 100 < holders * rule.quorum_percent:
        found.append(f"到会 {present} 人，不足摊主 {holders} 人的百分之{rule.quorum_percent}，选举无效。")
    if votes_for * 2 <= present:
        found.append("同意票没有超过到会人数的一半，没有当选。")
    return tuple(found)


_NOT_YET: Mapping[ApplicationAct, str] = {
    "admit": "这份申请已经审查过。",
    "refuse": "这份申请已经审查过，不能再改为不予进入。接受摊位以后查出不合条件的，可以不予进入。",
    "withdraw": "",
    "answer": "还没有轮到，或者已经答复过，没有要答复的摊位。",
    "grant": "申请人还没有答复接受摊位，不能发证。",
}


def _is_day(text: str) -> bool:
    """A day that every year has: 02-29 comes too seldom to begin or end a season."""
    if not _SEASON_DAY.fullmatch(text):
        return False
    month, day = _month_day(text)
    return day <= calendar.monthrange(_COMMON_YEAR, month)[1]


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _in_band(band: str, now: str) -> bool:
    first, last = band.split("-")
    return first <= now < last if first <= last else now >= first or now < last


def _special_first(kind: tuple[bool, str]) -> tuple[bool, bool, str]:
    return kind[0], not kind[1], kind[1]


def _lot(stalls: Sequence[StallFacts], candidates: Sequence[Candidate], category: str, *, farmers_only: bool) -> Lot:
    prizes = [each.number for each in stalls if (each.category, each.farmers_only) == (category, farmers_only)]
    kind = StallFacts("", category, farmers_only)
    fitting = [each for each in candidates if fits(each, kind)]
    best = min((each.rank for each in fitting), default=0)
    entrants = (each.number for each in fitting if each.rank == best)
    return Lot(category, farmers_only, tuple(sorted(entrants, key=natural)), tuple(sorted(prizes, key=natural)))


def rotation_lots(held: Mapping[str, StallFacts]) -> tuple[Lot, ...]:
    """The draws by which holders change places, by the numbers of their certificates: within like stalls only."""
    order = sorted(held.items(), key=lambda each: (each[1].farmers_only, each[1].category, natural(each[0])))
    groups = itertools.groupby(order, key=lambda each: (each[1].category, each[1].farmers_only))
    return tuple(_rotation(kind, dict(members)) for kind, members in groups)


def _rotation(kind: tuple[str, bool], members: Mapping[str, StallFacts]) -> Lot:
    prizes = sorted((stall.number for stall in members.values()), key=natural)
    return Lot(kind[0], kind[1], tuple(members), tuple(prizes))
