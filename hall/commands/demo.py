"""`hall demo`: a scripted visit on a throw-away database, or the launcher with demo data to try by hand."""

import argparse
import os
import tempfile
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without a script and with a screen the launcher opens; otherwise the visit is played."""
    parser.add_argument("script", nargs="?", choices=("visit",), help="按脚本演示一次来访")
    parser.add_argument("--out", type=Path, metavar="DIR", help="把截图、文书、小票和 summary.json 留在这里")


def execute(arguments: argparse.Namespace) -> int:
    """Play, or open; the throw-away database is gone afterwards."""
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or os.name == "nt"
    if not has_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="hall-demo-") as folder:
        if has_screen and arguments.script is None and arguments.out is None:
            from hall.demo.launcher import open_demo

            return open_demo(Path(folder))
        from hall.demo.visit import play_visit

        summary = play_visit(Path(folder), arguments.out)
    for line in summary.lines:
        print(line)
    if arguments.out:
        print(f"截图、文书和小票在 {arguments.out.resolve()}")
    return 0
