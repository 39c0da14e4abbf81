"""States of devices on their way to the screens: heard in any thread, told in the GUI thread."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from hall.workers.mailbox import Mailbox


class LampFeed(QObject):
    """`lamp` carries device, state (ok, trouble, away, absent) and words; the last of each device is kept."""

    lamp = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._mailbox = Mailbox()
        self.last: dict[str, tuple[str, str]] = {}

    def heard(self, device: str, state: str, words: str) -> None:
        """A device's state, from any thread."""
        self._mailbox.post(partial(self._tell, device, state, words))

    def close(self) -> None:
        """Say nothing more."""
        self._mailbox.close()

    def _tell(self, device: str, state: str, words: str) -> None:
        self.last[device] = (state, words)
        self.lamp.emit(device, state, words)
