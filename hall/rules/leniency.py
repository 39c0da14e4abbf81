"""Which limbs of leniency a case satisfies, by its records and what officers found, and what law then leaves open.

行政处罚法 30–33, 36, 37. An element that nobody has shown is unknown, never assumed; a limb that shall lead to no
penalty closes every other result (不予减半); age and capacity precede what officers weigh.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from hall.errors import Refused
from hall.rules.leniency_facts import LeniencyFacts, Status, hint, told
from hall.rules.leniency_limbs import LIMBS, Element, Limb, LimbRule, Result, elements_of
from hall.rules.violations import Exemption
from hall.words import FINDINGS, PENALTY_RESULTS


class LeniencyRefused(Refused):
    """What is asked for or proposed is not what law allows by the facts; the sentence names the article."""


class NothingToFine(LeniencyRefused):
    """The norm fines only who does not correct in time, and this party did."""

    def __init__(self) -> None:
        super().__init__(
            "该规定责令改正、逾期不改正的才处罚款，当事人已在期限内改正，没有可以罚款的行为："
            "请撤案，不作处罚也不作不予处罚的决定，不占用当事人的首次违法（行政处罚法第二十八条）。"
        )


class MustNotPenalise(LeniencyRefused):
    """A limb that shall lead to no penalty is satisfied (不予减半)."""

    def __init__(self, rule: LimbRule) -> None:
        super().__init__(
            f"本案符合“{rule.words}”，应当不予处罚（行政处罚法{rule.article}），"
            "不能从轻、减轻或者按比例减少，也不能改用其他情形。请改为不予处罚并选这一情形；简易程序的先转为普通程序。"
        )


class MustMitigate(LeniencyRefused):
    """A limb that shall lead to a milder penalty is satisfied."""

    def __init__(self, rule: LimbRule) -> None:
        super().__init__(
            f"本案符合“{rule.words}”，应当从轻或者减轻处罚（行政处罚法{rule.article}），"
            "不能按一般裁量处罚。请改为从轻或者减轻并选这一情形；简易程序的先转为普通程序。"
        )


class LimbNotMet(LeniencyRefused):
    """The result rests on a limb that is not shown."""

    def __init__(self, rule: LimbRule, result: Result, lacking: tuple["ElementState", ...]) -> None:
        open_words = "；".join(f"“{each.element.words}”{FINDINGS[each.status]}" for each in lacking)
        super().__init__(
            f"还不能按“{rule.words}”{PENALTY_RESULTS[result]}（行政处罚法{rule.article}）：{open_words}。请查明并写明证据。"
        )


class WrongLimb(LeniencyRefused):
    """The limb leads elsewhere, or none is named."""

    def __init__(self, result: Result, rule: LimbRule | None) -> None:
        leads = (
            f"“{rule.words}”不能得出{PENALTY_RESULTS[result]}" if rule else f"{PENALTY_RESULTS[result]}要写明法定情形"
        )
        super().__init__(f"{leads}（行政处罚法第三十条至第三十三条），请重新选择情形。")


class BadFinding(LeniencyRefused):
    """A finding without evidence, or one that another one rules out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What officers found about an element, and by which evidence."""

    status: Status
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ElementState:
    """An element and what is known of it; `why`: by which record or evidence. `settled`: no finding overrules it."""

    element: Element
    status: Status
    why: str
    settled: bool = False


@dataclass(frozen=True, slots=True)
class LimbState:
    """A limb, element by element; `listed` are the published conditions that bear on it."""

    rule: LimbRule
    elements: tuple[ElementState, ...]
    listed: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """Satisfied when every element is, not when one is not, else unknown."""
        found = {each.status for each in self.elements}
        return "not" if "not" in found else "unknown" if "unknown" in found else "satisfied"

    @property
    def lacking(self) -> tuple[ElementState, ...]:
        """The elements that are not shown."""
        return tuple(each for each in self.elements if each.status != "satisfied")


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Every limb of a case in the order of law; `nothing_to_fine` comes before all of them."""

    limbs: tuple[LimbState, ...]
    nothing_to_fine: bool = False

    def limb(self, code: Limb) -> LimbState:
        """One of them."""
        return next(each for each in self.limbs if each.rule.code == code)

    def satisfied(self, result: Result, binding: Literal["shall", "may"]) -> tuple[LimbState, ...]:
        """The limbs that lead to a result and bind in this way."""
        return tuple(
            each
            for each in self.limbs
            if each.status == "satisfied" and each.rule.binding == binding and result in each.rule.results
        )


def eligibility(facts: LeniencyFacts, findings: Mapping[str, Finding]) -> Eligibility:
    """Each limb with each element (by its code in `findings`): satisfied, not or unknown, and why."""
    return Eligibility(
        tuple(
            LimbState(
                rule,
                tuple(_state(each, facts, findings.get(each.code)) for each in rule.elements),
                tuple(f"{row.conditions}（{row.list_number}）" for row in facts.listed if row.limb == rule.code),
            )
            for rule in limb_rules(facts.listed)
        ),
        facts.nothing_to_fine,
    )


