"""What the answer to a request for leniency says: the findings, and reasons that a person finishes."""

from hall.rules.leniency import LimbState
from hall.rules.penalty_reasons import GAP
from hall.words import FINDINGS


def findings_text(limbs: tuple[LimbState, ...]) -> str:
    """Each element of some limbs once, with what is known of it and by what."""
    told = (
        f"“{each.element.words}”{FINDINGS[each.status]}{f'（{each.why}）' if each.why else ''}"
        for limb in limbs
        for each in limb.elements
    )
    return "；".join(dict.fromkeys(told))


def proposed_answer(limbs: tuple[LimbState, ...]) -> str:
    """Why a request is not adopted, as the program proposes it: what lacks by the findings, and a gap to weigh in."""
    return "".join(_lacking(limb) for limb in limbs) + f"{GAP}结合本案事实和证据写明不采纳的理由】。"


def _lacking(limb: LimbState) -> str:
    rule = limb.rule
    if not limb.lacking:
        return f"“{rule.words}”的条件虽然具备，但依照行政处罚法{rule.article}，是否适用由本机关裁量。"
    lacking = "、".join(f"“{each.element.words}”{FINDINGS[each.status]}" for each in limb.lacking)
    return f"“{rule.words}”（行政处罚法{rule.article}）须同时具备全部条件，其中{lacking}。"
