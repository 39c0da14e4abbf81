"""What one walk-in has asked for so far: card, kind of priority, matters. Nothing of it outlives the visit."""

from dataclasses import dataclass, replace
from datetime import date

from hall.rules.cards import Card
from hall.rules.identity import age_on
from hall.rules.queue_policy import ORDINARY
from hall.rules.taking import MOST_MATTERS, priority_of


@dataclass(frozen=True, slots=True)
class Visit:
    """`several`: matters are gathered for one ticket; else a touch on a matter takes the number at once."""

    card: Card | None = None
    priority: str = ORDINARY
    matters: tuple[str, ...] = ()
    several: bool = False

    @property
    def channel(self) -> str:
        """How the number is taken at a kiosk."""
        return "kiosk" if self.card is None else "card"

    @property
    def full(self) -> bool:
        """Whether one ticket holds no more matters."""
        return len(self.matters) >= MOST_MATTERS

    def kind(self, today: date, elder_age: int) -> str:
        """The kind of priority that the ticket will have: the chosen one, or the elder's by the card."""
        if self.card is None:
            return self.priority
        return priority_of(self.priority, alone=True, age=age_on(self.card.birth, today), elder_age=elder_age)

    def adding(self, code: str) -> "Visit":
        """With one more matter; none twice."""
        return self if code in self.matters or self.full else replace(self, matters=(*self.matters, code))

    def without(self, code: str) -> "Visit":
        """With one matter less."""
        return replace(self, matters=tuple(each for each in self.matters if each != code))
