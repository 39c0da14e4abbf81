"""Changes the devices of this station in HALL_HOME/hall.toml: checked before it takes effect, with an audit entry."""

import dataclasses
import os
import tempfile
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import cast

import tomlkit
from tomlkit.items import InlineTable, Item

from hall import settings
from hall.errors import Unavailable, cause_of
from hall.printing.slip import profile_for
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.settings import FORMER_FILE, SETTINGS_FILE, Settings, SettingsAway
from hall.store import Store
from hall.store.retrying import retried

SettingValue = str | int | bool
Changes = Mapping[str, SettingValue]
"""Settings keys as README names them (`reader.port`) with their new values."""

DEVICE_TABLES = ("reader", "slip_printer", "page_printer", "evaluator", "scanner", "counter_display")


class SettingsNotWritten(Unavailable):
    """The settings file cannot be written; it is as it was."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"写不进配置文件 {path}（{cause_of(error)}），设置没有改。请检查磁盘空间和文件夹权限后再试。")


@retried
def change_devices(store: Store, actor: Actor, *, running: Settings, changes: Changes) -> Settings:
    """Write the changes into the station's settings file; gives the running settings with these devices.

    What else stands in the file stays, comments too; the file as it was is kept beside it as hall.toml.bak.
    Raises BadSettings and BadSlip for a file that would not be understood, SettingsAway, SettingsNotWritten.
    """
    require(actor, "settings.change")
    path = running.home / SETTINGS_FILE
    before = _text(path)
    old = settings.parse(before, running.home)
    new = settings.parse(edited(before, changes), running.home)
    others = {key: value for key, value in changes.items() if value_of(old, key) != value}
    after = edited(before, others)  # what is usual anyway need not be written
    profile_for(new.slip_printer.width_mm, new.slip_printer.rom)
    with _put_back_on_failure(path, before), store.work("settings.change", actor) as work:
        if others:
            _replace(path, after, before=before)
        detail = {key: [value_of(old, key), value] for key, value in others.items()}
        work.audit(f"station:{work.station_name}", changes=detail)
        work.changed("settings", work.station_name)
    return _with_devices(running, new)


def edited(text: str, changes: Changes) -> str:
    """The text of a settings file with other values; everything else stays as it is written."""
    document = tomlkit.parse(text)
    for key, value in changes.items():
        *tables, name = key.split(".")
        table: MutableMapping[str, Item] = document
        for each in tables:
            if not isinstance(table.get(each), MutableMapping):  # which a table in one line, or of dotted keys, is too
                table[each] = tomlkit.inline_table() if isinstance(table, InlineTable) else tomlkit.table()
            table = cast("MutableMapping[str, Item]", table[each])
        table[name] = tomlkit.item(value)
    return tomlkit.dumps(document)


def value_of(chosen: Settings, key: str) -> SettingValue:
    """What settings say under a key as README names it."""
    found: SettingValue = attrgetter(key)(chosen)
    return found


def _with_devices(running: Settings, new: Settings) -> Settings:
    """Name, hall and database are those the program was started with, whatever the file says by now."""
    station = dataclasses.replace(running.station, loudspeaker=new.station.loudspeaker)
    devices = {name: getattr(new, name) for name in DEVICE_TABLES}
    return dataclasses.replace(running, station=station, **devices)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsAway(path, error if isinstance(error, OSError) else OSError(str(error))) from error


@contextmanager
def _put_back_on_failure(path: Path, before: str) -> Iterator[None]:
    """No change without its audit entry: if that is not saved, the file is as it was."""
    try:
        yield
    except BaseException:
        if _text(path) != before:
            _write(path, before)
        raise


def _replace(path: Path, text: str, *, before: str) -> None:
    if before:
        _write(path.with_name(FORMER_FILE), before)
    _write(path, text)


def _write(path: Path, text: str) -> None:
    """Whole or not at all, with the rights of the file it replaces: it may hold the database's password."""
    target = path.resolve()  # the name stays a link where it is one
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as aside:
            part = Path(aside) / target.name
            with part.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(mode)
            part.replace(target)
    except OSError as error:
        raise SettingsNotWritten(path, error) from error
