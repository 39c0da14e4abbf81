"""A hall with the charity's fund: people of every duty, an application as far as a test wants, money in the books."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from hall.clock import FixedClock
from hall.rules.relief_cases import Award, ReliefKind, Vote, parse_household
from hall.services import relief, relief_books, relief_reading, relief_showing
from hall.services.issuing import Issued
from hall.services.persons import PersonDetails
from hall.services.relief import CharityVote, NewRelief, Visit
from hall.services.relief_books import Gift
from hall.services.relief_reading import PostingRow, ReliefRow
from hall.store import Store
from tests.services.penalties.office import Office

HOUSEHOLD = "张测明 本人 45 900\n李测 配偶 44 600\n张小测 子女 9 0"
CARRIED = Vote(5, 1, 1)


@dataclass
class Fund:
    """Today is the clock's day (23 November 2026 at first). Who signs in is the office's people, by login."""

    office: Office
    number: int = field(default=0)

    @classmethod
    def founded(cls, store: Store, clock: FixedClock, home: Path) -> "Fund":
        """With its people and an empty fund."""
        office = Office(store, clock, home)
        office.open()
        return cls(office)

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.office.today

    def next_number(self, prefix: str) -> str:
        """A voucher or decision that was not there before."""
        self.number += 1
        return f"{prefix}{self.number:03d}"

    def new(self, kind: ReliefKind = "capital", *, consents: bool = True, **person: str) -> NewRelief:
        """What a new fictitious person asks for."""
        return NewRelief(
            applicant=self.office.resident(**person),  # type: ignore[arg-type]  # a name
            household=parse_household(HOUSEHOLD),
            kind=kind,
            asked_fen=300_000,
            reason="早餐车损坏，家中有病人，收入中断",
            evidence="低保边缘家庭证明一份，诊断证明一份",
            consents=consents,
        )

    def give_to_fund(self, money_fen: int = 0, goods_fen: int = 0, **told: object) -> int:
        """A donation, by the cashier."""
        gift = Gift(
            day=self.today,
            donor_name="王爱心",
            reference=self.next_number("捐"),
            money_fen=money_fen,
            goods_fen=goods_fen,
            **told,  # type: ignore[arg-type]  # fields of a gift
        )
        return relief_books.donate(self.office.store, self.office.actor("cashier"), gift=gift)

    def buy(self, cost_fen: int) -> int:
        """A cart is bought, by the cashier."""
        return relief_books.buy(
            self.office.store,
            self.office.actor("cashier"),
            cost_fen=cost_fen,
            goods="三轮餐车一辆",
            reference=self.next_number("票"),
            day=self.today,
        )

    def applied(self, kind: ReliefKind = "capital", applicant: PersonDetails | None = None) -> int:
        """An application that "clerk" took."""
        new = self.new(kind) if applicant is None else replace(self.new(kind), applicant=applicant)
        done = relief.apply(self.office.store, self.office.actor("clerk"), new=new, home=self.office.home)
        return done.application_id

    def visit(self, application_id: int, *, by: str = "reviewer", along: tuple[str, ...] = ("other",)) -> bool:
        """Seen by two."""
        found = Visit(
            visited_on=self.today,
            along=tuple(self.office.actor(login).account_id for login in along),
            means="租房居住，没有车辆和第二套住房",
            income_fen=50_000,
        )
        return relief.visit(
            self.office.store,
            self.office.actor(by),
            application_id=application_id,
            found=found,
            home=self.office.home,
        )

    def opine(self, application_id: int, *, by: str = "head") -> None:
        """Recommended."""
        relief.opine(
            self.office.store,
            self.office.actor(by),
            application_id=application_id,
            recommended=True,
            opinion="情况属实，建议给予救助",
        )

    def vote(
        self, application_id: int, award: Award | None = None, *, by: str = "boss", vote: Vote = CARRIED
    ) -> Issued:
        """The charity's decision, of 2000 yuan unless told."""
        held = CharityVote(
            voted_on=self.today,
            vote=vote,
            number=self.next_number("莲慈救〔2026〕"),
            award=award or (Award(200_000) if vote is CARRIED else None),
            refused_why="" if award or vote is CARRIED else "收入超过规定，建议申请临时救助",
        )
        return relief.vote(
            self.office.store, self.office.actor(by), application_id=application_id, held=held, home=self.office.home
        )

    def show(self, *application_ids: int, by: str = "boss") -> Issued:
        """Shown from today on."""
        return relief_showing.show(
            self.office.store,
            self.office.actor(by),
            application_ids=application_ids,
            where="大厅公示栏",
            home=self.office.home,
        )

    def give(
        self, application_id: int, *, by: str = "cashier", store: Store | None = None, voucher: str = ""
    ) -> Issued:
        """Given, under a new voucher unless one is named."""
        return relief.give(
            store or self.office.store,
            self.office.actor(by),
            application_id=application_id,
            reference=voucher or self.next_number("付"),
            home=self.office.home,
        )

    def opined(self, kind: ReliefKind = "capital") -> int:
        """An application that waits for the vote."""
        application_id = self.applied(kind)
        self.visit(application_id)
        self.opine(application_id)
        return application_id

    def shown(self, award: Award | None = None, kind: ReliefKind = "capital") -> int:
        """An award whose days of being shown are over tomorrow morning of the eighth day, which is today then."""
        application_id = self.opined(kind)
        self.vote(application_id, award)
        self.show(application_id)
        self.pass_days(8)
        return application_id

    def pass_days(self, days: int) -> None:
        """Move the clock."""
        self.office.on(self.today + timedelta(days=days))

    def row(self, application_id: int) -> ReliefRow:
        """As staff see it."""
        rows = relief_reading.applications(self.office.store, self.office.actor("clerk"), listed="all")
        return next(row for row in rows if row.application_id == application_id)

    def books(self) -> tuple[PostingRow, ...]:
        """The newest first."""
        return relief_reading.postings(self.office.store, self.office.actor("cashier"))

    def has(self) -> tuple[int, int]:
        """Money and goods in fen."""
        balance = relief_reading.balance(self.office.store, self.office.actor("cashier"))
        return balance.money, balance.goods
