"""A receipt that is scanned at the desk, or pasted into its line, opens its case whatever list is shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from sqlalchemy import select

from hall.services.receipts import ForgedReceipt
from hall.store.schema.documents import Document
from tests.services.after.aftermath import Aftermath
from tests.windows.desk.hands import Hands
from tests.windows.keyboard import CONTROL

AtDesk = Callable[[str], Hands]


def code_of(bureau: Aftermath, case_id: int) -> str:
    """The code on the newest paper of a case."""
    with bureau.store.read() as session:
        codes = select(Document.code_payload).where(Document.case_id == case_id).order_by(Document.id.desc()).limit(1)
        return session.scalars(codes).one()


def test_a_scan_and_a_pasted_code_open_the_case_and_a_forged_one_does_not(bureau: Aftermath, at_desk: AtDesk) -> None:
    first, second = bureau.decided(bureau.licence()), bureau.decided(bureau.licence("K2"))
    hands = at_desk("clerk")
    hands.desk.take_scan(code_of(bureau, first))
    assert hands.desk.page.file is not None
    assert hands.desk.page.file.case_id == first
    assert hands.said.startswith("✓ 真凭证：")
    hands.press(Qt.Key.Key_K, CONTROL)
    hands.type(code_of(bureau, second))
    hands.enter()
    assert hands.desk.page.file.case_id == second
    hands.desk.take_scan(f"{code_of(bureau, first)[:-4]}AAAA")
    assert hands.said == f"✕ {ForgedReceipt()}"
    hands.desk.take_scan("SF1234567890123")
    assert "没有处理" in hands.said
    assert hands.desk.page.file.case_id == second
    hands.press(Qt.Key.Key_F2)
    hands.desk.take_scan(code_of(bureau, first))
    assert "先办完或按 Esc 关闭右边的面板" in hands.said
