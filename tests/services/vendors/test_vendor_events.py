"""Facts about vendors: several hands, told before they count, doubted, answered, set right; and for a stall."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from hall.errors import HallError
from hall.resources import resource
from hall.rules.authority import NotAuthorised
from hall.rules.files import UnknownFileType
from hall.rules.vendor_facts import BadFact, CannotOnFact, SameHandOnFact
from hall.services import vendor_events, vendor_evidence, vendor_lists
from hall.services.penalty_records import NoSuchPenalty
from hall.services.persons import ReasonHoldsNumber
from hall.services.subject_records import history
from hall.services.vendor_counts import VendorCounts, counts_of
from hall.services.vendor_events import CorrectedAlready, NewFact
from hall.services.vendor_lists import Listed
from hall.services.vendor_records import NoSuchFact
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.vendors import VendorEvent
from tests.rules.test_pictures import PNG
from tests.services.vendors.market import HELPED, LENT, Market, lent_on


@pytest.mark.both
def test_a_fact_goes_from_hand_to_hand_and_counts_after_the_days_to_object(market: Market) -> None:
    entered = market.enter()
    event_id = market.noted(entered.vendor_id)
    assert market.fact(event_id).acts == ("confirm", "drop")
    vendor_events.confirm(market.store, market.office.actor("head"), event_id=event_id)
    assert market.fact(event_id).line.why_not == "untold"
    clerk = market.office.actor("clerk")
    issued = vendor_events.notify(market.store, clerk, event_id=event_id, way="handed", home=market.home)
    paper = market.office.content(issued.document_id)
    assert (paper["points"], paper["objection_days"], paper["answer_days"]) == ("减20分", "15", "20")
    row = market.fact(event_id)
    assert (row.fact.told_on, row.fact.object_by, row.line.why_not) == (
        date(2026, 11, 23),
        date(2026, 12, 8),
        "days_run",
    )
    assert (row.entered_name, row.confirmed_name, row.basis) == (
        "吴文正",
        "王立新",
        "便民服务点管理办法（样例）、入场承诺书",
    )
    market.office.on(date(2026, 12, 9))
    assert market.vendor(entered.vendor_id).score.points == 80
    assert market.admission(entered.person_id).level == "C"
    market.office.on(date(2028, 11, 20))
    assert market.vendor(entered.vendor_id).score.points == 100
    with market.store.read() as session:
        kinds = [each.kind for each in history(session, "vendor_event", event_id)]
    assert kinds == ["note", "confirm", "notify"]


@pytest.mark.both
def test_an_objection_stops_the_points_and_is_answered_by_a_third_hand(market: Market) -> None:
    entered = market.enter()
    event_id = market.objected(entered.vendor_id)
    row = market.fact(event_id)
    assert (row.line.why_not, row.answer_by, row.objection) == (
        "objected",
        date(2026, 12, 13),
        "当日由家人代看，没有出借",
    )
    market.office.on(date(2026, 12, 10))
    assert market.vendor(entered.vendor_id).score.points == 100
    lawyer = market.office.actor("lawyer")
    vendor_events.answer(
        market.store, lawyer, event_id=event_id, upheld=False, reasons="相邻摊主证实由他人经营", home=market.home
    )
    assert market.vendor(entered.vendor_id).score.points == 80
    row = market.fact(event_id)
    assert (row.answer, row.answered_name, row.acts) == ("相邻摊主证实由他人经营", "陈法正", ("correct", "void"))


def test_an_objection_that_is_right_leaves_nothing(market: Market) -> None:
    entered = market.enter()
    event_id = market.objected(entered.vendor_id)
    issued = vendor_events.answer(
        market.store,
        market.office.actor("approver"),
        event_id=event_id,
        upheld=True,
        reasons="证据不足",
        home=market.home,
    )
    paper = market.office.content(issued.document_id)
    assert (paper["upheld"], paper["reported"], paper["notice_number"]) == ("是", "", "莲城管信告〔2026〕1号")
    market.office.on(date(2026, 12, 31))
    assert market.vendor(entered.vendor_id).score.points == 100
    assert market.fact(event_id).acts == ()


@pytest.mark.both
def test_a_correction_takes_the_place_when_another_confirms_it(market: Market) -> None:
    entered = market.enter()
    event_id = market.told(entered.vendor_id)
    market.office.on(date(2026, 12, 9))
    right = NewFact("K05", date(2026, 11, 20), "连续十五日没有到摊，经查没有出借", "巡查记录")
    reviewer = market.office.actor("reviewer")
    new_id = vendor_events.correct(market.store, reviewer, event_id=event_id, new=right, home=market.home)
    assert market.vendor(entered.vendor_id).score.points == 80
    with pytest.raises(CorrectedAlready):
        vendor_events.correct(market.store, reviewer, event_id=event_id, new=right, home=market.home)
    vendor_events.confirm(market.store, market.office.actor("head"), event_id=new_id)
    assert market.vendor(entered.vendor_id).score.points == 100
    clerk = market.office.actor("clerk")
    issued = vendor_events.notify(market.store, clerk, event_id=new_id, way="handed", home=market.home)
    assert market.office.content(issued.document_id)["corrects"] == "莲城管信告〔2026〕1号"
    with pytest.raises(CannotOnFact, match="已更正"):
        vendor_events.void(market.store, market.office.actor("lawyer"), event_id=event_id, reason="重复")


def test_a_correction_that_was_sent_back_leaves_the_old_fact_and_room_for_another(market: Market) -> None:
    entered = market.enter()
    event_id = market.told(entered.vendor_id)
    reviewer, head = market.office.actor("reviewer"), market.office.actor("head")
    first = vendor_events.correct(market.store, reviewer, event_id=event_id, new=HELPED, home=market.home)
    vendor_events.drop(market.store, head, event_id=first, reason="与证据不符")
    assert market.fact(event_id).fact.state == "told"
    assert vendor_events.correct(market.store, reviewer, event_id=event_id, new=HELPED, home=market.home) > first


def test_a_void_fact_stays_void_when_its_correction_is_confirmed(market: Market) -> None:
    entered = market.enter()
    event_id = market.told(entered.vendor_id)
    new_id = vendor_events.correct(
        market.store, market.office.actor("reviewer"), event_id=event_id, new=HELPED, home=market.home
    )
    vendor_events.void(market.store, market.office.actor("lawyer"), event_id=event_id, reason="认定有误")
    vendor_events.confirm(market.store, market.office.actor("head"), event_id=new_id)
    assert market.fact(event_id).fact.state == "voided"


def test_nobody_checks_what_went_through_his_own_hands(market: Market) -> None:
    entered = market.enter()
    everything = market.office.actor("everything")
    event_id = market.noted(entered.vendor_id, by="everything")
    with pytest.raises(SameHandOnFact):
        vendor_events.confirm(market.store, everything, event_id=event_id)
    with pytest.raises(SameHandOnFact):
        vendor_events.drop(market.store, everything, event_id=event_id, reason="重复")
    vendor_events.confirm(market.store, market.office.actor("head"), event_id=event_id)
    with pytest.raises(SameHandOnFact):
        vendor_events.void(market.store, everything, event_id=event_id, reason="重复")
    vendor_events.object_to(market.store, everything, event_id=event_id, objection="没有这回事")
    with pytest.raises(SameHandOnFact):
        vendor_events.answer(
            market.store, everything, event_id=event_id, upheld=True, reasons="证据不足", home=market.home
        )


def test_every_duty_has_its_people(market: Market) -> None:
    entered = market.enter()
    with pytest.raises(NotAuthorised):
        market.noted(entered.vendor_id, by="clerk")
    event_id = market.noted(entered.vendor_id)
    with pytest.raises(NotAuthorised):
        vendor_events.confirm(market.store, market.office.actor("other"), event_id=event_id)
    with pytest.raises(NotAuthorised):
        vendor_events.answer(
            market.store, market.office.actor("head"), event_id=event_id, upheld=True, reasons="x", home=market.home
        )


def test_a_notice_that_was_posted_is_told_on_the_day_it_arrived(market: Market) -> None:
    entered = market.enter()
    event_id = market.confirmed(entered.vendor_id)
    clerk = market.office.actor("clerk")
    with pytest.raises(CannotOnFact, match="先出告知书"):
        vendor_events.tell(market.store, clerk, event_id=event_id, told_on=market.office.today)
    vendor_events.notify(market.store, clerk, event_id=event_id, way="posted", home=market.home)
    assert market.fact(event_id).line.why_not == "untold"
    market.office.on(date(2026, 11, 27))
    with pytest.raises(BadFact, match="送达日期"):
        vendor_events.tell(market.store, clerk, event_id=event_id, told_on=date(2026, 11, 28))
    until = vendor_events.tell(market.store, clerk, event_id=event_id, told_on=date(2026, 11, 26))
    assert until == date(2026, 12, 11)


def test_days_to_object_that_end_on_a_sunday_end_on_monday(market: Market) -> None:
    entered = market.enter()
    market.office.on(date(2026, 11, 27))
    assert market.fact(market.told(entered.vendor_id)).fact.object_by == date(2026, 12, 14)


@pytest.mark.both
def test_a_fact_by_a_penalty_rests_on_a_decision_of_this_person_that_was_served(market: Market) -> None:
    entered = market.enter()
    by_decision = replace(LENT, rule="K01", happened_on=date(2026, 11, 2))
    with pytest.raises(BadFact, match="案号"):
        market.noted(entered.vendor_id, by_decision)
    with pytest.raises(NoSuchPenalty):
        market.noted(entered.vendor_id, replace(by_decision, penalty_number="没有"))
    foreign = market.office.case(market.office.served())
    with pytest.raises(BadFact, match="当事人不是"):
        market.noted(entered.vendor_id, replace(by_decision, penalty_number=foreign.number))
    unserved = market.office.case(market.office.decided(party_id=entered.person_id))
    with pytest.raises(BadFact, match="还没有送达"):
        market.noted(entered.vendor_id, replace(by_decision, penalty_number=unserved.number))
    case_id = market.office.served(party_id=entered.person_id)
    number = market.office.case(case_id).number
    event_id = market.told(entered.vendor_id, replace(by_decision, penalty_number=number))
    assert market.fact(event_id).decision_number == market.office.decision_of(case_id).number
    market.office.on(date(2026, 12, 20))
    assert market.vendor(entered.vendor_id).score.points == 90
    revoke(market.store, market, case_id)
    assert market.fact(event_id).line.why_not == "overturned"
    assert market.vendor(entered.vendor_id).score.points == 100


def test_what_rests_on_a_revoked_decision_is_not_confirmed(market: Market) -> None:
    entered = market.enter()
    case_id = market.office.served(party_id=entered.person_id)
    number = market.office.case(case_id).number
    event_id = market.noted(entered.vendor_id, replace(lent_on(2), rule="K01", penalty_number=number))
    revoke(market.store, market, case_id)
    with pytest.raises(BadFact, match="撤销"):
        vendor_events.confirm(market.store, market.office.actor("head"), event_id=event_id)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (replace(LENT, rule="X99"), "没有这个事项"),
        (replace(LENT, happened_on=date(2026, 12, 1)), "还没有到"),
        (replace(HELPED, happened_on=date(2025, 11, 23)), "2026-11-22届满"),
        (replace(LENT, facts=" "), "写明"),
        (replace(LENT, evidence=""), "写明"),
        (replace(LENT, facts="电话13900001234"), "号码"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(market: Market, new: NewFact, words: str) -> None:
    entered = market.enter()
    with pytest.raises(HallError, match=words) as refused:
        market.noted(entered.vendor_id, new)
    assert isinstance(refused.value, ReasonHoldsNumber) == ("号码" in words)


def test_a_minor_gets_no_bad_record_but_a_good_one(market: Market) -> None:
    entered = market.enter(market.office.resident(birth=date(2009, 5, 1)))
    with pytest.raises(BadFact, match="未满十八周岁"):
        market.noted(entered.vendor_id)
    assert market.noted(entered.vendor_id, HELPED)


def test_an_organisation_has_no_age(market: Market) -> None:
    shop = replace(
        market.office.resident(),
        kind="organisation",
        name="莲城区测明小吃店",
        id_number="91350100M000100Y43",
        organisation_kind="individual_business",
    )
    entered = market.enter(shop)
    assert market.told(entered.vendor_id)
    assert market.vendor(entered.vendor_id).person.name_masked == "莲城区测明小吃店"


WAITING: dict[Listed, set[str]] = {
    "waiting": {"entered", "confirmed", "objected"},
    "confirm": {"entered"},
    "tell": {"confirmed"},
    "objected": {"objected"},
    "all": {"entered", "confirmed", "told", "objected"},
}


@pytest.mark.both
def test_the_list_shows_what_waits_for_whom(market: Market) -> None:
    vendor_id = market.enter().vendor_id
    market.noted(vendor_id, lent_on(17))
    market.confirmed(vendor_id, lent_on(18))
    market.told(vendor_id, lent_on(19))
    market.objected(vendor_id)
    clerk = market.office.actor("clerk")
    for listed, expected in WAITING.items():
        rows = vendor_lists.facts(market.store, clerk, listed=listed, text="张测", home=market.home)
        assert {row.fact.state for row in rows} == expected, listed
        assert listed in {"confirm", "tell", "all"} or rows[0].answer_light == "normal"
        assert vendor_lists.facts(market.store, clerk, listed=listed, text="李四", home=market.home) == ()


def test_the_lowest_level_is_refused_only_where_the_hall_names_a_law(market: Market) -> None:
    entered = market.enter()
    for day in (18, 19, 20):
        market.told(entered.vendor_id, lent_on(day))
    market.office.on(date(2026, 12, 9))
    told = market.admission(entered.person_id)
    assert (told.level, told.admitted, told.rank) == ("D", True, 3)
    write_rules(market.home, 'refusal_basis = ""', 'refusal_basis = "示例市流动经营条例第九条"')
    refused = market.admission(entered.person_id)
    assert (refused.admitted, "示例市流动经营条例第九条" in refused.why) == (False, True)


def test_who_is_no_vendor_has_the_base(market: Market) -> None:
    assert market.admission(market.office.person()).level == "B"


def test_two_confirmations_at_once_are_one(market: Market, other_station: Store) -> None:
    entered = market.enter()
    event_id = market.noted(entered.vendor_id)
    head, everything = market.office.actor("head"), market.office.actor("everything")

    def confirm(store: Store, by: str) -> str:
        try:
            vendor_events.confirm(store, head if by == "head" else everything, event_id=event_id)
        except CannotOnFact:
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as both:
        answers = both.map(confirm, (market.store, other_station), ("head", "everything"))
    assert sorted(answers) == ["done", "refused"]


def test_two_corrections_at_once_are_one(market: Market, other_station: Store) -> None:
    entered = market.enter()
    event_id = market.told(entered.vendor_id)
    reviewer = market.office.actor("reviewer")

    def correct(store: Store) -> str:
        try:
            vendor_events.correct(store, reviewer, event_id=event_id, new=HELPED, home=market.home)
        except CorrectedAlready:
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as both:
        answers = both.map(correct, (market.store, other_station))
    assert sorted(answers) == ["done", "refused"]


@pytest.mark.both
def test_the_figures_of_a_period_are_what_was_done(market: Market) -> None:
    first, last = date(2026, 11, 1), date(2026, 12, 31)
    vendor_id = market.enter().vendor_id
    market.noted(vendor_id, lent_on(18))
    market.confirmed(vendor_id, HELPED)
    gone = market.told(vendor_id, lent_on(19))
    event_id = market.objected(vendor_id)
    lawyer = market.office.actor("lawyer")
    vendor_events.answer(market.store, lawyer, event_id=event_id, upheld=True, reasons="证据不足", home=market.home)
    vendor_events.void(market.store, lawyer, event_id=gone, reason="认定有误")
    with market.store.read() as session:
        counted = counts_of(session, hall_id=market.store.hall_id, first=first, last=last)
        nothing = counts_of(session, hall_id=market.store.hall_id, first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert counted == VendorCounts(
        vendors=1,
        entered=1,
        left=0,
        facts_against=0,  # one was found wrong on objection, the other voided
        facts_in_favour=1,
        told=2,
        objections=1,
        answered=1,
        answered_in_time=1,
        upheld=1,
        corrected=1,
    )
    assert nothing == VendorCounts(*[0] * 11)


@pytest.mark.both
def test_evidence_is_kept_once_the_fact_is_there_and_until_it_is_void(market: Market) -> None:
    entered = market.enter()
    event_id = market.told(entered.vendor_id)
    reviewer, head = market.office.actor("reviewer"), market.office.actor("head")
    assert vendor_evidence.keep(market.store, reviewer, event_id=event_id, contents=[PNG], home=market.home) == 1
    with pytest.raises(UnknownFileType):
        vendor_evidence.keep(market.store, reviewer, event_id=event_id, contents=[PNG, b"text"], home=market.home)
    assert market.fact(event_id).files == 1
    (looked,) = vendor_evidence.look(market.store, head, event_id=event_id)
    assert (looked.title, looked.content) == ("证据1", PNG)
    vendor_events.void(market.store, market.office.actor("lawyer"), event_id=event_id, reason="认定有误")
    with pytest.raises(CannotOnFact, match="已作废"):
        vendor_evidence.keep(market.store, reviewer, event_id=event_id, contents=[PNG], home=market.home)
    with pytest.raises(NoSuchFact):
        vendor_evidence.look(market.store, head, event_id=99)


@pytest.mark.both
@pytest.mark.parametrize("column", ["confirmed_by", "answered_by"])
def test_the_database_refuses_one_hand_in_two_places(market: Market, column: str) -> None:
    event_id = market.noted(market.enter().vendor_id)
    head = market.office.actor("head")
    with pytest.raises(IntegrityError), market.store.work("vendor.confirm", head) as work:
        event = work.session.get_one(VendorEvent, event_id)
        setattr(event, column, event.entered_by)
        work.session.flush()


def test_a_fact_of_nobody_is_not_found(market: Market) -> None:
    with pytest.raises(NoSuchFact):
        vendor_events.confirm(market.store, market.office.actor("head"), event_id=99)


def revoke(store: Store, market: Market, case_id: int) -> None:
    """The decision of a case is overturned."""
    with store.work("penalty.correct", market.office.actor("approver")) as work:
        work.session.get_one(PenaltyCase, case_id).state = "revoked"
        work.audit(f"penalty:{case_id}")


def write_rules(home: Path, shipped: str, own: str) -> None:
    """The hall's own rule table: the shipped one with something else in it."""
    text = resource("vendor_credit.toml").read_text(encoding="utf-8")
    assert shipped in text
    (home / "vendor_credit.toml").write_text(text.replace(shipped, own), encoding="utf-8")
