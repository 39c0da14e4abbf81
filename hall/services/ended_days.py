"""A day that has been ended stays ended, whatever a clock says."""

from datetime import date

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.store import Work
from hall.store.schema.trail import AuditSeal


class DayEnded(Refused):
    """The clock stands on a day, or before a day, whose records are sealed."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"{day:%Y年%m月%d日}已经日终封存，不能再取号叫号。请核对本机日期和时间，改正后再试；仍不行请联系系统管理员。"
        )


def refuse_ended_day(work: Work) -> None:
    """A clock that was set back over midnight opens no counter and draws no number on a sealed day: DayEnded."""
    today = business_date(work.now)
    sealed = select(AuditSeal.day).where(AuditSeal.hall_id == work.hall_id, AuditSeal.day >= today)
    last = work.session.scalar(sealed.order_by(AuditSeal.day.desc()).limit(1))
    if last is not None:
        raise DayEnded(last)
