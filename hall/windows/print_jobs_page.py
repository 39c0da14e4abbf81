"""打印任务: what waits for a printer and why, what a person has to answer, what was printed today and where."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.rules.authority import may
from hall.services.front import Front
from hall.services.print_jobs import ListedJob
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import ReasonPanel, Side
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.style import muted
from hall.windows.kit.tables import Column, Table
from hall.windows.kit.work import Work
from hall.words import PRINT_STATES

DEEDS = ((hotkeys.IS_PRINTED, "printed"), (hotkeys.REPRINT, "reprint"), (hotkeys.GIVE_UP_JOB, "give_up"))
SHARES = (5, 3)
PRINTERS = {"slip": "小票打印机", "page": "打印机"}
# A job asks (a person has to look), has trouble, or just waits: the light of the row.
ASKS, WAITS, ON_ITS_WAY, OVER = "trouble", "away", "ok", "absent"
USUAL_REASONS = ("缺纸未打出", "卡纸、打花", "当事人遗失")
NOTHING_OPEN = "没有等待的打印任务。打印机有问题、或不知是否打出时，任务列在这里。"
NOTHING_ENDED = "今天还没有打完的任务。"
MAY_NOT = "只有导办、窗口人员和大厅主任可以答复或补打"
KEYS = "F8 已打印　Ctrl+R 补打　F9 作废　"
KEYS_OF_ALL = "Alt+3 看今天打完的　F5 重新载入"


class PrintJobsPage(QWidget):
    """One list with its facts. `said` carries a sentence for the frame and its tone, `counted` how many ask or wait."""

    said = Signal(str, str)
    counted = Signal(int)

    def __init__(self, front: Front, work: Work) -> None:
        super().__init__()
        self._front, self._work = front, work
        self._ended = False
        self._may_answer = may(front.actor, "ticket.print")
        table = Table[ListedJob](_columns(), lambda line: line.job.job_id, empty=NOTHING_OPEN)
        self.list = ListPage[ListedJob](
            table, deeds=DEEDS, facts=self._facts, allowed=self._allowed, nothing="没有打印任务", shares=SHARES
        )
        self.list.setAccessibleName("打印任务")
        self.side = Side(self, window="admin")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        if not self._may_answer:
            column.addWidget(muted(f"{MAY_NOT}。"))
        self.list.deed_wanted.connect(self._deed)

    @property
    def keys(self) -> str:
        """Which keys do what here."""
        return f"{KEYS}{KEYS_OF_ALL}" if self._may_answer else KEYS_OF_ALL

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.list.begin()

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return self.list.sheets()

    def back(self) -> bool:
        """Esc: close the panel."""
        return self.side.close_panel()

    @Slot()
    def reload(self) -> None:
        """Read the open jobs, and today's ended ones where they are shown."""
        front = self._front.admin
        self._work.read(front.open_jobs, self._show_open, words="正在载入打印任务…")
        if self._ended:
            self._work.read(front.ended_jobs, self._show, words="正在载入打完的任务…")

    def show_ended(self, ended: bool) -> None:
        """What waits and asks, or what is over."""
        self._ended = ended
        self.list.table.say_empty(NOTHING_ENDED if ended else NOTHING_OPEN)
        self.reload()

    def _show_open(self, jobs: tuple[ListedJob, ...]) -> None:
        self.counted.emit(len(jobs))
        if not self._ended:
            self._show(jobs)

    def _show(self, jobs: tuple[ListedJob, ...]) -> None:
        self.list.show_rows(jobs, lambda line: line.job.job_id)

    def _allowed(self, line: ListedJob) -> tuple[str, ...]:
        if not self._may_answer:
            return ()
        if line.asking:
            return ("printed", "reprint", "give_up")
        return ("reprint",) if line.ended else ()

    def _facts(self, line: ListedJob) -> tuple[str, Facts]:
        job = line.job
        again = f"补打第 {job.reprint} 次" if job.reprint else ""
        return job.title, [
            ("状态", PRINT_STATES[job.state]),
            ("原因", job.last_error),
            ("工作站", f"{line.station}（本机）" if line.here else line.station),
            ("打印机", _printer_words(line)),
            ("队列任务号", job.handle),
            ("交来", f"{hall_time(job.created_at):%H:%M:%S}"),
            ("发送", f"{job.attempts} 次" if job.attempts else "还没有送出"),
            ("补打", again),
            ("补打原因", line.reason),
            ("请答复", "纸上打出来了按“已打印”；没打出来按“补打”；不要了按“作废”。" if line.asking else ""),
        ]

    @Slot(str, object)
    def _deed(self, act: str, line: ListedJob) -> None:
        deeds: dict[str, Callable[[ListedJob], None]] = {
            "printed": partial(self._confirm, printed=True),
            "give_up": partial(self._confirm, printed=False),
            "reprint": self._ask_reason,
        }
        deeds[act](line)

    def _confirm(self, line: ListedJob, *, printed: bool) -> None:
        job = line.job
        words = "已登记为打印完成" if printed else "已作废，不再打印"

        def done(_: None) -> None:
            self.said.emit(f"{job.title} {words}。", "success")
            self.reload()

        self._work.write(partial(self._front.confirm_print, job.job_id, printed=printed), done, words="正在登记…")

    def _ask_reason(self, line: ListedJob) -> None:
        count = line.job.reprint + 1
        where = "本机" if line.here else "本机或原来的打印机"
        words = f"{line.job.title}\n纸上印“补打”和次数（第 {count} 次），编号不变；由{where}打出。"
        panel = ReasonPanel("补打", main="补打", words=words, usual=USUAL_REASONS)
        panel.submitted.connect(partial(self._reprint, panel, line))
        self.side.open(panel)

    def _reprint(self, panel: ReasonPanel, line: ListedJob) -> None:
        def done(_: int) -> None:
            self.side.close_panel(panel)
            self.said.emit(f"正在补打 {line.job.title}，纸上印有“补打”和次数。", "success")
            self.reload()

        write = partial(self._front.reprint, line.job.job_id, panel.reason)
        self._work.write(write, done, words="正在交给打印机…", button=panel.main_button)


def _printer_words(line: ListedJob) -> str:
    """Which kind, and which one took it."""
    kind = PRINTERS[line.job.printer]
    return f"{kind}：{line.job.device}" if line.job.device else kind


def _light(line: ListedJob) -> str:
    if line.asking:
        return ASKS
    if line.ended:
        return ON_ITS_WAY if line.job.state == "printed" else OVER
    return WAITS if line.job.last_error else ON_ITS_WAY


def _columns() -> list[Column[ListedJob]]:
    return [
        Column("交来", lambda line: f"{hall_time(line.job.created_at):%H:%M:%S}", width=84),
        Column("工作站", lambda line: line.station, width=100),
        Column("内容", lambda line: line.job.title),
        Column("补打", lambda line: f"第{line.job.reprint}次" if line.job.reprint else "", width=64),
        Column("状态", lambda line: PRINT_STATES[line.job.state], width=140, light=_light),
        Column("为什么", lambda line: line.job.last_error),
    ]
