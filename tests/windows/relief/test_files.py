"""Scans and photos of an application for relief: kept sealed, counted, looked at, taken out of use. By keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from hall.printing.qr import qr_png
from hall.store.schema.certificates import StoredFile
from hall.windows.document_preview import DocumentPreview
from hall.windows.relief import ApplicationsPage
from hall.windows.relief_file_panels import KeepPanel
from tests.services.relief.fund import Fund
from tests.windows.keyboard import ALT, LEAVE, fill, press
from tests.windows.sitting import Sitting


def applications(table: Sitting) -> ApplicationsPage:
    page = table.page
    assert isinstance(page, ApplicationsPage)
    return page


def keeping(table: Sitting) -> KeepPanel:
    panel = table.page.side.panel
    assert isinstance(panel, KeepPanel)
    return panel


def choose(table: Sitting, *paths: Path) -> None:
    """In the question for files that has just been opened."""
    dialog = applications(table).files.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.filesSelected.emit([str(path) for path in paths])
    dialog.close()


def test_proofs_are_kept_counted_looked_at_and_one_by_mistake_is_voided(
    table: Sitting, fund: Fund, tmp_path: Path
) -> None:
    fund.applied()
    proof, wrong = tmp_path / "低保证明.png", tmp_path / "13900001234.png"
    proof.write_bytes(qr_png("低保证明"))
    wrong.write_bytes(qr_png("别人的"))
    table.sit("clerk")
    assert table.offered == ["keep", "withdraw"]
    press(Qt.Key.Key_F9)
    choose(table)
    assert table.page.side.panel is None
    press(Qt.Key.Key_F9)
    choose(table, proof, wrong)
    panel = keeping(table)
    assert "低保证明.png、13900001234.png" in panel.about.text()
    fill("13900001234", LEAVE)
    assert "不要写证件号码或电话" in panel.form.wrong("title")
    fill("低保证明", "material")
    assert "已存入 2 份，共有材料 2 份" in table.said
    assert "存有 2 份：低保证明、低保证明2" in table.page.list.facts.words
    assert "存入材料　周玉兰" in applications(table).happened.words
    press(Qt.Key.Key_F10)
    fill("低保证明2", "存错了件")
    assert "材料“低保证明2”已作废" in table.said
    assert "存有 1 份：低保证明" in table.page.list.facts.words
    assert table.offered == ["look", "keep", "void", "withdraw"]
    with fund.office.store.read() as session:
        kept = session.scalars(select(StoredFile)).all()
    assert [b"PNG" in each.content_sealed.encode() for each in kept] == [False, False]

    table.sit("head")
    press(Qt.Key.Key_F8)
    dialog = applications(table).files.dialog
    assert isinstance(dialog, DocumentPreview)
    assert [view.sheet.paper.title for view in dialog.views] == ["低保证明"]
    press(Qt.Key.Key_Escape)


def test_the_signed_receipt_is_kept_after_the_end_and_a_recording_never(
    table: Sitting, fund: Fund, tmp_path: Path
) -> None:
    fund.give_to_fund(money_fen=500_000)
    fund.give(fund.shown())
    table.sit("clerk")
    press(Qt.Key.Key_0, ALT)
    recording, receipt = tmp_path / "录音.mp3", tmp_path / "领取单.png"
    recording.write_bytes(b"ID3\x04" + bytes(30))
    receipt.write_bytes(qr_png("领取单"))
    for path, said in ((recording, "不存录音"), (receipt, "共有材料 1 份")):
        press(Qt.Key.Key_F9)
        choose(table, path)
        fill("签字的领取单", "other")
        assert said in table.said
        press(Qt.Key.Key_Escape)
