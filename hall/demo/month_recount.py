"""A month counted again from the append-only events of its cases alone: nothing of the report's own code is used.

Every event has its day and the details of its act, a decision its due days and the days used; what is still open is
counted forward day by day, with no more help than whether a day is a workday.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.store.schema.permits import CaseEvent

Pair = tuple[int, int | None]
IsWorkday = Callable[[date], bool]

_ENDS = {"refuse": "refused", "withdraw": "withdrawn", "terminate": "terminated"}
_DAY = timedelta(days=1)
_DELIVERY_WORKDAYS = 10


@dataclass(slots=True)
class Told:
    """What the events of one case say, up to the last day of the month."""

    received: date
    channel: str = ""
    accepted: date | None = None
    limits_from: date | None = None
    how: str = ""
    handling: str = ""
    promised_days: int = 0
    decided: date | None = None
    outcome: str = ""
    promised: Mapping[str, object] = field(default_factory=dict)
    statutory: Mapping[str, object] = field(default_factory=dict)
    ended: date | None = None
    how_ended: str = ""
    extended: int | None = None
    added: int = 0
    served: date | None = None
    state: str = ""
    asked: list[date] = field(default_factory=list)
    visits: list[date] = field(default_factory=list)
    trips: set[date] = field(default_factory=set)
    holds: list["Hold"] = field(default_factory=list)


@dataclass(slots=True)
class Hold:
    """A procedure that stops the promise: first day, granted workdays, the day of its result."""

    procedure: str
    first: date
    granted: int | None
    result: date | None = None


def read_month(session: Session, hall_id: int, last: date) -> list[Told]:
    """Every case that was received by a day, with the events that took effect by then."""
    rows = session.scalars(select(CaseEvent).where(CaseEvent.hall_id == hall_id).order_by(CaseEvent.id))
    cases: dict[int, Told] = {}
    for row in rows:
        day = business_date(row.at)  # an acceptance by silence takes effect earlier, and is counted when it was found
        if day > last:
            continue
        if row.kind == "receive":
            cases[row.case_id] = Told(day)
        if row.case_id in cases:
            _tell(cases[row.case_id], row, json.loads(row.detail), last=last)
    return list(cases.values())


def _tell(case: Told, row: CaseEvent, detail: dict[str, object], *, last: date) -> None:
    kind, day = row.kind, business_date(row.at)
    case.state = row.state
    if kind == "receive":
        case.channel = str(detail["channel"])
        case.trips |= {day} if case.channel == "counter" else set()
    elif kind.startswith("accept"):
        case.accepted, case.limits_from = day, row.day
        case.how, case.handling = str(detail["how"]), str(detail["handling"])
        case.promised_days = int(_part(detail, "promised")["days"])  # type: ignore[call-overload]  # a number
    elif kind in {"decide", "default"}:
        case.decided, case.outcome = day, str(detail["outcome"])
        case.promised, case.statutory = _part(detail, "promised"), _part(detail, "statutory")
    elif kind in _ENDS:
        case.ended, case.how_ended = day, _ENDS[kind]
    elif kind == "reopen":
        case.ended, case.how_ended = None, ""
    elif kind == "extend":
        case.extended, case.added = 1, int(_part(detail, "days").get("promised", 0))  # type: ignore[call-overload]
    elif kind == "visit" and detail["stage"] == "made":
        case.visits.append(day)
    elif kind == "serve" and "served_on" in detail:
        case.served = date.fromisoformat(str(detail["served_on"]))
        case.trips |= {case.served} if detail["way"] == "direct" else set()
    else:
        _tell_of_waiting(case, kind, day, detail, last=last)


def _tell_of_waiting(case: Told, kind: str, day: date, detail: dict[str, object], *, last: date) -> None:
    if kind in {"supplement", "ask"}:
        case.asked.append(day)
    if kind == "ask":
        case.holds.append(Hold("supplement", day, None))
    if kind == "suspend":
        days = _part(detail, "granted")["days"]
        case.holds.append(Hold(str(detail["procedure"]), day, None if days is None else int(str(days))))
    if kind in {"resume", "answer"}:
        procedure = "supplement" if kind == "answer" else str(detail["procedure"])
        result = day if kind == "answer" else date.fromisoformat(str(detail["result_on"]))
        hold = next(each for each in reversed(case.holds) if each.procedure == procedure)
        hold.result = result if result <= last else None
    if kind in {"resubmit", "answer", "complete"} and case.channel == "counter":
        case.trips.add(day)


def _part(detail: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = detail[name]
    assert isinstance(part, Mapping)
    return part


@dataclass(frozen=True, slots=True)
class Recount:
    """Counts the month of these days; `is_workday` is all it knows of the calendar."""

    first: date
    last: date
    is_workday: IsWorkday

    def places(self, cases: Iterable[Told]) -> dict[str, int]:
        """Where every case of the month is: the balance."""
        names = (
            "carried",
            "new",
            "dealt_with",
            "done",
            *_ENDS.values(),
            "in_time",
            "overdue",
            "supplementing",
            "paused",
        )
        counted = dict.fromkeys(names, 0)
        for case in self._concerned(cases):
            counted["dealt_with"] += 1
            counted["new" if case.received >= self.first else "carried"] += 1
            counted[self._place(case)] += 1
        return counted

    def numbers(self, cases: Iterable[Told]) -> dict[str, Pair]:
        """Numerator and denominator of the figures that events tell of, by the report's keys."""
        all_cases = list(cases)
        mine = self._concerned(all_cases)
        new = [case for case in mine if case.received >= self.first]
        accepted = [case for case in mine if self._has(case.accepted)]
        work = [case for case in mine if case.accepted]
        done = [case for case in mine if self._has(case.decided)]
        kept = [case for case in work if not case.ended]
        late = [case for case in kept if self._late(case)]
        served = [case for case in all_cases if self._has(case.served) and case.decided]
        found: dict[str, Pair] = {
            "received": (len(new), None),
            "accepted": (len(accepted), None),
            "done": (len(done), None),
            "accepted_rate": (sum(case.accepted is not None for case in new), len(new)),
            "refused_rate": (sum(case.how_ended == "refused" for case in new), len(new)),
            "done_rate": (len(done), len(work)),
            "overdue_rate": (len(late), len(kept)),
            "immediate_share": (sum(case.handling == "immediate" for case in done), len(done)),
            "extended_rate": (sum(case.extended is not None for case in done), len(done)),
            "one_trip_rate": (sum(len(case.trips) <= 1 for case in served), len(served)),
            "no_trip_rate": (sum(not case.trips for case in served), len(served)),
            "delivery_rate": (sum(self._delivered_in_time(case) for case in served), len(served)),
            "visits": (sum(self._has(day) for case in mine for day in case.visits), None),
        }
        for how in ("lacking", "informed", "deemed"):
            found[f"{how}_rate"] = (sum(case.how == how for case in accepted), len(accepted))
        for outcome in ("granted", "denied", "default"):
            found[f"{outcome}_rate"] = (sum(case.outcome == outcome for case in done), len(done))
        for end in _ENDS.values():
            found[end] = (sum(case.how_ended == end for case in mine), None)
        for times, key in ((1, "supplement_rate"), (2, "second_supplement_rate")):
            found[key] = (sum(len(case.asked) >= times for case in new), len(new))
        return found | self._times(done) | self._pauses(work)

    def _times(self, done: list[Told]) -> dict[str, Pair]:
        by_kind = {
            kind: [case for case in done if case.handling == kind] for kind in ("immediate", "promised", "joint")
        }
        slow = by_kind["promised"] + by_kind["joint"]
        law = sum(_number(case.statutory["budget"]) for case in done)
        return {
            **{
                f"on_time_{kind}": (sum(not self._late(case) for case in cases), len(cases))
                for kind, cases in by_kind.items()
            },
            "early_rate": (sum(_number(case.promised["used"]) < case.promised_days for case in slow), len(slow)),
            "mean_days": (sum(_number(case.promised["used"]) for case in slow), len(slow)),
            "promise_saving": (law - sum(_number(case.promised["budget"]) for case in done), law),
            "actual_saving": (law - sum(_number(case.statutory["used"]) for case in done), law),
        }

    def _pauses(self, work: list[Told]) -> dict[str, Pair]:
        paused = [(case, hold) for case in work for hold in case.holds if hold.procedure != "supplement"]
        touching = {id(case) for case, hold in paused if hold.result is None or hold.result >= self.first}
        ended = [hold for _, hold in paused if self._has(hold.result)]
        limited = [hold for _, hold in paused if hold.granted and (hold.result is None or self._has(hold.result))]
        return {
            "pause_rate": (len(touching), len(work)),
            "mean_pause_days": (sum(self._length(hold) for hold in ended), len(ended)),
            "pause_overrun_rate": (sum(self._overran(hold) for hold in limited), len(limited)),
        }

    def _concerned(self, cases: Iterable[Told]) -> list[Told]:
        return [case for case in cases if (gone := case.decided or case.ended) is None or gone >= self.first]

    def _has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def _place(self, case: Told) -> str:
        if case.decided:
            return "done"
        if case.ended:
            return case.how_ended
        if case.state == "supplementing":
            return "supplementing"
        due = self.due(case)
        holding = [hold for hold in case.holds if hold.result is None and (due is None or hold.first <= due)]
        holding = [hold for hold in holding if not (hold.granted and self._overran(hold))]
        if holding:
            return "supplementing" if all(hold.procedure == "supplement" for hold in holding) else "paused"
        return "overdue" if self._late(case) else "in_time"

    def _late(self, case: Told) -> bool:
        """Decided after the day promised; or open, not held, and past it when the month ends."""
        if case.decided:
            return case.decided > date.fromisoformat(str(case.promised["due"]))
        due = self.due(case)
        holding = any(
            hold.result is None and due is not None and hold.first <= due and not self._overran(hold)
            for hold in case.holds
        )
        return due is not None and due <= self.last and not holding

    def due(self, case: Told) -> date | None:
        """Counted day by day from the acceptance; None while a procedure without limit holds it, or before it."""
        if case.limits_from is None:
            return None
        left, day = case.promised_days + case.added, case.limits_from
        while left > 0 or not self.is_workday(day):
            day += _DAY
            if not self.is_workday(day):
                continue
            held = [hold for hold in case.holds if self._leaves_out(hold, day)]
            if any(hold.granted is None and hold.result is None for hold in held):
                return None
            left -= not held
        return day

    def _leaves_out(self, hold: Hold, day: date) -> bool:
        """Granted workdays are counted with the first day, also where that is the day of the acceptance."""
        if day < hold.first or (hold.granted is not None and day > self._after(hold.first, hold.granted - 1)):
            return False
        return hold.result is None or day < hold.result or day == hold.first

    def _length(self, hold: Hold) -> int:
        """Workdays from the first to the one before the result, at least the first."""
        assert hold.result is not None
        last = max(hold.first, hold.result - _DAY)
        return sum(self.is_workday(hold.first + number * _DAY) for number in range((last - hold.first).days + 1))

    def _overran(self, hold: Hold) -> bool:
        """The result came later than so many workdays after the first day, or has not come by then."""
        if hold.granted is None:
            return False
        due = self._after(hold.first, hold.granted)
        return due <= self.last if hold.result is None else hold.result > due

    def _after(self, day: date, workdays: int) -> date:
        while workdays:
            day += _DAY
            workdays -= self.is_workday(day)
        return day

    def _delivered_in_time(self, case: Told) -> bool:
        assert case.decided is not None
        return case.served is not None and case.served <= self._after(case.decided, _DELIVERY_WORKDAYS)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
