"""The call of a ticket as SQL: what is chosen from, and the choice with event, audit and change as one write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from hall.rules.queue_order import WaitingTicket
from hall.store.quick import Entry, Parameters, QuickWork, Row, SqliteQuick, read_instant

_KNOWN = "SELECT id FROM counter WHERE hall_id = :hall AND number = :number"
_COUNTER = "SELECT state, since, account_id, favoured_calls FROM counter WHERE id = :counter"
_SERVED = "SELECT matter_id, head_start_minutes FROM counter_matter WHERE counter_id = :counter"
_PRESENT = "SELECT 1 FROM ticket WHERE counter_id = :counter AND state IN ('chosen', 'called', 'arrived', 'serving')"
_WAITING = (
    "SELECT id, code, matter_id, priority, favoured, waits_from, rank_at, must_call_by FROM ticket "
    "WHERE hall_id = :hall AND business_date = :today AND state = 'waiting' "
    "AND (only_counter_id IS NULL OR only_counter_id = :counter)"
)
_OVERDUE = " AND must_call_by <= :now"
_KINDS = (" AND favoured = FALSE", " AND favoured = TRUE")
_BY_RANK, _BY_END = " ORDER BY rank_at, id LIMIT :most", " ORDER BY must_call_by, id LIMIT :most"

_CALLED = (
    "UPDATE ticket SET state = 'called', counter_id = :counter, account_id = :account, called_at = :now, "
    "first_called_at = coalesce(first_called_at, :now), calls = calls + 1"
)
_CHOSEN = "UPDATE ticket SET state = 'chosen', counter_id = :counter, account_id = :account"
_EVENT = "INSERT INTO ticket_event (hall_id, ticket_id, at, kind, counter_id, account_id, reason, matter_id, terms)"
_ANNOUNCEMENT = "INSERT INTO announcement (hall_id, ticket_id, code, counter_number, state, created_at)"
_AUDIT = (
    "INSERT INTO audit_row (hall_id, station_id, sequence, at, work_id, account_id, actor_name, action, subject, "
    "detail, previous_hash, hash)"
)
_HEAD = "UPDATE audit_head SET sequence = :sequence"
_STREAK = "UPDATE counter SET favoured_calls = :favoured_calls WHERE id = :counter"
_CHANGE = "INSERT INTO change_row (topic, key, origin, at, hall_id)"

# The alternatives travel as arrays; the first ticket that is still free and that nobody is just taking is taken.
_TAKE_FIRST_FREE = f"""
WITH taken AS (
    {{taken}} WHERE id = (
        SELECT t.id FROM unnest(CAST(:tickets AS bigint[])) WITH ORDINALITY AS x(id, place)
        JOIN ticket AS t ON t.id = x.id
        WHERE t.state = 'waiting' ORDER BY place LIMIT 1 FOR UPDATE OF t SKIP LOCKED)
    RETURNING id, code, matter_id, array_position(CAST(:tickets AS bigint[]), id) AS place),
event AS ({_EVENT} SELECT :hall, id, :now, :kind, :counter, :account,
    (CAST(:reasons AS text[]))[place], matter_id, (CAST(:terms AS text[]))[place] FROM taken),{{announced}}
audited AS ({_AUDIT} SELECT :hall, :station, :sequence, :now, :work, :account, :actor, :action,
    (CAST(:subjects AS text[]))[place], (CAST(:details AS text[]))[place], :previous,
    (CAST(:hashes AS text[]))[place] FROM taken),
head AS ({_HEAD}, hash = (CAST(:hashes AS text[]))[place] FROM taken WHERE station_id = :station),
streak AS (UPDATE counter SET favoured_calls = (CAST(:streaks AS bigint[]))[taken.place] FROM taken
    WHERE counter.id = :counter AND favoured_calls <> (CAST(:streaks AS bigint[]))[taken.place]),
