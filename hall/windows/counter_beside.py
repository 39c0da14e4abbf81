"""What stands beside the form of the intake when it is asked for: the guide of the matter, why a day is due."""

from functools import partial

from PySide6.QtCore import QObject

from hall.rules.catalogue import Matter
from hall.services.explaining import Explanation
from hall.services.front import Front
from hall.services.receiving import Intake
from hall.windows.counter_form import IntakeForm
from hall.windows.kit.work import Work


class Beside(QObject):
    """Opens and closes both; one at a time."""

    def __init__(self, form: IntakeForm, front: Front, work: Work) -> None:
        super().__init__(form)
        self._form = form
        self._front = front
        self._work = work
        self._intake: Intake | None = None

    def show_matter(self, matter: Matter | None) -> None:
        """Another matter: its guide where one was open or where there is room; the days of the other one are gone."""
        form = self._form
        form.explanation.hide()
        form.guide.setVisible(matter is not None and (form.guide.isVisible() or form.has_room))
        if matter is not None:
            form.guide.show_matter(matter)

    def toggle_guide(self, intake: Intake) -> None:
        """Show or hide the guide of the matter."""
        was_open = self._form.guide.isVisible()
        self._form.close_side()
        if not was_open:
            self._form.guide.show_matter(intake.matter)
            self._form.guide.show()

    def toggle_explanation(self, intake: Intake) -> None:
        """Show or hide why the due dates are what they are."""
        was_open = self._form.explanation.isVisible()
        self._form.close_side()
        self._intake = None if was_open else intake
        if was_open:
            return
        why, clocks = self._front.why, intake.clocks
        self._work.read(
            lambda: tuple(why(each.kind, each.limit, each.started_on) for each in clocks),
            partial(self._show, intake),
            words="正在数日子…",
        )

    def forget(self) -> None:
        """The form has gone on to another matter or person: days that are still being counted are not shown."""
        self._intake = None

    def _show(self, intake: Intake, found: tuple[Explanation, ...]) -> None:
        if self._intake is intake:
            self._form.explanation.show_explanations(found)
