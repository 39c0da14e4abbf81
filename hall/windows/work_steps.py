"""Ctrl+H where one works: what one's post does in this business, step by step, in what time and to what standard."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel

from hall.services.front import Front
from hall.services.instructions import StepView
from hall.services.papers_standards import time_words
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import DeedPanel, Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.newest import Newest
from hall.windows.kit.style import set_role
from hall.windows.kit.work import Work
from hall.words import ROLES


class StepsPanel(DeedPanel):
    """The steps of the post; the main button prints the whole instruction."""

    def __init__(self) -> None:
        super().__init__(hotkeys.STEPS.words, main="打印作业指导书")
        self._about, self._steps = QLabel(), QLabel()
        set_role(self._about, "lead")
        for label in (self._about, self._steps):
            label.setWordWrap(True)
            self.add(label)

    @property
    def words(self) -> str:
        """What it says, as rich text."""
        return f"{self._about.text()}{self._steps.text()}"

    def show_steps(self, steps: tuple[StepView, ...]) -> None:
        """Other steps; there is at least one."""
        self._about.setText(escape("、".join(dict.fromkeys(each.subject_words for each in steps))))
        self._steps.setText("".join(map(_step_html, steps)))


class WorkSteps(QObject):
    """`subject` says what is worked at now: a matter's code, or one of `words.INSTRUCTION_SUBJECTS`."""

    def __init__(self, front: Front, frame: Frame, side: Side, *, work: Work, subject: Callable[[], str]) -> None:
        """The key answers while the task that `side` lies over is shown."""
        super().__init__(frame)
        self._front = front.standards
        self._frame = frame
        self._side = side
        self._work = work
        self._subject = subject
        self._asked = ""
        self._newest = Newest[tuple[StepView, ...]](self._show)
        self.panel = StepsPanel()
        self.panel.submitted.connect(self._print)
        task = side.parentWidget()
        assert task is not None  # a side lies over its task
        hotkeys.bind(hotkeys.STEPS, self.toggle, task)

    @Slot()
    def toggle(self) -> None:
        """Open the steps of what is worked at; close them when they are open."""
        if self._side.close_panel(self.panel):
            return
        self._asked = subject = self._subject()
        self._work.read(lambda: self._front.steps(subject), self._newest.ask(), words="正在载入作业标准…")

    def _show(self, steps: tuple[StepView, ...]) -> None:
        self.panel.show_steps(steps)
        self._side.open(self.panel)
        self._frame.message.show_keys(self.panel.keys)

    @Slot()
    def _print(self) -> None:
        front, subject = self._front, self._asked

        def done(number: str) -> None:
            self._side.close_panel(self.panel)
            self._frame.message.say(f"作业指导书 {number} 正在打印。", "success")

        deed = self._work.write
        deed(lambda: front.print_sheet(subject).number, done, words="正在出作业指导书…", button=self.panel.main_button)


def _step_html(view: StepView) -> str:
    """A step: what and in what time, to what standard, what is left behind by it, by whom."""
    step = view.step
    left = f"　留痕：{escape(step.record)}" if step.record else ""
    head = f"<b>{step.position}　{escape(step.step)}</b>　{time_words(step)}"
    return f"<p>{head}<br>{escape(step.standard)}<br><small>{ROLES[step.post]}{left}</small></p>"
