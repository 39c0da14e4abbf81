"""The books of relief: every posting adds up, the fund is never below nothing, a replay finds what was altered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import Refused
from hall.rules import relief
from hall.rules.money import LARGEST_FEN
from hall.rules.relief import BadPosting, Balance, Line, NotEnough, Posted

amounts = st.integers(min_value=1, max_value=1_000_000)
made = st.one_of(
    amounts.map(lambda fen: ("donation", relief.donation(money=fen))),
    amounts.map(lambda fen: ("donation", relief.donation(goods=fen))),
    amounts.map(lambda fen: ("purchase", relief.purchase(fen))),
    amounts.map(lambda fen: ("award", relief.award(money=fen))),
    amounts.map(lambda fen: ("award", relief.award(goods=fen))),
    amounts.map(lambda fen: ("return", relief.returned(money=fen))),
)
wanted = st.lists(st.one_of(made, st.integers(min_value=0, max_value=30)), max_size=30)
"""Postings somebody wants to make; a number: reverse the posting at this place of those there are."""


def booked(wishes: list[tuple[str, tuple[Line, ...]] | int]) -> tuple[Balance, list[Posted]]:
    """As the writer does it: what is refused leaves nothing."""
    balance, posted = Balance(), list[Posted]()
    for wish in wishes:
        if isinstance(wish, int):
            taken = {each.reverses for each in posted}
            open_ones = [each for each in posted if each.kind != "reversal" and each.serial not in taken]
            if not open_ones:
                continue
            wrong = open_ones[wish % len(open_ones)]
            kind, lines, reverses = "reversal", relief.reversed_lines(wrong.lines), wrong.serial
        else:
            (kind, lines), reverses = wish, None
        try:
            balance = relief.after(balance, lines)
        except Refused:
            continue
        posted.append(Posted(len(posted) + 1, kind, lines, balance.money, balance.goods, reverses))  # type: ignore[arg-type]  # a kind
    return balance, posted


@given(wanted)
def test_whatever_is_asked_the_fund_never_falls_below_nothing_and_a_replay_gives_its_balance(
    wishes: list[tuple[str, tuple[Line, ...]] | int],
) -> None:
    balance, posted = booked(wishes)
    assert all(each.money_after >= 0 and each.goods_after >= 0 for each in posted)
    assert all(sum(line.fen for line in each.lines) == 0 for each in posted)
    assert balance.money + balance.goods + balance.awarded == -balance.donated
    assert relief.replay(posted) == (balance, ())


@given(wanted, st.data())
def test_one_altered_amount_is_found(wishes: list[tuple[str, tuple[Line, ...]] | int], data: st.DataObject) -> None:
    _, posted = booked(wishes)
    if not posted:
        return
    place = data.draw(st.integers(min_value=0, max_value=len(posted) - 1))
    line = posted[place].lines[0]
    lines = (replace(line, fen=line.fen + 1), *posted[place].lines[1:])
    altered = [*posted[:place], replace(posted[place], lines=lines), *posted[place + 1 :]]
    assert relief.replay(altered)[1]


@given(made)
def test_a_reversal_takes_back_all_of_a_posting(wish: tuple[str, tuple[Line, ...]]) -> None:
    rich = Balance(money=10_000_000, goods=10_000_000, donated=-30_000_000, awarded=10_000_000)
    assert relief.after(relief.after(rich, wish[1]), relief.reversed_lines(wish[1])) == rich


def test_what_the_fund_does_not_have_is_not_given() -> None:
    has = relief.after(Balance(), relief.donation(money=100_000))
    with pytest.raises(NotEnough, match=r"资金只有 ¥1,000.00，不够支出 ¥1,000.01") as refused:
        relief.after(has, relief.award(money=100_001))
    assert (refused.value.book, refused.value.has, refused.value.wants) == ("money", 100_000, 100_001)
    with pytest.raises(NotEnough, match=r"物资只有 ¥0\.00"):
        relief.after(has, relief.award(goods=1))


def test_goods_bought_leave_the_fund_as_large_as_before() -> None:
    has = relief.after(relief.after(Balance(), relief.donation(money=500)), relief.purchase(200))
    assert [has.of(book) for book in ("money", "goods", "donated", "awarded")] == [300, 200, -500, 0]


@pytest.mark.parametrize("amount", [-1, LARGEST_FEN + 1])
def test_no_amount_is_below_nothing_or_beyond_all_gifts(amount: int) -> None:
    for kind in (relief.donation, relief.award, relief.returned):
        for book in ("money", "goods"):
            with pytest.raises(BadPosting, match="大于零、不超过"):
                kind(**{book: amount})
    with pytest.raises(BadPosting, match="大于零、不超过"):
        relief.purchase(amount)
    with pytest.raises(BadPosting, match="大于零、不超过"):
        relief.donation(money=1_000, goods=-1)


def test_nothing_is_no_posting_and_sides_that_differ_are_none() -> None:
    for nothing in (relief.donation, relief.award, relief.returned):
        with pytest.raises(BadPosting, match="大于零"):
            nothing()
    for lines in ((), (Line("money", 5),), (Line("money", 5), Line("donated", -4))):
        with pytest.raises(BadPosting, match="借贷不平"):
            relief.after(Balance(), lines)


def test_no_more_comes_back_than_went() -> None:
    has = relief.after(Balance(), relief.donation(money=500))
    with pytest.raises(BadPosting, match="超过了原来的数额"):
        relief.after(has, relief.returned(money=1))


def posted_donation(serial: int = 1, money: int = 500) -> Posted:
    return Posted(serial, "donation", relief.donation(money=money), money, 0)


def reversal(serial: int, of: int | None, money: int = 500, after: int = 0) -> Posted:
    return Posted(serial, "reversal", relief.reversed_lines(relief.donation(money=money)), after, 0, of)


@pytest.mark.parametrize(
    ("postings", "fault"),
    [
        ([posted_donation(2)], "流水号应是 1"),
        ([replace(posted_donation(), money_after=400)], "存的余额"),
        ([replace(posted_donation(), lines=(Line("money", 500),))], "借贷不平"),
        ([replace(posted_donation(), reverses=1)], "只有冲正才指明"),
        ([posted_donation(), reversal(2, None)], "只有冲正才指明"),
        ([posted_donation(), reversal(2, 2)], "不在它前面"),
        ([posted_donation(), reversal(2, 1, money=400, after=100)], "数额不一致"),
        ([posted_donation(), reversal(2, 1), reversal(3, 1)], "被冲正了两次"),
    ],
)
def test_a_replay_names_what_cannot_be_right(postings: list[Posted], fault: str) -> None:
    assert any(fault in each for each in relief.replay(postings)[1])
