"""The monitor's third page: bad ratings (差评) are called back about, corrected with proof, closed by their due day."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

from hall.clock import business_date, hall_time
from hall.rules.files import Purpose
from hall.rules.ratings import FollowUpResult
from hall.services.rating_follow_ups import FollowUpView
from hall.windows.deed_list import Asked, DeedListPage, ListOf, RowDeed, RowPanel
from hall.windows.kept_files import KeepFilesPanel, KeptFiles, files_words
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_words, person_words
from hall.words import FOLLOW_UP_RESULTS, RATING_LEVELS

NO_NUMBERS = "不写电话和证件号码"
REACHED = {"yes": "联系上了", "no": "没有联系上"}


class FollowUpPanel(RowPanel[FollowUpView]):
    """Something that is done about a bad rating."""

    def __init__(self, tools: PageTools, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self._front = tools.front.ratings

    def about_of(self, row: FollowUpView) -> str:
        """Which rating, and by when."""
        due = day_words(row.due_on) if row.due_on else f"待定（{row.pending}）"
        who = person_words(row.applicant) if row.applicant else "没有登记评价人"
        return f"{row.ticket_code} 号　{row.matter_name}　{RATING_LEVELS[row.level]}\n{who}\n整改期限 {due}"


class CallBackPanel(FollowUpPanel):
    """登记回访."""

    first = "reached"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记回访", main="登记")
        self.form.add_choice("reached", "联系", REACHED)
        self.form.add_note("words", "情况", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def deed(self) -> Deed:
        """Enter it."""
        front, key, form = self._front, self.row.follow_up_id, self.form
        reached, words = form.text("reached") == "yes", form.text("words")

        def call_back() -> str:
            front.call_back(key, words, reached=reached)
            return "回访已登记。"

        return call_back


class CorrectPanel(FollowUpPanel):
    """登记整改 with its proof."""

    first = "done"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "登记整改", main="登记")
        self.form.add_note("done", "整改情况", required=True, hint=NO_NUMBERS)
        self.form.add_text("proof", "证明", required=True, hint="照片、新的规定、培训记录等")
        self.add(self.form)

    def deed(self) -> Deed:
        """Enter it."""
        front, key = self._front, self.row.follow_up_id
        done, proof = self.form.text("done"), self.form.text("proof")

        def correct() -> str:
            front.correct(key, done, proof=proof)
            return "整改已登记。"

        return correct


class ProvePanel(KeepFilesPanel[FollowUpView]):
    """存证明 of what was corrected."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("存整改证明", hint="例如整改照片", purposes=("photo", "other"))
        self._front = tools.front.ratings

    def number_of(self, row: FollowUpView) -> str:
        """The rated ticket, and what was corrected."""
        return f"{row.ticket_code} 号　{row.matter_name}\n{row.corrections[-1]}"

    def keep(self, row: FollowUpView, paths: tuple[Path, ...], *, title: str, purpose: Purpose) -> str:
        """Keep them with the follow-up."""
        many = self._front.prove(row.follow_up_id, paths, title=title, purpose=purpose)
        return f"{row.ticket_code} 号的整改证明已存入，共 {many} 份。"


