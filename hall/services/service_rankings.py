"""The ranking of a month's counters and matters, made whenever it is asked for; nobody is ranked by name."""

from calendar import monthrange
from collections import Counter as Tally
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.service_ranking import Ranked, RankingTerms, Rated, rank
from hall.services.ranking_rule import ranking_terms
from hall.services.ratings import ENDS
from hall.store import Store
from hall.store.schema.catalogue import MatterVersion
from hall.store.schema.queueing import Counter, Ticket, TicketEvent
from hall.store.schema.ratings import Rating
from hall.words import RATING_LEVELS

RankedGroup = Literal["counters", "matters"]
_Key = int
_LEVELS = sorted(RATING_LEVELS)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Places of a month, and the rule with its source."""

    month: date
    group: RankedGroup
    places: tuple[Ranked, ...]
    terms: RankingTerms


def ranking(store: Store, actor: Actor, *, month: date, group: RankedGroup, home: Path) -> Ranking:
    """The places of the month of a day, by the rule that was in force on its first day."""
    require(actor, "rating.read")
    first = month.replace(day=1)
    last = month.replace(day=monthrange(month.year, month.month)[1])
    terms = ranking_terms(home, first)
    with store.read(actor) as session:
        names = _counters(session, store.hall_id) if group == "counters" else _matters(session)
        visits = _visits(session, store.hall_id, first, last, group=group)
        levels = _levels(session, store.hall_id, first, last, group=group)
    found = [
        Rated(names.get(key, "—"), visits[key], tuple(levels[key, level] for level in _LEVELS))
        for key in sorted(visits.keys() | {key for key, _ in levels})
    ]
    return Ranking(first, group, rank(found, terms), terms)


def _visits(session: Session, hall_id: int, first: date, last: date, *, group: RankedGroup) -> Tally[_Key]:
    """How many visits ended, by the key of counter or matter."""
    key = TicketEvent.counter_id if group == "counters" else TicketEvent.matter_id
    query = (
        select(key, func.count())
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .where(
            Ticket.hall_id == hall_id,
            Ticket.business_date.between(first, last),
            TicketEvent.kind.in_(ENDS),
            key.is_not(None),
        )
        .group_by(key)
    )
    return Tally({each: count for each, count in session.execute(query) if each is not None})


def _levels(session: Session, hall_id: int, first: date, last: date, *, group: RankedGroup) -> Tally[tuple[_Key, int]]:
    """How many gave which level, by the key of counter or matter; only ratings that are there."""
    key = Rating.counter_id if group == "counters" else Rating.matter_id
    query = (
        select(key, Rating.level, func.count())
        .join(Ticket, Ticket.id == Rating.ticket_id)
        .where(Rating.hall_id == hall_id, Ticket.business_date.between(first, last))
        .group_by(key, Rating.level)
    )
    return Tally({(each, level): count for each, level, count in session.execute(query)})


def _counters(session: Session, hall_id: int) -> dict[_Key, str]:
    query = select(Counter.id, Counter.number).where(Counter.hall_id == hall_id)
    return {key: f"{number}号窗口" for key, number in session.execute(query)}


def _matters(session: Session) -> dict[_Key, str]:
    """Each matter by its newest name."""
    query = select(MatterVersion.matter_id, MatterVersion.name).order_by(MatterVersion.version)
    return dict(session.execute(query).tuples().all())
