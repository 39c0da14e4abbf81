"""What monthly statistics need to know: plain facts of cases, cards and ratings, and the period they are counted in.

Days only, no instants: a month is a question of days. A fact is known up to now; `as_of` gives it as it stood.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from hall.rules.permits import AcceptedHow, Handling, Outcome

# How a case may end without a decision.
End = Literal["", "refused", "withdrawn", "terminated"]
# What an unended case is doing when the period ends.
Standing = Literal["working", "supplementing", "paused", "done"]
CardKind = Literal["blue", "yellow", "red"]
Plea = Literal["", "upheld", "rejected"]

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """Days from first to last, both counted. `over`: the last day has ended; else it is today and goes on."""

    first: date
    last: date
    over: bool = True

    def has(self, day: date | None) -> bool:
        """Whether the day lies in the period."""
        return day is not None and self.first <= day <= self.last

    def past(self, due: date | None) -> bool:
        """Whether a due day has ended when the period ends; a due day that is pending has not."""
        return due is not None and (due < self.last or (self.over and due == self.last))

    @property
    def whole_month(self) -> bool:
        """Whether nothing of the month is left to come."""
        return self.over and self.last.day == monthrange(self.last.year, self.last.month)[1]

    @property
    def month_before(self) -> "Period":
        """The whole month before, however far this one has come."""
        last = self.first - timedelta(days=1)
        return Period(last.replace(day=1), last)

    def shifted(self, months: int) -> "Period":
        """The same days so many months earlier (negative) or later; a whole month gives a whole month."""
        count = self.first.year * _MONTHS + self.first.month - 1 + months
        year, month = divmod(count, _MONTHS)
        longest = monthrange(year, month + 1)[1]
        last = longest if self.whole_month else min(self.last.day, longest)
        return Period(date(year, month + 1, 1), date(year, month + 1, last))


def month_period(year: int, month: int, *, today: date) -> Period:
    """A month up to its last day, or up to today while it is running."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return Period(first, last) if last < today else Period(first, max(first, today), over=False)


@dataclass(frozen=True, slots=True)
class ClockFact:
    """A limit of a case. `due` None: pending for lack of a schedule. `used`: net workdays up to the decision.

    `days` is the original budget: an extension moves `due`, not the promise that was made.
    """

    days: int
    unit: str
    due: date | None
    used: int | None = None

    @property
    def in_workdays(self) -> bool:
        """Only limits in workdays can be added up."""
        return self.unit == "workday"


@dataclass(frozen=True, slots=True)
class PauseFact:
    """A procedure that stopped the clocks. `resumed_on` None: open. `workdays` it left out.

    `due` is the last day on which its result would come in time, None where it has no limit. Waiting for material
    that the reviewer asked for is a pause of its own kind: it is reported as 补正, not as 挂起.
    """

    first: date
    resumed_on: date | None = None
    workdays: int | None = None
    due: date | None = None
    for_material: bool = False

    def overran(self, period: Period) -> bool:
        """Whether its own limit has passed without a result."""
        if self.due is None:
            return False
        return period.past(self.due) if self.resumed_on is None else self.resumed_on > self.due

    def stops(self, clock: ClockFact | None, period: Period) -> bool:
        """Whether it holds a clock when the period ends: not beyond its own limit, nor when the clock had run out."""
        in_time = clock is None or clock.due is None or self.first <= clock.due
        return self.resumed_on is None and in_time and not self.overran(period)


