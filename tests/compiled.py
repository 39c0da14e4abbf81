"""Statements compiled once for a whole run: to compile them anew for every test's engine took a fifth of the run."""

from typing import Final

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect

_STATEMENTS: Final[dict[object, object]] = {}
"""By statement and dialect, as SQLAlchemy keeps them for one engine."""


def _is_alike(dialect: DefaultDialect, other: object) -> bool:
    return type(dialect) is type(other)


def _kind(dialect: DefaultDialect) -> int:
    return hash(type(dialect))


# The dialects of two engines on one kind of database say the same SQL; SQLAlchemy tells them apart by identity.
DefaultDialect.__eq__ = _is_alike  # type: ignore[method-assign,assignment]
DefaultDialect.__hash__ = _kind  # type: ignore[method-assign,assignment]


def sharing(engine: Engine) -> Engine:
    """The engine, which compiles only what no engine of this run has compiled."""
    engine.update_execution_options(compiled_cache=_STATEMENTS)
    return engine
