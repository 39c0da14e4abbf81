"""Whoever looks after printing sees what waits, why, where, and what was printed by which printer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hall.clock import FixedClock
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services import print_jobs, spool
from hall.services.front import Front
from hall.services.spool import Outcome
from hall.store import Store


@pytest.fixture
def front(front_of: Callable[..., Front], store: Store, actor: Actor) -> Front:
    """The clerk at station-1, which prints slips."""
    return front_of(store, actor, slip=True)


def test_a_manager_sees_the_jobs_of_every_station_and_a_clerk_those_of_his_own(
    front: Front, other_front: Front, store: Store, actor: Actor, *, manager: Actor, administrator: Actor
) -> None:
    front.print_guide("XK05")
    other_front.print_guide("XK05")
    of_clerk = print_jobs.open_jobs(store, actor)
    assert [line.here for line in of_clerk] == [True]
    for who in (manager, administrator):
        of_hall = print_jobs.open_jobs(store, who)
        assert [line.here for line in of_hall] == [True, False]
        assert len({line.station for line in of_hall}) == 2


def test_a_job_says_why_it_waits_and_when_it_asks(front: Front, store: Store, actor: Actor) -> None:
    front.print_guide("XK05")
    outcomes: tuple[tuple[Outcome, bool], ...] = (("queued", False), ("unknown", True))
    for outcome, asking in outcomes:
        job = spool.claim(store, printer="slip")
        assert job is not None
        spool.settle(store, job_id=job.job_id, outcome=outcome, error="小票打印机 缺纸")
        (line,) = print_jobs.open_jobs(store, actor)
        assert (line.job.last_error, line.asking, line.ended) == ("小票打印机 缺纸", asking, False)


@pytest.mark.both
def test_what_is_out_names_its_printer_and_a_reprint_its_reason(
    front: Front, store: Store, actor: Actor, clock: FixedClock
) -> None:
    first = front.print_guide("XK05")
    for _ in range(2):
        job = spool.claim(store, printer="slip")
        assert job is not None
        spool.settle(store, job_id=job.job_id, outcome="printed", device="tcp://10.0.0.9")
        if job.job_id == first:
            front.reprint(first, "卡纸")
    assert print_jobs.open_jobs(store, actor) == ()
    again, before = print_jobs.ended_jobs(store, actor)
    assert (again.job.reprint, again.reason, again.job.device) == (1, "卡纸", "tcp://10.0.0.9")
    assert (before.job.job_id, before.ended) == (first, True)
    clock.instant += timedelta(days=1)
    assert print_jobs.ended_jobs(store, actor) == ()


def test_a_reviewer_does_not_see_them(store: Store, actor_with: Callable[..., Actor]) -> None:
    with pytest.raises(NotAuthorised):
        print_jobs.open_jobs(store, actor_with("reviewer"))
