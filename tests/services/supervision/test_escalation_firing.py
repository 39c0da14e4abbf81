"""The escalation fires: who hears what and when, and every rung exactly once."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services import clocks
from hall.services.case_records import case_locked
from hall.services.escalation import DueClock, due_clocks, fire
from hall.services.supervision_rules import SupervisionPolicy
from hall.store import Store
from hall.store.schema.clocks import EscalationRung
from hall.store.schema.documents import Document
from hall.store.schema.reviewing import AccountAbsence
from hall.store.schema.supervision import CaseNotice, SupervisionOrder, SupervisionSubject
from hall.store.verify import verify_audit
from tests.services.supervision.staff import Staff

OpenCase = Callable[..., int]
AtNoon = Callable[[str], None]
Notices = Callable[[], list[tuple[str, int | str | None, str]]]
Orders = Callable[[], list[SupervisionOrder]]
Fire = Callable[[], int]


@pytest.fixture
def fire_all(store: Store, policy: SupervisionPolicy, home: Path) -> Fire:
    """Everything that has come; gives how many rungs fired."""
    return lambda: sum(fire(store, due, policy=policy, home=home) for due in due_clocks(store, policy=policy))


def test_officer_head_and_leader_are_warned_and_then_a_yellow_card_is_issued(
    open_case: OpenCase, fire_all: Fire, at_noon: AtNoon, notices: Notices, orders: Orders, staff: Staff
) -> None:
    open_case()  # promised Monday 30 November
    assert (fire_all(), notices()) == (0, [])
    at_noon("11-27")
    assert fire_all() == 3
    text = "测受〔2026〕00001 临时占用城市道路许可：承诺时限还剩1个工作日，11月30日到期"
    assert notices() == [
        ("warning", staff.reviewer, text),
        ("warning", "head", text),
        ("warning", "approver", text),
    ]
    at_noon("11-30")
    assert fire_all() == 0
    at_noon("12-01")
    assert fire_all() == 1
    (card,) = orders()
    assert (card.colour, card.cause, card.state) == ("yellow", "promised", "issued")
    assert card.reason.endswith("超过承诺时限，应于11月30日前完成")
    assert (str(card.reply_by), str(card.finish_by)) == ("2026-12-04", "2026-12-04")
    assert notices()[-1][:2] == ("card", staff.reviewer)


def test_warnings_begin_with_the_cases_own_days(
    open_case: OpenCase, fire_all: Fire, at_noon: AtNoon, notices: Notices, staff: Staff
) -> None:
    open_case(warning_days=3)
    at_noon("11-25")
    assert fire_all() == 2
    assert [to for _, to, _ in notices()] == [staff.reviewer, "head"]
    at_noon("11-27")
    assert fire_all() == 1
    assert notices()[-1][1] == "approver"


def test_the_card_names_everybody_who_had_the_case_with_his_days(
    open_case: OpenCase, give_to: Callable[..., None], fire_all: Fire, at_noon: AtNoon, store: Store, staff: Staff
) -> None:
    case_id = open_case()
    at_noon("11-26")
    give_to(case_id, staff.head, state="examining")
    at_noon("11-27")
    give_to(case_id, staff.other_reviewer, acting_for=staff.reviewer)
    at_noon("12-01")
    fire_all()
    with store.read() as session:
        subjects = session.scalars(select(SupervisionSubject)).all()
        paper = session.scalars(select(Document)).one()
    assert {(each.account_id, each.part, each.possession_days) for each in subjects} == {
        (staff.reviewer, "handler", 3),
        (staff.head, "examiner", 1),
        (staff.other_reviewer, "handler", 2),
    }
    assert paper.kind == "yellow_card"


def test_a_reply_that_does_not_come_turns_the_card_red_and_then_accountability_is_asked_for(
    open_case: OpenCase, fire_all: Fire, at_noon: AtNoon, notices: Notices, orders: Orders
) -> None:
    open_case(statutory=None)
    at_noon("12-01")
    fire_all()
    at_noon("12-04")
    assert fire_all() == 1  # a reminder that the reply is due
    at_noon("12-07")
    assert fire_all() == 1
    yellow, red = orders()
    assert (yellow.state, yellow.closed_how) == ("escalated", "escalated")
    assert (red.colour, red.cause, red.previous_id, str(red.reply_by)) == (
        "red",
        "supervision",
        yellow.id,
        "2026-12-09",
    )
    at_noon("12-10")
    fire_all()
    assert len(orders()) == 2
    assert [(kind, to) for kind, to, _ in notices()][-2:] == [
        ("accountability", "manager"),
        ("accountability", "approver"),
    ]
    assert notices()[-1][2] == f"红牌督办单 {red.number} 逾期未回复，请登记责任追究"
    assert fire_all() == 0


def test_the_limit_of_law_leads_to_a_red_card_at_once(
    open_case: OpenCase, fire_all: Fire, at_noon: AtNoon, orders: Orders
) -> None:
    open_case(promised=None, statutory=3)
    at_noon("11-27")
    fire_all()
    (card,) = orders()
    assert (card.colour, card.cause, card.previous_id) == ("red", "statutory", None)


def test_a_case_that_lies_with_the_department_is_its_heads(
    open_case: OpenCase, fire_all: Fire, at_noon: AtNoon, notices: Notices, store: Store, staff: Staff
) -> None:
    open_case(officer_id=None)
    at_noon("12-01")
    fire_all()
    with store.read() as session:
        assert [each.account_id for each in session.scalars(select(SupervisionSubject))] == [staff.head]
    assert notices()[-1][:2] == ("card", staff.head)


def test_who_stands_in_for_an_absent_officer_is_warned_too(
    open_case: OpenCase,
    fire_all: Fire,
    at_noon: AtNoon,
    notices: Notices,
    store: Store,
    as_role: Callable[[int], Actor],
    clock: FixedClock,
    staff: Staff,
) -> None:
    open_case()
    at_noon("11-27")
    with store.work("test.absence", as_role(staff.head)) as work:
        today = clock.instant.date()
        work.session.add(
            AccountAbsence(
                hall_id=work.hall_id,
                account_id=staff.reviewer,
                substitute_id=staff.other_reviewer,
                first_day=today,
                last_day=today,
                entered_by=staff.head,
            )
        )
        work.audit("test")
    fire_all()
    assert [to for _, to, _ in notices()] == [staff.reviewer, staff.other_reviewer, "head", "approver"]


def test_nothing_fires_on_a_case_whose_clocks_have_stopped(
    open_case: OpenCase,
    fire_all: Fire,
    at_noon: AtNoon,
    store: Store,
    clock: FixedClock,
    as_role: Callable[[int], Actor],
    staff: Staff,
) -> None:
    case_id = open_case()
    with store.work("test.stop", as_role(staff.reviewer)) as work:
        case = case_locked(work, case_id)
        clocks.stop(work, case, "promised", on=clock.instant.date(), how="decided")
        work.audit("test")
    at_noon("12-01")
    assert fire_all() == 0


def test_an_extended_clock_warns_again_of_its_new_day(
    open_case: OpenCase, fire_all: Fire, at_noon: AtNoon, store: Store, as_role: Callable[[int], Actor], staff: Staff
) -> None:
    case_id = open_case(statutory=None)
    at_noon("11-27")
    assert (fire_all(), fire_all()) == (3, 0)
    with store.work("test.extend", as_role(staff.approver)) as work:
        case = case_locked(work, case_id)
        clocks.extend(work, case, {"promised": 5})
        clocks.refresh(work, case)
        work.audit("test")
    assert fire_all() == 0
    at_noon("12-04")
    assert fire_all() == 3


def test_after_a_restart_and_from_another_station_nothing_fires_twice(
    open_case: OpenCase, fire_all: Fire, at_noon: AtNoon, other_station: Store, policy: SupervisionPolicy, home: Path
) -> None:
    open_case()
    at_noon("12-01")
    due = due_clocks(other_station, policy=policy)
    assert fire_all() == 1
    assert [fire(other_station, each, policy=policy, home=home) for each in due] == [0]
    assert due_clocks(other_station, policy=policy) == ()


def test_two_stations_at_the_same_moment_fire_each_rung_once(
    open_case: OpenCase,
    at_noon: AtNoon,
    store: Store,
    other_station: Store,
    policy: SupervisionPolicy,
    home: Path,
) -> None:
    for _ in range(12):
        open_case()
    at_noon("12-01")
    due, start, fired = due_clocks(store, policy=policy), Barrier(2), dict[str, int]()

    def race(station: Store, order: tuple[DueClock, ...]) -> None:
        start.wait(10)
        fired[station.station.name] = sum(fire(station, each, policy=policy, home=home) for each in order)

    threads = [Thread(target=race, args=(station, due)) for station in (store, other_station)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(fired.values()) == 12
    with store.read() as session:
        assert [
            session.scalar(select(func.count()).select_from(each)) for each in (EscalationRung, SupervisionOrder)
        ] == [
            12,
            12,
        ]
        assert session.scalar(select(func.count()).select_from(CaseNotice)) == 12
        numbers = session.scalars(select(SupervisionOrder.number)).all()
        assert len(set(numbers)) == 12
        assert verify_audit(session) == []
