"""Panels of emergency measures: what was done at once, its report within 24 hours, what the head decides."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Slot

from hall.clock import hall_time
from hall.services.emergencies import NewEmergency
from hall.services.emergency_reading import EmergencyRow
from hall.services.penalty_staff import CertificateView
from hall.services.seizure_reading import SeizureRow
from hall.windows.desk_ticks import TickList
from hall.windows.kit.deeds import DeedPanel, FormDeed
from hall.windows.kit.forms import Form
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import moment_fault, typed_moment
from hall.windows.seizure_panels import NO_NUMBERS

NEEDED_OFFICERS = 2
MOMENT = "%Y-%m-%d %H:%M"


class EmergencyPanel(DeedPanel):
    """登记紧急强制措施: what, where, when to the minute, why, by which two officers."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记紧急措施", main="登记")
        self._tools = tools
        self.say("情况紧急当场实施的，二十四小时以内报告负责人并补办批准手续，节假日照算（行政强制法第十九条）。")
        self.form = Form()
        self.form.add_text("measure", "强制措施", required=True, hint="例如：当场扣押三轮车一辆")
        self.form.add_text("began_at", "实施时间", required=True, check=moment_fault, hint="2026-12-01 14:30")
        self.form.add_text("place", "地点", required=True)
        self.form.add_note("reason", "紧急的理由", required=True, hint=NO_NUMBERS)
        self.form.add_choice("seizure", "决定书", {"": "尚未作出"})
        self.form.submitted.connect(self._go_to_officers)
        self.add(self.form)
        self.say("执法人员（勾选两名以上，行政强制法第十八条）")
        self.officers = TickList()
        self.officers.done.connect(self.submit)
        self.add(self.officers)
        self.wrong = self.say("")

    def ask_new(self, held: Iterable[SeizureRow]) -> None:
        """Empty, now, with what is held and who may enforce today."""
        self.form.clear()
        self.form.set_text("began_at", f"{hall_time(self._tools.front.clock.now()):{MOMENT}}")
        rows = {str(row.seizure_id): f"{row.number} {row.party.name_masked}" for row in held if row.ended_on is None}
        self.form.set_choices("seizure", {"": "尚未作出", **rows})
        self.wrong.clear()
        self._tools.work.read(self._tools.front.seizures.certificates, self._show_officers, words="正在载入执法人员…")

    def begin(self) -> None:
        """At the measure."""
        self.form.focus("measure")

    @Slot()
    def submit(self) -> None:
        """Only what is complete, by two officers at least."""
        if not self.form.validate():
            return
        lacking = "" if len(self.officers.chosen) >= NEEDED_OFFICERS else "请勾选两名以上有执法证的执法人员。"
        self.wrong.setText(lacking)
        if lacking:
            self.officers.focus()
        else:
            self.submitted.emit()

    def deed(self) -> Deed:
        """Enter it."""
        form, front = self.form, self._tools.front.seizures
        new = NewEmergency(
            measure=form.text("measure"),
            place=form.text("place"),
            reason=form.text("reason"),
            began_at=typed_moment(form.text("began_at")),
            certificates=tuple(int(key) for key in self.officers.chosen),
            seizure_id=int(form.text("seizure")) if form.text("seizure") else None,
        )

        def enter() -> str:
            front.enter_emergency(new)
            return "紧急强制措施已登记，请在二十四小时以内报告负责人。"

        return enter

    def _show_officers(self, certificates: tuple[CertificateView, ...]) -> None:
        able = [each for each in certificates if each.valid and not each.helper]
        self.officers.show_choices([(str(each.id), f"{each.name}　{each.number}") for each in able], ticked=False)

    @Slot()
    def _go_to_officers(self) -> None:
        self.officers.focus()


class ReportPanel(DeedPanel):
    """报告负责人: the report is printed, the time is now."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("报告紧急措施", main="报告并打印")
        self._front = tools.front.seizures
        self.about = self.say("")
        self.say("打印《紧急强制措施报告表》，两名执法人员签名后报负责人；报告时间记为现在。")

    def ask(self, row: EmergencyRow) -> None:
        """About this measure."""
        self._row = row
        self.about.setText(measure_words(row))

    def deed(self) -> Deed:
        """Report it."""
        write = partial(self._front.report_emergency, self._row.emergency_id)
        return lambda: f"已报告，报告表 {write().number} 正在打印，请负责人决定。"


class DecidePanel(FormDeed):
    """负责人决定: approved afterwards, or lifted at once."""

    first = "approved"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("决定紧急措施", main="作出决定")
        self._front = tools.front.seizures
        self.about = self.say("")
        self.say("不应当采取强制措施的，应当立即解除（行政强制法第十九条）；扣押的财物同时作出解除决定。")
        self.form.add_choice("approved", "决定", {"yes": "同意，补办批准手续", "no": "不同意，立即解除"})
        self.form.add_note("answer", "理由", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def ask(self, row: EmergencyRow) -> None:
        """About this measure."""
        self._row = row
        self.about.setText(measure_words(row))
        self.form.clear()

    def deed(self) -> Deed:
        """Decide it."""
        approved, answer, key = self.form.text("approved") == "yes", self.form.text("answer"), self._row.emergency_id

        def decide() -> str:
            issued = self._front.decide_emergency(key, approved=approved, answer=answer)
            if issued is not None:
                return f"不同意，已解除，解除决定书 {issued.number} 正在打印。请立即退还财物。"
            return "已同意，批准手续已补办。" if approved else "不同意，已登记立即解除。"

        return decide


def measure_words(row: EmergencyRow) -> str:
    """What was done when and where, and until when it has to be reported."""
    return (
        f"{row.measure}　{row.party_masked}\n{row.place}\n{hall_time(row.began_at):{MOMENT}} 实施，"
        f"最迟 {hall_time(row.due_at):{MOMENT}} 报告"
    )
