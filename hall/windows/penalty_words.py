"""How the penalty window puts a case into words: money, decisions, proposals, requests, what happened."""

from collections.abc import Iterable

from hall.clock import hall_time
from hall.rules.fines import FinePosition, PartState
from hall.rules.leniency_limbs import LIMBS
from hall.rules.money import yuan
from hall.rules.money_words import money_figures
from hall.services.penalty_file import (
    AgreementView,
    DecisionView,
    DeferralView,
    LeniencyView,
    LitClock,
    NoticeView,
    PenaltyEventView,
    PenaltyFile,
    PlanPart,
    ProposalView,
    PublicationView,
)
from hall.services.penalty_position import SeizureLine
from hall.windows.phrases import day_words, person_words
from hall.words import (
    CASH_GROUNDS,
    OBJECT_KINDS,
    PENALTY_ACTS,
    PENALTY_DECISIONS,
    PENALTY_DUTIES,
    PENALTY_HARMS,
    PENALTY_PROCEDURES,
    PENALTY_RESULTS,
    PENALTY_STATES,
    SEIZURE_EVENTS,
    SEIZURE_KINDS,
)

Facts = Iterable[tuple[str, str]]

PART_LIGHTS = {"paid": "normal", "coming": "pending", "today": "today", "overdue": "over_promised"}
PART_WORDS = {"paid": "已缴清", "coming": "未到期", "today": "今日到期", "overdue": "已逾期"}
PENALTY_LIGHTS = {
    "over_statutory": "已超期",
    "over_promised": "逾期未缴",
    "today": "今日到期",
    "warning": "快到期",
    "normal": "正常",
    "pending": "待定",
    "paused": "已过",
}
"""The lights in words that fit a penalty: an overdue fine is the party's, a late act the authority's."""
CASE_EVENTS = {"register": "登记案件", "import": "导入案件", "file_review": "案卷评查", **SEIZURE_EVENTS}
"""What happens to a case without being an act on it."""


def money(fen: int) -> str:
    """¥3,000.00 of whole fen."""
    return money_figures(yuan(fen))


def case_facts(file: PenaltyFile) -> Facts:
    """What the act was, and who investigates it."""
    until = f" 至 {file.acted_until.isoformat()}" if file.acted_until else ""
    filed = f"　立案 {file.filed_on.isoformat()}" if file.filed_on else ""
    return (
        ("违法行为", file.act),
        ("地点", file.place),
        ("行为日期", f"{file.acted_on.isoformat()}{until}　发现 {file.found_on.isoformat()}{filed}"),
        ("当事人", f"{person_words(file.party)}　{OBJECT_KINDS[file.object_kind]}"),
        ("程序、后果", f"{PENALTY_PROCEDURES[file.procedure]}　{PENALTY_HARMS[file.harm]}"),
        ("责令改正", _correction_words(file)),
        ("执法人员", "、".join(f"{each.name}（{each.number}）" for each in file.officers)),
        ("登记", f"{day_words(hall_time(file.registered_at).date())}　{file.clerk}"),
        ("本人职责", f"您在本案负责{PENALTY_DUTIES[file.duty]}" if file.duty else ""),
    )


def _correction_words(file: PenaltyFile) -> str:
    if file.correction_ordered_on is None:
        return ""
    limit = f"，限 {file.correct_by.isoformat()} 前改正" if file.correct_by else ""
    done = f"，{file.corrected_on.isoformat()} 已改正" if file.corrected_on else "，尚未改正"
    return f"{file.correction_ordered_on.isoformat()} 责令{limit}{done}"


def fine_words(fine: FinePosition) -> str:
    """By when it is to be paid, or since when it grows, in a sentence."""
    if not fine.balance_fen:
        over = f"多缴 {money(fine.over_fen - fine.refunded_fen)}，应退还。" if fine.over_fen > fine.refunded_fen else ""
        return f"已经缴清。{over}"
    if fine.due_on is None:
        return "罚款本金已经缴清，尚有加处的罚款未缴。"
    left = (fine.due_on - fine.on).days
    if left >= 0:
        until = f"还有 {left} 日" if left else "今天是最后一日"
        return f"最迟 {day_words(fine.due_on)} 缴款，{until}；逾期按日加处，加处总额不超过罚款本金。"
    return f"已逾期：{day_words(fine.due_on)} 到期，{_growth_words(fine)}"


