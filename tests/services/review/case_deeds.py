"""Everything that can be done to a case, each deed by whom it belongs to: what a random walk picks from."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import exists, select

from hall.rules.authority import may
from hall.rules.catalogue import Limit
from hall.rules.intake import SupplementLine
from hall.rules.people import system_actor
from hall.services import (
    accepting,
    archiving,
    certifying,
    closing,
    extending,
    refusing,
    reopening,
    serving_papers,
    supplementing,
    suspending,
)
from hall.services.applications import Application
from hall.services.case_facts import TO_SERVE
from hall.services.papers_intake import Defect
from hall.services.reviewing import DenialReport, Proposal
from hall.services.serving_papers import Service
from hall.services.suspending import SuspensionRequest
from hall.store.schema.certificates import ServiceRecord
from hall.store.schema.documents import Document
from hall.store.schema.permits import CaseSupplementItem
from hall.store.schema.reviewing import CaseConsultation, CaseHearing, CaseVisit
from tests.services.review.bureau import DENIAL, FOREIGN_BASE, GRANT, Bureau, all_of

# Each deed gets the bureau, the case and a number to pick other things by; an odd one often takes the wrong way.
Deed = Callable[[Bureau, int, int], object]
MATTERS = ("M-plain", "M-strict", "M-safe", "M-joint")


def publish_matters(bureau: Bureau) -> None:
    """Three kinds: everything allowed, everything demanded, nothing that safety forbids."""
    steps = bureau.steps(accepted=1, reviewing=3, examining=2, approving=2)
    base = bureau.matter()
    secondary = tuple(replace(rule, secondary=rule.position == len(base.materials)) for rule in base.materials)
    whole = tuple(replace(rule, required=True) for rule in secondary)
    usual = {"steps": steps, "extension_days": 3, "materials": whole, "promised": Limit(6, "workday")}
    bureau.publish("M-plain", **usual, default_allowed=True, lacking_allowed=True)
    bureau.publish("M-strict", **usual, site_visit=True, legal_review=True, refusal_report=True)
    bureau.publish("M-joint", **usual, default_allowed=True)
    other = bureau.department(FOREIGN_BASE)
    bureau.publish("M-part", **{**usual, "department": other, "promised": Limit(4, "workday")}, default_allowed=True)
    bureau.publish("M-safe", **{**usual, "promised": Limit(0, "workday"), "safety": True})


def receive(bureau: Bureau, code: str, *, lacking: bool) -> int:
    """An application at the counter, complete or without its last material; a joint one has a part."""
    parts = ("M-part",) if code == "M-joint" else ()
    application: Application = bureau.application(code, joint_parts=parts)
    if lacking:
        application = replace(application, materials=application.materials[:-1])
    return bureau.receive(application)


def _all(bureau: Bureau, case_id: int) -> tuple[object, ...]:
    return all_of(bureau.matter_of(case_id))


def _first(bureau: Bureau, case_id: int, record: type[CaseVisit | CaseHearing], *states: str) -> int:
    with bureau.store.read() as session:
        wanted = select(record.id).where(record.case_id == case_id, record.state.in_(states))
        return session.scalar(wanted.order_by(record.id).limit(1)) or 0


def _holder(bureau: Bureau, case_id: int, login: str) -> str:
    """Who has the case, if that is one of the bureau; else the one that it should be."""
    holder = bureau.case(case_id).officer_id
    return next((name for name, actor in bureau.people.items() if actor.account_id == holder), login)


def _own(bureau: Bureau, case_id: int, login: str) -> str:
    """The same post in the department of the case: a part is another's."""
    if bureau.case(case_id).parent_id is None:
        return login
    return {"reviewer": "foreign", "head": "foreign_head"}.get(login, login)


def _reviewer(bureau: Bureau, case_id: int, pick: int) -> str:
    return "everything" if pick == 3 else _holder(bureau, case_id, _own(bureau, case_id, "reviewer"))


