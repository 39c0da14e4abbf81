"""Panels of dispatching: to whom a request goes, why it comes back, what was found, whether it was well done."""

from functools import partial
from typing import cast

from hall.rules.requests import SolvedBy
from hall.services.dispatch_units import Suggested
from hall.services.dispatching import Feedback
from hall.services.request_front import RequestFront
from hall.services.request_reading import RequestChoices, RequestView
from hall.services.request_rows import RequestRow
from hall.windows.deed_list import RowPanel
from hall.windows.kit.newest import Newest
from hall.windows.pages import Deed, PageTools
from hall.windows.request_words import title_words
from hall.windows.text_panel import TextPanel
from hall.words import REQUEST_WAYS, UNIT_KINDS

NO_NUMBERS = "不写电话和证件号码；Shift+Enter 换行"


class RequestPanel(RowPanel[RequestRow]):
    """What every panel of a request has: the use cases, the number above the fields."""

    def __init__(self, tools: PageTools, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self._tools = tools

    @property
    def front(self) -> RequestFront:
        """The use cases."""
        return self._tools.front.requests

    def about_of(self, row: RequestRow) -> str:
        """Number and subject."""
        return about_words(row)


class WhyPanel(TextPanel[RequestRow]):
    """One text with what it is for."""

    def __init__(self, tools: PageTools, title: str, *, main: str, label: str, hint: str = NO_NUMBERS) -> None:
        super().__init__(title, main=main, label=label, hint=hint, note=True)
        self.front, self.enquiries = tools.front.requests, tools.front.enquiries

    def about_of(self, row: RequestRow) -> str:
        """Number and subject."""
        return about_words(row)


class DispatchPanel(RequestPanel):
    """派单: the unit of the map is proposed; another one wants a reason."""

    first = "unit"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "派单", main="派单")
        self.proposed = self.say("")
        self.form.add_choice("unit", "承办单位", {})
        self.form.add_text("why_unit", "选它的理由", hint="按责任区派的不填")
        self.form.add_note("order", "交办要求", hint=f"可不填；{NO_NUMBERS}")
        self.add(self.form)
        self._choices = Newest[RequestChoices](self._show_choices)
        self._suggested: Newest[Suggested | None] = Newest(self._show_suggested)
        self._by_map: Suggested | None = None

    def ask(self, row: RequestRow) -> None:
        """The units of today, that of the map first."""
        super().ask(row)
        self._by_map = None
        self.proposed.setText("正在查责任区…")
        suggest = partial(self.front.suggest, row.category, row.area, row.grid_code)
        self._tools.work.quietly(suggest, self._suggested.ask(), owner=self)
        self._tools.work.quietly(self.front.choices, self._choices.ask(), owner=self)

    def deed(self) -> Deed:
        """Dispatch and print the 派单单."""
        front, row, form = self.front, self.row, self.form
        unit, why, order = form.text("unit"), form.text("why_unit"), form.text("order")

        def dispatch() -> str:
            issued = front.dispatch(row.request_id, int(unit) if unit else None, why_unit=why, order=order)
            return f"已派单，派单单 {issued.number} 正在打印。"

        return dispatch

    def _show_suggested(self, suggested: Suggested | None) -> None:
        self._by_map = suggested
        if suggested is None:
            self.proposed.setText("责任区里没有这个类别和区域，请选承办单位并写明理由。")
        else:
            self.proposed.setText(f"{suggested.why}，由{suggested.unit.name}承办。")

    def _show_choices(self, choices: RequestChoices) -> None:
        by_map = f"按责任区：{self._by_map.unit.name}" if self._by_map else "请选择"
        units = {str(each.unit_id): f"{each.name}（{UNIT_KINDS[each.kind]}）" for each in choices.units}
        self.form.set_choices("unit", {"": by_map, **units})


class ReturnPanel(WhyPanel):
    """退单."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "退单", main="退单", label="退单原因", hint=f"例如不属于本单位辖区；{NO_NUMBERS}")

    def do(self, row: RequestRow, text: str) -> str:
        """It waits for the dispatcher again."""
        self.front.return_(row.request_id, text)
        return f"{row.number} 已退单，等重新派单。"


class RecallPanel(WhyPanel):
    """收回重派."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "收回重派", main="收回", label="收回的理由", hint=f"单位为什么不能办；{NO_NUMBERS}")

    def do(self, row: RequestRow, text: str) -> str:
        """It waits for the dispatcher again."""
        self.front.recall(row.request_id, text)
        return f"{row.number} 已从{row.unit_name}收回，等重新派单。"


class FeedbackPanel(RequestPanel):
    """反馈."""

    first = "findings"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "反馈", main="反馈")
        self.form.add_note("findings", "查明情况", required=True, hint=NO_NUMBERS)
        self.form.add_note("measures", "采取措施", required=True, hint=NO_NUMBERS)
        self.form.add_choice("way", "解决方式", REQUEST_WAYS)
        self.add(self.form)

    def deed(self) -> Deed:
        """What was found and done."""
        front, row, form = self.front, self.row, self.form
        way = cast(SolvedBy, form.text("way"))
        feedback = Feedback(form.text("findings"), form.text("measures"), way)

        def feed_back() -> str:
            front.feed_back(row.request_id, feedback)
            return f"{row.number} 已反馈，等审核。"

        return feed_back


class SendBackPanel(WhyPanel):
    """退回补办."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "退回补办", main="退回", label="要补办什么")

    def do(self, row: RequestRow, text: str) -> str:
        """The unit goes on."""
        self.front.send_back(row.request_id, text)
        return f"{row.number} 已退回{row.unit_name}补办。"


class JoinPanel(RequestPanel):
    """并案 with another request, by its number."""

    first = "number"

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "并案", main="并案")
        self.alike = self.say("")
        self.form.add_text("number", "并入哪一件", required=True, hint="诉求编号")
        self.add(self.form)
        self._newest = Newest[RequestView](self._show)

    def ask(self, row: RequestRow) -> None:
        """What may be the same matter; the first that can be joined is proposed."""
        super().ask(row)
        self.alike.clear()
        self._tools.work.quietly(partial(self.front.one, row.request_id), self._newest.ask(), owner=self)

    def deed(self) -> Deed:
        """It is answered with the other one."""
        front, row, number = self.front, self.row, self.form.text("number")

        def join() -> str:
            front.join(row.request_id, front.numbered(number))
            return f"{row.number} 已并入 {number}，随那一件答复。"

        return join

    def _show(self, view: RequestView) -> None:
        if view.row.request_id != self.row.request_id:
            return
        found = [each for each in view.same if each.can_join]
        words = "\n".join(f"{each.number}　{each.subject}（{each.why}）" for each in found)
        self.alike.setText(words or "没有发现同一件事，要并案请写编号。")
        if found and not self.form.text("number"):
            self.form.set_text("number", found[0].number)


def about_words(row: RequestRow) -> str:
    """Number and subject, above the fields."""
    return f"{title_words(row)}\n{row.subject}"
