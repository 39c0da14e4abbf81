"""Draws the bell and its messages: python -m tests.windows.notices_gallery FOLDER WIDTH HEIGHT"""

from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.rules.people import system_actor
from hall.services.due_notices import to_tell
from hall.services.subject_notices import Addressee, notify
from hall.windows.notices_bell import NoticesBell
from hall.windows.registers import PAGES
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.office import Office
from tests.services.standards_story import Story
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)


def tell(place: Place, story: Story) -> None:
    """A check that was missed, a certificate that runs out, a penalty case near its end, a case that was urged."""
    office = story.office
    story.publish()
    story.instruct()
    story.badges()
    story.check()
    story.qualify("clerk", kind="post", number="GW-2023-0012", issued_by="莲城区城管局", valid_to=date(2027, 1, 15))
    office.registered(filed_on=date(2026, 9, 2))
    with place.store.work("test.urged", system_actor(place.store.hall_id)) as work:
        text = "莲城管许受〔2026〕00001：申请人第1次催办"
        notify(
            work, "permit_case", 1, kind="urging", text=text, to=[Addressee(role="clerk"), Addressee(role="manager")]
        )
        work.audit("test")
    office.on(date(2026, 12, 1))
    for item in to_tell(place.store, home=place.home):
        item()


def draw(place: Place, pictures: Pictures) -> None:
    """Of the clerk, an officer and the manager."""
    office = Office(place.store, place.clock, place.home)
    office.open()
    tell(place, Story(office, place.home))
    for login in ("clerk", "reviewer", "boss"):
        window = pictures.open(PAGES, office.front(login))
        bell = NoticesBell(office.front(login).supervision, InlineTasks(), window, changes=ChangeFeed())
        pictures.draw(window, login, "铃")
        bell.open_notices()
        assert bell.box is not None
        pictures.draw(bell.box, login, "提醒")
        window.close()


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