def _growth_words(fine: FinePosition) -> str:
    if not fine.told:
        return "决定书没有告知加处罚款，不加处。"
    if fine.capped:
        return f"已加处 {fine.days} 日，到达罚款本金，不再增加。"
    if fine.paused_by:
        return f"已加处 {fine.days} 日，现在停止计算。"
    return f"已加处 {fine.days} 日，每日仍在增加。"


def part_words(part: PartState) -> str:
    """2026-12-03 周四　¥1,000.00　已缴 ¥400.00."""
    paid = f"　已缴 {money(part.paid_fen)}" if 0 < part.paid_fen < part.fen else ""
    added = f"　加处 {part.days} 日 {money(part.added_fen)}" if part.added_fen else ""
    return f"{day_words(part.due_on)}　{money(part.fen)}{paid}{added}"


def clock_words(lit: LitClock) -> str:
    """Until when, with the red line where it lies elsewhere, and what it counts from."""
    clock = lit.clock
    if clock.ended_on is not None:
        return f"{clock.ended_on.isoformat()} 已办　{clock.note}"
    if clock.due is None:
        return f"待定（{clock.pending}）　{clock.note}"
    strict = ""
    if clock.side == "authority" and clock.strict_due not in (None, clock.due):
        strict = f"　红线 {clock.strict_due.isoformat()}（不因休息日顺延）"
    act_by = f"　宜在 {clock.act_by.isoformat()} 前办" if clock.act_by not in (None, clock.due) else ""
    return f"{day_words(clock.due)}{strict}{act_by}　{clock.note}"


def proposal_facts(each: ProposalView) -> Facts:
    """What was proposed and what has been done about it since."""
    limb = f"　{limb_words(each.limb)}" if each.limb else ""
    other = f"　{each.other}" if each.other else ""
    span = f"（幅度 {money(each.low_fen)} 至 {money(each.high_fen)}）" if each.high_fen else ""
    return (
        (f"第 {each.round} 次意见", f"{PENALTY_RESULTS[each.result]}{limb}"),
        ("拟罚款", f"{money(each.fine_fen)}{span}{other}"),
        ("认定事实", each.facts),
        ("提出", f"{each.proposed_on.isoformat()}　{each.proposed_by}"),
        ("告知", _told_words(each)),
        ("陈述申辩", _defence_words(each)),
        ("听证", _hearing_words(each)),
        ("法制审核", _legal_words(each)),
        ("集体讨论", _collective_words(each)),
    )


def limb_words(code: str) -> str:
    """A limb's own words; a code that no limb has any more as it is."""
    return next((limb.words for known, limb in LIMBS.items() if known == code), code)


def _told_words(each: ProposalView) -> str:
    if each.told_on is None:
        return "还没有告知" if each.state == "open" else ""
    return f"{each.told_on.isoformat()}，陈述申辩到 {each.defend_by.isoformat()}" if each.defend_by else ""


def _defence_words(each: ProposalView) -> str:
    if each.defended_on is None:
        return ""
    if not each.defence:
        return f"{each.defended_on.isoformat()} 明确放弃"
    answer = f"；复核：{each.defence_answer}" if each.defence_answer else "；还没有复核答复"
    return f"{each.defended_on.isoformat()} {each.defence}{answer}"


def _hearing_words(each: ProposalView) -> str:
    if each.hearing_asked_on is None:
        return "当事人可以要求听证" if each.hearing_due and each.state == "open" else ""
    held = f"，{each.hearing_on.isoformat()} 举行" if each.hearing_on else "，还没有举行"
    return f"{each.hearing_asked_on.isoformat()} 要求{held}"


def _legal_words(each: ProposalView) -> str:
    if each.legal_on is None:
        return "应当审核，还没有审核" if each.legal_due and each.state == "open" else ""
    return f"{each.legal_on.isoformat()} {'同意' if each.legal_agrees else '不同意'}　{each.legal_opinion}"


def _collective_words(each: ProposalView) -> str:
    if each.minutes_on is None:
        return "应当集体讨论，还没有讨论" if each.collective_due and each.state == "open" else ""
    return f"{each.minutes_on.isoformat()}　{each.minutes_number}"


def decision_facts(decisions: Iterable[DecisionView]) -> Facts:
    """Every decision by its number."""
    return [(PENALTY_DECISIONS[each.kind], _decision_words(each)) for each in decisions]


