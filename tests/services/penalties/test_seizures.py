"""Seized goods through their services: list, tests, one extension in time, the end, the return; no hand twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from hall.errors import Refused
from hall.rules.penalty_clocks import PenaltyClock
from hall.rules.penalty_duties import DutyConflict
from hall.rules.seizures import BadList, BadSeizure, CannotOnSeizure, ExcludedTest, ListedItem
from hall.services import documents, penalty_clocks, seizure_reading, seizures
from hall.services.papers_seizure import Receiver
from hall.services.penalty_records import NoSuchPenalty, duties_of
from hall.services.persons import PersonDetails, ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded, TextTooLong
from hall.services.seizure_reading import SeizureRow
from hall.services.seizure_records import NoSuchSeizure, SameHand
from hall.services.seizures import CaseOver, NewSeizure, PartyMissing, SeizureEnd, SeizureNumberTaken
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from tests.services.penalties.office import Office

SEIZED = date(2026, 11, 16)
STRICT = date(2026, 12, 16)
GOODS = (ListedItem("折叠桌", "2", "张", "完好"), ListedItem("塑料凳", "8", "只"))


def new(**changed: object) -> NewSeizure:
    told: dict[str, object] = {
        "number": "莲城管扣〔2026〕1号",
        "kind": "seize",
        "seized_on": SEIZED,
        "reason": "占道经营的工具，需要查清来源",
        "basis": "某省城市管理条例第三十条",
        "place": "向阳路18号门前",
        "keeper": "执法大队仓库，施保管",
        "items": GOODS,
        "party": PersonDetails("resident", "张测明"),
        **changed,
    }
    return NewSeizure(**told)  # type: ignore[arg-type]


def entered(office: Office, login: str = "reviewer", **changed: object) -> int:
    return seizures.enter(office.store, office.actor(login), new=new(**changed))


def row(office: Office, seizure_id: int, login: str = "approver") -> SeizureRow:
    rows = seizure_reading.seizures(office.store, office.actor(login), listed="all", home=office.home)
    return next(each for each in rows if each.seizure_id == seizure_id)


def extend(office: Office, seizure_id: int, login: str = "approver") -> int:
    reason = "来源需要向外地经营者核实"
    return seizures.extend(
        office.store, office.actor(login), seizure_id=seizure_id, reason=reason, home=office.home
    ).document_id


def released(office: Office, seizure_id: int, login: str = "approver") -> int:
    how = SeizureEnd("released", "与占道经营无关", "unrelated")
    issued = seizures.end(office.store, office.actor(login), seizure_id=seizure_id, how=how, home=office.home)
    assert issued is not None
    return issued.document_id


def test_goods_are_held_thirty_days_and_the_list_shows_the_last_workday(office: Office) -> None:
    shown = row(office, entered(office))
    assert (shown.until.strict, shown.until.act_by, shown.days_left) == (STRICT, STRICT, 23)
    assert shown.light == "normal"
    assert shown.party.name_masked == "张*明"
    assert [(item.name, item.quantity, item.unit) for item in shown.items] == [
        ("折叠桌", "2", "张"),
        ("塑料凳", "8", "只"),
    ]
    assert shown.acts == ("extend", "end")


def test_the_nearer_the_end_the_more_pressing(office: Office) -> None:
    seizure_id = entered(office)
    seen = []
    for day in (date(2026, 12, 9), date(2026, 12, 10), date(2026, 12, 15), STRICT, date(2026, 12, 17)):
        office.on(day)
        seen.append(row(office, seizure_id).light)
    assert seen == ["normal", "warning", "warning", "today", "over_statutory"]


def test_over_a_holiday_the_last_workday_comes_first(office: Office) -> None:
    seizure_id = entered(office, seized_on=date(2026, 1, 20), number="莲城管扣〔2026〕2号")
    until = row(office, seizure_id).until
    assert (until.strict, until.act_by) == (date(2026, 2, 19), date(2026, 2, 14))


REFUSED: tuple[tuple[dict[str, object], type[Exception]], ...] = (
    ({"items": ()}, BadList),
    ({"items": (ListedItem("折叠桌", "0", "张"),)}, BadList),
    ({"seized_on": date(2026, 11, 24)}, BadSeizure),
    ({"party": None}, PartyMissing),
    ({"party": PersonDetails("resident", " ")}, PartyMissing),
    ({"number": " "}, ReasonNeeded),
    ({"number": "莲" * 61}, TextTooLong),
    ({"reason": " "}, ReasonNeeded),
    ({"keeper": "联系13900001234"}, ReasonHoldsNumber),
    ({"items": (ListedItem("手机13900001234", "1", "部"),)}, ReasonHoldsNumber),
    ({"case_id": 4711}, NoSuchPenalty),
)


def test_what_cannot_be_a_seizure_is_refused_and_nothing_stays(office: Office) -> None:
    for changed, refusal in REFUSED:
        with pytest.raises(refusal):
            entered(office, "reviewer", **changed)
    assert seizure_reading.seizures(office.store, office.actor("clerk"), listed="all", home=office.home) == ()


def test_a_decision_is_entered_once(office: Office) -> None:
    entered(office, number="莲城管扣〔2026〕1号")
    entered(office, number="20261123001")
    with pytest.raises(SeizureNumberTaken, match="已经登记"):
        entered(office)


def test_a_seizure_of_a_case_belongs_to_its_party_and_stands_among_its_events(
    office: Office, registered_case: int
) -> None:
    seizure_id = entered(office, case_id=registered_case, party=None)
    shown = row(office, seizure_id)
    assert shown.party.id == office.case(registered_case).party_id
    assert office.events(registered_case)[-1].kind == "seize"
    number = office.case(registered_case).number
    assert seizures.case_numbered(office.store, office.actor("clerk"), number=f" {number} ") == registered_case


def test_the_period_is_a_clock_of_its_case_until_the_goods_are_decided_about(
    office: Office, registered_case: int
) -> None:
    seizure_id = entered(office, case_id=registered_case, party=None)
    (clock,) = held_clocks(office, registered_case)
    assert (clock.due, clock.act_by, clock.side, clock.note) == (STRICT, STRICT, "authority", "莲城管扣〔2026〕1号")
    assert len(clock.why()) == 30
    with office.store.read() as session:
        listed = penalty_clocks.open_clocks(session, hall_id=office.store.hall_id, today=office.today, home=office.home)
    assert "seizure" in {each.clock.kind for each in listed}
    released(office, seizure_id)
    (clock,) = held_clocks(office, registered_case)
    assert clock.ended_on == office.today


def held_clocks(office: Office, case_id: int) -> list[PenaltyClock]:
    with office.store.read() as session:
        case = session.get_one(PenaltyCase, case_id)
        clocks = penalty_clocks.clocks_of(session, case, today=office.today, home=office.home)
    return [clock for clock in clocks if clock.kind == "seizure"]


def test_nothing_is_seized_for_a_case_that_has_ended(office: Office) -> None:
    for state in ("closed", "dropped", "revoked"):
        case_id = office.registered(state=state)
        with pytest.raises(CaseOver, match="已经结束"):
            entered(office, case_id=case_id, party=None)


@pytest.mark.both
def test_tested_days_are_left_out_from_the_notice_on(office: Office) -> None:
    seizure_id = entered(office)
    test = ExcludedTest(told_on=date(2026, 11, 20), first_day=date(2026, 11, 18), last_day=date(2026, 11, 27))
    seizures.add_test(
        office.store, office.actor("other"), seizure_id=seizure_id, kind="appraise", unit="某鉴定所", testing=test
    )
    shown = row(office, seizure_id)
    assert (shown.until.strict, shown.light, shown.tested_now) == (date(2026, 12, 24), "paused", True)
    seizures.finish_test(office.store, office.actor("other"), seizure_id=seizure_id, last_day=date(2026, 11, 23))
    office.on(date(2026, 11, 24))
    shown = row(office, seizure_id)
    assert (shown.until.strict, shown.light) == (date(2026, 12, 20), "normal")
    with pytest.raises(CannotOnSeizure, match="没有正在进行"):
        seizures.finish_test(office.store, office.actor("other"), seizure_id=seizure_id, last_day=date(2026, 11, 24))


def test_a_test_ends_between_its_first_day_and_today(office: Office) -> None:
    seizure_id = entered(office)
    test = ExcludedTest(told_on=date(2026, 11, 20), first_day=date(2026, 11, 20), last_day=date(2026, 11, 27))
    actor = office.actor("other")
    seizures.add_test(office.store, actor, seizure_id=seizure_id, kind="test", unit="某检测站", testing=test)
    for day in (date(2026, 11, 19), date(2026, 11, 24)):
        with pytest.raises(BadSeizure, match="之间"):
            seizures.finish_test(office.store, actor, seizure_id=seizure_id, last_day=day)
    late = replace(test, told_on=date(2026, 11, 24))
    with pytest.raises(BadSeizure, match="还没有到"):
        seizures.add_test(office.store, actor, seizure_id=seizure_id, kind="test", unit="某检测站", testing=late)


def test_it_is_extended_once_by_thirty_days_from_the_first_end(office: Office) -> None:
    seizure_id = entered(office)
    office.on(STRICT)
    document_id = extend(office, seizure_id)
    shown = row(office, seizure_id)
    assert (shown.until.first, shown.until.strict) == (STRICT, date(2027, 1, 15))
    assert [(paper.kind, paper.document_id) for paper in shown.papers] == [("seizure_extension", document_id)]
    assert shown.acts == ("end",)
    with pytest.raises(CannotOnSeizure, match="不得再次延长"):
        extend(office, seizure_id)


def test_after_the_strict_day_it_can_only_be_given_back(office: Office) -> None:
    seizure_id = entered(office)
    office.on(date(2026, 12, 17))
    with pytest.raises(CannotOnSeizure, match="不能再延长"):
        extend(office, seizure_id)
    test = ExcludedTest(date(2026, 12, 17), date(2026, 12, 17), date(2026, 12, 20))
    with pytest.raises(CannotOnSeizure, match="不能扣除"):
        seizures.add_test(
            office.store, office.actor("other"), seizure_id=seizure_id, kind="test", unit="某站", testing=test
        )
    with pytest.raises(CannotOnSeizure, match="不能再依法销毁"):
        end(office, seizure_id, "destroyed")
    assert released(office, seizure_id)


def end(office: Office, seizure_id: int, ending: str) -> object:
    how = SeizureEnd(ending, "经检验不能安全使用")  # type: ignore[arg-type]
    return seizures.end(office.store, office.actor("approver"), seizure_id=seizure_id, how=how, home=office.home)


def test_within_the_period_goods_may_be_disposed_of_by_law(office: Office) -> None:
    for ending in ("destroyed", "transferred"):
        seizure_id = entered(office, number=f"莲城管扣〔2026〕{ending}号")
        assert end(office, seizure_id, ending) is None
        shown = row(office, seizure_id)
        assert (shown.ending, shown.ended_on, shown.light, shown.acts) == (ending, office.today, None, ())
        with pytest.raises(CannotOnSeizure, match="已经有了处理结果"):
            released(office, seizure_id)


def test_goods_are_confiscated_only_by_a_penalty_decision(office: Office, registered_case: int) -> None:
    loose = entered(office)
    with pytest.raises(CannotOnSeizure, match="没收是行政处罚"):
        end(office, loose, "confiscated")
    seizure_id = entered(office, case_id=registered_case, party=None, number="莲城管扣〔2026〕9号")
    with pytest.raises(CannotOnSeizure, match="没收是行政处罚"):
        end(office, seizure_id, "confiscated")
    decided(office, registered_case, other="没收折叠桌2张", on=date(2026, 11, 20))
    assert end(office, seizure_id, "confiscated") is None
    assert row(office, seizure_id).ended_on == date(2026, 11, 20)


def test_a_confiscation_after_the_period_takes_nothing_away(office: Office, registered_case: int) -> None:
    seizure_id = entered(office, case_id=registered_case, party=None)
    decided(office, registered_case, other="没收折叠桌2张", on=date(2026, 12, 17))
    office.on(date(2026, 12, 17))
    with pytest.raises(CannotOnSeizure, match="应当解除并退还"):
        end(office, seizure_id, "confiscated")


def test_a_fine_confiscates_nothing(office: Office) -> None:
    case_id = office.decided()
    seizure_id = entered(office, case_id=case_id, party=None)
    with pytest.raises(CannotOnSeizure, match="没收是行政处罚"):
        end(office, seizure_id, "confiscated")


def decided(office: Office, case_id: int, *, other: str, on: date) -> None:
    with office.store.work("penalty.decide", office.actor("approver")) as work:
        decision = PenaltyDecision(
            hall_id=work.hall_id,
            case_id=case_id,
            kind="penalty",
            number="莲城管罚决〔2026〕77号",
            decided_on=on,
            decided_by=work.actor.account_id,
            fine_fen=0,
            other=other,
            at=work.now,
        )
        work.session.add(decision)
        work.audit(f"penalty:{case_id}")


@pytest.mark.both
def test_what_is_released_is_given_back_line_by_line_against_signature(office: Office) -> None:
    seizure_id = entered(office)
    with pytest.raises(CannotOnSeizure, match="还没有解除"):
        give_back(office, seizure_id)
    released(office, seizure_id)
    assert row(office, seizure_id, "clerk").light == "warning"
    first = give_back(office, seizure_id, positions=(2,))
    shown = row(office, seizure_id, "clerk")
    assert ([item.returned for item in shown.items], shown.returned_on) == ([False, True], None)
    with pytest.raises(BadSeizure, match="第 2 项"):
        give_back(office, seizure_id, positions=(2,))
    second = give_back(office, seizure_id)
    shown = row(office, seizure_id, "clerk")
    assert (shown.returned_on, shown.light, shown.returned_to_masked) == (office.today, None, "张*明")
    with pytest.raises(CannotOnSeizure, match="退还"):
        give_back(office, seizure_id)
    listed = [goods(office, document_id) for document_id in (first, second)]
    assert listed == [["塑料凳"], ["折叠桌"]]


def give_back(office: Office, seizure_id: int, positions: tuple[int, ...] = ()) -> int:
    return seizures.give_back(
        office.store,
        office.actor("clerk"),
        seizure_id=seizure_id,
        receiver=Receiver("张测明"),
        positions=positions,
        home=office.home,
    ).document_id


def goods(office: Office, document_id: int) -> list[str]:
    frozen = documents.frozen(office.store, document_id).content["goods"]
    assert isinstance(frozen, list)
    return [str(each["name"]) for each in frozen]


def test_the_papers_say_what_was_decided_and_that_nothing_is_charged(office: Office) -> None:
    seizure_id = entered(office)
    extension = documents.frozen(office.store, extend(office, seizure_id)).content
    assert (extension["first_until"], extension["until"]) == ("2026年12月16日", "2027年1月15日")
    release = documents.frozen(office.store, released(office, seizure_id)).content
    assert release["limb_article"] == "第二十八条第一款第二项"
    assert release["reason"] == "与占道经营无关。"


def test_who_seized_does_not_approve(office: Office, registered_case: int) -> None:
    loose = entered(office, login="everything")
    with pytest.raises(SameHand):
        extend(office, loose, "everything")
    with pytest.raises(SameHand):
        released(office, loose, "everything")
    of_case = entered(office, case_id=registered_case, party=None, number="莲城管扣〔2026〕3号")
    seizures.add_test(
        office.store,
        office.actor("everything"),
        seizure_id=of_case,
        kind="test",
        unit="某检测站",
        testing=ExcludedTest(date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 21)),
    )
    with pytest.raises(DutyConflict):
        released(office, of_case, "everything")


def test_an_officer_stays_an_officer_and_a_clerk_a_clerk(office: Office, registered_case: int) -> None:
    entered(office, login="reviewer", case_id=registered_case, party=None)
    entered(office, login="clerk2", case_id=registered_case, party=None, number="莲城管扣〔2026〕4号")
    with office.store.read() as session:
        held = duties_of(session, registered_case)
    assert held[office.actor("reviewer").account_id] == "investigate"
    assert held[office.actor("clerk2").account_id] == "intake"


@pytest.mark.both
def test_what_two_stations_do_at_once_is_done_once(office: Office) -> None:
    def outcome(act: Callable[[], object]) -> str:
        try:
            act()
        except Refused as refusal:
            return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        found = pool.map(outcome, [partial(entered, office, login) for login in ("reviewer", "other")])
        assert sorted(found) == ["SeizureNumberTaken", "done"]
        (held,) = seizure_reading.seizures(office.store, office.actor("boss"), home=office.home)
        longer = [partial(extend, office, held.seizure_id, login) for login in ("approver", "approver2")]
        assert sorted(pool.map(outcome, longer)) == ["CannotOnSeizure", "done"]


def test_an_unknown_seizure_is_missing(office: Office) -> None:
    with pytest.raises(NoSuchSeizure):
        extend(office, 4711)


def test_the_open_list_has_what_is_held_or_waits_to_be_fetched(office: Office) -> None:
    done, waiting, held = (entered(office, number=f"莲城管扣〔2026〕{number}号") for number in (1, 2, 3))
    end(office, done, "transferred")
    released(office, waiting)
    rows = seizure_reading.seizures(office.store, office.actor("boss"), home=office.home)
    assert [each.seizure_id for each in rows] == [waiting, held]
