"""A case as whoever weighs leniency sees it: limbs, the search for earlier breaches, roads, what may be proposed."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.first_offence import Search
from hall.rules.leniency import Eligibility, Finding, allowed, eligibility, limbs_for
from hall.rules.leniency_limbs import Limb, Result
from hall.rules.penalty_roads import RoadView
from hall.rules.people import Actor
from hall.services.leniency import answer_draft
from hall.services.leniency_facts import findings_of, known_of
from hall.services.leniency_records import asked_for, claims_of, open_request
from hall.services.penalty_records import penalty_of
from hall.services.penalty_roads import roads_of
from hall.store import Store
from hall.store.schema.leniency import LeniencyRequest


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """The request that waits; `limbs` empty and `asked` False where officers examined of their own accord."""

    request_id: int
    number: str
    asked: bool
    wanted: str
    limbs: tuple[Limb, ...]
    facts: str
    examined: bool
    opinion: str


@dataclass(frozen=True, slots=True)
class LeniencyLook:
    """As of today. `options`: each result that law leaves open, with the limbs that it may rest on.

    `findings`: what officers last found, by element. `draft`: reasons of a refusal, with gaps.
    """

    eligibility: Eligibility
    search: Search
    roads: tuple[RoadView, ...]
    options: tuple[tuple[Result, tuple[Limb, ...]], ...]
    findings: dict[str, Finding]
    request: OpenRequest | None
    draft: str


def look(store: Store, actor: Actor, *, case_id: int, home: Path) -> LeniencyLook:
    """Everything about leniency in a case, read at one instant. Raises NoSuchPenalty."""
    require(actor, "penalty.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        case = penalty_of(session, store.hall_id, case_id)
        known = known_of(session, case, ring=store.key_ring, today=today, home=home)
        findings = findings_of(session, case.id)
        found = eligibility(known.facts, findings)
        request = open_request(session, case.id)
        limbs = claims_of(session, request) if request else ()
        return LeniencyLook(
            eligibility=found,
            search=known.search,
            roads=roads_of(session, case, today=today, home=home),
            options=tuple(
                (result, tuple(each.rule.code for each in limbs_for(found, result))) for result in allowed(found)
            ),
            findings=findings,
            request=_request(session, request) if request else None,
            draft=answer_draft(found, limbs) if limbs else "",
        )


def _request(session: Session, request: LeniencyRequest) -> OpenRequest:
    return OpenRequest(
        request_id=request.id,
        number=request.number,
        asked=asked_for(request),
        wanted=request.wanted,
        limbs=claims_of(session, request),
        facts=request.facts,
        examined=request.examined_on is not None,
        opinion=request.reasons,
    )
