"""What the records of a case say of leniency: the facts, and which elements they settle by themselves.

Ages (行政处罚法 30) and the time bar (36) are counted, earlier breaches are searched, a correction that is late is
late; everything else is for officers to find.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.rules.penalties import ActFacts, age_group, bar_day
from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.violations import Exemption

Status = Literal["satisfied", "not", "unknown"]
"""What is known of an element; the words are `words.FINDINGS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeniencyFacts:
    """What the records say of a case.

    `nothing_to_fine`: the norm fines only who does not correct in time, and this party did (28). `milder`: whether the
    norm at the decision punishes less than the one at the act, None where only the quantities of the case tell (37).
    `earlier`: breaches that the search found, None where it cannot tell.
    """

    act: ActFacts
    today: date
    terms: PenaltyTerms
    natural: bool
    birth: date | None
    nothing_to_fine: bool = False
    milder: bool | None = False
    earlier: int | None = None
    listed: tuple[Exemption, ...] = ()


def told(code: str, facts: LeniencyFacts) -> tuple[Status, str]:
    """What the records say of an element by themselves, and in which words; unknown leaves it to officers."""
    teller = _TELLERS.get(code)
    return teller(facts) if teller else ("unknown", "")


def hint(code: str, facts: LeniencyFacts) -> str:
    """What the record says about an element that officers find; empty: nothing."""
    act = facts.act
    if code == "corrected" and act.corrected_on is not None:
        by = f"，责令改正的期限是{act.correct_by}" if act.correct_by else ""
        return f"登记的改正日期是{act.corrected_on}{by}"
    if code in ("no_harm", "slight_harm") and act.harm != "unknown":
        return {"none": "登记为没有危害后果", "slight": "登记为危害后果轻微", "grave": "登记为造成危害后果"}[act.harm]
    return ""


def _ages(facts: LeniencyFacts) -> tuple[str, str]:
    """The age group on the first and on the last day of the act."""
    return age_group(facts.birth, facts.act.acted_on), age_group(facts.birth, facts.act.ended_on)


def _child(facts: LeniencyFacts) -> tuple[Status, str]:
    if not facts.natural:
        return "not", "当事人是单位"
    first, last = _ages(facts)
    if first == "unknown":
        return "unknown", "登记的证件没有出生日期，请核对户口簿"
    if last == "child":
        return "satisfied", "按证件上的出生日期，行为时不满十四周岁"
    if first == "child":
        return "unknown", "行为开始时不满十四周岁、终了时已满：只追究满十四周岁以后的部分，请查明"
    return "not", "按证件上的出生日期，行为时已满十四周岁"


def _minor(facts: LeniencyFacts) -> tuple[Status, str]:
    """An act that went on past the eighteenth birthday began as a minor's: read in favour of the party."""
    if not facts.natural:
        return "not", "当事人是单位"
    first, last = _ages(facts)
    if first == "unknown":
        return "unknown", "登记的证件没有出生日期，请核对户口簿"
    if first in ("child", "minor") and last != "child":
        return "satisfied", "按证件上的出生日期，行为时（或者行为开始时）不满十八周岁"
    return "not", "按证件上的出生日期，行为时不在十四至十八周岁之间"


def _expired(facts: LeniencyFacts) -> tuple[Status, str]:
    until = bar_day(facts.act, facts.terms)
    late = facts.act.found_on > until
    return ("satisfied" if late else "not"), f"追责期限至{until}，发现日期是{facts.act.found_on}"


def _first_time(facts: LeniencyFacts) -> tuple[Status, str]:
    if facts.earlier is None:
        return "unknown", "没有可以查询的证件号码，请凭证件核对以往案件"
    if facts.earlier:
        return "not", f"查到以往违法{facts.earlier}次"
    return "satisfied", "没有查到以往违法"


def _milder(facts: LeniencyFacts) -> tuple[Status, str]:
    if facts.milder is None:
        return "unknown", "新旧规定须按本案数量分别计算后比较"
    if facts.milder:
        return "satisfied", "决定时的新规定处罚较轻，按新规定的裁量基准"
    return "not", "没有处罚较轻的新规定"


def _corrected(facts: LeniencyFacts) -> tuple[Status, str]:
    """Only what is late is settled by the record; what is in time is for officers to confirm."""
    act = facts.act
    if act.correct_by is not None and (act.corrected_on or facts.today) > act.correct_by:
        return (
            "not",
            f"责令改正的期限{act.correct_by}已过，{f'{act.corrected_on}才改正' if act.corrected_on else '没有改正'}",
        )
    if act.corrected_on is None:
        return "not", "还没有登记改正；已经改正的，请先登记改正日期"
    return "unknown", ""


_TELLERS: Mapping[str, Callable[[LeniencyFacts], tuple[Status, str]]] = {
    "under_fourteen": _child,
    "minor": _minor,
    "expired": _expired,
    "milder_law": _milder,
    "first_time": _first_time,
    "corrected": _corrected,
}
