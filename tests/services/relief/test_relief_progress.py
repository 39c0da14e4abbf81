"""At the kiosk: an application for relief by its serial and the end of number or telephone, or by its form."""

import pytest
from sqlalchemy import select

from hall.rules.authority import station_actor
from hall.services.progress import NothingFits, NotThisPaper
from hall.services.progress_found import ProgressView
from hall.services.progress_front import ProgressFront
from hall.services.request_front import RequestFront
from hall.services.requests import NewRequest
from hall.store.schema.documents import Document
from hall.store.schema.trail import AuditRow
from tests.services.relief.fund import Fund


@pytest.fixture
def kiosk_request(fund: Fund) -> int:
    """The year's first request, of a person with the telephone of every test person."""
    new = NewRequest(
        kind="complaint",
        category="stall",
        subject="夜市占道影响通行",
        content="每晚摆摊占道，行人只能走机动车道。",
        place="向阳路18号门前",
        person=fund.office.resident(),
    )
    office = fund.office
    return RequestFront(office.store, office.actor("clerk"), office.home).register(new).request_id


def kiosk(fund: Fund) -> ProgressFront:
    store = fund.office.store
    return ProgressFront(store, station_actor("kiosk", name="取号机", hall_id=store.hall_id), fund.office.home)


def asked(fund: Fund, last_four: str = "1234") -> ProgressView:
    (view,) = kiosk(fund).asked(2026, 1, last_four)
    return view


def code_of(fund: Fund, number: str) -> str:
    with fund.office.store.read() as session:
        return session.scalars(select(Document.code_payload).where(Document.number == number)).one()


@pytest.mark.both
def test_the_end_of_the_number_or_of_the_telephone_opens_it(fund: Fund) -> None:
    person = fund.office.resident()
    application_id = fund.applied(applicant=person)
    for last_four in (person.id_number[-4:], "1234"):
        view = asked(fund, last_four)
        assert (view.number, view.applicant_masked) == (fund.row(application_id).number, "张*明")
        assert (view.matter_name, view.told.headline) == ("救助申请", "等待入户核查")
        assert view.received_on == fund.today
    with pytest.raises(NothingFits):
        asked(fund, "0000")


def test_neither_amount_nor_reason_nor_household_is_ever_told(fund: Fund) -> None:
    application_id = fund.applied()
    told = [str(asked(fund))]
    fund.visit(application_id)
    told.append(str(asked(fund)))
    fund.opine(application_id)
    told.append(str(asked(fund)))
    fund.vote(application_id)
    told.append(str(asked(fund)))
    fund.show(application_id)
    shown = asked(fund)
    assert (shown.told.headline, shown.told.dues) == ("正在公示", (("公示期", "到2026年11月30日"),))
    told.append(str(shown))
    fund.pass_days(8)
    assert asked(fund).told.headline == "公示期满，等待发放"
    fund.give_to_fund(300_000)
    fund.give(application_id)
    assert asked(fund).told.headline == "已发放"
    told.append(str(asked(fund)))
    assert all(
        word not in each for each in told for word in ("2000", "2,000", "3000", "早餐车", "李测", "租房", "启动")
    )


@pytest.mark.both
def test_one_serial_may_fit_two_applications_and_the_audit_names_both(fund: Fund, kiosk_request: int) -> None:
    application_id = fund.applied()
    request, relief = kiosk(fund).asked(2026, 1, "1234")
    assert (request.matter_name, relief.matter_name) == ("投诉诉求", "救助申请")
    assert request.number != relief.number
    with fund.office.store.read() as session:
        query = select(AuditRow.subject, AuditRow.detail).where(AuditRow.action == "case.progress")
        assert session.execute(query).tuples().all() == [
            (f"request:{kiosk_request}", f'{{"also":["relief_application:{application_id}"],"way":"number"}}')
        ]


def test_the_form_answers_and_later_papers_do_not(fund: Fund) -> None:
    application_id = fund.applied()
    form = code_of(fund, fund.row(application_id).number)
    assert kiosk(fund).scanned(form).told.headline == "等待入户核查"
    fund.visit(application_id)
    fund.opine(application_id)
    later = [fund.vote(application_id), fund.show(application_id)]
    assert kiosk(fund).scanned(form).told.headline == "正在公示"
    for issued in later:
        with pytest.raises(NotThisPaper, match="救助申请审批表"):
            kiosk(fund).scanned(code_of(fund, issued.number))
