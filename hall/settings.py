"""Settings of one station: frozen values read from HALL_HOME/hall.toml and the environment."""

import dataclasses
import difflib
import os
import tomllib
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar

from hall.errors import Refused, Unavailable, cause_of, fault_of

T = TypeVar("T")

SETTINGS_FILE = "hall.toml"
FORMER_FILE = "hall.toml.bak"
DATABASE_FILE = "hall.db"
LONGEST_STATION_NAME = 40


class BadSettings(Refused):
    """The settings file cannot be used; says which key and what is expected."""


class SettingsAway(Unavailable):
    """The settings file is there and cannot be read."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"读不到配置文件 {path}（{cause_of(error)}）。请检查 HALL_HOME 和文件权限后再试。")


@dataclass(frozen=True, slots=True)
class StationSettings:
    """Which computer this is. `name` must be unique in the hall: the audit chain hangs on it.

    `quiet_hours`: when its loudspeaker is silent, such as 12:00-13:30,21:00-08:00.
    """

    name: str = "station-1"
    hall: str = "main"
    counter: int | None = None
    loudspeaker: bool = False
    speech: bool = False
    quiet_hours: str = ""


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """SQLAlchemy URL; empty means SQLite in HALL_HOME. PostgreSQL may name several hosts."""

    url: str = ""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """ID-card reader: port path or pyserial URL; empty means none is attached."""

    port: str = ""
    baud: int = 115200


@dataclass(frozen=True, slots=True)
class SlipPrinterSettings:
    """Slip printer. `rom` is what its character generator holds: gb2312, gbk, gb18030, big5, utf-8 or none.

    `qr`: native where it draws codes by itself, raster where they are sent as pictures; empty goes by the paper: 80 mm
    draws them, 58 mm does not.
    `failover` is the port of a second printer of the same kind, for when the first does not print; empty means none.
    """

    port: str = ""
    baud: int = 115200
    width_mm: int = 80
    rom: str = "gbk"
    qr: str = ""
    failover: str = ""


@dataclass(frozen=True, slots=True)
class TraySettings:
    """What the page printer calls the tray with each stock (`tray` in fields.toml); empty is its usual one."""

    plain: str = ""
    certificate: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class PagePrinterSettings:
    """Page printer: a print queue, or a folder that keeps the PDFs when no printer is attached.

    `failover` is a second queue, for when the first does not print; empty means none.
    """

    queue: str = ""
    folder: str = ""
    failover: str = ""
    trays: TraySettings = field(default_factory=TraySettings)


@dataclass(frozen=True, slots=True)
class FontSettings:
    """Font files (.ttf, .ttc) of the hall's own, licensed to it, that win over the shipped ones; empty means none."""

    fang: str = ""
    song: str = ""
    song_bold: str = ""
    hei: str = ""
    kai: str = ""


@dataclass(frozen=True, slots=True)
class EvaluatorSettings:
    """Evaluator (评价器) on a counter, see docs/evaluator.md: port path or pyserial URL; empty means none."""

    port: str = ""
    baud: int = 9600


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """Code scanner (扫码枪) on a serial line; empty means none. One that types like a keyboard needs no setting."""

    port: str = ""
    baud: int = 9600


@dataclass(frozen=True, slots=True)
class CounterDisplaySettings:
    """The counter's own display: a line of light, see docs/counter-display.md (`port`; empty means none), or a screen.

    `rating`: the screen can be touched, and asks for a rating after each visit.
    """

    port: str = ""
    baud: int = 9600
    rating: bool = False


