"""The desk's panel for hearings (听证): the right told, asked for or waived, announced, held; whatever comes next."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from hall.clock import hall_time
from hall.services.desk_file import DeskFile
from hall.services.hearing_seats import Seats
from hall.services.hearings import HearingRecord
from hall.services.papers_hearing import Participant, Statement
from hall.windows.desk_acts import DeskTools
from hall.windows.desk_inquiry_panels import MOMENT
from hall.windows.desk_steps import StepsPanel, chosen_staff, key_of, offer_staff
from hall.windows.kit.forms import Form
from hall.windows.phrases import moment_fault, typed_moment

_SEATS = {"chair": "主持人", "recorder": "记录人"}
_WHO_SPOKE = "每行一人：身份 姓名：说的话"


def statements_fault(text: str) -> str:
    """What is wrong with the statements of a record."""
    if all(len(_split(line)) == len(("who", "said")) for line in text.splitlines() if line.strip()):
        return ""
    return f"请写成{_WHO_SPOKE}，如“申请人 张三：没有意见”。"


class HearingPanel(StepsPanel):
    """The steps of the law in their order; those that are not open are not offered."""

    def __init__(self, tools: DeskTools) -> None:
        super().__init__(tools, "hearing")

    def build(self, form: Form) -> None:
        """All fields."""
        form.add_note("subject", "听证事项", required=True)
        form.add_note("reason", "说明", required=True, hint="如：书面声明放弃")
        form.add_text("held_at", "举行时间", required=True, check=moment_fault, hint="如 2026-12-08 09:30")
        form.add_text("place", "地点", required=True)
        for key, name in _SEATS.items():
            form.add_choice(key, name, {})
        form.add_tick("public", "公开举行")
        form.add_text("began", "开始", required=True, check=moment_fault)
        form.add_text("ended", "结束", required=True, check=moment_fault)
        form.add_note("statements", "陈述", required=True, check=statements_fault, hint=_WHO_SPOKE)
        form.add_note("findings", "主持人意见", required=True)

    def show_file(self, file: DeskFile) -> None:
        """The hall's staff for the seats; the time of now for the record."""
        super().show_file(file)
        offer_staff(self._tools, self.form, tuple(_SEATS))
        now = hall_time(self._tools.front.clock.now())
        self.form.set_text("began", (now - timedelta(hours=2)).strftime(MOMENT))
        self.form.set_text("ended", now.strftime(MOMENT))

    def steps(self, file: DeskFile) -> Mapping[str, str]:
        """What comes next for each hearing, then a new one."""
        found: dict[str, str] = {}
        for each in file.records.hearings:
            if each.state == "told":
                found[f"ask:{each.hearing_id}"] = "登记听证申请"
                found[f"waive:{each.hearing_id}"] = "登记放弃听证"
            elif each.state == "asked":
                found[f"announce:{each.hearing_id}"] = "通知举行听证"
            elif each.state == "noticed":
                found[f"hold:{each.hearing_id}"] = "登记听证笔录"
        return {**found, "tell": "告知听证权利", "announce:": "依职权举行听证"}

    def fields(self, step: str) -> Sequence[str]:
        """What each step wants."""
        wanted = {
            "tell": ("subject",),
            "ask": (),
            "waive": ("reason",),
            "announce": ("subject", "held_at", "place", "chair", "recorder", "public"),
            "hold": ("began", "ended", "statements", "findings"),
        }
        return wanted[step.partition(":")[0]]

    def explain(self, file: DeskFile, step: str) -> str:
        """The law of the step."""
        return {
            "tell": "申请人、利害关系人自被告知之日起五个工作日内可以申请（行政许可法第四十七条）。",
            "ask": "登记后二十个工作日内组织听证，不收费。",
            "waive": "逾期不申请视为放弃，也可以书面放弃。",
            "announce": "举行前七个工作日通知。主持人不得是审查该申请的人员（第四十八条）。从通知起暂停计时。",
            "hold": "根据笔录作出决定。登记笔录后恢复计时。",
        }[step.partition(":")[0]]

    def ready(self) -> bool:
        """Seats are chosen before anything is sent."""
        is_notice = self.form.text("step").startswith("announce")
        return not is_notice or chosen_staff(self.form, tuple(_SEATS), _SEATS)

    def do(self, step: str, told: Mapping[str, str]) -> Callable[[], str]:
        """The step with what was entered."""
        return partial(_DEEDS[step.partition(":")[0]], self._tools, self.case_id, step, told)


def _tell(tools: DeskTools, case_id: int, step: str, told: Mapping[str, str]) -> str:
    paper = tools.front.review.tell_hearing_right(case_id, told["subject"])
    return f"听证告知书 {paper.number} 正在打印，请送达。"


def _ask(tools: DeskTools, case_id: int, step: str, told: Mapping[str, str]) -> str:
    tools.front.review.ask_hearing(case_id, key_of(step))
    return "已登记听证申请，请在二十个工作日内组织。"


def _waive(tools: DeskTools, case_id: int, step: str, told: Mapping[str, str]) -> str:
    tools.front.review.waive_hearing(case_id, key_of(step), told["reason"])
    return "已登记放弃听证。"


def _announce(tools: DeskTools, case_id: int, step: str, told: Mapping[str, str]) -> str:
    paper = tools.front.review.announce_hearing(
        case_id,
        held_at=typed_moment(told["held_at"]),
        seats=Seats(told["place"], int(told["chair"]), int(told["recorder"]), bool(told["public"])),
        subject=told["subject"],
        hearing_id=key_of(step) if not step.endswith(":") else None,
    )
    return f"听证通知书 {paper.number} 正在打印，请送达；时限从今天起暂停。"


def _hold(tools: DeskTools, case_id: int, step: str, told: Mapping[str, str]) -> str:
    spoken = [_split(line) for line in told["statements"].splitlines() if line.strip()]
    record = HearingRecord(
        began_at=typed_moment(told["began"]),
        ended_at=typed_moment(told["ended"]),
        findings=told["findings"],
        participants=tuple(Participant(who.split()[0], " ".join(who.split()[1:]) or who) for who, _ in spoken),
        statements=tuple(Statement(who, said) for who, said in spoken),
    )
    paper = tools.front.review.hold_hearing(case_id, key_of(step), record)
    return f"听证笔录 {paper.number} 正在打印，请到场人员签字；时限恢复计算。"


_DEEDS = {"tell": _tell, "ask": _ask, "waive": _waive, "announce": _announce, "hold": _hold}


def _split(line: str) -> tuple[str, ...]:
    """Who, and what was said."""
    who, colon, said = line.replace(":", "：", 1).partition("：")
    return (who.strip(), said.strip()) if colon and who.strip() and said.strip() else (line,)
