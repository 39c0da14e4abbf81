"""`hall doctor`: scanner, counter display and loudspeaker of a counter are asked as far as they answer."""

from pathlib import Path

import pytest

from hall.app.doctor import devices
from hall.devices.simulated.counter_display import SimulatedCounterDisplay
from hall.devices.simulated.scanner import SimulatedScanner
from hall.settings import CounterDisplaySettings, ScannerSettings, StationSettings
from tests.loops import running_loops


def test_quiet_hours_that_nobody_can_read_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    player = tmp_path / "aplay"
    player.write_text("#!/bin/sh\n", encoding="utf-8")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert devices.check_loudspeaker(StationSettings(loudspeaker=True)).verdict == "ok"
    wrong = devices.check_loudspeaker(StationSettings(loudspeaker=True, quiet_hours="中午"))
    assert wrong.verdict == "fault"
    assert "中午" in wrong.words


def test_a_scanner_and_a_counter_display_that_are_there_are_well_and_others_are_not(tmp_path: Path) -> None:
    nothing = str(tmp_path / "nothing")
    assert devices.check_scanner(ScannerSettings()).verdict == "absent"
    assert devices.check_scanner(ScannerSettings(port=nothing)).verdict == "fault"
    assert devices.check_counter_display(CounterDisplaySettings()).verdict == "absent"
    assert devices.check_counter_display(CounterDisplaySettings(port=nothing)).verdict == "fault"
    scanner = SimulatedScanner(tmp_path / "scanner", mode="development")
    display = SimulatedCounterDisplay(tmp_path / "display", mode="development")
    with running_loops() as run:
        run(scanner.serve)
        run(display.serve)
        assert devices.check_scanner(ScannerSettings(port=scanner.port)).verdict == "ok"
        assert devices.check_counter_display(CounterDisplaySettings(port=display.port)).verdict == "ok"
