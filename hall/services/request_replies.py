"""What the person hears of a request: told, extended, answered and closed, refused, redirected; or withdraws it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.services.issuing import Issued
from hall.store import Store


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply as it stands on the paper; `basis`: law or rule it rests on, may be empty."""

    reply: str
    basis: str = ""


def tell(store: Store, actor: Actor, *, request_id: int, how: str) -> None:
    """告知受理."""
    raise NotImplementedError


def reply(store: Store, actor: Actor, *, request_id: int, answer: Answer, home: Path) -> tuple[Issued, ...]:
    """答复办结."""
    raise NotImplementedError


def extend(store: Store, actor: Actor, *, request_id: int, days: int, why: str) -> date:
    """批准延期."""
    raise NotImplementedError


def refuse(store: Store, actor: Actor, *, request_id: int, why: str, home: Path) -> Issued | None:
    """不予受理."""
    raise NotImplementedError


def redirect(store: Store, actor: Actor, *, request_id: int, to: str, why: str, home: Path) -> Issued | None:
    """转介."""
    raise NotImplementedError


def withdraw(store: Store, actor: Actor, *, request_id: int, why: str) -> None:
    """登记撤回."""
    raise NotImplementedError
