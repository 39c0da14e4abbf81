"""Separation of duties per case: held by the services against every role, and by the database against everything."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from hall.errors import HallError
from hall.rules.fines import Part
from hall.rules.penalty_duties import Duty
from hall.services import deferrals, penalty_corrections, penalty_reviews, reconciling
from hall.services.deferrals import NewDeferral
from hall.services.penalty_corrections import Correction
from hall.store.schema.penalties import PenaltyDuty
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import FINE, Office

DUTIES: tuple[Duty, ...] = get_args(Duty)


@dataclass(frozen=True)
class Hands:
    """One act of each duty, done by somebody who holds every role of the hall."""

    office: Office
    case_id: int
    login: str = "everything"

    def act(self, duty: Duty) -> Callable[[], object]:
        return {
            "intake": self._intake,
            "investigate": self._investigate,
            "legal": self._legal,
            "decide": self._decide,
            "cash": self._cash,
        }[duty]

    def _intake(self) -> object:
        plan = (Part(self.office.today.replace(month=12, day=31), FINE),)
        new = NewDeferral("deferral", "收入中断，家中有病人需要照料", "居委会证明一份", plan)
        office = self.office
        return deferrals.apply(office.store, office.actor(self.login), case_id=self.case_id, new=new, home=office.home)

    def _investigate(self) -> object:
        return Deciding(self.office).propose(self.case_id, login=self.login)

    def _legal(self) -> object:
        office = self.office
        return penalty_reviews.review(
            office.store,
            office.actor(self.login),
            case_id=self.case_id,
            agrees=True,
            opinion="事实清楚，程序合法",
            home=office.home,
        )

    def _decide(self) -> object:
        new = Correction("向阳路", "朝阳路", "打印时的文字差错")
        office = self.office
        return penalty_corrections.correct(
            office.store, office.actor(self.login), case_id=self.case_id, new=new, home=office.home
        )

    def _cash(self) -> object:
        office = self.office
        return reconciling.refund(
            office.store,
            office.actor(self.login),
            case_id=self.case_id,
            fen=1,
            day=office.today,
            reference="R1",
            home=office.home,
        )


def hold(office: Office, case_id: int, login: str, duty: Duty) -> None:
    """Give somebody a duty of a case, as an earlier act of theirs would have."""
    with office.store.work("penalty.register", office.actor(login)) as work:
        account_id = office.actor(login).account_id
        work.session.add(
            PenaltyDuty(hall_id=work.hall_id, case_id=case_id, account_id=account_id, duty=duty, at=work.now)
        )
        work.audit(f"penalty:{case_id}")


@pytest.mark.parametrize("held", DUTIES)
def test_whoever_holds_every_role_still_does_only_one_duty_in_a_case(office: Office, held: Duty) -> None:
    case_id = office.served()
    hold(office, case_id, "everything", held)
    for wanted in DUTIES:
        if wanted == held:
            continue
        before = len(office.events(case_id))
        with pytest.raises(HallError, match="不能再负责"):
            Hands(office, case_id).act(wanted)()
        assert len(office.events(case_id)) == before


@pytest.mark.both
@pytest.mark.parametrize("second", [duty for duty in DUTIES if duty != "investigate"])
def test_the_database_itself_refuses_a_second_duty(office: Office, second: Duty) -> None:
    case_id = office.registered()
    with pytest.raises(IntegrityError):
        hold(office, case_id, "reviewer", second)


@pytest.mark.both
def test_the_database_lets_nobody_give_a_duty_away(office: Office) -> None:
    case_id = office.registered()
    account_id = office.actor("reviewer").account_id
    for deed in (
        f"UPDATE penalty_duty SET duty = 'decide' WHERE account_id = {account_id}",
        f"DELETE FROM penalty_duty WHERE account_id = {account_id}",
    ):
        with pytest.raises(DBAPIError, match="append-only"), office.store.engine.begin() as connection:
            connection.exec_driver_sql(deed)
    with office.store.read() as session:
        assert session.get_one(PenaltyDuty, (case_id, account_id)).duty == "investigate"


@pytest.mark.both
def test_the_database_knows_no_other_duty(office: Office) -> None:
    case_id = office.registered()
    with pytest.raises(IntegrityError):
        hold(office, case_id, "cashier", "discount")  # type: ignore[arg-type]  # no duty there is
