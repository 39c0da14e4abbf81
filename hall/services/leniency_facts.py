"""What a stored case says of leniency: its facts, what officers found in it, and which limbs follow."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.first_offence import Search
from hall.rules.leniency import Eligibility, Finding, eligibility
from hall.rules.leniency_facts import LeniencyFacts, Status
from hall.rules.leniency_limbs import LIMBS, Limb
from hall.rules.penalty_terms import ObjectKind
from hall.services.first_offence import search_earlier
from hall.services.penalty_facts import act_facts, birth_of, nothing_to_fine
from hall.services.penalty_terms import penalty_terms
from hall.services.persons import ORGANISATION
from hall.services.violations import UnusableBenchmark, benchmark_for, exemptions_of
from hall.store.schema.leniency import LeniencyFinding, LeniencyRequest
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Person
from hall.store.secrets import KeyRing


@dataclass(frozen=True, slots=True)
class Known:
    """Facts of a case and the search behind them."""

    facts: LeniencyFacts
    search: Search


def known_of(session: Session, case: PenaltyCase, *, ring: KeyRing | None, today: date, home: Path) -> Known:
    """The facts as of today; without a key ring the age is what an examination wrote down."""
    terms = penalty_terms(home, today)
    listed = tuple(exemptions_of(session, case.violation_id, on=today).values())
    search = search_earlier(session, case, terms=terms, listed=listed)
    facts = LeniencyFacts(
        act=act_facts(case),
        today=today,
        terms=terms,
        natural=session.get_one(Person, case.party_id).kind != ORGANISATION,
        birth=birth_of(session, ring, case) if ring else None,
        nothing_to_fine=nothing_to_fine(session, case, today=today),
        milder=_milder(session, case, today),
        earlier=search.earlier,
        listed=listed,
    )
    return Known(facts, search)


def eligibility_of(
    session: Session, case: PenaltyCase, *, ring: KeyRing | None = None, today: date, home: Path
) -> Eligibility:
    """Every limb by the records of today and what officers last found."""
    known = known_of(session, case, ring=ring, today=today, home=home)
    return eligibility(known.facts, findings_of(session, case.id))


def eligibility_without_key(
    session: Session, case: PenaltyCase, *, limb: Limb | None, today: date, home: Path
) -> Eligibility:
    """The same for who cannot open the party's number; an age that `limb` rests on was read when it was proposed."""
    known = known_of(session, case, ring=None, today=today, home=home)
    elements = LIMBS[limb].elements if limb is not None else ()
    read = {each.code: Finding("satisfied", "拟定意见时按证件核对") for each in elements if each.source == "record"}
    return eligibility(known.facts, {**findings_of(session, case.id), **read})


def findings_of(session: Session, case_id: int) -> dict[str, Finding]:
    """What the last examination of the case found, by element."""
    last = (
        select(LeniencyRequest.id)
        .where(LeniencyRequest.case_id == case_id, LeniencyRequest.examined_on.is_not(None))
        .order_by(LeniencyRequest.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.scalars(select(LeniencyFinding).where(LeniencyFinding.request_id == last))
    return {row.element: Finding(cast(Status, row.finding), row.evidence) for row in rows}


def _milder(session: Session, case: PenaltyCase, today: date) -> bool | None:
    """Whether the norm of today governs because it punishes less; None where nobody can tell yet."""
    ended = case.acted_until or case.acted_on
    kind = cast(ObjectKind, case.object_kind)
    try:
        governs = benchmark_for(
            session, violation_id=case.violation_id, object_kind=kind, acted_on=ended, decided_on=today
        )
    except UnusableBenchmark:
        return None
    if governs.alternative is not None:
        return None
    return governs.entry.valid_from is not None and governs.entry.valid_from > ended
