"""Panels of the desk about whose case it is: hand over, take, claim, give back, pass on, and finish."""

from collections.abc import Callable
from functools import partial

from hall.services.assigning import Officer
from hall.services.desk_file import DeskFile
from hall.windows.desk_acts import ActPanel, Deed, DeskTools, FormPanel


class PlainPanel(ActPanel):
    """An act that asks for nothing: one sentence says what will happen, Enter does it."""

    def __init__(
        self, tools: DeskTools, act: str, *, words: str, run: Callable[[DeskTools, int], object], said: str
    ) -> None:
        super().__init__(tools, act)
        self.words = self.say(words)
        self._run, self._said = run, said
        self._case_id = 0
        self._number = ""

    def show_file(self, file: DeskFile) -> None:
        """Only its key is wanted."""
        self._case_id, self._number = file.case_id, file.acceptance_number or file.receipt_number

    def deed(self) -> Deed:
        """The use case and the sentence behind it."""
        run = partial(self._run, self._tools, self._case_id)
        said = f"{self._number} {self._said}"

        def do() -> str:
            run()
            return said

        return do


def take_panel(tools: DeskTools) -> ActPanel:
    """签收材料."""
    return PlainPanel(
        tools,
        "take",
        words="点收窗口移交的材料。签收后办件在您手上，审查环节开始计时。",
        run=lambda used, case_id: used.front.review.take(case_id),
        said="已签收，在您手上。",
    )


def claim_panel(tools: DeskTools) -> ActPanel:
    """领取."""
    return PlainPanel(
        tools,
        "claim",
        words="领取后办件在您手上，在手天数从现在起算。",
        run=lambda used, case_id: used.front.review.claim(case_id),
        said="已领取，在您手上。",
    )


def finish_panel(tools: DeskTools) -> ActPanel:
    """办结."""
    return PlainPanel(
        tools,
        "finish",
        words="决定已经送达，证件（如有）已经制作。办结后从看板上移走，可以归档。",
        run=lambda used, case_id: used.front.closing.finish(case_id),
        said="已办结，可以归档。",
    )


class NotePanel(FormPanel):
    """An act that wants one text: a reason, a comment."""

    def __init__(
        self,
        tools: DeskTools,
        act: str,
        *,
        words: str,
        label: str,
        run: Callable[[DeskTools, int, str], str],
        required: bool = True,
        hint: str = "",
    ) -> None:
        super().__init__(tools, act)
        self.say(words)
        self.form.add_note("text", label, required=required, hint=hint)
        self.add(self.form)
        self._run = run

    def show_file(self, file: DeskFile) -> None:
        """Only its key is wanted."""
        self._case_id = file.case_id

    def begin(self) -> None:
        """Empty, at the text."""
        self.form.clear()
        self.form.focus("text")

    def deed(self) -> Deed:
        """The use case with the text."""
        return partial(self._run, self._tools, self._case_id, self.form.text("text"))


def release_panel(tools: DeskTools) -> ActPanel:
    """退回科室."""

    def run(used: DeskTools, case_id: int, text: str) -> str:
        used.front.review.release(case_id, text)
        return "已退回科室，其他人可以领取。"

    return NotePanel(
        tools,
        "release",
        words="办件回到科室，由其他人领取。在手天数到现在为止，时限照常计算。",
        label="原因",
        run=run,
    )


def hand_over_panel(tools: DeskTools) -> ActPanel:
    """移交材料."""

    def run(used: DeskTools, case_id: int, text: str) -> str:
        paper = used.front.review.hand_over(case_id, note=text)
        return f"已移交，交接单 {paper.number} 正在打印，双方签字。"

    return NotePanel(
        tools,
        "hand_over",
        words="打印交接单，连同材料交给承办科室。科室签收后审查环节开始计时。",
        label="备注",
        run=run,
        required=False,
        hint="材料中要特别说明的，可不填",
    )


class AssignPanel(FormPanel):
    """转派: to whom, and why."""

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "assign")
        self.say("换人不重新计时：环节和时限接着算，两人的在手天数都留着。")
        self.form.add_choice("officer", "转给", {})
        self.form.add_note("reason", "原因", required=True)
        self.add(self.form)

    def show_file(self, file: DeskFile) -> None:
        """Ask who could have it."""
        self._case_id = file.case_id
        self.form.set_choices("officer", {})
        read = partial(self._tools.front.review.officers, file.case_id)
        self._tools.work.read(read, partial(self._show_officers, file.case_id), words="正在查可以转给谁…")

    def begin(self) -> None:
        """Empty, at the person."""
        self.form.clear()
        self.form.focus("officer")

    def ready(self) -> bool:
        """Somebody is chosen."""
        if not self.form.text("officer"):
            self.form.refuse("officer", "没有可以转给的人，请先建立账号或登记科室。")
        return bool(self.form.text("officer"))

    def deed(self) -> Deed:
        """The use case."""
        account_id, reason = int(self.form.text("officer")), self.form.text("reason")
        return partial(_assign, self._tools, self._case_id, account_id, reason)

    def _show_officers(self, case_id: int, officers: tuple[Officer, ...]) -> None:
        if case_id == self._case_id:
            self.form.set_choices("officer", {str(each.account_id): officer_words(each) for each in officers})


def officer_words(officer: Officer) -> str:
    """陈审查（在手 3 件，外出，由 孙审查 替岗）."""
    away = f"，外出，由 {officer.substitute} 替岗" if officer.substitute else ""
    return f"{officer.name}（在手 {officer.cases} 件{away}）"


def _assign(tools: DeskTools, case_id: int, account_id: int, reason: str) -> str:
    tools.front.review.assign(case_id, account_id, reason=reason)
    return "已转派，对方的列表里现在有这件。"
