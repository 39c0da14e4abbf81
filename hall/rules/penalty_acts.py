"""What may be done about a penalty case now, and in words of law why the rest may not."""

from dataclasses import dataclass
from typing import Literal

Road = Literal["", "before", "later", "surcharge", "wrong"]
"""The four lawful roads of a reduction window: 30–33, 66, 行政强制法 42, a wrong decision. Empty: no road, but work."""


@dataclass(frozen=True, slots=True)
class PenaltyAct:
    """An act by its name in `words.PENALTY_ACTS`; `reasons` why not (none: it may be done), each a whole sentence.

    `action` is what `rules.authority` is asked for. What belongs to another state altogether is not listed at all,
    but a road is always listed: whoever stands at the window wants to know why it is closed.
    """

    name: str
    action: str
    reasons: tuple[str, ...] = ()
    road: Road = ""
    law: str = ""
