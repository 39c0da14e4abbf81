"""What every act on seized goods shares: the seizure locked, its periods, who did what, the audit."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.calendar import WorkCalendar
from hall.rules.penalty_clocks import PenaltyClock
from hall.rules.penalty_duties import Duty
from hall.rules.seizures import ExcludedTest, Held, Until, clock_of, until
from hall.rules.timelimits_file import LimitTable
from hall.services.calendar import shipped_limits
from hall.services.clocks import calendar
from hall.services.penalty_records import (
    Detail,
    add_penalty_event,
    decisions_of,
    duties_of,
    penalty_locked,
    take_duty,
)
from hall.store import Work
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.seizures import SeizedItem, Seizure, SeizureTesting

PERIOD, EXTENSION = "seizure.period", "seizure.extension"
"""Names in `timelimits.csv`."""

_CONFISCATION = "没收"


class NoSuchSeizure(Missing):
    """No seizure of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这项查封、扣押，请刷新列表后重新选择。")


class SameHand(Refused):
    """Whoever seized goods does not approve that they are held longer or what becomes of them."""

    def __init__(self) -> None:
        super().__init__("这项查封、扣押由您登记，须由另一位负责人批准（行政强制法第十八条、第二十五条）。")


def seizure_locked(work: Work, seizure_id: int) -> tuple[Seizure, PenaltyCase | None]:
    """The seizure and its case, kept from every other act until the end of the work; raises NoSuchSeizure."""
    found = work.session.execute(select(Seizure.hall_id, Seizure.case_id).where(Seizure.id == seizure_id)).one_or_none()
    if found is None or found.hall_id != work.hall_id:
        raise NoSuchSeizure
    work.lock(f"seizure/{seizure_id}", *(() if found.case_id is None else (f"penalty/{found.case_id}",)))
    case = penalty_locked(work, found.case_id) if found.case_id is not None else None
    return work.session.get_one(Seizure, seizure_id), case


def take_hand(work: Work, case: PenaltyCase | None) -> None:
    """Who enters or gives back acts as intake or as an officer of the case; raises DutyConflict or OwnInterest."""
    if case is None:
        return
    held = duties_of(work.session, case.id).get(work.actor.account_id)
    duty: Duty = "intake" if "clerk" in work.actor.roles else "investigate"
    take_duty(work, case, "investigate" if held == "investigate" else duty)


def take_decision(work: Work, seizure: Seizure, case: PenaltyCase | None) -> None:
    """Who approves is another than who entered it; raises SameHand, DutyConflict or OwnInterest."""
    if seizure.account_id == work.actor.account_id:
        raise SameHand
    if case is not None:
        take_duty(work, case, "decide")


def held_of(session: Session, seizure: Seizure) -> Held:
    """The seizure as its periods see it."""
    return held_among(session, [seizure])[seizure.id]


def held_among(session: Session, seizures: Sequence[Seizure]) -> dict[int, Held]:
    """The same for many, by their keys."""
    query = select(SeizureTesting).where(SeizureTesting.seizure_id.in_([each.id for each in seizures]))
    tests: dict[int, list[ExcludedTest]] = {}
    for row in session.scalars(query.order_by(SeizureTesting.id)):
        tests.setdefault(row.seizure_id, []).append(ExcludedTest(row.told_on, row.first_day, row.last_day))
    return {each.id: _held(session, each, tuple(tests.get(each.id, ()))) for each in seizures}


def seizure_clocks(
    session: Session, case_ids: Sequence[int], *, days: WorkCalendar, limits: LimitTable
) -> dict[int, list[PenaltyClock]]:
    """The clocks of what is held, or was, in penalty cases, by their keys."""
    query = select(Seizure).where(Seizure.case_id.in_(case_ids)).order_by(Seizure.id)
    seizures = session.scalars(query).all()
    held, found = held_among(session, seizures), dict[int, list[PenaltyClock]]()
    for each in seizures:
        assert each.case_id is not None  # as asked for
        clock = clock_of(each.number, held[each.id], until_in(days, limits, held[each.id]))
        found.setdefault(each.case_id, []).append(clock)
    return found


def until_of(work: Work, held: Held) -> Until:
    """How long it may be held, by the hall's calendar."""
    return until_in(calendar(work), shipped_limits(), held)


def until_in(days: WorkCalendar, limits: LimitTable, held: Held) -> Until:
    """The same by a calendar and a table that were read before."""
    period = limits.limit(PERIOD, held.seized_on)
    return until(held, calendar=days, period=period, extension=limits.limit(EXTENSION, held.seized_on))


def items_of(session: Session, seizure_id: int) -> Sequence[SeizedItem]:
    """The list of goods in its order."""
    query = select(SeizedItem).where(SeizedItem.seizure_id == seizure_id).order_by(SeizedItem.position)
    return session.scalars(query).all()


def return_confiscated(work: Work, case: PenaltyCase) -> None:
    """The decision that took goods away is revoked: they are held without ground, until they are given back."""
    query = select(Seizure).where(Seizure.case_id == case.id, Seizure.ending == "confiscated")
    for seizure in work.session.scalars(query):
        seizure.ended_on, seizure.ended_by, seizure.ending, seizure.ending_reason = None, None, "", ""
        work.changed("seizure", str(seizure.id))
    work.session.flush()


def settle_seizure(
    work: Work,
    seizure: Seizure,
    case: PenaltyCase | None,
    kind: str,
    *,
    note: str = "",
    detail: Detail | None = None,
    document_id: int | None = None,
) -> None:
    """What every act ends with: the case's event and the change for the screens (`tell_seizure`), the audit."""
    tell_seizure(work, seizure, case, kind, note=note, detail=detail, document_id=document_id)
    work.audit(f"seizure:{seizure.id}", case=seizure.case_id, **(detail or {}))


def tell_seizure(
    work: Work,
    seizure: Seizure,
    case: PenaltyCase | None,
    kind: str,
    *,
    note: str = "",
    detail: Detail | None = None,
    document_id: int | None = None,
) -> None:
    """The same within an act that is audited as another."""
    work.session.flush()
    if case is not None:
        told = {"seizure": seizure.id, **(detail or {})}
        add_penalty_event(work, case, kind, note=note, detail=told, document_id=document_id)
        work.changed("penalty", str(case.id))
    work.changed("seizure", str(seizure.id))


def _held(session: Session, seizure: Seizure, testing: tuple[ExcludedTest, ...]) -> Held:
    return Held(
        seized_on=seizure.seized_on,
        testing=testing,
        extended_on=seizure.extended_on,
        ended_on=seizure.ended_on,
        ending=seizure.ending,
        returned_on=seizure.returned_on,
        confiscated_on=_confiscated_on(session, seizure.case_id) if seizure.ended_on is None else None,
    )


def _confiscated_on(session: Session, case_id: int | None) -> date | None:
    """When the decision that stands took the goods away, if it did."""
    if case_id is None:
        return None
    standing = [each for each in decisions_of(session, case_id) if each.kind != "correct"]
    if standing and standing[-1].kind != "revoke" and _CONFISCATION in standing[-1].other:
        return standing[-1].decided_on
    return None
