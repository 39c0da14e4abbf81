"""Whatever is broken or absurd: a Chinese sentence, the right exit status, no traceback, and nothing is lost."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from hall.resources import resource
from hall.settings import Settings
from hall.store.integrity import verify_data
from hall.store.opening import checking_session
from hall.store.schema.queueing import Ticket
from hall.store.verify import verify_audit

Completed = subprocess.CompletedProcess[str]
Hall = Callable[..., Completed]

CLERK = ("--user", "clerk")
ADMIN = ("--user", "admin")
ISSUE = ("ticket", "issue", "--matter", "XK05", *CLERK)
DUE_LINE = '{"id": "A01", "rule": "permit.decision", "start": "2026-02-10"}\n'
SAMPLE = resource("catalogue/sample.csv").read_bytes()
HOLIDAYS = resource("calendar/2026.csv").read_bytes()
# Root may write everywhere, unless it gives that up.
WITHOUT_PRIVILEGE = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()

pytestmark = pytest.mark.e2e


def told(done: Completed, status: int) -> str:
    """The sentence, which is all that is said."""
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(r"[\u4e00-\u9fff]{4}", done.stderr), done.stderr
    return done.stderr


def in_shell(script: str) -> tuple[str, ...]:
    """Starts a command as "$@" of a script."""
    return ("bash", "-o", "pipefail", "-c", script, "bash")


@pytest.fixture
def held(hall: Hall, home: Path) -> Iterator[str]:
    """One person waits; after the attack that one still does, nobody else does, and the data are sound."""
    assert hall(*ISSUE).returncode == 0
    yield "B001"
    with checking_session(Settings(home=home)) as session:
        assert session.scalars(select(Ticket.sequence).where(Ticket.state == "waiting")).all() == [1]
        assert [*verify_audit(session), *verify_data(session)] == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, where this computer lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("nothing can be mounted here; the limit of a file's size is tested instead")
    yield disk
    subprocess.run(["umount", str(disk)], timeout=60, check=True)


@pytest.mark.parametrize(
    "words",
    [("db", "check"), ("db", "backup", "copy"), ("db", "upgrade"), ISSUE, ("verify", "data"), ("due",), ("open",)],
    ids=" ".join,
)
def test_a_file_that_is_no_database_is_left_alone(hall: Hall, home: Path, words: tuple[str, ...]) -> None:
    junk = bytes(range(256)) * 40
    (home / "hall.db").write_bytes(junk)
    assert "没有改动它" in told(hall(*words, stdin=DUE_LINE), 4)
    assert (home / "hall.db").read_bytes() == junk


@pytest.mark.usefixtures("held")
def test_a_database_newer_than_the_program_is_not_touched(hall: Hall, home: Path, tmp_path: Path) -> None:
    def set_version(version: str) -> str:
        with closing(sqlite3.connect(home / "hall.db", isolation_level=None)) as connection:
            (before,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
            return str(before)

    before = set_version("9999")
    for words in (("db", "check"), ("db", "upgrade"), ("db", "backup", str(tmp_path / "copy")), ISSUE, ("open",)):
        assert "9999" in told(hall(*words), 4)
    set_version(before)


@pytest.mark.usefixtures("held")
def test_without_the_key_nothing_is_written(hall: Hall, home: Path) -> None:
    key = home / "hall.key"
    key.rename(home / "away")
    assert "hall.key" in told(hall(*ISSUE), 4)
    assert "已经建立过" in told(hall("db", "init"), 1)
    assert not key.exists()
    assert "HALL_KEY" in told(hall(*ISSUE, environment={"HALL_KEY": "index:0:0"}), 4)
    (home / "away").rename(key)
    key.chmod(0o644)
    assert f"chmod 600 {key}" in told(hall(*ISSUE), 1)
    key.chmod(0o600)


def test_a_full_disk_loses_nothing(run_hall: Hall, furnished_home: Path, small_disk: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(furnished_home, small_disk / "home"))
    assert run_hall(home, *ISSUE).returncode == 0
    with (small_disk / "fill").open("wb", buffering=0) as fill, pytest.raises(OSError, match="No space left"):
        while True:
            fill.write(bytes(4096))
    for words in (
        ISSUE,
        ("db", "backup", str(small_disk / "copy")),
        ("db", "restore", str(furnished_home / "hall.db")),
    ):
        assert "已满" in told(run_hall(home, *words), 3)
    assert not list(small_disk.glob("copy*"))
    assert not list(home.glob("*.restoring"))
    (small_disk / "fill").unlink()
    assert run_hall(home, *ISSUE).stdout.startswith("B002 号")
    for kind in ("audit", "data"):
        assert run_hall(home, "verify", kind).returncode == 0


@pytest.mark.usefixtures("held")
def test_a_file_that_cannot_grow_loses_nothing(hall: Hall, tmp_path: Path) -> None:
    limited = ("prlimit", "--fsize=4096")
    told(hall(*ISSUE, through=limited), 3)
    told(hall("db", "backup", str(tmp_path / "copy"), through=limited), 3)
    assert not list(tmp_path.glob("copy*"))


@pytest.mark.usefixtures("held")
def test_output_that_cannot_be_written_is_said(hall: Hall) -> None:
    full = in_shell('"$@" > /dev/full')
    for words in (("ticket", "list", "--json", *CLERK), ("db", "check"), ("due",)):
        assert "输出或者设备不能读写" in told(hall(*words, through=full, stdin=DUE_LINE), 3)


@pytest.mark.parametrize(
    "words", [("db", "check"), ("db", "backup", "copy"), ISSUE, ("due",), ("verify", "audit"), ("open",)], ids=" ".join
)
def test_a_database_server_that_is_away_is_status_3_and_its_password_is_not_told(
    hall: Hall, words: tuple[str, ...]
) -> None:
    with socket.socket() as probe:  # bound and not listening: nobody else gets the port
        probe.bind(("127.0.0.1", 0))
        url = f"postgresql://hall:not-to-be-told@127.0.0.1:{probe.getsockname()[1]}/hall"
        done = hall(*words, stdin=DUE_LINE, environment={"HALL_DATABASE_URL": url})
    assert "连不上数据库" in told(done, 3)
    assert "not-to-be-told" not in done.stderr + done.stdout


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://[x", "sqlite:///", "hall.db"])
def test_an_address_that_is_none_is_refused(hall: Hall, url: str) -> None:
    assert "数据库地址写得不对" in told(hall("db", "check", environment={"HALL_DATABASE_URL": url}), 1)


BAD_CATALOGUES = {
    "broken rows": (b"\n".join(SAMPLE.split(b"\n")[:3]) + "\nXK99,少了格子\nXK98\n".encode(), ("第4行", "第5行")),
    "GBK": (SAMPLE.decode("utf-8-sig").encode("gb18030"), ("GBK", "CSV UTF-8")),
    "UTF-16": (SAMPLE.decode("utf-8-sig").encode("utf-16"), ("UTF-16",)),
    "workbook": (b"PK\x03\x04" + bytes(500), ("Excel",)),
    "empty": (b"", ("空的",)),
    "zeros": (bytes(4096), ("控制字符",)),
    "cut": (SAMPLE[: len(SAMPLE) // 2], ("第",)),
    "one quote": (SAMPLE.replace(b",A,", b',"A,', 1), ("引号",)),
    "20 MB of one line": ("事项".encode() * 3_500_000, ("第1行",)),
    "50 MB": (os.urandom(1000) * 50_000, ("50 MB",)),
}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        *(("catalogue", each) for each in BAD_CATALOGUES if each not in ("cut", "one quote")),
        *((kind, each) for kind in ("calendar", "appointments") for each in ("GBK", "empty", "50 MB")),
    ],
)
def test_a_bad_file_is_refused_before_anybody_signs_in(hall: Hall, tmp_path: Path, kind: str, content: str) -> None:
    made, words = BAD_CATALOGUES[content]
    (tmp_path / "bad.csv").write_bytes(made)
    done = hall("import", kind, str(tmp_path / "bad.csv"), *ADMIN, environment={"HALL_PASSWORD": "wrong"})
    sentence = told(done, 1)
    assert all(word in sentence for word in words)
    assert len(sentence) < 20_000


@pytest.mark.parametrize("content", ["cut", "one quote"])
def test_a_catalogue_with_one_fault_is_imported_not_at_all(hall: Hall, tmp_path: Path, content: str) -> None:
    made, words = BAD_CATALOGUES[content]
    (tmp_path / "bad.csv").write_bytes(made.replace("临时占用城市道路许可".encode(), "换了名字".encode()))
    sentence = told(hall("import", "catalogue", str(tmp_path / "bad.csv"), *ADMIN), 1)
    assert all(word in sentence for word in words)
    again = hall("import", "catalogue", str(resource("catalogue/sample.csv")), *ADMIN)
    assert "新增 0 项，更新 0 项，未变 31 项" in again.stdout


@pytest.mark.parametrize(
    ("before", "after"),
    [("2026-01-02,休", "2026-13-02,休"), ("2026-01-02,休", "2026-01-02,假"), ("2026-01-02,休", "2026-01-01,休")],
    ids=["no day", "no kind", "twice"],
)
def test_a_calendar_with_one_fault_names_its_line(hall: Hall, tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "bad.csv").write_bytes(HOLIDAYS.replace(before.encode(), after.encode(), 1))
    assert "第3行" in told(hall("import", "calendar", str(tmp_path / "bad.csv"), *ADMIN), 1)


@pytest.mark.parametrize("file", ["/nonexistent/file.csv", "/"])
def test_a_file_that_cannot_be_read_is_status_3(hall: Hall, file: str) -> None:
    assert file in told(hall("import", "catalogue", file, *ADMIN), 3)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('[station]\nnmae = "x"', "是不是想写 name"),
        ('[databse]\nurl = "x"', "是不是想写 database"),
        ('[station]\ncounter = "3"', "类型不对"),
        ("[station", "读不懂"),
        ('[station]\nname = "../x"', "工作站名"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_by_every_command(
    hall: Hall, home: Path, settings: str, words: str
) -> None:
    (home / "hall.toml").write_text(settings, encoding="utf-8")
    for command in (("db", "check"), ISSUE, ("due",), ("open",)):
        assert words in told(hall(*command), 1)


@pytest.mark.usefixtures("held")
def test_a_home_that_may_only_be_read_is_status_3(hall: Hall, home: Path, tmp_path: Path) -> None:
    home.chmod(0o500)
    try:
        for words in (ISSUE, ("db", "check"), ("db", "restore", str(home / "hall.db")), ("open",)):
            told(hall(*words, through=WITHOUT_PRIVILEGE), 3)
        home.chmod(0)
        for words in (ISSUE, ("due",), ("doctor",)):
            assert "hall.toml" in told(hall(*words, through=WITHOUT_PRIVILEGE), 3)
        inside = {"HALL_HOME": str(home / "deeper")}
        told(hall("db", "init", through=WITHOUT_PRIVILEGE, environment=inside), 3)
    finally:
        home.chmod(0o700)


@pytest.mark.usefixtures("held")
def test_closed_streams_break_nothing(hall: Hall) -> None:
    no_password = {"HALL_PASSWORD": ""}
    said = told(hall(*ISSUE, through=in_shell('"$@" <&-'), environment=no_password), 1)
    assert "HALL_PASSWORD" in said
    for words, closed in ((("due",), "<&-"), (("due",), ">&-"), (("db", "check"), "2>&-"), (("due",), "<&- >&- 2>&-")):
        done = hall(*words, through=in_shell(f'"$@" {closed}'), stdin=DUE_LINE)
        assert (done.returncode, done.stderr) == (0, ""), closed


def test_a_reader_that_leaves_early_is_no_fault(hall: Hall) -> None:
    for words, first in ((("due",), '{"id": "A01", "due": "2026-03-16"'), (("ticket", "list", *CLERK), "等候 0 人")):
        done = hall(*words, through=in_shell('"$@" | head -n 1; exit ${PIPESTATUS[0]}'), stdin=DUE_LINE * 5000)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(first)


def test_a_screen_that_is_not_there_is_status_3(hall: Hall) -> None:
    for display in ("", ":987"):
        seen = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        assert "打不开图形界面" in told(hall("open", "display", environment=seen), 3)


def test_bytes_and_numbers_beyond_reason_are_wrong_usage(hall: Hall) -> None:
    stray = os.fsdecode(b"\xff")
    for words in (
        ("ticket", "issue", "--matter", stray, *CLERK),
        ("verify", "receipt", stray),
        ("ticket", "call", "--counter", "9" * 20, *CLERK),
        ("ticket", "call", "--counter", "0", *CLERK),
        ("db", "init", "--counters", "9" * 20),
        ("card", "read", "--port", "/dev/null", "--timeout", "nan"),
    ):
        assert "用法不对" in told(hall(*words), 2)
    assert "HALL_PASSWORD" in told(hall(*ISSUE, environment={"HALL_PASSWORD": stray}), 2)


def test_our_own_mistake_is_a_number_and_quotes_nobody(hall: Hall, home: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import hall.settings\n"
        "def broken():\n"
        "    raise ZeroDivisionError('999999198506120013')\n"
        "hall.settings.load = broken\n",
        encoding="utf-8",
    )
    said = told(hall("db", "check", environment={"PYTHONPATH": str(tmp_path)}), 1)
    found = re.search("编号 ([0-9A-F]{6})", said)
    assert found
    log = (home / "log" / "command.log").read_text(encoding="utf-8")
    assert found[1] in log
    assert "ZeroDivisionError" in log
    assert "999999198506120013" not in said + log
