"""`hall print`: slips and documents to a print queue, by the same path as the station's own printers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.commands.line import run
from hall.printing.declarations import declaration
from hall.resources import template
from hall.rules.people import system_actor
from hall.services import documents
from hall.services.accounts import create_first_administrator
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from tests.printing.private_cups import PAGES, PrivateCups, until

NUMBER = "莲城管许证〔2026〕1号"
WORKING, NEW = "of-the-one-who-works-here", "nine-o-clock-the-hall-opens"

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hall_store(sqlite_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    """A hall with a certificate, sealed with the keys that the command reads."""
    ring = KeyRing.create(tmp_path)
    store = Store(open_engine(sqlite_url), clock=clock, station="station-1", hall_code="main", key_ring=ring)
    declared = declaration(template("fields.toml", tmp_path), "certificate")
    with store.work("document.issue", system_actor(store.hall_id)) as work:
        document_id = documents.freeze(
            work,
            case_id=None,
            kind="certificate",
            number=NUMBER,
            issued_on=work.now.date(),
            content=dict.fromkeys((*declared.required, *declared.optional), "示例"),
            code_payload="H1.example",
            home=tmp_path,
        )
        work.audit(f"document:{document_id}")
    yield store
    store.close()


@pytest.fixture
def said(
    hall_store: Store,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    clock: FixedClock,
) -> Said:
    """Runs a command as a clerk at station-1: status, output, errors."""
    monkeypatch.setattr("hall.clock.SystemClock", lambda: clock)
    own = {"HALL_HOME": str(tmp_path), "HALL_DATABASE_URL": sqlite_url, "HALL_STATION": "station-1"}
    for name, value in {
        **own,
        "HALL_PASSWORD": create_first_administrator(hall_store),
        "HALL_NEW_PASSWORD": NEW,
    }.items():
        monkeypatch.setenv(name, value)
    assert run(["account", "password", "--user", "admin"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", NEW)
    capsys.readouterr()
    assert run(["account", "create", "clerk", "--name", "王测甲", "--role", "clerk", "--user", "admin"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", capsys.readouterr().out.strip().rpartition("：")[2])
    monkeypatch.setenv("HALL_NEW_PASSWORD", WORKING)
    assert run(["account", "password", "--user", "clerk"]) == 0
    monkeypatch.setenv("HALL_PASSWORD", WORKING)
    capsys.readouterr()

    def run_it(*words: str) -> tuple[int, str, str]:
        status = run([*words, "--user", "clerk"])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run_it


def test_a_document_goes_to_the_queue_that_is_named_with_its_number_as_title(said: Said, printing: PrivateCups) -> None:
    status, _, told = said("print", "document", NUMBER, "--queue", "nowhere")
    assert (status, "打印机 nowhere 不存在" in told) == (3, True)
    assert said("print", "document", NUMBER, "--queue", PAGES)[:2] == (0, f"已交给打印队列 {PAGES}。\n")
    until(lambda: len(printing.printed()) == 1)
    assert printing.told("1", "title").startswith(f"{NUMBER} #")
    assert "PageSize=A4" in printing.told("1", "options")
