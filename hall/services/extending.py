"""Extension (延期): what it would move, and the approver's act before the due day is over (行政许可法 42)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.clocks import ClockKind, Ledger, due_of
from hall.rules.clocks_changes import Extending, check_extensions
from hall.rules.people import Actor
from hall.services import clocks, papers_review
from hall.services.calendar import shipped_limits
from hall.services.case_records import Detail, advance, case_locked
from hall.services.catalogue import version_numbered
from hall.services.clocks import case_kept, clocks_of
from hall.services.hands import settle
from hall.services.issuing import Issued, issue
from hall.services.paper_head import paper_head
from hall.services.reasons import reason_for
from hall.services.schedules import calendar_in_force
from hall.services.suspending import ClocksMoved, Weighed, readings, weigh
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.permits import PermitCase


def longest_extensions(store: Store, actor: Actor, *, case_id: int) -> Mapping[ClockKind, int]:
    """By how many days, in its own unit, each clock of a case may be extended at most today."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        return _longest(session, case_kept(session, store.hall_id, case_id), today)


def weigh_extension(store: Store, actor: Actor, *, case_id: int, days: Mapping[ClockKind, int]) -> Weighed:
    """What an extension of today would do to the clocks. Raises CannotExtend for one that may not be."""
    require(actor, "case.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        case = case_kept(session, store.hall_id, case_id)
        check_extensions(
            _ledgers(session, case.id),
            days,
            on=today,
            longest=_longest(session, case, today),
            calendar=calendar_in_force(session, store.hall_id),
        )
    return weigh(store, actor, case_id=case_id, change=Extending(days))


@retried
def extend(
    store: Store, actor: Actor, *, case_id: int, days: Mapping[ClockKind, int], reason: str, home: Path
) -> ClocksMoved:
    """延期: once, on or before the due day, with the reason told to the applicant in writing. Raises CannotExtend."""
    require(actor, "case.extend")
    with store.work("case.extend", actor) as work:
        case = case_locked(work, case_id)
        today, calendar = business_date(work.now), clocks.calendar(work)
        before = _ledgers(work.session, case.id)
        longest = _longest(work.session, case, today)
        check_extensions(before, days, on=today, longest=longest, calendar=calendar)
        clocks.extend(work, case, days)
        paper = _paper(work, case, before, days=days, reason=reason_for("延期", reason), home=home)
        detail: Detail = {"days": {str(kind): added for kind, added in days.items()}}
        advance(work, case, "extend", note=reason_for("延期", reason), detail=detail, document_id=paper.document_id)
        settle(work, case, document=paper.number, days=dict(days))
        return ClocksMoved(paper, readings(work, case))


def _paper(
    work: Work,
    case: PermitCase,
    before: tuple[Ledger, ...],
    *,
    days: Mapping[ClockKind, int],
    reason: str,
    home: Path,
) -> Issued:
    """The notice speaks of the limit of law where that is extended, else of the promise."""
    kind: ClockKind = "statutory" if "statutory" in days else "promised"
    calendar = clocks.calendar(work)
    original, new = (
        next(due_of(each, calendar=calendar).day for each in ledgers if each.kind == kind and each.stopped_on is None)
        for ledgers in (before, _ledgers(work.session, case.id))
    )
    assert original is not None  # check_extensions refuses what has no due day
    content = papers_review.extension(
        paper_head(work, case),
        original_due=original,
        days=days[kind],
        new_due=new or "待定",
        reason=reason,
        approver_name=work.actor.name,
        approved_on=business_date(work.now),
    )
    return issue(work, case_id=case.id, kind="extension", content=content, home=home)


def _longest(session: Session, case: PermitCase, day: date) -> Mapping[ClockKind, int]:
    rule = "permit.joint-extension" if case.handling == "joint" else "permit.extension"
    matter = version_numbered(session, case.matter_version_id).matter
    return {"statutory": shipped_limits().limit(rule, day).length or 0, "promised": matter.extension_days}


def _ledgers(session: Session, case_id: int) -> tuple[Ledger, ...]:
    return tuple(kept.ledger for kept in clocks_of(session, case_id))
