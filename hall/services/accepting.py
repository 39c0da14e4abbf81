"""Acceptance (受理) in all its ways: complete, with materials that follow, on a promise, and by the hall's silence."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.catalogue import Limit, Matter
from hall.rules.clocks import ClockKind, ClockStart
from hall.rules.intake import NotLackable, informed_fault, lacking_fault, lacking_limit
from hall.rules.materials import HandedIn, check_acceptance, missing_positions
from hall.rules.people import Actor, system_actor
from hall.rules.permits import AcceptedHow
from hall.services import clocks, issuing
from hall.services.case_materials import handed_in, lacking_positions, put_materials
from hall.services.case_records import Detail, advance, case_locked
from hall.services.catalogue import MatterInForce, version_numbered
from hall.services.hands import settle
from hall.services.intake_papers import issue_acceptance
from hall.services.issuing import Issued
from hall.services.joint_cases import open_parts
from hall.services.paper_head import paper_head
from hall.services.papers_intake import PromisedMaterial, informed_promise, lacking_promise
from hall.services.reasons import statement_for
from hall.services.receiving import AtHand, Submission, deemed_on, received_case, take_up
from hall.services.spool import Printer
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.permits import PermitCase

LACKING = "容缺"
"""The subject of the clock by which lacking materials have to come."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted case: both numbers, both clocks, what is on its way to the printers."""

    case_id: int
    receipt_number: str
    acceptance_number: str
    clocks: tuple[ClockStart, ...]
    receipt_payload: str
    receipt_document: int
    acceptance_document: int
    promise_document: int | None = None
    supply_by: date | None = None
    """By when what lacks has to come (容缺受理)."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What an applicant promises to fulfil (告知承诺): the basis and each condition, told before it is signed."""

    basis: str
    conditions: tuple[str, ...]
    check_by: date | None = None


class NotInformed(Refused):
    """告知承诺 is not for this application; the sentence says why."""

    def __init__(self, why: str) -> None:
        super().__init__(f"不能按告知承诺受理：{why}。")


class StillTime(Refused):
    """The hall may still say what is missing."""

    def __init__(self) -> None:
        super().__init__("一次性告知补正的期限还没有过，不能按视为受理登记。")


class NothingLacking(Refused):
    """The case was not accepted with materials lacking, or they have all come."""

    def __init__(self) -> None:
        super().__init__("这件办件没有容缺的材料，不用补齐。")


@retried
def accept(
    store: Store,
    actor: Actor,
    *,
    submission: Submission,
    home: Path,
    materials: tuple[HandedIn, ...] | None = None,
    slip: bool = True,
) -> Accepted:
    """Accept a complete application, or a received case; `materials` are those of a received case as they are now.

    Receipt and acceptance fall together where the set is complete when it is handed in (行政许可法 32(1)(5)).
    Raises MaterialsMissing, PastTelling, and what `receive` and `rules.permits` refuse.
    """
    require(actor, "case.accept")
    with store.work("case.accept", actor) as work:
        at_hand = take_up(work, submission, materials=materials, home=home, slip=slip, accepting=True)
        check_acceptance(at_hand.matter.matter, handed_in(work.session, at_hand.case.id))
        return _accept(work, at_hand, _Terms("accept", "complete", business_date(work.now)), home=home)


