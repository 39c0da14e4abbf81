"""Accountability (责任追究): whose hands the days were in, what was found, what follows, how often within a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.supervision_words import MEASURES, RECORD_STATES
from hall.rules.versions import Versions

Finding = Literal["upheld", "rejected", "exempt"]
Exemption = Literal["", "system_fault", "force_majeure", "applicant"]
Degree = Literal["", "ordinary", "serious", "grave"]
RecordState = Literal["opened", "decided", "delivered", "appealed", "closed"]
RecordAct = Literal["plead", "decide", "deliver", "appeal", "review", "correct", "close"]

RECORD_ACTS: Mapping[RecordAct, str] = {
    "plead": "陈述申辩",
    "decide": "作出决定",
    "deliver": "登记送达",
    "appeal": "申诉",
    "review": "复核申诉",
    "correct": "登记整改",
    "close": "办结",
}

_ACTS: dict[RecordAct, tuple[frozenset[RecordState], RecordState]] = {
    "plead": (frozenset({"opened"}), "opened"),
    "decide": (frozenset({"opened"}), "decided"),
    "deliver": (frozenset({"decided"}), "delivered"),
    "appeal": (frozenset({"delivered"}), "appealed"),
    "review": (frozenset({"appealed"}), "delivered"),
    "correct": (frozenset({"delivered"}), "delivered"),
    "close": (frozenset({"delivered"}), "closed"),
}
_JUDGING: frozenset[RecordAct] = frozenset({"decide", "review"})
_OWN: frozenset[RecordAct] = frozenset({"plead", "appeal"})


class RecordNotNow(Refused):
    """The record is in a state in which this cannot be done."""

    def __init__(self, act: RecordAct, state: RecordState) -> None:
        possible = "、".join(RECORD_ACTS[each] for each in acts_on(state))
        then = f"现在可以：{possible}。" if possible else "这份记录已经结案。"
        super().__init__(f"责任追究“{RECORD_STATES[state]}”，不能{RECORD_ACTS[act]}。{then}")


class OwnRecord(Refused):
    """Nobody registers, decides or reviews what is about himself."""

    def __init__(self, what: str) -> None:
        super().__init__(f"这份责任追究涉及您本人，不能由本人{what}（决定人与当事人分离），请由其他有权限的人员办理。")


class NotHeard(Refused):
    """Nobody is held to account unheard."""

    def __init__(self, until: date | None) -> None:
        by = f"{until.month}月{until.day}日前可以申辩" if until else "申辩期限待定"
        super().__init__(f"当事人还没有申辩（{by}），请待其申辩或者期限过后再作决定。")


class NotOnlySubject(Refused):
    """A plea and an appeal are the subject's own word."""

    def __init__(self, act: RecordAct) -> None:
        super().__init__(f"只有当事人可以{RECORD_ACTS[act]}，请由本人登录办理。")


class AppealTooLate(Refused):
    """The time for an appeal is over."""

    def __init__(self, until: date) -> None:
        super().__init__(f"申诉期限已于{until.month}月{until.day}日届满，不能再申诉。")


class SameJudge(Refused):
    """An appeal goes to somebody else than who decided."""

    def __init__(self) -> None:
        super().__init__("您是原决定人，申诉应由原决定人以外的人员复核，请交给另一位批准人。")


class BadDecision(Refused):
    """A decision whose parts do not fit together."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"责任追究的决定不完整：{fault}。")


class NotCorrected(Refused):
    """A record with a correction to make is closed with its proof."""

    def __init__(self) -> None:
        super().__init__("还没有登记整改情况，请写明整改结果后再结案。")


@dataclass(frozen=True, slots=True)
class Rung:
    """What the n-th time within a year leads to; `leaders`: it counts against the leaders of the unit, too."""

    times: int
    measure: str
    leaders: bool = False


@dataclass(frozen=True, slots=True)
class AccountabilityRule:
    """Points, the repetition ladders and the limits, in force from a day on.

    `points`: by card colour, and by degree where there is no card. `default_ladder`: for 超时默认.
    """

    effective_from: date
    source: str
    points: Mapping[str, int]
    ladder: tuple[Rung, ...]
    default_ladder: tuple[Rung, ...]
    plea_days: int
    appeal_days: int
    correction_days: int

    def __post_init__(self) -> None:
        if missing := [key for key in _POINT_KEYS if key not in self.points]:
            raise ValueError(f"points 缺少 {missing[0]}")
        for ladder in (self.ladder, self.default_ladder):
            if [rung.times for rung in ladder] != list(range(1, len(ladder) + 1)) or not ladder:
                raise ValueError("阶梯应从 times = 1 起连续")
            if unknown := [rung.measure for rung in ladder if rung.measure not in MEASURES]:
                raise ValueError(f"没有“{unknown[0]}”这种处理方式")


_POINT_KEYS = ("blue", "yellow", "red", "ordinary", "serious", "grave")

AccountabilityRules = Versions[AccountabilityRule]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rule provides: for the decider to follow or to depart from."""

    repetition: int
    measure: str
    points: int
    leaders: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided; an exemption has its reason, only what is upheld has consequences."""

    finding: Finding
    exemption: Exemption = ""
    degree: Degree = ""
    measure: str = ""
    points: int = 0


@dataclass(frozen=True, slots=True)
class Spell:
    """From a day on a case lay in a hand: a person's, or the department's. `acting_for`: in whose place (A/B 岗)."""

    from_day: date
    account_id: int | None
    department: str
    acting_for: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Workdays of a limit that passed in one hand."""

    account_id: int | None
    department: str
    acting_for: int | None
    days: int


