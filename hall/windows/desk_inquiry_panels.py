"""Panels of the desk for looking into a case: site visits, and other units that are asked for their opinion."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from hall.clock import hall_time
from hall.services.desk_file import DeskFile
from hall.services.visits import VisitOfficer, VisitRecord
from hall.windows.desk_acts import DeskTools
from hall.windows.desk_steps import StepsPanel, chosen_staff, key_of, offer_staff
from hall.windows.kit.forms import Form
from hall.windows.phrases import day_fault, moment_fault, typed_day, typed_moment

_OFFICERS = {"first": "第一名人员", "second": "第二名人员"}
_ANSWER_DAYS = 7
MOMENT = "%Y-%m-%d %H:%M"


class VisitPanel(StepsPanel):
    """现场勘查: booked, recorded by two officers, or called off."""

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(
            tools, "visit", words="现场勘查不暂停时限（行政许可法第四十五条没有列入），须两名以上人员进行。"
        )

    def build(self, form: Form) -> None:
        """All fields."""
        form.add_text("at", "时间", required=True, check=moment_fault, hint="如 2026-11-25 09:30")
        form.add_text("place", "地点", required=True)
        for key, name in _OFFICERS.items():
            form.add_choice(key, name, {})
            form.add_text(f"{key}_badge", "执法证件号", hint="空着用账号里登记的")
        form.add_text("began", "开始", required=True, check=moment_fault)
        form.add_text("ended", "结束", required=True, check=moment_fault)
        form.add_note("findings", "勘查情况", required=True)
        form.add_choice("passed", "结论", {"yes": "符合", "no": "不符合"})
        form.add_text("present", "申请人在场", hint="到场人姓名，没有到场不填")
        form.add_tick("signed", "申请人（到场人）已签字")
        form.add_note("reason", "取消的原因", required=True)

    def show_file(self, file: DeskFile) -> None:
        """Visits that are booked come first."""
        super().show_file(file)
        offer_staff(self._tools, self.form, tuple(_OFFICERS))
        now = hall_time(self._tools.front.clock.now())
        self.form.set_text("began", (now - timedelta(hours=1)).strftime(MOMENT))
        self.form.set_text("ended", now.strftime(MOMENT))
        self.form.set_text("place", file.subject)

    def steps(self, file: DeskFile) -> Mapping[str, str]:
        """Record or cancel what is booked, book another."""
        found: dict[str, str] = {}
        for visit in file.records.visits:
            if visit.state == "booked":
                when = hall_time(visit.booked_for).strftime("%m-%d %H:%M")
                found[f"record:{visit.visit_id}"] = f"登记 {when} 的结果"
                found[f"cancel:{visit.visit_id}"] = f"取消 {when} 的勘查"
        return {**found, "book": "预约勘查"}

    def fields(self, step: str) -> Sequence[str]:
        """Booking wants time and place, the record all the rest."""
        if step == "book":
            return ("at", "place")
        if step.startswith("cancel"):
            return ("reason",)
        return [key for key in self.all_fields() if key not in {"at", "place", "reason"}]

    def ready(self) -> bool:
        """Two officers are named before anything is sent."""
        is_record = self.form.text("step").startswith("record")
        return not is_record or chosen_staff(self.form, tuple(_OFFICERS), _OFFICERS)

    def do(self, step: str, told: Mapping[str, str]) -> Callable[[], str]:
        """Book, record or cancel."""
        if step == "book":
            return partial(_book_visit, self._tools, self.case_id, told)
        if step.startswith("cancel"):
            return partial(_cancel_visit, self._tools, self.case_id, key_of(step), told["reason"])
        return partial(_record_visit, self._tools, self.case_id, key_of(step), told)


class ConsultPanel(StepsPanel):
    """征求意见: another unit, by when."""

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "consult", words="征求意见不暂停法定时限；到期没有答复的，列入逾期。")

    def build(self, form: Form) -> None:
        """All fields."""
        form.add_text("unit", "征求单位", required=True)
        form.add_note("question", "征求的问题", required=True)
        form.add_text("answer_by", "答复期限", required=True, check=day_fault)
        form.add_text("attachments", "附件", hint="随函附送的材料，可不填")

    def steps(self, file: DeskFile) -> Mapping[str, str]:
        """Ask a unit."""
        return {"ask": "发征求意见函"}

    def fields(self, step: str) -> Sequence[str]:
        """All of them."""
        return self.all_fields()

    def show_file(self, file: DeskFile) -> None:
        """A week is proposed."""
        super().show_file(file)
        self.form.set_text("answer_by", (file.on + timedelta(days=_ANSWER_DAYS)).isoformat())

    def do(self, step: str, told: Mapping[str, str]) -> Callable[[], str]:
        """Send the letter."""
        return partial(_consult, self._tools, self.case_id, told)


class ConsultAnswerPanel(StepsPanel):
    """登记征求意见答复: agreed or not, in which words; or a longer time."""

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "consult_answer")

    def build(self, form: Form) -> None:
        """All fields."""
        form.add_choice("agrees", "意见", {"yes": "同意", "no": "不同意"})
        form.add_note("text", "答复内容", required=True)
        form.add_text("answer_by", "新的期限", required=True, check=day_fault, hint="只能延后")

    def steps(self, file: DeskFile) -> Mapping[str, str]:
        """Every unit that has not answered."""
        waiting = [each for each in file.records.consultations if each.answered_on is None]
        answers = {f"answer:{each.consultation_id}": f"{each.unit} 已答复" for each in waiting}
        longer = {f"longer:{each.consultation_id}": f"给 {each.unit} 延后期限" for each in waiting}
        return {**answers, **longer}

    def fields(self, step: str) -> Sequence[str]:
        """An answer, or a day."""
        return ("agrees", "text") if step.startswith("answer") else ("answer_by",)

    def do(self, step: str, told: Mapping[str, str]) -> Callable[[], str]:
        """Write it down."""
        return partial(_answered, self._tools, self.case_id, step, told)


def _book_visit(tools: DeskTools, case_id: int, told: Mapping[str, str]) -> str:
    tools.front.review.book_visit(case_id, at=typed_moment(told["at"]), place=told["place"])
    return f"已预约 {told['at']} 现场勘查，时限照常计算。"


def _cancel_visit(tools: DeskTools, case_id: int, visit_id: int, reason: str) -> str:
    tools.front.review.cancel_visit(case_id, visit_id, reason)
    return "已取消这次现场勘查。"


def _record_visit(tools: DeskTools, case_id: int, visit_id: int, told: Mapping[str, str]) -> str:
    record = VisitRecord(
        officers=tuple(VisitOfficer(int(told[key]), told[f"{key}_badge"]) for key in _OFFICERS),
        began_at=typed_moment(told["began"]),
        ended_at=typed_moment(told["ended"]),
        findings=told["findings"],
        passed=told["passed"] == "yes",
        applicant_signed=bool(told["signed"]),
        present=told["present"],
    )
    paper = tools.front.review.make_visit(case_id, visit_id, record)
    return f"已登记勘查结果，核查记录 {paper.number} 正在打印。"


def _consult(tools: DeskTools, case_id: int, told: Mapping[str, str]) -> str:
    answer_by = typed_day(told["answer_by"])
    assert answer_by is not None  # the form asks for it
    paper = tools.front.review.consult(
        case_id, unit=told["unit"], question=told["question"], answer_by=answer_by, attachments=told["attachments"]
    )
    return f"征求意见函 {paper.number} 正在打印，请 {told['unit']} 在 {answer_by.isoformat()} 前答复。"


def _answered(tools: DeskTools, case_id: int, step: str, told: Mapping[str, str]) -> str:
    if step.startswith("longer"):
        day = typed_day(told["answer_by"])
        assert day is not None  # the form asks for it
        tools.front.review.give_longer(case_id, key_of(step), day)
        return f"答复期限延后到 {day.isoformat()}，法定时限不变。"
    agrees = told["agrees"] == "yes"
    tools.front.review.consultation_answered(case_id, key_of(step), agrees=agrees, text=told["text"])
    return "已登记答复。"
