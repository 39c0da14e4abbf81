"""What the party and law do after a decision: review and lawsuit (no addition meanwhile), reminder, the court asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import CLERK, HEAD, LEGAL_REVIEWER, REVIEWER, require
from hall.rules.fine_acts import FineActName, FineFacts, Remedy, RemedyOutcome, check_fine_act
from hall.rules.fines import Entry, FinePosition
from hall.rules.penalty_duties import Duty
from hall.rules.people import Actor
from hall.services import fines
from hall.services.fine_facts import fine_facts
from hall.services.penalty_records import (
    Detail,
    add_penalty_event,
    decisions_of,
    duties_of,
    penalty_locked,
    settle_penalty,
    take_duty,
)
from hall.services.reasons import TextTooLong, reason_for
from hall.services.remedy_records import remedies_of, served_on
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase
from hall.words import REMEDIES

_DAY = timedelta(days=1)
_LONGEST_TITLE = 60
_DUTIES: dict[str, Duty] = {
    CLERK: "intake",
    REVIEWER: "investigate",
    HEAD: "investigate",
    LEGAL_REVIEWER: "legal",
}


class BadDay(Refused):
    """A day outside of what it can be."""

    def __init__(self, what: str, first: date, last: date) -> None:
        super().__init__(f"{what}应在{first}至{last}之间，请核对日期。")


@dataclass(frozen=True, slots=True)
class NewRemedy:
    """A review or lawsuit: since when, before whom, under which number."""

    remedy: Remedy
    applied_on: date
    body: str
    number: str


@dataclass(frozen=True, slots=True)
class RemedyEnd:
    """How it ended, by which decision or judgment (`title`: its number)."""

    outcome: RemedyOutcome
    ended_on: date
    title: str


@retried
def begin(store: Store, actor: Actor, *, case_id: int, new: NewRemedy, home: Path) -> None:
    """登记复议诉讼: from the day it was applied for nothing is added (行政处罚法 73(3)). Raises NotNow, BadDay."""
    require(actor, "penalty.remedy")
    body = reason_for("复议机关或者法院", new.body)
    with store.work("penalty.remedy_begin", actor) as work:
        case, facts = _opened(work, case_id, "remedy_begin", home=home)
        before = remedies_of(work.session, case.id)
        ended = before[-1].ended_on if before else None
        first = ended or _since_known(work, case, facts.today)
        _check_day("申请或者起诉日期", new.applied_on, first, facts.today)
        if facts.position:
            since = max(new.applied_on, ended + _DAY) if ended else new.applied_on  # the day of the end does not count
            fines.add(work, case, Entry(0, "pause", since, cause=new.remedy), home=home)
        detail: Detail = {"remedy": new.remedy, "number": reason_for("案号", new.number)}
        _settle(work, case, "remedy_begin", day=new.applied_on, note=body, detail=detail)


@retried
def end(store: Store, actor: Actor, *, case_id: int, how: RemedyEnd, home: Path) -> None:
    """登记复议诉讼结果: from the day after, days count again; varying or revoking is an act of its own.

    Raises NotNow, BadDay, TextTooLong.
    """
    require(actor, "penalty.remedy")
    title = reason_for("复议决定或者裁判文书的文号", how.title)
    if len(title) > _LONGEST_TITLE:
        raise TextTooLong(_LONGEST_TITLE)
    with store.work("penalty.remedy_end", actor) as work:
        case, facts = _opened(work, case_id, "remedy_end", home=home)
        last = remedies_of(work.session, case.id)[-1]
        _check_day(f"{REMEDIES[last.remedy]}结果的日期", how.ended_on, last.applied_on, facts.today)
        if facts.position:
            fines.add(work, case, Entry(0, "resume", how.ended_on + _DAY, cause=last.remedy), home=home)
        detail: Detail = {"remedy": last.remedy, "outcome": how.outcome, "number": title}
        _settle(work, case, "remedy_end", day=how.ended_on, detail=detail)


@retried
def remind(store: Store, actor: Actor, *, case_id: int, served_on: date, note: str, home: Path) -> None:
    """登记催告: served on a day, ten workdays before the court is asked (行政强制法 54). Raises NotNow, BadDay."""
    require(actor, "penalty.remedy")
    how = reason_for("催告的文号和送达方式", note)
    with store.work("penalty.remind", actor) as work:
        case, facts = _opened(work, case_id, "remind", home=home)
        _check_day("催告书送达日期", served_on, _overdue_from(facts.position), facts.today)
        _settle(work, case, "remind", day=served_on, note=how, detail={})


@retried
def apply_to_court(store: Store, actor: Actor, *, case_id: int, applied_on: date, note: str, home: Path) -> None:
    """登记申请强制执行, within its three months (行政强制法 53). Raises NotNow, BadDay."""
    require(actor, "penalty.remedy")
    how = reason_for("受理法院和案号", note)
    with store.work("penalty.court", actor) as work:
        case, facts = _opened(work, case_id, "court", home=home)
        assert facts.court_from is not None
        _check_day("申请日期", applied_on, facts.court_from, facts.today)
        _settle(work, case, "court", day=applied_on, note=how, detail={})


def _opened(work: Work, case_id: int, act: FineActName, *, home: Path) -> tuple[PenaltyCase, FineFacts]:
    case = penalty_locked(work, case_id)
    _take_a_duty(work, case)
    facts = fine_facts(work.session, case, today=business_date(work.now), home=home)
    check_fine_act(act, facts)
    return case, facts


def _since_known(work: Work, case: PenaltyCase, today: date) -> date | None:
    """From when the party may ask: the service, or the decision where a public notice about it has not run its days."""
    received = served_on(work.session, case.id)
    if received is None or received <= today:
        return received
    return decisions_of(work.session, case.id)[0].decided_on


def _take_a_duty(work: Work, case: PenaltyCase) -> None:
    """Who has a duty in the case keeps it; anybody else takes that of the role."""
    held = duties_of(work.session, case.id).get(work.actor.account_id)
    own = [duty for role, duty in _DUTIES.items() if role in work.actor.roles]
    take_duty(work, case, held or own[0])


def _check_day(what: str, day: date, first: date | None, today: date) -> None:
    begins = first or today
    if not begins <= day <= today:
        raise BadDay(what, begins, today)


def _overdue_from(position: FinePosition | None) -> date | None:
    return position.due_on + _DAY if position and position.due_on else None


def _settle(work: Work, case: PenaltyCase, kind: str, *, day: date, note: str = "", detail: Detail) -> None:
    add_penalty_event(work, case, kind, day=day, note=note, detail=detail)
    settle_penalty(work, case, act=kind, day=day.isoformat(), note=note, **detail)
