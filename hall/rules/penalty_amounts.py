"""What a penalty must come to: ordinary in the tier, lighter in the law's span, reduced below it, none nothing."""

import re
from dataclasses import dataclass

from hall.errors import Refused
from hall.rules.leniency_limbs import LIMBS, Limb, Result
from hall.rules.money import yuan
from hall.rules.money_words import money_figures
from hall.rules.penalty_terms import ObjectKind, PenaltyTerms
from hall.rules.violations import Span
from hall.words import PENALTY_RESULTS

_BETWEEN_KINDS = re.compile(r"[，、；。,;\s]+|并处|并|和")
_MILDEST = ("警告", "通报批评")
"""What is milder than any fine (行政处罚法 9(1))."""

_GRAVE_KINDS = ("吊销", "降低资质", "停产", "停业", "责令关闭", "限制从业")
"""What opens a hearing whatever its size (行政处罚法 63(1)3, 4); how much a confiscation is worth people say."""


class AmountRefused(Refused):
    """The penalty is not what its result allows; all that is wrong at once."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Proposed:
    """A penalty as somebody means it: `other` is another kind beside or in place of the fine (警告)."""

    result: Result
    fine_fen: int
    limb: Limb | None = None
    other: str = ""
    below_how: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a penalty is measured by.

    `tier`: the published row that fits, None where the table has no amounts for it; `statutory`: the law's own span;
    `optional`: the norm says 可以处罚款, so that leaving the fine out is within it.
    """

    tier: Span | None
    statutory: Span
    optional: bool = False

    def span(self, result: Result) -> Span:
        """The span that a result is measured by: the tier for an ordinary penalty, else the law's."""
        return self.tier if result == "ordinary" and self.tier is not None else self.statutory


@dataclass(frozen=True, slots=True)
class Dues:
    """What a penalty of this weight wants before it is decided (行政处罚法 57(2), 58, 63)."""

    hearing: bool
    legal: bool
    collective: bool


def span_figures(span: Span) -> str:
    """¥500.00至¥5,000.00."""
    return f"{_figures(span.low_fen)}至{_figures(span.high_fen)}"


def check_amount(proposed: Proposed, measures: Measures) -> None:
    """Raise AmountRefused unless the penalty is what its result allows."""
    if faults := amount_faults(proposed, measures):
        raise AmountRefused(faults)


def amount_faults(proposed: Proposed, measures: Measures) -> tuple[str, ...]:
    """All that is wrong with a proposed penalty, each a sentence with its article; none: it may be proposed."""
    found = [_limb_fault(proposed), "罚款不能小于0，请核对数额。" if proposed.fine_fen < 0 else ""]
    match proposed.result:
        case "none":
            found.append(_none_fault(proposed))
        case "ordinary":
            found += [_empty_fault(proposed), _within_fault(proposed, measures, measures.span("ordinary"))]
        case "lighter":
            found += [_empty_fault(proposed), _lighter_fault(proposed, measures)]
        case _:
            found += [_empty_fault(proposed), _reduced_fault(proposed, measures.statutory)]
    return tuple(filter(None, found))


def added_kind_fault(announced: str, other: str, *, less_fine: bool) -> str:
    """Why a kind is above what was announced before the party defended itself (45(2)); empty: none is.

    A warning may take the place of what the fine is lower by (`less_fine`).
    """
    known = set(_BETWEEN_KINDS.split(announced)) | {""}
    added = [kind for kind in _BETWEEN_KINDS.split(other) if kind not in known]
    if not added or (less_fine and all(kind in _MILDEST for kind in added)):
        return ""
    return (
        f"当事人已经陈述申辩，不得再加告知时没有的处罚“{'、'.join(added)}”（行政处罚法第四十五条第二款）。"
        f"告知的其他处罚是“{announced or '无'}”，保留的请用相同的文字。"
    )


