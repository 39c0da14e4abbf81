"""Whom the papers of a penalty case are addressed to: the party in full for the paper, the number masked."""

from hall.services import persons
from hall.services.papers_addressee import Addressee, addressee_block
from hall.services.papers_common import Fields
from hall.store import Work
from hall.store.schema.halls import Hall
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Person


def penalty_addressee(work: Work, case: PenaltyCase) -> Addressee:
    """The party of the case."""
    return addressee_of(work, case.party_id)


def penalty_head(work: Work, case: PenaltyCase) -> Fields:
    """The fields that every paper of the case shares; who does the work is named as who prepared it."""
    return party_head(work, case.party_id)


def addressee_of(work: Work, person_id: int) -> Addressee:
    """A person or an organisation as papers name it."""
    party = persons.opened(work.session.get_one(Person, person_id), work.key_ring)
    return Addressee(
        kind="organisation" if party.kind == persons.ORGANISATION else "person",
        name=party.name,
        number=party.id_number,
        representative=party.representative,
        address=party.address,
        phone=party.phone,
    )


def party_head(work: Work, person_id: int) -> Fields:
    """The same for a paper that belongs to no case."""
    hall = work.session.get_one(Hall, work.hall_id)
    return addressee_block(hall, addressee_of(work, person_id), clerk_name=work.actor.name)
