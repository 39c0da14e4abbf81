"""What must be true after the demo's day, found in the database, in the event log and on the printer's paper."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from hall.demo.day_clock import DAY
from hall.demo.day_display import Shown
from hall.rules.queue_log import begin, fold
from hall.services import request_counts
from hall.services.case_integrity import wrong_clocks
from hall.services.day_log import read_day
from hall.services.front import Front
from hall.services.monitor import Totals
from hall.services.relief_integrity import wrong_books
from hall.services.round_integrity import false_rounds
from hall.services.stall_draws import false_draws
from hall.services.statistics import DayReport, day_breaches
from hall.store.integrity import DataProblem, verify_data
from hall.store.schema.documents import Document
from hall.store.schema.permits import PermitCase
from hall.store.schema.queueing import Ticket, TicketEvent
from hall.store.schema.relief import ReliefPosting
from hall.store.schema.requests import Dispatch, Request
from hall.store.schema.subjects import LotDraw, SubjectEvent
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
        damage = [problem.sentence for problem in (*verify_data(session), *wrong_clocks(session))]
        return (
            Check("事件日志：没有重号，没有一号同时在两个窗口，没有一个窗口两个号，每号都有结束", _some(found)),
            *_numbers(session, store.hall_id),
            _ended_once(session, store.hall_id),
            _folds(session, store.hall_id),
            _slips(session, store.hall_id, slips),
            *checks_of_work(session, store.hall_id),
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


def checks_of_work(session: Session, hall_id: int) -> tuple[Check, ...]:
    """What was done at the counters and in the offices."""
    return (
        _permits_have_papers(session, hall_id),
        *_one_track(session, hall_id),
        _counted_by_log(session, hall_id),
        _books(session, hall_id),
        _draws(session, hall_id),
    )


def _permits_have_papers(session: Session, hall_id: int) -> Check:
    accepted = select(func.count(PermitCase.id)).where(PermitCase.hall_id == hall_id, PermitCase.accepted_on == DAY)
    paper = exists().where(Document.case_id == PermitCase.id, Document.kind == "acceptance")
    many, lacking = session.scalars(accepted).one(), session.scalars(accepted.where(~paper)).one()
    against = "没有一件受理" if not many else f"{lacking} 件没有" if lacking else ""
    return Check(f"受理的 {many} 件许可都有受理通知书", against)


def _one_track(session: Session, hall_id: int) -> Iterator[Check]:
    """By SQL: no request at two units at once, none closed without a feedback that was accepted."""
    running = select(Dispatch.request_id).where(Dispatch.hall_id == hall_id, Dispatch.ended_on.is_(None))
    doubled = session.scalars(running.group_by(Dispatch.request_id).having(func.count() > 1)).all()
    yield Check("没有一件诉求同时派给两个单位", f"{len(doubled)} 件" if doubled else "")
    own = (Request.hall_id == hall_id, Request.kind != "consultation", Request.same_as_id.is_(None))
    closed = select(func.count(Request.id)).where(*own, Request.state == "closed")
    accepted = exists().where(Dispatch.request_id == Request.id, Dispatch.state == "accepted")
    many, lacking = session.scalars(closed).one(), session.scalars(closed.where(~accepted)).one()
    yield Check(f"派单办结的 {many} 件诉求都有审核通过的反馈", f"{lacking} 件没有" if lacking else "")


def _counted_by_log(session: Session, hall_id: int) -> Check:
    """The day's requests counted again from their events alone."""
    mine = (SubjectEvent.hall_id == hall_id, SubjectEvent.subject == "request", SubjectEvent.day == DAY)
    events = session.execute(
        select(SubjectEvent.subject_id, SubjectEvent.kind, SubjectEvent.state).where(*mine).order_by(SubjectEvent.id)
    ).all()
    kinds = Counter(kind for _, kind, _ in events)
    ends = {request_id: state for request_id, _, state in events}
    called = {request_id for request_id, kind, _ in events if kind == "call_back"}
    closed = sum(state == "closed" for state in ends.values())
    logged = (kinds["register"], kinds["dispatch"], kinds["return"], closed, len(called))
    found = request_counts.counts_of(session, hall_id=hall_id, first=DAY, last=DAY)
    counted = (found.received, found.dispatched, found.returned, found.closed, found.called_back)
    named = zip(("收到", "派单", "退单", "办结", "回访"), counted, logged, strict=True)
    apart = [f"{name} {one} ≠ {other}" for name, one, other in named if one != other]
    return Check(f"{found.received} 件诉求的统计和由经过记录重数的相同", "；".join(apart))


def _books(session: Session, hall_id: int) -> Check:
    """Worked out again from the lines, and never less than nothing."""
    posted = select(func.count(), func.min(ReliefPosting.money_after), func.min(ReliefPosting.goods_after))
    many, money, goods = session.execute(posted.where(ReliefPosting.hall_id == hall_id)).one().tuple()
    faults = [problem.sentence for problem in wrong_books(session)]
    if many and min(money, goods) < 0:
        faults.append("结余曾为负数")
    return Check(f"救助基金 {many} 笔账借贷相等、重算相符，结余从未为负", _some(faults) if many else "没有一笔账")


def _draws(session: Session, hall_id: int) -> Check:
    drawn = select(func.count(LotDraw.id)).where(LotDraw.hall_id == hall_id, LotDraw.drawn_at.is_not(None))
    many = session.scalars(drawn).one()
    faults: list[DataProblem] = false_draws(session) + false_rounds(session)
    against = _some([problem.sentence for problem in faults]) if many else "没有抽签"
    return Check(f"{many} 次抽签按公布的名单和种子重演，结果相同", against)


def _some(sentences: Sequence[str]) -> str:
    more = f" 等 {len(sentences)} 条" if len(sentences) > 3 else ""
    return "".join(sentences[:3]) + more
