"""Whether a number may be taken now: hours by weekday, numbers a day per matter and per ID, kinds of priority.

Everything here is a limit that the hall sets in `queueing.toml`; without one there is none.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hall.errors import Refused
from hall.rules.queue_policy import APPOINTMENT, ORDINARY, TakingPolicy, TakingWindow
from hall.words import PRIORITY_KINDS, TICKET_CHANNELS

MOST_MATTERS = 5
"""Matters on one ticket."""

SELF_SERVICE = ("kiosk", "card")
STAFFED = ("staff", "counter", "command")

_ELDER = "elder"
_WEEKDAYS = "一二三四五六日"
_ADVICE = "请明日再来或到导办台咨询。"


class TakingClosed(Refused):
    """Numbers are taken at certain hours, and now is none of them."""

    def __init__(self, opens: datetime) -> None:
        when = f"{opens.month}月{opens.day}日（星期{_WEEKDAYS[opens.weekday()]}）{opens:%H:%M}"
        super().__init__(f"现在不在取号时间内，无法取号。下次取号从{when}开始；急事请到导办台咨询。")


class QuotaReached(Refused):
    """The matter's numbers of the day are all taken."""

    def __init__(self, quota: int) -> None:
        super().__init__(f"该事项今日取号数已达上限（{quota} 个），无法取号。{_ADVICE}")


class PersonLimitReached(Refused):
    """The holder of the card has taken as many numbers today as one person may."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"这张证件今日已取 {limit} 个号，每人每日最多 {limit} 个，无法再取。{_ADVICE}")


class TooManyMatters(Refused):
    """More matters than one ticket holds."""

    def __init__(self) -> None:
        super().__init__(f"一个号最多办 {MOST_MATTERS} 个事项，请减少事项或另取一个号。")


class MatterRepeated(Refused):
    """One matter stands twice on the ticket."""

    def __init__(self, code: str) -> None:
        super().__init__(f"事项 {code} 选了两次，一个号里每个事项只选一次，请去掉重复的。")


class ElderByCardOnly(Refused):
    """At the kiosk only a card shows the age."""

    def __init__(self, age: int) -> None:
        super().__init__(f"老年优先（{age} 周岁起）以身份证上的年龄为准，请放身份证取号，或到导办台办理。")


class AppointmentOnly(Refused):
    """The kind of an appointment comes with the appointment, never by wish."""

    def __init__(self) -> None:
        super().__init__("预约号要凭预约签到取得：请放预约时用的身份证，或到导办台报预约编号。")


class UnknownChannel(Refused):
    """No such way of taking a number."""

    def __init__(self, channel: str) -> None:
        known = "、".join(TICKET_CHANNELS[each] for each in (*SELF_SERVICE, *STAFFED))
        super().__init__(f"不认识的取号方式“{channel}”；可用的有：{known}。")


def check_channel(channel: str) -> None:
    """Raise UnknownChannel unless a number may be taken that way; appointments are checked in instead."""
    if channel not in (*SELF_SERVICE, *STAFFED):
        raise UnknownChannel(channel)


def check_matters(codes: Sequence[str]) -> None:
    """Several matters on one ticket: not too many and none twice."""
    if len(codes) > MOST_MATTERS:
        raise TooManyMatters
    for position, code in enumerate(codes):
        if code in codes[:position]:
            raise MatterRepeated(code)


def priority_of(wanted: str, *, alone: bool, age: int | None, elder_age: int) -> str:
    """The kind of priority that a ticket gets; `age` is the one on the card, None without a card.

    An ordinary ticket taken with an elder's card is an elder's. Staff choose any kind. A visitor `alone` at a kiosk
    needs the card for an elder's, and is taken at the word for the other kinds: the clerk sees the papers.
    """
    by_card = age is not None and age >= elder_age
    if wanted == ORDINARY:
        return _ELDER if by_card else ORDINARY
    if wanted == APPOINTMENT:
        raise AppointmentOnly
    if wanted == _ELDER and alone and not by_card:
        raise ElderByCardOnly(elder_age)
    return wanted


def declarable(kinds: Mapping[str, object]) -> tuple[str, ...]:
    """The kinds that a visitor may choose at the kiosk, in the order of the vocabulary."""
    return tuple(kind for kind in PRIORITY_KINDS if kind in kinds and kind not in (ORDINARY, APPOINTMENT, _ELDER))


def windows_of(matter_code: str, policy: TakingPolicy) -> tuple[TakingWindow, ...]:
    """The hours of a matter: its own where it has any, else the hall's. None at all: always."""
    return policy.matter_windows.get(matter_code, policy.windows)


def check_hours(now: datetime, matter_code: str, policy: TakingPolicy) -> None:
    """Raise TakingClosed unless numbers are taken now; `now` is on the hall's wall clock."""
    windows = windows_of(matter_code, policy)
    if windows and not any(_covers(window, now) for window in windows):
        raise TakingClosed(next_opening(now, windows))


def next_opening(now: datetime, windows: Sequence[TakingWindow]) -> datetime:
    """When the first window after now opens: within a week of any instant, for windows come back every week."""
    return min(_next(window, now) for window in windows)


def quota_of(matter_code: str, policy: TakingPolicy) -> int | None:
    """Numbers a day of a matter; None is no limit."""
    return policy.quotas.get(matter_code) or None


def remaining(quota: int | None, taken: int) -> int | None:
    """Numbers that are left today; None is no limit."""
    return None if quota is None else max(quota - taken, 0)


def check_quota(quota: int | None, taken: int) -> None:
    """Raise QuotaReached if none is left."""
    if quota is not None and taken >= quota:
        raise QuotaReached(quota)


def check_person(taken: int, policy: TakingPolicy) -> None:
    """Raise PersonLimitReached if the person has taken as many today as one may."""
    if policy.per_person and taken >= policy.per_person:
        raise PersonLimitReached(policy.per_person)


def _covers(window: TakingWindow, now: datetime) -> bool:
    return window.weekday == now.weekday() and window.opens <= now.time() < window.closes


def _next(window: TakingWindow, now: datetime) -> datetime:
    day = now.date() + timedelta(days=(window.weekday - now.weekday()) % 7)
    opens = datetime.combine(day, window.opens, now.tzinfo)
    return opens if opens > now else opens + timedelta(days=7)
