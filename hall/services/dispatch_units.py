"""Which units there are, which one answers by the map, and who acts for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, false, or_, select
from sqlalchemy.orm import Session

from hall.errors import Missing
from hall.rules.authority import may, require
from hall.rules.people import Actor
from hall.rules.responsibilities import ResponsibilityLine, responsible
from hall.services.hands import check_department
from hall.store.schema.people import Account
from hall.store.schema.requests import Dispatch, DispatchUnit, Request, Responsibility


class NoSuchUnit(Missing):
    """No unit that is in use has the key."""

    def __init__(self) -> None:
        super().__init__("没有这个承办单位，或者已经停用，请重新选择。")


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit that requests are dispatched to; `own`: its people sign in here (else the dispatcher enters for it)."""

    unit_id: int
    code: str
    name: str
    kind: str
    own: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """The unit that the map names, and the line of the map in words."""

    unit: UnitView
    why: str


def units(session: Session, hall_id: int) -> tuple[UnitView, ...]:
    """Those in use, by code."""
    query = select(DispatchUnit).where(DispatchUnit.hall_id == hall_id, DispatchUnit.active.is_(True))
    return tuple(map(_view, session.scalars(query.order_by(DispatchUnit.code))))


def unit_of(session: Session, hall_id: int, unit_id: int) -> DispatchUnit:
    """The unit; raises NoSuchUnit."""
    unit = session.get(DispatchUnit, unit_id)
    if unit is None or unit.hall_id != hall_id or not unit.active:
        raise NoSuchUnit
    return unit


def lines_of(session: Session, hall_id: int) -> tuple[Responsibility, ...]:
    """Every line of the map whose unit is in use, the newest first."""
    query = (
        select(Responsibility)
        .join(DispatchUnit, DispatchUnit.id == Responsibility.unit_id)
        .where(Responsibility.hall_id == hall_id, DispatchUnit.active.is_(True))
        .order_by(Responsibility.valid_from.desc(), Responsibility.id)
    )
    return tuple(session.scalars(query))


def suggested(
    session: Session, hall_id: int, *, category: str, area: str, grid_code: str, on: date, words: Mapping[str, str]
) -> Suggested | None:
    """Who answers by the map on a day; None where no line fits."""
    lines = [
        ResponsibilityLine(each.category, each.area, each.unit_id, each.valid_from, each.valid_to)
        for each in lines_of(session, hall_id)
        if each.category == category
    ]
    line = responsible(lines, category=category, area=area, grid_code=grid_code, on=on)
    if line is None:
        return None
    where = line.area or "全区"
    why = f"责任区：{words.get(category, category)}—{where}（{line.valid_from.isoformat()}起）"
    return Suggested(_view(session.get_one(DispatchUnit, line.unit_id)), why)


def check_unit(session: Session, actor: Actor, unit: DispatchUnit) -> None:
    """That the actor acts for the unit: its own people, or the dispatcher where none of them signs in here.

    Raises NotAuthorised, OtherDepartment.
    """
    if unit.department_id is None:
        require(actor, "request.dispatch")
        return
    require(actor, "request.handle")
    check_department(session, actor.account_id, unit.department_id)


def acts_for(actor: Actor, own_department: int | None, unit_department: int | None) -> bool:
    """The same as an answer, for lists."""
    if unit_department is None:
        return may(actor, "request.dispatch")
    return may(actor, "request.handle") and own_department in {None, unit_department}


def in_hand_of(actor: Actor, own_department: int | None) -> ColumnElement[bool]:
    """The same as a condition: requests whose running dispatch waits for the actor's unit."""
    mine: list[ColumnElement[bool]] = []
    if may(actor, "request.handle"):
        is_own = DispatchUnit.department_id == own_department
        mine.append(DispatchUnit.department_id.is_not(None) if own_department is None else is_own)
    if may(actor, "request.dispatch"):
        mine.append(DispatchUnit.department_id.is_(None))
    return exists().where(
        Dispatch.request_id == Request.id,
        Dispatch.ended_on.is_(None),
        DispatchUnit.id == Dispatch.unit_id,
        or_(false(), *mine),
    )


def department_of(session: Session, account_id: int) -> int | None:
    """Of which department an account is."""
    return session.scalar(select(Account.department_id).where(Account.id == account_id))


def _view(unit: DispatchUnit) -> UnitView:
    return UnitView(unit.id, unit.code, unit.name, unit.kind, own=unit.department_id is not None)