@retried
def accept_lacking(
    store: Store,
    actor: Actor,
    *,
    submission: Submission,
    home: Path,
    materials: tuple[HandedIn, ...] | None = None,
    slip: bool = True,
) -> Accepted:
    """容缺受理: secondary materials may follow until a day that the applicant promises in writing.

    Raises NotLackable, PastTelling, and what `receive` and `rules.permits` refuse.
    """
    require(actor, "case.accept")
    with store.work("case.accept_lacking", actor) as work:
        at_hand = take_up(work, submission, materials=materials, home=home, slip=slip, accepting=True)
        case, matter, today = at_hand.case, at_hand.matter.matter, business_date(work.now)
        handed = handed_in(work.session, case.id)
        if fault := lacking_fault(matter, handed, at_hand.rule):
            raise NotLackable(fault)
        limit = lacking_limit(matter, at_hand.rule)
        supply_by = clocks.start(work, case, "supplement", limit=limit, started_on=today, subject=LACKING).due_on
        if supply_by is None:
            raise NotLackable("补齐期限落在放假安排未录入的年份，现在算不出日期")
        lacking = missing_positions(matter.materials, handed)
        put_materials(work, case, matter, handed, lacking=lacking)
        follow = tuple(PromisedMaterial(each.name, supply_by) for each in matter.materials if each.position in lacking)
        paper = lacking_promise(paper_head(work, case), materials=follow, supply_by=supply_by)
        promise = issuing.issue(work, case_id=case.id, kind="lacking_promise", content=paper, home=home)
        detail: Detail = {"lacking": sorted(lacking), "supply_by": supply_by.isoformat()}
        terms = _Terms("accept_lacking", "lacking", today, promise=promise, supply_by=supply_by, detail=detail)
        return _accept(work, at_hand, terms, home=home)


@retried
def accept_informed(
    store: Store,
    actor: Actor,
    *,
    submission: Submission,
    promise: Promise,
    home: Path,
    materials: tuple[HandedIn, ...] | None = None,
    slip: bool = True,
) -> Accepted:
    """告知承诺: the applicant promises in writing to fulfil what was told; never where public safety is touched.

    Raises NotInformed, PastTelling, and what `receive` and `rules.permits` refuse.
    """
    require(actor, "case.accept")
    basis = statement_for("告知承诺的依据", promise.basis)
    conditions = tuple(statement_for("告知的条件", each) for each in promise.conditions)
    if not conditions:
        raise NotInformed("还没有写明告知的许可条件")
    with store.work("case.accept_informed", actor) as work:
        at_hand = take_up(work, submission, materials=materials, home=home, slip=slip, accepting=True)
        if fault := informed_fault(at_hand.matter.matter):
            raise NotInformed(fault)
        case, today = at_hand.case, business_date(work.now)
        paper = informed_promise(paper_head(work, case), basis=basis, conditions=conditions, check_by=promise.check_by)
        issued = issuing.issue(work, case_id=case.id, kind="informed_promise", content=paper, home=home)
        missing = missing_positions(at_hand.matter.matter.materials, handed_in(work.session, case.id))
        detail: Detail = {"promised_instead": sorted(missing), "check_by": _iso(promise.check_by)}
        terms = _Terms("accept_informed", "informed", today, promise=issued, detail=detail)
        return _accept(work, at_hand, terms, home=home)


@retried
def complete(store: Store, actor: Actor, *, case_id: int, materials: tuple[HandedIn, ...]) -> tuple[str, ...]:
    """Materials of a case that was accepted with some lacking, as they are now; gives what still lacks.

    The clock of what lacks ends with the last of them. Raises NotNow, NothingLacking.
    """
    require(actor, "case.accept")
    with store.work("case.complete", actor) as work:
        case = case_locked(work, case_id)
        matter = version_numbered(work.session, case.matter_version_id).matter
        before = lacking_positions(work.session, case.id)
        if not before:
            raise NothingLacking
        lacking = before & missing_positions(matter.materials, materials)
        put_materials(work, case, matter, materials, lacking=lacking)
        came: Detail = {"came": sorted(before - lacking), "lacking": sorted(lacking)}
        if not lacking:
            clocks.stop(work, case, "supplement", on=business_date(work.now), how="complete", subject=LACKING)
        advance(work, case, "complete", detail=came)
        settle(work, case, lacking=len(lacking))
        return tuple(rule.name for rule in matter.materials if rule.position in lacking)


