"""Accounts of the staff: signing in, passwords, roles. Who may act begins here, so every step is audited."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hall.errors import Missing, Refused
from hall.rules.authority import ADMINISTRATOR, check_roles, require
from hall.rules.people import Actor, system_actor
from hall.services.signing_in import HASHER
from hall.store import Store, Work
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account, AccountRole

FIRST_LOGIN = "admin"

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
# No 0 and o, no 1, i and l: a one-time password is read from paper. 16 signs of 31 are 79 bits.
_READABLE = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 4, 4


class BadLogin(Refused):
    """An account name that cannot be used."""

    def __init__(self) -> None:
        super().__init__("账号名应为 2 至 32 个小写字母、数字、点、横线或下划线，以字母或数字开头，请改正。")


class DisplayNameMissing(Refused):
    """An account without the person's name."""

    def __init__(self) -> None:
        super().__init__("没有填写姓名，请填写账号使用人的姓名。")


class LoginTaken(Refused):
    """Another account has this login, perhaps in another hall."""

    def __init__(self, login: str) -> None:
        super().__init__(f"账号名 {login} 已经有人使用，请换一个。")


class AccountsExist(Refused):
    """A first administrator is made only where nobody is."""

    def __init__(self) -> None:
        super().__init__("已经有账号，不能再建立首个管理员。忘记密码时，请另一位管理员重置。")


class NoSuchAccount(Missing):
    """The hall has no such account."""

    def __init__(self) -> None:
        super().__init__("没有找到这个账号，可能属于别的大厅。请刷新账号列表后再试。")


