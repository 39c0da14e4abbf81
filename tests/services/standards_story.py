"""A hall with instructions, a spot check in every state, training and qualifications, for tests and pictures."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.resources import resource
from hall.rules.catalogue_file import parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.instructions_file import FILE_TITLE, parse_instructions
from hall.rules.people import Actor
from hall.services.catalogue import import_matters
from hall.services.front import Front
from hall.services.instructions import StepView, import_instructions
from hall.services.qualifications import NewQualification
from hall.services.queue_policy import queue_policy
from hall.services.spot_checks import NewCheck
from hall.services.standards_front import StandardsFront
from hall.services.training import NewTraining
from hall.store.schema.people import Account
from tests.services.penalties.office import Office

SAMPLE = "instructions/sample.csv"


@dataclass
class Story:
    """What the people of an office do about their standards; each `front` is of who is named by login."""

    office: Office
    home: Path
    steps: dict[tuple[str, int], StepView] = field(default_factory=dict)

    def front(self, login: str) -> StandardsFront:
        return self.whole_front(login).standards

    def whole_front(self, login: str) -> Front:
        return Front(self.office.store, self.office.actor(login), self.home, queue_policy(self.home), slip=False)

    def actor(self, login: str) -> Actor:
        return self.office.actor(login)

    def id_of(self, login: str) -> int:
        return self.actor(login).account_id

    def publish(self) -> None:
        """The shipped catalogue, where the database has none."""
        admin, content = self.actor("admin"), resource("catalogue/sample.csv").read_bytes()
        import_matters(self.office.store, admin, matters=parse_catalogue(decode(content, "事项目录")))

    def instruct(self) -> None:
        """The shipped instructions."""
        self.import_steps(decode(resource(SAMPLE).read_bytes(), FILE_TITLE))
        self.steps = {(each.step.subject, each.step.position): each for each in self.front("boss").instructions()}

    def import_steps(self, text: str, login: str = "boss") -> object:
        return import_instructions(self.office.store, self.actor(login), steps=parse_instructions(text))

    def check(self, *, by: str = "head", about: str = "clerk", place: int = 3, **told: object) -> NewCheck:
        """Of the step of a permit's intake, with a fault; entered by somebody."""
        new = NewCheck(
            **{
                "instruction_id": self.steps["permit", place].id,
                "about_account_id": self.id_of(about),
                "checked_on": self.office.today,
                "way": "on_site",
                "met": False,
                "finding": "没有一次告知需要补正的全部材料",
                "correct_by": date(2026, 11, 30),
                **told,
            }  # type: ignore[arg-type]  # the fields of NewCheck
        )
        self.front(by).enter_check(new)
        return new

    def train(self, *logins: str, by: str = "boss", **told: object) -> NewTraining:
        """Four hours of a course; entered by somebody."""
        new = NewTraining(
            **{
                "account_ids": tuple(map(self.id_of, logins)),
                "kind": "course",
                "title": "行政许可法专题",
                "held_on": self.office.today,
                "hours": "4",
                "proof": "签到表",
                **told,
            }  # type: ignore[arg-type]  # the fields of NewTraining
        )
        self.front(by).enter_training(new)
        return new

    def qualify(self, login: str, *, by: str = "boss", **told: object) -> int:
        """The national examination, without an end; entered by somebody."""
        new = NewQualification(
            **{
                "account_id": self.id_of(login),
                "kind": "legal_exam",
                "number": f"A2020000{self.id_of(login):05d}",
                "issued_by": "司法部",
                "valid_from": date(2020, 3, 1),
                **told,
            }  # type: ignore[arg-type]  # the fields of NewQualification
        )
        return self.front(by).enter_qualification(new)

    def badges(self) -> None:
        """A badge number for everybody, of the account's key."""
        with self.office.store.work("test.badges", self.actor("admin")) as work:
            for each in work.session.scalars(select(Account)):
                each.badge_number = f"{each.id:04d}"
            work.audit("accounts")