told AS ({_CHANGE} SELECT 'queue', code, :origin, :now, :hall FROM taken)
SELECT place FROM taken"""
_ANNOUNCED = f"announced AS ({_ANNOUNCEMENT} SELECT :hall, id, code, :number, 'pending', :now FROM taken),"
_CALL_FIRST_FREE = _TAKE_FIRST_FREE.format(taken=_CALLED, announced=_ANNOUNCED)
_CHOOSE_FIRST_FREE = _TAKE_FIRST_FREE.format(taken=_CHOSEN, announced="")

# SQLite has one writer: what it has read is still so.
_WRITE_ONE = (
    f"{_EVENT} VALUES (:hall, :ticket, :now, :kind, :counter, :account, :reason, :matter, :terms)",
    f"{_AUDIT} VALUES (:hall, :station, :sequence, :now, :work, :account, :actor, :action, :subject, :detail, "
    ":previous, :hash)",
    f"{_HEAD}, hash = :hash WHERE station_id = :station",
    f"{_STREAK} AND favoured_calls <> :favoured_calls",
    f"{_CHANGE} VALUES ('queue', :code, :origin, :now, :hall)",
)
_TAKE_ONE = " WHERE id = :ticket AND state = 'waiting' RETURNING 1"
_CALL_ONE = (
    f"{_CALLED}{_TAKE_ONE}",
    *_WRITE_ONE,
    f"{_ANNOUNCEMENT} VALUES (:hall, :ticket, :code, :number, 'pending', :now)",
)
_CHOOSE_ONE = (f"{_CHOSEN}{_TAKE_ONE}", *_WRITE_ONE)


@dataclass(frozen=True, slots=True)
class KnownCounter:
    """What was seen of a counter before: its key and the head starts of its matters (none: it serves every matter).

    A guess that saves a round trip; each call looks whether it is still so.
    """

    counter_id: int
    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CallGround:
    """A counter and what waits for it: enough of the queue for the rule to choose as if it saw all of it.

    `since` is when it came into its state; `occupied`: a ticket is open there; `head_starts`: matter → how much
    earlier it ranks here.
    """

    counter_id: int
    number: int
    state: str
    since: datetime | None
    account_id: int | None
    favoured_calls: int
    occupied: bool
    head_starts: Mapping[int, timedelta]
    waiting: tuple[WaitingTicket, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice as it would be written."""

    ticket: WaitingTicket
    reason: str
    terms: str
    favoured_calls: int
    entry: Entry


def know_counter(quick: QuickWork, number: int) -> KnownCounter | None:
    """Look a counter up; None if there is none of that number."""
    (found,) = quick.ask((_KNOWN, {"hall": quick.station.hall_id, "number": number}))
    if not found:
        return None
    counter_id = cast(int, found[0][0])
    (served,) = quick.ask((_SERVED, {"counter": counter_id}))
    return KnownCounter(counter_id, _distinct(served))


def call_ground(
    quick: QuickWork, number: int, known: KnownCounter, *, today: date, most: int
) -> CallGround | KnownCounter:
    """The counter and, of each kind, the `most` first tickets; where `known` is no longer so, what is known now."""
    named: dict[str, object] = {
        "hall": quick.station.hall_id,
        "number": number,
        "counter": known.counter_id,
        "today": quick.day(today),
        "now": quick.instant(quick.now),
        "most": most,
    }
    named |= {f"minutes_{place}": minutes for place, minutes in enumerate(known.minutes)}
    found, present, served, waiting = quick.ask(
        (f"{_COUNTER}{quick.locking}", named),
        (_PRESENT, named),
        (_SERVED, named),
        (_candidates(quick, len(known.minutes)), named),
    )
    if _distinct(served) != known.minutes:
        return KnownCounter(known.counter_id, _distinct(served))
    state, since, account_id, favoured_calls = found[0]
    return CallGround(
        counter_id=known.counter_id,
        number=number,
        state=cast(str, state),
        since=read_instant(since) if since else None,
        account_id=cast("int | None", account_id),
        favoured_calls=cast(int, favoured_calls),
        occupied=bool(present),
        head_starts={cast(int, row[0]): timedelta(minutes=cast(int, row[1])) for row in served},
        waiting=tuple({cast(int, row[0]): _ticket(row) for row in waiting}.values()),
    )


