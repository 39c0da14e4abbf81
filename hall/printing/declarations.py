"""Which documents there are: their template, fields, seal, copies, paper and number series, read from fields.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar, get_args

from hall.errors import Damaged, Missing
from hall.rules.numbering import NUMBER_STYLES, NumberStyle, Series, series_named

Seal = Literal["行政许可专用章", "业务专用章", "机关印章", "双方印章", "财政票据", "内部用章", "慈善组织印章", "无"]
"""Whose seal stands under a document. 行政许可专用章 is for permits alone (行政许可法 32), 业务专用章 for
other services of the hall; 财政票据: the paper and the seal are those of the treasury's system."""

Remedy = Literal["none", "required", "review_first", "recheck", "objection"]
"""Which paragraph on remedies has to stand in it: review or litigation (行政复议法 20, 行政诉讼法 46), review before
litigation (行政复议法 23(1)(1)), 复查 (信访工作条例 35), or objection of the person (个人信息保护法 46)."""

Paper = Literal["A4", "A5"]

Tray = Literal["plain", "certificate", "form"]
"""Which stock it is printed on: plain sheets, certificate stock, or numbered forms that carry their seal already."""

Sides = Literal["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
"""In the words of the Internet Printing Protocol (RFC 8011 5.2.8)."""

_SEALS: tuple[Seal, ...] = get_args(Seal)
_REMEDIES: tuple[Remedy, ...] = get_args(Remedy)
_PAPERS: tuple[Paper, ...] = get_args(Paper)
_TRAYS: tuple[Tray, ...] = get_args(Tray)
_SIDES: tuple[Sides, ...] = get_args(Sides)

_Word = TypeVar("_Word", bound=str)


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
    seal: Seal
    destinations: tuple[str, ...]
    """Who gets a copy, one entry for each."""
    series: Series
    style: NumberStyle
    remedy: Remedy
    retention: str
    paper: Paper
    tray: Tray
    sides: Sides
    required: tuple[str, ...]
    optional: tuple[str, ...]
    pictures: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]

    @property
    def copies(self) -> int:
        """How many are printed."""
        return len(self.destinations)

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
    return Declaration(
        kind=kind,
        file=str(entry["file"]),
        title=str(entry["title"]),
        basis=str(entry["basis"]),
        seal=_one_of(_SEALS, entry, "seal"),
        destinations=_destinations(entry),
        series=series_named(str(entry["series"])),
        style=_one_of(NUMBER_STYLES, entry, "style"),
        remedy=_one_of(_REMEDIES, entry, "remedy"),
        retention=str(entry["retention"]),
        paper=_one_of(_PAPERS, entry, "paper"),
        tray=_one_of(_TRAYS, entry, "tray"),
        sides=_one_of(_SIDES, entry, "sides"),
        required=_names(entry, "required"),
        optional=_names(entry, "optional"),
        pictures=_names(entry, "pictures"),
        tables={str(name): tuple(str(column) for column in columns) for name, columns in tables.items()},
    )


def _one_of(words: tuple[_Word, ...], entry: Mapping[str, object], key: str) -> _Word:
    """The entry's word of a closed list; raises KeyError where it is missing, ValueError where it is another."""
    for word in words:
        if word == entry[key]:
            return word
    raise ValueError(f"{key} = {entry[key]}")


def _destinations(entry: Mapping[str, object]) -> tuple[str, ...]:
    copies = _names(entry, "copies")
    if not copies:
        raise ValueError("copies = []")
    return copies


def _names(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    names = entry.get(key, [])
    if not isinstance(names, list):
        raise TypeError(key)
    return tuple(str(name) for name in names)
