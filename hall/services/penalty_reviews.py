"""Before the decision: the legal review (行政处罚法 58), and the heads who discuss what is complex or grave (57(2))."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.penalty_gates import before_discussing, before_legal, require_open
from hall.rules.people import Actor
from hall.services.penalty_gate_facts import gate_facts, under_way
from hall.services.penalty_records import add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.qualifications import require_qualified
from hall.services.reasons import ReasonNeeded, short_text, statement_for
from hall.store import Store
from hall.store.retrying import retried


class BadMinutesDay(Refused):
    """A discussion before the party was heard and the case reviewed, or after today."""

    def __init__(self, first: date) -> None:
        super().__init__(
            f"集体讨论在听取当事人意见、听证和法制审核之后，日期应在{first}与今天之间，请核对"
            "（行政处罚法第四十五条、第五十七条第二款、第五十八条、第六十五条）。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of the heads: number, day, what they agreed on."""

    number: str
    held_on: date
    text: str


@retried
def review(store: Store, actor: Actor, *, case_id: int, agrees: bool, opinion: str, home: Path) -> None:
    """法制审核. Who does not agree sends it back: the officers propose anew.

    Raises GateClosed, DutyConflict, NotQualified (行政处罚法 58(2)).
    """
    require(actor, "penalty.legal")
    text = statement_for("法制审核意见", opinion)
    with store.work("penalty.legal", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "legal")
        require_qualified(work, "penalty.legal", home=home)
        today = business_date(work.now)
        require_open(before_legal(gate_facts(work.session, case, today=today, home=home)))
        proposal = under_way(work.session, case.id)
        proposal.legal_on, proposal.legal_by = today, actor.account_id
        proposal.legal_agrees, proposal.legal_opinion = agrees, text
        add_penalty_event(work, case, "legal", detail={"round": proposal.round, "agrees": agrees})
        settle_penalty(work, case, agrees=agrees)


@retried
def discuss(store: Store, actor: Actor, *, case_id: int, minutes: Minutes, home: Path) -> None:
    """登记集体讨论, by whoever decides afterwards. Raises GateClosed, BadMinutesDay, DutyConflict."""
    require(actor, "penalty.decide")
    text, number = statement_for("集体讨论记录", minutes.text), short_text(minutes.number)
    if not number:
        raise ReasonNeeded("集体讨论记录的编号")
    with store.work("penalty.discuss", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "decide")
        today = business_date(work.now)
        require_open(before_discussing(gate_facts(work.session, case, today=today, home=home)))
        proposal = under_way(work.session, case.id)
        steps = (proposal.proposed_on, proposal.defended_on, proposal.hearing_on, proposal.legal_on)
        first = max(filter(None, steps))
        if not first <= minutes.held_on <= today:
            raise BadMinutesDay(first)
        proposal.minutes_number, proposal.minutes_on, proposal.minutes = number, minutes.held_on, text
        add_penalty_event(work, case, "discuss", day=minutes.held_on, detail={"round": proposal.round})
        settle_penalty(work, case, minutes=number)
