"""The benchmarks of calling, issuing and pushing, made small: they measure, compare and judge on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from hall.bench import call, issue, push
from hall.bench.measured import Measured


@pytest.fixture
def in_use(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database that `hall bench` would find."""
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    monkeypatch.setenv("HALL_DATABASE_URL", database_url)
    return database_url.partition(":")[0]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType], None]:
    """So few of everything that a test can wait for it."""

    def shrink(module: ModuleType) -> None:
        for name, value in {"WAITING": 260, "CALLS": 8, "ISSUES": 8, "CROWD": 2}.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)

    return shrink


@pytest.mark.e2e
def test_calls_are_measured_beside_bare_ones_and_nobody_is_called_twice(
    in_use: str, small: Callable[[ModuleType], None]
) -> None:
    small(call)
    alone, crowd, paced, judged = measured(call.measure())
    for line in (alone.line, crowd.line):
        assert line["bench"] == "call"
        assert line["ratio"] == pytest.approx(_number(line["value"]) / _number(line["reference"]), abs=1e-3)
    assert paced.line["calls"] == 2 * (call.PACED_CALLS - call.FIRST_CALLS)
    assert judged.good, judged.line
    assert judged.line == {
        "bench": "call",
        "case": in_use,
        "calls": 16 + 2 * call.PACED_CALLS,
        "called_twice": 0,
        "lost": 0,
    }


@pytest.mark.e2e
def test_numbers_are_measured_beside_bare_ones_and_none_comes_twice(
    in_use: str, small: Callable[[ModuleType], None]
) -> None:
    small(issue)
    alone, crowd, judged = measured(issue.measure())
    assert {alone.line["case"], crowd.line["case"]} == {f"{in_use}, 1 个进程", f"{in_use}, 2 个进程"}
    assert judged.good, judged.line
    assert (judged.line["issued"], judged.line["duplicate_numbers"], judged.line["lost"]) == (16, 0, 0)


@pytest.mark.e2e
def test_a_push_is_measured_on_another_stations_screen(in_use: str, small: Callable[[ModuleType], None]) -> None:
    small(push)
    (line,) = (each.line for each in measured(push.measure()))
    assert (line["bench"], line["case"], line["calls"]) == ("push", in_use, 8)
    assert 0 < _number(line["value"]) < 60_000


def measured(lines: Iterator[Measured]) -> list[Measured]:
    return list(lines)


def _number(value: object) -> float:
    assert isinstance(value, float | int)
    return float(value)
