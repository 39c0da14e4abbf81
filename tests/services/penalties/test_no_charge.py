"""Nobody pays for the keeping of what was seized (行政强制法 26(3)): no column, field, word or paper has a place."""

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from sqlalchemy import Integer, Numeric, Table

from hall import words
from hall.printing.declarations import read_declarations
from hall.resources import template
from hall.services import papers_seizure, seizures
from hall.store.schema.base import Base

TABLES = ("seizure", "seized_item", "seizure_testing", "emergency_measure")
PAPERS = ("seizure_extension", "seizure_release", "goods_return", "emergency_report")
MONEY = re.compile(r"fen|fee|charge|cost|price|amount|money|yuan|paid|pay|due")
CHARGE = re.compile(r"[^。；\n“”\"]*(?:保管|仓储|看管|停车|拖车|存放|占用|场地|清运)费[^。；\n“”\"]*")
BORNE = re.compile(r"由本机关承担|没有收取|不收取")
WHOLE = ("hall_id", "id", "position", "account_id")
DECLARED = read_declarations(template("fields.toml", Path("nowhere")))
ROOT = Path(seizures.__file__).parents[2]


@pytest.mark.parametrize("name", TABLES)
def test_no_column_holds_money(name: str) -> None:
    table = Base.metadata.tables[name]
    assert [column.name for column in table.columns if MONEY.search(column.name)] == []
    assert [column for column in numbers(table) if column not in WHOLE and not column.endswith(("_id", "_by"))] == []


def numbers(table: Table) -> list[str]:
    return [column.name for column in table.columns if isinstance(column.type, Integer | Numeric)]


@pytest.mark.parametrize("kind", PAPERS)
def test_no_paper_on_seized_goods_has_a_field_for_money(kind: str) -> None:
    declared = DECLARED[kind]
    fields = {*declared.names, *(column for columns in declared.tables.values() for column in columns)}
    assert {field for field in fields if MONEY.search(field)} <= {"due_at"}  # until when it is reported
    text = "".join(texts(template(declared.file, Path("nowhere"))))
    assert "元" not in text
    assert "缴" not in text


def test_wherever_keeping_is_spoken_of_the_authority_bears_its_cost() -> None:
    spoken = [part for line in everything() if "费" in line for part in CHARGE.findall(line)]
    assert spoken
    assert [part for part in spoken if not BORNE.search(part)] == []


def test_the_search_would_find_a_charge() -> None:
    (found,) = CHARGE.findall("领取人应当缴纳保管费每日十元。另行通知。")
    assert not BORNE.search(found)


def test_the_program_has_no_name_for_it() -> None:
    named = re.compile(r"\b\w*(?:storage|keeping|custody|warehouse)_(?:fee|charge|cost)\w*\b")
    assert [found for line in sources() if "_" in line for found in named.findall(line)] == []


def everything() -> Iterator[str]:
    for declared in DECLARED.values():
        yield from texts(template(declared.file, Path("nowhere")))
    yield from sources()
    for name in dir(words):
        yield str(getattr(words, name))


def sources() -> Iterator[str]:
    for path in (*ROOT.glob("hall/**/*.py"), *ROOT.glob("resources/*.toml"), *ROOT.glob("resources/*.csv")):
        yield from path.read_text(encoding="utf-8").splitlines()


def texts(path: Path) -> Iterator[str]:
    """Every paragraph of a template, also in its tables."""
    word = docx.Document(str(path))
    yield from (each.text for each in word.paragraphs)
    for table in word.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def test_the_builders_take_no_amount() -> None:
    for name in PAPERS:
        taken = getattr(papers_seizure, name).__annotations__
        assert not any(MONEY.search(parameter) for parameter in taken if parameter != "due_at")
