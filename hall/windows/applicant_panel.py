"""A panel that enters what a person applies for: in its own window, or over the counter for the ticket served there."""

from hall.rules.cards import Card
from hall.windows.deed_list import NewPanel
from hall.windows.person_fields import PersonFields
from hall.windows.served import Ticket, nobody


class ApplicantPanel(NewPanel):
    """The subclass makes `who` and adds its fields."""

    who: PersonFields

    def __init__(self, title: str, *, main: str, ticket: Ticket = nobody) -> None:
        super().__init__(title, main=main)
        self.ticket = ticket
        self.first = "name"

    def ask_new(self) -> None:
        """Of nobody yet."""
        super().ask_new()
        self.first = "name"

    def take_card(self, card: Card) -> None:
        """Who laid down the card: what is left to ask is the telephone."""
        self.who.take_card(card)
        self.first = "phone"
        self.form.focus(self.first)

    def take_typed(self, name: str, phone: str) -> None:
        """What was asked already."""
        self.who.take_typed(name, phone)
        self.first = "number" if name else "name"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered that could be lost."""
        return not any(self.form.text(key) for key in ("name", "number", "phone", "address"))
