"""The demo's requests: one in each stage, two that 12345 and the grid system sent, and the map of who answers."""

from datetime import date, timedelta
from pathlib import Path

from hall.resources import resource
from hall.rules.identity import id_check_digit
from hall.rules.requests import RequestKind
from hall.services import signing_in
from hall.services.dispatching import Feedback
from hall.services.persons import PersonDetails
from hall.services.request_front import RequestFront
from hall.services.request_replies import Answer
from hall.services.requests import NewRequest
from hall.store import Store

_HEADING = "来源,外部编号,类型,类别,标题,内容,地点,区域,网格编码,转来日期,反映人,电话,照片"
_OUTSIDE = (
    "12345热线,RX{0}01,投诉,占道经营,夜市占道影响通行,示例路口每晚摆摊占道，行人只能走机动车道。,示例路口东侧,向阳街道,,{0},郑示例,13900000000,",
    "网格系统,WG{1}07,举报,建筑垃圾和渣土,渣土车沿路抛洒,示例北路有渣土车抛洒，路面有土。,示例北路,莲湖街道,LH-03-12,{1},,,",
)
_FOUND = Feedback("到场查看，门前三处流动摊贩占道经营", "已劝导离开，划定临时摊位区", "guidance")


class DemoRequests:
    """Enters them as the people of the house would, all on `today`; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, today: date, password: str) -> None:
        self._store, self._home, self._today, self._password = store, home, today, password

    def enter(self) -> None:
        """From one that waits for dispatch to one that waits for the call-back."""
        self._exchange()
        self._register("help", "light", "路灯不亮", "示例巷口路灯三天没有亮，夜间出行不便。", serial=1)
        self._sent("sign", "招牌松动", "示例街18号二楼招牌松动，有坠落危险。", serial=2)
        self._fed_back("stall", "早点摊占道", "示例小学门前早点摊占道，上学时段拥堵。", serial=3)
        closed = self._fed_back("smoke", "露天烧烤油烟", "示例小区北门露天烧烤，油烟扰民。", serial=4)
        clerk = self._front("chuangkou")
        clerk.accept(closed)
        clerk.reply(closed, Answer("已责令停止露天烧烤，并列入夜间巡查"))
        self._ask()

    def _exchange(self) -> None:
        manager = self._front("zhuren")
        manager.import_responsibilities(resource("requests/responsibilities.csv"))
        days = [(self._today - timedelta(days=back)).isoformat() for back in (12, 1)]
        file = self._home / "转办诉求.csv"
        file.write_text("\n".join((_HEADING, *(row.format(*days) for row in _OUTSIDE))), encoding="utf-8-sig")
        manager.import_requests(file)
        file.unlink()

    def _ask(self) -> None:
        self._front("daoban").register(
            NewRequest(
                kind="consultation",
                category="stall",
                subject="临时摊位怎么申请",
                content="想在示例夜市摆摊，需要什么手续？",
                answer="带身份证到窗口申请便民服务点摊位，公开抽签确定",
            )
        )

    def _fed_back(self, category: str, subject: str, content: str, *, serial: int) -> int:
        request_id = self._sent(category, subject, content, serial=serial)
        unit = self._front("shirong")
        unit.take(request_id)
        unit.feed_back(request_id, _FOUND)
        return request_id

    def _sent(self, category: str, subject: str, content: str, *, serial: int) -> int:
        request_id = self._register("complaint", category, subject, content, serial=serial)
        self._front("chuangkou").dispatch(request_id)
        return request_id

    def _register(self, kind: RequestKind, category: str, subject: str, content: str, *, serial: int) -> int:
        digits = f"99999919790514{serial:03d}"
        person = PersonDetails("resident", "冯示例", id_number=digits + id_check_digit(digits), phone="13900000000")
        new = NewRequest(
            kind=kind, category=category, subject=subject, content=content, person=person, place=f"示例路{serial}号"
        )
        return self._front("chuangkou").register(new).request_id

    def _front(self, login: str) -> RequestFront:
        actor = signing_in.sign_in(self._store, login, password=self._password).actor
        return RequestFront(self._store, actor, self._home)
