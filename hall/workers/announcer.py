"""The announcement loop of the station that owns the loudspeaker: one call at a time, none held back."""

import threading
from collections.abc import Callable, Sequence

from hall.clock import hall_time
from hall.devices.loudspeaker import LoudspeakerUnavailable
from hall.devices.voice import Voice, spoken_words
from hall.errors import HallError
from hall.rules.quiet_hours import QuietSpan, is_quiet
from hall.services import announcements
from hall.store import Store

IDLE_SECONDS = 1.0


class Announcer:
    """`wake` is set when a call was made, so that nobody waits a second for it."""

    def __init__(
        self,
        store: Store,
        voice: Voice,
        *,
        on_state: Callable[[str], None],
        quiet_hours: Sequence[QuietSpan] = (),
        wake: threading.Event | None = None,
    ) -> None:
        """Nothing is spoken in `quiet_hours`, by the hall's time."""
        self._quiet_hours = quiet_hours
        self._store = store
        self._voice = voice
        self._on_state = on_state
        self._database_away = False
        self._begun = False
        self.wake = wake or threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Speak until told to stop; a dead loudspeaker or database only lights a lamp."""
        while not stop.is_set():
            self.wake.clear()
            try:
                self._begin()
                spoke = self._speak_next()
            except HallError as error:
                self._database_away = not isinstance(error, LoudspeakerUnavailable)
                self._on_state(str(error))
                spoke = False
            if not spoke and not stop.is_set():
                self.wake.wait(IDLE_SECONDS)

    def _begin(self) -> None:
        """Once, as soon as the database answers: what a station that died had claimed is over."""
        if not self._begun:
            announcements.fail_interrupted(self._store)
            self._begun = True

    def _speak_next(self) -> bool:
        now = hall_time(self._store.clock.now()).time()
        call = announcements.claim(self._store, quiet=is_quiet(self._quiet_hours, now))
        if call is None:
            self._look_again()
            return False
        spoken = False
        try:
            self._voice.say(spoken_words(call.code, call.counter_number, again=call.again))
            spoken = True
        finally:
            announcements.settle(self._store, announcement_id=call.announcement_id, spoken=spoken)
        self._on_state("")
        return True

    def _look_again(self) -> None:
        """The database answers: its failure is over. The loudspeaker's own shows only with the next call."""
        if self._database_away:
            self._database_away = False
            self._on_state("")
