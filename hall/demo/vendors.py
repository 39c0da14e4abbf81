"""The demo's vendors: one with points since a month, one with praise, facts that wait for each next hand."""

from datetime import date, timedelta
from pathlib import Path

from hall.rules.identity import id_check_digit
from hall.rules.people import Actor
from hall.services import signing_in, vendor_events, vendors
from hall.services.persons import PersonDetails
from hall.services.vendor_events import NewFact
from hall.services.vendors import Category, NewVendor
from hall.store import Store

_EARLIER: tuple[tuple[str, Category, str], ...] = (
    ("冯示例", "food", "示例路早市"),
    ("卫样例", "produce", "示例农贸市场西侧"),
)
_TODAY: tuple[str, Category, str] = ("韩示例", "repair", "示例小区东门")


class DemoVendors:
    """Enters them as the people of the house would; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, password: str) -> None:
        self._store, self._home, self._password = store, home, password
        self._vendors: list[int] = []

    def enter_earlier(self, today: date) -> None:
        """A month ago: the first was told of a fact whose days to object are over by now, the second was praised."""
        for serial, (name, category, place) in enumerate(_EARLIER, start=1):
            self._vendors.append(self._entered(name, category, place, serial=serial))
        day = today - timedelta(days=3)
        self._told(
            self._vendors[0], NewFact("K04", day, "将摊位证交由他人使用，经营三日", "现场检查笔录", "示例路早市")
        )
        self._confirmed(self._vendors[1], NewFact("J02", day, "参加市场夜间巡查六次", "自治管理委员会证明"))
        self._confirmed(self._vendors[1], NewFact("J03", day, "拾到钱包一只交还失主", "表彰证书"))

    def enter(self, today: date) -> None:
        """Today: a fact waits for its check, one for its notice, one for the answer to an objection."""
        third = self._entered(*_TODAY, serial=3)
        absent = NewFact(
            "K05", today - timedelta(days=1), "连续十五日没有到摊经营，没有请假", "两次巡查记录", "示例小区东门"
        )
        objected = self._told(third, absent)
        vendor_events.object_to(
            self._store, self._actor("chuangkou"), event_id=objected, objection="当时住院，有出院证明"
        )
        self._confirmed(self._vendors[0], absent)
        self._noted(self._vendors[1], absent)

    def _entered(self, name: str, category: Category, place: str, *, serial: int) -> int:
        digits = f"99999919790615{serial:03d}"
        person = PersonDetails(
            "resident", name, id_number=digits + id_check_digit(digits), phone="13900000000", address="示例路18号"
        )
        new = NewVendor(person, category, farmer=category == "produce", usual_place=place)
        return vendors.enter(self._store, self._actor("chuangkou"), new=new).vendor_id

    def _noted(self, vendor_id: int, new: NewFact) -> int:
        actor = self._actor("shirong")
        return vendor_events.note(self._store, actor, vendor_id=vendor_id, new=new, home=self._home)

    def _confirmed(self, vendor_id: int, new: NewFact) -> int:
        event_id = self._noted(vendor_id, new)
        vendor_events.confirm(self._store, self._actor("shirongke"), event_id=event_id)
        return event_id

    def _told(self, vendor_id: int, new: NewFact) -> int:
        event_id = self._confirmed(vendor_id, new)
        clerk = self._actor("chuangkou")
        vendor_events.notify(self._store, clerk, event_id=event_id, way="handed", home=self._home)
        return event_id

    def _actor(self, login: str) -> Actor:
        return signing_in.sign_in(self._store, login, password=self._password).actor
