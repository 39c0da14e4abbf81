"""What the monthly report counts of requests: plain numbers of those received between two days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class RequestCounts:
    """Requests received in the days, as they stand now; a rate is one of these over another (see the comments)."""

    received: int
    closed: int
    """办结率 = closed / received."""
    closed_on_time: int
    """按期办结率 = closed_on_time / closed."""
    replied: int
    """回复率 = replied / answerable."""
    answerable: int
    """Received from somebody who can be answered."""
    joined: int
    """重复率 = joined / received."""
    overdue: int
    """Open, and a day that was promised or laid down has passed."""
    dispatched: int
    returned: int
    """退单率 = returned / dispatched."""
    called_back: int
    reached: int
    rated: int
    """Gave a level in a call-back."""
    content: int
    """满意率 = content / rated."""
    by_service: int
    by_guidance: int
    by_penalty: int
    """721 = each / (by_service + by_guidance + by_penalty)."""


def counts_of(session: Session, *, hall_id: int, first: date, last: date) -> RequestCounts:
    """Of one hall, both days included."""
    raise NotImplementedError
