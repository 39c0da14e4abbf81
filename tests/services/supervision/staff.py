"""Whom the cases of these tests meet: keys of accounts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Staff:
    """Keys of the accounts."""

    clerk: int = 7
    manager: int = 8
    reviewer: int = 21
    other_reviewer: int = 22
    head: int = 23
    approver: int = 24
    second_approver: int = 25
    second_manager: int = 26


STAFF = Staff()
