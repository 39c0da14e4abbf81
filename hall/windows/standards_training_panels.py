"""Panels of training and qualifications: who was trained in what, and what lets somebody sign."""

from datetime import date
from typing import cast

from PySide6.QtCore import Slot

from hall.clock import business_date
from hall.rules.training import TrainingKind
from hall.services.qualifications import NewQualification, QualificationView
from hall.services.staff import StaffMember
from hall.services.training import NewTraining
from hall.services.training_reading import StaffStanding, TrainingView
from hall.windows.deed_list import NewPanel, RowPanel
from hall.windows.kit.forms import Form
from hall.windows.pages import Deed, PageTools
from hall.windows.phrases import day_fault, typed_day
from hall.windows.text_panel import TextPanel
from hall.words import ROLES, TRAINING_KINDS

EVERYBODY = "everybody"
NOBODY = {"": "请选择"}


class TrainingForm:
    """The fields of a record of training in a form."""

    def __init__(self, form: Form, tools: PageTools) -> None:
        self._form = form
        kind = form.add_choice("kind", "类别", TRAINING_KINDS)
        form.add_text("title", "内容", required=True)
        form.add_day("held_on", "日期", _today(tools))
        form.add_text("until_day", "结束日期", check=day_fault, hint="多天的写止日，如 2026-12-05")
        form.add_text("hours", "学时", hint="4 或 4.5，也可以写 180分钟")
        form.add_text("score", "分数", check=_score_fault, hint="考试的写 0 至 100")
        form.add_text("proof", "证明", hint="签到表、证书编号等")
        kind.currentIndexChanged.connect(self.show_kind)

    def of_today(self, tools: PageTools) -> None:
        """Empty, of today."""
        self._form.set_day("held_on", _today(tools))
        self.show_kind()

    def show_record(self, row: TrainingView) -> None:
        """What a record says now."""
        form = self._form
        form.set_text("kind", row.kind)
        form.set_text("title", row.title)
        form.set_day("held_on", row.held_on)
        form.set_text("until_day", row.until_day.isoformat() if row.until_day else "")
        form.set_text("hours", hours_text(row.half_hours))
        form.set_text("score", "" if row.score is None else str(row.score))
        form.set_text("proof", row.proof)
        self.show_kind()

    def new(self, account_ids: tuple[int, ...]) -> NewTraining:
        """What was entered."""
        form = self._form
        until, score = form.text("until_day"), form.text("score")
        return NewTraining(
            account_ids=account_ids,
            kind=cast(TrainingKind, form.text("kind")),
            title=form.text("title"),
            held_on=form.day("held_on"),
            until_day=typed_day(until) if until else None,
            hours=form.text("hours"),
            score=int(score) if score else None,
            proof=form.text("proof"),
        )

    @Slot()
    def show_kind(self) -> None:
        """Only an examination has a score."""
        self._form.show_field("score", self._form.text("kind") == "examination")


class NewTrainingPanel(NewPanel):
    """登记培训 of one, of a post or of everybody but oneself."""

    first = "about"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记培训", main="登记")
        self._tools = tools
        self._staff: tuple[StaffMember, ...] = ()
        self.form.add_choice("about", "人员", NOBODY)
        self.fields = TrainingForm(self.form, tools)
        self.add(self.form)

    def ask_new(self) -> None:
        """Empty, of today; who works here is read each time."""
        super().ask_new()
        self.fields.of_today(self._tools)
        self._tools.work.quietly(self._tools.front.standards.staff, self._offer, owner=self)

    def deed(self) -> Deed:
        """Enter it."""
        front, new = self._tools.front.standards, self.fields.new(self._chosen())
        return lambda: f"已登记 {front.enter_training(new)} 人的培训。"

    @Slot(object)
    def _offer(self, staff: tuple[StaffMember, ...]) -> None:
        self._staff = tuple(each for each in staff if each.account_id != self._tools.front.actor.account_id)
        held = {role for each in self._staff for role in each.roles}
        posts = {role: f"全体{words}" for role, words in ROLES.items() if role in held}
        people = {str(each.account_id): staff_words(each) for each in self._staff}
        self.form.set_choices("about", {**NOBODY, EVERYBODY: "全体人员", **posts, **people})

    def _chosen(self) -> tuple[int, ...]:
        about = self.form.text("about")
        if about.isdecimal():
            return (int(about),)
        return tuple(each.account_id for each in self._staff if about == EVERYBODY or about in each.roles)


class TrainHimPanel(RowPanel[StaffStanding]):
    """登记培训 of who is selected."""

    first = "kind"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记培训", main="登记")
        self._tools = tools
        self.fields = TrainingForm(self.form, tools)
        self.add(self.form)

    def ask(self, row: StaffStanding) -> None:
        """About this person, of today."""
        super().ask(row)
        self.fields.of_today(self._tools)

    def about_of(self, row: StaffStanding) -> str:
        """Who it is."""
        return staff_words(row.member)

    def deed(self) -> Deed:
        """Enter it."""
        front, member = self._tools.front.standards, self.row.member
        new = self.fields.new((member.account_id,))

        def enter() -> str:
            front.enter_training(new)
            return f"已登记 {member.name} 的培训。"

        return enter


