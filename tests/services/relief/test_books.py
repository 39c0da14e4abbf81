"""The fund's books: vouchers once, reversals, returns, never below nothing; a check finds what was altered."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from hall.rules.authority import NotAuthorised
from hall.rules.relief import BadPosting, NotEnough
from hall.rules.relief_cases import Award
from hall.services import relief_books
from hall.services.persons import NameMissing
from hall.services.relief_books import ANONYMOUS, DayToCome, NoSuchPosting, ReferenceNeeded, ReferenceTaken
from hall.services.relief_integrity import wrong_books
from hall.store.append_only import guard_name
from hall.store.schema.relief import ReliefPosting
from tests.services.relief.fund import Fund


def take_back(fund: Fund, posting_id: int, fen: int) -> int:
    return relief_books.take_back(
        fund.office.store,
        fund.office.actor("cashier"),
        posting_id=posting_id,
        fen=fen,
        reason="申请人已找到工作，主动退回",
        reference=fund.next_number("退"),
    )


def reverse(fund: Fund, posting_id: int, reason: str = "金额录错") -> int:
    return relief_books.reverse(fund.office.store, fund.office.actor("cashier"), posting_id=posting_id, reason=reason)


def faults(fund: Fund) -> list[str]:
    with fund.office.store.read() as session:
        return [problem.sentence for problem in wrong_books(session)]


def test_a_donor_is_named_as_it_wants(fund: Fund) -> None:
    fund.give_to_fund(money_fen=100)
    fund.give_to_fund(money_fen=100, wish="full")
    fund.give_to_fund(money_fen=100, wish="hidden", purpose="用于购置餐车")
    fund.give_to_fund(goods_fen=100, organisation=True)
    assert [row.donor_shown for row in fund.books()] == ["王爱心", ANONYMOUS, "王爱心", "王*心"]
    assert fund.books()[1].memo == "用于购置餐车"
    assert fund.has() == (300, 100)
    with fund.office.store.read() as session:
        sealed = session.get_one(ReliefPosting, fund.books()[0].posting_id).donor_sealed
    assert sealed is not None
    assert "王爱心" not in sealed


def test_a_voucher_is_booked_once_and_only_of_what_has_happened(fund: Fund) -> None:
    fund.give_to_fund(money_fen=100)
    store, cashier = fund.office.store, fund.office.actor("cashier")
    for gift, fault in (
        (relief_books.Gift(day=fund.today, donor_name="甲", reference="捐001", money_fen=5), ReferenceTaken),
        (relief_books.Gift(day=fund.today, donor_name="甲", reference=" ", money_fen=5), ReferenceNeeded),
        (relief_books.Gift(day=fund.today, donor_name="甲", reference="9" * 61, money_fen=5), ReferenceNeeded),
        (relief_books.Gift(day=fund.today, donor_name=" ", reference="捐9", money_fen=5), NameMissing),
        (relief_books.Gift(day=fund.today, donor_name="甲", reference="捐9"), BadPosting),
        (
            relief_books.Gift(day=fund.today + timedelta(days=1), donor_name="甲", reference="捐9", money_fen=5),
            DayToCome,
        ),
    ):
        with pytest.raises(fault):
            relief_books.donate(store, cashier, gift=gift)
    assert [row.serial for row in fund.books()] == [1]
    with pytest.raises(NotAuthorised):
        relief_books.donate(store, fund.office.actor("boss"), gift=gift)


@pytest.mark.both
def test_an_award_that_bounced_is_reversed_and_given_again(fund: Fund) -> None:
    fund.give_to_fund(money_fen=300_000)
    application_id = fund.shown()
    fund.give(application_id)
    award = fund.books()[0]
    assert (award.application_number, award.moved("money")) == (fund.row(application_id).number, -200_000)
    assert reverse(fund, award.posting_id, "银行退汇，账号有误") == 3
    row = fund.row(application_id)
    assert (row.state, row.given_on, "give" in row.acts) == ("shown", None, True)
    assert (fund.books()[1].reversed_by, fund.books()[0].reverses, fund.has()) == (3, 2, (300_000, 0))
    with pytest.raises(BadPosting, match="已由第 3 笔冲正"):
        reverse(fund, award.posting_id)
    with pytest.raises(BadPosting, match="已由第 3 笔冲正"):
        take_back(fund, award.posting_id, 1)
    with pytest.raises(BadPosting, match="冲正本身不能再冲正"):
        reverse(fund, fund.books()[0].posting_id)
    fund.give(application_id)
    assert fund.has() == (100_000, 0)
    assert faults(fund) == []


@pytest.mark.both
def test_what_comes_back_is_never_more_than_what_went(fund: Fund) -> None:
    fund.give_to_fund(money_fen=300_000)
    fund.give(fund.shown())
    award = fund.books()[0].posting_id
    take_back(fund, award, 150_000)
    with pytest.raises(BadPosting, match="超过了这件申请实际发放"):
        take_back(fund, award, 50_001)
    with pytest.raises(BadPosting, match="超过了这件申请实际发放"):
        reverse(fund, award)
    take_back(fund, award, 50_000)
    assert fund.has() == (300_000, 0)
    with pytest.raises(BadPosting, match="只有发放救助的一笔才有退回"):
        take_back(fund, fund.books()[-1].posting_id, 1)
    reverse(fund, fund.books()[0].posting_id)
    assert fund.has() == (250_000, 0)
    assert faults(fund) == []


def test_goods_come_back_as_goods(fund: Fund) -> None:
    fund.give_to_fund(goods_fen=200_000)
    fund.give(fund.shown(Award(200_000, "三轮餐车一辆"), "tools"))
    take_back(fund, fund.books()[0].posting_id, 200_000)
    assert fund.has() == (0, 200_000)


def test_a_donation_that_is_spent_is_not_taken_back(fund: Fund) -> None:
    fund.give_to_fund(money_fen=300_000)
    donation = fund.books()[0].posting_id
    fund.buy(1)
    with pytest.raises(NotEnough, match=r"不够支出 ¥3,000\.00"):
        reverse(fund, donation)
    reverse(fund, fund.books()[0].posting_id)
    reverse(fund, donation)
    assert fund.has() == (0, 0)
    with pytest.raises(NoSuchPosting):
        reverse(fund, 4711)


def test_the_check_finds_a_posting_that_was_altered_and_an_award_that_is_not_booked(fund: Fund) -> None:
    fund.give_to_fund(money_fen=300_000)
    application_id = fund.shown()
    with fund.office.store.work("relief.give", fund.office.actor("cashier")) as work:
        work.session.execute(text("UPDATE relief_application SET state = 'given'"))
        work.session.execute(text(f"DROP TRIGGER {guard_name('relief_line')}_update"))
        work.session.execute(text("UPDATE relief_line SET fen = 299999 WHERE book = 'money'"))
        work.audit(f"relief_application:{application_id}")
    assert [each.partition("：")[2] or each for each in faults(fund)] == [
        "这笔账借贷不平，没有记账。请核对金额。",
        "存的余额与逐笔重算的余额不一致。",
        f"救助申请 {fund.row(application_id).number} 的状态或者金额与账目上的发放不一致。",
    ]
