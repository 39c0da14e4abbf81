"""The number on a sheet (号单), for a station that has a page printer and no slip printer."""

from hall.printing.tickets import TicketSlip, booked_text, wait_text
from hall.services.papers_common import Fields, minute_text


def ticket_sheet(common: Fields, ticket: TicketSlip) -> Fields:
    """`ticket_sheet` 号单: what the slip says, one matter a line; the name is masked already, no number is told."""
    several = len(ticket.matters) > 1
    matters = (f"{place}．{name}" if several else name for place, name in enumerate(ticket.matters, start=1))
    return {
        **common,
        "ticket_code": ticket.code,
        "priority": ticket.priority,
        "matters": "\n".join(matters),
        "place": ticket.place,
        "waiting": f"{ticket.waiting_ahead}人",
        "minutes": wait_text(ticket.minutes),
        "issued_at": minute_text(ticket.issued_at),
        "masked_name": ticket.masked_name,
        "appointment": booked_text(*ticket.appointment) if ticket.appointment else "",
        "hints": "\n".join(ticket.hints),
    }
