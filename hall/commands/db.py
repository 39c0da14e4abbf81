"""`hall db`: the database's life, from the first administrator to the restored copy."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hall.commands.arguments import counter_number

if TYPE_CHECKING:
    from hall.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`init`, `upgrade`, `check`, `backup FILE` and `restore FILE`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="动作")
    init = deeds.add_parser("init", help="建立数据库、大厅、本工作站和第一个管理员账号")
    init.add_argument("--name", default="城市管理服务大厅", help="大厅名称")
    init.add_argument("--short-name", default="城管", help="文号里的机关代字，如 莲城管")
    init.add_argument("--authority", default="", help="作出决定的机关全称，落款用；不写则同大厅名称")
    init.add_argument("--address", default="", help="大厅地址")
    init.add_argument("--phone", default="", help="咨询电话")
    init.add_argument("--complaint-phone", default="", help="投诉电话")
    init.add_argument("--counters", type=counter_number, default=4, metavar="N", help="服务窗口数（默认 4）")
    init.add_argument("--json", action="store_true", help="输出 JSON")
    deeds.add_parser("upgrade", help="把旧版程序建立的数据库更新到本版")
    deeds.add_parser("check", help="查看数据库能否使用")
    for name, summary in (("backup", "备份到新文件，不影响使用"), ("restore", "从备份恢复，先退出所有工作站")):
        deeds.add_parser(name, help=summary).add_argument("file", metavar="FILE", type=Path)


def execute(arguments: argparse.Namespace) -> int:
    """Do the one thing with the database that the settings name."""
    from hall.settings import load

    deeds = {"init": _init, "upgrade": _upgrade, "check": _check, "backup": _backup, "restore": _restore}
    deeds[arguments.deed](load(), arguments)
    return 0


def _init(settings: "Settings", arguments: argparse.Namespace) -> None:
    from hall.clock import SystemClock
    from hall.services.foundation import HallDetails
    from hall.services.initialising import initialise_hall

    details = HallDetails(
        code=settings.station.hall,
        name=arguments.name,
        short_name=arguments.short_name,
        authority=arguments.authority,
        address=arguments.address,
        phone=arguments.phone,
        complaint_phone=arguments.complaint_phone,
    )
    made = initialise_hall(settings, SystemClock(), details=details, counters=arguments.counters)
    if arguments.json:
        shown = {"hall": made.hall, "station": made.station, "login": made.login}
        print(json.dumps(shown | {"one_time_password": made.one_time_password}, ensure_ascii=False))
    elif made.one_time_password is None:
        print(f"已在现有数据库里建立大厅 {made.hall}，请用已有的管理员账号登录。")
    else:
        print(f"数据库已建立。管理员账号 {made.login}，一次性密码：{made.one_time_password}")
    print(f"{_key_place(settings)}请抄存两份放进保险柜：丢失后个人信息无法恢复。", file=sys.stderr)


def _upgrade(settings: "Settings", arguments: argparse.Namespace) -> None:
    from hall.store import migrate, revision
    from hall.store.opening import opened_engine

    with opened_engine(settings) as engine:
        before = revision.current_revision(engine)
        migrate.upgrade(engine)
    after = revision.head_revision()
    print(f"数据库已是版本 {after}，不用更新。" if before == after else f"数据库已从版本 {before} 更新到 {after}。")


def _check(settings: "Settings", arguments: argparse.Namespace) -> None:
    from hall.store import revision
    from hall.store.opening import opened_engine
    from hall.store.secrets import KeyRing
    from hall.store.stations import find_station

    with opened_engine(settings) as engine:
        revision.check_schema(engine)
        station = find_station(engine, hall_code=settings.station.hall, name=settings.station.name)
    KeyRing.load(settings.home, os.environ)
    known = "" if station else "（首次使用，启动时登记）"
    print(
        f"数据库可以使用：版本 {revision.head_revision()}，大厅 {settings.station.hall}，"
        f"工作站 {settings.station.name}{known}。"
    )


def _backup(settings: "Settings", arguments: argparse.Namespace) -> None:
    from hall.store.backup import back_up

    back_up(settings.database_url, arguments.file)
    print(f"已备份到 {arguments.file}。密钥不在备份里：{_key_place(settings)}请另行保管。")


def _restore(settings: "Settings", arguments: argparse.Namespace) -> None:
    from hall.clock import SystemClock, hall_time
    from hall.store.backup import restore

    aside = restore(settings.database_url, arguments.file, now=hall_time(SystemClock().now()))
    kept = f"原来的数据库改名为 {aside}。" if aside else ""
    print(f"已从 {arguments.file} 恢复。{kept}密钥不在备份里：{_key_place(settings)}要与备份时的一致。")


def _key_place(settings: "Settings") -> str:
    from hall.store.secrets import KEY_FILE, KEY_VARIABLE

    if os.environ.get(KEY_VARIABLE):
        return f"环境变量 {KEY_VARIABLE} 里的密钥"
    return f"密钥文件 {settings.home / KEY_FILE} "
