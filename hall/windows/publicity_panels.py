"""Panels on what is made public: since when and where, why not at all, since when it is taken down.

The page of publicity asks them about a row, the penalty window about a case (`penalty_publicity_panels`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from hall.clock import business_date
from hall.rules.publicity import WithholdGround
from hall.services.publicity_front import PublicityFront
from hall.services.publicity_reading import PublicityRow
from hall.windows.kit.deeds import FormDeed
from hall.windows.kit.forms import Form
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_words
from hall.words import PUBLICITY_GROUNDS

WHERE = "局门户网站双公示专栏"


@dataclass(frozen=True, slots=True)
class Question:
    """What one act asks: its fields, how they begin, and the use case for a publication with what was entered."""

    title: str
    main: str
    first: str
    say: str
    add: Callable[[Form, date], None]
    deed: Callable[[PublicityFront, int, Form], Deed]


def _add_publish(form: Form, today: date) -> None:
    form.add_text("published_at", "网站或平台", required=True)
    form.add_day("published_on", "公示日期", today)
    form.set_text("published_at", WHERE)


def _publish(front: PublicityFront, key: int, form: Form) -> Deed:
    where, day = form.text("published_at"), form.day("published_on")

    def publish() -> str:
        until = front.publish(key, day, where)
        return f"已登记公示，公示到 {day_words(until)} 为止。" if until else "已登记公示，证件有效期间一直公示。"

    return publish


def _add_withhold(form: Form, _: date) -> None:
    form.add_choice("ground", "情形", PUBLICITY_GROUNDS)
    form.add_note("reason", "理由", required=True, hint="依据什么认定；不写电话和证件号码")


def _withhold(front: PublicityFront, key: int, form: Form) -> Deed:
    ground, reason = cast(WithholdGround, form.text("ground")), form.text("reason")

    def withhold() -> str:
        front.withhold(key, ground, reason)
        return "已登记不予公示。"

    return withhold


def _add_take_down(form: Form, today: date) -> None:
    form.add_day("withdrawn_on", "撤回日期", today)
    form.add_note("reason", "理由", hint="决定没有变更、撤销，也没有到期的，要写明为什么撤下")


def _take_down(front: PublicityFront, key: int, form: Form) -> Deed:
    day, reason = form.day("withdrawn_on"), form.text("reason")

    def withdraw() -> str:
        front.withdraw(key, day, reason)
        return "已登记撤回公示。"

    return withdraw


QUESTIONS = {
    "publish": Question(
        "登记公示",
        "登记",
        "published_at",
        "自然人只公示隐去的姓名和证件号码。决定被变更、撤销的，三个工作日内撤回（行政处罚法第四十八条第二款）。",
        _add_publish,
        _publish,
    ),
    "withhold": Question(
        "不予公示",
        "登记不予公示",
        "ground",
        "写明法定情形和依据。未成年人的决定由程序自动不予公示。",
        _add_withhold,
        _withhold,
    ),
    "withdraw_publicity": Question(
        "撤回公示",
        "登记撤回",
        "withdrawn_on",
        "先在网站或者平台上撤下，再登记撤回的日期；公开说明理由（行政处罚法第四十八条第二款）。",
        _add_take_down,
        _take_down,
    ),
}
"""By act."""


class PublicityPanel(FormDeed):
    """One question about one row of the page."""

    def __init__(self, tools: PageTools, act: str) -> None:
        self._question = QUESTIONS[act]
        super().__init__(self._question.title, main=self._question.main)
        self.first = self._question.first
        self._clock, self._front = tools.front.clock, tools.front.publicity
        self._key = 0
        self.about = self.say("")
        self.say(self._question.say)
        self._question.add(self.form, business_date(self._clock.now()))
        self.add(self.form)

    def ask(self, row: PublicityRow) -> None:
        """About this decision, of today; what else was entered last is proposed again."""
        self._key = row.publication_id
        why = f"\n{row.overturned_why}" if row.overturned_on else ""
        told = row.told
        self.about.setText(f"{told.decision_number}　{told.party.name_masked}\n{told.matter}\n{told.result}{why}")
        set_today(self.form, business_date(self._clock.now()))

    def deed(self) -> Deed:
        """The use case with what was entered, taken from the fields now."""
        return self._question.deed(self._front, self._key, self.form)


def set_today(form: Form, today: date) -> None:
    """Whatever day the form asks for is today at first."""
    for key in form.keys:
        if key in {"published_on", "withdrawn_on"}:
            form.set_day(key, today)
