"""The end of a licence by decision: 撤回 (行政许可法 8), 撤销 (69), 注销 (70), each on a limb of law, by document."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.certificates import ENDED_AS, Limb, check_ending
from hall.rules.people import Actor
from hall.services import issuing, papers_decision, publicity
from hall.services.bars import add_bar
from hall.services.case_facts import acts_done
from hall.services.case_records import Detail, case_locked
from hall.services.catalogue import version_numbered
from hall.services.certificate_rules import certificate_rules, rule_today
from hall.services.certificates import add_certificate_event, certificate_in_hall, certificate_locked
from hall.services.clocks import refresh
from hall.services.paper_head import paper_head
from hall.services.papers_common import Fields
from hall.services.persons import refuse_numbers
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import Certificate
from hall.store.schema.permits import PermitCase
from hall.words import LICENCE_ENDINGS

REQUESTED = "requested"


class MadeItOneself(Refused):
    """Whoever made a certificate does not decide on its end."""

    def __init__(self, how: str) -> None:
        super().__init__(f"这张证件是您制作的，不能由您决定{LICENCE_ENDINGS[how]}，请交给另一位批准人。")


class BackDated(Refused):
    """An ending takes effect from the day it is decided, or later."""

    def __init__(self, today: date) -> None:
        super().__init__(f"生效日期不能早于今天（{today}）。")


@dataclass(frozen=True, slots=True)
class Ending:
    """What the approver decides. `public_harm`: revoking might gravely harm the public interest (69(3))."""

    limb: str
    facts: str
    effective_on: date
    return_by: date | None = None
    compensation: str = ""
    public_harm: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A licence that was ended; `barred_until` where its holder may not apply again."""

    state: str
    document_id: int
    document_number: str
    barred_until: date | None


@retried
def end_certificate(store: Store, actor: Actor, *, certificate_id: int, ending: Ending, home: Path) -> Ended:
    """Recall, revoke or cancel. Raises CannotEnd with every reason, MadeItOneself, NoSuchLimb, NoSuchCertificate."""
    require(actor, "certificate.end")
    refuse_numbers(f"{ending.facts} {ending.compensation}")
    with store.work("certificate.end", actor) as work:
        case = case_locked(work, certificate_in_hall(work.session, work.hall_id, certificate_id).case_id)
        record = certificate_locked(work, certificate_id)
        limb = rule_today(work, home).limb(ending.limb)
        _check(work, record, ending, limb=limb)
        issued = issuing.issue(
            work, case_id=case.id, kind="ending", content=_paper(work, case, record, ending, limb), home=home
        )
        record.state, record.state_on, record.state_reason = ENDED_AS[limb.how], ending.effective_on, limb.words
        detail: Detail = {
            "limb": limb.code,
            "effective_on": ending.effective_on.isoformat(),
            "document": issued.document_id,
        }
        add_certificate_event(work, record, limb.how, detail)
        if limb.how != "cancel":
            publicity.permit_overturned(work, case.id, f"{issued.number}：{limb.words}")
        barred_until = _bar(work, case, limb)
        refresh(work, case)
        work.audit(
            f"certificate:{record.id}",
            state=record.state,
            limb=limb.code,
            document=issued.number,
            barred_until=str(barred_until or ""),
        )
        work.changed("certificate", str(record.id))
        work.changed("case", str(case.id))
        return Ended(record.state, issued.document_id, issued.number, barred_until)


def limbs(store: Store, actor: Actor, *, home: Path) -> tuple[Limb, ...]:
    """The limbs of law in force today, for the form."""
    require(actor, "certificate.read")
    return certificate_rules(home).in_force(business_date(store.clock.now())).limbs


def _check(work: Work, record: Certificate, ending: Ending, *, limb: Limb) -> None:
    today = business_date(work.now)
    if work.actor.account_id in acts_done(work.session, record.case_id).get("certify", frozenset()):
        raise MadeItOneself(limb.how)
    check_ending(
        limb,
        record.state,
        facts=ending.facts,
        compensation=ending.compensation,
        public_harm=ending.public_harm,
        days_left=(record.valid_to - today).days if record.valid_to else None,
    )
    if ending.effective_on < today:
        raise BackDated(today)


def _paper(work: Work, case: PermitCase, record: Certificate, ending: Ending, limb: Limb) -> Fields:
    matter = version_numbered(work.session, record.matter_version_id).matter
    return papers_decision.ending(
        paper_head(work, case),
        kind=limb.how,
        certificate_name=matter.certificate_name,
        certificate_number=record.number,
        limb=f"{limb.words}（《中华人民共和国行政许可法》{limb.article}）",
        facts=ending.facts,
        effective_on=ending.effective_on,
        return_by=ending.return_by,
        compensation=ending.compensation,
    )


def cancel_requested(work: Work, case: PermitCase, *, document_id: int, home: Path) -> None:
    """Within the work that grants a holder's request to cancel: the decision itself is the document."""
    if case.purpose != "cancel" or case.certificate_id is None:
        return
    record, limb = certificate_locked(work, case.certificate_id), rule_today(work, home).limb(REQUESTED)
    if record.state != "valid":
        return
    record.state, record.state_on, record.state_reason = "cancelled", business_date(work.now), limb.words
    add_certificate_event(work, record, limb.how, {"limb": limb.code, "document": document_id, "request": case.id})
    work.changed("certificate", str(record.id))


def _bar(work: Work, case: PermitCase, limb: Limb) -> date | None:
    if not limb.bars or not version_numbered(work.session, case.matter_version_id).matter.safety:
        return None
    return add_bar(work, case, rule_name=limb.bars, reason=limb.words).until_day
