"""`hall printer`: a refill and what is left, as sentences and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.commands.line import run
from hall.services.accounts import create_first_administrator
from hall.store import Store
from hall.store.secrets import KeyRing

NEW = "九点开门的一站式服务大厅"


@pytest.fixture
def said(
    sqlite_url: str,
    open_store: Callable[..., Store],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    clock: FixedClock,
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command as the administrator at station-1: status, output, errors."""
    KeyRing.create(tmp_path)
    monkeypatch.setattr("hall.clock.SystemClock", lambda: clock)
    for name, value in {
        "HALL_HOME": str(tmp_path),
        "HALL_DATABASE_URL": sqlite_url,
        "HALL_STATION": "station-1",
        "HALL_PASSWORD": create_first_administrator(open_store(sqlite_url)),
        "HALL_NEW_PASSWORD": NEW,
    }.items():
        monkeypatch.setenv(name, value)
    assert run(["account", "password", "--user", "admin"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    capsys.readouterr()

    def run_it(*words: str) -> tuple[int, str, str]:
        status = run([*words, "--user", "admin"])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run_it


def test_paper_is_not_counted_before_the_first_refill(said: Callable[..., tuple[int, str, str]]) -> None:
    assert said("printer", "paper") == (0, "没有登记过换纸，各小票打印机不计张数。\n", "")
    assert said("printer", "paper", "--json") == (0, "[]\n", "")


def test_a_refill_says_what_is_there_now(said: Callable[..., tuple[int, str, str]]) -> None:
    assert said("printer", "refill", "480") == (0, "station-1：约剩 480 张。\n", "")
    (level,) = json.loads(said("printer", "paper", "--json")[1])
    assert (level["station"], level["left"], level["alarm_at"]) == ("station-1", 480, 50)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("0",), "应在 1 到 20000 之间"), (("100", "--station", "取号机"), "没有名为“取号机”的工作站")],
)
def test_a_refill_that_cannot_be_is_refused(
    said: Callable[..., tuple[int, str, str]], words: tuple[str, ...], sentence: str
) -> None:
    status, _, errors = said("printer", "refill", *words)
    assert status == 1
    assert sentence in errors
