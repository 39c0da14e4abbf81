"""The books of the relief fund: postings whose lines add up to nothing, and a fund that is never below nothing.

Double entry: `money` and `goods` are what the fund has, `donated` is where it came from, `awarded` where it went. A
debit is positive, every amount is in fen. The charity keeps accounts by law (慈善法 第十二条); these are the hall's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from hall.errors import Refused
from hall.rules.money import LARGEST_FEN, yuan
from hall.rules.money_words import money_figures
from hall.words import RELIEF_BOOKS, RELIEF_POSTINGS

Book = Literal["money", "goods", "donated", "awarded"]
PostingKind = Literal["donation", "purchase", "award", "return", "reversal"]


class NotEnough(Refused):
    """The fund does not have what a posting takes out of it."""

    def __init__(self, book: Book, has: int, wants: int) -> None:
        self.book, self.has, self.wants = book, has, wants
        super().__init__(
            f"基金的{RELIEF_BOOKS[book]}只有 {money_figures(yuan(has))}，不够支出 {money_figures(yuan(wants))}。"
            "没有记账；请核对金额，或者等捐赠到账以后再办。"
        )


class BadPosting(Refused):
    """What was entered is no posting; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One side of a posting."""

    book: Book
    fen: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The sums of all lines by book. `donated` is never above, the others never below nothing."""

    money: int = 0
    goods: int = 0
    donated: int = 0
    awarded: int = 0

    def of(self, book: Book) -> int:
        """The sum of one book."""
        return {"money": self.money, "goods": self.goods, "donated": self.donated, "awarded": self.awarded}[book]


@dataclass(frozen=True, slots=True)
class Posted:
    """A posting as it is stored; `reverses` is the serial of the one it takes back."""

    serial: int
    kind: PostingKind
    lines: tuple[Line, ...]
    money_after: int
    goods_after: int
    reverses: int | None = None


def donation(*, money: int = 0, goods: int = 0) -> tuple[Line, ...]:
    """Somebody gives money, or goods of a value. Raises BadPosting, as all of these, for what is no amount."""
    _check_amounts(money, goods)
    return _lines(money=money, goods=goods, donated=-(money + goods))


def purchase(cost: int) -> tuple[Line, ...]:
    """Tools are bought with the fund's money."""
    _check_amounts(cost)
    return _lines(goods=cost, money=-cost)


def award(*, money: int = 0, goods: int = 0) -> tuple[Line, ...]:
    """Money or goods go to who was awarded them."""
    _check_amounts(money, goods)
    return _lines(money=-money, goods=-goods, awarded=money + goods)


def returned(*, money: int = 0, goods: int = 0) -> tuple[Line, ...]:
    """What was awarded comes back."""
    _check_amounts(money, goods)
    return _lines(money=money, goods=goods, awarded=-(money + goods))


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that take a posting back."""
    return tuple(Line(line.book, -line.fen) for line in lines)


def after(balance: Balance, lines: Sequence[Line]) -> Balance:
    """The balance with one more posting. Raises BadPosting where its lines do not add up, NotEnough."""
    if sum(line.fen for line in lines) != 0 or not lines:
        raise BadPosting("这笔账借贷不平，没有记账。请核对金额。")
    moved = {book: sum(line.fen for line in lines if line.book == book) for book in RELIEF_BOOKS}
    new = Balance(
        money=balance.money + moved["money"],
        goods=balance.goods + moved["goods"],
        donated=balance.donated + moved["donated"],
        awarded=balance.awarded + moved["awarded"],
    )
    if new.money < 0:
        raise NotEnough("money", balance.money, -moved["money"])
    if new.goods < 0:
        raise NotEnough("goods", balance.goods, -moved["goods"])
    if new.donated > 0 or new.awarded < 0:
        raise BadPosting("冲正、退回的数额超过了原来的数额，没有记账。请核对。")
    return new


def replay(postings: Iterable[Posted]) -> tuple[Balance, tuple[str, ...]]:
    """The balance that all postings come to, in their order, and a sentence for everything that cannot be right."""
    balance, faults = Balance(), list[str]()
    known: dict[int, Posted] = {}
    reversed_once: set[int] = set()
    for place, posting in enumerate(postings, start=1):
        name = f"救助账第 {posting.serial} 笔（{RELIEF_POSTINGS[posting.kind]}）"
        if posting.serial != place:
            faults.append(f"{name}：流水号应是 {place}，账目有缺失或者重复。")
        faults.extend(f"{name}：{why}" for why in _reversal_faults(posting, known, reversed_once))
        try:
            balance = after(balance, posting.lines)
        except Refused as refused:
            faults.append(f"{name}：{refused.sentence}")
        if (balance.money, balance.goods) != (posting.money_after, posting.goods_after):
            faults.append(f"{name}：存的余额与逐笔重算的余额不一致。")
        known[posting.serial] = posting
    return balance, tuple(faults)


def _reversal_faults(posting: Posted, known: dict[int, Posted], reversed_once: set[int]) -> list[str]:
    if (posting.kind == "reversal") is not (posting.reverses is not None):
        return ["只有冲正才指明被冲正的一笔，也必须指明。"]
    if posting.reverses is None:
        return []
    taken_back = known.get(posting.reverses)
    if taken_back is None:
        return [f"被冲正的第 {posting.reverses} 笔不在它前面。"]
    faults = []
    if posting.reverses in reversed_once:
        faults.append(f"第 {posting.reverses} 笔被冲正了两次。")
    reversed_once.add(posting.reverses)
    if _sorted(posting.lines) != _sorted(reversed_lines(taken_back.lines)):
        faults.append(f"与被冲正的第 {posting.reverses} 笔数额不一致。")
    return faults


def _sorted(lines: Iterable[Line]) -> list[tuple[str, int]]:
    return sorted((line.book, line.fen) for line in lines)


def _check_amounts(*amounts: int) -> None:
    """None below nothing, and none that no gift comes near; together more than nothing."""
    if min(amounts) < 0 or not 0 < sum(amounts) <= LARGEST_FEN:
        raise BadPosting(f"金额应当大于零、不超过 {money_figures(yuan(LARGEST_FEN))}，没有记账。请核对。")


def _lines(**amounts: int) -> tuple[Line, ...]:
    """The lines that move something; its callers have checked the amounts."""
    books: tuple[Book, ...] = ("money", "goods", "donated", "awarded")
    return tuple(Line(book, amounts[book]) for book in books if amounts.get(book))
