"""An application for relief: which act its state allows, what must come first, who may not do two of them.

The hall takes the application, visits and gives an opinion; whether something is awarded is the charity's own
decision under its statutes (慈善法 第十二条), which the hall enters by its number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.money import LARGEST_FEN, fen, yuan
from hall.rules.money_words import money_figures
from hall.words import RELIEF_ACTS, RELIEF_KINDS, RELIEF_STATES

ReliefKind = Literal["capital", "tools", "support"]
ReliefState = Literal["applied", "checked", "opined", "voted", "shown", "given", "refused", "withdrawn"]
ReliefAct = Literal["visit", "opine", "vote", "show", "object", "answer", "give", "withdraw"]

ACTS: dict[ReliefAct, tuple[ReliefState, ...]] = {
    "visit": ("applied", "checked"),
    "opine": ("checked",),
    "vote": ("opined",),
    "show": ("voted",),
    "give": ("shown",),
    "answer": ("shown",),
    "object": ("shown",),
    "withdraw": ("applied", "checked", "opined", "voted", "shown"),
}
"""The states in which an act may be done; a visit may be made again until there is an opinion on it."""

APART: dict[ReliefAct, tuple[str, ...]] = {
    "visit": ("apply",),
    "opine": ("apply", "visit"),
    "vote": ("visit", "opine"),
    "answer": ("visit", "opine"),
    "give": ("visit", "opine", "vote"),
}
"""What nobody may do who did one of these for the same application."""

LONGEST_HOUSEHOLD = 20


class CannotOnRelief(Refused):
    """The act may not be done now; every reason stands in the sentence."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class SameHandInRelief(Refused):
    """One account did an act of this application that this one is kept apart from."""

    def __init__(self, act: str, before: str) -> None:
        super().__init__(
            f"您在这件救助申请里做过“{RELIEF_ACTS[before]}”，不能再做“{RELIEF_ACTS[act]}”：受理、核查、意见、表决登记、"
            "发放由不同人员负责。请交给另一位有权限的人员。"
        )


class BadRelief(Refused):
    """What was entered cannot be; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household, the applicant among them; income a month in fen."""

    name: str
    relation: str
    age: int
    income_fen: int


@dataclass(frozen=True, slots=True)
class Vote:
    """How those who decide voted."""

    for_it: int
    against: int
    abstained: int

    @property
    def present(self) -> int:
        """Everybody who voted or abstained."""
        return self.for_it + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Award:
    """What the charity gives: `fen` in money, or `goods` worth so much."""

    fen: int
    goods: str = ""


@dataclass(frozen=True, slots=True)
class ReliefTerms:
    """The charity's and the hall's rules from a day on (`resources/relief.toml`). Amounts in fen.

    `income_fen` is the most a head of the household may have a month; `limits` the most that one application is
    given; a vote carries with more than `percent_for` of those present, of whom there are at least `quorum`.
    """

    effective_from: date
    source: str
    charity_name: str
    income_fen: int
    limits: Mapping[str, int]
    visitors: int
    shown_days: int
    quorum: int
    percent_for: int


@dataclass(frozen=True, slots=True)
class ReliefStanding:
    """Where an application stands. `objection` waits where it is there and not `answered`."""

    state: ReliefState
    recommended: bool | None = None
    shown_until: date | None = None
    objection: bool = False
    answered: bool = False


def reasons(act: ReliefAct, standing: ReliefStanding, today: date) -> tuple[str, ...]:
    """Why an act may not be done now; empty: it may."""
    if standing.state not in ACTS[act]:
        wanted = "、".join(RELIEF_STATES[state] for state in ACTS[act])
        return (
            f"这件申请现在是“{RELIEF_STATES[standing.state]}”，不能{RELIEF_ACTS[act]}；"
            f"{RELIEF_ACTS[act]}要在“{wanted}”时办理。",
        )
    waits = standing.objection and not standing.answered
    if act == "answer" and not waits:
        return ("没有等待答复的异议，不用答复。",)
    if act == "object" and waits:
        return ("已有一件异议还没有答复。请先答复，再登记下一件。",)
    if act == "give":
        return _why_not_given(standing, today, waits=waits)
    return ()


def possible(standing: ReliefStanding, today: date) -> tuple[ReliefAct, ...]:
    """The acts that may be done now, in the order of the table."""
    return tuple(act for act in ACTS if not reasons(act, standing, today))


def check_act(act: ReliefAct, standing: ReliefStanding, today: date) -> None:
    """Raises CannotOnRelief with every reason."""
    if why := reasons(act, standing, today):
        raise CannotOnRelief(why)


def check_hand(act: ReliefAct, account_id: int, done: Mapping[str, frozenset[int]]) -> None:
    """Raises SameHandInRelief. `done`: act → the accounts that did it since the application came to it last."""
    for before in APART.get(act, ()):
        if account_id in done.get(before, frozenset()):
            raise SameHandInRelief(act, before)


