"""Relief from the application to what is given: one act after the other, by different people, after it was shown."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hall.errors import HallError
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.rules.relief import NotEnough
from hall.rules.relief_cases import Award, BadRelief, CannotOnRelief, SameHandInRelief, Vote
from hall.services import relief, relief_books, relief_reading, relief_showing
from hall.services.issuing import Issued
from hall.services.persons import PersonDetails, ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded
from hall.services.relief import AskedAlready, CharityVote, NoConsent, NotAVisitor, OnlyPeople, Visit
from hall.services.relief_books import ReferenceNeeded, ReferenceTaken
from hall.services.relief_counts import ReliefCounts, counts_of
from hall.services.relief_integrity import wrong_books
from hall.services.relief_records import NoSuchRelief
from hall.services.relief_showing import NothingToShow
from hall.store import Store
from hall.store.schema.relief import ReliefApplication
from tests.services.relief.fund import HOUSEHOLD, Fund


@pytest.mark.both
def test_an_application_goes_its_way_and_leaves_its_papers(fund: Fund) -> None:
    fund.give_to_fund(money_fen=500_000)
    application_id = fund.applied()
    form = fund.row(application_id)
    assert (form.state, form.acts, form.members) == ("applied", ("visit", "withdraw"), 3)
    assert form.document is not None
    assert form.document.number == form.number
    assert fund.visit(application_id)
    fund.opine(application_id)
    voted = fund.vote(application_id)
    assert voted.number == f"{form.number}之二"
    content = fund.office.content(voted.document_id)
    assert content["vote"] == "到会7人；同意5票，反对1票，弃权1票"
    assert (content["amount"], content["amount_words"]) == ("¥2,000.00", "人民币贰仟元整")
    assert "吴文正、郑小川" in str(content["visited"])
    sheet = fund.office.content(fund.show(application_id).document_id)
    assert "张*明" in str(sheet["awards"])
    assert "张测明" not in str(sheet)
    fund.pass_days(8)
    receipt = fund.office.content(fund.give(application_id).document_id)
    assert (receipt["application_number"], receipt["amount"], receipt["goods"]) == (form.number, "¥2,000.00", "")
    row = fund.row(application_id)
    assert (row.state, row.acts, row.given_on) == ("given", (), date(2026, 12, 1))
    assert fund.has() == (300_000, 0)
    assert relief_reading.applications(fund.office.store, fund.office.actor("clerk")) == ()
    happened = relief_reading.application_history(
        fund.office.store, fund.office.actor("clerk"), application_id=application_id
    )
    assert [each.kind for each in happened] == ["apply", "visit", "opine", "vote", "show", "give"]
    with fund.office.store.read() as session:
        assert wrong_books(session) == []
        assert counts_of(
            session, hall_id=fund.office.store.hall_id, first=date(2026, 11, 1), last=date(2026, 12, 31)
        ) == ReliefCounts(1, given=1, shown_first=1, donations=1, donated_fen=500_000, given_fen=200_000)


@pytest.mark.both
def test_what_was_reversed_by_the_end_of_a_month_is_not_told_and_a_month_stays_as_it_was(fund: Fund) -> None:
    wrong = fund.give_to_fund(money_fen=30_000)
    fund.give_to_fund(money_fen=500_000)
    store, cashier = fund.office.store, fund.office.actor("cashier")
    by_serial = {row.serial: row.posting_id for row in fund.books()}
    relief_books.reverse(store, cashier, posting_id=by_serial[wrong], reason="金额录错")
    fund.give(fund.shown(Award(200_000, ""), "capital"))
    award = fund.books()[0]
    given_in = award.day
    fund.office.on(date(2027, 1, 4))
    relief_books.reverse(store, cashier, posting_id=award.posting_id, reason="银行退汇")
    with store.read() as session:
        year = counts_of(session, hall_id=store.hall_id, first=date(2026, 11, 1), last=date(2026, 12, 31))
        both = counts_of(session, hall_id=store.hall_id, first=date(2026, 11, 1), last=date(2027, 1, 31))
    assert given_in <= date(2026, 12, 31)
    assert (year.donations, year.donated_fen) == (1, 500_000)
    assert (year.given, year.shown_first, year.given_fen) == (1, 1, 200_000)
    assert (both.given, both.given_fen) == (0, 0)


def test_goods_are_given_from_what_was_bought(fund: Fund) -> None:
    application_id = fund.shown(Award(200_000, "三轮餐车一辆"), "tools")
    fund.give_to_fund(money_fen=500_000)
    with pytest.raises(NotEnough, match=r"物资只有 ¥0\.00"):
        fund.give(application_id)
    fund.buy(250_000)
    receipt = fund.office.content(fund.give(application_id).document_id)
    assert receipt["goods"] == "三轮餐车一辆"
    assert fund.has() == (250_000, 50_000)


@pytest.mark.both
def test_two_who_give_at_once_never_give_what_the_fund_does_not_have(
    fund: Fund, store: Store, other_station: Store
) -> None:
    fund.give_to_fund(money_fen=300_000)
    first, second = fund.opined(), fund.opined()
    for application_id in (first, second):
        fund.vote(application_id)
    fund.show(first, second)
    fund.pass_days(8)

    def give(at: Store, application_id: int, voucher: str) -> Issued | HallError:
        try:
            return fund.give(application_id, store=at, voucher=voucher)
        except HallError as refused:
            return refused

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(give, (store, other_station), (first, second), ("付A", "付B")))
    assert [type(each) for each in done if isinstance(each, HallError)] == [NotEnough]
    assert fund.has() == (100_000, 0)
    with store.read() as session:
        assert wrong_books(session) == []


def test_who_did_one_act_does_not_do_what_is_kept_apart(fund: Fund) -> None:
    application_id = fund.applied()
    with pytest.raises(NotAuthorised):
        fund.visit(application_id, by="clerk")
    fund.visit(application_id, by="reviewer", along=("everything", "head"))
    with pytest.raises(SameHandInRelief, match="做过“入户核查”，不能再做“出具意见”"):
        fund.opine(application_id, by="head")
    with pytest.raises(SameHandInRelief):
        fund.opine(application_id, by="everything")
    fund.opine(application_id, by="boss")
    with pytest.raises(SameHandInRelief, match="出具意见"):
        fund.vote(application_id, by="boss")
    with pytest.raises(SameHandInRelief, match="入户核查"):
        fund.vote(application_id, by="everything")


def test_a_visit_is_made_by_two_of_the_hall_and_may_be_made_again(fund: Fund) -> None:
    application_id = fund.applied()
    with pytest.raises(BadRelief, match="2 名以上"):
        fund.visit(application_id, along=())
    for login in ("reviewer", "cashier"):
        with pytest.raises(NotAVisitor):
            fund.visit(application_id, along=(login,))
    fund.visit(application_id)
    assert fund.row(application_id).visitors == "吴文正、郑小川"
    fund.visit(application_id, by="other", along=("head",))
    assert fund.row(application_id).visitors == "郑小川、王立新"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_visit_lies_between_the_application_and_today(fund: Fund, days: int) -> None:
    application_id = fund.applied()
    found = Visit(
        visited_on=fund.today + timedelta(days=days),
        along=(fund.office.actor("other").account_id,),
        means="情况属实",
        income_fen=0,
    )
    with pytest.raises(BadRelief, match="入户日期应在申请"):
        relief.visit(
            fund.office.store,
            fund.office.actor("reviewer"),
            application_id=application_id,
            found=found,
            home=fund.office.home,
        )


def test_more_income_than_the_figure_is_told_and_does_not_decide(fund: Fund) -> None:
    application_id = fund.applied()
    found = Visit(
        visited_on=fund.today,
        along=(fund.office.actor("other").account_id,),
        means="本月有一笔临时收入",
        income_fen=105_001,
    )
    store, reviewer = fund.office.store, fund.office.actor("reviewer")
    assert not relief.visit(store, reviewer, application_id=application_id, found=found, home=fund.office.home)
    fund.opine(application_id)
    content = fund.office.content(fund.vote(application_id).document_id)
    assert "¥1,050.01，超过规定数额" in str(content["means"])


def test_nothing_is_taken_without_consent_nor_from_an_organisation(fund: Fund) -> None:
    store, clerk, home = fund.office.store, fund.office.actor("clerk"), fund.office.home
    with pytest.raises(NoConsent, match="个人信息保护法第二十九条"):
        relief.apply(store, clerk, new=fund.new(consents=False), home=home)
    with pytest.raises(OnlyPeople):
        fund.applied(applicant=PersonDetails("organisation", "莲城区测试有限公司"))


def test_one_person_asks_once_at_a_time(fund: Fund) -> None:
    person = fund.office.resident()
    application_id = fund.applied(applicant=person)
    with pytest.raises(AskedAlready, match=fund.row(application_id).number):
        fund.applied(applicant=person)
    relief.withdraw(fund.office.store, fund.office.actor("clerk"), application_id=application_id, reason="已找到工作")
    assert fund.row(application_id).state == "withdrawn"
    assert fund.row(fund.applied(applicant=person)).state == "applied"


def test_what_was_not_carried_ends_with_the_charitys_reason(fund: Fund) -> None:
    application_id = fund.opined()
    with pytest.raises(ReasonNeeded, match="不予救助"):
        relief.vote(
            fund.office.store,
            fund.office.actor("boss"),
            application_id=application_id,
            held=CharityVote(voted_on=fund.today, vote=Vote(1, 4, 0), number="莲慈救〔2026〕9号"),
            home=fund.office.home,
        )
    content = fund.office.content(fund.vote(application_id, vote=Vote(1, 4, 0)).document_id)
    assert (content["amount"], content["refused"]) == ("", "收入超过规定，建议申请临时救助。")
    assert (fund.row(application_id).state, fund.row(application_id).acts) == ("refused", ())


def test_a_vote_lies_between_the_opinion_and_today_and_has_a_number(fund: Fund) -> None:
    application_id = fund.opined()
    for day, number, fault in (
        (1, "莲慈救〔2026〕9号", BadRelief),
        (-1, "莲慈救〔2026〕9号", BadRelief),
        (0, " ", ReasonNeeded),
    ):
        held = CharityVote(
            voted_on=fund.today + timedelta(days=day), vote=Vote(5, 0, 0), number=number, award=Award(100)
        )
        with pytest.raises(fault):
            relief.vote(
                fund.office.store,
                fund.office.actor("boss"),
                application_id=application_id,
                held=held,
                home=fund.office.home,
            )


def test_nothing_is_given_while_it_is_shown_or_without_a_voucher(fund: Fund) -> None:
    fund.give_to_fund(money_fen=500_000)
    application_id = fund.opined()
    fund.vote(application_id)
    with pytest.raises(CannotOnRelief, match="要在“公示中”时办理"):
        fund.give(application_id)
    fund.show(application_id)
    fund.pass_days(7)
    with pytest.raises(CannotOnRelief, match="公示期到 2026-11-30 为止"):
        fund.give(application_id)
    fund.pass_days(1)
    with pytest.raises(ReferenceNeeded):
        fund.give(application_id, voucher="　")
    with pytest.raises(ReferenceTaken, match="捐001 已经记在第 1 笔"):
        fund.give(application_id, voucher="捐001")
    assert fund.has() == (500_000, 0)


@pytest.mark.both
def test_an_objection_is_answered_by_others_and_may_send_it_back_to_the_vote(fund: Fund) -> None:
    fund.give_to_fund(money_fen=500_000)
    application_id = fund.shown()
    store, clerk, boss = fund.office.store, fund.office.actor("clerk"), fund.office.actor("boss")
    relief_showing.object_to(store, clerk, application_id=application_id, objection="反映其家中另有门面出租")
    with pytest.raises(CannotOnRelief, match="先答复异议"):
        fund.give(application_id)
    with pytest.raises(SameHandInRelief):
        relief_showing.answer(
            store, whoever(fund, "head"), application_id=application_id, upheld=False, reply="经核实不属实"
        )
    relief_showing.answer(store, boss, application_id=application_id, upheld=True, reply="门面收入未计入，重新表决")
    row = fund.row(application_id)
    assert (row.state, row.award_fen, row.shown_until) == ("opined", None, None)
    again = fund.vote(application_id, Award(100_000))
    assert again.number == f"{row.number}之三"
    fund.show(application_id)
    assert fund.row(application_id).objection == ""
    relief_showing.object_to(store, clerk, application_id=application_id, objection="反映金额偏高")
    relief_showing.answer(store, boss, application_id=application_id, upheld=False, reply="符合管理办法")
    fund.pass_days(8)
    fund.give(application_id)
    assert fund.has() == (400_000, 0)


def whoever(fund: Fund, login: str) -> Actor:

    return replace(fund.office.actor(login), roles=frozenset({"head", "manager"}))


def test_several_awards_are_shown_on_one_sheet(fund: Fund) -> None:
    with pytest.raises(NothingToShow):
        fund.show()
    first, second = fund.opined(), fund.opined()
    fund.vote(first)
    with pytest.raises(CannotOnRelief, match="待慈善组织表决"):
        fund.show(first, second)
    assert fund.row(first).state == "voted"
    fund.vote(second)
    sheet = fund.office.content(fund.show(second, first).document_id)
    rows = sheet["awards"]
    assert isinstance(rows, list)
    assert [row["charity_number"] for row in rows] == ["莲慈救〔2026〕001", "莲慈救〔2026〕002"]


@pytest.mark.both
def test_applications_are_found_by_number_name_or_id_number(fund: Fund) -> None:
    person = fund.office.resident(name="钱样例")
    application_id = fund.applied(applicant=person)
    fund.applied()
    store, clerk = fund.office.store, fund.office.actor("clerk")
    number = fund.row(application_id).number
    for text in ("钱样例", person.id_number, number):
        assert [row.number for row in relief_reading.applications(store, clerk, text=text)] == [number]
    assert relief_reading.applications(store, clerk, text="钱") == ()
    others = relief_reading.visitors(store, fund.office.actor("reviewer"))
    assert set(others.values()) == {"郑小川", "王立新", "蒋万能"}


def test_what_the_household_earns_and_who_it_is_stands_nowhere_in_clear(fund: Fund) -> None:
    application_id = fund.applied()
    with fund.office.store.read() as session:
        record = session.get_one(ReliefApplication, application_id)
        columns = " ".join(str(getattr(record, column.name)) for column in ReliefApplication.__table__.columns)
    for line in HOUSEHOLD.splitlines():
        assert line.split()[0] not in columns
    with pytest.raises(ReasonHoldsNumber):
        relief.withdraw(
            fund.office.store, fund.office.actor("clerk"), application_id=application_id, reason="电话13900001234"
        )


def test_another_halls_application_is_not_there(fund: Fund) -> None:
    with pytest.raises(NoSuchRelief):
        fund.visit(4711)
    with pytest.raises(NoSuchRelief):
        relief_reading.application_history(fund.office.store, fund.office.actor("clerk"), application_id=4711)
    with fund.office.store.read() as session:
        assert session.scalars(select(ReliefApplication)).all() == []
