"""Draws the kit into a picture to look at: python tests/windows/gallery.py FILE.png"""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.clock import FixedClock
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.application import create_application
from hall.windows.kit.forms import Form
from hall.windows.kit.frame import Frame
from hall.windows.kit.lights import Light
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table


@dataclass(frozen=True)
class Row:
    number: str
    matter: str
    who: str
    days: int
    light: str


ROWS = tuple(
    Row(f"莲城管许受〔2026〕{97 + n}号", "设置大型户外广告审批", "市政科 李某某", 3 - n, light)
    for n, light in enumerate(tokens.LIGHTS)
)


def _table() -> Table[Row]:
    table = Table[Row](
        [
            Column("灯", lambda row: tokens.LIGHTS[row.light].word, width=110, light=lambda row: row.light),
            Column("剩余", lambda row: str(row.days), align="right", width=70, order=lambda row: row.days),
            Column("文号", lambda row: row.number, width=190),
            Column("事项", lambda row: row.matter),
            Column("在谁手上", lambda row: row.who, width=130),
        ],
        lambda row: row.number,
        empty="",
    )
    table.show_rows(ROWS)
    table.select(ROWS[2].number)
    return table


def _form() -> Form:
    form = Form()
    form.add_text("name", "申请人", required=True)
    form.add_text(
        "id",
        "身份证号",
        check=lambda text: "" if len(text) == 18 else "身份证号应为 18 位，请核对后重新输入。",
    )
    form.add_password("password", "密码")
    form.set_text("name", "张三丰")
    form.set_text("id", "99999919900101")
    form.validate()
    return form


def _buttons() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.TIGHT)
    primary = hotkeys.hotkey_button(hotkeys.ACCEPT, lambda: None)
    set_role(primary, "primary")
    off = QPushButton("不能点")
    off.setEnabled(False)
    for button in (primary, hotkeys.hotkey_button(hotkeys.CALL_NEXT, lambda: None), off):
        row.addWidget(button)
    row.addStretch()
    return row


def _lights() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.BASE)
    for look in tokens.LIGHTS.values():
        row.addWidget(Light(look, look.word))
    row.addStretch()
    return row


def _body() -> QWidget:
    body = QWidget()
    columns = QHBoxLayout(body)
    columns.setContentsMargins(tokens.BASE, tokens.BASE, tokens.BASE, tokens.BASE)
    columns.setSpacing(tokens.WIDE)
    left = QVBoxLayout()
    for text, role in (
        ("标题 20", "title"),
        ("小标题 15", "heading"),
        ("正文加大", "lead"),
        ("次要文字", "muted"),
    ):
        label = QLabel(text)
        set_role(label, role)
        left.addWidget(label)
    left.addWidget(_form())
    left.addStretch()
    right = QVBoxLayout()
    right.setSpacing(tokens.BASE)
    right.addLayout(_buttons())
    right.addLayout(_lights())
    right.addWidget(_table(), 1)
    empty = Table[Row](
        [Column("号码", lambda row: row.number), Column("事项", lambda row: row.matter)],
        lambda row: row.number,
        empty="还没有人取号。有人在取号机取号后，这里按叫号次序显示。",
    )
    right.addWidget(empty, 1)
    columns.addLayout(left, 2)
    columns.addLayout(right, 5)
    return body


def main(path: str) -> None:
    application = create_application(["gallery"])
    frame = Frame("部件", FixedClock(datetime(2026, 11, 23, 1, 42, tzinfo=UTC)))
    frame.set_body(_body())
    frame.show_place("莲城区城管执法服务大厅", counter="3号窗口", person="王某某（窗口）")
    for device, state, detail in (
        ("数据库", "ok", ""),
        ("小票机", "trouble", "缺纸"),
        ("打印机", "away", ""),
        ("读卡器", "absent", ""),
    ):
        frame.header.show_device(device, state, detail)
    frame.message.say("已打印收件凭证 莲城管许收〔2026〕118号", "success")
    frame.message.show_keys("Enter 下一步  Esc 返回")
    frame.progress.begin("正在受理…", lambda: None)
    frame.progress._appear()
    frame.resize(1366, 768)
    frame.show()
    application.processEvents()
    frame.grab().save(path)


if __name__ == "__main__":
    main(sys.argv[1])
