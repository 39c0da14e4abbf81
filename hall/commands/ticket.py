"""`hall ticket`: the queue without a screen."""

import argparse
import json
from typing import TYPE_CHECKING

from hall.commands.arguments import counter_number
from hall.commands.session import add_user_argument, open_session
from hall.words import PRIORITY_KINDS, TICKET_STATES

if TYPE_CHECKING:
    from hall.commands.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`issue`, `call` and `list`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="动作")
    issue = deeds.add_parser("issue", help="取一个号")
    issue.add_argument("--matter", required=True, metavar="CODE", help="事项编码")
    issue.add_argument("--priority", default="ordinary", choices=sorted(PRIORITY_KINDS), help="优先类别")
    call = deeds.add_parser("call", help="叫下一号")
    call.add_argument("--counter", required=True, type=counter_number, metavar="N", help="窗口号")
    listing = deeds.add_parser("list", help="今日等候和最近呼叫")
    for each in (issue, call, listing):
        add_user_argument(each)
        each.add_argument("--json", action="store_true", help="输出 JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Sign in, do the one thing, print it."""
    deed = {"issue": _issue, "call": _call, "list": _list}[arguments.deed]
    with open_session(arguments) as session:
        shown, sentence = deed(session, arguments)
    print(json.dumps(shown, ensure_ascii=False) if arguments.json else sentence)
    return 0


def _issue(session: "Session", arguments: argparse.Namespace) -> tuple[object, str]:
    from hall.services.queue_policy import queue_policy
    from hall.services.taking import issue_ticket

    ticket = issue_ticket(
        session.store,
        session.actor,
        matter_code=arguments.matter,
        channel="command",
        policy=queue_policy(session.settings.home),
        priority=arguments.priority,
        slip=False,
    )
    shown = {
        "ticket_id": ticket.ticket_id,
        "code": ticket.code,
        "matter": arguments.matter,
        "matter_name": ticket.matter_name,
        "priority": ticket.priority,
        "waiting_ahead": ticket.waiting_ahead,
        "minutes": list(ticket.minutes),
        "issued_at": ticket.issued_at.isoformat(),
    }
    low, high = ticket.minutes
    return shown, f"{ticket.code} 号，{ticket.matter_name}，前方 {ticket.waiting_ahead} 人，约 {low}–{high} 分钟。"


def _call(session: "Session", arguments: argparse.Namespace) -> tuple[object, str]:
    from hall.services.queue_policy import queue_policy
    from hall.services.queueing import call_next

    policy = queue_policy(session.settings.home)
    called = call_next(session.store, session.actor, counter=arguments.counter, policy=policy)
    shown = {
        "ticket_id": called.ticket_id,
        "code": called.code,
        "counter": called.counter_number,
        "matter": called.matter_code,
        "matter_name": called.matter_name,
        "waited_seconds": int(called.waited.total_seconds()),
        "reason": called.reason,
    }
    return shown, f"请 {called.code} 号到 {called.counter_number} 号窗口。{called.reason}"


def _list(session: "Session", _arguments: argparse.Namespace) -> tuple[object, str]:
    from hall.services.queue_policy import queue_policy
    from hall.services.queue_reading import queue_view

    view = queue_view(session.store, session.actor, policy=queue_policy(session.settings.home), last_calls=50)
    waiting = [
        {
            "code": each.code,
            "matter": each.matter_code,
            "priority": each.priority,
            "issued_at": each.issued_at.isoformat(),
        }
        for each in view.waiting
    ]
    calls = [
        {"code": each.code, "counter": each.counter_number, "state": each.state, "calls": each.calls}
        for each in view.calls
    ]
    lines = [f"等候 {len(waiting)} 人："]
    lines += [f"  {each.code}  {each.matter_code}  {PRIORITY_KINDS[each.priority]}" for each in view.waiting]
    lines.append("最近呼叫：")
    lines += [f"  {each.code} → {each.counter_number}号窗口  {TICKET_STATES[each.state]}" for each in view.calls]
    return {"waiting": waiting, "calls": calls}, "\n".join(lines)
