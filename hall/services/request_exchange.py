"""Requests from and to other systems (12345, grid): files taken in all or nothing, return receipts given out."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.services.tables_export import SheetTable
from hall.store import Store


@dataclass(frozen=True, slots=True)
class RequestsImported:
    """How many were new (their numbers), how many stood there already by their outside number."""

    added: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class ResponsibilitiesImported:
    """How many lines of the map and units were new, how many stood there already."""

    added: int
    unchanged: int
    new_units: tuple[str, ...]


def import_requests(store: Store, actor: Actor, *, path: Path, home: Path) -> RequestsImported:
    """导入诉求."""
    raise NotImplementedError


def import_responsibilities(store: Store, actor: Actor, *, path: Path, home: Path) -> ResponsibilitiesImported:
    """导入责任区."""
    raise NotImplementedError


def return_receipts(store: Store, actor: Actor, *, first: date, last: date) -> SheetTable:
    """回执."""
    raise NotImplementedError
