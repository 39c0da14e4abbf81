"""A renewal nobody decided before the certificate expired counts as granted (行政许可法 50(2)): the case follows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.services import clocks, issuing, papers_decision
from hall.services.case_facts import facts_of
from hall.services.case_records import advance
from hall.services.catalogue import version_numbered
from hall.services.decision_records import conclude, drop_pending, reckoned, start_delivery
from hall.services.paper_head import name_of, paper_head
from hall.services.steps import enter_step
from hall.services.subject_notices import Addressee, notify
from hall.store import Work
from hall.store.schema.permits import PermitCase

NOTE = "期满未决定，视为准予延续"
BASIS = "《中华人民共和国行政许可法》第五十条第二款"


def decide_by_silence(work: Work, case: PermitCase, *, ended: date, valid_to: date | None, home: Path) -> None:
    """Within the caller's work: the decision the law makes, its notice, and the clock of its delivery.

    It takes effect on the last day of the old validity, whatever procedure was still open: the fiction knows none.
    """
    today = business_date(work.now)
    drop_pending(work, case, "default")
    told = reckoned(work, case, "default")
    known = replace(facts_of(work.session, case, day=today), default_allowed=True, statutory_over=True)
    advance(work, case, "default", facts=known, day=ended, note=NOTE, detail=told)
    conclude(work, case, "default")
    case.decided_on = ended
    deliver_by = start_delivery(work, case).due_on
    enter_step(work, case)
    matter = version_numbered(work.session, case.matter_version_id).matter
    content = papers_decision.default_notice(
        paper_head(work, case),
        department=matter.department,
        responsible_name=name_of(work.session, case.officer_id) or matter.department,
        due_on=ended,
        defaulted_on=ended,
        effect=f"视为准予延续，有效期延续至{valid_to}",
        basis=BASIS,
        deliver_by=deliver_by,
    )
    issuing.issue(work, case_id=case.id, kind="default_notice", content=content, home=home)
    text = f"{case.receipt_number} 的延续申请期满没有决定，已视为准予延续。请制作证件送达，并说明未按期决定的原因。"
    to = (Addressee(role="head", department_id=case.department_id), Addressee(role="manager"))
    notify(work, "permit_case", case.id, kind="renewed_silent", text=text, to=to)
    clocks.refresh(work, case)
    work.changed("case", str(case.id))