def _visit(bureau: Bureau, case_id: int, pick: int) -> None:
    desk = bureau.desk(_reviewer(bureau, case_id, pick))
    booked = _first(bureau, case_id, CaseVisit, "booked")
    if not booked:
        desk.book_visit(case_id, at=bureau.clock.instant - timedelta(hours=2), place="向阳路18号")
    elif pick == 1:
        desk.cancel_visit(case_id, booked, "改期")
    else:
        desk.make_visit(case_id, booked, bureau.visit_record(passed=pick != 2))


def _hearing(bureau: Bureau, case_id: int, pick: int) -> None:
    desk = bureau.desk(_reviewer(bureau, case_id, pick))
    told, asked, noticed = (_first(bureau, case_id, CaseHearing, state) for state in ("told", "asked", "noticed"))
    if pick == 1 and (told or noticed):
        desk.waive_hearing(case_id, told or noticed, "不申请")
    elif told:
        desk.ask_hearing(case_id, told)
    elif asked:
        day = bureau.workday_after(8)
        bureau.announce(case_id, day=(day.year, day.month, day.day), chair="deputy", hearing_id=asked)
    elif noticed:
        bureau.hold(case_id)
    else:
        desk.tell_hearing_right(case_id, "占道位置")


def _consult(bureau: Bureau, case_id: int, pick: int) -> None:
    desk = bureau.desk(_reviewer(bureau, case_id, pick))
    with bureau.store.read() as session:
        waiting = session.scalar(
            select(CaseConsultation.id)
            .where(CaseConsultation.case_id == case_id, CaseConsultation.answered_on.is_(None))
            .limit(1)
        )
    if waiting is not None:
        desk.consultation_answered(case_id, waiting, agrees=pick != 2, text="没有意见")
        return
    answer_by = bureau.clock.instant.date() + timedelta(days=5)
    desk.consult(case_id, unit="交警大队", question="是否影响交通", answer_by=answer_by)


def _suspend(bureau: Bureau, case_id: int, pick: int) -> object:
    requests = (
        SuspensionRequest("testing", Limit(3, "workday"), "检测机构", "检测承重"),
        SuspensionRequest("tender", None, "本机关", "招标"),
        SuspensionRequest("expert_review", Limit(5, "workday"), "专家组", "评审方案"),
        SuspensionRequest("visit", None, "本机关", "现场勘查"),
    )
    actor = bureau.people[_holder(bureau, case_id, "reviewer")]
    return suspending.suspend(bureau.store, actor, case_id=case_id, request=requests[pick], home=bureau.home)


def _resume(bureau: Bureau, case_id: int, pick: int) -> object:
    actor = bureau.people[_holder(bureau, case_id, "reviewer")]
    open_now = [each.procedure for each in bureau.pauses(case_id) if each.ended_on is None]
    procedure = open_now[pick % len(open_now)] if open_now else "testing"
    return suspending.resume(
        bureau.store, actor, case_id=case_id, procedure=procedure, result="结果合格", home=bureau.home
    )


def _answer(bureau: Bureau, case_id: int, pick: int) -> object:
    with bureau.store.read() as session:
        positions = tuple(
            session.scalars(
                select(CaseSupplementItem.position).where(
                    CaseSupplementItem.supplement_id == bureau.open_supplement(case_id)
                )
            )
        )
    return bureau.desk("clerk").answer(case_id, positions[:1] if pick == 1 else positions or (1,))


def _ask(bureau: Bureau, case_id: int, pick: int) -> object:
    items = (Defect("平面图", "没有尺寸", "标注尺寸"), Defect("申请表", "没有签名", "签名"))
    return bureau.desk(_reviewer(bureau, case_id, pick)).ask(case_id, items[: 1 + pick % 2])


def _propose(bureau: Bureau, case_id: int, pick: int) -> None:
    verdict = "denied" if pick == 2 else "granted"
    bureau.desk(_reviewer(bureau, case_id, pick)).propose(case_id, Proposal(verdict, "拟办如上"))  # type: ignore[arg-type]


