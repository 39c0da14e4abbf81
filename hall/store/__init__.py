"""Records, engine, unit of work, audit chain, migrations and backup."""

from hall.store.store import Store
from hall.store.work import Work

__all__ = ["Store", "Work"]
