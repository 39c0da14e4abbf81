"""查进度 of an application for relief: its state and the days it is shown; no amount, no reason, nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hall.rules.progress import Progress, day_words
from hall.rules.relief_cases import ReliefState


@dataclass(frozen=True, slots=True)
class _Told:
    headline: str
    words: str
    next_step: str = ""
    where: str = ""


_COLLECT = "请带身份证件，取号到窗口领取。"
_TOLD: Mapping[ReliefState, _Told] = {
    "applied": _Told("等待入户核查", "申请已经登记，工作人员要到家里了解情况。", "核查后出具意见，交慈善组织表决。"),
    "checked": _Told("正在出具意见", "已经入户核查，正在出具意见。", "出具意见后交慈善组织表决。"),
    "opined": _Told("等待慈善组织表决", "是否救助由慈善组织表决决定。", "表决通过的先公示，再发放。"),
    "voted": _Told("表决通过，等待公示", "慈善组织已经表决通过。", "公示期满次日起发放；有异议的，答复以后发放。"),
    "shown": _Told("正在公示", "正在按规定公示，姓名打码。", "公示期满次日起发放；有异议的，答复以后发放。"),
    "given": _Told("已发放", "救助已经发放。", "本件已经办结，不用再来。"),
    "refused": _Told("不予救助", "慈善组织表决没有通过。", where="请带身份证件，取号到窗口了解理由。"),
    "withdrawn": _Told("已撤回申请", "已经按您的申请停止办理，可以重新申请。"),
}
_SHOWN_OUT = _Told("公示期满，等待发放", "公示期已经满了。", "没有等待答复的异议的，可以发放。", _COLLECT)


def told_of_relief(state: ReliefState, *, today: date, shown_until: date | None) -> Progress:
    """In the words of the counter; `shown_until` is the last day of being shown (`resources/relief.toml`)."""
    shown = shown_until if state == "shown" else None
    told = _SHOWN_OUT if shown is not None and today > shown else _TOLD[state]
    return Progress(
        headline=told.headline,
        words=told.words,
        next_steps=(told.next_step,) if told.next_step else (),
        dues=(("公示期", f"到{day_words(shown)}"),) if shown is not None else (),
        missing=(),
        where=told.where,
    )
