"""The guide's desk in the demo's day: numbers for who got none at the kiosk, slips that did not come out, skipped."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from random import Random

from hall.demo.day_clock import CLOSES, MINUTE, OPENS, PAPER_BACK, PAPER_OUT, DayClock
from hall.demo.day_crew import Line, Lived
from hall.demo.day_house import GUIDE, DayGround, signed_in
from hall.demo.day_paper import numbers_on_paper
from hall.demo.day_people import Visitor
from hall.errors import Missing, Refused, Stale
from hall.rules.people import Actor
from hall.services.calling_front import CallingFront
from hall.services.queue_policy import queue_policy
from hall.services.slip_front import SlipFront
from hall.services.taking_front import TakingFront
from hall.store import Store

STATION = "导办台"
ROUND = 10 * MINUTE
COMES_BACK_AFTER = 9 * MINUTE
# Of those who were skipped: who comes back, who says that he leaves; of those without a slip: who has left.
COMES_BACK, LEAVES, GONE_WITHOUT_SLIP = 0.55, 0.15, 0.3


def live_at_desk(ground: DayGround, visitors: tuple[Visitor, ...], kiosk: Connection, line: Line) -> Lived:
    """Serve whoever comes to the desk, and look around every ten minutes."""
    clock = line.ready()
    store = ground.house(clock).open_store(STATION)
    desk = _Desk(store, clock, ground)
    rounds = [OPENS + turn * ROUND for turn in range(1, int((CLOSES - OPENS) / ROUND))]
    deeds: list[tuple[datetime, Callable[[], None]]] = [
        *((visitor.comes_at, partial(desk.take, visitor)) for visitor in visitors),
        *((when, desk.look_around) for when in rounds),
    ]
    for when, deed in sorted(deeds, key=lambda each: each[0]):
        while kiosk.poll(clock.seconds_until(when)):
            desk.take(kiosk.recv())
        deed()
    store.close()
    return desk.lived


class _Desk:
    """The guide."""

    def __init__(self, store: Store, clock: DayClock, ground: DayGround) -> None:
        self.lived = Lived()
        self._clock = clock
        actor: Actor = signed_in(store, GUIDE)
        policy = queue_policy(ground.home)
        self._taking = TakingFront(store, actor, policy, slip=False)
        self._slips = SlipFront(store, actor, policy, slip=False)
        self._calling = CallingFront(store, actor, policy)
        self._seed = ground.plan.seed
        self._paper = ground.slips
        self._seen: set[int] = set()
        self._looked_for: set[int] = set()

    def take(self, visitor: Visitor) -> None:
        """A number without a slip: it is written on a card."""
        try:
            if visitor.reference:
                self._taking.check_in_reference(visitor.reference)
            elif visitor.booked and visitor.card:
                self._taking.check_in(visitor.card)
            else:
                self._taking.issue(
                    visitor.matter,
                    channel="staff",
                    priority=visitor.priority,
                    card=visitor.card,
                    further=visitor.further,
                )
        except (Refused, Missing) as refusal:
            self.lived.met(refusal)
        else:
            self.lived.did("check_in" if visitor.booked or visitor.reference else "issue")

    def look_around(self) -> None:
        """Slips that did not come out, then people who were skipped."""
        self._look_after_slips()
        for ticket in self._calling.skipped():
            if ticket.skipped_at + COMES_BACK_AFTER > self._clock.now() or ticket.ticket_id in self._seen:
                continue
            self._seen.add(ticket.ticket_id)  # each comes back once, or never
            fate = Random(f"{self._seed}/{ticket.code}").random()
            if fate < COMES_BACK:
                self._try("requeue", partial(self._calling.requeue, ticket.ticket_id))
            elif fate < COMES_BACK + LEAVES:
                self._try("cancel", partial(self._calling.cancel, ticket.ticket_id, "当事人改日再来"))

    def _look_after_slips(self) -> None:
        """What lies at the printer is confirmed; some people have left; the others get their slip once more."""
        out = PAPER_OUT <= self._clock.now() < PAPER_BACK + MINUTE
        missing = [ticket for ticket in self._slips.unprinted() if not ticket.printing or out]
        lying = numbers_on_paper(self._paper) if missing else ()
        for ticket in missing:
            key, left = ticket.ticket_id, Random(f"{self._seed}/{ticket.code}").random() < GONE_WITHOUT_SLIP
            if ticket.code in lying:
                self._try("confirm", partial(self._slips.confirm, key))
            elif ticket.maybe_out and key not in self._looked_for:
                self._looked_for.add(key)  # it may be in the printer still
            elif left:
                self._try("void", partial(self._slips.void, key, "当事人已离开"))
            elif not out:
                self._try("reprint", partial(self._slips.reprint, key, "打印机缺纸"))

    def _try(self, deed: str, do: Callable[[], object]) -> None:
        try:
            do()
        except (Refused, Stale, Missing) as refusal:
            self.lived.met(refusal)
        else:
            self.lived.did(deed)
