"""What a panel offers to whoever proposes or decides: the tiers that govern the case, the alerts, what was proposed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.errors import HallError
from hall.rules.authority import require
from hall.rules.penalty_amounts import span_figures
from hall.rules.penalty_gates import alerts
from hall.rules.people import Actor
from hall.rules.violations import Tier, Unit
from hall.services.on_spot import filing_due
from hall.services.penalty_gate_facts import gate_facts, locked_fen
from hall.services.penalty_measures import Chosen, case_benchmark, measured
from hall.services.penalty_records import NoSuchPenalty, decisions_of, penalty_of
from hall.store import Store


@dataclass(frozen=True, slots=True)
class TierChoice:
    """A published row to choose; `unit` says by what it is multiplied."""

    tier_id: int
    words: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class ProposalChoices:
    """Everything a proposal chooses from; amounts in fen.

    `unusable`: why no penalty can be measured now, or empty. `alerts`: the ninety days. `locked_fen`: above what
    nothing may go after a defence.
    """

    violation: str
    why: str
    tiers: tuple[TierChoice, ...]
    unusable: str
    alerts: tuple[str, ...]
    locked_fen: int | None


@dataclass(frozen=True, slots=True)
class SpanView:
    """What a chosen tier comes to, in words."""

    tier: str
    statutory: str


def proposal_choices(store: Store, actor: Actor, *, case_id: int, home: Path) -> ProposalChoices:
    """What may be chosen for a case today; raises NoSuchPenalty."""
    require(actor, "penalty.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        case = penalty_of(session, store.hall_id, case_id)
        told = alerts(gate_facts(session, case, today=today, home=home))
        locked = locked_fen(session, case_id)
        try:
            benchmark = case_benchmark(session, case, today)
        except HallError as fault:
            return ProposalChoices("", "", (), fault.sentence, told, locked)
        versions = (benchmark,) if benchmark.alternative is None else (benchmark, benchmark.alternative)
        tiers = tuple(_choice(key, tier) for each in versions for key, tier in each.tiers.items())
        return ProposalChoices(benchmark.entry.name, benchmark.why, tiers, "", told, locked)


def spans(store: Store, actor: Actor, *, case_id: int, chosen: Chosen) -> SpanView:
    """From how much to how much a tier goes for a quantity; raises what the benchmark refuses."""
    require(actor, "penalty.read")
    with store.read(actor) as session:
        case = penalty_of(session, store.hall_id, case_id)
        measures = measured(session, case, chosen, day=business_date(store.clock.now())).measures
    if measures.tier is None:
        return SpanView("没有公布金额", "")
    return SpanView(span_figures(measures.tier), span_figures(measures.statutory))


def filing_day(store: Store, actor: Actor, *, case_id: int) -> date | None:
    """By when the case's decision on the spot is reported (行政处罚法 52(3)); None where nothing can be counted."""
    require(actor, "penalty.read")
    with store.read(actor) as session:
        case, decisions = penalty_of(session, store.hall_id, case_id), decisions_of(session, case_id)
        if not decisions:
            raise NoSuchPenalty
        return filing_due(session, case, decisions[0].decided_on)


def _choice(key: int, tier: Tier) -> TierChoice:
    words = f"{tier.tier}：{tier.circumstances}" if tier.circumstances else tier.tier
    return TierChoice(key, words, tier.unit)
