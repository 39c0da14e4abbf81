"""The receipt and the acceptance notice of a case, issued from its records within the caller's work."""

from datetime import date
from pathlib import Path

from hall.rules.catalogue import Matter
from hall.rules.clocks import ClockStart
from hall.rules.permits import AcceptedHow
from hall.services import issuing, persons, spool
from hall.services.case_materials import handed_in
from hall.services.case_paper import Content, case_content, how_fields
from hall.services.issuing import Issued
from hall.services.persons import ORGANISATION
from hall.store import Work
from hall.store.schema.halls import Hall
from hall.store.schema.people import Person
from hall.store.schema.permits import PermitCase


def issue_receipt(
    work: Work,
    case: PermitCase,
    matter: Matter,
    *,
    number: str,
    check_due: date | None,
    home: Path,
    slip: bool,
    accepted_on: date | None = None,
    starts: tuple[ClockStart, ...] = (),
) -> Issued:
    """申请材料接收凭证. `accepted_on` and the limits that `starts` are told where the case is accepted at once."""
    content = _content(work, case, matter, starts=starts, check_due=check_due, accepted_on=accepted_on)
    printer: spool.Printer = "slip" if slip else "page"
    return issuing.issue(
        work, case_id=case.id, kind="receipt", content=content, home=home, printer=printer, number=number
    )


def issue_acceptance(
    work: Work,
    case: PermitCase,
    matter: Matter,
    *,
    how: AcceptedHow,
    accepted_on: date,
    starts: tuple[ClockStart, ...],
    home: Path,
    printer: spool.Printer | None,
) -> Issued:
    """受理通知书: how it was accepted, with both due days."""
    content = {
        **_content(work, case, matter, starts=starts, check_due=None, accepted_on=accepted_on),
        **how_fields(how),
    }
    return issuing.issue(work, case_id=case.id, kind="acceptance", content=content, home=home, printer=printer)


def _content(
    work: Work,
    case: PermitCase,
    matter: Matter,
    *,
    starts: tuple[ClockStart, ...],
    check_due: date | None,
    accepted_on: date | None,
) -> Content:
    applicant = persons.opened(work.session.get_one(Person, case.applicant_id), work.key_ring)
    agent = work.session.get(Person, case.agent_id) if case.agent_id is not None else None
    content = case_content(
        work.session.get_one(Hall, work.hall_id),
        matter,
        received_at=case.received_at,
        applicant_name=applicant.name,
        applicant_id=applicant.id_number,
        materials=handed_in(work.session, case.id),
        clocks=starts,
        channel=case.channel,
        clerk_name=work.actor.name,
        receipt_number=case.receipt_number,
        check_due=check_due,
        accepted_on=accepted_on,
        agent_name=agent.name if agent is not None else "",
    )
    if applicant.kind == ORGANISATION:  # its name and its code are public
        content |= {"applicant_name_masked": applicant.name, "applicant_id_masked": applicant.id_number}
    return content
