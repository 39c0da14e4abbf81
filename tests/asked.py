"""What the tests of the services ask: a query that only SQLite was asked might be none on PostgreSQL.

`pytest --asked` (tools/test.sh) ends red and names every query of the services' tests that PostgreSQL was not asked in
the whole run: mark the test with `both`. It needs all of `tests/services/`; parts of it cannot know.
"""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import CompileError, UnsupportedCompilationError
from sqlalchemy.sql.compiler import SQLCompiler

from tests.compiled import OF_SERVICES

_NUMBERED = re.compile(r"_\d+\b|\s+")
# Of names, SQLite is asked a range where PostgreSQL is asked LIKE (services.person_names).
_OF_SQLITE = re.compile(r"^PRAGMA |sqlite_master|person\.name >= ")
_POSTGRESQL: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]


class Asked:
    """Gathers what the processes of a run have asked."""

    def __init__(self) -> None:
        self.postgresql: set[str] = set()
        self.sqlite: dict[str, str] = {}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """In each process: what it asked; alone, or in the process that collects, the sum is drawn."""
        self._add(*_asked_here())
        if (output := getattr(session.config, "workeroutput", None)) is not None:
            output["asked"] = (sorted(self.postgresql), self.sqlite)
        elif self.missing() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A process of xdist has ended."""
        self._add(*getattr(node, "workeroutput", {}).get("asked", ((), {})))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name them with their tests."""
        for text, test in sorted(self.missing().items(), key=lambda each: each[1]):
            terminalreporter.write_line(f"PostgreSQL was not asked: {test}\n    {text}")

    def missing(self) -> dict[str, str]:
        """Queries, each with the first test that asked it."""
        return {text: test for text, test in self.sqlite.items() if text not in self.postgresql}

    def _add(self, postgresql: Iterable[str], sqlite: dict[str, str]) -> None:
        self.postgresql.update(postgresql)
        self.sqlite = sqlite | self.sqlite


def _asked_here() -> tuple[set[str], dict[str, str]]:
    postgresql, sqlite = set(), {}
    for test, compiled, by_program in OF_SERVICES.asked:
        if isinstance(compiled, SQLCompiler) and (text := _text(compiled)):
            if compiled.dialect.name == "postgresql":
                postgresql.add(text)
            elif by_program and not _OF_SQLITE.search(text):
                sqlite[text] = test
    return postgresql, sqlite


def _text(compiled: SQLCompiler) -> str:
    """As PostgreSQL is asked; nothing where only SQLite can be."""
    assert compiled.statement is not None
    try:
        there = compiled.statement.compile(dialect=_POSTGRESQL, column_keys=compiled.column_keys)
    except (CompileError, UnsupportedCompilationError):
        return ""
    return _NUMBERED.sub(" ", str(there))
