"""The figures of ratings: how many visits were rated and how, per counter, clerk and day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.ratings import Share, share
from hall.services.ratings import ENDS
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.queueing import Counter, Ticket, TicketEvent
from hall.store.schema.ratings import Rating
from hall.words import RATING_LEVELS

# Two clerks of one name are told apart by their badges.
_CLERK = Account.display_name + " " + Account.badge_number


class DaysReversed(Refused):
    """A span of days that ends before it begins."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"截止日 {last.isoformat()} 早于起始日 {first.isoformat()}，请把较早的一天写在前面。")


@dataclass(frozen=True, slots=True)
class RatedGroup:
    """One counter, clerk or day. `visits` that ended there, of which `share.count` were rated.

    `levels`: how many gave 1, 2, 3, 4 and 5.
    """

    name: str
    visits: int
    share: Share
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RatingSummary:
    """The figures of a span of days."""

    total: RatedGroup
    counters: tuple[RatedGroup, ...]
    clerks: tuple[RatedGroup, ...]
    days: tuple[RatedGroup, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where and when a visit ended or a rating was given."""

    day: date
    counter: int
    clerk: str


def summary(store: Store, actor: Actor, *, first: date, last: date) -> RatingSummary:
    """The figures of the days from first to last, both counted. Raises DaysReversed."""
    require(actor, "rating.read")
    if last < first:
        raise DaysReversed(first, last)
    with store.read(actor) as session:
        visits = _visits(session, store.hall_id, first, last)
        rated = _rated(session, store.hall_id, first, last)
    return RatingSummary(
        total=_group("合计", len(visits), [level for _, level in rated]),
        counters=_groups(visits, rated, key=lambda place: place.counter, name=lambda number: f"{number}号窗口"),
        clerks=_groups(visits, rated, key=lambda place: place.clerk, name=str),
        days=_groups(visits, rated, key=lambda place: place.day, name=str),
    )


def levels_given(session: Session, hall_id: int, *, first: date, last: date) -> RatedGroup:
    """All visits of a span of days as one group, for a report in its own snapshot."""
    rated = [level for _, level in _rated(session, hall_id, first, last)]
    return _group("合计", len(_visits(session, hall_id, first, last)), rated)


def _visits(session: Session, hall_id: int, first: date, last: date) -> list[_Place]:
    rows = session.execute(
        select(Ticket.business_date, Counter.number, _CLERK)
        .join(TicketEvent, TicketEvent.ticket_id == Ticket.id)
        .join(Counter, Counter.id == TicketEvent.counter_id)
        .outerjoin(Account, Account.id == TicketEvent.account_id)
        .where(
            Ticket.hall_id == hall_id,
            Ticket.business_date.between(first, last),
            TicketEvent.kind.in_(ENDS),
        )
    )
    return [_Place(day, number, (clerk or "").strip()) for day, number, clerk in rows]


def _rated(session: Session, hall_id: int, first: date, last: date) -> list[tuple[_Place, int]]:
    rows = session.execute(
        select(Rating.at, Counter.number, _CLERK, Rating.level)
        .join(Ticket, Ticket.id == Rating.ticket_id)
        .join(Counter, Counter.id == Rating.counter_id)
        .outerjoin(Account, Account.id == Rating.account_id)
        .where(Rating.hall_id == hall_id, Ticket.business_date.between(first, last))
    )
    return [(_Place(business_date(at), number, (clerk or "").strip()), level) for at, number, clerk, level in rows]


def _groups(
    visits: Iterable[_Place],
    rated: Iterable[tuple[_Place, int]],
    *,
    key: Callable[[_Place], int | str | date],
    name: Callable[[int | str | date], str],
) -> tuple[RatedGroup, ...]:
    """One group per key, in the keys' order; whoever was never rated is a group, too."""
    counts: dict[int | str | date, int] = {}
    levels: dict[int | str | date, list[int]] = {}
    for place in visits:
        counts[key(place)] = counts.get(key(place), 0) + 1
    for place, level in rated:
        levels.setdefault(key(place), []).append(level)
    keys = sorted(counts.keys() | levels.keys())
    return tuple(_group(name(each), counts.get(each, 0), levels.get(each, [])) for each in keys)


def _group(name: str, visits: int, levels: list[int]) -> RatedGroup:
    return RatedGroup(name, visits, share(levels), tuple(levels.count(level) for level in sorted(RATING_LEVELS)))
