"""Draws the certificates window: python -m tests.windows.certificates_gallery FOLDER WIDTH HEIGHT"""

from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.services import certificates
from hall.services.certificate_endings import Ending
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.windows.certificates import PAGES, CertificatesPage
from tests.services.after.aftermath import Aftermath
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=HALL_ZONE)


def grant(bureau: Aftermath) -> None:
    """Certificates of one month to two years, a month later; one is revoked, one expires."""
    bureau.employ()
    for code, months, name in (
        ("K1", 12, "临时占道许可证"),
        ("K2", 24, "户外广告及门头牌匾设置许可证"),
        ("K3", 2, "临时占道许可证"),
        ("K4", 3, "建筑垃圾处置核准证"),
        ("K5", 1, "夜间建筑施工证明"),
    ):
        bureau.licence(code, validity_months=months, certificate_name=name)
    made = [bureau.certified(code)[1] for code in ("K1", "K2", "K3", "K4", "K5", "K3", "K1")]
    bureau.certificates("approver").end(made[1].certificate_id, Ending("fraud", "营业执照系伪造", bureau.today))
    bureau.on_day(date(2026, 12, 25))
    certificates.expire(bureau.store, home=bureau.home)
    certificates.remind(bureau.store, home=bureau.home)


def draw(place: Place, pictures: Pictures) -> None:
    """Filters and panels, what renewal means, a refusal, nothing found."""
    place.furnish()
    bureau = Aftermath(place.store, place.clock, place.home)
    grant(bureau)
    front = Front(place.store, bureau.people["approver"], place.home, queue_policy(place.home), slip=False)
    pictures.draw_pages(PAGES, front, "approver")
    window = pictures.open(PAGES, front)
    page = window.page
    assert isinstance(page, CertificatesPage)
    page.list.buttons["renew"].click()
    pictures.draw(window, "renew")
    page.list.buttons["revoke"].click()
    assert page.side.panel is not None
    page.side.panel.submit()
    pictures.draw(window, "revoke-refused")
    page.side.close_panel()
    page.look_for("没有的证件")
    pictures.draw(window, "nothing")


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
