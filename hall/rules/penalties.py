"""A penalty case before its decision: order of dates, time bar, age at the act, one act one fine, simple procedure.

Pure rules of 行政处罚法 (2021) 28, 29, 30, 36, 51, 54.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hall.errors import Refused
from hall.rules.identity import age_on, parse_id_number
from hall.rules.penalty_terms import ObjectKind, PenaltyTerms
from hall.rules.timelimits import add_months

Procedure = Literal["simple", "general"]
Harm = Literal["unknown", "none", "slight", "grave"]
AgeGroup = Literal["child", "minor", "adult", "unknown"]
DropGround = Literal["not_established", "barred", "corrected", "fined", "transferred", "wrong_case"]

_DAY = timedelta(days=1)

RESPONSIBLE_FROM, FULLY_RESPONSIBLE_FROM = 14, 18
"""Full years (行政处罚法 30)."""


class BadPenaltyFacts(Refused):
    """What was entered about the act cannot be; all of it is named at once."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__(f"案件还不能登记：{'；'.join(reasons)}。请核对后再登记。")


class TimeBarred(Refused):
    """The act was found too late to be punished (行政处罚法 36)."""

    def __init__(self, until: date, years: int) -> None:
        super().__init__(
            f"违法行为终了已满{years}年才被发现（追责期限至 {until:%Y-%m-%d}），依行政处罚法第三十六条"
            "不再给予行政处罚，不能立案。确属涉及公民生命健康安全、金融安全且有危害后果的，请勾选后再登记；行为有连续或者继续状态的，请填终了日期。"
        )


class FinedTwice(Refused):
    """The same act is a case already (行政处罚法 29)."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        super().__init__(
            f"同一当事人的同一违法行为已有案件 {'、'.join(numbers)}。对同一个违法行为不得给予两次以上罚款"
            "（行政处罚法第二十九条），请在原案办理。"
        )


class MaybeFinedTwice(Refused):
    """A case comes close to another one; whoever registers it says why it is another act."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        super().__init__(
            f"同一当事人在相同时间有相近的案件 {'、'.join(numbers)}。同一个违法行为违反多个规范的，"
            "按罚款数额高的规定处罚一次（行政处罚法第二十九条）。确是另一个违法行为的，请写明理由后再登记。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """When an act was done, found and taken up, and in which order; `acted_until` where it went on."""

    acted_on: date
    found_on: date
    acted_until: date | None = None
    filed_on: date | None = None
    procedure: Procedure = "general"
    correction_ordered_on: date | None = None
    correct_by: date | None = None
    corrected_on: date | None = None
    life_or_health: bool = False
    harm: Harm = "unknown"

    @property
    def ended_on(self) -> date:
        """The last day of the act (行政处罚法 36(2): a continuing act counts from its end)."""
        return self.acted_until or self.acted_on


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAct:
    """A case of the same person that stands in the register: neither dropped nor revoked."""

    number: str
    violation_id: int
    place: str
    acted_on: date
    ended_on: date


def check_facts(facts: ActFacts, *, today: date) -> None:
    """That the days stand in an order that can be. Raises BadPenaltyFacts with everything that cannot."""
    if reasons := tuple(_order(facts, today)):
        raise BadPenaltyFacts(reasons)


def bar_day(facts: ActFacts, terms: PenaltyTerms) -> date:
    """The last day on which the act may be found and still be punished (行政处罚法 36).

    The long period needs both: life, health or financial safety, and harm that was found.
    """
    return add_months(facts.ended_on, 12 * _bar_years(facts, terms))


def check_time_bar(facts: ActFacts, terms: PenaltyTerms) -> None:
    """That the act was found in time. Raises TimeBarred."""
    until = bar_day(facts, terms)
    if facts.found_on > until:
        raise TimeBarred(until, _bar_years(facts, terms))


def age_group(birth: date | None, acted_on: date) -> AgeGroup:
    """What the person was on the day of the act (行政处罚法 30): child under 14, minor under 18, adult.

    A year is full from the day after the birthday (法释〔2006〕1号 2, by analogy and in favour of the party; the other
    reading counts the birthday itself). `unknown` where the number tells no birth; raises NotYetBorn for an act before
    the birth.
    """
    if birth is None:
        return "unknown"
    age = age_on(birth, acted_on)
    if age and age_on(birth, acted_on - _DAY) < age:
        age -= 1
    if age < RESPONSIBLE_FROM:
        return "child"
    return "minor" if age < FULLY_RESPONSIBLE_FROM else "adult"


def birth_in(id_number: str) -> date | None:
    """The birth that an ID number tells, as the card or the keyboard gave it; None where it tells none."""
    return parse_id_number(id_number).birth if id_number else None


def check_one_act(act: ActFacts, *, violation_id: int, place: str, known: Iterable[KnownAct], reason: str) -> None:
    """One act, one fine (行政处罚法 29).

    Raises FinedTwice for the same violation at the same place in the same days, MaybeFinedTwice without a reason where
    either is another one (another norm for the same act; the same violation elsewhere).
    """
    near = [each for each in known if each.acted_on <= act.ended_on and act.acted_on <= each.ended_on]
    same = [each for each in near if each.violation_id == violation_id and _same(each.place, place)]
    if same:
        raise FinedTwice(tuple(each.number for each in same))
    close = [each for each in near if each.violation_id == violation_id or (place and _same(each.place, place))]
    if close and not reason:
        raise MaybeFinedTwice(tuple(each.number for each in close))


def simple_allowed(fine_fen: int, *, kind: ObjectKind, terms: PenaltyTerms) -> bool:
    """Whether the simple procedure may end with this fine (行政处罚法 51); 0 is a warning."""
    return 0 <= fine_fen <= terms.simple.of(kind)


def corrected_in_time(facts: ActFacts) -> bool:
    """Whether the act was set right by the day that the order to correct named (行政处罚法 28)."""
    if facts.corrected_on is None:
        return False
    return facts.correct_by is None or facts.corrected_on <= facts.correct_by


def own_case_number(agency: str, *, year: int, serial: int) -> str:
    """The number of a case that has none of the case system: 莲城管罚立〔2026〕18号."""
    return f"{agency}罚立〔{year}〕{serial}号"


def _bar_years(facts: ActFacts, terms: PenaltyTerms) -> int:
    grave = facts.life_or_health and facts.harm in ("slight", "grave")
    return terms.bar_years_grave if grave else terms.bar_years


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _order(facts: ActFacts, today: date) -> Iterable[str]:
    if facts.acted_until is not None and facts.acted_until < facts.acted_on:
        yield "违法行为的终了日期早于开始日期"
    if facts.found_on < facts.acted_on:
        yield "发现日期早于违法行为的日期"
    if facts.filed_on is not None and facts.filed_on < facts.found_on:
        yield "立案日期早于发现日期"
    if facts.procedure == "general" and facts.filed_on is None:
        yield "普通程序没有填立案日期（行政处罚法第五十四条）"
    if facts.procedure == "simple" and facts.filed_on is not None:
        yield "简易程序不立案，立案日期应当空着"
    if facts.correction_ordered_on is not None and facts.correction_ordered_on < facts.found_on:
        yield "责令改正的日期早于发现日期"
    if facts.correct_by is not None and facts.correction_ordered_on is None:
        yield "填了改正期限，没有填责令改正的日期"
    elif (
        facts.correct_by is not None and facts.correction_ordered_on and facts.correct_by < facts.correction_ordered_on
    ):
        yield "改正期限早于责令改正的日期"
    if facts.corrected_on is not None and facts.corrected_on < facts.acted_on:
        yield "改正日期早于违法行为的日期"
    if facts.life_or_health and facts.harm == "none":
        yield "勾选了涉及生命健康、金融安全且有危害后果，危害后果就不能是没有"
    given = (facts.acted_on, facts.acted_until, facts.found_on, facts.filed_on, facts.correction_ordered_on)
    if any(day is not None and day > today for day in (*given, facts.corrected_on)):
        yield "有日期在今天之后"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFacts:
    """What stands in the way of an end. `owed_fen`: fine and what was added, unpaid; `excess_fen`: to be given back.

    `goods`: seizures that have not ended; `cash`: collections that are not at the bank; `remedy`: a review or a suit
    runs.
    """

    state: str
    owed_fen: int = 0
    excess_fen: int = 0
    goods: int = 0
    cash: int = 0
    remedy: bool = False


class CannotEnd(Refused):
    """The case is not at its end; every reason at once."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("".join(reasons))


