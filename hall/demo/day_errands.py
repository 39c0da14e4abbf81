"""What a clerk of the demo's day does for whoever is at the counter: real errands through the services, by turns."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count

from sqlalchemy import select

from hall.demo.day_clock import DAY
from hall.demo.day_house import DayGround
from hall.demo.day_people import card_at_counter
from hall.demo.penalties import HANGING
from hall.rules.cards import Card
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.rules.relief_cases import parse_household
from hall.rules.requests import RequestKind
from hall.services import fines, leniency, registers
from hall.services.applications import Agent, Application, Organisation
from hall.services.intake_front import IntakeFront
from hall.services.leniency import NewLeniency
from hall.services.papers_leniency import Evidence
from hall.services.payment_front import PaymentFront
from hall.services.payment_notices import NewNotice
from hall.services.penalty_cases import NewPenalty, register
from hall.services.penalty_staff import list_certificates
from hall.services.persons import PersonDetails
from hall.services.progress_front import ProgressFront
from hall.services.registers import NewEntry
from hall.services.relief import NewRelief
from hall.services.relief_front import ReliefFront
from hall.services.request_front import RequestFront
from hall.services.requests import NewRequest
from hall.services.stall_applications import NewStallApplication
from hall.services.stall_front import StallFront
from hall.services.ticket_records import Called
from hall.services.vendor_front import VendorFront
from hall.services.vendors import Category, NewVendor
from hall.services.violations import list_violations
from hall.store import Store
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision

# In turn at each counter; every counter begins elsewhere in it. The first of each kind stands in `WORDS`, too.
ROTATION = (
    *("permit", "complaint", "consultation", "received", "report"),
    *("vendor", "permit", "help", "stall", "relief"),
    *("leniency", "payment", "permit", "register", "progress"),
)
WORDS: Mapping[str, str] = {
    "permit": "许可受理",
    "received": "收件后受理",
    "consultation": "咨询答复",
    "complaint": "投诉登记",
    "report": "举报登记",
    "help": "求助登记",
    "vendor": "流动经营者登记",
    "stall": "摊位申请",
    "relief": "救助申请",
    "leniency": "减免申请",
    "payment": "缴款通知",
    "register": "门前三包登记",
    "progress": "进度查询",
}
ERRAND = "errand."
"""What the deeds are counted by: this and the errand."""
_APART = 7
_PHONE = "13900000000"
_COMPANY = Organisation("legal", "虚构市样本餐饮有限公司", "91350100M000100Y43", "样经理")
_ABOUT: Mapping[RequestKind, tuple[tuple[str, str, str], ...]] = {
    "complaint": (
        ("stall", "早点摊占道", "早点摊占用人行道，上学时段行人只能走机动车道。"),
        ("smoke", "露天烧烤油烟", "露天烧烤到深夜，油烟扰民。"),
    ),
    "report": (
        ("sign", "招牌松动", "二楼招牌松动，有坠落危险。"),
        ("street", "乱堆物料", "沿街店铺把货物堆在盲道上。"),
    ),
    "help": (("light", "路灯不亮", "巷口路灯三天没有亮，夜间出行不便。"),),
}
_TRADES: tuple[Category, ...] = ("food", "produce", "goods", "repair")


class Errands:
    """One clerk's. `ground` tells where the hall is; `number` is the counter.

    Only the fronts that it needs: loading all of them at every counter would take the day's start some seconds.
    """

    def __init__(self, store: Store, actor: Actor, ground: DayGround, *, number: int) -> None:
        self._store, self._actor, self._home, self._plan = store, actor, ground.home, ground.plan
        self._intake = IntakeFront(store, actor, ground.home, slip=False)
        self._requests = RequestFront(store, actor, ground.home)
        self._stalls = StallFront(store, actor, ground.home)
        self._turns = count(number * _APART)
        self._fines = count(number - 1, ground.plan.counters)
        self._receipts: list[str] = []
        self._officers: tuple[int, ...] = ()
        self._violation = 0
        self._deeds: Mapping[str, Callable[[Called], None]] = {
            "permit": self._permit,
            "received": self._received,
            "consultation": self._consultation,
            "complaint": lambda called: self._request("complaint", called),
            "report": lambda called: self._request("report", called),
            "help": lambda called: self._request("help", called),
            "vendor": self._vendor,
            "stall": self._stall,
            "relief": self._relief,
            "leniency": self._leniency,
            "payment": self._payment,
            "register": self._register,
            "progress": self._progress,
        }

    def next(self) -> str:
        """What the next visitor has come for."""
        return ROTATION[next(self._turns) % len(ROTATION)]

    def do(self, errand: str, called: Called) -> None:
        """Do it for whoever is here; raises whatever the services refuse."""
        self._deeds[errand](called)

    def _card(self, called: Called) -> Card:
        return card_at_counter(self._plan.seed, called.ticket_id)

    def _person(self, called: Called) -> PersonDetails:
        card = self._card(called)
        return PersonDetails(
            "resident", card.name, id_number=card.id_number, phone=_PHONE, address="示例省虚构市样本区测试路1号"
        )

    def _application(self, called: Called) -> Application:
        """For the ticket's own matter, with every material that it asks for; of a company where no person may apply."""
        matter, card = self._intake.look(called.matter_code, ()).matter, self._card(called)
        own = "natural" in matter.applicant_kinds
        rules = [rule for rule in matter.materials if rule.required]
        return Application(
            matter_code=called.matter_code,
            applicant=card if own else _COMPANY,
            agent=None if own else Agent(card, "公司授权委托书"),
            phone=_PHONE,
            materials=tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in rules),
            ticket_id=called.ticket_id,
            subject=f"测试路{called.ticket_id}号",
            duplicate_reason="" if own else "另一处的项目",
        )

    def _permit(self, called: Called) -> None:
        self._receipts.append(self._intake.accept(self._application(called)).receipt_payload)

    def _received(self, called: Called) -> None:
        received = self._intake.receive(self._application(called))
        self._receipts.append(self._intake.accept(received.case_id).receipt_payload)

    def _progress(self, called: Called) -> None:
        """Whoever was here before asks by the receipt; where nobody was, an application comes first."""
        if not self._receipts:
            self._permit(called)
        ProgressFront(self._store, self._actor, self._home).scanned(self._receipts[-1])

    def _consultation(self, called: Called) -> None:
        self._requests.register(
            NewRequest(
                kind="consultation",
                category="stall",
                subject="临时摊位怎么申请",
                content="想在便民疏导点摆摊，需要什么手续？",
                person=self._card(called),
                ticket_id=called.ticket_id,
                answer="带身份证到窗口申请便民服务点摊位，公开抽签确定",
            )
        )

    def _request(self, kind: RequestKind, called: Called) -> None:
        about = _ABOUT[kind]
        category, subject, content = about[called.ticket_id % len(about)]
        self._requests.register(
            NewRequest(
                kind=kind,
                category=category,
                subject=subject,
                content=content,
                person=self._card(called),
                phone=_PHONE,
                place=f"示例路{called.ticket_id:05d}号门前",
                ticket_id=called.ticket_id,
            )
        )

    def _vendor(self, called: Called) -> None:
        trade = _TRADES[called.ticket_id % len(_TRADES)]
        new = NewVendor(self._person(called), trade, usual_place="示例路早市")
        VendorFront(self._store, self._actor, self._home).enter(new)

    def _stall(self, called: Called) -> None:
        site = self._stalls.sites()[0]
        self._stalls.apply(
            NewStallApplication(
                site_id=site.site_id,
                person=self._person(called),
                category="food",
                goods="早点",
                ticket_id=called.ticket_id,
            )
        )

    def _relief(self, called: Called) -> None:
        name = self._card(called).name
        ReliefFront(self._store, self._actor, self._home).apply(
            NewRelief(
                applicant=self._person(called),
                household=parse_household(f"{name} 本人 59 900\n{name[0]}小例 子女 19 0"),
                kind="support",
                asked_fen=100_000,
                reason="家中有人生病，收入中断",
                evidence="低保边缘家庭证明一份",
                consents=True,
                ticket_id=called.ticket_id,
            )
        )

    def _leniency(self, called: Called) -> None:
        """A case of the house that stands at its order to correct; the party has done so and asks to be let off."""
        store, actor, home = self._store, self._actor, self._home
        if not self._officers:
            named = {each.number: each.id for each in list_certificates(store, actor)}
            self._officers = (named["LC-0001"], named["LC-0002"])
            listed = list_violations(store, actor)
            self._violation = next(each.violation_id for each in listed if each.entry.code == HANGING)
        day = DAY - timedelta(days=3)
        case = NewPenalty(
            party=self._card(called),
            object_kind="citizen",
            violation_id=self._violation,
            act="未经批准在桥梁上悬挂横幅",
            place=f"莲城区人民桥第{called.ticket_id}号灯杆",
            acted_on=day,
            found_on=day,
            filed_on=day,
            officers=self._officers,
            harm="slight",
            correction_ordered_on=day,
            correct_by=DAY,
        )
        request = NewLeniency(
            wanted="none",
            limbs=("first_time",),
            facts="第一次悬挂横幅，接到责令改正当天已经拆除",
            evidence=(Evidence("拆除后的现场照片", 2),),
            correction="已拆除横幅、恢复原状",
            first_time=True,
        )
        leniency.apply(store, actor, case_id=register(store, actor, new=case, home=home), new=request, home=home)

    def _payment(self, called: Called) -> None:
        """Somebody has come with a decision that was served and asks how to pay."""
        del called
        number = next(self._fines) % self._plan.fines + 1
        with self._store.read(self._actor) as session:
            wanted = PenaltyDecision.number == f"莲城管罚决〔2026〕案{number}号"
            case_id = session.scalars(select(PenaltyDecision.case_id).where(wanted)).one()
            owed = fines.position_of(session, session.get_one(PenaltyCase, case_id), on=DAY, home=self._home)
        assert owed is not None, "it was served"
        notice = NewNotice(f"99999926A{number:010d}X", owed.balance_fen)
        PaymentFront(self._store, self._actor, self._home).issue_notice(case_id, notice)

    def _register(self, called: Called) -> None:
        values = {
            "unit": f"示例小店{called.ticket_id}",
            "place": f"示例路{called.ticket_id}号门前",
            "scope": "门前人行道至路缘石，包卫生、包秩序、包绿化设施",
            "until": (DAY + timedelta(days=365)).isoformat(),
        }
        new = NewEntry("front_duties", DAY, values, self._person(called))
        registers.enter(self._store, self._actor, new=new, home=self._home)
