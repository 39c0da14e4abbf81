"""The benchmark of slips, small: every slip comes, the bare bytes are the slip's, and each figure has its limit."""

from pathlib import Path

import pytest

from hall.bench import slip
from hall.bench.measured import Measured


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Measured]:
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    monkeypatch.delenv("HALL_DATABASE_URL", raising=False)
    monkeypatch.setattr(slip, "TICKETS", 20)
    monkeypatch.setattr(slip, "RECEIPTS", 2)
    monkeypatch.setattr(slip, "FIRST_SLIPS", 1)
    monkeypatch.setattr(slip, "PAUSE_SECONDS", 0.0)
    return list(slip.measure())


def test_every_slip_comes_and_is_measured_beside_the_bare_bytes(measured: list[Measured]) -> None:
    times, lengths = measured[:3], measured[3:]
    assert [each.line["slips"] for each in times] == [20, 20, 2]
    for each in times:
        assert set(each.line) >= {"bench", "case", "value", "unit", "reference", "ratio"}
        assert each.line["unit"] == "ms p95"
    assert [(each.line["unit"], each.good) for each in lengths] == [("bytes", True)] * 2
