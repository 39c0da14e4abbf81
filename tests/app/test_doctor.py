"""The doctor says of everything what it is and what to do, and never hangs, writes or needs a database."""

import json
import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from hall import settings
from hall.app.doctor import computer, database, devices, lines
from hall.app.doctor.examination import examine
from hall.app.doctor.finding import Finding, exit_status
from hall.clock import FixedClock
from hall.commands.line import run
from hall.resources import template
from hall.rules.people import Actor
from hall.services.paper_levels import refill
from hall.settings import EvaluatorSettings, ReaderSettings, SlipPrinterSettings, StationSettings
from hall.store import Store
from hall.store.schema.printing import PaperLevel
from hall.store.secrets import KeyRing

NOW = datetime(2026, 10, 23, 1, 42, tzinfo=UTC)


def found(home: Path, clock: FixedClock, **environment: str) -> dict[str, Finding]:
    """Everything but the shipped templates, which take as long as all the rest: the hall declares one of its own."""
    declare_one_document(home)
    return {finding.check: finding for finding in examine({"HALL_HOME": str(home), **environment}, clock)}


def declare_one_document(home: Path) -> None:
    shipped = template("fields.toml", home).read_text(encoding="utf-8")
    own = home / "templates" / "docs" / "fields.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(shipped.partition("[documents.acceptance]")[0], encoding="utf-8")


def slip_printer(address: str) -> Finding:
    return devices.check_slip_printer("小票打印机", address, SlipPrinterSettings())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def quiet_line() -> Iterator[str]:
    """A serial line at whose other end nothing answers."""
    ours, theirs = os.openpty()
    yield os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


def test_a_fresh_computer_is_examined_without_leaving_a_trace(home: Path, clock: FixedClock) -> None:
    findings = {finding.check: finding for finding in examine({"HALL_HOME": str(home)}, clock)}
    assert findings["数据库"].verdict == findings["密钥"].verdict == "absent"
    assert "hall db init" in findings["数据库"].advice
    away = ("读卡器", "小票打印机", "打印机", "评价器", "广播", "配置文件")
    assert {findings[name].verdict for name in away} == {"absent"}
    assert {findings[name].verdict for name in ("Python", "PySide6", "字体", "数据文件夹")} == {"ok"}
    assert not home.exists()


def test_a_database_in_use_is_told_with_its_kind(
    database_url: str, store: Store, home: Path, clock: FixedClock
) -> None:
    KeyRing.create(home)
    findings = found(home, clock, HALL_DATABASE_URL=database_url)
    assert findings["数据库"].verdict == findings["密钥"].verdict == "ok"
    assert ("PostgreSQL" in findings["数据库"].words) is (store.engine.dialect.name == "postgresql")
    assert findings["放假安排"].verdict == "fault"


def test_the_paper_of_the_slip_printer_is_told_as_it_was_counted(
    database_url: str, store: Store, home: Path, clock: FixedClock, actor: Actor
) -> None:
    def paper() -> Finding:
        told = {"HALL_HOME": str(home), "HALL_DATABASE_URL": database_url, "HALL_STATION": "station-1"}
        findings = [check() for check in database.database_checks(settings.load(told), clock)]
        return next(finding for finding in findings if finding.check == "取号纸")

    KeyRing.create(home)
    assert (paper().verdict, paper().words) == ("absent", "没有小票打印机。")
    (home / "hall.toml").write_text(f'[slip_printer]\nport = "file:{home}/slips.bin"\n', encoding="utf-8")
    assert "没有登记过换纸" in paper().words
    refill(store, actor, pieces=60, alarm_at=50)
    assert (paper().verdict, paper().words) == ("ok", "约剩 60 张。")
    for left, verdict in ((50, "warning"), (0, "fault")):
        with store.work("x", actor) as work:
            work.session.scalars(select(PaperLevel)).one().left = left
            work.audit("x:1")
        assert paper().verdict == verdict
        assert "hall printer refill" in paper().advice


def test_a_database_without_its_key_is_damaged_data(sqlite_url: str, home: Path, clock: FixedClock) -> None:
    key = found(home, clock, HALL_DATABASE_URL=sqlite_url)["密钥"]
    assert (key.verdict, key.status) == ("fault", 4)


