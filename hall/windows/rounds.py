"""案卷评查: rounds with their draws, and the reviewed dossiers, a page each."""

from collections.abc import Sequence

from hall.rules.authority import may
from hall.services.case_reading import DocumentView
from hall.services.round_reading import AssignmentRow, RoundRow
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, RowDeed
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.phrases import day_words
from hall.windows.round_dossier_panels import (
    CONCLUSIONS,
    CONFIRM,
    REPLACE,
    CorrectPanel,
    NotifyPanel,
    ObjectPanel,
    RecheckPanel,
    ReleasePanel,
    ReplacePanel,
    ScorePanel,
    StatePanel,
    VerifyDossierPanel,
    dossier_words,
    faults_words,
)
from hall.windows.round_panels import AnnouncePanel, DrawPanel, VoidPanel
from hall.words import REVIEW_STATES, REVIEW_SUBJECTS, ROUND_STATES

LIGHTS = {
    "drawn": "normal",
    "scored": "warning",
    "correcting": "warning",
    "corrected": "today",
    "objected": "today",
    "closed": "normal",
    "released": "paused",
}


class RoundsPage(DeedListPage[RoundRow]):
    """评查轮次: announced, drawn, reported."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "评查轮次",
            ListOf[RoundRow](
                columns=(
                    Column("名称", lambda row: row.name),
                    Column("状态", _round_state, width=104),
                    Column("抽取日期", lambda row: row.draw_on.isoformat(), width=104),
                    Column("名单", lambda row: f"{row.dossiers} 件", "right", 72),
                    Column("已评", lambda row: f"{row.scored}/{row.drawn}" if row.drawn else "—", "right", 72),
                ),
                key=lambda row: row.round_id,
                facts=_round_facts,
                empty="没有进行中的评查。F2 公布评查：名单先公布，到日子由另一人用种子抽取。",
                nothing="没有选中的评查",
                shares=(6, 5),
                new=(NewDeed("announce", "公布评查", "round.open", AnnouncePanel),),
                deeds=(
                    RowDeed("hold", "抽取", "round.open", DrawPanel),
                    RowDeed("close", "出情况通报", "round.open"),
                    RowDeed("void", "作废", "round.open", VoidPanel),
                ),
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[RoundRow, ...]:
        """The newest first."""
        return self._tools.front.rounds.rounds(closed=asked.closed)

    def acts(self, row: RoundRow) -> Sequence[str]:
        """Who announced it does not draw; it is reported when all is scored."""
        if not may(self._tools.front.actor, "round.open"):
            return ()
        if row.state == "announced":
            return ("hold", "void") if row.due and not row.own else ("void",)
        if row.rescored:
            return ("close",)
        return ("close",) if row.state == "drawn" and row.scored + row.released == row.drawn else ()

    def counts(self, row: RoundRow) -> bool:
        """What waits for who sits here."""
        return not {"hold", "close"}.isdisjoint(self.acts(row))

    def document_of(self, row: RoundRow) -> DocumentView | None:
        """The notice, the result, the report."""
        return row.document

    def open_row(self, name: str, row: RoundRow) -> None:
        """通报 at once."""
        front = self._tools.front.rounds
        self.run_now(lambda: f"情况通报 {front.close(row.round_id).number} 正在打印。", words="正在出情况通报…")


class DossiersPage(DeedListPage[AssignmentRow]):
    """评查案卷: to be scored, told, corrected, verified."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(
            tools,
            "评查案卷",
            ListOf[AssignmentRow](
                columns=(
                    Column("状态", _state, width=112, light=_light),
                    Column("案卷", dossier_words),
                    Column("评查员", lambda row: row.reviewer, width=84),
                    Column("得分", lambda row: "—" if row.score is None else str(row.score), "right", 60),
                    Column("整改期限", lambda row: row.correct_by.isoformat() if row.correct_by else "", width=104),
                ),
                key=lambda row: row.assignment_id,
                facts=_dossier_facts,
                empty="没有等您评查、整改、核验的案卷。抽取以后显示在这里；Alt+0 看已了结的。",
                nothing="没有选中的案卷",
                shares=(6, 5),
                deeds=(
                    RowDeed("score", "评分", "round.score", ScorePanel),
                    RowDeed("replace", "更换评查员", "round.open", ReplacePanel),
                    RowDeed("notify", "发整改通知", "round.open", NotifyPanel),
                    RowDeed("correct", "登记整改", "round.correct", CorrectPanel),
                    RowDeed("state", "说明情况", "round.correct", StatePanel),
                    RowDeed("verify", "核验整改", "round.verify", VerifyDossierPanel),
                    RowDeed("object", "提出异议", "round.correct", ObjectPanel),
                    RowDeed("recheck", "复核", "round.score", RecheckPanel),
                    RowDeed("release", "退出本轮", "round.open", ReleasePanel),
                ),
                search="案卷号、评查员、责任人、轮次",
                closed=True,
            ),
        )

    def read(self, asked: Asked) -> tuple[AssignmentRow, ...]:
        """The dossiers with these words."""
        found = self._tools.front.rounds.dossiers(closed=asked.closed)
        return tuple(
            row for row in found if asked.text in f"{row.case_number}{row.reviewer}{row.responsible}{row.round_name}"
        )

    def acts(self, row: AssignmentRow) -> Sequence[str]:
        """What the rule lets who looks at it do now."""
        return row.acts

    def counts(self, row: AssignmentRow) -> bool:
        """What waits for who sits here."""
        return not {"score", "notify", "correct", "recheck", "verify"}.isdisjoint(row.acts)

    def document_of(self, row: AssignmentRow) -> DocumentView | None:
        """The score sheet, then the notice."""
        return row.document


