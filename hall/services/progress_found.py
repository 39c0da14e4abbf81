"""What 查进度 finds, whatever was asked for: whose it is by the end of a number, and how it is shown."""

import hmac
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from hall.rules.identity import mask_name
from hall.rules.numbering import Series, numbers_in_every_style
from hall.rules.progress import LAST, Progress
from hall.services import persons
from hall.services.persons import ORGANISATION
from hall.store import Work
from hall.store.schema.people import Person


@dataclass(frozen=True, slots=True)
class Question:
    """The serial of a year, which every series counts from 1, and what is said to end somebody's number."""

    short_name: str
    year: int
    serial: int
    last_four: str = field(repr=False)

    def numbers(self, series: Series) -> tuple[str, ...]:
        """What the number may be written as in a series."""
        return numbers_in_every_style(self.short_name, series, year=self.year, serial=self.serial)


@dataclass(frozen=True, slots=True)
class ProgressView:
    """A case as its applicant may see it on a public screen: the name masked."""

    number: str
    matter_name: str
    applicant_masked: str = field(repr=False)
    received_on: date
    told: Progress


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody may see, and what the audit calls it."""

    named: str
    view: ProgressView


def is_of(work: Work, person_id: int, last_four: str, *, by_phone: bool) -> bool:
    """Whether the characters end the person's number or, on wish, the telephone."""
    person = persons.opened(work.session.get_one(Person, person_id), work.key_ring)
    known = (person.id_number, person.phone if by_phone else "")
    fits = [hmac.compare_digest(each[-LAST:].encode(), last_four.encode()) for each in known if len(each) >= LAST]
    return any(fits)


def masked(session: Session, person_id: int) -> str:
    """A person masked; the registered name of an organisation is public."""
    person = session.get_one(Person, person_id)
    return person.name if person.kind == ORGANISATION else mask_name(person.name)
