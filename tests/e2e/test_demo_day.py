"""`hall demo day`, a small one: real processes on PostgreSQL, and every invariant holds at its end."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import TypedDict

import openpyxl
import pytest
from PIL import Image

from hall.demo import cluster
from hall.demo.day_errands import WORDS
from hall.errors import Unavailable

Completed = subprocess.CompletedProcess[str]

TICKETS, COUNTERS, SECONDS = 40, 3, 20
SCREENS = {"取号", "综合屏", "监控", "窗口", "窗口屏", "导办台"}
FEW_COLOURS, MANY_COLOURS = 100, 5_000_000
# At least of each sort of work; which visitor brings what is the hall's own order.
OFFICE_DEEDS = {
    "dispatched",
    "closed",
    "stall_granted",
    "draw",
    "dossiers_drawn",
    "relief_given",
    "spot_check",
    "bank_file",
}
FEWEST_ERRANDS = 9
DEEDS = {"issue", "check_in", "finish", "skip", "hold", "resume", "preview", "rate", "emergency", "paper_out"}
PATIENCE_S = 60.0

pytestmark = pytest.mark.e2e


class Summary(TypedDict):
    """summary.json, as far as it is looked at here."""

    checks: list[dict[str, object]]
    done: dict[str, int]
    visits: dict[str, int]
    office: dict[str, int]
    released: str
    display_back_after_s: float
    processes: int
    report: dict[str, dict[str, int]]


@pytest.fixture(scope="module")
def played(run_hall: Callable[..., Completed], tmp_path_factory: pytest.TempPathFactory) -> tuple[Completed, Path]:
    """The day, played once, and the folder with what it left."""
    home, out = (tmp_path_factory.mktemp("demo-day") / name for name in ("home", "out"))
    size = ("--tickets", str(TICKETS), "--counters", str(COUNTERS), "--seconds", str(SECONDS))
    return run_hall(home, "demo", "day", *size, "--out", str(out)), out


@pytest.fixture(scope="module")
def summary(played: tuple[Completed, Path]) -> Summary:
    read: Summary = json.loads((played[1] / "summary.json").read_text(encoding="utf-8"))
    return read


def test_the_day_ends_with_its_report_and_everything_holds(played: tuple[Completed, Path], summary: Summary) -> None:
    done, out = played
    assert (done.returncode, done.stderr) == (0, "")
    assert "结论：全部成立。" in done.stdout
    assert "排队日报 2026-11-23" in done.stdout
    assert all(check["good"] for check in summary["checks"])
    assert (out / "report.txt").read_text(encoding="utf-8") in done.stdout
    assert not (out.parent / "home").exists()


def test_everybody_was_there_and_every_kind_of_thing_happened(summary: Summary) -> None:
    # Kiosk, desk, display, the offices, a substitute, and the one that started them.
    assert summary["processes"] == COUNTERS + 6
    assert set(summary["done"]) >= DEEDS
    assert summary["released"]
    assert summary["display_back_after_s"] < 10
    total = summary["report"]["total"]
    assert total["taken"] >= TICKETS
    assert total["taken"] == total["served"] + total["cancelled"] + total["unfinished"]
    assert total["open"] == 0
    assert total["transferred"] > 0
    assert total["unfinished"] > 0
    assert total["inaccurate"] >= 1  # the clerk who went home


def test_visitors_bring_all_kinds_of_errands_and_the_offices_carry_them_on(
    played: tuple[Completed, Path], summary: Summary
) -> None:
    done = summary["visits"]
    assert set(done) <= {*WORDS, "rating"}
    assert len(done) >= FEWEST_ERRANDS
    assert done["rating"] == summary["done"]["rate"]
    assert set(summary["office"]) >= OFFICE_DEEDS
    assert f"{WORDS['permit']} {done['permit']}" in played[0].stdout
    looked_at = " ".join(str(check["what"]) for check in summary["checks"])
    assert "受理通知书" in looked_at
    assert "结余从未为负" in looked_at
    assert "2 次抽签按公布的名单和种子重演" in looked_at


def test_the_day_report_is_there_for_excel(played: tuple[Completed, Path], summary: Summary) -> None:
    book = openpyxl.load_workbook(played[1] / "report.xlsx", read_only=True)
    last = list(book["按时段"].iter_rows(values_only=True))[-1]
    assert last[:2] == ("合计", summary["report"]["total"]["taken"])
    assert (played[1] / "report.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_screen_is_pictured(played: tuple[Completed, Path]) -> None:
    pictures = sorted((played[1] / "screens").glob("*.png"))
    assert [path.stem[:2] for path in pictures] == [f"{number:02}" for number in range(1, len(pictures) + 1)]
    assert {path.stem.split("-")[1] for path in pictures} == SCREENS
    for path in pictures:
        with Image.open(path) as picture:
            colours = picture.convert("RGB").getcolors(MANY_COLOURS)
        assert colours is not None
        assert len(colours) > FEW_COLOURS, path.name


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the user of PostgreSQL may enter, too: pytest's own are private."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_day_that_is_broken_off_leaves_neither_processes_nor_files(open_folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HALL_", "QT_"))}
    small = ("--tickets", str(TICKETS), "--counters", str(COUNTERS), "--seconds", "60")
    with subprocess.Popen(
        [sys.executable, "-m", "hall", "demo", "day", *small],
        env=environment | {"TMPDIR": str(open_folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as playing:
        try:
            begun = open_folder.glob
            waits_for(lambda: any(begun("hall-demo-*/home/log/综合屏.log")))
            others = children_of(playing.pid)
            playing.send_signal(signal.SIGTERM)
            _, said = playing.communicate(timeout=PATIENCE_S)
        finally:
            playing.kill()
    assert (playing.returncode, said) == (130, "")
    assert len(others) >= COUNTERS + 4
    assert not list(open_folder.iterdir())
    waits_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in others))


def test_without_a_server_the_day_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="请安装 PostgreSQL 服务器软件包") as refused, cluster.running_cluster():
        pass
    assert refused.value.exit_status == 3


def test_a_port_that_somebody_took_a_moment_ago_is_not_insisted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    find = cluster._free_port
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = chain([taken.getsockname()[1]], iter(find, None))
        monkeypatch.setattr(cluster, "_free_port", lambda: next(ports))
        with cluster.running_cluster() as running:
            assert running.port != taken.getsockname()[1]
            assert running.admin.execute("SELECT 1").fetchone() == (1,)


def children_of(pid: int) -> list[str]:
    """The processes that a process has started."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def waits_for(fact: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.05)
