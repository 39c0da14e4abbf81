"""Scans at the desk: each file gets a purpose and a title, a wrong one is voided with a reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.services.after.aftermath import PNG, Aftermath
from tests.windows.desk.hands import Hands

AtDesk = Callable[[str], Hands]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def scans(tmp_path: Path) -> list[str]:
    """On this computer's disk; one is none, one is named with a telephone."""
    contents = {"平面图.png": PNG, "13900001234.png": PNG + b"1", "说明.pdf": b"text"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in contents]


def chosen(hands: Hands, paths: list[str]) -> None:
    """F11, and these files in the dialog."""
    hands.press(Qt.Key.Key_F11)
    dialog = hands.desk.files.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.filesSelected.emit(paths)
    dialog.close()


def test_each_file_is_asked_what_it_is(bureau: Aftermath, at_desk: AtDesk, scans: list[str]) -> None:
    case_id = bureau.under_review(bureau.publish("F1"))
    hands = at_desk("reviewer")
    chosen(hands, scans)
    panel = hands.desk.files.keeping
    assert "第 1 / 3 个：平面图.png" in panel.told.text()
    assert (panel.purpose, panel.title_text) == ("material", "平面图")
    hands.enter()
    hands.press(Qt.Key.Key_Down)
    name = bureau.matter("F1").materials[0].name
    assert panel.title_text == name, "a scan of a material is called like it"
    hands.enter(2)
    assert "已存入 1 / 3" in hands.said
    assert panel.title_text == "", "a number makes no title"
    hands.press(Qt.Key.Key_Down)
    hands.enter()
    hands.type("现场照片1")
    hands.enter()
    assert "已存入 2 / 3" in hands.said
    hands.enter(2)
    assert "不是 PDF" in hands.said
    assert hands.desk.side.panel is panel
    assert panel.title_text == "说明"
    hands.press(Qt.Key.Key_Escape)
    kept = bureau.files().files(case_id)
    assert [(each.title, each.purpose, each.material) for each in kept] == [
        (name, "material", 1),
        ("现场照片1", "visit", None),
    ]
    assert hands.desk.page.files.rows == kept


def test_a_wrong_scan_is_voided_with_a_reason(bureau: Aftermath, at_desk: AtDesk, scans: list[str]) -> None:
    case_id = bureau.finished(bureau.licence())
    hands = at_desk("clerk")
    hands.desk.open_case(case_id)
    chosen(hands, scans[:1])
    assert hands.desk.files.keeping.purpose == "service"
    hands.enter(2)
    assert hands.desk.side.panel is None
    hands.press(Qt.Key.Key_F11, SHIFT)
    hands.press(Qt.Key.Key_2)
    assert "已作废" in hands.said
    (voided,) = bureau.files().files(case_id)
    assert (voided.voided, voided.voided_why) == (True, "扫描不清楚")
    hands.press(Qt.Key.Key_F11, SHIFT)
    assert "没有作废的" in hands.said
