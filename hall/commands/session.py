"""Who acts on the command line: `--user NAME`, the password from HALL_PASSWORD or a prompt."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hall.errors import Refused
from hall.rules.people import Actor
from hall.settings import FontSettings, Settings

if TYPE_CHECKING:
    from hall.store import Store

PASSWORD_VARIABLE = "HALL_PASSWORD"


class NoPassword(Refused):
    """There is nobody to ask, and the environment does not say."""

    def __init__(self, variable: str) -> None:
        super().__init__(f"没有密码：请在终端里运行并按提示输入，或设置环境变量 {variable}。")


class PasswordMustChange(Refused):
    """The password is one-time: nothing else can be done with it."""

    def __init__(self, login: str) -> None:
        super().__init__(f"首次登录要先改密码，请运行 hall account password --user {login}。")


@dataclass(frozen=True, slots=True)
class Session:
    """An open store and who acts in it."""

    store: "Store"
    actor: Actor
    settings: Settings


def add_user_argument(parser: argparse.ArgumentParser) -> None:
    """The option of every command that acts."""
    parser.add_argument("--user", required=True, metavar="NAME", help="账号名（密码取自 HALL_PASSWORD 或提示输入）")


@contextmanager
def opened_store(*, trusts_clock: bool = False) -> Iterator[tuple["Store", Settings]]:
    """The store that the settings name, closed at the end.

    `trusts_clock`: it writes though the clock was set back, for whoever is about to say that the clock is right.
    """
    from hall.clock import SystemClock
    from hall.settings import load
    from hall.store.opening import open_store

    settings = load()
    _use_fonts(settings.fonts)
    store = open_store(settings, SystemClock())
    store.trusts_clock = trusts_clock
    try:
        yield store, settings
    finally:
        store.close()


def _use_fonts(own: FontSettings) -> None:
    """Documents are drawn with the hall's own font files; what is wrong with one is said."""
    if own == FontSettings():
        return
    from hall.printing.fonts import FontSet

    for trouble in FontSet.shipped().prefer(own):
        print(trouble, file=sys.stderr)


@contextmanager
def open_session(arguments: argparse.Namespace, *, trusts_clock: bool = False) -> Iterator[Session]:
    """Sign `arguments.user` in; raises what signing in raises, NoPassword or PasswordMustChange."""
    from hall.services.signing_in import sign_in

    with opened_store(trusts_clock=trusts_clock) as (store, settings):
        password = ask_password(PASSWORD_VARIABLE, "密码：")
        signed_in = sign_in(store, arguments.user, password=password)
        if signed_in.must_change:
            raise PasswordMustChange(arguments.user)
        yield Session(store, signed_in.actor, settings)


def ask_password(variable: str, prompt: str) -> str:
    """From the environment, or typed unseen; raises NoPassword where nobody can type."""
    if given := os.environ.get(variable):
        return given
    if not sys.stdin.isatty():
        raise NoPassword(variable)
    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError:
        raise NoPassword(variable) from None
