"""`hall ticket`: the queue without a screen."""

import argparse
import json
from typing import TYPE_CHECKING

from hall.commands.arguments import counter_number
from hall.commands.session import add_user_argument, open_session
from hall.words import PRIORITY_KINDS, TICKET_STATES

if TYPE_CHECKING:
    from hall.commands.session import Session
    from hall.services.queue_reading import WaitingView
    from hall.services.taking import TicketIssued


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`issue`, `check-in`, `call` and `list`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="动作")
    issue = deeds.add_parser("issue", help="取一个号")
    issue.add_argument("--matter", required=True, metavar="CODE", help="事项编码")
    issue.add_argument("--priority", default="ordinary", choices=sorted(PRIORITY_KINDS), help="优先类别")
    issue.add_argument("--further", nargs="+", default=[], metavar="CODE", help="同一个号接着办的事项")
    check_in = deeds.add_parser("check-in", help="预约签到")
    check_in.add_argument("--reference", required=True, metavar="REF", help="预约编号")
    call = deeds.add_parser("call", help="叫下一号")
    call.add_argument("--counter", required=True, type=counter_number, metavar="N", help="窗口号")
    listing = deeds.add_parser("list", help="今日等候和最近呼叫")
    for each in (issue, check_in, call, listing):
        add_user_argument(each)
        each.add_argument("--json", action="store_true", help="输出 JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Sign in, do the one thing, print it."""
    deed = {"issue": _issue, "check-in": _check_in, "call": _call, "list": _list}[arguments.deed]
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
        further=tuple(arguments.further),
        slip=False,
    )
    return _issued(ticket)


def _check_in(session: "Session", arguments: argparse.Namespace) -> tuple[object, str]:
    from hall.services.checking_in import check_in_by_reference
    from hall.services.queue_policy import queue_policy

    policy = queue_policy(session.settings.home)
    ticket = check_in_by_reference(
        session.store, session.actor, reference=arguments.reference, policy=policy, slip=False
    )
    return _issued(ticket)


def _issued(ticket: "TicketIssued") -> tuple[object, str]:
    shown = {
        "ticket_id": ticket.ticket_id,
        "code": ticket.code,
        "matter": ticket.matter_code,
        "matter_name": ticket.matter_name,
        "priority": ticket.priority,
        "state": ticket.state,
        "waiting_ahead": ticket.waiting_ahead,
        "minutes": list(ticket.minutes),
        "issued_at": ticket.issued_at.isoformat(),
        "notice": ticket.notice,
    }
    low, high = ticket.minutes
    ahead = f"前方 {ticket.waiting_ahead} 人，约 {low}–{high} 分钟。"
    return shown, f"{ticket.code} 号，{ticket.matter_name}，{ahead}{ticket.notice}"


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
    from hall.services.queue_reading import queue_view, tickets_without_slip

    view = queue_view(session.store, session.actor, policy=queue_policy(session.settings.home), last_calls=50)
    without_slip = tickets_without_slip(session.store, session.actor)
    calls = [
        {"code": each.code, "counter": each.counter_number, "state": each.state, "calls": each.calls}
        for each in view.calls
    ]
    shown = {
        "waiting": [_ticket(each) for each in view.waiting],
        "without_slip": [_ticket(each) for each in without_slip],
        "calls": calls,
    }
    lines = [f"等候 {len(view.waiting)} 人：", *map(_line, view.waiting)]
    if without_slip:
        lines += ["尚无小票，未进入排队：", *map(_line, without_slip)]
    lines.append("最近呼叫：")
    lines += [f"  {each.code} → {each.counter_number}号窗口  {TICKET_STATES[each.state]}" for each in view.calls]
    return shown, "\n".join(lines)


def _ticket(ticket: "WaitingView") -> dict[str, str]:
    return {
        "code": ticket.code,
        "matter": ticket.matter_code,
        "priority": ticket.priority,
        "state": ticket.state,
        "issued_at": ticket.issued_at.isoformat(),
    }


def _line(ticket: "WaitingView") -> str:
    return f"  {ticket.code}  {ticket.matter_code}  {PRIORITY_KINDS[ticket.priority]}  {TICKET_STATES[ticket.state]}"
