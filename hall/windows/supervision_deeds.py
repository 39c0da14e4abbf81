"""What is done on the supervision screen: each deed asks what it needs in a panel, then goes through the front."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from hall.clock import business_date
from hall.rules.supervision import PleaFinding
from hall.rules.supervision_words import ORDER_COLOURS
from hall.services.accountability_reading import RecordView
from hall.services.accountability_records import NewRecord
from hall.services.anomalies import AnomalyView
from hall.services.front import Front
from hall.services.supervision_reading import OrderView
from hall.windows.kit.deeds import DeedPanel, Side
from hall.windows.kit.dialogs import ask
from hall.windows.kit.work import Work
from hall.windows.supervision_panels import (
    AppealFindingPanel,
    ClosePanel,
    DecidePanel,
    DeliverPanel,
    OpenRecordPanel,
    PleaPanel,
    TextPanel,
    VerdictPanel,
)

Write = Callable[[], object]
# The panel that asks, what is written with it, and the sentence that says so.
Deed = tuple[DeedPanel, Write, str]


class SupervisionDeeds(QObject):
    """`done` says in a sentence what was done. Panels are made once and kept."""

    done = Signal(str)

    def __init__(self, front: Front, work: Work, side: Side) -> None:
        super().__init__(side)
        self._front, self._work, self._side = front.supervision, work, side
        self._write: Write = lambda: None
        self._said = ""
        self.reply = TextPanel("回复督办", main="回复", label="办理情况")
        self.plead = TextPanel("申辩", main="提交申辩", label="事实和理由")
        self.return_reply = TextPanel("退回重报", main="退回", label="原因")
        self.escalate = TextPanel("升级", main="升级并打印", label="原因")
        self.withdraw = TextPanel("撤销督办单", main="撤销", label="原因")
        self.find = PleaPanel()
        self.verdict = VerdictPanel()
        self.open_record = OpenRecordPanel()
        self.plead_record = TextPanel("陈述申辩", main="提交", label="事实和理由")
        self.decide = DecidePanel()
        self.deliver = DeliverPanel(business_date(front.clock.now()))
        self.appeal = TextPanel("申诉", main="提交", label="事实和理由")
        self.review_appeal = AppealFindingPanel()
        self.correct = TextPanel("登记整改", main="登记", label="整改情况")
        self.close = ClosePanel()
        for panel in self._panels:
            panel.submitted.connect(self._send)

    @property
    def _panels(self) -> tuple[DeedPanel, ...]:
        orders = (self.reply, self.plead, self.return_reply, self.escalate, self.withdraw, self.find)
        records = (self.plead_record, self.decide, self.deliver, self.appeal, self.review_appeal, self.correct)
        return (*orders, self.open_record, *records, self.close, self.verdict)

    def order_deed(self, act: str, row: OrderView) -> None:
        """A deed on an order."""
        front, key = self._front, row.order_id
        if act == "settle":
            self._ask_settle(row)
            return
        if act == "account":
            self.open_record.show_order(row)
        deeds: dict[str, Deed] = {
            "reply": (self.reply, lambda: front.reply(key, self.reply.text), "已回复，等待核销。"),
            "plead": (self.plead, lambda: front.plead(key, self.plead.text), "申辩已提交，等待审理。"),
            "find": (self.find, lambda: front.find_plea(key, _finding(self.find), self.find.text), "申辩已审理。"),
            "return": (
                self.return_reply,
                lambda: front.return_reply(key, self.return_reply.text),
                "已退回，回复期限重新计算。",
            ),
            "escalate": (
                self.escalate,
                lambda: front.escalate(key, self.escalate.text),
                "已升级，新的督办单正在打印。",
            ),
            "withdraw": (self.withdraw, lambda: front.withdraw(key, self.withdraw.text), "督办单已撤销。"),
            "account": (self.open_record, lambda: front.open_record(self._new_record(row)), "责任追究已登记。"),
        }
        self._open(deeds[act])

    def anomaly_deed(self, _act: str, row: AnomalyView) -> None:
        """核查."""
        panel, front = self.verdict, self._front
        self._open((panel, lambda: front.review_anomaly(row.anomaly_id, panel.finding, panel.text), "核查结论已登记。"))

    def record_deed(self, act: str, row: RecordView) -> None:
        """A deed on an accountability record."""
        front, key = self._front, row.record_id
        if act == "decide":
            self.decide.show_record(row)
        deeds: dict[str, Deed] = {
            "plead": (self.plead_record, lambda: front.plead_record(key, self.plead_record.text), "申辩已登记。"),
            "decide": (self.decide, lambda: self._decide(key), "已作出决定，登记表正在打印。"),
            "deliver": (self.deliver, lambda: front.deliver_record(key, self.deliver.on), "送达已登记。"),
            "appeal": (self.appeal, lambda: front.appeal_record(key, self.appeal.text), "申诉已提交。"),
            "review": (
                self.review_appeal,
                lambda: front.review_appeal(key, _finding(self.review_appeal)),
                "申诉已复核。",
            ),
            "correct": (self.correct, lambda: front.correct_record(key, self.correct.text), "整改已登记。"),
            "close": (self.close, lambda: front.close_record(key, published=self.close.published), "已结案。"),
        }
        self._open(deeds[act])

    def _open(self, deed: Deed) -> None:
        panel, self._write, self._said = deed
        self._side.open(panel)

    @Slot()
    def _send(self) -> None:
        panel = self._side.panel
        if panel is not None:
            said = self._said
            self._work.write(
                self._write, lambda _: self._sent(panel, said), words="正在登记…", button=panel.main_button
            )

    def _sent(self, panel: DeedPanel, said: str) -> None:
        self._side.close_panel(panel)
        self.done.emit(said)

    def _ask_settle(self, row: OrderView) -> None:
        def settle() -> None:
            front = self._front
            self._work.write(
                lambda: front.settle(row.order_id), lambda _: self.done.emit("已核销。"), words="正在核销…"
            )

        sentence = f"核销{ORDER_COLOURS[row.colour]} {row.number}？回复：{row.reply}"
        ask(self._side, sentence, title="核销督办单", yes="核销", on_yes=settle)

    def _new_record(self, row: OrderView) -> NewRecord:
        form = self.open_record.form
        return NewRecord(
            case_id=row.case_id,
            subject_id=int(form.text("subject")),
            facts=form.text("facts"),
            article=form.text("article"),
            source=form.text("source"),
            order_id=row.order_id,
        )

    def _decide(self, record_id: int) -> None:
        panel = self.decide
        self._front.decide_record(record_id, panel.decision, correction=panel.correction.isChecked())


def _finding(panel: PleaPanel | AppealFindingPanel) -> PleaFinding:
    return "upheld" if panel.finding == "upheld" else "rejected"
