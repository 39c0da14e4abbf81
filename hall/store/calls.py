"""The call of a ticket as SQL: what is chosen from, and the choice with event, audit and change as one write."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from hall.rules.queue_order import WaitingTicket
from hall.store.clock_guard import refuse_set_back
from hall.store.quick import Entry, PostgresqlQuick, Row, SqliteQuick, read_instant
from hall.store.work import ChainHeadMissing

_OCCUPIED = "state IN ('chosen', 'called', 'arrived', 'serving')"
_TICKET = "id, code, matter_id, priority, favoured, waits_from, rank_at, must_call_by"
_WAITING = (
    f"SELECT {_TICKET} FROM ticket WHERE hall_id = :hall AND business_date = :today AND state = 'waiting' "
    "AND (only_counter_id IS NULL OR only_counter_id = {counter})"
)
_BY_RANK, _BY_END = " ORDER BY rank_at, id LIMIT :most", " ORDER BY must_call_by, id LIMIT :most"
_OVERDUE = " AND must_call_by <= :now"

# What the counter is, where the audit chain ends, and beside them who has waited longest and the first by rank of
# each kind and each head start that the counter gives (a counter without matters of its own serves every matter).
_OF_COUNTER = _WAITING.format(counter="place.id")
_SERVED = "SELECT matter_id FROM counter_matter WHERE counter_id = place.id"
_GROUND = f"""
WITH place AS MATERIALIZED (
    SELECT id, state, since, account_id, favoured_calls,
        EXISTS (SELECT 1 FROM ticket WHERE counter_id = counter.id AND {_OCCUPIED}) AS occupied,
        ARRAY(SELECT matter_id FROM counter_matter WHERE counter_id = counter.id ORDER BY matter_id) AS matters,
        ARRAY(SELECT head_start_minutes FROM counter_matter WHERE counter_id = counter.id ORDER BY matter_id) AS minutes
    FROM counter WHERE hall_id = :hall AND number = :number),
head AS (SELECT sequence, hash, at FROM audit_head WHERE station_id = :station)
SELECT place.*, head.*, w.* FROM place LEFT JOIN head ON true LEFT JOIN LATERAL (
    SELECT * FROM ({_OF_COUNTER}{_OVERDUE}
        AND (place.matters = '{{}}' OR matter_id = ANY (place.matters)){_BY_END}) AS overdue
    UNION ALL
    SELECT ranked.* FROM (SELECT DISTINCT unnest(CASE WHEN place.minutes = '{{}}' THEN '{{0}}' ELSE place.minutes END))
        AS own (minutes)
    CROSS JOIN (VALUES (false), (true)) AS kind (favoured)
    CROSS JOIN LATERAL ({_OF_COUNTER} AND favoured = kind.favoured
        AND (place.matters = '{{}}' OR matter_id = ANY (ARRAY({_SERVED} AND head_start_minutes = own.minutes)))
        {_BY_RANK}) AS ranked
) AS w ON true"""

_LITE_COUNTER = (
    "SELECT id, state, since, account_id, favoured_calls, "
    f"EXISTS (SELECT 1 FROM ticket WHERE counter_id = counter.id AND {_OCCUPIED}) "
    "FROM counter WHERE hall_id = :hall AND number = :number"
)
_LITE_SERVED = "SELECT matter_id, head_start_minutes FROM counter_matter WHERE counter_id = :counter"
_LITE_HEAD = "SELECT sequence, hash, at FROM audit_head WHERE station_id = :station"
_LITE_WAITING = _WAITING.format(counter=":counter")
_LITE_ALL = " AND matter_id IN (SELECT matter_id FROM counter_matter WHERE counter_id = :counter)"
_LITE_OWN = (
    " AND matter_id IN "
    "(SELECT matter_id FROM counter_matter WHERE counter_id = :counter AND head_start_minutes = :minutes)"
)

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
_HEAD = "UPDATE audit_head SET sequence = :sequence, at = :latest"
_CHANGE = "INSERT INTO change_row (topic, key, origin, at, hall_id)"

# The alternatives travel as one JSON list. The counter is locked before a ticket, as by every deed. Taken is the first
# ticket that still waits and that nobody is just taking, and only if the counter is still open for this clerk and the
# audit chain is where it was; else nothing is written. (state || '' keeps the planner from reading all who wait.)
_TAKE_FIRST_FREE = f"""
WITH offer AS (
    SELECT * FROM json_to_recordset(CAST(:offers AS json)) AS offer(nth bigint, ticket_id bigint, reason text,
        terms text, streak bigint, subject text, detail text, hash text)),
