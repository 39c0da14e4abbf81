"""Call-backs (回访) about something that was done: reached or not, a level only where somebody gave one."""

from dataclasses import dataclass

from hall.rules.people import Actor
from hall.services.subject_records import Subject
from hall.store import Store


@dataclass(frozen=True, slots=True)
class CallBackMade:
    """One call; `level` 5 (best) to 1 as in ratings, None where nobody gave one; `words` without personal data."""

    reached: bool
    level: int | None = None
    words: str = ""


def call_back(store: Store, actor: Actor, *, subject: Subject, subject_id: int, made: CallBackMade) -> None:
    """登记回访."""
    raise NotImplementedError
