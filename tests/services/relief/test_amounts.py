"""Amounts, vouchers and names that no honest hand writes, and what the books say to them."""

from dataclasses import replace

import pytest

from hall.rules.relief import BadPosting
from hall.rules.relief_cases import Award, BadRelief
from hall.services import relief, relief_books
from hall.services.applications import NotAtYourCounter
from hall.services.persons import ReasonHoldsNumber
from hall.services.relief import Visit
from hall.services.relief_books import Gift, ReferenceTaken
from hall.services.relief_integrity import wrong_books
from hall.store import Store
from tests.services.relief.fund import Fund


@pytest.mark.parametrize("fen", [-1_000, 0, 10**19])
def test_nothing_comes_back_that_is_no_amount(fund: Fund, store: Store, fen: int) -> None:
    fund.give_to_fund(money_fen=500_000)
    fund.give(fund.shown())
    with pytest.raises(BadPosting, match="大于零"):
        relief_books.take_back(
            store,
            fund.office.actor("cashier"),
            posting_id=fund.books()[0].posting_id,
            fen=fen,
            reason="转错",
            reference="退001",
        )
    assert fund.has() == (300_000, 0)


@pytest.mark.parametrize("gift", [{"money_fen": -1}, {"money_fen": 600_000, "goods_fen": -1}, {"money_fen": 10**19}])
def test_a_gift_is_more_than_nothing_in_both_its_parts(fund: Fund, gift: dict[str, int]) -> None:
    with pytest.raises(BadPosting, match="大于零"):
        fund.give_to_fund(**gift)


def test_goods_are_not_turned_back_into_money(fund: Fund) -> None:
    fund.give_to_fund(money_fen=1_000, goods_fen=5_000)
    with pytest.raises(BadPosting, match="大于零"):
        fund.buy(-1_000)


@pytest.mark.both
def test_the_largest_gifts_add_up(fund: Fund, store: Store) -> None:
    for _ in range(3):
        fund.give_to_fund(money_fen=999_999_999_999)
    assert fund.has() == (2_999_999_999_997, 0)
    with store.read() as session:
        assert wrong_books(session) == []


@pytest.mark.parametrize("again", ["ab-1", "ＡＢ－１", " AB-1 "])
def test_a_voucher_is_the_same_however_it_is_typed(fund: Fund, again: str) -> None:
    gift = Gift(day=fund.today, donor_name="王爱心", reference="AB-1", money_fen=5)
    cashier = fund.office.actor("cashier")
    relief_books.donate(fund.office.store, cashier, gift=gift)
    with pytest.raises(ReferenceTaken):
        relief_books.donate(fund.office.store, cashier, gift=replace(gift, reference=again))


def test_a_donor_who_is_shown_in_full_is_shown_without_a_telephone_number(fund: Fund) -> None:
    gift = Gift(day=fund.today, donor_name="王爱心13900001234", reference="捐", wish="full", money_fen=5)
    with pytest.raises(ReasonHoldsNumber):
        relief_books.donate(fund.office.store, fund.office.actor("cashier"), gift=gift)


def test_tools_without_a_word_on_what_they_are_do_not_become_money(fund: Fund) -> None:
    application_id = fund.opined("tools")
    with pytest.raises(BadRelief, match="什么物资"):
        fund.vote(application_id, Award(100_000, "  "))


def test_no_income_is_below_nothing(fund: Fund) -> None:
    application_id = fund.applied()
    found = Visit(
        visited_on=fund.today, along=(fund.office.actor("other").account_id,), means="租房居住", income_fen=-1
    )
    with pytest.raises(BadRelief, match="不小于零"):
        relief.visit(
            fund.office.store,
            fund.office.actor("reviewer"),
            application_id=application_id,
            found=found,
            home=fund.office.home,
        )


def test_an_application_is_of_a_household_and_of_the_ticket_at_the_counter(fund: Fund) -> None:
    clerk, home = fund.office.actor("clerk"), fund.office.home
    with pytest.raises(BadRelief, match="家庭成员"):
        relief.apply(fund.office.store, clerk, new=replace(fund.new(), household=()), home=home)
    with pytest.raises(NotAtYourCounter):
        relief.apply(fund.office.store, clerk, new=replace(fund.new(), ticket_id=4711), home=home)
