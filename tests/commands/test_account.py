"""`hall account` and signing in on the command line: sentences and statuses, never a traceback."""

import argparse
import json
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from hall.clock import HALL_ZONE, FixedClock
from hall.commands import account, session
from hall.commands.line import run
from hall.services.accounts import create_first_administrator
from hall.store import Store
from hall.store.secrets import KEY_FILE, KeyRing

NEW = "九点开门的一站式服务大厅"


@pytest.fixture
def first(
    tmp_path: Path,
    sqlite_url: str,
    open_store: Callable[..., Store],
    monkeypatch: pytest.MonkeyPatch,
    *,
    clock: FixedClock,
) -> str:
    """A hall's home with a database and a key; the first administrator's one-time password."""
    KeyRing.create(tmp_path)
    monkeypatch.setattr("hall.clock.SystemClock", lambda: clock)
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


@pytest.fixture
def clerk(admin: str, capsys: pytest.CaptureFixture[str]) -> str:
    """A clerk's account with a one-time password that nobody has used yet."""
    create("lisi", "--role", "clerk", "--badge", "0107", "--user", admin)
    capsys.readouterr()
    return "lisi"


@pytest.fixture
def listed(admin: str, capsys: pytest.CaptureFixture[str]) -> Callable[[str], dict[str, object]]:
    """An account as `list --json` tells it."""

    def tell(login: str) -> dict[str, object]:
        capsys.readouterr()
        assert run(["account", "list", "--json", "--user", admin]) == 0
        accounts: list[dict[str, object]] = json.loads(capsys.readouterr().out)
        return next(each for each in accounts if each["login"] == login)

    return tell


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


def test_the_list_tells_roles_and_states(
    admin: str, clerk: str, listed: Callable[[str], dict[str, object]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(clerk) == {
        "login": "lisi",
        "name": "测试丁",
        "badge": "0107",
        "department": "",
        "roles": ["clerk"],
        "must_change": True,
        "disabled": False,
        "locked_until": None,
    }
    assert run(["account", "list", "--user", admin]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "admin  系统管理员  系统管理员  正常",
        "lisi  测试丁  0107  窗口人员  首次登录要先改密码",
    ]


def test_a_reset_ends_the_lock_and_gives_a_password_for_one_sign_in(
    admin: str,
    clerk: str,
    listed: Callable[[str], dict[str, object]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    instant = datetime(2026, 11, 23, 10, tzinfo=HALL_ZONE)
    monkeypatch.setattr("hall.clock.SystemClock", lambda: FixedClock(instant))  # the wait is seconds only
    monkeypatch.setenv("HALL_PASSWORD", "not the password")
    for _ in range(3):
        run(["account", "password", "--user", clerk])
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    assert listed(clerk)["locked_until"] is not None
    run(["account", "list", "--user", admin])
    assert capsys.readouterr().out.splitlines()[-1].endswith("锁定到 10:00")
    assert run(["account", "reset", "LiSi", "--user", admin]) == 0
    one_time = capsys.readouterr().out.strip().rpartition("：")[2]
    assert listed(clerk)["locked_until"] is None
    monkeypatch.setenv("HALL_PASSWORD", one_time)
    assert run(["account", "list", "--user", clerk]) == 1
    assert "hall account password --user lisi" in capsys.readouterr().err
    assert run(["account", "password", "--user", clerk]) == 0


def test_a_disabled_account_signs_in_only_after_it_is_enabled(
    admin: str, clerk: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["account", "reset", clerk, "--user", admin])
    one_time = capsys.readouterr().out.strip().rpartition("：")[2]
    assert run(["account", "disable", clerk, "--user", admin]) == 0
    run(["account", "list", "--user", admin])
    assert capsys.readouterr().out.splitlines()[-1].endswith("已停用")
    monkeypatch.setenv("HALL_PASSWORD", one_time)
    assert run(["account", "password", "--user", clerk]) == 1
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    assert run(["account", "enable", clerk, "--user", admin]) == 0
    monkeypatch.setenv("HALL_PASSWORD", one_time)
    assert run(["account", "password", "--user", clerk]) == 0


def test_new_roles_replace_the_old(
    admin: str, clerk: str, listed: Callable[[str], dict[str, object]], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["account", "roles", clerk, "--role", "reviewer", "--role", "guide", "--user", admin]
    assert run(words) == 0
    assert "导办、审查人员" in capsys.readouterr().out
    assert listed(clerk)["roles"] == ["guide", "reviewer"]


@pytest.mark.parametrize("deed", [["reset"], ["disable"], ["enable"], ["roles", "--role", "clerk"]])
def test_an_unknown_login_is_a_sentence(admin: str, capsys: pytest.CaptureFixture[str], deed: list[str]) -> None:
    assert run(["account", *deed, "nobody", "--user", admin]) == 1
    assert capsys.readouterr().err.startswith("没有账号名为 nobody 的账号。请运行 hall account list")


def test_the_last_administrator_cannot_be_disabled(admin: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["account", "disable", admin, "--user", admin]) == 1
    assert "最后一个可用的系统管理员" in capsys.readouterr().err


def test_a_department_that_no_matter_names_is_refused(
    admin: str, clerk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["account", "department", clerk, "--department", "市政科", "--user", admin]) == 1
    assert "事项目录还没有导入" in capsys.readouterr().err
    assert run(["account", "department", clerk, "--department", "", "--user", admin]) == 0
    assert "不属于哪个科室" in capsys.readouterr().out
