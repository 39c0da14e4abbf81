"""Requests (诉求): their states and the moves between them, which acts are open and why not, who must keep out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.versions import Versions
from hall.words import REQUEST_ACTS, REQUEST_STATES

RequestKind = Literal["consultation", "complaint", "report", "help", "suggestion"]
RequestChannel = Literal["counter", "phone", "letter", "online", "hotline", "grid"]
RequestState = Literal[
    "asked",
    "registered",
    "joined",
    "dispatched",
    "fed_back",
    "verified",
    "closed",
    "refused",
    "redirected",
    "withdrawn",
]
DispatchState = Literal["sent", "taken", "fed_back", "sent_back", "accepted", "returned", "recalled"]
RequestAct = Literal[
    "join",
    "tell",
    "dispatch",
    "take",
    "return",
    "recall",
    "feed_back",
    "send_back",
    "accept",
    "reply",
    "extend",
    "refuse",
    "redirect",
    "withdraw",
    "call_back",
]
SolvedBy = Literal["service", "guidance", "penalty"]

OUTSIDE: tuple[RequestChannel, ...] = ("hotline", "grid")
"""Channels of other systems, which give a number of their own and want a return receipt."""
OPEN: tuple[RequestState, ...] = ("asked", "registered", "joined", "dispatched", "fed_back", "verified")
SHORTEST_PLACE = 4
"""Characters that name a place (向阳路口)."""
_PUNCTUATION = re.compile(r"[\W_]+")
UNDER_WAY: tuple[DispatchState, ...] = ("sent", "taken", "fed_back", "sent_back")


@dataclass(frozen=True, slots=True)
class Move:
    """What an act needs (states of the request and of its dispatch) and where both are after it."""

    before: tuple[RequestState, ...]
    after: RequestState | None = None
    """None: the request stays as it is."""
    dispatched: tuple[DispatchState, ...] = ()
    dispatch_after: DispatchState | None = None


_WITH_HALL: tuple[RequestState, ...] = ("registered", "dispatched", "fed_back", "verified")

MOVES: Mapping[RequestAct, Move] = {
    "join": Move(("registered",), "joined"),
    "tell": Move(("registered", "joined", "dispatched", "fed_back", "verified")),
    "dispatch": Move(("registered",), "dispatched", dispatch_after="sent"),
    "take": Move(("dispatched",), dispatched=("sent",), dispatch_after="taken"),
    "return": Move(("dispatched",), "registered", dispatched=("sent", "taken"), dispatch_after="returned"),
    "recall": Move(("dispatched",), "registered", dispatched=("sent", "taken"), dispatch_after="recalled"),
    "feed_back": Move(("dispatched",), "fed_back", dispatched=("taken", "sent_back"), dispatch_after="fed_back"),
    "send_back": Move(("fed_back",), "dispatched", dispatched=("fed_back",), dispatch_after="sent_back"),
    "accept": Move(("fed_back",), "verified", dispatched=("fed_back",), dispatch_after="accepted"),
    "reply": Move(("verified",), "closed"),
    "extend": Move(_WITH_HALL),
    "refuse": Move(("registered",), "refused"),
    "redirect": Move(("registered",), "redirected"),
    "withdraw": Move(("registered", "joined", "dispatched", "fed_back", "verified"), "withdrawn"),
    "call_back": Move(("closed",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """How a request stands; `dispatch` is the one that runs, `handler_ids` who took, fed back or accepted in any.

    `return_by`: until when the unit may give it back by itself; None while its schedule is lacking.
    """

    state: RequestState
    dispatch: DispatchState | None = None
    return_by: date | None = None
    anonymous: bool = False
    told_by: date | None = None
    told_on: date | None = None
    finish_by: date | None = None
    extended_on: date | None = None
    fed_back_by: int | None = None
    about_ids: frozenset[int] = frozenset()
    handler_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RequestRule:
    """What the hall lays down, from a day on.

    `petition_kinds` run under 信访工作条例 beside the promise; `targets` is the aim of 721 in percent of closed
    requests by way: shown beside the ratio of the hall, asked of nobody.
    """

    effective_from: date
    source: str
    categories: Mapping[str, str]
    petition_kinds: frozenset[str]
    feedback_workdays: int
    warning_days: int
    same_days: int
    call_back_days: int
    targets: Mapping[str, int]

    def __post_init__(self) -> None:
        if not self.categories or not self.feedback_workdays or sum(self.targets.values()) != 100:
            raise ValueError("categories 和 feedback_workdays 不能为空，targets 合计应为 100")


RequestRules = Versions[RequestRule]


class CannotOnRequest(Refused):
    """The act is not open; the sentences say why."""

    def __init__(self, why: tuple[str, ...]) -> None:
        super().__init__("".join(why))
        self.why = why


class ComplainedOf(Refused):
    """Nobody handles what is said about himself."""

    def __init__(self) -> None:
        super().__init__("这件诉求反映的是您本人，您要回避，请交给另一位人员办理。")


class OwnFeedback(Refused):
    """Who handled it neither judges the feedback nor asks the person how it was."""

    def __init__(self, act: str) -> None:
        super().__init__(f"您办理过这件诉求，不能再{act}，请交给另一位人员。")


def why_not(act: RequestAct, facts: RequestFacts, *, today: date) -> tuple[str, ...]:
    """Why the act is not open, in sentences; empty where it is."""
    move = MOVES[act]
    words = REQUEST_ACTS[act]
    if facts.state not in move.before:
        return (f"这件诉求{REQUEST_STATES[facts.state]}，不能{words}。请刷新后再看。",)
    if move.dispatched and facts.dispatch not in move.dispatched:
        return (_WRONG_DISPATCH.get(act, f"派单的进度已经变了，不能{words}。请刷新后再看。"),)
    if act in ("return", "recall"):
        return _why_not_back(act, facts, today)
    if act == "tell":
        return _why_not_told(facts)
    if act == "extend":
        return _why_not_extended(facts, today)
    return ()


def check_act(act: RequestAct, facts: RequestFacts, account_id: int, *, today: date) -> None:
    """Raise CannotOnRequest, ComplainedOf or OwnFeedback unless the account may do the act now."""
    if why := why_not(act, facts, today=today):
        raise CannotOnRequest(why)
    if account_id in facts.about_ids:
        raise ComplainedOf
    if act in ("send_back", "accept") and account_id == facts.fed_back_by:
        raise OwnFeedback("审核反馈")
    if act in ("call_back", "extend", "recall") and account_id in facts.handler_ids:
        raise OwnFeedback(REQUEST_ACTS[act])


def open_acts(facts: RequestFacts, account_id: int, *, today: date) -> tuple[RequestAct, ...]:
    """The acts that the state and the separation of duties leave to the account."""
    return tuple(act for act in MOVES if _is_open(act, facts, account_id, today))


def after(act: RequestAct, facts: RequestFacts) -> tuple[RequestState, DispatchState | None]:
    """Where request and dispatch stand after the act; a dispatch that the request leaves behind is recalled."""
    move = MOVES[act]
    state = move.after or facts.state
    dispatch = move.dispatch_after or facts.dispatch
    if state not in OPEN and dispatch in UNDER_WAY:
        dispatch = "recalled"
    return state, dispatch


_WRONG_DISPATCH: Mapping[RequestAct, str] = {
    "feed_back": "还没有接单，不能反馈。请先接单。",
    "take": "这一单已经接过，不用再接。",
}


def _why_not_back(act: RequestAct, facts: RequestFacts, today: date) -> tuple[str, ...]:
    """A matter does not wander: after its day a unit gives it back by a decision of the manager only."""
    over = facts.return_by is not None and today > facts.return_by
    if act == "return" and over:
        return (
            f"退单的期限{facts.return_by}已过（收到派单起五个工作日，信访工作条例第二十三条第三款），请继续办理；"
            "确实不属于本单位职责的，请主任写明理由收回重派。",
        )
    if act == "recall" and not over:
        until = f"{facts.return_by}以前" if facts.return_by else "放假安排没有公布，现在"
        return (f"{until}由承办单位自己退单并说明理由，不用主任收回。",)
    return ()


def _why_not_told(facts: RequestFacts) -> tuple[str, ...]:
    if facts.told_on is not None:
        return (f"已于{facts.told_on}告知受理，不用再告知。",)
    if facts.told_by is None:
        return ("匿名或者不按信访办理的诉求，没有告知受理这一步。",)
    return ()


def _why_not_extended(facts: RequestFacts, today: date) -> tuple[str, ...]:
    if facts.finish_by is None:
        return ("这件诉求不按信访办理，没有可以延长的法定期限。",)
    if facts.extended_on is not None:
        return (f"已于{facts.extended_on}延期，只能延期一次。",)
    if today > facts.finish_by:
        return (f"办理期限{facts.finish_by}已过，延期要在期满前批准。",)
    return ()


def _is_open(act: RequestAct, facts: RequestFacts, account_id: int, today: date) -> bool:
    try:
        check_act(act, facts, account_id, today=today)
    except Refused:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Matter:
    """What a request is about, as far as it tells two of them to be the same matter."""

    category: str
    person_ids: frozenset[int]
    place: str
    grid_code: str = ""


def alike(one: Matter, other: Matter) -> tuple[str, ...]:
    """In what two requests of one category are alike, in words; empty where nothing says that they are the same."""
    if one.category != other.category:
        return ()
    said = (
        ("同一反映人", bool(one.person_ids & other.person_ids)),
        ("同一地点", _same_place(one.place, other.place)),
        ("同一网格", bool(one.grid_code) and one.grid_code == other.grid_code),
    )
    return tuple(words for words, same in said if same)


def _same_place(one: str, other: str) -> bool:
    """One names the other, blanks and punctuation apart; two or three characters name no place."""
    short, long = sorted((_PUNCTUATION.sub("", one), _PUNCTUATION.sub("", other)), key=len)
    return len(short) >= SHORTEST_PLACE and short in long
