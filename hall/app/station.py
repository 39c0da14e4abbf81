"""One running station: its store, its threads, its devices and the fronts it gives to screens."""

import logging
import threading
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from hall.clock import Clock
from hall.devices.loudspeaker import Loudspeaker, system_loudspeaker
from hall.devices.voice import ClipVoice, Voice, load_clips
from hall.errors import HallError
from hall.resources import resource
from hall.rules.authority import station_actor
from hall.rules.people import Actor
from hall.rules.quiet_hours import parse_quiet_hours
from hall.services import receipt_keys, spool
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.settings import FontSettings, Settings
from hall.store import Store
from hall.store.changes import CONNECTED, EVERYTHING, ChangeWatcher
from hall.words import COUNTER_DISPLAY_STATES, EVALUATOR_STATES, READER_STATES, SCANNER_STATES
from hall.workers.announcer import Announcer
from hall.workers.card_reader import CardFeed
from hall.workers.counter_display import CounterDisplayFeed
from hall.workers.day_end import watch_days
from hall.workers.device_roles import ROLES
from hall.workers.evaluator import EvaluatorFeed
from hall.workers.lamps import LampFeed
from hall.workers.line_log import LineLog
from hall.workers.scanner import ScannerFeed
from hall.workers.spooler import Spooler
from hall.workers.tasks import ThreadedTasks
from hall.workers.threads import Loop, Threads, Turn
from hall.workers.timekeeper import TimeKeeper
from hall.workers.watcher import ChangeFeed

if TYPE_CHECKING:
    from hall.workers.device_desk import DeviceDesk

log = logging.getLogger(__name__)

VOICE_SECONDS = 10.0
"""A station that cannot speak looks again so often whether it can."""

# Device state → light; every other state of the reader is a fault that somebody must look at.
_READER_LIGHTS = {
    "absent": "absent",
    "ready": "ok",
    "place": "ok",
    "reading": "ok",
    "done": "ok",
    "again": "trouble",
    "unsupported": "trouble",
}
_SCANNER_LIGHTS = {"absent": "absent", "ready": "ok", "garbled": "trouble"}
_COUNTER_LIGHTS = {"absent": "absent", "ready": "ok", "silent": "trouble"}

# What a device is for here → the name on its light; the keys of `Station.turns`.
DEVICES = {role.device: role.name for role in ROLES if role.code == role.device}


def _kept(changed: bool) -> None:
    if changed:
        log.info("public keys of receipts kept")


def _not_kept(failure: HallError) -> None:
    log.warning("public keys of receipts not kept: %s", type(failure).__name__)


