"""Papers of the desk are looked at before they are issued: Ctrl+P in the panel, and nothing has happened."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hall.services.deciding import Decision
from hall.windows.desk_closing_panels import CertifyPanel
from hall.windows.document_preview import DRAFT_WORDS, DocumentPreview
from tests.services.after.aftermath import Aftermath
from tests.windows.desk.hands import Hands
from tests.windows.keyboard import CONTROL

AtDesk = Callable[[str], Hands]
GRANTED = Decision("granted", "同意", valid_from=date(2026, 11, 23), valid_until=date(2027, 5, 31))


def previewed() -> DocumentPreview:
    """The preview that stands over the desk."""
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, DocumentPreview)
    return preview


def test_a_certificate_is_previewed_as_it_would_be_made_and_then_made(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.decided(bureau.licence(), decision=GRANTED)
    hands = at_desk("clerk")
    hands.press(Qt.Key.Key_F2)
    panel = hands.desk.panel
    assert isinstance(panel, CertifyPanel)
    panel.form.focus("valid_to")
    hands.type("2028-01-01")
    hands.press(Qt.Key.Key_P, CONTROL)
    assert "2027-11-23" in hands.said  # refused as it would be
    assert QApplication.activeModalWidget() is None
    hands.type("2027-05-31")
    hands.press(Qt.Key.Key_P, CONTROL)
    preview = previewed()
    assert [notice.text() for notice in preview.notices] == [DRAFT_WORDS]
    assert preview.heading.text() == "许可证"
    preview.close()
    assert hands.desk.panel is panel
    assert bureau.certificates().of_case(case_id) == ()
    hands.confirm()
    (made,) = bureau.certificates().of_case(case_id)
    assert made.number.endswith("〔2026〕1号")
