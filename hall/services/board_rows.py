"""One line of the board: an open case with its clocks, whose turn it is and since when; read by walking an index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, func, literal, select, tuple_
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.calendar import WorkCalendar
from hall.rules.lights import DueOrdinals, Light, Standing, Today, light, remaining_days
from hall.services.schedules import today_in
from hall.store.schema.catalogue import Department, MatterVersion
from hall.store.schema.clocks import CaseClock
from hall.store.schema.people import Account
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import CasePossession


class Place(NamedTuple):
    """Where a case stands in a list: the more urgent first, the older first among equals."""

    urgency: int
    case_id: int


START = Place(-(10**9), 0)
END = Place(2 * 10**9, 0)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One open case. `officer` is empty while it lies with the department; `in_hand_since`: where it lies now."""

    case_id: int
    number: str
    matter_name: str
    department: str
    officer: str
    state: str
    handling: str
    standing: Standing
    due: DueOrdinals
    urgency: int
    warning_days: int
    promised_due: date | None
    statutory_due: date | None
    in_hand_since: date | None

    @property
    def place(self) -> Place:
        """Where it stands in a list."""
        return Place(self.urgency, self.case_id)

    def light_on(self, today: Today) -> Light:
        """Its light on a day."""
        return light(self.due, today, warning_days=self.warning_days, standing=self.standing)

    def remaining_on(self, today: Today) -> int | None:
        """Workdays to the nearer due day: 0 today, negative late; None while pending or paused."""
        known = [ordinal for ordinal in (self.due.statutory, self.due.promised) if ordinal is not None]
        if self.standing == "paused" or not known:
            return None
        return remaining_days(min(known), today.ordinal)

    def days_in_hand(self, today: Today, calendar: WorkCalendar) -> int | None:
        """Workdays since it came where it lies."""
        if self.in_hand_since is None:
            return None
        return max(0, today.ordinal - today_in(calendar, self.in_hand_since).ordinal)


def _due(*kinds: str) -> ScalarSelect[date | None]:
    """The due day of the clock of these kinds that is not stopped; of several the one that began last ends last."""
    running = CaseClock.case_id == PermitCase.id, CaseClock.kind.in_(kinds), CaseClock.state != "stopped"
    return select(func.max(CaseClock.due_on)).where(*running).scalar_subquery()


# Joined from the left, so that no database begins anywhere but at the index of the open cases.
_ROWS = (
    select(
        PermitCase.id.label("case_id"),
        PermitCase.receipt_number,
        PermitCase.acceptance_number,
        MatterVersion.name.label("matter_name"),
        Department.name.label("department"),
        Account.display_name.label("officer"),
        PermitCase.state,
        PermitCase.handling,
        PermitCase.standing,
        PermitCase.statutory_ordinal,
        PermitCase.promised_ordinal,
        PermitCase.urgency,
        PermitCase.warning_days,
        _due("promised").label("promised_due"),
        _due("acceptance", "statutory", "delivery").label("statutory_due"),
        CasePossession.from_at,
    )
    .outerjoin(MatterVersion, MatterVersion.id == PermitCase.matter_version_id)
    .outerjoin(Department, Department.id == PermitCase.department_id)
    .outerjoin(Account, Account.id == PermitCase.officer_id)
    .outerjoin(CasePossession, and_(CasePossession.case_id == PermitCase.id, CasePossession.until_at.is_(None)))
)


def board_rows(
    session: Session, conditions: Iterable[ColumnElement[bool]], start: Place, *, backwards: bool = False, most: int
) -> tuple[BoardRow, ...]:
    """The next cases behind a place (before it, when backwards), in the order of lists."""
    keyset, place = tuple_(PermitCase.urgency, PermitCase.id), tuple_(literal(start.urgency), literal(start.case_id))
    wanted = _ROWS.where(*conditions, keyset < place if backwards else keyset > place)
    order = (PermitCase.urgency, PermitCase.id)
    wanted = wanted.order_by(*((column.desc() for column in order) if backwards else order)).limit(most)
    rows = tuple(map(_row, session.execute(wanted)))
    return rows[::-1] if backwards else rows


def _row(row: Row[tuple[object, ...]]) -> BoardRow:
    return BoardRow(
        case_id=row.case_id,
        number=row.acceptance_number or row.receipt_number,
        matter_name=row.matter_name,
        department=row.department,
        officer=row.officer or "",
        state=row.state,
        handling=row.handling,
        standing=row.standing,
        due=DueOrdinals(row.statutory_ordinal, row.promised_ordinal),
        urgency=row.urgency,
        warning_days=row.warning_days,
        promised_due=row.promised_due,
        statutory_due=row.statutory_due,
        in_hand_since=business_date(row.from_at) if row.from_at is not None else None,
    )
