"""查进度 of an application for a stall: state, draw, place, offer and certificate in plain words; nobody else's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hall.rules.progress import Progress, day_words
from hall.rules.stalls import ApplicationState

_ANSWER = "请带身份证件和摊位申请登记表，取号到窗口答复。"
_COLLECT_CERTIFICATE = "还没有领取摊位证的，请带身份证件，取号到窗口领取。"
_COLLECT_DECISION = "还没有领取决定书的，请带身份证件，取号到窗口领取。"


@dataclass(frozen=True, slots=True)
class CertificateTold:
    """The certificate that an application led to, from its first to its last day; `ended_on`: it is over."""

    number: str
    stall: str
    valid_from: date
    valid_to: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StallProgressFacts:
    """How it stands. `place`: by the draw, `before`: who still waits with a better one; `stall`: what is kept."""

    state: ApplicationState
    today: date
    draw_on: date | None = None
    place: int | None = None
    before: int = 0
    stall: str = ""
    answer_by: date | None = None
    certificate: CertificateTold | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    headline: str
    words: str
    next_step: str = ""
    where: str = ""


_TOLD: Mapping[ApplicationState, _Told] = {
    "applied": _Told("等待审查", "申请已经登记，正在按规则审查。", "审查后准予进入抽签，或者书面告诉您不予进入。"),
    "admitted": _Told("准予进入，等待抽签", "审查已经通过，可以参加抽签。", "抽签前公示名单和摊位，请留意公告。"),
    "drawing": _Told(
        "已列入抽签名单", "名单和摊位已经公示，不再变动。", "抽中的保留摊位，等您答复；没有抽中的按顺序候补。"
    ),
    "refused": _Told(
        "不予进入", "决定书上写明了理由，以及申请行政复议、提起行政诉讼的途径和期限。", where=_COLLECT_DECISION
    ),
    "withdrawn": _Told("已撤回申请", "已经按您的申请停止办理，可以重新申请。"),
    "declined": _Told("已放弃摊位", "您放弃了得到的摊位，可以重新申请。"),
    "lapsed": _Told("逾期没有答复", "期限内没有答复，摊位不再保留，可以重新申请。"),
}


def told_of_stall(facts: StallProgressFacts) -> Progress:
    """In the words of the counter."""
    told = _TOLD.get(facts.state) or _by_facts(facts)
    return Progress(
        headline=told.headline,
        words=told.words,
        next_steps=(told.next_step,) if told.next_step else (),
        dues=_dues(facts),
        missing=(),
        where=told.where,
    )


def _by_facts(facts: StallProgressFacts) -> _Told:
    kept = f"{facts.stall}号摊位"
    if facts.state == "waiting":
        before = f"前面还有{facts.before}人" if facts.before else "前面没有人了"
        next_step = "有适合所申请类别的摊位空出时，按顺序为您保留，等您答复。"
        return _Told("候补", f"抽签排定候补第{facts.place}位，{before}。", next_step)
    if facts.state == "offered":
        next_step = "请在答复期限前到窗口答复要不要；期限内没有答复的，摊位由候补的人接替。"
        return _Told("请答复", f"为您保留了{kept}。", next_step, _ANSWER)
    if facts.state == "accepted":
        return _Told("等待发证", f"您已经答复要{kept}，正在办理摊位证。", "发证后到窗口领取摊位证。")
    return _granted(facts.certificate)


def _granted(certificate: CertificateTold | None) -> _Told:
    if certificate is None:
        return _Told("已发证", "摊位证已经核发。", where=_COLLECT_CERTIFICATE)
    words = f"{certificate.stall}号摊位，摊位证{certificate.number}"
    if certificate.ended_on is not None:
        return _Told("摊位证已终止", f"{words}，{day_words(certificate.ended_on)}终止。")
    return _Told("已发证", f"{words}。", where=_COLLECT_CERTIFICATE)


def _dues(facts: StallProgressFacts) -> tuple[tuple[str, str], ...]:
    """The day that matters in this state."""
    if facts.state == "drawing" and facts.draw_on is not None:
        return (("抽签日期", day_words(facts.draw_on)),)
    if facts.state == "offered" and facts.answer_by is not None:
        late = "（已过）" if facts.today > facts.answer_by else ""
        return (("答复期限", f"{day_words(facts.answer_by)}{late}"),)
    certificate = facts.certificate
    if facts.state == "granted" and certificate is not None and certificate.ended_on is None:
        return (("摊位证有效期", f"{day_words(certificate.valid_from)}至{day_words(certificate.valid_to)}"),)
    return ()
