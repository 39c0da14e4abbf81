"""The whole position of a person in one read: what every case costs today, what presses, what may be done by whom."""

from datetime import date

import pytest
from sqlalchemy import event

from hall.rules.people import Actor
from hall.services.payment_notices import NewNotice, issue_notice
from hall.services.penalty_acts import DUTY_OF
from hall.services.penalty_file import PenaltyFile
from hall.services.penalty_position import position_of_case, position_of_party
from hall.services.penalty_reading import hall_clocks
from hall.services.penalty_records import NoSuchPenalty
from hall.services.persons import NoSuchPerson
from hall.store.schema.penalties import ConflictOfInterest, PenaltyCase
from hall.words import ACTIONS, PENALTY_DUTIES
from tests.services.penalties.office import Office


def file_of(office: Office, case_id: int, login: str = "clerk") -> PenaltyFile:
    return file_for(office, case_id, office.actor(login))


def file_for(office: Office, case_id: int, actor: Actor) -> PenaltyFile:
    file = position_of_case(office.store, actor, case_id=case_id, home=office.home).file
    assert file is not None
    return file


def reasons(file: PenaltyFile, act: str) -> tuple[str, ...]:
    return next(each.reasons for each in file.acts if each.name == act)


def test_a_person_has_every_case_on_one_page_the_open_ones_first(office: Office) -> None:
    person = office.person(office.resident(name="韩测试"))
    old = office.served(party_id=person)
    with office.store.work("penalty.close", office.actor("reviewer")) as work:
        case = work.session.get_one(PenaltyCase, old)
        case.state, case.closed_on = "closed", office.today
        work.audit(f"penalty:{old}")
    late = office.served(party_id=person, served_on=date(2026, 11, 2), on=date(2026, 11, 2), due_on=date(2026, 11, 17))
    filed = office.registered(party_id=person)
    office.served()  # somebody else's
    shown = position_of_party(office.store, office.actor("clerk"), party_id=person, home=office.home)
    assert (shown.party.name_masked, shown.cases) == ("韩*试", 3)
    assert [line.case_id for line in shown.lines] == [filed, late, old]
    assert [line.balance_fen for line in shown.lines] == [None, 300_000 + 6 * 9_000, 300_000]
    assert shown.lines[1].light == "over_promised"
    assert shown.lines[1].decision_number == office.decision_of(late).number
    assert shown.lines[2].light != "over_promised"
    assert shown.file is not None
    assert shown.file.case_id == filed


def test_the_position_of_a_case_opens_that_case_of_its_party(office: Office) -> None:
    person = office.person()
    first, second = office.registered(party_id=person), office.registered(party_id=person)
    for case_id in (first, second):
        shown = position_of_case(office.store, office.actor("clerk"), case_id=case_id, home=office.home)
        assert shown.file is not None
        assert (shown.party.id, shown.file.case_id) == (person, case_id)


@pytest.mark.both
def test_a_file_holds_facts_money_periods_and_papers_masked(office: Office, served_case: int) -> None:
    notice = NewNotice("61010026000012345678", 300_000)
    issued = issue_notice(office.store, office.actor("cashier"), case_id=served_case, notice=notice, home=office.home)
    file = file_of(office, served_case)
    assert file.fine is not None
    assert (file.fine.balance_fen, file.fine.due_on) == (300_000, date(2026, 12, 3))
    assert [each.name for each in file.officers] == ["吴文正", "郑小川"]
    assert [each.served_on for each in file.decisions] == [date(2026, 11, 18)]
    assert [each.number for each in file.documents] == [issued.number]
    assert [each.pay_code for each in file.notices] == ["61010026000012345678"]
    assert [each.kind for each in file.events][:3] == ["register", "decide", "serve"]
    assert {each.clock.kind for each in file.clocks} >= {"payment", "review", "litigation"}
    assert all(each.light is None for each in file.clocks if each.clock.ended_on)
    assert "张测明" not in repr(file)
    assert office.case(served_case).account_id == office.actor("clerk").account_id


