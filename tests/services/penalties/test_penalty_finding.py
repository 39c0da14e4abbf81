"""Whoever stands at the penalty window is found by anything at hand, and by nothing that belongs to somebody else."""

from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.identity import WrongCheckDigit
from hall.services.payment_notices import NewNotice, issue_notice
from hall.services.penalty_finding import NoPenaltyFound, PenaltyNotUnderstood, find_penalties
from hall.services.persons import PersonDetails
from hall.services.receipts import ForgedReceipt
from hall.store.schema.documents import Document
from hall.store.schema.payments import CashCollection, PaymentNotice
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.seizures import Seizure
from tests.services.penalties.office import Office

PAY_CODE = "61010026000012345678"
CREDIT_CODE = "91350100M000100Y43"  # published example of GB 32100


def find(office: Office, text: str) -> tuple[tuple[int, ...], int | None]:
    found = find_penalties(office.store, office.actor("clerk"), text=text)
    return tuple(each.person_id for each in found.parties), found.case_id


def party_of(office: Office, case_id: int) -> int:
    return office.case(case_id).party_id


def paid_by_notice_and_cash(office: Office, case_id: int) -> None:
    with office.store.work("payment.notice", office.actor("cashier")) as work:
        notice = PaymentNotice(
            hall_id=work.hall_id,
            case_id=case_id,
            pay_code=PAY_CODE,
            amount_fen=300_000,
            due_on=date(2026, 12, 3),
            issued_on=date(2026, 11, 23),
            account_id=work.actor.account_id,
        )
        cash = CashCollection(
            hall_id=work.hall_id,
            case_id=case_id,
            ground="small",
            receipt_number="陕财0012345",
            fen=100,
            collected_on=date(2026, 11, 23),
            collected_by=work.actor.account_id,
        )
        work.session.add_all([notice, cash])
        work.audit(f"penalty:{case_id}")


def test_every_number_on_a_paper_opens_its_case(office: Office) -> None:
    other, case_id = office.served(), office.served()
    paid_by_notice_and_cash(office, case_id)
    case = office.case(case_id)
    for number in (case.number, office.decision_of(case_id).number, PAY_CODE, "陕财0012345"):
        assert find(office, number) == ((case.party_id,), case_id)
        assert find(office, f" {number[:4]} {number[4:]} ") == ((case.party_id,), case_id)
    assert find(office, office.case(other).number)[1] == other


def test_the_code_on_a_paper_and_its_number_open_the_case(office: Office, served_case: int) -> None:
    notice = NewNotice("61010026000012345678", 300_000)
    issued = issue_notice(office.store, office.actor("cashier"), case_id=served_case, notice=notice, home=office.home)
    with office.store.read() as session:
        code = session.get_one(Document, issued.document_id).code_payload
    assert code.startswith("H1.")
    assert find(office, code) == ((party_of(office, served_case),), served_case)
    assert find(office, issued.number)[1] == served_case
    with pytest.raises(ForgedReceipt):
        find(office, f"{code[:-6]}AAAAAA")


@pytest.mark.both
def test_a_person_is_found_by_number_telephone_and_name_with_how_many_cases_are_open(office: Office) -> None:
    details = office.resident(name="赵测试")
    person = office.person(details)
    office.registered(party_id=person)
    closed = office.registered(party_id=person)
    with office.store.work("penalty.close", office.actor("reviewer")) as work:
        work.session.get_one(PenaltyCase, closed).closed_on = office.today
        work.audit(f"penalty:{closed}")
    for text in (details.id_number, details.id_number.lower(), details.phone, "赵测试", "赵测"):
        found = find_penalties(office.store, office.actor("clerk"), text=text)
        assert [(each.person_id, each.cases, each.open_cases) for each in found.parties] == [(person, 2, 1)]
        assert found.case_id is None
        assert found.parties[0].name_masked == "赵*试"
        assert details.id_number not in repr(found) + found.parties[0].id_masked


def test_namesakes_are_listed_with_the_newest_case_first(office: Office) -> None:
    first, second = (office.registered(party_id=office.person(office.resident(name="钱同名"))) for _ in range(2))
    office.person(office.resident(name="钱同名"))  # without a penalty: not listed
    assert find(office, "钱同名") == ((party_of(office, second), party_of(office, first)), None)


def test_an_organisation_is_found_by_its_code(office: Office) -> None:
    shop = PersonDetails(
        "organisation", "莲城测试商店", id_number=CREDIT_CODE, organisation_kind="legal", representative="孙测"
    )
    person = office.person(shop)
    case_id = office.registered(party_id=person, object_kind="organisation")
    assert find(office, shop.id_number)[0] == (person,)
    assert office.case(case_id).party_id == person


@pytest.mark.both
def test_somebody_whose_goods_are_kept_is_found_without_a_case(office: Office) -> None:
    person = office.person(office.resident(name="冯扣押"))
    with office.store.work("seizure.enter", office.actor("reviewer")) as work:
        work.session.add(
            Seizure(
                hall_id=work.hall_id,
                number="莲城管扣〔2026〕9号",
                party_id=person,
                kind="seize",
                seized_on=date(2026, 11, 20),
                reason="占道经营",
                basis="城市道路管理条例",
                place="向阳路",
                keeper="莲城仓库",
                registered_at=work.now,
                account_id=work.actor.account_id,
            )
        )
        work.audit("seizure")
    assert find(office, "莲城管扣〔2026〕9号") == ((person,), None)
    assert find(office, "冯扣押") == ((person,), None)


def test_what_is_not_there_is_said_without_repeating_a_person_s_number(office: Office) -> None:
    stranger = office.resident()
    for text in (stranger.id_number, "13900009999", "无此人", "莲城管罚决〔2026〕999号"):
        with pytest.raises(NoPenaltyFound) as refusal:
            find(office, text)
        assert stranger.id_number not in refusal.value.sentence
        assert "Ctrl+M" in refusal.value.sentence
    with pytest.raises(WrongCheckDigit):
        find(office, stranger.id_number[:-1] + ("0" if stranger.id_number[-1] != "0" else "1"))
    with pytest.raises(PenaltyNotUnderstood):
        find(office, "12345")


def test_a_kiosk_or_a_guide_finds_nobody(office: Office, registered_case: int) -> None:
    with pytest.raises(NotAuthorised):
        find_penalties(office.store, office.actor("admin"), text=office.case(registered_case).number)
