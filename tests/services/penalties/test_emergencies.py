"""Emergency measures through their services: entered, reported within 24 hours or late, approved or lifted at once."""

from datetime import datetime

import pytest

from hall.clock import HALL_ZONE
from hall.rules.authority import NotAuthorised
from hall.rules.emergencies import CannotOnEmergency
from hall.rules.seizures import ListedItem
from hall.services import documents, emergencies, emergency_reading, seizure_reading, seizures
from hall.services.emergencies import NewEmergency, NoSuchEmergency
from hall.services.emergency_reading import EmergencyRow
from hall.services.issuing import Issued
from hall.services.penalty_staff import NotTwoOfficers
from hall.services.persons import PersonDetails
from hall.services.seizure_records import SameHand
from hall.services.seizures import NewSeizure, SeizureEnd
from tests.services.penalties.office import Office

BEGAN = datetime(2026, 11, 22, 20, 30, tzinfo=HALL_ZONE)  # a Sunday evening
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=HALL_ZONE)


def entered(
    office: Office, login: str = "reviewer", officers: tuple[str, ...] = ("reviewer", "other"), **changed: object
) -> int:
    office.clock.instant = max(office.clock.instant, MORNING)
    told: dict[str, object] = {
        "measure": "当场扣押三轮车一辆",
        "place": "向阳路18号门前",
        "reason": "当事人正在驾车离开，不当场扣押将无法查清",
        "began_at": BEGAN,
        "certificates": tuple(office.certificates[each] for each in officers),
        **changed,
    }
    return emergencies.enter(office.store, office.actor(login), new=NewEmergency(**told))  # type: ignore[arg-type]


def seized(office: Office, case_id: int | None = None) -> int:
    new = NewSeizure(
        number="莲城管扣〔2026〕1号",
        kind="seize",
        seized_on=BEGAN.date(),
        reason="占道经营的工具",
        basis="某省城市管理条例第三十条",
        place="向阳路18号门前",
        keeper="执法大队仓库",
        items=(ListedItem("三轮车", "1", "辆"),),
        case_id=case_id,
        party=None if case_id else PersonDetails("resident", "张测明"),
    )
    return seizures.enter(office.store, office.actor("reviewer"), new=new)


def row(office: Office, emergency_id: int, login: str = "approver") -> EmergencyRow:
    rows = emergency_reading.emergencies(office.store, office.actor(login), listed="all")
    return next(each for each in rows if each.emergency_id == emergency_id)


def report(office: Office, emergency_id: int, login: str = "other") -> Issued:
    return emergencies.report(office.store, office.actor(login), emergency_id=emergency_id, home=office.home)


def decide(office: Office, emergency_id: int, login: str = "approver", *, approved: bool = True) -> Issued | None:
    return emergencies.decide(
        office.store,
        office.actor(login),
        emergency_id=emergency_id,
        approved=approved,
        answer="情况属实",
        home=office.home,
    )


def test_the_hours_run_over_the_weekend_and_are_counted_down(office: Office) -> None:
    shown = row(office, entered(office), "reviewer")
    assert (shown.due_at, shown.left, shown.late, shown.light) == (BEGAN.replace(day=23), 10, False, "today")
    assert shown.officers == "吴文正（LC-0001）、郑小川（LC-0002）"
    assert shown.acts == ("report",)


@pytest.mark.both
def test_it_is_reported_then_approved(office: Office) -> None:
    emergency_id = entered(office, seizure_id=seized(office))
    issued = report(office, emergency_id)
    shown = row(office, emergency_id)
    assert (shown.light, shown.acts, shown.party_masked) == ("warning", ("decide",), "张*明")
    assert shown.paper is not None
    assert (shown.paper.document_id, shown.paper.kind) == (issued.document_id, "emergency_report")
    content = documents.frozen(office.store, issued.document_id).content
    assert (content["due_at"], content["in_time"]) == ("2026年11月23日20时30分", "在二十四小时以内")
    assert (content["party"], content["seizure_number"]) == ("张*明", "莲城管扣〔2026〕1号")
    assert decide(office, emergency_id) is None
    shown = row(office, emergency_id)
    assert (shown.approved, shown.light, shown.acts, shown.lifted_at) == (True, None, (), None)
    assert emergency_reading.emergencies(office.store, office.actor("approver")) == ()


def test_a_late_report_says_that_it_is_late(office: Office) -> None:
    emergency_id = entered(office)
    office.clock.instant = datetime(2026, 11, 23, 22, 31, tzinfo=HALL_ZONE)
    assert (row(office, emergency_id).light, row(office, emergency_id).left) == ("over_statutory", -2)
    content = documents.frozen(office.store, report(office, emergency_id).document_id).content
    assert str(content["in_time"]).startswith("超过二十四小时")
    assert content["party"] == "未查明"
    assert row(office, emergency_id).late


@pytest.mark.both
def test_what_is_refused_is_lifted_at_once_and_the_goods_are_released(office: Office, registered_case: int) -> None:
    seizure_id = seized(office, registered_case)
    emergency_id = entered(office, seizure_id=seizure_id)
    report(office, emergency_id)
    issued = decide(office, emergency_id, approved=False)
    assert issued is not None
    assert row(office, emergency_id).lifted_at == office.clock.now()
    (held,) = seizure_reading.seizures(office.store, office.actor("approver"), home=office.home)
    assert (held.ending, held.ended_on, held.papers[-1].document_id) == ("released", office.today, issued.document_id)
    assert office.events(registered_case)[-1].kind == "seize_end"


def test_a_refusal_without_seized_goods_lifts_all_the_same(office: Office) -> None:
    loose = entered(office)
    report(office, loose)
    assert decide(office, loose, approved=False) is None
    assert row(office, loose).lifted_at is not None
    seizure_id = seized(office)
    ended = entered(office, seizure_id=seizure_id)
    how = SeizureEnd("released", "与违法行为无关", "unrelated")
    seizures.end(office.store, office.actor("approver"), seizure_id=seizure_id, how=how, home=office.home)
    report(office, ended)
    assert decide(office, ended, approved=False) is None


def test_nothing_is_decided_before_its_report_and_nothing_twice(office: Office) -> None:
    emergency_id = entered(office)
    with pytest.raises(CannotOnEmergency, match="还没有报告"):
        decide(office, emergency_id)
    report(office, emergency_id)
    with pytest.raises(CannotOnEmergency, match="已经报告"):
        report(office, emergency_id)
    decide(office, emergency_id)
    with pytest.raises(CannotOnEmergency, match="已经作出决定"):
        decide(office, emergency_id)


def test_two_officers_with_valid_certificates_take_a_measure(office: Office) -> None:
    for officers in (("reviewer",), ("reviewer", "helper"), ("reviewer", "expired")):
        with pytest.raises(NotTwoOfficers):
            entered(office, officers=officers)


def test_nothing_is_entered_before_it_happens(office: Office) -> None:
    with pytest.raises(CannotOnEmergency, match="还没有到"):
        entered(office, began_at=MORNING.replace(hour=10))


def test_who_entered_or_reported_does_not_decide(office: Office) -> None:
    own, reported = entered(office, login="everything"), entered(office)
    report(office, own)
    report(office, reported, login="everything")
    for emergency_id in (own, reported):
        with pytest.raises(SameHand):
            decide(office, emergency_id, login="everything")


def test_a_clerk_does_not_report_and_an_unknown_measure_is_missing(office: Office) -> None:
    with pytest.raises(NotAuthorised):
        entered(office, login="clerk")
    with pytest.raises(NoSuchEmergency):
        report(office, 4711)
