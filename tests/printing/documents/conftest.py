"""Contents of documents with obviously fictitious persons."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from hall.clock import HALL_ZONE
from hall.printing.content import DocumentContent, FieldValue, PictureContent
from hall.printing.declarations import Declaration, read_declarations
from hall.printing.documents import ProducedDocument, produce
from hall.printing.fonts import FontSet
from hall.resources import template

FIELDS: dict[str, FieldValue] = {
    "number": "示城管许受〔2026〕1号",
    "applicant_name": "张𬭚䶮",
    "applicant_id_masked": "999999********1234",
    "agent_name": "李㐂",
    "channel": "窗口",
    "matter_name": "临时占用城市道路摆设摊点审批",
    "legal_basis": "《城市市容和环境卫生管理条例》第十四条",
    "received_on": "2026年11月20日",
    "received_at": "2026年11月20日9时32分",
    "accepted_on": "2026年11月21日",
    "statutory_days": 20,
    "statutory_unit": "工作日",
    "statutory_due": "2026年12月18日",
    "promised_days": 7,
    "promised_unit": "工作日",
    "promised_due": "2026年12月1日",
    "pending_reason": "",
    "enquiry_code": "K7Q2-93XM",
    "clerk_name": "王示例",
    "hall_name": "示例区城市管理执法服务大厅",
    "hall_address": "示例市示例区示例路100号一层",
    "hall_phone": "029-00000000",
    "complaint_phone": "029-00000001",
    "authority_name": "示例市示例区城市管理和综合执法局",
    "issued_on": "2026年11月21日",
    "receipt_number": "示城管许收〔2026〕12号",
    "check_due": "2026年11月27日",
    "lacking": "",
    "informed": "",
    "deemed": "",
    "submit_by": "2026年12月8日",
    "consequence": "",
    "in_review": "",
    "promised_pauses": "",
}


def materials(count: int) -> tuple[dict[str, str | int | bool | None], ...]:
    return tuple(
        {
            "position": number,
            "name": f"示例材料{number}",
            "originals": 1,
            "copies": 2,
            "pages": 3,
            "disposal": "留存",
            "defect": "缺少签名。",
            "requirement": "补签后重新提交。",
        }
        for number in range(1, count + 1)
    )


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return FontSet.shipped()


@pytest.fixture
def declared(tmp_path: Path) -> dict[str, Declaration]:
    return dict(read_declarations(template("fields.toml", tmp_path)))


@pytest.fixture
def content() -> DocumentContent:
    png = io.BytesIO()
    Image.new("1", (33, 33), 0).save(png, format="PNG")
    return DocumentContent(
        title="行政许可申请受理通知书",
        author="示例市示例区城市管理和综合执法局",
        made_at=datetime(2026, 11, 21, 10, 0, tzinfo=HALL_ZONE),
        fields={**FIELDS, "materials": materials(3)},
        pictures={"qr": PictureContent(png.getvalue(), 22)},
    )


@pytest.fixture
def with_fields(content: DocumentContent) -> Callable[..., DocumentContent]:
    """The content with some fields changed; `rows` gives that many materials."""

    def _with(*, rows: int = 3, **fields: FieldValue) -> DocumentContent:
        return replace(content, fields={**content.fields, "materials": materials(rows), **fields})

    return _with


@pytest.fixture
def make(
    declared: dict[str, Declaration], fonts: FontSet, tmp_path: Path
) -> Callable[[str, DocumentContent], ProducedDocument]:
    def _make(kind: str, content: DocumentContent) -> ProducedDocument:
        return produce(template(declared[kind].file, tmp_path), content, fonts=fonts)

    return _make


@pytest.fixture
def pdf_file(tmp_path: Path) -> Callable[[bytes], Path]:
    def _pdf_file(pdf: bytes) -> Path:
        path = tmp_path / "made.pdf"
        path.write_bytes(pdf)
        return path

    return _pdf_file
