"""The file of a case on one page that scrolls: clocks, facts, what is under way, opinions, papers, history."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.rules.lights import DueOrdinals, light
from hall.services.case_files import FileView
from hall.services.case_reading import DocumentView
from hall.services.desk_file import DeskFile, DeskMaterial
from hall.services.desk_records import DeskClock
from hall.windows.desk_history import event_words, opinion_facts, under_way
from hall.windows.desk_sections import Section, clock_lines, facts_grid
from hall.windows.kit import tokens
from hall.windows.kit.lights import Light
from hall.windows.kit.scrolling import Scrolling
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.phrases import day_words, person_words
from hall.words import (
    ACCEPTED_HOW,
    CASE_CHANNELS,
    CASE_HANDLING,
    CASE_OUTCOMES,
    CASE_PURPOSES,
    CASE_STATES,
    DOCUMENT_KINDS,
)

EVENTS_SHOWN = 30
_ROWS_SHOWN = 6


class DeskPage(QWidget):
    """`preview` carries a DocumentView, `look` a FileView."""

    preview = Signal(object)
    look = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._file: DeskFile | None = None
        self._title, self._numbers, self._holder = QLabel(), QLabel(), QLabel()
        self._light = Light(tokens.LIGHTS["pending"], "")
        self.clocks, self.facts = Section("时限"), Section("申请")
        self.materials, self.under_way = Section("申请材料"), Section("进行中")
        self.opinions, self.history = Section("意见"), Section("经过")
        self.documents = Table[DocumentView](
            [
                Column("文书", lambda row: DOCUMENT_KINDS[row.kind], width=160),
                Column("文号", lambda row: row.number),
                Column("日期", lambda row: row.issued_on.isoformat(), width=104),
            ],
            lambda row: row.document_id,
            empty="没有文书。",
        )
        self.files = Table[FileView](
            [
                Column("扫描件、照片", lambda row: row.title),
                Column("页/大小", lambda row: f"{row.size // 1024 or 1} KB", align="right", width=88),
                Column("存入", lambda row: f"{hall_time(row.added_at):%m-%d %H:%M}", width=104),
                Column("状态", lambda row: "已作废" if row.voided else "", width=72),
            ],
            lambda row: row.file_id,
            empty="没有扫描件和照片。",
        )
        self.documents.chosen.connect(self.preview)
        self.files.chosen.connect(self.look)
        self._area = Scrolling(
            self.clocks,
            self.under_way,
            self.facts,
            self.opinions,
            self.materials,
            self.documents,
            self.files,
            self.history,
        )
        self._lay_out()

    @property
    def file(self) -> DeskFile | None:
        """The file that is shown."""
        return self._file

    @property
    def light_words(self) -> str:
        """The light's words."""
        return self._light.words

    def show_file(self, file: DeskFile) -> None:
        """Show a case; of the same case the scroll and the selections stay."""
        is_other = self._file is None or self._file.case_id != file.case_id
        scroll = 0 if is_other else self._area.place
        self._file = file
        self._show_head(file)
        self.clocks.show_widgets(clock_lines(_in_order(file)))
        self.facts.show_facts(_facts(file), columns=2)
        self.materials.show_words(_material_words(each) for each in file.materials)
        self.under_way.show_facts(under_way(file))
        self.opinions.show_facts(opinion_facts(file.records.opinions))
        self.documents.show_in_full(file.documents, most=_ROWS_SHOWN)
        self.files.show_in_full(file.files, most=_ROWS_SHOWN)
        self.history.show_widgets(_history(file))
        self._area.go_to(scroll)

    def clear(self) -> None:
        """No case is chosen."""
        self._file = None

    def turn(self, pages: int) -> None:
        """Page up or down without leaving the list."""
        self._area.turn(pages)

    def _show_head(self, file: DeskFile) -> None:
        self._title.setText(file.matter.name)
        self._numbers.setText("　　".join(filter(None, (file.acceptance_number, file.receipt_number))))
        due = DueOrdinals(file.statutory_ordinal, file.promised_ordinal)
        standing = file.standing if file.standing in {"running", "paused"} else "stopped"
        shown = light(due, file.today, warning_days=file.warning_days, standing=standing)  # type: ignore[arg-type]
        words = CASE_STATES[file.state]
        if file.closed_at is None and standing != "stopped":
            words = f"{tokens.LIGHTS[shown].word}　{words}"
        self._light.show_light(tokens.LIGHTS[shown], words)
        in_department = "在科室，还没有人领取" if file.closed_at is None else ""
        self._holder.setText("　".join(filter(None, (file.department, file.holder or in_department))))

    def _lay_out(self) -> None:
        set_role(self._title, "heading")
        set_role(self._numbers, "lead")
        set_role(self._holder, "muted")
        self._title.setWordWrap(True)
        self._numbers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._light, 0, Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.addWidget(self._numbers, 1)
        second.addWidget(self._holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.HAIR)
        whole.addLayout(head)
        whole.addLayout(second)
        whole.addWidget(self._area, 1)


def _in_order(file: DeskFile) -> list[DeskClock]:
    """What runs first, then what has stopped."""
    return sorted(file.records.clocks, key=lambda clock: bool(clock.how))


def _facts(file: DeskFile) -> Iterable[tuple[str, str]]:
    received = hall_time(file.received_at)
    agent = f"{person_words(file.agent)}　{file.agent_authority}" if file.agent else ""
    how = ACCEPTED_HOW[file.accepted_how] if file.accepted_on else ""
    return (
        ("申请人", person_words(file.applicant)),
        ("代理人", agent),
        ("联系电话", file.applicant.phone_masked),
        ("住址", file.applicant.address_masked),
        ("申请内容", file.subject),
        ("办理类型", f"{CASE_PURPOSES[file.purpose]}　{CASE_HANDLING[file.handling]}"),
        ("收件", f"{day_words(received.date())} {received:%H:%M}　{CASE_CHANNELS[file.channel]}　{file.clerk}"),
        ("受理", f"{day_words(file.accepted_on)}　{how}" if file.accepted_on else ""),
        ("拟办", CASE_OUTCOMES[file.proposal.verdict] if file.proposal else ""),
        ("决定", f"{day_words(file.decided_on)}　{CASE_OUTCOMES[file.outcome]}" if file.decided_on else ""),
        ("分办件", "；".join(f"{part.department} {part.matter_name} {CASE_STATES[part.state]}" for part in file.parts)),
    )


def _material_words(material: DeskMaterial) -> str:
    if material.lacking:
        return f"☐ {material.name}　容缺，待补"
    counts = [f"{word} {count}" for word, count in (("原件", material.originals), ("复印件", material.copies)) if count]
    return f"☑ {material.name}　{'、'.join(counts)}"


def _history(file: DeskFile) -> list[QWidget]:
    events = file.records.events[-EVENTS_SHOWN:]
    if not events:
        return []
    lines = [(f"{hall_time(each.at):%m-%d %H:%M}", event_words(each)) for each in reversed(events)]
    return [facts_grid(lines)]
