"""A case is registered, corrected, dropped: through the services, on both databases."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.cards import TypedCard
from hall.rules.penalties import BadPenaltyFacts, CannotEnd, FinedTwice, MaybeFinedTwice, TimeBarred
from hall.rules.penalty_duties import DutyConflict, OwnInterest
from hall.services.applications import Organisation
from hall.services.penalty_case_acts import penalty_case_acts
from hall.services.penalty_cases import (
    ConflictedOfficer,
    Correction,
    NewPenalty,
    NumberTaken,
    OwnInvestigator,
    note_correction,
    register,
)
from hall.services.penalty_ending import close, drop
from hall.services.penalty_evidence import BadEvidenceDay, NothingKept, end_evidence, hold_evidence
from hall.services.penalty_records import NoSuchPenalty, duties_of, penalty_locked
from hall.services.penalty_serving import PenaltyDelivery, serve
from hall.services.penalty_staff import NewConflict, NoSuchStaffRecord, NotTwoOfficers, enter_conflict, officers_of
from hall.services.persons import PersonDetails
from hall.services.violation_records import NoSuchViolation
from hall.store.schema.penalties import PenaltyCase, PenaltyProposal
from hall.store.schema.seizures import Seizure
from hall.store.schema.violations import ViolationVersion
from tests.services.penalties.office import Office

SHOP = Organisation("individual_business", "莲城区测试小吃店", "91350100M000100Y43", "张测明")


@pytest.fixture
def party(office: Office) -> PersonDetails:
    return office.resident()


@pytest.fixture
def new(office: Office, party: PersonDetails) -> NewPenalty:
    """As the counter hands it over."""
    return NewPenalty(
        party=TypedCard(party.name, party.id_number, "莲城区向阳路18号"),
        phone="13900001234",
        object_kind="citizen",
        violation_id=office.violation_id,
        act="未经批准占用人行道堆放建筑材料",
        place="莲城区向阳路 20 号门前",
        acted_on=date(2026, 11, 2),
        found_on=date(2026, 11, 3),
        filed_on=date(2026, 11, 4),
        officers=(office.certificates["reviewer"], office.certificates["outside"]),
    )


def registered(office: Office, new: NewPenalty, by: str = "clerk") -> int:
    return register(office.store, office.actor(by), new=new, home=office.home)


def test_a_registered_case_has_a_number_its_officers_and_their_duties(office: Office, new: NewPenalty) -> None:
    case_id = registered(office, new)
    case = office.case(case_id)
    assert (case.number, case.state, case.origin) == ("莲城管罚立〔2026〕1号", "filed", "counter")
    with office.store.read() as session:
        duties = duties_of(session, case_id)
        officers = [each.name for each in officers_of(session, case)]
    people = {actor.account_id: login for login, actor in office.people.items()}
    assert {people[key]: duty for key, duty in duties.items()} == {"clerk": "intake", "reviewer": "investigate"}
    assert sorted(officers) == ["何外勤", "吴文正"]
    assert [(event.kind, event.day) for event in office.events(case_id)] == [("register", date(2026, 11, 23))]


def test_the_number_of_the_case_system_is_kept_and_taken_once(office: Office, new: NewPenalty) -> None:
    given = replace(new, number=" 示城管罚立〔2026〕 88号 ")
    assert office.case(registered(office, given)).number == "示城管罚立〔2026〕88号"
    with pytest.raises(NumberTaken):
        registered(office, replace(given, acted_on=date(2026, 10, 1), found_on=date(2026, 10, 2)))
    with pytest.raises(BadPenaltyFacts, match="案号最多"):
        registered(office, replace(given, number="一" * 61, place="别处", different_act="另一处"))


def test_one_act_is_one_case_and_a_near_one_wants_a_reason(office: Office, new: NewPenalty) -> None:
    registered(office, new)
    with pytest.raises(FinedTwice):
        registered(office, replace(new, different_act="另一个行为"))
    elsewhere = replace(new, place="莲城区解放路 2 号")
    with pytest.raises(MaybeFinedTwice):
        registered(office, elsewhere)
    other = registered(office, replace(elsewhere, different_act="另一处工地"))
    assert office.events(other)[0].note == "另一处工地"


def test_after_a_case_was_dropped_the_act_may_be_taken_up_again(office: Office, new: NewPenalty) -> None:
    first = registered(office, new)
    drop(
        office.store, office.actor("approver"), case_id=first, ground="wrong_case", reason="案由选错", home=office.home
    )
    assert registered(office, new) != first


@pytest.mark.parametrize(
    ("officers", "told"),
    [
        (("reviewer",), "两名以上"),
        (("reviewer", "reviewer"), "两名以上"),
        (("reviewer", "helper"), "施协管是协管人员"),
        (("reviewer", "expired"), "吕过期的执法证有效期"),
    ],
)
def test_two_officers_with_valid_certificates_are_wanted(
    office: Office, new: NewPenalty, officers: tuple[str, ...], told: str
) -> None:
    with pytest.raises(NotTwoOfficers, match=told):
        registered(office, replace(new, officers=tuple(office.certificates[each] for each in officers)))


def test_nobody_without_a_valid_certificate_is_named_beside_two_officers(office: Office, new: NewPenalty) -> None:
    with pytest.raises(NotTwoOfficers, match="施协管是协管人员"):
        registered(office, replace(new, officers=(*new.officers, office.certificates["helper"])))


def test_an_unknown_certificate_is_refused(office: Office, new: NewPenalty) -> None:
    with pytest.raises(NoSuchStaffRecord):
        registered(office, replace(new, officers=(*new.officers, 9999)))


def test_whoever_investigates_does_not_register_it_too(office: Office, new: NewPenalty) -> None:
    officers = (office.certificates["everything"], office.certificates["outside"])
    with pytest.raises(OwnInvestigator):
        registered(office, replace(new, officers=officers), by="everything")


def test_a_registered_case_keeps_its_clerk_from_deciding_it(office: Office, new: NewPenalty) -> None:
    case_id = registered(office, new, by="everything")
    with pytest.raises(DutyConflict):
        drop(
            office.store,
            office.actor("everything"),
            case_id=case_id,
            ground="wrong_case",
            reason="登记有误",
            home=office.home,
        )


def test_who_stands_on_the_conflicts_list_neither_registers_nor_investigates(
    office: Office, new: NewPenalty, party: PersonDetails
) -> None:
    for login in ("clerk", "reviewer"):
        conflict = NewConflict(
            account_id=office.actor(login).account_id, party=party, reason="配偶的兄弟", from_day=date(2026, 1, 1)
        )
        enter_conflict(office.store, office.actor("boss"), new=conflict)
    with pytest.raises(OwnInterest):
        registered(office, replace(new, officers=(office.certificates["other"], office.certificates["outside"])))
    with pytest.raises(ConflictedOfficer, match="吴文正"):
        registered(office, new, by="clerk2")


def test_an_act_found_after_two_years_is_not_registered(office: Office, new: NewPenalty) -> None:
    old = replace(new, acted_on=date(2024, 11, 2))
    with pytest.raises(TimeBarred):
        registered(office, old)
    assert registered(office, replace(old, acted_until=date(2024, 11, 3)))


def test_an_individual_business_is_classed_by_whoever_registers_it_and_others_are_what_they_are(
    office: Office, new: NewPenalty
) -> None:
    shop = replace(new, party=SHOP, phone="")
    assert office.case(registered(office, shop)).object_kind == "citizen"
    company = replace(shop, party=replace(SHOP, kind="legal"), place="别处", different_act="另一处")
    with pytest.raises(BadPenaltyFacts, match="公民"):
        registered(office, company)
    with pytest.raises(BadPenaltyFacts, match="法人"):
        registered(office, replace(new, object_kind="organisation"))


def test_a_violation_that_nobody_knows_is_refused(office: Office, new: NewPenalty) -> None:
    with pytest.raises(NoSuchViolation):
        registered(office, replace(new, violation_id=9999))


def test_only_a_clerk_registers(office: Office, new: NewPenalty) -> None:
    with pytest.raises(NotAuthorised):
        registered(office, new, by="approver")


def fines_only_after_order(office: Office) -> None:
    with office.store.work("violation.import", office.actor("admin")) as work:
        work.session.get_one(ViolationVersion, office.version_id).correction = "first"
        work.audit("violation:1")


IN_TIME = Correction(ordered_on=date(2026, 11, 3), correct_by=date(2026, 11, 10), corrected_on=date(2026, 11, 10))


@pytest.mark.both
def test_a_correction_in_time_leaves_nothing_to_fine_where_the_norm_fines_only_who_does_not_obey(
    office: Office, registered_case: int
) -> None:
    fines_only_after_order(office)
    assert note_correction(office.store, office.actor("other"), case_id=registered_case, correction=IN_TIME)
    case = office.case(registered_case)
    assert (case.state, case.closed_on) == ("dropped", date(2026, 11, 23))
    assert [event.kind for event in office.events(registered_case)][1:] == ["note_correction", "drop"]


@pytest.mark.parametrize("late", [True, False])
def test_another_norm_or_a_late_correction_leaves_the_case_open(
    office: Office, registered_case: int, late: bool
) -> None:
    if late:
        fines_only_after_order(office)
    correction = replace(IN_TIME, corrected_on=date(2026, 11, 11)) if late else IN_TIME
    assert not note_correction(office.store, office.actor("other"), case_id=registered_case, correction=correction)
    case = office.case(registered_case)
    assert (case.state, case.corrected_on) == ("filed", correction.corrected_on)


def test_an_order_that_is_not_obeyed_yet_is_entered_alone(office: Office, registered_case: int) -> None:
    order = replace(IN_TIME, corrected_on=None)
    assert not note_correction(office.store, office.actor("other"), case_id=registered_case, correction=order)
    assert office.case(registered_case).correct_by == date(2026, 11, 10)


def test_days_of_a_correction_that_cannot_be_are_refused_and_nothing_changes(
    office: Office, registered_case: int
) -> None:
    wrong = replace(IN_TIME, correct_by=date(2026, 11, 1))
    with pytest.raises(BadPenaltyFacts):
        note_correction(office.store, office.actor("other"), case_id=registered_case, correction=wrong)
    assert office.case(registered_case).correct_by == date(2026, 11, 9)


def test_after_the_decision_no_correction_is_entered(office: Office, decided_case: int) -> None:
    with pytest.raises(CannotEnd):
        note_correction(office.store, office.actor("other"), case_id=decided_case, correction=IN_TIME)


def test_a_dropped_case_takes_its_proposal_with_it(office: Office, registered_case: int) -> None:
    with office.store.work("penalty.propose", office.actor("reviewer")) as work:
        proposal = PenaltyProposal(
            hall_id=work.hall_id,
            case_id=registered_case,
            round=1,
            result="ordinary",
            version_id=office.version_id,
            low_fen=1,
            high_fen=2,
            fine_fen=1,
            facts="",
            evidence="",
            reasons="",
            proposed_on=office.today,
            proposed_by=work.actor.account_id,
            state="open",
        )
        work.session.add(proposal)
        work.audit(f"penalty:{registered_case}")
    drop(
        office.store,
        office.actor("approver"),
        case_id=registered_case,
        ground="not_established",
        reason="证据不足",
        home=office.home,
    )
    with office.store.read() as session:
        assert session.get_one(PenaltyProposal, proposal.id).state == "dropped"
    assert '"ground": "not_established"' in office.events(registered_case)[-1].detail


def test_a_correction_alone_is_no_ground_to_drop_a_case(office: Office) -> None:
    case_id = office.registered(corrected_on=date(2026, 11, 9))
    with pytest.raises(CannotEnd, match="第三十三条"):
        drop(
            office.store,
            office.actor("approver"),
            case_id=case_id,
            ground="corrected",
            reason="已改正",
            home=office.home,
        )
    fines_only_after_order(office)
    drop(office.store, office.actor("approver"), case_id=case_id, ground="corrected", reason="已改正", home=office.home)
    assert office.case(case_id).state == "dropped"


def test_a_case_is_dropped_as_barred_only_where_the_act_was_found_too_late(
    office: Office, registered_case: int
) -> None:
    approver = office.actor("approver")
    with pytest.raises(CannotEnd, match="没有超过处罚期限（2028-11-02"):
        drop(office.store, approver, case_id=registered_case, ground="barred", reason="超过期限", home=office.home)
    late = office.registered(acted_on=date(2024, 10, 1))
    drop(office.store, approver, case_id=late, ground="barred", reason="超过期限", home=office.home)
    assert office.case(late).state == "dropped"


def test_a_decided_case_is_neither_dropped_nor_closed(office: Office, decided_case: int) -> None:
    with pytest.raises(CannotEnd, match="不能撤案"):
        drop(
            office.store,
            office.actor("approver"),
            case_id=decided_case,
            ground="wrong_case",
            reason="登记有误",
            home=office.home,
        )
    with pytest.raises(CannotEnd, match="没有送达"):
        close(office.store, office.actor("other"), case_id=decided_case, home=office.home)


def test_an_unpaid_case_stays_open_and_goods_keep_a_case_from_its_end(
    office: Office, served_case: int, registered_case: int
) -> None:
    with pytest.raises(CannotEnd, match="没有缴清"):
        close(office.store, office.actor("other"), case_id=served_case, home=office.home)
    with office.store.work("seizure.enter", office.actor("clerk")) as work:
        work.session.add(
            Seizure(
                hall_id=work.hall_id,
                number="莲城管扣〔2026〕1号",
                case_id=registered_case,
                party_id=office.case(registered_case).party_id,
                kind="seize",
                seized_on=date(2026, 11, 3),
                reason="占道",
                basis="条例",
                place="向阳路",
                keeper="本局仓库",
                registered_at=work.now,
                account_id=work.actor.account_id,
            )
        )
        work.audit("seizure")
    with pytest.raises(CannotEnd, match="解除查封"):
        drop(
            office.store,
            office.actor("approver"),
            case_id=registered_case,
            ground="barred",
            reason="已过期限",
            home=office.home,
        )


def test_a_case_without_a_fine_is_closed_when_it_is_served(office: Office) -> None:
    case_id = office.decided(fine_fen=0, state="filed")
    with office.store.work("penalty.serve", office.actor("reviewer")) as work:
        penalty_locked(work, case_id).state = "served"
        work.audit(f"penalty:{case_id}")
    close(office.store, office.actor("other"), case_id=case_id, home=office.home)
    assert (office.case(case_id).state, office.case(case_id).closed_on) == ("closed", office.today)


@pytest.mark.both
def test_evidence_is_kept_once_at_a_time_and_dealt_with(office: Office, registered_case: int) -> None:
    officer = office.actor("reviewer")
    hold = partial(hold_evidence, office.store, officer, case_id=registered_case)
    end = partial(end_evidence, office.store, officer, case_id=registered_case)
    with pytest.raises(NothingKept):
        end(on=date(2026, 11, 4), how="退还")
    with pytest.raises(BadEvidenceDay):
        hold(on=date(2026, 11, 1), what="铁架三副，队长批准")
    hold(on=date(2026, 11, 3), what="铁架三副，队长批准")
    with pytest.raises(CannotEnd, match="第五十六条"):
        hold(on=date(2026, 11, 4), what="铁架一副，队长批准")
    with pytest.raises(BadEvidenceDay):
        end(on=date(2026, 11, 2), how="退还")
    end(on=date(2026, 11, 5), how="退还")
    hold(on=date(2026, 11, 6), what="铁架一副，队长批准")
    case = office.case(registered_case)
    assert (case.evidence_on, case.evidence_ended_on) == (date(2026, 11, 6), None)


@pytest.mark.parametrize(
    ("stage", "acts"),
    [
        ("registered", ["note_correction", "drop", "hold_evidence", "officers"]),
        ("kept", ["note_correction", "drop", "end_evidence", "officers"]),
        ("decided", ["officers", "serve", "close"]),
        ("sent", ["officers", "serve_arrive", "serve_fail", "close"]),
        ("served", ["officers", "close"]),
        ("dropped", []),
    ],
)
def test_each_stage_has_its_acts(office: Office, stage: str, acts: list[str]) -> None:
    case_id = acts_stage(office, stage)
    with office.store.read() as session:
        case = session.get_one(PenaltyCase, case_id)
        found = penalty_case_acts(session, case, today=office.today, home=office.home)
    assert [act.name for act in found] == acts
    closing = [act for act in found if act.name == "close"]
    assert all(act.reasons for act in closing)


def acts_stage(office: Office, stage: str) -> int:
    match stage:
        case "registered":
            return office.registered()
        case "kept":
            return office.registered(evidence_on=date(2026, 11, 3))
        case "dropped":
            return office.registered(state="dropped", closed_on=office.today)
        case "served":
            return office.served()
    case_id = office.decided()
    if stage == "sent":
        letter = PenaltyDelivery(way="post", sent_on=office.today, postal_number="EX1")
        serve(office.store, office.actor("clerk"), case_id=case_id, delivery=letter, home=office.home)
    return case_id


def test_a_case_of_nowhere_is_refused(office: Office) -> None:
    with pytest.raises(NoSuchPenalty):
        close(office.store, office.actor("other"), case_id=9999, home=office.home)
