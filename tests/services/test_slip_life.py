"""A ticket lives when its slip is out: reserved, printed, live; or 未打印, with 补打, 「已打出」 and 作废."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hall.clock import FixedClock
from hall.errors import HallError, Missing, Refused
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.rules.queue_order import NobodyWaits
from hall.services import spool
from hall.services.day_end import end_past_days
from hall.services.front import Front
from hall.services.persons import ReasonHoldsNumber
from hall.services.spool import JobView, Outcome
from hall.services.taking import TicketIssued
from hall.services.unprinted import NotUnprinted
from hall.store import Store
from hall.store.schema.halls import Hall
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket, TicketEvent
from hall.store.schema.trail import ChangeRow

MATTER = "XK05"


@pytest.fixture
def front(front_of: Callable[..., Front], store: Store, actor: Actor) -> Front:
    """The clerk at station-1, which prints slips."""
    return front_of(store, actor, slip=True)


@pytest.fixture
def other_front(front_of: Callable[..., Front], other_station: Store, actor_with: Callable[..., Actor]) -> Front:
    """A guide at station-2, which prints slips too."""
    return front_of(other_station, actor_with("guide", account_id=17, name="赵六和"), slip=True)


def taken(front: Front) -> TicketIssued:
    return front.taking.issue(MATTER, channel="kiosk")


def claimed(front: Front) -> JobView:
    job = spool.claim(front.store, printer="slip")
    assert job is not None
    return job


def comes_to(front: Front, outcome: Outcome, error: str = "") -> JobView:
    """The next slip of the station meets its fate."""
    job = claimed(front)
    spool.settle(front.store, job_id=job.job_id, outcome=outcome, error=error)
    return job


def state(store: Store, ticket: TicketIssued) -> str:
    with store.read() as session:
        return session.get_one(Ticket, ticket.ticket_id).state


def job_states(store: Store, ticket: TicketIssued) -> list[str]:
    with store.read() as session:
        query = select(PrintJob.state).where(PrintJob.subject_id == ticket.ticket_id).order_by(PrintJob.id)
        return list(session.scalars(query))


def events(store: Store, ticket: TicketIssued) -> list[tuple[str, str]]:
    with store.read() as session:
        query = select(TicketEvent.kind, TicketEvent.reason).where(TicketEvent.ticket_id == ticket.ticket_id)
        return [(kind, reason) for kind, reason in session.execute(query.order_by(TicketEvent.id))]


def test_a_number_is_called_only_once_its_slip_is_out_and_has_waited_since_it_was_taken(
    front: Front, store: Store, clock: FixedClock
) -> None:
    ticket = taken(front)
    assert ticket.state == "reserved"
    with pytest.raises(NobodyWaits):
        front.calling.call_next(1)
    assert front.queue().waiting == ()
    clock.instant += timedelta(minutes=4)
    job = claimed(front)
    assert state(store, ticket) == "reserved"
    spool.settle(store, job_id=job.job_id, outcome="printed")
    assert state(store, ticket) == "waiting"
    assert events(store, ticket) == [("reserve", "kiosk"), ("live", "")]
    called = front.calling.call_next(1)
    assert (called.ticket_id, called.waited) == (ticket.ticket_id, timedelta(minutes=4))


@pytest.mark.parametrize("outcome", ["failed", "unknown"])
def test_a_slip_that_failed_or_may_have_leaves_its_ticket_unprinted_and_uncalled(
    front: Front, store: Store, outcome: Outcome
) -> None:
    ticket = taken(front)
    comes_to(front, outcome, "打印机断电")
    assert state(store, ticket) == "unprinted"
    assert events(store, ticket)[-1] == ("misprint", "打印机断电")
    with pytest.raises(NobodyWaits):
        front.calling.call_next(1)


def test_a_printer_that_is_not_ready_keeps_the_number_reserved_and_staff_see_why(front: Front, store: Store) -> None:
    ticket = taken(front)
    assert front.slips.unprinted() == ()
    comes_to(front, "queued", "打印机不能打印：缺纸。")
    assert state(store, ticket) == "reserved"
    (seen,) = front.slips.unprinted()
    assert (seen.state, seen.why, seen.printing, seen.maybe_out) == ("reserved", "打印机不能打印：缺纸", True, False)


def test_what_was_being_printed_when_the_program_died_is_unprinted(front: Front, store: Store) -> None:
    ticket, waiting = taken(front), taken(front)
    claimed(front)
    spool.mark_interrupted(store)
    assert state(store, ticket) == "unprinted"
    assert events(store, ticket)[-1] == ("misprint", "上次打印中断")
    assert state(store, waiting) == "reserved"


def test_a_loop_that_was_thought_dead_still_tells_what_became_of_the_slip(front: Front, store: Store) -> None:
    ticket = taken(front)
    job = claimed(front)
    spool.mark_interrupted(store)
    spool.settle(store, job_id=job.job_id, outcome="printed")
    assert state(store, ticket) == "waiting"


def test_staff_see_what_is_unprinted_at_every_station(front: Front, other_front: Front, clock: FixedClock) -> None:
    first = taken(front)
    clock.instant += timedelta(minutes=1)
    second = taken(other_front)
    comes_to(other_front, "failed", "切刀故障。")
    comes_to(front, "unknown", "打印机断电")
    seen = front.slips.unprinted()
    assert seen == other_front.slips.unprinted()
    assert [(each.code, each.station, each.why) for each in seen] == [
        (first.code, "station-1", "打印机断电"),
        (second.code, "station-2", "切刀故障"),
    ]
    assert (seen[0].matter_name, seen[0].since, seen[0].state) == (first.matter_name, first.issued_at, "unprinted")
    assert (seen[0].printing, seen[0].maybe_out) == (False, True)
    clock.instant += timedelta(days=1)
    assert front.slips.unprinted() == ()


def test_a_reprint_brings_the_ticket_to_life_when_it_is_out(front: Front, store: Store) -> None:
    ticket = taken(front)
    comes_to(front, "unknown", "打印机断电")
    front.slips.reprint(ticket.ticket_id, " 没有打出来 ")
    assert front.slips.unprinted()[0].printing
    assert state(store, ticket) == "unprinted"
    again = comes_to(front, "printed")
    assert (again.subject_id, again.reprint) == (ticket.ticket_id, 1)
    assert state(store, ticket) == "waiting"
    assert job_states(store, ticket) == ["cancelled", "printed"]
    assert front.slips.unprinted() == ()


def test_a_reprint_that_fails_too_changes_nothing_and_is_offered_again(front: Front, store: Store) -> None:
    ticket = taken(front)
    comes_to(front, "failed", "缺字")
    front.slips.reprint(ticket.ticket_id, "没有打出来")
    comes_to(front, "unknown", "打印机断电")
    assert [kind for kind, _ in events(store, ticket)] == ["reserve", "misprint"]
    assert [each.why for each in front.slips.unprinted()] == ["打印机断电"]
    front.slips.reprint(ticket.ticket_id, "还是没有")
    assert comes_to(front, "printed").reprint == 2


@pytest.mark.both
def test_a_slip_in_somebodys_hand_is_confirmed_and_its_ticket_lives(front: Front, store: Store) -> None:
    ticket = taken(front)
    comes_to(front, "unknown", "打印机断电")
    front.slips.confirm(ticket.ticket_id)
    assert (state(store, ticket), job_states(store, ticket)) == ("waiting", ["printed"])
    assert front.unsettled_jobs() == ()
    with pytest.raises(NotUnprinted, match="B001 号现在是“等候”"):
        front.slips.confirm(ticket.ticket_id)


def test_the_first_slip_may_turn_up_while_its_repetition_waits(front: Front, store: Store) -> None:
    ticket = taken(front)
    comes_to(front, "unknown", "打印机断电")
    front.slips.reprint(ticket.ticket_id, "没有打出来")
    assert front.slips.unprinted()[0].maybe_out
    front.slips.confirm(ticket.ticket_id)
    assert state(store, ticket) == "waiting"
    assert spool.claim(store, printer="slip") is None


def test_a_slip_that_never_left_the_computer_cannot_be_confirmed(front: Front, clock: FixedClock) -> None:
    ticket = taken(front)
    comes_to(front, "queued", "缺纸")
    with pytest.raises(Refused, match="没有送到打印机"):
        front.slips.confirm(ticket.ticket_id)
    clock.instant += timedelta(minutes=31)
    assert spool.claim(front.store, printer="slip") is None
    with pytest.raises(Refused, match="请补打或作废"):
        front.slips.confirm(ticket.ticket_id)


def test_a_void_number_stays_used_and_its_slip_is_not_printed_any_more(front: Front, store: Store) -> None:
    ticket, after = taken(front), taken(front)
    comes_to(front, "queued", "缺纸")
    front.slips.void(ticket.ticket_id, "当事人已离开")
    assert (state(store, ticket), job_states(store, ticket)) == ("cancelled", ["cancelled"])
    assert events(store, ticket)[-1] == ("cancel", "当事人已离开")
    assert comes_to(front, "printed").subject_id == after.ticket_id
    assert [ticket.code, after.code, taken(front).code] == ["B001", "B002", "B003"]
    with pytest.raises(NotUnprinted, match="作废"):
        front.slips.void(ticket.ticket_id, "再来一次")
    with pytest.raises(Refused, match="B001 号作废，不用补打"):
        front.reprint(1, "重打")


def test_only_what_is_unprinted_is_answered_here(front: Front) -> None:
    ticket = taken(front)
    comes_to(front, "printed")
    for deed in (
        lambda: front.slips.reprint(ticket.ticket_id, "重打"),
        lambda: front.slips.void(ticket.ticket_id, "不要了"),
    ):
        with pytest.raises(NotUnprinted):
            deed()
    for missing in (
        lambda: front.slips.reprint(99, "重打"),
        lambda: front.slips.void(99, "不要了"),
        lambda: front.slips.confirm(99),
    ):
        with pytest.raises(Missing, match="请刷新"):
            missing()


def test_reasons_are_given_and_hold_no_numbers(front: Front) -> None:
    ticket = taken(front)
    comes_to(front, "failed")
    with pytest.raises(Refused, match="补打要写原因"):
        front.slips.reprint(ticket.ticket_id, " ")
    with pytest.raises(Refused, match="作废要写原因"):
        front.slips.void(ticket.ticket_id, " ")
    with pytest.raises(ReasonHoldsNumber):
        front.slips.void(ticket.ticket_id, "当事人13900001234")


def test_one_slip_has_one_job(front: Front, store: Store) -> None:
    ticket = taken(front)
    with pytest.raises(Refused, match="排队等打印机，不用补打"):
        front.slips.reprint(ticket.ticket_id, "没有打出来")
    job = claimed(front)
    with pytest.raises(Refused, match="正在打印，不用补打"):
        front.slips.reprint(ticket.ticket_id, "没有打出来")
    with pytest.raises(Refused, match="正在打印，请等几秒"):
        front.slips.void(ticket.ticket_id, "不要了")
    with pytest.raises(Refused, match="正在打印，请等几秒"):
        front.slips.confirm(ticket.ticket_id)
    spool.settle(store, job_id=job.job_id, outcome="unknown")
    front.slips.reprint(ticket.ticket_id, "没有打出来")
    for _ in range(2):
        with pytest.raises(Refused, match="不用补打"):
            front.slips.reprint(ticket.ticket_id, "没有打出来")
        with pytest.raises(Refused, match="不用补打"):
            front.reprint(job.job_id, "没有打出来")


@pytest.mark.both
def test_the_database_itself_takes_no_second_open_job_for_a_ticket(front: Front, store: Store) -> None:
    ticket = taken(front)
    with pytest.raises(IntegrityError), store.work("x", front.actor) as work:
        spool.enqueue(work, printer="slip", subject_kind="ticket", subject_id=ticket.ticket_id, title="x")
        work.audit("x:1")


def test_a_slip_that_waits_at_a_dead_printer_comes_out_where_it_is_asked_for(
    front: Front, other_front: Front, store: Store
) -> None:
    ticket = taken(front)
    comes_to(front, "queued", "打印机连不上")
    other_front.slips.reprint(ticket.ticket_id, "取号机坏了")
    assert spool.claim(store, printer="slip") is None
    assert comes_to(other_front, "printed").subject_id == ticket.ticket_id
    assert state(store, ticket) == "waiting"


def test_a_desk_without_a_printer_has_the_slip_come_out_where_it_was_to(
    front: Front, front_of: Callable[..., Front], other_station: Store, store: Store
) -> None:
    ticket = taken(front)
    comes_to(front, "failed", "缺纸")
    desk = front_of(other_station, front.actor)
    desk.slips.reprint(ticket.ticket_id, "换好纸了")
    with pytest.raises(Refused, match="排队等打印机，不用补打"):
        desk.slips.reprint(ticket.ticket_id, "再来")
    job = comes_to(front, "printed")
    assert (job.subject_id, state(store, ticket)) == (ticket.ticket_id, "waiting")
    desk.reprint(job.job_id, "弄丢了")
    assert comes_to(front, "printed").reprint == 2


def test_after_a_refill_no_old_slip_is_printed(front: Front, store: Store, clock: FixedClock) -> None:
    tickets = [taken(front) for _ in range(5)]
    comes_to(front, "queued", "缺纸")
    clock.instant += timedelta(minutes=31)
    assert spool.claim(store, printer="slip") is None
    assert [(each.code, each.why, each.printing) for each in front.slips.unprinted()] == [
        (ticket.code, "过期未打印", False) for ticket in tickets
    ]
    assert {(state(store, ticket), *job_states(store, ticket)) for ticket in tickets} == {("unprinted", "expired")}
    assert events(store, tickets[0])[-1] == ("misprint", "过期未打印")
    assert front.unsettled_jobs() == ()
    front.slips.reprint(tickets[3].ticket_id, "当事人还在")
    assert comes_to(front, "printed").subject_id == tickets[3].ticket_id
    front.slips.void(tickets[4].ticket_id, "当事人已离开")
    assert [each.code for each in front.slips.unprinted()] == [ticket.code for ticket in tickets[:3]]


def test_a_reprint_expires_like_the_slip_it_repeats(front: Front, store: Store, clock: FixedClock) -> None:
    ticket = taken(front)
    comes_to(front, "failed", "缺纸")
    clock.instant += timedelta(hours=1)
    front.slips.reprint(ticket.ticket_id, "当事人还在")
    clock.instant += timedelta(minutes=29)
    assert comes_to(front, "queued", "缺纸").subject_id == ticket.ticket_id
    clock.instant += timedelta(minutes=1)
    assert spool.claim(store, printer="slip") is None
    assert [each.why for each in front.slips.unprinted()] == ["过期未打印"]
    assert [kind for kind, _ in events(store, ticket)] == ["reserve", "misprint"]


def test_the_slips_of_a_station_that_is_off_expire_through_any_other(
    front: Front, other_front: Front, store: Store, clock: FixedClock
) -> None:
    waiting, sending = taken(front), taken(front)
    front.slips.void(waiting.ticket_id, "不要了")
    late = taken(front)
    claimed(front)
    clock.instant += timedelta(minutes=31)
    assert spool.claim(other_front.store, printer="page") is None
    assert [(each.code, each.why) for each in other_front.slips.unprinted()] == [
        (sending.code, "打印中断"),
        (late.code, "过期未打印"),
    ]
    assert job_states(store, sending) == ["unknown"]


def test_a_slip_being_printed_just_now_is_not_thought_lost(
    front: Front, other_front: Front, store: Store, clock: FixedClock
) -> None:
    ticket = taken(front)
    clock.instant += timedelta(minutes=29)
    job = claimed(front)
    clock.instant += timedelta(minutes=2)
    assert spool.claim(other_front.store, printer="slip") is None
    spool.settle(store, job_id=job.job_id, outcome="printed")
    assert state(store, ticket) == "waiting"


def test_a_ticket_that_ended_with_its_day_is_not_printed_next_morning(
    front: Front, store: Store, clock: FixedClock
) -> None:
    ticket = taken(front)
    clock.instant += timedelta(days=1)
    end_past_days(store)
    assert state(store, ticket) == "unfinished"
    assert spool.claim(store, printer="slip") is None
    assert job_states(store, ticket) == ["expired"]
    assert state(store, ticket) == "unfinished"


def test_a_ticket_that_was_cancelled_elsewhere_is_not_printed(front: Front, store: Store) -> None:
    ticket = taken(front)
    with store.work("x", front.actor) as work:
        work.session.get_one(Ticket, ticket.ticket_id).state = "cancelled"
        work.audit("x:1")
    assert spool.claim(store, printer="slip") is None
    assert job_states(store, ticket) == ["cancelled"]


@pytest.mark.parametrize(("printed", "after"), [(True, "waiting"), (False, "cancelled")])
def test_the_answer_to_a_print_question_holds_for_the_ticket(
    front: Front, store: Store, printed: bool, after: str
) -> None:
    ticket = taken(front)
    job = comes_to(front, "unknown", "打印机断电")
    front.confirm_print(job.job_id, printed=printed)
    assert state(store, ticket) == after


def test_a_live_ticket_lives_on_whatever_becomes_of_its_repetition(front: Front, store: Store) -> None:
    ticket = taken(front)
    job = comes_to(front, "printed")
    front.reprint(job.job_id, "弄丢了")
    again = comes_to(front, "unknown", "打印机断电")
    front.confirm_print(again.job_id, printed=False)
    assert state(store, ticket) == "waiting"
    assert [kind for kind, _ in events(store, ticket)] == ["reserve", "live"]


@pytest.mark.both
def test_the_same_complaint_again_is_no_news(front: Front, store: Store) -> None:
    """A loop that backs off would be woken by its own settlement."""
    taken(front)
    seen = []
    for error in ("缺纸", "缺纸", "上盖未合"):
        before = newest_change(store)
        comes_to(front, "queued", error)
        seen.append(newest_change(store) > before)
    assert seen == [True, False, True]


def test_voiding_while_it_is_settled_ends_in_one_of_both(front: Front, other_front: Front, store: Store) -> None:
    for _ in range(8):
        ticket = taken(front)
        job = claimed(front)
        spool.settle(store, job_id=job.job_id, outcome="unknown")
        with ThreadPoolExecutor(3) as pool:
            deeds = (
                lambda job=job: spool.settle(store, job_id=job.job_id, outcome="printed"),
                lambda ticket=ticket: other_front.slips.void(ticket.ticket_id, "不要了"),
                lambda ticket=ticket: front.slips.confirm(ticket.ticket_id),
            )
            done = list(pool.map(outcome_of, deeds))
        ended = state(store, ticket)
        assert [kind for kind, _ in events(store, ticket)[2:]] == [{"waiting": "live", "cancelled": "cancel"}[ended]]
        assert None in done


def outcome_of(deed: Callable[[], object]) -> HallError | None:
    try:
        deed()
    except HallError as error:
        return error
    return None


def newest_change(store: Store) -> int:
    with store.read() as session:
        return (
            session.scalar(select(ChangeRow.seq).where(ChangeRow.topic == "spool").order_by(ChangeRow.seq.desc())) or 0
        )


def test_two_stations_that_reprint_at_once_make_one_open_job(front: Front, other_front: Front, store: Store) -> None:
    ticket = taken(front)
    comes_to(front, "failed", "缺纸")
    with ThreadPoolExecutor(2) as pool:
        deeds = [lambda desk=desk: desk.slips.reprint(ticket.ticket_id, "重打") for desk in (front, other_front)]
        assert list(pool.map(outcome_of, deeds)) == [None, None]
    assert sorted(job_states(store, ticket)) == ["cancelled", "cancelled", "queued"]


def test_another_halls_slip_is_not_there(front: Front) -> None:
    ticket = taken(front)
    comes_to(front, "unknown")
    with front.store.work("x", front.actor) as work:
        other = Hall(code="north", name="北区大厅", short_name="北城管")
        work.session.add(other)
        work.session.flush()
        for job in work.session.scalars(select(PrintJob)):
            job.hall_id = other.id
        work.audit("x:1")
    with pytest.raises(Missing):
        front.slips.confirm(ticket.ticket_id)


def test_a_manager_answers_for_no_slip(front_of: Callable[..., Front], store: Store, manager: Actor) -> None:
    desk = front_of(store, manager)
    for deed in (
        desk.slips.unprinted,
        lambda: desk.slips.reprint(1, "重打"),
        lambda: desk.slips.confirm(1),
        lambda: desk.slips.void(1, "不要了"),
    ):
        with pytest.raises(NotAuthorised):
            deed()
