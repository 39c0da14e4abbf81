"""证件: every certificate with its validity, what is due for renewal, and the end of a licence by decision."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLineEdit,
)

from hall.clock import business_date
from hall.rules.authority import may
from hall.rules.certificates import Limb, Renewal
from hall.services import tables_export
from hall.services.case_reading import DocumentView
from hall.services.certificate_endings import Ended
from hall.services.certificate_reading import MOST, CertificateList, CertificateView, Shown
from hall.services.front import Front
from hall.services.halls import HallView
from hall.windows.certificates_list import certificates_page
from hall.windows.certificates_panels import EndingPanel, RenewalPanel
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.deeds import Side
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.list_window import KeyRow, put_together
from hall.windows.kit.many import PRINTING, Deed, Many
from hall.windows.kit.newest import Newest
from hall.windows.kit.shown import Shown as Told
from hall.windows.kit.style import muted
from hall.windows.kit.work import Work
from hall.windows.papers import Papers
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.windows.reprint_reason import ReprintReason
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

# What is due changes at midnight.
RELOAD_MS = 60_000
SEARCH_MS = 250
TABS: tuple[tuple[Hotkey, Shown], ...] = (
    (hotkeys.CERTIFICATES_VALID, "valid"),
    (hotkeys.CERTIFICATES_DUE, "due"),
    (hotkeys.CERTIFICATES_ENDED, "ended"),
    (hotkeys.CERTIFICATES_ALL, "all"),
)
KEYS = "Enter 预览　Alt+1–4 换页　Ctrl+K 查找　Ctrl+E 导出　F5 重新载入"


class Certificates(Frame):
    """One list with four filters; approvers end licences here, everybody else looks them up."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, lamps: LampFeed) -> None:
        super().__init__("证件", front.clock)
        self._front = front
        self._work = Work(tasks, self)
        self._told = Told("certificates")
        self._newest = Newest[CertificateList](self._show_list)
        self._limbs: tuple[Limb, ...] = ()
        self.shown: Shown = "valid"
        self.page = certificates_page(
            may_end=may(front.actor, "certificate.end"),
            may_reprint=may(front.actor, "document.reprint_certificate"),
        )
        self._questions = PrintQuestions()
        self._papers = Papers(front, self, self._work, self._questions)
        self.side = Side(self.page, window="certificates")
        self.many = Many(self, self.side, self._work)
        self.box: ReprintReason | None = None
        self.panels = {how: EndingPanel(how) for how in ("recall", "revoke", "cancel")}
        self.renewal = RenewalPanel()
        self._lay_out()
        self._connect(changes, lamps)
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self._work.read(front.certificates.limbs, self._keep_limbs, words="正在载入…")
        self.message.show_keys(KEYS)
        self.show_filter(0)
        self.page.begin()

    def show_filter(self, number: int) -> None:
        """Another filter of the list."""
        self.side.close_panel()
        self.tabs[number].setChecked(True)
        self.shown = TABS[number][1]
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the list anew."""
        read = partial(self._front.certificates.listed, self.shown, self.search.text())
        self._work.read(read, self._newest.ask(), words="正在载入证件…")

    def _show_list(self, found: CertificateList) -> None:
        self.page.show_rows(found.rows, lambda row: row.certificate_id)
        count = f"前 {MOST} 张，请查找" if found.more else f"{len(found.rows)} 张"
        self.count.setText(count)
        self._told.tell(shown=self.shown, certificates=len(found.rows))

    def _keep_limbs(self, limbs: tuple[Limb, ...]) -> None:
        self._limbs = limbs

    @Slot(str, object)
    def _deed(self, act: str, row: CertificateView) -> None:
        if act == "preview" and isinstance(self.side.panel, EndingPanel):
            self._papers.preview_drafts(self.side.panel.submit)
        elif act == "preview" and row.document_id is not None:
            self._papers.preview(DocumentView(row.document_id, "certificate", row.number, row.valid_from))
        elif act == "renew":
            read = partial(self._front.certificates.renewal, row.certificate_id)
            self._work.read(read, partial(self._show_renewal, row), words="正在核对有效期…")
        elif act == "reprint":
            self._ask_reprint(self.page.table.selected_rows)
        elif act in self.panels:
            panel = self.panels[act]
            panel.ask(row, self._limbs, today=business_date(self._front.clock.now()))
            self.side.open(panel)

    def _ask_reprint(self, rows: tuple[CertificateView, ...]) -> None:
        """All that are selected, for one reason."""
        about = rows[0].number if len(rows) == 1 else f"已选 {len(rows)} 张，从 {rows[0].number} 起"
        self.box = ReprintReason(self, about, partial(self._reprint, rows))
        self.box.open()

    def _reprint(self, rows: tuple[CertificateView, ...], reason: str) -> None:
        print_one = self._front.certificates.print_one
        deeds = [
            Deed(f"{row.name} {row.number}", partial(print_one, row.document_id, reason))
            for row in rows
            if row.document_id is not None
        ]
        self.many.start(PRINTING, deeds)

    def _show_renewal(self, row: CertificateView, renewal: Renewal) -> None:
        self.renewal.tell(row, renewal)
        self.side.open(self.renewal)

    @Slot()
    def _copy_number(self) -> None:
        row = self.page.table.current_row
        if row is not None:
            QGuiApplication.clipboard().setText(row.number)
            self.side.close_panel(self.renewal)
            self.message.say(f"证件编号 {row.number} 已复制，请到窗口受理延续申请。", "success")

    def _end(self, panel: EndingPanel) -> None:
        row = self.page.table.current_row
        if row is not None:
            write = partial(self._front.certificates.end, row.certificate_id, panel.ending)
            ended = partial(self._ended, panel, row)
            self._work.write(write, ended, words=f"正在出具{panel.title}决定书…", button=panel.main_button)

    def _ended(self, panel: EndingPanel, row: CertificateView, ended: Ended) -> None:
        self.side.close_panel(panel)
        barred = f"持证人在 {ended.barred_until} 以前不得再次申请。" if ended.barred_until else ""
        self.message.say(
            f"{row.number} 已{panel.title}，决定书 {ended.document_number} 正在打印，请送达。{barred}", "success"
        )
        self.reload()

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & {"certificate", "*"}:
            self.reload()

    @Slot()
    def _back(self) -> None:
        """Esc: close the panel, or stop what runs, else back to the list."""
        if not self.side.close_panel() and not self.many.stop():
            self.page.begin()

    @Slot()
    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _ask_export(self) -> None:
        """A question for the file's name that is opened, not waited for."""
        ask_where(self, "证件.xlsx", self.export)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the list to a file; without an ending it is an Excel file."""
        path = path_of(name)
        write = partial(tables_export.write_tables, path, self.page.sheets())
        exported = partial(self.message.say, f"已导出到 {path}", "success")
        self._work.read(write, lambda _: exported(), words="正在导出…", button=self.export_button)

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="证件", person=actor_words(self._front.actor))

    # How it is put together.

    def _connect(self, changes: ChangeFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        self.header.follow(lamps)
        self.page.deed_wanted.connect(self._deed)
        self.side.opened.connect(lambda panel: self.message.show_keys(panel.keys))
        self.side.closed.connect(lambda _: self.message.show_keys(KEYS))
        self.renewal.submitted.connect(self._copy_number)
        for panel in self.panels.values():
            panel.submitted.connect(partial(self._end, panel))
        timer = QTimer(self)
        timer.setInterval(RELOAD_MS)
        timer.timeout.connect(self.reload)
        timer.start()

    def _lay_out(self) -> None:
        body = put_together(self, self._tab_row(), self._questions, self.page, back=self._back)
        hotkeys.bind(hotkeys.FIND_CERTIFICATE, self._find, body)
        hotkeys.HotkeysFirst(self.page, hotkeys.WINDOWS["certificates"])

    def _tab_row(self) -> KeyRow:
        row = KeyRow()
        self.tabs = row.add_tabs([hotkey for hotkey, _ in TABS], self.show_filter)
        row.addSpacing(tokens.BASE)
        self.search = self._search_field()
        row.addWidget(self.search, 1)
        self.count = muted("")
        row.addWidget(self.count)
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT, self._ask_export)
        row.add_tools(self.export_button, hotkeys.hotkey_button(hotkeys.RELOAD, self.reload))
        return row

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName("查找证件")
        field.setPlaceholderText("Ctrl+K 查找：证件编号、持证人、身份证号或信用代码")
        field.setClearButtonEnabled(True)
        later = QTimer(field)
        later.setSingleShot(True)
        later.setInterval(SEARCH_MS)
        later.timeout.connect(self.reload)
        field.textChanged.connect(lambda _: later.start())
        field.returnPressed.connect(self.page.begin)
        return field
