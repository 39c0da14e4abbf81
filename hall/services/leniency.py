"""Requests for leniency before a decision (行政处罚法 30–33): taken, examined by two officers, refused, withdrawn.

What is granted becomes a proposal (`penalty_proposals.propose`) and ends with its decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.leniency import (
    Eligibility,
    Finding,
    WrongLimb,
    allowed,
    check_findings,
    check_result,
    eligibility,
    limbs_for,
)
from hall.rules.leniency_answers import proposed_answer
from hall.rules.leniency_limbs import LIMBS, Limb, Result
from hall.rules.penalty_reasons import finished_reasons
from hall.rules.penalty_roads import road
from hall.rules.people import Actor
from hall.services.issuing import draw_number
from hall.services.leniency_facts import Known, eligibility_of, known_of
from hall.services.leniency_papers import issue_answer, issue_application
from hall.services.leniency_records import asked_for, claims_of, end_request, open_request
from hall.services.papers_leniency import Evidence
from hall.services.penalty_records import Detail, add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.penalty_roads import road_facts, stage_now
from hall.services.penalty_staff import check_officers
from hall.services.reasons import reason_for, short_text, statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.leniency import LeniencyEvidence, LeniencyFinding, LeniencyLimbClaim, LeniencyRequest
from hall.store.schema.penalties import PenaltyCase


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLeniency:
    """What a party asks for: a result by at least one limb, with facts and evidence.

    `first_time`: the party declares that this is the first time; whoever ticks that limb declares it.
    """

    wanted: Result
    limbs: tuple[Limb, ...]
    facts: str
    evidence: tuple[Evidence, ...] = ()
    correction: str = ""
    first_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What two officers found: by element, each with its evidence, and their opinion in their own words."""

    findings: Mapping[str, Finding]
    opinion: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A request that was taken, and its form."""

    request_id: int
    number: str
    document_id: int


class RoadClosed(Refused):
    """The case is past the stage, or there is nothing to ask for."""

    def __init__(self, deed: str, why: str) -> None:
        super().__init__(f"现在不能{deed}：{why}")


class AskedAlready(Refused):
    """A request of the case waits for its answer."""

    def __init__(self, number: str) -> None:
        super().__init__(f"本案已有减免申请{number}，请先答复；当事人要改内容的，先撤回再申请。")


class BadApplication(Refused):
    """Something is missing on the form."""


class NoRequest(Missing):
    """The case has no request that this can be done to."""

    def __init__(self) -> None:
        super().__init__("本案没有等待办理的减免申请，请刷新后再看。")


class NotExamined(Refused):
    """A request is answered after two officers have examined it."""

    def __init__(self) -> None:
        super().__init__("减免申请还没有审查，请先由两名执法人员逐项审查，再答复（行政处罚法第四十二条、第五十七条）。")


@retried
def apply(store: Store, actor: Actor, *, case_id: int, new: NewLeniency, home: Path) -> Applied:
    """收减免申请: the form is printed for the party to sign, with what the records say of earlier breaches.

    Raises RoadClosed, AskedAlready, BadApplication, WrongLimb, DutyConflict.
    """
    require(actor, "leniency.apply")
    with store.work("leniency.apply", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "intake")
        _check_application(work, case, new, home=home)
        request = _enter(work, case, new, home=home)
        known = known_of(work.session, case, ring=work.key_ring, today=request.applied_on, home=home)
        _note_search(request, known)
        paper = issue_application(work, case, request, new.limbs, evidence=new.evidence, search=known.search, home=home)
        request.document_id = paper.document_id
        detail: Detail = {"wanted": new.wanted, "limbs": [str(limb) for limb in new.limbs], "earlier": request.earlier}
        add_penalty_event(work, case, "leniency_apply", detail=detail, document_id=paper.document_id)
        settle_penalty(work, case, request=request.id, number=paper.number)
        return Applied(request.id, paper.number, paper.document_id)


@retried
def examine(store: Store, actor: Actor, *, case_id: int, examination: Examination, home: Path) -> Eligibility:
    """审查减免: two officers find each element, on a request or of their own accord; every limb is written down.

    What is found replaces what the same examination found before. Gives what follows. Raises BadFinding,
    NotTwoOfficers, RoadClosed, DutyConflict.
    """
    require(actor, "penalty.investigate")
    opinion = statement_for("审查减免", examination.opinion)
    findings = {code: _stated(finding) for code, finding in examination.findings.items()}
    with store.work("leniency.examine", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        _check_road(work, case, "审查减免", home=home)
        check_officers(work.session, case, day=business_date(work.now))
        known = known_of(work.session, case, ring=work.key_ring, today=business_date(work.now), home=home)
        check_findings(findings, known.facts)
        found = eligibility(known.facts, findings)
        request = open_request(work.session, case.id) or _of_own_accord(work, case, home=home)
        _write_findings(work, request, found)
        _note_search(request, known)
        request.reasons, request.examined_on = opinion, business_date(work.now)
        request.limb = _leading_limb(found)
        satisfied: list[str] = [each.rule.code for each in found.limbs if each.status == "satisfied"]
        add_penalty_event(work, case, "examine", detail={"satisfied": satisfied, "earlier": request.earlier})
        settle_penalty(work, case, request=request.id, satisfied=satisfied)
        return found


@retried
def refuse(store: Store, actor: Actor, *, case_id: int, reasons: str, home: Path) -> int:
    """答复不予减免: the answer's document. What law makes binding cannot be refused.

    Raises NoRequest, NotExamined, MustNotPenalise, MustMitigate, ReasonsUnfinished, DutyConflict.
    """
    require(actor, "penalty.decide")
    with store.work("leniency.refuse", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "decide")
        request = _asked(work.session, case)
        if request.examined_on is None:
            raise NotExamined
        limbs = claims_of(work.session, request)
        found = eligibility_of(work.session, case, ring=work.key_ring, today=business_date(work.now), home=home)
        check_result(found, "ordinary", None)
        written = finished_reasons(reasons, proposed=answer_draft(found, limbs), what="不予减免的理由")
        kept = statement_for("答复不予减免", written)
        document_id = issue_answer(work, case, request, limbs, reasons=kept, decision=None, home=home)
        end_request(work, request, "refused", answer=kept)
        request.answer_document_id = document_id
        add_penalty_event(work, case, "leniency_refuse", note=request.number, document_id=document_id)
        settle_penalty(work, case, request=request.id, answer="refused")
        return document_id


@retried
def withdraw(store: Store, actor: Actor, *, case_id: int, reason: str) -> None:
    """撤回减免申请, by the party; what law makes binding is examined all the same. Raises NoRequest, DutyConflict."""
    require(actor, "leniency.apply")
    why = reason_for("撤回减免申请", reason)
    with store.work("leniency.withdraw", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "intake")
        request = _asked(work.session, case)
        end_request(work, request, "withdrawn", answer=why)
        add_penalty_event(work, case, "leniency_withdraw", note=why)
        settle_penalty(work, case, request=request.id, answer="withdrawn")


def answer_draft(found: Eligibility, limbs: tuple[Limb, ...]) -> str:
    """The reasons of a refusal as the program proposes them; somebody has to finish them."""
    return proposed_answer(tuple(found.limb(each) for each in limbs))


def _check_application(work: Work, case: PenaltyCase, new: NewLeniency, *, home: Path) -> None:
    _check_road(work, case, "收减免申请", home=home)
    waiting = open_request(work.session, case.id)
    if waiting is not None and asked_for(waiting):
        raise AskedAlready(waiting.number)
    if not new.limbs:
        raise BadApplication("减免申请至少要选一种法定情形（行政处罚法第三十条至第三十三条、第三十六条、第三十七条）。")
    for limb in new.limbs:
        if new.wanted not in LIMBS[limb].results:
            raise WrongLimb(new.wanted, LIMBS[limb])
    if "first_time" in new.limbs and not new.first_time:
        raise BadApplication("选了初次违法的，请当事人声明此前没有同种违法，再勾选“声明初次违法”。")
    if any(not piece.name.strip() or piece.pages < 1 for piece in new.evidence):
        raise BadApplication("每份证据都要写名称和页数（至少1页）。")


def _check_road(work: Work, case: PenaltyCase, deed: str, *, home: Path) -> None:
    before = road(road_facts(work.session, case, today=business_date(work.now), home=home), "before")
    if not before.open:
        raise RoadClosed(deed, before.why)


def _enter(work: Work, case: PenaltyCase, new: NewLeniency, *, home: Path) -> LeniencyRequest:
    """The request with its limbs and evidence; what officers examined of their own accord is taken up in it."""
    own = open_request(work.session, case.id)
    if own is not None:
        end_request(work, own, "withdrawn", answer="当事人提出申请，一并审查")
        work.session.flush()
    request = _request(work, case, draw_number(work, kind="leniency_application", home=home), home=home)
    request.wanted = new.wanted
    request.facts = statement_for("减免申请的事实理由", new.facts)
    request.correction = short_text(new.correction)
    request.first_time_declared = new.first_time
    work.session.add(request)
    work.session.flush()
    own_rows = {"hall_id": work.hall_id, "request_id": request.id}
    work.session.add_all(LeniencyLimbClaim(**own_rows, limb=limb) for limb in new.limbs)
    work.session.add_all(
        LeniencyEvidence(**own_rows, position=place, name=short_text(piece.name), pages=piece.pages)
        for place, piece in enumerate(new.evidence, start=1)
    )
    return request


def _of_own_accord(work: Work, case: PenaltyCase, *, home: Path) -> LeniencyRequest:
    """An examination that nobody asked for: it holds what was found, and wants nothing."""
    before = select(func.count()).where(LeniencyRequest.case_id == case.id)
    place = (work.session.scalar(before) or 0) + 1
    request = _request(work, case, f"{case.number}依职权审查{place}", home=home)
    work.session.add(request)
    work.session.flush()
    return request


def _request(work: Work, case: PenaltyCase, number: str, *, home: Path) -> LeniencyRequest:
    today = business_date(work.now)
    return LeniencyRequest(
        hall_id=work.hall_id,
        case_id=case.id,
        number=number,
        stage=stage_now(work.session, case, today=today, home=home),
        wanted="",
        facts="",
        applied_at=work.now,
        applied_on=today,
        account_id=work.actor.account_id,
        state="open",
    )


def _asked(session: Session, case: PenaltyCase) -> LeniencyRequest:
    request = open_request(session, case.id)
    if request is None or not asked_for(request):
        raise NoRequest
    return request


def _stated(finding: Finding) -> Finding:
    """As it is kept: evidence in one line, without numbers of persons."""
    return Finding(finding.status, short_text(finding.evidence))


def _write_findings(work: Work, request: LeniencyRequest, found: Eligibility) -> None:
    """Every element of every limb as it stood: the record of the examination."""
    work.session.execute(delete(LeniencyFinding).where(LeniencyFinding.request_id == request.id))
    work.session.add_all(
        LeniencyFinding(
            hall_id=work.hall_id,
            request_id=request.id,
            limb=limb.rule.code,
            element=each.element.code,
            finding=each.status,
            evidence=each.why,
            account_id=work.actor.account_id,
            at=work.now,
        )
        for limb in found.limbs
        for each in limb.elements
    )
    work.session.flush()


def _note_search(request: LeniencyRequest, known: Known) -> None:
    request.searched_from, request.searched_on = known.search.since, known.facts.today
    request.earlier = known.search.earlier


def _leading_limb(found: Eligibility) -> str:
    """What the mildest result rests on; empty where nothing is satisfied."""
    results = allowed(found)
    limbs = limbs_for(found, results[0]) if results and results[0] != "ordinary" else ()
    return limbs[0].rule.code if limbs else ""
