"""What time alone causes: cards, acceptance by silence, clocks that run on, certificates; one failure stops nothing."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.catalogue import Limit
from hall.rules.clocks import Pause
from hall.services import accepting, clocks, escalation, timekeeping
from hall.services.applications import Application
from hall.services.case_records import add_event, case_locked
from hall.services.front import Front
from hall.services.timekeeping import Kept, Tally, keep_time
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import CaseAnomaly
from tests.services.supervision.bureau import HEAD, REVIEWER, Bureau


def keep(bureau: Bureau, last_event: int | None = None) -> Kept:
    return keep_time(bureau.store, home=bureau.home, last_event=last_event)


def case_of(bureau: Bureau, case_id: int) -> PermitCase:
    with bureau.store.read() as session:
        return session.get_one(PermitCase, case_id)


def pause(bureau: Bureau, case_id: int, days: int) -> None:
    """An expert review with a granted time, from today."""
    with bureau.store.work("test.pause", bureau.as_role(REVIEWER)) as work:
        case = case_locked(work, case_id)
        terms = Pause("expert_review", business_date(work.now), granted=Limit(days, "workday"), basis="第45条")
        clocks.pause(work, case, terms=terms, reason="评审")
        clocks.refresh(work, case)
        work.audit("test")


def test_nothing_has_come_and_nothing_is_done(bureau: Bureau) -> None:
    bureau.open_case()
    kept = keep(bureau)
    assert {tally.done for tally in kept.tallies.values()} == {0}
    assert not kept.more


def test_a_clock_runs_on_by_itself_when_the_granted_time_is_over(bureau: Bureau) -> None:
    case_id = bureau.open_case()
    pause(bureau, case_id, 3)  # leaves out Monday to Wednesday
    assert (keep(bureau).running_again.done, case_of(bureau, case_id).standing) == (0, "paused")
    bureau.noon("11-25")
    assert (keep(bureau).running_again.done, case_of(bureau, case_id).standing) == (0, "paused")
    bureau.noon("11-26")
    assert (keep(bureau).running_again.done, case_of(bureau, case_id).standing) == (1, "running")
    assert keep(bureau).running_again.done == 0


@pytest.mark.both
def test_the_end_of_a_granted_time_is_told_to_the_officer_before_and_after_it(bureau: Bureau) -> None:
    case_id = bureau.open_case(promised=20, statutory=None)
    pause(bureau, case_id, 5)
    bureau.noon("11-26")
    keep(bureau)
    bureau.noon("12-01")
    keep(bureau)
    assert [(kind, to) for kind, to, _ in bureau.notices()] == [("procedure", REVIEWER)] * 2
    texts = [text.split("：")[1] for _, _, text in bureau.notices()]
    assert texts == [
        "特别程序（专家评审）还剩2个工作日，11月30日到期",
        "特别程序（专家评审）已到期，应于11月30日前完成",
    ]


def test_while_a_case_is_paused_nothing_fires(bureau: Bureau) -> None:
    case_id = bureau.open_case(promised=2, statutory=None)
    pause(bureau, case_id, 10)
    bureau.noon("12-01")
    assert keep(bureau).rungs.done == 0


def test_the_deadline_of_a_supplement_is_told_to_whoever_received_the_case(bureau: Bureau) -> None:
    case_id = bureau.open_case(state="supplementing")
    with bureau.store.work("test.supplement", bureau.as_role(REVIEWER)) as work:
        case = case_locked(work, case_id)
        clocks.start(work, case, "supplement", limit=Limit(5, "workday"), started_on=business_date(work.now))
        clocks.refresh(work, case)
        work.audit("test")
    bureau.noon("11-26")
    keep(bureau)
    bureau.noon("12-01")
    keep(bureau)
    assert [(kind, to) for kind, to, _ in bureau.notices()] == [("supplement", 7)] * 2


@pytest.mark.both
def test_anomalies_are_found_once_from_what_was_done(bureau: Bureau) -> None:
    case_id = bureau.open_case()
    with bureau.store.work("test.visit", bureau.as_role(REVIEWER)) as work:
        case = case_locked(work, case_id)
        add_event(work, case, "visit", day=business_date(work.now) - timedelta(days=2))
        work.audit("test")
    first = keep(bureau)
    assert first.anomalies.done == 1
    assert keep(bureau, first.last_event).anomalies.done == 0
    assert keep(bureau).anomalies.done == 0
    with bureau.store.read() as session:
        (found,) = session.scalars(select(CaseAnomaly)).all()
    assert (found.kind, found.account_id, found.text) == ("back_dated", REVIEWER, "11月23日补录11月21日的现场勘查")
    assert bureau.notices()[-1] == ("anomaly", "manager", "异常：11月23日补录11月21日的现场勘查")


def test_one_item_that_cannot_be_done_stops_no_other(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ill, well = bureau.open_case(), bureau.open_case()
    bureau.noon("12-01")
    fire = escalation.fire

    def some(store: object, due: escalation.DueClock, **named: object) -> int:
        if due.case_id == ill:
            raise Refused("没有签名密钥。")
        return fire(store, due, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(escalation, "fire", some)
    with caplog.at_level(logging.WARNING):
        kept = keep(bureau)
    assert (kept.rungs.done, kept.rungs.failed) == (1, 1)
    assert [order.case_id for order in bureau.orders()] == [well]
    assert "not kept in time: Refused" in caplog.text


def test_a_spoilt_parameter_file_stops_only_what_it_is_about(bureau: Bureau, received: int) -> None:
    (bureau.home / "escalation.toml").write_text("versions = 5", encoding="utf-8")
    bureau.noon("12-01")
    kept = keep(bureau)
    assert (kept.rungs, kept.deemed.done, kept.anomalies.failed) == (Tally(0, 1), 1, 1)


@pytest.mark.both
def test_a_calendar_that_moved_a_due_day_back_fires_at_the_next_look(bureau: Bureau) -> None:
    case_id = bureau.open_case()
    with bureau.store.work("test.moved", bureau.as_role(HEAD)) as work:
        work.session.execute(
            update(CaseClock).where(CaseClock.case_id == case_id, CaseClock.kind == "promised").values(budget=1)
        )
        clocks.refresh(work, case_locked(work, case_id))
        work.audit("test")
    bureau.noon("11-25")
    assert keep(bureau).rungs.done == 1
    assert timekeeping.keep_time(bureau.store, home=bureau.home).rungs.done == 0


@pytest.fixture
def received(bureau: Bureau, front: Front, make_application: Callable[..., Application]) -> int:
    """A case that the clerk received on Monday 23 November and never decided about."""
    assert bureau.clock.instant == front.clock.now()
    return front.intake.receive(make_application("XK05")).case_id


def test_silence_accepts_a_case_as_of_its_receipt_and_the_receiver_gets_a_red_card(
    bureau: Bureau, received: int
) -> None:
    bureau.noon("11-30")
    kept = keep(bureau)
    assert (kept.deemed.done, case_of(bureau, received).state) == (0, "received")
    bureau.noon("12-01")
    kept = keep(bureau)
    assert (kept.deemed.done, kept.deemed.failed) == (1, 0)
    case = case_of(bureau, received)
    assert (case.state, case.accepted_how, str(case.accepted_on)) == ("accepted", "deemed", "2026-11-23")
    red = next(order for order in bureau.orders() if order.cause == "acceptance")
    assert red.colour == "red"
    # Both limits have run from the receipt, so the promise of three days is broken at once.
    assert keep(bureau).rungs.done == 1
    assert [order.colour for order in bureau.orders()] == ["red", "yellow"]
    again = keep(bureau)
    assert (again.deemed.done, again.rungs.done) == (0, 0)


def test_an_acceptance_by_silence_that_a_clerk_registered_has_its_card_too(
    bureau: Bureau, received: int, front: Front
) -> None:
    bureau.noon("12-01")
    accepting.deem_accepted(bureau.store, front.actor, case_id=received, home=bureau.home)
    keep(bureau)
    assert {order.cause for order in bureau.orders()} == {"acceptance", "promised"}