def income_a_head(household: tuple[Member, ...]) -> int:
    """The household's income a head a month in fen, fractions in the applicant's favour left out."""
    return sum(member.income_fen for member in household) // len(household)


def meets(income_fen: int, terms: ReliefTerms) -> bool:
    """Whether the household has no more than the figure. A figure is not the decision: that is the charity's."""
    return income_fen <= terms.income_fen


def check_household(household: tuple[Member, ...]) -> None:
    """Raises BadRelief where nobody is named, or too many are."""
    if not household:
        raise BadRelief("请写明家庭成员，第一行是申请人本人：张三 本人 45 1200。")
    if len(household) > LONGEST_HOUSEHOLD:
        raise BadRelief(f"家庭成员最多写 {LONGEST_HOUSEHOLD} 人，请核对。")


def check_income(income_fen: int) -> None:
    """Raises BadRelief for what nobody earns."""
    if not 0 <= income_fen <= LARGEST_FEN:
        raise BadRelief("家庭月人均收入应当不小于零，请核对。没有收入的写 0。")


def check_visitors(count: int, terms: ReliefTerms) -> None:
    """Raises BadRelief where too few went."""
    if count < terms.visitors:
        raise BadRelief(f"入户核查应由 {terms.visitors} 名以上工作人员共同进行，请写明同行的人员。")


def check_asked(kind: ReliefKind, asked_fen: int) -> None:
    """Raises BadRelief."""
    if not 0 < asked_fen <= LARGEST_FEN:
        raise BadRelief(f"请写明申请的{RELIEF_KINDS[kind]}金额（物资按价值），应当大于零。")


def carries(vote: Vote, terms: ReliefTerms) -> bool:
    """Whether more than the asked share of those present voted for it."""
    return vote.for_it * 100 > vote.present * terms.percent_for


def check_vote(vote: Vote, award: Award | None, *, kind: ReliefKind, terms: ReliefTerms) -> None:
    """Whether votes and award go together under the charity's rules; raises BadRelief."""
    if min(vote.for_it, vote.against, vote.abstained) < 0 or vote.present < terms.quorum:
        raise BadRelief(f"到会应不少于 {terms.quorum} 人，登记的票数只有 {max(vote.present, 0)} 人。请核对会议记录。")
    if not carries(vote, terms):
        if award is not None:
            raise BadRelief(
                f"同意 {vote.for_it} 票，没有超过到会 {vote.present} 人的 {terms.percent_for}%，"
                "没有通过，不能登记救助金额。请核对票数；没有通过的写明不予救助的理由。"
            )
        return
    if award is None or award.fen <= 0:
        raise BadRelief("表决通过的，请写明救助的金额；给物资的写明物资和价值。")
    if award.fen > terms.limits[kind]:
        most = money_figures(yuan(terms.limits[kind]))
        raise BadRelief(f"{RELIEF_KINDS[kind]}每件最多 {most}（{terms.source}），请核对金额。")
    if kind == "tools" and not award.goods.strip():
        raise BadRelief("经营工具以实物发放，请写明是什么物资。")
    if kind == "capital" and award.goods:
        raise BadRelief("启动资金以货币发放，不写物资；给物资的请申请人改申请经营工具。")


def parse_household(text: str) -> tuple[Member, ...]:
    """The household as it is typed, a line a member: 姓名 关系 年龄 月收入（元）. Raises BadRelief with the line.

    The first line is the applicant.
    """
    lines = [line.split() for line in text.splitlines() if line.strip()]
    household = tuple(_member(place, parts) for place, parts in enumerate(lines, start=1))
    check_household(household)
    return household


def _member(place: int, parts: list[str]) -> Member:
    if len(parts) != 4:
        raise BadRelief(f"第 {place} 行应是姓名、关系、年龄、月收入，用空格分开，例如：张三 本人 45 1200。")
    name, relation, age, income = parts
    if not (age.isascii() and age.isdigit() and len(age) <= 3 and int(age) <= 130):
        raise BadRelief(f"第 {place} 行的年龄“{age[:10]}”不对，请写周岁的数字。")
    try:
        income_fen = fen(income)
    except Refused as bad:
        raise BadRelief(f"第 {place} 行的月收入：{bad.sentence}") from bad
    return Member(name, relation, int(age), income_fen)


def _why_not_given(standing: ReliefStanding, today: date, *, waits: bool) -> tuple[str, ...]:
    found = []
    if standing.shown_until is None or today <= standing.shown_until:
        found.append(f"公示期到 {standing.shown_until} 为止，期满次日起才能发放。")
    if waits:
        found.append("有异议还没有答复。请先答复异议，再发放。")
    return tuple(found)
