"""外出与替岗 (A/B 岗): who is away, who stands in, and who is back today; a panel over the board."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property, partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.clock import business_date
from hall.services.absences import Absence, AbsenceView, Employee
from hall.services.front import Front
from hall.windows.kit import tokens
from hall.windows.kit.deeds import Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.work import Work
from hall.windows.supervision_panels import FormPanel
from hall.words import ROLES

_DAY = timedelta(days=1)
WORDS = (
    "外出期间，其名下的办件由替岗人员办理，两人的姓名和在手天数都留着；回来后办件自动交还。"
    "替岗人员要有外出人员的全部岗位，两人不能同时外出。"
)
NOBODY = "现在没有人外出。"


class AbsencePanel(FormPanel):
    """Who, instead of whom, from when to when; below it who is away, each with the way back. `returned`: an absence."""

    returned = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__("外出与替岗", main="登记")
        self.tell(WORDS)
        self.form.add_choice("who", "外出", {})
        self.form.add_choice("substitute", "替岗", {})
        self.form.add_day("first", "第一天", today)
        self.form.add_day("last", "最后一天", today)
        self.form.add_text("reason", "事由", required=True, hint="如：休假、培训、病假")
        self.away = self.say(NOBODY)
        self._lines = QWidget()
        self._under_each_other = QVBoxLayout(self._lines)
        self._under_each_other.setContentsMargins(0, 0, 0, 0)
        self._under_each_other.setSpacing(tokens.TIGHT)
        self.add(self._lines)
        self.buttons: list[QPushButton] = []

    def show_staff(self, staff: Sequence[Employee], away: Sequence[AbsenceView], today: date) -> None:
        """Whom one can choose, and who is away already."""
        names = {"": "请选择", **{str(each.account_id): _employee_words(each) for each in staff}}
        self.form.set_choices("who", names)
        self.form.set_choices("substitute", names)
        self.away.setText("外出登记：" if away else NOBODY)
        while (item := self._under_each_other.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.deleteLater()
        self.buttons = [self._line(each, today) for each in away]

    def begin(self) -> None:
        """The person first."""
        self.form.set_text("reason", "")
        self.form.focus("who")

    @Slot()
    def submit(self) -> None:
        """Two persons are wanted."""
        for key in ("who", "substitute"):
            if not self.form.text(key):
                self.form.refuse(key, "请选择一位人员")
                return
        super().submit()

    @property
    def absence(self) -> Absence:
        """What was entered."""
        return Absence(
            int(self.form.text("who")),
            int(self.form.text("substitute")),
            self.form.day("first"),
            self.form.day("last"),
            self.form.text("reason"),
        )

    def _line(self, absence: AbsenceView, today: date) -> QPushButton:
        back = "今天回岗" if absence.first_day <= today else "取消登记"
        words = QLabel(f"{absence.name} 由 {absence.substitute} 替岗\n{_span_words(absence)}，{absence.reason}")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        button = QPushButton(back)
        button.setToolTip(f"{absence.name}{back}，办件交还")
        button.clicked.connect(partial(self.returned.emit, absence))
        button.installEventFilter(self)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(button)
        self._under_each_other.addWidget(line)
        return button


class Absences(QObject):
    """Opens the panel and does what it asks; `done` when cases may have changed hands."""

    done = Signal()

    def __init__(self, front: Front, frame: Frame, side: Side, work: Work) -> None:
        super().__init__(frame)
        self._front, self._frame, self._side, self._work = front, frame, side, work

    @cached_property
    def panel(self) -> AbsencePanel:
        """Made when it is first wanted."""
        panel = AbsencePanel(self._today)
        panel.submitted.connect(self._enter)
        panel.returned.connect(self._return)
        return panel

    def ask(self) -> None:
        """Read who there is, then open."""
        review = self._front.review
        self._work.read(lambda: (review.staff(), review.absences()), self._show, words="正在载入人员…")

    @property
    def _today(self) -> date:
        return business_date(self._front.clock.now())

    def _show(self, found: tuple[tuple[Employee, ...], tuple[AbsenceView, ...]]) -> None:
        staff, away = found
        self.panel.show_staff(staff, away, self._today)
        self._side.open(self.panel)

    def _enter(self) -> None:
        panel = self.panel
        write = partial(self._front.review.enter_absence, panel.absence)
        self._work.write(write, self._entered, words="正在登记…", button=panel.main_button)

    def _entered(self, _absence_id: int) -> None:
        self._side.close_panel(self.panel)
        self._frame.message.say("已登记外出；外出当天起，其办件由替岗人员办理。", "success")
        self.done.emit()

    def _return(self, absence: AbsenceView) -> None:
        last = max(absence.first_day, self._today) - _DAY
        write = partial(self._front.review.end_absence, absence.absence_id, last)
        self._work.write(write, partial(self._returned, absence.name), words="正在登记…")

    def _returned(self, name: str, _done: None) -> None:
        self._side.close_panel(self.panel)
        self._frame.message.say(f"{name} 已回岗，办件已交还。", "success")
        self.done.emit()


def _employee_words(employee: Employee) -> str:
    return f"{employee.name}（{'、'.join(word for role, word in ROLES.items() if role in employee.roles)}）"


def _span_words(absence: AbsenceView) -> str:
    first, last = (f"{day.month}月{day.day}日" for day in (absence.first_day, absence.last_day))
    return first if absence.first_day == absence.last_day else f"{first}至{last}"
