"""What a filter of the board can ask for: departments, matters, and the officers of the hall."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.store import Store
from hall.store.schema.catalogue import Department, Matter, MatterVersion
from hall.store.schema.people import Account, AccountRole


@dataclass(frozen=True, slots=True)
class Choices:
    """Names by key, in the order in which they are offered."""

    departments: Mapping[int, str]
    matters: Mapping[int, str]
    officers: Mapping[int, str]


def choices(store: Store, actor: Actor) -> Choices:
    """The hall's own; accounts that are disabled still have cases, so they are offered, too."""
    require(actor, "board.read")
    here = exists().where(
        AccountRole.account_id == Account.id,
        AccountRole.hall_id.is_(None) | (AccountRole.hall_id == store.hall_id),
        AccountRole.role != "administrator",
    )
    with store.read(actor) as session:
        departments = session.execute(
            select(Department.id, Department.name).where(Department.hall_id == store.hall_id).order_by(Department.id)
        )
        officers = session.execute(select(Account.id, Account.display_name).where(here).order_by(Account.display_name))
        return Choices(
            dict(departments.tuples().all()), _matters(session, store.hall_id), dict(officers.tuples().all())
        )


def _matters(session: Session, hall_id: int) -> dict[int, str]:
    """Every matter by its newest name."""
    named = (
        select(Matter.id, MatterVersion.name)
        .join(MatterVersion, MatterVersion.matter_id == Matter.id)
        .where(Matter.hall_id == hall_id)
        .order_by(Matter.code, MatterVersion.version)
    )
    return dict(session.execute(named).tuples().all())
