"""The demo's seized goods: near their last day, being tested, released and waiting, taken in an emergency at night."""

from datetime import datetime, timedelta
from pathlib import Path

from hall.devices.simulated.cards import LI_RARE, WANG_LONG_TERM
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.seizures import ExcludedTest, parse_list
from hall.services import emergencies, penalty_staff, seizures, signing_in
from hall.services.emergencies import NewEmergency
from hall.services.persons import PersonDetails
from hall.services.seizures import NewSeizure, SeizureEnd
from hall.store import Store

BASIS = "《城市市容和环境卫生管理条例》第三十七条（样例）"


class DemoGoods:
    """Enters them as the people of the house would, at `now`; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, now: datetime, password: str) -> None:
        self._store, self._home, self._now, self._password = store, home, now, password
        self._number = 0

    def enter(self) -> None:
        """Needs the officers' certificates."""
        today = self._now.date()
        self._seize(LI_RARE, "手推车 1 辆 车轮变形\n折叠桌 2 张 完好\n塑料凳 8 只", days=29)
        tested = self._seize(WANG_LONG_TERM, "铜线 12 千克\n液压剪 1 把", days=9)
        test = ExcludedTest(today - timedelta(days=2), today - timedelta(days=2), today + timedelta(days=8))
        seizures.add_test(
            self._store,
            self._actor("shirong"),
            seizure_id=tested,
            kind="appraise",
            unit="虚构市价格认证中心",
            testing=test,
        )
        released = self._seize(LI_RARE, "遮阳伞 3 把 完好\n灯箱 1 个 灯管缺失", days=12)
        how = SeizureEnd("released", "灯箱和遮阳伞与占道经营无关", "unrelated")
        seizures.end(self._store, self._actor("juzhang"), seizure_id=released, how=how, home=self._home)
        self._take_at_night(self._seize(WANG_LONG_TERM, "三轮车 1 辆\n煤气罐 1 个", days=1))

    def _seize(self, card: Card, goods: str, *, days: int) -> int:
        self._number += 1
        new = NewSeizure(
            number=f"莲城管扣〔2026〕案{self._number}号",
            kind="seize",
            seized_on=self._now.date() - timedelta(days=days),
            reason="占用人行道经营，工具和货物需要查清来源",
            basis=BASIS,
            place=f"莲城区向阳路{self._number}8号门前",
            keeper="执法大队一号库，冯协管",
            items=parse_list(goods),
            party=PersonDetails(card.kind, card.name, id_number=card.id_number),
        )
        return seizures.enter(self._store, self._actor("shirong"), new=new)

    def _take_at_night(self, seizure_id: int) -> None:
        officer = self._actor("shirong")
        listed = penalty_staff.list_certificates(self._store, officer)
        able = [each.id for each in listed if each.valid and not each.helper]
        new = NewEmergency(
            measure="当场扣押三轮车一辆、煤气罐一个",
            place="莲城区解放路路口",
            reason="当事人正在驾车离开，煤气罐漏气，不当场扣押将危及行人",
            began_at=self._now - timedelta(hours=11),
            certificates=tuple(able[:2]),
            seizure_id=seizure_id,
        )
        emergencies.enter(self._store, officer, new=new)

    def _actor(self, login: str) -> Actor:
        return signing_in.sign_in(self._store, login, password=self._password).actor
