"""A simulated day of a hall: people come in peaks, services differ, some do not appear, clerks pause."""

import heapq
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from hall.clock import HALL_ZONE
from hall.rules.queue_order import CallingCounter, WaitingTicket, next_ticket
from hall.rules.queue_policy import APPOINTMENT, ORDINARY, QueuePolicy
from hall.rules.waiting_time import (
    Queue,
    Served,
    ServingCounter,
    expected_waits,
    lengths_at_counter,
    service_times,
)

MINUTE = timedelta(minutes=1)
OPENS = datetime(2026, 11, 23, 8, 30, tzinfo=HALL_ZONE)
MINUTES_OPEN = 8 * 60
# Departments with their matters: median minutes of a service.
DEPARTMENTS = ((4.0, 12.0), (6.0, 20.0), (3.0, 9.0), (8.0, 15.0))
SPREAD = 0.55  # of the logarithm of a service's length
GAP = (0.2, 0.8)  # minutes a clerk takes between two tickets
ABSENT = 0.06  # part of tickets whose person does not come, and the minutes the counter waits for them
ABSENT_MINUTES = (1.0, 2.5)
PRIORITIES = {ORDINARY: 0.78, "elder": 0.1, "soldier": 0.02, APPOINTMENT: 0.1}
MEAN_LOAD = 0.85
PAUSE_MINUTES = (20.0, 40.0)


@dataclass(slots=True)
class Place:
    """A counter: the departments it serves with their head starts (none: every matter), and what it is at."""

    number: int
    departments: dict[int, int]
    favoured_calls: int = 0
    ticket: WaitingTicket | None = None
    called_at: datetime = OPENS
    ended_at: datetime = OPENS
    paused: bool = False

    def serves(self, matter: int) -> bool:
        return not self.departments or matter // 2 in self.departments

    def serving(self, policy: QueuePolicy, now: datetime) -> ServingCounter:
        """What the estimate may know of it: not how long the service will be."""
        present = self.present(now)
        head_starts = {2 * each + part: gain * MINUTE for each, gain in self.departments.items() for part in (0, 1)}
        return ServingCounter(
            self.number,
            frozenset(head_starts) or None,
            CallingCounter(head_starts, self.favoured_calls, policy.calling.favoured_in_a_row),
            present.matter_id if present else None,
            self.called_at if present else None,
        )

    def present(self, now: datetime) -> WaitingTicket | None:
        """The ticket that is served now: between two tickets there is none."""
        return self.ticket if self.ended_at > now else None


@dataclass(frozen=True, slots=True)
class Guess:
    """What one ticket was told and what came: minutes."""

    low: int
    high: int
    formula: float
    wait: float

    @property
    def middle(self) -> float:
        """The middle of the span."""
        return (self.low + self.high) / 2

    @property
    def outside(self) -> float:
        """How far the wait was from the span; 0 inside."""
        return max(self.low - self.wait, self.wait - self.high, 0.0)

    @property
    def formula_outside(self) -> float:
        """The same for the formula, had it been told as a span of the same width."""
        return max(abs(self.formula - self.wait) - (self.high - self.low) / 2, 0.0)


def layout(counters: int, kind: str) -> list[Place]:
    """Counters by department; all for everything; or mixed: for everything, for a department, mainly for one."""
    everything = dict.fromkeys(range(len(DEPARTMENTS)), 0)
    places = []
    for number in range(counters):
        own = [each for each in everything if each % counters == number % len(DEPARTMENTS) % counters]
        if kind == "shared" or (kind == "mixed" and number % 3 == 0):
            departments = {}
        elif kind == "mixed" and number % 3 == 1:
            departments = everything | dict.fromkeys(own, 10)
        else:
            departments = dict.fromkeys(own, 0)
        places.append(Place(number + 1, departments))
    return places


