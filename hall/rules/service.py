"""Service of papers (送达) by the six ways of 民事诉讼法 87–95: what proves each, and when it took place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.versions import Versions
from hall.words import SERVICE_WAYS

Way = Literal["direct", "left", "electronic", "post", "transfer", "public"]

NOTICE_PERIOD = "service.public-notice"

# The authority has done its part when it posts, hands over to be passed on, or publishes (民事诉讼法 85: time on the
# way is not counted); otherwise when the paper arrives.
_DONE_WHEN_SENT: frozenset[Way] = frozenset({"post", "transfer", "public"})


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """What is in force from a day on.

    `capacities`: who may take a paper for the addressee. `served_when_told`: an applicant who was told that the papers
    are ready and does not come stops the limit of delivery.
    """

    effective_from: date
    source: str
    capacities: tuple[str, ...]
    served_when_told: bool

    def __post_init__(self) -> None:
        if not self.capacities:
            raise ValueError("capacities 不能为空")


ServiceRules = Versions[ServiceRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One attempt to serve as somebody tells it. `served_on` None: under way.

    `whereabouts_unknown`: why there is a public notice without other attempts.
    """

    way: Way
    sent_on: date
    served_on: date | None = None
    recipient: str = ""
    capacity: str = ""
    refusal: str = ""
    witness: str = ""
    postal_number: str = ""
    whereabouts_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Sending):
    """The same with what is known of it now. `servers`: how many different people served it.

    `failed_ways`: those that were tried for the same papers and failed.
    """

    issued_on: date
    today: date
    proof: bool = False
    consent: bool = False
    servers: int = 1
    failed_ways: frozenset[str] = frozenset()


class NotServed(Refused):
    """The service lacks what proves it; all of it is named at once."""

    def __init__(self, way: str, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__(f"{SERVICE_WAYS[way]}还不能登记：{'；'.join(reasons)}。")


Check = Callable[[Delivery, ServiceRule], str]


def check_sent(delivery: Delivery, rule: ServiceRule) -> None:
    """That the papers may be sent by this way. Raises NotServed."""
    _refuse(delivery, rule, (_sent_day, *_SENDING.get(delivery.way, ())))


def check_served(delivery: Delivery, rule: ServiceRule) -> None:
    """That the service is proved. Raises NotServed."""
    checks = (_sent_day, _served_day, *_SENDING.get(delivery.way, ()), *_ARRIVING.get(delivery.way, ()))
    _refuse(delivery, rule, checks)


def done_on(way: Way, *, sent_on: date, served_on: date) -> date:
    """The day that counts for the authority's limit (行政许可法 44)."""
    return sent_on if way in _DONE_WHEN_SENT else served_on


def _refuse(delivery: Delivery, rule: ServiceRule, checks: tuple[Check, ...]) -> None:
    if reasons := tuple(reason for check in checks if (reason := check(delivery, rule))):
        raise NotServed(delivery.way, reasons)


def _sent_day(delivery: Delivery, _rule: ServiceRule) -> str:
    if delivery.sent_on > delivery.today:
        return "送出日期在今天之后"
    return "送出日期早于文书的日期" if delivery.sent_on < delivery.issued_on else ""


def _served_day(delivery: Delivery, _rule: ServiceRule) -> str:
    if delivery.served_on is None:
        return "没有填送达日期"
    if delivery.served_on < delivery.sent_on:
        return "送达日期早于送出日期"
    ahead = delivery.way != "public" and delivery.served_on > delivery.today
    return "送达日期在今天之后" if ahead else ""


def _consented(delivery: Delivery, _rule: ServiceRule) -> str:
    return "" if delivery.consent else "没有受送达人签名的电子送达同意书（先存入扫描件；受送达人要纸质的，应当提供）"


def _posted(delivery: Delivery, _rule: ServiceRule) -> str:
    return "" if delivery.postal_number.strip() else "没有填邮件号码"


def _last_resort(delivery: Delivery, _rule: ServiceRule) -> str:
    tried = delivery.whereabouts_unknown or delivery.failed_ways
    return "" if tried else "受送达人下落不明，或者用其他方式送达失败并登记以后，才能公告送达"


def _published(delivery: Delivery, _rule: ServiceRule) -> str:
    return "" if delivery.proof else "没有公告的存档（先存入公告的照片或报样）"


def _received(delivery: Delivery, _rule: ServiceRule) -> str:
    return "" if delivery.recipient.strip() else "没有填签收人"


def _entitled(delivery: Delivery, rule: ServiceRule) -> str:
    return "" if delivery.capacity in rule.capacities else f"签收人的身份应是{'、'.join(rule.capacities)}之一"


def _refused_to_take(delivery: Delivery, _rule: ServiceRule) -> str:
    return "" if delivery.refusal.strip() else "没有写明拒收的事由"


def _witnessed(delivery: Delivery, _rule: ServiceRule) -> str:
    return "" if delivery.witness.strip() or delivery.proof else "没有见证人，也没有送达过程的照片或录像（先存入）"


def _two_servers(delivery: Delivery, _rule: ServiceRule) -> str:
    return "" if delivery.servers >= 2 else "留置送达应有两名送达人"


_SENDING: dict[Way, tuple[Check, ...]] = {
    "electronic": (_consented,),
    "post": (_posted,),
    "public": (_last_resort, _published),
}
_ARRIVING: dict[Way, tuple[Check, ...]] = {
    "direct": (_received, _entitled),
    "left": (_refused_to_take, _witnessed, _two_servers),
    "transfer": (_received,),
}
