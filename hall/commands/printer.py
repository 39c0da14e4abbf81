"""`hall printer`: the paper of the slip printers, counted from refill to refill."""

import argparse
import json
from typing import TYPE_CHECKING

from hall.commands.session import add_user_argument, open_session

if TYPE_CHECKING:
    from hall.commands.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`refill N` and `paper`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="动作")
    refill = deeds.add_parser("refill", help="登记换纸：装好了能打 N 张的纸")
    refill.add_argument("pieces", type=int, metavar="N", help="这卷纸大约能打多少张小票")
    refill.add_argument("--station", metavar="NAME", help="哪个工作站的小票打印机；不写是本机")
    paper = deeds.add_parser("paper", help="各小票打印机还剩多少张")
    for each in (refill, paper):
        add_user_argument(each)
        each.add_argument("--json", action="store_true", help="输出 JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Sign in, do the one thing, print it."""
    with open_session(arguments) as session:
        if arguments.deed == "refill":
            _refill(session, arguments)
        levels, lines = _levels(session)
    print(json.dumps(levels, ensure_ascii=False) if arguments.json else "\n".join(lines))
    return 0


def _refill(session: "Session", arguments: argparse.Namespace) -> None:
    from hall.services import paper_levels
    from hall.services.queue_policy import queue_policy

    policy = queue_policy(session.settings.home)
    paper_levels.refill(
        session.store,
        session.actor,
        pieces=arguments.pieces,
        alarm_at=policy.taking.paper_alarm_at,
        station=arguments.station,
    )


def _levels(session: "Session") -> tuple[list[dict[str, object]], list[str]]:
    from hall.services import paper_levels

    levels = paper_levels.levels(session.store, session.actor)
    shown: list[dict[str, object]] = [
        {
            "station": level.station,
            "left": level.left,
            "alarm_at": level.alarm_at,
            "refilled_at": level.refilled_at.isoformat(),
        }
        for level in levels
    ]
    lines = [f"{level.station}：{level.words or f'约剩 {level.left} 张。'}" for level in levels]
    return shown, lines or ["没有登记过换纸，各小票打印机不计张数。"]
