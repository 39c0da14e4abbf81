"""`hall card read` as a real process on a pseudo-terminal."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hall.devices.simulated.cards import ALL_CARDS, HMT, LI_RARE, ZHANG_SHILI
from hall.devices.simulated.reader import Fault, SimulatedReader
from hall.rules.cards import Card, card_json

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedReader]:
    reader = SimulatedReader(tmp_path / "reader", mode="development")
    stop = threading.Event()
    thread = threading.Thread(target=reader.serve, args=(stop,))
    thread.start()
    yield reader
    stop.set()
    thread.join(20)


@pytest.fixture
def read_card(tmp_path: Path) -> Run:
    """Runs `hall card read` with these options, in a home of its own that stays empty."""
    home = tmp_path / "home"
    environment = {**os.environ, "HALL_HOME": str(home)}

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "hall", "card", "read", *options],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert not home.exists()
        return done

    return run


@pytest.mark.parametrize("card", ALL_CARDS, ids=lambda card: card.id_number[:6])
def test_each_kind_of_card_is_printed_as_the_contract_says(
    simulated: SimulatedReader, read_card: Run, card: Card
) -> None:
    simulated.place(card)
    done = read_card("--port", simulated.port, "--timeout", "5", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == card_json(card)


def test_a_card_that_stays_on_the_reader_is_read_by_a_second_run(simulated: SimulatedReader, read_card: Run) -> None:
    simulated.place(ZHANG_SHILI)
    runs = [read_card("--port", simulated.port, "--timeout", "5", "--json") for _ in range(2)]
    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout


@pytest.mark.parametrize("card", [LI_RARE, HMT], ids=["resident", "hmt"])
def test_without_json_nothing_personal_is_printed_whole(simulated: SimulatedReader, read_card: Run, card: Card) -> None:
    simulated.place(card)
    done = read_card("--port", simulated.port, "--timeout", "5")
    assert done.returncode == 0
    assert "李*样" in done.stdout or "陈*构" in done.stdout
    for secret in (card.name, card.id_number, card.address, card.newest_address, card.permit_number):
        assert secret is None or secret not in done.stdout


def test_no_card_in_time_is_refused(simulated: SimulatedReader, read_card: Run) -> None:
    done = read_card("--port", simulated.port, "--timeout", "0.5", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "请把证件" in done.stderr


@pytest.mark.parametrize(("fault", "seen"), [("silent", "收到 0 字节，无有效帧"), ("badsum", "字节，无有效帧")])
def test_a_reader_that_makes_no_sense_is_unavailable_with_what_was_seen(
    simulated: SimulatedReader, read_card: Run, fault: Fault, seen: str
) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.misbehave(fault)
    done = read_card("--port", simulated.port, "--timeout", "0.5", "--json")
    assert (done.returncode, done.stdout) == (3, "")
    assert seen in done.stderr


def test_a_reader_gone_in_the_middle_is_unavailable(simulated: SimulatedReader, read_card: Run) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.break_off(647)
    done = read_card("--port", simulated.port, "--timeout", "5")
    assert (done.returncode, done.stdout) == (3, "")
    assert "连接中断" in done.stderr


def test_a_missing_port_is_unavailable(tmp_path: Path, read_card: Run) -> None:
    done = read_card("--port", str(tmp_path / "nothing"))
    assert done.returncode == 3
    assert "打不开" in done.stderr


@pytest.mark.parametrize("options", [(), ("--port", "x", "--timeout", "0"), ("--port", "x", "--timeout", "nan")])
def test_wrong_usage_is_told(read_card: Run, options: tuple[str, ...]) -> None:
    assert read_card(*options).returncode == 2
