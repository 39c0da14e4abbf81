"""`hall card read`: read one card from a reader, without account or database."""

import argparse
import json
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall.rules.cards import Card


LONGEST_SECONDS = 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`card read --port PORT [--timeout S] [--json]`."""
    actions = parser.add_subparsers(dest="action", metavar="动作", required=True)
    read = actions.add_parser("read", help="读一张证件", description="读一张证件；不加 --json 时个人信息打码显示")
    read.add_argument("--port", required=True, help="串口路径或 pyserial URL")
    read.add_argument("--timeout", type=_seconds, default=10.0, metavar="秒", help="等待放卡的时间，默认 10")
    read.add_argument("--json", action="store_true", help="输出 JSON，个人信息完整")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_SECONDS:
        raise argparse.ArgumentTypeError(f"应是大于 0、不超过 {LONGEST_SECONDS} 的数，不能写“{text}”")
    return seconds


def execute(arguments: argparse.Namespace) -> int:
    """Print the card; NoCard and the like are refusals (1), a bad line or reader is unavailable (3)."""
    from hall import settings
    from hall.devices.idcard import CardReader, read_one
    from hall.devices.serial_port import SerialPort
    from hall.rules.cards import card_json

    stop = threading.Event()
    with SerialPort(arguments.port, baud=settings.load().reader.baud) as line:
        card = read_one(CardReader(line, stop=stop), seconds=arguments.timeout, stop=stop)
    if arguments.json:
        sys.stdout.write(json.dumps(card_json(card), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(masked_lines(card))
    return 0


def masked_lines(card: "Card") -> str:
    """The card for a person's eyes, a line per field, with everything personal masked."""
    from hall.rules.identity import mask_address, mask_id_number, mask_name
    from hall.words import CARD_KINDS

    lines = [
        ("证件类型", CARD_KINDS[card.kind]),
        ("姓名", mask_name(card.name)),
        ("性别", card.sex),
        ("民族", card.ethnicity),
        ("国籍", card.country),
        ("住址", mask_address(card.home_address)),
        ("卡面住址", mask_address(card.address or "") if card.newest_address else ""),
        ("证件号码", mask_id_number(card.id_number)),
        ("签发机关", card.issuer),
        ("有效期起", card.valid_from.isoformat()),
        ("有效期止", card.valid_to.isoformat() if card.valid_to else "长期"),
    ]
    return "".join(f"{label}：{value}\n" for label, value in lines if value)