def _decision_words(each: DecisionView) -> str:
    result = f"　{PENALTY_RESULTS[each.result]}" if each.kind == "penalty" else ""
    fine = f"　罚款 {money(each.fine_fen)}" if each.fine_fen else ""
    other = f"　{each.other}" if each.other else ""
    title = f"　依据 {each.title}" if each.title else ""
    served = f"{each.served_on.isoformat()} 送达" if each.served_on else "还没有送达"
    return f"{each.number}　{each.decided_on.isoformat()} {each.decided_by}{result}{fine}{other}{title}　{served}"


def under_way_facts(file: PenaltyFile) -> Facts:
    """What was asked for, agreed, noticed and published, the newest of each kind last."""
    return (
        *(("减免申请", _request_words(each)) for each in file.requests),
        *(("暂缓、分期", _deferral_words(each)) for each in file.deferrals),
        *(("执行协议", _agreement_words(each)) for each in file.agreements),
        *(("缴款通知", _notice_words(each)) for each in file.notices),
        *(
            ("当场收缴", f"{each.collected_on.isoformat()} {money(each.fen)}　{CASH_GROUNDS[each.ground]}")
            for each in file.cash
        ),
        *(("公示", _publication_words(each)) for each in file.publications),
    )


def _request_words(each: LeniencyView) -> str:
    state = {
        "open": "待答复" if each.examined_on else "待审查",
        "granted": "已采纳",
        "refused": "不予采纳",
        "withdrawn": "已撤回",
    }[each.state]
    limbs = "、".join(limb_words(limb) for limb in each.limbs)
    if not each.wanted:  # examined by officers of their own accord
        return f"{each.applied_on.isoformat()} {each.number}　{limb_words(each.limb) if each.limb else ''}"
    return f"{each.applied_on.isoformat()} {each.number}　申请{PENALTY_RESULTS[each.wanted]}　{state}　{limbs}"


def _deferral_words(each: DeferralView) -> str:
    state = "待答复" if each.granted is None else "已批准" if each.granted else "不予批准"
    return f"{each.applied_on.isoformat()}　{_plan_words(each.parts)}　{state}"


def _agreement_words(each: AgreementView) -> str:
    words = {
        "proposed": "待批准",
        "refused": "不予批准",
        "active": "履行中",
        "kept": "已履行",
        "breached": "已违约，恢复执行",
    }
    waived = f"减免加处 {money(each.waived_fen)}"
    return f"{each.proposed_on.isoformat()}　{waived}　{_plan_words(each.parts)}　{words[each.state]}"


def _plan_words(parts: tuple[PlanPart, ...]) -> str:
    if len(parts) == 1:
        return f"到 {parts[0].due_on.isoformat()}"
    return f"分 {len(parts)} 期，到 {parts[-1].due_on.isoformat()}" if parts else ""


def _notice_words(each: NoticeView) -> str:
    void = f"　{each.voided_on.isoformat()} 已作废" if each.voided_on else ""
    return (
        f"{each.issued_on.isoformat()}　{money(each.amount_fen)}　{each.pay_code}　到 {each.due_on.isoformat()}{void}"
    )


def _publication_words(each: PublicationView) -> str:
    if each.withheld:
        return f"不予公示：{each.withheld}"
    if each.withdrawn_on is not None:
        return f"{each.withdrawn_on.isoformat()} 已撤回"
    if each.overturned_on is not None:
        return f"决定 {each.overturned_on.isoformat()} 被改变，应撤回公示"
    if each.published_on is None:
        return "还没有公示"
    return f"{each.published_on.isoformat()} 已公示　{each.published_at}"


def event_words(each: PenaltyEventView) -> str:
    """What was done, by whom, and what was noted."""
    name = PENALTY_ACTS.get(each.kind) or CASE_EVENTS.get(each.kind, "")
    return "　".join(part for part in (name, each.who, each.note) if part)


def state_words(file: PenaltyFile) -> str:
    """The state, and since when a case is over."""
    closed = f"　{file.closed_on.isoformat()}" if file.closed_on else ""
    return f"{PENALTY_STATES[file.state]}{closed}"


def balance_words(balance_fen: int | None) -> str:
    """What is owed today, in a list; nothing where no fine is served."""
    return money(balance_fen) if balance_fen else "" if balance_fen is None else "缴清"


def seizure_words(each: SeizureLine) -> str:
    """What is kept since when; there is nothing to pay for it."""
    return f"{each.seized_on.isoformat()} {SEIZURE_KINDS[each.kind]} {each.goods}（{each.number}）"
