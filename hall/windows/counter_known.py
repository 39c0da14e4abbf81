"""What the hall knows of an applicant: earlier cases, and one that the application may double."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from hall.services.case_reading import CaseView
from hall.services.duplicates import Duplicate
from hall.services.front import Front
from hall.windows.counter_form import IntakeForm
from hall.windows.counter_particulars import Particulars
from hall.windows.kit.work import Work


class KnownApplicant(QObject):
    """Looks up whoever has a checked number; `history` are the cases found, the newest first."""

    def __init__(self, form: IntakeForm, front: Front, work: Work) -> None:
        super().__init__(form)
        self._form = form
        self._front = front
        self._work = work
        self._particulars = Particulars()
        self.history: tuple[CaseView, ...] = ()
        form.applicant.known.connect(self._look_up)

    def forget(self) -> None:
        """Another person."""
        self.history = ()
        self._form.doubled.hide()

    def look_for_like(self, particulars: Particulars | None = None) -> None:
        """Warn early of an application that looks like this one; only who has cases can have one."""
        self._particulars = particulars or self._particulars
        form, told = self._form, self._particulars
        form.doubled.hide()
        number, code = form.applicant.known_number, form.matter.code
        if not (number and code and self.history):
            return

        def found(like: tuple[Duplicate, ...]) -> None:
            if like and form.applicant.is_known_as(number) and form.matter.code == code:
                form.doubled.setText(f"⚠ 已有相似申请 {like[0].receipt_number}")
                form.doubled.setToolTip("、".join(each.words for each in like))
                form.doubled.show()

        ask = partial(self._front.intake.duplicates, number, code, purpose=told.purpose, subject=told.subject)
        self._work.read(ask, found, words="正在查相似的申请…")

    @Slot(str)
    def _look_up(self, id_number: str) -> None:
        def found(cases: tuple[CaseView, ...]) -> None:
            if self._form.applicant.is_known_as(id_number):
                self.history = cases
                self._form.applicant.show_history(cases)
                self.look_for_like()

        self._work.read(partial(self._front.history, id_number), found, words="正在查历史办件…")