here AS (
    SELECT id FROM counter WHERE id = :counter AND state = 'open' AND account_id = :account FOR UPDATE),
free AS (
    SELECT offer.*, ticket.code, ticket.matter_id FROM here CROSS JOIN ticket JOIN offer ON ticket.id = offer.ticket_id
    WHERE ticket.id = ANY (ARRAY(SELECT ticket_id FROM offer)) AND ticket.state || '' = 'waiting'
    ORDER BY nth LIMIT 1 FOR UPDATE OF ticket SKIP LOCKED),
head AS (
    {_HEAD}, hash = free.hash FROM free
    WHERE station_id = :station AND sequence = :sequence - 1 RETURNING free.*),
taken AS ({{taken}} FROM head WHERE ticket.id = head.ticket_id RETURNING head.*),
event AS ({_EVENT}
    SELECT :hall, ticket_id, :now, :kind, :counter, :account, reason, matter_id, terms FROM taken),{{announced}}
audited AS ({_AUDIT}
    SELECT :hall, :station, :sequence, :now, :work, :account, :actor, :action, subject, detail, :previous, hash
    FROM taken),
streak AS (UPDATE counter SET favoured_calls = taken.streak FROM taken
    WHERE counter.id = :counter AND favoured_calls <> taken.streak),
told AS ({_CHANGE} SELECT 'queue', code, :origin, :now, :hall FROM taken)
SELECT nth FROM taken"""
_ANNOUNCED = f"announced AS ({_ANNOUNCEMENT} SELECT :hall, ticket_id, code, :number, 'pending', :now FROM taken),"
_CALL_FIRST_FREE = _TAKE_FIRST_FREE.format(taken=_CALLED, announced=_ANNOUNCED)
_CHOOSE_FIRST_FREE = _TAKE_FIRST_FREE.format(taken=_CHOSEN, announced="")

# SQLite has one writer: what it has read is still so.
_WRITE_ONE = (
    f"{_EVENT} VALUES (:hall, :ticket, :now, :kind, :counter, :account, :reason, :matter, :terms)",
    f"{_AUDIT} VALUES (:hall, :station, :sequence, :now, :work, :account, :actor, :action, :subject, :detail, "
    ":previous, :hash)",
    f"{_HEAD}, hash = :hash WHERE station_id = :station",
    "UPDATE counter SET favoured_calls = :streak WHERE id = :counter AND favoured_calls <> :streak",
    f"{_CHANGE} VALUES ('queue', :code, :origin, :now, :hall)",
)
_CALL_ONE = (
    f"{_CALLED} WHERE id = :ticket",
    f"{_ANNOUNCEMENT} VALUES (:hall, :ticket, :code, :number, 'pending', :now)",
    *_WRITE_ONE,
)
_CHOOSE_ONE = (f"{_CHOSEN} WHERE id = :ticket", *_WRITE_ONE)


@dataclass(frozen=True, slots=True)
class CallGround:
    """A counter and what waits for it: enough of the queue for the rule to choose as if it saw all of it.

    `since` is when it came into its state; `occupied`: a ticket is open there; `head_starts`: matter → how much
    earlier it ranks here; `head` is the end of the station's audit chain, `latest` the chain's latest instant.
    """

    counter_id: int
    number: int
    state: str
    since: datetime | None
    account_id: int | None
    favoured_calls: int
    occupied: bool
    head_starts: Mapping[int, timedelta]
    head: tuple[int, str]
    latest: datetime
    waiting: tuple[WaitingTicket, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice as it would be written."""

    ticket: WaitingTicket
    reason: str
    terms: str
    favoured_calls: int
    entry: Entry


def call_ground(quick: SqliteQuick | PostgresqlQuick, number: int, *, today: date, most: int) -> CallGround | None:
    """The counter, its open ticket, and of each kind the `most` first tickets; None if there is no such counter."""
    named: dict[str, object] = {
        "hall": quick.station.hall_id,
        "station": quick.station.id,
        "number": number,
        "most": most,
    }
    if isinstance(quick, SqliteQuick):
        return _ground_on_sqlite(quick, named | {"today": today.isoformat(), "now": quick.instant(quick.now)})
    rows = quick.rows(_GROUND, named | {"today": today, "now": quick.now})
    if not rows:
        return None
    matters, minutes = cast("list[int]", rows[0][6]), cast("list[int]", rows[0][7])
    waiting = [row[11:] for row in rows if row[11] is not None]
    return _ground(quick, number, rows[0], zip(matters, minutes, strict=True), head=rows[0][8:11], waiting=waiting)


