"""The pages of training and qualifications: who lacks what and by when, the records, what lets somebody sign."""

from collections.abc import Sequence

from hall.rules.training import hours_words
from hall.services.papers_standards import WantTold, wants_told
from hall.services.qualifications import QualificationView
from hall.services.training_reading import StaffStanding, TrainingView
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, RowDeed
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.phrases import day_words
from hall.windows.standards_training_panels import (
    CorrectTrainingPanel,
    EndQualificationPanel,
    NewQualificationPanel,
    NewTrainingPanel,
    TrainHimPanel,
    VoidTrainingPanel,
    staff_words,
)
from hall.words import ACTIONS, QUALIFICATION_STATES, TRAINING_KINDS

QUALIFICATION_LIGHTS = {
    "valid": "normal",
    "soon": "warning",
    "future": "paused",
    "expired": "over_statutory",
    "ended": "over_statutory",
}


class StandingsPage(DeedListPage[StaffStanding]):
    """培训情况: where everybody stands this year, who lacks most first."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "培训情况",
            ListOf[StaffStanding](
                columns=(
                    Column("情况", _standing_words, width=112, light=_standing_light),
                    Column("工号", lambda row: row.member.badge_number, width=72),
                    Column("姓名", lambda row: row.member.name, width=84),
                    Column("岗位", lambda row: row.member.posts),
                    Column("学时", _hours_words, "right", 88, order=lambda row: row.standing.half_hours),
                ),
                key=lambda row: row.member.account_id,
                facts=_standing_facts,
                empty="没有人员。管理员用 hall account create 建立账号后显示在这里。",
                nothing="没有选中的人员",
                shares=(5, 4),
                deeds=(
                    RowDeed("train", "登记培训", "training.enter", TrainHimPanel),
                    RowDeed("print", "出培训证明", "training.read"),
                ),
                search="姓名、工号、岗位",
            ),
        )

    def read(self, asked: Asked) -> tuple[StaffStanding, ...]:
        """Everybody with these words."""
        return tuple(row for row in self._tools.front.standards.standings() if asked.text in staff_words(row.member))

    def acts(self, row: StaffStanding) -> Sequence[str]:
        """Nobody enters his own training."""
        own = row.member.account_id == self._tools.front.actor.account_id
        return ("print",) if own else ("train", "print")

    def counts(self, row: StaffStanding) -> bool:
        """Who is late with something."""
        return bool(row.standing.late)

    def open_row(self, name: str, row: StaffStanding) -> None:
        """出培训证明."""
        front, member = self._tools.front.standards, row.member
        self.run_now(
            lambda: f"{member.name} 的培训情况证明 {front.print_statement(member.account_id).number} 正在打印。",
            words="正在出培训情况证明…",
        )


class RecordsPage(DeedListPage[TrainingView]):
    """培训记录: each stretch of training and each examination; corrected by new records only."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "培训记录",
            ListOf[TrainingView](
                columns=(
                    Column("日期", lambda row: row.held_on.isoformat(), width=96),
                    Column("姓名", lambda row: row.name, width=84),
                    Column("类别", lambda row: TRAINING_KINDS[row.kind], width=88),
                    Column("内容", lambda row: row.title),
                    Column("学时、成绩", _result_words, "right", 92, order=_half_hours),
                    Column("状态", _record_words, width=72),
                ),
                key=lambda row: row.id,
                facts=_record_facts,
                empty="没有培训记录。F2 登记，或者用 hall import training 导入；Alt+0 看更正和作废的。",
                nothing="没有选中的培训记录",
                new=(NewDeed("enter", "登记培训", "training.enter", NewTrainingPanel),),
                deeds=(
                    RowDeed("correct", "更正", "training.enter", CorrectTrainingPanel),
                    RowDeed("void", "作废", "training.enter", VoidTrainingPanel),
                ),
                search="姓名、内容",
                choices={"": "全部类别", **TRAINING_KINDS},
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[TrainingView, ...]:
        """The records of the chosen kind with these words."""
        found = self._tools.front.standards.training(closed=asked.closed)
        return tuple(row for row in found if asked.choice in {"", row.kind} and asked.text in f"{row.name}{row.title}")

    def acts(self, row: TrainingView) -> Sequence[str]:
        """What counts can be corrected and taken back, by somebody else."""
        return ("correct", "void") if row.counts and not row.own else ()


class QualificationsPage(DeedListPage[QualificationView]):
    """资格: what lets somebody sign, the first to run out on top."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "资格",
            ListOf[QualificationView](
                columns=(
                    Column("状态", lambda row: QUALIFICATION_STATES[row.state], width=96, light=_qualification_light),
                    Column("姓名", lambda row: row.name, width=84),
                    Column("资格", lambda row: row.kind_words),
                    Column("证号", lambda row: row.number, width=160),
                    Column("有效期至", lambda row: str(row.valid_to or "长期"), width=96),
                ),
                key=lambda row: row.id,
                facts=_qualification_facts,
                empty="没有登记资格。F2 登记；执法证在“处罚与缴款”的执法人员页登记。",
                nothing="没有选中的资格",
                new=(NewDeed("enter", "登记资格", "qualification.enter", NewQualificationPanel),),
                deeds=(RowDeed("end", "终止", "qualification.enter", EndQualificationPanel),),
                search="姓名、资格、证号",
            ),
        )

    def read(self, asked: Asked) -> tuple[QualificationView, ...]:
        """Those with these words."""
        found = self._tools.front.standards.qualifications()
        return tuple(row for row in found if asked.text in f"{row.name}{row.kind_words}{row.number}")

    def acts(self, row: QualificationView) -> Sequence[str]:
        """One that is not ended, of somebody else."""
        return () if row.own or row.state == "ended" else ("end",)

    def counts(self, row: QualificationView) -> bool:
        """What runs out soon or has run out."""
        return row.state in {"soon", "expired"}


def _standing_words(row: StaffStanding) -> str:
    if row.standing.late:
        return f"逾期 {len(row.standing.late)} 项"
    return f"尚缺 {len(row.standing.lacking)} 项" if row.standing.lacking else "已完成"


def _standing_light(row: StaffStanding) -> str:
    if row.standing.late:
        return "over_statutory"
    due = [each for each in row.standing.lacking if (each.by - row.standing.on).days <= row.warning_days]
    return "warning" if due else "normal"


def _hours_words(row: StaffStanding) -> str:
    wanted = sum(each.wanted for each in row.standing.wants if each.kind == "hours")
    return f"{hours_words(row.standing.half_hours)} / {hours_words(wanted)}"


def _standing_facts(row: StaffStanding) -> tuple[str, Facts]:
    lacking, joined = row.standing.lacking, row.member.since.year == row.standing.on.year
    told = ((each.words, _want_words(each)) for each in wants_told(row.standing.wants))
    return f"{row.member.name}　{row.standing.on.year}年", (
        ("岗位", row.member.posts),
        ("起算", f"{row.member.since} 建立账号，从次月起按月折算" if joined else ""),
        *told,
        ("最近期限", day_words(lacking[0].by) if lacking else ""),
        ("依据", row.source),
    )


def _want_words(told: WantTold) -> str:
    return f"应 {told.wanted}　已 {told.had}" + (f"　缺 {told.lacking}" if told.lacking else "　完成")


def _half_hours(row: TrainingView) -> int:
    return row.half_hours


def _result_words(row: TrainingView) -> str:
    return f"{row.score} 分" if row.score is not None else hours_words(row.half_hours)


def _record_words(row: TrainingView) -> str:
    if row.voids:
        return "作废"
    return "" if row.counts else "已更正"


def _record_facts(row: TrainingView) -> tuple[str, Facts]:
    until = f" 至 {day_words(row.until_day)}" if row.until_day else ""
    passed = "" if row.passed is None else "　合格" if row.passed else "　不合格"
    return f"{row.name}　{row.title}", (
        ("类别", TRAINING_KINDS[row.kind]),
        ("日期", f"{day_words(row.held_on)}{until}"),
        ("学时", hours_words(row.half_hours) if row.half_hours else ""),
        ("分数", f"{row.score}{passed}" if row.score is not None else ""),
        ("证明", row.proof),
        ("状态", {"作废": "作废另一条的记录，不计", "已更正": "已更正或作废，不计"}.get(_record_words(row), "计入")),
    )


def _qualification_facts(row: QualificationView) -> tuple[str, Facts]:
    return f"{row.name}　{row.kind_words}", (
        ("证号", row.number),
        ("发证机关", row.issued_by),
        ("有效期", f"{row.valid_from} 至 {row.valid_to or '长期'}"),
        ("状态", QUALIFICATION_STATES[row.state]),
        ("终止", f"{row.ended_on}　{row.ended_why}" if row.ended_on else ""),
        ("用于", "、".join(ACTIONS[each] for each in row.needed_for) or "不影响签署"),
    )


def _qualification_light(row: QualificationView) -> str:
    return QUALIFICATION_LIGHTS[row.state]
