"""公开查询 at the kiosk: benchmarks, powers and stall sites, by group, then by entry; a site with its plan beside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.guides import GuideSection
from hall.rules.power_words import power_sections
from hall.rules.violation_words import norm_title, violation_sections
from hall.services.front import Front
from hall.services.stall_reading import DrawnPlan
from hall.windows.kiosk_stalls import KioskPlan
from hall.windows.kiosk_topic import TopicPages
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.touch import Tile, TileGrid, touch_button
from hall.windows.kit.touch_text import TouchText
from hall.windows.matter_guide import guide_html
from hall.windows.stall_words import site_sections
from hall.words import POWER_KINDS, STALL_SITE_KINDS
from hall.workers.tasks import Tasks

ASK = "公开查询：请选择要看的内容"
PLAN_SHARE, TEXT_SHARE = 3, 2
"""How a plan and the words about it divide the page."""


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """Something that the public may read: in which group it stands, its code and name, and what it says.

    `site_id`: the stall site whose plan is shown with it.
    """

    group: str
    code: str
    name: str
    sections: tuple[GuideSection, ...]
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class PublicTopic:
    """A list that is open to everybody: `unit` counts its entries, `nothing` stands where there are none."""

    code: str
    title: str
    words: str
    ask: str
    unit: str
    nothing: str
    read: Callable[[Front], tuple[PublicEntry, ...]]


def _benchmarks(front: Front) -> tuple[PublicEntry, ...]:
    return tuple(
        PublicEntry(norm_title(view.entry), view.entry.code, view.entry.name, violation_sections(view.entry))
        for view in front.violations.public()
    )


def _powers(front: Front) -> tuple[PublicEntry, ...]:
    return tuple(
        PublicEntry(POWER_KINDS[view.line.kind], view.line.code, view.line.name, power_sections(view.line))
        for view in front.powers.today()
    )


def _sites(front: Front) -> tuple[PublicEntry, ...]:
    return tuple(
        PublicEntry(STALL_SITE_KINDS[site.kind], site.code, site.name, site_sections(site), site.site_id)
        for site in front.stalls.sites()
    )


TOPICS = (
    PublicTopic(
        "benchmarks",
        "裁量基准",
        "什么行为罚多少、什么情形不罚",
        "裁量基准查询：请选择法律、法规",
        "个案由",
        "还没有公布的裁量基准，请向导办人员询问。",
        _benchmarks,
    ),
    PublicTopic(
        "powers",
        "权责清单",
        "本局有哪些权力、负哪些责任、依据什么",
        "权责清单：请选择权力类别",
        "项",
        "还没有导入权责清单，请向导办人员询问。",
        _powers,
    ),
    PublicTopic(
        "stalls",
        "便民服务点",
        "哪里可以摆摊、有没有空摊位、怎样申请",
        "便民服务点：请选择种类",
        "个点位",
        "还没有便民服务点，请向导办人员询问。",
        _sites,
    ),
)


class PublicText(QWidget):
    """One entry to read, beside or below its plan where it has one.

    `others` goes back to the list, `done` ends; `touched`: somebody is reading.
    """

    others = Signal()
    done = Signal()
    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plan, self.text = KioskPlan(), TouchText()
        self.plan.touched.connect(self.touched)
        self.text.turned.connect(self.touched)
        self.others_button = touch_button("看其他的", self.others.emit)
        self.done_button = touch_button("完成", self.done.emit, role="touch-primary")
        foot = QHBoxLayout()
        foot.setSpacing(tokens.BASE)
        foot.addWidget(self.others_button, 1)
        foot.addWidget(self.done_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BASE)
        column.addLayout(self._both(), 1)
        column.addLayout(foot)

    def set_points(self, points: float) -> None:
        """Type size."""
        self.plan.set_points(points)
        self.text.set_points(points)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a wide page the words stand beside the plan."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        wide = self.width() > self.height()
        self._box.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self.plan.stand(upright=not wide)

    def _both(self) -> QBoxLayout:
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._box.setSpacing(tokens.BASE)
        self._box.addWidget(self.plan, PLAN_SHARE)
        self._box.addWidget(self.text, TEXT_SHARE)
        return self._box

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere: somebody is still reading."""
        super().mousePressEvent(event)
        self.touched.emit()


