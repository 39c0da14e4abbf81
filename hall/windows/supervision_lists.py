"""The three lists of the supervision screen: orders, anomalies, accountability records, each with its facts."""

from datetime import date

from hall.clock import hall_time
from hall.rules.supervision_words import (
    ANOMALY_KINDS,
    ANOMALY_VERDICTS,
    DEGREES,
    EXEMPTIONS,
    MEASURES,
    ORDER_CAUSES,
    ORDER_COLOURS,
    ORDER_PARTS,
    ORDER_STATES,
    PLEA_FINDINGS,
    RECORD_FINDINGS,
    RECORD_SOURCES,
    RECORD_STATES,
)
from hall.services.accountability_reading import HandView, LedgerView, RecordView
from hall.services.anomalies import AnomalyView
from hall.services.supervision_reading import OrderView
from hall.windows.kit import hotkeys
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.tables import Column, Table
from hall.words import CLOCK_KINDS, LIMIT_UNITS

# The shapes of lights, each with the card's own word.
CARD_LIGHTS = {"blue": "pending", "yellow": "warning", "red": "over_promised"}
ORDER_DEEDS = (
    (hotkeys.REPLY_ORDER, "reply"),
    (hotkeys.PLEAD_ORDER, "plead"),
    (hotkeys.FIND_PLEA, "find"),
    (hotkeys.SETTLE_ORDER, "settle"),
    (hotkeys.RETURN_REPLY, "return"),
    (hotkeys.ESCALATE_ORDER, "escalate"),
    (hotkeys.WITHDRAW_ORDER, "withdraw"),
    (hotkeys.HOLD_TO_ACCOUNT, "account"),
    (hotkeys.PREVIEW, "preview"),
)
RECORD_DEEDS = (
    (hotkeys.PLEAD_RECORD, "plead"),
    (hotkeys.DECIDE_RECORD, "decide"),
    (hotkeys.DELIVER_RECORD, "deliver"),
    (hotkeys.APPEAL_RECORD, "appeal"),
    (hotkeys.REVIEW_APPEAL, "review"),
    (hotkeys.CORRECT_RECORD, "correct"),
    (hotkeys.CLOSE_RECORD, "close"),
    (hotkeys.PREVIEW, "preview"),
)


def orders_page(*, may_account: bool) -> ListPage[OrderView]:
    """督办单, the next reply first."""

    def allowed(row: OrderView) -> tuple[str, ...]:
        further = (*(["account"] if may_account else []), *(["preview"] if row.document_id else []))
        return (*row.acts, *further)

    page = ListPage[OrderView](
        Table[OrderView](
            [
                Column(
                    "牌", lambda row: ORDER_COLOURS[row.colour], width=120, light=lambda row: CARD_LIGHTS[row.colour]
                ),
                Column("回复", left_words, align="right", width=88, order=_left_order),
                Column("状态", lambda row: ORDER_STATES[row.state], width=136),
                Column("办件", lambda row: row.case_number, width=180),
                Column("责任人", lambda row: "、".join(each.name for each in row.subjects)),
            ],
            lambda row: row.order_id,
            empty="没有督办单。办件超时会自动发牌，也可以在时限看板上按 F8 督办。",
        ),
        deeds=ORDER_DEEDS,
        facts=order_facts,
        allowed=allowed,
        nothing="没有选中的督办单",
    )
    page.setAccessibleName("督办单")
    return page


def anomalies_page() -> ListPage[AnomalyView]:
    """异常, the oldest first."""
    page = ListPage[AnomalyView](
        Table[AnomalyView](
            [
                Column("异常", lambda row: ANOMALY_KINDS[row.kind], width=112),
                Column("发现", lambda row: f"{hall_time(row.found_at):%m-%d %H:%M}", width=112),
                Column("办件", lambda row: row.case_number, width=180),
                Column("情况", lambda row: row.text),
            ],
            lambda row: row.anomaly_id,
            empty="没有要核查的异常。二次补正、特别程序过多、补录、秒办、先办后录会列在这里。",
        ),
        deeds=((hotkeys.REVIEW_ANOMALY, "review"),),
        facts=anomaly_facts,
        allowed=lambda row: () if row.mine or row.verdict else ("review",),
        nothing="没有选中的异常",
    )
    page.setAccessibleName("异常")
    return page


def records_page() -> ListPage[RecordView]:
    """责任追究, the newest first."""
    page = ListPage[RecordView](
        Table[RecordView](
            [
                Column("编号", lambda row: row.number, width=196),
                Column("状态", lambda row: RECORD_STATES[row.state], width=124),
                Column("当事人", lambda row: row.subject, width=84),
                Column("认定", lambda row: RECORD_FINDINGS.get(row.finding, "—"), width=76),
                Column("扣分", lambda row: str(row.points) if row.points else "—", align="right", width=60),
                Column("办件", lambda row: row.case_number),
            ],
            lambda row: row.record_id,
            empty="没有责任追究。在督办单上按 F10 登记。",
        ),
        deeds=RECORD_DEEDS,
        facts=record_facts,
        allowed=lambda row: (*row.acts, "preview") if row.document_id or "decide" in row.acts else row.acts,
        nothing="没有选中的责任追究",
    )
    page.setAccessibleName("责任追究")
    return page


