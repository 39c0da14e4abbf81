"""Checks an edited template before it is used: its fields, and whether it can be typeset."""

import difflib
import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from PIL import Image

from hall.errors import Refused
from hall.printing.content import DocumentContent, FieldValue, PictureContent
from hall.printing.declarations import Declaration, Remedy
from hall.printing.docx_fill import TemplateProblem, environment, fill, open_template
from hall.printing.fonts import FontSet
from hall.printing.typeset.layout import compose
from hall.printing.typeset.reader import read_document, refusals

# What a paragraph on remedies tells, whatever else staff make of it, and the sentence that says so (行政复议法 20,
# 23(1)(1); 行政诉讼法 45, 46; 信访工作条例 35; 个人信息保护法 46).
_REMEDY_WORDS: dict[Remedy, tuple[str, ...]] = {
    "none": (),
    "required": ("行政复议", "六十日", "行政诉讼", "六个月"),
    "review_first": ("应当先", "六十日", "行政复议", "复议决定", "十五日", "起诉"),
    "recheck": ("三十日", "复查"),
    "objection": ("异议", "更正"),
}
_REMEDY_SENTENCES: dict[Remedy, str] = {
    "none": "",
    "required": "这种文书必须告知六十日内申请行政复议、六个月内提起行政诉讼",
    "review_first": "当场处罚必须告知应当先在六十日内申请行政复议，对复议决定不服再在十五日内起诉",
    "recheck": "答复必须告知三十日内可以申请复查",
    "objection": "这种文书必须告知本人可以提出异议、要求更正",
}
_TAG = re.compile(r"<[^>]*>")

_SAMPLE = "示例"
_SAMPLE_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def check(template: Path, declared: Declaration, *, fonts: FontSet) -> list[str]:
    """Chinese sentences saying what is wrong with a template; empty if it may be used."""
    try:
        xml = _xml(open_template(template))
        parsed = environment().parse(xml)
    except TemplateProblem as problem:
        return [str(problem)]
    except TemplateSyntaxError as problem:
        return [f"字段写法有误：{problem.message}。字段应写成 {{{{ 名称 }}}}。"]
    problems = [
        *_unknown(parsed, declared),
        *_missing(parsed, declared),
        *_wrong_columns(parsed, declared),
        *_untold_remedies(xml, declared),
    ]
    return problems or _trial(template, declared, fonts)


def _xml(word: DocxTemplate) -> str:
    """The template's text, headers and footers included, as the template language is to read it."""
    xml = str(word.patch_xml(word.get_xml()))
    for kind in (word.HEADER_URI, word.FOOTER_URI):
        for _, part in word.get_headers_footers(kind):
            xml += str(word.patch_xml(word.get_part_xml(part)))
    return xml


def _unknown(parsed: nodes.Template, declared: Declaration) -> Iterator[str]:
    for name in sorted(find_undeclared_variables(parsed) - declared.names):
        yield f"不认识字段“{name}”{_nearest(name, declared.names)}。"


def _missing(parsed: nodes.Template, declared: Declaration) -> Iterator[str]:
    used = find_undeclared_variables(parsed)
    for name in (*declared.required, *declared.pictures, *declared.tables):
        if name not in used:
            yield f"缺少必须有的字段“{name}”。"


def _wrong_columns(parsed: nodes.Template, declared: Declaration) -> Iterator[str]:
    """Columns used in a table's rows that its rows do not have, and columns left out."""
    for loop in parsed.find_all(nodes.For):
        if not isinstance(loop.iter, nodes.Name) or not isinstance(loop.target, nodes.Name):
            continue
        columns = declared.tables.get(loop.iter.name, ())
        used = {
            found.attr
            for found in loop.find_all(nodes.Getattr)
            if isinstance(found.node, nodes.Name) and found.node.name == loop.target.name
        }
        for name in sorted(used.difference(columns)):
            yield f"表格“{loop.iter.name}”没有“{name}”这一列{_nearest(name, columns)}。"
        for name in (column for column in columns if column not in used):
            yield f"表格“{loop.iter.name}”缺少“{name}”这一列。"


def _untold_remedies(xml: str, declared: Declaration) -> Iterator[str]:
    """Whoever a paper is against is told what can be done about it, by when and where."""
    text = _TAG.sub("", xml)
    for word in _REMEDY_WORDS[declared.remedy]:
        if word not in text:
            yield f"救济一段缺少“{word}”：{_REMEDY_SENTENCES[declared.remedy]}。"


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"，是否应为“{close[0]}”" if close else ""


def _trial(template: Path, declared: Declaration, fonts: FontSet) -> list[str]:
    """Read all of the template, what its conditions leave out included; then fill and typeset it with sample values."""
    unread = list(dict.fromkeys(str(refusal) for refusal in refusals(template.read_bytes(), fonts)))
    if unread:
        return unread
    try:
        compose(read_document(fill(template, _sample(declared)), fonts), fonts)
    except Refused as problem:
        return [str(problem)]
    return []


def _sample(declared: Declaration) -> DocumentContent:
    fields: dict[str, FieldValue] = dict.fromkeys((*declared.required, *declared.optional), _SAMPLE)
    for name, columns in declared.tables.items():
        fields[name] = tuple(dict.fromkeys(columns, _SAMPLE) for _ in range(2))
    picture = io.BytesIO()
    Image.new("1", (8, 8), 1).save(picture, format="PNG")
    pictures = {name: PictureContent(picture.getvalue(), 20) for name in declared.pictures}
    return DocumentContent(declared.title, _SAMPLE, _SAMPLE_DAY, fields, pictures)
