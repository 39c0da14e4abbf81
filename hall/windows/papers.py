"""What a clerk does with paper: preview, also before it is issued, print again, answer for jobs of unknown outcome."""

from collections.abc import Callable, Sequence
from functools import partial

from hall.rules.authority import may
from hall.services.case_reading import DocumentView
from hall.services.front import Front
from hall.services.spool import JobView
from hall.windows.document_preview import DocumentPreview
from hall.windows.kit.frame import Frame
from hall.windows.kit.many import PRINTING, Deed, Many
from hall.windows.kit.work import Work
from hall.windows.pages import WindowPage
from hall.windows.preview_sheets import Paper, Sheet, sheets_of
from hall.windows.print_questions import PrintQuestions
from hall.windows.reprint_reason import ReprintReason
from hall.words import DOCUMENT_KINDS

PREVIEW_WORDS = "Ctrl+P 预览样张"
"""For the line of keys, while what is entered would issue a paper."""


def key_line(page: WindowPage) -> str:
    """The line of keys: the page's, or its open panel's."""
    panel = page.side.panel
    return page.keys if panel is None else f"{panel.keys}　{PREVIEW_WORDS}"


class Papers:
    """Does it through the front and says so in the frame."""

    def __init__(self, front: Front, frame: Frame, work: Work, questions: PrintQuestions) -> None:
        self._front = front
        self._frame = frame
        self._work = work
        self._questions = questions
        self.dialog: DocumentPreview | ReprintReason | None = None
        questions.printed.connect(partial(self._confirm, printed=True))
        questions.given_up.connect(partial(self._confirm, printed=False))
        questions.reprint.connect(self._reprint_asked)

    def load(self) -> None:
        """Ask about jobs that wait for an answer, whoever answers for printing."""
        if may(self._front.actor, "ticket.print"):
            self._work.read(self._front.unsettled_jobs, self._questions.show_jobs, words="正在查打印任务…")

    def preview_of(self, page: WindowPage) -> None:
        """Ctrl+P: what the page's open panel would issue, else the paper of its row."""
        if page.side.panel is not None:
            self.preview_drafts(page.side.panel.submit)
        elif page.document is not None:
            self.preview(page.document)
        else:
            self._frame.message.say(page.no_paper, "refusal")

    def reprint_of(self, page: WindowPage) -> None:
        """Ctrl+R: the paper of the page's row again, or those of all its selected rows."""
        documents = page.documents
        if len(documents) > 1:
            self._reprint_many(documents, page.many)
        elif documents:
            self.reprint(documents[0])
        else:
            self._frame.message.say(page.no_paper, "refusal")

    def preview(self, document: DocumentView) -> None:
        """Show an issued document as its pages."""
        front, number, title = self._front, document.document_id, _title(document)

        def read() -> tuple[Sheet, ...]:
            files = front.document(number)
            return sheets_of([Paper(title, files.pdf, files.missing)])

        self._work.read(read, partial(self._show_sheets, title), words="正在排版预览…")

    def preview_drafts(self, submit: Callable[[], object]) -> None:
        """Show what a button would issue, as 样张: what was entered is checked as ever, and nothing is issued."""
        self._work.rehearse(submit, self._rehearse)

    def _rehearse(self, deed: Callable[[], object]) -> None:
        front = self._front

        def read() -> tuple[Sheet, ...]:
            drafts = front.rehearse(deed)
            return sheets_of([Paper(each.title, each.pdf, each.missing, draft=True) for each in drafts])

        def show(sheets: tuple[Sheet, ...]) -> None:
            titles = dict.fromkeys(sheet.paper.title for sheet in sheets)
            self._show_sheets("、".join(titles), sheets)

        self._work.read(read, show, words="正在排版预览…")

    def reprint(self, document: DocumentView) -> None:
        """Ask for the reason, then print again; what was never printed is printed without one."""

        def go_on(printed: bool) -> None:
            if printed:
                self._open(ReprintReason(self._frame, _title(document), partial(self._reprint_document, document)))
            else:
                self._print_first(document)

        self._work.read(partial(self._front.was_printed, document.document_id), go_on, words="正在查打印记录…")

    def _reprint_many(self, documents: Sequence[DocumentView], many: Many) -> None:
        """One reason for all of them."""
        about = f"已选 {len(documents)} 份，从 {documents[0].number} 起"

        def go_on(reason: str) -> None:
            print_one = self._front.board_desk.print_one
            many.start(
                PRINTING,
                [Deed(_title(each), partial(print_one, each.document_id, reason)) for each in documents],
            )

        self._open(ReprintReason(self._frame, about, go_on))

    def _show_sheets(self, title: str, sheets: tuple[Sheet, ...]) -> None:
        if not self._frame.locked:  # nobody is there to look any more
            self._open(DocumentPreview(self._frame, title, sheets, work=self._work))

    def _open(self, dialog: DocumentPreview | ReprintReason) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _reprint_document(self, document: DocumentView, reason: str) -> None:
        front, number = self._front, document.document_id
        self._work.write(
            partial(front.reprint_document, number, reason),
            lambda _: self._say_printing(_title(document)),
            words="正在交给打印机…",
        )

    def _print_first(self, document: DocumentView) -> None:
        def done(_: int) -> None:
            self._frame.message.say(f"正在打印 {_title(document)}。", "success")
            self.load()

        self._work.write(partial(self._front.print_first, document.document_id), done, words="正在交给打印机…")

    def _reprint_asked(self, job: JobView) -> None:
        reason = job.last_error or "打印结果不明"
        self._work.write(
            partial(self._front.reprint, job.job_id, reason),
            lambda _: self._say_printing(job.title),
            words="正在交给打印机…",
        )

    def _say_printing(self, title: str) -> None:
        self._frame.message.say(f"正在补打 {title}，纸上印有“补打”和次数。", "success")
        self.load()

    def _confirm(self, job: JobView, *, printed: bool) -> None:
        def settled(_: None) -> None:
            self._frame.message.say(f"{job.title} {_answer_words(job, printed=printed)}。", "success")
            self.load()

        self._work.write(partial(self._front.confirm_print, job.job_id, printed=printed), settled, words="正在登记…")


def _answer_words(job: JobView, *, printed: bool) -> str:
    """What the answer has done: a ticket lives by its first slip; one that lives keeps its number."""
    first_slip = job.subject_kind == "ticket" and not job.reprint
    if printed:
        return "已登记为打印完成，号已进入排队" if first_slip else "已登记为打印完成"
    return "已作废，号码不再使用" if first_slip else "已作废，不再打印"


def _title(document: DocumentView) -> str:
    return f"{DOCUMENT_KINDS[document.kind]} {document.number}"
