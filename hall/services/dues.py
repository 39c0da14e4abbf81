"""What every list of due days is read with, and what it gives: a thing, its day, who has it in hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from hall.rules.authority import MANAGER
from hall.rules.calendar import WorkCalendar
from hall.rules.due_notices import DueCode, DueRule, span
from hall.services.subject_notices import Addressee, away_on, with_substitutes
from hall.services.subject_records import Subject
from hall.store.schema.people import Account, AccountRole

TO_MANAGER = Addressee(role=MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is due; `name` says what it is by its number, never by a person.

    `holders` have it in hand; `then` whoever goes on once the day of somebody else is over. `apart`: who must not
    hear of it. `warning_days`: the calendar days of its own light.
    """

    subject: Subject
    subject_id: int
    due: DueCode
    due_on: date
    name: str
    holders: tuple[Addressee, ...]
    then: tuple[Addressee, ...] = ()
    apart: frozenset[int] = frozenset()
    warning_days: int | None = None


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who works at the hall today: roles and departments by account, and who stands in for whom."""

    roles: Mapping[int, frozenset[str]]
    departments: Mapping[int, int | None]
    away: Mapping[int, tuple[int, ...]]

    def hearing(self, to: Iterable[Addressee], *, apart: frozenset[int]) -> tuple[Addressee, ...]:
        """The addressees as they are today: substitutes too, the manager in place of who is gone, nobody of `apart`."""
        present = [each if self._is_there(each) else TO_MANAGER for each in to]
        found = [one for each in with_substitutes(present, self.away) for one in self._without(each, apart)]
        return tuple(dict.fromkeys(found))

    def holding(self, role: str, department_id: int | None = None) -> tuple[int, ...]:
        """The accounts that a message to the role reaches."""
        return tuple(
            key
            for key, held in self.roles.items()
            if role in held and (department_id is None or self.departments[key] in {None, department_id})
        )

    def _is_there(self, to: Addressee) -> bool:
        if to.account_id is not None:
            return to.account_id in self.roles
        return bool(self.holding(to.role, to.department_id))

    def _without(self, to: Addressee, apart: frozenset[int]) -> tuple[Addressee, ...]:
        """A role one of whom must not hear of it is told one by one."""
        if to.account_id is not None:
            return () if to.account_id in apart else (to,)
        reached = self.holding(to.role, to.department_id)
        if apart.isdisjoint(reached):
            return (to,)
        return tuple(Addressee(key) for key in reached if key not in apart)


@dataclass(frozen=True, slots=True)
class Looking:
    """A look at what is due today; `subject_id`: at this one only."""

    session: Session
    hall_id: int
    today: date
    rule: DueRule
    calendar: WorkCalendar
    colleagues: Colleagues
    home: Path
    subject_id: int | None = None

    def days(self, *dues: DueCode, warning_days: int | None = None) -> tuple[date, date]:
        """The due days of which a message may come today: the first and the last."""
        return span(dues, today=self.today, warning_days=warning_days, rule=self.rule)

    def only(self, key: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """The condition that it is the one that is looked at."""
        return true() if self.subject_id is None else key == self.subject_id


Source = Callable[[Looking], Iterator[Due]]
"""The due things of one subject whose days may cause a message today."""


def colleagues_of(session: Session, hall_id: int, *, day: date) -> Colleagues:
    """Everybody who may sign in at the hall on a day."""
    accounts = session.execute(
        select(Account.id, Account.department_id).where(
            Account.disabled.is_(False), Account.hall_id.is_(None) | (Account.hall_id == hall_id)
        )
    )
    departments = dict(accounts.tuples().all())
    roles: dict[int, set[str]] = {key: set() for key in departments}
    held = select(AccountRole.account_id, AccountRole.role).where(
        AccountRole.hall_id.is_(None) | (AccountRole.hall_id == hall_id)
    )
    for account_id, role in session.execute(held).tuples():
        if account_id in roles:
            roles[account_id].add(role)
    return Colleagues({key: frozenset(each) for key, each in roles.items()}, departments, away_on(session, day))
