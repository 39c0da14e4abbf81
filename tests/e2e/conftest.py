"""Real processes: the program of this environment on homes of its own, its windows under Xvfb, facts from its log."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image, ImageGrab

PASSWORD = "nine-o-clock-the-doors-open"
STAFF = {"clerk": "王测甲", "manager": "李测乙"}
PATIENCE_S = 30.0
LOOK_EVERY_S = 0.01
SCREEN = "1400x1000x24"
CLIENT_MESSAGE = 33


class Cluster(Protocol):
    """See tests/conftest.py."""

    def create(self, database: str, template: str = "template0") -> str: ...

    def drop(self, database: str) -> None: ...


Completed = subprocess.CompletedProcess[str]
Environment = Mapping[str, str]


def environment_of(home: Path, more: Environment) -> dict[str, str]:
    """What a process of this home sees: nothing of the hall or the screen of whoever runs the tests."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HALL_", "QT_")) and name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    return kept | {"HALL_HOME": str(home), "HALL_PASSWORD": PASSWORD} | dict(more)


def run_command(
    home: Path, *words: str, stdin: str = "", environment: Environment | None = None, through: tuple[str, ...] = ()
) -> Completed:
    """One command to its end; `through` is a program that starts it."""
    return subprocess.run(
        [*through, sys.executable, "-m", "hall", *words],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=environment_of(home, environment or {}),
        timeout=90,
        check=False,
    )


def must(done: Completed) -> str:
    """The output of a command that has to work."""
    assert done.returncode == 0, done.stderr
    return done.stdout


def furnish(home: Path, environment: Environment) -> None:
    """From nothing to a hall at work, by the command line: administrator, clerk, manager, catalogue."""
    made = json.loads(
        must(run_command(home, "db", "init", "--json", "--short-name", "莲城管", environment=environment))
    )
    _change_password(home, "admin", made["one_time_password"], environment)
    for role, name in STAFF.items():
        words = ("account", "create", role, "--name", name, "--role", role, "--user", "admin")
        said = must(run_command(home, *words, environment=environment))
        _change_password(home, role, said.strip().rpartition("：")[2], environment)
    must(run_command(home, "import", "catalogue", str(catalogue()), "--user", "admin", environment=environment))


@pytest.fixture(scope="session")
def run_hall() -> Callable[..., Completed]:
    """Runs a command on any home: `run_hall(home, "db", "check", stdin=…, environment=…, through=…)`."""
    return run_command


def _change_password(home: Path, login: str, one_time: str, environment: Environment) -> None:
    passwords = {"HALL_PASSWORD": one_time, "HALL_NEW_PASSWORD": PASSWORD}
    must(run_command(home, "account", "password", "--user", login, environment={**environment, **passwords}))


def catalogue() -> Path:
    """The sample catalogue as it is shipped."""
    return Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "sample.csv"


@pytest.fixture(scope="session")
def furnished_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a furnished SQLite hall, to be copied."""
    home = tmp_path_factory.mktemp("furnished") / "home"
    furnish(home, {})
    return home


@pytest.fixture(scope="session")
def furnished_server(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A furnished hall on PostgreSQL, to be copied: the home with its key, the database's name."""
    home = tmp_path_factory.mktemp("served") / "home"
    furnish(home, {"HALL_DATABASE_URL": cluster.create("hall_served")})
    return home, "hall_served"


@pytest.fixture
def home(furnished_home: Path, tmp_path: Path) -> Path:
    """A furnished hall of one's own: clerk, manager and admin have the same password."""
    return Path(shutil.copytree(furnished_home, tmp_path / "home"))


@pytest.fixture
def hall(home: Path) -> Callable[..., Completed]:
    """Runs a command on the furnished hall: `hall("db", "check", stdin=…, environment=…, through=…)`."""

    def run(*words: str, **how: object) -> Completed:
        return run_command(home, *words, **how)  # type: ignore[arg-type]

    return run


@dataclass(frozen=True, slots=True)
class Fact:
    """What a log line says, and when it was written."""

    at: datetime
    what: Mapping[str, object]