def _round_state(row: RoundRow) -> str:
    if row.rescored:
        return "待重新通报"
    return "今天可抽" if row.due else ROUND_STATES[row.state]


def _round_facts(row: RoundRow) -> tuple[str, Facts]:
    drawn = f"{row.seed}　见证人 {row.witness}" if row.seed else ""
    return f"{row.name}　{ROUND_STATES[row.state]}", (
        ("编号", row.number),
        ("案件范围", f"{row.from_day} 至 {row.until_day} 办结、归档"),
        ("抽取数量", f"许可案卷 {row.permits} 件，处罚案卷 {row.penalties} 件"),
        ("列入名单", f"{row.dossiers} 件"),
        ("评查员", "、".join(row.reviewers)),
        ("公布", f"{day_words(row.opened_on)}　{row.opened_by}"),
        ("抽取日期", f"{day_words(row.draw_on)}　由另一人抽取" if row.state == "announced" else day_words(row.draw_on)),
        ("种子来源", row.seed_source),
        ("种子", drawn),
        ("校验值", row.digest),
        ("已评分", f"{row.scored} / {row.drawn}" if row.drawn else ""),
        ("退出本轮", f"{row.released} 件" if row.released else ""),
        ("通报以后", f"复核改变了 {row.rescored} 件案卷的得分，请重新出情况通报" if row.rescored else ""),
        ("作废原因", row.ended_why),
        ("文书", row.document.number if row.document else ""),
    )


def _state(row: AssignmentRow) -> str:
    return "整改逾期" if row.late else REVIEW_STATES[row.state]


def _light(row: AssignmentRow) -> str:
    return "over_statutory" if row.late else LIGHTS[row.state]


def _dossier_facts(row: AssignmentRow) -> tuple[str, Facts]:
    score = "" if row.score is None else f"{row.score} 分　{row.grade}"
    verified = f"{day_words(row.verified_on)}　{row.verifier}" if row.verified_on else ""
    corrected = f"{row.correction}（{row.corrected_on}）" if row.corrected_on else row.correction
    return f"{row.case_number}　{_state(row)}", (
        ("类别", REVIEW_SUBJECTS[row.subject]),
        ("轮次", row.round_name),
        ("评查员", row.reviewer),
        ("退出原因" if row.state == "released" else "更换原因", row.replaced_why),
        ("得分", score),
        ("合法性", "有合法性问题，整卷不得分" if row.illegal else ""),
        ("问题", faults_words(row)),
        ("总的评价", row.remark),
        *_recheck_facts(row),
        ("责任人", row.responsible),
        ("整改期限", day_words(row.correct_by) if row.correct_by else ""),
        ("说明", row.statement),
        ("整改", corrected),
        ("核验", verified),
        ("核验意见", "\n".join(row.notes)),
        ("文书", row.document.number if row.document else ""),
    )


def _recheck_facts(row: AssignmentRow) -> Facts:
    """The objection, and what the second review came to; the first score where it was replaced."""
    second = row.recheck
    if second is None:
        return ()
    first = "\n".join(f"· {each.words}：{each.note}" for each in second.first_faults)
    replaced = f"{second.first_score} 分　{second.first_grade}\n{first}" if second.confirmed is False else ""
    words = CONCLUSIONS[CONFIRM if second.confirmed else REPLACE]
    done = f"{day_words(second.done_on)}　{second.reviewer}　{words}\n{second.reason}" if second.done_on else ""
    return (("异议", f"{second.objection}（{second.objected_on}）"), ("复核", done), ("原评分", replaced))


PAGES = PagesOf(
    "案卷评查",
    (
        PageOf("评查案卷", "round.read", DossiersPage),
        PageOf("评查轮次", "round.read", RoundsPage),
    ),
    frozenset({"round"}),
)
"""What `hall open rounds` opens."""
