"""A permit case: its states, and the one table of acts with what each needs before it may be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hall.errors import Refused
from hall.words import CASE_ACTS, CASE_PROCEDURES, CASE_STATES

CaseState = Literal[
    "received",
    "supplementing",
    "refused",
    "accepted",
    "reviewing",
    "suspended",
    "examining",
    "legal_review",
    "approving",
    "decided",
    "finished",
    "archived",
    "withdrawn",
    "terminated",
]
Handling = Literal["immediate", "promised", "joint"]
AcceptedHow = Literal["", "complete", "lacking", "informed", "deemed"]
Outcome = Literal["", "granted", "denied", "default"]

BEFORE_ACCEPTANCE: frozenset[CaseState] = frozenset({"received", "supplementing"})
IN_REVIEW: frozenset[CaseState] = frozenset(
    {"accepted", "reviewing", "suspended", "examining", "legal_review", "approving"}
)
"""Accepted and not decided: the limits of 行政许可法 42 run."""
CLOSED: frozenset[CaseState] = frozenset({"refused", "finished", "archived", "withdrawn", "terminated"})
"""Ended: off the board. Exactly one of them ends a case; archived comes after any of the others."""

_ONE_STEP_BACK: Mapping[CaseState, CaseState] = {
    "reviewing": "accepted",
    "examining": "reviewing",
    "legal_review": "examining",
    "approving": "examining",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """All that the guards ask about a case, read at one instant. Texts name what is missing, for the clerk."""

    state: CaseState
    handling: Handling = "promised"
    accepted_how: AcceptedHow = ""
    state_before: CaseState | Literal[""] = ""
    proposal: Outcome = ""
    outcome: Outcome = ""
    missing_materials: tuple[str, ...] = ()
    lacking_materials: tuple[str, ...] = ()
    """Secondary materials that 容缺受理 let follow and that have not come."""
    supplement_open: bool = False
    supplement_told: bool = False
    """Whether this submission has had its one notice (行政许可法 32(1)(4))."""
    procedures_open: tuple[str, ...] = ()
    handed_over: bool = False
    """Whether the file was given to the department and not yet taken."""
    visit_needed: bool = False
    visits_open: int = 0
    visits_made: int = 0
    hearings_open: int = 0
    consultations_open: int = 0
    parts_open: int = 0
    """Parts of a joint case that are not decided."""
    legal_review_needed: bool = False
    legal_review_done: bool = False
    refusal_report_needed: bool = False
    refusal_report_done: bool = False
    extended: bool = False
    statutory_over: bool = False
    promised_over: bool = False
    default_allowed: bool = False
    certificate_needed: bool = False
    certificate_made: bool = False
    unserved: tuple[str, ...] = ()
    """Documents that the applicant has to get and has not (送达)."""
    dossier_missing: tuple[str, ...] = ()
    orders_open: int = 0
    """Supervision orders that are not closed."""


Guard = Callable[[CaseFacts], str]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the states it starts from, the state it leads to (None: it stays), what it needs."""

    name: str
    sources: frozenset[CaseState]
    target: CaseState | Callable[[CaseFacts], CaseState] | None
    guards: tuple[Guard, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PossibleAct:
    """An act as a screen shows it: greyed with its reasons where there are any."""

    name: str
    reasons: tuple[str, ...]


class NotNow(Refused):
    """The act is none of the case's present state, or something is missing; all of it is named at once."""

    def __init__(self, act: str, state: CaseState, reasons: tuple[str, ...]) -> None:
        self.act = act
        self.reasons = reasons
        super().__init__(f"现在不能{CASE_ACTS[act]}（办件{CASE_STATES[state]}）：{'；'.join(reasons)}。")


def _complete(facts: CaseFacts) -> str:
    return f"还缺{'、'.join(facts.missing_materials)}" if facts.missing_materials else ""


def _incomplete(facts: CaseFacts) -> str:
    return "" if facts.missing_materials else "材料已经齐全，没有可以容缺的"


def _not_told(facts: CaseFacts) -> str:
    return (
        "本次提交已经一次性告知过补正，不能再告知（行政许可法第三十二条第一款第四项）" if facts.supplement_told else ""
    )


def _no_procedure(facts: CaseFacts) -> str:
    names = "、".join(CASE_PROCEDURES.get(each, each) for each in facts.procedures_open)
    return f"特别程序未结束：{names}" if names else ""


def _procedure(facts: CaseFacts) -> str:
    return "" if facts.procedures_open else "没有进行中的特别程序"


def _supplement_settled(facts: CaseFacts) -> str:
    return "补正还没有收齐" if facts.supplement_open else ""


def _supplement_waiting(facts: CaseFacts) -> str:
    return "" if facts.supplement_open else "没有等待中的补正"


def _handed_over(facts: CaseFacts) -> str:
    return "" if facts.handed_over else "窗口还没有移交材料"


def _not_handed_over(facts: CaseFacts) -> str:
    return "材料已经移交，等科室签收" if facts.handed_over else ""


def _visited(facts: CaseFacts) -> str:
    if facts.visits_open:
        return "现场勘查已预约，还没有记录结果"
    return "本事项须两名以上人员现场勘查，还没有勘查记录" if facts.visit_needed and not facts.visits_made else ""


def _heard(facts: CaseFacts) -> str:
    return "听证还没有结束" if facts.hearings_open else ""


def _consulted(facts: CaseFacts) -> str:
    return f"还有{facts.consultations_open}个单位没有答复征求意见" if facts.consultations_open else ""


def _consulting(facts: CaseFacts) -> str:
    return "" if facts.consultations_open else "没有等待答复的征求意见"


def _parts_decided(facts: CaseFacts) -> str:
    return f"联办的{facts.parts_open}个分办件还没有结果" if facts.parts_open else ""


def _proposed(facts: CaseFacts) -> str:
    on_the_spot = facts.handling == "immediate" or facts.accepted_how == "informed"
    if facts.state == "accepted":
        return "" if on_the_spot else "还没有审查，只有即办件和告知承诺件可以当场决定"
    return "" if facts.proposal else "还没有拟办意见"


def _legally_reviewed(facts: CaseFacts) -> str:
    return "还没有法制审核" if facts.legal_review_needed and not facts.legal_review_done else ""


def _refusal_reported(facts: CaseFacts) -> str:
    wanted = facts.refusal_report_needed and facts.proposal == "denied" and not facts.refusal_report_done
    return "拟不予许可，还没有否定报备" if wanted else ""


def _refusal_proposed(facts: CaseFacts) -> str:
    return "" if facts.proposal == "denied" else "只有拟不予许可的办件需要否定报备"


def _not_extended(facts: CaseFacts) -> str:
    return "已经延期过一次（行政许可法第四十二条）" if facts.extended else ""


def _in_time(facts: CaseFacts) -> str:
    return "法定时限已过，期满后不能再延期（行政许可法第四十二条）" if facts.statutory_over else ""


def _may_default(facts: CaseFacts) -> str:
    if not facts.default_allowed:
        return "本事项没有公布超时默认，或者涉及公共安全"
    return "" if facts.promised_over or facts.statutory_over else "时限还没有过"


def _granted(facts: CaseFacts) -> str:
    return "" if facts.outcome in {"granted", "default"} else "没有准予许可，不发证件"


def _nothing_lacking(facts: CaseFacts) -> str:
    return f"容缺的材料还没有补齐：{'、'.join(facts.lacking_materials)}" if facts.lacking_materials else ""


def _no_certificate(facts: CaseFacts) -> str:
    return "证件已经制作" if facts.certificate_made else ""


def _certified(facts: CaseFacts) -> str:
    wanted = facts.certificate_needed and facts.outcome in {"granted", "default"} and not facts.certificate_made
    return "证件还没有制作" if wanted else ""


def _served(facts: CaseFacts) -> str:
    return f"还没有送达：{'、'.join(facts.unserved)}" if facts.unserved else ""


def _something_to_serve(facts: CaseFacts) -> str:
    return "" if facts.unserved else "没有等待领取的文书"


def _dossier_complete(facts: CaseFacts) -> str:
    return f"卷内还缺：{'、'.join(facts.dossier_missing)}" if facts.dossier_missing else ""


def _orders_closed(facts: CaseFacts) -> str:
    return "还有督办单没有核销" if facts.orders_open else ""


def _one_step_back(facts: CaseFacts) -> CaseState:
    return _ONE_STEP_BACK[facts.state]


def _after_procedure(facts: CaseFacts) -> CaseState:
    return "suspended" if len(facts.procedures_open) > 1 else "reviewing"


def _after_examination(facts: CaseFacts) -> CaseState:
    return "legal_review" if facts.legal_review_needed and not facts.legal_review_done else "approving"


def _reopened(facts: CaseFacts) -> CaseState:
    return facts.state_before or facts.state


def _was_ended(facts: CaseFacts) -> str:
    return "" if facts.state_before else "没有记下结束前的状态，不能重开"


def _from(*states: CaseState) -> frozenset[CaseState]:
    return frozenset(states)


_REVIEWED = (_no_procedure, _supplement_settled, _visited, _heard, _consulted, _parts_decided)
_STEPS = _from("reviewing", "examining", "legal_review", "approving")

ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act("correct", _from("received"), None),
        Act("supplement", _from("received"), "supplementing", (_not_told,)),
        Act("resubmit", _from("supplementing"), "received", (_supplement_waiting,)),
        Act("refuse", _from("received"), "refused"),
        Act("accept", _from("received"), "accepted", (_complete,)),
        Act("accept_lacking", _from("received"), "accepted", (_incomplete,)),
        Act("accept_informed", _from("received"), "accepted"),
        Act("accept_deemed", _from("received"), "accepted"),
        Act("complete", IN_REVIEW | {"decided"}, None),
        Act("hand_over", _from("accepted"), None, (_not_handed_over,)),
        Act("take", _from("accepted"), "reviewing", (_handed_over,)),
        Act("send_back", _STEPS, _one_step_back, (_no_procedure,)),
        Act("assign", IN_REVIEW, None),
        Act("claim", IN_REVIEW, None),
        Act("release", IN_REVIEW, None),
        Act("suspend", _from("reviewing", "suspended"), "suspended"),
        Act("resume", _from("suspended"), _after_procedure, (_procedure,)),
        Act("ask", _from("reviewing"), None, (_supplement_settled,)),
        Act("answer", _from("reviewing", "suspended"), None, (_supplement_waiting,)),
        Act("visit", _from("reviewing", "suspended"), None),
        Act("hearing", _from("reviewing", "suspended"), None),
        Act("consult", _from("reviewing", "suspended"), None),
        Act("consult_answer", IN_REVIEW, None, (_consulting,)),
        Act("propose", _from("reviewing"), "examining", _REVIEWED),
        Act("examine", _from("examining"), _after_examination, _REVIEWED),
        Act("legal", _from("legal_review"), "approving"),
        Act("report", _from("approving", "examining", "legal_review"), None, (_refusal_proposed,)),
        Act("extend", IN_REVIEW, None, (_not_extended, _in_time)),
        Act(
            "decide",
            _from("accepted", "approving"),
            "decided",
            (_proposed, *_REVIEWED, _legally_reviewed, _refusal_reported),
        ),
        Act("default", IN_REVIEW, "decided", (_may_default, _no_procedure)),
        Act("certify", _from("decided"), None, (_granted, _nothing_lacking, _no_certificate)),
        Act("tell", _from("decided", *CLOSED), None, (_certified, _something_to_serve)),
        Act("serve", _from("decided", *CLOSED, *IN_REVIEW), None),
        Act("finish", _from("decided"), "finished", (_nothing_lacking, _no_procedure, _certified, _served)),
        Act("withdraw", BEFORE_ACCEPTANCE | IN_REVIEW, "withdrawn"),
        Act("terminate", BEFORE_ACCEPTANCE | IN_REVIEW, "terminated"),
        Act("archive", CLOSED - {"archived"}, "archived", (_served, _orders_closed, _dossier_complete)),
        Act("reopen", CLOSED, _reopened, (_was_ended,)),
    )
}
"""The table of a permit case; `receive`, which begins one, has no state before it."""


def check_act(act: str, facts: CaseFacts) -> CaseState:
    """The state after the act. Raises NotNow with everything that is missing."""
    if reasons := _reasons(ACTS[act], facts):
        raise NotNow(act, facts.state, reasons)
    target = ACTS[act].target
    if target is None:
        return facts.state
    return target(facts) if callable(target) else target


def possible_acts(facts: CaseFacts) -> tuple[PossibleAct, ...]:
    """The acts of the present state, each with what still stands in its way."""
    return tuple(PossibleAct(act.name, _reasons(act, facts)) for act in ACTS.values() if facts.state in act.sources)


def _reasons(act: Act, facts: CaseFacts) -> tuple[str, ...]:
    if facts.state not in act.sources:
        states = "、".join(CASE_STATES[state] for state in CASE_STATES if state in act.sources)
        return (f"只有{states}的办件可以",)
    return tuple(reason for guard in act.guards if (reason := guard(facts)))
