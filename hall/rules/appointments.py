"""Checking in an appointment (预约签到): when it may be done, and what ticket it gives."""

from datetime import date, datetime, timedelta

from hall.clock import hall_time
from hall.errors import Missing, Refused
from hall.rules.queue_policy import APPOINTMENT, ORDINARY, AppointmentPolicy


class NoAppointment(Missing):
    """The card has none today."""

    def __init__(self) -> None:
        super().__init__("这张证件今天没有预约。可直接取普通号，或到导办台报预约编号查询。")


class NoSuchReference(Missing):
    """The hall has no appointment with the number."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"没有编号为“{reference[:40]}”的预约，请核对编号，或看预约名单是否已导入。")


class OtherDay(Refused):
    """The appointment is for another day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"该预约是 {day.isoformat()} 的，今天不能签到。请在预约当日签到，或现在取普通号。")


class TooEarly(Refused):
    """It is not time yet."""

    def __init__(self, starts_at: datetime, opens_at: datetime) -> None:
        starts, opens = hall_time(starts_at), hall_time(opens_at)
        super().__init__(f"预约时间是 {starts:%H:%M}，{opens:%H:%M} 起可以签到。请届时再来，或现在取普通号。")


class AlreadyCheckedIn(Refused):
    """The appointment has its number."""

    def __init__(self, code: str) -> None:
        super().__init__(f"该预约已签到，号码是 {code}，请等候叫号；小票遗失请到导办台补打。")


class AppointmentOver(Refused):
    """The appointment was cancelled or missed."""

    def __init__(self, state: str) -> None:
        super().__init__(f"该预约的状态是“{state}”，不能签到。请取普通号，或到导办台咨询。")


def kind_at(now: datetime, starts_at: datetime, policy: AppointmentPolicy) -> str:
    """The priority of a check-in now: an appointment's, or an ordinary ticket's if it comes too late.

    Raises TooEarly.
    """
    if now < starts_at - policy.earliest:
        raise TooEarly(starts_at, starts_at - policy.earliest)
    return APPOINTMENT if now <= starts_at + policy.latest else ORDINARY


def late_notice(latest: timedelta) -> str:
    """What a visitor is told who comes too late."""
    minutes = int(latest / timedelta(minutes=1))
    return f"已超过预约时间 {minutes} 分钟以上，本号按普通号排队，从现在起计等候时间。"
