"""The tool that lays the official layout around a decision's wording, and the decisions it was used for."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn

from hall.printing.content import DocumentContent
from hall.printing.declarations import Declaration
from hall.printing.docx_fill import fill
from hall.printing.fonts import FontSet
from hall.printing.template_check import check
from hall.resources import template
from tools import official_template

WORDING = """你（单位）提出的“{{ matter_name }}”申请，经审查，{{ consequence }}。
{%p if lacking %}
**事实。**{{ lacking }}
{%p endif %}

根据《示例法》的规定，本机关决定不予许可。
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the tool writes for a wording."""
    target, wording = tmp_path / "示例决定书.docx", tmp_path / "wording.txt"
    wording.write_text(WORDING, encoding="utf-8")
    given = [str(target), str(wording), "--title", "示例决定书", "--copies", "一式三份。"]
    monkeypatch.setattr(sys, "argv", ["official_template.py", *given])
    official_template.main()
    return target


def _styles(path: Path) -> dict[str, bytes]:
    """The named styles of a file, as they are written."""
    return {
        str(style.name): re.sub(rb' xmlns:\w+="[^"]*"', b"", serialize_part_xml(style.element))
        for style in docx.Document(str(path)).styles
        if style.name in {"Normal", "公文正文", "发文机关标志", "发文字号", "公文标题", "主送机关", "成文日期", "附注"}
    }


def test_a_wording_becomes_a_template_that_passes_its_check(
    written: Path, declared: dict[str, Declaration], fonts: FontSet
) -> None:
    fields = ("authority_name", "number", "applicant_name", "matter_name", "consequence", "lacking", "issued_on")
    notes = ("hall_name", "hall_address", "hall_phone", "complaint_phone", "enquiry_code")
    own = replace(declared["refusal"], required=fields, optional=notes, tables={}, remedy="none")
    assert check(written, own, fonts=fonts) == []


def test_the_wording_stands_between_addressee_and_authority(
    written: Path, with_fields: Callable[..., DocumentContent]
) -> None:
    filled = written.with_name("filled.docx")
    filled.write_bytes(fill(written, with_fields(lacking="缺少签名。", consequence="不符合规划")))
    word = docx.Document(str(filled))
    paragraphs = [(each.style.name if each.style else "", each.text) for each in word.paragraphs]
    assert paragraphs[2:8] == [
        ("公文标题", "示例决定书"),
        ("主送机关", "张𬭚䶮："),
        ("公文正文", "你（单位）提出的“临时占用城市道路摆设摊点审批”申请，经审查，不符合规划。"),
        ("公文正文", "事实。缺少签名。"),
        ("公文正文", "根据《示例法》的规定，本机关决定不予许可。"),
        ("发文机关署名", "\t示例市示例区城市管理和综合执法局"),
    ]
    kept = [
        each.paragraph_format.keep_with_next for each in word.paragraphs if each.style and each.style.name == "公文正文"
    ]
    assert kept == [None, None, True]
    heading = word.paragraphs[5].runs[0]._r.get_or_add_rPr()
    assert heading.get_or_add_rFonts().get(qn("w:eastAsia")) == "黑体"
    assert "一式三份。" in word.tables[0].cell(0, 0).text


@pytest.mark.parametrize("kind", ["refusal", "grant", "denial", "change_decision", "ending"])
def test_a_shipped_decision_has_the_looks_the_tool_gives(
    kind: str, written: Path, declared: dict[str, Declaration], tmp_path: Path
) -> None:
    assert _styles(template(declared[kind].file, tmp_path)) == _styles(written)
