"""The system's voice is an extra: without it, or without Mandarin, the recorded clips speak."""

import importlib.util
import subprocess
import sys

import pytest

from hall.devices.voice import load_clips, spoken_words, text_of
from hall.resources import resource
from hall.workers.speech import SystemVoice, system_voice


class Silence:
    """A loudspeaker."""

    def play(self, wav: bytes) -> None:
        """Nothing is heard."""


def test_an_announcement_is_read_as_a_text_with_single_digits() -> None:
    text = text_of(spoken_words("A017", 12, again=True))
    assert text == "请A零一七号，到十二号窗口办理。请A零一七号，到十二号窗口办理，请听到广播后尽快前往。"


def test_without_a_mandarin_voice_there_is_none() -> None:
    """Where the extra is installed the system may have one; a build machine has not."""
    found = system_voice(Silence(), load_clips(resource("voice")))
    assert found is None or isinstance(found, SystemVoice)
    if importlib.util.find_spec("PySide6.QtTextToSpeech") is None:
        assert found is None


@pytest.mark.parametrize("module", ["hall.app.station", "hall.app.program", "hall.workers.announcer"])
def test_a_station_that_does_not_ask_for_it_never_loads_it(module: str) -> None:
    loaded = "any(name.endswith(('QtTextToSpeech', 'workers.speech')) for name in sys.modules)"
    code = f"import sys, {module}; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
