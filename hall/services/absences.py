"""A/B 岗: who is away, who stands in, and the cases that go to the substitute and come back."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor, system_actor
from hall.services import clocks
from hall.services.case_records import Hand, add_event, cases_locked, hand_to, present_hand
from hall.services.hands import actor_of, substitute_of
from hall.services.paper_head import name_of
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import AccountAbsence, CasePossession

_DAY = timedelta(days=1)
_AT_WORK = frozenset({"clerk", "reviewer", "head", "legal_reviewer", "approver"})


class BadAbsence(Refused):
    """Days in the wrong order or over already, or a person standing in for himself."""


class AwayTogether(Refused):
    """Both of a pair would be away: nobody could act on their cases."""

    def __init__(self, name: str, first_day: date, last_day: date) -> None:
        super().__init__(f"{name}在{first_day}至{last_day}也外出，A、B岗不能同时不在岗。请改日期，或另定替岗人员。")


class CannotStandIn(Refused):
    """The substitute lacks a role that the absent officer's cases need."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name or '这个账号'}不能替岗：{why}。请另定替岗人员。")


class NoSuchAbsence(Missing):
    """The hall has no such entry, or it is over."""

    def __init__(self) -> None:
        super().__init__("没有这条外出登记，或者已经结束，请刷新后再看。")


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from the first to the last day, and who stands in."""

    account_id: int
    substitute_id: int
    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence in a list."""

    absence_id: int
    name: str
    substitute: str
    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who may be away or stand in, with the roles that matter for cases."""

    account_id: int
    name: str
    roles: frozenset[str]


@retried
def enter(store: Store, actor: Actor, *, absence: Absence) -> int:
    """登记外出和替岗. If it has begun, the officer's cases go to the substitute at once; gives the absence.

    Raises BadAbsence, AwayTogether, CannotStandIn.
    """
    require(actor, "absence.enter")
    reason = reason_for("登记外出", absence.reason)
    with store.work("absence.enter", actor) as work:
        work.lock("absences")
        today = business_date(work.now)
        _check_days(absence, today)
        _check_substitute(work, absence)
        _check_together(work.session, work.hall_id, absence)
        record = AccountAbsence(
            hall_id=work.hall_id,
            account_id=absence.account_id,
            substitute_id=absence.substitute_id,
            first_day=absence.first_day,
            last_day=absence.last_day,
            reason=reason,
            entered_by=actor.account_id,
        )
        work.session.add(record)
        work.session.flush()
        moved = _move(work, _of_absent(work.session, work.hall_id, today))
        work.audit(f"absence:{record.id}", account=absence.account_id, substitute=absence.substitute_id, cases=moved)
        work.changed("case", "all")
        return record.id


@retried
def end(store: Store, actor: Actor, *, absence_id: int, last_day: date) -> None:
    """Back earlier: the cases that went to the substitute come back when the last day is over.

    The day before the first one takes an absence back that was entered.
    """
    require(actor, "absence.enter")
    with store.work("absence.end", actor) as work:
        work.lock("absences")
        record = work.session.get(AccountAbsence, absence_id)
        today = business_date(work.now)
        if record is None or record.hall_id != work.hall_id or record.last_day < today:
            raise NoSuchAbsence
        if not record.first_day - _DAY <= last_day <= record.last_day:
            raise BadAbsence(f"外出只能提前结束：{record.first_day}至{record.last_day}之间，请改日期。")
        record.last_day = last_day
        work.session.flush()
        moved = _move(work, _of_returned(work.session, work.hall_id, today))
        work.audit(f"absence:{absence_id}", last_day=last_day.isoformat(), cases=moved)
        work.changed("case", "all")


@retried
def hand_on(store: Store, actor: Actor) -> tuple[int, ...]:
    """What a new day does: cases of who is away go to substitutes, those of who is back return.

    The timekeeper calls it. Gives the cases that changed hands; called again on the same day it finds none.
    """
    if actor != system_actor(store.hall_id):
        require(actor, "absence.enter")
    with store.read() as session:
        if not _moves(session, store.hall_id, business_date(store.clock.now())):
            return ()
    with store.work("absence.hand_on", actor) as work:
        work.lock("absences")
        moved = _move(work, _moves(work.session, work.hall_id, business_date(work.now)))
        work.audit("absence", cases=moved)
        work.changed("case", "all")
        return tuple(moved)


def absences(store: Store, actor: Actor) -> tuple[AbsenceView, ...]:
    """Who is away today or later, in order of the first day."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        found = session.scalars(
            select(AccountAbsence)
            .where(AccountAbsence.hall_id == store.hall_id, AccountAbsence.last_day >= today)
            .order_by(AccountAbsence.first_day, AccountAbsence.id)
        ).all()
        return tuple(
            AbsenceView(
                each.id,
                name_of(session, each.account_id),
                name_of(session, each.substitute_id),
                each.first_day,
                each.last_day,
                each.reason,
            )
            for each in found
        )


