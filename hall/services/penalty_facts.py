"""What rules ask of a stored penalty case: its act and days, other cases of the party, the party's birth."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.rules.penalties import ActFacts, Harm, KnownAct, Procedure, birth_in, corrected_in_time
from hall.services.persons import ORGANISATION, opened
from hall.services.violation_records import version_on
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Person
from hall.store.schema.violations import Violation, ViolationVersion
from hall.store.secrets import KeyRing


def act_facts(case: PenaltyCase) -> ActFacts:
    """The days and the harm of a stored case."""
    return ActFacts(
        acted_on=case.acted_on,
        acted_until=case.acted_until,
        found_on=case.found_on,
        filed_on=case.filed_on,
        procedure=cast(Procedure, case.procedure),
        correction_ordered_on=case.correction_ordered_on,
        correct_by=case.correct_by,
        corrected_on=case.corrected_on,
        life_or_health=case.life_or_health,
        harm=cast(Harm, case.harm),
    )


def known_acts(session: Session, party_id: int) -> list[KnownAct]:
    """The party's cases that neither were dropped nor revoked (行政处罚法 29)."""
    query = select(PenaltyCase).where(
        PenaltyCase.party_id == party_id, PenaltyCase.state.not_in(("dropped", "revoked"))
    )
    return [
        KnownAct(
            number=case.number,
            violation_id=case.violation_id,
            place=case.place,
            acted_on=case.acted_on,
            ended_on=case.acted_until or case.acted_on,
        )
        for case in session.scalars(query.order_by(PenaltyCase.id))
    ]


def birth_of(session: Session, ring: KeyRing, case: PenaltyCase) -> date | None:
    """The party's birth as the number tells it (行政处罚法 30); None for an organisation or where it tells none."""
    party = session.get_one(Person, case.party_id)
    return None if party.kind == ORGANISATION else birth_in(opened(party, ring).id_number)


def nothing_to_fine(session: Session, case: PenaltyCase, *, today: date) -> bool:
    """Whether the norm fines only who does not obey the order to correct, and this party obeyed in time.

    The norm as of the act or as of today, whichever is milder (行政处罚法 37).
    """
    if not corrected_in_time(act_facts(case)):
        return False
    versions = (version_on(session, case.violation_id, day) for day in (case.acted_on, today))
    return any(version is not None and version.entry.correction == "first" for version in versions)


def violations_named(session: Session, keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Code and newest name of violations, by their keys."""
    query = (
        select(Violation.id, Violation.code, ViolationVersion.name)
        .join(ViolationVersion, ViolationVersion.violation_id == Violation.id)
        .where(Violation.id.in_(set(keys)))
        .order_by(ViolationVersion.valid_from)
    )
    return {violation_id: (code, name) for violation_id, code, name in session.execute(query).tuples()}
