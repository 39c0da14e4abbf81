"""What `hall import` does with the files of requests: what other systems sent, and the map of who answers for what."""

import argparse

from hall.commands.session import open_session


def load_requests(arguments: argparse.Namespace, content: bytes) -> int:
    """Requests of 12345 or the grid system; their photos lie beside the file."""
    from hall.services.request_exchange import import_requests

    with open_session(arguments) as session:
        done = import_requests(
            session.store, session.actor, content=content, folder=arguments.file.parent, home=session.settings.home
        )
    print(f"外部诉求已导入：新增 {len(done.added)} 件，已登记过的 {done.unchanged} 件没有改动。")
    if done.added:
        print(f"编号 {done.added[0]} 至 {done.added[-1]}，在“诉求派单”的待派单里派单。")
    return 0


def load_responsibilities(arguments: argparse.Namespace, content: bytes) -> int:
    """Who answers for which category in which area."""
    from hall.services.responsibility_import import import_responsibilities

    with open_session(arguments) as session:
        done = import_responsibilities(session.store, session.actor, content=content, home=session.settings.home)
    print(f"责任区已导入：新增 {done.added} 行，未变 {done.unchanged} 行。")
    if done.new_units:
        print(f"新的承办单位：{'、'.join(done.new_units)}。")
    return 0
