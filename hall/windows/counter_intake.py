"""The intake task of the counter: applicant, matter, materials, both clocks, accept and print.

The same form takes up a case that was received before: its applicant and its matter stand fixed then.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton

from hall.clock import business_date
from hall.errors import HallError, Refused
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.materials import HandedIn, MaterialsMissing
from hall.services.applications import Application
from hall.services.case_reading import CaseView
from hall.services.catalogue import MatterInForce
from hall.services.duplicates import DuplicateSuspected
from hall.services.front import Front
from hall.services.receiving import Intake, Received, Submission
from hall.services.ticket_records import Called
from hall.windows.counter_beside import Beside
from hall.windows.counter_draft import Draft
from hall.windows.counter_form import IntakeForm
from hall.windows.counter_known import KnownApplicant
from hall.windows.counter_particulars import Particulars, case_words
from hall.windows.counter_stage import COMPLETE, MAIN_WORDS, TITLES, UNDECIDED, Stage, stage_of
from hall.windows.kit import hotkeys
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.windows.matter_picker import popup_is_open
from hall.workers.tasks import Pending, Tasks

T = TypeVar("T")
Materials = tuple[HandedIn, ...] | None
KEYS = "Enter 下一项　空格 材料齐　数字 份数　Ctrl+Enter 受理　Ctrl+P 预览样张　Ctrl+H 作业标准　Esc 关闭侧栏"


class IntakePage(IntakeForm):
    """`accepted` carries an Accepted, `history_wanted` the earlier cases of the applicant.

    `doubled_found` carries a DuplicateSuspected and how to do the same again once there is a reason; `supplied` the
    case whose materials came, and what to say.
    """

    accepted = Signal(object)
    history_wanted = Signal(object)
    doubled_found = Signal(object, object)
    supplied = Signal(int, str)

    def __init__(self, front: Front, tasks: Tasks, frame: Frame, *, work: Work) -> None:
        super().__init__()
        self._front = front
        self._tasks = tasks
        self._frame = frame
        self._work = work
        self._ticket: Called | None = None
        self._intake: Intake | None = None
        self._case: CaseView | None = None
        self._loaded: tuple[HandedIn, ...] = ()
        self._beside, self._known = Beside(self, front, self._work), KnownApplicant(self, front, self._work)
        self._matters: dict[str, Matter] = {}
        self._looks = 0
        self._look: Pending | None = None
        self._waits_for_card = False
        self.stage: Stage = "new"
        self.particulars = Particulars()
        self.duplicate_reason = ""
        self._connect()
        self.open_for(None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered that could be lost."""
        panel = self.applicant
        typed = any(field.text() for field in (panel.name, panel.number, panel.phone, panel.address))
        changed = self.materials.handed_in != self._loaded or self.particulars != Particulars()
        return not (panel.has_card or typed or changed)

    @property
    def intake(self) -> Intake | None:
        """What the application would come to, as it was last worked out."""
        return self._intake

    @property
    def case_id(self) -> int | None:
        """The received case that the form stands for."""
        return self._case.case_id if self._case else None

    def show_matters(self, matters: tuple[MatterInForce, ...]) -> None:
        """The catalogue in force."""
        before = self._matters.get(self.matter.code)
        self._matters = {each.matter.code: each.matter for each in matters}
        if self._case is not None:
            return
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
        self._begin_stage("new", None)
        self.applicant.clear(business_date(self._front.clock.now()))
        self.matter.show_matters(tuple(self._matters.values()))
        self.matter.pick(ticket.matter_code if ticket else "")
        self._show_matter()

    def open_case(self, case: CaseView, intake: Intake) -> None:
        """A case that was received before: the same form, its applicant and its matter fixed."""
        self._begin_stage(stage_of(case), case)
        self.heading.setText(f"{TITLES[self.stage]}　{case.receipt_number}")
        self.applicant.show_person(case.applicant)
        self.summary.setText(case_words(case))
        self.matter.show_matters((intake.matter,))
        self.matter.pick(intake.matter.code)
        self._beside.show_matter(intake.matter)
        self.materials.show_rules(intake.matter.materials)
        self._loaded = intake.handed
        self.materials.put(intake.handed)

    @property
    def draft(self) -> Draft:
        """What is entered now."""
        panel = self.applicant
        return Draft(panel.laid_card, panel.typed, self.matter.code, self.materials.handed_in, self.particulars)

    def take_up(self, draft: Draft) -> None:
        """What was entered before the ticket was held."""
        self.matter.pick(draft.matter_code)
        self._show_matter()
        self.applicant.fill(draft.card, draft.typed)
        self.materials.put(draft.handed_in)
        self.show_particulars(draft.particulars)

    def begin(self) -> None:
        """Go to the first field."""
        if self._case is None:
            self.applicant.begin()
        elif any(row.lacking for row in self.materials.rows):
            self.materials.focus_first()
        else:
            self.accept_button.setFocus()

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
        if self._case is not None or (self.applicant.has_card and not self._waits_for_card):
            self._frame.message.say("已有申请人。要换人，请按 F6 再放证件。", "refusal")
            return False
        self._waits_for_card = False
        self.applicant.show_card(card)
        self.applicant.begin()
        self._frame.message.say(f"已读卡：{self.applicant.words}", "success")
        return True

    def show_particulars(self, particulars: Particulars) -> None:
        """What else the application says."""
        self.particulars = particulars
        self.summary.setText(particulars.words)
        self._known.look_for_like(particulars)

    def toggle_guide(self) -> None:
        """Show or hide the guide of the matter."""
        self._unless_no_matter(self._beside.toggle_guide)

    def toggle_explanation(self) -> None:
        """Show or hide why the due dates are what they are."""
        self._unless_no_matter(self._beside.toggle_explanation)

    def _unless_no_matter(self, show: Callable[[Intake], None]) -> None:
        if self._intake is None:
            self.close_side()
            self._refuse_matter()
        else:
            show(self._intake)

    def ready(self) -> bool:
        """Whether applicant and matter are there; says and shows what is not."""
        if sentence := self.applicant.fault():
            self._frame.message.say(sentence, "refusal")
            return False
        if not self.matter.code:
            self._refuse_matter()
            return False
        return True

    def decide(
        self,
        act: Callable[[Submission, Materials], T],
        on_done: Callable[[T], None],
        *,
        words: str,
        button: QPushButton | None = None,
    ) -> None:
        """Do something with what the form stands for, unless something is wrong that can be seen here."""
        if not self.ready():
            return
        submission: Submission = self._case.case_id if self._case else self._application()
        materials = self.materials.handed_in if self._case else None

        def failed(failure: HallError) -> None:
            if isinstance(failure, DuplicateSuspected):
                self.doubled_found.emit(failure, partial(self.decide, act, on_done, words=words, button=button))
            else:
                self._refused(failure)

        self._work.write(partial(act, submission, materials), on_done, words=words, button=button, on_failed=failed)

    def receive(self, on_done: Callable[[Received], None]) -> None:
        """收件待定: take the application in without deciding about it."""
        front = self._front.intake

        def take_in(submission: Submission, materials: Materials) -> Received:
            assert isinstance(submission, Application)
            return front.receive(submission)

        self.decide(take_in, on_done, words="正在收件…", button=self.accept_button)

    @Slot()
    def submit(self) -> None:
        """The main button: accept, or take in what has come."""
        intake, case = self._front.intake, self._case
        if case is None or self.stage == "received":
            self.decide(intake.accept, self.accepted.emit, words="正在受理…", button=self.accept_button)
            return
        handed = self.materials.handed_in
        if self.stage == "supplementing":
            self._work.write(
                partial(intake.resubmit, case.case_id, handed),
                self._resubmitted,
                words="正在收补正材料…",
                button=self.accept_button,
            )
        else:
            self._work.write(
                partial(intake.complete, case.case_id, handed),
                self._completed,
                words="正在登记补齐…",
                button=self.accept_button,
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

    def _application(self) -> Application:
        told = self.particulars
        return Application(
            matter_code=self.matter.code,
            applicant=self.applicant.who,
            phone=self.applicant.phone.text().strip(),
            materials=self.materials.handed_in,
            ticket_id=self._ticket.ticket_id if self._ticket else None,
            channel=told.channel,
            agent=told.agent,
            purpose=told.purpose,
            certificate_id=told.certificate_id,
            subject=told.subject,
            duplicate_reason=self.duplicate_reason,
            joint_parts=told.parts,
        )

    def _begin_stage(self, stage: Stage, case: CaseView | None) -> None:
        self.stage, self._case = stage, case
        self._loaded, self._waits_for_card = (), False
        self._known.forget()
        self.duplicate_reason = ""
        self.heading.setVisible(case is not None)
        self.matter.setEnabled(case is None)
        self.particulars_button.setVisible(case is None)
        for button in self.ways.values():
            button.setVisible(stage in UNDECIDED)
        hotkeys.rename(self.accept_button, hotkeys.ACCEPT, MAIN_WORDS[stage])
        self.close_side()
        self.show_particulars(Particulars())

    def _resubmitted(self, received: Received) -> None:
        due = f"，{received.check_due.isoformat()} 前答复" if received.check_due else ""
        self.supplied.emit(received.case_id, f"已收补正材料 {received.receipt_number}{due}。")

    def _completed(self, lacking: tuple[str, ...]) -> None:
        words = f"已登记，还缺{'、'.join(lacking)}。" if lacking else "容缺的材料已经补齐。"
        assert self._case is not None
        self.supplied.emit(self._case.case_id, words)

    def _connect(self) -> None:
        panel = self.applicant
        panel.read_card.connect(self._ask_for_card)
        panel.history_wanted.connect(lambda: self.history_wanted.emit(self._known.history))
        self.matter.picked.connect(self._show_matter)
        self.materials.changed.connect(self._look_again)
        self.materials.left.connect(self.accept_button.setFocus)
        self.submitted.connect(self.submit)
        fields = (panel.name, panel.number, panel.representative, panel.phone, panel.address)
        for field in (*fields, self.matter, self.accept_button):
            field.installEventFilter(self)

    @Slot()
    def _ask_for_card(self) -> None:
        if self.applicant.is_natural:
            self.applicant.clear(business_date(self._front.clock.now()))
        self.applicant.begin()
        self.await_card()

    @Slot()
    def _show_matter(self) -> None:
        self._intake = None
        self._beside.forget()
        matter = self._matters.get(self.matter.code)
        self.materials.show_rules(matter.materials if matter else ())
        self._beside.show_matter(matter)
        self._look_again()
        self._known.look_for_like()

    @Slot()
    def _look_again(self) -> None:
        """Ask what acceptance would mean; the latest question wins."""
        self._looks += 1
        if self._look is not None:
            self._look.cancel()
        if not self.matter.code:
            self._intake = None
            self.missing.show_nothing()
            self.limits.show_nothing()
            self.grey("accept_lacking", "")
            return
        front, handed = self._front.intake, self.materials.handed_in
        self._look = self._tasks.read(
            partial(front.look_at_case, self._case.case_id, handed)
            if self._case
            else partial(front.look, self.matter.code, handed),
            partial(self._show_intake, self._looks),
            on_failed=self._frame.show_failure,
            owner=self,
        )

    def _show_intake(self, look: int, intake: Intake) -> None:
        if look != self._looks:
            return
        self._intake = intake
        self.missing.show_intake(intake, complete=COMPLETE[self.stage], undecided=self.stage in UNDECIDED)
        if self.stage == "lacking":
            self.limits.show_nothing("已受理，时限照常计算")
        else:
            self.limits.show_starts(intake.clocks)
        self.grey("accept_lacking", intake.faults["accept_lacking"])

    def _refuse_matter(self) -> None:
        self._frame.message.say("请先选事项：输入事项编码或名称的一部分。", "refusal")
        self.matter.setFocus()

    def _refused(self, failure: HallError) -> None:
        self._frame.show_failure(failure)
        if isinstance(failure, MaterialsMissing):
            self.materials.focus_first()
        elif isinstance(failure, Refused):
            self.applicant.refusal_of(failure)
