"""The ways an application may go besides 受理: opens their panels over the form and does what they say."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal, Slot

from hall.rules.cards import Card
from hall.rules.clocks_changes import Comparison
from hall.services.certificate_reading import CertificateView
from hall.services.duplicates import DuplicateSuspected
from hall.services.front import Front
from hall.services.receiving import Intake, Received
from hall.services.refusing import RefusedCase
from hall.services.supplementing import Told
from hall.windows.counter_intake import IntakePage
from hall.windows.counter_particulars import ParticularsPanel
from hall.windows.counter_supplement import SupplementPage
from hall.windows.counter_way_panels import InformedPanel, LackingPanel, RefusalPanel, WaysPanel
from hall.windows.kit.deeds import DeedPanel, ReasonPanel, Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work

CORRECTED = "写明更正了什么，由申请人在更正处签名。不写电话和证件号码。"


class IntakeWays(QObject):
    """`telling` opens the page of the supplement notice; `ended` carries a case and what to say of it."""

    telling = Signal()
    ended = Signal(int, str)

    def __init__(self, front: Front, frame: Frame, side: Side, page: IntakePage, *, work: Work) -> None:
        super().__init__(frame)
        self._front = front
        self._frame = frame
        self._side = side
        self.page = page
        self._work = work
        self._again: Callable[[], None] | None = None
        self.notice = SupplementPage()
        page.way.connect(self.open)
        page.particulars_wanted.connect(self.open_particulars)
        page.doubled_found.connect(self._ask_why)
        page.accepted.connect(lambda _: self._side.close_panel())
        self.notice.told.connect(self._tell)
        self.notice.days_changed.connect(self._ask_clocks)

    # Each panel is made when it is wanted first, and kept.

    @cached_property
    def listing(self) -> WaysPanel:
        """其他办理."""
        panel = WaysPanel()
        panel.chosen.connect(self.open)
        return panel

    @cached_property
    def particulars(self) -> ParticularsPanel:
        """申请情况."""
        panel = ParticularsPanel()
        panel.submitted.connect(self._take_particulars)
        return panel

    @cached_property
    def lacking(self) -> LackingPanel:
        """容缺受理."""
        panel = LackingPanel()
        panel.submitted.connect(self._accept_lacking)
        return panel

    @cached_property
    def informed(self) -> InformedPanel:
        """告知承诺."""
        panel = InformedPanel()
        panel.submitted.connect(self._accept_informed)
        return panel

    @cached_property
    def refusal(self) -> RefusalPanel:
        """不予受理."""
        panel = RefusalPanel()
        panel.submitted.connect(self._refuse)
        return panel

    @cached_property
    def correction(self) -> ReasonPanel:
        """当场更正."""
        panel = ReasonPanel("当场更正", main="登记更正", words=CORRECTED, usual=())
        panel.submitted.connect(self._correct)
        return panel

    @cached_property
    def doubled(self) -> ReasonPanel:
        """Why an application is another one than that which looks like it."""
        panel = ReasonPanel("可能重复申请", main="确认是另一件", words="", usual=("地点不同", "时间不同", "内容不同"))
        panel.submitted.connect(self._do_again)
        return panel

    def issues(self, panel: DeedPanel) -> bool:
        """Whether the panel's deed issues papers."""
        made = vars(self)  # a panel that was never wanted is not made for the question
        return any(made.get(name) is panel for name in ("lacking", "informed", "refusal", "correction", "doubled"))

    def take_card(self, card: Card) -> bool:
        """A card that is laid down while the particulars are open is the agent's."""
        if self._side.panel is None or self._side.panel is not self.particulars:
            return False
        self.particulars.take_card(card)
        return True

    @Slot(str)
    def open(self, way: str) -> None:
        """Begin a way, or list them all (empty)."""
        intake = self.page.intake
        if not self.page.ready() or intake is None:
            return
        if fault := intake.faults.get(way, ""):
            self._frame.message.say(f"不能这样办理：{fault}。", "refusal")
            return
        self._side.close_panel()
        begin: dict[str, Callable[[Intake], None]] = {
            "": self._begin_list,
            "supplement": self._begin_notice,
            "accept_lacking": self._begin_lacking,
            "accept_informed": self._begin_informed,
            "refuse": lambda _: self._side.open(self.refusal),
            "correct": lambda _: self._side.open(self.correction),
            "receive": lambda _: self._receive(),
        }
        begin[way](intake)

    @Slot()
    def open_particulars(self) -> None:
        """申请情况."""
        panel, present, number = self.particulars, self.page.particulars, self.page.applicant.known_number

        def show(found: tuple[CertificateView, ...]) -> None:
            panel.show_certificates(found, present.certificate_id)

        panel.show_certificates((), None)
        if number:
            listed = partial(self._front.certificates.listed, "valid", number)
            self._work.read(listed, show, words="正在查证件…")
        panel.show_particulars(present)
        self._side.open(panel)

    @Slot()
    def _take_particulars(self) -> None:
        self.page.show_particulars(self.particulars.particulars)
        self._side.close_panel(self.particulars)

    def _begin_list(self, intake: Intake) -> None:
        self.listing.show_faults({**intake.faults, "receive": "已经收件" if self.page.case_id is not None else ""})
        self._side.open(self.listing)

    def _begin_notice(self, intake: Intake) -> None:
        self.notice.show_matter(intake.matter, self.page.materials.handed_in, who=self.page.applicant.masked_name)
        self._compare(None)
        self.telling.emit()

    @Slot(int)
    def _ask_clocks(self, days: int) -> None:
        self._compare(days)

    def _compare(self, days: int | None) -> None:
        """Both clocks before and after the notice; without `days` those of the hall."""

        def show(found: tuple[Comparison, ...]) -> None:
            self.notice.show_clocks(found)

        self._work.read(partial(self._front.intake.what_if, self.page.case_id, days), show, words="正在数日子…")

    @Slot()
    def _tell(self) -> None:
        front, lines, days = self._front.intake, self.notice.lines, self.notice.days

        def done(told: Told) -> None:
            by = f"，请申请人 {told.reply_by.isoformat()} 前补正" if told.reply_by else ""
            self._end(told.case_id, f"已告知补正 {told.number}{by}。告知书正在打印，请申请人签收。")

        self.page.decide(
            lambda submission, materials: front.supplement(submission, lines, days=days, materials=materials),
            done,
            words="正在告知补正…",
            button=self.notice.tell_button,
        )

    def _begin_lacking(self, intake: Intake) -> None:
        self.lacking.show_intake(intake)
        self._side.open(self.lacking)

    @Slot()
    def _accept_lacking(self) -> None:
        button = self.lacking.main_button
        self.page.decide(
            self._front.intake.accept_lacking, self.page.accepted.emit, words="正在容缺受理…", button=button
        )

    def _begin_informed(self, intake: Intake) -> None:
        self.informed.show_intake(intake)
        self._side.open(self.informed)

    @Slot()
    def _accept_informed(self) -> None:
        front, promise = self._front.intake, self.informed.promise
        self.page.decide(
            lambda submission, materials: front.accept_informed(submission, promise, materials),
            self.page.accepted.emit,
            words="正在受理…",
            button=self.informed.main_button,
        )

    @Slot()
    def _refuse(self) -> None:
        panel, front = self.refusal, self._front.intake
        limb, authority, reason = panel.limb, panel.authority, panel.form.text("reason")

        def done(refused: RefusedCase) -> None:
            self._end(refused.case_id, f"已出具不予受理决定书 {refused.number}，材料退回申请人。")

        self.page.decide(
            lambda submission, _: front.refuse(submission, limb, reason, competent_authority=authority),
            done,
            words="正在出具决定书…",
            button=panel.main_button,
        )

    @Slot()
    def _correct(self) -> None:
        front, what = self._front.intake, self.correction.reason

        def done(received: Received) -> None:
            self._end(received.case_id, f"已登记当场更正 {received.receipt_number}，请申请人签名。按 Ctrl+J 接着办理。")

        self.page.decide(
            lambda submission, materials: front.correct(submission, what, materials),
            done,
            words="正在登记更正…",
            button=self.correction.main_button,
        )

    def _receive(self) -> None:
        def done(received: Received) -> None:
            due = f"{received.check_due.isoformat()} 前答复" if received.check_due else "五个工作日内答复"
            self._end(received.case_id, f"已收件 {received.receipt_number}，{due}。收件凭证正在打印。")

        self.page.receive(done)

    def _end(self, case_id: int, words: str) -> None:
        self._side.close_panel()
        self.ended.emit(case_id, words)

    @Slot(object, object)
    def _ask_why(self, failure: DuplicateSuspected, again: Callable[[], None]) -> None:
        self._again = again
        self.doubled.words.setText(failure.sentence)
        self._side.open(self.doubled)
        self._frame.message.say("可能是重复申请，请核对。", "refusal")

    @Slot()
    def _do_again(self) -> None:
        self.page.duplicate_reason = self.doubled.reason
        self._side.close_panel(self.doubled)
        if self._again is not None:
            again, self._again = self._again, None
            again()
