"""The offices behind the counters in the demo's day: one process takes up what the clerks enter and carries it on."""

import heapq
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from hall.demo.day_clock import CLOSES, DAY, MINUTE, DayClock, at
from hall.demo.day_counter import LIVED_WITH
from hall.demo.day_courses import CHIEF, CLERK, GUIDE, HANDS, LAWYER, MANAGER, Course, Offices, Permit
from hall.demo.day_crew import Line, Lived
from hall.demo.day_house import DayGround, signed_in
from hall.demo.stalls import SEED
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.relief_books import Gift
from hall.services.spot_checks import NewCheck
from hall.services.stall_draws import NewDraw
from hall.store import Store
from hall.store.schema.catalogue import Department, MatterVersion
from hall.store.schema.permits import PermitCase
from hall.store.schema.relief import ReliefApplication
from hall.store.schema.requests import Request
from hall.store.schema.stalls import StallApplication
from hall.store.schema.vendors import Vendor

STATION = "后台科室"
CASHIER = "caiwu"
OFFICE = "office."
"""What the deeds are counted by: this and the deed."""
WORDS: Mapping[str, str] = {
    "permit_taken": "签收许可",
    "permit_visited": "现场勘查",
    "permit_decided": "许可决定",
    "dispatched": "派单",
    "returned": "退单",
    "sent_back": "退回补办",
    "closed": "诉求办结",
    "called_back": "回访",
    "fact_confirmed": "征信复核",
    "fact_told": "征信告知",
    "fact_answered": "异议答复",
    "stall_admitted": "准予进入",
    "dossiers_drawn": "抽取案卷",
    "draw": "摊位抽签",
    "stall_granted": "核发摊位证",
    "draw_announced": "公布抽签",
    "relief_visited": "入户核查",
    "relief_voted": "救助表决",
    "relief_shown": "救助公示",
    "relief_given": "发放救助",
    "donation": "捐赠入账",
    "purchase": "购置入账",
    "bank_file": "导入缴款",
    "spot_check": "抽查",
    "spot_check_verified": "整改核验",
    "published": "决定公示",
}
LOOKS_AGAIN, AT_A_TIME = 3.0, 6
# The clerks take more applications than two departments could review in a day.
_REVIEWED = 3
_PUBLISHED, _GRANTED = 6, 4


def live_at_office(ground: DayGround, line: Line) -> Lived:
    """From opening to closing, by turns everybody who reviews, heads, decides, keeps the books."""
    clock = line.ready()
    store = ground.house(clock).open_store(STATION)
    office = _Office(store, clock, ground)
    office.day()
    store.close()
    return office.lived