class DistrictAccount(Refused):
    """An account for all halls is changed only by another of that kind."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 是全区账号，只有全区管理员可以改动。请联系全区管理员。")


class LastAdministrator(Refused):
    """The hall would be left without anybody who can administer it."""

    def __init__(self) -> None:
        super().__init__("这是最后一个可用的系统管理员，不能停用或取消岗位。请先设好另一位管理员。")


class NoSuchDepartment(Missing):
    """No matter of the hall's catalogue belongs to a department of this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = "、".join(known) or "（事项目录还没有导入）"
        super().__init__(f"没有“{name}”这个科室。事项目录里的科室：{names}。")


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as the administrator's list shows it."""

    id: int
    login: str
    display_name: str
    badge_number: str
    department: str
    roles: frozenset[str]
    must_change: bool
    disabled: bool
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A fresh account and the one-time password to hand over; the repr does not show it."""

    account_id: int
    one_time_password: str = field(repr=False)


def create_first_administrator(store: Store, login: str = FIRST_LOGIN, *, hasher: PasswordHasher = HASHER) -> str:
    """An administrator of all halls, in a database without accounts; gives the one-time password.

    Raises AccountsExist. Done by the program itself: there is nobody yet whose right could be asked.
    """
    password = _one_time_password()
    hashed = hasher.hash(password)
    with store.work("account.create", system_actor(store.hall_id)) as work:
        work.lock("accounts")
        if work.session.scalar(select(func.count()).select_from(Account)):
            raise AccountsExist
        account = _add(work, login, display_name="系统管理员", password_hash=hashed, hall_id=None)
        work.session.add(AccountRole(account_id=account.id, hall_id=None, role=ADMINISTRATOR))
        work.audit(f"account:{account.id}", login=account.login, roles=[ADMINISTRATOR])
    return password


def create_account(
    store: Store,
    actor: Actor,
    *,
    login: str,
    display_name: str,
    roles: Iterable[str],
    badge_number: str = "",
    department: str = "",
    hasher: PasswordHasher = HASHER,
) -> NewAccount:
    """An account of this hall with a one-time password that must be changed at the first sign-in.

    `department`: whose cases it reviews, empty for none in particular. Raises BadLogin, DisplayNameMissing,
    LoginTaken, UnknownRole, RolesConflict or NoSuchDepartment.
    """
    require(actor, "account.create")
    held = check_roles(roles)
    password = _one_time_password()
    hashed = hasher.hash(password)
    with store.work("account.create", actor) as work:
        account = _add(work, login, display_name=display_name, password_hash=hashed, hall_id=work.hall_id)
        account.badge_number = badge_number.strip()
        account.department_id = _department(work, department)
        _grant(work, account, held)
        work.audit(f"account:{account.id}", login=account.login, roles=sorted(held))
        work.changed("account", account.login)
        return NewAccount(account.id, password)


def set_roles(store: Store, actor: Actor, *, account_id: int, roles: Iterable[str]) -> None:
    """Replace the roles an account holds in this hall; they count from its next sign-in on.

    Roles in all halls stay. Raises UnknownRole, RolesConflict, LastAdministrator or NoSuchAccount.
    """
    require(actor, "account.roles")
    wanted = frozenset(roles)
    with store.work("account.roles", actor) as work:
        account = _of_hall(work, account_id)
        everywhere = work.session.scalars(
            select(AccountRole.role).where(AccountRole.account_id == account_id, AccountRole.hall_id.is_(None))
        ).all()
        check_roles(wanted.union(everywhere))
        work.session.execute(
            delete(AccountRole).where(AccountRole.account_id == account_id, AccountRole.hall_id == work.hall_id)
        )
        _grant(work, account, wanted)
        _keep_an_administrator(work)
        work.audit(f"account:{account_id}", roles=sorted(wanted))
        work.changed("account", account.login)


def set_department(store: Store, actor: Actor, *, account_id: int, department: str) -> None:
    """Whose cases the account reviews from now on, empty for none in particular. Raises NoSuchDepartment."""
    require(actor, "account.roles")
    with store.work("account.department", actor) as work:
        account = _of_hall(work, account_id)
        account.department_id = _department(work, department)
        work.audit(f"account:{account_id}", department=department)
        work.changed("account", account.login)


def disable_account(store: Store, actor: Actor, *, account_id: int) -> None:
    """Nobody signs in with it any more; what it did stays under its name. Raises LastAdministrator."""
    require(actor, "account.disable")
    with store.work("account.disable", actor) as work:
        account = _of_hall(work, account_id)
        account.disabled = True
        _keep_an_administrator(work)
        work.audit(f"account:{account_id}", disabled=True)
        work.changed("account", account.login)


def enable_account(store: Store, actor: Actor, *, account_id: int) -> None:
    """Take a disabling back."""
    require(actor, "account.disable")
    with store.work("account.enable", actor) as work:
        account = _of_hall(work, account_id)
        account.disabled = False
        work.audit(f"account:{account_id}", disabled=False)
        work.changed("account", account.login)


def reset_password(store: Store, actor: Actor, *, account_id: int, hasher: PasswordHasher = HASHER) -> str:
    """A new one-time password, which also ends a lock-out; gives it for handing over."""
    require(actor, "account.reset")
    password = _one_time_password()
    hashed = hasher.hash(password)
    with store.work("account.reset", actor) as work:
        account = _of_hall(work, account_id)
        account.password_hash, account.must_change = hashed, True
        account.password_changed_at = work.now
        account.failed_attempts, account.locked_until = 0, None
        work.audit(f"account:{account_id}")
        work.changed("account", account.login)
    return password


def list_accounts(store: Store, actor: Actor) -> tuple[AccountView, ...]:
    """The accounts that may sign in in this hall, or might again, by login."""
    require(actor, "account.read")
    with store.read(actor) as session:
        accounts = session.scalars(
            select(Account)
            .where(or_(Account.hall_id == store.hall_id, Account.hall_id.is_(None)))
            .order_by(Account.login)
        ).all()
        roles = _roles_by_account(session, store.hall_id)
        names = {key: name for name, key in _departments(session, store.hall_id).items()}
        return tuple(
            _view(account, roles.get(account.id, frozenset()), names.get(account.department_id or 0, ""))
            for account in accounts
        )


def _department(work: Work, name: str) -> int | None:
    wanted = name.strip()
    if not wanted:
        return None
    known = _departments(work.session, work.hall_id)
    if wanted not in known:
        raise NoSuchDepartment(wanted, known)
    return known[wanted]


def _departments(session: Session, hall_id: int) -> dict[str, int]:
    rows = session.execute(
        select(Department.name, Department.id).where(Department.hall_id == hall_id).order_by(Department.id)
    )
    return dict(rows.tuples().all())


def _view(account: Account, roles: frozenset[str], department: str) -> AccountView:
    return AccountView(
        id=account.id,
        login=account.login,
        display_name=account.display_name,
        badge_number=account.badge_number,
        department=department,
        roles=roles,
        must_change=account.must_change,
        disabled=account.disabled,
        locked_until=account.locked_until,
    )


def _roles_by_account(session: Session, hall_id: int) -> dict[int, frozenset[str]]:
    rows = session.execute(
        select(AccountRole.account_id, AccountRole.role).where(
            or_(AccountRole.hall_id == hall_id, AccountRole.hall_id.is_(None))
        )
    )
    held: dict[int, frozenset[str]] = {}
    for account_id, role in rows:
        held[account_id] = held.get(account_id, frozenset()) | {role}
    return held


def _add(work: Work, login: str, *, display_name: str, password_hash: str, hall_id: int | None) -> Account:
    login, display_name = login.strip().casefold(), display_name.strip()
    if not _LOGIN.fullmatch(login):
        raise BadLogin
    if not display_name:
        raise DisplayNameMissing
    account = Account(
        hall_id=hall_id,
        login=login,
        display_name=display_name,
        password_hash=password_hash,
        must_change=True,
        created_at=work.now,
        password_changed_at=work.now,
    )
    work.session.add(account)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise LoginTaken(login) from error
    return account


def _grant(work: Work, account: Account, roles: frozenset[str]) -> None:
    for role in sorted(roles):
        work.session.add(AccountRole(account_id=account.id, hall_id=work.hall_id, role=role))


def _of_hall(work: Work, account_id: int) -> Account:
    """The account, if the actor may change it here; a hall's administrator never takes over the district's."""
    work.lock("accounts")
    account = work.session.get(Account, account_id)
    if account is None or account.hall_id not in (None, work.hall_id):
        raise NoSuchAccount
    acting = work.session.get(Account, work.actor.account_id)
    if account.hall_id is None and (acting is None or acting.hall_id is not None):
        raise DistrictAccount(account.display_name)
    return account


def _keep_an_administrator(work: Work) -> None:
    work.session.flush()
    left = work.session.scalar(
        select(func.count())
        .select_from(AccountRole)
        .join(Account, Account.id == AccountRole.account_id)
        .where(
            AccountRole.role == ADMINISTRATOR,
            Account.disabled.is_(False),
            or_(AccountRole.hall_id == work.hall_id, AccountRole.hall_id.is_(None)),
        )
    )
    if not left:
        raise LastAdministrator


def _one_time_password() -> str:
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(_GROUP)) for _ in range(_GROUPS))
