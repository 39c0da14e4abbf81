"""Certificates (许可证件): validity, when renewal is due, what silence brings, on which limbs of law they end."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hall.errors import Refused
from hall.rules.calendar import WorkCalendar
from hall.rules.permits import IN_REVIEW
from hall.rules.timelimits import LimitRequest, LimitRule, compute
from hall.rules.versions import Versions
from hall.words import CERTIFICATE_STATES, LICENCE_ENDINGS

CertificateState = Literal["valid", "expired", "replaced", "recalled", "revoked", "cancelled"]
EndingHow = Literal["recall", "revoke", "cancel"]

ENDED_AS: dict[EndingHow, CertificateState] = {"recall": "recalled", "revoke": "revoked", "cancel": "cancelled"}

_STATES: tuple[CertificateState, ...] = ("valid", "expired", "replaced", "recalled", "revoked", "cancelled")


@dataclass(frozen=True, slots=True)
class Limb:
    """One ground of law on which a licence ends. `bars`: the period for which its holder may not apply again."""

    how: EndingHow
    code: str
    words: str
    article: str
    sources: tuple[str, ...]
    compensates: bool
    bars: str = ""

    def __post_init__(self) -> None:
        if self.how not in ENDED_AS or not (self.code and self.words and self.article):
            raise ValueError(f"撤回、撤销、注销的情形 {self.code} 写得不全")
        if not self.sources or not set(self.sources) <= set(_STATES):
            raise ValueError(f"{self.code} 的 from 应是证件状态：{'、'.join(_STATES)}")


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """What is in force from a day on."""

    effective_from: date
    source: str
    renewal_days: int
    reminders: tuple[int, ...]
    limbs: tuple[Limb, ...]

    def __post_init__(self) -> None:
        if not self.reminders or list(self.reminders) != sorted(set(self.reminders), reverse=True):
            raise ValueError("reminders 应由多到少排列，不重复")
        codes = [limb.code for limb in self.limbs]
        if len(set(codes)) != len(codes):
            raise ValueError("limbs 的 code 不能重复")

    def limb(self, code: str) -> Limb:
        """A limb by its code; raises NoSuchLimb."""
        for limb in self.limbs:
            if limb.code == code:
                return limb
        raise NoSuchLimb(code)


CertificateRules = Versions[CertificateRule]


class NoSuchLimb(Refused):
    """The law does not know this ground."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有“{code[:20]}”这种法定情形，请重新选择。")


class CannotEnd(Refused):
    """A licence may not be ended so; everything that stands in the way is named at once."""

    def __init__(self, how: EndingHow, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__(f"现在不能{LICENCE_ENDINGS[how]}：{'；'.join(reasons)}。")


class NotRenewable(Refused):
    """There is nothing that could be renewed, or nothing that has to be."""

    def __init__(self, why: str) -> None:
        super().__init__(f"这张证件{why}。")


@dataclass(frozen=True, slots=True)
class Validity:
    """From the first to the last day; `last` None: without end."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Renewal:
    """What asking for renewal on a day means. `in_time`: silence until expiry then renews it (行政许可法 50(2))."""

    ask_by: date
    in_time: bool
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A renewal that was asked for: when, and how far it came."""

    asked_on: date
    state: str


def validity(calendar: WorkCalendar, rule: LimitRule, *, first: date, months: int | None, after: date) -> Validity:
    """Valid from `first` on, for so many months counted from the day `after` (day 0); None: without end."""
    if months is None:
        return Validity(first, None)
    return Validity(first, compute(calendar, rule, LimitRequest(start=after, days=months)).strict_due)


def ask_by(valid_to: date, rule: CertificateRule) -> date:
    """The last day on which renewal can be asked for in time."""
    return valid_to - timedelta(days=rule.renewal_days)


def renewal(state: str, valid_to: date | None, *, asked_on: date, rule: CertificateRule) -> Renewal:
    """Whether a certificate can be renewed, and in time. Raises NotRenewable.

    Asked later it may still be renewed: the law lays the thirty days on the holder and says nothing of a late
    request. But silence then means nothing: the fiction belongs to a request that left the authority its days.
    """
    if state != "valid":
        raise NotRenewable(f"{CERTIFICATE_STATES[state]}，不能延续；需要继续从事许可活动的，请按新办申请")
    if valid_to is None:
        raise NotRenewable("长期有效，不用延续")
    if asked_on > valid_to:
        raise NotRenewable(f"有效期已于{valid_to}届满，不能延续；需要继续从事许可活动的，请按新办申请")
    last = ask_by(valid_to, rule)
    if asked_on <= last:
        return Renewal(last, True, f"有效期至{valid_to}，最迟{last}申请延续；期满前没有决定的，视为准予延续。")
    words = f"有效期至{valid_to}，延续最迟应在{last}申请；现在才申请的，期满前没有决定也不视为准予延续。"
    return Renewal(last, False, words)


def reminder_due(valid_to: date, *, reminded_days: int | None, today: date, rule: CertificateRule) -> int | None:
    """The reminder to send today: the nearest step that has come and was not sent; None where there is none.

    A step that was slept through is not sent after a later one.
    """
    left = (valid_to - today).days
    if left < 0:
        return None
    come = [days for days in rule.reminders if days >= left]
    if not come or (reminded_days is not None and reminded_days <= come[-1]):
        return None
    return come[-1]


def deemed_renewed(valid_to: date, asked: Asked | None, *, today: date, rule: CertificateRule) -> bool:
    """Whether silence has renewed it: asked for in time, accepted, and not decided when it expired."""
    if asked is None or today <= valid_to:
        return False
    return asked.asked_on <= ask_by(valid_to, rule) and asked.state in IN_REVIEW


def check_ending(
    limb: Limb, state: str, *, facts: str, compensation: str, public_harm: bool, days_left: int | None
) -> None:
    """Raise CannotEnd with all reasons. `public_harm`: revoking might gravely harm the public (行政许可法 69(3))."""
    reasons = []
    if state not in limb.sources:
        reasons.append(f"证件{CERTIFICATE_STATES[state]}，这一情形只适用于{_named(limb.sources)}的证件")
    if limb.code == "expired" and days_left is not None and days_left >= 0:
        reasons.append("有效期还没有届满")
    if not facts.strip():
        reasons.append("没有写明事实和理由")
    if limb.compensates and not compensation.strip():
        reasons.append("没有写明补偿或赔偿（被许可人的合法权益受到损害的，应当给予；没有损失的也要写明）")
    if limb.how == "revoke" and public_harm:
        reasons.append("撤销可能对公共利益造成重大损害的，不予撤销（行政许可法第六十九条第三款）")
    if reasons:
        raise CannotEnd(limb.how, tuple(reasons))


def _named(states: tuple[str, ...]) -> str:
    return "、".join(CERTIFICATE_STATES[state] for state in states)
