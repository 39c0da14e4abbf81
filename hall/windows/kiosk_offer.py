"""What the kiosk offers, read again when it changes: who waits, how long, what is left, or why no number is given."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hall.clock import hall_time
from hall.rules.queue_policy import APPOINTMENT, ORDINARY
from hall.rules.waiting_time import Expected
from hall.services.booked import Booked
from hall.services.catalogue import MatterInForce
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.queue_reading import QueueView
from hall.services.taking_limits import MatterOpening, TakingView
from hall.windows.kit.touch import Tile
from hall.windows.visit import Visit
from hall.words import PRIORITY_KINDS
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

T = TypeVar("T")

REFRESH_MS = 30_000
WIDE_GAP, LINE = "　", "\n"
Choose = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """The catalogue, the queue and what may be taken, as last read; `gap` stands between two facts on a small tile."""

    hall: HallView | None = None
    matters: tuple[MatterInForce, ...] = ()
    queue: QueueView | None = None
    taking: TakingView | None = None
    gap: str = WIDE_GAP

    def name_of(self, code: str) -> str:
        """The matter's name; its code where the catalogue has changed meanwhile."""
        return next((each.matter.name for each in self.matters if each.matter.code == code), code)

    def opening(self, code: str) -> MatterOpening:
        """Whether a number is given for a matter now."""
        return self.taking.of(code) if self.taking else MatterOpening(remaining=None, why_not="")

    def shown_to(self, visit: Visit) -> Expected | None:
        """What the tile of an ordinary visit's matter tells it to expect; None where the ticket may rank otherwise."""
        if self.queue is None or visit.card is not None or visit.priority != ORDINARY:
            return None
        return self.queue.expected.get(visit.matters[0])

    def department_tiles(self, choose: Choose, *, reading: bool) -> list[Tile]:
        """One for each department; off when none of its matters is open, unless guides are read."""
        by_department: dict[str, list[MatterInForce]] = {}
        for each in self.matters:
            by_department.setdefault(each.matter.department, []).append(each)
        return [self._department_tile(name, each, choose, reading=reading) for name, each in by_department.items()]

    def matter_tiles(self, department: str, choose: Choose, *, reading: bool, chosen: Sequence[str] = ()) -> list[Tile]:
        """The matters of a department, of all departments for an empty name."""
        return [
            self._matter_tile(each, choose, reading=reading, chosen=each.matter.code in chosen)
            for each in self.matters
            if department in {"", each.matter.department}
        ]

    def _department_tile(self, name: str, matters: list[MatterInForce], choose: Choose, *, reading: bool) -> Tile:
        codes = [each.matter.code for each in matters]
        shut = [opening.why_not for code in codes if not (opening := self.opening(code)).open]
        off = len(shut) == len(codes) and not reading
        words = shut[0] if off else LINE.join(filter(None, (_example(matters), self._waiting_words(codes, WIDE_GAP))))
        return Tile(name, _letters(matters), name, words, partial(choose, name), off=off)

    def _matter_tile(self, each: MatterInForce, choose: Choose, *, reading: bool, chosen: bool) -> Tile:
        matter = each.matter
        opening = self.opening(matter.code)
        touched = partial(choose, matter.code)
        if reading:
            return Tile(matter.code, matter.prefix, matter.name, "", touched)
        if chosen:
            return Tile(matter.code, matter.prefix, matter.name, "已选", touched, off=True)
        if not opening.open:
            return Tile(matter.code, matter.prefix, matter.name, opening.why_not, touched, off=True)
        left = "" if opening.remaining is None else f"今日还有 {opening.remaining} 个号"
        words = LINE.join(filter(None, (self._waiting_words([matter.code], self.gap), left)))
        return Tile(matter.code, matter.prefix, matter.name, words, touched)

    def _waiting_words(self, codes: Sequence[str], gap: str) -> str:
        """Who waits for these, and how long a number taken now would wait."""
        if self.queue is None:
            return ""
        waiting = sum(self.queue.per_matter.get(code, 0) for code in codes)
        spans = [self.queue.minutes_of(code) for code in codes]
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        return f"等候 {waiting} 人{gap}约 {low}–{high} 分钟"


class OfferReader(QObject):
    """Reads again at every change and every half minute; `changed` carries the Offer, `failed` the HallError."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, front: Front, tasks: Tasks, changes: ChangeFeed, parent: QObject) -> None:
        super().__init__(parent)
        self._front = front
        self._tasks = tasks
        self._offer = Offer()
        timer = QTimer(self)
        timer.setInterval(REFRESH_MS)
        timer.timeout.connect(self.load)
        timer.start()
        changes.changed.connect(self._changed)

    @Slot()
    def load(self) -> None:
        """Read everything."""
        self._read(self._front.hall, lambda hall: replace(self._offer, hall=hall))
        self._load_catalogue()
        self._load_queue()

    def _load_catalogue(self) -> None:
        self._read(self._front.matters, lambda matters: replace(self._offer, matters=matters))

    def _load_queue(self) -> None:
        self._read(self._front.taking.availability, lambda taking: replace(self._offer, taking=taking))
        self._read(self._front.queue, lambda queue: replace(self._offer, queue=queue))

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & {"catalogue", "*"}:
            self._load_catalogue()
        if topics & {"queue", "counter", "catalogue", "*"}:
            self._load_queue()

    def _read(self, read: Callable[[], T], with_answer: Callable[[T], Offer]) -> None:
        def answered(answer: T) -> None:
            self._offer = with_answer(answer)
            self.changed.emit(self._offer)

        self._tasks.read(read, answered, on_failed=self.failed.emit, owner=self)


def kind_tiles(kinds: Iterable[str], choose: Choose) -> list[Tile]:
    """The kinds of priority that a visitor may choose, each in its colour."""
    return [
        Tile(
            kind,
            PRIORITY_KINDS[kind][0],
            f"{PRIORITY_KINDS[kind]}优先",
            "请备好证件，到窗口核验",
            partial(choose, kind),
            kind=kind,
        )
        for kind in kinds
    ]


def booked_tiles(booked: Booked, check_in: Callable[[], None], other: Callable[[], None]) -> list[Tile]:
    """Check in now, or something else."""
    title = f"预约 {hall_time(booked.starts_at):%H:%M}　{booked.matter_name}"
    return [
        Tile("check-in", "约", title, "点这里签到取号", check_in, kind=APPOINTMENT),
        Tile("other", "另", "办别的事", "不签到，选择事项取号", other),
    ]


def _letters(matters: Iterable[MatterInForce]) -> str:
    """The first letters of a department's numbers."""
    return "".join(dict.fromkeys(each.matter.prefix for each in matters))


def _example(matters: Sequence[MatterInForce]) -> str:
    """What a department does, by its shortest matter: few people know it by its own name."""
    name = min((each.matter.name for each in matters), key=len)
    return f"{name}等\u00a0{len(matters)}\u00a0项" if len(matters) > 1 else name
