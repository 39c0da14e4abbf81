"""Refusal to accept (不予受理): in writing, with limb, reason and who is competent; the materials are given back."""

from dataclasses import dataclass
from pathlib import Path

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.intake import Limb, check_limb
from hall.rules.people import Actor
from hall.services import clocks, issuing
from hall.services.case_materials import handed_in
from hall.services.case_records import Detail, advance
from hall.services.hands import settle
from hall.services.paper_head import paper_head
from hall.services.papers_intake import refusal
from hall.services.reasons import short_text, statement_for
from hall.services.receiving import Submission, take_up
from hall.store import Store
from hall.store.retrying import retried


@dataclass(frozen=True, slots=True)
class RefusedCase:
    """A case that was not accepted, and the decision that says so."""

    case_id: int
    receipt_number: str
    document_id: int
    number: str


@retried
def refuse(
    store: Store,
    actor: Actor,
    *,
    submission: Submission,
    limb: Limb,
    reason: str,
    competent_authority: str = "",
    home: Path,
    slip: bool = True,
) -> RefusedCase:
    """Refuse to accept an application, or a received case; every material goes back to the applicant.

    Raises NoAuthority, PastTelling, and what `receive` and `rules.permits` refuse.
    """
    require(actor, "case.refuse")
    check_limb(limb, competent_authority)
    why, authority = statement_for("不予受理", reason), short_text(competent_authority)
    with store.work("case.refuse", actor) as work:
        case = take_up(work, submission, home=home, slip=slip, barred=limb == "barred").case
        content = refusal(paper_head(work, case), limb=limb, reason=why, competent_authority=authority)
        issued = issuing.issue(work, case_id=case.id, kind="refusal", content=content, home=home)
        returned = [each.position for each in handed_in(work.session, case.id)]
        clocks.stop_all(work, case, on=business_date(work.now), how="refused")
        detail: Detail = {"limb": limb, "authority": authority, "returned": returned}
        advance(work, case, "refuse", note=why, detail=detail, document_id=issued.document_id)
        settle(work, case, receipt=case.receipt_number, refusal=issued.number, limb=limb)
        return RefusedCase(case.id, case.receipt_number, issued.document_id, issued.number)
