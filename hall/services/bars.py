"""Bars to apply again (行政许可法 78, 79): after false materials one year, after a licence won by fraud three."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.timelimits import LimitRequest, compute
from hall.services.calendar import shipped_limits
from hall.services.case_records import case_locked
from hall.services.catalogue import version_numbered
from hall.services.clocks import calendar
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import LicenceBar
from hall.store.schema.permits import PermitCase

FALSE_MATERIALS = "permit.bar-false"


class NoBarHere(Refused):
    """Only matters that touch public safety, health, life or property bar their applicants."""

    def __init__(self) -> None:
        super().__init__(
            "本事项不属于直接关系公共安全、人身健康、生命财产安全的事项，法律没有规定不得再次申请的期间（行政许可法第七十八条）。"
        )


class NotRefused(Refused):
    """The bar follows a refusal: first the application is refused, then its applicant is barred."""

    def __init__(self) -> None:
        super().__init__("这件办件没有不予受理或者不予许可，不能登记禁止申请期间。")


class BarredAlready(Refused):
    """A case bars its applicant once."""

    def __init__(self, until: date) -> None:
        super().__init__(f"这件办件已经登记禁止申请期间，到{until}为止，不用再登记。")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its article and its days. Who may not apply is refused at the intake (applications.check_bars)."""

    article: str
    from_day: date
    until_day: date
    reason: str


@retried
def bar_for_false_materials(store: Store, actor: Actor, *, case_id: int, reason: str) -> Bar:
    """After an application with false materials was refused. Raises NoBarHere, NotRefused, BarredAlready."""
    require(actor, "case.decide")
    why = reason_for("登记禁止申请期间", reason)
    with store.work("case.bar", actor) as work:
        case = case_locked(work, case_id)
        if not version_numbered(work.session, case.matter_version_id).matter.safety:
            raise NoBarHere
        if case.state != "refused" and case.outcome != "denied":
            raise NotRefused
        if (until := barred_until(work.session, case_id)) is not None:
            raise BarredAlready(until)
        bar = add_bar(work, case, rule_name=FALSE_MATERIALS, reason=why)
        work.audit(f"case:{case_id}", article=bar.article, until=bar.until_day.isoformat(), reason=why)
        work.changed("case", str(case_id))
        return bar


def barred_until(session: Session, case_id: int) -> date | None:
    """The last day of the bar for false materials that a case brought, if it did."""
    return session.scalar(select(LicenceBar.until_day).where(LicenceBar.case_id == case_id).limit(1))


def add_bar(work: Work, case: PermitCase, *, rule_name: str, reason: str) -> Bar:
    """Within the caller's work: from today for the length of a rule of `timelimits.csv`."""
    today = business_date(work.now)
    rule = shipped_limits().limit(rule_name, today)
    until = compute(calendar(work), rule, LimitRequest(start=today)).due
    assert isinstance(until, date)
    assert not isinstance(until, datetime)
    article = rule.law.removeprefix("行政许可法")
    work.session.add(
        LicenceBar(
            hall_id=work.hall_id,
            person_id=case.applicant_id,
            matter_id=case.matter_id,
            case_id=case.id,
            article=article,
            from_day=today,
            until_day=until,
            reason=reason,
        )
    )
    work.session.flush()
    return Bar(article, today, until, reason)
