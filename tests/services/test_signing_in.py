"""Signing in: guessing becomes slow, then impossible, and nothing tells a login that exists from one that does not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from hall.clock import FixedClock
from hall.rules.passwords import PasswordTooShort, PasswordUnchanged
from hall.rules.people import Actor
from hall.services import accounts
from hall.services.signing_in import (
    HASHER,
    MustWait,
    PasswordChangedMeanwhile,
    PasswordRecordDamaged,
    SignedIn,
    WrongPassword,
    change_password,
    sign_in,
)
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.trail import AuditRow

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "九点开门的一站式服务大厅"


@dataclass
class CountingHasher(PasswordHasher):
    """Counts the slow operations, and may do something while one runs."""

    done: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.done.append("hash")
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's name
        self.done.append("verify")
        self.meanwhile()
        return super().verify(hash, password)


@pytest.fixture
def admin(store: Store) -> Actor:
    first = accounts.create_first_administrator(store, hasher=CHEAP)
    return change_password(store, "admin", present=first, new=PASSWORD, hasher=CHEAP).actor


def attempt(store: Store, password: str) -> SignedIn:
    return sign_in(store, "admin", password=password, hasher=CHEAP)


def fail(store: Store, clock: FixedClock, times: int) -> None:
    """So many wrong passwords, each as soon as it is taken."""
    for _ in range(times):
        clock.instant += timedelta(hours=1)
        with pytest.raises(WrongPassword):
            attempt(store, "wrong password")


def test_a_login_is_typed_in_any_case(store: Store, admin: Actor) -> None:
    assert sign_in(store, " Admin ", password=PASSWORD, hasher=CHEAP).actor == admin


def test_two_slips_cost_nothing(store: Store, admin: Actor, clock: FixedClock) -> None:
    fail(store, clock, 2)
    assert attempt(store, PASSWORD).actor == admin


def test_the_third_failure_makes_even_the_right_password_wait(store: Store, admin: Actor, clock: FixedClock) -> None:
    fail(store, clock, 3)
    clock.instant += timedelta(seconds=4)
    with pytest.raises(MustWait, match="请等 1 秒"):
        attempt(store, PASSWORD)
    clock.instant += timedelta(seconds=1)
    assert attempt(store, PASSWORD).actor == admin


@pytest.mark.both
def test_the_eighth_failure_locks_for_a_quarter_of_an_hour(store: Store, admin: Actor, clock: FixedClock) -> None:
    fail(store, clock, 8)
    with pytest.raises(MustWait, match="15 分钟"):
        attempt(store, PASSWORD)
    clock.instant += timedelta(minutes=15)
    assert attempt(store, PASSWORD).actor == admin


@pytest.mark.both
def test_a_locked_account_counts_no_further_failures(store: Store, admin: Actor, clock: FixedClock) -> None:
    fail(store, clock, 3)
    for _ in range(9):
        with pytest.raises(MustWait):
            attempt(store, "wrong password")
    with store.read() as session:
        assert session.get_one(Account, admin.account_id).failed_attempts == 3


def test_a_right_password_starts_the_count_again(store: Store, admin: Actor, clock: FixedClock) -> None:
    fail(store, clock, 2)
    attempt(store, PASSWORD)
    fail(store, clock, 2)
    assert attempt(store, PASSWORD).actor == admin


@pytest.mark.usefixtures("admin")
def test_a_lock_holds_at_every_station(store: Store, other_station: Store, clock: FixedClock) -> None:
    fail(store, clock, 3)
    with pytest.raises(MustWait):
        attempt(other_station, PASSWORD)


@pytest.mark.usefixtures("admin")
def test_a_lock_that_came_while_a_guess_was_checked_refuses_the_guess(
    store: Store, other_station: Store, clock: FixedClock
) -> None:
    hasher = CountingHasher(meanwhile=lambda: fail(other_station, clock, 3))
    with pytest.raises(MustWait):
        sign_in(store, "admin", password=PASSWORD, hasher=hasher)


@pytest.mark.usefixtures("admin")
def test_an_unknown_login_costs_as_much_and_says_the_same(store: Store) -> None:
    told: list[str] = []
    hasher = CountingHasher()
    for login in ("admin", "nobody"):
        with pytest.raises(WrongPassword) as caught:
            sign_in(store, login, password="wrong password", hasher=hasher)
        told.append(str(caught.value))
    assert hasher.done == ["verify", "hash"]
    assert told[0] == told[1]


def test_what_was_typed_is_in_no_audit(store: Store, admin: Actor) -> None:
    for login in ("admin", "my-secret-typed-as-login"):
        with pytest.raises(WrongPassword):
            sign_in(store, login, password="my-wrong-secret", hasher=CHEAP)
    with store.read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "account.sign_in")).all()
        assert [row.subject for row in rows][-2:] == [f"account:{admin.account_id}", "account:0"]
        assert not any("secret" in row.detail + row.actor_name + row.subject for row in rows)


@pytest.mark.parametrize(("new", "error"), [("short", PasswordTooShort), (PASSWORD, PasswordUnchanged)])
def test_a_poor_new_password_changes_nothing(store: Store, admin: Actor, new: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        change_password(store, "admin", present=PASSWORD, new=new, hasher=CHEAP)
    assert attempt(store, PASSWORD).actor == admin


def test_a_password_is_changed_only_by_who_knows_it(store: Store, admin: Actor, clock: FixedClock) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword):
            change_password(store, "admin", present="wrong password", new="another long one", hasher=CHEAP)
    with pytest.raises(MustWait):
        change_password(store, "admin", present=PASSWORD, new="another long one", hasher=CHEAP)
    clock.instant += timedelta(minutes=1)
    assert attempt(store, PASSWORD).actor == admin


@pytest.mark.both
def test_a_password_changed_elsewhere_meanwhile_is_not_overwritten(store: Store, admin: Actor) -> None:
    hashers = CountingHasher()
    plain = hashers.hash

    def reset_then_hash(password: str | bytes, *, salt: bytes | None = None) -> str:
        accounts.reset_password(store, admin, account_id=admin.account_id, hasher=CHEAP)
        return plain(password, salt=salt)

    hashers.hash = reset_then_hash  # type: ignore[method-assign]
    with pytest.raises(PasswordChangedMeanwhile):
        change_password(store, "admin", present=PASSWORD, new="another long one", hasher=hashers)


def test_a_broken_hash_is_damage_and_not_a_wrong_password(store: Store, admin: Actor) -> None:
    with store.work("account.roles", admin) as work:
        work.session.get_one(Account, admin.account_id).password_hash = "nonsense"
        work.audit("account:broken")
    with pytest.raises(PasswordRecordDamaged):
        attempt(store, PASSWORD)


def test_passwords_are_stored_as_argon2id_with_the_recommended_cost() -> None:
    assert HASHER.hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
