"""Panels of a round of dossier reviews: announced, drawn, voided."""

from datetime import date, timedelta

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.services.review_rounds import NewRound
from hall.services.round_reading import Drawable, RoundRow
from hall.windows.deed_list import NewPanel, RowPanel
from hall.windows.desk_ticks import TickList
from hall.windows.pages import Deed, PageTools
from hall.windows.text_panel import TextPanel

HALF_YEAR_DAYS = 182
"""The period that the panel offers; whoever announces may name another."""


class AnnouncePanel(NewPanel):
    """公布评查: the period, how many of each, the reviewers ticked, day and source of the seed."""

    first = "name"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("公布评查", main="公布并出公告")
        self._tools, self._front = tools, tools.front.rounds
        form = self.form
        form.add_text("name", "名称", required=True, hint="例如 2026年下半年案卷评查")
        form.add_day("from_day", "办结起", _today(tools)).dateChanged.connect(self._ask)
        form.add_day("until_day", "办结止", _today(tools)).dateChanged.connect(self._ask)
        form.add_text("permits", "许可案卷", required=True, check=_count_fault, hint="抽几件，不抽写 0")
        form.add_text("penalties", "处罚案卷", required=True, check=_count_fault, hint="抽几件，不抽写 0")
        form.add_day("draw_on", "抽取日期", _today(tools))
        form.add_text("source", "种子来源", required=True, hint="例如 当天福利彩票开奖号码")
        self.told = self.say("")
        self.add(form)
        self.say("评查员（空格勾选）：")
        self.reviewers = TickList()
        self.reviewers.done.connect(self.submit)
        self.add(self.reviewers)
        form.submitted.disconnect()
        form.submitted.connect(self.reviewers.focus)

    def ask_new(self) -> None:
        """The last half year, the earliest day; who could review is read each time."""
        super().ask_new()
        today, terms = _today(self._tools), self._front.terms
        self.form.set_day("from_day", today - timedelta(days=HALF_YEAR_DAYS))
        self.form.set_day("until_day", today)
        self.form.set_day("draw_on", today + timedelta(days=terms.announce_days))
        self.reviewers.show_choices((), ticked=False)
        self._ask()

    @Slot()
    def submit(self) -> None:
        """Only what is complete is sent."""
        if self.form.validate():
            self.submitted.emit()

    def deed(self) -> Deed:
        """Announce it."""
        front, form = self._front, self.form
        new = NewRound(
            name=form.text("name"),
            from_day=form.day("from_day"),
            until_day=form.day("until_day"),
            permits=int(form.text("permits")),
            penalties=int(form.text("penalties")),
            reviewers=tuple(map(int, self.reviewers.chosen)),
            draw_on=form.day("draw_on"),
            seed_source=form.text("source"),
        )
        return lambda: f"评查已公布，公告 {front.announce(new).number} 正在打印。{new.draw_on} 由另一人抽取。"

    @Slot()
    def _ask(self) -> None:
        first, last = self.form.day("from_day"), self.form.day("until_day")
        self._tools.work.quietly(lambda: self._front.drawable(first, last), self._show, owner=self)

    def _show(self, found: Drawable) -> None:
        self.told.setText(f"这段时间没有抽过的案卷：许可 {found.permits} 件，处罚 {found.penalties} 件。")
        kept = self.reviewers.chosen
        self.reviewers.show_choices(
            ((str(each.account_id), f"{each.name}　{each.posts}") for each in found.reviewers), ticked=False
        )
        for key in kept:
            self.reviewers.tick(key, on=True)


class DrawPanel(RowPanel[RoundRow]):
    """抽取: the seed as it came out, before whom."""

    first = "seed"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("抽取案卷和评查员", main="抽取并出结果")
        self._front = tools.front.rounds
        self.form.add_text("seed", "种子", required=True, hint="照公告写的来源")
        self.form.add_text("witness", "见证人", required=True)
        self.add(self.form)

    def about_of(self, row: RoundRow) -> str:
        """The round, and where the seed comes from."""
        return f"{row.name}\n种子来源：{row.seed_source}\n结果由名单和种子算出，任何人都能重新验算。"

    def deed(self) -> Deed:
        """Draw."""
        front, key, seed, witness = self._front, self.row.round_id, self.form.text("seed"), self.form.text("witness")
        return lambda: f"已抽取，结果 {front.hold(key, seed=seed, witness=witness).number} 正在打印。"


class VoidPanel(TextPanel[RoundRow]):
    """作废 before the seed."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("作废这一轮评查", main="作废")
        self._front = tools.front.rounds

    def about_of(self, row: RoundRow) -> str:
        """The round."""
        return row.name

    def do(self, row: RoundRow, text: str) -> str:
        """Void it."""
        self._front.void(row.round_id, text)
        return f"{row.name} 已作废。"


def _today(tools: PageTools) -> date:
    return business_date(tools.front.clock.now())


def _count_fault(text: str) -> str:
    return "" if text.isascii() and text.isdecimal() and len(text) <= 4 else "请写数字，如 10。"
