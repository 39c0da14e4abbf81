"""Draws the reconciling page and panels about paying: python -m tests.windows.payments_gallery FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.cash import NewCash
from hall.services.front import Front
from hall.services.payment_notices import NewNotice
from hall.services.queue_policy import queue_policy
from hall.windows.kit.application import create_application
from hall.windows.payments import PaymentsPage
from hall.windows.penalty import Penalty
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.bank import paid, report
from tests.services.penalties.office import FINE, Office
from tests.windows.supervision_gallery import furnished

FRIDAY, TODAY = date(2026, 11, 20), date(2026, 11, 23)


class Counters:
    """An office where lines, notices and cash wait for somebody; `panels` are the acts with who does them where."""

    def __init__(self, office: Office) -> None:
        self.office = office
        over, noticed = office.served(), office.served()
        late = office.served(on=date(2026, 10, 20), served_on=date(2026, 10, 23), due_on=date(2026, 11, 9))
        spot = office.served(on=FRIDAY, served_on=FRIDAY, procedure="simple", fine_fen=10_000)
        second = office.served(on=TODAY, served_on=TODAY, procedure="simple", fine_fen=5_000)
        self.front("clerk").payments.issue_notice(noticed, NewNotice("61000026A0000000123X", FINE))
        officer, cashier = self.front("reviewer").payments, office.actor("cashier").account_id
        officer.hand_in(officer.collect(spot, self._cash(10_000, "A0000001", FRIDAY)), cashier, FRIDAY)
        officer.collect(second, self._cash(5_000, "A0000002", TODAY))
        self._report(office.decision_of(over).number, office.decision_of(late).number)
        self.panels = (
            ("clerk", late, "notice"),
            ("clerk", noticed, "notice_void"),
            ("reviewer", late, "cash"),
            ("reviewer", second, "cash_hand_in"),
            ("cashier", spot, "cash_bank"),
            ("cashier", over, "refund"),
        )

    def front(self, login: str) -> Front:
        home = self.office.home
        return Front(self.office.store, self.office.actor(login), home, queue_policy(home), slip=False)

    def _cash(self, fen: int, receipt: str, on: date) -> NewCash:
        return NewCash(ground="small", receipt_number=receipt, fen=fen, collected_on=on)

    def _report(self, over: str, late: str) -> None:
        twice = paid("B20261120001", "3500", number=over)
        part, nobody = (
            paid("B20261120002", "1000", number=late),
            paid("B20261120003", "200", number="莲城管罚决〔2025〕1186号"),
        )
        report(self.office, twice, part, nobody, twice, total="8200")
        report(self.office, paid("B20261120002", "900", number=late), total="900")


def main(folder: Path, width: int, height: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        clock = FixedClock(datetime(2026, 11, 23, 9, 45, tzinfo=HALL_ZONE))
        store = furnished(f"sqlite:///{home / 'hall.db'}", clock)
        office = Office(store, clock, home)
        office.open()
        counters = Counters(office)
        draw_lists(opened(counters, "cashier", (width, height)), folder)
        for login, case_id, act in counters.panels:
            window = opened(counters, login, (width, height))
            window.open_case(case_id)
            window.position.begin_act(act)
            keep(window, folder, act)
            window.close()
        application.processEvents()
        store.close()


def opened(counters: Counters, login: str, size: tuple[int, int]) -> Penalty:
    """The window of somebody."""
    window = Penalty(counters.front(login), InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    window.resize(*size)
    window.show()
    return window


def draw_lists(window: Penalty, folder: Path) -> None:
    """The four lists and a panel on one of them."""
    number = next(place for place, page in enumerate(window.lists, 1) if isinstance(page, PaymentsPage))
    window.show_page(number)
    page = window.lists[number - 1]
    assert isinstance(page, PaymentsPage)
    for each in range(4):
        page.show_list(each)
        keep(window, folder, f"list-{each + 1}")
    page.show_list(0)
    page.waiting.table.select(next(row.line_id for row in page.waiting.table.rows if row.outcome == "unknown"))
    page.waiting.buttons["settle"].click()
    keep(window, folder, "settle")
    window.close()


def keep(window: Penalty, folder: Path, name: str) -> None:
    """The window as it stands."""
    QApplication.processEvents()
    window.grab().save(str(folder / f"payments-{name}-{window.width()}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