def take(
    quick: SqliteQuick | PostgresqlQuick, ground: CallGround, offers: Sequence[Offer], *, announced: bool
) -> Offer | None:
    """Take the first ticket of these that is free, write all of the call, and commit; None: others were faster.

    A ticket that is not `announced` is only chosen: nobody is called yet.
    """
    sequence, previous = ground.head
    links = quick.links([offer.entry for offer in offers], after=sequence, previous=previous)
    named = quick.common() | {
        "counter": ground.counter_id,
        "number": ground.number,
        "kind": "call" if announced else "choose",
        "previous": previous,
        "latest": ground.latest,
    }
    if isinstance(quick, SqliteQuick):
        link, digest = links[0]
        own = _columns(offers[0]) | {"subject": link.subject, "detail": link.detail, "hash": digest}
        for text in _CALL_ONE if announced else _CHOOSE_ONE:
            quick.rows(text, named | own | {"now": quick.instant(quick.now), "latest": quick.instant(ground.latest)})
        quick.commit()
        return offers[0]
    listed = [
        {
            "nth": nth,
            "ticket_id": offer.ticket.ticket_id,
            "reason": offer.reason,
            "terms": offer.terms,
            "streak": offer.favoured_calls,
            "subject": link.subject,
            "detail": link.detail,
            "hash": digest,
        }
        for nth, (offer, (link, digest)) in enumerate(zip(offers, links, strict=True))
    ]
    named |= {"now": quick.now, "offers": json.dumps(listed)}
    taken = quick.write(_CALL_FIRST_FREE if announced else _CHOOSE_FIRST_FREE, named)
    return offers[cast(int, taken[0][0])] if taken else None


def _ground_on_sqlite(quick: SqliteQuick, named: dict[str, object]) -> CallGround | None:
    found = quick.rows(_LITE_COUNTER, named)
    if not found:
        return None
    named["counter"] = found[0][0]
    served = quick.rows(_LITE_SERVED, named)
    waiting = quick.rows(f"{_LITE_WAITING}{_LITE_ALL if served else ''}{_OVERDUE}{_BY_END}", named)
    for minutes in {row[1] for row in served} or {0}:
        for favoured in ("FALSE", "TRUE"):
            query = f"{_LITE_WAITING}{_LITE_OWN if served else ''} AND favoured = {favoured}{_BY_RANK}"
            waiting += quick.rows(query, named | {"minutes": minutes})
    head = quick.rows(_LITE_HEAD, named)
    pairs = cast("list[tuple[int, int]]", served)
    return _ground(quick, cast(int, named["number"]), found[0], pairs, head=head[0] if head else (), waiting=waiting)


def _ground(
    quick: SqliteQuick | PostgresqlQuick,
    number: int,
    place: Row,
    served: Iterable[tuple[int, int]],
    *,
    head: Row,
    waiting: Sequence[Row],
) -> CallGround:
    if not head or head[0] is None:
        raise ChainHeadMissing(quick.station.name)
    last = read_instant(head[2]) if head[2] is not None else None
    refuse_set_back(quick.now, quick.station.tolerance, own=last, others=None)
    return CallGround(
        counter_id=cast(int, place[0]),
        number=number,
        state=cast(str, place[1]),
        since=read_instant(place[2]) if place[2] else None,
        account_id=cast("int | None", place[3]),
        favoured_calls=cast(int, place[4]),
        occupied=bool(place[5]),
        head_starts={matter_id: timedelta(minutes=minutes) for matter_id, minutes in served},
        head=(cast(int, head[0]), cast(str, head[1])),
        latest=quick.now if last is None else max(last, quick.now),
        waiting=tuple({cast(int, row[0]): _ticket(row) for row in waiting}.values()),
    )


def _columns(offer: Offer) -> dict[str, object]:
    return {
        "ticket": offer.ticket.ticket_id,
        "code": offer.ticket.code,
        "matter": offer.ticket.matter_id,
        "reason": offer.reason,
        "terms": offer.terms,
        "streak": offer.favoured_calls,
    }


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
