"""What one actor can do with enquiries: the services with store and actor bound, for the screens."""

from dataclasses import dataclass

from hall.rules.people import Actor
from hall.services import enquiries
from hall.services.enquiries import EnquiryView
from hall.store import Store


@dataclass(frozen=True, slots=True)
class EnquiryFront:
    """Every method is one use case."""

    store: Store
    actor: Actor

    def hand_over(self, enquiry_id: int, to: int) -> None:
        """转办 to a colleague."""
        enquiries.hand_over_enquiry(self.store, self.actor, enquiry_id=enquiry_id, to=to)

    def answer(self, enquiry_id: int, answer: str, *, case_id: int | None = None) -> None:
        """答复, with the case that came of it."""
        enquiries.answer_enquiry(self.store, self.actor, enquiry_id=enquiry_id, answer=answer, case_id=case_id)

    def open(self) -> tuple[EnquiryView, ...]:
        """What waits for an answer, what is due first comes first."""
        return enquiries.open_enquiries(self.store, self.actor)

    def colleagues(self) -> tuple[tuple[int, str], ...]:
        """To whom one can hand over."""
        return enquiries.colleagues(self.store, self.actor)
