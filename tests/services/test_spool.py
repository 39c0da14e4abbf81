"""The print spool: at least once, duplicates visible, nothing sent again by itself after the first byte."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.errors import Missing, Refused
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services import spool
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.persons import ReasonHoldsNumber
from hall.services.spool import JobView, Outcome
from hall.store import Store
from hall.store.schema.halls import Hall
from hall.store.schema.printing import PrintJob
from hall.store.schema.trail import AuditRow


@pytest.fixture
def front(front_of: Callable[..., Front], store: Store, actor: Actor) -> Front:
    """The clerk at station-1, which prints slips."""
    return front_of(store, actor, slip=True)


@pytest.fixture
def other_front(front_of: Callable[..., Front], other_station: Store, actor_with: Callable[..., Actor]) -> Front:
    """Another clerk at station-2, which prints slips too."""
    return front_of(other_station, actor_with("clerk", account_id=17, name="赵六和"), slip=True)


def queued(front: Front) -> JobView:
    """A ticket's slip in the spool of the front's station."""
    front.taking.issue("XK05", channel="staff")
    return front.unsettled_jobs()[-1]


def claimed(front: Front) -> JobView:
    queued(front)
    job = spool.claim(front.store, printer="slip")
    assert job is not None
    return job


def left_as(front: Front, outcome: Outcome, error: str = "") -> JobView:
    job = claimed(front)
    spool.settle(front.store, job_id=job.job_id, outcome=outcome, error=error)
    return job


def record(store: Store, job_id: int) -> PrintJob:
    with store.read() as session:
        return session.get_one(PrintJob, job_id)


@pytest.mark.both
def test_jobs_are_claimed_oldest_first_and_once(front: Front) -> None:
    jobs = [queued(front), queued(front)]
    taken = [spool.claim(front.store, printer="slip") for _ in range(3)]
    assert [each.job_id for each in taken if each] == [job.job_id for job in jobs]
    assert taken[2] is None
    assert [(each.state, each.attempts, each.reprint) for each in taken if each] == [("sending", 1, 0)] * 2


@pytest.mark.both
def test_looking_into_an_empty_spool_leaves_no_trace(store: Store) -> None:
    with store.read() as session:
        before = session.scalar(select(func.count()).select_from(AuditRow))
        assert spool.claim(store, printer="slip") is None
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == before


def test_a_job_belongs_to_the_station_and_printer_it_was_made_for(
    front: Front, other_station: Store, make_application: Callable[..., Application]
) -> None:
    front.intake.accept(make_application())
    assert spool.claim(other_station, printer="slip") is None
    slip, page = (spool.claim(front.store, printer=each) for each in ("slip", "page"))
    assert slip is not None
    assert page is not None
    assert (slip.subject_kind, slip.title) == ("document", "收件凭证 莲城管许收〔2026〕1号")
    assert page.title == "受理通知书 莲城管许受〔2026〕1号"


def test_two_loops_never_claim_the_same_job(front: Front) -> None:
    for _ in range(6):
        queued(front)
    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(lambda _: spool.claim(front.store, printer="slip"), range(9)))
    numbers = [job.job_id for job in taken if job]
    assert len(numbers) == len(set(numbers))


def test_a_printed_job_is_done(front: Front, clock: FixedClock) -> None:
    job = left_as(front, "printed")
    done = record(front.store, job.job_id)
    assert (done.state, done.attempts, done.finished_at) == ("printed", 1, clock.instant)
    assert front.unsettled_jobs() == ()


def test_before_the_first_byte_a_job_goes_back_and_nothing_is_counted(front: Front) -> None:
    job = left_as(front, "queued", "缺纸")
    again = front.unsettled_jobs()
    assert [(each.job_id, each.state, each.attempts, each.last_error) for each in again] == [
        (job.job_id, "queued", 0, "缺纸")
    ]
    assert spool.claim(front.store, printer="slip") == replace(job, last_error="缺纸")


def test_only_a_job_that_is_being_sent_is_settled(front: Front, other_station: Store) -> None:
    job = queued(front)
    with pytest.raises(Missing, match="不在发送中"):
        spool.settle(front.store, job_id=job.job_id, outcome="printed")
    spool.claim(front.store, printer="slip")
    with pytest.raises(Missing):
        spool.settle(other_station, job_id=job.job_id, outcome="printed")
    spool.settle(front.store, job_id=job.job_id, outcome="printed")
    with pytest.raises(Missing):
        spool.settle(front.store, job_id=job.job_id, outcome="unknown")
    assert record(front.store, job.job_id).state == "printed"


def test_what_was_being_sent_when_the_program_died_is_offered_and_never_repeated(
    front: Front, other_station: Store
) -> None:
    job = claimed(front)
    waiting = queued(front)
    assert spool.mark_interrupted(other_station) == ()
    assert [each.job_id for each in spool.mark_interrupted(front.store)] == [job.job_id]
    assert spool.mark_interrupted(front.store) == ()
    asked = front.unsettled_jobs()
    assert [(each.job_id, each.state) for each in asked] == [(job.job_id, "unknown"), (waiting.job_id, "queued")]
    assert asked[0].last_error == "上次打印中断"
    taken = spool.claim(front.store, printer="slip")
    assert taken is not None
    assert taken.job_id == waiting.job_id


@pytest.mark.parametrize("outcome", ["unknown", "failed"])
@pytest.mark.parametrize(("printed", "state"), [(True, "printed"), (False, "cancelled")])
def test_the_operator_answers_what_became_of_it(front: Front, outcome: Outcome, printed: bool, state: str) -> None:
    job = left_as(front, outcome, "打印机断电")
    assert [each.state for each in front.unsettled_jobs()] == [outcome]
    front.confirm_print(job.job_id, printed=printed)
    assert record(front.store, job.job_id).state == state
    assert front.unsettled_jobs() == ()
    with pytest.raises(Missing, match="没有等待答复"):
        front.confirm_print(job.job_id, printed=printed)


def test_a_reprint_is_counted_and_keeps_its_subject(front: Front) -> None:
    job = left_as(front, "printed")
    for count in (1, 2):
        front.reprint(job.job_id, " 缺纸未打出 ")
        again = spool.claim(front.store, printer="slip")
        assert again is not None
        assert (again.reprint, again.subject_id, again.title) == (count, job.subject_id, job.title)
        assert record(front.store, again.job_id).reason == "缺纸未打出"
        spool.settle(front.store, job_id=again.job_id, outcome="printed")


@pytest.mark.parametrize("outcome", ["unknown", "failed"])
def test_a_reprint_answers_an_open_question(front: Front, outcome: Outcome) -> None:
    job = left_as(front, outcome)
    new = front.reprint(job.job_id, "没有打出来")
    assert [each.job_id for each in front.unsettled_jobs()] == [new]
    assert record(front.store, job.job_id).state == "cancelled"


def test_two_stations_reprinting_one_paper_give_it_different_counts(front: Front, other_front: Front) -> None:
    first = left_as(front, "printed")
    second_id = front.reprint(first.job_id, "重打")
    spool.claim(front.store, printer="slip")
    spool.settle(front.store, job_id=second_id, outcome="printed")
    with ThreadPoolExecutor(2) as pool:
        pairs = ((front, first.job_id), (other_front, second_id))
        made = list(pool.map(lambda pair: pair[0].reprint(pair[1], "重打"), pairs))
    assert sorted(record(front.store, each).reprint for each in made) == [2, 3]


def test_a_reprint_comes_out_where_it_was_asked_for(front: Front, other_front: Front) -> None:
    job = left_as(front, "printed")
    new = other_front.reprint(job.job_id, "换一台打印机")
    assert [each.job_id for each in other_front.unsettled_jobs()] == [new]
    assert front.unsettled_jobs() == ()


def test_the_newest_job_of_a_document_is_the_one_to_print_again(
    front: Front, make_application: Callable[..., Application]
) -> None:
    accepted = front.intake.accept(make_application())
    first = front.last_job(accepted.receipt_document)
    assert (first.subject_kind, first.title) == ("document", f"收件凭证 {accepted.receipt_number}")
    spool.claim(front.store, printer="slip")
    spool.settle(front.store, job_id=first.job_id, outcome="printed")
    again = front.reprint(first.job_id, "缺纸未打出")
    assert front.last_job(accepted.receipt_document).job_id == again
    with pytest.raises(Missing, match="没有打印过"):
        front.last_job(accepted.acceptance_document + 1)


def test_who_may_not_print_slips_of_tickets_may_still_have_a_document_printed_again(
    front: Front, manager_front: Front, make_application: Callable[..., Application]
) -> None:
    accepted = front.intake.accept(make_application())
    for printer in ("slip", "page"):
        job = spool.claim(front.store, printer=printer)
        assert job is not None
        spool.settle(front.store, job_id=job.job_id, outcome="printed")
    again = manager_front.reprint_document(accepted.acceptance_document, "存档需要")
    assert manager_front.last_job(accepted.acceptance_document).job_id == again
    assert manager_front.board_desk.print_one(accepted.receipt_document, "存档需要")
    assert front.last_job(accepted.receipt_document).reprint == 1
    with pytest.raises(Missing, match="没有打印过"):
        manager_front.reprint_document(10**6, "存档需要")


def test_a_reprint_takes_a_reason_without_numbers(front: Front) -> None:
    job = left_as(front, "printed")
    with pytest.raises(Refused, match="补打要写原因"):
        front.reprint(job.job_id, "  ")
    with pytest.raises(ReasonHoldsNumber):
        front.reprint(job.job_id, "当事人13900001234要求")


def test_what_still_waits_for_the_printer_is_not_reprinted(front: Front) -> None:
    job = queued(front)
    with pytest.raises(Refused, match="排队等打印机，不用补打"):
        front.reprint(job.job_id, "没有打出来")
    spool.claim(front.store, printer="slip")
    with pytest.raises(Refused, match="正在打印，不用补打"):
        front.reprint(job.job_id, "没有打出来")


def test_another_halls_job_is_not_there(front: Front, other_front: Front) -> None:
    job = left_as(front, "unknown")
    with front.store.work("x", front.actor) as work:
        other = Hall(code="north", name="北区大厅", short_name="北城管")
        work.session.add(other)
        work.session.flush()
        work.session.get_one(PrintJob, job.job_id).hall_id = other.id
        work.audit("x:1")
    with pytest.raises(Missing):
        front.reprint(job.job_id, "重打")
    with pytest.raises(Missing):
        front.confirm_print(job.job_id, printed=True)
    with pytest.raises(Missing):
        front.reprint(job.job_id + 99, "重打")


def test_a_reviewer_prints_no_tickets(
    front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor]
) -> None:
    desk = front_of(store, actor_with("reviewer"))
    for deed in (
        desk.unsettled_jobs,
        lambda: desk.reprint(1, "重打"),
        lambda: desk.confirm_print(1, printed=True),
    ):
        with pytest.raises(NotAuthorised):
            deed()


def handed_over(front: Front, handle: str = "17") -> JobView:
    """A slip that a print queue has taken."""
    job = claimed(front)
    spool.submitted(front.store, job_id=job.job_id, handle=handle, device="queue:slips")
    return spool.followed(front.store, printer="slip")[-1]


def test_every_job_has_a_name_of_its_own_which_ends_its_title_in_a_queue(front: Front) -> None:
    first, second = queued(front), queued(front)
    assert first.spool_id != second.spool_id
    assert first.queue_title == f"{first.title} #{first.spool_id}"
    assert replace(first, reprint=2).queue_title == f"{first.title} 补打2 #{first.spool_id}"


def test_what_a_queue_has_taken_is_followed_and_never_claimed_again(front: Front, other_station: Store) -> None:
    job = handed_over(front)
    assert (job.state, job.handle, job.device, job.attempts) == ("submitted", "17", "queue:slips", 1)
    assert spool.claim(front.store, printer="slip") is None
    assert spool.followed(other_station, printer="slip") == ()
    assert spool.followed(front.store, printer="page") == ()
    with pytest.raises(Missing):
        spool.submitted(front.store, job_id=job.job_id, handle="18")
    spool.settle(front.store, job_id=job.job_id, outcome="submitted", error="缺纸")
    assert [(each.state, each.last_error) for each in front.unsettled_jobs()] == [("submitted", "缺纸")]
    spool.settle(front.store, job_id=job.job_id, outcome="printed")
    assert spool.followed(front.store, printer="slip") == ()
    assert record(front.store, job.job_id).device == "queue:slips"


@pytest.mark.parametrize(("outcome", "state"), [("queued", "unknown"), ("unmade", "failed"), ("unknown", "unknown")])
def test_what_a_queue_has_taken_never_goes_back_to_be_sent_again(front: Front, outcome: Outcome, state: str) -> None:
    job = handed_over(front)
    spool.settle(front.store, job_id=job.job_id, outcome=outcome, error="x")
    assert record(front.store, job.job_id).state == state
    assert spool.claim(front.store, printer="slip") is None


def test_after_a_restart_what_a_queue_has_taken_is_followed_by_its_name(front: Front) -> None:
    job, sending = handed_over(front), claimed(front)
    assert spool.mark_interrupted(front.store, queues=("slip",)) == ()
    assert [(each.spool_id, each.handle) for each in spool.followed(front.store, printer="slip")] == [
        (job.spool_id, "17"),
        (sending.spool_id, ""),
    ]
    assert spool.claim(front.store, printer="slip") is None


def test_a_slip_with_a_queue_is_not_reprinted_while_it_is_there(front: Front, other_front: Front) -> None:
    job = handed_over(front)
    for each in (front, other_front):
        with pytest.raises(Refused, match="已交打印队列，不用补打"):
            each.reprint(job.job_id, "没有打出来")


def test_a_job_that_cannot_be_made_lets_others_pass_and_is_parked_the_third_time(
    front: Front, clock: FixedClock
) -> None:
    bad = queued(front)
    for times in range(1, spool.MOST_FAILURES + 1):
        good = queued(front)
        taken = spool.claim(front.store, printer="slip")
        assert taken is not None
        assert taken.job_id == bad.job_id
        spool.settle(front.store, job_id=bad.job_id, outcome="unmade", error="缺字")
        assert record(front.store, bad.job_id).failures == times
        assert record(front.store, bad.job_id).attempts == 0
        passed = spool.claim(front.store, printer="slip")
        assert passed is not None
        assert passed.job_id == good.job_id
        spool.settle(front.store, job_id=good.job_id, outcome="printed")
        assert spool.claim(front.store, printer="slip") is None
        clock.instant += spool.ASIDE
    assert [(each.job_id, each.state, each.last_error) for each in front.unsettled_jobs()] == [
        (bad.job_id, "failed", "缺字")
    ]


def test_a_printer_that_is_not_ready_is_no_failure_of_the_job(front: Front) -> None:
    job = queued(front)
    for _ in range(spool.MOST_FAILURES + 1):
        spool.claim(front.store, printer="slip")
        spool.settle(front.store, job_id=job.job_id, outcome="queued", error="缺纸")
    kept = record(front.store, job.job_id)
    assert (kept.state, kept.failures, kept.attempts) == ("queued", 0, 0)
