"""Who acts: the signed-in person as a plain value, and the roles of a hall."""

from dataclasses import dataclass

ROLES = ("guide", "clerk", "reviewer", "head", "legal_reviewer", "approver", "cashier", "manager", "administrator")

SYSTEM_ACCOUNT = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work in one hall with the roles held there; account 0 is the program itself."""

    account_id: int
    name: str
    hall_id: int
    roles: frozenset[str]


def system_actor(hall_id: int) -> Actor:
    """The program acting by itself (timers, start-up): account 0, no roles."""
    return Actor(account_id=SYSTEM_ACCOUNT, name="系统", hall_id=hall_id, roles=frozenset())
