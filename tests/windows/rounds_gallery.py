"""Draws the window of the dossier reviews: python -m tests.windows.rounds_gallery FOLDER WIDTH HEIGHT"""

from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.windows.rounds import PAGES
from tests.services.penalties.office import Office
from tests.services.rounds.panel import Panel
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)


def tell(panel: Panel) -> None:
    """A round with a dossier in each state, one that is announced, one whose day has come."""
    panel.closed(9)
    drawn = panel.drawn(penalties=5)
    panel.scored(drawn[0].assignment_id, order="目录第3项与卷内不符", discretion="没有写明从轻的理由")
    panel.notified(drawn[1].assignment_id)
    panel.notified(drawn[2].assignment_id)
    panel.front("reviewer").state(drawn[2].assignment_id, "送达回证在邮寄卷宗里，已调取。")
    panel.front("reviewer").correct(drawn[2].assignment_id, "已按邮寄单补记送达时间，注明补记日期。")
    panel.front("reviewer").object_to(drawn[1].assignment_id, "第12页背面写有送达时间，评查时没有翻看。")
    panel.scored(drawn[3].assignment_id, penalty_procedure="第8页现场笔录只有一名执法人员签名")
    panel.notified(drawn[4].assignment_id)
    panel.front("reviewer").object_to(drawn[4].assignment_id, "送达时间写在邮寄单上，邮寄单附在第13页。")
    panel.front("lawyer").recheck(
        drawn[4].assignment_id, found={"order": "邮寄单没有编入目录"}, reason="邮寄单写有送达时间，只是没有编入目录。"
    )
    panel.announced(name="十二月补充评查", penalties=1)
    panel.office.on(date(2026, 11, 30))
    panel.announced(name="2026年第四季度处罚案卷评查", penalties=2, draw_on=date(2026, 12, 7))


def draw(place: Place, pictures: Pictures) -> None:
    """Who organises, who draws, whose cases they are, who reviews."""
    office = Office(place.store, place.clock, place.home)
    office.open()
    tell(Panel(office, place.home))
    for login in ("boss", "lawyer", "reviewer", "head", "approver2", "everything"):
        pictures.draw_pages(PAGES, office.front(login), login)


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
