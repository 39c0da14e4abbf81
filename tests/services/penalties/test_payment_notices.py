"""Notices to pay: what is owed, under the treasury's code, one at a time; and what may be done about paying."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from hall.rules.authority import NotAuthorised
from hall.rules.cash import NewCash
from hall.rules.fines import DEFERRAL, UNTOLD, Entry, Part
from hall.rules.pay_codes import BadPayCode
from hall.rules.payments import AmountRefused
from hall.rules.penalty_duties import DutyConflict
from hall.services import cash, documents, fines, payment_notices, payment_reading, reconciling, rehearsing
from hall.services.payment_acts import payment_acts
from hall.services.payment_notices import NewNotice, NoSuchNotice, NoticeRefused
from hall.services.reasons import ReasonNeeded
from hall.store import Store
from hall.store.schema.payments import PaymentNotice
from hall.store.schema.penalties import PenaltyCase
from tests.services.penalties.bank import paid, report
from tests.services.penalties.office import FINE, Office

CODE = "61000026A0000000123X"
OTHER_CODE = "61000026A00000001240"


def notice(
    office: Office, case_id: int, fen: int = FINE, *, code: str = CODE, login: str = "clerk"
) -> documents.FrozenDocument:
    issued = payment_notices.issue_notice(
        office.store, office.actor(login), case_id=case_id, notice=NewNotice(code, fen), home=office.home
    )
    return documents.frozen(office.store, issued.document_id)


def void(office: Office, notice_id: int, why: str = "平台重新生成了缴款单", login: str = "clerk") -> None:
    payment_notices.void_notice(office.store, office.actor(login), notice_id=notice_id, why=why)


def notices(office: Office) -> list[PaymentNotice]:
    with office.store.read() as session:
        return list(session.scalars(select(PaymentNotice).order_by(PaymentNotice.id)))


def acts(office: Office, case_id: int) -> dict[str, tuple[str, ...]]:
    with office.store.read() as session:
        found = payment_acts(session, office.case(case_id), today=office.today, home=office.home)
    return {act.name: act.reasons for act in found}


def test_a_notice_says_what_is_owed_until_when_and_under_which_code(office: Office) -> None:
    case_id = office.served(served_on=date(2026, 11, 20), due_on=date(2026, 12, 7))
    paper = notice(office, case_id, code=" 61000026a0000000123x ").content
    told = {key: paper[key] for key in ("pay_code", "amount", "amount_words", "due_on", "rolled_from", "made_of")}
    assert told == {
        "pay_code": CODE,
        "amount": "¥3,000.00",
        "amount_words": "人民币叁仟元整",
        "due_on": "2026年12月7日",
        "rolled_from": "2026年12月5日",
        "made_of": "",
    }
    assert (paper["bank"], paper["addressee_name"]) == ("莲城银行政务中心支行", "张测明")
    assert "每日按罚款数额的3%加处罚款" in str(paper["surcharge"])
    assert paper["item_name"] == "其他一般罚没收入"
    (record,) = notices(office)
    assert (record.amount_fen, record.due_on, record.pay_code) == (FINE, date(2026, 12, 7), CODE)
    assert office.events(case_id)[-1].document_id == record.document_id


def test_a_notice_is_looked_at_before_it_is_issued(office: Office, served_case: int) -> None:
    def deed() -> object:
        new = NewNotice(CODE, FINE)
        return payment_notices.issue_notice(
            office.store, office.actor("clerk"), case_id=served_case, notice=new, home=office.home
        )

    (draft,) = rehearsing.rehearse(office.store, deed)
    assert (draft.kind, notices(office)) == ("payment_notice", [])


def test_an_overdue_notice_tells_the_addition_apart(office: Office, served_case: int) -> None:
    office.on(date(2026, 12, 5))
    with pytest.raises(AmountRefused):
        notice(office, served_case, FINE)
    paper = notice(office, served_case, FINE + 18_000).content
    assert paper["made_of"] == "其中罚款¥3,000.00，加处罚款¥180.00，计至2026年12月5日"


@pytest.mark.both
def test_a_plan_is_asked_part_by_part(office: Office, served_case: int) -> None:
    parts = tuple(Part(day, 100_000) for day in (date(2026, 12, 20), date(2027, 1, 20), date(2027, 2, 20)))
    with office.store.work("deferral.decide", office.actor("approver")) as work:
        case = work.session.get_one(PenaltyCase, served_case)
        fines.add(work, case, Entry(0, "plan", office.today, cause=DEFERRAL, parts=parts), home=office.home)
        work.audit("test")
    paper = notice(office, served_case, 100_000).content
    assert (paper["due_on"], paper["made_of"]) == ("2026年12月20日", "按计划缴纳的本期数额")
    assert report(office, paid("B1", "1000", code=CODE), total="1000").outcomes == {"exact": 1}
    paper = notice(office, served_case, 200_000, code=OTHER_CODE).content
    assert (paper["due_on"], paper["made_of"]) == ("2027年2月20日", "")


def test_one_code_stands_on_one_notice_whoever_is_faster(
    office: Office, served_case: int, other_station: Store
) -> None:
    def issue(given: tuple[Store, int]) -> str:
        new = NewNotice(CODE, FINE)
        try:
            payment_notices.issue_notice(
                given[0], office.actor("clerk"), case_id=given[1], notice=new, home=office.home
            )
        except NoticeRefused as refusal:
            return str(refusal)
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(issue, ((office.store, served_case), (other_station, office.served()))))
    assert said[0] == ""
    assert "已经用在另一份缴款通知上" in said[1]
    assert len(notices(office)) == 1


def test_a_decision_that_tells_of_no_addition_gives_a_notice_without_it(office: Office) -> None:
    case_id = office.decided()
    with office.store.work("penalty.serve", office.actor("reviewer")) as work:
        case = work.session.get_one(PenaltyCase, case_id)
        entry = Entry(0, "impose", date(2026, 12, 3), FINE, cause=UNTOLD)
        fines.add(work, case, entry, home=office.home)
        case.state = "served"
        work.audit("test")
    assert "不加处罚款" in str(notice(office, case_id).content["surcharge"])


def test_no_notice_asks_what_is_not_owed_or_is_asked_already(
    office: Office, decided_case: int, served_case: int
) -> None:
    with pytest.raises(NoticeRefused, match="还没有送达"):
        notice(office, decided_case)
    for fen in (0, 1, FINE - 30_000, FINE + 1):
        with pytest.raises(AmountRefused):
            notice(office, served_case, fen)
    with pytest.raises(BadPayCode):
        notice(office, served_case, code="123")
    notice(office, served_case)
    with pytest.raises(NoticeRefused, match="先作废那一份"):
        notice(office, served_case, code=OTHER_CODE)
    with pytest.raises(NoticeRefused, match="已经用在另一份缴款通知上"):
        notice(office, office.served())
    assert len(notices(office)) == 1


@pytest.mark.both
def test_a_void_notice_stays_and_makes_room_for_another(office: Office, served_case: int) -> None:
    notice(office, served_case)
    (first,) = notices(office)
    with pytest.raises(ReasonNeeded):
        void(office, first.id, " ")
    void(office, first.id)
    with pytest.raises(NoticeRefused, match="已经作废"):
        void(office, first.id)
    with pytest.raises(NoSuchNotice):
        void(office, 99)
    notice(office, served_case, code=OTHER_CODE, login="cashier")
    assert [each.voided_why for each in notices(office)] == ["平台重新生成了缴款单", ""]
    (row,) = payment_reading.notices(office.store, office.actor("cashier"), home=office.home)
    assert (row.pay_code, row.party_masked, row.fen, row.light) == (OTHER_CODE, "张*明", FINE, "normal")
    office.on(date(2026, 12, 4))
    (row,) = payment_reading.notices(office.store, office.actor("cashier"), home=office.home)
    assert row.light == "over_promised"


@pytest.mark.both
def test_a_paid_notice_is_not_voided_and_asks_no_more(office: Office, served_case: int) -> None:
    notice(office, served_case)
    report(office, paid("B1", "3000", code=CODE), total="3000")
    with pytest.raises(NoticeRefused, match="已经缴款，不能作废"):
        void(office, 1)
    with pytest.raises(NoticeRefused, match="没有尚未缴纳的罚款"):
        notice(office, served_case, code=OTHER_CODE)
    assert payment_reading.notices(office.store, office.actor("cashier"), home=office.home) == ()


def test_a_fine_paid_otherwise_leaves_no_notice_in_the_list(office: Office, served_case: int) -> None:
    notice(office, served_case)
    report(office, paid("B1", "3000", number=office.decision_of(served_case).number), total="3000")
    assert payment_reading.notices(office.store, office.actor("cashier"), home=office.home) == ()


def test_whoever_decides_or_investigates_issues_no_notice(office: Office, served_case: int) -> None:
    with pytest.raises(NotAuthorised):
        notice(office, served_case, login="approver")
    with office.store.work("test.duty", office.actor("everything")) as work:
        office._duty(work, served_case, "everything", "investigate")
        work.audit("test")
    with pytest.raises(DutyConflict):
        notice(office, served_case, login="everything")


def test_the_acts_of_paying_follow_what_is_owed(office: Office, registered_case: int, decided_case: int) -> None:
    assert acts(office, registered_case) == {}
    (why,) = acts(office, decided_case)["notice"]
    assert why.startswith("处罚决定还没有送达")
    case_id = office.served(on=office.today, served_on=office.today, procedure="simple", fine_fen=10_000)
    assert acts(office, case_id) == {"notice": (), "cash": ()}
    notice(office, case_id, 10_000)
    told = acts(office, case_id)
    assert (list(told), len(told["notice"])) == (["notice", "notice_void", "cash"], 1)
    new = NewCash(ground="small", receipt_number="A0000001", fen=10_000, collected_on=office.today)
    collection = cash.collect(office.store, office.actor("reviewer"), case_id=case_id, cash=new, home=office.home)
    assert list(acts(office, case_id)) == ["notice", "notice_void", "cash_hand_in"]
    cash.hand_in(
        office.store,
        office.actor("reviewer"),
        collection_id=collection,
        to_account_id=office.actor("cashier").account_id,
        on=office.today,
    )
    assert list(acts(office, case_id))[-1] == "cash_bank"
    report(office, paid("B1", "100", number=office.decision_of(case_id).number, on="2026-11-23"), total="100")
    assert list(acts(office, case_id))[-1] == "refund"
    reconciling.refund(
        office.store,
        office.actor("cashier"),
        case_id=case_id,
        fen=10_000,
        day=office.today,
        reference="退付1",
        home=office.home,
    )
    assert "refund" not in acts(office, case_id)
