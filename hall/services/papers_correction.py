"""Papers on a wrong decision: what is corrected in its text, or that the authority revokes it."""

from decimal import Decimal

from hall.rules.money_words import money_figures, money_words
from hall.services.papers_common import Fields, sentence
from hall.services.papers_payment import PenaltyDecision, decision_fields


def penalty_correction(common: Fields, *, decision: PenaltyDecision, wrong: str, right: str, reasons: str) -> Fields:
    """`penalty_correction` 行政处罚决定更正书: the text as it stands, as it should, and why (行政处罚法 75(2))."""
    return {
        **common,
        **decision_fields(decision),
        "wrong": sentence(wrong),
        "right": sentence(right),
        "reasons": sentence(reasons),
    }


def penalty_revocation(
    common: Fields, *, decision: PenaltyDecision, ground: str, reasons: str, paid: Decimal, published: bool
) -> Fields:
    """`penalty_revocation` 撤销行政处罚决定书: `ground` and reasons; what was `paid` is given back.

    `published`: the decision is on line and is taken down (行政处罚法 48(2)).
    """
    fine = decision.fine
    return {
        **common,
        **decision_fields(decision),
        "ground": ground,
        "reasons": sentence(reasons),
        "fine": money_figures(fine) if fine else "",
        "fine_words": money_words(fine) if fine else "",
        "paid": f"{money_words(paid)}（{money_figures(paid)}）" if paid else "",
        "published": "是" if published else "",
    }