def test_a_key_that_others_can_read_is_a_fault(home: Path, clock: FixedClock) -> None:
    KeyRing.create(home)
    (home / "hall.key").chmod(stat.S_IRUSR | stat.S_IRGRP)
    key = found(home, clock)["密钥"]
    assert key.verdict == "fault"
    assert "chmod 600" in key.advice + key.words


def test_an_unknown_hall_is_a_fault(sqlite_url: str, home: Path, clock: FixedClock) -> None:
    home.mkdir()
    (home / "hall.toml").write_text('[station]\nhall = "other"\n', encoding="utf-8")
    assert "other" in found(home, clock, HALL_DATABASE_URL=sqlite_url)["数据库"].words


def test_a_database_server_that_is_away_is_unavailable(home: Path, clock: FixedClock) -> None:
    database_finding = found(home, clock, HALL_DATABASE_URL="postgresql://hall@127.0.0.1:1/hall")["数据库"]
    assert (database_finding.verdict, database_finding.status) == ("fault", 3)


@pytest.mark.parametrize(("revision", "status"), [("0000", 4), ("9999", 4)])
def test_a_database_of_an_unknown_program_is_damaged(
    sqlite_url: str, home: Path, clock: FixedClock, revision: str, status: int
) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()
    assert found(home, clock, HALL_DATABASE_URL=sqlite_url)["数据库"].status == status


def test_unreadable_settings_do_not_end_the_examination(home: Path, clock: FixedClock) -> None:
    home.mkdir()
    (home / "hall.toml").write_text("[statoin]\n", encoding="utf-8")
    findings = found(home, clock)
    assert findings["配置文件"].verdict == "fault"
    assert "station" in findings["配置文件"].words + findings["配置文件"].advice
    assert findings["Python"].verdict == "ok"


def test_a_folder_that_cannot_exist_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert computer.check_home(tmp_path / "file" / "home").verdict == "fault"


@pytest.mark.parametrize(
    ("python", "qt", "verdict"),
    [((3, 11), "6.12.0", "fault"), ((3, 12), "6.12.0", "ok"), ((3, 11), "6.11.3", "ok"), ((3, 11), None, "fault")],
)
def test_the_qt_that_aborts_on_this_python_is_a_fault(python: tuple[int, int], qt: str | None, verdict: str) -> None:
    assert computer.check_qt(python, qt).verdict == verdict


def test_a_spoilt_template_is_named(home: Path) -> None:
    own = home / "templates" / "docs" / "收件凭证.docx"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"no document")
    finding = computer.check_templates(home)
    assert finding.verdict == "fault"
    assert "收件凭证.docx" in finding.words


@pytest.mark.parametrize(
    ("year", "years", "verdict"),
    [(2026, {2026}, "ok"), (2026, {2025}, "fault"), (2026, set(), "fault")],
)
def test_this_years_schedule_is_needed(year: int, years: set[int], verdict: str) -> None:
    assert database.check_schedules(NOW.replace(year=year), frozenset(years)).verdict == verdict


def test_next_years_schedule_is_asked_for_from_november_on() -> None:
    november = NOW + timedelta(days=30)
    assert database.check_schedules(november, frozenset({2026})).verdict == "warning"
    assert database.check_schedules(november, frozenset({2026, 2027})).verdict == "ok"


@pytest.mark.parametrize(
    ("ahead", "faulty"), [(timedelta(hours=1), True), (timedelta(minutes=4), False), (timedelta(days=-3), False)]
)
def test_a_clock_before_the_last_record_is_a_fault(ahead: timedelta, faulty: bool) -> None:
    assert (database.check_clock(NOW, NOW + ahead, frozenset({2026})).verdict == "fault") is faulty


@pytest.mark.parametrize(("year", "faulty"), [(2023, True), (2024, False), (2027, False), (2028, True)])
def test_a_clock_far_from_the_loaded_years_is_a_fault(year: int, faulty: bool) -> None:
    verdict = database.check_clock(NOW.replace(year=year), None, frozenset({2024, 2025, 2026})).verdict
    assert (verdict == "fault") is faulty


