"""`hall clock accept`: an administrator says that this computer's clock is right, after it had run ahead."""

import argparse

from hall.commands.session import add_user_argument, open_session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The deed, and who does it."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="操作")
    accept = deeds.add_parser("accept", help="确认本机现在的时间，从现在起恢复写入")
    add_user_argument(accept)


def execute(arguments: argparse.Namespace) -> int:
    """Write the entry that the station's chain goes on from."""
    from hall.clock import hall_time
    from hall.services.clock_acceptance import accept_clock

    with open_session(arguments, trusts_clock=True) as session:
        done = accept_clock(session.store, session.actor)
    before = f"，上次操作是 {hall_time(done.before):%Y-%m-%d %H:%M}" if done.before else ""
    print(f"已确认本机时间 {hall_time(done.now):%Y-%m-%d %H:%M}{before}。本机恢复写入。")
    return 0
