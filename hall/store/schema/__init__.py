"""Typed records by subject; `load_records()` makes `Base.metadata` complete."""

import importlib
import pkgutil


def load_records() -> None:
    """Import every module of records, so that `Base.metadata` knows all tables and the rows of partial indexes."""
    from hall.store.schema.base import Base, add_predicates

    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    add_predicates(Base.metadata)
