"""The computer: Python, Qt, fonts, folder, disk, settings, templates."""

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hall.app.doctor.finding import Check, Finding, absent, failed, fault, fine, warning
from hall.errors import HallError
from hall.printing.declarations import read_declarations
from hall.printing.fonts import LAST_RESORTS, FontSet, read_face
from hall.printing.template_check import check as template_problems
from hall.resources import template
from hall.settings import SETTINGS_FILE, BadSettings, FontSettings, Settings
from hall.words import DOCUMENT_KINDS, FONT_ROLES

OLDEST_PYTHON = (3, 11)
# PySide6 6.12 on Python 3.11 loses one reference to True per signal and ends the process after a few hundred.
BAD_PAIR = ((3, 11), (6, 12))
FEW_BYTES, TOO_FEW_BYTES = 2 * 10**9, 200 * 10**6


def computer_checks(settings: Settings, trouble: BadSettings | None) -> list[Check]:
    """What needs neither database nor device; `trouble` is why the settings file could not be read."""
    return [
        check_python,
        lambda: check_qt(sys.version_info[:2], _installed("PySide6_Essentials")),
        lambda: check_fonts(settings.fonts),
        lambda: check_home(settings.home),
        lambda: check_disk(settings.home),
        lambda: check_settings(settings.home, trouble),
        lambda: check_templates(settings.home),
    ]


def check_python() -> Finding:
    """The interpreter."""
    number = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST_PYTHON:
        return fault("Python", f"版本 {number} 太旧。", "请安装 Python 3.11 或更新的版本。")
    return fine("Python", f"版本 {number}。")


def check_qt(python: tuple[int, ...], installed: str | None) -> Finding:
    """The windows' library, by its installed version."""
    if installed is None:
        return fault("PySide6", "没有安装。", "请在程序文件夹里运行 make setup。")
    qt = tuple(int(part) for part in installed.split(".")[:2])
    if (python, qt) == BAD_PAIR:
        return fault(
            "PySide6", f"版本 {installed} 与 Python 3.11 不合，窗口会突然退出。", "请运行 make setup 装回 6.11。"
        )
    return fine("PySide6", f"版本 {installed}。")


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def check_fonts(own: FontSettings) -> Finding:
    """The typefaces of official paper, the hall's own before those that travel with the program.

    Named besides is what draws names that none of them has.
    """
    troubles = FontSet.shipped().prefer(own)
    if troubles:
        return fault("字体", "".join(troubles), "改好以前，文书用随程序的字体。")
    files = FontSet.shipped().files()
    try:
        for path in files.values():
            read_face(path)
    except HallError as error:
        return failed("字体", error)
    used = "、".join(f"{FONT_ROLES[role]} {path.name}" for role, path in files.items())
    rare = "、".join(path.name for path in LAST_RESORTS if path.exists())
    return fine("字体", f"公文用字体齐全：{used}；更生僻的字：{rare or '本机没有别的字体，印成〓由人工补写'}。")


def check_home(home: Path) -> Finding:
    """Where the program writes."""
    place = _nearest(home)
    if not os.access(place, os.W_OK | os.X_OK) or not place.is_dir():
        return fault("数据文件夹", f"{home} 不能写入。", f"请检查 {place} 的权限，或用 HALL_HOME 指定别的文件夹。")
    return fine("数据文件夹", f"{home}{'' if home.exists() else '（还没有，首次使用时建立）'}。")


def check_disk(home: Path) -> Finding:
    """Free space where the program writes."""
    free = shutil.disk_usage(_nearest(home)).free
    words = f"剩余 {free / 10**9:.1f} GB。"
    if free < TOO_FEW_BYTES:
        return fault("磁盘空间", words, "马上会写不进数据，请立即清理磁盘。")
    if free < FEW_BYTES:
        return warning("磁盘空间", words, "请清理磁盘，或把旧备份移走。")
    return fine("磁盘空间", words)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def check_settings(home: Path, trouble: BadSettings | None) -> Finding:
    """The settings file; the other checks go on with the usual values if it is unusable."""
    path = home / SETTINGS_FILE
    if trouble is not None:
        return failed("配置文件", trouble)
    if not path.exists():
        return absent("配置文件", f"没有 {path}，按默认值运行。", "需要读卡器、打印机或多台电脑时再建，写法见 README。")
    return fine("配置文件", f"{path} 读得懂。")


def check_templates(home: Path) -> Finding:
    """Every document template in force, the hall's own edited ones included."""
    fonts = FontSet.shipped()
    try:
        declared = read_declarations(template("fields.toml", home))
    except HallError as error:
        return failed("文书模板", error)
    problems = [f"{name}没有模板" for kind, name in DOCUMENT_KINDS.items() if kind not in declared]
    for each in declared.values():
        path = template(each.file, home)
        problems += [f"{each.file}：{problem}" for problem in template_problems(path, each, fonts=fonts)]
    if problems:
        return fault("文书模板", "；".join(problems), "请用 Word 或 WPS 改正模板，或删去自己改过的，恢复随程序的模板。")
    return fine("文书模板", f"{len(declared)} 个模板可以使用。")
