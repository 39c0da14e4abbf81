"""The demo's service standards: the shipped instructions, two spot checks, some training, qualifications of three."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.instructions_file import FILE_TITLE, parse_instructions
from hall.rules.people import Actor
from hall.services import instructions, qualifications, signing_in, spot_checks, training
from hall.services.qualifications import NewQualification
from hall.services.spot_checks import NewCheck
from hall.services.training import NewTraining
from hall.store import Store
from hall.store.schema.standards import Instruction

_TRAINED = ("chuangkou", "shizheng", "shirong", "fazhi")


class DemoStandards:
    """Enters them as the people of the house would, all on `today`; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, today: date, password: str) -> None:
        self._store, self._home, self._today, self._password = store, home, today, password

    def enter(self) -> None:
        """A fault that waits for its correction, one that waits for a third, a certificate that runs out soon."""
        steps = parse_instructions(decode(resource("instructions/sample.csv").read_bytes(), FILE_TITLE))
        instructions.import_instructions(self._store, self._actor("zhuren"), steps=steps)
        self._check("shirongke", 3, "补正的内容分两次告知")
        corrected = self._check("zhuren", 4, "没有说明承诺的办结日期")
        spot_checks.correct(
            self._store, self._actor("chuangkou"), check_id=corrected, correction="已向申请人补充说明，窗口张贴时限表"
        )
        self._train()
        self._qualify("fazhi", "legal_exam", "A20200000000001", None)
        self._qualify("juzhang", "post", "GW-2023-0001", self._today + timedelta(days=38))

    def _check(self, by: str, position: int, finding: str) -> int:
        with self._store.read() as session:
            query = select(Instruction.id).where(Instruction.subject == "permit", Instruction.position == position)
            instruction_id = session.scalars(query).one()
        new = NewCheck(
            instruction_id=instruction_id,
            about_account_id=self._actor("chuangkou").account_id,
            checked_on=self._today,
            way="on_site",
            met=False,
            finding=finding,
            correct_by=self._today + timedelta(days=7),
            counter_number=3,
        )
        return spot_checks.enter(self._store, self._actor(by), new=new, home=self._home).check_id

    def _train(self) -> None:
        people = tuple(self._actor(login).account_id for login in _TRAINED)
        for days, kind, title, hours, score in (
            (60, "course", "行政许可法和窗口服务规范", "8", None),
            (31, "friday", "案例研讨", "2", None),
            (54, "examination", "第三季度考试", "", 86),
        ):
            new = NewTraining(
                account_ids=people,
                kind=kind,  # type: ignore[arg-type]  # three of its kinds
                title=title,
                held_on=self._today - timedelta(days=days),
                hours=hours,
                score=score,
                proof="签到表",
            )
            training.enter(self._store, self._actor("zhuren"), new=new, home=self._home)

    def _qualify(self, login: str, kind: str, number: str, valid_to: date | None) -> None:
        new = NewQualification(
            account_id=self._actor(login).account_id,
            kind=kind,
            number=number,
            issued_by="虚构市司法局" if kind == "legal_exam" else "莲城区城市管理和综合执法局",
            valid_from=self._today - timedelta(days=1000),
            valid_to=valid_to,
        )
        qualifications.enter(self._store, self._actor("zhuren"), new=new, home=self._home)

    def _actor(self, login: str) -> Actor:
        return signing_in.sign_in(self._store, login, password=self._password).actor
