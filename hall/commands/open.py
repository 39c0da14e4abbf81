"""`hall` and `hall open`: the launcher, or one screen of this station."""

import argparse
import gc
import importlib

from hall.app.page_windows import PAGE_WINDOWS

SCREENS = (
    "kiosk",
    "counter",
    "guide",
    "desk",
    "display",
    "monitor",
    "board",
    "report",
    "supervision",
    *(each.code for each in PAGE_WINDOWS),
    "admin",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which screen; without one the launcher asks."""
    parser.add_argument("screen", nargs="?", choices=SCREENS, help="要打开的界面，不写则先选")
    parser.add_argument("--wall", action="store_true", help="看板直接以大屏显示（只用于 board）")


def execute(arguments: argparse.Namespace) -> int:
    """Open the store first: a database that cannot be used is a sentence, not a window.

    The services come before Qt, whose hook makes every later import a third slower; the garbage collector, which
    would look through all that is being loaded, waits until the window is there (Program.start_soon).
    """
    gc.disable()
    from hall import settings
    from hall.clock import SystemClock
    from hall.store.opening import open_store

    chosen = settings.load()
    store = open_store(chosen, SystemClock())
    importlib.import_module("hall.services.front")
    from hall.app.program import run_program

    return run_program(
        chosen, store, screen=arguments.screen or ("board" if arguments.wall else None), wall=arguments.wall
    )
