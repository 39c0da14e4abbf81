"""The search for earlier breaches over every record of a person, and the roads of stored cases."""

from datetime import date

import pytest

from hall.rules.first_offence import Search
from hall.rules.leniency import Finding
from hall.rules.leniency_limbs import LIMBS
from hall.services.first_offence import search_earlier
from hall.services.leniency import Examination
from hall.services.leniency_facts import eligibility_of, known_of
from hall.services.leniency_front import LeniencyFront
from hall.services.penalty_roads import roads_of
from hall.services.penalty_terms import penalty_terms
from hall.services.persons import PersonDetails
from hall.store.schema.penalties import PenaltyDecision
from hall.store.schema.violations import BenchmarkTier, ExemptionRule, ViolationVersion
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office

BEFORE = date(2025, 6, 1)


@pytest.fixture
def party(office: Office) -> int:
    return office.person()


def search(office: Office, case_id: int) -> Search:
    with office.store.read() as session:
        return search_earlier(session, office.case(case_id), terms=penalty_terms(office.home, office.today))


def decision(office: Office, case_id: int, *, kind: str) -> None:
    """A further decision on a case."""
    before = office.decision_of(case_id)
    with office.store.work("penalty.correct", office.actor("approver")) as work:
        work.session.add(
            PenaltyDecision(
                hall_id=work.hall_id,
                case_id=case_id,
                previous_id=before.id,
                kind=kind,
                number=f"{before.number}-{kind}",
                decided_on=office.today,
                decided_by=work.actor.account_id,
                fine_fen=0,
                at=work.now,
            )
        )
        work.audit(f"penalty:{case_id}")


def exempt(office: Office, **columns: object) -> None:
    """A row of a published list for the office's violation."""
    with office.store.work("violation.import", office.actor("admin")) as work:
        given: dict[str, object] = {
            "limb": "first_time",
            "conditions": "首次占道且当日清理",
            "list_number": "莲城管规〔2025〕2号",
            "published_on": date(2024, 1, 1),
            "valid_from": date(2024, 1, 1),
            **columns,
        }
        work.session.add(ExemptionRule(hall_id=work.hall_id, violation_id=office.violation_id, **given))
        work.audit("violations")


def test_every_record_counts_wherever_it_came_from(office: Office, party: int) -> None:
    """General, imported and on the spot: each is a decision of the same person."""
    office.decided(party_id=party, acted_on=BEFORE)
    office.decided(party_id=party, acted_on=BEFORE, origin="import")
    office.decided(party_id=party, acted_on=BEFORE, procedure="simple", filed_on=None)
    office.decided()
    found = search(office, office.registered(party_id=party))
    assert (found.earlier, len(found.found)) == (3, 3)


@pytest.mark.both
def test_orders_to_correct_open_cases_and_revoked_decisions_are_no_breach(office: Office, party: int) -> None:
    office.registered(party_id=party, acted_on=BEFORE, state="dropped")
    office.registered(party_id=party, acted_on=BEFORE)
    revoked = office.decided(party_id=party, acted_on=BEFORE)
    decision(office, revoked, kind="revoke")
    corrected = office.decided(party_id=party, acted_on=BEFORE)
    decision(office, corrected, kind="correct")
    found = search(office, office.registered(party_id=party))
    assert [(each.other.came, each.counts) for each in found.found] == [
        ("penalty", True),
        ("revoked", False),
        ("open", False),
        ("dropped", False),
    ]
    assert found.earlier == 1


@pytest.mark.both
def test_a_first_offence_that_was_spared_is_spent(office: Office, party: int, deciding: Deciding) -> None:
    spared = office.registered(party_id=party, acted_on=date(2026, 10, 20), corrected_on=date(2026, 11, 3))
    deciding.examine(spared, "first_time")
    deciding.propose(spared, result="none", limb="first_time", fine_fen=0, tier_id=None)
    deciding.educate(spared)
    deciding.decide(spared)
    next_one = office.registered(party_id=party, corrected_on=date(2026, 11, 5))
    found = search(office, next_one)
    assert (found.earlier, found.found[0].other.limb) == (1, "first_time")
    findings = {
        each.code: Finding("satisfied", "照片") for each in LIMBS["first_time"].elements if each.source == "officers"
    }
    front = LeniencyFront(office.store, office.actor("reviewer"), office.home)
    examined = front.examine(next_one, Examination(findings=findings, opinion="除初次以外条件具备"))
    assert examined.limb("first_time").status == "not"


