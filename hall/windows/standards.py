"""服务标准: work instructions, spot checks of posts, training and qualifications of the staff, a page each."""

from collections.abc import Sequence

from hall.services.case_reading import DocumentView
from hall.services.instructions import PERMIT, StepView
from hall.services.papers_standards import time_words
from hall.services.spot_check_reading import CheckView
from hall.windows.deed_list import Asked, DeedListPage, ListOf, RowDeed
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.phrases import day_words
from hall.windows.standards_panels import (
    CheckPanel,
    CorrectionPanel,
    StatementPanel,
    VerifyCheckPanel,
    VoidCheckPanel,
)
from hall.windows.standards_training import QualificationsPage, RecordsPage, StandingsPage
from hall.words import INSTRUCTION_SCREENS, INSTRUCTION_SUBJECTS, ROLES, SPOT_CHECK_STATES, SPOT_CHECK_WAYS

MATTERS = "matters"
CHECK_LIGHTS = {
    "met": "normal",
    "to_correct": "warning",
    "late": "over_statutory",
    "corrected": "today",
    "verified": "normal",
    "voided": "paused",
}


class InstructionsPage(DeedListPage[StepView]):
    """作业标准: every step, by business and post; a check begins here."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "作业标准",
            ListOf[StepView](
                columns=(
                    Column("业务", lambda row: row.subject_words, width=208),
                    Column(
                        "序号", lambda row: str(row.step.position), "right", 52, order=lambda row: row.step.position
                    ),
                    Column("步骤", lambda row: row.step.step),
                    Column("岗位", lambda row: ROLES[row.step.post], width=128),
                    Column("时限", lambda row: time_words(row.step), "right", 92),
                ),
                key=lambda row: row.id,
                facts=_step_facts,
                empty="还没有作业指导书。大厅主任用 hall import instructions 导入后显示在这里。",
                nothing="没有选中的步骤",
                deeds=(
                    RowDeed("check", "抽查这一步", "standard.check", CheckPanel),
                    RowDeed("print", "打印作业指导书", "standard.read"),
                ),
                search="步骤、标准、事项、岗位",
                choices={"": "全部业务", **INSTRUCTION_SUBJECTS, MATTERS: "单独规定的事项"},
            ),
        )

    def read(self, asked: Asked) -> tuple[StepView, ...]:
        """The steps of the chosen business with these words."""
        return tuple(
            row
            for row in self._tools.front.standards.instructions()
            if _of_choice(row, asked.choice) and asked.text in _step_text(row)
        )

    def acts(self, row: StepView) -> Sequence[str]:
        """Both, whoever may; a check begins the day the step does."""
        return ("check", "print")

    def open_row(self, name: str, row: StepView) -> None:
        """打印作业指导书 of the row's business."""
        front, subject = self._tools.front.standards, row.step.subject
        words = f"{row.subject_words}的作业指导书"
        self.run_now(lambda: f"{words} {front.print_sheet(subject).number} 正在打印。", words="正在出作业指导书…")


