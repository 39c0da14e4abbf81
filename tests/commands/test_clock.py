"""`hall clock accept`: a station whose clock had run ahead goes on when an administrator says so."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.commands.line import run
from hall.services.accounts import create_first_administrator
from hall.store import Store
from hall.store.secrets import KeyRing

NEW = "九点开门的一站式服务大厅"


@pytest.fixture
def administrator(
    tmp_path: Path,
    sqlite_url: str,
    open_store: Callable[..., Store],
    monkeypatch: pytest.MonkeyPatch,
    *,
    clock: FixedClock,
) -> None:
    """Signed in at station-1 while its clock stood a day ahead; now it is right again."""
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
    clock.instant += timedelta(days=1)
    assert run(["account", "password", "--user", "admin"]) == 0
    clock.instant -= timedelta(days=1)
    monkeypatch.setenv("HALL_PASSWORD", NEW)


@pytest.mark.usefixtures("administrator")
def test_a_station_set_back_writes_again_after_the_clock_is_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    create = ["account", "create", "lisi", "--name", "李四", "--role", "clerk", "--user", "admin"]
    capsys.readouterr()
    assert run(create) == 1
    assert "比本机上次操作（2026年11月24日09:42）早" in capsys.readouterr().err
    assert run(["clock", "accept", "--user", "admin"]) == 0
    assert capsys.readouterr().out == ("已确认本机时间 2026-11-23 09:42，上次操作是 2026-11-24 09:42。本机恢复写入。\n")
    assert run(create) == 0


@pytest.mark.usefixtures("administrator")
def test_a_wrong_password_accepts_no_clock(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("HALL_PASSWORD", "不是这个密码")
    assert run(["clock", "accept", "--user", "admin"]) == 1
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    capsys.readouterr()
    assert run(["account", "list", "--user", "admin"]) == 1
    assert "已停止写入" in capsys.readouterr().err
