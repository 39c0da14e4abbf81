"""Eight processes take numbers at once: never one over the quota, never one over a person's limit, none withheld."""

import json
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from hall.services.queue_policy import queue_policy
from hall.store.secrets import KeyRing

PROCESSES, QUOTA = 8, 20


def told_by(started: "list[subprocess.Popen[str]]") -> list[dict[str, list[str]]]:
    """Let all go at once; what each has taken."""
    for each in started:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    told = [json.loads(each.communicate(timeout=90)[0]) for each in started]
    assert [each.returncode for each in started] == [0] * PROCESSES
    return told


@pytest.mark.e2e
def test_eight_processes_take_exactly_what_the_limits_allow(database_url: str, home: Path) -> None:
    KeyRing.create(home)
    script = str(Path(__file__).with_name("taker.py"))
    started = [
        subprocess.Popen(
            [sys.executable, script, database_url, str(home), str(number), str(QUOTA)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    try:
        told = told_by(started)
    finally:
        for each in started:
            each.kill()
            each.communicate()
    by_quota = sorted(chain.from_iterable(each["quota"] for each in told))
    assert by_quota == [f"B{number:03d}" for number in range(1, QUOTA + 1)]
    by_person = sorted(chain.from_iterable(each["person"] for each in told))
    assert by_person == [f"A{number:03d}" for number in range(1, queue_policy(home).taking.per_person + 1)]
