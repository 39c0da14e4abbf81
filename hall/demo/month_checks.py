"""What must hold of the demo's month: the report against its events counted again, the balance, the months between."""

from hall.demo.day_checks import Check
from hall.demo.month_house import MonthHouse
from hall.demo.month_recount import Recount, read_month
from hall.services.case_report import MonthReport


def checks_of_month(house: MonthHouse, report: MonthReport) -> tuple[Check, ...]:
    """Right after the month: every figure that events tell of, and where every case is."""
    period = report.period
    recount = Recount(period.first, period.last, house.calendar.is_workday)
    with house.store.read() as session:
        cases = read_month(session, house.store.hall_id, period.last)
    return (
        _figures_check(report, recount.numbers(cases)),
        _places_check(report, recount.places(cases)),
        _balance_check(report),
        _groups_check(report),
        _year_check(report),
    )


def stands_check(before: MonthReport, after: MonthReport) -> Check:
    """What happened since does not change the balance of a month that was over."""
    differs = before.statistics.balance != after.statistics.balance
    against = f"出表时 {before.statistics.balance}，后来 {after.statistics.balance}" if differs else ""
    return Check("后来继续办理，上月的平衡表不变", against)


def next_month_check(before: MonthReport, following: MonthReport) -> Check:
    """What was in hand is carried over."""
    in_hand, carried = before.statistics.balance.in_hand, following.statistics.balance.carried
    against = "" if in_hand == carried else f"期末未结 {in_hand}，下月结转 {carried}"
    return Check("期末未结等于下月结转", against)


def _figures_check(report: MonthReport, counted: dict[str, tuple[int, int | None]]) -> Check:
    reported = {key: (report.figure(key).numerator, report.figure(key).denominator) for key in counted}
    against = (
        f"{report.figure(key).name}：月报 {reported[key]}，重算 {counted[key]}"
        for key in counted
        if reported[key] != counted[key]
    )
    return Check(f"{len(counted)} 项指标的分子、分母与仅凭办件事件的重算一致", "；".join(against))


def _places_check(report: MonthReport, counted: dict[str, int]) -> Check:
    balance = report.statistics.balance
    against = (
        f"{name}：月报 {getattr(balance, name)}，重算 {number}"
        for name, number in counted.items()
        if getattr(balance, name) != number
    )
    return Check("结转、新收和每件的去向与重算一致", "；".join(against))


def _balance_check(report: MonthReport) -> Check:
    balance = report.statistics.balance
    return Check("平衡关系成立", "" if balance.holds else str(balance))


def _groups_check(report: MonthReport) -> Check:
    total = report.statistics.total
    against = [
        f"{title} {name} 合计 {added}，全厅 {whole}"
        for title, groups in (("事项", report.matters), ("科室", report.departments))
        for name in ("received", "accepted", "visits", "done", "overdue", "in_hand")
        if (added := sum(getattr(each.figures, name) for each in groups)) != (whole := getattr(total, name))
    ]
    return Check("各事项、各科室相加等于全厅", "；".join(against))


def _year_check(report: MonthReport) -> Check:
    month, figure = report.year[-1], report.figure("on_time_promised")
    same = (month.in_time, month.decided) == (figure.numerator, figure.denominator)
    against = "" if same else f"图 {month.in_time}/{month.decided}，指标 {figure.numerator}/{figure.denominator}"
    return Check("全年图的本月等于按时办结率指标", against)
