"""The clocks of a penalty case: which legal periods run, since when, until when, and which are over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from hall.rules.calendar import WorkCalendar
from hall.rules.spans import Span
from hall.rules.timelimits import Explanation, LimitRequest, LimitRule, compute

PenaltyClockKind = Literal[
    "correction",
    "evidence",
    "closing",
    "seizure",
    "defence",
    "hearing_request",
    "filing",
    "service",
    "publicity",
    "withdrawal",
    "payment",
    "enforcement",
    "reminder",
    "review",
    "litigation",
    "court",
    "cash_office",
    "cash_bank",
]
Side = Literal["authority", "party"]

_RULES: dict[PenaltyClockKind, str] = {
    "evidence": "penalty.evidence-registration",
    "closing": "penalty.case-closing",
    "hearing_request": "penalty.hearing-request",
    "filing": "penalty.on-spot-filing",
    "service": "penalty.service",
    "publicity": "publicity.decision",
    "withdrawal": "publicity.withdrawal",
    "payment": "fine.payment",
    "enforcement": "fine.enforcement-threshold",
    "reminder": "enforcement.reminder",
    "review": "remedy.review",
    "litigation": "remedy.litigation",
    "court": "enforcement.court-application",
    "cash_office": "fine.cash-to-office",
    "cash_bank": "fine.cash-to-bank",
}
AFTER_REVIEW = "remedy.litigation-after-review"
_AUTHORITY: frozenset[PenaltyClockKind] = frozenset(
    {
        "evidence",
        "closing",
        "seizure",
        "filing",
        "service",
        "publicity",
        "withdrawal",
        "court",
        "cash_office",
        "cash_bank",
    }
)


class Limits(Protocol):
    """The table of legal periods."""

    def limit(self, name: str, on: date) -> LimitRule:
        """The period of that name in force on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyClock:
    """One period of a case; its title is `words.PENALTY_CLOCKS[kind]`.

    `side`: whose period it is; only the authority's own ones are alarms. `due`: the last day, rolled past rest days
    where the law rolls; None while `pending` names the schedule that is lacking. `strict_due`: the end without
    rolling, the red line of an authority. `act_by`: the last workday before it. `ended_on`: when what it waits for
    was done. `note`: what it counts from, in words.
    """

    kind: PenaltyClockKind
    side: Side
    started_on: date
    due: date | None
    law: str
    note: str
    strict_due: date | None = None
    act_by: date | None = None
    pending: str | None = None
    ended_on: date | None = None
    why: Explanation = tuple


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision that is to be public, and one that is to be taken down."""

    decided_on: date
    published_on: date | None = None
    overturned_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Cash that was collected, handed in and banked."""

    collected_on: date
    handed_in_on: date | None = None
    banked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A proposal that was told: until when the party may answer it."""

    told_on: date
    defend_by: date
    defended_on: date | None = None
    hearing_due: bool = False
    hearing_asked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """The days of a case. `served_on`: when the party got it; `done_on`: when the authority had done its part of that.

    `over_on`: the case was dropped, closed or its decision revoked. `on_spot_on`, `reported_on`: a penalty on the spot
    and its report to the bureau (行政处罚法 52(3)). `parts`: last days of what is not paid, of a `plan`
    (deferral, agreement) while one is in force.
    `overdue_from`: the last day of what is overdue; `pauses`: days that do not count for the addition. `court_from`:
    the day from which the three months run (行政强制法 53, 行政处罚法 72(2)). `suit_on`: the lawsuit.
    """

    simple: bool = False
    over_on: date | None = None
    ordered_on: date | None = None
    correct_by: date | None = None
    corrected_on: date | None = None
    evidence_on: date | None = None
    evidence_ended_on: date | None = None
    filed_on: date | None = None
    told: Told | None = None
    on_spot_on: date | None = None
    reported_on: date | None = None
    decided_on: date | None = None
    served_on: date | None = None
    done_on: date | None = None
    shown: tuple[Shown, ...] = ()
    parts: tuple[date, ...] = ()
    plan: str = ""
    overdue_from: date | None = None
    pauses: tuple[Span, ...] = ()
    reminded_on: date | None = None
    review_on: date | None = None
    review_ended_on: date | None = None
    suit_on: date | None = None
    court_from: date | None = None
    court_on: date | None = None
    cash: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class _Counting:
    calendar: WorkCalendar
    limits: Limits

    def clock(
        self,
        kind: PenaltyClockKind,
        start: date,
        note: str,
        *,
        ended_on: date | None,
        rule: str = "",
        pauses: tuple[Span, ...] = (),
    ) -> PenaltyClock:
        limit_rule = self.limits.limit(rule or _RULES[kind], start)
        limit = compute(self.calendar, limit_rule, LimitRequest(start=start, excluded=pauses))
        # An authority acts by the strict day, which no schedule moves: it is known before the schedule is.
        known = limit.due or (limit.strict_due if limit_rule.red_line else None)
        return PenaltyClock(
            kind=kind,
            side="authority" if kind in _AUTHORITY else "party",
            started_on=start,
            due=known,
            law=limit.law,
            note=note,
            strict_due=limit.strict_due,
            act_by=limit.act_by,
            pending=limit.pending if known is None else None,
            ended_on=ended_on,
            why=limit.why,
        )


def penalty_clocks(facts: ClockFacts, *, calendar: WorkCalendar, limits: Limits) -> tuple[PenaltyClock, ...]:
    """Every period of the case: those that run first, by their last days, then those that are over."""
    counting = _Counting(calendar, limits)
    found = [
        *_before(facts, counting),
        *_decided(facts, counting),
        *_owed(facts, counting),
        *_remedies(facts, counting),
        *_cash(facts, counting),
    ]
    return in_order(found)


def in_order(clocks: Iterable[PenaltyClock]) -> tuple[PenaltyClock, ...]:
    """Those that run first, by their last days, then those that are over."""
    return tuple(sorted(clocks, key=lambda clock: (clock.ended_on is not None, clock.due or date.max)))


def _before(facts: ClockFacts, counting: _Counting) -> Iterator[PenaltyClock]:
    decided = facts.decided_on or facts.over_on
    if facts.ordered_on is not None and facts.correct_by is not None:
        yield _named("correction", facts.ordered_on, facts.correct_by, law="行政处罚法28", ended_on=facts.corrected_on)
    if facts.evidence_on is not None:
        yield counting.clock("evidence", facts.evidence_on, "自登记保存之日起", ended_on=facts.evidence_ended_on)
    if facts.filed_on is not None:
        yield counting.clock("closing", facts.filed_on, "自立案之日起", ended_on=decided)
    if facts.told is not None:
        told, answered = facts.told, facts.told.defended_on or decided
        yield _named("defence", told.told_on, told.defend_by, law="行政处罚法44、45", ended_on=answered)
        if told.hearing_due:
            asked = told.hearing_asked_on or decided
            yield counting.clock("hearing_request", told.told_on, "自告知之日起", ended_on=asked)


def _named(kind: PenaltyClockKind, start: date, due: date, *, law: str, ended_on: date | None) -> PenaltyClock:
    """A period whose last day was told to the party: no count leads to it."""
    return PenaltyClock(
        kind=kind, side="party", started_on=start, due=due, law=law, note="期满日写在告知的文书里", ended_on=ended_on
    )


def _decided(facts: ClockFacts, counting: _Counting) -> Iterator[PenaltyClock]:
    if facts.on_spot_on is not None:
        yield counting.clock("filing", facts.on_spot_on, "自当场处罚之日起", ended_on=facts.reported_on)
    if facts.decided_on is not None:
        yield counting.clock("service", facts.decided_on, "自作出决定之日起", ended_on=facts.done_on)
    for each in facts.shown:
        published = each.published_on or each.overturned_on
        yield counting.clock("publicity", each.decided_on, "自作出决定之日起", ended_on=published)
        if each.overturned_on is not None and each.published_on is not None:
            yield counting.clock("withdrawal", each.overturned_on, "自决定不再有效之日起", ended_on=each.withdrawn_on)


_PLANS = {
    "deferral": ("批准的计划里没有缴清的第{}期", "行政处罚法66(2)"),
    "agreement": ("执行协议里没有缴清的第{}期", "行政强制法42"),
    "": ("违反执行协议后恢复执行", "行政强制法42(2)"),
}
"""What took the place of the fifteen days, and its article; nothing stands in force after a breach."""


def _owed(facts: ClockFacts, counting: _Counting) -> Iterator[PenaltyClock]:
    if facts.served_on is None:
        return
    yield from _payments(facts, facts.served_on, counting)
    if facts.overdue_from is not None:
        yield counting.clock("enforcement", facts.overdue_from, "自缴款期满之日起", ended_on=None, pauses=facts.pauses)
    if facts.parts and facts.reminded_on is not None:
        yield counting.clock("reminder", facts.reminded_on, "自催告书送达之日起", ended_on=facts.court_on)
    if facts.parts and facts.court_from is not None:
        yield counting.clock("court", facts.court_from, "自复议、诉讼期限届满或暂缓期满之日起", ended_on=facts.court_on)


def _payments(facts: ClockFacts, served_on: date, counting: _Counting) -> Iterator[PenaltyClock]:
    """The fifteen days, or the last days of the plan or agreement that took their place."""
    whole = counting.clock("payment", served_on, "自收到决定书之日起", ended_on=None)
    if facts.parts == (whole.due,):
        yield whole
        return
    words, law = _PLANS[facts.plan]
    for number, due in enumerate(facts.parts, 1):
        note = words.format(number)
        yield PenaltyClock(kind="payment", side="party", started_on=served_on, due=due, law=law, note=note)


def _remedies(facts: ClockFacts, counting: _Counting) -> Iterator[PenaltyClock]:
    if facts.served_on is None:
        return
    asked = facts.review_on or facts.suit_on
    yield counting.clock("review", facts.served_on, "自收到决定书之日起", ended_on=asked)
    if facts.review_ended_on is not None:
        yield counting.clock(
            "litigation", facts.review_ended_on, "自收到复议决定书之日起", ended_on=facts.suit_on, rule=AFTER_REVIEW
        )
    elif facts.review_on is None and not facts.simple:
        yield counting.clock("litigation", facts.served_on, "自收到决定书之日起", ended_on=facts.suit_on)


def _cash(facts: ClockFacts, counting: _Counting) -> Iterator[PenaltyClock]:
    for each in facts.cash:
        yield counting.clock("cash_office", each.collected_on, "自收缴之日起", ended_on=each.handed_in_on)
        if each.handed_in_on is not None:
            yield counting.clock("cash_bank", each.handed_in_on, "自机关收到之日起", ended_on=each.banked_on)
