"""Which documents there are: their template, fields, seal, copies and number series, read from fields.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from hall.errors import Damaged, Missing
from hall.rules.numbering import Series, series_named


class NoSuchDocument(Missing):
    """A kind of document that is not declared."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"没有“{kind}”这种文书，请在 templates/docs/fields.toml 中登记。")
        self.kind = kind


class BadDeclaration(Damaged):
    """The declaration file cannot be read or lacks an entry."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"文书登记表 fields.toml 无法读取（{problem}），请恢复随程序提供的文件。")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one kind of document needs; `kind` is the program's name for it, e.g. `acceptance`."""

    kind: str
    file: str
    title: str
    basis: str
    seal: str
    copies: int
    series: Series
    remedy: str
    retention: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    pictures: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> frozenset[str]:
        """Every name a template of this kind may use."""
        return frozenset((*self.required, *self.optional, *self.pictures, *self.tables))


def read_declarations(path: Path) -> Mapping[str, Declaration]:
    """All declared documents by kind; raises BadDeclaration."""
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, KeyError, TypeError, ValueError) as problem:
        raise BadDeclaration(str(problem)) from problem


def declaration(path: Path, kind: str) -> Declaration:
    """The declaration of one kind; raises NoSuchDocument."""
    found = read_declarations(path).get(kind)
    if found is None:
        raise NoSuchDocument(kind)
    return found


@lru_cache(maxsize=4)
def _parsed(text: str) -> Mapping[str, Declaration]:
    """What a text declares; remembered, for every document that is issued asks for it with numbers locked."""
    documents = tomllib.loads(text)["documents"]
    return MappingProxyType({kind: _declaration(kind, entry) for kind, entry in documents.items()})


def _declaration(kind: str, entry: Mapping[str, object]) -> Declaration:
    tables = entry.get("tables", {})
    if not isinstance(tables, dict):
        raise TypeError(f"{kind}: tables")
    copies = entry["copies"]
    if not isinstance(copies, int):
        raise TypeError(f"{kind}: copies")
    return Declaration(
        kind=kind,
        file=str(entry["file"]),
        title=str(entry["title"]),
        basis=str(entry["basis"]),
        seal=str(entry["seal"]),
        copies=copies,
        series=series_named(str(entry["series"])),
        remedy=str(entry["remedy"]),
        retention=str(entry["retention"]),
        required=_names(entry, "required"),
        optional=_names(entry, "optional"),
        pictures=_names(entry, "pictures"),
        tables={str(name): tuple(str(column) for column in columns) for name, columns in tables.items()},
    )


def _names(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    names = entry.get(key, [])
    if not isinstance(names, list):
        raise TypeError(key)
    return tuple(str(name) for name in names)
