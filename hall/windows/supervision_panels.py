"""Panels of the supervision screen: what has to be said before something is done."""

from collections.abc import Mapping
from datetime import date

from hall.rules.accountability import Decision
from hall.rules.supervision_words import (
    ANOMALY_VERDICTS,
    DEGREES,
    EXEMPTIONS,
    MEASURES,
    ORDER_CAUSES,
    ORDER_COLOURS,
    PLEA_FINDINGS,
    RECORD_FINDINGS,
    RECORD_SOURCES,
)
from hall.services.accountability_reading import RecordView
from hall.services.supervision_reading import OrderView
from hall.windows.kit.deeds import FormDeed

NO_NUMBERS = "不写电话和证件号码；Shift+Enter 换行"


class FormPanel(FormDeed):
    """A panel with a word on what it is about and one form, sent by the main button or Enter if nothing is wrong."""

    def __init__(self, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self.about = self.say("")
        self.about.hide()
        self.add(self.form)

    def tell(self, words: str) -> None:
        """What it is about."""
        self.about.setText(words)
        self.about.show()


class TextPanel(FormPanel):
    """One text: a reply, a plea, a reason."""

    def __init__(self, title: str, *, main: str, label: str, hint: str = NO_NUMBERS) -> None:
        super().__init__(title, main=main)
        self.form.add_note("text", label, required=True, hint=hint)

    @property
    def text(self) -> str:
        """What was written."""
        return self.form.text("text")

    def begin(self) -> None:
        """Empty."""
        self.form.clear()
        self.form.focus("text")


class FindingPanel(FormPanel):
    """Upheld or not (or another verdict), and why."""

    def __init__(self, title: str, *, main: str, choices: Mapping[str, str]) -> None:
        super().__init__(title, main=main)
        self.form.add_choice("finding", "结论", choices)
        self.form.add_note("text", "理由", required=True, hint=NO_NUMBERS)

    @property
    def text(self) -> str:
        """Why."""
        return self.form.text("text")

    def begin(self) -> None:
        """Empty, at the verdict."""
        self.form.clear()
        self.form.focus("finding")

    @property
    def finding(self) -> str:
        """The code of the verdict."""
        return self.form.text("finding")


class PleaPanel(FindingPanel):
    """审理申辩."""

    def __init__(self) -> None:
        super().__init__("审理申辩", main="作出结论", choices=PLEA_FINDINGS)


class VerdictPanel(FindingPanel):
    """核查异常."""

    def __init__(self) -> None:
        super().__init__("核查异常", main="登记结论", choices=ANOMALY_VERDICTS)


class AppealFindingPanel(FormPanel):
    """复核申诉."""

    def __init__(self) -> None:
        super().__init__("复核申诉", main="作出结论")
        self.form.add_choice("finding", "结论", {"rejected": "申诉不成立，维持", "upheld": "申诉成立，撤销决定"})

    @property
    def finding(self) -> str:
        """upheld or rejected."""
        return self.form.text("finding")

    def begin(self) -> None:
        """At the choice."""
        self.form.clear()
        self.form.focus("finding")


class IssuePanel(FormPanel):
    """督办 a case by hand; the board opens it, too. Who answers is found from the possession of the case."""

    def __init__(self) -> None:
        super().__init__("督办", main="签发")
        self.form.add_choice("colour", "种类", ORDER_COLOURS)
        self.form.add_choice("cause", "原因", {"slow": ORDER_CAUSES["slow"], **ORDER_CAUSES})
        self.form.add_note("reason", "情况", required=True, hint=NO_NUMBERS)
        self.form.add_note("order", "要求", hint="不写则要求在新时限内办结并书面说明")

    def show_case(self, words: str) -> None:
        """Which case it is about."""
        self.tell(f"{words}\n责任人按办件经手情况自动列出，各写在手天数。")

    def begin(self) -> None:
        """Empty, at the kind."""
        self.form.clear()
        self.form.focus("colour")


class OpenRecordPanel(FormPanel):
    """登记责任追究 from an order: about one of its subjects."""

    def __init__(self) -> None:
        super().__init__("登记责任追究", main="登记")
        self.form.add_choice("subject", "当事人", {})
        self.form.add_choice("source", "来源", RECORD_SOURCES)
        self.form.add_note("facts", "事实", required=True, hint=NO_NUMBERS)
        self.form.add_text("article", "依据", required=True)

    def show_order(self, row: OrderView) -> None:
        """The subjects of an order and what it says."""
        self.form.set_choices("subject", {str(each.account_id): each.name for each in row.subjects})
        self._facts = row.reason

    def begin(self) -> None:
        """With the facts of the order and the article of the law."""
        self.form.clear()
        self.form.set_text("facts", self._facts)
        self.form.set_text("article", "行政许可法第七十四条")
        self.form.focus("subject")


class DecidePanel(FormPanel):
    """作出决定: filled with what the rule proposes."""

    def __init__(self) -> None:
        super().__init__("作出决定", main="决定并打印")
        self.form.add_choice("finding", "认定", RECORD_FINDINGS)
        self.form.add_choice("exemption", "免责事由", {"": "—", **EXEMPTIONS})
        self.form.add_choice("degree", "程度", {"": "—", **DEGREES})
        self.form.add_choice("measure", "处理方式", {"": "—", **MEASURES})
        self.form.add_text("points", "扣分", check=points_fault)
        self.correction = self.form.add_tick("correction", "要求限期整改")

    def show_record(self, row: RecordView) -> None:
        """What the rule proposes for this record."""
        self._row = row
        times = f"一年内第 {row.proposal.repetition} 次"
        leaders = "，同时计入单位负责人一次" if row.proposal.leaders else ""
        self.tell(f"规则建议（{times}）：{MEASURES[row.proposal.measure]}，扣 {row.proposal.points} 分{leaders}。")

    @property
    def decision(self) -> Decision:
        """As it was filled in; the service refuses what contradicts itself."""
        return Decision(
            self.form.text("finding"),  # type: ignore[arg-type]  # codes of the choices
            self.form.text("exemption"),  # type: ignore[arg-type]
            self.form.text("degree"),  # type: ignore[arg-type]
            self.form.text("measure"),
            int(self.form.text("points") or 0),
        )

    def begin(self) -> None:
        """With the proposal."""
        self.form.clear()
        self.form.set_text("degree", "ordinary")
        self.form.set_text("measure", self._row.proposal.measure)
        self.form.set_text("points", str(self._row.proposal.points))
        self.form.focus("finding")


class DeliverPanel(FormPanel):
    """登记送达."""

    def __init__(self, today: date) -> None:
        super().__init__("登记送达", main="登记")
        self.form.add_day("on", "送达日期", today)

    @property
    def on(self) -> date:
        """The day."""
        return self.form.day("on")

    def begin(self) -> None:
        """At the day."""
        self.form.focus("on")


class ClosePanel(FormPanel):
    """结案."""

    def __init__(self) -> None:
        super().__init__("结案", main="结案")
        self.form.add_tick("published", "在本单位公开")

    @property
    def published(self) -> bool:
        """Whether it was told to all."""
        return self.form.ticked("published")

    def begin(self) -> None:
        """Not published unless somebody says so."""
        self.form.clear()
        self.form.focus("published")


def points_fault(text: str) -> str:
    """What is wrong with points."""
    return "" if text.isascii() and text.isdigit() else "扣分是不小于 0 的整数。"
