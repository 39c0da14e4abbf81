"""Draws the board and the wallboard on a hall with cases: python tests/windows/board_gallery.py FOLDER [CASES OPEN]"""

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QWidget

from hall.bench.ground import lay_ground
from hall.bench.many_cases import fill_cases
from hall.clock import HALL_ZONE, FixedClock
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.store import Store, migrate
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.board import Board
from hall.windows.kit import hotkeys
from hall.windows.kit.application import create_application
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed

NOW = datetime(2026, 11, 24, 9, 42, tzinfo=HALL_ZONE)
SIZES = ((1180, 680), (1366, 768), (1920, 1080))


def furnished(home: Path, cases: int, open_cases: int) -> Store:
    """A hall with so many cases of nobody."""
    engine, ring, clock = open_engine(f"sqlite:///{home / 'hall.db'}"), KeyRing.new(), FixedClock(NOW)
    migrate.initialise(engine)
    lay_ground(engine, ring, hall_code="main", counters=4)
    store = Store(engine, clock=clock, station="board", hall_code="main", key_ring=ring)
    fill_cases(store, cases=cases, open_cases=open_cases)
    return store


def main(folder: Path, cases: int, open_cases: int) -> None:
    application = create_application(["gallery"])
    folder.mkdir(parents=True, exist_ok=True)

    def draw(window: QWidget, name: str) -> None:
        for width, height in SIZES:
            window.resize(width, height)
            for _ in range(3):
                application.processEvents()
            window.grab().save(str(folder / f"{name}-{width}.png"))

    with tempfile.TemporaryDirectory() as home:
        store = furnished(Path(home), cases, open_cases)
        actor = Actor(1, "王主任", store.hall_id, frozenset({"manager"}))
        front = Front(store, actor, Path(home), queue_policy(Path(home)))
        board = Board(front, InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        board.show()
        draw(board, "urgent")
        board.show_tab(hotkeys.SHOW_ALL)
        board.list.table.selectRow(2)
        draw(board, "all")
        board.sheet.bars.bars.chosen.emit(board.sheet.bars.bars.bars[0].key)
        draw(board, "department")
        board._why()
        draw(board, "why")
        board._back()
        board.filters.ask()
        draw(board, "filter")
        board._back()
        board.deeds.ask_supervise(board.list.table.selected_rows)
        draw(board, "supervise")
        board._back()
        board.show_tab(hotkeys.SHOW_MINE)
        draw(board, "mine")
        board.wall.open()
        wall = board.wall.wall
        assert wall is not None
        for page in range(1, 4):
            draw(wall, f"wall-{page}")
            wall.turn()
        wall.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(each) for each in sys.argv[2:] or ("20000", "1284")))
