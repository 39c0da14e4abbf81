"""Emergency measures in lists: until when each has to be reported, its light, what may be done about it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from hall.rules.authority import may, require
from hall.rules.emergencies import EmergencyAct, hours_left, late, light, reasons
from hall.rules.lights import LIGHTS, Light
from hall.rules.people import Actor
from hall.services.emergencies import due_of, measure_of
from hall.services.persons import public_view
from hall.services.seizure_reading import Listed, PaperView
from hall.store import Store
from hall.store.schema.documents import Document
from hall.store.schema.people import Person
from hall.store.schema.seizures import EmergencyMeasure, Seizure
from hall.store.secrets import KeyRing

MOST = 500
_ACTIONS: Mapping[EmergencyAct, str] = {"report": "emergency.report", "decide": "emergency.decide"}
_Row = tuple[EmergencyMeasure, Seizure | None, Person | None, Document | None]


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """A measure in the list; `left`: full hours to the report, negative once it is late. `light` None: decided."""

    emergency_id: int
    measure: str
    place: str
    reason: str
    officers: str
    party_masked: str
    seizure_id: int | None
    seizure_number: str
    began_at: datetime
    due_at: datetime
    left: int
    late: bool
    light: Light | None
    reported_at: datetime | None
    decided_at: datetime | None
    approved: bool | None
    answer: str
    lifted_at: datetime | None
    paper: PaperView | None
    acts: tuple[EmergencyAct, ...]


def emergencies(store: Store, actor: Actor, *, listed: Listed = "open") -> tuple[EmergencyRow, ...]:
    """What is not decided, the most pressing first; or all, the newest first."""
    require(actor, "penalty.read")
    query = (
        select(EmergencyMeasure, Seizure, Person, Document)
        .outerjoin(Seizure, Seizure.id == EmergencyMeasure.seizure_id)
        .outerjoin(Person, Person.id == EmergencyMeasure.party_id)
        .outerjoin(Document, Document.id == EmergencyMeasure.document_id)
        .where(EmergencyMeasure.hall_id == store.hall_id)
        .order_by(EmergencyMeasure.id.desc())
        .limit(MOST)
    )
    if listed == "open":
        query = query.where(EmergencyMeasure.decided_at.is_(None))
    now = store.clock.now()
    with store.read(actor) as session:
        rows = session.execute(query).tuples().all()
        views = tuple(_view(row, store.key_ring, actor, now=now) for row in rows)
    return tuple(sorted(views, key=_pressing)) if listed == "open" else views


def _view(row: _Row, ring: KeyRing, actor: Actor, *, now: datetime) -> EmergencyRow:
    record, seizure, person, document = row
    measure, due = measure_of(record), due_of(record)
    allowed = [act for act, action in _ACTIONS.items() if may(actor, action)]
    return EmergencyRow(
        emergency_id=record.id,
        measure=record.measure,
        place=record.place,
        reason=record.reason,
        officers=record.officers,
        party_masked=public_view(person, ring).name_masked if person is not None else "",
        seizure_id=record.seizure_id,
        seizure_number=seizure.number if seizure is not None else "",
        began_at=record.began_at,
        due_at=due,
        left=hours_left(due, now),
        late=late(measure, due, now),
        light=light(measure, due, now),
        reported_at=record.reported_at,
        decided_at=record.decided_at,
        approved=record.approved,
        answer=record.answer,
        lifted_at=record.lifted_at,
        paper=PaperView(document.id, document.kind, document.number, document.issued_on) if document else None,
        acts=tuple(act for act in allowed if not reasons(act, measure)),
    )


def _pressing(row: EmergencyRow) -> tuple[int, datetime]:
    return LIGHTS.index(row.light) if row.light else len(LIGHTS), row.due_at
