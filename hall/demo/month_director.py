"""Plays the lives of the demo's month in the order of time under one clock, and each evening what time alone causes."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from hall.clock import HALL_ZONE, business_date, hall_time
from hall.demo.month_house import MonthHouse
from hall.demo.month_life import Course, Life, Wait
from hall.demo.month_plan import CLOSES, OPENS, Fate
from hall.errors import HallError
from hall.rules.people import Actor
from hall.services import supervision, supervision_reading
from hall.services.supervision_rules import supervision_policy
from hall.services.timekeeping import keep_time

_EVENING = time(18, 0)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
# Every so many-th subject of a card pleads instead of replying.
_PLEADS = 4


@dataclass(slots=True)
class MonthDirector:
    """`refused` counts what services refused, by the refusal; `acts` how many steps were played."""

    house: MonthHouse
    chance: Random
    acts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    _queue: list[tuple[datetime, int, Course]] = field(default_factory=list)
    _last_event: int | None = None

    def enter(self, fates: tuple[Fate, ...]) -> None:
        """Everybody who will come."""
        for fate in fates:
            heapq.heappush(self._queue, (fate.arrives, fate.number, Life(self.house, fate).course()))

    def play_until(self, day: date, *, told: Callable[[date], None] = lambda _: None) -> None:
        """Each day up to and including this one; `told` is called in the evening of each workday."""
        today = hall_time(self.house.clock.now()).date()
        while today <= day:
            evening = datetime.combine(today, _EVENING, HALL_ZONE)
            while self._queue and self._queue[0][0] < evening:
                self._step()
            self._pass_to(evening)
            if self.house.calendar.is_workday(today):
                self._judge_cards()
                self._last_event = keep_time(
                    self.house.store, home=self.house.home, last_event=self._last_event
                ).last_event
                told(today)
            today += _DAY

    def _step(self) -> None:
        at, number, course = heapq.heappop(self._queue)
        self._pass_to(at)
        self.acts += 1
        try:
            wait = next(course)
        except StopIteration:
            return
        except HallError as refusal:
            self.refused[f"{type(refusal).__name__}：{refusal}"] += 1
            return
        heapq.heappush(self._queue, (self._later(wait), number, course))

    def _pass_to(self, instant: datetime) -> None:
        """The clock never goes back: what comes at the same moment comes a second later."""
        self.house.clock.instant = max(instant, self.house.clock.instant + _SECOND)

    def _later(self, wait: Wait) -> datetime:
        now = hall_time(self.house.clock.now())
        if wait.days:
            day = self.house.calendar.add_workdays(now.date(), wait.days)
            return self._morning(day)
        after = now + timedelta(minutes=wait.minutes)
        return after if after.time() < CLOSES else self._morning(self.house.calendar.add_workdays(now.date(), 1))

    def _morning(self, day: date) -> datetime:
        return datetime.combine(day, OPENS, HALL_ZONE) + timedelta(seconds=self.chance.randrange(6 * 3600))

    def _judge_cards(self) -> None:
        """Subjects answer the day after, the manager hears pleas and settles what was answered."""
        store, manager = self.house.store, self.house.people("manager")[0]
        policy, today = supervision_policy(self.house.home), business_date(self.house.clock.now())
        for order in supervision_reading.orders(store, manager, most=10_000):
            self._pass_to(self.house.clock.now())
            if order.state == "issued" and business_date(order.issued_at) < today and order.order_id % 7:
                self._answer(order.order_id, self._subject(order.subjects[0].account_id))
            elif order.state == "pleaded":
                finding = "rejected" if order.order_id % (2 * _PLEADS) else "upheld"
                supervision.find_plea(
                    store,
                    manager,
                    order_id=order.order_id,
                    finding=finding,  # type: ignore[arg-type]  # one of both
                    reason="核对了办理记录",
                    policy=policy,
                )
            elif order.state == "replied":
                supervision.settle(store, manager, order_id=order.order_id)

    def _answer(self, order_id: int, subject: Actor) -> None:
        if order_id % _PLEADS == 0:
            supervision.plead(self.house.store, subject, order_id=order_id, text="当日系统停机，非本人原因")
        else:
            supervision.reply(self.house.store, subject, order_id=order_id, text="已抓紧办理")

    def _subject(self, account_id: int) -> Actor:
        return next(actor for actor in self.house.actors.values() if actor.account_id == account_id)