class ChecksPage(DeedListPage[CheckView]):
    """抽查: what has to be corrected and what has to be verified, by whom."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "抽查",
            ListOf[CheckView](
                columns=(
                    Column("状态", lambda row: SPOT_CHECK_STATES[row.state], width=112, light=_check_light),
                    Column("被抽查人", lambda row: row.name, width=84),
                    Column("步骤", lambda row: f"{row.subject_words}　{row.step.step}"),
                    Column("抽查", lambda row: row.checked_on.isoformat(), width=96),
                    Column("整改期限", lambda row: row.correct_by.isoformat() if row.correct_by else "", width=96),
                ),
                key=lambda row: row.id,
                facts=_check_facts,
                empty="没有待整改、待核验的抽查。在“作业标准”页选一步登记抽查；Alt+0 看已了结的。",
                nothing="没有选中的抽查",
                deeds=(
                    RowDeed("correct", "登记整改", "standard.correct", CorrectionPanel),
                    RowDeed("verify", "核验整改", "standard.verify", VerifyCheckPanel),
                    RowDeed("state", "说明情况", "standard.correct", StatementPanel),
                    RowDeed("void", "作废", "standard.void", VoidCheckPanel),
                ),
                search="姓名、业务、问题",
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[CheckView, ...]:
        """The checks with these words."""
        found = self._tools.front.standards.checks(closed=asked.closed)
        return tuple(row for row in found if asked.text in f"{row.name}{row.subject_words}{row.step.step}{row.finding}")

    def acts(self, row: CheckView) -> Sequence[str]:
        """What the rule lets who looks at it do now."""
        return row.acts

    def counts(self, row: CheckView) -> bool:
        """What waits for who sits here."""
        return not {"correct", "verify"}.isdisjoint(row.acts)

    def document_of(self, row: CheckView) -> DocumentView | None:
        """The sheet of the check."""
        return row.document


def _place(row: StepView) -> int:
    return row.step.position


def _of_choice(row: StepView, choice: str) -> bool:
    if choice == MATTERS:
        return row.step.subject not in INSTRUCTION_SUBJECTS
    return choice in {"", row.step.subject}


def _step_text(row: StepView) -> str:
    step = row.step
    return f"{row.subject_words}{step.subject}{step.step}{step.standard}{step.record}{ROLES[step.post]}"


def _step_facts(row: StepView) -> tuple[str, Facts]:
    step = row.step
    subject = row.subject_words if step.subject in INSTRUCTION_SUBJECTS else f"{step.subject} {row.subject_words}"
    general = "没有单独规定的事项都按这些步骤" if step.subject == PERMIT else ""
    ends = f"　至 {step.valid_to}" if step.valid_to else ""
    return f"{step.position}　{step.step}", (
        ("业务", subject),
        ("适用", general),
        ("岗位", ROLES[step.post]),
        ("时限", time_words(step)),
        ("标准", step.standard),
        ("留痕", step.record),
        ("界面", INSTRUCTION_SCREENS.get(step.screen, "")),
        ("施行", f"{day_words(step.valid_from)}{ends}"),
        ("来源", step.source),
    )


def _check_facts(row: CheckView) -> tuple[str, Facts]:
    verified = f"{day_words(row.verified_on)}　{row.verifier_name}" if row.verified_on else ""
    voided = f"{day_words(row.voided_on)}　{row.voided_by}　不计入统计" if row.voided_on else ""
    return f"{row.name}　{SPOT_CHECK_STATES[row.state]}", (
        ("业务", row.subject_words),
        ("步骤", row.step.step),
        ("标准", row.step.standard),
        ("时限", time_words(row.step)),
        ("窗口", row.counter),
        ("抽查", f"{day_words(row.checked_on)}　{SPOT_CHECK_WAYS[row.way]}　{row.checker_name}"),
        ("情况", row.finding or "符合标准"),
        ("整改期限", day_words(row.correct_by) if row.correct_by else ""),
        ("本人说明", row.statement),
        ("整改", f"{row.correction}（{row.corrected_on}）" if row.corrected_on else row.correction),
        ("核验", verified),
        ("核验意见", "\n".join(row.notes)),
        ("作废", voided),
        ("作废原因", row.voided_why),
        ("记录单", row.document.number if row.document else ""),
    )


def _check_light(row: CheckView) -> str:
    return CHECK_LIGHTS[row.state]


PAGES = PagesOf(
    "服务标准",
    (
        PageOf("作业标准", "standard.read", InstructionsPage),
        PageOf("抽查", "standard.read", ChecksPage),
        PageOf("培训情况", "training.read", StandingsPage),
        PageOf("培训记录", "training.read", RecordsPage),
        PageOf("资格", "training.read", QualificationsPage),
    ),
    frozenset({"standard", "training"}),
)
"""What `hall open standards` opens."""
