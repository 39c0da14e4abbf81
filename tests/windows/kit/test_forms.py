"""Forms are filled without a mouse and say what is wrong where it is wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from hall.windows.kit.forms import Form


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
