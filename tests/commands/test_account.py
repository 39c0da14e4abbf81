"""`hall account` and signing in on the command line: sentences and statuses, never a traceback."""

import argparse
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from hall.commands import account, session
from hall.commands.line import run
from hall.services.accounts import create_first_administrator
from hall.store import Store
from hall.store.secrets import KEY_FILE, KeyRing

NEW = "九点开门的一站式服务大厅"


@pytest.fixture
def first(tmp_path: Path, sqlite_url: str, open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch) -> str:
    """A hall's home with a database and a key; the first administrator's one-time password."""
    KeyRing.create(tmp_path)
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    monkeypatch.setenv("HALL_DATABASE_URL", sqlite_url)
    for variable in ("HALL_KEY", "HALL_STATION", "HALL_PASSWORD", "HALL_NEW_PASSWORD"):
        monkeypatch.delenv(variable, raising=False)
    return create_first_administrator(open_store(sqlite_url))


@pytest.fixture
def admin(first: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The administrator after the change of the password, which stands in HALL_PASSWORD."""
    monkeypatch.setenv("HALL_PASSWORD", first)
    monkeypatch.setenv("HALL_NEW_PASSWORD", NEW)
    assert run(["account", "password", "--user", "admin"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    return "admin"


def create(login: str, *more: str) -> int:
    return run(["account", "create", login, "--name", "测试丁", *more])


def test_a_one_time_password_opens_no_session(
    first: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HALL_PASSWORD", first)
    assert create("lisi", "--role", "clerk", "--user", "admin") == 1
    assert "hall account password --user admin" in capsys.readouterr().err


def test_an_administrator_enters_an_account_that_can_sign_in(
    admin: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create("lisi", "--role", "clerk", "--role", "guide", "--badge", "0107", "--user", admin) == 0
    monkeypatch.setenv("HALL_PASSWORD", capsys.readouterr().out.strip().rpartition("：")[2])
    assert run(["account", "password", "--user", "lisi"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    with session.open_session(argparse.Namespace(user="lisi")) as opened:
        assert opened.actor.roles == {"clerk", "guide"}
        assert opened.settings.station.name == opened.store.station.name


def test_a_clerk_enters_no_account(
    admin: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    create("lisi", "--role", "clerk", "--user", admin)
    monkeypatch.setenv("HALL_PASSWORD", capsys.readouterr().out.strip().rpartition("：")[2])
    run(["account", "password", "--user", "lisi"])
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    assert create("wangwu", "--role", "clerk", "--user", "lisi") == 1
    assert "不能新建账号" in capsys.readouterr().err


def test_a_wrong_password_is_a_sentence(
    admin: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HALL_PASSWORD", "not the password")
    assert create("lisi", "--role", "clerk", "--user", admin) == 1
    told = capsys.readouterr()
    assert told.err.startswith("账号或密码不对。")
    assert "not the password" not in told.err + told.out


@pytest.mark.usefixtures("first")
def test_without_a_terminal_the_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert run(["account", "password", "--user", "admin"]) == 1
    assert "HALL_PASSWORD" in capsys.readouterr().err


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize("typed", ["typed unseen", None])
def test_at_a_terminal_the_password_is_typed_unseen(monkeypatch: pytest.MonkeyPatch, typed: str | None) -> None:
    def getpass(prompt: str, stream: object) -> str:
        if typed is None:
            raise EOFError
        return typed

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", getpass)
    if typed is None:
        with pytest.raises(session.NoPassword):
            session.ask_password("HALL_PASSWORD", "密码：")
    else:
        assert session.ask_password("HALL_PASSWORD", "密码：") == typed


def test_a_missing_key_file_stops_the_command_as_damage(
    admin: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    (tmp_path / KEY_FILE).unlink()
    assert create("lisi", "--role", "clerk", "--user", admin) == 4
    assert "保险柜" in capsys.readouterr().err


def test_a_role_of_a_machine_is_wrong_usage() -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    account.add_arguments(parser)
    words = ["create", "lisi", "--name", "测试丁", "--role", "kiosk", "--user", "admin"]
    with pytest.raises(SystemExit) as caught:
        parser.parse_args(words)
    assert caught.value.code == 2