def left_words(row: OrderView) -> str:
    """Workdays to the reply: 剩 2 日, 今日, 逾期 1 日; nothing while somebody else has the word."""
    if row.left is None:
        return "—"
    if row.left == 0:
        return "今日"
    return f"剩 {row.left} 日" if row.left > 0 else f"逾期 {-row.left} 日"


def order_facts(row: OrderView) -> tuple[str, Facts]:
    """Title and facts of an order."""
    people = "\n".join(f"{each.name}（{ORDER_PARTS[each.part]}）在手 {each.days} 个工作日" for each in row.subjects)
    plea = f"{row.plea}\n{PLEA_FINDINGS[row.plea_finding]}：{row.plea_reason}" if row.plea_finding else row.plea
    return f"{ORDER_COLOURS[row.colour]}　{row.number}", (
        ("办件", f"{row.case_number}　{row.matter_name}"),
        ("科室", row.department),
        ("原因", ORDER_CAUSES[row.cause]),
        ("情况", row.reason),
        ("要求", row.order),
        ("责任人", people),
        ("签发", f"{row.issuer}　{hall_time(row.issued_at):%Y-%m-%d %H:%M}"),
        ("回复期限", _day(row.reply_by)),
        ("办结期限", _day(row.finish_by)),
        ("回复", row.reply),
        ("申辩", plea),
        ("了结", f"{_day(row.closed_on)}　{ORDER_STATES[row.state]}" if row.closed_on else ""),
    )


def anomaly_facts(row: AnomalyView) -> tuple[str, Facts]:
    """Title and facts of an anomaly."""
    return ANOMALY_KINDS[row.kind], (
        ("办件", f"{row.case_number}　{row.matter_name}"),
        ("情况", row.text),
        ("经办", f"{row.about}（您本人，须由他人核查）" if row.mine else row.about),
        ("发现", f"{hall_time(row.found_at):%Y-%m-%d %H:%M}"),
        ("结论", ANOMALY_VERDICTS.get(row.verdict, "")),
        ("说明", row.explanation),
    )


def record_facts(row: RecordView) -> tuple[str, Facts]:
    """Title and facts of an accountability record."""
    return f"责任追究　{row.number}", (
        ("当事人", f"{row.subject}（{ORDER_PARTS[row.part]}）"),
        ("办件", f"{row.case_number}　{row.matter_name}"),
        ("来源", "　".join(part for part in (RECORD_SOURCES[row.source], row.order_number) if part)),
        ("事实", row.facts),
        ("依据", row.article),
        ("时限", "\n".join(ledger_words(each) for each in row.ledger)),
        ("在手天数", "\n".join(hand_words(each) for each in row.hands)),
        ("申辩", row.plea or (f"{_day(row.plea_until)} 前可以申辩" if row.state == "opened" else "没有申辩")),
        ("规则建议", _proposal_words(row) if row.state == "opened" else ""),
        ("认定", _finding_words(row)),
        ("处理", _measure_words(row)),
        ("决定", f"{row.decided_by}　{_day(row.decided_on)}" if row.decided_on else ""),
        ("送达", _day(row.delivered_on)),
        ("申诉", _appeal_words(row)),
        ("整改", row.correction or (f"{_day(row.correct_by)} 前" if row.correct_by else "")),
        ("结案", f"{_day(row.closed_on)}{'　已公开' if row.published else ''}" if row.closed_on else ""),
    )


def ledger_words(clock: LedgerView) -> str:
    """承诺时限 5工作日，已用 6，扣除 0，2026-11-30 到期，超 1 个工作日."""
    subject = f"（{clock.subject}）" if clock.subject else ""
    total = f"{clock.budget + clock.extension}{LIMIT_UNITS[clock.unit]}"
    due = f"{_day(clock.due_on)} 到期" if clock.due_on else "到期待定"
    late = f"，超 {clock.late} 个工作日" if clock.late else ""
    return f"{CLOCK_KINDS[clock.kind]}{subject} {total}，已用 {clock.used}，扣除 {clock.paused}，{due}{late}"


def hand_words(hand: HandView) -> str:
    """林二木（市政科，替陈一凡） 4 日."""
    where = f"{hand.department}，替{hand.acting_for}" if hand.acting_for else hand.department
    return f"{hand.name or '未分派'}（{where}）{hand.days} 日"


def _proposal_words(row: RecordView) -> str:
    leaders = "，同时计入单位负责人一次" if row.proposal.leaders else ""
    return (
        f"一年内第 {row.proposal.repetition} 次：{MEASURES[row.proposal.measure]}，扣 {row.proposal.points} 分{leaders}"
    )


def _finding_words(row: RecordView) -> str:
    if not row.finding:
        return ""
    more = EXEMPTIONS.get(row.exemption) or DEGREES.get(row.degree)
    return f"{RECORD_FINDINGS[row.finding]}（{more}）" if more else RECORD_FINDINGS[row.finding]


def _measure_words(row: RecordView) -> str:
    if row.finding != "upheld":
        return ""
    return f"{MEASURES[row.measure]}，扣 {row.points} 分，一年内第 {row.repetition} 次"


def _appeal_words(row: RecordView) -> str:
    if row.appeal:
        finding = {"upheld": "（成立，已撤销）", "rejected": "（不成立）"}.get(row.appeal_finding, "")
        return f"{row.appeal}{finding}"
    return f"{_day(row.appeal_until)} 前可以申诉" if row.appeal_until and not row.closed_on else ""


def _left_order(row: OrderView) -> tuple[bool, int]:
    return row.left is None, row.left or 0


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