def test_the_span_is_the_halls_or_a_published_lists_own(office: Office, party: int) -> None:
    office.decided(party_id=party, acted_on=BEFORE)
    case_id = office.registered(party_id=party)
    assert search(office, case_id).since == date(2024, 11, 2)
    exempt(office, first_time_months=12)
    with office.store.read() as session:
        known = known_of(session, office.case(case_id), ring=None, today=office.today, home=office.home)
    assert (known.search.since, known.search.earlier) == (date(2025, 11, 2), 0)


def test_a_list_that_is_not_published_shortens_nothing(office: Office, party: int) -> None:
    exempt(office, first_time_months=12, published_on=None)
    with office.store.read() as session:
        case = office.case(office.registered(party_id=party))
        known = known_of(session, case, ring=None, today=office.today, home=office.home)
    assert (known.search.since, known.facts.listed) == (date(2024, 11, 2), ())


def test_without_a_number_nobody_can_tell_whether_it_is_the_first(office: Office) -> None:
    nameless = office.person(PersonDetails("resident", "张测明"))
    case_id = office.registered(party_id=nameless)
    assert search(office, case_id).earlier is None
    with office.store.read() as session:
        found = eligibility_of(
            session, office.case(case_id), ring=office.store.key_ring, today=office.today, home=office.home
        )
    assert found.limb("first_time").elements[0].status == "unknown"
    assert found.limb("under_fourteen").status == "unknown"


def milder(office: Office, case_id: int) -> bool | None:
    with office.store.read() as session:
        known = known_of(session, office.case(case_id), ring=None, today=office.today, home=office.home)
    return known.facts.milder


def test_a_norm_that_became_milder_after_the_act_governs(office: Office) -> None:
    case_id = office.registered()
    assert milder(office, case_id) is False
    with office.store.work("violation.import", office.actor("admin")) as work:
        old = work.session.get_one(ViolationVersion, office.version_id)
        columns = {column.key: getattr(old, column.key) for column in ViolationVersion.__table__.columns}
        new = ViolationVersion(**{**columns, "id": None, "valid_from": date(2026, 11, 10)})
        work.session.add(new)
        work.session.flush()
        tier = work.session.get_one(BenchmarkTier, office.tiers["较轻"])
        rows = {column.key: getattr(tier, column.key) for column in BenchmarkTier.__table__.columns}
        work.session.add(BenchmarkTier(**{**rows, "id": None, "version_id": new.id, "low": 100, "high": 1_000}))
        work.audit("violations")
    assert milder(office, case_id) is True


def test_without_a_benchmark_that_may_be_used_nobody_can_tell_which_norm_is_milder(office: Office) -> None:
    case_id = office.registered()
    with office.store.work("violation.import", office.actor("admin")) as work:
        work.session.get_one(ViolationVersion, office.version_id).published_on = None
        work.audit("violations")
    assert milder(office, case_id) is None


def test_stored_cases_have_the_roads_of_their_stage(office: Office, deciding: Deciding) -> None:
    def open_roads(case_id: int) -> list[str]:
        with office.store.read() as session:
            found = roads_of(session, office.case(case_id), today=office.today, home=office.home)
        return [each.road for each in found if each.open]

    assert open_roads(office.registered()) == ["before"]
    assert open_roads(office.decided()) == ["wrong"]
    served = office.served()
    assert open_roads(served) == ["later", "wrong"]
    office.on(date(2026, 12, 8))
    assert open_roads(served) == ["later", "surcharge", "wrong"]
    told = office.registered()
    deciding.propose(told)
    deciding.tell(told)
    assert open_roads(told) == ["before"]
    assert open_roads(office.registered(state="dropped")) == []
