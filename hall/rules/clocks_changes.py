"""What may be done to the clocks of a case, and what it would change: extension, suspension, supplement, silence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hall.errors import Refused
from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind, Ledger, Pause, Reading, due_of, read
from hall.words import CLOCK_KINDS, LIMIT_UNITS


class CannotExtend(Refused):
    """The law or the matter does not allow this extension; `reasons` holds one sentence for each obstacle."""

    def __init__(self, kind: ClockKind, reasons: tuple[str, ...]) -> None:
        self.kind = kind
        self.reasons = reasons
        super().__init__(f"{CLOCK_KINDS[kind]}不能延长：{'；'.join(reasons)}。")


@dataclass(frozen=True, slots=True)
class Suspension:
    """A procedure begins that stops clocks."""

    pause: Pause


@dataclass(frozen=True, slots=True)
class Extending:
    """Clocks are given a longer time, each its own days in its own unit."""

    days: Mapping[ClockKind, int]


@dataclass(frozen=True, slots=True)
class Supplementing:
    """The applicant is told what is missing and gets a time for it; `pause` where this stops the promise."""

    told_on: date
    limit: Limit
    pause: Pause | None = None


Change = Suspension | Extending | Supplementing


@dataclass(frozen=True, slots=True)
class Comparison:
    """One clock before and after a change; None where it does not exist."""

    kind: ClockKind
    before: Reading | None
    after: Reading | None

    @property
    def moved(self) -> int | None:
        """Workdays by which the due day moves; None where one of both is not known."""
        if self.before is None or self.after is None:
            return None
        if self.before.due_ordinal is None or self.after.due_ordinal is None:
            return None
        return self.after.due_ordinal - self.before.due_ordinal


def compare(ledgers: tuple[Ledger, ...], change: Change, *, on: date, calendar: WorkCalendar) -> tuple[Comparison, ...]:
    """Every clock before and after a change; nothing is decided by it."""
    after = changed(ledgers, change)
    return tuple(
        Comparison(
            new.kind,
            read(ledgers[place], on, calendar=calendar) if place < len(ledgers) else None,
            read(new, on, calendar=calendar),
        )
        for place, new in enumerate(after)
    )


def changed(ledgers: tuple[Ledger, ...], change: Change) -> tuple[Ledger, ...]:
    """The clocks as the change leaves them; one that it starts comes last."""
    if isinstance(change, Suspension):
        return tuple(_paused(ledger, change.pause) for ledger in ledgers)
    if isinstance(change, Extending):
        return tuple(_extended(ledger, change.days.get(ledger.kind, 0)) for ledger in ledgers)
    told = tuple(_told(ledger, change) for ledger in ledgers)
    return (*told, Ledger("supplement", change.limit, change.told_on))


def check_extensions(
    ledgers: tuple[Ledger, ...],
    days: Mapping[ClockKind, int],
    *,
    on: date,
    longest: Mapping[ClockKind, int],
    calendar: WorkCalendar,
) -> None:
    """Refuse what may not be extended: once only, before the day is over on which it is due, no longer than allowed.

    A promise is not moved beyond the law's own day. Raises CannotExtend with all reasons.
    """
    running = {ledger.kind: ledger for ledger in ledgers if ledger.stopped_on is None}
    for kind, wanted in days.items():
        if kind not in running:
            raise CannotExtend(kind, ("没有正在计时的这项时限",))
        reasons = _extension_obstacles(running[kind], wanted, on=on, longest=longest.get(kind, 0), calendar=calendar)
        if reasons:
            raise CannotExtend(kind, reasons)
    _refuse_promise_beyond_law(tuple(running.values()), days, calendar)


def deemed_accepted_on(acceptance: Ledger, on: date, *, calendar: WorkCalendar) -> date | None:
    """The day as of which silence accepted an application (行政许可法 32(1)(4)): that of its receipt.

    None while the time for telling still runs, or where it was used.
    """
    due = due_of(acceptance, calendar=calendar).day
    if acceptance.stopped_on is not None or due is None or on <= due:
        return None
    return acceptance.started_on


def _extension_obstacles(
    ledger: Ledger, wanted: int, *, on: date, longest: int, calendar: WorkCalendar
) -> tuple[str, ...]:
    unit, due = LIMIT_UNITS[ledger.limit.unit], due_of(ledger, calendar=calendar)
    reasons = []
    if not longest:
        reasons.append("本事项没有规定可以延长")
    elif not 1 <= wanted <= longest:
        reasons.append(f"延长{wanted}{unit}不在1至{longest}{unit}之内")
    if ledger.extension:
        reasons.append(f"已经延长过{ledger.extension}{unit}，只能延长一次")
    if due.day is None:
        reasons.append(f"到期日待定（{due.pending}）" if due.pending else "正在等程序结果，到期日还没有定")
    elif on > due.day:
        reasons.append(f"{due.day}已经期满，延长应在期满当日或之前批准")
    return tuple(reasons)


def _refuse_promise_beyond_law(
    running: tuple[Ledger, ...], days: Mapping[ClockKind, int], calendar: WorkCalendar
) -> None:
    after = {ledger.kind: ledger for ledger in changed(running, Extending(days))}
    if "promised" not in days or "statutory" not in after:
        return
    promised = due_of(after["promised"], calendar=calendar).day
    statutory = due_of(after["statutory"], calendar=calendar).day
    if promised is not None and statutory is not None and promised > statutory:
        raise CannotExtend("promised", (f"延长后晚于法定到期日{statutory}，请缩短天数或同时延长法定时限",))


def _paused(ledger: Ledger, pause: Pause) -> Ledger:
    if ledger.stopped_on is not None or not pause.stops(ledger.kind):
        return ledger
    return replace(ledger, pauses=(*ledger.pauses, pause))


def _extended(ledger: Ledger, days: int) -> Ledger:
    return ledger if ledger.stopped_on is not None else replace(ledger, extension=ledger.extension + days)


def _told(ledger: Ledger, change: Supplementing) -> Ledger:
    if ledger.kind == "acceptance" and ledger.stopped_on is None:
        return replace(ledger, stopped_on=change.told_on)
    return ledger if change.pause is None else _paused(ledger, change.pause)
