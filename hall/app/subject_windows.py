"""Where the subject of a message is shown: which window of pages, and which of its pages."""

from collections.abc import Mapping

from hall.app.page_windows import PAGE_WINDOWS, PageWindow
from hall.services.subject_notices import NoticeView

_CALL_BACKS = ("requests", "回访")
PLACES: Mapping[str, tuple[str, str]] = {
    "request": ("requests", "在办"),
    "vendor_event": ("vendors", "征信事项"),
    "stall_application": ("stalls", "申请"),
    "stall_grant": ("stalls", "摊位证"),
    "stall_withdrawal": ("stalls", "收回"),
    "relief_application": ("relief", "申请"),
    "spot_check": ("standards", "抽查"),
    "qualification": ("standards", "资格"),
    "review_assignment": ("rounds", "评查案卷"),
    "register_entry": ("registers", "到期事项"),
    "enforcement_certificate": ("penalty", "执法人员"),
    "penalty_case": ("penalty", "减免与缴款"),
    "publication": ("publicity", "公示"),
}
"""By subject the code of the window and the words of the page; cases and ratings have windows of their own."""


def place_of(notice: NoticeView) -> tuple[PageWindow, str]:
    """The window of pages and the words of the page. Raises KeyError for a subject that no page shows."""
    code, words = _CALL_BACKS if notice.due == "call_back" else PLACES[notice.subject]
    return next(each for each in PAGE_WINDOWS if each.code == code), words
