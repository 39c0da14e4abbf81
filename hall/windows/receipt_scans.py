"""What a scanned code is worth, in words: 真凭证, 伪凭证, 不属本大厅, or no receipt at all.

Whatever else a scanner reads (the barcode of a letter, a number on a card) is named as such and goes nowhere.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from hall.errors import HallError, Refused
from hall.rules.receipt_code import VERSION
from hall.services.front import Front
from hall.services.receipts import VerifiedReceipt
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.words import DOCUMENT_KINDS


class NotAReceipt(Refused):
    """Something else was scanned; it is not repeated, for it may be the number of a person."""

    def __init__(self) -> None:
        super().__init__("扫到的不是收件凭证或文书的二维码，没有处理。请扫凭证上的二维码，或按 Ctrl+K 输入编号。")


def is_receipt_code(text: str) -> bool:
    """Whether a text claims to be a code of ours; a scanner set to capitals spoils it, and is told so by the check."""
    return text.strip().upper().startswith(f"{VERSION}.")


def verdict(receipt: VerifiedReceipt) -> str:
    """What a signature that holds proves, and where the case is."""
    signed = f"{receipt.number}，{receipt.issued_on.isoformat()}"
    if not receipt.own:
        return f"不属本大厅：{signed} 由{receipt.hall_name}签发，签名有效，请到签发的大厅查询。"
    if receipt.offline:
        return f"真凭证：{signed} 由本大厅签发，签名有效。数据库连不上，办件等恢复后再查。"
    if receipt.kind is None:
        return f"真凭证：{signed} 由本大厅签发，签名有效；数据库里却没有这份文书，请报系统管理员核查备份。"
    kind = DOCUMENT_KINDS[receipt.kind]
    ending = "" if receipt.case_id is not None else "，不属于哪个办件"
    return f"真凭证：{kind} {signed} 由本大厅签发，签名有效{ending}。"


class ReceiptScans(QObject):
    """Checks codes for one window. `checked` carries the VerifiedReceipt and the verdict, `refused` the HallError."""

    checked = Signal(object, str)
    refused = Signal(object)

    def __init__(self, front: Front, frame: Frame, work: Work) -> None:
        super().__init__(frame)
        self._front = front
        self._frame = frame
        self._work = work

    @property
    def may_take(self) -> bool:
        """Whether a scan is meant for this window now: it is the one in use, not locked, and no box stands over it."""
        active = QApplication.activeWindow()
        return not self._frame.locked and active in (None, self._frame) and QApplication.activeModalWidget() is None

    def check(self, text: str) -> None:
        """Check what was scanned, typed or pasted."""
        if not is_receipt_code(text):
            self.refused.emit(NotAReceipt())
            return
        verify: Callable[[], VerifiedReceipt] = partial(self._front.verify_receipt, text)
        self._work.read(verify, self._checked, words="正在核验…", on_failed=self._refused)

    def _checked(self, receipt: VerifiedReceipt) -> None:
        self.checked.emit(receipt, verdict(receipt))

    def _refused(self, failure: HallError) -> None:
        self.refused.emit(failure)