@dataclass(frozen=True, slots=True)
class SupplementFact:
    """One request for missing material (补正): told on a day, answered on another (None: not yet)."""

    told_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepFact:
    """A step (环节) that was left on a day, in time or not."""

    left_on: date
    overrun: bool


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A case. `standing` is what its state says now: done, supplementing, else working.

    `accepted_on` is the day on which it was registered as accepted: one that silence accepted as of an earlier day
    (行政许可法 32(1)(4)) has its limits from that day, and is counted when it was found. `promised` is None where the
    matter promises nothing: then the statutory limit is what was promised. `trips`: on how many days the applicant had
    to come until everything was served, None while that is not known.
    """

    case_id: int
    matter_id: int
    department_id: int
    handling: Handling
    received_on: date
    standing: Standing = "working"
    accepted_on: date | None = None
    accepted_how: AcceptedHow = ""
    decided_on: date | None = None
    outcome: Outcome = ""
    served_on: date | None = None
    delivery_due: date | None = None
    ended_on: date | None = None
    ended_how: End = ""
    refusal_limb: str = ""
    statutory: ClockFact | None = None
    promised: ClockFact | None = None
    extended_on: date | None = None
    trips: int | None = None
    supplements: tuple[SupplementFact, ...] = ()
    visits: tuple[date, ...] = ()
    pauses: tuple[PauseFact, ...] = ()
    steps: tuple[StepFact, ...] = ()

    @property
    def last_on(self) -> date:
        """The last day on which something happened that is counted."""
        days = (self.received_on, self.accepted_on, self.decided_on, self.served_on, self.ended_on, self.extended_on)
        spans = [(each.told_on, each.answered_on) for each in self.supplements]
        spans += [(each.first, each.resumed_on) for each in self.pauses]
        others = (*self.visits, *(each.left_on for each in self.steps), *(day for span in spans for day in span))
        return max(day for day in (*days, *others) if day is not None)

    @property
    def limit(self) -> ClockFact | None:
        """The limit that timeliness is measured by: what was promised, else what the law says."""
        return self.promised or self.statutory

    @property
    def decided_late(self) -> bool:
        """Decided after the day promised; a pending due day blames nobody."""
        return _after(self.decided_on, self.limit)

    @property
    def decided_illegally_late(self) -> bool:
        """Decided after the statutory day."""
        return _after(self.decided_on, self.statutory)

    def overdue(self, period: Period) -> bool:
        """Whether a case in hand is past the day promised when the period ends."""
        return self.limit is not None and period.past(self.limit.due)

    def illegally_overdue(self, period: Period) -> bool:
        """Whether a case in hand is past its statutory day when the period ends."""
        return self.statutory is not None and period.past(self.statutory.due)


def _after(day: date | None, clock: ClockFact | None) -> bool:
    return day is not None and clock is not None and clock.due is not None and day > clock.due


def as_of(case: CaseFact, period: Period) -> CaseFact:
    """The case as it stood when the period ended: what happened later is not known yet.

    Due days need no going back: a pause or an extension after a due day has passed cannot move it, so a case that
    was late then has the same due day now, and one that was not cannot have become so.
    """
    known_all = case.last_on <= period.last
    then = case if known_all else _cut(case, period)
    if known_all and case.standing != "working":
        return then
    return replace(then, standing=_standing(then, period))


def _cut(case: CaseFact, period: Period) -> CaseFact:
    def known(day: date | None) -> date | None:
        return day if day is not None and day <= period.last else None

    accepted = known(case.accepted_on) is not None
    return replace(
        case,
        accepted_on=known(case.accepted_on),
        accepted_how=case.accepted_how if accepted else "",
        statutory=case.statutory if accepted else None,
        promised=case.promised if accepted else None,
        decided_on=known(case.decided_on),
        outcome=case.outcome if known(case.decided_on) else "",
        served_on=known(case.served_on),
        ended_on=known(case.ended_on),
        ended_how=case.ended_how if known(case.ended_on) else "",
        extended_on=known(case.extended_on),
        supplements=tuple(
            SupplementFact(each.told_on, known(each.answered_on)) for each in case.supplements if known(each.told_on)
        ),
        visits=tuple(day for day in case.visits if known(day)),
        pauses=tuple(replace(each, resumed_on=known(each.resumed_on)) for each in case.pauses if known(each.first)),
        steps=tuple(each for each in case.steps if known(each.left_on)),
    )


def _standing(case: CaseFact, period: Period) -> Standing:
    """Found from the days alone. Before acceptance a case waits for material; after it only where a clock is held."""
    if case.decided_on or case.ended_on:
        return "done"
    if case.accepted_on is None:
        return "supplementing" if any(each.answered_on is None for each in case.supplements) else "working"
    holding = [each for each in case.pauses if each.stops(case.limit, period)]
    if any(not each.for_material for each in holding):
        return "paused"
    return "supplementing" if holding else "working"


@dataclass(frozen=True, slots=True)
class CardFact:
    """A supervision order (督办单): its colour, when it was settled (核销), what its plea was found to be."""

    kind: CardKind
    issued_on: date
    cleared_on: date | None = None
    plea: Plea = ""
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class BadRatingFact:
    """A bad rating and its follow-up (回访整改). `due_on` None: pending."""

    opened_on: date
    due_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """Ratings of a period: visits that ended, how many gave each level 1 to 5, and the bad ones' follow-ups."""

    visits: int = 0
    levels: tuple[int, ...] = (0, 0, 0, 0, 0)
    follow_ups: tuple[BadRatingFact, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """The requests (诉求) received in a period, as they stood at its end."""

    received: int = 0
    closed: int = 0
    closed_in_time: int = 0
    answerable: int = 0
    """From somebody who can be answered."""
    replied: int = 0
    joined: int = 0
    """Of the same matter as another."""
    rated: int = 0
    """Called back, and gave a level."""
    content: int = 0


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """All a month's figures are made of. `warnings` are pre-warnings sent in the period, `scores` the points of the
    review (案卷评查) of each dossier that was archived in it, None where there was none."""

    period: Period
    cases: tuple[CaseFact, ...]
    cards: tuple[CardFact, ...] = ()
    warnings: int = 0
    ratings: RatingFacts = RatingFacts()
    scores: tuple[int | None, ...] = ()
    requests: RequestFacts = RequestFacts()

    def of(self, cases: tuple[CaseFact, ...]) -> "MonthFacts":
        """The same period with other cases only: a matter's or a department's."""
        return MonthFacts(self.period, cases)
