"""What `hall bench board` starts: the board as `hall open board` shows it, scrolled; says its memory and the rows."""

import importlib
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from hall.services.board_rows import Place
    from hall.windows.board import Board

PAGES = 12


def main() -> None:
    """Do as hall.commands.open does; say the most MiB that the process ever had, and how many rows went by."""
    from hall import settings
    from hall.clock import SystemClock
    from hall.store.opening import open_store

    chosen = settings.load()
    store = open_store(chosen, SystemClock())
    importlib.import_module("hall.services.front")
    from hall.app.program import Program
    from hall.app.station import Station
    from hall.rules.authority import DISPLAY, MANAGER
    from hall.rules.people import Actor
    from hall.windows.kit.application import create_application

    application = create_application(sys.argv)
    station = Station(chosen, store)
    program = Program(application, station, station.station_front(DISPLAY).hall())
    board = program.open_board(Actor(1, "bench", store.hall_id, frozenset({MANAGER})), "bench")
    program.start_soon()
    rows = _scrolled(application, board)
    sys.stdout.write(f"{_most_mib()} {rows}\n")
    station.stop()


def _scrolled(application: "QApplication", board: "Board") -> int:
    """Look at the most urgent, then scroll down the list of all; gives how many rows went by."""
    from hall.bench.exposed import wait_until
    from hall.services.board import MOST_URGENT, PAGE
    from hall.windows.kit import hotkeys

    wait_until(application, partial(_shows, board, MOST_URGENT))
    board.show_tab(hotkeys.SHOW_ALL)
    wait_until(application, partial(_shows, board, PAGE))
    for _ in range(PAGES):
        last = board.list.rows[-1].place
        board.list.table.scrollToBottom()
        wait_until(application, partial(_is_behind, board, last))
    return (PAGES + 1) * PAGE


def _shows(board: "Board", rows: int) -> bool:
    return board.windowHandle().isExposed() and len(board.list.rows) == rows


def _is_behind(board: "Board", last: "Place") -> bool:
    return board.list.rows[-1].place > last


def _most_mib() -> float:
    """The peak of the resident memory, as the system counts it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


if __name__ == "__main__":
    main()