def limb_rules(listed: tuple[Exemption, ...]) -> tuple[LimbRule, ...]:
    """The limbs with what published lists add: conditions where the authority may choose, evidence everywhere.

    A list cannot narrow what law makes binding (行政处罚法 33(1) 前段), so it adds no condition there.
    """
    return tuple(_with_list(rule, [row for row in listed if row.limb == rule.code]) for rule in LIMBS.values())


def allowed(found: Eligibility) -> tuple[Result, ...]:
    """The results that law leaves open, the mildest first; nothing where there is nothing to fine."""
    if found.nothing_to_fine:
        return ()
    if found.satisfied("none", "shall"):
        return ("none",)
    shall = found.satisfied("lighter", "shall")
    none: tuple[Result, ...] = ("none",) if found.satisfied("none", "may") else ()
    milder: tuple[Result, ...] = ("reduced", "lighter") if shall or found.satisfied("lighter", "may") else ()
    return (*none, *milder) if shall else (*none, *milder, "ordinary")


def limbs_for(found: Eligibility, result: Result) -> tuple[LimbState, ...]:
    """The satisfied limbs that a result may rest on; where one binds, only the first of those."""
    binding = found.satisfied(result, "shall")
    if result == "none" and binding:
        return binding[:1]
    return (*binding, *found.satisfied(result, "may"))


def check_result(found: Eligibility, result: Result, limb: Limb | None) -> None:
    """Raise NothingToFine, MustNotPenalise, MustMitigate, WrongLimb or LimbNotMet where law does not allow it."""
    if found.nothing_to_fine:
        raise NothingToFine
    if (binding := found.satisfied("none", "shall")) and (result, limb) != ("none", binding[0].rule.code):
        raise MustNotPenalise(binding[0].rule)
    if result == "ordinary":
        _check_ordinary(found, limb)
        return
    if limb is None:
        raise WrongLimb(result, None)
    state = found.limb(limb)
    if result not in state.rule.results:
        raise WrongLimb(result, state.rule)
    if state.lacking:
        raise LimbNotMet(state.rule, result, state.lacking)


def check_findings(findings: Mapping[str, Finding], facts: LeniencyFacts) -> None:
    """Raise BadFinding for one without evidence, of an unknown element, or against the record or another one."""
    elements = elements_of(limb_rules(facts.listed))
    for code, finding in findings.items():
        if code not in elements:
            raise BadFinding(f"没有“{code[:24]}”这个要件，请重新打开再填。")
        _check_finding(elements[code], finding, told(code, facts))
    said = {code: finding.status for code, finding in findings.items()}
    if (said.get("no_harm"), said.get("slight_harm")) == ("satisfied", "not"):
        raise BadFinding("“没有造成危害后果”和“危害后果轻微”的认定互相矛盾，请核对。")
    if said.get("incapable") == said.get("impaired") == "satisfied":
        raise BadFinding("不能辨认或者控制自己的行为和尚未完全丧失这种能力只能认定一项，请按鉴定意见核对。")


def _check_ordinary(found: Eligibility, limb: Limb | None) -> None:
    if limb is not None:
        raise WrongLimb("ordinary", found.limb(limb).rule)
    if shall := found.satisfied("lighter", "shall"):
        raise MustMitigate(shall[0].rule)


def _check_finding(element: Element, finding: Finding, record: tuple[Status, str]) -> None:
    if finding.status != "unknown" and not finding.evidence.strip():
        raise BadFinding(f"“{element.words}”认定为{FINDINGS[finding.status]}，还没有写明依据的证据。")
    if record[0] != "unknown" and finding.status != record[0]:
        raise BadFinding(f"“{element.words}”由记录确定：{record[1]}，不能认定为{FINDINGS[finding.status]}。")


def _state(element: Element, facts: LeniencyFacts, finding: Finding | None) -> ElementState:
    """The record where it tells, else what officers found, else unknown."""
    status, why = told(element.code, facts)
    if status != "unknown":
        return ElementState(element, status, why, settled=True)
    if finding is None:
        return ElementState(element, status, why or hint(element.code, facts))
    return ElementState(element, finding.status, finding.evidence)


def _with_list(rule: LimbRule, rows: list[Exemption]) -> LimbRule:
    shown = [row.evidence for row in rows]
    elements = [replace(each, evidence=_joined([each.evidence, *shown])) for each in rule.elements]
    if rule.binding == "shall" or not rows:
        return replace(rule, elements=tuple(elements))
    hours = max((row.correct_within_hours or 0 for row in rows), default=0)
    own = {
        "corrected": f"及时改正（清单：{hours}小时内）" if hours else "",
        "not_excluded": _joined([row.excluded_if for row in rows], "不属于清单除外的情形："),
    }
    named = [replace(each, words=own.get(each.code) or each.words) for each in elements]
    if quantity := _joined([row.quantity_limit for row in rows], "没有超过清单的限度："):
        named.append(Element("in_quantity", quantity, "现场测量、清点记录"))
    return replace(rule, elements=tuple(named))


def _joined(texts: list[str], before: str = "") -> str:
    own = "；".join(dict.fromkeys(filter(None, texts)))
    return before + own if own else ""
