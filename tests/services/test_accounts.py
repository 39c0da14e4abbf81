"""Accounts: the first administrator, who may change whom, and that somebody is always left to administer."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from hall.rules.authority import NotAuthorised, RolesConflict, UnknownRole
from hall.rules.people import Actor
from hall.services import accounts
from hall.services.accounts import (
    AccountsExist,
    AccountView,
    BadLogin,
    DisplayNameMissing,
    DistrictAccount,
    LastAdministrator,
    LoginTaken,
    NoSuchAccount,
    NoSuchDepartment,
)
from hall.services.signing_in import (
    AccountDisabled,
    NoRoleHere,
    SignedIn,
    WrongPassword,
    change_password,
    sign_in,
)
from hall.store import Store
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account
from hall.store.schema.trail import AuditRow

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NEW = "九点开门的一站式服务大厅"


@pytest.fixture
def first(store: Store) -> str:
    """The one-time password of the first administrator."""
    return accounts.create_first_administrator(store, hasher=CHEAP)


@pytest.fixture
def admin(store: Store, first: str) -> Actor:
    """The first administrator at work."""
    return change_password(store, "admin", present=first, new=NEW, hasher=CHEAP).actor


def enter(store: Store, actor: Actor, login: str, *roles: str) -> accounts.NewAccount:
    return accounts.create_account(store, actor, login=login, display_name=f"测试{login}", roles=roles, hasher=CHEAP)


def settle(store: Store, account: accounts.NewAccount, login: str) -> Actor:
    """The account's owner changes the one-time password and is at work."""
    present = account.one_time_password
    return change_password(store, login, present=present, new=NEW, hasher=CHEAP).actor


def signed_in(store: Store, login: str, password: str) -> SignedIn:
    return sign_in(store, login, password=password, hasher=CHEAP)


def shown(store: Store, actor: Actor, login: str) -> AccountView:
    return next(each for each in accounts.list_accounts(store, actor) if each.login == login)


def test_the_first_administrator_may_only_change_the_one_time_password(store: Store, first: str) -> None:
    told = signed_in(store, "admin", first)
    assert told.must_change
    with pytest.raises(NotAuthorised):
        accounts.list_accounts(store, told.actor)


def test_after_the_change_the_first_administrator_administers(store: Store, first: str, admin: Actor) -> None:
    assert signed_in(store, "admin", NEW) == SignedIn(admin, must_change=False)
    assert admin.roles == {"administrator"}
    with pytest.raises(WrongPassword):
        signed_in(store, "admin", first)


def test_there_is_only_one_first_administrator(store: Store, first: str) -> None:
    with pytest.raises(AccountsExist):
        accounts.create_first_administrator(store, "other", hasher=CHEAP)
    assert first


def test_a_one_time_password_is_readable_and_never_the_same(store: Store, admin: Actor) -> None:
    given = {enter(store, admin, f"clerk{each}", "clerk").one_time_password for each in range(3)}
    assert len(given) == 3
    assert all(len(each) == 19 and not set(each) & set("01ilo") for each in given)


@pytest.mark.both
def test_a_new_account_signs_in_with_its_roles(store: Store, admin: Actor) -> None:
    account = enter(store, admin, " Li.Si ", "clerk", "guide")
    assert account.one_time_password not in repr(account)
    assert settle(store, account, "li.si").roles == {"clerk", "guide"}
    seen = shown(store, admin, "li.si")
    assert seen.roles == {"clerk", "guide"}
    assert not seen.must_change
    assert not seen.disabled


@pytest.mark.parametrize("login", ["", "x", "张三", "a b", "-ab", "a" * 33])
def test_an_unusable_login_is_refused(store: Store, admin: Actor, login: str) -> None:
    with pytest.raises(BadLogin):
        enter(store, admin, login, "clerk")


@pytest.mark.both
def test_a_login_is_given_once(store: Store, admin: Actor) -> None:
    enter(store, admin, "lisi", "clerk")
    with pytest.raises(LoginTaken, match="lisi"):
        enter(store, admin, "LISI", "guide")


def test_an_account_needs_a_persons_name_and_possible_roles(store: Store, admin: Actor) -> None:
    with pytest.raises(DisplayNameMissing):
        accounts.create_account(store, admin, login="lisi", display_name=" ", roles=["clerk"], hasher=CHEAP)
    with pytest.raises(UnknownRole):
        enter(store, admin, "lisi", "kiosk")
    with pytest.raises(RolesConflict):
        enter(store, admin, "lisi", "administrator", "approver")


def test_roles_are_replaced_and_count_from_the_next_sign_in(store: Store, admin: Actor) -> None:
    account = enter(store, admin, "lisi", "clerk")
    settle(store, account, "lisi")
    accounts.set_roles(store, admin, account_id=account.account_id, roles=["reviewer", "approver"])
    assert signed_in(store, "lisi", NEW).actor.roles == {"reviewer", "approver"}
    accounts.set_roles(store, admin, account_id=account.account_id, roles=[])
    with pytest.raises(NoRoleHere):
        signed_in(store, "lisi", NEW)


def test_an_administrator_of_all_halls_gets_no_deciding_role_here(store: Store, admin: Actor) -> None:
    with pytest.raises(RolesConflict):
        accounts.set_roles(store, admin, account_id=admin.account_id, roles=["approver"])


