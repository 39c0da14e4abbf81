"""What law allows now and why not the rest: the four roads, then the acts, of which Enter opens one."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.rules.penalty_acts import PenaltyAct
from hall.services.penalty_acts import RoadLine
from hall.services.penalty_file import PenaltyFile
from hall.windows.desk_sections import words_label
from hall.windows.kit import tokens
from hall.windows.kit.lights import SHAPE_SIZE, Light
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import ROW_HEIGHT, Column, Table
from hall.words import DOCUMENT_KINDS, PENALTY_ACTS, PENALTY_ROADS

OPEN, CLOSED = "normal", "pending"
CANNOT = "现在不能办"
PAPERS_WIDTH = 172
ACTS_HEIGHT = 5 * ROW_HEIGHT

ACT_PAPERS: Mapping[str, tuple[str, ...]] = {
    "tell": ("penalty_notice",),
    "notice_hearing": ("penalty_hearing",),
    "on_spot": ("on_spot_penalty",),
    "serve": ("penalty_served",),
    "leniency_apply": ("leniency_application",),
    "leniency_refuse": ("leniency_answer",),
    "educate": ("education_record",),
    "defer_decide": ("deferral",),
    "agree_decide": ("execution_agreement",),
    "correct": ("penalty_correction",),
    "revoke": ("penalty_revocation",),
    "notice": ("payment_notice",),
}
"""What an act issues whatever the case; a decision's paper depends on what was proposed."""
RESULT_PAPERS = {
    "ordinary": "penalty",
    "lighter": "mitigated_penalty",
    "reduced": "mitigated_penalty",
    "none": "no_penalty",
}


class ActsColumn(QWidget):
    """`act` carries the name of the act that is wanted; one that cannot be done says so in `refused`."""

    act = Signal(str)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._file: PenaltyFile | None = None
        self._known: Collection[str] = ()
        self._roads = QVBoxLayout()
        self._roads.setSpacing(tokens.HAIR)
        self.acts = Table[PenaltyAct](
            [
                Column("可以办的", lambda row: PENALTY_ACTS[row.name], light=_light),
                Column("出具", self._papers, width=PAPERS_WIDTH),
            ],
            lambda row: row.name,
            empty="现在没有您可以办的。各条路由谁办，见上面。",
            sortable=False,
        )
        self.acts.setAccessibleName("可以办的")
        self._why = words_label("", "small")
        self.acts.chosen.connect(self._choose)
        self.acts.current.connect(self._tell_why)
        self._lay_out()

    @property
    def why(self) -> str:
        """What stands below the list about the selected act."""
        return self._why.text()

    @property
    def road_words(self) -> tuple[str, ...]:
        """The four roads as they are told."""
        return () if self._file is None else tuple(" ".join(_road_words(each)) for each in self._file.roads)

    def show_file(self, file: PenaltyFile, *, known: Collection[str], first: Collection[str] = ()) -> None:
        """The acts of the case that have a panel; those named in `first` stand on top, what cannot be done below."""
        is_other = self._file is None or self._file.case_id != file.case_id
        self._file, self._known = file, known
        self._show_roads(file.roads)
        acts = [act for act in file.acts if act.name in known]
        acts.sort(key=lambda act: (bool(act.reasons), act.name not in first))
        self.acts.show_rows(tuple(acts))
        if acts and (is_other or self.acts.current_row is None):
            self.acts.select(acts[0].name)
        self._tell_why(self.acts.current_row)

    def clear(self) -> None:
        """No case is open."""
        self._file = None
        self._show_roads(())
        self.acts.show_rows(())
        self._tell_why(None)

    def _show_roads(self, roads: Sequence[RoadLine]) -> None:
        while (item := self._roads.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for road in roads:
            self._roads.addWidget(_road(road))

    def _papers(self, act: PenaltyAct) -> str:
        if act.reasons or self._file is None:
            return CANNOT
        return "、".join(DOCUMENT_KINDS[kind] for kind in papers_of(act.name, self._file))

    @Slot(object)
    def _choose(self, act: PenaltyAct) -> None:
        if act.reasons:
            self.refused.emit(f"不能{PENALTY_ACTS[act.name]}：{' '.join(act.reasons)}")
        else:
            self.act.emit(act.name)

    @Slot(object)
    def _tell_why(self, act: PenaltyAct | None) -> None:
        words = "" if act is None else "　".join(act.reasons) or act.law
        self._why.setText(words)
        self._why.setVisible(bool(words))

    def _lay_out(self) -> None:
        card, heading = QFrame(), QLabel("法律现在允许的")
        set_role(card, "card")
        set_role(heading, "lead")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(tokens.SNUG, tokens.TIGHT, tokens.SNUG, tokens.TIGHT)
        inside.setSpacing(tokens.HAIR)
        inside.addWidget(heading)
        inside.addLayout(self._roads)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(card)
        self.acts.setMinimumHeight(ACTS_HEIGHT)
        column.addWidget(self.acts, 1)
        column.addWidget(self._why)


def papers_of(act: str, file: PenaltyFile) -> tuple[str, ...]:
    """The kinds of documents that an act would issue for this case as it is."""
    if act == "decide" and file.proposal is not None:
        return (RESULT_PAPERS[file.proposal.result],)
    return ACT_PAPERS.get(act, ())


def _light(act: PenaltyAct) -> str:
    return CLOSED if act.reasons else OPEN


def _road(road: RoadLine) -> QWidget:
    title, why = _road_words(road)
    box = QWidget()
    set_role(box, "plain")
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    row = QHBoxLayout()
    row.setSpacing(tokens.TIGHT)
    light = Light(tokens.LIGHTS[OPEN if road.view.open else CLOSED], title)
    light.setAccessibleName(title)
    row.addWidget(light)
    row.addStretch(1)
    column.addLayout(row)
    below = QHBoxLayout()
    below.setContentsMargins(SHAPE_SIZE + tokens.HAIR, 0, 0, 0)
    told = words_label(why, "small")
    told.setToolTip(road.view.why)
    below.addWidget(told)
    column.addLayout(below)
    return box


def _road_words(road: RoadLine) -> tuple[str, str]:
    """A closed road tells why; an open one what is next and by whom, before the decision also what was found."""
    name = PENALTY_ROADS[road.view.road]
    steps = "；".join(f"{PENALTY_ACTS[act]}（{who}）" for act, who in road.steps)
    title = f"{name}　{'可以走' if road.view.open else '不通'}"
    if not steps:
        return title, road.view.why
    return title, f"{road.view.why if road.view.road == 'before' else ''}下一步：{steps}。"
