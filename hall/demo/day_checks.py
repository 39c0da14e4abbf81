"""What must be true after the demo's day, found in the database, in the event log and on the printer's paper."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.demo.day_clock import DAY
from hall.demo.day_display import Shown
from hall.rules.queue_log import begin, fold
from hall.services.day_log import read_day
from hall.services.front import Front
from hall.services.monitor import Totals
from hall.services.statistics import DayReport, day_breaches
from hall.store.integrity import verify_data
from hall.store.schema.queueing import Ticket, TicketEvent
from hall.store.verify import verify_audit

_WAITS_AFTER = {"issue", "live", "return", "transfer", "requeue", "proceed", "release"}
_ENDS = ("finish", "cancel", "unfinished")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold: its sentence, and what was found against it (nothing is good)."""

    what: str
    against: str = ""

    @property
    def good(self) -> bool:
        """Whether it holds."""
        return not self.against

    @property
    def line(self) -> str:
        """For whoever reads the verdict."""
        return f"✓ {self.what}" if self.good else f"✗ {self.what}：{self.against}"


def live_agrees(front: Front, when: str) -> Check:
    """The hall as it stands, against the same figures rebuilt from the log; nobody may be at work."""
    live, rebuilt = _live(front.monitor.now().totals), _rebuilt(front.monitor.day(DAY))
    figures = zip(_FIGURES, live, rebuilt, strict=True)
    apart = [f"{name} {one} ≠ {other}" for name, one, other in figures if one != other]
    return Check(f"{when}实时统计和由事件日志重算的统计相同", "；".join(apart))


_FIGURES = ("取号", "办结", "作废", "未办结", "等候次数", "等候合计", "最长等候", "超时等候")


def _live(totals: Totals) -> tuple[object, ...]:
    waited = totals.waited
    counts = (totals.taken, totals.served, totals.cancelled, totals.unfinished)
    return (*counts, waited.count, waited.total, waited.longest, waited.over)


def _rebuilt(report: DayReport) -> tuple[object, ...]:
    total, waited = report.total, report.total.waiting
    counts = (total.taken, total.served, total.cancelled, total.unfinished)
    return (*counts, waited.count, waited.total, waited.longest, waited.over)


def shown_check(front: Front, shown: Shown, *, since: datetime, unsure: timedelta) -> Check:
    """What a display showed first after a cut, against the log; tickets that moved just then may be either way."""
    store = front.store
    with store.read(front.actor) as session:
        logged = read_day(session, store.hall_id, DAY)
    waits: dict[int, bool] = {}
    moving = set()
    for event in logged.ticket_events:
        if event.at <= shown.as_of:
            waits[event.ticket_id] = event.kind in _WAITS_AFTER
        if abs(event.at - shown.as_of) <= unsure:
            moving.add(logged.codes[event.ticket_id])
    expected = {logged.codes[ticket_id] for ticket_id, waiting in waits.items() if waiting} - moving
    apart = expected ^ (set(shown.waiting) - moving)
    against = f"{len(apart)} 个号不一致" if apart else ""
    return Check("综合屏断线恢复后重新显示全部状态", against if shown.as_of >= since else "还是断线前的状态")


def display_check(front: Front, shown: Shown | None) -> Check:
    """What a display shows when nothing moves any more, against the database."""
    queue = front.queue()
    what = "收工时综合屏和数据库一致"
    if shown is None:
        return Check(what, "综合屏没有数据")
    waiting = tuple(ticket.code for ticket in queue.waiting)
    calls = tuple((call.code, call.counter_number) for call in queue.calls)
    return Check(what, "" if (waiting, calls) == (shown.waiting, shown.calls) else "不一致")


def checks_of_ended_day(front: Front, *, slips: tuple[str, ...]) -> tuple[Check, ...]:
    """Everything that is asked after the day was ended. `slips`: the numbers on the paper at the printer."""
    store, actor = front.store, front.actor
    found = day_breaches(store, actor, day=DAY)
    with store.read(actor) as session:
        audit = [problem.sentence for problem in verify_audit(session)]
        damage = [problem.sentence for problem in verify_data(session)]
        return (
            Check("事件日志：没有重号，没有一号同时在两个窗口，没有一个窗口两个号，每号都有结束", _some(found)),
            *_numbers(session, store.hall_id),
            _ended_once(session, store.hall_id),
            _folds(session, store.hall_id),
            _slips(session, store.hall_id, slips),
            Check("操作记录链和每日封存完整", _some(audit)),
            Check("数据完整、一致", _some(damage)),
        )


def _numbers(session: Session, hall_id: int) -> Iterator[Check]:
    """By SQL, without the program's own rules."""
    mine = (Ticket.hall_id == hall_id, Ticket.business_date == DAY)
    drawn, different = session.execute(select(func.count(), func.count(Ticket.code.distinct())).where(*mine)).one()
    yield Check(f"{drawn} 个号没有重号", "" if drawn == different else f"重号 {drawn - different} 个")
    series = session.execute(select(func.max(Ticket.sequence), func.count()).where(*mine).group_by(Ticket.prefix))
    gaps = sum(last - count for last, count in series.tuples())
    yield Check("各号段没有断号", f"断号 {gaps} 个" if gaps else "")


def _ended_once(session: Session, hall_id: int) -> Check:
    ends = (
        select(func.count(TicketEvent.id))
        .select_from(Ticket)
        .outerjoin(TicketEvent, (TicketEvent.ticket_id == Ticket.id) & TicketEvent.kind.in_(_ENDS))
        .where(Ticket.hall_id == hall_id, Ticket.business_date == DAY)
        .group_by(Ticket.id)
    )
    bad = sum(each != 1 for each in session.scalars(ends))
    return Check("每号恰好结束一次", f"{bad} 个号不是" if bad else "")


def _folds(session: Session, hall_id: int) -> Check:
    """A day read in two parts is the day read at once."""
    logged = read_day(session, hall_id, DAY)
    events, half = logged.events, len(logged.events) // 2
    parts = fold(fold(begin(DAY, logged.serves), events[:half]), events[half:])
    return Check("事件日志分段统计和整段统计相同", "" if parts == logged.folded() else "不同")


def _slips(session: Session, hall_id: int, slips: tuple[str, ...]) -> Check:
    """Paper and log tell of the same numbers, each once."""
    lived = session.scalars(
        select(Ticket.code)
        .join(TicketEvent, TicketEvent.ticket_id == Ticket.id)
        .where(Ticket.hall_id == hall_id, Ticket.business_date == DAY, TicketEvent.kind == "live")
    ).all()
    on_paper, alive = Counter(slips), Counter(lived)
    apart = sorted((on_paper - alive) + (alive - on_paper))
    what = f"打印机打出的 {len(slips)} 张小票和凭小票生效的号一一对应（含补打）"
    return Check(what, f"不一致的号：{'、'.join(apart[:5])}" if apart else "")


def _some(sentences: Sequence[str]) -> str:
    more = f" 等 {len(sentences)} 条" if len(sentences) > 3 else ""
    return "".join(sentences[:3]) + more
