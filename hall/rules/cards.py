"""What an identity card says: one frozen value for the three kinds, and its form for other programs."""

from dataclasses import dataclass, field
from datetime import date

from hall.rules.identity import IdKind


@dataclass(frozen=True, slots=True)
class Card:
    """One card as read; the repr tells the kind only. Fields its kind lacks are None.

    `valid_to` None means 长期 (no end).
    `name` is the Chinese name, or the English one where a foreigner has no other. `newest_address` is the
    address last appended to the chip, where there is one; `address` is the printed one.
    """

    kind: IdKind
    name: str = field(repr=False)
    sex: str = field(repr=False)
    birth: date = field(repr=False)
    id_number: str = field(repr=False)
    valid_from: date = field(repr=False)
    valid_to: date | None = field(repr=False)
    ethnicity: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    newest_address: str | None = field(default=None, repr=False)
    issuer: str | None = field(default=None, repr=False)
    english_name: str | None = field(default=None, repr=False)
    country: str | None = field(default=None, repr=False)
    permit_number: str | None = field(default=None, repr=False)
    issue_count: str | None = field(default=None, repr=False)

    @property
    def home_address(self) -> str:
        """Where the person lives now: the address last appended, else the printed one; empty where there is none."""
        return self.newest_address or self.address or ""

    def expired_on(self, day: date) -> bool:
        """Whether the card's last day of validity lies before that day."""
        return self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True, slots=True)
class TypedCard:
    """What a clerk typed off a card that no reader read: its validity was looked at, not recorded."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    address: str = field(default="", repr=False)


def card_json(card: Card) -> dict[str, str]:
    """The card as the command line's contract names it; fields the card lacks are left out."""
    fields = {
        "kind": card.kind,
        "name": card.name,
        "sex": card.sex,
        "ethnicity": card.ethnicity,
        "birth": card.birth.isoformat(),
        "address": card.address,
        "newest_address": card.newest_address,
        "id_number": card.id_number,
        "issuer": card.issuer,
        "valid_from": card.valid_from.isoformat(),
        "valid_to": card.valid_to.isoformat() if card.valid_to else "长期",
        "english_name": card.english_name,
        "country": card.country,
        "permit_number": card.permit_number,
        "issue_count": card.issue_count,
    }
    return {name: value for name, value in fields.items() if value is not None}