class ClosePanel(FollowUpPanel):
    """办结: the result, and what came of it."""

    first = "result"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "办结差评", main="办结")
        self.form.add_choice("result", "结果", FOLLOW_UP_RESULTS)
        self.form.add_note("outcome", "说明", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def deed(self) -> Deed:
        """Close it."""
        front, key, outcome = self._front, self.row.follow_up_id, self.form.text("outcome")
        result = cast(FollowUpResult, self.form.text("result"))

        def close() -> str:
            front.close_follow_up(key, outcome, result=result)
            return "差评回访已办结。"

        return close


class FollowUpPage(DeedListPage[FollowUpView]):
    """差评回访. The number on its tab is how many are open."""

    def __init__(self, tools: PageTools) -> None:
        self._clock = tools.front.clock
        super().__init__(tools, "差评回访", self._listing())
        self.files = KeptFiles[FollowUpView](self, tools.work, partial(ProvePanel, tools))

    def read(self, asked: Asked) -> tuple[FollowUpView, ...]:
        """The open ones, the most urgent first; with Alt+0 those that are closed behind them."""
        front = self._tools.front.ratings
        return (*front.follow_ups(), *(front.follow_ups(closed=True) if asked.closed else ()))

    def acts(self, row: FollowUpView) -> Sequence[str]:
        """Nothing about oneself; what is closed is over, and can be looked at."""
        looks = ("look",) if row.files else ()
        if row.own or row.closed_at is not None:
            return looks
        return ("call_back", "correct", "close", *(("prove",) if row.corrections else ()), *looks)

    def open_row(self, name: str, row: FollowUpView) -> None:
        """看证明; 存证明: which files."""
        if name == "look":
            read = partial(self._tools.front.ratings.look, row.follow_up_id)
            self.files.look(f"{row.ticket_code} 号 整改证明", read)
        else:
            self.files.ask(row, title="存入整改证明")

    def counts(self, row: FollowUpView) -> bool:
        """It is open."""
        return row.closed_at is None

    def _listing(self) -> ListOf[FollowUpView]:
        return ListOf[FollowUpView](
            columns=[
                Column("到期", self._due_words, width=186, order=_due_order, light=self._due_light),
                Column("评价", lambda row: RATING_LEVELS[row.level], width=104, order=lambda row: row.level),
                Column("号", lambda row: row.ticket_code, width=64),
                Column("事项", lambda row: row.matter_name),
                Column("窗口", lambda row: str(row.counter_number), "right", 56, lambda row: row.counter_number),
                Column("回访", lambda row: str(len(row.calls)), "right", 56, lambda row: len(row.calls)),
                Column("整改", lambda row: "有" if row.corrections else "", width=56),
            ],
            key=lambda row: row.follow_up_id,
            facts=_facts,
            empty="没有要办的差评回访。有人评“不满意”或“非常不满意”后，这里列出回访和到期日。",
            nothing="没有选中的差评",
            deeds=(
                RowDeed("call_back", "登记回访", "rating.follow_up", CallBackPanel),
                RowDeed("correct", "登记整改", "rating.follow_up", CorrectPanel),
                RowDeed("close", "办结", "rating.follow_up", ClosePanel),
                RowDeed("prove", "存证明", "rating.follow_up"),
                RowDeed("look", "看证明", "rating.follow_up"),
            ),
            closed=True,
        )

    def _due_words(self, row: FollowUpView) -> str:
        if row.closed_at is not None:
            return f"{hall_time(row.closed_at):%Y-%m-%d} 办结"
        if row.due_on is None:
            return f"待定（{row.pending}）"
        days = (row.due_on - business_date(self._clock.now())).days
        words = "今天到期" if days == 0 else f"还有 {days} 天" if days > 0 else f"已过 {-days} 天"
        return f"{row.due_on.isoformat()} {words}"

    def _due_light(self, row: FollowUpView) -> str | None:
        if row.closed_at is not None:
            return None
        if row.due_on is None:
            return "pending"
        days = (row.due_on - business_date(self._clock.now())).days
        return "normal" if days > 0 else "today" if days == 0 else "over_statutory"


def _facts(row: FollowUpView) -> tuple[str, Facts]:
    own = "评的是您自己的服务，由另一位大厅主任办理" if row.own and row.closed_at is None else ""
    return f"{row.ticket_code} 号　{RATING_LEVELS[row.level]}", (
        ("办理", own),
        ("事项", row.matter_name),
        ("窗口", f"{row.counter_number} 号窗口　{row.clerk}"),
        ("评价时间", f"{hall_time(row.rated_at):%Y-%m-%d %H:%M}"),
        ("评价人", person_words(row.applicant) if row.applicant else "没有登记"),
        ("回访", "\n".join(row.calls)),
        ("整改", "\n".join(row.corrections)),
        ("证明", files_words(row.files)),
        ("结果", row.outcome),
    )


def _due_order(row: FollowUpView) -> date:
    return row.due_on or date.max
