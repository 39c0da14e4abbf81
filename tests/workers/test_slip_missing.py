"""A slip that lacks a character is printed, and the clerk is told which one to write in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.services import spool
from hall.services.front import Front
from hall.settings import SlipPrinterSettings
from hall.store import Store
from hall.workers.slip_printers import slip_ways


@pytest.fixture
def front(
    sqlite_url: str,
    furnish: Callable[[str], None],
    open_store: Callable[[str], Store],
    front_of: Callable[..., Front],
) -> Front:
    """The kiosk of a furnished hall, with a slip printer."""
    furnish(sqlite_url)
    store = open_store(sqlite_url)
    return front_of(store, Actor(7, "王某某", store.hall_id, frozenset({"clerk"})), slip=True)


def printed(store: Store, port: Path) -> tuple[str, str]:
    """What became of the ticket that waits, printed into a file."""
    job = spool.claim(store, printer="slip")
    assert job is not None
    result = slip_ways(store, SlipPrinterSettings(port=f"file:{port}")).print_job(job)
    spool.settle(store, job_id=job.job_id, outcome=result.outcome, error=result.error)
    return result.outcome, result.error


def test_a_character_that_nobody_has_is_told_with_the_printed_slip(
    front: Front, make_card: Callable[..., Card], tmp_path: Path
) -> None:
    store, taking = front.store, front.taking
    taking.issue("XK05", channel="staff", card=make_card(name="张三\U0003fffd"))
    outcome, told = printed(store, tmp_path / "a.bin")
    assert outcome == "printed"
    assert told.startswith("字库中没有下列字符，已用“〓”代替，请核对并手工补写：U+3FFFD。")
    taking.issue("XK05", channel="staff", card=make_card(name="张三明"))
    assert "字库" not in printed(store, tmp_path / "b.bin")[1]