def test_acts_are_those_of_the_role_and_roads_are_open_to_whoever_may(office: Office, served_case: int) -> None:
    by_clerk, by_approver = file_of(office, served_case), file_of(office, served_case, "approver")
    assert {"defer", "notice"} <= {each.name for each in by_clerk.acts}
    assert not {"revoke", "defer_decide"} & {each.name for each in by_clerk.acts}
    assert "revoke" in {each.name for each in by_approver.acts}
    assert by_clerk.roads == by_approver.roads
    roads = {each.view.road: each for each in by_clerk.roads}
    assert [roads[road].view.open for road in ("before", "later", "surcharge", "wrong")] == [False, True, False, True]
    assert ("defer", "窗口人员") in roads["later"].steps
    assert not roads["surcharge"].steps
    assert "本金" in roads["before"].view.why


def test_before_the_decision_only_the_first_road_is_open(office: Office, registered_case: int) -> None:
    roads = file_of(office, registered_case).roads
    assert [each.view.road for each in roads if each.view.open] == ["before"]
    assert all(each.view.why for each in roads)


def test_who_has_another_duty_in_the_case_learns_it_before_trying(office: Office, registered_case: int) -> None:
    investigating = file_of(office, registered_case, "reviewer")
    assert (investigating.duty, reasons(investigating, "propose")) == ("investigate", ())
    everything = office.actor("everything")
    both = Actor(office.actor("clerk").account_id, "周玉兰", everything.hall_id, everything.roles)
    file = file_for(office, registered_case, both)
    assert file.duty == "intake"
    assert "第五十七条" in "".join(reasons(file, "propose"))


def test_who_stays_away_from_the_party_learns_it_before_trying(office: Office, registered_case: int) -> None:
    with office.store.work("penalty.conflict", office.actor("boss")) as work:
        work.session.add(
            ConflictOfInterest(
                hall_id=work.hall_id,
                account_id=office.actor("head").account_id,
                person_id=office.case(registered_case).party_id,
                reason="当事人是其兄弟",
                from_day=date(2026, 11, 1),
                entered_by=work.actor.account_id,
            )
        )
        work.audit("conflict")
    assert "回避" in "".join(reasons(file_of(office, registered_case, "head"), "propose"))


@pytest.mark.both
def test_periods_of_the_hall_press_in_their_order(office: Office) -> None:
    office.registered()
    office.decided(on=date(2026, 11, 2))
    clocks = hall_clocks(office.store, office.actor("boss"), home=office.home)
    lights = [each.lit.light for each in clocks]
    assert lights[0] == "over_statutory"
    assert clocks[0].lit.clock.kind in ("service", "publicity")
    assert all(each.party_masked == "张*明" for each in clocks)
    order = ("over_statutory", "over_promised", "today", "warning", "normal", "pending", "paused")
    assert [order.index(light) for light in lights if light] == sorted(order.index(light) for light in lights if light)


def test_what_is_not_there_is_refused(office: Office) -> None:
    with pytest.raises(NoSuchPenalty):
        position_of_case(office.store, office.actor("clerk"), case_id=999, home=office.home)
    with pytest.raises(NoSuchPerson):
        position_of_party(office.store, office.actor("clerk"), party_id=999, home=office.home)


def test_a_position_of_many_cases_asks_the_database_little_more_than_one_of_few(office: Office) -> None:
    def statements(cases: int) -> int:
        person = office.person()
        for _ in range(cases):
            office.served(party_id=person)
        asked: list[str] = []

        def count(*arguments: object) -> None:
            asked.append(str(arguments[2]))

        event.listen(office.store.engine, "before_cursor_execute", count)
        try:
            position_of_party(office.store, office.actor("clerk"), party_id=person, home=office.home)
        finally:
            event.remove(office.store.engine, "before_cursor_execute", count)
        return len(asked)

    assert statements(10) - statements(2) <= 8


def test_every_duty_is_taken_by_an_action_that_exists() -> None:
    assert set(DUTY_OF) <= set(ACTIONS)
    assert set(DUTY_OF.values()) == set(PENALTY_DUTIES)