class Station:
    """One running station: its store, its threads, its devices. Made, used and stopped in the GUI thread."""

    def __init__(self, settings: Settings, store: Store, *, loudspeaker: Loudspeaker | None = None) -> None:
        """`loudspeaker` overrides the system's; the demo gives one that keeps files."""
        self.settings = settings
        self.store = store
        self.tasks = ThreadedTasks()
        self.changes = ChangeFeed()
        self.cards = CardFeed()
        self.scans = ScannerFeed()
        self.evaluator = EvaluatorFeed()
        self.counter_display = CounterDisplayFeed()
        self.lamps = LampFeed()
        self.line_log = LineLog(store.clock)
        self.turns: dict[str, Turn] = {}
        """Who has each device that was ever in use: its loop, or whoever takes the turn."""
        self._desk: DeviceDesk | None = None
        self._threads = Threads()
        self._wakers: dict[str, list[threading.Event]] = {
            topic: [] for topic in ("spool", "paper", "queue", "case", "calendar")
        }
        self._wakes: dict[str, threading.Event] = {}
        self._spoolers: dict[str, tuple[object, Spooler]] = {}
        self._loudspeaker = loudspeaker
        self._policy = queue_policy(settings.home)
        _use_fonts(settings.fonts)

    @property
    def clock(self) -> Clock:
        """The store's clock."""
        return self.store.clock

    def front(self, actor: Actor) -> Front:
        """What this person can do here."""
        slip = bool(self.settings.slip_printer.port)
        sheets = not slip and bool(self.settings.page_printer.queue)
        return Front(self.store, actor, self.settings.home, self._policy, slip, sheets)

    def station_front(self, role: str) -> Front:
        """What the station can do by itself as a kiosk or a display."""
        return self.front(station_actor(role, name=self.settings.station.name, hall_id=self.store.hall_id))

    @property
    def desk(self) -> "DeviceDesk":
        """The devices for the page that sets them up."""
        if self._desk is None:
            from hall.workers.device_desk import DeviceDesk  # few stations ever show it

            self._desk = DeviceDesk(
                settings=lambda: self.settings,
                turns=self.turns,
                adopt=self.adopt,
                voice=self._voice,
                lamps=self.lamps,
                log=self.line_log,
                clock=self.clock,
            )
        return self._desk

    def start(self) -> None:
        """Start every loop this station has devices for."""
        self.changes.state.connect(self._database_state)
        self.changes.changed.connect(self._wake_loops)
        self.store.own_changes = self._wake_printers
        self.changes.changed.connect(self._keep_public_keys)
        self._threads.start("changes", self._watch_changes)
        self._threads.start("day-end", partial(watch_days, self.store))
        self._start_timekeeper()
        self.cards.state.connect(self._reader_state)
        self.scans.state.connect(self._scanner_state)
        self.evaluator.state.connect(self._evaluator_state)
        self.counter_display.state.connect(self._counter_display_state)
        interrupted = spool.mark_interrupted(self.store, queues=_queues(self.settings))
        if interrupted:
            log.warning("%d print jobs were interrupted", len(interrupted))
        for device in DEVICES:
            self._begin(device)

    def adopt(self, settings: Settings) -> None:
        """Go on with other devices at once; waits for those in use, so not for the GUI thread."""
        changed = [name for name in DEVICES if _own(settings, name) != _own(self.settings, name)]
        with ExitStack() as turns:
            for name in changed:
                if name in self.turns:
                    turns.enter_context(self.turns[name].taken())
            self.settings = settings
        for name in changed:
            self._begin(name)
            if not _in_use(settings, name):
                self.lamps.heard(DEVICES[name], "absent", "未接")

    def stop(self) -> None:
        """End the loops, finish waiting writes, close the store."""
        self.changes.close()
        self.cards.close()
        self.scans.close()
        self.evaluator.close()
        self.counter_display.close()
        self.lamps.close()
        if self._desk is not None:
            self._desk.close()
        self._threads.stop()
        self.tasks.stop()
        self.store.close()

    def _wake_loops(self, changes: frozenset[tuple[str, str]]) -> None:
        """Let the loops that wait for what was written look at once."""
        topics = {topic for topic, _ in changes}
        for topic, wakers in self._wakers.items():
            if topic in topics or EVERYTHING.topic in topics:
                for event in wakers:
                    event.set()

    def _wake_printers(self, topics: frozenset[str]) -> None:
        """What this station prints itself it need not hear from the change log: nobody waits for a slip."""
        if "spool" in topics:
            for event in self._wakers["spool"]:
                event.set()

    def _begin(self, device: str) -> None:
        """Start the loop of a device that is in use."""
        if device in self.turns or not _in_use(self.settings, device):
            return
        loops: dict[str, Loop] = {
            "reader": self._watch_cards,
            "scanner": self._watch_scans,
            "evaluator": self._watch_evaluator,
            "counter_display": self._watch_counter_display,
            "slip": partial(self._print, "slip"),
            "page": partial(self._print, "page"),
            "loudspeaker": self._announce,
        }
        self.turns[device] = Turn(partial(self._use, device, loops[device]), self._waker(device))
        self._threads.start_turn(device, self.turns[device])

    def _keep_public_keys(self, changes: frozenset[tuple[str, str]]) -> None:
        """Receipts are checked here while the database is away; each (re)connection tells EVERYTHING first."""
        if {topic for topic, _ in changes} & {receipt_keys.TOPIC, EVERYTHING.topic}:
            keep = partial(receipt_keys.keep, self.store, self.settings.home)
            self.tasks.read(keep, _kept, on_failed=_not_kept, owner=self.changes)

    def _watch_changes(self, stop: threading.Event) -> None:
        self.changes.listen(ChangeWatcher(self.store.engine, hall_id=self.store.hall_id), stop)

    def _watch_cards(self, stop: threading.Event) -> None:
        from hall.devices.idcard import watch  # with the devices, after the window; so do the printers
        from hall.devices.listening import ReaderListener

        own, tap = self.settings.reader, self.line_log.tap("reader", ReaderListener())
        self.cards.listen(partial(watch, own.port, own.baud, tap=tap), stop)

    def _watch_scans(self, stop: threading.Event) -> None:
        from hall.devices.listening import ScannerListener
        from hall.devices.scanner import watch

        own, tap = self.settings.scanner, self.line_log.tap("scanner", ScannerListener())
        self.scans.listen(partial(watch, own.port, own.baud, tap=tap), stop)

    def _watch_evaluator(self, stop: threading.Event) -> None:
        from hall.devices.evaluator import watch
        from hall.devices.listening import CounterListener

        own, tap = self.settings.evaluator, self.line_log.tap("evaluator", CounterListener())
        self.evaluator.listen(partial(watch, own.port, own.baud, tap=tap), stop)

    def _watch_counter_display(self, stop: threading.Event) -> None:
        from hall.devices.counter_display import watch
        from hall.devices.listening import CounterListener

        own, tap = self.settings.counter_display, self.line_log.tap("counter_display", CounterListener())
        self.counter_display.listen(partial(watch, own.port, own.baud, tap=tap), stop)

    def _database_state(self, words: str) -> None:
        self.lamps.heard("数据库", "ok" if words == CONNECTED else "away", words)

    def _reader_state(self, state: str) -> None:
        self.lamps.heard("读卡器", _READER_LIGHTS.get(state, "trouble"), READER_STATES[state])

    def _scanner_state(self, state: str) -> None:
        self.lamps.heard(DEVICES["scanner"], _SCANNER_LIGHTS[state], SCANNER_STATES[state])

    def _evaluator_state(self, state: str) -> None:
        self.lamps.heard("评价器", _COUNTER_LIGHTS[state], EVALUATOR_STATES[state])

    def _counter_display_state(self, state: str) -> None:
        words = COUNTER_DISPLAY_STATES[state]
        self.lamps.heard(DEVICES["counter_display"], _COUNTER_LIGHTS[state], words)

    def _start_timekeeper(self) -> None:
        keeper = TimeKeeper(self.store, self.settings.home)
        for topic in ("case", "calendar"):
            self._wakers[topic].append(keeper.wake)
        self._threads.start("timekeeper", keeper.run, wake=keeper.wake)

    def _use(self, device: str, loop: Loop, stop: threading.Event) -> None:
        """The loop of a device, or nothing while it is not in use any more."""
        if _in_use(self.settings, device):
            loop(stop)
        else:
            stop.wait()

    def _waker(self, device: str) -> threading.Event:
        """What the loop of a device sleeps on: set with news of what it waits for."""
        topics = {"slip": ("spool", "paper"), "page": ("spool", "paper"), "loudspeaker": ("queue",)}
        waker = self._wakes.setdefault(device, threading.Event())
        for topic in topics.get(device, ()):
            self._wakers[topic].append(waker)
        return waker

    def _print(self, printer: spool.Printer, stop: threading.Event) -> None:
        """The loop goes on where it was: what it still has to settle, and which printer failed, outlive a trial."""
        own = _own(self.settings, printer)
        if printer not in self._spoolers or self._spoolers[printer][0] != own:
            self._spoolers[printer] = own, self._spooler(printer)
        self._spoolers[printer][1].run(stop)

    def _spooler(self, printer: spool.Printer) -> Spooler:
        from hall.printing.listening import SlipListener
        from hall.workers.printers import page_ways
        from hall.workers.slip_printers import slip_paper, slip_ways
        from hall.workers.station_queue import StationQueue

        if printer == "slip":
            tap = self.line_log.tap("slip", SlipListener())
            ways, paper = slip_ways(self.store, self.settings.slip_printer, tap=tap), slip_paper(self.store)
        else:
            ways, paper = page_ways(self.store, self.settings), str  # nobody counts its paper

        def heard(sentence: str) -> None:
            self.lamps.heard(DEVICES[printer], "trouble" if sentence else "ok", sentence or "正常")

        heard("")  # before its first word, which may be about paper
        queue = StationQueue(self.store, printer)
        return Spooler(queue, ways, paper=paper, on_state=heard, wake=self._wakes[printer])

    def _voice(self) -> Voice:
        """Recorded clips; the system's voice where the station asks for it and there is one."""
        loudspeaker, clips = self._loudspeaker or system_loudspeaker(), load_clips(resource("voice"))
        if self.settings.station.speech:
            from hall.workers.speech import system_voice

            if (voice := system_voice(loudspeaker, clips)) is not None:
                return voice
            log.warning("no Mandarin voice on this system, the recorded clips are used")
        return ClipVoice(loudspeaker, clips)

    def _announce(self, stop: threading.Event) -> None:
        def heard(fault: str) -> None:
            self.lamps.heard(DEVICES["loudspeaker"], "trouble" if fault else "ok", fault or "正常")

        while not stop.is_set():
            try:
                voice, hours = self._voice(), parse_quiet_hours(self.settings.station.quiet_hours)
            except HallError as error:
                heard(str(error))
                stop.wait(VOICE_SECONDS)  # a player may be installed, or its folder mended
                continue
            heard("")
            wake = self._wakes["loudspeaker"]
            Announcer(self.store, voice, on_state=heard, quiet_hours=hours, wake=wake).run(stop)


