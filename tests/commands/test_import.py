"""`hall import`: a file is read whole before anybody signs in, and says what became of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hall.commands.line import run
from hall.rules.people import Actor
from hall.services.accounts import create_account
from hall.services.outside_scores import scores
from hall.services.stall_reading import sites
from hall.services.stall_sites import open_site
from hall.store import Store
from hall.store.secrets import KeyRing
from tests.services.stalls.street import LAYOUT, SITE

NEW = "九点开门的一站式服务大厅"
LINES = ("来源,类别,月份,指标,得分,满分", "示例咨询公司,第三方评价,2026-10,服务态度,92.5,100")


@pytest.fixture
def store(sqlite_url: str, tmp_path: Path, open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch) -> Store:
    """A hall whose manager's password stands in HALL_PASSWORD."""
    KeyRing.create(tmp_path)
    found = open_store(sqlite_url)
    administrator = Actor(1, "系统管理员", found.hall_id, frozenset({"administrator"}))
    fresh = create_account(found, administrator, login="zhuren", display_name="李主任", roles=("manager",))
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    monkeypatch.setenv("HALL_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HALL_PASSWORD", fresh.one_time_password)
    monkeypatch.setenv("HALL_NEW_PASSWORD", NEW)
    monkeypatch.setattr("hall.clock.SystemClock", lambda: found.clock)
    assert run(["account", "password", "--user", "zhuren"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    return found


def test_scores_come_in_by_the_manager(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "评议.csv"
    file.write_text("\n".join(LINES), encoding="utf-8")
    command = ["import", "scores", str(file), "--user", "zhuren"]
    capsys.readouterr()
    assert [run(command), run(command)] == [0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "外部评议已导入：新增 1 项，更新 0 项，未变 0 项。",
        "外部评议已导入：新增 0 项，更新 0 项，未变 1 项。",
    ]
    manager = Actor(2, "李主任", store.hall_id, frozenset({"manager"}))
    assert [(row.indicator, row.hundredths) for row in scores(store, manager)] == [("服务态度", 9250)]


def test_the_layout_of_a_site_comes_in_whole_or_not_at_all(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manager = Actor(2, "李主任", store.hall_id, frozenset({"manager"}))
    file = tmp_path / "摊位表.csv"
    file.write_text(LAYOUT, encoding="utf-8")
    command = ["import", "stalls", "D1", str(file), "--user", "zhuren"]
    capsys.readouterr()
    assert run(command) != 0
    assert "没有编号为 D1 的便民服务点，还没有设置点位" in capsys.readouterr().err
    open_site(store, manager, new=SITE)
    assert [run(command), run(command)] == [0, 0]
    assert capsys.readouterr().out.splitlines() == ["摊位表已导入：向阳路便民疏导点现有 3 个摊位。"] * 2
    assert run([*command[:2], "D9", *command[3:]]) != 0
    assert "现有：D1" in capsys.readouterr().err
    file.write_text(f"{LAYOUT}A1,300,0,100,100,,\n", encoding="utf-8")
    assert run(command) != 0
    assert "摊位号 A1 重复" in capsys.readouterr().err
    file.write_text(LAYOUT.replace("A1,0,0", "A1,1150,0"), encoding="utf-8")
    assert run(command) != 0
    assert "摊位 A1 超出平面图" in capsys.readouterr().err
    assert [site.stalls for site in sites(store, manager)] == [3]


def test_a_score_that_cannot_be_refuses_the_file(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "评议.csv"
    file.write_text("\n".join((*LINES, LINES[1])), encoding="utf-8")
    assert run(["import", "scores", str(file), "--user", "zhuren"]) == 1
    assert "第3行：与第2行的来源、月份、指标相同" in capsys.readouterr().err
