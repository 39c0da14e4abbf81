"""`hall report`: a table to read, JSON, Excel and CSV, all with the same figures."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from hall.clock import FixedClock
from hall.commands.line import run
from hall.rules.authority import station_actor
from hall.rules.people import Actor
from hall.services.accounts import create_first_administrator
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.queueing import Ticket
from hall.store.secrets import KEY_FILE, KeyRing

NEW = "九点开门的一站式服务大厅"
DAY = ["report", "day", "2026-11-23", "--user", "wangwu"]


@pytest.fixture
def visited(
    sqlite_url: str,
    open_store: Callable[..., Store],
    furnish: Callable[[str], None],
    front_of: Callable[..., Front],
    clock: FixedClock,
) -> Store:
    """A hall with one visit on 23 November."""
    furnish(sqlite_url)
    store = open_store(sqlite_url)
    visit(front_of(store, Actor(70, "张三明", store.hall_id, frozenset({"clerk"}))), clock)
    return store


@pytest.fixture
def manager_signs_in(
    visited: Store,
    tmp_path: Path,
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    clock: FixedClock,
) -> None:
    """The account of the hall's manager, whose password stands in HALL_PASSWORD."""
    KeyRing.create(tmp_path)
    monkeypatch.setattr("hall.clock.SystemClock", lambda: clock)
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    monkeypatch.setenv("HALL_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("HALL_PASSWORD", create_first_administrator(visited))
    monkeypatch.setenv("HALL_NEW_PASSWORD", NEW)
    assert run(["account", "password", "--user", "admin"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    capsys.readouterr()
    assert run(["account", "create", "wangwu", "--name", "王五", "--role", "manager", "--user", "admin"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", capsys.readouterr().out.strip().rpartition("：")[2])
    assert run(["account", "password", "--user", "wangwu"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    capsys.readouterr()


def visit(front: Front, clock: FixedClock) -> None:
    front.taking.issue("XK05", channel="staff")
    clock.instant += timedelta(minutes=12)
    front.calling.call_next(1)
    clock.instant += timedelta(minutes=6)
    front.calling.finish(1)


@pytest.mark.usefixtures("manager_signs_in")
def test_the_day_is_a_table_to_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(DAY) == 0
    shown = capsys.readouterr().out
    assert "排队日报 2026-11-23（统计到 10:00）" in shown
    assert "取号 1，办结 1，作废 0，未办结 0，在途 0；办结率 1/1（100.0%）" in shown
    assert "核对：号码、窗口和结束都对得上。" in shown
    assert [line.split() for line in shown.splitlines() if line.startswith("1号窗口")] == [
        ["1号窗口", "0", "1", "1", "12.0", "12.0", "6.0", "0.0", "0"]
    ]


@pytest.mark.usefixtures("manager_signs_in")
def test_json_has_every_figure_and_what_the_check_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*DAY, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["day"], told["breaches"]) == ("2026-11-23", [])
    total = told["total"]
    assert (total["taken"], total["served"], total["waiting_mean"], total["waiting_over_of"]) == (1, 1, 12.0, 1)
    assert [each["name"] for each in told["by_hour"]] == ["09:00–10:00", "10:00–11:00"]
    assert told["longest_queue"] == {"09": 1}


@pytest.mark.usefixtures("manager_signs_in")
def test_excel_and_csv_have_the_same_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book_path, text_path = tmp_path / "day.xlsx", tmp_path / "day"
    assert run([*DAY, "--xlsx", str(book_path), "--csv", str(text_path)]) == 0
    assert f"已存 {tmp_path / 'day.csv'}" in capsys.readouterr().err
    book = load_workbook(book_path)
    assert book.sheetnames == ["按时段", "按窗口", "按人员", "按事项", "暂停原因", "口径"]
    rows = [list(row) for row in book["按窗口"].iter_rows(values_only=True)]
    assert rows[0][:4] == ["窗口", "取号", "叫到", "办结"]
    assert rows[-1][:4] == ["合计", 1, 1, 1]
    with (tmp_path / "day.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    assert next(row[:4] for row in written if row[:1] == ["合计"]) == ["合计", "1", "1", "1"]


@pytest.mark.usefixtures("manager_signs_in")
def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*DAY, "--xlsx", str(tmp_path / "nowhere" / "day.xlsx")]) == 3
    assert "写不进去" in capsys.readouterr().err
    assert (tmp_path / KEY_FILE).exists()


@pytest.mark.usefixtures("manager_signs_in")
def test_ratings_have_their_share_with_its_parts(
    visited: Store, front_of: Callable[..., Front], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = front_of(visited, station_actor("display", name="窗口-1", hall_id=visited.hall_id))
    with visited.read() as session:
        ticket_id = session.scalars(select(Ticket.id)).one()
    station.ratings.rate(ticket_id, 1, 2, channel="evaluator")
    days = ["report", "rating", "2026-11-01", "2026-11-30", "--user", "wangwu"]
    assert run([*days, "--csv", str(tmp_path / "rating.csv")]) == 0
    shown = capsys.readouterr().out
    assert "好差评汇总 2026-11-01 至 2026-11-30" in shown
    assert "0.0%（0/1）" in shown
    assert "1号窗口" in (tmp_path / "rating.csv").read_text(encoding="utf-8-sig")
    assert run([*days, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"]["share"] == {"satisfied": 0, "count": 1}
    assert told["total"]["levels"] == [0, 1, 0, 0, 0]


@pytest.mark.usefixtures("manager_signs_in")
def test_a_month_is_told_with_populations_and_written_to_a_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = ["report", "month", "2024-03", "--user", "wangwu"]
    assert run([*month, "--xlsx", str(tmp_path / "month.xlsx")]) == 0
    shown = capsys.readouterr().out
    assert "统计月报 2024年3月\n" in shown
    assert "处理 0 ＝ 结转 0＋新收 0，平衡" in shown
    assert "承诺件按时办结率" in shown
    book = load_workbook(tmp_path / "month.xlsx")
    assert book.sheetnames[:3] == ["按事项", "按科室", "指标"]
    assert run([*month, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["month"], told["complete"], told["balance"]["holds"]) == ("2024-03", True, True)
    on_time = next(each for each in told["figures"] if each["key"] == "on_time_promised")
    assert (on_time["numerator"], on_time["denominator"], on_time["value"]) == (0, 0, None)
    assert run(["report", "month", "2998-01", "--user", "wangwu"]) == 1
    assert "还没有开始" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["2026", "2026-13", "本月", "26-11", "0001-01", "2026-00"])
def test_a_month_that_is_none_is_wrong_usage(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["report", "month", text])
    assert ended.value.code == 2
    assert "应写成 2026-11" in capsys.readouterr().err


def test_a_day_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["report", "day", "23.11.2026", "--user", "wangwu"])
    assert ended.value.code == 2
    assert "应写成 2026-11-23" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("day", "2026-11-24"), "2026-11-24 还没有到"),
        (("month", "2026-12"), "2026年12月还没有开始"),
        (("rating", "2026-11-23", "2026-11-22"), "截止日 2026-11-22 早于起始日 2026-11-23"),
    ],
)
@pytest.mark.usefixtures("manager_signs_in")
def test_what_has_no_days_has_no_report(words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["report", *words, "--user", "wangwu"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
