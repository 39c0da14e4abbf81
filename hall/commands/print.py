"""`hall print`: a ticket, a receipt or a document from the database to a port, a file or a print queue."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from hall.commands.session import add_user_argument, open_session
from hall.errors import Refused, Unavailable, cause_of

if TYPE_CHECKING:
    from hall.commands.session import Session
    from hall.printing.slip import Slip

WHAT = {
    "ticket": "叫号小票，按号码（如 A017）",
    "receipt": "收件凭证小票，按文号",
    "document": "文书，按文号；--file 以 .docx 或 .pdf 结尾",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, which, and where to."""
    things = parser.add_subparsers(dest="what", required=True, metavar="内容")
    for what, summary in WHAT.items():
        each = things.add_parser(what, help=summary)
        each.add_argument("number", metavar="号码")
        target = each.add_mutually_exclusive_group(required=True)
        target.add_argument("--port", metavar="PORT", help="小票打印机端口")
        target.add_argument("--file", type=Path, metavar="FILE", help="写进文件")
        target.add_argument("--queue", metavar="NAME", help="打印队列")
        add_user_argument(each)


def execute(arguments: argparse.Namespace) -> int:
    """Sign in, render from the database, hand over."""
    with open_session(arguments) as session:
        said = _document(session, arguments) if arguments.what == "document" else _slip(session, arguments)
    print(said)
    return 0


def _slip(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.printing.escpos import missing_in, render
    from hall.printing.fonts import FontSet
    from hall.printing.missing import describe_missing
    from hall.printing.ports import open_port
    from hall.printing.printer import print_slip
    from hall.printing.raster import LineRasteriser
    from hall.printing.slip import profile_for

    own = session.settings.slip_printer
    slip, profile = _slip_value(session, arguments), profile_for(own.width_mm, own.rom, own.qr)
    raster = LineRasteriser(FontSet.shipped())
    payload, missing = render(slip, profile, raster), missing_in(slip, profile, lacks=raster.lacks)
    by_hand = describe_missing(missing) if missing else ""
    if arguments.file:
        return _write(arguments.file, payload) + by_hand
    address = arguments.port or f"queue:{arguments.queue}"
    with open_port(address, baud=own.baud) as port:
        outcome = print_slip(port, payload)
    if outcome.state == "unconfirmed":
        raise Unavailable(outcome.reason)
    return f"已打印 {arguments.number}。{outcome.reason}{by_hand}"


def _slip_value(session: "Session", arguments: argparse.Namespace) -> "Slip":
    from hall.rules.authority import require
    from hall.services import documents, paper

    if arguments.what == "ticket":
        require(session.actor, "ticket.print")
        ticket_id = paper.ticket_id_of(session.store, arguments.number)
        if not arguments.file:
            paper.require_live(session.store, ticket_id)
        return paper.ticket_slip_of(session.store, ticket_id)
    document = documents.document_numbered(session.store, session.actor, number=arguments.number)
    if document.kind != "receipt":
        raise Refused(f"“{arguments.number}”不是收件凭证，请用 hall print document。")
    return paper.document_slip_of(document)


def _document(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.printing.missing import describe_missing
    from hall.printing.queues import print_system
    from hall.services import documents
    from hall.workers.printers import page_job

    document = documents.document_numbered(session.store, session.actor, number=arguments.number)
    made = documents.produced(session.store, session.actor, document_id=document.document_id)
    by_hand = describe_missing(made.missing) if made.missing else ""
    if arguments.file:
        forms = {".docx": made.docx, ".pdf": made.pdf}
        if arguments.file.suffix.lower() not in forms:
            raise Refused("文书只能存为 .docx 或 .pdf，请改文件名的扩展名。")
        return _write(arguments.file, forms[arguments.file.suffix.lower()]) + by_hand
    if arguments.port:
        raise Refused("文书是整页的，不能打到小票打印机端口；请用 --queue 或 --file。")
    wanted = page_job(
        session.store, session.settings, document_id=document.document_id, title=f"{document.number} #{uuid4().hex}"
    )
    print_system().submit(arguments.queue, made.pdf, replace(wanted, copies=1))
    return f"已交给打印队列 {arguments.queue}。{by_hand}"


def _write(path: Path, content: bytes) -> str:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Unavailable(f"写不进文件 {path}（{cause_of(error)}），请检查磁盘空间和权限。") from error
    return f"已写入 {path}。"
