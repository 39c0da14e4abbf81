"""What an attacker, a lawyer or a slip of the hand would do to somebody's credit, and what the hall answers."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from hall.rules.calendar import ScheduleDay, YearSchedule
from hall.rules.vendor_facts import BadFact, CannotOnFact
from hall.services import vendor_events, vendor_lists
from hall.services.persons import ReasonHoldsNumber
from hall.services.schedule_import import import_schedules
from hall.services.subject_records import history
from hall.services.vendor_events import NewFact
from hall.services.vendor_records import NoSuchFact
from hall.store.schema.halls import Hall
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.store.schema.vendors import VendorEvent
from tests.services.vendors.market import LENT, Market
from tests.services.vendors.test_vendor_events import revoke


def punished(market: Market, person_id: int) -> NewFact:
    """By a decision of 16 November that was served."""
    number = market.office.case(market.office.served(party_id=person_id)).number
    return replace(LENT, rule="K01", happened_on=date(2026, 11, 2), penalty_number=number)


def test_a_fact_is_entered_once_and_again_only_when_it_was_sent_back(market: Market) -> None:
    entered = market.enter()
    event_id = market.noted(entered.vendor_id)
    with pytest.raises(BadFact, match="不要重复登记"):
        market.noted(entered.vendor_id)
    vendor_events.drop(market.store, market.office.actor("head"), event_id=event_id, reason="日期写错")
    market.noted(entered.vendor_id)


def test_one_decision_gives_one_fact_and_its_correction(market: Market) -> None:
    entered = market.enter()
    fact = punished(market, entered.person_id)
    event_id = market.confirmed(entered.vendor_id, fact)
    with pytest.raises(BadFact, match="只记一次"):
        market.noted(entered.vendor_id, replace(fact, rule="K02", happened_on=date(2026, 11, 3)))
    reviewer = market.office.actor("reviewer")
    vendor_events.correct(market.store, reviewer, event_id=event_id, new=replace(fact, rule="K02"), home=market.home)


def test_a_case_without_a_penalty_gives_no_points(market: Market) -> None:
    entered = market.enter()
    case_id = market.office.registered(party_id=entered.person_id)
    with market.store.work("penalty.decide", market.office.actor("approver")) as work:
        spared = PenaltyDecision(
            hall_id=work.hall_id,
            case_id=case_id,
            kind="none",
            number=f"莲城管不罚决〔2026〕{case_id}号",
            decided_on=market.office.today,
            decided_by=work.actor.account_id,
            fine_fen=0,
            at=work.now,
        )
        work.session.add(spared)
        work.session.get_one(PenaltyCase, case_id).state = "served"
        work.audit(f"penalty:{case_id}")
    number = market.office.case(case_id).number
    with pytest.raises(BadFact, match="不予处罚"):
        market.noted(entered.vendor_id, replace(LENT, rule="K01", penalty_number=number))


def test_a_decision_proves_nothing_that_came_after_it(market: Market) -> None:
    entered = market.enter()
    with pytest.raises(BadFact, match="晚于处罚决定"):
        market.noted(entered.vendor_id, replace(punished(market, entered.person_id), happened_on=date(2026, 11, 20)))


def test_a_day_at_the_end_of_all_days_is_refused(market: Market) -> None:
    entered = market.enter()
    with pytest.raises(BadFact, match="还没有到"):
        market.noted(entered.vendor_id, replace(LENT, happened_on=date.max))


def test_nobody_is_told_what_a_revoked_decision_said(market: Market) -> None:
    entered = market.enter()
    fact = punished(market, entered.person_id)
    event_id = market.confirmed(entered.vendor_id, fact)
    revoke(market.store, market, market_case(market, event_id))
    assert market.fact(event_id).acts == ("object", "correct", "void")
    with pytest.raises(CannotOnFact, match="已经撤销"):
        vendor_events.notify(
            market.store, market.office.actor("clerk"), event_id=event_id, way="handed", home=market.home
        )


def market_case(market: Market, event_id: int) -> int:
    """The key of the case that a fact rests on."""
    with market.store.read() as session:
        key = session.get_one(VendorEvent, event_id).penalty_id
    assert key is not None
    return key


def test_an_objection_is_answered_before_a_correction_takes_its_place(market: Market) -> None:
    entered = market.enter()
    event_id = market.told(entered.vendor_id)
    new = vendor_events.correct(
        market.store,
        market.office.actor("reviewer"),
        event_id=event_id,
        new=replace(LENT, facts="将摊位证交由他人使用一日"),
        home=market.home,
    )
    clerk, head, lawyer = (market.office.actor(login) for login in ("clerk", "head", "lawyer"))
    vendor_events.object_to(market.store, clerk, event_id=event_id, objection="没有出借")
    with pytest.raises(CannotOnFact, match="先答复异议"):
        vendor_events.confirm(market.store, head, event_id=new)
    vendor_events.answer(
        market.store, lawyer, event_id=event_id, upheld=False, reasons="相邻摊主证实", home=market.home
    )
    vendor_events.confirm(market.store, head, event_id=new)
    assert market.fact(event_id).fact.state == "corrected"


@pytest.mark.both
def test_days_to_object_that_end_in_a_year_without_a_schedule_wait_for_it_and_count_nothing(market: Market) -> None:
    entered = market.enter()
    market.office.on(date(2026, 12, 18))
    event_id = market.told(entered.vendor_id)
    market.office.on(date(2027, 1, 4))
    line = market.fact(event_id).line
    assert (line.fact.object_by, line.why_not, line.since) == (None, "days_run", None)
    new_year = YearSchedule(2027, "测试", "测试", (ScheduleDay(date(2027, 1, 1), "rest", "元旦"),))
    done = import_schedules(market.store, market.office.actor("admin"), home=market.home, schedules=(new_year,))
    assert [(each.kind, each.before, each.after) for each in done.moved] == [("objection", None, date(2027, 1, 4))]
    assert market.fact(event_id).fact.object_by == date(2027, 1, 4)
    market.office.on(date(2027, 1, 5))
    assert market.fact(event_id).line.counted == -20
    with market.store.read() as session:
        assert [each.kind for each in history(session, "vendor_event", event_id)][-1] == "recount"


def test_the_days_to_object_are_those_of_the_notice(market: Market) -> None:
    entered = market.enter()
    event_id = market.confirmed(entered.vendor_id)
    clerk = market.office.actor("clerk")
    vendor_events.notify(market.store, clerk, event_id=event_id, way="posted", home=market.home)
    with market.store.work("test", clerk) as work:
        work.session.execute(update(VendorEvent).values(object_days=30))
        work.audit("vendors")
    until = vendor_events.tell(market.store, clerk, event_id=event_id, told_on=market.office.today)
    assert until == date(2026, 12, 23)


def test_what_was_done_with_another_halls_fact_is_not_told(market: Market) -> None:
    entered = market.enter()
    event_id = market.noted(entered.vendor_id)
    with market.store.work("test", market.office.actor("admin")) as work:
        other = Hall(code="north", name="北区大厅", short_name="北城管")
        work.session.add(other)
        work.session.flush()
        work.session.get_one(VendorEvent, event_id).hall_id = other.id
        work.audit("vendors")
    with pytest.raises(NoSuchFact):
        vendor_lists.happened(market.store, market.office.actor("clerk"), event_id=event_id)


@pytest.mark.parametrize("phone", ["138 0013 8000", "138-0013-8000", "１３８－００１３－８０００", "13800138000"])
def test_a_telephone_number_in_groups_is_one_too(market: Market, phone: str) -> None:
    entered = market.enter()
    with pytest.raises(ReasonHoldsNumber):
        market.noted(entered.vendor_id, replace(LENT, facts=f"本人电话{phone}，出借摊位证"))