def staff(store: Store, actor: Actor) -> tuple[Employee, ...]:
    """Everybody who may have a case in hand, by name."""
    require(actor, "absence.enter")
    with store.read(actor) as session:
        accounts = session.scalars(select(Account.id).where(Account.disabled.is_(False)).order_by(Account.id)).all()
        found = [actor_of(session, account_id, store.hall_id) for account_id in accounts]
    employees = [Employee(each.account_id, each.name, each.roles & _AT_WORK) for each in found if each is not None]
    return tuple(sorted((each for each in employees if each.roles), key=lambda each: each.name))


def _check_days(absence: Absence, today: date) -> None:
    if absence.account_id == absence.substitute_id:
        raise BadAbsence("外出的人不能自己替岗，请选另一位人员。")
    if absence.last_day < max(absence.first_day, today):
        raise BadAbsence("外出的最后一天早于第一天，或者已经过去，请改日期。")


def _check_substitute(work: Work, absence: Absence) -> None:
    absent = actor_of(work.session, absence.account_id, work.hall_id)
    substitute = actor_of(work.session, absence.substitute_id, work.hall_id)
    if absent is None or substitute is None:
        raise CannotStandIn(name_of(work.session, absence.substitute_id), "账号不存在或已停用")
    if not absent.roles <= substitute.roles:
        raise CannotStandIn(substitute.name, f"没有{absent.name}的全部岗位")


def _check_together(session: Session, hall_id: int, absence: Absence) -> None:
    """Neither may the substitute be away on these days, nor the absent one stand in for somebody then."""
    pair = (absence.account_id, absence.substitute_id)
    clash = session.scalars(
        select(AccountAbsence)
        .where(
            AccountAbsence.hall_id == hall_id,
            AccountAbsence.first_day <= absence.last_day,
            AccountAbsence.last_day >= absence.first_day,
            or_(AccountAbsence.account_id.in_(pair), AccountAbsence.substitute_id == absence.account_id),
        )
        .order_by(AccountAbsence.id)
        .limit(1)
    ).one_or_none()
    if clash is not None:
        raise AwayTogether(name_of(session, clash.account_id), clash.first_day, clash.last_day)


def _moves(session: Session, hall_id: int, day: date) -> dict[int, Hand]:
    return {**_of_absent(session, hall_id, day), **_of_returned(session, hall_id, day)}


def _of_absent(session: Session, hall_id: int, day: date) -> dict[int, Hand]:
    """Open cases in the hands of somebody who is away."""
    found = session.execute(
        select(PermitCase.id, PermitCase.department_id, PermitCase.officer_id, AccountAbsence.substitute_id)
        .join(AccountAbsence, AccountAbsence.account_id == PermitCase.officer_id)
        .where(
            PermitCase.hall_id == hall_id,
            PermitCase.closed_at.is_(None),
            AccountAbsence.first_day <= day,
            AccountAbsence.last_day >= day,
        )
    ).tuples()
    return {case_id: Hand(department, substitute, absent) for case_id, department, absent, substitute in found}


def _of_returned(session: Session, hall_id: int, day: date) -> dict[int, Hand]:
    """Open cases that a substitute holds for somebody who is back."""
    found = session.execute(
        select(CasePossession.case_id, CasePossession.department_id, CasePossession.acting_for)
        .join(PermitCase, PermitCase.id == CasePossession.case_id)
        .where(
            CasePossession.hall_id == hall_id,
            CasePossession.until_at.is_(None),
            CasePossession.acting_for.is_not(None),
            PermitCase.closed_at.is_(None),
        )
    ).tuples()
    return {
        case_id: Hand(department, owner)
        for case_id, department, owner in found
        if owner is not None and substitute_of(session, owner, day) is None
    }


def _move(work: Work, moves: dict[int, Hand]) -> list[int]:
    """All are kept before the first of them moves, so that two stations never wait for each other."""
    moved = []
    for case in cases_locked(work, *sorted(moves)):
        present, hand = present_hand(work, case), moves[case.id]
        if case.closed_at is not None or present is None or present.account_id == hand.account_id:
            continue
        hand_to(work, case, hand)
        add_event(work, case, "assign", detail={"to": hand.account_id, "acting_for": hand.acting_for})
        clocks.refresh(work, case)
        moved.append(case.id)
    return moved
