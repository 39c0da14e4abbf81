"""What one actor can do at stall sites: the services bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.errors import Unavailable
from hall.rules.people import Actor
from hall.rules.stalls import StallRule
from hall.services import (
    stall_applications,
    stall_committee,
    stall_draws,
    stall_grants,
    stall_lists,
    stall_reading,
    stall_sites,
    stall_withdrawals,
)
from hall.services.issuing import Issued
from hall.services.stall_applications import NewStallApplication
from hall.services.stall_committee import Election
from hall.services.stall_draws import NewDraw
from hall.services.stall_grants import Leaving
from hall.services.stall_lists import ApplicationRow, DrawRow, GrantRow, LotRow, SeatRow, WithdrawalRow
from hall.services.stall_reading import DrawnPlan, SitePlan, SiteRow
from hall.services.stall_rules import stall_rules
from hall.services.stall_sites import NewSite
from hall.services.stall_withdrawals import StallDecision
from hall.store import Store


@dataclass(frozen=True, slots=True)
class StallFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    @property
    def rule(self) -> StallRule:
        """The parameters in force today; raises BadParameters."""
        return stall_rules(self.home).in_force(business_date(self.store.clock.now()))

    def sites(self, *, closed: bool = False) -> tuple[SiteRow, ...]:
        """点位."""
        return stall_reading.sites(self.store, self.actor, closed=closed)

    def plan(self, site_id: int) -> SitePlan | None:
        """点位图 with the state of every stall."""
        return stall_reading.plan(self.store, self.actor, site_id=site_id, home=self.home)

    def public_plan(self, site_id: int) -> DrawnPlan | None:
        """The plan for everybody: no names."""
        return stall_reading.public_plan(self.store, self.actor, site_id=site_id, home=self.home)

    def applications(self, *, state: str = "", text: str = "", closed: bool = False) -> tuple[ApplicationRow, ...]:
        """申请."""
        return stall_lists.applications(self.store, self.actor, state=state, text=text, closed=closed)

    def drawable(self) -> tuple[LotRow, ...]:
        """What could be announced now."""
        return stall_lists.drawable(self.store, self.actor, home=self.home)

    def draws(self, *, closed: bool = False) -> tuple[DrawRow, ...]:
        """抽签."""
        return stall_lists.draws(self.store, self.actor, closed=closed)

    def grants(self, *, text: str = "", closed: bool = False) -> tuple[GrantRow, ...]:
        """摊位证."""
        return stall_lists.grants(self.store, self.actor, text=text, closed=closed)

    def withdrawals(self, *, closed: bool = False) -> tuple[WithdrawalRow, ...]:
        """收回."""
        return stall_lists.withdrawals(self.store, self.actor, closed=closed, home=self.home)

    def seats(self, *, closed: bool = False) -> tuple[SeatRow, ...]:
        """自治委员会."""
        return stall_lists.seats(self.store, self.actor, closed=closed)

    def open_site(self, new: NewSite) -> int:
        """设置点位."""
        return stall_sites.open_site(self.store, self.actor, new=new)

    def set_plan(self, site_id: int, path: Path) -> None:
        """Give a site its picture from a file on this computer; raises Unavailable where it cannot be read."""
        stall_sites.set_plan(self.store, self.actor, site_id=site_id, content=_bytes(path), home=self.home)

    def place_stalls(self, site_id: int, path: Path) -> int:
        """Take the layout from a CSV file on this computer; raises Unavailable where it cannot be read."""
        return stall_sites.place_stalls(self.store, self.actor, site_id=site_id, content=_bytes(path), home=self.home)

    def close_stall(self, stall_id: int, reason: str) -> None:
        """停用摊位."""
        stall_sites.close_stall(self.store, self.actor, stall_id=stall_id, reason=reason)

    def reopen_stall(self, stall_id: int) -> None:
        """恢复使用."""
        stall_sites.reopen_stall(self.store, self.actor, stall_id=stall_id, home=self.home)

    def close_site(self, site_id: int, reason: str) -> date:
        """停用点位."""
        return stall_sites.close_site(self.store, self.actor, site_id=site_id, reason=reason)

    def apply(self, new: NewStallApplication) -> Issued:
        """登记申请."""
        return stall_applications.apply(self.store, self.actor, new=new, home=self.home)

    def admit(self, application_id: int) -> None:
        """准予进入."""
        stall_applications.admit(self.store, self.actor, application_id=application_id, home=self.home)

    def refuse(self, application_id: int, reason: str) -> Issued:
        """不予进入."""
        return stall_applications.refuse(
            self.store, self.actor, application_id=application_id, reason=reason, home=self.home
        )

    def withdraw(self, application_id: int, reason: str) -> None:
        """撤回申请."""
        stall_applications.withdraw(
            self.store, self.actor, application_id=application_id, reason=reason, home=self.home
        )

    def announce(self, new: NewDraw) -> Issued:
        """公布抽签."""
        return stall_draws.announce(self.store, self.actor, new=new, home=self.home)

    def hold_draw(self, draw_id: int, *, seed: str, witness: str) -> Issued:
        """抽签."""
        return stall_draws.hold(self.store, self.actor, draw_id=draw_id, seed=seed, witness=witness, home=self.home)

    def void_draw(self, draw_id: int, reason: str) -> None:
        """作废抽签."""
        stall_draws.void(self.store, self.actor, draw_id=draw_id, reason=reason, home=self.home)

    def answer(self, application_id: int, *, accepted: bool, reason: str = "") -> None:
        """登记答复."""
        stall_grants.answer(
            self.store, self.actor, application_id=application_id, accepted=accepted, reason=reason, home=self.home
        )

    def grant(self, application_id: int) -> Issued:
        """发证."""
        return stall_grants.grant(self.store, self.actor, application_id=application_id, home=self.home)

    def renew(self, grant_id: int) -> Issued:
        """续期."""
        return stall_grants.renew(self.store, self.actor, grant_id=grant_id, home=self.home)

    def rotate(self, draw_id: int) -> tuple[Issued, ...]:
        """按轮换抽签换证."""
        return stall_grants.rotate(self.store, self.actor, draw_id=draw_id, home=self.home)

    def leave(self, grant_id: int, *, ending: Leaving, reason: str) -> None:
        """登记退出."""
        stall_grants.leave(self.store, self.actor, grant_id=grant_id, ending=ending, reason=reason, home=self.home)

    def propose(self, grant_id: int, *, ground: str, facts: str, evidence: str) -> int:
        """提出收回."""
        return stall_withdrawals.propose(
            self.store,
            self.actor,
            grant_id=grant_id,
            ground=ground,
            facts=facts,
            evidence=evidence,
            home=self.home,
        )

    def tell(self, withdrawal_id: int) -> Issued:
        """书面告知."""
        return stall_withdrawals.tell(self.store, self.actor, withdrawal_id=withdrawal_id, home=self.home)

    def state(self, withdrawal_id: int, statement: str) -> None:
        """登记陈述申辩."""
        stall_withdrawals.state(self.store, self.actor, withdrawal_id=withdrawal_id, statement=statement)

    def ask_hearing(self, withdrawal_id: int, asked_on: date) -> None:
        """登记听证申请."""
        stall_withdrawals.ask_hearing(self.store, self.actor, withdrawal_id=withdrawal_id, asked_on=asked_on)

    def notice_hearing(self, withdrawal_id: int, *, hearing_on: date, where: str) -> Issued:
        """通知听证."""
        return stall_withdrawals.notice_hearing(
            self.store,
            self.actor,
            withdrawal_id=withdrawal_id,
            hearing_on=hearing_on,
            where=where,
            home=self.home,
        )

    def hear(self, withdrawal_id: int, record: str) -> None:
        """登记听证笔录."""
        stall_withdrawals.hear(self.store, self.actor, withdrawal_id=withdrawal_id, record=record)

    def decide(self, withdrawal_id: int, decision: StallDecision) -> Issued:
        """作出决定."""
        return stall_withdrawals.decide(
            self.store, self.actor, withdrawal_id=withdrawal_id, decision=decision, home=self.home
        )

    def elect(self, election: Election) -> int:
        """登记选举."""
        return stall_committee.elect(self.store, self.actor, election=election, home=self.home)

    def end_seat(self, seat_id: int, reason: str) -> None:
        """登记任职结束."""
        stall_committee.end_seat(self.store, self.actor, seat_id=seat_id, reason=reason)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(f"文件 {path.name} 读不到。请确认它还在原处、没有被别的程序占用，U 盘没有拔出。") from error
