"""A street with a stall site: its stalls, people who apply, draws and certificates as far as a test wants."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services import stall_applications, stall_draws, stall_grants, stall_lists, stall_reading, stall_sites
from hall.services.issuing import Issued
from hall.services.persons import PersonDetails
from hall.services.stall_applications import NewStallApplication
from hall.services.stall_draws import NewDraw
from hall.services.stall_lists import ApplicationRow, DrawRow, GrantRow
from hall.services.stall_reading import StallRow
from hall.services.stall_sites import NewSite
from hall.store import Store
from hall.store.schema.stalls import StallApplication, StallGrant
from tests.services.penalties.office import Office

LAYOUT = "摊位号,左,上,宽,高,经营类别,自产自销\nA1,0,0,100,100,,\nA2,100,0,100,100,,\nN1,200,0,100,100,produce,是\n"
SITE = NewSite(
    code="D1",
    name="向阳路便民疏导点",
    kind="guidance",
    place="向阳路与团结街交叉口东北角",
    hours="06:00-09:00,17:00-22:00",
    categories=("food", "produce"),
    term_months=12,
)
SEED = "3 5 2"
SOURCE = "当天三位申请人代表各掷一次骰子的点数"


@dataclass
class Street:
    """Today is the clock's day (23 November 2026 at first). Who signs in is the office's people, by login."""

    office: Office
    site_id: int = 0

    @classmethod
    def opened(cls, store: Store, clock: FixedClock, home: Path, *, new: NewSite = SITE) -> "Street":
        """With its people and a site of two stalls for anything and one for farmers."""
        office = Office(store, clock, home)
        office.open()
        street = cls(office)
        street.site_id = street.site(new)
        return street

    @property
    def store(self) -> Store:
        """The store of the station."""
        return self.office.store

    @property
    def home(self) -> Path:
        """HALL_HOME."""
        return self.office.home

    def actor(self, login: str) -> Actor:
        """Somebody who is signed in."""
        return self.office.actor(login)

    def site(self, new: NewSite, layout: str = LAYOUT) -> int:
        """A site with its stalls, laid down by "boss"."""
        site_id = stall_sites.open_site(self.store, self.actor("boss"), new=new)
        content = layout.encode()
        stall_sites.place_stalls(self.store, self.actor("boss"), site_id=site_id, content=content, home=self.home)
        return site_id

    def applied(self, category: str = "food", *, person: PersonDetails | None = None, **more: object) -> int:
        """An application of a new person, entered by "clerk"."""
        new = NewStallApplication(
            site_id=self.site_id,
            person=person or self.office.resident(),
            category=category,
            **more,  # type: ignore[arg-type]  # the fields of an application
        )
        issued = stall_applications.apply(self.store, self.actor("clerk"), new=new, home=self.home)
        with self.store.read() as session:
            return session.scalars(select(StallApplication.id).where(StallApplication.number == issued.number)).one()

    def admitted(self, category: str = "food", **more: object) -> int:
        """And admitted by "head"."""
        application_id = self.applied(category, **more)  # type: ignore[arg-type]  # the fields of an application
        stall_applications.admit(self.store, self.actor("head"), application_id=application_id, home=self.home)
        return application_id

    def announced(self, *, rotation: bool = False) -> int:
        """A draw for the stalls for anything, put up by "boss"; gives its key."""
        new = NewDraw(
            site_id=self.site_id,
            category="",
            farmers_only=False,
            draw_on=self.office.today + timedelta(days=3),
            seed_source=SOURCE,
            rotation=rotation,
        )
        stall_draws.announce(self.store, self.actor("boss"), new=new, home=self.home)
        return max(row.draw_id for row in self.draws())

    def drawn(self, draw_id: int, *, seed: str = SEED) -> Issued:
        """Drawn on its day by "lawyer"."""
        self.office.on(max(self.office.today, self.draw(draw_id).draw_on), hour=10)
        return stall_draws.hold(
            self.store, self.actor("lawyer"), draw_id=draw_id, seed=seed, witness="李见证", home=self.home
        )

    def granted(self, application_id: int) -> int:
        """The offer accepted and the certificate granted by "approver"; gives its key."""
        stall_grants.answer(
            self.store, self.actor("clerk"), application_id=application_id, accepted=True, home=self.home
        )
        stall_grants.grant(self.store, self.actor("approver"), application_id=application_id, home=self.home)
        with self.store.read() as session:
            query = select(StallGrant.id).where(StallGrant.application_id == application_id)
            return session.scalars(query.order_by(StallGrant.id.desc()).limit(1)).one()

    def holder(self, **more: object) -> int:
        """A certificate of somebody who was alone in the draw."""
        application_id = self.admitted(**more)  # type: ignore[arg-type]  # the fields of an application
        self.drawn(self.announced())
        return self.granted(application_id)

    def application(self, application_id: int) -> ApplicationRow:
        """The application as the list shows it."""
        rows = stall_lists.applications(self.store, self.actor("clerk"), closed=True)
        return next(row for row in rows if row.application_id == application_id)

    def draws(self) -> tuple[DrawRow, ...]:
        """All draws."""
        return stall_lists.draws(self.store, self.actor("clerk"), closed=True)

    def draw(self, draw_id: int) -> DrawRow:
        """A draw as the list shows it."""
        return next(row for row in self.draws() if row.draw_id == draw_id)

    def certificate(self, grant_id: int) -> GrantRow:
        """A certificate as the list shows it."""
        rows = stall_lists.grants(self.store, self.actor("clerk"), closed=True)
        return next(row for row in rows if row.grant_id == grant_id)

    def stall(self, number: str) -> StallRow:
        """A stall as the plan shows it."""
        plan = stall_reading.plan(self.store, self.actor("clerk"), site_id=self.site_id, home=self.home)
        assert plan is not None
        return next(stall for stall in plan.stalls if stall.number == number)
