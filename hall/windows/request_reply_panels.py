"""Panels of what the person hears: told, answered, extended, refused, redirected, withdrawn, called back; files."""

from pathlib import Path

from hall.rules.files import Purpose
from hall.services.call_backs import CallBackMade
from hall.services.request_reading import RequestView
from hall.services.request_replies import Answer
from hall.services.request_rows import RequestRow
from hall.windows.kept_files import KeepFilesPanel
from hall.windows.kit.newest import Newest
from hall.windows.pages import Deed, PageTools
from hall.windows.request_panels import NO_NUMBERS, RequestPanel, WhyPanel
from hall.windows.request_words import title_words
from hall.words import RATING_LEVELS

REACHED, NOT_REACHED = "reached", "missed"
PURPOSES: tuple[Purpose, ...] = ("photo", "recording", "other")


class TellPanel(WhyPanel):
    """告知受理."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "告知受理", main="登记告知", label="怎样告知", hint=f"例如电话告知；{NO_NUMBERS}")

    def do(self, row: RequestRow, text: str) -> str:
        """Told today."""
        self.front.tell(row.request_id, text)
        return f"{row.number} 已登记告知受理。"


class ReplyPanel(RequestPanel):
    """答复办结: begins with what was fed back."""

    first = "reply"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "答复办结", main="答复办结")
        self.fed_back = self.say("")
        self.form.add_note("reply", "答复内容", required=True, hint=NO_NUMBERS)
        self.form.add_text("basis", "依据", hint="法律或规定，可不填")
        self.add(self.form)
        self._newest = Newest[RequestView](self._show)

    def ask(self, row: RequestRow) -> None:
        """What the unit has found stands above the answer."""
        super().ask(row)
        self.fed_back.clear()
        self._tools.work.quietly(lambda: self.front.one(row.request_id), self._newest.ask(), owner=self)

    def deed(self) -> Deed:
        """Answer, close, print."""
        front, row = self.front, self.row
        answer = Answer(self.form.text("reply"), self.form.text("basis"))

        def reply() -> str:
            papers = front.reply(row.request_id, answer)
            numbers = "、".join(each.number for each in papers)
            return f"{row.number} 已办结，" + (f"答复单 {numbers} 正在打印。" if numbers else "匿名的不出答复单。")

        return reply

    def _show(self, view: RequestView) -> None:
        if view.row.request_id == self.row.request_id and view.dispatches:
            last = view.dispatches[-1]
            self.fed_back.setText(f"{last.unit_name}反馈：{last.findings}\n措施：{last.measures}")


class AnswerPanel(WhyPanel):
    """答复咨询, which was handed over."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "答复咨询", main="答复", label="答复")

    def about_of(self, row: RequestRow) -> str:
        """The whole question."""
        return f"{title_words(row)}\n{row.content}"

    def do(self, row: RequestRow, text: str) -> str:
        """It is closed with its answer."""
        assert row.enquiry_id is not None
        self.enquiries.answer(row.enquiry_id, text)
        return f"{row.number} 已答复。"


class ExtendPanel(RequestPanel):
    """批准延期."""

    first = "days"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "延期", main="批准延期")
        self.form.add_text("days", "延长天数", required=True, check=_days_fault, hint="一次，最多 30 日")
        self.form.add_note("why", "理由", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def deed(self) -> Deed:
        """Once, and before the last day is over."""
        front, row, days, why = self.front, self.row, int(self.form.text("days")), self.form.text("why")

        def extend() -> str:
            return f"{row.number} 已延期，{front.extend(row.request_id, days, why)} 前办结。承诺答复的日子不变。"

        return extend


class RefusePanel(WhyPanel):
    """不予受理."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "不予受理", main="不予受理", label="理由", hint=f"会写在给反映人的文书上；{NO_NUMBERS}")

    def do(self, row: RequestRow, text: str) -> str:
        """Ended, told in writing."""
        paper = self.front.refuse(row.request_id, text)
        return f"{row.number} 不予受理，" + (f"{paper.number} 正在打印。" if paper else "匿名的不出文书。")


class RedirectPanel(RequestPanel):
    """转介."""

    first = "to"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "转介", main="转介")
        self.form.add_text("to", "转给哪个机关", required=True, hint="有权处理的机关全称")
        self.form.add_note("why", "理由", required=True, hint=NO_NUMBERS)
        self.add(self.form)

    def deed(self) -> Deed:
        """Ended here, told to whom it belongs."""
        front, row, to, why = self.front, self.row, self.form.text("to"), self.form.text("why")

        def redirect() -> str:
            paper = front.redirect(row.request_id, to, why)
            return f"{row.number} 已转介{to}，" + (f"{paper.number} 正在打印。" if paper else "匿名的不出文书。")

        return redirect


class WithdrawPanel(WhyPanel):
    """登记撤回."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "撤回", main="登记撤回", label="反映人撤回的原因")

    def do(self, row: RequestRow, text: str) -> str:
        """Ended by the person."""
        self.front.withdraw(row.request_id, text)
        return f"{row.number} 已按反映人的要求撤回。"


class CallBackPanel(RequestPanel):
    """登记回访: a level only where the person gave one."""

    first = "reached"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "回访", main="登记回访")
        levels = {str(level): words for level, words in RATING_LEVELS.items()}
        self.form.add_choice("reached", "联系", {REACHED: "已接通", NOT_REACHED: "没有接通"})
        self.form.add_choice("level", "评价", {"": "没有评价", **levels})
        self.form.add_note("words", "反映人的话", hint=f"可不填；{NO_NUMBERS}")
        self.add(self.form)

    def deed(self) -> Deed:
        """One call."""
        front, row, form = self.front, self.row, self.form
        reached, level = form.text("reached") == REACHED, form.text("level")
        made = CallBackMade(reached, int(level) if level else None, form.text("words"))

        def call_back() -> str:
            front.call_back(row.request_id, made)
            return f"{row.number} 已登记回访。"

        return call_back


class KeepFilePanel(KeepFilesPanel[RequestRow]):
    """存照片, also recordings."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("存照片录音", hint="例如现场照片", purposes=("photo", "recording", "other"))
        self._front = tools.front.requests

    def number_of(self, row: RequestRow) -> str:
        """The request's."""
        return row.number

    def keep(self, row: RequestRow, paths: tuple[Path, ...], *, title: str, purpose: Purpose) -> str:
        """Keep them with the request."""
        for number, path in enumerate(paths, 1):
            self._front.add_file(
                row.request_id, path, title=f"{title}{number}" if number > 1 else title, purpose=purpose
            )
        return f"{row.number} 已存入 {len(paths)} 份文件。"


def _days_fault(text: str) -> str:
    return "" if text.isdigit() and int(text) > 0 else "请写天数，例如 30。"
