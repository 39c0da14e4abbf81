"""What is owed on a fine, replayed from its ledger: principal, daily addition, parts, over-payment; nothing is stored.

Every amount is whole fen. A reduction of the principal is no kind of entry: only a review decision, a judgment or the
authority's own revocation (`vary`, `revoke`) changes what was imposed, and `waive` takes from the addition alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hall.rules.fine_replay import Replay
from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.spans import Span, merged
from hall.rules.surcharge import SurchargeTerms

EntryKind = Literal[
    "impose", "plan", "pay", "pause", "resume", "waive", "breach", "refund", "reverse", "vary", "revoke"
]
PartStanding = Literal["paid", "overdue", "today", "coming"]
UNTOLD, DEFERRAL, AGREEMENT = "untold", "deferral", "agreement"
REVIEW, LITIGATION, APPLICATION = "review", "litigation", "application"

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """So many fen by a day."""

    due_on: date
    fen: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger, in the order in which they were written (`id`).

    `day`: impose – the last day to pay; plan, pause – the first day without addition; resume, breach – the first day
    that counts again; else the day it happened. `cause`: impose – "untold" where the decision tells of no addition
    (罚缴分离办法 7); plan – deferral or agreement; pause, resume – review, litigation or application.
    """

    id: int
    kind: EntryKind
    day: date
    fen: int = 0
    reverses: int | None = None
    cause: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class PartState:
    """A part of what is to be paid: what came in for it, what it grew by in how many counted days."""

    due_on: date
    fen: int
    paid_fen: int
    added_fen: int
    days: int
    standing: PartStanding


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, first and last included, on which `base_fen` was overdue; `reason` why they do not count, or empty.

    Reasons: review, litigation, application, agreement, untold.
    """

    first: date
    last: date
    base_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class FinePosition:
    """What is owed when it is paid `on` that day. `added_*` is the daily addition (加处罚款).

    `imposed_fen` as the decision said, `principal_fen` as a later review, judgment or revocation left it. `due_on`: the
    last day of the earliest part that is not paid, None where nothing is left. `plan`: deferral or agreement while one
    is in force, else empty; its parts add up to what was owed when it began. `pauses`: the ranges that did not count,
    for clocks that leave them out (an open one ends `on`).
    """

    on: date
    imposed_fen: int
    principal_fen: int
    paid_fen: int
    added_fen: int
    waived_fen: int
    added_paid_fen: int
    over_fen: int
    refunded_fen: int
    days: int
    parts: tuple[PartState, ...]
    due_on: date | None
    plan: str
    plan_ends_on: date | None
    paused_by: tuple[str, ...]
    pauses: tuple[Span, ...]
    told: bool
    capped: bool
    stretches: tuple[Stretch, ...]

    @property
    def principal_left_fen(self) -> int:
        """What of the fine itself is not paid."""
        return self.principal_fen - self.paid_fen

    @property
    def added_left_fen(self) -> int:
        """What of the addition is neither waived nor paid."""
        return self.added_fen - self.waived_fen - self.added_paid_fen

    @property
    def balance_fen(self) -> int:
        """What is to be paid that day in all."""
        return self.principal_left_fen + self.added_left_fen

    @property
    def overdue(self) -> bool:
        """Whether a part was not paid by its day."""
        return self.due_on is not None and self.due_on < self.on


def position(
    entries: Iterable[Entry], *, on: date, terms: PenaltyTerms, surcharge: SurchargeTerms
) -> FinePosition | None:
    """What is owed `on` a day by what the ledger held on it; None where no fine was imposed.

    A reversed payment was never made; a varied or revoked fine never was higher (复议法 63, 行诉法 77: nobody is made
    worse off by asking), so both are taken into account from the beginning.
    """
    held = known(entries, on)
    replay = replayed(held, on=on, terms=terms, surcharge=surcharge)
    return _position(replay, held, on) if replay else None


def known(entries: Iterable[Entry], on: date) -> list[Entry]:
    """What the ledger says by the end of a day, in the order in which it works, without payments taken back.

    The impose comes first (its day is the last to pay). On one day what stops or starts the count comes before what
    is paid.
    """
    held = [entry for entry in entries if entry.day <= on or entry.kind == "impose"]
    back = {entry.reverses for entry in held if entry.kind == "reverse"}
    left = [entry for entry in held if entry.id not in back and entry.kind != "reverse"]
    return sorted(left, key=_order)


def replayed(
    held: Sequence[Entry], *, on: date, until: date | None = None, terms: PenaltyTerms, surcharge: SurchargeTerms
) -> Replay | None:
    """The ledger of `on` (see `known`) played to the end of `until`; None where no fine was imposed."""
    if not held or held[0].kind != "impose":
        return None
    end = (until or on).toordinal()
    replay = Replay(_principal(held), held[0].day.toordinal(), terms, surcharge, told=held[0].cause != UNTOLD)
    for entry in held[1:]:
        if entry.day.toordinal() <= end:
            _play(replay, entry)
    replay.advance(replay.last_day(end))
    return replay


def _order(entry: Entry) -> tuple[bool, date, bool, int]:
    return entry.kind != "impose", entry.day, entry.kind not in ("pause", "resume"), entry.id


def _principal(held: Sequence[Entry]) -> int:
    """As the last variation left it; revoked: nothing."""
    changed = [entry for entry in held if entry.kind in ("vary", "revoke")]
    if not changed:
        return held[0].fen
    last = max(changed, key=lambda entry: entry.id)
    return last.fen if last.kind == "vary" else 0


def _play(replay: Replay, entry: Entry) -> None:
    day = entry.day.toordinal()
    match entry.kind:
        case "pay":
            replay.pay(day, entry.fen)
        case "pause":
            replay.pause(day, entry.cause)
        case "resume":
            replay.resume(day, entry.cause)
        case "plan":
            parts = [(part.due_on.toordinal(), part.fen) for part in entry.parts]
            replay.plan(day, parts, agreement=entry.cause == AGREEMENT)
        case "waive":
            replay.waive(day, entry.fen)
        case "breach":
            replay.breach(day)
        case "refund":
            replay.refund(entry.fen)


def _position(replay: Replay, held: Sequence[Entry], on: date) -> FinePosition:
    parts = _parts(replay, on)
    unpaid = [part.due_on for part in parts if part.paid_fen < part.fen]
    return FinePosition(
        on=on,
        imposed_fen=held[0].fen,
        principal_fen=replay.principal,
        paid_fen=replay.paid,
        added_fen=replay.added(),
        waived_fen=replay.waived,
        added_paid_fen=replay.added_paid,
        over_fen=replay.over,
        refunded_fen=replay.refunded,
        days=replay.days,
        parts=parts,
        due_on=min(unpaid) if unpaid else None,
        plan=replay.planned,
        plan_ends_on=max(part.due_on for part in parts) if replay.planned else None,
        paused_by=tuple(replay.paused),
        pauses=_pauses(held, on),
        told=replay.told,
        capped=replay.principal > 0 and replay.added() >= replay.most(),
        stretches=tuple(
            Stretch(date.fromordinal(first), date.fromordinal(last), base, reason)
            for first, last, base, reason in replay.stretches
        ),
    )


def _parts(replay: Replay, on: date) -> tuple[PartState, ...]:
    today = on.toordinal()
    return tuple(
        PartState(
            due_on=date.fromordinal(part.due),
            fen=part.fen,
            paid_fen=part.paid,
            added_fen=replay.part_added(part),
            days=part.days,
            standing=_standing(part.due, today, paid=part.paid >= part.fen),
        )
        for part in replay.schedule or replay.parts
    )


def _standing(due: int, today: int, *, paid: bool) -> PartStanding:
    if paid:
        return "paid"
    if due < today:
        return "overdue"
    return "today" if due == today else "coming"


def _pauses(held: Sequence[Entry], on: date) -> tuple[Span, ...]:
    spans: list[Span] = []
    begun: dict[str, date] = {}
    for entry in held:
        if entry.kind == "pause":
            begun[entry.cause] = entry.day
        elif entry.kind == "resume" and (first := begun.pop(entry.cause)) < entry.day:
            spans.append((first, entry.day - _DAY))
    return merged([*spans, *((first, on) for first in begun.values())])