def test_devices_that_do_not_answer_are_told_and_not_waited_for(quiet_line: str) -> None:
    assert devices.check_reader(ReaderSettings(quiet_line)).status == 3
    assert devices.check_evaluator(EvaluatorSettings(quiet_line)).status == 3
    assert slip_printer(quiet_line).verdict == "warning"


def test_ports_that_are_not_there_are_unavailable() -> None:
    assert devices.check_reader(ReaderSettings("/dev/no-such-line")).status == 3
    assert devices.check_evaluator(EvaluatorSettings("/dev/no-such-line")).status == 3
    assert slip_printer("/dev/no-such-line").status == 3


def test_a_line_whose_name_changes_is_warned_of(tmp_path: Path, quiet_line: str) -> None:
    numbered = tmp_path / "ttyUSB0"
    numbered.symlink_to(quiet_line)
    reader, network = ReaderSettings(str(numbered)), SlipPrinterSettings("tcp://10.0.0.9")
    finding = lines.check_lines(settings.Settings(tmp_path, reader=reader, slip_printer=network))
    assert finding.verdict == "warning"
    assert finding.words == f"读卡器：{numbered} 会随插拔换号。"
    reader = ReaderSettings(quiet_line)
    assert lines.check_lines(settings.Settings(tmp_path, reader=reader)).verdict == "ok"


def test_the_spare_printer_is_examined_too(tmp_path: Path) -> None:
    own = SlipPrinterSettings(f"file:{tmp_path}/slips.bin", failover=f"{tmp_path}/no-such-line")
    names = {finding.check: finding.verdict for finding in (check() for check in devices.slip_printer_checks(own))}
    assert names == {"小票打印机": "ok", "备用小票打印机": "fault"}


def test_the_fonts_in_use_are_named(home: Path) -> None:
    findings = (check() for check in computer.computer_checks(settings.Settings(home), None))
    fonts = next(finding for finding in findings if finding.check == "字体")
    assert "小标宋 HallSong-Bold.ttf" in fonts.words


def test_a_kind_of_document_without_a_template_is_named(home: Path) -> None:
    declare_one_document(home)
    words = computer.check_templates(home).words
    assert "受理通知书没有模板" in words
    assert "收件凭证没有模板" not in words


def test_a_slip_file_is_not_emptied_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "slip.bin"
    path.write_bytes(b"a slip")
    assert slip_printer(f"file:{path}").verdict == "ok"
    assert path.read_bytes() == b"a slip"
    assert slip_printer(f"file:{tmp_path}/none/slip.bin").verdict == "fault"


def test_a_loudspeaker_is_looked_for_only_where_numbers_are_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert devices.check_loudspeaker(StationSettings()).verdict == "absent"
    assert devices.check_loudspeaker(StationSettings(loudspeaker=True)).status == 3


@pytest.mark.parametrize(("statuses", "left"), [((0, 0), 0), ((0, 3), 3), ((4, 3), 4), ((), 0)])
def test_the_worst_fault_decides_the_exit_status(statuses: tuple[int, ...], left: int) -> None:
    assert exit_status([Finding("x", "fault" if each else "ok", "", "", each) for each in statuses]) == left


def test_the_command_prints_one_json_list(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HALL_HOME", str(home))
    monkeypatch.delenv("HALL_DATABASE_URL", raising=False)
    declare_one_document(home)
    status = run(["doctor", "--json"])
    listed = json.loads(capsys.readouterr().out)
    assert [sorted(each) for each in listed] == [["advice", "check", "verdict", "words"]] * len(listed)
    assert {each["verdict"] for each in listed} <= {"ok", "warning", "fault", "absent"}
    assert (status == 0) is all(each["verdict"] != "fault" for each in listed)


def test_the_command_says_each_thing_in_a_line(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    declare_one_document(home)
    monkeypatch.setenv("HALL_HOME", str(home))
    run(["doctor"])
    assert "【没有】小票打印机：没有配置。" in capsys.readouterr().out