class HallDay:
    """One day, event by event: (instant, turn, counter that becomes free or None for an arrival)."""

    def __init__(self, places: list[Place], chance: Random, policy: QueuePolicy) -> None:
        self._places = places
        self._chance = chance
        self._policy = policy
        self._waiting: list[WaitingTicket] = []
        self._taken_at: list[tuple[datetime, WaitingTicket]] = []
        self._served: list[Served] = []
        self._told: dict[int, tuple[tuple[int, int], float, datetime]] = {}
        self._guesses: list[Guess] = []
        self._events: list[tuple[datetime, int, Place | None]] = []
        self._turn = 0
        self._demand = self._visited()
        self._pauses = {place.number: OPENS + (180 + 35 * (place.number % 3)) * MINUTE for place in places}

    def play(self) -> list[Guess]:
        """The estimates of all tickets, in the order of their calls."""
        for place in self._places:
            self._at(OPENS, place)
        for minute in self._arrivals():
            self._at(OPENS + minute * MINUTE, None)
        while self._events:
            now, _, free = heapq.heappop(self._events)
            if free is None:
                self._arrive(now)
            else:
                self._free(free, now)
        return self._guesses

    def _at(self, when: datetime, place: Place | None) -> None:
        self._turn += 1
        heapq.heappush(self._events, (when, self._turn, place))

    def _arrivals(self) -> list[float]:
        """Peaks in the morning and in the afternoon, few at noon; thinned from a steady stream."""
        most = 2.2
        rate = MEAN_LOAD * len(self._places) / self._mean_minutes() * most
        minute, found = 0.0, []
        while (minute := minute + self._chance.expovariate(rate)) < MINUTES_OPEN - 30:
            if self._chance.random() * most < _peaks(minute):
                found.append(minute)
        return found

    def _visited(self) -> list[float]:
        """Shares of the departments among those who come: as they are staffed, more or less."""
        shares = []
        for department, medians in enumerate(DEPARTMENTS):
            staff = sum(1 / (len(place.departments) or 4) for place in self._places if place.serves(2 * department))
            shares.append(staff * self._chance.uniform(0.75, 1.2) / _mean(medians))
        return shares

    def _mean_minutes(self) -> float:
        means = [_mean(medians) for medians in DEPARTMENTS]
        return sum(share * mean for share, mean in zip(self._demand, means, strict=True)) / sum(self._demand)

    def _arrive(self, now: datetime) -> None:
        ticket = self._taken(now)
        self._told[ticket.ticket_id] = (self._estimate(ticket, now), self._formula(ticket, now), now)
        self._waiting.append(ticket)
        self._taken_at.append((now, ticket))
        for place in self._places:
            if place.ticket is None and not place.paused and place.serves(ticket.matter_id):
                self._call(place, now)
                break

    def _taken(self, now: datetime) -> WaitingTicket:
        number = len(self._told) + 1
        (priority,) = self._chance.choices(tuple(PRIORITIES), tuple(PRIORITIES.values()))
        waits_from = now + self._chance.uniform(0, 20) * MINUTE if priority == APPOINTMENT else now
        return WaitingTicket(
            ticket_id=number,
            code=f"A{number:03d}",
            matter_id=self._matter(),
            priority=priority,
            favoured=priority != ORDINARY,
            waits_from=waits_from,
            rank_at=self._policy.rank_at(waits_from, priority),
            must_call_by=self._policy.must_call_by(waits_from, ""),
        )

    def _matter(self) -> int:
        (department,) = self._chance.choices(range(len(DEPARTMENTS)), self._demand)
        return 2 * department + self._chance.choices((0, 1), (0.6, 0.4))[0]

    def _free(self, place: Place, now: datetime) -> None:
        """The counter comes back from a ticket or a pause: it pauses when it is time, else it calls."""
        place.ticket, place.paused = None, False
        if now >= self._pauses.get(place.number, now + MINUTE) and self._others_serve(place):
            del self._pauses[place.number]
            place.paused = True
            self._at(now + self._chance.uniform(*PAUSE_MINUTES) * MINUTE, place)
        else:
            self._call(place, now)

    def _others_serve(self, place: Place) -> bool:
        """Nobody leaves a department without a counter."""
        others = [each for each in self._places if each is not place and not each.paused]
        matters = [matter for matter in range(2 * len(DEPARTMENTS)) if place.serves(matter)]
        return all(any(each.serves(matter) for each in others) for matter in matters)

    def _call(self, place: Place, now: datetime) -> None:
        mine = [ticket for ticket in self._waiting if place.serves(ticket.matter_id)]
        if not mine:
            return
        choice = next_ticket(mine, place.serving(self._policy, now).calling, now)
        ticket = choice.ticket
        self._waiting.remove(ticket)
        place.ticket, place.called_at, place.favoured_calls = ticket, now, choice.favoured_calls
        (low, high), formula, taken_at = self._told[ticket.ticket_id]
        self._guesses.append(Guess(low, high, formula, (now - taken_at) / MINUTE))
        ended_at = now + self._service(ticket.matter_id) * MINUTE
        place.ended_at = ended_at
        self._served.append(Served(place.number, ticket.matter_id, ticket.waits_from, now, ended_at))
        self._at(ended_at + self._chance.uniform(*GAP) * MINUTE, place)

    def _service(self, matter: int) -> float:
        if self._chance.random() < ABSENT:
            return self._chance.uniform(*ABSENT_MINUTES)
        return self._chance.lognormvariate(math.log(DEPARTMENTS[matter // 2][matter % 2]), SPREAD)

    def _known(self, now: datetime) -> list[Served]:
        """Only what is over by now: an estimate knows no service that still runs."""
        return [each for each in self._served if each.ended_at <= now]

    def _estimate(self, ticket: WaitingTicket, now: datetime) -> tuple[int, int]:
        policy = self._policy
        serving = [place.serving(policy, now) for place in self._places if not place.paused]
        away = [place.serving(policy, now) for place in self._places if place.paused]
        times = service_times(
            lengths_at_counter(self._known(now)),
            running=[(each.matter_id, now - place.called_at) for place in self._places if (each := place.present(now))],
            mean=policy.service_minutes * MINUTE,
            fewest=policy.fewest_for_mean,
        )
        queue = Queue(self._waiting, serving, times, away=(away,), recent=self._taken_at)
        return expected_waits(queue, [ticket], now)[ticket.ticket_id].minutes

    def _formula(self, ticket: WaitingTicket, now: datetime) -> float:
        """People ahead × mean time ÷ counters, with the day's own mean."""
        known = self._known(now)
        lengths = [(each.ended_at - each.called_at) / MINUTE for each in known]
        enough = len(lengths) >= self._policy.fewest_for_mean
        mean = sum(lengths) / len(lengths) if enough else self._policy.service_minutes
        ahead = sum(each.rank_at <= ticket.rank_at for each in self._waiting)
        return ahead * mean / max(sum(not place.paused for place in self._places), 1)


def _mean(medians: tuple[float, float]) -> float:
    """Mean minutes of a department's services, with the gap after each."""
    few, many = medians
    return (0.6 * few + 0.4 * many) * math.exp(SPREAD**2 / 2) + sum(GAP) / 2


def _peaks(minute: float) -> float:
    """How many come, beside the day's mean."""
    morning = 1.1 * math.exp(-(((minute - 75) / 45) ** 2))
    afternoon = 1.0 * math.exp(-(((minute - 375) / 45) ** 2))
    return (0.35 if 210 <= minute < 300 else 0.75) + morning + afternoon
