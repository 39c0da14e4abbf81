"""Somebody applies for a stall; another account admits or refuses, with every reason; it may be withdrawn."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.stalls import (
    OPEN_STATES,
    BadSite,
    CannotOnStall,
    SiteFacts,
    Standing,
    faults,
    require_open,
)
from hall.rules.vendor_credit import Admission
from hall.services import issuing
from hall.services.applications import check_ticket
from hall.services.issuing import Issued
from hall.services.persons import PersonDetails, record_details
from hall.services.reasons import short_text, statement_for
from hall.services.stall_papers import issue_application, issue_refusal
from hall.services.stall_records import (
    TOPIC,
    SameHandOnStall,
    candidate_of,
    end_application,
    facts_of,
    live_grants,
    locked,
    move_up,
    site_locked,
    stalls_of,
)
from hall.services.stall_text import categories_of
from hall.services.subject_records import add_event, settle_subject
from hall.services.vendor_reading import admission_of
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.stalls import StallApplication, StallSite
from hall.store.schema.vendors import Vendor


class AppliedAlready(Refused):
    """One open application of a person at a site."""

    def __init__(self, number: str) -> None:
        super().__init__(f"申请人在这个点位已有申请 {number} 没有办结，不用重复申请。")


class NumberForStall(Refused):
    """Without a number nobody is recognised: the same person would stand in the list twice."""

    def __init__(self) -> None:
        super().__init__("摊位一人一份申请，要凭证件号码登记。请刷身份证，或者填写证件号码。")


class NothingAgainst(Refused):
    """A refusal rests on something."""

    def __init__(self) -> None:
        super().__init__("按规则没有不予进入的情形。确有材料不实等情况的，请写明查明的事实再作决定。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStallApplication:
    """What somebody asks for. `farmer_proof`: by what own growing is shown; `goods`: what exactly is sold.

    `ticket_id`: the ticket at the counter where it is entered.
    """

    site_id: int
    person: PersonDetails = field(repr=False)
    category: str
    goods: str = ""
    farmer: bool = False
    farmer_proof: str = ""
    hardship: bool = False
    ticket_id: int | None = None


@retried
def apply(store: Store, actor: Actor, *, new: NewStallApplication, home: Path) -> Issued:
    """登记摊位申请: everybody may apply; what stands against it is told at once and decided by another.

    Raises NumberForStall, AppliedAlready, BadSite where the site is closed or does not take the category, BadNumber,
    NotAtYourCounter.
    """
    require(actor, "stall.apply")
    if not new.person.id_number.strip():
        raise NumberForStall
    with store.work("stall.apply", actor) as work:
        check_ticket(work, new.ticket_id)
        site = site_locked(work, new.site_id)
        if site.closed_on is not None or new.category not in categories_of(site):
            raise BadSite("这个点位已经停用，或者不设所申请的经营类别，请另选点位或者类别。")
        person_id = record_details(work, new.person)
        _refuse_second(work, site, person_id)
        admission = admission_of(work.session, person_id, on=business_date(work.now), home=home)
        application = _record(work, new, person_id, admission, home=home)
        work.session.add(application)
        work.session.flush()
        issued = issue_application(work, site, application, admission=admission.why, home=home)
        application.document_id = issued.document_id
        add_event(work, "stall_application", application.id, "apply", state="applied", document_id=issued.document_id)
        settle_subject(work, TOPIC, "stall_application", application.id, site=site.code, number=application.number)
        return issued


@retried
def admit(store: Store, actor: Actor, *, application_id: int, home: Path) -> None:
    """准予进入抽签, owed where nothing stands against it; by another account than entered the application.

    Raises CannotOnStall with every fault, SameHandOnStall.
    """
    require(actor, "stall.admit")
    with store.work("stall.admit", actor) as work:
        site, application = _to_decide(work, application_id)
        require_open("admit", application.state)
        admission = _admission(work, application, home=home)
        if found := _faults(work, site, application, admission):
            raise CannotOnStall(found)
        _decide(work, application, "admitted", admission)
        add_event(work, "stall_application", application_id, "admit", state="admitted")
        settle_subject(work, TOPIC, "stall_application", application_id, level=admission.level)


@retried
def refuse(store: Store, actor: Actor, *, application_id: int, reason: str, home: Path) -> Issued:
    """不予进入 with its paper, which names every fault by the rules and the reason, and the remedies.

    Where no rule stands against it, the reason has to say what was found. Who has accepted a stall is refused it only
    by a rule that stands against it by now; it goes to who waits. Raises NothingAgainst, SameHandOnStall.
    """
    require(actor, "stall.admit")
    with store.work("stall.admit", actor) as work:
        site, application = _to_decide(work, application_id)
        require_open("refuse", application.state)
        admission = _admission(work, application, home=home)
        found = _faults(work, site, application, admission)
        if not found and (application.state == "accepted" or not reason.strip()):
            raise NothingAgainst
        why = statement_for("不予进入", reason) if reason.strip() else ""
        _decide(work, application, "refused", admission)
        application.ended_why = why or "".join(found)
        issued = issue_refusal(work, site, application, faults=found, reason=why, home=home)
        application.document_id = issued.document_id
        if application.offered_stall_id is not None:
            application.offered_stall_id = application.offered_until = None
            move_up(work, site, home=home)
        add_event(work, "stall_application", application_id, "refuse", state="refused", document_id=issued.document_id)
        settle_subject(work, TOPIC, "stall_application", application_id, faults=len(found), document=issued.number)
        return issued


@retried
def withdraw(store: Store, actor: Actor, *, application_id: int, reason: str, home: Path) -> None:
    """撤回申请, at any time before the certificate; a stall that was kept goes to who waits."""
    require(actor, "stall.apply")
    why = short_text(reason) or "本人撤回"
    with store.work("stall.apply", actor) as work:
        site, application = locked(work, StallApplication, application_id)
        require_open("withdraw", application.state)
        end_application(work, application, "withdrawn", why=why)
        move_up(work, site, home=home)
        settle_subject(work, TOPIC, "stall_application", application_id, state="withdrawn")


def standing_against(work: Work, site: StallSite, application: StallApplication, *, home: Path) -> tuple[str, ...]:
    """Everything that stands against it today, by the rules; who was offered a stall does not lose it by a closing."""
    return _faults(work, site, application, _admission(work, application, home=home))


def _to_decide(work: Work, application_id: int) -> tuple[StallSite, StallApplication]:
    site, application = locked(work, StallApplication, application_id)
    if application.account_id == work.actor.account_id:
        raise SameHandOnStall("这份申请", "审查")
    return site, application


def _admission(work: Work, application: StallApplication, *, home: Path) -> Admission:
    return admission_of(work.session, application.person_id, on=business_date(work.now), home=home)


def _faults(work: Work, site: StallSite, application: StallApplication, admission: Admission) -> tuple[str, ...]:
    held = any(grant.person_id == application.person_id for grant in live_grants(work.session, site.id))
    return faults(
        candidate_of(application),
        Standing(admission.admitted, admission.why, holds_here=held),
        SiteFacts(
            categories_of(site),
            tuple(facts_of(stall) for stall in stalls_of(work.session, site.id) if stall.closed_on is None),
            closed=site.closed_on is not None and application.offered_stall_id is None,
        ),
    )


def _decide(work: Work, application: StallApplication, state: str, admission: Admission) -> None:
    application.state, application.level, application.admission_why = state, admission.level, admission.why
    application.decided_on, application.decided_by = business_date(work.now), work.actor.account_id


def _refuse_second(work: Work, site: StallSite, person_id: int) -> None:
    query = select(StallApplication.number).where(
        StallApplication.site_id == site.id,
        StallApplication.person_id == person_id,
        StallApplication.state.in_(OPEN_STATES),
    )
    if number := work.session.scalar(query):
        raise AppliedAlready(number)


def _record(
    work: Work, new: NewStallApplication, person_id: int, admission: Admission, *, home: Path
) -> StallApplication:
    return StallApplication(
        hall_id=work.hall_id,
        number=issuing.draw_number(work, kind="stall_application", home=home),
        site_id=new.site_id,
        person_id=person_id,
        ticket_id=new.ticket_id,
        vendor_id=work.session.scalar(select(Vendor.id).where(Vendor.person_id == person_id)),
        category=new.category,
        farmer=new.farmer,
        farmer_proof=short_text(new.farmer_proof),
        goods=short_text(new.goods),
        hardship=new.hardship,
        applied_at=work.now,
        account_id=work.actor.account_id,
        state="applied",
        level=admission.level,
        admission_why=admission.why,
    )
