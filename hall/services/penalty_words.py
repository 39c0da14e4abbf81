"""How a penalty is told on papers: other kinds and the fine in words and figures, what was told and heard before."""

from hall.rules.money import yuan
from hall.rules.money_words import money_figures, money_words
from hall.rules.penalty_gates import ProposalFacts
from hall.services.case_paper import chinese_date
from hall.services.papers_common import sentence


def penalty_text(other: str, fine_fen: int) -> str:
    """警告；罚款人民币叁仟元整（¥3,000.00）; empty where nothing is imposed."""
    amount = yuan(fine_fen)
    fine = f"罚款{money_words(amount)}（{money_figures(amount)}）" if fine_fen else ""
    return "；".join(filter(None, (other, fine)))


def heard_text(proposal: ProposalFacts) -> str:
    """What the decision says of telling and hearing the party (行政处罚法 44, 45, 59, 63 to 65)."""
    if proposal.told_on is None:
        return sentence(proposal.defence)
    told = f"本机关于{chinese_date(proposal.told_on)}告知拟作出处罚的内容、事实、理由、依据和依法享有的权利。"
    return "".join((told, _defence(proposal), _hearing(proposal)))


def _defence(proposal: ProposalFacts) -> str:
    if proposal.waived:
        return "当事人明确表示放弃陈述和申辩。"
    if proposal.defended_on is None:
        return "当事人在规定期限内没有提出陈述、申辩。"
    answer = f"经复核，{sentence(proposal.defence_answer)}"
    return f"当事人于{chinese_date(proposal.defended_on)}陈述、申辩：{sentence(proposal.defence)}{answer}"


def _hearing(proposal: ProposalFacts) -> str:
    if not proposal.hearing_due:
        return ""
    if proposal.hearing_record and proposal.hearing_on is not None:
        return f"应当事人申请，于{chinese_date(proposal.hearing_on)}举行听证，本决定根据听证笔录作出。"
    return "当事人在规定期限内没有要求听证。"
