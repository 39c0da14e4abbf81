"""Two and three stations on one database, each a process with a screen and a keyboard of its own."""

import json
import signal
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image

from hall.resources import resource
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.identity import id_check_digit

MATTER = "XK05"
NUMBER = "99999919880506022"
PASSWORD = "nine-o-clock-the-doors-open"
# PostgreSQL tells at once; SQLite is asked four times a second.
SEEN_WITHIN_S = {"postgresql": 1.0, "sqlite": 0.75}

FEW_COLOURS, MANY_COLOURS = 50, 1_000_000

Completed = subprocess.CompletedProcess[str]
Holds = Callable[[Mapping[str, object]], bool]


class Fact(Protocol):
    """See conftest.py, as for the others."""

    at: datetime
    what: Mapping[str, object]


class Log(Protocol):
    lines: list[dict[str, object]]

    def follow(self) -> None: ...

    def until(self, holds: Holds) -> Fact: ...

    def until_last(self, holds: Holds) -> None: ...


class Process(Protocol):
    def send_signal(self, sig: int) -> None: ...

    def poll(self) -> int | None: ...


class Screen(Protocol):
    log: Log
    process: Process

    def key(self, *keys: str) -> None: ...

    def type(self, text: str) -> None: ...

    def face(self, title: str) -> None: ...

    def close(self) -> None: ...

    def picture(self) -> Image.Image: ...

    def end(self) -> tuple[int, str]: ...


class Hall:
    """The stations of one hall, as they are opened."""

    def __init__(self, home: Path, url: str, open_screen: Callable[..., Screen]) -> None:
        self._home = home
        self._url = url
        self._open_screen = open_screen
        self._key = (home / "hall.key").read_text(encoding="utf-8")
        self.kind = url.partition(":")[0]

    def open(self, screen: str, station: str, counter: int | None = None) -> Screen:
        """A station with a home of its own; the hall's key and database come from its environment."""
        own = self._home.with_name(f"home of {screen}")
        own.mkdir()
        number = f"counter = {counter}\n" if counter else ""
        (own / "hall.toml").write_text(f'[station]\nname = "{station}"\n{number}', encoding="utf-8")
        return self._open_screen(screen, own, station, HALL_KEY=self._key, HALL_DATABASE_URL=self._url)

    def open_counter(self) -> Screen:
        """Counter 3 with its clerk."""
        screen = self.open("counter", "3号窗口", counter=3)
        sign_in(screen, "clerk", "3号窗口")
        screen.log.until(lambda fact: fact.get("screen") == "counter" and fact.get("ticket") is None)
        return screen

    def open_board(self) -> Screen:
        """The manager's board, still empty."""
        screen = self.open("board", "看板")
        sign_in(screen, "manager", "时限看板")
        screen.log.until(lambda fact: fact.get("cases") == [])
        return screen


@pytest.fixture
def stations(hall_at_work: tuple[Path, str], open_screen: Callable[..., Screen]) -> Hall:
    return Hall(*hall_at_work, open_screen)


@pytest.fixture
def command(hall: Callable[..., Completed], hall_at_work: tuple[Path, str]) -> Callable[..., str]:
    """A command at the entrance, a third station; gives what it says."""

    def run(*words: str) -> str:
        home, url = hall_at_work
        key = (home / "hall.key").read_text(encoding="utf-8")
        done = hall(*words, environment={"HALL_DATABASE_URL": url, "HALL_KEY": key, "HALL_STATION": "入口"})
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def take_ticket(command: Callable[..., str]) -> Callable[[], str]:
    """Somebody takes a number; gives its code."""

    def take() -> str:
        return str(json.loads(command("ticket", "issue", "--matter", MATTER, "--user", "clerk", "--json"))["code"])

    return take


def sign_in(screen: Screen, login: str, title: str) -> None:
    """At the sign-in page; then the window itself is in front."""
    screen.face("登录")
    screen.type(login)
    screen.key("Return")
    screen.type(PASSWORD)
    screen.key("Return")
    screen.face(title)


def accept_typed_applicant(screen: Screen) -> None:
    """All on the keyboard: who, nothing of phone and address, every material, accept."""
    screen.type("CESHI DING")
    screen.key("Return")
    screen.type(NUMBER + id_check_digit(NUMBER))
    # Number, telephone, matter; the address is on Tab only.
    screen.key("Return", "Return", "Return")
    text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    (matter,) = (each for each in parse_catalogue(text) if each.code == MATTER)
    for _ in matter.materials:
        screen.key("space", "Return")
    screen.key("ctrl+Return")


def shows(code: str) -> Holds:
    return lambda fact: code in json.dumps(fact, ensure_ascii=False)


def finish(counter: Screen) -> None:
    """办结: a counter that is free closes without a question."""
    counter.key("F8")
    counter.log.until_last(lambda fact: fact.get("ticket", "") is None)


def assert_left_in_peace(screen: Screen) -> None:
    """Exit status 0, nothing said, nothing worse than information in the log."""
    assert screen.end() == (0, "")
    screen.log.follow()
    assert [line for line in screen.log.lines if line["level"] in ("ERROR", "CRITICAL")] == []


@pytest.mark.e2e
def test_what_a_counter_does_is_on_the_other_screens_at_once(
    stations: Hall, command: Callable[..., str], take_ticket: Callable[[], str]
) -> None:
    display = stations.open("display", "综合屏")
    board = stations.open_board()
    code = take_ticket()
    counter = stations.open_counter()
    counter.key("F2")
    called = counter.log.until(lambda fact: fact.get("ticket") == code)
    shown = display.log.until(shows(f"{code} → 3号窗口"))
    assert (shown.at - called.at).total_seconds() < SEEN_WITHIN_S[stations.kind]
    accept_typed_applicant(counter)
    accepted = counter.log.until(lambda fact: "accepted" in fact)
    listed = board.log.until(shows(str(accepted.what["accepted"])))
    assert (listed.at - accepted.at).total_seconds() < SEEN_WITHIN_S[stations.kind]
    for screen in (display, board, counter):
        colours = screen.picture().convert("RGB").getcolors(MANY_COLOURS)
        assert colours is not None
        assert len(colours) > FEW_COLOURS
    display.face("综合屏")
    finish(counter)
    for screen in (counter, board, display):
        screen.close()
        assert_left_in_peace(screen)
    for kind in ("audit", "data"):
        assert json.loads(command("verify", kind, "--json")) == {"ok": True, "problems": []}


@pytest.mark.e2e
@pytest.mark.parametrize("hall_at_work", ["postgresql"], indirect=True)
def test_a_station_that_dies_takes_no_other_along(stations: Hall, take_ticket: Callable[[], str]) -> None:
    code = take_ticket()
    display = stations.open("display", "综合屏")
    counter = stations.open_counter()
    display.log.until(lambda fact: fact.get("calls") == [])
    display.process.send_signal(signal.SIGKILL)
    assert display.end()[0] == -signal.SIGKILL
    counter.key("F2")
    counter.log.until(lambda fact: fact.get("ticket") == code)
    assert counter.process.poll() is None
    finish(counter)
    counter.close()
    assert_left_in_peace(counter)


@pytest.mark.e2e
@pytest.mark.parametrize("hall_at_work", ["sqlite"], indirect=True)
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_station_that_is_told_to_end_leaves_in_peace(stations: Hall, sent: signal.Signals) -> None:
    display = stations.open("display", "综合屏")
    display.log.until(lambda fact: fact.get("calls") == [])
    display.process.send_signal(sent)
    assert_left_in_peace(display)
