"""查进度 at the kiosk: the question, and the answer in large type."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import business_date
from hall.errors import HallError
from hall.rules.guides import GuideSection
from hall.rules.progress import Progress
from hall.services.front import Front
from hall.services.progress_found import ProgressView
from hall.windows.kiosk_progress_ask import ProgressAsk
from hall.windows.kiosk_topic import TopicPages
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.touch import touch_button
from hall.windows.kit.touch_text import TouchText
from hall.windows.matter_guide import guide_html
from hall.workers.tasks import Tasks

ASK = "查进度：输入凭证编号和证件号后四位"


class ProgressAnswer(QWidget):
    """`again` asks for another case, `done` ends; `touched` tells that somebody is reading."""

    again = Signal()
    done = Signal()
    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.whose = QLabel()
        self.whose.setTextFormat(Qt.TextFormat.PlainText)
        self.whose.setWordWrap(True)
        self.text = TouchText()
        self.text.turned.connect(self.touched)
        self.again_button = touch_button("再查一件", self.again.emit)
        self.done_button = touch_button("完成", self.done.emit, role="touch-primary")
        foot = QHBoxLayout()
        foot.setSpacing(tokens.BASE)
        foot.addWidget(self.again_button, 1)
        foot.addWidget(self.done_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BASE)
        column.addWidget(self.whose)
        column.addWidget(self.text, 1)
        column.addLayout(foot)

    def show_found(self, views: tuple[ProgressView, ...]) -> None:
        """Show how it stands; where one serial fits several, one after another."""
        if len(views) == 1:
            self.whose.setText(f"{views[0].matter_name}　{views[0].applicant_masked}\n{views[0].number}")
            self.text.show_text(guide_html(_sections(views[0].told)))
            return
        self.whose.setText(f"同一编号查到{len(views)}件，逐件列在下面。")
        self.text.show_text("<hr>".join(guide_html((_titled(view), *_sections(view.told))) for view in views))

    def clear(self) -> None:
        """Nothing of the last person stays."""
        self.whose.clear()
        self.text.show_text("")

    def set_points(self, points: float) -> None:
        """Type size."""
        self.whose.setFont(sized(self.font(), points))
        self.text.set_points(points)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere: somebody is still reading."""
        super().mousePressEvent(event)
        self.touched.emit()


class ProgressPages(TopicPages):
    """The number that is asked for, then what there is to say."""

    def __init__(self, front: Front, tasks: Tasks) -> None:
        super().__init__(front, tasks)
        self._asked = 0
        self.ask, self.answer = ProgressAsk(), ProgressAnswer()
        for page in (self.ask, self.answer):
            self.addWidget(page)
            page.touched.connect(self.touched)
        self.ask.asked.connect(self._ask)
        self.answer.again.connect(self._begin_again)
        self.answer.done.connect(self.done)

    def begin(self) -> None:
        """For the next person; an answer that is still under way is nobody's any more."""
        self._asked += 1
        self.answer.clear()
        self.ask.begin(business_date(self._front.clock.now()).year)
        self.setCurrentWidget(self.ask)

    def set_points(self, points: float) -> None:
        """Type size."""
        self.ask.set_points(points)
        self.answer.set_points(points)

    @Slot()
    def _begin_again(self) -> None:
        self.begin()
        self.headed.emit(ASK)

    @Slot(int, int, str)
    def _ask(self, year: int, serial: int, last_four: str) -> None:
        self._wait_for(partial(self._front.progress.asked, year, serial, last_four))

    @Slot(str)
    def take_scan(self, payload: str) -> None:
        """A code was scanned; it answers only to somebody who is asking here."""
        if self.ask.isVisible() and not self.ask.waiting:
            self._wait_for(lambda: (self._front.progress.scanned(payload),))
            self.touched.emit()

    def _wait_for(self, question: Callable[[], tuple[ProgressView, ...]]) -> None:
        self._asked += 1
        asked = self._asked
        self.ask.wait()
        self._tasks.write(
            question, partial(self._answered, asked), on_failed=partial(self._not_answered, asked), owner=self
        )

    def _answered(self, asked: int, views: tuple[ProgressView, ...]) -> None:
        if asked == self._asked:
            self.answer.show_found(views)
            self.setCurrentWidget(self.answer)
            one = views[0].told.headline if len(views) == 1 else f"查到{len(views)}件"
            self.headed.emit(f"办件进度：{one}")
            self.touched.emit()

    def _not_answered(self, asked: int, failure: HallError) -> None:
        if asked == self._asked:
            self.ask.say(failure.sentence)
            self.touched.emit()


def _titled(view: ProgressView) -> GuideSection:
    return GuideSection(f"{view.matter_name}　{view.applicant_masked}", (view.number, view.told.headline))


def _sections(told: Progress) -> tuple[GuideSection, ...]:
    """What there is to say, under plain headings."""
    sections = (
        GuideSection("办到哪一步", (told.words,)),
        GuideSection("还要补交的材料", told.missing),
        GuideSection("接下来", told.next_steps),
        GuideSection("期限", tuple(f"{label}：{words}" for label, words in told.dues)),
        GuideSection("到哪里去", (told.where,) if told.where else ()),
    )
    return tuple(section for section in sections if section.lines)