class PublicPages(TopicPages):
    """Which list, then by group, then by entry, then what one says."""

    def __init__(self, front: Front, tasks: Tasks) -> None:
        super().__init__(front, tasks)
        self._topic = TOPICS[0]
        self._entries: tuple[PublicEntry, ...] = ()
        self._group = ""
        self._entry: PublicEntry | None = None
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.topics, self.groups, self.entries = (TileGrid(columns=1) for _ in range(3))
        self.reading = PublicText()
        for page in (self.topics, self.said, self.groups, self.entries, self.reading):
            self.addWidget(page)
        for grid in (self.topics, self.groups, self.entries):
            grid.turned.connect(self.touched)
        self.reading.touched.connect(self.touched)
        self.reading.done.connect(self.done)
        self.reading.others.connect(self._show_group_again)
        self.topics.show_tiles(
            [
                Tile(topic.code, str(number), topic.title, topic.words, partial(self.choose_topic, topic))
                for number, topic in enumerate(TOPICS, 1)
            ]
        )

    @Slot()
    def begin(self) -> None:
        """Ask which list."""
        self._turn_to(self.topics, ASK)

    def choose_topic(self, topic: PublicTopic) -> None:
        """Read what stands in it now."""
        self._topic, self._entries = topic, ()
        self._say(f"正在载入{topic.title}…")
        self.headed.emit(topic.ask)
        show, failed = partial(self._show_entries, topic), partial(self._failed, topic)
        self._tasks.read(partial(topic.read, self._front), show, on_failed=failed, owner=self)

    def choose_group(self, group: str) -> None:
        """The entries of a group."""
        self._group = group
        shown = [each for each in self._entries if each.group == group]
        self.entries.show_tiles(
            [
                Tile(each.code, str(number), each.name, "", partial(self.choose_entry, each))
                for number, each in enumerate(shown, 1)
            ]
        )
        self.entries.show_top()
        self._turn_to(self.entries, f"{group}　请选择")

    def choose_entry(self, entry: PublicEntry) -> None:
        """The entry to read."""
        self._entry = entry
        self.reading.text.show_text(guide_html(entry.sections))
        self.reading.plan.show_plan(None)
        self._turn_to(self.reading, entry.name)
        if entry.site_id is not None:
            read = partial(self._front.stalls.public_plan, entry.site_id)
            show, failed = partial(self._show_plan, entry), partial(self._no_plan, entry)
            self._tasks.read(read, show, on_failed=failed, owner=self)

    def go_back(self) -> bool:
        """One page back; False where there is none."""
        before: dict[QWidget, Callable[[], None]] = {
            self.reading: self._show_group_again,
            self.entries: self._show_groups,
            self.groups: self.begin,
            self.said: self.begin,
        }
        page = self.currentWidget()
        if page not in before:
            return False
        before[page]()
        return True

    def set_points(self, points: float) -> None:
        """Type size."""
        for grid in (self.topics, self.groups, self.entries):
            grid.set_points(points)
        self.reading.set_points(points)
        self.said.setFont(sized(self.font(), points))

    def _show_entries(self, topic: PublicTopic, entries: tuple[PublicEntry, ...]) -> None:
        """What was read; whoever has gone elsewhere meanwhile stays there."""
        if self._waits_for(topic):
            self._entries = entries
            self._show_groups()

    def _show_plan(self, entry: PublicEntry, plan: DrawnPlan | None) -> None:
        """While what it belongs to is still shown."""
        if entry is self._entry and self.currentWidget() is self.reading:
            self.reading.plan.show_plan(plan)

    def _no_plan(self, entry: PublicEntry, _failure: HallError) -> None:
        """What is wrong is for staff, whose window says it."""
        if entry is self._entry:
            self.reading.plan.show_nothing()

    def _failed(self, topic: PublicTopic, failure: HallError) -> None:
        if self._waits_for(topic):
            self._say(failure.sentence)

    def _waits_for(self, topic: PublicTopic) -> bool:
        return topic is self._topic and self.currentWidget() is self.said

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.setCurrentWidget(self.said)

    @Slot()
    def _show_groups(self) -> None:
        by_group: dict[str, list[PublicEntry]] = {}
        for entry in self._entries:
            by_group.setdefault(entry.group, []).append(entry)
        if not by_group:
            self._say(self._topic.nothing)
            return
        self.groups.show_tiles(
            [
                Tile(group, str(number), group, self._examples(entries), partial(self.choose_group, group))
                for number, (group, entries) in enumerate(sorted(by_group.items(), key=_most_first), 1)
            ]
        )
        self._turn_to(self.groups, self._topic.ask)

    def _examples(self, entries: Sequence[PublicEntry]) -> str:
        """How many there are, and the first of them."""
        return f"{len(entries)} {self._topic.unit}：{entries[0].name}{'等' if len(entries) > 1 else ''}"

    @Slot()
    def _show_group_again(self) -> None:
        self.choose_group(self._group)

    def _turn_to(self, page: QWidget, heading: str) -> None:
        self.setCurrentWidget(page)
        self.headed.emit(heading)
        self.touched.emit()


def _most_first(group: tuple[str, list[PublicEntry]]) -> tuple[int, str]:
    return -len(group[1]), group[0]
