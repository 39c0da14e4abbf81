"""调整执法人员: who investigates the case from now on, among those whose certificates are valid today, and why."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from hall.services.penalty_file import PenaltyFile
from hall.services.penalty_staff import CertificateView
from hall.windows.desk_ticks import TickList
from hall.windows.kit.forms import Form
from hall.windows.kit.style import muted
from hall.windows.pages import Deed, PageTools
from hall.windows.penalty_tools import PenaltyPanel

_NEEDED = 2  # 行政处罚法 42


class OfficersPanel(PenaltyPanel):
    """Ticks and a reason; who is an officer now is ticked at first, who may not enforce is not offered."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "officers", main="调整")
        self.say("执法人员不少于两人，都有有效的执法证（行政处罚法第四十二条）。换下的人不能在本案审核、决定或者收款。")
        self.officers = TickList()
        self.officers.done.connect(self._go_to_reason)
        self.add(self.officers)
        self.form = Form()
        self.form.add_text("reason", "原因", required=True, hint="例如 调离、执法证到期、回避")
        self.form.submitted.connect(self.submitted)
        self.add(self.form)
        self._wrong = muted("")
        self.add(self._wrong)
        self._case_id = 0
        self._present: frozenset[int] = frozenset()

    def show_case(self, file: PenaltyFile) -> None:
        """Its officers, and whoever else could be one."""
        self._case_id = file.case_id
        self._present = frozenset(each.certificate_id for each in file.officers)
        self.form.clear()
        self._wrong.setText("")
        front = self._tools.front.penalty_cases
        self._tools.work.read(front.certificates, self._show_officers, words="正在载入执法人员…")

    def begin(self) -> None:
        """At the first name."""
        self.officers.focus()

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.form.submit()

    def ready(self) -> bool:
        """Two officers at least."""
        lacking = "" if len(self.officers.chosen) >= _NEEDED else "请勾选两名以上有执法证的执法人员。"
        self._wrong.setText(lacking)
        if lacking:
            self.officers.focus()
        return not lacking

    def deed(self) -> Deed:
        """Those who are ticked."""
        front, case_id = self._tools.front.penalty_cases, self._case_id
        chosen, reason = tuple(int(key) for key in self.officers.chosen), self.form.text("reason")

        def change() -> str:
            front.change_officers(case_id, chosen, reason)
            return "已调整本案的执法人员。"

        return change

    def _show_officers(self, found: Sequence[CertificateView]) -> None:
        valid = [each for each in found if each.valid and not each.helper]
        self.officers.show_choices(((str(each.id), f"{each.name}（{each.number}）") for each in valid), ticked=False)
        for each in valid:
            self.officers.tick(str(each.id), each.id in self._present)
        self.officers.focus()

    @Slot()
    def _go_to_reason(self) -> None:
        self.form.focus("reason")
