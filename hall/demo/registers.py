"""The demo's registers: letters of three duties, a warning, a correction that is due, a problem, partners."""

from datetime import date, timedelta
from pathlib import Path

from hall.rules.identity import id_check_digit
from hall.rules.people import Actor
from hall.services import registers, signing_in
from hall.services.persons import PersonDetails
from hall.services.registers import NewEntry
from hall.store import Store


class DemoRegisters:
    """Enters them as the people of the house would, all on `today`; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, today: date, password: str) -> None:
        self._store, self._home, self._today, self._password = store, home, today, password

    def enter(self) -> None:
        """Some of every group, one of them closed, two due soon."""
        clerk, officer, head = (self._actor(login) for login in ("chuangkou", "shirong", "shirongke"))
        letters = [self._enter(clerk, self._letter(serial, shop)) for serial, shop in enumerate(_SHOPS)]
        registers.close(
            self._store,
            clerk,
            entry_id=letters[0],
            result="续签",
            note="门头更换后重新签订",
            closed_on=self._today,
            home=self._home,
        )
        for code, values in _OTHERS:
            self._enter(clerk, NewEntry(code, self._today, values))
        self._enter(officer, self._warning())
        self._enter(head, self._correction())

    def _actor(self, login: str) -> Actor:
        return signing_in.sign_in(self._store, login, password=self._password).actor

    def _enter(self, actor: Actor, new: NewEntry) -> int:
        return registers.enter(self._store, actor, new=new, home=self._home).entry_id

    def _in(self, days: int) -> str:
        return (self._today + timedelta(days=days)).isoformat()

    def _letter(self, serial: int, shop: str) -> NewEntry:
        values = {
            "unit": shop,
            "place": f"示例路{2 * serial + 1}号门前",
            "scope": "门前人行道至路缘石，包卫生、包秩序、包绿化设施",
            "until": self._in(2 + 120 * serial),
        }
        return NewEntry("front_duties", self._today, values, _person("钱示例", serial))

    def _warning(self) -> NewEntry:
        values = {
            "act": "店外堆放货物",
            "place": "示例路3号门前",
            "law": "《示例市市容条例》第九条",
            "teaching": "讲解了条例的规定，当事人当场开始清理",
            "correct_by": self._in(1),
        }
        return NewEntry("minor_warning", self._today, values, _person("赵示例", 11))

    def _correction(self) -> NewEntry:
        values = {
            "problem": "店招松动",
            "place": "示例路5号",
            "demand": "加固或者拆除，消除安全隐患",
            "correct_by": self._in(0),
        }
        return NewEntry("corrections", self._today, values, _person("周示例", 12))


_SHOPS = ("示例小吃店", "样本水果店", "测试文具店")
_OTHERS = (
    ("partners", {"unit": "莲城区示例商会", "kind": "商会", "work": "商户自治和节日劝导", "contact": "李示例"}),
    (
        "joint_actions",
        {
            "matter": "夜市联合整治",
            "place": "示例路夜市",
            "lead": "莲城区城市管理和综合执法局",
            "units": "公安分局、市场监管局、示例街道",
            "people": "26",
            "outcome": "劝导 12 处，全部入点经营",
        },
    ),
    (
        "public_opinion",
        {"matter": "网传早市占道", "channel": "网络", "content": "早市收摊后垃圾没有清理", "unit": "城东中队"},
    ),
)


def _person(name: str, serial: int) -> PersonDetails:
    digits = f"99999919790521{serial:03d}"
    number = digits + id_check_digit(digits)
    return PersonDetails("resident", name, id_number=number, phone="13900000000", address="示例路9号")
