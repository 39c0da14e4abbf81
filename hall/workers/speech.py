"""The system's own Mandarin voice instead of recorded clips: optional, and only where the station asks for it.

Needs the extra `speech` (QtTextToSpeech) and a system with a voice for zh_CN. Without either the clips are used.
Not yet tried with a real voice.
"""

import importlib
from collections.abc import Mapping, Sequence
from types import ModuleType

from PySide6.QtCore import QEventLoop, QLocale, QTimer

from hall.devices.loudspeaker import Loudspeaker, LoudspeakerUnavailable
from hall.devices.voice import CHIME, join, text_of

LONGEST_MS = 40_000
# Speaks nothing; it is there for Qt's own tests.
_NO_VOICE = "mock"


class SystemVoice:
    """Chime from its clip, then the text twice, read by an engine of the system. Used in one thread only."""

    def __init__(self, speech: ModuleType, engine: str, loudspeaker: Loudspeaker, clips: Mapping[str, bytes]) -> None:
        self._speech = speech
        self._engine = engine
        self._loudspeaker = loudspeaker
        self._clips = clips

    def say(self, words: Sequence[str]) -> None:
        """Returns when all has been heard. The engine lives as long as one announcement, in the calling thread."""
        self._loudspeaker.play(join([word for word in words if word == CHIME], self._clips))
        engine = self._speech.QTextToSpeech(self._engine)
        engine.setLocale(mandarin())
        waiting = QEventLoop()
        over = {engine.State.Ready, engine.State.Error}
        engine.stateChanged.connect(lambda state: waiting.quit() if state in over else None)
        QTimer.singleShot(LONGEST_MS, waiting, waiting.quit)
        engine.say(text_of([word for word in words if word != CHIME]))
        if engine.state() not in over:
            waiting.exec()
        if engine.state() != engine.State.Ready:
            engine.stop()
            raise LoudspeakerUnavailable("系统语音没有念完")


def system_voice(loudspeaker: Loudspeaker, clips: Mapping[str, bytes]) -> SystemVoice | None:
    """The system's Mandarin voice; None without the extra or without such a voice."""
    try:
        speech = importlib.import_module("PySide6.QtTextToSpeech")
    except ImportError:
        return None
    for engine in speech.QTextToSpeech.availableEngines():
        if engine != _NO_VOICE and mandarin() in speech.QTextToSpeech(engine).availableLocales():
            return SystemVoice(speech, engine, loudspeaker, clips)
    return None


def mandarin() -> QLocale:
    """zh_CN."""
    return QLocale(QLocale.Language.Chinese, QLocale.Country.China)
