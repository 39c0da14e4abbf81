"""查进度: what an applicant is told of a case in plain words, and when a station refuses after wrong answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hall.rules.permits import IN_REVIEW, AcceptedHow, CaseState, Handling, Outcome
from hall.words import CASE_PROCEDURES

LAST = 4
"""Characters of a number that prove whose case it is."""

_LABELS = {
    "acceptance": "核对期限",
    "supplement": "补交期限",
    "statutory": "法定期限",
    "promised": "承诺期限",
    "delivery": "送达期限",
}
_WAITED: Mapping[CaseState, str] = {"received": "acceptance", "supplementing": "supplement"}
_LATE = {"acceptance": "已到期，自收到材料之日起视为受理", "supplement": "已过，请尽快补交"}
_LATE_HERE = "已超过，可以请导办台催办"
_GRANTED = {"new": "准予许可", "change": "准予变更", "renewal": "准予延续", "cancel": "准予注销"}
_DENIED = {"new": "不予许可", "change": "不予变更", "renewal": "不予延续", "cancel": "不予注销"}
_REMEDIES = "决定书上写明了理由，以及申请行政复议、提起行政诉讼的途径和期限。"
_OVER = "本件已经办结，不用再来。"
_BRING = "请带身份证件和收件凭证，取号到窗口"


@dataclass(frozen=True, slots=True)
class ProgressRule:
    """After so many wrong answers within some minutes a station takes no further ones for some minutes."""

    effective_from: date
    source: str
    wrong_answers: int
    within_minutes: int
    locked_minutes: int

    def __post_init__(self) -> None:
        if not (self.wrong_answers and self.within_minutes and self.locked_minutes):
            raise ValueError("wrong_answers、within_minutes 和 locked_minutes 都应大于 0")


@dataclass(frozen=True, slots=True)
class DueTold:
    """Where a clock that runs ends; no day while it is pending or held by a procedure."""

    kind: str
    day: date | None
    pending: str = ""
    extended: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureTold:
    """A procedure under way, the last day it was given, and which limits it stops."""

    procedure: str
    until: date | None
    stops_statutory: bool
    stops_promised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFacts:
    """All that the words are made of. `ended`: how an archived case had ended; `visits`: when officers will come."""

    state: CaseState
    department: str
    today: date
    ended: CaseState = "finished"
    purpose: str = "new"
    handling: Handling = "promised"
    accepted_how: AcceptedHow = ""
    outcome: Outcome = ""
    decided_on: date | None = None
    dues: tuple[DueTold, ...] = ()
    procedures: tuple[ProcedureTold, ...] = ()
    visits: tuple[datetime, ...] = ()
    missing: tuple[str, ...] = ()
    certificate_coming: str = ""
    to_collect: tuple[str, ...] = ()
    on_the_way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """What the applicant is told. `dues`: label and words; `missing`: materials that are still to come."""

    headline: str
    words: str
    next_steps: tuple[str, ...]
    dues: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class _Told:
    headline: str
    words: str
    next_step: str = ""


def told_of(facts: ProgressFacts) -> Progress:
    """The case in the applicant's words: nobody is named but the department, nothing is said of what is proposed."""
    told = _told(facts)
    steps = (told.next_step, *_procedure_words(facts), *_visit_words(facts), *_paper_words(facts))
    return Progress(
        headline=told.headline,
        words=told.words,
        next_steps=tuple(filter(None, steps)),
        dues=tuple((_LABELS[due.kind], _due_words(due, facts.today)) for due in _shown(facts)),
        missing=facts.missing,
        where=_where(facts),
    )


def locked_until(wrong: Sequence[datetime], rule: ProgressRule) -> datetime | None:
    """Until when a station refuses, by the instants of its wrong answers; None if they never came to that.

    Answers that brought a refusal are not counted again after it.
    """
    until: datetime | None = None
    recent: list[datetime] = []
    for at in sorted(wrong):
        recent = [each for each in recent if at - each < timedelta(minutes=rule.within_minutes)] + [at]
        if len(recent) == rule.wrong_answers:
            until, recent = at + timedelta(minutes=rule.locked_minutes), []
    return until


def _told(facts: ProgressFacts) -> _Told:
    if facts.state == "archived":
        ended = _ended(facts, facts.ended)
        return _Told(ended.headline, f"{ended.words}材料已经归档。", ended.next_step)
    if facts.state in IN_REVIEW:
        return _in_review(facts)
    if facts.state == "received":
        return _received(facts)
    if facts.state == "supplementing":
        words = "收到的材料不齐全，或者不符合规定的形式，要补的内容已经一次告知。"
        return _Told("材料需要补正", words, "补交后重新核对，核对期限从补交那天起算。")
    return _ended(facts, facts.state)


def _received(facts: ProgressFacts) -> _Told:
    day = next((due.day for due in facts.dues if due.kind == "acceptance"), None)
    by = f"最迟{day_words(day)}" if day else "在核对期限内"
    return _Told(
        "已收到材料",
        "窗口正在核对材料是否齐全、是否符合规定的形式。",
        f"{by}告诉您受理、补正还是不予受理；到期没有告知的，自收到材料之日起视为受理。",
    )