class _Office:
    """Courses that wait for their time, and the deeds of the clock. What is refused is counted, and left."""

    def __init__(self, store: Store, clock: DayClock, ground: DayGround) -> None:
        self.lived = Lived()
        self._store, self._clock, self._home = store, clock, ground.home
        policy = queue_policy(ground.home)
        logins = {
            *(login for hands in HANDS.values() for login in hands),
            CLERK,
            GUIDE,
            LAWYER,
            CHIEF,
            MANAGER,
            CASHIER,
        }
        fronts = {login: Front(store, signed_in(store, login), ground.home, policy, slip=False) for login in logins}
        self._offices = Offices(fronts, clock)
        self._waiting: list[tuple[datetime, int, Course]] = []
        self._numbers = count()
        self._known: set[tuple[str, int]] = set()
        self._deeds = sorted(self._by_the_clock(), key=lambda each: each[0], reverse=True)

    def day(self) -> None:
        """Look for what is new, go on with what waits, a few acts at a time."""
        while self._clock.now() < CLOSES:
            while self._deeds and self._deeds[-1][0] <= self._clock.now():
                self._try(self._deeds.pop()[1])
            self._take_up()
            for _ in range(AT_A_TIME):
                self._go_on()
            self._clock.wait(LOOKS_AGAIN)
        for deed in self._offices.done:
            self.lived.did(f"{OFFICE}{deed}")

    def _take_up(self) -> None:
        """What waits for its first act and was not seen before."""
        with self._store.read() as session:
            permits = session.execute(
                select(PermitCase.id, Department.name, MatterVersion.site_visit, MatterVersion.legal_review)
                .join(Department, Department.id == PermitCase.department_id)
                .join(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
                .where(PermitCase.state == "accepted", Department.name.in_(HANDS))
                .order_by(PermitCase.id)
            ).tuples()
            cases = [Permit(*row) for row in permits if row[0] % _REVIEWED == 0]
            requests = session.scalars(select(Request.id).where(Request.state == "registered")).all()
            vendors = session.scalars(select(Vendor.id)).all()
            stalls = session.scalars(select(StallApplication.id).where(StallApplication.state == "applied")).all()
            reliefs = session.scalars(select(ReliefApplication.id).where(ReliefApplication.state == "applied")).all()
        offices = self._offices
        for case in cases:
            self._enter("permit", case.case_id, offices.permit(case))
        self._enter_all("request", requests, offices.request)
        self._enter_all("vendor", vendors, offices.vendor)
        self._enter_all("stall", stalls, offices.stall)
        self._enter_all("relief", reliefs, offices.relief)

    def _enter_all(self, kind: str, keys: Iterable[int], course: Callable[[int], Course]) -> None:
        for key in keys:
            self._enter(kind, key, course(key))

    def _enter(self, kind: str, key: int, course: Course) -> None:
        if (kind, key) not in self._known:
            self._known.add((kind, key))
            self._wait_for(course, 0)

    def _wait_for(self, course: Course, minutes: float) -> None:
        heapq.heappush(self._waiting, (self._clock.now() + minutes * MINUTE, next(self._numbers), course))

    def _go_on(self) -> None:
        """The next act of the course whose time came first, if any has come."""
        if not self._waiting or self._waiting[0][0] > self._clock.now():
            return
        _, _, course = heapq.heappop(self._waiting)
        self._try(lambda: self._step(course))

    def _step(self, course: Course) -> None:
        if (minutes := next(course, None)) is not None:
            self._wait_for(course, minutes)

    def _try(self, do: Callable[[], None]) -> None:
        try:
            do()
        except LIVED_WITH as refusal:
            self.lived.met(refusal)

    # What has its hour.

    def _by_the_clock(self) -> Iterable[tuple[datetime, Callable[[], None]]]:
        return (
            (at(9, 5), self._give_relief),
            (at(10), self._donation),
            (at(10, 40), self._spot_check),
            (at(11), self._verify_check),
            (at(13, 40), self._draw_dossiers),
            (at(14, 30), self._draw_lots),
            (at(14, 45), self._grant_stalls),
            (at(15, 30), self._announce_draw),
            (at(15, 45), self._buy),
            (at(16), self._bank_file),
            (at(16, 20), self._publish),
        )

    def _did(self, deed: str) -> None:
        self._offices.did(deed)

    def _give_relief(self) -> None:
        """What was shown a month ago."""
        cashier = self._offices.of(CASHIER).relief
        row = next(each for each in cashier.listed() if each.state == "shown")
        cashier.give(row.application_id, "示转20261123001")
        self._did("relief_given")

    def _donation(self) -> None:
        gift = Gift(day=DAY, donor_name="示例商户", reference="示慈票20261123", money_fen=200_000)
        self._offices.of(CASHIER).relief.donate(gift)
        self._did("donation")

    def _buy(self) -> None:
        self._offices.of(CASHIER).relief.buy(120_000, "折叠摊车四辆", reference="示发票20261123", day=DAY)
        self._did("purchase")

    def _spot_check(self) -> None:
        """The manager at the first counter; a fault is to be put right."""
        front = self._offices.of(MANAGER).standards
        step = next(each for each in front.instructions() if each.step.post == "clerk")
        clerk = next(each for each in front.staff() if each.name == "窗口1员")
        new = NewCheck(
            instruction_id=step.id,
            about_account_id=clerk.account_id,
            checked_on=DAY,
            way="on_site",
            met=False,
            finding="没有一次性说明材料要求",
            correct_by=DAY + timedelta(days=7),
            counter_number=1,
        )
        front.enter_check(new)
        self._did("spot_check")

    def _verify_check(self) -> None:
        """Another looks at the correction of an earlier one."""
        front = self._offices.of(CHIEF).standards
        row = next(each for each in front.checks() if each.state == "corrected")
        front.verify(row.id, passed=True, note="现场看过，已改正", correct_by=None)
        self._did("spot_check_verified")

    def _draw_dossiers(self) -> None:
        """For the review that was announced a month ago."""
        rounds = self._offices.of(LAWYER).rounds
        (row,) = rounds.rounds()
        rounds.hold(row.round_id, seed=SEED, witness="示例社区居委会")
        self._did("dossiers_drawn")

    def _draw_lots(self) -> None:
        """Of what was announced long ago, by another than who announced it."""
        lawyer = self._offices.of(LAWYER).stalls
        draw = next(each for each in lawyer.draws() if each.due and each.state == "announced")
        lawyer.hold_draw(draw.draw_id, seed=SEED, witness="示例社区居委会")
        self._did("draw")

    def _grant_stalls(self) -> None:
        clerk, chief = self._offices.of(CLERK).stalls, self._offices.of(CHIEF).stalls
        for row in clerk.applications(state="offered")[:_GRANTED]:
            clerk.answer(row.application_id, accepted=True)
            chief.grant(row.application_id)
            self._did("stall_granted")

    def _announce_draw(self) -> None:
        """Among those whom the day brought."""
        manager = self._offices.of(MANAGER).stalls
        for lot in manager.drawable():
            new = NewDraw(
                site_id=lot.site_id,
                category=lot.category,
                farmers_only=lot.farmers_only,
                draw_on=DAY + timedelta(days=7),
                seed_source="抽签当天三位申请人代表各掷一次骰子的点数",
            )
            manager.announce(new)
            self._did("draw_announced")

    def _bank_file(self) -> None:
        """Whoever got a notice before has paid it."""
        cashier = self._offices.of(CASHIER).payments
        notices = [each for each in cashier.notices() if each.issued_on == DAY]
        rows = [
            f"B20261123{place:04d},{each.pay_code},,{each.fen / 100:.2f},{DAY}" for place, each in enumerate(notices)
        ]
        total = sum(each.fen for each in notices)
        last = f"合计,,{len(rows)},{total / 100:.2f},"
        text = "\n".join(("流水号,缴款识别码,决定书文号,金额,缴款日期", *rows, last, ""))
        cashier.import_file(text.encode())
        self._did("bank_file")

    def _publish(self) -> None:
        manager = self._offices.of(MANAGER).publicity
        for row in manager.listed()[:_PUBLISHED]:
            manager.publish(row.publication_id, DAY, "莲城区政府网")
            self._did("published")
