"""A/B 岗: who stands in for whom, and whose possession a case is meanwhile."""

from collections.abc import Callable
from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.people import system_actor
from hall.services import absences
from hall.services.absences import Absence, AwayTogether, BadAbsence, CannotStandIn, NoSuchAbsence
from hall.services.reviewing import Proposal
from tests.services.review.bureau import Bureau


@pytest.fixture
def away(bureau: Bureau) -> Callable[..., Absence]:
    """`away("reviewer", "other", 23, 25)`: days of November 2026."""

    def make(who: str, substitute: str, first: int, last: int) -> Absence:
        account, other = bureau.id_of(who), bureau.id_of(substitute)
        return Absence(account, other, date(2026, 11, first), date(2026, 11, last), "参加培训")

    return make


def test_the_cases_of_who_is_away_go_to_the_substitute_and_come_back(
    bureau: Bureau, away: Callable[..., Absence]
) -> None:
    a, b = bureau.id_of("reviewer"), bureau.id_of("other")
    case_id = bureau.under_review(bureau.publish("R1"))
    bureau.desk("head").enter_absence(away("reviewer", "other", 23, 25))
    assert (bureau.case(case_id).officer_id, bureau.hands(case_id)[-1].acting_for) == (b, a)
    assert [each.name for each in bureau.desk("clerk").absences()] == ["吴文正"]
    bureau.on(2026, 11, 26)
    program = system_actor(bureau.store.hall_id)
    assert absences.hand_on(bureau.store, program) == (case_id,)
    assert absences.hand_on(bureau.store, program) == ()
    assert (bureau.case(case_id).officer_id, bureau.hands(case_id)[-1].acting_for) == (a, None)
    assert bureau.desk("clerk").absences() == ()


def test_an_absence_that_begins_later_moves_the_cases_on_its_first_day(
    bureau: Bureau, away: Callable[..., Absence]
) -> None:
    case_id = bureau.under_review(bureau.publish("R1"))
    entered = bureau.desk("boss").enter_absence(away("reviewer", "other", 24, 26))
    assert bureau.case(case_id).officer_id == bureau.id_of("reviewer")
    bureau.on(2026, 11, 24)
    assert absences.hand_on(bureau.store, system_actor(bureau.store.hall_id)) == (case_id,)
    with pytest.raises(BadAbsence):
        bureau.desk("boss").end_absence(entered, date(2026, 11, 27))
    bureau.desk("boss").end_absence(entered, date(2026, 11, 24))
    bureau.on(2026, 11, 25)
    with pytest.raises(NoSuchAbsence):
        bureau.desk("boss").end_absence(entered, date(2026, 11, 25))
    assert absences.hand_on(bureau.store, system_actor(bureau.store.hall_id)) == (case_id,)


@pytest.mark.both
def test_a_substitute_may_act_on_a_case_that_was_assigned_meanwhile_and_the_possession_keeps_both_names(
    bureau: Bureau, away: Callable[..., Absence]
) -> None:
    case_id = bureau.under_review(bureau.publish("R1"), by="other")
    bureau.desk("head").enter_absence(away("reviewer", "everything", 23, 24))
    bureau.desk("head").assign(case_id, bureau.id_of("reviewer"))
    held = bureau.hands(case_id)[-1]
    assert (held.account_id, held.acting_for) == (bureau.id_of("everything"), bureau.id_of("reviewer"))
    bureau.desk("everything").book_visit(case_id, at=held.from_at, place="向阳路18号")
    assert bureau.hands(case_id)[-1].acting_for == bureau.id_of("reviewer")
    with pytest.raises(CannotStandIn, match="全部岗位"):
        bureau.desk("head").enter_absence(away("head", "reviewer", 26, 27))
    assert bureau.case(case_id).state == "reviewing"


@pytest.mark.both
def test_both_of_a_pair_are_never_away_together(bureau: Bureau, away: Callable[..., Absence]) -> None:
    bureau.desk("head").enter_absence(away("reviewer", "other", 24, 26))
    for who, substitute, first, last in (
        ("other", "everything", 26, 27),
        ("everything", "everything", 24, 24),
        ("reviewer", "everything", 20, 24),
    ):
        with pytest.raises((AwayTogether, BadAbsence)):
            bureau.desk("head").enter_absence(away(who, substitute, first, last))
    bureau.desk("head").enter_absence(away("other", "everything", 27, 27))
    with pytest.raises(AwayTogether, match="郑小川"):
        bureau.desk("head").enter_absence(away("reviewer", "other", 27, 28))
    with pytest.raises(BadAbsence):
        bureau.desk("head").enter_absence(away("reviewer", "other", 20, 20))
    with pytest.raises(NotAuthorised):
        bureau.desk("reviewer").enter_absence(away("reviewer", "other", 28, 28))
    gone = Absence(10**6, bureau.id_of("other"), date(2026, 11, 28), date(2026, 11, 28), "休假")
    with pytest.raises(CannotStandIn):
        bureau.desk("head").enter_absence(gone)
    assert len(bureau.desk("head").absences()) == 2


def test_a_case_that_is_sent_back_to_somebody_away_goes_to_the_substitute(
    bureau: Bureau, away: Callable[..., Absence]
) -> None:
    case_id = bureau.proposed(bureau.publish("R1"))
    bureau.desk("head").enter_absence(away("reviewer", "other", 23, 25))
    bureau.desk("head").send_back(case_id, "请补充依据")
    held = bureau.hands(case_id)[-1]
    assert (held.account_id, held.acting_for) == (bureau.id_of("other"), bureau.id_of("reviewer"))
    bureau.desk("other").propose(case_id, Proposal("granted", "拟同意"))


@pytest.mark.both
def test_an_absence_that_was_entered_is_taken_back_and_the_staff_is_known(
    bureau: Bureau, away: Callable[..., Absence]
) -> None:
    case_id = bureau.under_review(bureau.publish("R1"))
    entered = bureau.desk("head").enter_absence(away("reviewer", "other", 23, 25))
    bureau.desk("head").end_absence(entered, date(2026, 11, 22))
    assert bureau.case(case_id).officer_id == bureau.id_of("reviewer")
    assert bureau.desk("head").absences() == ()
    assert "卫建平" not in {each.name for each in bureau.desk("boss").staff()}
    assert {"吴文正", "周玉兰"} <= {each.name for each in bureau.desk("boss").staff()}
    with pytest.raises(NotAuthorised):
        absences.hand_on(bureau.store, bureau.people["clerk"])