def _in_review(facts: ProgressFacts) -> _Told:
    department = facts.department
    if facts.state == "accepted":
        return _Told("已受理", _HOW[facts.accepted_how], _after_acceptance(facts))
    if facts.state == "suspended":
        names = "、".join(CASE_PROCEDURES[each.procedure] for each in facts.procedures) or "特别程序"
        return _Told(f"正在进行{names}", "这是作出决定前需要的程序。", f"结束后，{department}继续审查。")
    by_state: Mapping[str, _Told] = {
        "reviewing": _Told("正在审查", f"{department}正在审查申请材料。", "审查后由科室审核，再报批准，作出决定。"),
        "examining": _Told("正在审核", f"审查已经完成，{department}正在审核。", "审核后报批准，作出决定。"),
        "legal_review": _Told("正在法制审核", "审查、审核已经完成，正在法制审核。", "法制审核后报批准，作出决定。"),
        "approving": _Told("等待作出决定", "审查、审核已经完成，正在等待批准。", "作出决定后通知您领取文书。"),
    }
    return by_state[facts.state]


_HOW: Mapping[str, str] = {
    "": "申请已经受理。",
    "complete": "申请已经受理。",
    "lacking": "申请已经容缺受理，缺的材料还要补交。",
    "informed": "申请已经按告知承诺受理。",
    "deemed": "没有在期限内告知补正，自收到材料之日起视为受理。",
}


def _after_acceptance(facts: ProgressFacts) -> str:
    if facts.handling == "immediate":
        return "这是即办件，当场作出决定。"
    return f"接下来由{facts.department}审查。"


def _ended(facts: ProgressFacts, state: CaseState) -> _Told:
    if state == "refused":
        return _Told("不予受理", _REMEDIES, _closed(facts))
    if state == "withdrawn":
        return _Told("已撤回申请", "已经按您的申请停止办理，可以重新申请。", _closed(facts))
    if state == "terminated":
        return _Told("已终止办理", "终止的原因写在通知书上。", _closed(facts))
    decision, words = _decision(facts)
    if state == "decided":
        return _Told(f"已{decision}", words, _before_end(facts))
    return _Told(f"已办结：{decision}", words, _closed(facts))


def _decision(facts: ProgressFacts) -> tuple[str, str]:
    on = f"{day_words(facts.decided_on)}" if facts.decided_on else ""
    if facts.outcome == "denied":
        decision = _DENIED[facts.purpose]
        return decision, f"{on}决定{decision}。{_REMEDIES}"
    decision = _GRANTED[facts.purpose]
    if facts.outcome == "default":
        return decision, f"办理超过了时限，{on}按公布的超时默认规则{decision}。"
    return decision, f"{on}决定{decision}。"


def _closed(facts: ProgressFacts) -> str:
    return "" if facts.to_collect or facts.on_the_way else _OVER


def _before_end(facts: ProgressFacts) -> str:
    if facts.missing and facts.certificate_coming:
        return f"缺的材料补齐后制作{facts.certificate_coming}。"
    if facts.certificate_coming:
        return f"正在制作{facts.certificate_coming}，做好后通知您领取。"
    return "" if facts.to_collect or facts.on_the_way else "文书已经送达，正在办结。"


def _procedure_words(facts: ProgressFacts) -> list[str]:
    return [_procedure(each) for each in facts.procedures] if facts.state in IN_REVIEW else []


def _procedure(told: ProcedureTold) -> str:
    stopped = [
        _LABELS[kind]
        for kind, stops in (("statutory", told.stops_statutory), ("promised", told.stops_promised))
        if stops
    ]
    until = f"最迟到{day_words(told.until)}" if told.until else "正在进行"
    counted = f"，期间不计入{'和'.join(stopped)}" if stopped else ""
    return f"{CASE_PROCEDURES[told.procedure]}{until}{counted}。"


def _visit_words(facts: ProgressFacts) -> list[str]:
    coming = [at for at in facts.visits if at.date() >= facts.today]
    return [f"{day_words(at.date())}{at.hour}时{at.minute:02d}分现场勘查，请到场。" for at in coming]


def _paper_words(facts: ProgressFacts) -> list[str]:
    collect = [f"可以领取：{'、'.join(facts.to_collect)}。"] if facts.to_collect else []
    return collect + ([f"正在送达：{'、'.join(facts.on_the_way)}。"] if facts.on_the_way else [])


def _shown(facts: ProgressFacts) -> list[DueTold]:
    """In the order of the labels, those that say something in this state."""
    in_review = facts.state in IN_REVIEW
    wanted = {"statutory", "promised"} if in_review else {_WAITED.get(facts.state, "delivery")}
    wanted |= {"supplement"} if facts.missing else set()
    return [due for kind in _LABELS if kind in wanted for due in facts.dues if due.kind == kind]


def _due_words(due: DueTold, today: date) -> str:
    if due.day is None:
        return f"待定（{due.pending}）" if due.pending else "暂停计算，程序结束后接着算"
    late = f"，{_LATE.get(due.kind, _LATE_HERE)}" if today > due.day else ""
    return f"{day_words(due.day)}{'（已依法延期）' if due.extended else ''}{late}"


def _where(facts: ProgressFacts) -> str:
    deeds = [word for word, wanted in (("补交材料", facts.missing), ("领取文书", facts.to_collect)) if wanted]
    return f"{_BRING}{'、'.join(deeds)}。" if deeds else ""


def day_words(day: date) -> str:
    """2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"
