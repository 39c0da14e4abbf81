"""The decision on a penalty imposed on the spot (行政处罚法 51 to 53, 68, 69)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from hall.rules.money_words import money_figures, money_words
from hall.rules.surcharge import SurchargeTerms
from hall.services.papers_common import Fields, minute_text, sentence
from hall.services.papers_leniency import CaseOfficer
from hall.services.papers_payment import surcharge_sentence

CollectionLimb = Literal["small", "hard_later", "remote"]

# 行政处罚法 68(1), 68(2), 69: why money is taken on the spot.
_COLLECTION: dict[CollectionLimb, str] = {
    "small": "依法给予一百元以下的罚款（行政处罚法第六十八条第一项）",
    "hard_later": "不当场收缴事后难以执行（行政处罚法第六十八条第二项）",
    "remote": "当事人到指定的银行或者通过电子支付系统缴纳罚款确有困难，经当事人提出（行政处罚法第六十九条）",
}


@dataclass(frozen=True, slots=True)
class SpotFine:
    """A fine imposed on the spot: paid at the bank, or collected there for a reason that the law names."""

    amount: Decimal
    bank: str
    collected: CollectionLimb | None
    surcharge: SurchargeTerms | None


def on_spot_penalty(
    common: Fields,
    *,
    act: str,
    done_at: datetime,
    place: str,
    violated: str,
    basis: str,
    warning: bool,
    fine: SpotFine | None,
    officers: tuple[CaseOfficer, CaseOfficer],
    refused_to_sign: str = "",
) -> Fields:
    """`on_spot_penalty` 当场处罚决定书: act, time, place, kind, basis, amount, review first, who decided, delivery.

    `refused_to_sign` notes why the form is without the signature. Raises ValueError where nothing is imposed.
    """
    if not (warning or fine):
        raise ValueError("a penalty on the spot is a warning or a fine")
    spoken = (
        "警告" if warning else "",
        f"罚款{money_words(fine.amount)}（{money_figures(fine.amount)}）" if fine else "",
    )
    return {
        **common,
        "act": sentence(act),
        "done_at": minute_text(done_at),
        "place": place,
        "violated": violated,
        "basis": basis,
        "penalty": "；".join(filter(None, spoken)),
        "bank": fine.bank if fine and not fine.collected else "",
        "collected": _COLLECTION[fine.collected] if fine and fine.collected else "",
        "surcharge": surcharge_sentence(fine.surcharge) if fine and not fine.collected else "",
        "officers": "、".join(f"{each.name}（{each.number}）" for each in officers),
        "refused_to_sign": sentence(refused_to_sign),
    }
