"""What may be done with a fact about a vendor, and when: confirmed by another, told, objected to, set right."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.lights import Light
from hall.rules.penalties import age_group
from hall.rules.vendor_credit import CreditLine, Fact, last_day
from hall.words import VENDOR_ACTS, VENDOR_STATES

FactAct = Literal["confirm", "drop", "notify", "tell", "object", "answer", "correct", "void"]
TellingWay = Literal["handed", "posted", "online"]


class CannotOnFact(Refused):
    """The act may not be done now; `reasons` say everything that stands in the way."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("".join(reasons))


class SameHandOnFact(Refused):
    """Who entered or confirmed a fact was to check it."""

    def __init__(self, act: FactAct) -> None:
        super().__init__(f"这条事实由您登记或者复核，不能再由您{VENDOR_ACTS[act]}，请交另一位有权限的人员办理。")


class BadFact(Refused):
    """What was entered cannot be; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose accounts were in it so far."""

    entered_by: int
    confirmed_by: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The penalty case that a fact rests on: whose it is, whether its decision has taken effect, when it punished.

    `punished_on` is None where nothing was imposed (不予处罚).
    """

    same_person: bool
    served: bool
    punished_on: date | None


def reasons(act: FactAct, fact: Fact, today: date) -> tuple[str, ...]:
    """Why an act may not be done today: whole sentences; none where it may."""
    if fact.state in {"corrected", "voided"}:
        return (f"这条事实{VENDOR_STATES[fact.state]}，不能再办理。",)
    why = _REASONS[act](fact)
    if act == "object" and not why and today >= fact.expires_on:
        return ("这条事实已到期、不再计分，不用提出异议。",)
    return (why,) if why else ()


def open_acts(fact: Fact, today: date) -> tuple[FactAct, ...]:
    """What may be done with it today, the next step first."""
    return tuple(act for act in _REASONS if not reasons(act, fact, today))


def check_hands(act: FactAct, hands: Hands, account_id: int) -> None:
    """Who checks is another than who entered; who answers an objection or sets right is a third one.

    Raises SameHandOnFact.
    """
    if act in {"confirm", "drop"} and account_id == hands.entered_by:
        raise SameHandOnFact(act)
    if act in {"answer", "void"} and account_id in {hands.entered_by, hands.confirmed_by}:
        raise SameHandOnFact(act)


def check_new(
    line: CreditLine | None,
    *,
    happened_on: date,
    today: date,
    expires_on: date,
    birth: date | None,
    decision: Decision | None,
) -> None:
    """Whether a fact can be entered: of a kind of its day, not to come, not over, of a person of full age, proven.

    A minor's fault gives no record (未成年人保护法 113: education first). Raises BadFact.
    """
    if line is None:
        raise BadFact("发生当日的征信规则没有这个事项，请核对日期和事项。")
    if happened_on > today:
        raise BadFact("发生日期还没有到，请核对。")
    if expires_on <= today:
        raise BadFact(f"这条事实的有效期已于{last_day(expires_on)}届满，不再登记。")
    if line.points < 0 and age_group(birth, happened_on) in {"child", "minor"}:
        raise BadFact("本人在发生当日未满十八周岁，不得登记扣分事项（未成年人保护法第一百一十三条），请以教育为主。")
    if decision is None:
        if line.needs_decision:
            raise BadFact("这个事项以处罚决定为依据，请填写处罚案件的案号（国办发〔2020〕49号）。")
        return
    if not decision.same_person:
        raise BadFact("这个处罚案件的当事人不是这位经营者，请核对案号。")
    if not decision.served:
        raise BadFact("处罚决定还没有送达，没有发生效力，不能据以记分。送达后再登记。")
    if decision.punished_on is None:
        raise BadFact("这个案件没有作出处罚（不予处罚），不能据以记分（国办发〔2020〕49号），请核对案号。")
    if happened_on > decision.punished_on:
        raise BadFact(f"发生日期晚于处罚决定的日期（{decision.punished_on}），请核对日期和案号。")


def check_told(told_on: date, fact: Fact, today: date) -> None:
    """Whether the person can have been told on a day; raises BadFact."""
    if fact.confirmed_on is None or not fact.confirmed_on <= told_on <= today:
        raise BadFact(f"送达日期应在复核日期（{fact.confirmed_on}）和今天（{today}）之间，请核对。")


def answer_light(answer_by: date | None, fact: Fact, today: date, *, warning_days: int) -> Light | None:
    """How pressing the answer to an objection is, in calendar days; None where none is waited for."""
    if answer_by is None or fact.state != "objected":
        return None
    if today >= answer_by:
        return "today" if today == answer_by else "over_statutory"
    return "warning" if (answer_by - today).days <= warning_days else "normal"


def corrected_once(key: int, others: Collection[Fact]) -> bool:
    """Whether another fact that is not void takes the place of this one already."""
    return any(other.corrects == key and other.state != "voided" for other in others)


def _confirm(fact: Fact) -> str:
    return "" if fact.state == "entered" else "这条事实已经复核。"


def check_single(*, same_day: bool, same_case: bool) -> None:
    """One fact of a kind a day, and one of a penalty case: an act counts once (行政处罚法 29 by analogy).

    Both of facts that are in force or wait for their check, other than the one that is corrected. Raises BadFact.
    """
    if same_case:
        raise BadFact("这个处罚案件已经登记过征信事项，一个处罚决定只记一次。登记有误的，请在原来那条上更正。")
    if same_day:
        raise BadFact("这位经营者当日的同一事项已经登记，不要重复登记。登记有误的，请在原来那条上更正。")


def check_replaced(old: Fact) -> None:
    """Whether a correction may take the place of a fact now: an objection is answered first. Raises CannotOnFact."""
    if old.state == "objected":
        raise CannotOnFact(("本人对原来那条事实的异议还没有答复，请先答复异议，再复核更正。",))


def _notify(fact: Fact) -> str:
    if fact.state == "entered":
        return "这条事实还没有复核，不能告知。"
    if fact.overturned:
        return "所依据的处罚决定已经撤销，不再告知，请作废。"
    return "" if fact.told_on is None else f"已于{fact.told_on}告知本人。"


def _tell(fact: Fact) -> str:
    return _notify(fact) or ("" if fact.noticed else "还没有出具告知书，请先出告知书。")


def _object(fact: Fact) -> str:
    if fact.state == "entered":
        return "这条事实还没有复核，不影响本人，复核时会一并核实。"
    if fact.answered_on is not None:
        return (
            f"异议已于{fact.answered_on}答复。对答复不服的，可以依法申请行政复议，"
            "或者向履行个人信息保护职责的部门投诉（个人信息保护法第六十五条）。"
        )
    return "" if fact.objected_on is None else "本人已经提出异议，正在核实。"


def _answer(fact: Fact) -> str:
    return "" if fact.state == "objected" else "本人没有提出待答复的异议。"


def _correct(fact: Fact) -> str:
    if fact.state == "entered":
        return "这条事实还没有复核，有错的由复核人退回作废后重新登记。"
    return "" if fact.state != "objected" else "本人有异议，请答复异议；异议成立的随即作废。"


_REASONS: dict[FactAct, Callable[[Fact], str]] = {
    "confirm": _confirm,
    "drop": _confirm,
    "answer": _answer,
    "tell": _tell,
    "notify": _notify,
    "object": _object,
    "correct": _correct,
    "void": _correct,
}
"""In the order in which a fact's page offers them."""
