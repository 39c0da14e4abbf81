"""What somebody may do to a case now: the acts of its state that the roles allow, each with what stands in its way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from hall.errors import Refused
from hall.rules.authority import may
from hall.rules.people import Actor
from hall.rules.permits import CaseFacts, CaseState, possible_acts
from hall.rules.separation import SamePerson, check_separation
from hall.services.bars import BarredAlready, barred_until
from hall.services.case_facts import acts_done, facts_of
from hall.services.catalogue import version_numbered
from hall.services.hands import InOtherHands, check_department, substitute_of
from hall.services.paper_head import name_of
from hall.services.reviewing import GIVE_OPINIONS, PROPOSED
from hall.store.schema.permits import PermitCase

_REVIEW = ("case.review",)
ACTIONS_OF: Mapping[str, tuple[str, ...]] = {
    "correct": ("case.supplement",),
    "supplement": ("case.supplement",),
    "resubmit": ("case.receive",),
    "refuse": ("case.refuse",),
    "accept": ("case.accept",),
    "accept_lacking": ("case.accept",),
    "accept_informed": ("case.accept",),
    "complete": ("case.accept",),
    "hand_over": ("case.hand_over",),
    "take": ("case.take",),
    "assign": ("case.assign",),
    "claim": ("case.claim",),
    "release": ("case.claim",),
    "suspend": ("case.suspend",),
    "resume": ("case.suspend",),
    "ask": _REVIEW,
    "answer": ("case.review", "case.supplement"),
    "visit": _REVIEW,
    "hearing": _REVIEW,
    "consult": _REVIEW,
    "consult_answer": _REVIEW,
    "propose": _REVIEW,
    "examine": ("case.examine",),
    "legal": ("case.legal",),
    "report": ("case.examine",),
    "extend": ("case.extend",),
    "decide": ("case.decide",),
    "default": ("case.decide",),
    "certify": ("case.certify",),
    "serve": ("case.serve",),
    "tell": ("case.serve",),
    "finish": ("case.finish",),
    "withdraw": ("case.withdraw",),
    "terminate": ("case.terminate",),
    "archive": ("case.archive",),
    "reopen": ("case.reopen",),
}
"""What an act asks for: one of these. What is not here the program does by itself."""

FURTHER: Mapping[str, tuple[str, frozenset[CaseState]]] = {
    "volume": ("case.archive", frozenset({"archived"})),
    "bar": ("case.decide", frozenset({"refused", "decided", "finished", "archived"})),
}
"""What follows from a case without being one of its acts: what it asks for, and in which states it is offered."""

_SENT_BACK_BY = {
    "reviewing": _REVIEW,
    "examining": ("case.examine",),
    "legal_review": ("case.legal",),
    "approving": ("case.decide",),
}
_OF_DEPARTMENT = frozenset(
    {"take", "claim", "suspend", "resume", "ask", "visit", "hearing", "consult", "propose", "examine", "report"}
)
_IN_HAND = frozenset(
    {
        "take",
        "claim",
        "suspend",
        "resume",
        "ask",
        "visit",
        "hearing",
        "consult",
        "propose",
        "examine",
        "legal",
        "decide",
        "send_back",
    }
)


@dataclass(frozen=True, slots=True)
class DeskAct:
    """An act as the desk shows it: greyed with its reasons where there are any."""

    name: str
    reasons: tuple[str, ...]


def desk_acts(session: Session, case: PermitCase, actor: Actor, *, day: date) -> tuple[DeskAct, ...]:
    """The acts of the case's state for which the actor has the role."""
    facts = facts_of(session, case, day=day)
    done = acts_done(session, case.id)
    acts = tuple(
        DeskAct(
            act.name,
            (
                *act.reasons,
                *_idle(act.name, facts),
                *_own_reasons(session, case, actor, act.name, done=done, day=day),
            ),
        )
        for act in possible_acts(facts)
        if any(may(actor, action) for action in _actions(act.name, case.state))
    )
    return (*acts, *_further(session, case, actor))


def _idle(act: str, facts: CaseFacts) -> tuple[str, ...]:
    """An act that may be done and would have nothing to do."""
    return ("没有等待送达的文书",) if act == "serve" and not facts.unserved else ()


def _further(session: Session, case: PermitCase, actor: Actor) -> Iterator[DeskAct]:
    if case.state in PROPOSED and any(may(actor, action) for action in GIVE_OPINIONS):
        yield DeskAct("countersign", ())
    offered = [name for name, (action, states) in FURTHER.items() if case.state in states and may(actor, action)]
    if "volume" in offered:
        yield DeskAct("volume", ())
    if "bar" in offered and _may_bar(session, case):
        until = barred_until(session, case.id)
        yield DeskAct("bar", (BarredAlready(until).sentence,) if until else ())


def _may_bar(session: Session, case: PermitCase) -> bool:
    """A bar follows a refusal, in matters that touch safety (行政许可法 78)."""
    refused = case.state == "refused" or case.outcome == "denied"
    return refused and version_numbered(session, case.matter_version_id).matter.safety


def _actions(act: str, state: str) -> tuple[str, ...]:
    return _SENT_BACK_BY.get(state, ()) if act == "send_back" else ACTIONS_OF.get(act, ())


def _own_reasons(
    session: Session, case: PermitCase, actor: Actor, act: str, *, done: Mapping[str, frozenset[int]], day: date
) -> tuple[str, ...]:
    """What keeps this person from it: an act done before, somebody else's hand, another department."""
    kind = "accept" if act.startswith("accept") else "decide" if act == "default" else act
    reasons = []
    try:
        check_separation(kind, actor.account_id, done=done)
    except SamePerson as error:
        reasons.append(error.why)
    holder = case.officer_id
    if act == "release" and holder != actor.account_id:
        reasons.append("这件办件不在您手上")
    in_others = act in _IN_HAND and holder not in {None, actor.account_id}
    if in_others and substitute_of(session, holder or 0, day) != actor.account_id:
        reasons.append(InOtherHands(name_of(session, holder)).sentence)
    if act in _OF_DEPARTMENT and holder != actor.account_id:
        try:
            check_department(session, actor.account_id, case.department_id)
        except Refused as error:
            reasons.append(error.sentence)
    return tuple(reasons)