def _use_fonts(own: FontSettings) -> None:
    """Documents are drawn with the hall's own font files; what is wrong with one stands in the log."""
    if own == FontSettings():
        return
    from hall.printing.fonts import FontSet  # takes a third of a start; few halls have fonts of their own

    for trouble in FontSet.shipped().prefer(own):
        log.warning(trouble)


def _own(settings: Settings, device: str) -> object:
    """What the settings say of a device."""
    if device == "loudspeaker":
        return settings.station.loudspeaker, settings.station.speech, settings.station.quiet_hours
    return {
        "reader": settings.reader,
        "scanner": settings.scanner,
        "slip": settings.slip_printer,
        "page": settings.page_printer,
        "evaluator": settings.evaluator,
        "counter_display": settings.counter_display,
    }[device]


def _queues(settings: Settings) -> tuple[spool.Printer, ...]:
    """Which printers of the station stand behind print queues."""
    slip = settings.slip_printer.port.startswith("queue:")
    return (*(("slip",) if slip else ()), *(("page",) if settings.page_printer.queue else ()))


def _in_use(settings: Settings, device: str) -> bool:
    """Whether the station has the device; a page printer that is not there is a folder."""
    return {
        "reader": bool(settings.reader.port),
        "scanner": bool(settings.scanner.port),
        "slip": bool(settings.slip_printer.port),
        "page": True,
        "evaluator": bool(settings.evaluator.port),
        "counter_display": bool(settings.counter_display.port),
        "loudspeaker": settings.station.loudspeaker,
    }[device]
