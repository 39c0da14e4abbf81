"""At the kiosk: a request by its serial and the end of number or telephone, or by its sheet."""

from datetime import date

import pytest

from hall.rules.authority import station_actor
from hall.services import receipts
from hall.services.progress import NothingFits, NotThisPaper, progress, progress_by_code
from hall.services.progress_found import ProgressView
from hall.store.schema.documents import Document
from tests.services.requests.desk import RequestDesk


def kiosk(desk: RequestDesk, serial: int, last_four: str) -> ProgressView:
    actor = station_actor("kiosk", name="取号机", hall_id=desk.store.hall_id)
    (view,) = progress(desk.store, actor, home=desk.home, year=2026, serial=serial, last_four=last_four)
    return view


def scanned(desk: RequestDesk, document_id: int | None) -> ProgressView:
    with desk.store.read() as session:
        payload = session.get_one(Document, document_id).code_payload
    actor = station_actor("kiosk", name="取号机", hall_id=desk.store.hall_id)
    return progress_by_code(desk.store, actor, payload=payload)


@pytest.mark.both
def test_the_end_of_the_number_or_of_the_telephone_opens_it(desk: RequestDesk) -> None:
    person = desk.resident()
    request_id = desk.dispatched(person=person)
    for last_four in (person.id_number[-4:], "1234"):
        view = kiosk(desk, 1, last_four)
        assert (view.number, view.applicant_masked) == (desk.request(request_id).number, "张*明")
        assert (view.matter_name, view.told.headline) == ("投诉诉求", "正在办理")
        assert view.told.words.startswith("向阳中队")
    for serial, last_four in ((1, "0000"), (2, "1234"), (1, "")):
        with pytest.raises(NothingFits):
            kiosk(desk, serial, last_four)


@pytest.mark.both
def test_an_anonymous_one_is_asked_for_with_its_sheet_alone(desk: RequestDesk) -> None:
    request_id = desk.registered(person=None)
    with pytest.raises(NothingFits):
        kiosk(desk, 1, "1234")
    view = scanned(desk, desk.request(request_id).document_id)
    assert (view.applicant_masked, view.told.headline) == ("匿名", "已登记，等待派单")


def test_the_dispatch_sheet_tells_nothing(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    document = desk.front("clerk").one(request_id).dispatches[0].document
    assert document is not None
    with pytest.raises(NotThisPaper, match="诉求受理单"):
        scanned(desk, document.document_id)


def test_a_code_of_another_paper_with_the_same_number_opens_nothing(desk: RequestDesk) -> None:
    """Another hall of the district may sign the same number."""
    number = desk.request(desk.registered()).number
    with desk.store.work("x", desk.people["admin"]) as work:
        payload = receipts.sign(work, number, date(2026, 11, 20))
        work.audit("x:1")
    actor = station_actor("kiosk", name="取号机", hall_id=desk.store.hall_id)
    with pytest.raises(NotThisPaper):
        progress_by_code(desk.store, actor, payload=payload)
