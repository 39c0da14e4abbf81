"""`hall verify`: is what is stored what was written?"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hall.errors import Damaged

if TYPE_CHECKING:
    from hall.services.receipts import VerifiedReceipt


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`audit`, `data` and `receipt PAYLOAD`."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="对象")
    for name, summary in (("audit", "核查操作记录链和每日封存"), ("data", "核查数据是否完整、一致")):
        kinds.add_parser(name, help=summary).add_argument("--json", action="store_true", help="输出 JSON")
    receipt = kinds.add_parser("receipt", help="核验收件凭证二维码的签名")
    receipt.add_argument("payload", metavar="PAYLOAD", help="二维码里的文字")
    receipt.add_argument("--json", action="store_true", help="输出 JSON")


def execute(arguments: argparse.Namespace) -> int:
    """Print what was found; exit status 4 if anything is wrong."""
    if arguments.kind == "receipt":
        return _receipt(arguments.payload, as_json=arguments.json)
    problems = {"audit": _audit, "data": _data}[arguments.kind]()
    _print(problems, as_json=arguments.json)
    return Damaged.exit_status if problems else 0


def _receipt(payload: str, *, as_json: bool) -> int:
    """The signature says everything a paper can prove, so no account is asked for; a forged one is refused."""
    receipt = _verified(payload)
    if as_json:
        shown = {
            "number": receipt.number,
            "issued_on": receipt.issued_on.isoformat(),
            "key_id": receipt.key_id,
            "hall": receipt.hall_name,
            "offline": receipt.offline,
        }
        print(json.dumps(shown, ensure_ascii=False))
    else:
        kept = "（数据库连不上，用本机保存的公钥核验）" if receipt.offline else ""
        print(f"签名有效：{receipt.number}，{receipt.hall_name} {receipt.issued_on.isoformat()} 签发{kept}。")
    return 0


def _verified(payload: str) -> "VerifiedReceipt":
    from hall.services.receipts import check, check_kept
    from hall.settings import load
    from hall.store.failures import DatabaseAway
    from hall.store.opening import checking_session

    settings = load()
    try:
        with checking_session(settings) as session:
            return check(session, payload, hall_id=None)
    except DatabaseAway:
        return check_kept(settings.home, payload, hall_id=None)


def _audit() -> Sequence[tuple[str, dict[str, object]]]:
    """The sentence and the facts of each problem."""
    from dataclasses import asdict

    from hall.settings import load
    from hall.store.opening import checking_session
    from hall.store.verify import verify_audit

    with checking_session(load()) as session:
        return [(problem.sentence, asdict(problem)) for problem in verify_audit(session)]


def _data() -> Sequence[tuple[str, dict[str, object]]]:
    """The tables against themselves, and every stored file against its name."""
    import os
    from dataclasses import asdict

    from hall.services.case_files import damaged_files, has_files
    from hall.services.case_integrity import wrong_clocks
    from hall.services.relief_integrity import wrong_books
    from hall.services.round_integrity import false_rounds
    from hall.services.stall_draws import false_draws
    from hall.settings import load
    from hall.store.integrity import verify_data
    from hall.store.opening import checking_session
    from hall.store.secrets import KeyRing

    settings = load()
    with checking_session(settings) as session:
        problems = verify_data(session) + wrong_clocks(session) + wrong_books(session)
        problems += false_draws(session) + false_rounds(session)
        if has_files(session):
            problems += damaged_files(session, KeyRing.load(settings.home, os.environ))
        return [(problem.sentence, asdict(problem)) for problem in problems]


def _print(problems: Sequence[tuple[str, dict[str, object]]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"ok": not problems, "problems": [facts for _, facts in problems]}, ensure_ascii=False))
    elif not problems:
        print("核查完毕，没有发现问题。")
    for sentence, _ in problems:
        print(sentence, file=sys.stderr)
    if problems:
        print("请停止写入，保留现场，并联系管理员核查。", file=sys.stderr)
