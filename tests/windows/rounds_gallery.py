"""Draws the window of the dossier reviews: python tests/windows/rounds_gallery.py FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.deed_list import DeedListPage
from hall.windows.kit.application import create_application
from hall.windows.pages_window import PagesWindow
from hall.windows.rounds import PAGES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.conftest import HALL_CODE, build
from tests.services.penalties.office import Office
from tests.services.rounds.panel import Panel

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
NAMES = ("dossiers", "rounds")


def tell(panel: Panel) -> None:
    """A round with a dossier in each state, one that is announced, one whose day has come."""
    panel.closed(9)
    drawn = panel.drawn(penalties=5)
    panel.scored(drawn[0].assignment_id, order="目录第3项与卷内不符", discretion="没有写明从轻的理由")
    panel.notified(drawn[1].assignment_id)
    panel.notified(drawn[2].assignment_id)
    panel.front("reviewer").state(drawn[2].assignment_id, "送达回证在邮寄卷宗里，已调取。")
    panel.front("reviewer").correct(drawn[2].assignment_id, "已按邮寄单补记送达时间，注明补记日期。")
    panel.scored(drawn[3].assignment_id, penalty_procedure="第8页现场笔录只有一名执法人员签名")
    panel.announced(name="十二月补充评查", penalties=1)
    panel.office.on(date(2026, 11, 30))
    panel.announced(name="2026年第四季度处罚案卷评查", penalties=2, draw_on=date(2026, 12, 7))


def main(folder: Path, width: int, height: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        url = f"sqlite:///{home / 'hall.db'}"
        build(url)
        clock = FixedClock(NOW)
        store = Store(open_engine(url), clock=clock, station="窗口1", hall_code=HALL_CODE, key_ring=KeyRing.new())
        lay_foundation(store, counters=4)
        office = Office(store, clock, home)
        office.open()
        panel = Panel(office, home)
        tell(panel)
        for login in ("boss", "lawyer", "reviewer", "head", "approver2", "everything"):
            draw(panel.whole_front(login), folder, login, (width, height))
        application.processEvents()
        store.close()


def draw(front: Front, folder: Path, login: str, size: tuple[int, int]) -> None:
    window = PagesWindow(PAGES, front, tasks=InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    window.resize(*size)
    window.show()
    for number, page in enumerate(window.pages):
        assert isinstance(page, DeedListPage)
        window.show_page(number)
        _grab(window, folder / f"{login}-{NAMES[number]}-{size[0]}.png")
        for name in page.new_buttons:
            page.open_new_panel(name)
            _grab(window, folder / f"{login}-{NAMES[number]}-{name}-{size[0]}.png")
            page.side.close_panel()
        for name, button in page.list.buttons.items():
            row = next((each for each in page.list.table.rows if name in page.acts(each)), None)
            if row is not None and name != "close":
                page.list.table.select(row.assignment_id if number == 0 else row.round_id)
                button.click()
                _grab(window, folder / f"{login}-{NAMES[number]}-{name}-{size[0]}.png")
                page.side.close_panel()
    window.close()


def _grab(window: PagesWindow, path: Path) -> None:
    QApplication.processEvents()
    window.grab().save(str(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