class CorrectTrainingPanel(RowPanel[TrainingView]):
    """更正 by a new record; the old one stays."""

    first = "kind"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("更正培训记录", main="更正")
        self._tools = tools
        self.fields = TrainingForm(self.form, tools)
        self.add(self.form)

    def ask(self, row: TrainingView) -> None:
        """What the record says."""
        super().ask(row)
        self.fields.show_record(row)

    def about_of(self, row: TrainingView) -> str:
        """Whose record it is."""
        return f"{row.name}　原记录保留，以更正后的为准。"

    def deed(self) -> Deed:
        """Correct it."""
        front, row, new = self._tools.front.standards, self.row, self.fields.new(())

        def correct() -> str:
            front.correct_training(row.id, new)
            return f"{row.name} 的培训记录已更正。"

        return correct


class VoidTrainingPanel(TextPanel[TrainingView]):
    """作废: it never was."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("作废培训记录", main="作废")
        self._front = tools.front.standards

    def about_of(self, row: TrainingView) -> str:
        """Which record."""
        return f"{row.name}　{row.held_on}　{row.title}"

    def do(self, row: TrainingView, text: str) -> str:
        """Take it back."""
        self._front.void_training(row.id, text)
        return f"{row.name} 的培训记录已作废。"


class NewQualificationPanel(NewPanel):
    """登记资格 of somebody else."""

    first = "about"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记资格", main="登记")
        self._tools = tools
        form = self.form
        form.add_choice("about", "人员", NOBODY)
        form.add_choice("kind", "资格", tools.front.standards.qualification_rule().kinds)
        form.add_text("number", "证号", required=True)
        form.add_text("issued_by", "发证机关", required=True)
        form.add_day("valid_from", "有效期起", _today(tools))
        form.add_text("valid_to", "有效期至", check=day_fault, hint="如 2029-12-31；长期的空着")
        self.add(form)

    def ask_new(self) -> None:
        """Empty, of today; who works here is read each time."""
        super().ask_new()
        self.form.set_day("valid_from", _today(self._tools))
        self._tools.work.quietly(self._tools.front.standards.staff, self._offer, owner=self)

    def deed(self) -> Deed:
        """Enter it."""
        front, form, until = self._tools.front.standards, self.form, self.form.text("valid_to")
        new = NewQualification(
            account_id=int(form.text("about") or 0),
            kind=form.text("kind"),
            number=form.text("number"),
            issued_by=form.text("issued_by"),
            valid_from=form.day("valid_from"),
            valid_to=typed_day(until) if until else None,
        )

        def enter() -> str:
            front.enter_qualification(new)
            return f"{new.number} 已登记。"

        return enter

    @Slot(object)
    def _offer(self, staff: tuple[StaffMember, ...]) -> None:
        own = self._tools.front.actor.account_id
        people = {str(each.account_id): staff_words(each) for each in staff if each.account_id != own}
        self.form.set_choices("about", {**NOBODY, **people})


class EndQualificationPanel(RowPanel[QualificationView]):
    """终止: from a day on it does not count."""

    first = "on"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("终止资格", main="终止")
        self._tools = tools
        self.form.add_day("on", "终止日期", _today(tools))
        self.form.add_text("reason", "原因", required=True, hint="吊销、注销、调离等")
        self.add(self.form)

    def ask(self, row: QualificationView) -> None:
        """About this one, of today."""
        super().ask(row)
        self.form.set_day("on", _today(self._tools))

    def about_of(self, row: QualificationView) -> str:
        """Whose it is, and that nobody signs with it from then on."""
        whose = f"{row.name}　{row.kind_words} {row.number}"
        mistaken = f"登记错误的，终止日期写起始日{row.valid_from}，视为没有登记过。"
        return f"{whose}\n从终止日期起不能再凭它签署，登记保留。{mistaken}"

    def deed(self) -> Deed:
        """End it."""
        front, row, on, reason = self._tools.front.standards, self.row, self.form.day("on"), self.form.text("reason")

        def end() -> str:
            front.end_qualification(row.id, on, reason)
            return f"{row.name} 的{row.kind_words}已终止。"

        return end


def staff_words(member: StaffMember) -> str:
    """0102 李四（窗口人员）."""
    return f"{member.badge_number} {member.name}（{member.posts}）".strip()


def hours_text(half_hours: int) -> str:
    """学时 as the form takes them; nothing for none."""
    return f"{half_hours / 2:g}" if half_hours else ""


def _today(tools: PageTools) -> date:
    return business_date(tools.front.clock.now())


def _score_fault(text: str) -> str:
    return "" if text.isascii() and text.isdecimal() and len(text) < 4 else "请写 0 至 100 的整数。"
