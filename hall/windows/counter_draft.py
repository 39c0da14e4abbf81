"""What was entered for a person whose ticket is held: kept in this window only, put back when it is taken up."""

from dataclasses import dataclass

from hall.rules.cards import Card
from hall.rules.materials import HandedIn
from hall.windows.counter_particulars import Particulars


@dataclass(frozen=True, slots=True, repr=False)
class Typed:
    """The applicant's fields as they were typed."""

    name: str
    number: str
    phone: str
    address: str
    kind: str = "natural"
    representative: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """A form that was not accepted yet. Its text never shows what it holds."""

    card: Card | None
    typed: Typed
    matter_code: str
    handed_in: tuple[HandedIn, ...]
    particulars: Particulars
