"""Documents made from the shipped templates: their text, fonts, pages and sameness."""

import io
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from hall.printing.content import DocumentContent
from hall.printing.documents import ProducedDocument
from hall.printing.missing import noted_in
from hall.printing.preview import page_picture, page_sizes

Make = Callable[[str, DocumentContent], ProducedDocument]
WithFields = Callable[..., DocumentContent]
PdfFile = Callable[[bytes], Path]

ACCEPTANCE = """行政许可申请受理通知书
示城管许受〔2026〕1号
张𬭚䶮：
你（单位）于2026年11月20日提交的“临时占用城市道路摆
设摊点审批”申请，经审查，申请材料齐全、符合法定形式。根
据《中华人民共和国行政许可法》第三十二条第一款第五项，本
机关于2026年11月21日予以受理。该事项的设定依据：《城市市
容和环境卫生管理条例》第十四条。
一、办理期限。法定办理期限为20个工作日，法定办结日期
为2026年12月18日；本机关承诺7个工作日内办结，承诺办结日
期为2026年12月1日。
二、不计入期限的时间。依照《中华人民共和国行政许可
法》第四十五条，依法需要听证、招标、拍卖、检验、检测、检
疫、鉴定和专家评审的，所需时间不计算在办理期限内。
特此通知。
凭此码到窗口查询办理进度：
K7Q2-93XM
示例市示例区城市管理和综合执法局
（行政许可专用章）
2026年11月21日
示例区城市管理执法服务大厅 地址：示例市示例区示例路100号一层
咨询电话：029-00000000 监督投诉电话：029-00000001 一式两份，申请人、存档各一份。
— 1 —"""


def _extracted(path: Path, *options: str) -> list[str]:
    done = subprocess.run(["pdftotext", *options, str(path), "-"], check=True, capture_output=True, timeout=60)
    text = done.stdout.decode().replace("\f", "")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _solid(text: str) -> str:
    """The text without spaces of any width."""
    return "".join(text.split())


def test_the_acceptance_notice_reads_exactly_as_written(
    make: Make, content: DocumentContent, pdf_file: PdfFile
) -> None:
    made = make("acceptance", content)
    assert made.pages == 1
    assert made.missing == ()
    assert _extracted(pdf_file(made.pdf), "-raw") == ACCEPTANCE.splitlines()


@pytest.mark.parametrize("kind", ["receipt", "acceptance", "correction"])
def test_word_and_pdf_say_the_same(make: Make, content: DocumentContent, pdf_file: PdfFile, kind: str) -> None:
    made = make(kind, content)
    word = docx.Document(io.BytesIO(made.docx))
    written = {paragraph.text for paragraph in word.paragraphs}
    written |= {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    read = _solid("".join(_extracted(pdf_file(made.pdf), "-layout")))
    for text in written:
        assert all(_solid(part) in read for part in text.splitlines())


@pytest.mark.parametrize("kind", ["receipt", "acceptance", "correction"])
def test_every_font_is_embedded_as_a_subset(make: Make, content: DocumentContent, pdf_file: PdfFile, kind: str) -> None:
    path = pdf_file(make(kind, content).pdf)
    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, timeout=60)
    fonts = [line.split()[-5:-2] for line in listed.stdout.decode().splitlines()[2:]]
    assert len(fonts) >= 3
    assert all(flags == ["yes", "yes", "yes"] for flags in fonts)


def test_the_pdf_has_a_title_a_language_and_the_content_s_date(make: Make, content: DocumentContent) -> None:
    reader = PdfReader(io.BytesIO(make("acceptance", content).pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == content.title
    assert reader.metadata.creation_date == content.made_at
    assert str(reader.root_object["/Lang"]) == "zh-CN"


def test_rare_names_are_extracted_right_by_every_reader(make: Make, with_fields: WithFields, pdf_file: PdfFile) -> None:
    name = "张𬭚䶮㐂𠅤𮧵"
    pdf = make("receipt", with_fields(applicant_name=name)).pdf
    pdfium = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert name in _solid(PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
    assert name in _solid(pdfium)
    assert name in _solid("".join(_extracted(pdf_file(pdf))))


def test_a_name_without_a_glyph_is_reported_and_marked(make: Make, with_fields: WithFields, pdf_file: PdfFile) -> None:
    made = make("receipt", with_fields(applicant_name="王\U0003134f"))
    assert made.missing == ("\U0003134f",)
    assert "王〓" in "".join(_extracted(pdf_file(made.pdf)))
    assert noted_in(made.pdf) == made.missing


def test_a_pdf_without_a_mark_carries_no_note(make: Make, content: DocumentContent) -> None:
    assert noted_in(make("receipt", content).pdf) == ()


def test_equal_content_gives_equal_files(make: Make, content: DocumentContent) -> None:
    first, second = make("correction", content), make("correction", content)
    assert (first.docx, first.pdf) == (second.docx, second.pdf)
    assert first.template_digest == second.template_digest
    assert len(first.template_digest) == 64


def test_a_long_list_of_materials_runs_over_pages_under_its_heading(
    make: Make, with_fields: WithFields, pdf_file: PdfFile
) -> None:
    made = make("receipt", with_fields(rows=60))
    lines = _extracted(pdf_file(made.pdf), "-layout")
    headings = [line for line in lines if line.split() == ["序号", "材料名称", "原件", "复印件", "页数", "处理"]]
    rows = [line.split()[1] for line in lines if len(line.split()) == 6 and line.split()[0].isdigit()]
    assert made.pages >= 3
    assert len(headings) >= 3
    assert rows == [f"示例材料{number}" for number in range(1, 61)]


def test_the_closing_block_is_not_torn_from_its_sentence(
    make: Make, with_fields: WithFields, pdf_file: PdfFile
) -> None:
    made = make("acceptance", with_fields(matter_name="长" * 200))
    path = pdf_file(made.pdf)
    assert made.pages == 2
    closing = _extracted(path, "-f", "2")
    assert closing[0].startswith("二、不计入期限的时间。")
    assert "特此通知。" in closing


def test_an_unknown_due_date_is_explained(make: Make, with_fields: WithFields, pdf_file: PdfFile) -> None:
    waiting = with_fields(statutory_due="待定", pending_reason="2027年放假安排未公布")
    text = "".join(_extracted(pdf_file(make("acceptance", waiting).pdf)))
    assert "法定办结日期为待定" in text
    assert "待定原因：2027年放假安排未公布，确定后另行告知。" in text


def test_a_page_is_shown_as_a_picture(make: Make, content: DocumentContent) -> None:
    pdf = make("acceptance", content).pdf
    (size,) = page_sizes(pdf)
    assert (round(size.width), round(size.height)) == (595, 842)
    drawn = page_picture(pdf, 0, dots_per_inch=72)
    picture = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.dots, "raw", "BGRX", drawn.stride, 1)
    assert picture.size == (596, 842)
    assert min(picture.convert("L").tobytes()) < 50


def test_documents_made_at_the_same_time_are_the_same_as_one_after_the_other(
    make: Make, with_fields: WithFields
) -> None:
    contents = [with_fields(rows=rows) for rows in range(1, 7)]
    alone = [make("receipt", content).pdf for content in contents]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda content: make("receipt", content).pdf, contents))
    assert together == alone