def _decide(bureau: Bureau, case_id: int, pick: int) -> object:
    wanted = {"granted": GRANT, "denied": DENIAL}.get(bureau.case(case_id).proposal, GRANT)
    return bureau.desk("everything" if pick == 3 else "approver").decide(case_id, wanted)


def _send_back(bureau: Bureau, case_id: int, pick: int) -> None:
    by = {"examining": "head", "legal_review": "lawyer", "approving": "approver"}
    login = by.get(bureau.case(case_id).state, "reviewer")
    bureau.desk(_holder(bureau, case_id, login)).send_back(case_id, "请再核对")


def _extend(bureau: Bureau, case_id: int, pick: int) -> object:
    days = ({"statutory": 10}, {"statutory": 5, "promised": 3}, {"promised": 3}, {"statutory": 11})[pick]
    return extending.extend(
        bureau.store,
        bureau.people["approver"],
        case_id=case_id,
        days=days,  # type: ignore[arg-type]
        reason="情况复杂",
        home=bureau.home,
    )


def _serve(bureau: Bureau, case_id: int, pick: int) -> object:
    today = bureau.clock.instant.date()
    served = exists().where(ServiceRecord.document_id == Document.id)
    with bureau.store.read() as session:
        papers = tuple(
            session.scalars(
                select(Document.id).where(Document.case_id == case_id, Document.kind.in_(TO_SERVE), ~served)
            )
        )
    service = Service(way="direct", sent_on=today, served_on=today, recipient="张测明", capacity="本人")
    return serving_papers.serve(
        bureau.store,
        bureau.people["clerk"],
        case_id=case_id,
        document_ids=papers or (10**6,),
        service=service,
        home=bureau.home,
    )


def _end(bureau: Bureau, case_id: int, pick: int) -> object:
    if pick == 1:
        return closing.terminate(
            bureau.store,
            bureau.people["head"],
            case_id=case_id,
            limb="natural",
            reason="活动已经取消",
            home=bureau.home,
        )
    return closing.withdraw(
        bureau.store, bureau.people["clerk"], case_id=case_id, reason="申请人撤回", home=bureau.home
    )


def _assign(bureau: Bureau, case_id: int, pick: int) -> None:
    to = ("reviewer", "other", "head", "everything")[pick]
    bureau.desk("boss").assign(case_id, bureau.id_of(to))


def _claim(bureau: Bureau, case_id: int, pick: int) -> None:
    login = ("reviewer", "other", "head", "foreign")[pick]
    assert may(bureau.people[login], "case.claim")
    bureau.desk(login).claim(case_id)


def _clerk(bureau: Bureau, pick: int) -> str:
    return "everything" if pick == 3 else "clerk"


