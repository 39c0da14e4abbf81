"""Notices to pay (缴款通知): the amount owed, its last day and the treasury's code as it was received; void by an act."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.services.issuing import Issued
from hall.store import Store


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice as the clerk enters it: the platform's code, and an amount that is owed, in fen."""

    pay_code: str
    amount_fen: int


def issue_notice(store: Store, actor: Actor, *, case_id: int, notice: NewNotice, home: Path) -> Issued:
    """开缴款通知."""
    raise NotImplementedError


def void_notice(store: Store, actor: Actor, *, notice_id: int, why: str) -> None:
    """作废缴款通知."""
    raise NotImplementedError
