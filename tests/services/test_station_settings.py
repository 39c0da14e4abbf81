"""An administrator changes the devices of a station: the file keeps what else it says, and is never left unusable."""

import dataclasses
from pathlib import Path

import pytest
from sqlalchemy import select

from hall import settings
from hall.printing.slip import BadSlip
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services.station_settings import Changes, SettingsNotWritten, change_devices, edited
from hall.settings import BadSettings, DatabaseSettings, Settings, StationSettings
from hall.store import Store
from hall.store.schema.trail import AuditRow

WRITTEN = """# 三号窗口，2026 年 3 月装
[station]
name = "窗口-3"   # 审计链用它
counter = 3

[database]
url = "postgresql+psycopg://hall:geheim@db/hall"

[reader]
port = "/dev/ttyUSB0"  # 左边的口
"""


@pytest.fixture
def running(home: Path) -> Settings:
    (home / "hall.toml").write_text(WRITTEN, encoding="utf-8")
    (home / "hall.toml").chmod(0o600)
    return Settings(home, station=StationSettings("窗口-3", counter=3), database=DatabaseSettings("sqlite://"))


def text_of(home: Path, name: str = "hall.toml") -> str:
    return (home / name).read_text(encoding="utf-8")


def test_the_file_keeps_its_comments_and_other_keys_and_its_former_self(
    store: Store, administrator: Actor, running: Settings
) -> None:
    changes = {"reader.port": "/dev/serial/by-id/usb-1a86-if00", "slip_printer.port": "tcp://10.0.0.9:9100"}
    changed = change_devices(store, administrator, running=running, changes=changes)
    text = text_of(running.home)
    assert 'port = "/dev/serial/by-id/usb-1a86-if00"  # 左边的口' in text
    assert "# 三号窗口，2026 年 3 月装" in text
    assert 'url = "postgresql+psycopg://hall:geheim@db/hall"' in text
    assert '[slip_printer]\nport = "tcp://10.0.0.9:9100"' in text
    assert text_of(running.home, "hall.toml.bak") == WRITTEN
    assert (changed.reader.port, changed.slip_printer.port) == tuple(changes.values())
    assert settings.parse(text, running.home).slip_printer == changed.slip_printer


def test_the_running_program_keeps_its_name_and_database_whatever_the_file_says(
    store: Store, administrator: Actor, running: Settings
) -> None:
    changed = change_devices(store, administrator, running=running, changes={"evaluator.port": "/dev/ttyS4"})
    assert changed.database == running.database
    assert changed.station == running.station


@pytest.mark.both
def test_the_audit_says_who_changed_which_device_of_which_station(
    store: Store, administrator: Actor, running: Settings
) -> None:
    change_devices(store, administrator, running=running, changes={"reader.port": "", "reader.baud": 115200})
    with store.read() as session:
        entry = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
    assert (entry.action, entry.actor_name) == ("settings.change", administrator.name)
    assert entry.subject == f"station:{store.station.name}"
    assert entry.detail == '{"changes":{"reader.port":["/dev/ttyUSB0",""]}}'


def test_a_station_without_a_file_gets_one_that_only_its_owner_reads(
    store: Store, administrator: Actor, home: Path
) -> None:
    (home / "hall.toml").unlink(missing_ok=True)
    change_devices(store, administrator, running=Settings(home), changes={"station.loudspeaker": True})
    assert text_of(home) == "[station]\nloudspeaker = true\n"
    assert (home / "hall.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reader.baud": "schnell"}, BadSettings),
        ({"reader.puerto": "/dev/ttyS0"}, BadSettings),
        ({"slip_printer.rom": "ebcdic"}, BadSlip),
        ({"slip_printer.width_mm": 77}, BadSlip),
    ],
)
def test_what_could_not_be_read_again_is_refused_before_anything_is_written(
    store: Store,
    administrator: Actor,
    running: Settings,
    changes: dict[str, str | int | bool],
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        change_devices(store, administrator, running=running, changes=changes)
    assert text_of(running.home) == WRITTEN
    assert not (running.home / "hall.toml.bak").exists()


@pytest.mark.parametrize(
    "text",
    [
        'reader = { port = "/dev/a", baud = 9600 }  # in one line\n[station]\nname = "x"\n',
        'reader.port = "/dev/a"  # dotted\nreader.baud = 9600\nstation.name = "x"\n',
        '[page_printer.trays]\nplain = "1"\n[reader]\nbaud = 9600\n[page_printer]\nfolder = "f"\n',
        'mode = "demo"\r\n\r\n[security]\r\nidle_lock_minutes = 3\r\n',
        'page_printer = { queue = "q" }\n',
        'page_printer.trays = { plain = "1" }\n',
        "# nothing yet\n",
        "",
    ],
)
def test_however_the_file_is_written_only_what_was_asked_for_changes(text: str, tmp_path: Path) -> None:
    changes: Changes = {"reader.port": "/dev/b", "page_printer.trays.form": "2", "station.loudspeaker": True}
    expected = dataclasses.asdict(settings.parse(text, tmp_path))
    expected["reader"]["port"], expected["page_printer"]["trays"]["form"] = "/dev/b", "2"
    expected["station"]["loudspeaker"] = True
    after = edited(text, changes)
    assert dataclasses.asdict(settings.parse(after, tmp_path)) == expected
    assert text.count("#") == after.count("#")


def test_only_an_administrator_may(store: Store, manager: Actor, running: Settings) -> None:
    with pytest.raises(NotAuthorised):
        change_devices(store, manager, running=running, changes={"reader.port": ""})
    assert text_of(running.home) == WRITTEN


def test_without_its_audit_entry_the_change_is_taken_back(
    store: Store, administrator: Actor, running: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_work: object) -> None:
        assert 'port = ""' in text_of(running.home)
        raise OSError("no space")

    monkeypatch.setattr("hall.store.work.Work.finish", full)
    with pytest.raises(OSError, match="no space"):
        change_devices(store, administrator, running=running, changes={"reader.port": ""})
    assert text_of(running.home) == WRITTEN


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_changed(
    store: Store, administrator: Actor, running: Settings
) -> None:
    """A folder in the place of the kept copy: also root cannot write over it."""
    (running.home / "hall.toml.bak").mkdir()
    with pytest.raises(SettingsNotWritten, match="设置没有改"):
        change_devices(store, administrator, running=running, changes={"reader.port": ""})
    assert text_of(running.home) == WRITTEN
    assert list(running.home.glob(".hall*")) == []


def test_a_file_that_somebody_broke_by_hand_names_the_one_before(home: Path) -> None:
    (home / "hall.toml").write_text("[reader\n", encoding="utf-8")
    (home / "hall.toml.bak").write_text(WRITTEN, encoding="utf-8")
    with pytest.raises(BadSettings, match=r"hall\.toml\.bak"):
        settings.load({"HALL_HOME": str(home)})
