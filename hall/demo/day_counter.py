"""A counter's day in the demo: a clerk in a process of his own, with every deed that a counter knows, and errands."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from random import Random

from hall.demo.day_clock import CLOSES, MINUTE, DayClock, at
from hall.demo.day_crew import Line, Lived
from hall.demo.day_errands import ERRAND, Errands
from hall.demo.day_house import DayGround, signed_in
from hall.demo.day_people import MATTERS
from hall.errors import Missing, Refused, Stale
from hall.rules.authority import DISPLAY, station_actor
from hall.rules.queue_order import NobodyWaits
from hall.services.calling_front import CallingFront
from hall.services.queue_policy import queue_policy
from hall.services.queue_reading import queue_view
from hall.services.rating_front import RatingFront
from hall.services.ticket_records import Called
from hall.store import Store
from hall.store.failures import StoreBusy

# What a clerk's tickets come to, in turn; each counter begins elsewhere in it.
TURNS = (
    *("plain", "late", "plain", "preview", "hold", "plain", "plain"),
    *("plain", "to_matter", "plain", "given", "plain", "absent", "late"),
    *("plain", "to_counter", "walk_up", "plain", "give_back", "plain", "plain"),
)
# Turns after which the visitor is served elsewhere or later.
SENT_ON = ("hold", "to_matter", "to_counter")
SPREAD, GAP, WALK, RECALLS_AFTER = 0.45, (0.1, 0.4), (0.2, 0.7), 0.5
HELD_FOR, LOOKS_AGAIN = 12 * MINUTE, 1.0
LUNCH_MINUTES, BREAK_MINUTES = 30, 8
EMERGENCY_COUNTER, EMERGENCY_AT = 3, at(15, 10)
# A clerk tells the visitor, and goes on: what was refused, or what the database had no time for.
LIVED_WITH = (Refused, Stale, Missing, StoreBusy)
LAST_CALL = CLOSES - 5 * MINUTE
# Of the visits that are done: how many are rated, and the weights of the levels.
RATED, LEVELS = 0.55, {5: 60, 4: 25, 3: 9, 2: 4, 1: 2}


@dataclass(frozen=True, slots=True)
class Pause:
    """When a clerk leaves the counter for a while, and why."""

    begins: datetime
    minutes: int
    reason: str


def pauses_of(counter: int) -> list[Pause]:
    """Lunch by rota, so that the hall is never without a counter; and one short break."""
    lunch = at(11, 30) + (counter - 1) % 4 * LUNCH_MINUTES * MINUTE
    short = ("临时离开", "整理材料", "请示汇报", "设备故障")[counter % 4]
    rest = at(9, 40) + counter * 11 * MINUTE if counter % 2 else at(15) + counter * 9 * MINUTE
    pauses = [Pause(lunch, LUNCH_MINUTES, "就餐轮换"), Pause(rest, BREAK_MINUTES, short)]
    return sorted(pauses, key=lambda pause: pause.begins)


def live_at_counter(ground: DayGround, number: int, login: str, line: Line) -> Lived:
    """From opening to closing. The clerk of the last counter goes home without ending or closing anything."""
    clock = line.ready()
    store = ground.house(clock).open_store(f"{number}号窗口")
    clerk = _Clerk(store, clock, ground, number=number, login=login)
    clerk.day(forgets=number == ground.plan.counters)
    store.close()
    return clerk.lived


class _Clerk:
    """Calls, serves and does what the turn says. Refusals are lived with, as by a clerk, and counted."""

    def __init__(self, store: Store, clock: DayClock, ground: DayGround, *, number: int, login: str) -> None:
        self.lived = Lived()
        self._store, self._clock, self._number = store, clock, number
        self._policy = queue_policy(ground.home)
        clerk = signed_in(store, login)
        self._front = CallingFront(store, clerk, self._policy)
        self._errands = Errands(store, clerk, ground, number=number)
        evaluator = station_actor(DISPLAY, name=store.station.name, hall_id=store.hall_id)
        self._ratings = RatingFront(store, evaluator, ground.home)
        self._chance = Random(f"{ground.plan.seed}/{login}")
        self._mean = ground.plan.service_minutes
        self._pauses = pauses_of(number)
        self._emergency = number == min(EMERGENCY_COUNTER, ground.plan.counters)

    def day(self, *, forgets: bool) -> None:
        """Turn after turn until closing time."""
        while self._pauses and self._pauses[0].begins < self._clock.now():
            self._pauses.pop(0)  # over before this clerk came
        self._try("open", partial(self._front.open_counter, self._number))
        begin = self._number * len(TURNS) // 3
        for turn in count(begin):
            if not self._next_turn(TURNS[turn % len(TURNS)]):
                break
        if forgets:
            self._forget()
        else:
            self._resume_held(everything=True)
            self._try("close", partial(self._front.close_counter, self._number))

    def _next_turn(self, turn: str) -> bool:
        """Wait for somebody and serve him as the turn says; False at closing time."""
        while self._clock.now() < LAST_CALL:
            self._call_for_help()
            self._rest()
            self._resume_held()
            self._minutes(GAP)
            try:
                self._serve(turn)
            except NobodyWaits:
                self._clock.wait(LOOKS_AGAIN)
            except LIVED_WITH as refusal:
                self.lived.met(refusal)
                return self._left_alone()
            else:
                return True
        return False

    def _left_alone(self) -> bool:
        """After a refusal: whoever still stands at the counter is served first."""
        if called := self._front.present(self._number):
            self._try("finish", partial(self._finish, called))
        return True

    def _serve(self, turn: str) -> None:
        if turn == "walk_up":
            self._did(turn)
            return self._work(self._front.serve_without_ticket(self._number, self._some_matter()), turn)
        called = self._call(turn)
        if turn == "absent":
            return self._skip()
        if turn == "late":
            self._clock.wait(RECALLS_AFTER)
            self._front.recall(self._number)
        self._minutes(WALK)
        self._front.arrive(self._number)
        self._front.start(self._number)
        return self._work(called, turn)

    def _call(self, turn: str) -> Called:
        if turn == "preview":
            self._did("preview")
            self._front.choose_next(self._number)
            self._minutes(GAP)
            return self._front.announce(self._number)
        if turn == "give_back":
            self._front.choose_next(self._number)
            self._front.give_back(self._number, "先核对材料")
            self._did("give_back")
        if turn == "given" and (code := self._somebody_for_me()):
            self._did("given")
            return self._front.call_given(self._number, code, "同行人员一并办理")
        return self._front.call_next(self._number)

    def _skip(self) -> None:
        for _ in range(self._policy.calling.calls_before_skip - 1):
            self._clock.wait(RECALLS_AFTER)
            self._front.recall(self._number)
        self._clock.wait(RECALLS_AFTER)
        self._front.skip(self._number)
        self._did("skip")

    def _work(self, called: Called, turn: str) -> None:
        """The matter itself, and what becomes of the ticket."""
        length = self._mean * math.exp(self._chance.gauss(0, SPREAD) - SPREAD**2 / 2)
        ends = self._clock.now() + length * MINUTE
        self._clock.wait(length / 2)
        self._call_for_help()
        if turn not in SENT_ON and self._clock.now() < CLOSES:
            self._errand(called)
        self._clock.wait_until(ends)
        if turn == "hold":
            self._front.hold(self._number, "回去取营业执照")
            return self._did("hold")
        if turn == "to_matter":
            self._front.transfer(self._number, matter_code=self._some_matter(called.matter_code), note="需另一科办理")
            return self._did("to_matter")
        if turn == "to_counter" and called.sender is None and (other := self._other_counter()):
            self._front.transfer(self._number, to_counter=other, note="请核验后转回", come_back=True)
            return self._did("to_counter")
        return self._finish(called)

    def _errand(self, called: Called) -> None:
        """What the visitor has come for; it takes part of the visit's time."""
        errand = self._errands.next()
        self._try(f"{ERRAND}{errand}", partial(self._errands.do, errand, called))

    def _finish(self, called: Called) -> None:
        """Matter by matter while the ticket stays here; each may be rated."""
        stays: Called | None = called
        while stays is not None:
            sent_here = stays.sender is not None
            stays = self._front.finish(self._number)
            self._did("finish")
            if not sent_here and self._chance.random() < RATED:
                level = self._chance.choices(tuple(LEVELS), tuple(LEVELS.values()))[0]
                self._try("rate", partial(self._rate, called.ticket_id, level))
            if stays is not None:
                ends = self._clock.now() + self._mean / 2 * MINUTE
                self._errand(stays)
                self._clock.wait_until(ends)

    def _rate(self, ticket_id: int, level: int) -> None:
        self._ratings.rate(ticket_id, self._number, level, channel="evaluator")

    def _rest(self) -> None:
        """The next pause, if its time has come."""
        if not self._pauses or self._clock.now() < self._pauses[0].begins:
            return
        pause = self._pauses.pop(0)
        self._front.pause(self._number, pause.reason)
        self._clock.wait(pause.minutes)
        self._front.unpause(self._number)
        self._did("pause")

    def _call_for_help(self) -> None:
        """Once in the afternoon, at one counter."""
        if self._emergency and self._clock.now() >= EMERGENCY_AT:
            self._emergency = False
            self._try("emergency", partial(self._front.emergency, self._number))

    def _resume_held(self, *, everything: bool = False) -> None:
        """Take up who has come back with his paper; at closing time everybody."""
        for ticket in self._front.held(self._number):
            if everything or ticket.since + HELD_FOR <= self._clock.now():
                called = self._front.resume(self._number, ticket.ticket_id)
                self._did("resume")
                self._work(called, "plain")

    def _forget(self) -> None:
        """Serve whoever is there, and go home in the middle of it."""
        try:
            self._front.call_next(self._number)
            self._front.start(self._number)
        except NobodyWaits:
            self._front.serve_without_ticket(self._number, self._some_matter())
        self._did("forget")

    def _somebody_for_me(self) -> str:
        """A number further back that this counter serves."""
        mine = next(each for each in self._front.counters() if each.number == self._number).matters
        waiting = queue_view(self._store, self._front.actor, policy=self._policy).waiting
        codes = [ticket.code for ticket in waiting[1:] if not mine or ticket.matter_code in mine]
        return self._chance.choice(codes) if codes else ""

    def _other_counter(self) -> int | None:
        others = [each.number for each in self._front.counters() if each.state == "open" and not each.matters]
        return self._chance.choice([each for each in others if each != self._number] or [None])

    def _some_matter(self, but: str = "") -> str:
        return self._chance.choice([code for code in MATTERS if code != but])

    def _minutes(self, span: tuple[float, float]) -> None:
        self._clock.wait(self._chance.uniform(*span))

    def _did(self, deed: str) -> None:
        self.lived.did(deed)

    def _try(self, deed: str, do: Callable[[], None]) -> None:
        try:
            do()
        except LIVED_WITH as refusal:
            self.lived.met(refusal)
        else:
            self.lived.did(deed)
