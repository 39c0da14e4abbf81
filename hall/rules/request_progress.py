"""查进度 of a request: what whoever asked is told of it in plain words; nothing of what was found or replied."""

from dataclasses import dataclass
from datetime import date

from hall.rules.progress import Progress, day_words
from hall.rules.requests import OPEN, RequestState

_COLLECT = "请带身份证件和受理单，取号到窗口领取答复单。"
_WORDS: dict[RequestState, tuple[str, str]] = {
    "asked": ("等待答复", "您的咨询已经登记，正在由工作人员答复。"),
    "registered": ("已登记，等待派单", "您的诉求已经登记，正在安排承办单位。"),
    "joined": ("并案办理", "和反映同一事项的诉求一起办理，办结时单独答复您。"),
    "dispatched": ("正在办理", "承办单位正在查明情况、依法处理。"),
    "fed_back": ("正在审核", "承办单位已经反馈，正在审核办理结果。"),
    "verified": ("正在答复", "办理结果已经审核，正在答复您。"),
    "closed": ("已办结", "您的诉求已经办结答复。"),
    "refused": ("不予受理", "不予受理的理由写在答复单上。"),
    "redirected": ("已转介", "由有权处理的机关办理，写在答复单上。"),
    "withdrawn": ("已撤回", "已经按您的要求停止办理，可以重新提出。"),
}
_ON_PAPER: tuple[RequestState, ...] = ("closed", "refused", "redirected")


@dataclass(frozen=True, slots=True)
class RequestProgressFacts:
    """How it stands; `unit` is who works on it now."""

    state: RequestState
    today: date
    unit: str = ""
    promised_by: date | None = None
    finish_by: date | None = None
    consultation: bool = False


def told_of_request(facts: RequestProgressFacts) -> Progress:
    """In the words of the counter."""
    headline, words = _WORDS[facts.state]
    if facts.state == "dispatched" and facts.unit:
        words = f"{facts.unit}正在查明情况、依法处理。"
    dues = (("承诺答复", facts.promised_by), ("法定办结", facts.finish_by))
    return Progress(
        headline=headline,
        words=words,
        next_steps=("办完经审核后答复您。",) if facts.state in ("registered", "dispatched", "fed_back") else (),
        dues=tuple((label, _due(day, facts.today)) for label, day in dues if day is not None and facts.state in OPEN),
        missing=(),
        where=_COLLECT if facts.state in _ON_PAPER and not facts.consultation else "",
    )


def _due(day: date, today: date) -> str:
    words = day_words(day)
    return f"{words}（已超过，可以请导办台催办）" if day < today else words
