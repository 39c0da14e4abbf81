"""The devices of this station for the page that sets them up: what there is, trials, what the lines say."""

import threading
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from hall.clock import Clock
from hall.devices.line_hints import LineHint, line_hints
from hall.devices.listening import CounterListener, ReaderListener, ScannerListener
from hall.devices.voice import Voice
from hall.errors import HallError, Refused
from hall.printing.listening import SlipListener
from hall.rules.line_log import Listener, Tap
from hall.services.station_settings import value_of
from hall.settings import Settings
from hall.workers import device_trials
from hall.workers.device_roles import ROLES, Role
from hall.workers.device_trials import Trial
from hall.workers.found_ports import FoundPorts, find_ports
from hall.workers.lamps import LampFeed
from hall.workers.line_log import LineLog
from hall.workers.mailbox import Mailbox
from hall.workers.threads import Turn

_LISTENERS: dict[str, Callable[[], Listener]] = {
    "reader": ReaderListener,
    "slip": SlipListener,
    "evaluator": CounterListener,
    "counter_display": CounterListener,
    "scanner": ScannerListener,
}


class NothingAssigned(Refused):
    """There is no device to try."""

    def __init__(self, role: Role) -> None:
        super().__init__(f"{role.name}还没有端口，请先按 F3 选端口。")


@dataclass(frozen=True, slots=True)
class RoleView:
    """A place for a device as the page shows it. `state` is a light; `details`: speed, paper, characters."""

    role: Role
    address: str
    state: str
    words: str
    details: str


class DeviceDesk(QObject):
    """`told` carries what the person at a device should do during a trial. Blocking methods are for worker threads."""

    told = Signal(str)

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        turns: Mapping[str, Turn],
        adopt: Callable[[Settings], None],
        voice: Callable[[], Voice],
        lamps: LampFeed,
        log: LineLog,
        clock: Clock,
    ) -> None:
        """`settings` gives those in force, `adopt` has the station go on with others."""
        super().__init__()
        self.log = log
        self.adopt = adopt
        """Waits for devices in use."""
        self._settings = settings
        self._turns = turns
        self._voice = voice
        self._lamps = lamps
        self._clock = clock
        self._mailbox = Mailbox()
        self._stop = threading.Event()

    @property
    def settings(self) -> Settings:
        """Those in force."""
        return self._settings()

    def roles(self) -> tuple[RoleView, ...]:
        """Every place for a device with what is there now; does not ask the devices."""
        return tuple(self._view(role) for role in ROLES)

    def ports(self) -> FoundPorts:
        """What could be assigned; blocks."""
        return find_ports()

    def hints(self, role: Role) -> tuple[LineHint, ...]:
        """What an administrator should know about the role's port."""
        return line_hints(address_of(self.settings, role)) if "serial" in role.kinds else ()

    def try_out(self, role: Role) -> Trial:
        """Try a device while its loop waits; blocks up to 15 seconds, or until `give_up`. Never raises a HallError."""
        self._stop.clear()
        turn = self._turns.get(role.device)
        try:
            with turn.taken() if turn else nullcontext():
                return self._trial(role)
        except HallError as error:
            return Trial("trouble", error.sentence)

    def give_up(self) -> None:
        """End the trial that waits for somebody."""
        self._stop.set()

    def close(self) -> None:
        """Say nothing more; a trial that waits ends."""
        self._stop.set()
        self._mailbox.close()

    def _view(self, role: Role) -> RoleView:
        settings = self.settings
        address = address_of(settings, role)
        state, words = self._lamps.last.get(role.name, ("absent", "未接")) if address else ("absent", "未接")
        if role.code == "page" and not address:
            state, words = "absent", "存为文件"
        if role.code.endswith("_failover") and address:
            state, words = "absent", "备用"
        return RoleView(role, address, state, words, _details(settings, role))

    def _trial(self, role: Role) -> Trial:
        settings, now = self.settings, self._clock.now()
        address = address_of(settings, role)
        if not address and role.code != "page":
            raise NothingAssigned(role)
        tap, say, stop = self._tap(role.device), self._say, self._stop
        trials: dict[str, Callable[[], Trial]] = {
            "reader": partial(device_trials.try_reader, settings.reader, tap=tap, stop=stop, say=say),
            "slip": partial(device_trials.try_slip_printer, settings.slip_printer, address, tap=tap, now=now),
            "page": partial(device_trials.try_page_printer, settings, address, now=now),
            "evaluator": partial(device_trials.try_evaluator, settings.evaluator, tap=tap, stop=stop, say=say),
            "counter_display": partial(
                device_trials.try_counter_display, settings.counter_display, tap=tap, stop=stop, say=say
            ),
            "scanner": partial(device_trials.try_scanner, settings.scanner, tap=tap, stop=stop, say=say),
            "loudspeaker": lambda: device_trials.try_loudspeaker(self._voice()),
        }
        return trials[role.device]()

    def _tap(self, device: str) -> Tap:
        listener = _LISTENERS.get(device)
        return self.log.tap(device, listener()) if listener else lambda _direction, _portion: None

    def _say(self, words: str) -> None:
        self._mailbox.post(partial(self.told.emit, words))


def address_of(settings: Settings, role: Role) -> str:
    """What the settings name for a place; a loudspeaker has none, only whether there is one."""
    value = value_of(settings, role.port)
    return value if isinstance(value, str) else "系统声音" if value else ""


def _details(settings: Settings, role: Role) -> str:
    words = []
    if role.baud and not address_of(settings, role).startswith(("tcp://", "queue:", "file:", "/dev/usb/")):
        words.append(f"{value_of(settings, role.baud)} 波特")
    if role.paper:
        words += [f"{settings.slip_printer.width_mm} 毫米", settings.slip_printer.rom]
    return " · ".join(words)
