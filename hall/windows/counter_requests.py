"""诉求: the one intake of the counter: who wants what, what is there of it already; a question is answered at once."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.files import Purpose
from hall.services.case_reading import DocumentView
from hall.services.dispatch_units import Suggested
from hall.services.front import Front
from hall.services.request_matters import SameMatter, SameMatterOpen
from hall.services.request_reading import RequestView
from hall.services.requests import NewRequest, Registered
from hall.windows.counter_enquiries import WaitingEnquiries
from hall.windows.counter_request_form import RequestForm
from hall.windows.counter_same_matter import SameMatters
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.choosing import ask_which
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.frame import Frame
from hall.windows.kit.newest import Newest
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.work import Work
from hall.windows.papers import Papers
from hall.windows.phrases import day_words
from hall.windows.served import Ticket
from hall.words import REQUEST_KINDS

KEYS = "Enter 下一项　Ctrl+Enter 登记　Ctrl+P 预览样张　Ctrl+J 同一件事　Esc 返回"
LOOK_MS = 250
FORM_WIDTH = 640
SOUNDS = {".mp3", ".wav", ".amr"}
FILES = "照片、扫描件和录音 (*.jpg *.jpeg *.png *.pdf *.mp3 *.wav *.amr)"
SAME = "{number} 是同一件事，正在办：请按 Enter 并入，或者写明理由。"
ANSWER_KEYS = "Enter 写答复　Ctrl+B 答复　Ctrl+Q 转办　Esc 返回登记"
TO_ENTER, TO_ANSWER = 0, 1


class RequestPage(QWidget):
    """`application_wanted` carries an Entered: who applies for what belongs to the intake of applications.

    `keys_changed`: another line of keys belongs to what is shown now.
    """

    application_wanted = Signal(object)
    keys_changed = Signal()

    def __init__(
        self, front: Front, frame: Frame, work: Work, *, papers: Papers, ticket: Ticket, applies: bool = True
    ) -> None:
        """`ticket` tells who is served: the request belongs to it. `applies`: applications can be taken in here."""
        super().__init__()
        self._front, self._frame, self._work, self._papers, self._ticket = front, frame, work, papers, ticket
        self._files: tuple[Path, ...] = ()
        self._last: DocumentView | None = None
        self._folder = str(Path.home())
        self.dialog: QFileDialog | None = None
        self.form, self.same = RequestForm(self), SameMatters()
        self.enquiries = WaitingEnquiries(front, frame, work)
        self.suggested, self.attached = muted(""), muted("")
        self.register_button = hotkeys.hotkey_button(hotkeys.REGISTER_REQUEST, self.submit)
        self.attach_button = hotkeys.hotkey_button(hotkeys.ATTACH_FILES, self._ask_files)
        self.waiting_button = hotkeys.tab_button(hotkeys.OPEN_ENQUIRIES, self.show_enquiries)
        self._newest_same = Newest[tuple[SameMatter, ...]](self.same.show_found)
        self._newest_suggested: Newest[Suggested | None] = Newest(self._show_suggested)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LOOK_MS)
        self._stack, self._right = QStackedWidget(), QVBoxLayout()
        self._lay_out()
        self._connect()
        self._show_kind()
        self.form.kind_buttons["application"].setVisible(applies)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered that could be lost."""
        return self.form.is_empty and not self._files

    @property
    def keys(self) -> str:
        """The line of keys."""
        return ANSWER_KEYS if self._stack.currentIndex() == TO_ANSWER else KEYS

    def show_matters(self, matters: tuple[Matter, ...]) -> None:
        """The catalogue in force."""
        self.form.show_matters(matters)

    def begin(self) -> None:
        """At a new request; what can be chosen is read again."""
        self.reload()
        self._work.read(self._front.enquiries.colleagues, self._show_colleagues, words="正在载入人员…")
        self._work.read(self._front.requests.choices, self.form.show_choices, words="正在载入类别…")
        if self._stack.currentIndex() == TO_ANSWER:
            self.enquiries.begin()
        else:
            self.form.begin()

    @Slot()
    def reload(self) -> None:
        """What waits for an answer, and what may be the same matter."""
        self.enquiries.reload()
        self._look()

    def back(self) -> bool:
        """Esc on the list of questions: back to the form. False: there was nothing to leave."""
        if self._stack.currentIndex() == TO_ENTER:
            return False
        self._turn_to(TO_ENTER)
        self.form.begin()
        return True

    @Slot()
    def show_enquiries(self) -> None:
        """Ctrl+7: questions that wait for an answer."""
        self._turn_to(TO_ANSWER)
        self.enquiries.begin()

    def take_card(self, card: Card) -> bool:
        """Whose request it is; False while questions are answered."""
        if self._stack.currentIndex() == TO_ANSWER:
            return False
        self.form.take_card(card)
        self._frame.message.say(f"已读卡：{self.form.holder_words}", "success")
        return True

    def clear(self) -> None:
        """For another person."""
        self.form.clear()
        self._forget()

    @Slot()
    def submit(self) -> None:
        """Register and print; what may be the same matter is joined or set apart first."""
        if not self.form.validate():
            return
        if self.form.kind == "application":
            self._last = None  # Ctrl+P is about what is begun now
            self.application_wanted.emit(self.form.entered)
            return
        joined = self.same.join_to
        new = replace(
            self.form.new(self._ticket()),
            join_to=joined.request_id if joined is not None and self._is_dispatched else None,
            apart_why=self.same.apart_why if self._is_dispatched else "",
        )
        self._work.write(
            partial(_register, self._front, new, self._files),
            partial(self._registered, new, joined.number if joined is not None else ""),
            words="正在登记…",
            button=self.register_button,
            on_failed=self._refused,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the button registers."""
        if watched is self.register_button and is_plain_enter(event):
            self.submit()
            return True
        return super().eventFilter(watched, event)

    @property
    def _is_dispatched(self) -> bool:
        """Whether the kind goes to a unit: only then another one of the same matter counts."""
        return self.form.kind not in {"consultation", "application"}

    def _registered(self, new: NewRequest, joined: str, done: Registered) -> None:
        self._frame.message.say(_told(new, joined, done, self._colleague(new)), "success")
        self.clear()
        self.reload()
        self._papers.load()
        self._last = None
        if done.document_id is not None:
            read = partial(self._front.requests.one, done.request_id)
            self._work.quietly(read, self._keep_document, owner=self)

    def _keep_document(self, view: RequestView) -> None:
        self._last = view.row.document

    def _refused(self, failure: HallError) -> None:
        if not isinstance(failure, SameMatterOpen):
            self._frame.show_failure(failure)
            return
        self.same.show_found(failure.found)
        self.same.begin()
        self._frame.message.say(SAME.format(number=failure.found[0].number), "refusal")

    def _colleague(self, new: NewRequest) -> str:
        names = self.form.colleagues
        return names.get(new.hand_to, "") if new.hand_to is not None else ""

    def _show_colleagues(self, colleagues: tuple[tuple[int, str], ...]) -> None:
        self.form.show_colleagues(colleagues)
        self.enquiries.show_colleagues(colleagues)

    @Slot()
    def _show_kind(self) -> None:
        """Another kind: what stands beside it, and what the main button does."""
        kind = self.form.kind
        self._turn_to(TO_ENTER)
        words = {"consultation": "登记咨询", "application": "去受理"}.get(kind, hotkeys.REGISTER_REQUEST.words)
        hotkeys.rename(self.register_button, hotkeys.REGISTER_REQUEST, words)
        self.same.setVisible(self._is_dispatched)
        self.attach_button.setVisible(self._is_dispatched)
        self._right.setStretch(0, int(not self._is_dispatched))
        self._look()

    @Slot()
    def _look(self) -> None:
        """Look for the same matter, and for who will answer for it."""
        form = self.form
        if not self._is_dispatched or not form.what.text("category"):
            self._newest_suggested.ask()(None)
            self._newest_same.ask()(())
            return
        what, front = form.what, self._front.requests
        suggest = partial(front.suggest, what.text("category"), what.text("area"), what.text("grid"))
        self._work.quietly(suggest, self._newest_suggested.ask(), owner=self)
        if form.can_be_alike:
            self._work.quietly(partial(front.same_matter, form.new(None)), self._newest_same.ask(), owner=self)
        else:
            self._newest_same.ask()(())

    def _show_suggested(self, suggested: Suggested | None) -> None:
        self.suggested.setText(f"按责任区将派给{suggested.unit.name}" if suggested is not None else "")

    @Slot()
    def _left(self) -> None:
        """Enter on the last field: what may be the same matter first, then the button."""
        if self._is_dispatched and self.same.is_open:
            self.same.begin()
        else:
            self.register_button.setFocus()

    @Slot()
    def _joined(self) -> None:
        """Somebody chose: what the button will do now."""
        self.register_button.setFocus()
        joined = self.same.join_to
        words = f"将并入 {joined.number}，按 Enter 登记。" if joined is not None else "不并入，单独登记。"
        self._frame.message.say(words)

    @Slot()
    def _go_to_same(self) -> None:
        if self.same.isVisible() and self.same.table.rows:
            self.same.begin()

    @Slot()
    def _ask_files(self) -> None:
        self.dialog = ask_which(
            self._frame, "附照片、录音", folder=self._folder, kinds=FILES, many=True, on_chosen=self.attach
        )

    @Slot(list)
    def attach(self, names: list[str]) -> None:
        """Files that belong to the request; chosen anew, they replace those before."""
        if names:
            self._folder = str(Path(names[0]).parent)
            self._files = tuple(map(Path, names))
            self.attached.setText(f"附 {len(names)} 份：{'、'.join(path.name for path in self._files)}")

    @Slot()
    def _preview(self) -> None:
        """Ctrl+P: what would be issued; of an empty form what was issued last."""
        if self._last is not None and self.is_empty:
            self._papers.preview(self._last)
        else:
            self._papers.preview_drafts(self.submit)

    @Slot()
    def _reprint(self) -> None:
        if self._last is not None:
            self._papers.reprint(self._last)
        else:
            self._frame.message.say("这里还没有登记过诉求，没有可补打的受理单。", "refusal")

    @Slot()
    def _ask_for_card(self) -> None:
        self._frame.message.say("请放证件：把证件放在读卡器上。没有读卡器时可直接填写姓名和电话。")

    def _forget(self) -> None:
        self._files = ()
        self.attached.clear()
        self.same.forget()

    def _turn_to(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.keys_changed.emit()
        self.waiting_button.setChecked(index == TO_ANSWER)
        for kind, button in self.form.kind_buttons.items():
            button.setChecked(index == TO_ENTER and kind == self.form.kind)

    @Slot(int)
    def _count(self, count: int) -> None:
        words = hotkeys.OPEN_ENQUIRIES.words
        hotkeys.rename(self.waiting_button, hotkeys.OPEN_ENQUIRIES, f"{words}（{count}）" if count else words)

    def _connect(self) -> None:
        form = self.form
        form.kind_changed.connect(self._show_kind)
        form.changed.connect(self._later.start)
        form.left.connect(self._left)
        form.read_card.connect(self._ask_for_card)
        self._later.timeout.connect(self._look)
        self.same.joined.connect(self._joined)
        self.same.why.returnPressed.connect(self.register_button.setFocus)
        self.enquiries.counted.connect(self._count)
        self.register_button.installEventFilter(self)
        hotkeys.bind(hotkeys.SAME_MATTER, self._go_to_same, self)
        hotkeys.bind(hotkeys.PREVIEW, self._preview, self)
        hotkeys.bind(hotkeys.REPRINT, self._reprint, self)
        hotkeys.HotkeysFirst(self, (*hotkeys.WINDOWS["counter"], *hotkeys.WINDOWS["counter-requests"]))

    def _lay_out(self) -> None:
        set_role(self.register_button, "primary")
        self.register_button.setMinimumWidth(200)
        self.form.what_card.setMaximumWidth(FORM_WIDTH)
        self.form.who_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        right = self._right
        right.setSpacing(tokens.TIGHT)
        right.addWidget(self.form.who_card)
        right.addWidget(self.same, 1)
        cards = QHBoxLayout()
        cards.setSpacing(tokens.SNUG)
        cards.addWidget(self.form.what_card, 1)
        cards.addLayout(right, 1)
        entry = QWidget()
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(cards, 1)
        column.addLayout(self._foot())
        self._stack.addWidget(entry)
        self._stack.addWidget(self.enquiries)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.TIGHT)
        whole.addLayout(self._kinds())
        whole.addWidget(self._stack, 1)

    def _kinds(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        for button in self.form.kind_buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        set_role(self.waiting_button, "kind")
        row.addWidget(self.waiting_button)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.SNUG)
        row.addWidget(self.attach_button)
        row.addWidget(self.attached, 1)
        row.addWidget(self.suggested)
        row.addWidget(self.register_button)
        return row


def _register(front: Front, new: NewRequest, paths: tuple[Path, ...]) -> Registered:
    """Read the files and register."""
    requests = front.requests
    files = tuple(
        requests.file_from(path, title=_title(path, number), purpose=_purpose(path))
        for number, path in enumerate(paths, 1)
    )
    return requests.register(replace(new, files=files))


def _purpose(path: Path) -> Purpose:
    return "recording" if path.suffix.lower() in SOUNDS else "photo"


def _title(path: Path, number: int) -> str:
    return f"{'录音' if _purpose(path) == 'recording' else '现场照片'}{number}"


def _told(new: NewRequest, joined: str, done: Registered, colleague: str) -> str:
    """Number, and by when what has to happen."""
    by = day_words(done.promised_by) if done.promised_by else f"期限待定（{done.pending}）"
    if new.kind == "consultation":
        if done.state == "closed":
            return f"咨询 {done.number} 已登记并答复。"
        return f"咨询 {done.number} 已登记，由{colleague or '您'}在 {by} 前答复。"
    kind = REQUEST_KINDS[new.kind]
    if joined:
        return f"{kind} {done.number} 已登记，并入 {joined} 一并答复；受理单正在打印。"
    lawful = f"，法定 {done.finish_by} 前办结" if done.finish_by else ""
    return f"{kind} {done.number} 已登记，承诺 {by} 前答复{lawful}；受理单正在打印。"
