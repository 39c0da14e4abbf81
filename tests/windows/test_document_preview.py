"""The preview: sharp at every scaling, opened at once however long, drafts marked, missing characters named."""

import io
import time
from collections.abc import Callable

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from hall.clock import FixedClock
from hall.printing.preview import BrokenFile, page_sizes
from hall.windows.document_preview import DRAFT_WORDS, KEEP, DocumentPreview
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.windows.preview_sheets import Paper, draw, sheets_of
from hall.workers.tasks import InlineTasks, Tasks, ThreadedTasks

CONTROL = Qt.KeyboardModifier.ControlModifier
A4 = (595.2756, 841.8898)


def pdf(pages: int) -> bytes:
    """Pages with lines of text and a black bar, 10 mm wide, at the left edge of the type area."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in range(pages):
        canvas.setFont("Helvetica", 10)
        for line in range(60):
            canvas.drawString(90, 800 - 12 * line, f"page {page + 1} line {line} " + "abcdefgh " * 6)
        canvas.rect(56.69, 100, 28.35, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


Opener = Callable[..., DocumentPreview]


@pytest.fixture
def frame(qtbot: QtBot, clock: FixedClock) -> Frame:
    frame = Frame("测试", clock)
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    return frame


@pytest.fixture
def show(frame: Frame, qtbot: QtBot) -> Opener:
    """A preview of papers over a window."""

    def build(*papers: Paper, tasks: Tasks | None = None) -> DocumentPreview:
        preview = DocumentPreview(frame, "预览", sheets_of(papers), work=Work(tasks or InlineTasks(), frame))
        with qtbot.waitActive(preview):
            preview.open()
        QApplication.processEvents()  # the view takes the size of its sheets
        return preview

    return build


@pytest.mark.parametrize("scaling", [1.0, 1.25, 1.5, 2.0])
def test_a_sheet_is_drawn_for_the_dots_of_the_screen(scaling: float) -> None:
    (sheet,) = sheets_of([Paper("甲", pdf(1))])
    picture = draw(sheet, 1.25 * scaling)
    assert abs(picture.width() - sheet.width * 1.25 * scaling) <= 1
    bar = [picture.pixelColor(x, picture.height() // 2).lightness() for x in range(picture.width())]
    edge = round(56.69 / A4[0] * picture.width())
    assert max(bar[: edge - 2]) == 255
    assert max(bar[edge + 2 : edge + 30]) < 20  # from white to black within two dots: nothing was stretched


@pytest.mark.parametrize("content", [pdf(1)[:200], b"%PDF-1.7", b"no picture", b""])
def test_what_is_broken_is_named_and_no_bug(content: bytes) -> None:
    with pytest.raises(BrokenFile, match="“低保证明”打不开"):
        sheets_of([Paper("营业执照", pdf(1)), Paper("低保证明", content)])


def test_a_long_paper_shows_its_first_page_within_a_tenth_of_a_second(frame: Frame, qtbot: QtBot) -> None:
    """Of this program's own work, in all its threads: others share the computer."""
    tasks = ThreadedTasks()
    content = pdf(200)
    took: list[float] = []
    try:
        for _ in range(3):
            begun = time.process_time()
            preview = DocumentPreview(frame, "长", sheets_of([Paper("长", content)]), work=Work(tasks, frame))
            preview.open()
            qtbot.waitUntil(lambda shown=preview: shown.views[0].drawn_for > 0)  # type: ignore[misc]
            took.append(time.process_time() - begun)
            assert len([view for view in preview.views if view.drawn_for]) <= 2
            preview.close()
    finally:
        tasks.stop()
    assert min(took) < 0.1


def test_sheets_are_drawn_when_they_come_into_view_and_forgotten_far_from_it(show: Opener) -> None:
    preview = show(Paper("长", pdf(40)))
    assert [number for number, view in enumerate(preview.views) if view.drawn_for] == [0, 1]
    assert preview.place.text() == "第 1 / 40 页　125%"
    QTest.keyClick(preview, Qt.Key.Key_End)
    assert preview.sheet == 39
    drawn = [number for number, view in enumerate(preview.views) if view.drawn_for]
    assert drawn
    assert min(drawn) >= 39 - KEEP
    assert preview.place.text().startswith("第 40 / 40 页")


def test_keys_turn_pages_and_zoom_and_what_is_read_stays_in_view(show: Opener) -> None:
    preview = show(Paper("甲", pdf(5)))
    QTest.keyClick(preview, Qt.Key.Key_PageDown, CONTROL)
    QTest.keyClick(preview, Qt.Key.Key_PageDown, CONTROL)
    assert preview.sheet == 2
    QTest.keyClick(preview, Qt.Key.Key_Equal, CONTROL)
    assert (preview.zoom, preview.sheet) == (1.5, 2)
    assert preview.views[2].drawn_for == 1.5 * preview.devicePixelRatioF()
    for _ in range(3):
        QTest.keyClick(preview, Qt.Key.Key_Minus, CONTROL)
    assert (preview.zoom, preview.sheet) == (0.75, 2)
    QTest.keyClick(preview, Qt.Key.Key_0, CONTROL)
    room = preview.area.viewport().width()
    assert 0.9 * room < preview.views[0].width() <= room
    QTest.keyClick(preview, Qt.Key.Key_PageUp, CONTROL)
    assert preview.sheet == 1
    QTest.keyClick(preview, Qt.Key.Key_Home)
    assert preview.sheet == 0
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_a_draft_is_marked_on_every_sheet_and_said_to_be_one(show: Opener) -> None:
    plain = show(Paper("甲", pdf(1))).views[0].grab().toImage()
    preview = show(Paper("甲", pdf(1), draft=True))
    assert [notice.text() for notice in preview.notices] == [DRAFT_WORDS]
    marked = preview.views[0].grab().toImage()
    differing = sum(
        plain.pixel(x, y) != marked.pixel(x, y) for x in range(0, plain.width(), 4) for y in range(0, plain.height(), 4)
    )
    assert differing > 500


def test_characters_that_no_font_has_are_named_above_the_sheets(show: Opener) -> None:
    papers = (Paper("甲", pdf(1), missing=("\U0003fffd",)), Paper("乙", pdf(2), missing=("\U0003fffd", "\ue000")))
    preview = show(*papers)
    (notice,) = preview.notices
    assert "U+3FFFD、U+E000" in notice.text()
    assert "〓" in notice.text()
    assert preview.pages == 3


def test_a_photo_is_one_sheet_as_wide_as_the_window_at_most(show: Opener) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (3000, 2000), "green").save(photo, "PNG")
    preview = show(Paper("照片", photo.getvalue()))
    assert preview.pages == 1
    assert preview.views[0].width() <= preview.area.viewport().width()
    assert preview.views[0].drawn_for > 0


def test_pages_of_different_sizes_keep_their_size() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.showPage()
    canvas.setPageSize((A4[1], A4[0]))
    canvas.showPage()
    canvas.save()
    assert [(round(each.width), round(each.height)) for each in page_sizes(file.getvalue())] == [(595, 842), (842, 595)]
