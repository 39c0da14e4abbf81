"""What may be done about a fine after its decision (defer, agree, remedies, court, correct), and why not the rest."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.fines import AGREEMENT, FinePosition
from hall.rules.penalty_acts import PenaltyAct, Road

Remedy = Literal["review", "litigation"]
RemedyOutcome = Literal["upheld", "withdrawn", "varied", "revoked", "confirmed"]
FineActName = Literal[
    "defer",
    "defer_decide",
    "agree",
    "agree_decide",
    "breach",
    "remedy_begin",
    "remedy_end",
    "remind",
    "court",
    "correct",
    "vary",
    "revoke",
]


class NotNow(Refused):
    """The act may not be done in this state; every reason stands in the sentence."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("".join(reasons))


@dataclass(frozen=True, slots=True, kw_only=True)
class FineFacts:
    """What the acts after a decision depend on.

    `decided`: there is a decision, `fine_fen` what the first one imposed, `revoked`: it stands no longer. `deferral`:
    an application waits for its answer. `agreement`: proposed, active or empty. `remedy`: what goes on. `outcome`: how
    the last remedy ended, where the case has not been changed by it yet. `court_from`: the first day on which the
    court can be asked (after ten workdays from the reminder, 强制法 54), `court_by`: the last one (53), None: no clock.
    """

    today: date
    decided: bool
    revoked: bool
    fine_fen: int
    position: FinePosition | None
    deferral: bool = False
    agreement: str = ""
    remedy: Remedy | None = None
    outcome: RemedyOutcome | None = None
    reminded_on: date | None = None
    remedies_end: date | None = None
    court_from: date | None = None
    court_by: date | None = None
    court_on: date | None = None


def fine_acts_for(facts: FineFacts) -> tuple[PenaltyAct, ...]:
    """Every act with the reasons against it; roads always, work only where it is about something."""
    listed: list[PenaltyAct] = [
        _act("defer", "deferral.apply", facts, road="later", law="行政处罚法第六十六条"),
        _act("agree", "agreement.propose", facts, road="surcharge", law="行政强制法第四十二条"),
        _act("correct", "penalty.correct", facts, road="wrong", law="行政处罚法第七十五条"),
        _act("vary", "penalty.correct", facts, road="wrong", law="行政复议法第六十三条、行政诉讼法第七十七条"),
        _act("revoke", "penalty.correct", facts, road="wrong", law="行政处罚法第三十八条、第七十五条"),
    ]
    if facts.deferral:
        listed.append(_act("defer_decide", "deferral.decide", facts, road="later", law="行政处罚法第六十六条第二款"))
    if facts.agreement == "proposed":
        listed.append(_act("agree_decide", "agreement.decide", facts, road="surcharge", law="行政强制法第四十二条"))
    if facts.agreement == "active":
        listed.append(_act("breach", "agreement.propose", facts, road="surcharge", law="行政强制法第四十二条第二款"))
    if facts.remedy or (facts.decided and not facts.revoked):  # a review goes on when the authority itself revokes
        remedy: FineActName = "remedy_end" if facts.remedy else "remedy_begin"
        listed.append(_act(remedy, "penalty.remedy", facts, law="行政处罚法第七十三条"))
    if facts.position and facts.position.overdue and not facts.court_on:
        listed.append(_act("remind", "penalty.remedy", facts, law="行政强制法第五十四条"))
        listed.append(_act("court", "penalty.remedy", facts, law="行政强制法第五十三条、第五十四条"))
    return tuple(listed)


def check_fine_act(name: FineActName, facts: FineFacts) -> None:
    """Raise NotNow with every reason against the act."""
    if reasons := fine_reasons(name, facts):
        raise NotNow(reasons)


def fine_reasons(name: FineActName, facts: FineFacts) -> tuple[str, ...]:
    """Why an act may not be done now, each a whole sentence; none: it may."""
    reasons = _REASONS[name](facts)
    return tuple(reason for reason in reasons if reason)


def _act(name: FineActName, action: str, facts: FineFacts, *, road: Road = "", law: str) -> PenaltyAct:
    return PenaltyAct(name, action, fine_reasons(name, facts), road, law)


def _standing(facts: FineFacts, law: str) -> str:
    """The first thing that a fine in force lacks, empty where there is one."""
    if not facts.decided:
        return f"还没有作出处罚决定（{law}）。"
    if facts.revoked:
        return "处罚决定已经撤销，没有需要缴纳的罚款。"
    if not facts.fine_fen:
        return "决定没有处以罚款。"
    if facts.position is None:
        return "决定还没有登记送达，缴款期限没有起算，请先登记送达（行政处罚法第六十一条、第六十七条）。"
    return "" if facts.position.balance_fen else "罚款已经缴清。"


def _defer(facts: FineFacts) -> tuple[str, ...]:
    lacking = _standing(facts, "决定送达以后才可以申请暂缓、分期，行政处罚法第六十六条")
    if lacking:
        return (lacking,)
    assert facts.position is not None
    return (
        "已有一件暂缓、分期申请等待审批，请先审批。" if facts.deferral else "",
        "" if facts.position.principal_left_fen else "罚款本金已经缴清，只剩加处罚款；暂缓、分期只适用于罚款。",
        _agreement_reason(facts),
    )


