"""Signing in: account and password, and a new password where the first or a reset one must be changed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.people import Actor
from hall.windows.kit import tokens
from hall.windows.kit.card import card, centre
from hall.windows.kit.forms import Form
from hall.windows.kit.style import set_role
from hall.workers.tasks import Tasks

WIDTH = 440


class SignedIn(Protocol):
    """Who has signed in, and whether the password must be changed before anything else."""

    @property
    def actor(self) -> Actor: ...

    @property
    def must_change(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class SignInCalls:
    """The use cases: sign_in(login, password); change_password(login, present, new)."""

    sign_in: Callable[[str, str], SignedIn]
    change_password: Callable[[str, str, str], SignedIn]


class SignIn(QWidget):
    """Asks until somebody has signed in; `signed_in` carries the Actor."""

    signed_in = Signal(object)

    def __init__(self, calls: SignInCalls, tasks: Tasks, *, hall: str) -> None:
        super().__init__()
        self.setWindowTitle(f"{hall} 登录")
        self._calls = calls
        self._tasks = tasks
        self.login_form = _login_form()
        self.login_button = QPushButton("登录  Enter")
        self.change_form = _change_form()
        self.change_button = QPushButton("换成新密码并登录  Enter")
        self._refusal = QLabel()
        self._pages = QStackedWidget()
        self._lay_out(hall)
        self.login_form.submitted.connect(self._sign_in)
        self.login_button.clicked.connect(self.login_form.submit)
        self.change_form.submitted.connect(self._change)
        self.change_button.clicked.connect(self.change_form.submit)

    @property
    def refusal(self) -> str:
        """Why the last try failed."""
        return self._refusal.text()

    def begin(self) -> None:
        """Ask anew: nothing of the last person stays."""
        self.login_form.clear()
        self.change_form.clear()
        self._refusal.clear()
        self._pages.setCurrentIndex(0)
        self.login_form.focus("login")

    @Slot()
    def _sign_in(self) -> None:
        login, password = self.login_form.text("login"), self.login_form.text("password")
        self._busy(True)
        self._tasks.write(
            partial(self._calls.sign_in, login, password), self._welcome, on_failed=self._refuse, owner=self
        )

    @Slot()
    def _change(self) -> None:
        new = self.change_form.text("new")
        if new != self.change_form.text("again"):
            self.change_form.refuse("again", "两次输入的新密码不一样，请重新输入。")
            return
        self._busy(True)
        login, present = self.login_form.text("login"), self.login_form.text("password")
        self._tasks.write(
            partial(self._calls.change_password, login, present, new),
            self._welcome,
            on_failed=self._refuse_new,
            owner=self,
        )

    def _welcome(self, signed_in: SignedIn) -> None:
        self._busy(False)
        self._refusal.clear()
        if signed_in.must_change:
            self._pages.setCurrentIndex(1)
            self.change_form.focus("new")
            return
        self.signed_in.emit(signed_in.actor)

    def _refuse(self, failure: HallError) -> None:
        self._busy(False)
        self._refusal.setText(failure.sentence)
        self.login_form.set_text("password", "")
        self.login_form.focus("password")

    def _refuse_new(self, failure: HallError) -> None:
        self._busy(False)
        self._refusal.setText(failure.sentence)
        self.change_form.clear()
        self.change_form.focus("new")

    def _busy(self, busy: bool) -> None:
        for part in (self.login_form, self.login_button, self.change_form, self.change_button):
            part.setEnabled(not busy)

    def _lay_out(self, hall: str) -> None:
        widget, column = card(width=WIDTH)
        title = QLabel(hall)
        set_role(title, "heading")
        title.setWordWrap(True)
        self._refusal.setWordWrap(True)
        self._refusal.setMinimumHeight(tokens.WIDE)
        set_role(self._refusal, "wrong")
        for button in (self.login_button, self.change_button):
            set_role(button, "primary")
        self._pages.addWidget(_page("", self.login_form, self.login_button))
        self._pages.addWidget(
            _page("这是初始密码或重置后的密码，请先换成自己的密码。", self.change_form, self.change_button)
        )
        column.addWidget(title)
        column.addWidget(self._refusal)
        column.addWidget(self._pages)
        centre(self, widget)


def _login_form() -> Form:
    form = Form()
    form.add_text("login", "账号", required=True)
    form.add_password("password", "密码")
    return form


def _change_form() -> Form:
    form = Form()
    form.add_password("new", "新密码", hint="可以用一句话，越长越好")
    form.add_password("again", "再输一次")
    return form


def _page(words: str, form: Form, button: QPushButton) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.SNUG)
    if words:
        label = QLabel(words)
        label.setWordWrap(True)
        column.addWidget(label)
    column.addWidget(form)
    column.addWidget(button)
    column.addStretch()
    return page
