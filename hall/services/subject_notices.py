"""Messages within the hall (提醒) about whatever it has in hand: to a person, or to everybody of a role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.subject_records import Subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.people import Account
from hall.store.schema.reviewing import AccountAbsence
from hall.store.schema.subjects import SubjectNotice

TOPIC = "notice"


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person; or a role, of one department where it is given."""

    account_id: int | None = None
    role: str = ""
    department_id: int | None = None

    @property
    def word(self) -> str:
        """The addressee as one word, the same for the same."""
        return f"{self.role}@{self.department_id or ''}" if self.account_id is None else f"#{self.account_id}"


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One message that nobody it is for has seen; `due` and `due_on` are empty where something has happened."""

    notice_id: int
    subject: str
    subject_id: int
    kind: str
    due: str
    due_on: date | None
    at: datetime
    text: str


def notify(work: Work, subject: Subject, subject_id: int, *, kind: str, text: str, to: Iterable[Addressee]) -> None:
    """Within the caller's work: something has happened; the same addressee is told once.

    What a due day causes is told by `due_notices`.
    """
    for addressee in dict.fromkeys(to):
        work.session.add(
            SubjectNotice(
                hall_id=work.hall_id,
                subject=subject,
                subject_id=subject_id,
                kind=kind,
                account_id=addressee.account_id,
                role=addressee.role,
                department_id=addressee.department_id,
                addressee=addressee.word,
                at=work.now,
                text=text,
            )
        )
    work.changed(TOPIC, str(subject_id))


def away_on(session: Session, day: date) -> Mapping[int, tuple[int, ...]]:
    """Who is away on a day, and who stands in (A/B 岗)."""
    query = select(AccountAbsence.account_id, AccountAbsence.substitute_id).where(
        AccountAbsence.first_day <= day, AccountAbsence.last_day >= day
    )
    found: dict[int, tuple[int, ...]] = {}
    for account_id, substitute_id in session.execute(query.order_by(AccountAbsence.id)).tuples():
        found[account_id] = (*found.get(account_id, ()), substitute_id)
    return found


def with_substitutes(to: Iterable[Addressee], away: Mapping[int, tuple[int, ...]]) -> tuple[Addressee, ...]:
    """The addressees, and whoever stands in for those of them who are away."""
    found: dict[Addressee, None] = {}
    for each in to:
        found[each] = None
        found.update(dict.fromkeys(map(Addressee, away.get(each.account_id or 0, ()))))
    return tuple(found)


def unseen_notices(store: Store, actor: Actor, *, most: int = 100) -> tuple[NoticeView, ...]:
    """The messages for the actor that wait, the newest first."""
    require(actor, "notice.read")
    with store.read(actor) as session:
        query = select(SubjectNotice).where(_waiting_for(session, store.hall_id, actor))
        found = session.scalars(query.order_by(SubjectNotice.id.desc()).limit(most))
        return tuple(
            NoticeView(each.id, each.subject, each.subject_id, each.kind, each.due, each.due_on, each.at, each.text)
            for each in found
        )


def unseen_count(store: Store, actor: Actor) -> int:
    """How many messages wait for the actor."""
    require(actor, "notice.read")
    with store.read(actor) as session:
        count = select(func.count()).select_from(SubjectNotice).where(_waiting_for(session, store.hall_id, actor))
        return session.scalar(count) or 0


@retried
def see_notices(store: Store, actor: Actor, *, notice_ids: tuple[int, ...]) -> int:
    """Put messages away; those for a role are away for all who hold it. Gives how many were still there."""
    require(actor, "notice.read")
    with store.work("notice.see", actor) as work:
        mine = _waiting_for(work.session, work.hall_id, actor)
        seen = put_away(work, SubjectNotice.id.in_(notice_ids), mine)
        work.audit("notice", notices=seen)
    return len(seen)


def put_away(work: Work, *which: ColumnElement[bool]) -> list[int]:
    """Within the caller's work: what waits of these messages is seen by the actor; gives their keys."""
    seen = work.session.scalars(
        update(SubjectNotice)
        .where(SubjectNotice.hall_id == work.hall_id, SubjectNotice.seen_at.is_(None), *which)
        .values(seen_at=work.now, seen_by=work.actor.account_id)
        .returning(SubjectNotice.id)
        .execution_options(synchronize_session=False)
    ).all()
    if seen:
        work.changed(TOPIC, "seen")
    return sorted(seen)


def _waiting_for(session: Session, hall_id: int, actor: Actor) -> ColumnElement[bool]:
    department_id = session.scalar(select(Account.department_id).where(Account.id == actor.account_id))
    of_role = and_(SubjectNotice.account_id.is_(None), SubjectNotice.role.in_(sorted(actor.roles)))
    if department_id is not None:  # somebody of no department in particular hears what any of them is told
        own = or_(SubjectNotice.department_id.is_(None), SubjectNotice.department_id == department_id)
        of_role = and_(of_role, own)
    return and_(
        SubjectNotice.hall_id == hall_id,
        SubjectNotice.seen_at.is_(None),
        or_(SubjectNotice.account_id == actor.account_id, of_role),
    )