def _defer_decide(facts: FineFacts) -> tuple[str, ...]:
    """Also after everything was paid: whoever asked gets an answer."""
    return ("" if facts.deferral else "没有等待审批的暂缓、分期申请。",)


def _agree(facts: FineFacts) -> tuple[str, ...]:
    lacking = _standing(facts, "只有逾期以后加处的罚款可以按协议减免，行政强制法第四十二条")
    if lacking:
        return (lacking,)
    assert facts.position is not None
    return (
        _addition_reason(facts.position),
        "有一件暂缓、分期申请等待审批，请先审批。" if facts.deferral else "",
        _agreement_reason(facts),
    )


def _addition_reason(position: FinePosition) -> str:
    if not position.told:
        return "决定没有告知加处罚款，不加处，也就没有可以减免的；罚款本金依法不能减免（行政强制法第四十二条）。"
    if position.added_left_fen:
        return ""
    return "还没有加处罚款，没有可以减免的；罚款本金依法不能减免（行政强制法第四十二条）。"


def _agreement_reason(facts: FineFacts) -> str:
    if facts.agreement == "proposed":
        return "有一份执行协议等待审批，请先审批。"
    return "执行协议正在履行，当事人违约的请先登记违约。" if facts.agreement == "active" else ""


def _agree_decide(facts: FineFacts) -> tuple[str, ...]:
    return (
        _standing(facts, "行政强制法第四十二条"),
        "" if facts.agreement == "proposed" else "没有等待审批的执行协议。",
    )


def _breach(facts: FineFacts) -> tuple[str, ...]:
    if facts.agreement != "active" or facts.position is None or facts.position.plan != AGREEMENT:
        return ("没有正在履行的执行协议。",)
    return ("" if facts.position.overdue else "到期的各期都已缴清，当事人没有违约。",)


def _in_force(facts: FineFacts) -> str:
    if not facts.decided:
        return (
            "还没有作出处罚决定，没有可以更正、变更或者撤销的；当事人不服的，现在可以陈述申辩（行政处罚法第四十五条）。"
        )
    return "处罚决定已经撤销。" if facts.revoked else ""


def _correct(facts: FineFacts) -> tuple[str, ...]:
    return (_in_force(facts),)


def _vary(facts: FineFacts) -> tuple[str, ...]:
    if lacking := _in_force(facts):
        return (lacking,)
    return (
        ""
        if facts.outcome == "varied"
        else "合法决定的罚款数额不能减少，只能凭复议决定或者法院判决变更；还没有登记变更处罚的复议、诉讼结果。",
        "" if facts.fine_fen and facts.position else "罚款还没有送达起算，没有可以变更的数额。",
    )


def _revoke(facts: FineFacts) -> tuple[str, ...]:
    return (_in_force(facts),)


def _remedy_begin(facts: FineFacts) -> tuple[str, ...]:
    return (
        "" if facts.decided and not facts.revoked else "没有可以申请复议、提起诉讼的处罚决定。",
        "决定还没有登记送达，请先登记送达。" if facts.fine_fen and not facts.position else "",
        "已有一件复议、诉讼没有登记结果，不能同时进行（行政复议法第二十九条）。" if facts.remedy else "",
    )


def _remedy_end(facts: FineFacts) -> tuple[str, ...]:
    return ("" if facts.remedy else "没有正在进行的复议、诉讼。",)


def _remind(facts: FineFacts) -> tuple[str, ...]:
    if lacking := _standing(facts, "行政强制法第五十四条"):
        return (lacking,)
    assert facts.position is not None
    return (
        "" if facts.position.overdue else "罚款没有逾期，不需要催告。",
        "执行协议正在履行，违约以后才能催告。" if facts.agreement == "active" else "",
        "已经申请法院强制执行。" if facts.court_on else "",
    )


def _court(facts: FineFacts) -> tuple[str, ...]:
    return (
        *_remind(facts),
        "复议、诉讼正在进行，不能申请强制执行（行政强制法第五十三条）。" if facts.remedy else "",
        _reminder_reason(facts),
        _court_period_reason(facts),
    )


def _reminder_reason(facts: FineFacts) -> str:
    if facts.reminded_on is None:
        return "申请法院强制执行前应当催告，请先登记催告（行政强制法第五十四条）。"
    if facts.court_from is None or facts.today < facts.court_from:
        since = f"{facts.court_from}起" if facts.court_from else "满十个工作日后"
        return f"催告书送达十个工作日后仍不履行的才能申请，{since}可以申请（行政强制法第五十四条、第六十九条）。"
    return ""


def _court_period_reason(facts: FineFacts) -> str:
    if facts.remedies_end is None or facts.today <= facts.remedies_end:
        until = f"（{facts.remedies_end}届满）" if facts.remedies_end else ""
        return f"复议和起诉的期限还没有届满{until}，届满后三个月内申请（行政强制法第五十三条）。"
    if facts.court_by is not None and facts.today > facts.court_by:
        return f"申请法院强制执行的期限已于{facts.court_by}届满（行政强制法第五十三条），请报法制机构研究。"
    return ""


_REASONS = {
    "defer": _defer,
    "defer_decide": _defer_decide,
    "agree": _agree,
    "agree_decide": _agree_decide,
    "breach": _breach,
    "remedy_begin": _remedy_begin,
    "remedy_end": _remedy_end,
    "remind": _remind,
    "court": _court,
    "correct": _correct,
    "vary": _vary,
    "revoke": _revoke,
}
