"""What the guide does with a row of a list: slips that are missing, skipped numbers, paper."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from hall.services.front import Front
from hall.services.paper_levels import PaperView
from hall.services.skipping import SkippedTicket
from hall.services.unprinted import UnprintedTicket
from hall.windows.guide_desk_lists import DeskLists
from hall.windows.kit import hotkeys
from hall.windows.kit.frame import Frame
from hall.windows.kit.line_box import LineBox
from hall.windows.kit.work import Work
from hall.windows.reprint_reason import ReprintReason

USUAL_VOID = "当事人已离开"
USUAL_PIECES = "600"


class DeskDeeds(QObject):
    """Asks where a reason or a number is needed, does it, and says so; the lists follow by the change."""

    def __init__(self, front: Front, frame: Frame, lists: DeskLists, *, work: Work) -> None:
        super().__init__(frame)
        self._front = front
        self._frame = frame
        self._work = work
        self.dialog: LineBox | None = None
        lists.reprint.connect(self._reprint)
        lists.came_out.connect(self._came_out)
        lists.void.connect(self._void)
        lists.requeue.connect(self._requeue)
        lists.cancel.connect(self._cancel)
        lists.refill.connect(self._refill)

    @Slot(object)
    def _reprint(self, row: UnprintedTicket) -> None:
        self._open(ReprintReason(self._frame, f"号票 {row.code}", partial(self._reprint_for, row)))

    def _reprint_for(self, row: UnprintedTicket, reason: str) -> None:
        self._write(partial(self._front.slips.reprint, row.ticket_id, reason), f"正在补打 {row.code}，打出后进入排队。")

    @Slot(object)
    def _came_out(self, row: UnprintedTicket) -> None:
        self._write(partial(self._front.slips.confirm, row.ticket_id), f"{row.code} 已进入排队。")

    @Slot(object)
    def _void(self, row: UnprintedTicket) -> None:
        self._ask_why(row.code, lambda why: self._front.slips.void(row.ticket_id, why))

    @Slot(object)
    def _cancel(self, row: SkippedTicket) -> None:
        self._ask_why(row.code, lambda why: self._front.calling.cancel(row.ticket_id, why))

    @Slot(object)
    def _requeue(self, row: SkippedTicket) -> None:
        self._write(partial(self._front.calling.requeue, row.ticket_id), f"{row.code} 已重排，请在等候区等候。")

    @Slot(object)
    def _refill(self, row: PaperView | None) -> None:
        station = row.station if row else None
        box = LineBox(
            self._frame,
            title=hotkeys.REFILL.words,
            words=f"{station or '本机'}换上了新纸卷。一卷大约能打多少张？每打一张减一，快用完时告警，用完停取。",
            label="张数",
            usual=USUAL_PIECES,
            check=lambda text: "" if text.isdecimal() else "请输入张数，只用数字。",
            on_line=lambda text: self._write(
                partial(self._front.slips.refill, int(text), station=station), f"已登记 {text} 张。"
            ),
        )
        self._open(box)

    def _ask_why(self, code: str, cancel: Callable[[str], None]) -> None:
        self._open(
            LineBox(
                self._frame,
                title=hotkeys.VOID.words,
                words=f"{code} 号作废后不能恢复，号码不再使用。",
                label="原因",
                usual=USUAL_VOID,
                on_line=lambda why: self._write(partial(cancel, why), f"{code} 已作废。"),
            )
        )

    def _open(self, dialog: LineBox) -> None:
        self.dialog = dialog
        dialog.open()

    def _write(self, do: Callable[[], object], said: str) -> None:
        self._work.write(do, lambda _: self._frame.message.say(said, "success"), words="正在登记…")
