"""Acts on different cases wait for nothing of each other; a joint case is one thing; an import misses no clock."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from sqlalchemy import select, text

from hall.rules.calendar import ScheduleDay, YearSchedule
from hall.rules.catalogue import Limit
from hall.rules.people import system_actor
from hall.rules.permits import NotNow
from hall.services import accepting, clocks, closing
from hall.services.applications import Agent
from hall.services.case_records import case_locked
from hall.services.review_front import ReviewFront
from hall.services.schedule_import import SchedulesImported, import_schedules
from hall.store import Store
from hall.store.failures import StoreBusy
from hall.store.schema.clocks import CaseClock
from tests.services.review.bureau import FOREIGN_BASE, GRANT, Bureau
from tests.services.together import at_once

NEXT_YEAR = YearSchedule(2027, "测试", "测试", (ScheduleDay(date(2027, 1, 1), "rest", "元旦"),))
StoreOpener = Callable[..., Store]


@pytest.fixture
def hurried(database_url: str, open_store: StoreOpener) -> Store:
    """A station that waits for a lock only so long that a queue is told from none."""
    return open_store(f"{database_url}?options={quote('-c lock_timeout=400ms')}", station="station-2")


def _at(store: Store, bureau: Bureau, login: str) -> ReviewFront:
    return replace(bureau.desk(login), store=store)


def _joint(bureau: Bureau) -> tuple[int, int]:
    """A joint case, and its part before the approver."""
    other = bureau.publish("R2", department=bureau.department(FOREIGN_BASE), promised=Limit(3, "workday"))
    main = bureau.accepted(bureau.publish("R1"), joint_parts=(other,))
    (part,) = bureau.parts(main)
    bureau.desk("clerk").hand_over(part)
    bureau.desk("foreign").take(part)
    bureau.propose(part, "foreign")
    bureau.desk("foreign_head").examine(part, agree=True, text="同意")
    return main, part


@pytest.mark.postgresql
def test_an_act_on_one_case_and_an_acceptance_wait_for_no_act_on_another(bureau: Bureau, hurried: Store) -> None:
    one, two = bureau.accepted(bureau.publish("R1")), bureau.accepted("R1")
    new = bureau.application("R1")
    with bureau.store.work("case.hold", bureau.people["clerk"]) as work:
        case_locked(work, one)
        _at(hurried, bureau, "clerk").hand_over(two)
        accepting.accept(hurried, bureau.people["clerk"], submission=new, home=bureau.home, slip=False)
        with pytest.raises(StoreBusy):
            _at(hurried, bureau, "clerk").hand_over(one)
        work.audit(f"case:{one}")
    assert bureau.events(two)[-1].kind == "hand_over"
    _at(hurried, bureau, "clerk").hand_over(one)


@pytest.mark.postgresql
def test_a_joint_case_is_kept_whole_whichever_of_it_is_acted_on(bureau: Bureau, hurried: Store) -> None:
    main, part = _joint(bureau)
    clerk = bureau.people["clerk"]
    for held, wanted in ((main, part), (part, main)):
        with bureau.store.work("case.hold", clerk) as work:
            assert case_locked(work, held).id == held
            with pytest.raises(StoreBusy):
                _locked(hurried, wanted)
            work.audit(f"case:{held}")
    _locked(hurried, part)


@pytest.mark.postgresql
def test_a_case_that_was_read_before_it_was_locked_is_read_again(bureau: Bureau, other_station: Store) -> None:
    case_id = bureau.accepted(bureau.publish("R1"))
    with bureau.store.work("case.hold", bureau.people["clerk"]) as work:
        early = clocks.case_kept(work.session, work.hall_id, case_id)
        assert early.officer_id == bureau.id_of("clerk")
        _at(other_station, bureau, "clerk").hand_over(case_id)
        assert case_locked(work, case_id).officer_id is None
        work.audit(f"case:{case_id}")


def test_a_part_is_decided_or_withdrawn_with_the_whole_and_never_both(bureau: Bureau, other_station: Store) -> None:
    main, part = _joint(bureau)
    withdrawing = (other_station, bureau.people["clerk"])
    told = at_once(
        lambda: bureau.desk("approver").decide(part, GRANT),
        lambda: closing.withdraw(*withdrawing, case_id=main, reason="不再需要", home=bureau.home),
    )
    assert told[1] is None
    assert told[0] is None or isinstance(told[0], NotNow)
    kinds = [each.kind for each in bureau.events(part)]
    assert (kinds.count("decide"), kinds.count("withdraw")) == ((1, 0) if told[0] is None else (0, 1))
    assert bureau.case(part).state == ("finished" if told[0] is None else "withdrawn")


def test_two_who_apply_for_each_other_at_two_counters_do_not_stand_in_each_others_way(
    bureau: Bureau, other_station: Store
) -> None:
    bureau.publish("R1")
    for _ in range(4):
        one, two = bureau.application("R1"), bureau.application("R1")
        crossed = (
            replace(one, agent=Agent(two.applicant, "代为申请")),  # type: ignore[arg-type]  # natural persons
            replace(two, agent=Agent(one.applicant, "代为申请")),  # type: ignore[arg-type]
        )
        pairs = zip((bureau.store, other_station), crossed, strict=True)
        assert at_once(*(_accepting(bureau, *pair) for pair in pairs)) == [None, None]


@pytest.mark.postgresql
def test_an_import_waits_for_the_acts_that_have_begun_and_misses_none_of_their_clocks(
    bureau: Bureau, other_station: Store
) -> None:
    bureau.on(2026, 12, 28)
    case_id = bureau.accepted(bureau.publish("R1", promised=Limit(2, "workday")))
    administrator = replace(bureau.people["clerk"], roles=frozenset({"administrator"}))
    with ThreadPoolExecutor(1) as pool:
        with bureau.store.work("case.clock", bureau.people["clerk"]) as work:
            case = case_locked(work, case_id)
            clocks.start(work, case, "supplement", limit=Limit(9, "workday"), started_on=date(2026, 12, 28))
            importing = pool.submit(
                import_schedules, other_station, administrator, home=bureau.home, schedules=(NEXT_YEAR,)
            )
            _until_it_waits(bureau.store, importing)
            work.audit(f"case:{case_id}")
        importing.result(timeout=30)
    with bureau.store.read() as session:
        assert session.scalars(select(CaseClock.id).where(CaseClock.due_on.is_(None))).all() == []


@pytest.mark.postgresql
def test_an_act_that_begins_while_a_schedule_is_imported_counts_by_it(bureau: Bureau, other_station: Store) -> None:
    bureau.on(2026, 12, 28)
    applications = [bureau.application(bureau.publish("R1")) for _ in range(8)]
    administrator = replace(bureau.people["clerk"], roles=frozenset({"administrator"}))

    def accept_all() -> None:
        for each in applications:
            _accepting(bureau, other_station, each)()

    told = at_once(
        accept_all,
        lambda: import_schedules(bureau.store, administrator, home=bureau.home, schedules=(NEXT_YEAR,)),
    )
    assert told == [None, None]
    with bureau.store.read() as session:
        assert session.scalars(select(CaseClock.id).where(CaseClock.due_on.is_(None))).all() == []


def _accepting(bureau: Bureau, store: Store, application: object) -> Callable[[], object]:
    clerk = bureau.people["clerk"]
    return lambda: accepting.accept(store, clerk, submission=application, home=bureau.home, slip=False)  # type: ignore[arg-type]


def _locked(store: Store, case_id: int) -> None:
    with store.work("case.hold", system_actor(store.hall_id)) as work:
        case_locked(work, case_id)
        work.audit(f"case:{case_id}")


def _until_it_waits(store: Store, importing: Future[SchedulesImported]) -> None:
    """Until the database says that somebody waits for a named resource, or the other has ended without."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    for _ in range(2000):
        with store.read() as session:
            if session.scalar(waiting) or importing.done():
                return
    raise AssertionError("neither waits nor ends")