@dataclass(slots=True)
class Log:
    """A station's log, followed to its end."""

    path: Path
    facts: list[Fact] = field(default_factory=list)
    lines: list[dict[str, object]] = field(default_factory=list)
    read: int = 0

    def follow(self) -> None:
        """Take in what is new; a line that is still being written waits."""
        if not self.path.exists():
            return
        text = self.path.read_bytes()[self.read :]
        whole = text[: text.rfind(b"\n") + 1]
        self.read += len(whole)
        for line in whole.decode("utf-8").splitlines():
            entry = json.loads(line)
            self.lines.append(entry)
            if "fact" in entry:
                self.facts.append(Fact(datetime.fromisoformat(entry["at"]), entry["fact"]))

    def until(self, holds: Callable[[Mapping[str, object]], bool]) -> Fact:
        """Wait for a fact, from the first line on."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self.follow()
            for fact in self.facts:
                if holds(fact.what):
                    return fact
            assert time.monotonic() < deadline, f"not in {self.path.name}: {self.facts}"
            time.sleep(LOOK_EVERY_S)

    def until_last(self, holds: Callable[[Mapping[str, object]], bool]) -> None:
        """Wait until the newest fact is such a one."""
        deadline = time.monotonic() + PATIENCE_S
        while not (self.facts and holds(self.facts[-1].what)):
            assert time.monotonic() < deadline, f"not the last in {self.path.name}: {self.facts}"
            time.sleep(LOOK_EVERY_S)
            self.follow()


@dataclass(slots=True)
class Screen:
    """One running `hall open` on a screen of its own, with a keyboard."""

    process: subprocess.Popen[str]
    display: str
    log: Log

    def key(self, *keys: str) -> None:
        """Press keys, by their X names, where the focus is."""
        self._xdotool("key", "--delay", "12", *keys)

    def type(self, text: str) -> None:
        """Type ASCII text, a key every 40 ms (half of what xdotool is told): faster, it would be a scanner's."""
        self._xdotool("type", "--delay", "80", text)

    def face(self, title: str) -> None:
        """Wait for a window with this title and put the focus into it."""
        self._window = self._xdotool("search", "--sync", "--onlyvisible", "--name", title).splitlines()[-1]
        self._xdotool("windowfocus", "--sync", self._window)

    def close(self) -> None:
        """What a window's cross does."""
        ask_to_close(self.display, int(self._window))

    def picture(self) -> Image.Image:
        """The whole screen."""
        return ImageGrab.grab(xdisplay=self.display)

    def end(self) -> tuple[int, str]:
        """Wait for the end: exit status and standard error."""
        _, told = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, told

    _window: str = ""

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=PATIENCE_S,
        )
        return done.stdout


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of X11/Xlib.h, with the room of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("payload", ctypes.c_long * 5),
        ("room", ctypes.c_long * 12),
    )


def ask_to_close(display: str, window: int) -> None:
    """Send WM_DELETE_WINDOW, as a window manager does (older versions of xdotool cannot)."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    opened = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    assert opened.value
    event = _ClientMessage(type=CLIENT_MESSAGE, window=window, format=32)
    event.message_type = x11.XInternAtom(opened, b"WM_PROTOCOLS", 0)
    event.payload[0] = x11.XInternAtom(opened, b"WM_DELETE_WINDOW", 0)
    assert x11.XSendEvent(opened, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
    x11.XCloseDisplay(opened)


def _start_x() -> tuple[subprocess.Popen[bytes], str]:
    """An X server that has chosen a free display."""
    reader, writer = os.pipe()
    words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(words, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as told:
        return server, f":{told.readline().strip()}"


ScreenOpener = Callable[..., Screen]


@pytest.fixture
def open_screen() -> Iterator[ScreenOpener]:
    """Opens a screen in a process of its own: `open_screen("counter", home, HALL_DATABASE_URL=…)`."""
    with ExitStack() as running:

        def start(screen: str, home: Path, station: str, **environment: str) -> Screen:
            server, display = _start_x()
            running.enter_context(server)
            running.callback(server.terminate)
            seen = environment_of(home, {**environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})
            words = [sys.executable, "-m", "hall", "open", screen]
            process = subprocess.Popen(
                words, env=seen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
            )
            running.enter_context(process)
            running.callback(process.kill)
            return Screen(process, display, Log(home / "log" / f"{station}.log"))

        yield start


@pytest.fixture(params=["sqlite", "postgresql"])
def hall_at_work(request: pytest.FixtureRequest, home: Path) -> Iterator[tuple[Path, str]]:
    """A furnished hall on either database: the first station's home, and the database's URL."""
    if request.param == "sqlite":
        yield home, f"sqlite:///{home / 'hall.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    served, template = request.getfixturevalue("furnished_server")
    name = f"hall_{uuid.uuid4().hex}"
    url = cluster.create(name, template)
    yield Path(shutil.copytree(served, home.with_name("served"))), url
    cluster.drop(name)
