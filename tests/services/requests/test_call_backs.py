"""Call-backs about cases: over, and not by who had a hand in them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.applications import Application
from hall.services.call_backs import CallBackMade, HandledIt, NotOver, call_back, call_backs_of
from hall.services.front import Front
from hall.store import Store
from tests.services.penalties.office import Office

CONTENT = CallBackMade(reached=True, level=5, words="办得很快")


@pytest.mark.both
def test_a_permit_case_is_called_back_about_when_it_is_over(
    front: Front, make_application: Callable[..., Application], actor_with: Callable[..., Actor], store: Store
) -> None:
    case_id = front.intake.accept(make_application()).case_id
    caller = actor_with("guide", account_id=40)
    with pytest.raises(NotOver, match="办结之后"):
        call_back(store, caller, subject="permit_case", subject_id=case_id, made=CONTENT)
    front.closing.withdraw(case_id, "另行申请")
    with pytest.raises(HandledIt, match="另一位"):
        call_back(store, front.actor, subject="permit_case", subject_id=case_id, made=CONTENT)
    call_back(store, caller, subject="permit_case", subject_id=case_id, made=CONTENT)
    with store.read() as session:
        assert [each.level for each in call_backs_of(session, "permit_case", case_id)] == [5]


@pytest.mark.both
def test_a_penalty_case_is_called_back_about_by_who_has_no_duty_in_it(
    store: Store, clock: FixedClock, home: Path
) -> None:
    office = Office(store, clock, home)
    office.open()
    running, over = office.registered(), office.registered(closed_on=date(2026, 11, 20))
    guide = office.actor("clerk2")
    with pytest.raises(NotOver):
        call_back(store, guide, subject="penalty_case", subject_id=running, made=CONTENT)
    with pytest.raises(HandledIt):
        call_back(store, office.actor("clerk"), subject="penalty_case", subject_id=over, made=CONTENT)
    call_back(store, guide, subject="penalty_case", subject_id=over, made=CONTENT)
