"""`hall keys`: which keys the hall has, and new ones for the receipts' signatures and for personal data."""

import argparse
import json
import os
from datetime import datetime
from typing import TYPE_CHECKING

from hall.clock import hall_time
from hall.commands.session import add_user_argument, open_session

if TYPE_CHECKING:
    from hall.commands.session import Session

_BACKUP = "请马上备份数据库（hall db backup 文件名）：新密钥的私钥只在数据库里，恢复更早的备份就没有它了。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`list` and `rotate receipt|data`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="动作")
    listing = deeds.add_parser("list", help="列出签名密钥和数据密钥的编号")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    rotate = deeds.add_parser("rotate", help="更换密钥：receipt 凭证签名，data 个人信息；旧凭证有效，旧数据能读")
    rotate.add_argument("which", choices=("receipt", "data"), help="receipt 凭证签名密钥，data 个人信息的数据密钥")
    for each in (listing, rotate):
        add_user_argument(each)


def execute(arguments: argparse.Namespace) -> int:
    """Sign in, do the one thing, say what has to be done next."""
    with open_session(arguments) as session:
        if arguments.deed == "list":
            print(_listed(session, as_json=arguments.json))
        elif arguments.which == "receipt":
            print(_new_signing_key(session))
        else:
            print(_new_data_key(session))
    return 0


def _new_signing_key(session: "Session") -> str:
    from hall.services.receipt_keys import keep
    from hall.services.receipts import rotate_signing_key

    key_id = rotate_signing_key(session.store, session.actor)
    keep(session.store, session.settings.home)
    return f"凭证签名密钥已更换：从现在起用 {key_id} 签名，以前的凭证照样核验有效。\n{_BACKUP}"


def _new_data_key(session: "Session") -> str:
    from hall.services.key_rotation import rotate_data_key
    from hall.store.secrets import KEY_FILE

    home = session.settings.home
    rotated = rotate_data_key(session.store, session.actor, home=home, environment=os.environ)
    return "\n".join(
        (
            f"数据密钥已更换：下次启动的程序用 {rotated.key_id} 加密，以前存的照样能读。",
            f"请马上把 {home / KEY_FILE} 重新抄存两份放进保险柜，旧的抄件作废。",
            f"再把它复制到每台工作站（{'、'.join(rotated.stations)}），然后才重新启动各站的程序："
            "没有换上的工作站读不出新存的个人信息。",
        )
    )


def _listed(session: "Session", *, as_json: bool) -> str:
    from hall.services.key_rotation import keys

    view = keys(session.store, session.actor)
    if as_json:
        shown = {
            "receipt": [
                {"key_id": each.key_id, "created_at": _iso(each.created_at), "retired_at": _iso(each.retired_at)}
                for each in view.signing
            ],
            "data": list(view.data),
        }
        return json.dumps(shown, ensure_ascii=False)
    signing = [
        f"凭证签名密钥 {each.key_id}　{_day(each.created_at)} 启用，"
        + (f"{_day(each.retired_at)} 停用，只核验" if each.retired_at else "正在签名")
        for each in view.signing
    ]
    older = [f"数据密钥 {key_id}　只读旧数据" for key_id in view.data[:-1]]
    return "\n".join((*signing, *older, f"数据密钥 {view.data[-1]}　正在加密"))


def _iso(instant: datetime | None) -> str | None:
    return hall_time(instant).isoformat() if instant else None


def _day(instant: datetime) -> str:
    return f"{hall_time(instant):%Y-%m-%d}"