def dues(
    proposed: Proposed,
    *,
    terms: PenaltyTerms,
    kind: ObjectKind,
    complicated: bool,
    public_interest: bool,
    grave_besides: bool,
    heard: bool,
) -> Dues:
    """Which gates stand before the decision.

    `grave_besides`: besides the fine one of 行政处罚法 63(1)2 to 5 is meant (larger confiscation, permit revoked,
    business stopped …); a text that names one needs nobody to say so. `heard`: there was a hearing (58(1)2). What is
    not punished was not announced as grave.
    """
    fine = proposed.fine_fen
    grave_besides = grave_besides or any(kind in proposed.other for kind in _GRAVE_KINDS)
    grave = proposed.result != "none"
    return Dues(
        hearing=grave and (fine >= terms.hearing.of(kind) or grave_besides),
        legal=(
            fine >= terms.legal.of(kind)
            or (proposed.result == "reduced" and terms.legal_for_reduced)
            or complicated
            or public_interest
            or grave_besides
            or heard
        ),
        collective=complicated or grave_besides or fine >= terms.collective.of(kind),
    )


def _limb_fault(proposed: Proposed) -> str:
    word, limb = PENALTY_RESULTS[proposed.result], proposed.limb
    if proposed.result == "ordinary":
        return "按裁量基准处罚不引用减免情形，请把情形留空，或者改选从轻、减轻、不予处罚。" if limb else ""
    if limb is None:
        return f"{word}必须写明法定情形（行政处罚法第三十条至第三十三条），没有法定情形的不得{word}。"
    rule = LIMBS[limb]
    if proposed.result in rule.results:
        return ""
    if not rule.results:
        return f"“{rule.words}”只决定适用哪个规定（行政处罚法{rule.article}），不能作为{word}的情形。"
    leads = "、".join(PENALTY_RESULTS[each] for each in rule.results)
    return f"“{rule.words}”依法{leads}（行政处罚法{rule.article}），不能{word}。"


def _none_fault(proposed: Proposed) -> str:
    if proposed.fine_fen or proposed.other:
        return "不予处罚的，罚款应为0，也不给予其他处罚（行政处罚法第三十三条）。"
    return ""


def _empty_fault(proposed: Proposed) -> str:
    if proposed.fine_fen or proposed.other:
        return ""
    return "没有罚款也没有其他处罚：请填写处罚内容，或者改选不予处罚并写明法定情形。"


def _within_fault(proposed: Proposed, measures: Measures, span: Span) -> str:
    fine = proposed.fine_fen
    if span.low_fen <= fine <= span.high_fen or (not fine and measures.optional):
        return ""
    if fine > span.high_fen:
        return f"{_figures(fine)}高于{span_figures(span)}的幅度（行政处罚法第三十四条），请核对数额和所适用的档次。"
    return (
        f"{_figures(fine)}低于{span_figures(span)}的幅度（行政处罚法第三十四条）：低于裁量档次须有从轻情形，"
        "低于法定最低数额须有减轻情形（行政处罚法第三十二条）。"
    )


def _lighter_fault(proposed: Proposed, measures: Measures) -> str:
    """Inside the law's span, and not above the tier that would fit without the limb."""
    fine, low = proposed.fine_fen, measures.statutory.low_fen
    high = measures.tier.high_fen if measures.tier is not None else measures.statutory.high_fen
    if fine > high:
        return f"从轻处罚的数额{_figures(fine)}高于本应适用的幅度上限{_figures(high)}，请核对。"
    if fine < low and not (fine == 0 and measures.optional):
        return (
            f"从轻处罚应在法定幅度以内，{_figures(fine)}低于法定最低数额{_figures(low)}。"
            "低于法定最低数额的是减轻处罚，须另写理由并经法制审核（行政处罚法第三十二条、第五十八条）。"
        )
    return ""


def _reduced_fault(proposed: Proposed, statutory: Span) -> str:
    if proposed.fine_fen >= statutory.low_fen:
        return (
            f"减轻处罚应低于法定最低数额{_figures(statutory.low_fen)}，{_figures(proposed.fine_fen)}不低于它。"
            "在法定幅度以内减少的是从轻处罚（行政处罚法第三十二条）。"
        )
    if not proposed.below_how.strip():
        return "减轻处罚要写明低于法定最低数额的理由和计算方法（行政处罚法第五十九条），请填写。"
    return ""


def _figures(amount: int) -> str:
    return money_figures(yuan(amount))
