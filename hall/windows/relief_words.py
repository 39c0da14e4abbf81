"""How the relief window puts amounts, applications and postings into words."""

from hall.rules.money import BadAmount, fen, yuan
from hall.rules.money_words import money_figures
from hall.rules.relief_cases import BadRelief, parse_household
from hall.services.relief_reading import PostingRow, ReliefRow
from hall.windows.kept_files import files_words
from hall.windows.kit.list_page import Facts
from hall.windows.phrases import day_words, person_words
from hall.words import RELIEF_KINDS, RELIEF_POSTINGS, RELIEF_STATES

NO_NUMBERS = "不写电话和证件号码"


def amount(in_fen: int) -> str:
    """¥1,500.00."""
    return money_figures(yuan(in_fen))


def moved(in_fen: int) -> str:
    """+¥1,500.00, -¥20.00, or nothing."""
    return f"{'+' if in_fen > 0 else '-'}{amount(abs(in_fen))}" if in_fen else ""


def amount_fault(text: str) -> str:
    """What is wrong with an amount that was typed."""
    try:
        fen(text)
    except BadAmount as bad:
        return bad.sentence
    return ""


def household_fault(text: str) -> str:
    """What is wrong with a household that was typed."""
    try:
        parse_household(text)
    except BadRelief as bad:
        return bad.sentence
    return ""


def waiting_words(row: ReliefRow) -> str:
    """The state, with the day or the objection that it waits for."""
    words = RELIEF_STATES[row.state]
    if row.state == "shown":
        if row.objection and not row.objection_answer:
            return f"{words}，有异议待答复"
        return "公示期满，可以发放" if "give" in row.acts else f"{words}，至 {row.shown_until}"
    return words


def award_words(row: ReliefRow) -> str:
    """What the charity gives."""
    if row.award_fen is None:
        return ""
    return f"{row.award_goods}，价值 {amount(row.award_fen)}" if row.award_goods else amount(row.award_fen)


def about_application(row: ReliefRow) -> str:
    """Number, applicant, what is asked for: above the fields of a panel."""
    asked = f"申请{RELIEF_KINDS[row.kind]} {amount(row.asked_fen)}"
    award = f"，决定给予 {award_words(row)}" if row.award_fen is not None else ""
    return f"{row.number}\n{row.applicant.name_masked}　{asked}{award}"


def application_facts(row: ReliefRow) -> tuple[str, Facts]:
    """Everything there is to know of an application."""
    income = ""
    if row.income_fen is not None:
        income = f"月人均 {amount(row.income_fen)}，{'没有超过' if row.meets else '超过'}规定数额。{row.means}"
    return row.number, (
        ("状态", waiting_words(row)),
        ("申请人", person_words(row.applicant)),
        ("电话", row.applicant.phone_masked),
        ("申请", f"{RELIEF_KINDS[row.kind]} {amount(row.asked_fen)}，{row.applied_on}{_ticket_words(row)}"),
        ("家庭", f"{row.members} 人"),
        ("理由", row.reason),
        ("证明", row.evidence),
        ("材料", files_words(row.files)),
        ("入户核查", f"{day_words(row.visited_on)}　{row.visitors}" if row.visited_on else ""),
        ("收入核对", income),
        ("大厅意见", f"{'建议救助' if row.recommended else '不建议救助'}：{row.opinion}" if row.opinion else ""),
        ("表决", _vote_words(row)),
        ("救助", award_words(row)),
        ("不予救助", row.refused_why),
        ("公示", f"{row.shown_from} 至 {row.shown_until}　{row.shown_where}" if row.shown_from else ""),
        ("异议", row.objection),
        ("答复", row.objection_answer),
        ("发放", day_words(row.given_on) if row.given_on else ""),
    )


def posting_facts(row: PostingRow) -> tuple[str, Facts]:
    """Everything there is to know of a posting."""
    return f"第 {row.serial} 笔　{RELIEF_POSTINGS[row.kind]}", (
        ("日期", day_words(row.day)),
        ("捐赠人", f"{row.donor_shown}（公开的称呼）" if row.donor_shown else ""),
        ("救助申请", row.application_number),
        ("说明", row.memo),
        ("凭证", row.reference),
        ("资金", moved(row.moved("money"))),
        ("物资", moved(row.moved("goods"))),
        ("余额", f"资金 {amount(row.money_after)}，物资 {amount(row.goods_after)}"),
        ("冲正", f"冲正第 {row.reverses} 笔" if row.reverses else ""),
        ("已被冲正", f"由第 {row.reversed_by} 笔冲正" if row.reversed_by else ""),
        ("记账", row.who),
    )


def posting_words(row: PostingRow) -> str:
    """Whom or what a posting is about, in a line."""
    about = row.donor_shown or row.application_number or row.memo
    if row.kind == "reversal":
        return f"冲正第 {row.reverses} 笔"
    return f"{about}　已冲正" if row.reversed_by else about


def _ticket_words(row: ReliefRow) -> str:
    return f"　{row.ticket} 号" if row.ticket else ""


def _vote_words(row: ReliefRow) -> str:
    if row.vote is None:
        return ""
    vote = row.vote
    counted = f"到会 {vote.present} 人，同意 {vote.for_it}、反对 {vote.against}、弃权 {vote.abstained}"
    return f"{row.charity_number}　{row.voted_on}\n{counted}"
