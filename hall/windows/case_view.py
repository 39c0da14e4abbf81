"""A case as one page: facts masked, clocks with their lights, materials, documents to look at and to print again."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.rules.authority import APPROVER, MANAGER
from hall.rules.catalogue import Limit
from hall.rules.permits import BEFORE_ACCEPTANCE
from hall.rules.supervision_words import URGED_BY
from hall.services.case_reading import CaseView, ClockView, DocumentView, MaterialView
from hall.services.explaining import Explanation
from hall.services.front import Front
from hall.services.urging import UrgedBy
from hall.windows.due_explanation import DueExplanation
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.lights import Light
from hall.windows.kit.line_box import LineBox
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.kit.work import Work
from hall.windows.phrases import day_words, due_words, person_words
from hall.words import CASE_PURPOSES, CASE_STATES, CLOCK_KINDS, CLOCK_STATES, DOCUMENT_KINDS

LEADERS = frozenset({APPROVER, MANAGER})
FACTS = ("申请人", "电话", "住址", "收件", "经办", "承办部门", "情况", "代理人")


class CasePage(QWidget):
    """`preview` and `reprint` carry a DocumentView, `going_on` a CaseView that the intake is to take up again."""

    preview = Signal(object)
    reprint = Signal(object)
    going_on = Signal(object)

    def __init__(self, front: Front, work: Work, *, goes_on: bool = False) -> None:
        """`goes_on`: whether there is an intake here."""
        super().__init__()
        self._goes_on = goes_on
        self._front = front
        self._work = work
        self._case: CaseView | None = None
        self._banner, self._title, self._numbers = QLabel(), QLabel(), QLabel()
        self._light = Light(tokens.LIGHTS["pending"], "")
        self._facts = {name: QLabel() for name in FACTS}
        self._clocks = QLabel()
        self.materials = Table[MaterialView](
            [
                Column("材料", lambda row: f"{row.name}（待补齐）" if row.lacking else row.name),
                Column("原件", lambda row: str(row.originals or ""), align="right", width=64),
                Column("复印件", lambda row: str(row.copies or ""), align="right", width=72),
            ],
            lambda row: row.name,
            empty="没有登记材料。受理时登记的材料列在这里。",
        )
        self.documents = Table[DocumentView](
            [
                Column("文书", lambda row: DOCUMENT_KINDS[row.kind], width=184),
                Column("文号", lambda row: row.number),
            ],
            lambda row: row.document_id,
            empty="没有文书。受理后，收件凭证和通知书列在这里。",
        )
        self.explanation = DueExplanation()
        self.preview_button = hotkeys.hotkey_button(hotkeys.PREVIEW, self._preview)
        self.reprint_button = hotkeys.hotkey_button(hotkeys.REPRINT, self._reprint)
        self.why_button = hotkeys.hotkey_button(hotkeys.WHY, self._why)
        self.go_on_button = hotkeys.hotkey_button(hotkeys.GO_ON, self._go_on)
        self.urge_button = hotkeys.hotkey_button(hotkeys.URGE, self._ask_urge)
        self.documents.chosen.connect(self.preview)
        self._lay_out()

    @property
    def case(self) -> CaseView | None:
        """The case that is shown."""
        return self._case

    @property
    def light_words(self) -> str:
        """The light's word."""
        return self._light.words

    @property
    def numbers(self) -> str:
        """Both numbers as they are shown."""
        return self._numbers.text()

    def fact(self, name: str) -> str:
        """A fact as it is shown."""
        return self._facts[name].text()

    def show_case(self, case: CaseView, *, banner: str = "") -> None:
        """Show a case under what went well with it; of the same case the selection stays, so no reload is seen."""
        is_other = self._case is None or self._case.case_id != case.case_id
        self._case = case
        if banner or is_other:
            self._banner.setText(f"✓ {banner}")
            self._banner.setVisible(bool(banner))
            self.explanation.hide()
        self._title.setText(case.matter_name)
        self._numbers.setText(f"{case.receipt_number}　　{case.acceptance_number}")
        self._show_light(case)
        self.go_on_button.setVisible(self._goes_on and goes_on(case))
        self._show_urgings(case.urgings)
        self.urge_button.setVisible(case.is_open)
        for name, words in _facts(case).items():
            self._facts[name].setText(words or "—")
        self._clocks.setText("\n".join(clock_lines(case)))
        self.materials.show_rows(case.materials)
        self.documents.show_rows(case.documents)
        if is_other and case.documents:
            self.documents.select(case.documents[0].document_id)

    def close_side(self) -> bool:
        """Close the explanation; False if it was not open."""
        was_open = self.explanation.isVisible()
        self.explanation.hide()
        return was_open

    def begin(self) -> None:
        """Go to the documents."""
        self.documents.setFocus()

    def _show_light(self, case: CaseView) -> None:
        """A case that has ended has a state and no light."""
        state = CASE_STATES[case.state]
        if case.light is None:
            self._light.show_light(tokens.LIGHTS["pending"], state)
        else:
            look = tokens.LIGHTS[case.light]
            self._light.show_light(look, f"{look.word}　{state}")

    @Slot()
    def _preview(self) -> None:
        if (document := self.documents.current_row) is not None:
            self.preview.emit(document)

    @Slot()
    def _reprint(self) -> None:
        if (document := self.documents.current_row) is not None:
            self.reprint.emit(document)

    @Slot()
    def _go_on(self) -> None:
        if self._case is not None:
            self.going_on.emit(self._case)

    def _show_urgings(self, count: int) -> None:
        words = hotkeys.URGE.words
        hotkeys.rename(self.urge_button, hotkeys.URGE, f"{words}（{count}）" if count else words)

    @Slot()
    def _ask_urge(self) -> None:
        """A leader urges for himself, whoever sits at a counter for the applicant."""
        if self._case is None:
            return
        case_id, number = self._case.case_id, self._case.acceptance_number or self._case.receipt_number
        by: UrgedBy = "leader" if self._front.actor.roles & LEADERS else "applicant"

        def urge(text: str) -> None:
            write = partial(self._front.supervision.urge, case_id, by, text)
            self._work.write(write, self._show_urgings, words="正在催办…", button=self.urge_button)

        words = f"{number}\n{URGED_BY[by]}催办：记下次数，提醒承办人。"
        LineBox(self, title=hotkeys.URGE.words, words=words, label="说明", on_line=urge, usual="请尽快办理").open()

    @Slot()
    def _why(self) -> None:
        if self.close_side() or self._case is None:
            return
        case_id = self._case.case_id
        explain = partial(self._front.clocks.explain, case_id)
        self._work.read(explain, partial(self._show_why, case_id), words="正在数日子…")

    def _show_why(self, case_id: int, explanations: tuple[Explanation, ...]) -> None:
        if self._case is not None and self._case.case_id == case_id:  # else another case has been opened meanwhile
            self.explanation.show_explanations(explanations)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(page, "card")
        set_role(self._banner, "banner")
        set_role(self._title, "heading")
        set_role(self._numbers, "lead")
        for label in (self._title, self._numbers, *self._facts.values(), self._clocks):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._numbers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._light, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self._banner)
        column.addLayout(head)
        column.addWidget(self._numbers)
        column.addLayout(self._grid())
        column.addLayout(self._lists(), 1)
        column.addLayout(self._foot())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SNUG)
        row.addWidget(page, 1)
        row.addWidget(self.explanation)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.HAIR)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        places = tuple(self._facts.items())
        for place, (name, label) in enumerate(places):
            grid.addWidget(muted(name), place // 2, place % 2 * 2)
            grid.addWidget(label, place // 2, place % 2 * 2 + 1)
        row = (len(places) + 1) // 2
        grid.addWidget(muted("时限"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._clocks, row, 1, 1, 3)
        return grid

    def _lists(self) -> QHBoxLayout:
        lists = QHBoxLayout()
        lists.setSpacing(tokens.SNUG)
        lists.addWidget(self.materials, 1)
        lists.addWidget(self.documents, 1)
        self.materials.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return lists

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(tokens.TIGHT)
        foot.addWidget(self.why_button)
        foot.addWidget(self.urge_button)
        foot.addStretch(1)
        foot.addWidget(self.go_on_button)
        foot.addWidget(self.reprint_button)
        foot.addWidget(self.preview_button)
        return foot


def _limit(clock: ClockView) -> Limit:
    """The length of a stored clock."""
    return Limit(clock.budget, clock.unit)  # type: ignore[arg-type]  # written from a Limit


def _facts(case: CaseView) -> dict[str, str]:
    received = hall_time(case.received_at)
    return {
        "申请人": person_words(case.applicant),
        "电话": case.applicant.phone_masked,
        "住址": case.applicant.address_masked,
        "收件": f"{day_words(received.date())} {received:%H:%M}",
        "经办": case.clerk_name,
        "承办部门": case.department,
        "情况": "　".join(part for part in (CASE_PURPOSES[case.purpose], case.subject) if part),
        "代理人": case.agent_masked,
    }


def goes_on(case: CaseView) -> bool:
    """Whether the intake has still to do with the case: it waits for a decision, its supplement, or what lacks."""
    return not case.is_part and (case.state in BEFORE_ACCEPTANCE or (case.lacks and case.is_open))


def clock_lines(case: CaseView) -> tuple[str, ...]:
    """A line for every clock that has not stopped; for all of them where every one has."""
    shown = [clock for clock in case.clocks if clock.state != "stopped"] or list(case.clocks)
    return tuple(f"{CLOCK_KINDS[clock.kind]}　{_clock_words(clock, case)}" for clock in shown) or ("未规定",)


def _clock_words(clock: ClockView, case: CaseView) -> str:
    words = due_words(_limit(clock), clock.due_on, clock.pending)
    if clock.state != "running":
        return f"{words}　{CLOCK_STATES[clock.state]}"
    if clock.due_ordinal is None:
        return words
    left = clock.due_ordinal - case.today.ordinal
    if left < 0:
        return f"{words}　已超 {-left} 个工作日"
    return f"{words}　{f'还剩 {left} 个工作日' if left else '今日到期'}"
