"""Passwords: long, new, and slower to guess with each failure."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.passwords import (
    POLICY,
    PasswordTooShort,
    PasswordUnchanged,
    SignInPolicy,
    check_new_password,
    wait_after,
)


@pytest.mark.parametrize("password", ["城管大厅每天九点整开门", "correct horse", "zhangsan-likes-tea-2026"])
def test_a_long_new_password_is_accepted(password: str) -> None:
    check_new_password(password, "one-time-word", login="zhangsan")


@pytest.mark.parametrize("password", ["", "123456789", "zhangsan2026", "ZhangSanZhangSan", "zhangsan"])
def test_a_password_short_but_for_the_login_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooShort, match="10"):
        check_new_password(password, "one-time-word", login="zhangsan")


def test_the_one_time_password_cannot_be_kept() -> None:
    with pytest.raises(PasswordUnchanged):
        check_new_password("k7mw-x3pd-9rtf", "k7mw-x3pd-9rtf", login="admin")


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 5), (4, 10), (5, 20), (6, 40), (7, 80), (8, 900), (30, 900)],
)
def test_the_wait_doubles_until_the_account_locks(failures: int, seconds: int) -> None:
    assert wait_after(failures) == timedelta(seconds=seconds)


@given(st.integers(0, 40), st.integers(1, 40))
def test_one_more_failure_never_shortens_the_wait(failures: int, lock_after: int) -> None:
    policy = SignInPolicy(lock_after=lock_after)
    assert wait_after(failures, policy) <= wait_after(failures + 1, policy) <= POLICY.lock_for
