"""Fills a .docx template with a document's content; the same content always gives the same file."""

import io
import re
import zipfile
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from docx.opc.coreprops import CoreProperties
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, Listing
from jinja2 import Environment, StrictUndefined, Template, TemplateError, UndefinedError, nodes

from hall.clock import hall_time
from hall.errors import Refused
from hall.printing.content import DocumentContent, FieldValue

_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNDEFINED = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")
_FIRST_ZIP_DATE = 1980

_NEW_PARAGRAPH = "\a"
"""What docxtpl makes a paragraph of, formatted as the one that the value stands in."""


class TemplateProblem(Refused):
    """A template that cannot be filled: damaged, wrongly written, or with a field nobody knows."""

    def __init__(self, template: str, problem: str) -> None:
        super().__init__(f"模板“{template}”无法填写：{problem}。请用 Word 打开模板改正，或恢复随程序提供的模板。")
        self.template = template
        self.problem = problem


class _Template(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """Draws fields together once for each text of a part."""

    def patch_xml(self, src_xml: str) -> str:
        patched = environment().patched
        if src_xml not in patched:
            patched[src_xml] = super().patch_xml(src_xml)
        return patched[src_xml]


class _Compiled(Environment):
    """Keeps what it has compiled by its text: a template's parts are the same for every document of its kind."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self._compiled: dict[str | nodes.Template, Template] = {}
        self.patched: dict[str, str] = {}
        """A part's XML as it lies in the file, and with its fields drawn together out of Word's runs."""

    def from_string(  # the library's method
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002  # the library's name
        template_class: type[Template] | None = None,
    ) -> Template:
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source, globals, template_class)
        return self._compiled[source]


@cache
def environment() -> _Compiled:
    """How templates are read: a field without a value is an error, and text is never taken for markup."""
    return _Compiled()


def fill(template: Path, content: DocumentContent) -> bytes:
    """The filled .docx file; raises TemplateProblem naming the field or the fault."""
    word = open_template(template)
    try:
        word.render(_context(word, content), environment(), autoescape=True)
    except UndefinedError as problem:
        found = _UNDEFINED.search(str(problem))
        name = next(filter(None, found.groups()), "") if found is not None else str(problem)
        raise TemplateProblem(template.name, f"字段“{name}”没有内容") from problem
    except TemplateError as problem:
        raise TemplateProblem(template.name, f"字段写法有误（{problem}）") from problem
    _describe(word.docx.core_properties, content)
    written = io.BytesIO()
    word.save(written)
    return _repacked(written.getvalue(), content.made_at)


def open_template(template: Path) -> DocxTemplate:
    """The template, read; raises TemplateProblem where it is missing or no .docx file."""
    word = _Template(str(template))
    try:
        word.init_docx()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, PackageNotFoundError) as problem:
        raise TemplateProblem(template.name, "文件不存在或不是 .docx 文件") from problem
    return word


def _context(word: DocxTemplate, content: DocumentContent) -> dict[str, object]:
    values: dict[str, object] = {name: _value(value) for name, value in content.fields.items()}
    for name, picture in content.pictures.items():
        values[name] = InlineImage(word, io.BytesIO(picture.png), width=Mm(picture.width_mm))
    return values


def _value(value: FieldValue) -> object:
    if isinstance(value, str):
        return Listing(_printable(value).replace("\n", _NEW_PARAGRAPH)) if "\n" in value else _printable(value)
    if isinstance(value, tuple):
        return [_row(row) for row in value]
    return "" if value is None else value


def _row(row: Mapping[str, str | int | bool | None]) -> dict[str, object]:
    return {name: _value(value) for name, value in row.items()}


def _printable(text: str) -> str:
    """The text without what XML cannot hold: control characters, halves of characters; a tab becomes a space."""
    kept = (" " if each == "\t" else each for each in text)
    return "".join(each for each in kept if each == "\n" or not _NO_TEXT.match(each))


def _describe(properties: CoreProperties, content: DocumentContent) -> None:
    made_at = hall_time(content.made_at).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = content.title
    properties.author = content.author
    properties.last_modified_by = content.author
    properties.language = "zh-CN"
    properties.created = made_at
    properties.modified = made_at
    properties.revision = 1


def _repacked(package: bytes, made_at: datetime) -> bytes:
    """The same package with one date on every part, so that equal content gives equal bytes."""
    local = hall_time(made_at)
    stamp = (max(local.year, _FIRST_ZIP_DATE), local.month, local.day, local.hour, local.minute, local.second)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, stamp)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, old.read(name))
    return target.getvalue()