def correction_reasons(state: str) -> tuple[str, ...]:
    """Why an order to correct cannot be entered; none: it can."""
    return () if state == "filed" else ("已经作出处罚决定或者已经撤案，不再登记责令改正。",)


def officers_reasons(state: str) -> tuple[str, ...]:
    """Why the officers of a case cannot be changed; none: they can, also when a decision is to be carried out."""
    if state in ("closed", "dropped", "revoked"):
        return ("案件已经结束，不再调整执法人员。",)
    return ()


def evidence_reasons(state: str, *, held_on: date | None, ended_on: date | None) -> tuple[str, ...]:
    """Why evidence cannot be registered in advance (行政处罚法 56); none: it can."""
    if state != "filed":
        return ("已经作出处罚决定或者已经撤案，不再先行登记保存证据。",)
    if held_on is not None and ended_on is None:
        return ("已有先行登记保存的证据，处理以后才能再次登记（行政处罚法第五十六条）。",)
    return ()


def closing_reasons(facts: EndFacts) -> tuple[str, ...]:
    """Why a case cannot be closed (结案) yet; none: it can."""
    if facts.state != "served":
        return ("处罚决定还没有送达，送达并履行以后才能结案。",)
    checks = (
        (facts.owed_fen > 0, "罚款没有缴清，缴清以后才能结案；法院裁定终结执行的，请报法制机构处理。"),
        (facts.excess_fen > 0, "多缴的款项没有退还，退款以后才能结案。"),
        (facts.remedy, "行政复议或者行政诉讼没有结束，登记结果以后才能结案。"),
        (facts.cash > 0, "当场收缴的罚款没有交存银行（行政处罚法第七十一条），交存以后才能结案。"),
        (facts.goods > 0, "还有没有处理的查封、扣押财物（行政强制法第二十七条），处理以后才能结案。"),
    )
    return tuple(reason for open_, reason in checks if open_)


def drop_reasons(state: str, *, goods: int) -> tuple[str, ...]:
    """Why a case cannot be dropped (撤案); none: it can. What was decided is corrected, varied or revoked instead."""
    if state != "filed":
        return ("已经作出处罚决定，不能撤案；决定有错的，请更正、变更或者撤销决定。",)
    if goods > 0:
        return ("还有没有处理的查封、扣押财物，请先解除查封、扣押并退还（行政强制法第二十八条），再撤案。",)
    return ()
