"""At the kiosk: an application for a stall by its serial and the end of number or telephone, or by its form."""

import pytest

from hall.rules.authority import station_actor
from hall.services import stall_applications, stall_grants
from hall.services.progress import AskedTooOften, NothingFits, NotThisPaper
from hall.services.progress_found import ProgressView
from hall.services.progress_front import ProgressFront
from hall.store.schema.documents import Document
from hall.store.schema.stalls import StallApplication, StallGrant
from tests.services.stalls.street import Street


def kiosk(street: Street) -> ProgressFront:
    actor = station_actor("kiosk", name="取号机", hall_id=street.store.hall_id)
    return ProgressFront(street.store, actor, street.home)


def asked(street: Street, serial: int, last_four: str = "1234") -> ProgressView:
    (view,) = kiosk(street).asked(2026, serial, last_four)
    return view


def code_of(street: Street, document_id: int | None) -> str:
    with street.store.read() as session:
        return session.get_one(Document, document_id).code_payload


def application(street: Street, application_id: int) -> StallApplication:
    with street.store.read() as session:
        return session.get_one(StallApplication, application_id)


@pytest.mark.both
def test_the_end_of_the_number_or_of_the_telephone_opens_it(street: Street) -> None:
    person = street.office.resident()
    application_id = street.applied(person=person)
    for last_four in (person.id_number[-4:], "1234"):
        view = asked(street, 1, last_four)
        assert (view.number, view.applicant_masked) == (application(street, application_id).number, "张*明")
        assert (view.matter_name, view.told.headline) == ("摊位申请（向阳路便民疏导点）", "等待审查")
        assert view.received_on == street.office.today


def test_wrong_digits_are_counted_as_those_of_every_other_application(street: Street) -> None:
    street.applied()
    for serial in (1, 1, 2, 2, 3):
        with pytest.raises(NothingFits):
            asked(street, serial, "0000")
    with pytest.raises(AskedTooOften):
        asked(street, 1)


@pytest.mark.both
def test_the_draw_the_place_the_offer_and_the_certificate_are_told_as_they_come(street: Street) -> None:
    ids = [street.admitted() for _ in range(4)]
    assert asked(street, 1).told.headline == "准予进入，等待抽签"
    draw_id = street.announced()
    day = street.draw(draw_id).draw_on
    assert asked(street, 1).told.dues == (("抽签日期", f"{day.year}年{day.month}月{day.day}日"),)
    street.drawn(draw_id)
    rows = [application(street, each) for each in ids]
    waiting = sorted((each for each in rows if each.state == "waiting"), key=lambda each: each.waiting_place or 0)
    first, second = (ids.index(each.id) + 1 for each in waiting)
    assert asked(street, first).told.words == "抽签排定候补第1位，前面没有人了。"
    assert asked(street, second).told.words == "抽签排定候补第2位，前面还有1人。"
    offered = next(each for each in rows if each.state == "offered")
    serial, until = ids.index(offered.id) + 1, offered.offered_until
    assert until is not None
    stall = street.application(offered.id).stall
    told = asked(street, serial).told
    assert (told.headline, told.words) == ("请答复", f"为您保留了{stall}号摊位。")
    assert told.dues == (("答复期限", f"{until.year}年{until.month}月{until.day}日"),)
    grant_id = street.granted(offered.id)
    certificate = street.certificate(grant_id).number
    assert asked(street, serial).told.words == f"{stall}号摊位，摊位证{certificate}。"
    stall_grants.leave(
        street.store, street.actor("boss"), grant_id=grant_id, ending="given_up", reason="不再经营", home=street.home
    )
    assert asked(street, serial).told.headline == "摊位证已终止"
    assert "不再经营" not in str(asked(street, serial).told)
    assert asked(street, second).told.words == "抽签排定候补第2位，前面没有人了。"


def test_why_somebody_was_refused_is_not_told(street: Street) -> None:
    application_id = street.applied()
    stall_applications.refuse(
        street.store, street.actor("head"), application_id=application_id, reason="提交的材料不实", home=street.home
    )
    view = asked(street, 1)
    assert view.told.headline == "不予进入"
    assert "不实" not in str(view)


@pytest.mark.both
def test_the_form_answers_and_the_certificate_that_hangs_at_the_stall_does_not(street: Street) -> None:
    application_id = street.applied()
    form = code_of(street, application(street, application_id).document_id)
    assert kiosk(street).scanned(form).number == application(street, application_id).number
    stall_applications.admit(street.store, street.actor("head"), application_id=application_id, home=street.home)
    street.drawn(street.announced())
    grant_id = street.granted(application_id)
    assert kiosk(street).scanned(form).told.headline == "已发证"
    with street.store.read() as session:
        certificate = session.get_one(StallGrant, grant_id).document_id
    with pytest.raises(NotThisPaper, match="摊位申请登记表"):
        kiosk(street).scanned(code_of(street, certificate))