def test_a_disabled_account_signs_in_again_only_when_enabled(store: Store, admin: Actor) -> None:
    account = enter(store, admin, "lisi", "clerk")
    settle(store, account, "lisi")
    accounts.disable_account(store, admin, account_id=account.account_id)
    with pytest.raises(AccountDisabled):
        signed_in(store, "lisi", NEW)
    with pytest.raises(WrongPassword):
        signed_in(store, "lisi", "wrong")
    accounts.enable_account(store, admin, account_id=account.account_id)
    assert signed_in(store, "lisi", NEW).actor.roles == {"clerk"}


@pytest.mark.both
def test_a_reset_makes_the_old_password_worthless_and_ends_a_lock(store: Store, admin: Actor) -> None:
    account = enter(store, admin, "lisi", "clerk")
    settle(store, account, "lisi")
    for _ in range(3):
        with pytest.raises(WrongPassword):
            signed_in(store, "lisi", "wrong")
    assert shown(store, admin, "lisi").locked_until is not None
    password = accounts.reset_password(store, admin, account_id=account.account_id, hasher=CHEAP)
    assert signed_in(store, "lisi", password).must_change
    with pytest.raises(WrongPassword):
        signed_in(store, "lisi", NEW)


def test_the_last_administrator_stays(store: Store, admin: Actor) -> None:
    with pytest.raises(LastAdministrator):
        accounts.disable_account(store, admin, account_id=admin.account_id)
    second = enter(store, admin, "wangwu", "administrator")
    accounts.disable_account(store, admin, account_id=admin.account_id)
    with pytest.raises(LastAdministrator):
        accounts.set_roles(store, settle(store, second, "wangwu"), account_id=second.account_id, roles=["clerk"])


def test_a_halls_administrator_never_takes_over_the_districts(store: Store, admin: Actor) -> None:
    local = settle(store, enter(store, admin, "wangwu", "administrator"), "wangwu")
    with pytest.raises(DistrictAccount):
        accounts.reset_password(store, local, account_id=admin.account_id, hasher=CHEAP)
    assert signed_in(store, "admin", NEW).actor == admin


@pytest.mark.both
def test_another_halls_account_is_not_to_be_seen(store: Store, admin: Actor) -> None:
    account = enter(store, admin, "lisi", "clerk")
    with store.work("account.roles", admin) as work:
        other = Hall(code="north", name="北区大厅", short_name="北城管")
        work.session.add(other)
        work.session.flush()
        work.session.get_one(Account, account.account_id).hall_id = other.id
        work.audit("account:moved")
    assert [each.login for each in accounts.list_accounts(store, admin)] == ["admin"]
    for missing in (account.account_id, account.account_id + 1):
        with pytest.raises(NoSuchAccount):
            accounts.disable_account(store, admin, account_id=missing)


@pytest.mark.parametrize("role", ["clerk", "approver", "manager"])
def test_only_administrators_change_accounts(
    store: Store, admin: Actor, actor_with: Callable[..., Actor], role: str
) -> None:
    other = actor_with(role)
    acts: list[Callable[[], object]] = [
        lambda: enter(store, other, "lisi", "clerk"),
        lambda: accounts.set_roles(store, other, account_id=admin.account_id, roles=["clerk"]),
        lambda: accounts.disable_account(store, other, account_id=admin.account_id),
        lambda: accounts.enable_account(store, other, account_id=admin.account_id),
        lambda: accounts.reset_password(store, other, account_id=admin.account_id, hasher=CHEAP),
    ]
    for act in acts:
        with pytest.raises(NotAuthorised):
            act()


@pytest.mark.both
def test_every_change_is_audited_without_a_password(store: Store, admin: Actor, first: str) -> None:
    account = enter(store, admin, "lisi", "clerk")
    accounts.set_roles(store, admin, account_id=account.account_id, roles=["guide"])
    password = accounts.reset_password(store, admin, account_id=account.account_id, hasher=CHEAP)
    accounts.disable_account(store, admin, account_id=account.account_id)
    accounts.enable_account(store, admin, account_id=account.account_id)
    with store.read() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
        actions = [row.action.removeprefix("account.") for row in rows if row.account_id == admin.account_id]
        details = "".join(row.detail for row in rows)
    assert actions == ["sign_in", "password", "create", "roles", "reset", "disable", "enable"]
    assert not any(secret in details for secret in (first, password, account.one_time_password, NEW))


def test_an_account_belongs_to_a_department_of_the_catalogue(store: Store, admin: Actor) -> None:
    account = accounts.create_account(
        store, admin, login="shencha", display_name="测试审", roles=["reviewer"], department="市政科", hasher=CHEAP
    )
    assert shown(store, admin, "shencha").department == "市政科"
    accounts.set_department(store, admin, account_id=account.account_id, department="")
    assert shown(store, admin, "shencha").department == ""
    with pytest.raises(NoSuchDepartment, match=r"没有“采购科”这个科室。事项目录里的科室：.*市政科"):
        accounts.set_department(store, admin, account_id=account.account_id, department="采购科")
    with pytest.raises(NotAuthorised):
        accounts.set_department(store, settle(store, account, "shencha"), account_id=1, department="")
