"""Signing in: proves who somebody is, slows down guessing, and gives the actor that every service asks."""

from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.errors import Damaged, HallError, Refused, Stale
from hall.rules.passwords import POLICY, SignInPolicy, check_new_password, wait_after
from hall.rules.people import SYSTEM_ACCOUNT, Actor
from hall.store import Store, Work
from hall.store.schema.people import Account, AccountRole

HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


class WrongPassword(Refused):
    """Login or password is wrong, and the sentence does not say which."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"账号或密码不对。{_wait_sentence(wait)}")


class MustWait(Refused):
    """Too many wrong passwords: the account takes no further one yet, right or wrong."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"密码错误次数过多，账号暂时锁定。{_wait_sentence(wait)}")


class AccountDisabled(Refused):
    """The password is right and the account may not be used any more."""

    def __init__(self) -> None:
        super().__init__("这个账号已停用。请联系系统管理员。")


class NoRoleHere(Refused):
    """The password is right and the account has nothing to do in this hall."""

    def __init__(self) -> None:
        super().__init__("这个账号在本大厅没有岗位，不能登录。请联系系统管理员分配岗位。")


class PasswordChangedMeanwhile(Stale):
    """Somebody changed or reset the password while a new one was being set."""

    def __init__(self) -> None:
        super().__init__("密码刚刚被改过，这次没有修改。请用最新的密码重新登录。")


class PasswordRecordDamaged(Damaged):
    """The stored password hash is no hash."""

    def __init__(self) -> None:
        super().__init__("账号的密码记录已损坏，不能登录。请由另一位管理员重置密码，并核查数据库。")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has signed in. While the password must be changed the actor has no roles, and so may do nothing."""

    actor: Actor
    must_change: bool


@dataclass(frozen=True, slots=True)
class _Claim:
    """What was claimed before it is judged: the account of the login, if there is one, and its hash then."""

    account_id: int
    name: str
    password_hash: str = field(repr=False)
    right: bool


def sign_in(
    store: Store, login: str, *, password: str, hasher: PasswordHasher = HASHER, policy: SignInPolicy = POLICY
) -> SignedIn:
    """Prove the password; failures are counted and audited in a transaction of their own.

    An unknown login costs the same time as a wrong password. Raises WrongPassword, MustWait, AccountDisabled
    or NoRoleHere.
    """
    claim = _claim(store, login, password=password, hasher=hasher)
    return _judged(store, claim, policy=policy)


def change_password(
    store: Store,
    login: str,
    *,
    present: str,
    new: str,
    hasher: PasswordHasher = HASHER,
    policy: SignInPolicy = POLICY,
) -> SignedIn:
    """Set one's own password, which takes the present one, and sign in with it.

    Raises PasswordTooShort or PasswordUnchanged, and what `sign_in` raises.
    """
    check_new_password(new, present, login=login.strip(), policy=policy)
    claim = _claim(store, login, password=present, hasher=hasher)
    signed_in = _judged(store, claim, policy=policy)
    hashed = hasher.hash(new)
    with store.work("account.password", signed_in.actor) as work:
        account = work.session.get_one(Account, claim.account_id, with_for_update=True)
        if account.password_hash != claim.password_hash:
            raise PasswordChangedMeanwhile
        account.password_hash, account.must_change = hashed, False
        account.password_changed_at = work.now
        work.audit(f"account:{account.id}")
        return SignedIn(_actor(work, account), must_change=False)


def _claim(store: Store, login: str, *, password: str, hasher: PasswordHasher) -> _Claim:
    """Check the password outside any transaction: hashing is slow on purpose, and others must not wait."""
    with store.read() as session:
        account = session.scalars(select(Account).where(Account.login == login.strip().casefold())).one_or_none()
    if account is None:
        hasher.hash(password)  # as long as a verification takes
        return _Claim(SYSTEM_ACCOUNT, "未知账号", password_hash="", right=False)
    right = _verifies(hasher, account.password_hash, password)
    return _Claim(account.id, account.display_name, account.password_hash, right)


def _verifies(hasher: PasswordHasher, password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except VerifyMismatchError:
        return False
    except InvalidHashError:
        raise PasswordRecordDamaged from None


def _judged(store: Store, claim: _Claim, *, policy: SignInPolicy) -> SignedIn:
    """Write the outcome down and commit it, then give or refuse it. What login was typed is never written."""
    claimant = Actor(claim.account_id, claim.name, store.hall_id, frozenset())
    with store.work("account.sign_in", claimant) as work:
        account = work.session.get(Account, claim.account_id, with_for_update=True)
        outcome = _outcome(work, account, claim, policy=policy)
        told = type(outcome).__name__
        work.audit(f"account:{claim.account_id}", outcome=told, failures=account.failed_attempts if account else 0)
    if isinstance(outcome, HallError):
        raise outcome
    return outcome


def _outcome(work: Work, account: Account | None, claim: _Claim, *, policy: SignInPolicy) -> SignedIn | HallError:
    if account is None:
        return WrongPassword(timedelta(0))
    if account.locked_until is not None and account.locked_until > work.now:
        return MustWait(account.locked_until - work.now)
    if not claim.right or account.password_hash != claim.password_hash:
        return _count_failure(work, account, policy)
    account.failed_attempts, account.locked_until = 0, None
    return _admitted(work, account)


def _admitted(work: Work, account: Account) -> SignedIn | HallError:
    if account.disabled:
        return AccountDisabled()
    actor = _actor(work, account)
    if not actor.roles:
        return NoRoleHere()
    if account.must_change:
        return SignedIn(Actor(actor.account_id, actor.name, actor.hall_id, frozenset()), must_change=True)
    return SignedIn(actor, must_change=False)


def _count_failure(work: Work, account: Account, policy: SignInPolicy) -> WrongPassword:
    account.failed_attempts += 1
    wait = wait_after(account.failed_attempts, policy)
    account.locked_until = work.now + wait if wait else None
    return WrongPassword(wait)


def _actor(work: Work, account: Account) -> Actor:
    roles = _held_roles(work.session, account.id, hall_id=work.hall_id)
    return Actor(account.id, account.display_name, work.hall_id, roles)


def _held_roles(session: Session, account_id: int, *, hall_id: int) -> frozenset[str]:
    """The roles an account holds in a hall, with those it holds in all halls."""
    here = or_(AccountRole.hall_id == hall_id, AccountRole.hall_id.is_(None))
    return frozenset(session.scalars(select(AccountRole.role).where(AccountRole.account_id == account_id, here)))


def _wait_sentence(wait: timedelta) -> str:
    seconds = -(-wait // timedelta(seconds=1))
    if not seconds:
        return "请核对后再试。"
    return f"请等 {seconds} 秒再试。" if seconds < 120 else f"请等 {-(-seconds // 60)} 分钟再试，或请管理员重置密码。"
