"""Draws stall sites at the kiosk: python -m tests.windows.kiosk_stalls_gallery FOLDER WIDTH HEIGHT"""

from dataclasses import replace
from datetime import datetime

from hall.clock import HALL_ZONE
from hall.rules.authority import station_actor
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.windows.kiosk import Kiosk
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.stalls.street import SITE, Street
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery
from tests.windows.stalls_gallery import tell

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
HEAD = "摊位号,左,上,宽,高,经营类别,自产自销"


def rows(*lines: str) -> str:
    """A layout."""
    return "\n".join((HEAD, *lines)) + "\n"


MANY = rows(*(f"{'ABCDEF'[n // 20]}{n % 20 + 1},{n % 20 * 60},{n // 20 * 100},54,80,," for n in range(120)))
ONE = rows("1,400,200,200,160,,")
LONG = rows(*(f"东区农副产品{n}号,{(n - 1) * 190},200,180,160,produce,是" for n in range(1, 7)))
STRIP = rows(*(f"Y{n + 1},{n * 30},{n % 2 * 300 + 100},28,60,," for n in range(40)))


def sites(street: Street) -> dict[str, str]:
    """Names of pictures by the codes of sites: with a picture, of 120 stalls, of one, of long names, narrow, empty."""
    long_name = "团结街与向阳路及政务路交叉口周边农民自产自销便民临时疏导点"
    for code, layout in (("M1", MANY), ("M2", ONE), ("M3", LONG), ("M4", STRIP)):
        street.site(replace(SITE, code=code, name=f"{long_name}{code}" if code == "M3" else f"样例点位{code}"), layout)
    return {"D2": "picture", "M1": "many", "M2": "one", "M3": "long", "M4": "narrow"}


def draw(place: Place, pictures: Pictures) -> None:
    """Each site in both sizes of type: as it comes, with a stall touched, enlarged."""
    street = Street.opened(place.store, place.clock, place.home)
    tell(street)
    actor = station_actor("kiosk", name="取号机", hall_id=place.store.hall_id)
    front = Front(place.store, actor, place.home, queue_policy(place.home), True)
    kiosk = Kiosk(front, InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    pictures.show(kiosk)
    names = sites(street)
    for large in (False, True):
        for code, name in names.items():
            kiosk.start_over()
            if kiosk.large_button.isChecked() != large:
                kiosk.large_button.click()
            kiosk.offers.public_button.click()
            kiosk.public.topics.button("stalls").click()
            kiosk.public.choose_group("便民疏导点")
            kiosk.public.entries.button(code).click()
            where = (name, *(("large",) if large else ()))
            pictures.draw(kiosk, *where)
            view = kiosk.public.reading.plan.view
            view.picked.emit(view._stalls[-1].stall_id)
            pictures.draw(kiosk, *where, "touched")
            if kiosk.public.reading.plan.enlarge_button.isVisible():
                kiosk.public.reading.plan.enlarge_button.click()
                pictures.draw(kiosk, *where, "enlarged")
    kiosk.close()


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
