"""Forms are filled without a mouse and say what is wrong where it is wrong."""

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from hall.windows.kit.forms import Form

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    shown = Form()
    shown.add_text("name", "姓名", required=True)
    shown.add_text("phone", "电话", check=lambda text: "" if text.isdigit() else "电话只能是数字。")
    shown.add_password("password", "密码")
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    return shown


def _editor(form: Form, label: str) -> QLineEdit:
    return next(editor for editor in form.findChildren(QLineEdit) if editor.accessibleName() == label)


def test_enter_goes_to_the_next_field_and_the_last_one_submits(form: Form, qtbot: QtBot) -> None:
    form.set_text("name", " 张三 ")
    form.set_text("password", "x" * 12)
    _editor(form, "姓名").setFocus()
    QTest.keyClick(_editor(form, "姓名"), Qt.Key.Key_Return)
    assert _editor(form, "电话").hasFocus()
    with qtbot.waitSignal(form.submitted):
        QTest.keyClick(_editor(form, "密码"), Qt.Key.Key_Enter)
    assert form.text("name") == "张三"


def test_the_first_wrong_field_gets_the_focus_and_every_wrong_field_its_sentence(form: Form) -> None:
    form.set_text("phone", "电话")
    assert not form.validate()
    assert _editor(form, "姓名").hasFocus()
    assert form.wrong("name") == "请填写姓名。"
    assert form.wrong("phone") == "电话只能是数字。"
    form.set_text("name", "张三")
    assert not form.validate()
    assert form.wrong("name") == ""
    assert _editor(form, "电话").hasFocus()


def test_a_wrong_field_does_not_move_the_others(form: Form) -> None:
    form.adjustSize()
    before = [editor.geometry() for editor in form.findChildren(QLineEdit)]
    assert not form.validate()
    form.adjustSize()
    QApplication.processEvents()
    assert [editor.geometry() for editor in form.findChildren(QLineEdit)] == before


def test_a_refusal_of_the_service_stands_below_its_field(form: Form) -> None:
    form.refuse("phone", "这个号码已登记给另一人，请核对。")
    assert form.wrong("phone").startswith("这个号码已登记")
    assert _editor(form, "电话").hasFocus()
    form.clear()
    assert form.wrong("phone") == ""


@pytest.fixture
def decision(qtbot: QtBot) -> Form:
    """A form with a field of every kind."""
    shown = Form()
    shown.add_choice("outcome", "决定", {"granted": "准予", "denied": "不予"})
    shown.add_note("reason", "理由", required=True)
    shown.add_day("from", "起", date(2026, 11, 23))
    shown.add_tick("publish", "公开")
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    return shown


def _part(form: Form, kind: type[W]) -> W:
    found = form.findChild(kind)
    assert found is not None
    return found


def test_every_kind_of_field_is_read_and_filled_by_its_key(decision: Form) -> None:
    assert (decision.text("outcome"), decision.text("from"), decision.ticked("publish")) == (
        "granted",
        "2026-11-23",
        False,
    )
    decision.set_text("outcome", "denied")
    decision.set_text("reason", " 位置不符 \n")
    decision.set_day("from", date(2027, 2, 28))
    _part(decision, QCheckBox).setChecked(True)
    assert (decision.text("outcome"), decision.text("reason"), decision.day("from")) == (
        "denied",
        "位置不符",
        date(2027, 2, 28),
    )
    assert decision.ticked("publish")
    decision.clear()
    assert (decision.text("outcome"), decision.text("reason"), decision.ticked("publish")) == ("granted", "", False)
    assert decision.day("from") == date(2027, 2, 28)


def test_enter_goes_through_fields_of_every_kind_and_submits_behind_the_last(decision: Form, qtbot: QtBot) -> None:
    choice, note = _part(decision, QComboBox), _part(decision, QPlainTextEdit)
    day, tick = _part(decision, QDateEdit), _part(decision, QCheckBox)
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Return)
    assert note.hasFocus()
    note.insertPlainText("位置不符")
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    note.insertPlainText("通道不足")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert day.hasFocus()
    QTest.keyClick(day, Qt.Key.Key_Return)
    with qtbot.waitSignal(decision.submitted):
        QTest.keyClick(tick, Qt.Key.Key_Return)
    assert decision.text("reason") == "位置不符\n通道不足"


def test_other_choices_keep_what_was_chosen_where_it_still_is_one(decision: Form) -> None:
    decision.set_text("outcome", "denied")
    decision.set_choices("outcome", {"denied": "不予", "default": "超时默认"})
    assert decision.text("outcome") == "denied"
    decision.set_choices("outcome", {"granted": "准予"})
    assert decision.text("outcome") == "granted"


def test_a_hidden_field_is_not_asked_for(decision: Form) -> None:
    assert not decision.validate()
    decision.show_field("reason", False)
    assert decision.validate()
    assert not _part(decision, QPlainTextEdit).isVisible()
