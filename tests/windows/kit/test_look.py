"""The look keeps its promises: contrast, shapes, one key per action."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.lights import SHAPES, DeviceLight, light_icon
from hall.windows.kit.style import style_sheet
from hall.words import PRIORITY_KINDS


def _luminance(name: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    colour = QColor(name)
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (tokens.MUTED, tokens.GROUND),
        (tokens.DANGER, tokens.DANGER_SOFT),
        (tokens.SUCCESS, tokens.SUCCESS_SOFT),
        (tokens.ON_PRIMARY, tokens.PRIMARY),
    ],
)
def test_a_clerk_can_read_it(text: str, ground: str) -> None:
    assert _contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", [tokens.SURFACE, tokens.GROUND, tokens.PRIMARY_SOFT])
def test_the_public_can_read_it(ground: str) -> None:
    assert _contrast(tokens.TEXT, ground) >= 7
    assert _contrast(tokens.ON_PRIMARY, tokens.PRIMARY) >= 7


@pytest.mark.parametrize("kind", tokens.KINDS)
def test_the_public_can_read_every_kind_of_priority(kind: str) -> None:
    assert _contrast(tokens.ON_PRIMARY, tokens.KINDS[kind]) >= 7


def test_every_kind_of_priority_has_a_colour_of_its_own() -> None:
    assert set(tokens.KINDS) == set(PRIORITY_KINDS) - {"ordinary"}
    assert len(set(tokens.KINDS.values())) == len(tokens.KINDS)


@pytest.mark.parametrize("looks", [tokens.LIGHTS, tokens.DEVICE_LIGHTS])
def test_no_two_lights_share_a_shape_or_a_word(looks: dict[str, tokens.LightLook]) -> None:
    assert len({look.shape for look in looks.values()}) == len(looks)
    assert len({look.word for look in looks.values()}) == len(looks)
    assert {look.shape for look in looks.values()} <= SHAPES.keys()


def test_every_light_of_the_rules_has_a_drawn_shape(qapp: QApplication) -> None:
    from hall.rules.lights import LIGHTS

    for code in LIGHTS:
        assert not light_icon(code).pixmap(14, 14).toImage().allGray() or code in {
            "over_statutory",
            "pending",
        }


def test_a_device_in_trouble_says_what_is_wrong(qtbot: QtBot) -> None:
    light = DeviceLight("小票机")
    qtbot.addWidget(light)
    assert light.words == "小票机 未接"
    light.show_state("trouble", "缺纸")
    assert light.words == "小票机 缺纸"
    for plain in ("", "正常", "就绪"):
        light.show_state("ok", plain)
        assert light.words == "小票机"
    light.show_state("ok", "请放卡")
    assert light.words == "小票机 请放卡"
    light.show_state("trouble", "小票打印机 /dev/usb/lp0 缺纸。请换纸后再试。")
    assert light.words == "小票机 小票打印机 /dev/usb/lp0 缺纸。请换纸后再…"
    assert light.toolTip() == "小票机：小票打印机 /dev/usb/lp0 缺纸。请换纸后再试。"


def test_the_style_sheet_has_no_open_token() -> None:
    assert "$" not in style_sheet()


@pytest.mark.parametrize("window", hotkeys.WINDOWS)
def test_no_key_of_a_window_has_two_meanings(window: str, qapp: QApplication) -> None:
    keys = Counter(QKeySequence(hotkey.keys).toString() for hotkey in hotkeys.WINDOWS[window])
    assert "" not in keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_hotkey_presses_its_button_only_while_the_button_is_enabled(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pressed: list[str] = []
    button = hotkeys.hotkey_button(hotkeys.CALL_NEXT, lambda: pressed.append("call"), window)
    with qtbot.waitActive(window):
        window.show()
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert pressed == ["call"]
    button.setEnabled(False)
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert pressed == ["call"]
    assert "F2" in button.toolTip()


def test_a_key_held_down_acts_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = hotkeys.hotkey_button(hotkeys.CALL_NEXT, lambda: None, window)
    action = hotkeys.bind(hotkeys.LOCK, lambda: None, window)
    repeats = [shortcut.autoRepeat() for shortcut in button.findChildren(QShortcut)]
    assert repeats == [False]
    assert not action.autoRepeat()
