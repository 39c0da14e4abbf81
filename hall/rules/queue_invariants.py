"""What must be true of every day's log, checked afterwards: numbers, counters, transitions and ends of tickets."""

from collections.abc import Iterable, Mapping
from typing import cast

from hall.rules.queue_events import TicketEvent
from hall.rules.tickets import ENDED, OPEN_AT_COUNTER, TicketAction, TicketNotReady, after
from hall.words import TICKET_ACTIONS

# The events a ticket begins with, and its state after them.
_BEGINS = {"issue": "waiting", "reserve": "reserved"}


def breaches(codes: Mapping[int, str], events: Iterable[TicketEvent], *, day_over: bool) -> tuple[str, ...]:
    """A sentence for each breach in the log of one day; none is good.

    No number twice; no ticket open at two counters; no counter with two open tickets; every transition lawful;
    every ticket ends at most once, and once when the day is over. `codes`: ticket → number, of every ticket.
    """
    examined = _Examination(codes)
    for event in sorted(events, key=lambda each: each.event_id):
        examined.take(event)
    if day_over:
        examined.look_for_open()
    return (*_repeated(codes), *examined.found)


def _repeated(codes: Mapping[int, str]) -> list[str]:
    owners: dict[str, list[int]] = {}
    for ticket_id, code in codes.items():
        owners.setdefault(code, []).append(ticket_id)
    return [f"{code} 号发了 {len(tickets)} 次。" for code, tickets in sorted(owners.items()) if len(tickets) > 1]


class _Examination:
    """The log, read once from its beginning."""

    def __init__(self, codes: Mapping[int, str]) -> None:
        self.found: list[str] = []
        self._codes = codes
        self._states: dict[int, str] = {}
        self._at: dict[int, int] = {}  # ticket → counter
        self._holds: dict[int, int] = {}  # counter → ticket

    def take(self, event: TicketEvent) -> None:
        state = self._follows(event)
        if state is None:
            return
        self._states[event.ticket_id] = state
        if state in OPEN_AT_COUNTER and event.counter_id is not None:
            self._sit_down(event.ticket_id, event.counter_id)
        elif state not in OPEN_AT_COUNTER:
            self._leave(event.ticket_id)

    def look_for_open(self) -> None:
        for ticket_id in self._codes:
            if self._states.get(ticket_id) not in ENDED:
                self.found.append(f"{self._code(ticket_id)} 号没有结束。")

    def _follows(self, event: TicketEvent) -> str | None:
        """The state after the event, or None for an event that cannot be."""
        state = self._states.get(event.ticket_id)
        if state is None or event.kind in _BEGINS:
            return self._begins(event, state)
        try:
            return after(cast("TicketAction", event.kind), state, code=self._code(event.ticket_id))
        except TicketNotReady as error:
            self.found.append(str(error))
        except KeyError:
            self.found.append(f"{self._code(event.ticket_id)} 号有不认识的记录“{event.kind}”。")
        return None

    def _begins(self, event: TicketEvent, state: str | None) -> str | None:
        if state is None and event.kind in _BEGINS:
            return _BEGINS[event.kind]
        what = TICKET_ACTIONS.get(event.kind, event.kind)
        words = "取了两次" if state is not None else f"还没有取号就有“{what}”"
        self.found.append(f"{self._code(event.ticket_id)} 号{words}。")
        return None

    def _sit_down(self, ticket_id: int, counter_id: int) -> None:
        before = self._at.get(ticket_id)
        if before is not None and before != counter_id:
            self.found.append(f"{self._code(ticket_id)} 号同时在两个窗口。")
            self._leave(ticket_id)
        holder = self._holds.get(counter_id)
        if holder is not None and holder != ticket_id:
            self.found.append(f"{self._code(holder)} 号和 {self._code(ticket_id)} 号同时在一个窗口。")
        self._at[ticket_id] = counter_id
        self._holds[counter_id] = ticket_id

    def _leave(self, ticket_id: int) -> None:
        counter_id = self._at.pop(ticket_id, None)
        if counter_id is not None and self._holds.get(counter_id) == ticket_id:
            del self._holds[counter_id]

    def _code(self, ticket_id: int) -> str:
        return self._codes.get(ticket_id, str(ticket_id))
