"""`hall` and `hall open`: the launcher, or one screen of this station."""

import argparse

SCREENS = ("kiosk", "counter", "display", "board")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which screen; without one the launcher asks."""
    parser.add_argument("screen", nargs="?", choices=SCREENS, help="要打开的界面，不写则先选")


def execute(arguments: argparse.Namespace) -> int:
    """Open the store first: a database that cannot be used is a sentence, not a window."""
    from hall import settings
    from hall.app.program import run_program
    from hall.clock import SystemClock
    from hall.store.opening import open_store

    chosen = settings.load()
    return run_program(chosen, open_store(chosen, SystemClock()), screen=arguments.screen)
