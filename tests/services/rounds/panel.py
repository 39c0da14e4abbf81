"""An office whose closed penalty cases are reviewed: a round announced, drawn, scored."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.review_rounds import NewRound
from hall.services.round_front import RoundFront
from hall.services.round_reading import AssignmentRow, RoundRow
from hall.store.schema.dossier_reviews import ReviewAssignment
from hall.store.schema.penalties import PenaltyCase
from tests.services.penalties.office import Office

CLOSED = date(2026, 11, 20)
NAME = "2026年下半年案卷评查"


@dataclass
class Panel:
    """ "boss" announces, "lawyer" draws; "head", "approver2" and "everything" had no part in the cases."""

    office: Office
    home: Path

    def front(self, login: str) -> RoundFront:
        return self.whole_front(login).rounds

    def whole_front(self, login: str) -> Front:
        return Front(self.office.store, self.office.actor(login), self.home, queue_policy(self.home), slip=False)

    def id_of(self, login: str) -> int:
        return self.office.actor(login).account_id

    def login_of(self, account_id: int) -> str:
        return next(login for login, actor in self.office.people.items() if actor.account_id == account_id)

    def closed(self, count: int = 3) -> tuple[int, ...]:
        """Cases that ended on 20 November 2026: "reviewer", "other", "clerk" and "approver" had their parts."""
        cases = tuple(self.office.served() for _ in range(count))
        with self.office.store.work("test.close", self.office.actor("reviewer")) as work:
            for case in work.session.scalars(select(PenaltyCase).where(PenaltyCase.id.in_(cases))):
                case.state, case.closed_on = "closed", CLOSED
            work.audit("test")
        return cases

    def new(self, **told: object) -> NewRound:
        """Two penalties of November, drawn in two days, by three who may review and one who had a part in all."""
        return NewRound(
            **{
                "name": NAME,
                "from_day": date(2026, 11, 1),
                "until_day": CLOSED,
                "permits": 0,
                "penalties": 2,
                "reviewers": tuple(map(self.id_of, ("head", "approver2", "everything", "reviewer"))),
                "draw_on": self.office.today + timedelta(days=2),
                "seed_source": "当天福利彩票开奖号码",
                **told,
            }  # type: ignore[arg-type]  # the fields of NewRound
        )

    def announced(self, **told: object) -> RoundRow:
        """By "boss"."""
        self.front("boss").announce(self.new(**told))
        return self.front("boss").rounds()[0]

    def drawn(self, *, seed: str = "3 5 2", **told: object) -> tuple[AssignmentRow, ...]:
        """Two days later, by "lawyer"; the dossiers as "boss" sees them."""
        plan = self.announced(**told)
        self.office.on(plan.draw_on)
        self.front("lawyer").hold(plan.round_id, seed=seed, witness="何外勤")
        return self.dossiers()

    def dossiers(self, login: str = "boss") -> tuple[AssignmentRow, ...]:
        """All, in the order they were drawn."""
        found = self.front(login).dossiers(closed=True)
        return tuple(sorted(found, key=lambda each: each.assignment_id))

    def row(self, assignment_id: int, login: str = "boss") -> AssignmentRow:
        return next(each for each in self.dossiers(login) if each.assignment_id == assignment_id)

    def reviewer_of(self, assignment_id: int) -> str:
        """The login of who was drawn."""
        with self.office.store.read() as session:
            return self.login_of(session.get_one(ReviewAssignment, assignment_id).reviewer_id)

    def scored(self, assignment_id: int, **found: str) -> AssignmentRow:
        """By who was drawn."""
        self.front(self.reviewer_of(assignment_id)).score(assignment_id, found=found, remark="")
        return self.row(assignment_id)

    def notified(self, assignment_id: int) -> AssignmentRow:
        """With one fault, "reviewer" asked to correct it by 10 December."""
        self.scored(assignment_id, service="第12页没有填写送达时间")
        self.front("boss").notify(assignment_id, responsible_id=self.id_of("reviewer"), correct_by=date(2026, 12, 10))
        return self.row(assignment_id)
