"""The demo's relief fund: a donation, an award that is given, one that is shown, one that waits for the visit."""

from datetime import date
from pathlib import Path

from hall.rules.identity import id_check_digit
from hall.rules.people import Actor
from hall.rules.relief_cases import Award, ReliefKind, Vote, parse_household
from hall.services import relief, relief_books, relief_reading, relief_showing, signing_in
from hall.services.persons import PersonDetails
from hall.services.relief import CharityVote, NewRelief, Visit
from hall.services.relief_books import Gift
from hall.store import Store


class DemoRelief:
    """Enters it as the people of the house would; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, password: str) -> None:
        self._store, self._home, self._password = store, home, password

    def enter_earlier(self, today: date) -> None:
        """A month ago: the fund began, and the first award was shown."""
        for donor, fen, organisation in (("莲城区示例商会", 3_000_000, True), ("示例热心人", 80_000, False)):
            gift = Gift(
                day=today,
                donor_name=donor,
                reference=f"示慈票{fen}",
                organisation=organisation,
                money_fen=fen,
                purpose="帮助困难流动商贩恢复经营",
            )
            relief_books.donate(self._store, self._actor("caiwu"), gift=gift)
        first = self._opined("孙示例", "capital", today, serial=1)
        self._vote(first, "莲慈救示例〔2026〕1号", today)
        self._show(first)

    def enter(self, today: date) -> None:
        """Today: the first is given, a second is shown, a third waits."""
        (first,) = relief_reading.applications(self._store, self._actor("caiwu"))
        relief.give(
            self._store,
            self._actor("caiwu"),
            application_id=first.application_id,
            reference="示转20261123001",
            home=self._home,
        )
        second = self._opined("吴示例", "support", today, serial=2)
        self._vote(second, "莲慈救示例〔2026〕2号", today)
        self._show(second)
        self._applied("郑示例", "tools", serial=3)

    def _applied(self, name: str, kind: ReliefKind, *, serial: int) -> int:
        digits = f"99999919810312{serial:03d}"
        new = NewRelief(
            applicant=PersonDetails(
                "resident", name, id_number=digits + id_check_digit(digits), phone="13900000000", address="示例路9号"
            ),
            household=parse_household(f"{name} 本人 45 900\n{name[0]}小例 子女 9 0"),
            kind=kind,
            asked_fen=200_000,
            reason="餐车损坏，家中有病人，收入中断",
            evidence="低保边缘家庭证明一份",
            consents=True,
        )
        return relief.apply(self._store, self._actor("chuangkou"), new=new, home=self._home).application_id

    def _opined(self, name: str, kind: ReliefKind, today: date, *, serial: int) -> int:
        application_id = self._applied(name, kind, serial=serial)
        found = Visit(
            visited_on=today,
            along=(self._actor("shizheng").account_id,),
            means="租房居住，没有车辆和第二套住房",
            income_fen=45_000,
        )
        relief.visit(self._store, self._actor("shirong"), application_id=application_id, found=found, home=self._home)
        relief.opine(
            self._store,
            self._actor("shirongke"),
            application_id=application_id,
            recommended=True,
            opinion="情况属实，建议给予救助",
        )
        return application_id

    def _vote(self, application_id: int, number: str, today: date) -> None:
        held = CharityVote(voted_on=today, vote=Vote(5, 0, 1), number=number, award=Award(150_000))
        relief.vote(self._store, self._actor("zhuren"), application_id=application_id, held=held, home=self._home)

    def _show(self, application_id: int) -> None:
        relief_showing.show(
            self._store,
            self._actor("zhuren"),
            application_ids=(application_id,),
            where="大厅公示栏",
            home=self._home,
        )

    def _actor(self, login: str) -> Actor:
        return signing_in.sign_in(self._store, login, password=self._password).actor
