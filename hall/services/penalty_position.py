"""Whoever stands at the window, on one page: every penalty, what each costs today, what presses, what is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.fines import Entry, FinePosition, position
from hall.rules.lights import LIGHTS, Light
from hall.rules.people import Actor
from hall.services import fines, persons
from hall.services.penalty_facts import violations_named
from hall.services.penalty_file import LitClock, PenaltyFile
from hall.services.penalty_reading import file_of, lit_clocks
from hall.services.penalty_records import penalty_of
from hall.services.persons import NoSuchPerson, PersonView
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.people import Person
from hall.store.schema.seizures import SeizedItem, Seizure

MOST = 50


@dataclass(frozen=True, slots=True)
class PenaltyLine:
    """A case in the list of a person: amounts in fen as of the day it was read; no balance before a fine is served."""

    case_id: int
    number: str
    violation_name: str
    acted_on: date
    state: str
    decision_number: str
    balance_fen: int | None
    light: Light | None


@dataclass(frozen=True, slots=True)
class SeizureLine:
    """What is kept of somebody's goods, or was: there is no charge for keeping."""

    seizure_id: int
    number: str
    kind: str
    goods: str
    seized_on: date
    ended_on: date | None
    ending: str


@dataclass(frozen=True, slots=True)
class PenaltyPosition:
    """Masked. `lines`: open cases first, then the newest, at most `MOST` of `cases`; `file` is the one that is open."""

    party: PersonView
    cases: int
    lines: tuple[PenaltyLine, ...]
    seizures: tuple[SeizureLine, ...]
    file: PenaltyFile | None


def position_of_party(
    store: Store, actor: Actor, *, party_id: int, case_id: int | None = None, home: Path
) -> PenaltyPosition:
    """A person's whole position at one instant; without `case_id` the first line is open. Raises NoSuchPerson."""
    require(actor, "penalty.read")
    with store.read(actor) as session:
        person = session.get(Person, party_id)
        if person is None or person.hall_id != store.hall_id:
            raise NoSuchPerson
        cases = _cases(session, party_id)
        shown = next((case for case in cases if case.id == case_id), cases[0] if cases else None)
        return PenaltyPosition(
            party=persons.public_view(person, store.key_ring),
            cases=len(cases),
            lines=_lines(session, store, cases[:MOST], home=home),
            seizures=_seizures(session, party_id),
            file=file_of(session, store, actor, shown, home=home) if shown else None,
        )


def position_of_case(store: Store, actor: Actor, *, case_id: int, home: Path) -> PenaltyPosition:
    """The position of the party of a case, with that case open. Raises NoSuchPenalty."""
    require(actor, "penalty.read")
    with store.read(actor) as session:
        case = penalty_of(session, store.hall_id, case_id)
        party_id = case.party_id
    return position_of_party(store, actor, party_id=party_id, case_id=case_id, home=home)


def _cases(session: Session, party_id: int) -> list[PenaltyCase]:
    """Open ones first, of each the newest first."""
    cases = session.scalars(select(PenaltyCase).where(PenaltyCase.party_id == party_id)).all()
    return sorted(cases, key=lambda case: (case.closed_on is not None, -case.id))


def _lines(session: Session, store: Store, cases: Sequence[PenaltyCase], *, home: Path) -> tuple[PenaltyLine, ...]:
    """In as many reads as there are tables, however many the cases are."""
    today = business_date(store.clock.now())
    keys = [case.id for case in cases]
    ledgers, numbers = fines.ledgers(session, keys), _decision_numbers(session, keys)
    names = violations_named(session, (case.violation_id for case in cases))
    clocks = lit_clocks(session, [case for case in cases if case.closed_on is None], today=today, home=home)
    return tuple(
        PenaltyLine(
            case_id=case.id,
            number=case.number,
            violation_name=names[case.violation_id][1],
            acted_on=case.acted_on,
            state=case.state,
            decision_number=numbers.get(case.id, ""),
            balance_fen=fine.balance_fen if fine else None,
            light=_most_pressing(fine, clocks.get(case.id, ())),
        )
        for case in cases
        for fine in [_position(ledgers.get(case.id, ()), today, home)]
    )


def _position(entries: Sequence[Entry], today: date, home: Path) -> FinePosition | None:
    if not entries:
        return None
    growth = fines.growth_of(entries, home)
    return position(entries, on=today, terms=growth.terms, surcharge=growth.surcharge)


def _decision_numbers(session: Session, keys: Sequence[int]) -> dict[int, str]:
    """The number of the first decision of each case."""
    query = select(PenaltyDecision.case_id, PenaltyDecision.number).where(
        PenaltyDecision.case_id.in_(keys), PenaltyDecision.previous_id.is_(None)
    )
    return dict(session.execute(query).tuples().all())


def _most_pressing(fine: FinePosition | None, clocks: Iterable[LitClock]) -> Light | None:
    """An overdue fine is late as a promise is: it costs the party, not the authority."""
    lights: set[Light] = {each.light for each in clocks if each.light is not None}
    if fine is not None and fine.overdue:
        lights.add("over_promised")
    return min(lights, key=LIGHTS.index) if lights else None


def _seizures(session: Session, party_id: int) -> tuple[SeizureLine, ...]:
    query = select(Seizure).where(Seizure.party_id == party_id).order_by(Seizure.id.desc())
    return tuple(
        SeizureLine(row.id, row.number, row.kind, _goods(session, row.id), row.seized_on, row.ended_on, row.ending)
        for row in session.scalars(query)
    )


def _goods(session: Session, seizure_id: int) -> str:
    items = select(SeizedItem).where(SeizedItem.seizure_id == seizure_id).order_by(SeizedItem.position)
    return "、".join(f"{item.name} {item.quantity}{item.unit}" for item in session.scalars(items))
