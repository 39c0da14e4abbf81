"""Filling templates, and checking those that staff have edited."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from hall.printing.content import DocumentContent
from hall.printing.declarations import BadDeclaration, Declaration, NoSuchDocument, declaration, read_declarations
from hall.printing.docx_fill import TemplateProblem, fill
from hall.printing.fonts import FontSet
from hall.printing.template_check import check
from hall.resources import template

WithFields = Callable[..., DocumentContent]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[docx.document.Document], object]], Path]:
    """The acceptance notice after somebody has edited it."""

    def _edited(edit: Callable[[docx.document.Document], object]) -> Path:
        word = docx.Document(str(template("受理通知书.docx", tmp_path)))
        edit(word)
        path = tmp_path / "受理通知书（改）.docx"
        word.save(str(path))
        return path

    return _edited


Edited = Callable[[Callable[[docx.document.Document], object]], Path]


def test_every_shipped_template_passes_its_check(
    declared: dict[str, Declaration], fonts: FontSet, tmp_path: Path
) -> None:
    for entry in declared.values():
        assert check(template(entry.file, tmp_path), entry, fonts=fonts) == []


def test_a_misspelt_field_is_named_with_the_right_one(
    edited: Edited, declared: dict[str, Declaration], fonts: FontSet
) -> None:
    path = edited(lambda word: word.add_paragraph("{{ applicant_nmae }}"))
    assert check(path, declared["acceptance"], fonts=fonts) == [
        "不认识字段“applicant_nmae”，是否应为“applicant_name”。"
    ]


def test_a_deleted_field_is_reported_as_missing(
    edited: Edited, declared: dict[str, Declaration], fonts: FontSet
) -> None:
    def drop_number(word: docx.document.Document) -> None:
        word.paragraphs[1].text = ""

    assert check(edited(drop_number), declared["acceptance"], fonts=fonts) == ["缺少必须有的字段“number”。"]


def test_a_column_the_rows_do_not_have_is_reported(
    declared: dict[str, Declaration], fonts: FontSet, tmp_path: Path
) -> None:
    receipt = replace(declared["receipt"], tables={"materials": ("position", "name", "originals", "copies", "page")})
    problems = check(template(receipt.file, tmp_path), receipt, fonts=fonts)
    assert "表格“materials”没有“pages”这一列，是否应为“page”。" in problems
    assert "表格“materials”缺少“page”这一列。" in problems


def test_unsupported_formatting_in_a_template_is_reported(
    edited: Edited, declared: dict[str, Declaration], fonts: FontSet
) -> None:
    def slant(word: docx.document.Document) -> None:
        word.paragraphs[0].runs[0].italic = True

    problems = check(edited(slant), declared["acceptance"], fonts=fonts)
    assert len(problems) == 1
    assert "正文第1段" in problems[0]
    assert "斜体" in problems[0]


def test_everything_that_is_unsupported_is_reported_at_once(
    edited: Edited, declared: dict[str, Declaration], fonts: FontSet
) -> None:
    def spoil(word: docx.document.Document) -> None:
        word.paragraphs[0].runs[0].italic = True
        word.paragraphs[2].runs[0].font.strike = True
        word.sections[0].footer.paragraphs[0].runs[0].font.all_caps = True

    problems = check(edited(spoil), declared["acceptance"], fonts=fonts)
    assert [problem.partition("：")[0] for problem in problems] == ["正文第1段", "正文第3段", "页脚第1段"]
    assert ["斜体" in problems[0], "删除线" in problems[1], "全部大写" in problems[2]] == [True] * 3


def test_formatting_in_a_part_that_the_samples_leave_out_is_reported(
    edited: Edited, declared: dict[str, Declaration], fonts: FontSet
) -> None:
    def slant_what_is_rare(word: docx.document.Document) -> None:
        word.add_paragraph("{%p if not number %}")
        word.add_paragraph().add_run("没有文号").italic = True
        word.add_paragraph("{%p endif %}")

    (problem,) = check(edited(slant_what_is_rare), declared["acceptance"], fonts=fonts)
    assert "斜体" in problem
    assert f"正文第{len(docx.Document(str(edited(slant_what_is_rare))).paragraphs) - 1}段" in problem


def test_a_broken_tag_is_reported(edited: Edited, declared: dict[str, Declaration], fonts: FontSet) -> None:
    path = edited(lambda word: word.add_paragraph("{{ number "))
    assert "写法有误" in check(path, declared["acceptance"], fonts=fonts)[0]


def test_a_file_that_is_no_word_document_is_reported(
    tmp_path: Path, declared: dict[str, Declaration], fonts: FontSet
) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"nothing")
    assert "不是 .docx 文件" in check(path, declared["acceptance"], fonts=fonts)[0]


def test_a_field_without_a_value_stops_the_filling_by_name(content: DocumentContent, tmp_path: Path) -> None:
    fields = {name: value for name, value in content.fields.items() if name != "statutory_due"}
    with pytest.raises(TemplateProblem, match="statutory_due"):
        fill(template("受理通知书.docx", tmp_path), replace(content, fields=fields))


def test_markup_in_a_value_is_text(with_fields: WithFields, tmp_path: Path) -> None:
    content = with_fields(applicant_name="<w:b/>A&B {{ number }}\x00")
    word = docx.Document(io.BytesIO(fill(template("受理通知书.docx", tmp_path), content)))
    assert word.paragraphs[2].text == "<w:b/>A&B {{ number }}："


def test_a_value_of_several_lines_keeps_its_lines(with_fields: WithFields, tmp_path: Path) -> None:
    content = with_fields(applicant_name="甲\n乙")
    word = docx.Document(io.BytesIO(fill(template("受理通知书.docx", tmp_path), content)))
    assert [line for paragraph in word.paragraphs[2:4] for line in paragraph.text.splitlines()][:2] == ["甲", "乙："]


def test_the_file_says_who_made_it_and_in_which_language(content: DocumentContent, tmp_path: Path) -> None:
    word = docx.Document(io.BytesIO(fill(template("受理通知书.docx", tmp_path), content)))
    properties = word.core_properties
    assert (properties.title, properties.author, properties.language) == (content.title, content.author, "zh-CN")


def test_personal_data_stays_out_of_the_representation(content: DocumentContent) -> None:
    assert "张" not in repr(content)


def test_an_undeclared_document_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NoSuchDocument, match="nothing"):
        declaration(template("fields.toml", tmp_path), "nothing")


@pytest.mark.parametrize("text", ["[documents.a]\nfile = 1", "no toml", "[documents.a]\ncopies='x'\nfile='a'"])
def test_a_damaged_declaration_file_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "fields.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadDeclaration, match=r"fields\.toml"):
        read_declarations(path)
