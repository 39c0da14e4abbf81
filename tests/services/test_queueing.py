"""The queue: numbers without gaps, fair calls, one open ticket per counter, days that end at midnight."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import Missing, Refused, Stale
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.queue_order import NobodyWaits
from hall.rules.tickets import TicketNotReady
from hall.services.front import Front
from hall.services.serving import present
from hall.services.ticket_records import Called
from hall.store import Store
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Announcement, Counter, CounterMatter, Ticket, TicketEvent
from hall.store.schema.trail import AuditRow
from hall.store.store import WrongHall

MINUTE = timedelta(minutes=1)


def take(front: Front, matter: str = "XK05", **given: object) -> str:
    return front.taking.issue(matter, channel="staff", **given).code  # type: ignore[arg-type]  # as Front.taking.issue takes them


def events(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(TicketEvent.kind).order_by(TicketEvent.id)))


def state_of(store: Store, code: str) -> str:
    with store.read() as session:
        return session.scalars(select(Ticket.state).where(Ticket.code == code).order_by(Ticket.id.desc())).first() or ""


def restrict(store: Store, actor: Actor, counter: int, matter_code: str) -> None:
    with store.work("counter.matters", actor) as work:
        found = work.session.scalars(select(Counter).where(Counter.number == counter)).one()
        matter = work.session.scalars(select(Matter).where(Matter.code == matter_code)).one()
        work.session.add(CounterMatter(hall_id=work.hall_id, counter_id=found.id, matter_id=matter.id))
        work.audit(f"counter:{found.id}")


def test_a_kiosk_takes_numbers_and_calls_none(front_of: Callable[..., Front], store: Store) -> None:
    kiosk = front_of(store, station_actor("kiosk", name="取号机", hall_id=store.hall_id))
    assert take(kiosk) == "B001"
    with pytest.raises(NotAuthorised):
        kiosk.calling.call_next(1)


def test_only_a_clerk_works_the_queue(front_of: Callable[..., Front], store: Store, manager: Actor) -> None:
    desk = front_of(store, manager)
    for deed in (
        desk.calling.call_next,
        desk.calling.recall,
        desk.calling.start,
        desk.calling.skip,
        desk.calling.finish,
        desk.calling.present,
    ):
        with pytest.raises(NotAuthorised):
            deed(1)


def test_another_halls_actor_sees_nothing(front_of: Callable[..., Front], store: Store) -> None:
    stranger = front_of(store, Actor(7, "张三明", store.hall_id + 1, frozenset({"clerk"})))
    for deed in (stranger.queue, stranger.matters, lambda: stranger.calling.present(1), lambda: take(stranger)):
        with pytest.raises(WrongHall):
            deed()


def test_the_called_person_is_masked(front: Front, make_card: Callable[..., Card]) -> None:
    card = make_card()
    front.taking.issue("XK05", channel="card", card=card)
    called = front.calling.call_next(1)
    assert called.applicant is not None
    assert called.applicant.name_masked == "张*明"
    assert card.id_number not in repr(called)


@pytest.mark.both
def test_a_whole_visit_leaves_its_events_in_order(front: Front, store: Store, clock: FixedClock) -> None:
    code = take(front)
    clock.instant += 5 * MINUTE
    called = front.calling.call_next(2)
    assert (called.code, called.counter_number, called.calls, called.state) == (code, 2, 1, "called")
    assert (called.waited, called.reason, called.matter_code) == (5 * MINUTE, "B001 等得最久。", "XK05")
    clock.instant += MINUTE
    assert front.calling.recall(2).calls == 2
    front.calling.start(2)
    assert (front.calling.present(2) or called).state == "serving"
    clock.instant += 10 * MINUTE
    front.calling.finish(2)
    assert front.calling.present(2) is None
    assert events(store) == ["issue", "call", "recall", "start", "finish"]
    assert state_of(store, code) == "finished"


@pytest.mark.both
def test_a_call_is_explained_in_the_audit_and_announced(front: Front, store: Store) -> None:
    code = take(front)
    front.calling.call_next(1)
    with store.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "queue.call")).one()
        assert "等得最久" in row.detail
        call = session.scalars(select(Announcement)).one()
        assert (call.code, call.counter_number, call.state) == (code, 1, "pending")


def test_a_skipped_ticket_frees_the_counter(front: Front, store: Store, skip_at: Callable[[int], str]) -> None:
    first, second = take(front), take(front)
    assert skip_at(1) == first
    assert front.calling.call_next(1).code == second
    assert state_of(store, first) == "skipped"


def test_a_ticket_being_served_is_neither_recalled_nor_skipped(front: Front) -> None:
    take(front)
    front.calling.call_next(1)
    front.calling.start(1)
    for deed in (front.calling.recall, front.calling.skip, front.calling.start):
        with pytest.raises(TicketNotReady, match="办理中"):
            deed(1)


def test_a_counter_has_one_open_ticket(front: Front) -> None:
    take(front)
    second = take(front)
    front.calling.call_next(1)
    with pytest.raises(Refused, match="B001 号还没有办完"):
        front.calling.call_next(1)
    assert front.calling.call_next(2).code == second


def test_a_counter_without_a_ticket_says_so(front: Front) -> None:
    for deed in (front.calling.recall, front.calling.start, front.calling.skip, front.calling.finish):
        with pytest.raises(Missing, match="1号窗口现在没有在办的号"):
            deed(1)
    with pytest.raises(Missing, match="没有9号窗口"):
        front.calling.call_next(9)
    assert front.calling.present(1) is None


def test_nobody_waits_is_a_refusal_that_leaves_nothing(front: Front, store: Store) -> None:
    with pytest.raises(NobodyWaits):
        front.calling.call_next(1)
    assert events(store) == []


def test_priority_goes_first_within_its_head_start_and_the_reason_names_the_overtaken(
    front: Front, clock: FixedClock
) -> None:
    take(front, "XK02")
    for _ in range(12):  # more than a call looks at
        clock.instant += timedelta(seconds=10)
        take(front, priority="elder")
    assert front.calling.call_next(1).reason == "L001 是老年号，按提前 15 分钟排队，先于 A001。"
    clock.instant += 16 * MINUTE
    take(front, priority="elder")
    assert [front.calling.call_next(2).code, front.calling.call_next(3).code] == ["L002", "L003"]


def test_an_ordinary_ticket_is_called_once_the_head_start_has_run_out(front: Front, clock: FixedClock) -> None:
    first = take(front)
    clock.instant += 16 * MINUTE
    take(front, priority="elder")
    assert front.calling.call_next(1).code == first


def test_a_counter_restricted_to_matters_calls_only_those(front: Front, store: Store, actor: Actor) -> None:
    restrict(store, actor, 3, "XK02")
    take(front, "XK05")
    with pytest.raises(NobodyWaits):
        front.calling.call_next(3)
    mine = take(front, "XK02")
    assert front.calling.call_next(3).code == mine


def test_the_day_ends_at_midnight_of_the_hall(front: Front, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 11, 23, 23, 59, 59, tzinfo=HALL_ZONE)
    assert [take(front), take(front)] == ["B001", "B002"]
    clock.instant += timedelta(seconds=1)
    assert take(front) == "B001"
    assert [each.code for each in front.queue().waiting] == ["B001"]


def test_yesterdays_open_ticket_is_closed_as_unfinished_at_the_next_call(
    front: Front, store: Store, clock: FixedClock
) -> None:
    take(front, "XK02")
    front.calling.call_next(1)
    front.calling.start(1)
    clock.instant += timedelta(days=1)
    with pytest.raises(NobodyWaits):
        front.calling.call_next(1)
    assert state_of(store, "A001") == "unfinished"
    today = take(front)
    assert front.calling.call_next(1).code == today
    assert events(store) == ["issue", "call", "start", "unfinished", "issue", "call"]


def test_yesterdays_waiting_tickets_are_not_called(front: Front, clock: FixedClock) -> None:
    take(front)
    clock.instant += timedelta(days=1)
    assert front.queue().waiting == ()
    with pytest.raises(NobodyWaits):
        front.calling.call_next(1)


def test_a_visit_that_runs_past_midnight_is_finished_as_usual(front: Front, store: Store, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 11, 23, 23, 59, tzinfo=HALL_ZONE)
    code = take(front)
    front.calling.call_next(1)
    clock.instant += 2 * MINUTE
    front.calling.start(1)
    front.calling.finish(1)
    assert state_of(store, code) == "finished"


def test_a_restarted_screen_shows_the_ticket_at_its_counter(
    front: Front, database_url: str, open_store: Callable[..., Store], front_of: Callable[..., Front], actor: Actor
) -> None:
    take(front)
    called = front.calling.call_next(1)
    again = front_of(open_store(database_url), actor).calling.present(1)
    assert again is not None
    assert (again.ticket_id, again.state, again.calls, again.reason) == (called.ticket_id, "called", 1, called.reason)


def test_the_view_agrees_with_the_queue(front: Front, other_front: Front, clock: FixedClock) -> None:
    for code in ("XK05", "XK02", "XK05", "XK06"):
        take(front, code)
    clock.instant += MINUTE
    front.calling.call_next(1)
    clock.instant += MINUTE
    other_front.calling.call_next(2)
    view = front.queue()
    assert [each.code for each in view.waiting] == ["B002", "B003"]
    assert view.per_matter == {"XK05": 1, "XK06": 1}
    assert [(each.code, each.counter_number) for each in view.calls] == [("A001", 2), ("B001", 1)]
    assert view.minutes == (9, 18)  # two ahead at two open counters that have just begun, eight minutes each
    assert view.as_of == clock.instant


def test_the_estimate_learns_from_the_day(front: Front, clock: FixedClock) -> None:
    for _ in range(5):
        take(front)
        front.calling.call_next(1)
        clock.instant += 30 * MINUTE
        front.calling.finish(1)
    take(front)
    assert front.queue().minutes == (30, 31)  # the counter is free for the one ahead, who stays half an hour
    assert front.taking.issue("XK05", channel="staff").minutes == (30, 31)


def test_two_clicks_at_one_counter_call_one_ticket(front: Front, other_front: Front, store: Store) -> None:
    for _ in range(4):
        take(front)

    def call(clerk: Front) -> str:
        try:
            return clerk.calling.call_next(1).code
        except Refused as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(call, (front, other_front, front, other_front)))
    assert sum(answer == "B001" for answer in answers) == 1
    assert sum("B001 号还没有办完" in answer for answer in answers) == 3
    assert events(store).count("call") == 1


@pytest.mark.both
def test_a_call_gives_what_it_called_and_not_what_a_colleague_called_after_it(
    front: Front, other_front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = take(front), take(front)

    def after_a_colleague(store: Store, actor: Actor, *, counter: int) -> Called | None:
        monkeypatch.undo()
        other_front.calling.finish(counter)
        assert other_front.calling.call_next(counter).code == second
        return present(store, actor, counter=counter)

    monkeypatch.setattr("hall.services.queueing.present", after_a_colleague)
    with pytest.raises(Stale, match="已被收回"):
        front.calling.call_next(1)
    assert (first, front.calling.present(1).code) == ("B001", second)  # type: ignore[union-attr]  # it was called


def test_two_stations_calling_at_once_call_every_ticket_once(front: Front, other_front: Front) -> None:
    codes = [take(front) for _ in range(20)]

    def drain(clerk: Front, counter: int) -> list[str]:
        called = []
        while True:
            try:
                called.append(clerk.calling.call_next(counter).code)
            except NobodyWaits:
                return called
            clerk.calling.finish(counter)

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(drain, clerk, n) for n, clerk in enumerate((front, other_front) * 2, start=1)]
        called = [code for future in futures for code in future.result()]
    assert sorted(called) == codes
