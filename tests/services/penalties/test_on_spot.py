"""Penalties on the spot: small fines and warnings, told first, handed over at once, reported to the bureau."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from hall.clock import HALL_ZONE
from hall.errors import Refused
from hall.rules.cash import NewCash
from hall.rules.leniency import MustMitigate
from hall.rules.penalties import BadPenaltyFacts
from hall.rules.penalty_amounts import AmountRefused
from hall.rules.penalty_gates import GateClosed
from hall.services import on_spot
from hall.services.issuing import Issued
from hall.services.on_spot import BeyondSimple, NotToFile, NotTold, OnSpot, RecipientMissing
from hall.services.penalty_choices import filing_day
from hall.services.penalty_clocks import clocks_of
from hall.services.penalty_decision_acts import penalty_decision_acts
from hall.store.schema.payments import CashCollection
from hall.store.schema.penalties import PenaltyCase, PenaltyService
from hall.store.schema.publicity import Publication
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office


@pytest.fixture
def simple_case(office: Office, deciding: Deciding) -> int:
    """A case of the simple procedure; the tier begins at 50 yuan."""
    deciding.mild_tier()
    return office.registered(procedure="simple", filed_on=None)


def impose(office: Office, case_id: int, **changed: object) -> Issued:
    given: dict[str, object] = {
        "fine_fen": 20_000,
        "warning": False,
        "tier_id": office.tiers["较轻"],
        "quantity": "",
        "told": True,
        "done_at": datetime(2026, 11, 2, 9, 20, tzinfo=HALL_ZONE),
        **changed,
    }
    return on_spot.impose_on_spot(
        office.store,
        office.actor("reviewer"),
        case_id=case_id,
        penalty=OnSpot(**given),  # type: ignore[arg-type]  # the fields of a penalty on the spot
        home=office.home,
    )


def acts(office: Office, case_id: int) -> list[str]:
    with office.store.read() as session:
        case = session.get_one(PenaltyCase, case_id)
        return [act.name for act in penalty_decision_acts(session, case, today=office.today, home=office.home)]


def filing(office: Office, case_id: int) -> list[tuple[date | None, date | None]]:
    """Last day and end of the clock of the report."""
    with office.store.read() as session:
        case = session.get_one(PenaltyCase, case_id)
        found = clocks_of(session, case, today=office.today, home=office.home)
    return [(clock.due, clock.ended_on) for clock in found if clock.kind == "filing"]


@pytest.mark.both
def test_a_fine_of_two_hundred_yuan_is_decided_served_and_owed_at_once(
    office: Office, simple_case: int, deciding: Deciding
) -> None:
    assert acts(office, simple_case) == ["on_spot"]
    issued = impose(office, simple_case, refused_to_sign="当事人拒绝签收，已注明")
    assert issued.number == "莲城管简罚〔2026〕第0001号"
    decision = office.decision_of(simple_case)
    assert (decision.kind, decision.fine_fen, decision.decided_on) == ("penalty", 20_000, office.today)
    assert office.case(simple_case).state == "served"
    with office.store.read() as session:
        service = session.scalars(select(PenaltyService).where(PenaltyService.case_id == simple_case)).one()
        assert (service.way, service.served_on, service.recipient) == ("direct", office.today, "当事人本人")
        assert service.second_server_id == office.actor("other").account_id
        assert session.scalars(select(Publication.decision_id)).all() == [decision.id]
    (entry,) = office.entries(simple_case)
    assert (entry.kind, entry.fen, entry.day) == ("impose", 20_000, date(2026, 12, 8))
    told = deciding.content(issued)
    assert told["penalty"] == "罚款人民币贰佰元整（¥200.00）"
    assert told["officers"] == "吴文正（LC-0001）、郑小川（LC-0002）"
    assert "拒绝签收" in told["refused_to_sign"]


def test_a_warning_alone_owes_nothing(office: Office, deciding: Deciding) -> None:
    tier_id = deciding.mild_tier(low=0)
    case_id = office.registered(procedure="simple", filed_on=None)
    told = deciding.content(impose(office, case_id, fine_fen=0, warning=True, tier_id=tier_id))
    assert (told["penalty"], told["bank"], told["surcharge"]) == ("警告", "", "")
    assert office.entries(case_id) == []
    assert not office.decision_of(case_id).surcharge_told


@pytest.mark.parametrize(
    ("columns", "fine_fen"), [({}, 20_001), ({"object_kind": "organisation"}, 300_001)], ids=["citizen", "organisation"]
)
def test_a_fen_above_the_line_is_not_imposed_on_the_spot(
    office: Office, deciding: Deciding, columns: dict[str, object], fine_fen: int
) -> None:
    deciding.mild_tier()
    case_id = office.registered(procedure="simple", filed_on=None, **columns)
    with pytest.raises(BeyondSimple, match="普通程序"):
        impose(office, case_id, fine_fen=fine_fen, recipient="李经理")
    if columns:
        with pytest.raises(RecipientMissing):
            impose(office, case_id, fine_fen=fine_fen - 1)
    impose(office, case_id, fine_fen=fine_fen - 1, recipient="李经理")


def test_nothing_is_imposed_on_who_was_not_told(office: Office, simple_case: int) -> None:
    with pytest.raises(NotTold):
        impose(office, simple_case, told=False)


def test_a_fine_outside_the_tier_or_of_the_general_procedure_is_refused(office: Office, simple_case: int) -> None:
    with pytest.raises(AmountRefused, match="低于"):
        impose(office, simple_case, fine_fen=4_900)
    with pytest.raises(GateClosed, match="不能当场处罚"):
        impose(office, office.registered())


def test_a_minor_is_not_fined_on_the_spot_as_everybody_is(office: Office, simple_case: int) -> None:
    minor = office.person(office.resident(birth=date(2010, 5, 4)))
    case_id = office.registered(procedure="simple", filed_on=None, party_id=minor)
    with pytest.raises(MustMitigate):
        impose(office, case_id)


@pytest.mark.both
def test_cash_is_taken_only_for_a_ground_of_the_law(office: Office, simple_case: int) -> None:
    small = NewCash(ground="small", receipt_number="SN20260001", fen=20_000, collected_on=office.today)
    with pytest.raises(Refused, match="不属于第六十八条第一项"):
        impose(office, simple_case, cash=small)
    assert office.case(simple_case).state == "filed"
    hard = NewCash(ground="hard_later", receipt_number="SN20260001", fen=20_000, collected_on=office.today)
    impose(office, simple_case, cash=hard)
    assert not office.decision_of(simple_case).surcharge_told
    with office.store.read() as session:
        (taken,) = session.scalars(select(CashCollection))
        assert (taken.fen, taken.receipt_number) == (20_000, "SN20260001")


def test_a_decision_on_the_spot_is_reported_once_and_within_two_workdays(office: Office, simple_case: int) -> None:
    reviewer = office.actor("reviewer")
    with pytest.raises(NotToFile):
        on_spot.file_on_spot(office.store, reviewer, case_id=simple_case, reference="备案1")
    impose(office, simple_case)
    assert filing_day(office.store, reviewer, case_id=simple_case) == date(2026, 11, 25)
    assert acts(office, simple_case) == ["file_on_spot"]
    on_spot.file_on_spot(office.store, reviewer, case_id=simple_case, reference="备案1")
    assert acts(office, simple_case) == []
    assert filing(office, simple_case) == [(date(2026, 11, 25), office.today)]
    with pytest.raises(NotToFile):
        on_spot.file_on_spot(office.store, reviewer, case_id=simple_case, reference="备案1")


def test_the_time_of_the_act_lies_between_its_day_and_today(office: Office, simple_case: int) -> None:
    for day in (date(2026, 11, 1), date(2026, 11, 24)):
        with pytest.raises(BadPenaltyFacts, match="2026-11-02与今天之间"):
            impose(office, simple_case, done_at=datetime(day.year, day.month, day.day, 9, 20, tzinfo=HALL_ZONE))