def take(quick: QuickWork, ground: CallGround, offers: Sequence[Offer], *, announced: bool) -> Offer | None:
    """Take the first ticket of these that is free, write all of the call, and commit; None: others took them all.

    A ticket that is not `announced` is only chosen: nobody is called yet.
    """
    links = quick.links([offer.entry for offer in offers])
    common: dict[str, object] = {
        "hall": quick.station.hall_id,
        "station": quick.station.id,
        "origin": quick.station.name,
        "counter": ground.counter_id,
        "number": ground.number,
        "account": quick.actor.account_id,
        "actor": quick.actor.name,
        "action": links[0][0].action,
        "kind": "call" if announced else "choose",
        "now": quick.instant(quick.now),
        "work": quick.id,
        "sequence": quick.sequence,
        "previous": links[0][0].previous_hash,
    }
    if isinstance(quick, SqliteQuick):
        link, digest = links[0]
        one = _CALL_ONE if announced else _CHOOSE_ONE
        named = common | _columns(offers[0]) | {"subject": link.subject, "detail": link.detail, "hash": digest}
        return offers[0] if quick.commit([(text, named) for text in one]) else None
    arrays: Parameters = common | {
        "tickets": [offer.ticket.ticket_id for offer in offers],
        "reasons": [offer.reason for offer in offers],
        "terms": [offer.terms for offer in offers],
        "streaks": [offer.favoured_calls for offer in offers],
        "subjects": [link.subject for link, _ in links],
        "details": [link.detail for link, _ in links],
        "hashes": [digest for _, digest in links],
    }
    taken = quick.commit([(_CALL_FIRST_FREE if announced else _CHOOSE_FIRST_FREE, arrays)])
    return offers[cast(int, taken[0][0]) - 1] if taken else None


def _columns(offer: Offer) -> dict[str, object]:
    return {
        "ticket": offer.ticket.ticket_id,
        "code": offer.ticket.code,
        "matter": offer.ticket.matter_id,
        "reason": offer.reason,
        "terms": offer.terms,
        "favoured_calls": offer.favoured_calls,
    }


def _candidates(quick: QuickWork, groups: int) -> str:
    """Who has waited longest, and the first by rank of each kind and each head start that the counter gives."""
    served = "SELECT matter_id FROM counter_matter WHERE counter_id = :counter"
    of_all = f" AND matter_id {quick.among(served)}" if groups else ""
    queries = [f"{_WAITING}{of_all}{_OVERDUE}{_BY_END}"]
    for place in range(max(groups, 1)):
        group = f"{served} AND head_start_minutes = :minutes_{place}"
        of_group = f" AND matter_id {quick.among(group)}" if groups else ""
        queries += [f"{_WAITING}{of_group}{kind}{_BY_RANK}" for kind in _KINDS]
    return " UNION ALL ".join(f"SELECT * FROM ({query}) AS q{place}" for place, query in enumerate(queries))


def _distinct(served: Sequence[Row]) -> tuple[int, ...]:
    return tuple(sorted({cast(int, row[1]) for row in served}))


def _ticket(row: Row) -> WaitingTicket:
    ticket_id, code, matter_id, priority, favoured, waits_from, rank_at, must_call_by = row
    return WaitingTicket(
        ticket_id=cast(int, ticket_id),
        code=cast(str, code),
        matter_id=cast(int, matter_id),
        priority=cast(str, priority),
        favoured=bool(favoured),
        waits_from=read_instant(waits_from),
        rank_at=read_instant(rank_at),
        must_call_by=read_instant(must_call_by),
    )
