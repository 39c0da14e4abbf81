"""A penalty decision is served (送达): handed over, left, posted, published; from that day the fifteen days count."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.rules.service import Way
from hall.store import Store
from hall.store.retrying import retried


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyDelivery:
    """How a decision is served. `served_on` None: under way; for a public notice the day follows from the law.

    `consent`: the party's signed consent to electronic service lies in the file (行政处罚法 61(2)). `proof`: photo,
    recording or copy of the notice lies in the file. `second_server_id`: the account of who went along.
    """

    way: Way
    sent_on: date
    served_on: date | None = None
    recipient: str = ""
    capacity: str = ""
    refusal: str = ""
    witness: str = ""
    postal_number: str = ""
    place: str = ""
    second_server_id: int | None = None
    consent: bool = False
    proof: bool = False
    whereabouts_unknown: bool = False


@dataclass(frozen=True, slots=True)
class PenaltyServed:
    """What was registered; `due_on`: until when the fine is to be paid, None where there is none or it is under way."""

    service_id: int
    served_on: date | None
    proof_document: int | None
    due_on: date | None


@retried
def serve(store: Store, actor: Actor, *, case_id: int, delivery: PenaltyDelivery, home: Path) -> PenaltyServed:
    """Hand over or send the case's last decision. Raises NotServed with all that is missing, NothingToServe."""
    raise NotImplementedError


@retried
def arrived(store: Store, actor: Actor, *, case_id: int, delivery: PenaltyDelivery, home: Path) -> PenaltyServed:
    """Register that a decision under way has arrived."""
    raise NotImplementedError


@retried
def failed(store: Store, actor: Actor, *, case_id: int, failed_on: date, failure: str) -> None:
    """Register that an attempt failed; another way may follow."""
    raise NotImplementedError
