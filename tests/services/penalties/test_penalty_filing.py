"""A case of the simple procedure that does not end on the spot is filed as a general one."""

from datetime import date

import pytest

from hall.rules.cards import TypedCard
from hall.rules.identity import NotYetBorn
from hall.rules.leniency import MustMitigate
from hall.rules.penalty_gates import GateClosed
from hall.services import on_spot, penalty_cases, penalty_ending, penalty_evidence, penalty_filing
from hall.services.on_spot import OnSpot
from hall.services.penalty_case_acts import penalty_case_acts
from hall.services.penalty_cases import NewPenalty
from hall.services.penalty_filing import NotSimple
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office


def file_general(office: Office, case_id: int, reason: str = "当事人是未成年人") -> None:
    penalty_filing.to_general(office.store, office.actor("reviewer"), case_id=case_id, reason=reason)


def acts(office: Office, case_id: int) -> set[str]:
    with office.store.read() as session:
        found = penalty_case_acts(session, office.case(case_id), today=office.today, home=office.home)
    return {act.name for act in found}


@pytest.mark.both
def test_a_minor_is_punished_more_mildly_than_the_spot_can(office: Office, deciding: Deciding) -> None:
    """The spot knows ordinary penalties only; the general procedure gives what 行政处罚法 30 wants."""
    minor = office.person(office.resident(birth=date(2010, 5, 1)))
    case_id = office.registered(party_id=minor, procedure="simple", filed_on=None)
    penalty = OnSpot(
        done_at=office.clock.now(),
        fine_fen=5_000,
        warning=False,
        tier_id=deciding.mild_tier(),
        quantity="",
        told=True,
    )
    with pytest.raises(MustMitigate, match="先转为普通程序"):
        on_spot.impose_on_spot(
            office.store, office.actor("reviewer"), case_id=case_id, penalty=penalty, home=office.home
        )
    with pytest.raises(GateClosed, match="先转为普通程序"):
        deciding.propose(case_id, result="lighter", limb="minor", fine_fen=5_000)
    assert "to_general" in acts(office, case_id)
    file_general(office, case_id)
    case = office.case(case_id)
    assert (case.procedure, case.filed_on) == ("general", office.today)
    assert (office.events(case_id)[-1].kind, office.events(case_id)[-1].note) == ("to_general", "当事人是未成年人")
    assert "to_general" not in acts(office, case_id)
    deciding.propose(case_id, result="lighter", limb="minor", fine_fen=5_000)


@pytest.mark.parametrize("columns", [{}, {"procedure": "simple", "filed_on": None, "state": "dropped"}])
def test_only_an_open_simple_case_is_turned(office: Office, columns: dict[str, object]) -> None:
    case_id = office.registered(**columns)
    with pytest.raises(NotSimple):
        file_general(office, case_id)


def test_evidence_that_was_kept_is_dealt_with_also_after_the_case_was_dropped(office: Office) -> None:
    case_id = office.registered(evidence_on=date(2026, 11, 20))
    penalty_ending.drop(
        office.store,
        office.actor("approver"),
        case_id=case_id,
        ground="not_established",
        reason="违法事实不能成立",
        home=office.home,
    )
    assert acts(office, case_id) == {"end_evidence"}
    penalty_evidence.end_evidence(
        office.store, office.actor("reviewer"), case_id=case_id, on=office.today, how="返还当事人"
    )
    assert acts(office, case_id) == set()


def test_nobody_is_registered_for_an_act_before_the_own_birth(office: Office) -> None:
    child = office.resident(birth=date(2026, 11, 10))
    new = NewPenalty(
        party=TypedCard(child.name, child.id_number, "莲城区向阳路18号"),
        object_kind="citizen",
        violation_id=office.violation_id,
        act="未经批准占用人行道堆放建筑材料",
        place="莲城区向阳路20号门前",
        acted_on=date(2026, 11, 2),
        found_on=date(2026, 11, 3),
        filed_on=date(2026, 11, 4),
        officers=(office.certificates["reviewer"], office.certificates["outside"]),
        phone="13900001234",
    )
    with pytest.raises(NotYetBorn):
        penalty_cases.register(office.store, office.actor("clerk"), new=new, home=office.home)
