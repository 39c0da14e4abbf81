"""`hall bench`: names, exit statuses and lines."""

import json
import subprocess
import sys

import pytest

from hall.bench import BENCHMARKS, start
from hall.bench.measured import compared
from hall.commands.line import run


def test_an_unknown_benchmark_is_a_usage_error_that_names_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["bench", "nonsense"])
    assert left.value.code == 2
    shown = capsys.readouterr().err
    assert all(name in shown for name in BENCHMARKS)


def test_a_comparison_states_value_reference_and_ratio() -> None:
    line = compared("start", "counter", value=0.5, reference=0.25, unit="s", runs=5).line
    assert line == {
        "bench": "start",
        "case": "counter",
        "value": 0.5,
        "unit": "s",
        "reference": 0.25,
        "ratio": 2.0,
        "runs": 5,
    }


@pytest.mark.e2e
@pytest.mark.parametrize("name", ["due"])
def test_a_benchmark_prints_one_json_line_per_measurement(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hall", "bench", name], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines
    assert all(line["bench"] == name and line["ratio"] > 0 for line in lines)


@pytest.mark.e2e
def test_a_start_is_measured_beside_an_empty_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "RUNS", 1)
    (measured,) = start.measure()
    assert (measured.line["bench"], measured.line["case"], measured.line["runs"]) == ("start", "counter", 1)
    assert float(str(measured.line["ratio"])) > 1
