"""A penalty case read as a whole for whoever looks at it: facts, money as of today, periods with lights, acts."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.lights import LIGHTS
from hall.rules.penalty_lights import clock_light
from hall.rules.people import Actor
from hall.services import fines, persons
from hall.services.light_rule import warning_rules
from hall.services.paper_head import name_of
from hall.services.penalty_acts import acts_by_law, acts_for, road_lines
from hall.services.penalty_case_rows import (
    decisions_shown,
    documents_of,
    events_of,
    officers_of,
    proposals_of,
    requests_of,
    services_of,
)
from hall.services.penalty_clocks import clocks_of_each, open_clocks
from hall.services.penalty_facts import violations_named
from hall.services.penalty_file import HallClock, LitClock, PenaltyFile
from hall.services.penalty_money_rows import agreements_of, cash_of, deferrals_of, notices_of, publications_of
from hall.services.penalty_records import duties_of
from hall.services.penalty_roads import roads_of
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Person


def file_of(session: Session, store: Store, actor: Actor, case: PenaltyCase, *, home: Path) -> PenaltyFile:
    """Everything about a case, within the caller's read, so that all of it is of one instant."""
    today = business_date(store.clock.now())
    acts = acts_by_law(session, case, today=today, home=home)
    code, name = violations_named(session, [case.violation_id])[case.violation_id]
    return PenaltyFile(
        case_id=case.id,
        number=case.number,
        origin=case.origin,
        party=persons.public_view(session.get_one(Person, case.party_id), store.key_ring),
        object_kind=case.object_kind,
        violation_id=case.violation_id,
        violation_code=code,
        violation_name=name,
        act=case.act,
        place=case.place,
        acted_on=case.acted_on,
        acted_until=case.acted_until,
        found_on=case.found_on,
        filed_on=case.filed_on,
        procedure=case.procedure,
        harm=case.harm,
        life_or_health=case.life_or_health,
        complex=case.complex,
        public_interest=case.public_interest,
        correction_ordered_on=case.correction_ordered_on,
        correct_by=case.correct_by,
        corrected_on=case.corrected_on,
        state=case.state,
        registered_at=case.registered_at,
        clerk=name_of(session, case.account_id),
        closed_on=case.closed_on,
        on=today,
        duty=duties_of(session, case.id).get(actor.account_id, ""),
        fine=fines.position_of(session, case, on=today, home=home),
        fine_days=fines.days_of(session, case, on=today, home=home),
        clocks=lit_clocks(session, [case], today=today, home=home)[case.id],
        officers=officers_of(session, case.id),
        proposals=proposals_of(session, case.id),
        decisions=decisions_shown(session, case.id),
        services=services_of(session, case.id),
        requests=requests_of(session, case.id),
        deferrals=deferrals_of(session, case.id),
        agreements=agreements_of(session, case.id),
        notices=notices_of(session, case.id),
        cash=cash_of(session, case.id),
        publications=publications_of(session, case.id),
        documents=documents_of(session, case.id),
        events=events_of(session, case.id),
        roads=road_lines(roads_of(session, case, today=today, home=home), acts),
        acts=acts_for(session, case, actor, acts=acts, today=today),
    )


def lit_clocks(
    session: Session, cases: Sequence[PenaltyCase], *, today: date, home: Path
) -> dict[int, tuple[LitClock, ...]]:
    """The periods of some cases with their lights of today, by the keys of the cases."""
    least_days = warning_rules(home).in_force(today).least_days
    found = clocks_of_each(session, cases, today=today, home=home)
    return {
        case_id: tuple(LitClock(clock, clock_light(clock, today, least_days=least_days)) for clock in clocks)
        for case_id, clocks in found.items()
    }


def hall_clocks(store: Store, actor: Actor, *, home: Path) -> tuple[HallClock, ...]:
    """Every running period of the open cases, the most pressing first, then by due day."""
    require(actor, "penalty.read")
    today = business_date(store.clock.now())
    least_days = warning_rules(home).in_force(today).least_days
    with store.read(actor) as session:
        found = open_clocks(session, hall_id=store.hall_id, today=today, home=home)
    lit = (
        HallClock(
            each.case_id,
            each.number,
            each.party_masked,
            LitClock(each.clock, clock_light(each.clock, today, least_days=least_days)),
        )
        for each in found
    )
    return tuple(sorted(lit, key=_pressing))


def _pressing(each: HallClock) -> tuple[int, date, int]:
    light, due = each.lit.light, each.lit.clock.due
    return (LIGHTS.index(light) if light else len(LIGHTS), due or date.max, each.case_id)
