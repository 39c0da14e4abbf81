"""What a password must be, and how long a wrong one makes everybody wait."""

from dataclasses import dataclass
from datetime import timedelta

from hall.errors import Refused


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """The hall's rules for signing in.

    After `patient_until` wrong passwords in a row the next try waits `first_wait`, then twice as long each
    time; from `lock_after` on it waits `lock_for`. A right password starts the count again.
    """

    minimum_length: int = 10
    patient_until: int = 3
    first_wait: timedelta = timedelta(seconds=5)
    lock_after: int = 8
    lock_for: timedelta = timedelta(minutes=15)


POLICY = SignInPolicy()


class PasswordTooShort(Refused):
    """The new password is too easy to guess."""

    def __init__(self, minimum: int) -> None:
        super().__init__(f"密码太短：除去账号名，至少要 {minimum} 个字符。请换一个长些的，可以用一句话。")


class PasswordUnchanged(Refused):
    """The new password is the one in use (a one-time password stays nobody's password)."""

    def __init__(self) -> None:
        super().__init__("新密码与现在的密码相同，请换一个。")


def check_new_password(new: str, current: str, *, login: str, policy: SignInPolicy = POLICY) -> None:
    """Raise PasswordTooShort (the account's own name does not count) or PasswordUnchanged."""
    own = new.casefold().replace(login.casefold(), "")
    if len(own) < policy.minimum_length:
        raise PasswordTooShort(policy.minimum_length)
    if new == current:
        raise PasswordUnchanged


def wait_after(failures: int, policy: SignInPolicy = POLICY) -> timedelta:
    """How long nobody may try again after so many wrong passwords in a row."""
    if failures >= policy.lock_after:
        return policy.lock_for
    if failures < policy.patient_until:
        return timedelta(0)
    return min(policy.first_wait * (1 << failures - policy.patient_until), policy.lock_for)
