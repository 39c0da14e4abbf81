"""The four lists of reconciling: lines that wait, lines that are done with, notices to pay, cash under way."""

from hall.rules.money import yuan
from hall.rules.money_words import money_figures
from hall.services.payment_reading import CashRow, LineView, NoticeRow
from hall.windows.kit import hotkeys
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.tables import Column, Table
from hall.windows.penalty_words import PENALTY_LIGHTS
from hall.windows.phrases import day_words
from hall.words import CASH_GROUNDS, PAYMENT_OUTCOMES

LINE_LIGHTS = {"over": "warning", "unknown": "over_promised", "duplicate": "today"}
SHARES = (7, 4)
_LINE_DEEDS = (
    (hotkeys.SETTLE_LINE, "settle"),
    (hotkeys.OPEN_PENALTY, "open"),
    (hotkeys.SET_LINE_ASIDE, "set_aside"),
    (hotkeys.TAKE_LINE_BACK, "take_back"),
)


def waiting_list() -> ListPage[LineView]:
    """What the cashier has to look at, the oldest first."""
    page = _lines("没有待处理的流水。导入银行的缴款文件后，没对上案件的、多缴的、有疑问的流水列在这里。")
    page.setAccessibleName("待处理流水")
    return page


def done_list() -> ListPage[LineView]:
    """What is done with, the newest first."""
    page = _lines("还没有处理完的流水。")
    page.setAccessibleName("已处理流水")
    return page


def notices_list() -> ListPage[NoticeRow]:
    """Notices that wait to be paid, by their last day."""
    page = ListPage[NoticeRow](
        Table[NoticeRow](
            [
                Column("灯", lambda row: PENALTY_LIGHTS[row.light], width=112, light=lambda row: row.light),
                Column("到期", lambda row: day_words(row.due_on), width=148),
                Column("金额", lambda row: money(row.fen), align="right", width=116, order=lambda row: row.fen),
                Column("缴款识别码", lambda row: row.pay_code, width=204),
                Column("案号", lambda row: row.case_number),
            ],
            lambda row: row.notice_id,
            empty="没有等着缴款的通知。缴款通知在案件页上开。",
        ),
        deeds=((hotkeys.OPEN_PENALTY, "open"),),
        facts=_notice_facts,
        allowed=lambda row: ("open",),
        nothing="没有选中的缴款通知",
        shares=SHARES,
    )
    page.setAccessibleName("缴款通知")
    return page


def cash_list() -> ListPage[CashRow]:
    """Cash that is not in the bank yet, what is due first on top."""
    page = ListPage[CashRow](
        Table[CashRow](
            [
                Column("灯", lambda row: PENALTY_LIGHTS[row.light], width=112, light=lambda row: row.light),
                Column("下一步", step_words, width=104),
                Column("最后一日", lambda row: day_words(row.due) if row.due else "待定", width=148),
                Column("金额", lambda row: money(row.fen), align="right", width=112, order=lambda row: row.fen),
                Column("专用票据", lambda row: row.receipt_number, width=132),
                Column("案号", lambda row: row.case_number),
            ],
            lambda row: row.collection_id,
            empty="没有在途的现金。当场收缴的罚款在交存银行以前列在这里。",
        ),
        deeds=((hotkeys.OPEN_PENALTY, "open"),),
        facts=_cash_facts,
        allowed=lambda row: ("open",),
        nothing="没有选中的收缴",
        shares=SHARES,
    )
    page.setAccessibleName("当场收缴")
    return page


def line_acts(row: LineView) -> tuple[str, ...]:
    """What may be done with a line: its case opened; settled or set aside while it waits; taken back once credited."""
    opened = ("open",) if row.case_id is not None else ()
    if row.credited:
        return (*opened, "take_back")
    return ("settle", *opened, "set_aside") if row.settled_on is None else opened


def line_light(row: LineView) -> str:
    """What waits stands out; what was set aside is still, everything credited is well."""
    if row.settled_on is None:
        return LINE_LIGHTS[row.outcome]
    return "normal" if row.credited else "paused"


def step_words(row: CashRow) -> str:
    """交回机关, then 交存银行."""
    return "交回机关" if row.handed_in_on is None else "交存银行"


def money(fen: int) -> str:
    """¥3,000.00."""
    return money_figures(yuan(fen))


def _lines(empty: str) -> ListPage[LineView]:
    return ListPage[LineView](
        Table[LineView](
            [
                Column(
                    "结果",
                    lambda row: PAYMENT_OUTCOMES[row.outcome],
                    width=112,
                    light=line_light,
                ),
                Column("缴款日期", lambda row: row.paid_on.isoformat(), width=108),
                Column("金额", lambda row: money(row.fen), align="right", width=124, order=lambda row: row.fen),
                Column("流水号", lambda row: row.reference, width=172),
                Column("当事人", lambda row: row.party_masked or "—", width=96),
                Column("案号或文号", lambda row: row.case_number or row.decision_number or "—"),
            ],
            lambda row: row.line_id,
            empty=empty,
        ),
        deeds=_LINE_DEEDS,
        facts=_line_facts,
        allowed=line_acts,
        nothing="没有选中的流水",
        shares=SHARES,
    )


def _line_facts(row: LineView) -> tuple[str, Facts]:
    return f"{PAYMENT_OUTCOMES[row.outcome]}　{row.reference}", (
        ("金额", money(row.fen)),
        ("多缴", f"{money(row.excess_fen)}，打开案件办理退款" if row.excess_fen and row.settled_on is None else ""),
        ("缴款日期", day_words(row.paid_on)),
        ("缴款识别码", row.pay_code),
        ("决定书文号", row.decision_number),
        ("案号", row.case_number),
        ("当事人", row.party_masked),
        ("说明", row.note),
        ("处理", f"{day_words(row.settled_on)}　{row.settled_by}" if row.settled_on else ""),
    )


def _notice_facts(row: NoticeRow) -> tuple[str, Facts]:
    return f"缴款通知　{row.number}", (
        ("金额", money(row.fen)),
        ("缴款识别码", row.pay_code),
        ("开具", day_words(row.issued_on)),
        ("缴款期限", day_words(row.due_on)),
        ("案号", row.case_number),
        ("当事人", row.party_masked),
    )


def _cash_facts(row: CashRow) -> tuple[str, Facts]:
    handed = f"{day_words(row.handed_in_on)}　{row.handed_in_to}" if row.handed_in_on else ""
    return f"当场收缴　{row.receipt_number}", (
        ("金额", money(row.fen)),
        ("理由", CASH_GROUNDS[row.ground]),
        ("收缴", f"{day_words(row.collected_on)}　{row.collected_by}"),
        ("交回机关", handed),
        ("最后一日", f"{day_words(row.due) if row.due else '待定'}前{step_words(row)}"),
        ("依据", row.law),
        ("案号", row.case_number),
        ("当事人", row.party_masked),
    )
