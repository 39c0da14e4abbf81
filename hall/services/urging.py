"""催办: the applicant or a leader asks for a case to go on; counted, and told to whoever has it."""

from typing import Literal

from sqlalchemy import func, select

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.supervision_words import URGED_BY
from hall.services.case_addressees import addressees
from hall.services.case_records import case_locked
from hall.services.reasons import short_text
from hall.services.subject_notices import notify
from hall.services.supervision import NothingToSupervise
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.supervision import CaseUrging

UrgedBy = Literal["applicant", "leader"]


@retried
def urge(store: Store, actor: Actor, *, case_id: int, by: UrgedBy, text: str = "") -> int:
    """Keep it and tell the officer; gives how often the case has been urged. Raises NothingToSupervise."""
    require(actor, "case.urge")
    note = short_text(text)
    with store.work("case.urge", actor) as work:
        case = case_locked(work, case_id)
        if case.closed_at is not None:
            raise NothingToSupervise
        work.session.add(
            CaseUrging(
                hall_id=work.hall_id,
                case_id=case.id,
                at=work.now,
                by=by,
                account_id=actor.account_id,
                text=note,
            )
        )
        work.session.flush()
        count = work.session.scalar(select(func.count()).where(CaseUrging.case_id == case.id)) or 0
        number = case.acceptance_number or case.receipt_number
        said = f"{number}：{URGED_BY[by]}第{count}次催办" + (f"，{note}" if note else "")
        to = addressees(work.session, case, "officer", day=business_date(work.now))
        notify(work, "permit_case", case.id, kind="urging", text=said, to=to)
        work.audit(f"case:{case.id}", by=by, count=count)
        work.changed("case", str(case.id))
        return count
