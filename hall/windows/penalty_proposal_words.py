"""A proposal in words for whoever tells, reviews, discusses or decides it: all of it, or the penalty alone."""

from hall.services.penalty_file import ProposalView
from hall.windows.penalty_words import money, proposal_facts


def proposal_words(proposal: ProposalView | None, *, reasons: bool = True) -> str:
    """The whole proposal with evidence and, unless they stand elsewhere, `reasons`: a line for each thing there is."""
    if proposal is None:
        return "还没有拟定处罚意见。"
    why = proposal.reasons if reasons else ""
    more = (("证据", proposal.evidence), ("计算方法", proposal.below_how), ("理由", why))
    return "\n".join(f"{name}：{text}" for name, text in (*proposal_facts(proposal), *more) if text)


def penalty_words(proposal: ProposalView) -> str:
    """警告，罚款¥3,000.00; 不处罚款."""
    fine = f"罚款{money(proposal.fine_fen)}" if proposal.fine_fen else ""
    return "，".join(filter(None, (proposal.other, fine))) or "不处罚款"
