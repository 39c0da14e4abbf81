"""What becomes of the day's errands in the offices: courses of acts, each by the right account and in its own time."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from hall.clock import Clock
from hall.demo.day_clock import DAY, MINUTE
from hall.rules.relief_cases import Award, Vote
from hall.services.call_backs import CallBackMade
from hall.services.deciding import Decision
from hall.services.dispatching import Feedback
from hall.services.front import Front
from hall.services.relief import CharityVote, Visit
from hall.services.request_replies import Answer
from hall.services.reviewing import Proposal
from hall.services.vendor_events import NewFact
from hall.services.visits import VisitOfficer, VisitRecord

CLERK, GUIDE, LAWYER, CHIEF, MANAGER = "chuangkou", "daoban", "fazhi", "juzhang", "zhuren"
HANDS: Mapping[str, tuple[str, str]] = {"市容科": ("shirong", "shirongke"), "市政科": ("shizheng", "shizhengke")}
"""Department → who reviews and who heads it."""
_OTHER = {"市容科": "市政科", "市政科": "市容科"}
_FOUND = Feedback("到场查看，反映的情况属实", "已当场劝导整改，列入日常巡查", "guidance")
_HELPED = Feedback("到场查看，路灯线路老化", "已更换线路，恢复照明", "service")
# Every so many-th takes the longer way.
_RETURNED, _SENT_BACK, _NOTED, _OBJECTS, _UNREACHED = 5, 4, 2, 3, 6

Course = Iterator[float]
"""Does one act after another; gives how many minutes go by until the next."""


class Permit(NamedTuple):
    """A case that was accepted: who reviews it, and whether somebody looks at the place or a lawyer at the file."""

    case_id: int
    department: str
    visited: bool
    by_law: bool


@dataclass(frozen=True, slots=True)
class Offices:
    """Everybody behind the counters, by login; what they did is counted in `done`."""

    fronts: Mapping[str, Front]
    clock: Clock
    done: list[str] = field(default_factory=list)

    def of(self, login: str) -> Front:
        """What somebody can do."""
        return self.fronts[login]

    def did(self, deed: str) -> None:
        """Count it."""
        self.done.append(deed)

    def permit(self, case: Permit) -> Course:
        """Handed over, taken, looked at, proposed, examined, decided."""
        reviewer, head = (self.of(login).review for login in HANDS[case.department])
        self.of(CLERK).review.hand_over(case.case_id)
        yield 5
        reviewer.take(case.case_id)
        self.did("permit_taken")
        if case.visited:
            yield from self._looked_at(case)
        yield 15
        reviewer.propose(case.case_id, Proposal("granted", "符合规定条件"))
        yield 5
        head.examine(case.case_id, agree=True, text="同意")
        if case.by_law:
            yield 5
            self.of(LAWYER).review.review_by_law(case.case_id, agree=True, text="程序合法")
        yield 10
        self.of(CHIEF).review.decide(case.case_id, Decision("granted", "同意"))
        self.did("permit_decided")

    def _looked_at(self, case: Permit) -> Course:
        reviewer = self.of(HANDS[case.department][0])
        at = self.clock.now() + 10 * MINUTE
        visit_id = reviewer.review.book_visit(case.case_id, at=at, place="申请地点")
        yield 40
        officers = tuple(self.of(login).actor.account_id for login in HANDS[case.department])
        now = self.clock.now()
        record = VisitRecord(
            officers=tuple(VisitOfficer(each, f"LC-{each:04d}") for each in officers),
            began_at=now - 25 * MINUTE,
            ended_at=now - 5 * MINUTE,
            findings="现场与申请材料一致",
            passed=True,
            applicant_signed=True,
        )
        reviewer.review.make_visit(case.case_id, visit_id, record)
        self.did("permit_visited")

    def request(self, request_id: int) -> Course:
        """Dispatched by the map; the unit takes it, or returns it and another takes it; answered, called back."""
        dispatcher = self.of(CLERK).requests
        dispatcher.dispatch(request_id)
        self.did("dispatched")
        yield 10
        department = dispatcher.one(request_id).row.unit_name
        self.of(HANDS[department][0]).requests.take(request_id)
        if request_id % _RETURNED == 0:
            department = yield from self._returned(request_id, department)
        yield 25
        yield from self._fed_back(request_id, department)
        dispatcher.accept(request_id)
        yield 10
        dispatcher.reply(request_id, Answer("已现场处理并列入日常巡查"))
        self.did("closed")
        yield 30
        reached = request_id % _UNREACHED != 0
        made = CallBackMade(True, 5 - request_id % 3, "现场已经清理") if reached else CallBackMade(reached=False)
        self.of(GUIDE).requests.call_back(request_id, made)
        self.did("called_back")

    def _returned(self, request_id: int, department: str) -> Generator[float, None, str]:
        """It is another department's matter; gives which one has it now."""
        yield 5
        self.of(HANDS[department][0]).requests.return_(request_id, "现场在另一科室的管养范围")
        self.did("returned")
        yield 5
        other = _OTHER[department]
        dispatcher = self.of(MANAGER).requests
        unit_id = next(each.unit_id for each in dispatcher.choices().units if each.name == other)
        dispatcher.dispatch(request_id, unit_id, why_unit="原单位退回，现场属其管养范围")
        self.did("dispatched")
        yield 10
        self.of(HANDS[other][0]).requests.take(request_id)
        return other

    def _fed_back(self, request_id: int, department: str) -> Course:
        feedback = _HELPED if department == "市政科" else _FOUND
        unit = self.of(HANDS[department][0]).requests
        unit.feed_back(request_id, feedback)
        yield 10
        if request_id % _SENT_BACK == 0:
            self.of(CLERK).requests.send_back(request_id, "请补充处理后的现场照片说明")
            self.did("sent_back")
            yield 20
            unit.feed_back(request_id, feedback)
            yield 10

    def vendor(self, vendor_id: int) -> Course:
        """Every other is praised, some of the rest are noted for a fault, told it, and object."""
        reviewer, head = self.of("shirong").vendors, self.of("shirongke").vendors
        day = DAY - timedelta(days=1)
        if vendor_id % _NOTED:
            new = NewFact("J02", day, "参加便民服务点志愿服务", "自治管理委员会证明")
        else:
            new = NewFact("K05", day, "连续十五日没有到摊经营，没有请假", "两次巡查记录", "示例路早市")
        event_id = reviewer.note(vendor_id, new)
        yield 20
        head.confirm(event_id)
        self.did("fact_confirmed")
        if vendor_id % _NOTED:
            return
        yield 10
        self.of(CLERK).vendors.notify(event_id, "handed")
        self.did("fact_told")
        if vendor_id % _OBJECTS == 0:
            yield 20
            self.of(CLERK).vendors.object_to(event_id, "当时住院，有出院证明")
            yield 30
            self.of(LAWYER).vendors.answer(event_id, "核对了出院证明，情况属实", upheld=True)
            self.did("fact_answered")

    def stall(self, application_id: int) -> Course:
        """Admitted by the head."""
        yield 15
        self.of("shirongke").stalls.admit(application_id)
        self.did("stall_admitted")

    def relief(self, application_id: int) -> Course:
        """Two go and see, a third has an opinion, the charity votes, it is shown for days that are not over today."""
        yield 30
        found = Visit(
            visited_on=DAY,
            along=(self.of("shizheng").actor.account_id,),
            means="租房居住，没有车辆和第二套住房",
            income_fen=45_000,
        )
        self.of("shirong").relief.visit(application_id, found)
        self.did("relief_visited")
        yield 20
        self.of("shirongke").relief.opine(application_id, "情况属实，建议给予救助", recommended=True)
        yield 40
        number = f"莲慈救示例〔2026〕快{application_id}号"
        held = CharityVote(voted_on=DAY, vote=Vote(5, 0, 1), number=number, award=Award(80_000))
        self.of(MANAGER).relief.vote(application_id, held)
        self.did("relief_voted")
        yield 10
        self.of(MANAGER).relief.show((application_id,), "大厅公示栏")
        self.did("relief_shown")
