"""A computer whose clock was set back writes nothing: dates on papers and in the audit chain would be wrong.

Each audit head keeps the latest instant of its chain. A station's own chain is decisive. Another station's clock may be
the wrong one, so a single one that is ahead stops nobody; where two others agree, this computer is the one behind. The
call of a ticket, which a crowd waits for, is measured by the station's own chain alone.
"""

from datetime import datetime, timedelta

from hall.clock import hall_time
from hall.errors import Refused

TOLERANCE = timedelta(minutes=2)
"""So much clocks may differ, and a clock may be put right, without anybody noticing."""


class ClockSetBack(Refused):
    """The computer's clock stands before what has been written already."""

    def __init__(self, now: datetime, last: datetime, *, own: bool) -> None:
        self.last = last
        where = "本机上次操作" if own else "本大厅其他电脑的操作"
        super().__init__(
            f"本机时间是{_words(now)}，比{where}（{_words(last)}）早，已停止写入，以免日期出错。"
            "请校准本机日期和时间后再试；如果是上次的时间走快了，请系统管理员运行 hall clock accept 确认。"
        )


def refuse_set_back(now: datetime, tolerance: timedelta, *, own: datetime | None, others: datetime | None) -> None:
    """Raise ClockSetBack for an instant before the station's own last one, or before what two others have agreed on."""
    for last, is_own in ((own, True), (others, False)):
        if last is not None and now < last - tolerance:
            raise ClockSetBack(now, last, own=is_own)


def _words(instant: datetime) -> str:
    return f"{hall_time(instant):%Y年%m月%d日%H:%M}"
