"""The acceptance task of the counter: applicant, matter, materials, both clocks, accept and print."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import business_date
from hall.errors import HallError, Refused
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.clocks import ClockStart
from hall.rules.materials import MaterialsMissing
from hall.services.applications import Application
from hall.services.case_reading import CaseView
from hall.services.catalogue import MatterInForce
from hall.services.explaining import Explanation
from hall.services.front import Front
from hall.services.receiving import Intake
from hall.services.ticket_records import Called
from hall.windows.counter_applicant import LABEL_WIDTH, ApplicantPanel
from hall.windows.counter_draft import Draft
from hall.windows.counter_materials import MaterialList
from hall.windows.due_explanation import DueExplanation
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.frame import Frame
from hall.windows.kit.side_panel import WIDTH as SIDE_WIDTH
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.work import Work
from hall.windows.matter_guide import MatterGuide
from hall.windows.matter_picker import MatterPicker, popup_is_open
from hall.windows.phrases import due_words
from hall.words import CLOCK_KINDS
from hall.workers.tasks import Pending, Tasks

NO_MATTER = "先选事项，再列出要交的材料。"
NO_LIMIT = "未规定"
FORM_WIDTH = 1080
KEYS = "Enter 下一项　空格 材料齐　数字 份数　Ctrl+Enter 受理　Esc 关闭侧栏"


class IntakePage(QWidget):
    """`accepted` carries an Accepted; `history_wanted` the earlier cases of the applicant."""

    accepted = Signal(object)
    history_wanted = Signal(object)

    def __init__(self, front: Front, tasks: Tasks, frame: Frame) -> None:
        super().__init__()
        self._front = front
        self._tasks = tasks
        self._frame = frame
        self._work = Work(tasks, frame)
        self._ticket: Called | None = None
        self._intake: Intake | None = None
        self._history: tuple[CaseView, ...] = ()
        self._matters: dict[str, Matter] = {}
        self._looks = 0
        self._look: Pending | None = None
        self._waits_for_card = False
        self.applicant = ApplicantPanel()
        self.matter = MatterPicker()
        self.materials = MaterialList()
        self._missing, self._ready = QLabel(NO_MATTER), False
        self._clocks = {kind: QLabel() for kind in ("statutory", "promised")}
        self.guide = MatterGuide()
        self.explanation = DueExplanation()
        self.accept_button = hotkeys.hotkey_button(hotkeys.ACCEPT, self.submit)
        self.guide_button = hotkeys.hotkey_button(hotkeys.GUIDE, self.toggle_guide)
        self.why_button = hotkeys.hotkey_button(hotkeys.WHY, self.toggle_explanation)
        self._lay_out()
        self._connect()
        self.open_for(None)

    @property
    def missing_words(self) -> str:
        """What is said of the materials."""
        return self._missing.text()

    def clock_words(self, kind: str) -> str:
        """What is said of a clock."""
        return self._clocks[kind].text()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered that could be lost."""
        panel = self.applicant
        typed = any(field.text() for field in (panel.name, panel.number, panel.phone, panel.address))
        return not (panel.has_card or typed or self.materials.handed_in)

    def show_matters(self, matters: tuple[MatterInForce, ...]) -> None:
        """The catalogue in force."""
        before = self._matters.get(self.matter.code)
        self._matters = {each.matter.code: each.matter for each in matters}
        self.matter.show_matters(tuple(self._matters.values()))
        if before is None and not self.matter.code and self._ticket is not None:
            self.matter.pick(self._ticket.matter_code)
            self._show_matter()
        elif before is not None and before != self._matters.get(self.matter.code):
            self._show_matter()
            self._frame.message.say("事项目录刚更新，材料已按新版列出，请重新核对。")

    def open_for(self, ticket: Called | None) -> None:
        """An empty form for the person with this ticket, or for one without."""
        self._ticket = ticket
        self._history = ()
        self._waits_for_card = False
        self.applicant.clear(business_date(self._front.clock.now()))
        self.close_side()
        self.matter.pick(ticket.matter_code if ticket else "")
        self._show_matter()

    @property
    def draft(self) -> Draft:
        """What is entered now."""
        panel = self.applicant
        return Draft(panel.laid_card, panel.typed, self.matter.code, self.materials.handed_in)

    def take_up(self, draft: Draft) -> None:
        """What was entered before the ticket was held."""
        self.matter.pick(draft.matter_code)
        self._show_matter()
        self.applicant.fill(draft.card, draft.typed)
        self.materials.put(draft.handed_in)

    def begin(self) -> None:
        """Go to the first field."""
        self.applicant.begin()

    def is_for(self, ticket: Called) -> bool:
        """Whether the form stands for this ticket."""
        return self._ticket is not None and self._ticket.ticket_id == ticket.ticket_id

    def follow(self, ticket: Called) -> None:
        """The same ticket in another state: what was entered stays. It never becomes another person's."""
        if self.is_for(ticket):
            self._ticket = ticket

    def await_card(self) -> None:
        """The next card is the applicant, whoever was there before."""
        self._waits_for_card = True
        self._frame.message.say("请放证件：把证件放在读卡器上。没有读卡器时可直接录入姓名和证件号码。")

    def take_card(self, card: Card) -> bool:
        """A card was laid down; False if another applicant is there and nobody asked for a card."""
        if self.applicant.has_card and not self._waits_for_card:
            self._frame.message.say("已有申请人。要换人，请按 F6 再放证件。", "refusal")
            return False
        self._waits_for_card = False
        self.applicant.show_card(card)
        self.applicant.begin()
        self._frame.message.say(f"已读卡：{self.applicant.words}", "success")
        return True

    def close_side(self) -> bool:
        """Close whatever stands beside the form; False if nothing did."""
        was_open = self.guide.isVisible() or self.explanation.isVisible()
        self.guide.hide()
        self.explanation.hide()
        return was_open

    @Slot()
    def toggle_guide(self) -> None:
        """Show or hide the guide of the matter."""
        was_open = self.guide.isVisible()
        self.close_side()
        if was_open:
            return
        matter = self._matters.get(self.matter.code)
        if matter is None:
            self._refuse_matter()
            return
        self.guide.show_matter(matter)
        self.guide.show()

    @Slot()
    def toggle_explanation(self) -> None:
        """Show or hide why the due dates are what they are."""
        was_open = self.explanation.isVisible()
        self.close_side()
        if was_open:
            return
        intake = self._intake
        clocks = intake.clocks if intake else ()
        if not clocks:
            self._refuse_matter()
            return
        why = self._front.why
        self._work.read(
            lambda: tuple(why(each.kind, each.limit, each.started_on) for each in clocks),
            partial(self._show_explanations, intake),
            words="正在数日子…",
        )

    def _show_explanations(self, intake: Intake | None, found: tuple[Explanation, ...]) -> None:
        """Only beside the dates that were asked about: the form may have gone on to another matter or person."""
        if self._intake is intake:
            self.explanation.show_explanations(found)

    @Slot()
    def submit(self) -> None:
        """受理并打印, unless something is wrong that can be seen here."""
        if sentence := self.applicant.fault():
            self._frame.message.say(sentence, "refusal")
            return
        if not self.matter.code:
            self._refuse_matter()
            return
        application = Application(
            matter_code=self.matter.code,
            applicant=self.applicant.card,
            phone=self.applicant.phone.text().strip(),
            materials=self.materials.handed_in,
            ticket_id=self._ticket.ticket_id if self._ticket else None,
        )
        self._work.write(
            partial(self._front.intake.accept, application),
            self.accepted.emit,
            words="正在受理…",
            button=self.accept_button,
            on_failed=self._refused,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field goes to the next one; on the button it accepts."""
        if not is_plain_enter(event) or popup_is_open(self.matter):
            return super().eventFilter(watched, event)
        if watched is self.accept_button:
            self.submit()
        elif watched is self.matter:
            self.matter.settle()
            self.materials.focus_first()
        else:
            self.focusNextChild()
        return True

    @property
    def _has_room(self) -> bool:
        """A wide screen has the guide beside the form without being asked."""
        return self.width() > FORM_WIDTH + SIDE_WIDTH

    def _connect(self) -> None:
        self.applicant.known.connect(self._look_up)
        self.applicant.read_card.connect(self._ask_for_card)
        self.applicant.history_wanted.connect(lambda: self.history_wanted.emit(self._history))
        self.matter.picked.connect(self._show_matter)
        self.materials.changed.connect(self._look_again)
        self.materials.left.connect(self.accept_button.setFocus)
        panel = self.applicant
        for field in (panel.name, panel.number, panel.phone, panel.address, self.matter, self.accept_button):
            field.installEventFilter(self)

    @Slot()
    def _ask_for_card(self) -> None:
        self.applicant.clear(business_date(self._front.clock.now()))
        self.applicant.begin()
        self.await_card()

    @Slot(str)
    def _look_up(self, id_number: str) -> None:
        def found(cases: tuple[CaseView, ...]) -> None:
            if self.applicant.is_known_as(id_number):
                self._history = cases
                self.applicant.show_history(cases)

        self._work.read(partial(self._front.history, id_number), found, words="正在查历史办件…")

    @Slot()
    def _show_matter(self) -> None:
        self._intake = None
        matter = self._matters.get(self.matter.code)
        self.materials.show_rules(matter.materials if matter else ())
        self.explanation.hide()
        self.guide.setVisible(matter is not None and (self.guide.isVisible() or self._has_room))
        if matter is not None:
            self.guide.show_matter(matter)
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        """Ask what acceptance would mean; the latest question wins."""
        self._looks += 1
        if self._look is not None:
            self._look.cancel()
        if not self.matter.code:
            self._show_nothing()
            return
        self._look = self._tasks.read(
            partial(self._front.intake.look, self.matter.code, self.materials.handed_in),
            partial(self._show_intake, self._looks),
            on_failed=self._frame.show_failure,
            owner=self,
        )

    def _show_nothing(self) -> None:
        self._missing.setText(NO_MATTER)
        set_role(self._missing, "muted")
        for label in self._clocks.values():
            label.setText("—")

    def _show_intake(self, look: int, intake: Intake) -> None:
        if look != self._looks:
            return
        self._intake = intake
        missing = intake.missing
        if missing:
            self._missing.setText(f"缺 {len(missing)} 项：{'、'.join(missing)}。需当场补齐，或一次性告知补正。")
        else:
            self._missing.setText("✓ 材料齐全，可以受理。")
        set_role(self._missing, "lacking" if missing else "good")
        clocks: dict[str, ClockStart] = {clock.kind: clock for clock in intake.clocks}
        for kind, label in self._clocks.items():
            clock = clocks.get(kind)
            label.setText(due_words(clock.limit, clock.due_on, clock.pending) if clock else NO_LIMIT)

    def _refuse_matter(self) -> None:
        self._frame.message.say("请先选事项：输入事项编码或名称的一部分。", "refusal")
        self.matter.setFocus()

    def _refused(self, failure: HallError) -> None:
        self._frame.show_failure(failure)
        if isinstance(failure, MaterialsMissing):
            self.materials.focus_first()
        elif isinstance(failure, Refused):
            self.applicant.refusal_of(failure)

    def _lay_out(self) -> None:
        self._missing.setWordWrap(True)
        self._missing.setMinimumHeight(2 * self._missing.fontMetrics().lineSpacing())
        self._missing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        set_role(self.accept_button, "primary")
        form = QWidget()
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(form, "card")
        form.setMaximumWidth(FORM_WIDTH)
        column = QVBoxLayout(form)
        column.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.applicant)
        column.addLayout(self._grid(), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SNUG)
        row.addWidget(form, 3)
        row.addWidget(self.guide, 1)
        row.addWidget(self.explanation, 1)
        row.addStretch(0)
        QWidget.setTabOrder(self.applicant.history_button, self.matter)
        QWidget.setTabOrder(self.matter, self.materials)
        for button in (self.guide_button, self.why_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.HAIR)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.addWidget(muted("事项"), 0, 0)
        grid.addWidget(self.matter, 0, 1)
        grid.addWidget(self.guide_button, 0, 2)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(muted("材料"), 1, 0, top)
        listed = QVBoxLayout()
        listed.setSpacing(tokens.TIGHT)
        listed.addWidget(self.materials, 100)  # all it needs; on a low window it scrolls
        listed.addWidget(self._missing)
        listed.addStretch(1)
        grid.addLayout(listed, 1, 1, 1, 2)
        grid.setRowStretch(1, 1)
        grid.addWidget(muted("时限"), 3, 0, top)
        grid.addWidget(self._clock_row(), 3, 1)
        grid.addWidget(self.why_button, 3, 2, top)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.accept_button)
        self.accept_button.setMinimumWidth(220)
        grid.setRowMinimumHeight(4, tokens.HAIR)
        grid.addLayout(foot, 5, 0, 1, 3)
        return grid

    def _clock_row(self) -> QWidget:
        row = QWidget()
        layout = QGridLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(tokens.SNUG)
        layout.setVerticalSpacing(tokens.HAIR)
        layout.setColumnStretch(1, 1)
        for place, (kind, label) in enumerate(self._clocks.items()):
            layout.addWidget(muted(CLOCK_KINDS[kind].removesuffix("时限")), place, 0)
            layout.addWidget(label, place, 1)
            label.setWordWrap(True)
        return row
