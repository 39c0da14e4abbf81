"""What a list of the board is asked for (筛选): its terms as a value, as JSON, and as conditions of a query."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_

from hall.rules.clocks_board import PENDING_URGENCY
from hall.rules.lights import LIGHTS, Light, Today
from hall.store.schema.permits import PermitCase

Within = Literal["", "week"]
"""`week`: due from today to the end of this week, and not late."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Open cases that fulfil all of these; what is left empty asks for nothing. `lights`: one of them."""

    lights: tuple[Light, ...] = ()
    within: Within = ""
    department_id: int | None = None
    matter_id: int | None = None
    officer_id: int | None = None
    state: str = ""
    handling: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class BoardDay:
    """The day that lights are told for, the last ordinal of its week, and how early any case turns yellow."""

    today: Today
    week_end: int
    longest_warning: int

    @property
    def last_late(self) -> int:
        """The last ordinal whose day has ended."""
        return self.today.ordinal if self.today.rest else self.today.ordinal - 1


def terms_to_json(terms: Terms) -> str:
    """Only what is asked for."""
    return json.dumps({key: value for key, value in asdict(terms).items() if value}, ensure_ascii=False)


def terms_from_json(text: str) -> Terms:
    """What `terms_to_json` wrote; terms and lights that this version does not know are left out."""
    told: Mapping[str, object] = json.loads(text)
    known = {each.name for each in fields(Terms)}
    terms = {key: value for key, value in told.items() if key in known and key != "lights"}
    wanted = told.get("lights")
    lights = tuple(each for each in wanted if each in LIGHTS) if isinstance(wanted, list) else ()
    return Terms(lights=lights, **terms)  # type: ignore[arg-type]  # written from Terms


def conditions(terms: Terms, day: BoardDay, *, hall_id: int) -> list[ColumnElement[bool]]:
    """The terms as conditions on the open cases of a hall, but for the text: that is looked up before."""
    wanted: list[ColumnElement[bool]] = [PermitCase.hall_id == hall_id, PermitCase.closed_at.is_(None)]
    exact = (
        (PermitCase.department_id, terms.department_id),
        (PermitCase.matter_id, terms.matter_id),
        (PermitCase.officer_id, terms.officer_id),
        (PermitCase.state, terms.state or None),
        (PermitCase.handling, terms.handling or None),
    )
    wanted += [column == value for column, value in exact if value is not None]
    if terms.lights:
        shown = [shows(each, day) for each in terms.lights]
        wanted.append(shown[0] if len(shown) == 1 else or_(*shown))
    if terms.within == "week":
        wanted.append(PermitCase.urgency.between(day.last_late + 1, day.week_end))
    return wanted


def shows(light: Light, day: BoardDay) -> ColumnElement[bool]:
    """Whether a case has the light, as rules.lights.light tells it, in ranges of urgency that an index can walk."""
    today, late, due = day.today.ordinal, day.last_late, PermitCase.urgency
    by_law = PermitCase.statutory_ordinal
    warned = today + PermitCase.warning_days
    told: dict[Light, ColumnElement[bool]] = {
        "over_statutory": and_(due <= late, by_law <= late),
        "over_promised": and_(due <= late, or_(by_law.is_(None), by_law > late)),
        "today": due.between(late + 1, today),
        "warning": and_(due > today, due <= today + day.longest_warning, due <= warned),
        "normal": and_(due > today, due < PENDING_URGENCY, due > warned),
        "pending": due == PENDING_URGENCY,
        "paused": due > PENDING_URGENCY,
    }
    return told[light]
