"""When the monitor raises an alarm, and what it suggests: which counter to open, or which to give more matters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from hall.rules.queue_policy import AlarmPolicy

# Matters named in a sentence before it says 等.
_NAMED = 2
# Characters of a matter's name in a sentence.
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class MatterQueue:
    """The tickets that wait for one matter, and how long the longest has waited."""

    code: str
    name: str
    waiting: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class CounterNow:
    """A counter; `serves` has the codes of its matters, empty for all; `could_call` the tickets it could call now."""

    number: int
    state: str
    serves: frozenset[str]
    could_call: int

    def may_call(self, code: str) -> bool:
        """Whether tickets of the matter may be called here."""
        return not self.serves or code in self.serves


@dataclass(frozen=True, slots=True)
class Alarm:
    """What to say, and what of it the monitor can do: a counter to open, or one to give the `matters` to."""

    sentence: str
    matters: tuple[str, ...]
    to_open: int | None
    to_help: int | None


def alarms_now(queues: Iterable[MatterQueue], counters: Sequence[CounterNow], policy: AlarmPolicy) -> tuple[Alarm, ...]:
    """The alarms at one instant, the longest waiting first.

    Matters that the same open counters serve are one queue. It raises an alarm when its longest waiting is over
    policy.waiting, when it has more than policy.people_per_counter people for each of these counters, or when people
    wait and no counter is open for them.
    """
    groups: dict[frozenset[int], list[MatterQueue]] = {}
    for queue in queues:
        if queue.waiting:
            serving = (each.number for each in counters if each.state == "open" and each.may_call(queue.code))
            groups.setdefault(frozenset(serving), []).append(queue)
    pressing = [(serving, group) for serving, group in groups.items() if _presses(serving, group, policy)]
    pressing.sort(key=lambda each: (-_longest(each[1]), sorted(each[0])))
    return tuple(_alarm(serving, group, counters) for serving, group in pressing)


def _presses(serving: frozenset[int], group: Sequence[MatterQueue], policy: AlarmPolicy) -> bool:
    people = sum(queue.waiting for queue in group)
    return people > policy.people_per_counter * len(serving) or _longest(group) > policy.waiting


def _longest(group: Iterable[MatterQueue]) -> timedelta:
    return max(queue.longest for queue in group)


def _alarm(serving: frozenset[int], group: Sequence[MatterQueue], counters: Sequence[CounterNow]) -> Alarm:
    matters = sorted(group, key=lambda queue: (-queue.waiting, queue.code))
    people = sum(queue.waiting for queue in group)
    opened = _to_open(group, counters)
    helping = _to_help(serving, people, counters)
    names = _names(matters)
    minutes = int(_longest(group) / timedelta(minutes=1))
    state = f"{len(serving)} 个窗口在办" if serving else "没有开放的窗口办理"
    return Alarm(
        f"{names}等候 {people} 人、最久 {minutes} 分钟（{state}），{_advice(opened, helping)}",
        tuple(queue.code for queue in matters),
        opened.number if opened else None,
        helping.number if helping else None,
    )


def _to_open(group: Iterable[MatterQueue], counters: Iterable[CounterNow]) -> CounterNow | None:
    """A closed counter for one of the matters, else a paused one."""
    able = [each for each in counters if each.state != "open" and any(each.may_call(queue.code) for queue in group)]
    return min(able, key=lambda each: (each.state != "closed", each.number), default=None)


def _to_help(serving: frozenset[int], people: int, counters: Iterable[CounterNow]) -> CounterNow | None:
    """The open counter beside these that has least to do, if that is less than these have."""
    others = [each for each in counters if each.state == "open" and each.number not in serving]
    least = min(others, key=lambda each: (each.could_call, each.number), default=None)
    return least if least is not None and least.could_call * max(len(serving), 1) < people else None


def _advice(opened: CounterNow | None, helping: CounterNow | None) -> str:
    ways = []
    if opened is not None:
        ways.append(f"{'开放' if opened.state == 'closed' else '恢复'} {opened.number} 号窗口")
    if helping is not None:
        ways.append(f"让 {helping.number} 号窗口兼办")
    return f"建议{'，或'.join(ways)}。" if ways else "窗口都已开放，请增派人手或引导分流。"


def _names(matters: Sequence[MatterQueue]) -> str:
    named = "、".join(f"“{_short(queue.name)}”" for queue in matters[:_NAMED])
    return named if len(matters) <= _NAMED else f"{named}等 {len(matters)} 个事项"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
