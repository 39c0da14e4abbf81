"""Statements compiled once for a whole run: to compile them anew for every test's engine took a fifth of the run."""

import os
import sys
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect

import hall

PROGRAM: Final = str(Path(hall.__file__).parent)


class Statements(dict[object, object]):
    """By statement and dialect, as SQLAlchemy keeps them for one engine; `asked` by which test, or by the program."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, object, bool]] = []

    def __setitem__(self, statement: object, compiled: object) -> None:
        super().__setitem__(statement, compiled)
        test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
        self.asked.append((test, compiled, _asked_by_program()))


def _asked_by_program() -> bool:
    """Whether it is no test that looks for itself: whose frame is nearest to those of SQLAlchemy."""
    frame = sys._getframe(2)
    while frame.f_back and "sqlalchemy" in frame.f_code.co_filename:
        frame = frame.f_back
    return PROGRAM in frame.f_code.co_filename


OF_SERVICES: Final = Statements()
"""Apart from all others: see tests/asked.py."""
_OF_OTHERS: Final = Statements()


def _is_alike(dialect: DefaultDialect, other: object) -> bool:
    return type(dialect) is type(other)


def _kind(dialect: DefaultDialect) -> int:
    return hash(type(dialect))


# The dialects of two engines on one kind of database say the same SQL; SQLAlchemy tells them apart by identity.
DefaultDialect.__eq__ = _is_alike  # type: ignore[method-assign,assignment]
DefaultDialect.__hash__ = _kind  # type: ignore[method-assign,assignment]


def sharing(engine: Engine, *, of_services: bool) -> Engine:
    """The engine, which compiles only what no engine of this run has compiled."""
    engine.update_execution_options(compiled_cache=OF_SERVICES if of_services else _OF_OTHERS)
    return engine
