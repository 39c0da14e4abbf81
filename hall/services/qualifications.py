"""Qualifications of staff: entered, ended, and asked for before somebody signs."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import may, require
from hall.rules.identity import normalise
from hall.rules.people import Actor
from hall.rules.qualifications import Held, NotQualified, QualificationState, Signing, hindrance, state_of
from hall.services.reasons import reason_for, short_text
from hall.services.staff import OwnRecord, staff_account
from hall.services.standard_rules import qualification_rules
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.people import Account
from hall.store.schema.standards import Qualification

LONGEST_NUMBER = 40


class BadQualification(Refused):
    """What was entered is no qualification; all of it is named at once."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(f"资格还不能登记：{'；'.join(reasons)}。请补正后再登记。")


class QualificationTaken(Refused):
    """The number is entered already, and not ended."""

    def __init__(self, number: str) -> None:
        super().__init__(f"证号 {number} 已经登记。登记有误、延期或者同号换发的，请先终止原来的一条，再登记。")


class NoSuchQualification(Missing):
    """No qualification of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这条资格登记，请刷新列表后重新选择。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQualification:
    """A qualification as its certificate says it; `valid_to` None: without an end."""

    account_id: int
    kind: str
    number: str
    issued_by: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class QualificationView:
    """A qualification on a list; `own`: of who looks at it."""

    id: int
    account_id: int
    name: str
    kind: str
    kind_words: str
    number: str
    issued_by: str
    valid_from: date
    valid_to: date | None
    ended_on: date | None
    ended_why: str
    state: QualificationState
    needed_for: tuple[str, ...]
    """The acts (`words.ACTIONS`) that ask for this kind or another one."""
    own: bool


@retried
def enter(store: Store, actor: Actor, *, new: NewQualification, home: Path) -> int:
    """登记资格 of somebody else; gives its key. Raises BadQualification, QualificationTaken, OwnRecord, NoSuchStaff."""
    require(actor, "qualification.enter")
    number, issuer = normalise(new.number), short_text(new.issued_by)
    with store.work("qualification.enter", actor) as work:
        work.lock("qualifications")
        account = staff_account(work.session, work.hall_id, new.account_id)
        if account.id == actor.account_id:
            raise OwnRecord
        _check(work, new, number=number, issuer=issuer, home=home)
        record = Qualification(
            hall_id=work.hall_id,
            account_id=account.id,
            kind=new.kind,
            number=number,
            issued_by=issuer,
            valid_from=new.valid_from,
            valid_to=new.valid_to,
            entered_by=actor.account_id,
        )
        work.session.add(record)
        work.session.flush()
        _settle(work, record, kind=new.kind, valid_to=new.valid_to.isoformat() if new.valid_to else None)
        return record.id


@retried
def end(store: Store, actor: Actor, *, qualification_id: int, on: date, reason: str) -> None:
    """终止 from a day on (吊销, 注销, 调离): from then on it does not count; it stays on the list.

    Raises NoSuchQualification, BadQualification, OwnRecord.
    """
    require(actor, "qualification.enter")
    why = reason_for("终止资格", reason)
    with store.work("qualification.end", actor) as work:
        work.lock("qualifications")
        record = work.session.get(Qualification, qualification_id)
        if record is None or record.hall_id != work.hall_id:
            raise NoSuchQualification
        if record.account_id == actor.account_id:
            raise OwnRecord
        faults = []
        if record.ended_on is not None:
            faults.append(f"已于{record.ended_on}终止")
        if on < record.valid_from:
            faults.append("终止日期早于有效期的起日")
        if on > business_date(work.now):
            faults.append("终止日期还没有到，到了再登记")
        if faults:
            raise BadQualification(faults)
        record.ended_on, record.ended_why = on, why
        _settle(work, record, ended=on.isoformat())


def require_qualified(work: Work, action: Signing, *, home: Path) -> None:
    """Within a work that signs: raise NotQualified where the actor may not sign today (`qualifications.toml`).

    行政处罚法 58(2) for the legal review of penalties; the rest is the hall's own rule.
    """
    today = business_date(work.now)
    rule = qualification_rules(home).in_force(today)
    for need in rule.needs:
        if need.action == action and (why := hindrance(need, _held(work.session, work), rule, on=today)):
            raise NotQualified(why)


def list_qualifications(
    store: Store, actor: Actor, *, home: Path, account_id: int | None = None
) -> tuple[QualificationView, ...]:
    """Those of the hall, the ones that end first before the others; of oneself where one may not oversee.

    `account_id`: those of one person only.
    """
    require(actor, "training.read")
    only = account_id if may(actor, "training.oversee") else actor.account_id
    today = business_date(store.clock.now())
    rule = qualification_rules(home).in_force(today)
    query = select(Qualification, Account.display_name).join(Account, Account.id == Qualification.account_id)
    query = query.where(Qualification.hall_id == store.hall_id)
    if only is not None:
        query = query.where(Qualification.account_id == only)
    with store.read(actor) as session:
        rows = session.execute(query.order_by(Qualification.id)).all()
    found = [
        QualificationView(
            id=record.id,
            account_id=record.account_id,
            name=name,
            kind=record.kind,
            kind_words=rule.words_of(record.kind),
            number=record.number,
            issued_by=record.issued_by,
            valid_from=record.valid_from,
            valid_to=record.valid_to,
            ended_on=record.ended_on,
            ended_why=record.ended_why,
            state=state_of(held_of(record), on=today, warning_days=rule.warning_days),
            needed_for=tuple(need.action for need in rule.needs if record.kind in need.kinds),
            own=record.account_id == actor.account_id,
        )
        for record, name in rows
    ]
    return tuple(sorted(found, key=_by_end))


def held_of(record: Qualification) -> Held:
    """The record as the rules see it."""
    return Held(record.kind, record.number, record.valid_from, record.valid_to, record.ended_on)


def _by_end(view: QualificationView) -> tuple[bool, date, int]:
    over = view.state in {"expired", "ended"}
    return over, view.valid_to or date.max, view.id


def _held(session: Session, work: Work) -> list[Held]:
    query = select(Qualification).where(
        Qualification.hall_id == work.hall_id, Qualification.account_id == work.actor.account_id
    )
    return [held_of(each) for each in session.scalars(query)]


def _check(work: Work, new: NewQualification, *, number: str, issuer: str, home: Path) -> None:
    rule = qualification_rules(home).in_force(business_date(work.now))
    reasons = []
    if new.kind not in rule.kinds:
        reasons.append("没有这种资格")
    if not number or len(number) > LONGEST_NUMBER:
        reasons.append(f"证号应有 1 至 {LONGEST_NUMBER} 个字符")
    if not issuer:
        reasons.append("没有填发证机关")
    if new.valid_to is not None and new.valid_to < new.valid_from:
        reasons.append("有效期的止日早于起日")
    if reasons:
        raise BadQualification(reasons)
    query = select(Qualification.id).where(
        Qualification.hall_id == work.hall_id,
        Qualification.kind == new.kind,
        Qualification.number == number,
        Qualification.ended_on.is_(None),
    )
    if work.session.scalar(query) is not None:
        raise QualificationTaken(number)


def _settle(work: Work, record: Qualification, **detail: object) -> None:
    work.audit(f"qualification:{record.id}", account=record.account_id, **detail)
    work.changed("training", str(record.account_id))
