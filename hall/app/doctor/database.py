"""The database and what hangs on it: key file, tables, hall, schedules, and whether the clock can be right."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.app.doctor.finding import Check, Finding, absent, failed, fault, fine, warning
from hall.clock import HALL_ZONE, Clock, business_date, hall_time
from hall.errors import HallError
from hall.services.calendar import shipped_calendar
from hall.services.paper_levels import PaperView, level_at
from hall.services.schedules import schedules_in_force
from hall.settings import Settings
from hall.store.opening import checking_session
from hall.store.revision import NotInitialised, head_revision
from hall.store.schema.halls import Hall
from hall.store.schema.trail import AuditRow
from hall.store.secrets import KEY_VARIABLE, KeyMissing, KeyRing

# The State Council announces next year's schedule in November.
ANNOUNCED_IN_MONTH = 11
# Clocks of stations differ a little; more than this is a clock that is wrong.
SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one look into the database tells. Years are those with a schedule; `paper` is this station's."""

    kind: str
    hall_known: bool
    years: frozenset[int]
    last_audit: datetime | None
    paper: PaperView | None


def database_checks(settings: Settings, clock: Clock) -> list[Check]:
    """One look for all of them, so that a database that is away is waited for once."""
    facts = _look(settings)
    return [
        lambda: check_database(settings, facts),
        lambda: check_key(settings, needed=isinstance(facts, _Facts)),
        lambda: check_schedules(clock.now(), _years(facts)),
        lambda: check_clock(clock.now(), facts.last_audit if isinstance(facts, _Facts) else None, _years(facts)),
        lambda: check_paper(settings, facts.paper if isinstance(facts, _Facts) else None),
    ]


def check_database(settings: Settings, facts: _Facts | HallError) -> Finding:
    """Reachable, of this program's revision, and the station's hall is in it."""
    if isinstance(facts, NotInitialised):
        return absent("数据库", "还没有建立。", "请运行 hall db init。")
    if isinstance(facts, HallError):
        return failed("数据库", facts)
    if not facts.hall_known:
        code = settings.station.hall
        return fault("数据库", f"没有代码为 {code} 的大厅。", "请核对配置里的 station.hall，或运行 hall db init 建立。")
    return fine("数据库", f"{facts.kind}，版本 {head_revision()}，可以使用。")


def check_key(settings: Settings, *, needed: bool) -> Finding:
    """The key of the personal data: there, readable and private; without a database it is not needed yet."""
    try:
        KeyRing.load(settings.home, os.environ)
    except KeyMissing as error:
        return failed("密钥", error) if needed else absent("密钥", "还没有建立。", "hall db init 会建立它。")
    except HallError as error:
        return failed("密钥", error)
    return fine("密钥", "取自环境变量 HALL_KEY。" if os.environ.get(KEY_VARIABLE) else "密钥文件可读，权限正确。")


def check_schedules(now: datetime, years: frozenset[int]) -> Finding:
    """This year's schedule, and from November on next year's: without it due dates stay 待定."""
    today = business_date(now)
    missing = [year for year in (today.year, today.year + 1) if year not in years]
    if today.year in missing:
        return fault("放假安排", f"没有录入 {today.year} 年放假安排。", "请取得通知后运行 hall import calendar 导入。")
    if missing and today.month >= ANNOUNCED_IN_MONTH:
        words = f"没有录入 {today.year + 1} 年放假安排，跨年的期限显示“待定”。"
        return warning("放假安排", words, "国务院办公厅公布后运行 hall import calendar 导入。")
    return fine("放假安排", "、".join(str(year) for year in sorted(years)) + " 年已录入。")


def check_clock(now: datetime, last_audit: datetime | None, years: frozenset[int]) -> Finding:
    """Not before what was already recorded, not far from the years with schedules, and in the hall's zone."""
    shown = f"{hall_time(now):%Y-%m-%d %H:%M}"
    advice = "请校准电脑的日期和时间，并打开自动对时。"
    if last_audit is not None and now < last_audit - SLACK:
        return fault("时钟", f"现在是 {shown}，早于最近一次记录（{hall_time(last_audit):%Y-%m-%d %H:%M}）。", advice)
    year = hall_time(now).year
    if years and not min(years) <= year <= max(years) + 1:
        return fault("时钟", f"现在是 {shown}，年份不像是对的。", advice)
    if now.astimezone().utcoffset() != now.astimezone(HALL_ZONE).utcoffset():
        return warning(
            "时钟", f"现在是北京时间 {shown}，电脑的时区不是北京时间。", "程序按北京时间计算，请把电脑时区改为北京。"
        )
    return fine("时钟", f"现在是 {shown}。")


def check_paper(settings: Settings, level: PaperView | None) -> Finding:
    """How many slips are left on this station's roll, as counted since the last refill."""
    if not settings.slip_printer.port:
        return absent("取号纸", "没有小票打印机。", "有小票打印机时，在配置里写 slip_printer.port。")
    refill = "换好纸后运行 hall printer refill 张数 --user 账号。"
    if level is None:
        return absent("取号纸", "没有登记过换纸，不计张数。", refill)
    if level.out:
        return fault("取号纸", "按登记的张数已用完，取号机不再出号。", refill)
    words = f"约剩 {level.left} 张。"
    return warning("取号纸", words, f"请准备新纸；{refill}") if level.low else fine("取号纸", words)


def _years(facts: _Facts | HallError) -> frozenset[int]:
    """Those in the database, else those that ship."""
    return facts.years if isinstance(facts, _Facts) else frozenset(shipped_calendar().years)


def _look(settings: Settings) -> _Facts | HallError:
    try:
        with checking_session(settings) as session:
            return _facts(session, settings.station.hall, station=settings.station.name)
    except HallError as error:
        return error


def _facts(session: Session, hall_code: str, *, station: str) -> _Facts:
    hall_id = session.scalar(select(Hall.id).where(Hall.code == hall_code))
    years = () if hall_id is None else schedules_in_force(session, hall_id)
    return _Facts(
        kind={"sqlite": "SQLite", "postgresql": "PostgreSQL"}[session.get_bind().dialect.name],
        hall_known=hall_id is not None,
        years=frozenset(schedule.year for schedule in years),
        last_audit=session.scalar(select(func.max(AuditRow.at))),
        paper=None if hall_id is None else level_at(session, hall_id, station=station),
    )
