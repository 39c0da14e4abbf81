"""When officers may take a fine in cash, and by when it goes on to the office and the bank (行政处罚法 68–71)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.money import yuan
from hall.rules.money_words import money_figures

CashGround = Literal["small", "hard_later", "remote"]
GROUNDS: tuple[CashGround, ...] = ("small", "hard_later", "remote")

TO_OFFICE, TO_BANK = "fine.cash-to-office", "fine.cash-to-bank"
"""The two periods of 行政处罚法 71 in the table of legal periods."""

_RECEIPT = re.compile(r"[0-9A-Z][0-9A-Z-]{3,39}")
_TYPED = str.maketrans("０１２３４５６７８９", "0123456789", " \u3000")


class CashRefused(Refused):
    """Cash may not be taken as entered; `reasons` are whole sentences."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("".join(self.reasons))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCash:
    """Cash as an officer took it, amount in fen; `receipt_number` of the treasury's receipt (行政处罚法 70)."""

    ground: CashGround
    receipt_number: str
    fen: int
    collected_on: date
    asked_by_party: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFacts:
    """What decides whether cash may be taken; amounts in fen. `small_fen`: the line of 行政处罚法 68(1)1."""

    on_spot: bool
    fine_fen: int
    owed_fen: int
    decided_on: date
    small_fen: int
    today: date


def receipt_number(text: str) -> str:
    """The number of a receipt as it is kept (行政处罚法 70: without one nobody has to pay); raises CashRefused."""
    number = text.translate(_TYPED).upper()
    if not _RECEIPT.fullmatch(number):
        raise CashRefused(
            [
                "专用票据号码应是4至40位字母、数字（可用连字符）。没有财政部门统一制发的专用票据不能收款（行政处罚法第七十条）。"
            ]
        )
    return number


def closed_ground(ground: CashGround, facts: CashFacts) -> str:
    """Why this ground does not open, a whole sentence; empty where it does, as far as the case itself decides."""
    if ground == "remote":
        return ""
    if not facts.on_spot:
        return "第六十八条只适用于当场作出的处罚决定，本案是普通程序；当事人应到银行或者电子缴款（第六十七条）。"
    if ground == "small" and facts.fine_fen > facts.small_fen:
        line, fine = money_figures(yuan(facts.small_fen)), money_figures(yuan(facts.fine_fen))
        return f"罚款{fine}超过{line}，不属于第六十八条第一项。"
    return ""


def cash_closed(facts: CashFacts) -> tuple[str, ...]:
    """Why no cash at all may be taken now; empty where at least one ground may open."""
    return () if facts.owed_fen else ("没有尚未缴纳的罚款。",)


def check_cash(cash: NewCash, facts: CashFacts) -> None:
    """Raise CashRefused with all that stands against taking this cash."""
    if reasons := tuple(_faults(cash, facts)):
        raise CashRefused(reasons)


def _faults(cash: NewCash, facts: CashFacts) -> Iterable[str]:
    yield from cash_closed(facts)
    if why := closed_ground(cash.ground, facts):
        yield why
    if cash.ground == "remote" and not cash.asked_by_party:
        yield "第六十九条须由当事人提出：到银行或者通过电子支付缴款确有困难的，请先登记当事人的请求。"
    if cash.fen <= 0:
        yield "收缴金额应大于零。"
    if cash.fen > facts.owed_fen > 0:
        yield f"收缴金额超过尚欠的{money_figures(yuan(facts.owed_fen))}，多收的钱不能收。"
    if not facts.decided_on <= cash.collected_on <= facts.today:
        yield f"收缴日期应在作出决定的{facts.decided_on:%Y-%m-%d}与今天之间。"
    elif cash.ground != "remote" and cash.collected_on != facts.decided_on:
        yield f"第六十八条的收缴须在作出决定的当场（{facts.decided_on:%Y-%m-%d}）；以后应到银行或者通过电子支付缴款。"