@retried
def deem_accepted(store: Store, actor: Actor, *, case_id: int, home: Path) -> Accepted:
    """视为受理: nothing was said in time, so the case is accepted as of the day its materials came (32(1)(4)).

    The program does it by itself with `system_actor`; both limits start on that day. The notice is not printed: nobody
    is at a counter, the case view prints it. Raises StillTime, and NotNow where somebody was faster.
    """
    if actor != system_actor(store.hall_id):
        require(actor, "case.accept")
    with store.work("case.accept_deemed", actor) as work:
        at_hand = received_case(work, case_id, home=home)
        on = deemed_on(work, at_hand.case)
        if on is None and at_hand.case.state == "received":
            raise StillTime
        note = "收到材料之日起五个工作日内没有一次性告知补正（行政许可法第三十二条第一款第四项）"
        terms = _Terms("accept_deemed", "deemed", on or business_date(work.now), note=note, printer=None)
        return _accept(work, at_hand, terms, home=home)


@dataclass(frozen=True, slots=True)
class _Terms:
    """How and as of which day a case is accepted."""

    act: str
    how: AcceptedHow
    on: date
    note: str = ""
    detail: Detail = field(default_factory=dict)
    promise: Issued | None = None
    supply_by: date | None = None
    printer: Printer | None = "page"


def _accept(work: Work, at_hand: AtHand, terms: _Terms, *, home: Path) -> Accepted:
    """The limits start, the notice goes out, the parts of a joint case begin."""
    case, matter = at_hand.case, at_hand.matter.matter
    starts = _start_limits(work, case, matter, terms)
    notice = issue_acceptance(
        work, case, matter, how=terms.how, accepted_on=terms.on, starts=starts, home=home, printer=terms.printer
    )
    detail = {**_detail(case, at_hand.matter, starts, terms), **terms.detail}
    case.accepted_at, case.accepted_on, case.accepted_how = work.now, terms.on, terms.how
    case.acceptance_number = notice.number
    advance(work, case, terms.act, note=terms.note, detail=detail, day=terms.on, document_id=notice.document_id)
    open_parts(work, case, at_hand.parts, accepted_on=terms.on)
    due = {each.kind: _iso(each.due_on) for each in starts}
    settle(
        work,
        case,
        receipt=case.receipt_number,
        acceptance=notice.number,
        matter=matter.code,
        version=at_hand.matter.version,
        how=terms.how,
        due=due,
    )
    return Accepted(
        case_id=case.id,
        receipt_number=case.receipt_number,
        acceptance_number=notice.number,
        clocks=starts,
        receipt_payload=at_hand.receipt_payload,
        receipt_document=at_hand.receipt_document,
        acceptance_document=notice.document_id,
        promise_document=terms.promise.document_id if terms.promise else None,
        supply_by=terms.supply_by,
    )


def _start_limits(work: Work, case: PermitCase, matter: Matter, terms: _Terms) -> tuple[ClockStart, ...]:
    clocks.stop(work, case, "acceptance", on=business_date(work.now), how=terms.how)
    limits: tuple[tuple[ClockKind, Limit | None], ...] = (
        ("statutory", matter.statutory),
        ("promised", matter.promised),
    )
    return tuple(
        clocks.start(work, case, kind, limit=limit, started_on=terms.on) for kind, limit in limits if limit is not None
    )


def _detail(case: PermitCase, matter: MatterInForce, starts: tuple[ClockStart, ...], terms: _Terms) -> Detail:
    """All that a month is counted again from: what, how, since when, and each limit with its due day."""
    limits = {
        each.kind: {
            "days": each.limit.days,
            "unit": each.limit.unit,
            "due": _iso(each.due_on),
            "ordinal": each.due_ordinal,
        }
        for each in starts
    }
    return {
        "matter": matter.matter.code,
        "version": matter.version,
        "handling": case.handling,
        "how": terms.how,
        "purpose": case.purpose,
        "channel": case.channel,
        "received": business_date(case.received_at).isoformat(),
        "accepted": terms.on.isoformat(),
        "statutory": limits.get("statutory"),
        "promised": limits.get("promised"),
        "promise": terms.promise.document_id if terms.promise else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
