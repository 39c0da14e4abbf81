"""Draws the reconciling page and panels about paying: python -m tests.windows.payments_gallery FOLDER WIDTH HEIGHT"""

from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.rules.cash import NewCash
from hall.services.payment_notices import NewNotice
from hall.windows.payments import PaymentsPage
from hall.windows.penalty import PAGES, Penalty
from tests.services.penalties.bank import paid, report
from tests.services.penalties.office import FINE, Office
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 45, tzinfo=HALL_ZONE)
FRIDAY, TODAY = date(2026, 11, 20), date(2026, 11, 23)


class Counters:
    """An office where lines, notices and cash wait for somebody; `panels` are the acts with who does them where."""

    def __init__(self, office: Office) -> None:
        self.office = office
        over, noticed = office.served(), office.served()
        late = office.served(on=date(2026, 10, 20), served_on=date(2026, 10, 23), due_on=date(2026, 11, 9))
        spot = office.served(on=FRIDAY, served_on=FRIDAY, procedure="simple", fine_fen=10_000)
        second = office.served(on=TODAY, served_on=TODAY, procedure="simple", fine_fen=5_000)
        office.front("clerk").payments.issue_notice(noticed, NewNotice("61000026A0000000123X", FINE))
        officer, cashier = office.front("reviewer").payments, office.actor("cashier").account_id
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


def draw_lists(window: Penalty, pictures: Pictures) -> None:
    """The four lists and a panel on one of them."""
    number, page = next(found for found in enumerate(window.pages) if isinstance(found[1], PaymentsPage))
    assert isinstance(page, PaymentsPage)
    window.show_page(number)
    for each in range(4):
        page.show_list(each)
        pictures.draw(window, f"list-{each + 1}")
    page.show_list(0)
    page.waiting.table.select(next(row.line_id for row in page.waiting.table.rows if row.outcome == "unknown"))
    page.waiting.buttons["settle"].click()
    pictures.draw(window, "settle")
    window.close()


def draw(place: Place, pictures: Pictures) -> None:
    """The cashier's page, then each panel where it is opened."""
    office = Office(place.store, place.clock, place.home)
    office.open()
    counters = Counters(office)
    draw_lists(opened(office, pictures, "cashier"), pictures)
    for login, case_id, act in counters.panels:
        window = opened(office, pictures, login)
        window.open_case(case_id)
        window.position.begin_act(act)
        pictures.draw(window, act)
        window.close()


def opened(office: Office, pictures: Pictures, login: str) -> Penalty:
    """The window of somebody."""
    window = pictures.open(PAGES, office.front(login))
    assert isinstance(window, Penalty)
    return window


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
