"""The first windows: choosing a screen and signing in."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from hall.app.program import SCREENS
from hall.errors import Refused
from hall.rules.people import Actor
from hall.windows import launcher
from hall.windows.launcher import Launcher, Screen
from hall.windows.sign_in import SignIn, SignInCalls
from hall.workers.tasks import InlineTasks

CLERK = Actor(account_id=7, name="王某某", hall_id=1, roles=frozenset({"clerk"}))


@dataclass(frozen=True)
class Welcome:
    actor: Actor
    must_change: bool


class Accounts:
    """One account whose first password must be changed."""

    def __init__(self) -> None:
        self.password = "first password"
        self.changed = False

    def sign_in(self, login: str, password: str) -> Welcome:
        if (login, password) != ("wang", self.password):
            raise Refused("账号或密码不对，请再试。")
        return Welcome(CLERK, must_change=not self.changed)

    def change_password(self, login: str, present: str, new: str) -> Welcome:
        if new == present:
            raise Refused("新密码与现在的密码相同，请换一个。")
        self.password, self.changed = new, True
        return self.sign_in(login, new)


@pytest.fixture
def accounts() -> Accounts:
    return Accounts()


@pytest.fixture
def sign_in(accounts: Accounts, qtbot: QtBot) -> SignIn:
    calls = SignInCalls(accounts.sign_in, accounts.change_password)
    shown = SignIn(calls, InlineTasks(), hall="某区城管执法服务大厅")
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    shown.begin()
    return shown


def _type(*lines: str) -> None:
    """Type each line into the field that has the focus, and press Enter."""
    for line in lines:
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, line)
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_wrong_password_is_refused_and_asked_again(sign_in: SignIn, accounts: Accounts, qtbot: QtBot) -> None:
    accounts.changed = True
    _type("wang", "guess")
    assert sign_in.refusal == "账号或密码不对，请再试。"
    assert sign_in.login_form.text("login") == "wang"
    assert sign_in.login_form.text("password") == ""
    with qtbot.waitSignal(sign_in.signed_in) as told:
        _type("first password")
    assert told.args == [CLERK]
    assert sign_in.refusal == ""


def test_a_first_password_must_be_changed_before_anything_else(
    sign_in: SignIn, accounts: Accounts, qtbot: QtBot
) -> None:
    told: list[object] = []
    sign_in.signed_in.connect(told.append)
    _type("wang", "first password")
    assert told == []
    assert sign_in.change_form.isVisible()
    _type("my own long words", "my own wrong words")
    assert "不一样" in sign_in.change_form.wrong("again")
    sign_in.change_form.clear()
    sign_in.change_form.focus("new")
    _type("first password", "first password")
    assert sign_in.refusal.startswith("新密码与现在的密码相同")
    _type("my own long words", "my own long words")
    assert told == [CLERK]
    assert accounts.password == "my own long words"


def test_the_next_person_finds_empty_fields(sign_in: SignIn) -> None:
    _type("wang", "guess")
    sign_in.begin()
    assert sign_in.login_form.text("login") == ""
    assert sign_in.refusal == ""


def test_a_number_key_chooses_a_screen(qtbot: QtBot) -> None:
    shown = Launcher("某区城管执法服务大厅", [launcher.KIOSK, launcher.COUNTER])
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    with qtbot.waitSignal(shown.chosen) as chosen:
        QTest.keyClick(shown, Qt.Key.Key_2)
    assert chosen.args == ["counter"]
    assert set(shown.tiles) == {"kiosk", "counter"}


@pytest.mark.parametrize("further", [0, 20 - len(SCREENS)])
def test_every_screen_has_its_own_key_and_room_for_its_words(further: int, qtbot: QtBot) -> None:
    more = (
        Screen(f"more{number}", "摊贩与摊位", "点位、申请、抽签、准予、收回、听证、信用") for number in range(further)
    )
    screens = (*SCREENS, *more)
    shown = Launcher("某区城管执法服务大厅", screens)
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    shown.resize(1366, 728)  # the smallest screen, less the system's bar
    assert (shown.width(), shown.height()) == (1366, 728)
    assert len(screens) <= len(launcher.KEYS)
    for key, screen in zip(launcher.KEYS.lower(), screens, strict=False):
        with qtbot.waitSignal(shown.chosen) as chosen:
            QTest.keyClicks(shown, key)
        assert chosen.args == [screen.code]
        labels = shown.tiles[screen.code].findChildren(QLabel)
        assert all(label.width() >= label.sizeHint().width() for label in labels)
