"""A ticket on a sheet of the page printer, issued in the transaction that takes the number."""

from datetime import datetime
from pathlib import Path

from hall.services import issuing
from hall.services.paper import ticket_value
from hall.services.papers_common import hall_block
from hall.services.papers_ticket import ticket_sheet
from hall.store import Work
from hall.store.schema.halls import Hall
from hall.store.schema.queueing import Ticket


def issue_sheet(work: Work, ticket: Ticket, *, home: Path, expires_at: datetime) -> None:
    """Put the sheet of a ticket that lives already into the spool of this station's page printer.

    From `expires_at` on it is not printed any more: an old number is worse than none.
    """
    common = hall_block(work.session.get_one(Hall, work.hall_id), clerk_name=work.actor.name)
    content = ticket_sheet(common, ticket_value(work.session, ticket))
    issuing.issue(work, case_id=None, kind="ticket_sheet", content=content, home=home, expires_at=expires_at)
