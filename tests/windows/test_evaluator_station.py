"""A whole station with an evaluator: threads, change feed, serial line, database; only the finger is ours."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from hall.app.program import Program
from hall.app.station import Station
from hall.devices.simulated.evaluator import SimulatedEvaluator
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.halls import hall_view
from hall.settings import EvaluatorSettings, Settings, StationSettings
from hall.store import Store
from hall.store.schema.ratings import Rating
from tests.loops import RunLoop

PATIENCE_MS = 20_000
COUNTER = 3


@pytest.fixture
def device(tmp_path: Path, run_loop: RunLoop) -> SimulatedEvaluator:
    """An evaluator, answering."""
    simulated = SimulatedEvaluator(tmp_path / "evaluator", mode="development")
    run_loop(simulated.serve)
    return simulated


@pytest.fixture
def station(
    device: SimulatedEvaluator, open_store: Callable[..., Store], sqlite_url: str, home: Path, qapp: QApplication
) -> Iterator[Station]:
    """The station of counter 3, not yet started."""
    settings = Settings(
        home=home,
        mode="development",
        station=StationSettings(name="窗口-3", counter=COUNTER),
        evaluator=EvaluatorSettings(port=device.port),
    )
    running = Station(settings, open_store(sqlite_url, station="窗口-3"))
    yield running
    running.stop()


@pytest.fixture
def clerk(store: Store, actor: Actor, front_of: Callable[[Store, Actor], Front]) -> Front:
    """At another station of the same hall."""
    return front_of(store, actor)


def visit(clerk: Front) -> None:
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_next(COUNTER)
    clerk.calling.finish(COUNTER)


def levels(store: Store) -> list[int]:
    with store.read() as session:
        return list(session.scalars(select(Rating.level).order_by(Rating.id)))


def test_a_visit_is_rated_on_the_device_also_after_it_was_unplugged(
    station: Station, device: SimulatedEvaluator, clerk: Front, qtbot: QtBot, qapp: QApplication
) -> None:
    program = Program(qapp, station, hall_view(clerk.store, clerk.actor))
    qtbot.addWidget(program.open_counter_display(COUNTER))
    station.start()
    qtbot.waitUntil(lambda: station.lamps.last.get("评价器", ("", ""))[0] == "ok", timeout=PATIENCE_MS)
    visit(clerk)
    qtbot.waitUntil(lambda: device.press(5), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: levels(clerk.store) == [5], timeout=PATIENCE_MS)
    device.unplug()
    qtbot.waitUntil(lambda: station.lamps.last["评价器"][0] == "absent", timeout=PATIENCE_MS)
    device.plug()
    visit(clerk)
    qtbot.waitUntil(lambda: device.press(2), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: levels(clerk.store) == [5, 2], timeout=PATIENCE_MS)
    with clerk.store.read() as session:
        assert set(session.scalars(select(Rating.channel))) == {"evaluator"}


def test_an_evaluator_serves_the_counter_opened_last(
    station: Station, clerk: Front, qtbot: QtBot, qapp: QApplication
) -> None:
    program = Program(qapp, station, hall_view(clerk.store, clerk.actor))
    for number in (1, COUNTER):
        qtbot.addWidget(program.open_counter_display(number))
    qtbot.waitUntil(lambda: station.evaluator.wish.frame.command == b"P", timeout=PATIENCE_MS)
    clerk.calling.open_counter(1)
    clerk.calling.open_counter(COUNTER)
    clerk.calling.pause(1, "就餐轮换")
    station.changes.changed.emit(frozenset({("counter", "3")}))
    qtbot.waitUntil(lambda: station.evaluator.wish.frame.command == b"I", timeout=PATIENCE_MS)