def repetition(earlier: Iterable[date], day: date) -> int:
    """The how-manyth time this is within a year: upheld records of the 365 days before, and this one."""
    return sum(0 <= (day - each).days < 365 for each in earlier) + 1


def propose(rule: AccountabilityRule, *, worth: str, times: int, defaulted: bool = False) -> Proposal:
    """What the n-th time leads to; past the end of the ladder its last rung. `worth`: card colour or degree."""
    ladder = rule.default_ladder if defaulted else rule.ladder
    rung = ladder[min(times, len(ladder)) - 1]
    return Proposal(times, rung.measure, rule.points[worth], rung.leaders)


def possession_shares(spells: Iterable[Spell], counted: Iterable[date]) -> tuple[Share, ...]:
    """Each counted workday goes to the hand in which the case lay when the day began; most days first.

    So nobody answers for the day on which he was given a case, and the days add up to what the ledger has used.
    """
    in_order = sorted(spells, key=lambda spell: spell.from_day)
    days: dict[tuple[int | None, str, int | None], int] = {}
    for day in counted if in_order else ():
        begun = [spell for spell in in_order if spell.from_day < day]
        spell = begun[-1] if begun else in_order[0]
        hand = (spell.account_id, spell.department, spell.acting_for)
        days[hand] = days.get(hand, 0) + 1
    shares = [Share(*hand, days=count) for hand, count in days.items()]
    return tuple(sorted(shares, key=lambda share: -share.days))


def after_record(act: RecordAct, state: RecordState, *, actor: int, subject: int) -> RecordState:
    """The state after an act; raises what stands against it."""
    if (refusal := refusal_of(act, state, actor=actor, subject=subject)) is not None:
        raise refusal
    return _ACTS[act][1]


def refusal_of(act: RecordAct, state: RecordState, *, actor: int, subject: int) -> Refused | None:
    """What stands against an act of somebody; None if nothing does."""
    if state not in _ACTS[act][0]:
        return RecordNotNow(act, state)
    if act in _OWN and actor != subject:
        return NotOnlySubject(act)
    return OwnRecord(RECORD_ACTS[act]) if act in _JUDGING and actor == subject else None


def check_apart(actor: int, subject: int, what: str) -> None:
    """Whoever registers, decides or reviews is somebody else."""
    if actor == subject:
        raise OwnRecord(what)


def check_heard(plea: str, until: date | None, day: date) -> None:
    """The subject has spoken, or the time to speak is over."""
    if not plea and (until is None or day <= until):
        raise NotHeard(until)


def check_decision(decision: Decision) -> None:
    """The parts fit together."""
    consequences = bool(decision.degree or decision.measure or decision.points)
    if decision.finding == "upheld":
        if not decision.degree or decision.measure not in MEASURES:
            raise BadDecision("认定成立的，要写明程度和处理方式")
        if decision.points < 0:
            raise BadDecision("扣分不能是负数")
    elif consequences:
        raise BadDecision("认定不成立或者免责的，没有程度、处理方式和扣分")
    if (decision.finding == "exempt") != bool(decision.exemption):
        raise BadDecision("免责要写明事由（系统故障、不可抗力、申请人原因），其他认定不写")


def check_appeal(until: date, day: date) -> None:
    """Within its time."""
    if day > until:
        raise AppealTooLate(until)


def check_reviewer(actor: int, decided_by: int | None) -> None:
    """Somebody else than who decided."""
    if actor == decided_by:
        raise SameJudge


def check_close(correct_by: date | None, correction: str) -> None:
    """Where something was to be put right, it is said how."""
    if correct_by is not None and not correction:
        raise NotCorrected


def acts_on(state: RecordState) -> tuple[RecordAct, ...]:
    """What may be done in a state, by whoever may do it."""
    return tuple(act for act, (before, _) in _ACTS.items() if state in before)
