"""`hall db` and `hall verify`: what an administrator sees, and the exit statuses of the contract."""

import json
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hall.commands.line import run
from hall.store.engine import open_engine

Hall = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that is still empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'home' / 'hall.db'}"
        return
    cluster = request.getfixturevalue("cluster")
    yield cluster.create("hall_command")
    cluster.drop("hall_command")


@pytest.fixture
def home(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HALL_KEY", "HALL_STATION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HALL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HALL_DATABASE_URL", url)
    return tmp_path / "home"


@pytest.fixture
def hall(home: Path, capsys: pytest.CaptureFixture[str]) -> Hall:
    """Runs the command line: exit status, standard output, standard error."""

    def command(*words: str) -> tuple[int, str, str]:
        status = run(words)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


def execute(url: str, *statements: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_init_makes_everything_and_shows_the_password_once(hall: Hall, home: Path) -> None:
    status, out, err = hall("db", "init", "--name", "莲城区城市管理服务大厅", "--short-name", "莲城管")
    assert status == 0
    assert out.startswith("数据库已建立。管理员账号 admin，一次性密码：")
    assert "hall.key" in err
    assert stat.S_IMODE((home / "hall.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    status, out, err = hall("db", "init")
    assert (status, out) == (1, "")
    assert "已经建立过" in err


def test_init_tells_a_program_as_json(hall: Hall) -> None:
    shown = json.loads(hall("db", "init", "--json")[1])
    assert {"hall": "main", "station": "station-1", "login": "admin"}.items() <= shown.items()
    assert shown["one_time_password"]


def test_init_adds_a_hall_to_a_districts_database(
    hall: Hall, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall("db", "init")
    second = tmp_path / "second"
    second.mkdir()
    (second / "hall.toml").write_text('[station]\nhall = "east"\nname = "east-1"\n', encoding="utf-8")
    monkeypatch.setenv("HALL_HOME", str(second))
    status, out, _ = hall("db", "init", "--name", "东城大厅", "--short-name", "东城管")
    assert (status, out) == (0, "已在现有数据库里建立大厅 east，请用已有的管理员账号登录。\n")
    assert hall("verify", "audit")[0] == 0


def test_an_interrupted_init_is_finished_by_the_next(hall: Hall, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("hall.services.initialising.create_first_administrator", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            hall("db", "init")
    status, out, _ = hall("db", "init")
    assert status == 0
    assert "一次性密码" in out


def test_check_says_what_is_missing_and_what_is_there(hall: Hall, home: Path, url: str) -> None:
    status, _, err = hall("db", "check")
    assert status == 1
    assert "hall db init" in err
    hall("db", "init")
    status, out, _ = hall("db", "check")
    assert status == 0
    assert out.startswith("数据库可以使用：版本 ")
    key = (home / "hall.key").rename(home / "away")
    status, _, err = hall("db", "check")
    assert status == 4
    assert "hall.key" in err
    key.rename(home / "hall.key")
    execute(url, "UPDATE alembic_version SET version_num = '9999'")
    status, _, err = hall("db", "check")
    assert status == 4
    assert "升级本机的程序" in err


def test_a_database_that_is_away_is_unavailable(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HALL_DATABASE_URL", f"postgresql://hall@127.0.0.1:{probe.getsockname()[1]}/hall")
        status, out, err = hall("db", "check")
    assert (status, out) == (3, "")
    assert "数据库" in err


def test_a_backup_goes_out_and_comes_back(hall: Hall, url: str, tmp_path: Path) -> None:
    hall("db", "init")
    copy = str(tmp_path / "copy")
    status, out, _ = hall("db", "backup", copy)
    assert status == 0
    assert "密钥不在备份里" in out
    assert hall("db", "backup", copy)[0] == 1
    execute(url, "UPDATE hall SET name = '改过'")
    status, out, err = hall("db", "restore", copy)
    assert (status, err) == (0, "")
    engine = open_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM hall")) == "城市管理服务大厅"
    engine.dispose()
    assert hall("db", "restore", str(tmp_path / "nothing"))[0] == 1


def test_upgrade_of_a_database_that_is_new_enough_changes_nothing(hall: Hall) -> None:
    assert hall("db", "upgrade")[0] == 1
    hall("db", "init")
    status, out, _ = hall("db", "upgrade")
    assert status == 0
    assert "不用更新" in out


def test_a_sound_database_passes_both_checks(hall: Hall) -> None:
    hall("db", "init")
    for kind in ("audit", "data"):
        assert hall("verify", kind) == (0, "核查完毕，没有发现问题。\n", "")
        assert json.loads(hall("verify", kind, "--json")[1]) == {"ok": True, "problems": []}


def test_a_changed_audit_row_is_named_with_exit_status_4(hall: Hall, url: str) -> None:
    hall("db", "init")
    if url.startswith("sqlite"):
        execute(url, "DROP TRIGGER audit_row_append_only_update")
    else:
        execute(url, "DROP TRIGGER audit_row_append_only ON audit_row")
    execute(url, "UPDATE audit_row SET actor_name = '他人' WHERE sequence = 2")
    status, out, err = hall("verify", "audit")
    assert (status, out) == (4, "")
    assert "工作站 main/station-1：第 2 条记录被改动。" in err
    status, out, _ = hall("verify", "audit", "--json")
    assert status == 4
    problem = json.loads(out)["problems"][0]
    assert (problem["station"], problem["sequence"], problem["kind"]) == ("main/station-1", 2, "被改动")
    status, _, err = hall("verify", "data")
    assert status == 4
    assert "触发器" in err


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_stored_file_that_does_not_open_is_named_with_exit_status_4(hall: Hall, url: str) -> None:
    hall("db", "init", "--name", "莲城区城市管理服务大厅", "--short-name", "莲城管")
    execute(
        url,
        "INSERT INTO stored_file (hall_id, sha256, media_type, size, content_sealed, kept_at)"
        f" VALUES (1, '{'0' * 64}', 'image/png', 1, 'h1.00000000.AAAAAAAAAAAAAAAAAAAAAA==', '2026-11-23 01:42:00')",
    )
    status, out, err = hall("verify", "data")
    assert (status, out) == (4, "")
    assert "表 stored_file：第 1 行" in err


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_posting_of_relief_that_does_not_add_up_is_named_with_exit_status_4(hall: Hall, url: str) -> None:
    hall("db", "init", "--name", "莲城区城市管理服务大厅", "--short-name", "莲城管")
    execute(
        url,
        "INSERT INTO relief_posting (hall_id, serial, kind, day, at, account_id, donor_shown, reference, memo,"
        " money_after, goods_after)"
        " VALUES (1, 1, 'donation', '2026-11-23', '2026-11-23 01:42:00', 1, '', '', '', 5, 0)",
    )
    execute(url, "INSERT INTO relief_line (hall_id, posting_id, book, fen) VALUES (1, 1, 'money', 5)")
    status, out, err = hall("verify", "data")
    assert (status, out) == (4, "")
    assert "救助账第 1 笔（捐赠）：这笔账借贷不平" in err


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_is_no_database_is_damage(hall: Hall, home: Path) -> None:
    home.mkdir()
    (home / "hall.db").write_text("不是数据库", encoding="utf-8")
    for words in (["db", "check"], ["db", "init"], ["verify", "audit"], ["db", "backup", str(home / "copy")]):
        status, out, err = hall(*words)
        assert (status, out) == (4, "")
        assert "不是本程序的数据库文件" in err
