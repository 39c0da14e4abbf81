"""Everything the hall does in a month, section by section, for the report to the district government. No fine in it.

Of relief the money is told: it is the charity's, not a fine (行政处罚法 74 speaks of fines).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from hall.rules.case_figures import Figure
from hall.rules.dossier import FULL
from hall.rules.work_report import WorkLine, WorkSection
from hall.services import (
    rating_counts,
    register_counts,
    relief_counts,
    request_counts,
    round_counts,
    stall_counts,
    standards_counts,
    vendor_counts,
)
from hall.services.case_report_facts import Visitors
from hall.services.penalty_counts import PenaltyCounts

_FEN = 100


@dataclass(frozen=True, slots=True)
class WorkPeriod:
    """The days that are counted, first and last."""

    hall_id: int
    first: date
    last: date


def other_work(session: Session, period: WorkPeriod, *, registers: Mapping[str, str]) -> tuple[WorkSection, ...]:
    """What is done beside permits and penalties; `registers` code → name of those that are told one by one."""
    return (*(make(session, period) for make in _SECTIONS), _registers(session, period, registers))


def permit_section(figures: Mapping[str, Figure], visitors: Visitors) -> WorkSection:
    """Whoever came, the permits, what was said of the service."""

    def line(key: str, name: str = "") -> WorkLine:
        figure = figures[key]
        return WorkLine(name or figure.name, figure.numerator, figure.denominator, figure.population)

    return WorkSection(
        "窗口服务和行政许可",
        (
            WorkLine("取号", visitors.tickets, unit="人次"),
            line("received"),
            line("accepted"),
            line("done"),
            line("on_time_promised", "承诺件按时办结率"),
            line("overdue_rate"),
            line("satisfied_rate", "好差评满意率"),
            line("rectified_rate", "差评整改率"),
        ),
    )


def penalty_section(counts: PenaltyCounts) -> WorkSection:
    """Requests at the penalty-reduction window and publicity, in counts."""
    return WorkSection(
        "处罚减免与公示",
        (
            WorkLine("收到减免申请", counts.leniency_asked),
            WorkLine("同意", counts.leniency_granted),
            WorkLine("不同意", counts.leniency_refused),
            WorkLine("收到暂缓、分期申请", counts.deferral_asked),
            WorkLine("批准", counts.deferral_granted),
            WorkLine("达成执行协议", counts.agreements),
            WorkLine("处罚决定按时公示率", counts.publicity_in_time, counts.publicity_due, "应公示的处罚决定"),
        ),
    )


def _requests(session: Session, period: WorkPeriod) -> WorkSection:
    found = request_counts.counts_of(session, hall_id=period.hall_id, first=period.first, last=period.last)
    solved = found.by_service + found.by_guidance + found.by_penalty
    return WorkSection(
        "诉求受理与派单",
        (
            WorkLine("收到诉求", found.received),
            WorkLine("办结率", found.closed, found.received, "收到的诉求"),
            WorkLine("按期办结率", found.closed_on_time, found.closed, "办结的诉求"),
            WorkLine("回复率", found.replied, found.answerable, "可以回复的诉求（不含匿名）"),
            WorkLine("重复率", found.joined, found.received, "收到的诉求"),
            WorkLine("派单", found.dispatched, unit="次"),
            WorkLine("退单率", found.returned, found.dispatched, "派单"),
            WorkLine("回访", found.called_back, unit="次"),
            WorkLine("回访满意率", found.content, found.rated, "回访中给出评价的"),
            WorkLine("服务解决占比", found.by_service, solved, "登记了解决方式的"),
            WorkLine("管理解决占比", found.by_guidance, solved, "登记了解决方式的"),
            WorkLine("处罚解决占比", found.by_penalty, solved, "登记了解决方式的"),
        ),
    )


def _ratings(session: Session, period: WorkPeriod) -> WorkSection:
    found = rating_counts.counts_of(session, hall_id=period.hall_id, first=period.first, last=period.last)
    return WorkSection(
        "差评整改与外部评议",
        (
            WorkLine("差评", found.opened),
            WorkLine("实名差评回访率", found.called, found.named, "实名差评"),
            WorkLine("整改率", found.corrected, found.opened, "本月差评"),
            WorkLine("按时办结率", found.closed_in_time, found.due, "本月到期的差评"),
            WorkLine("外部评议指标", found.scores, unit="项"),
            WorkLine("外部评议得分率", found.score_hundredths, found.score_full_hundredths, "满分（百分之一分）"),
        ),
    )


def _vendors(session: Session, period: WorkPeriod) -> WorkSection:
    found = vendor_counts.counts_of(session, hall_id=period.hall_id, first=period.first, last=period.last)
    return WorkSection(
        "流动经营者征信",
        (
            WorkLine("在册", found.vendors, unit="户"),
            WorkLine("新登记", found.entered, unit="户"),
            WorkLine("记分事实", found.facts_against + found.facts_in_favour),
            WorkLine("告知本人", found.told),
            WorkLine("收到异议", found.objections),
            WorkLine("异议按时答复率", found.answered_in_time, found.answered, "本月答复的异议"),
            WorkLine("异议成立", found.upheld),
        ),
    )


def _stalls(session: Session, period: WorkPeriod) -> WorkSection:
    found = stall_counts.counts_of(session, hall_id=period.hall_id, first=period.first, last=period.last)
    return WorkSection(
        "便民服务点",
        (
            WorkLine("收到摊位申请", found.applied),
            WorkLine("公开抽签", found.draws, unit="次"),
            WorkLine("核发摊位证", found.granted, unit="个"),
            WorkLine("收回摊位", found.withdrawn, unit="个"),
            WorkLine("摊位使用率", found.held, found.stalls, "月末的摊位"),
        ),
    )


def _relief(session: Session, period: WorkPeriod) -> WorkSection:
    found = relief_counts.counts_of(session, hall_id=period.hall_id, first=period.first, last=period.last)
    return WorkSection(
        "救助基金",
        (
            WorkLine("收到救助申请", found.asked),
            WorkLine("发放救助", found.given),
            WorkLine("发放救助款", found.given_fen, unit="元", scale=_FEN),
            WorkLine("收到捐赠", found.donations, unit="笔"),
            WorkLine("捐赠款", found.donated_fen, unit="元", scale=_FEN),
        ),
    )


def _standards(session: Session, period: WorkPeriod) -> WorkSection:
    found = standards_counts.counts_of(session, hall_id=period.hall_id, first=period.first, last=period.last)
    return WorkSection(
        "服务标准与培训",
        (
            WorkLine("抽查合格率", found.checks_met, found.checks, "抽查"),
            WorkLine("问题整改核验率", found.faults_verified, found.faults_due, "本月到期的问题"),
            WorkLine("培训", found.trained_half_hours, unit="学时", scale=2),
            WorkLine("参加培训", found.trained_people, unit="人"),
            WorkLine("考试合格率", found.examined_passed, found.examined, "参加考试的"),
        ),
    )


def _rounds(session: Session, period: WorkPeriod) -> WorkSection:
    found = round_counts.counts_of(session, hall_id=period.hall_id, first=period.first, last=period.last)
    return WorkSection(
        "案卷评查",
        (
            WorkLine("公开抽取", found.draws, unit="次"),
            WorkLine("评查案卷", found.scored),
            WorkLine("平均得分率", found.points, found.scored * FULL, "评查案卷的满分"),
            WorkLine("有合法性问题的占比", found.illegal, found.scored, "评查的案卷"),
            WorkLine("问题整改核验率", found.verified, found.due, "本月到期的整改"),
        ),
    )


def _registers(session: Session, period: WorkPeriod, names: Mapping[str, str]) -> WorkSection:
    found = register_counts.counts_by_register(session, hall_id=period.hall_id, first=period.first, last=period.last)
    lines = [
        WorkLine(names[code], counts.entered) for code, counts in found.items() if code in names and counts.entered
    ]
    in_time = WorkLine(
        "有期限的按时办结率",
        sum(counts.in_time for counts in found.values()),
        sum(counts.closed_due for counts in found.values()),
        "本月办结的有期限的登记",
    )
    return WorkSection("各类登记", (*lines, in_time))


_SECTIONS: tuple[Callable[[Session, WorkPeriod], WorkSection], ...] = (
    _requests,
    _ratings,
    _vendors,
    _stalls,
    _relief,
    _standards,
    _rounds,
)
