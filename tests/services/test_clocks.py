"""Clocks of a case within a work: rounds, stops, pauses, and what boards compare."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import select

from hall.clock import FixedClock
from hall.rules.catalogue import Limit
from hall.rules.clocks import Pause
from hall.rules.clocks_board import PAUSED_URGENCY
from hall.rules.people import Actor
from hall.services import clocks
from hall.services.applications import Application
from hall.services.case_records import NoSuchCase, case_locked
from hall.services.clocks import NotUnderWay, UnderWayAlready
from hall.services.front import Front
from hall.store import Store, Work
from hall.store.schema.clocks import CaseClock, CasePause
from hall.store.schema.permits import PermitCase

MONDAY = date(2026, 11, 23)
HEARING = Pause("hearing", MONDAY, granted=Limit(3, "workday"), basis="行政许可法第四十五条")
TENDER = Pause("tender", MONDAY)


@pytest.fixture
def case_id(front: Front, make_application: Callable[..., Application]) -> int:
    """Accepted on Monday 23 November 2026: 20 and 3 workdays."""
    return front.intake.accept(make_application("XK05")).case_id


@contextmanager
def doing(store: Store, actor: Actor, case_id: int) -> Iterator[tuple[Work, PermitCase]]:
    """A work with the case locked; the clocks are worked out at its end."""
    with store.work("test.clocks", actor) as work:
        case = case_locked(work, case_id)
        yield work, case
        clocks.refresh(work, case)
        work.audit(f"case:{case_id}")


def stored(store: Store, case_id: int, kind: str) -> list[CaseClock]:
    with store.read() as session:
        of_kind = select(CaseClock).where(CaseClock.case_id == case_id, CaseClock.kind == kind)
        return list(session.scalars(of_kind.order_by(CaseClock.round)))


def kept(store: Store, case_id: int) -> PermitCase:
    with store.read() as session:
        return session.get_one(PermitCase, case_id)


def test_a_further_clock_of_a_kind_is_its_next_round(store: Store, actor: Actor, case_id: int) -> None:
    with doing(store, actor, case_id) as (work, case):
        for subject in ("审查", "审核"):
            started = clocks.start(work, case, "step", limit=Limit(2, "workday"), started_on=MONDAY, subject=subject)
    assert started.due_on == date(2026, 11, 25)
    found = stored(store, case_id, "step")
    assert [(each.round, each.subject, each.state) for each in found] == [
        (1, "审查", "running"),
        (2, "审核", "running"),
    ]


def test_a_clock_is_stopped_by_its_subject_and_keeps_its_day(store: Store, actor: Actor, case_id: int) -> None:
    with doing(store, actor, case_id) as (work, case):
        for subject in ("审查", "审核"):
            clocks.start(work, case, "step", limit=Limit(2, "workday"), started_on=MONDAY, subject=subject)
        clocks.stop(work, case, "step", on=MONDAY, how="left", subject="审查")
    first, second = stored(store, case_id, "step")
    assert (first.state, first.stopped_on, first.stopped_how, first.due_on) == (
        "stopped", MONDAY, "left", date(2026, 11, 25),
    )  # fmt: skip
    assert (second.state, second.stopped_on) == ("running", None)


@pytest.mark.both
def test_stopping_a_clock_that_waits_for_a_result_makes_its_day_definite(
    store: Store, actor: Actor, case_id: int, clock: FixedClock
) -> None:
    with doing(store, actor, case_id) as (work, case):
        clocks.pause(work, case, terms=TENDER, reason="要招标")
    (held,) = stored(store, case_id, "promised")
    assert (held.state, held.due_on, held.pending) == ("paused", None, "")
    with doing(store, actor, case_id) as (work, case):
        clocks.stop(work, case, "promised", on=date(2026, 11, 25), how="withdrawn")
    (stopped,) = stored(store, case_id, "promised")
    assert (stopped.state, stopped.due_on) == ("stopped", date(2026, 11, 30))


@pytest.mark.both
def test_what_ends_a_case_ends_its_clocks_and_its_procedures(store: Store, actor: Actor, case_id: int) -> None:
    with doing(store, actor, case_id) as (work, case):
        clocks.pause(work, case, terms=HEARING, reason="要听证")
        clocks.stop_all(work, case, on=MONDAY, how="refused")
        case.closed_at = work.now
    with store.read() as session:
        states = session.scalars(select(CaseClock.state).where(CaseClock.case_id == case_id)).all()
        (pause,) = session.scalars(select(CasePause)).all()
    assert set(states) == {"stopped"}
    assert (pause.last_on, pause.ended_on, pause.ended_by) == (MONDAY, MONDAY, actor.account_id)
    case = kept(store, case_id)
    assert (case.standing, case.statutory_ordinal, case.urgency) == ("stopped", None, PAUSED_URGENCY)


def test_a_procedure_runs_once_at_a_time_and_ends_once(store: Store, actor: Actor, case_id: int) -> None:
    with doing(store, actor, case_id) as (work, case):
        record = clocks.pause(work, case, terms=HEARING, reason="要听证")
        assert (record.granted_days, record.granted_unit, record.started_on) == (3, "workday", MONDAY)
        with pytest.raises(UnderWayAlready, match="听证正在进行"):
            clocks.pause(work, case, terms=HEARING, reason="要听证")
        ended = clocks.resume(work, case, "hearing", on=MONDAY, result="听证结束")
        assert (ended.last_on, ended.ended_on, ended.result) == (MONDAY, MONDAY, "听证结束")
        with pytest.raises(NotUnderWay, match="没有进行中的听证"):
            clocks.resume(work, case, "hearing", on=MONDAY, result="听证结束")
    (own,) = stored(store, case_id, "procedure")
    assert (own.subject, own.stopped_how) == ("hearing", "result")


def test_a_pause_of_the_promise_alone_leaves_the_limit_of_law_on_the_board(
    store: Store, actor: Actor, case_id: int
) -> None:
    with doing(store, actor, case_id) as (work, case):
        terms = Pause("visit", MONDAY, stops_statutory=False)
        clocks.pause(work, case, terms=terms, reason="要看现场")
    case = kept(store, case_id)
    assert (case.standing, case.promised_ordinal) == ("running", None)
    assert case.urgency == case.statutory_ordinal


def test_an_extension_adds_to_the_clocks_that_run(store: Store, actor: Actor, case_id: int) -> None:
    with doing(store, actor, case_id) as (work, case):
        clocks.stop(work, case, "promised", on=MONDAY, how="decided")
        clocks.extend(work, case, {"statutory": 10, "promised": 2})
    (statutory,), (promised,) = stored(store, case_id, "statutory"), stored(store, case_id, "promised")
    assert (statutory.extension, promised.extension) == (10, 0)
    assert statutory.due_on is None
    assert statutory.pending == "2027年放假安排未录入"


def test_only_cases_of_the_hall_have_clocks_to_look_at(store: Store, case_id: int) -> None:
    with store.read() as session:
        assert clocks.case_kept(session, store.hall_id, case_id).id == case_id
        with pytest.raises(NoSuchCase):
            clocks.case_kept(session, store.hall_id + 1, case_id)
