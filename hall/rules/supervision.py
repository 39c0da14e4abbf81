"""A supervision order (督办单) from issue to settlement: what may follow, who may do it, until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.catalogue import Limit
from hall.rules.supervision_words import ORDER_ACTS, ORDER_STATES
from hall.rules.versions import Versions

Colour = Literal["blue", "yellow", "red"]
OrderState = Literal["issued", "replied", "pleaded", "heard", "settled", "escalated", "withdrawn"]
OrderAct = Literal["reply", "plead", "find", "return", "settle", "escalate", "withdraw"]
# Whether a plea (申辩) was well founded.
PleaFinding = Literal["upheld", "rejected"]

# From which states an act may be done, and the state after it. `find` may also settle: see `after_finding`.
_ACTS: dict[OrderAct, tuple[frozenset[OrderState], OrderState]] = {
    "reply": (frozenset({"issued", "heard"}), "replied"),
    "plead": (frozenset({"issued", "replied"}), "pleaded"),
    "find": (frozenset({"pleaded"}), "heard"),
    "return": (frozenset({"replied"}), "issued"),
    "settle": (frozenset({"replied"}), "settled"),
    "escalate": (frozenset({"issued", "heard"}), "escalated"),
    "withdraw": (frozenset({"issued", "replied", "pleaded", "heard"}), "withdrawn"),
}
_BY_SUBJECT: frozenset[OrderAct] = frozenset({"reply", "plead"})
_ENDED: frozenset[OrderState] = frozenset({"settled", "escalated", "withdrawn"})


class WrongTime(Refused):
    """The order is in a state in which this cannot be done."""

    def __init__(self, act: OrderAct, state: OrderState) -> None:
        possible = "、".join(ORDER_ACTS[each] for each in acts_from(state))
        then = f"现在可以：{possible}。" if possible else "这张督办单已经了结。"
        super().__init__(f"督办单“{ORDER_STATES[state]}”，不能{ORDER_ACTS[act]}。{then}")


class PleadedAlready(Refused):
    """A plea is heard once."""

    def __init__(self) -> None:
        super().__init__("这张督办单已经申辩过一次，不能再次申辩；请按要求回复办理情况。")


class NotSubject(Refused):
    """Only somebody whom the order names replies to it or pleads."""

    def __init__(self, act: OrderAct) -> None:
        super().__init__(f"只有督办单上的责任人可以{ORDER_ACTS[act]}，请由本人登录办理。")


class OwnOrder(Refused):
    """Nobody supervises, hears or settles in a matter of his own."""

    def __init__(self, what: str) -> None:
        super().__init__(f"您是这张督办单的责任人，不能由本人{what}（督办人与责任人分离），请由其他有权限的人员办理。")


class NobodyAnswers(Refused):
    """An order names somebody who answers."""

    def __init__(self) -> None:
        super().__init__("督办单至少要有一名责任人，请先把办件分派到人再督办。")


class NothingAbove(Refused):
    """A red card is the last one: what follows is accountability."""

    def __init__(self) -> None:
        super().__init__("红牌是最后一级，不能再升级；请登记责任追究。")


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What decides about an act: how the order stands and whom it names."""

    colour: Colour
    state: OrderState
    subjects: frozenset[int]
    plea_heard: bool = False


@dataclass(frozen=True, slots=True)
class CardLimits:
    """Workdays to reply and to finish the case, from the day of the card."""

    reply: int
    finish: int

    @property
    def to_reply(self) -> Limit:
        """As the limit of the clock K10."""
        return Limit(self.reply, "workday")

    @property
    def to_finish(self) -> Limit:
        """The new deadline of the case."""
        return Limit(self.finish, "workday")


@dataclass(frozen=True, slots=True)
class SupervisionRule:
    """The limits of the three colours, in force from a day on."""

    effective_from: date
    source: str
    blue: CardLimits
    yellow: CardLimits
    red: CardLimits

    def __post_init__(self) -> None:
        if any(min(each.reply, each.finish) < 1 for each in (self.blue, self.yellow, self.red)):
            raise ValueError("回复和办结期限至少 1 个工作日")

    def limits(self, colour: Colour) -> CardLimits:
        """Those of a colour."""
        return {"blue": self.blue, "yellow": self.yellow, "red": self.red}[colour]


SupervisionRules = Versions[SupervisionRule]


def check_issue(issuer: int, subjects: Iterable[int]) -> None:
    """An order names somebody, and never whoever issues it."""
    named = frozenset(subjects)
    if not named:
        raise NobodyAnswers
    if issuer in named:
        raise OwnOrder(ORDER_ACTS["issue"])


def after(act: OrderAct, order: OrderFacts, *, actor: int) -> OrderState:
    """The state after an act; raises what stands against it."""
    if (refusal := check_act(act, order, actor=actor)) is not None:
        raise refusal
    return _ACTS[act][1]


def check_act(act: OrderAct, order: OrderFacts, *, actor: int) -> Refused | None:
    """What stands against an act of somebody; None if nothing does."""
    if order.state not in _ACTS[act][0]:
        return WrongTime(act, order.state)
    if act in _BY_SUBJECT and actor not in order.subjects:
        return NotSubject(act)
    if act not in _BY_SUBJECT and actor in order.subjects:
        return OwnOrder(ORDER_ACTS[act])
    if act == "plead" and order.plea_heard:
        return PleadedAlready()
    return NothingAbove() if act == "escalate" and order.colour == "red" else None


def after_finding(order: OrderFacts, finding: PleaFinding, *, actor: int) -> OrderState:
    """A plea that is upheld settles the order; else it has to be answered."""
    state = after("find", order, actor=actor)
    return "settled" if finding == "upheld" else state


def acts_from(state: OrderState) -> tuple[OrderAct, ...]:
    """What may be done in a state, by whoever may do it."""
    return tuple(act for act, (before, _) in _ACTS.items() if state in before)


def awaits_subject(state: OrderState) -> bool:
    """Whether the next word is with those whom the order names: only then an overdue reply is theirs."""
    return state in ("issued", "heard")


def is_open(state: OrderState) -> bool:
    """Whether the order still asks for something."""
    return state not in _ENDED


def escalated_colour(colour: Colour) -> Colour:
    """A reminder becomes a yellow card, a yellow card a red one; raises NothingAbove."""
    if colour == "red":
        raise NothingAbove
    return "yellow" if colour == "blue" else "red"