DEEDS: Mapping[str, Deed] = {
    "supplement": lambda b, c, p: supplementing.supplement(
        b.store,
        b.people["clerk"],
        submission=c,
        lines=(SupplementLine(len(b.matter_of(c).materials), "没有提交", "请提交"),),
        home=b.home,
        slip=False,
    ),
    "resubmit": lambda b, c, p: supplementing.resubmit(
        b.store,
        b.people["clerk"],
        case_id=c,
        materials=_all(b, c)[: -1 if p == 1 else None],  # type: ignore[arg-type]
        home=b.home,
        slip=False,
    ),
    "correct": lambda b, c, p: supplementing.correct(
        b.store, b.people["clerk"], submission=c, what="改正日期", home=b.home, slip=False
    ),
    "refuse": lambda b, c, p: refusing.refuse(
        b.store,
        b.people["clerk"],
        submission=c,
        limb="not_competent",
        reason="属于住建部门职责",
        competent_authority="区住房和城乡建设局",
        home=b.home,
        slip=False,
    ),
    "accept": lambda b, c, p: accepting.accept(b.store, b.people[_clerk(b, p)], submission=c, home=b.home, slip=False),
    "accept_lacking": lambda b, c, p: accepting.accept_lacking(
        b.store, b.people[_clerk(b, p)], submission=c, home=b.home, slip=False
    ),
    "deem": lambda b, c, p: accepting.deem_accepted(b.store, system_actor(b.store.hall_id), case_id=c, home=b.home),
    "complete": lambda b, c, p: accepting.complete(
        b.store,
        b.people["clerk"],
        case_id=c,
        materials=_all(b, c),  # type: ignore[arg-type]
    ),
    "hand_over": lambda b, c, p: b.desk("clerk").hand_over(c),
    "take": lambda b, c, p: b.desk(_own(b, c, ("reviewer", "other", "head", "foreign")[p])).take(c),
    "claim": _claim,
    "release": lambda b, c, p: b.desk(_reviewer(b, c, p)).release(c, "另有任务"),
    "assign": _assign,
    "ask": _ask,
    "answer": _answer,
    "visit": _visit,
    "hearing": _hearing,
    "consult": _consult,
    "suspend": _suspend,
    "resume": _resume,
    "propose": _propose,
    "examine": lambda b, c, p: b.desk(_holder(b, c, _own(b, c, "head"))).examine(c, agree=p != 2, text="同意"),
    "legal": lambda b, c, p: b.desk("lawyer").review_by_law(c, agree=p != 2, text="合法"),
    "report": lambda b, c, p: b.desk("head").report_denial(
        c, DenialReport("莲城区人民政府", "占用消防通道", "不影响消防通道", "城市道路管理条例第三十一条")
    ),
    "send_back": _send_back,
    "decide": _decide,
    "default": lambda b, c, p: b.desk("approver").default(c),
    "extend": _extend,
    "certify": lambda b, c, p: certifying.certify(
        b.store, b.people["clerk"], case_id=c, terms=certifying.Terms(unlimited=True), home=b.home
    ),
    "serve": _serve,
    "tell": lambda b, c, p: serving_papers.tell(
        b.store, b.people["clerk"], case_id=c, told_on=b.clock.instant.date(), note="电话通知领取", home=b.home
    ),
    "finish": lambda b, c, p: closing.finish(b.store, b.people["clerk"], case_id=c),
    "end": _end,
    "archive": lambda b, c, p: archiving.archive(b.store, b.people["clerk"], case_id=c, home=b.home),
    "reopen": lambda b, c, p: reopening.reopen(b.store, b.people["boss"], case_id=c, reason="纠正错误"),
}

# What makes sense in a state: tried more often, so that a walk gets somewhere.
LIKELY: Mapping[str, tuple[str, ...]] = {
    "received": ("accept", "accept", "accept_lacking", "supplement", "correct", "deem", "refuse"),
    "supplementing": ("resubmit", "resubmit", "resubmit", "end"),
    "accepted": ("hand_over", "take", "take", "decide", "extend", "default"),
    "reviewing": (
        *("propose", "propose", "propose", "visit", "visit", "hearing", "consult", "suspend", "ask", "answer"),
        *("release", "claim", "assign", "send_back", "extend", "default"),
    ),
    "suspended": ("resume", "resume", "hearing", "hearing", "suspend", "visit", "answer", "extend"),
    "examining": ("examine", "examine", "examine", "send_back", "report", "assign", "claim"),
    "legal_review": ("legal", "legal", "send_back", "report"),
    "approving": ("decide", "decide", "decide", "report", "send_back", "extend"),
    "decided": ("serve", "serve", "certify", "certify", "complete", "tell", "finish", "finish"),
    "finished": ("archive", "reopen"),
    "refused": ("serve", "archive", "reopen"),
    "withdrawn": ("serve", "archive", "reopen"),
    "terminated": ("serve", "archive", "reopen"),
    "archived": ("reopen",),
}
