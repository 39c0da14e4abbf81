"""`hall keys`: an administrator renews the keys; receipts and sealed data of before stay good."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.commands.line import run
from hall.rules.people import system_actor
from hall.services.accounts import create_first_administrator
from hall.services.receipts import new_signing_key, sign
from hall.store import Store
from hall.store.secrets import KeyRing

NEW = "九点开门的一站式服务大厅"
NUMBER = "莲城管许收〔2026〕118号"

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """SQLite, or what a test asks for."""
    database: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return database


@pytest.fixture
def said(
    url: str,
    store: Store,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    clock: FixedClock,
) -> Said:
    """Runs a command at station-1: status, output, errors."""
    monkeypatch.setattr("hall.clock.SystemClock", lambda: clock)
    for name, value in {
        "HALL_HOME": str(home),
        "HALL_DATABASE_URL": url,
        "HALL_STATION": "station-1",
        "HALL_PASSWORD": create_first_administrator(store),
        "HALL_NEW_PASSWORD": NEW,
    }.items():
        monkeypatch.setenv(name, value)
    assert run(["account", "password", "--user", "admin"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    capsys.readouterr()

    def run_it(*words: str) -> tuple[int, str, str]:
        status = run(words)
        told = capsys.readouterr()
        return status, told.out, told.err

    return run_it


@pytest.fixture
def store(url: str, home: Path, open_store: Callable[..., Store]) -> Store:
    """The hall's store, with the keys of its key file."""
    store: Store = open_store(url)
    store.key_ring = KeyRing.create(home)
    return store


@pytest.fixture
def payload(store: Store, clock: FixedClock) -> str:
    """A receipt's code, signed today with the hall's first key."""
    with store.work("x", system_actor(store.hall_id)) as work:
        new_signing_key(work)
        text = sign(work, NUMBER, clock.instant.date())
        work.audit("x:1")
    return text


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_a_receipt_of_before_the_rotation_still_verifies_and_a_changed_one_does_not(said: Said, payload: str) -> None:
    status, told, _ = said("keys", "rotate", "receipt", "--user", "admin")
    assert status == 0
    assert told.startswith("凭证签名密钥已更换：从现在起用 k2 签名，以前的凭证照样核验有效。\n请马上备份数据库")
    status, told, _ = said("verify", "receipt", payload)
    assert (status, told) == (0, f"签名有效：{NUMBER}，莲城区城市管理服务大厅 2026-11-23 签发。\n")
    status, told, errors = said("verify", "receipt", f"{payload[:-4]}AAAA")
    assert (status, told) == (1, "")
    assert errors.startswith("伪凭证：签名不符")
    assert said("verify", "audit")[0] == 0


def test_a_new_data_key_says_what_has_to_be_done_old_data_stay_readable_and_the_list_names_all_keys(
    said: Said, payload: str, home: Path
) -> None:
    status, told, _ = said("keys", "rotate", "data", "--user", "admin")
    new = KeyRing.load(home, {})
    assert status == 0
    assert f"用 {new.active_id} 加密，以前存的照样能读" in told
    assert f"把 {home / 'hall.key'} 重新抄存两份放进保险柜" in told
    assert "每台工作站（station-1）" in told
    assert said("keys", "rotate", "receipt", "--user", "admin")[0] == 0  # opens what the old data key had wrapped
    assert said("verify", "data")[0] == 0
    lines = said("keys", "list", "--user", "admin")[1].splitlines()
    assert "2026-11-23 启用，2026-11-23 停用，只核验" in lines[-4]
    assert lines[-3].endswith("2026-11-23 启用，正在签名")
    assert [line[-4:] for line in lines[-2:]] == ["读旧数据", "正在加密"]
    shown = json.loads(said("keys", "list", "--user", "admin", "--json")[1])
    assert shown["receipt"][-1]["retired_at"] is None
    assert shown["data"][-1] == new.active_id


def test_the_receipt_is_verified_with_kept_keys_where_the_database_is_away(
    said: Said, payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said("keys", "rotate", "receipt", "--user", "admin")
    monkeypatch.setenv("HALL_DATABASE_URL", "postgresql://hall@127.0.0.1:1/hall")
    status, told, _ = said("verify", "receipt", payload)
    assert (status, told) == (
        0,
        f"签名有效：{NUMBER}，莲城区城市管理服务大厅 2026-11-23 签发（数据库连不上，用本机保存的公钥核验）。\n",
    )
    shown = json.loads(said("verify", "receipt", payload, "--json")[1])
    assert shown["offline"] is True
    assert said("verify", "receipt", payload.replace("H1.", "H2.", 1))[0] == 1
