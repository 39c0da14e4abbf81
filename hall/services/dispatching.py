"""Dispatching (派单): one unit at a time gets a request, takes it or gives it back, feeds back, is sent back."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.rules.requests import SolvedBy
from hall.services.issuing import Issued
from hall.store import Store


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a unit found and did, and how it was solved (721)."""

    findings: str
    measures: str
    way: SolvedBy


def dispatch(
    store: Store,
    actor: Actor,
    *,
    request_id: int,
    unit_id: int | None = None,
    why_unit: str = "",
    order: str = "",
    home: Path,
) -> Issued:
    """派单."""
    raise NotImplementedError


def take(store: Store, actor: Actor, *, request_id: int) -> None:
    """接单."""
    raise NotImplementedError


def return_dispatch(store: Store, actor: Actor, *, request_id: int, why: str) -> None:
    """退单."""
    raise NotImplementedError


def feed_back(store: Store, actor: Actor, *, request_id: int, feedback: Feedback) -> None:
    """反馈."""
    raise NotImplementedError


def send_back(store: Store, actor: Actor, *, request_id: int, why: str) -> None:
    """退回补办."""
    raise NotImplementedError


def accept(store: Store, actor: Actor, *, request_id: int) -> None:
    """审核通过."""
    raise NotImplementedError
