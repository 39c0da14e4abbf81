"""查看完整信息: an applicant in clear for as long as it takes to read, with a reason that stays in the audit."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent

from hall.services.front import Front
from hall.services.persons import PersonDetails
from hall.windows.desk_sections import facts_grid
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.forms import Form
from hall.windows.kit.work import Work

SHOWN_MS = 30_000


class UnmaskPanel(DeedPanel):
    """Asks why, then shows; after half a minute, when it closes or the window locks, everything is gone again."""

    def __init__(self, front: Front, work: Work) -> None:
        super().__init__(hotkeys.UNMASK.words, main="查看")
        self._front, self._work = front, work
        self._person_id: int | None = None
        self.say("查看完整的姓名、证件号码、电话和住址要有原因。谁、什么时候、为什么查看，都记入操作记录。")
        self.form = Form()
        self.form.add_text("reason", "原因", required=True, hint="如：核对送达地址")
        self.form.submitted.connect(self._look)
        self.add(self.form)
        self.shown = facts_grid(())
        self.add(self.shown)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.forget)

    def show_person(self, person_id: int) -> None:
        """Whom it is about."""
        self.forget()
        self._person_id = person_id

    def begin(self) -> None:
        """Empty, at the reason."""
        self.form.clear()
        self.form.focus("reason")

    @Slot()
    def submit(self) -> None:
        """The main button."""
        self.form.submit()

    @Slot()
    def forget(self) -> None:
        """Nothing in clear is left on the screen."""
        self._timer.stop()
        self._replace(())

    def hideEvent(self, event: QHideEvent) -> None:
        """A closed panel shows nothing when it is opened again."""
        super().hideEvent(event)
        self.forget()

    def _look(self) -> None:
        if self._person_id is not None:
            look = partial(self._front.unmask, self._person_id, self.form.text("reason"))
            self._work.write(look, self._show, words="正在查看…", button=self.main_button)

    def _show(self, person: PersonDetails) -> None:
        told = (
            ("姓名", person.name),
            ("证件号码", person.id_number),
            ("法定代表人", person.representative),
            ("电话", person.phone),
            ("住址", person.address),
        )
        self._replace(tuple((name, words) for name, words in told if words))
        self._timer.start()

    def _replace(self, facts: tuple[tuple[str, str], ...]) -> None:
        self.shown.hide()
        self.shown.deleteLater()
        self.shown = facts_grid(facts)
        self.add(self.shown)
        self.shown.setVisible(bool(facts))
