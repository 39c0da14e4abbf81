"""The demo's stall site: half of its stalls held, somebody waits, applications and a draw in every stage."""

from datetime import date, timedelta
from pathlib import Path

from hall.resources import resource
from hall.rules.identity import id_check_digit
from hall.rules.people import Actor
from hall.services import (
    signing_in,
    stall_applications,
    stall_committee,
    stall_draws,
    stall_grants,
    stall_lists,
    stall_sites,
    stall_withdrawals,
)
from hall.services.persons import PersonDetails
from hall.services.stall_applications import NewStallApplication
from hall.services.stall_committee import Election
from hall.services.stall_draws import NewDraw
from hall.services.stall_sites import NewSite
from hall.store import Store

SEED = "3 5 2"
_SITE = NewSite(
    code="D1",
    name="示例街便民疏导点",
    kind="guidance",
    place="示例街与样本路交叉口",
    hours="06:00-09:00,16:00-22:00",
    categories=("food", "produce", "goods"),
    term_months=12,
    rules="垃圾不落地，油烟不外排，噪声不扰民",
)
_NAMES = ("赵示例", "钱测试", "孙样本", "李演示", "周试验", "吴范例", "郑样例", "王测算", "冯模拟", "陈虚构")


class DemoStalls:
    """Enters them as the people of the house would; `password` is everybody's."""

    def __init__(self, store: Store, *, home: Path, password: str) -> None:
        self._store, self._home, self._password = store, home, password
        self._site_id = 0
        self._actors: dict[str, Actor] = {}

    def enter_earlier(self, today: date) -> None:
        """A month ago: the site with its plan, ten applicants, the list of the draw is put up."""
        manager = self._actor("zhuren")
        self._site_id = stall_sites.open_site(self._store, manager, new=_SITE)
        picture, layout = (resource(f"stalls/{name}").read_bytes() for name in ("sample-plan.png", "sample.csv"))
        stall_sites.set_plan(self._store, manager, site_id=self._site_id, content=picture, home=self._home)
        stall_sites.place_stalls(self._store, manager, site_id=self._site_id, content=layout, home=self._home)
        for serial in range(len(_NAMES)):
            self._admit(self._apply(serial))
        self._announce(today)

    def enter(self, today: date) -> None:
        """The draw was held and all but one stall granted; today some apply, and a stall is to be taken back."""
        lawyer, chief = self._actor("fazhi"), self._actor("juzhang")
        rows = stall_lists.draws(self._store, lawyer)
        stall_draws.hold(
            self._store, lawyer, draw_id=rows[0].draw_id, seed=SEED, witness="示例社区居委会", home=self._home
        )
        clerk = self._actor("chuangkou")
        for row in stall_lists.applications(self._store, clerk, state="offered")[1:]:
            key = row.application_id
            stall_grants.answer(self._store, clerk, application_id=key, accepted=True, home=self._home)
            stall_grants.grant(self._store, chief, application_id=key, home=self._home)
        self._elect(today)
        self._take_back()
        for serial in range(20, 23):
            self._admit(self._apply(serial, "produce"))
        self._apply(30)

    def _apply(self, serial: int, category: str = "food") -> int:
        digits = f"99999919850816{serial:03d}"
        person = PersonDetails(
            "resident",
            _NAMES[serial % len(_NAMES)],
            id_number=digits + id_check_digit(digits),
            phone="13900000000",
            address="示例路18号",
        )
        clerk = self._actor("chuangkou")
        new = NewStallApplication(site_id=self._site_id, person=person, category=category, goods="")
        issued = stall_applications.apply(self._store, clerk, new=new, home=self._home)
        rows = stall_lists.applications(self._store, clerk)
        return next(row.application_id for row in rows if row.number == issued.number)

    def _admit(self, application_id: int) -> None:
        head = self._actor("shirongke")
        stall_applications.admit(self._store, head, application_id=application_id, home=self._home)

    def _announce(self, today: date) -> None:
        new = NewDraw(
            site_id=self._site_id,
            category="",
            farmers_only=False,
            draw_on=today + timedelta(days=5),
            seed_source="抽签当天三位申请人代表各掷一次骰子的点数，按掷出的先后",
        )
        stall_draws.announce(self._store, self._actor("zhuren"), new=new, home=self._home)

    def _elect(self, today: date) -> None:
        clerk = self._actor("chuangkou")
        holders = stall_lists.grants(self._store, clerk)
        for row, office in zip(holders, ("chair", "member", "member"), strict=False):
            election = Election(
                grant_id=row.grant_id,
                office=office,
                until_day=today + timedelta(days=365),
                votes_for=len(holders) - 1,
                votes_present=len(holders),
            )
            stall_committee.elect(self._store, clerk, election=election, home=self._home)

    def _take_back(self) -> None:
        reviewer = self._actor("shirong")
        row = stall_lists.grants(self._store, reviewer)[-1]
        key = stall_withdrawals.propose(
            self._store,
            reviewer,
            grant_id=row.grant_id,
            ground="idle",
            facts="领证以后一直没有到摊经营，两次书面通知仍未使用",
            evidence="巡查照片、通知两份",
            home=self._home,
        )
        stall_withdrawals.tell(self._store, reviewer, withdrawal_id=key, home=self._home)

    def _actor(self, login: str) -> Actor:
        if login not in self._actors:
            self._actors[login] = signing_in.sign_in(self._store, login, password=self._password).actor
        return self._actors[login]
