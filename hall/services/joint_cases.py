"""Joint cases (联办): one application, one answer, and a part for each other department that takes part.

Inside one bureau several departments are one authority (行政许可法 26(1)): the case keeps its limit of 42(1), and a
part has to be done inside the promise. A part is a case of its own to its department, and a step to the statistics.
"""

from datetime import date

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.catalogue import Limit, Matter
from hall.services import clocks
from hall.services.case_records import Detail, Hand, add_event, hand_to
from hall.services.catalogue import MatterInForce, matter_in_force, version_numbered
from hall.services.schedules import FAR
from hall.services.steps import enter_step
from hall.store import Work
from hall.store.schema.permits import PermitCase


class SameDepartment(Refused):
    """Every part of a joint case is another department's."""

    def __init__(self, matter: Matter) -> None:
        super().__init__(
            f"联办的每个分办件由不同科室承办：“{matter.name}”的{matter.department}已经在办，请去掉这一项。"
        )


def check_parts(work: Work, main: MatterInForce, codes: tuple[str, ...]) -> None:
    """Raise SameDepartment unless each part is a department's of its own; NoSuchMatter for an unknown code."""
    seen = {main.department_id}
    for code in codes:
        part = matter_in_force(work.session, work.hall_id, code, business_date(work.now))
        if part.department_id in seen:
            raise SameDepartment(part.matter)
        seen.add(part.department_id)


def open_parts(work: Work, case: PermitCase, codes: tuple[str, ...], *, accepted_on: date) -> tuple[int, ...]:
    """The parts of a joint case begin with its acceptance; gives their ids."""
    main = version_numbered(work.session, case.matter_version_id).matter
    return tuple(
        _open_part(work, case, main, code, place=place, accepted_on=accepted_on)
        for place, code in enumerate(codes, start=1)
    )


def _open_part(work: Work, case: PermitCase, main: Matter, code: str, *, place: int, accepted_on: date) -> int:
    matter = matter_in_force(work.session, work.hall_id, code, business_date(work.now))
    part = PermitCase(
        hall_id=work.hall_id,
        receipt_number=f"{case.receipt_number}-{place}",
        acceptance_number=f"{case.acceptance_number}-{place}",
        matter_version_id=matter.version_id,
        matter_id=matter.matter_id,
        applicant_id=case.applicant_id,
        agent_id=case.agent_id,
        agent_authority=case.agent_authority,
        department_id=matter.department_id,
        account_id=case.account_id,
        parent_id=case.id,
        channel=case.channel,
        purpose=case.purpose,
        handling="joint",
        subject=case.subject,
        state="accepted",
        received_at=case.received_at,
        accepted_at=work.now,
        accepted_on=accepted_on,
        accepted_how=case.accepted_how,
        urgency=FAR,
        warning_days=case.warning_days,
    )
    work.session.add(part)
    work.session.flush()
    detail: Detail = {"parent": case.id, "matter": code, "how": case.accepted_how, "handling": "joint"}
    add_event(work, part, "accept", detail=detail, day=accepted_on)
    hand_to(work, part, Hand(part.department_id))
    if main.statutory is not None:
        clocks.start(work, part, "statutory", limit=main.statutory, started_on=accepted_on)
    if (limit := _shorter(matter.matter, main)) is not None:
        clocks.start(work, part, "joint", limit=limit, started_on=accepted_on, subject=matter.matter.department)
    enter_step(work, part)
    clocks.refresh(work, part)
    work.changed("case", str(part.id))
    return part.id


def _shorter(part: Matter, main: Matter) -> Limit | None:
    """What the department has: its own promise, and never longer than that of the whole."""
    whole, own = main.promised or main.statutory, part.promised or part.statutory
    if whole is None or own is None or whole.unit != own.unit:
        return whole or own
    return min(whole, own, key=lambda limit: limit.days)