@dataclass(frozen=True, slots=True)
class SecuritySettings:
    """Idle minutes before a screen locks itself."""

    idle_lock_minutes: int = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a station is told from outside. `mode`: production, demo or development."""

    home: Path
    mode: str = "production"
    station: StationSettings = field(default_factory=StationSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    reader: ReaderSettings = field(default_factory=ReaderSettings)
    slip_printer: SlipPrinterSettings = field(default_factory=SlipPrinterSettings)
    page_printer: PagePrinterSettings = field(default_factory=PagePrinterSettings)
    fonts: FontSettings = field(default_factory=FontSettings)
    evaluator: EvaluatorSettings = field(default_factory=EvaluatorSettings)
    scanner: ScannerSettings = field(default_factory=ScannerSettings)
    counter_display: CounterDisplaySettings = field(default_factory=CounterDisplaySettings)
    security: SecuritySettings = field(default_factory=SecuritySettings)

    @property
    def database_url(self) -> str:
        """The configured URL, or SQLite in the home folder."""
        return self.database.url or f"sqlite:///{self.home / DATABASE_FILE}"


def home_from(environment: Mapping[str, str]) -> Path:
    """HALL_HOME, or the platform's usual place for a program's data."""
    if environment.get("HALL_HOME"):
        return Path(environment["HALL_HOME"]).expanduser().resolve()
    base = environment.get("LOCALAPPDATA") or environment.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "hall"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read HALL_HOME/hall.toml if there is one; HALL_DATABASE_URL and HALL_STATION win over the file."""
    environment = os.environ if environment is None else environment
    home = home_from(environment)
    settings = _from_file(home)
    if url := environment.get("HALL_DATABASE_URL"):
        settings = dataclasses.replace(settings, database=DatabaseSettings(url))
    if station := environment.get("HALL_STATION"):
        settings = dataclasses.replace(settings, station=dataclasses.replace(settings.station, name=station))
    _check_station_name(settings.station.name)
    return settings


def _check_station_name(name: str) -> None:
    """It names the log's file, and stands on screens and in the audit chain."""
    if not 1 <= len(name) <= LONGEST_STATION_NAME or not name.isprintable() or set(name) & set("/\\"):
        raise BadSettings(f"工作站名 station.name 应为 1 至 {LONGEST_STATION_NAME} 个字，不含斜杠和控制字符，请改正。")


def _from_file(home: Path) -> Settings:
    path = home / SETTINGS_FILE
    try:
        return parse(path.read_text(encoding="utf-8"), home)
    except FileNotFoundError:
        return Settings(home=home)
    except OSError as error:
        raise SettingsAway(path, error) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, error) from error


def parse(text: str, home: Path) -> Settings:
    """The settings that the text of a settings file means; raises BadSettings."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(home / SETTINGS_FILE, error) from error
    return _build(Settings, document, "", home=home)


def _unreadable(path: Path, error: ValueError) -> BadSettings:
    former = path.with_name(FORMER_FILE)
    also = f"改动前的一份在 {former}。" if former.exists() else ""
    return BadSettings(f"配置文件 {path} 读不懂：{fault_of(error)}。请按 README“配置”一节改正。{also}")


def _build(kind: type[T], table: Mapping[str, Any], prefix: str, **given: object) -> T:
    hints = typing.get_type_hints(kind)
    known = [item.name for item in dataclasses.fields(typing.cast(Any, kind)) if item.name not in given]
    values = dict(given)
    for key, value in table.items():
        if key not in known:
            raise _unknown_key(prefix + key, key, known)
        values[key] = _value(hints[key], value, prefix + key)
    return kind(**values)


def _value(expected: Any, value: object, path: str) -> object:
    if dataclasses.is_dataclass(expected):
        if not isinstance(value, dict):
            raise BadSettings(f"配置项 {path} 应是一个表（[{path}]）。")
        return _build(typing.cast("type[object]", expected), value, f"{path}.")
    accepted = typing.get_args(expected) if isinstance(expected, UnionType) else (expected,)
    if type(value) not in accepted:
        names = "、".join(getattr(kind, "__name__", str(kind)) for kind in accepted)
        raise BadSettings(f"配置项 {path} 的值 {value!r} 类型不对，应为 {names}。")
    return value


def _unknown_key(path: str, key: str, known: list[str]) -> BadSettings:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
    return BadSettings(f"配置文件里有不认识的项 {path}，是不是想写 {near[0]}？")
