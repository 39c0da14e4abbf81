"""Explains due dates day by day: of a case's clocks, and of one that acceptance would start."""

from dataclasses import dataclass
from datetime import date

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Limit
from hall.rules.clocks import BY_LAW, ClockKind, Ledger, Reading, read
from hall.rules.day_count import CountedDay, count_days
from hall.rules.people import Actor
from hall.services.clocks import case_kept, clocks_of
from hall.services.schedules import calendar_in_force
from hall.store import Store
from hall.words import LIMIT_UNITS

_UNIT_LAW = {
    "workday": "行政许可法第八十二条：期限以工作日计算，不含法定节假日；开始之日不计入，从次日起数。",
    "day": "民法典第二百条、第二百零一条：按自然日计算；开始的当日不计入，从次日起数。",
    "hour": "民法典第二百条：按小时计算，节假日不停。",
}
_KIND_LAW: dict[ClockKind, str] = {
    "acceptance": "行政许可法第三十二条第一款第四项：五日内一次告知补正，逾期不告知的，自收到材料之日起即为受理。",
    "statutory": "行政许可法第四十二条：自受理之日起二十日内作出决定；法律、法规另有规定的，依照其规定。",
    "promised": "优化营商环境条例第三十六条：对外公布的承诺时限，应当遵守。",
    "delivery": "行政许可法第四十四条：自作出决定之日起十日内颁发、送达。",
}
_PAUSE_LAW = (
    "行政许可法第四十五条：听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计算在期限内，书面告知。"
)
_PROMISE_PAUSE_LAW = "本事项公布：这段时间不计算在承诺时限内，法定时限照常计算。"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A clock, the rules of its count, and every day of it; no days while its schedule is lacking."""

    clock: Reading
    law: str
    days: tuple[CountedDay, ...]


def explain(store: Store, actor: Actor, *, kind: ClockKind, limit: Limit, started_on: date) -> Explanation:
    """A clock as acceptance would start it, by the schedules in force; nothing is written."""
    require(actor, "case.read")
    with store.read(actor) as session:
        calendar = calendar_in_force(session, store.hall_id)
    return _explanation(Ledger(kind, limit, started_on), business_date(store.clock.now()), calendar)


def explain_case(store: Store, actor: Actor, *, case_id: int) -> tuple[Explanation, ...]:
    """Every clock of a case that is not stopped, or its last ones where all have ended; with pauses and extension."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        case = case_kept(session, store.hall_id, case_id)
        calendar = calendar_in_force(session, store.hall_id)
        ledgers = [kept.ledger for kept in clocks_of(session, case.id)]
    shown = [ledger for ledger in ledgers if ledger.stopped_on is None] or _limits_of(ledgers)
    return tuple(_explanation(ledger, today, calendar) for ledger in shown)


def _limits_of(ledgers: list[Ledger]) -> list[Ledger]:
    return [ledger for ledger in ledgers if ledger.kind in {"statutory", "promised"}]


def _explanation(ledger: Ledger, today: date, calendar: WorkCalendar) -> Explanation:
    reading = read(ledger, today, calendar=calendar)
    days = () if reading.pending else count_days(calendar, ledger, on=today)
    return Explanation(reading, "\n".join(_laws(ledger)), days)


def _laws(ledger: Ledger) -> list[str]:
    laws = [_UNIT_LAW[ledger.limit.unit]]
    if ledger.kind in _KIND_LAW:
        laws.append(_KIND_LAW[ledger.kind])
    pauses = [pause for pause in ledger.pauses if pause.stops(ledger.kind)]
    if any(pause.stops_statutory for pause in pauses):
        laws.append(_PAUSE_LAW)
    if any(not pause.stops_statutory for pause in pauses):
        laws.append(_PROMISE_PAUSE_LAW)
    if ledger.extension:
        words = f"{ledger.extension}{LIMIT_UNITS[ledger.limit.unit]}"
        basis = "行政许可法第四十二条" if ledger.kind in BY_LAW else "本机关公布的承诺办理规则"
        laws.append(f"{basis}：经本机关负责人批准，期满前延长{words}，已告知理由。")
    return laws
