"""What must come first before a stall is taken away: told, days to speak and to ask for a hearing, heard, decided."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

WithdrawalOutcome = Literal["withdrawn", "warned", "kept"]
WithdrawalAct = Literal["tell", "state", "ask_hearing", "notice_hearing", "hear", "decide"]


@dataclass(frozen=True, slots=True)
class WithdrawalFacts:
    """How far it has come. `answer_by`: the last day to ask for a hearing; None while a schedule is lacking."""

    told_on: date | None = None
    answer_by: date | None = None
    hearing_asked_on: date | None = None
    hearing_on: date | None = None
    heard: bool = False
    decided_on: date | None = None

    @property
    def hearing_open(self) -> bool:
        """Asked for and not held yet."""
        return self.hearing_asked_on is not None and not self.heard


def why_not(act: WithdrawalAct, facts: WithdrawalFacts, today: date) -> tuple[str, ...]:
    """Why an act is not open: whole sentences; none where it is.

    What somebody says counts until the decision, also after the days to speak (行政许可法 7: statement and defence).
    """
    if facts.decided_on is not None:
        return ("这件收回已经作出决定。",)
    if act == "tell":
        return ("已经告知过，不重复告知。",) if facts.told_on else ()
    if facts.told_on is None:
        return ("还没有书面告知摊主，请先告知事实、理由、依据和权利。",)
    return {
        "state": (),
        "ask_hearing": _asking(facts, today),
        "notice_hearing": () if facts.hearing_open else ("没有要举行的听证。",),
        "hear": _hearing(facts, today),
        "decide": _deciding(facts, today),
    }[act]


def _asking(facts: WithdrawalFacts, today: date) -> tuple[str, ...]:
    if facts.hearing_asked_on is not None:
        return ("已经登记过听证申请。",)
    if facts.answer_by is not None and today > facts.answer_by:
        return (f"要求听证的期限到 {facts.answer_by} 为止，已经过了。仍可以登记陈述申辩。",)
    return ()


def _hearing(facts: WithdrawalFacts, today: date) -> tuple[str, ...]:
    if not facts.hearing_open:
        return ("没有要举行的听证。",)
    if facts.hearing_on is None:
        return ("还没有通知听证的时间，请先通知。",)
    return () if today >= facts.hearing_on else (f"听证定在 {facts.hearing_on}，到时再登记笔录。",)


def _deciding(facts: WithdrawalFacts, today: date) -> tuple[str, ...]:
    found = []
    if facts.answer_by is None:
        found.append("放假安排没有录入，陈述和要求听证的期限还定不下来，不能决定。")
    elif today <= facts.answer_by and not facts.heard:
        found.append(f"陈述和要求听证的期限到 {facts.answer_by}，期满以后才能决定。")
    if facts.hearing_open:
        found.append("摊主要求的听证还没有举行，不能决定。")
    return tuple(found)
