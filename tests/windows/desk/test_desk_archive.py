"""归档, 补充立卷 and 案卷评查 at the desk by keyboard; ended cases are reached by their list or by number."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from hall.services.case_files import NewFile
from hall.windows.desk_dossier_panels import DossierPanel
from tests.services.after.aftermath import PNG, Aftermath
from tests.windows.desk.hands import Hands
from tests.windows.keyboard import CONTROL

AtDesk = Callable[[str], Hands]


def waiting(hands: Hands) -> None:
    """The list of those that wait for the archive, by its key."""
    desk = hands.desk
    place = next(place for place, tab in enumerate(desk.lists.tabs, 1) if tab.startswith("待归档"))
    hands.press(getattr(Qt.Key, f"Key_{place}"), Qt.KeyboardModifier.AltModifier)
    assert desk.lists.chosen is not None
    assert desk.lists.chosen.code == "to_archive"


def test_a_finished_case_is_archived_with_its_pages(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.finished(bureau.licence())
    hands = at_desk("clerk")
    waiting(hands)
    assert hands.shows(case_id)
    hands.press(Qt.Key.Key_Return, CONTROL)
    panel = hands.desk.panel
    assert isinstance(panel, DossierPanel)
    assert "保管 30年" in panel.told.text()
    assert panel.rows.titles[0].startswith("准予行政许可决定书")
    hands.type("2")
    hands.enter()
    hands.type("一")
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert "页数请写数字" in panel.fault.text()
    hands.type("1")
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert "第 1 卷" in hands.said
    assert bureau.case(case_id).state == "archived"
    assert not hands.desk.lists.numbers


def test_what_the_dossier_lacks_is_told_before_and_refused(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.under_review(bureau.publish("A1"))
    bureau.closing().withdraw(case_id, "不再办理")
    hands = at_desk("clerk")
    waiting(hands)
    assert "还没有送达" in hands.desk.foot.why_not
    hands.desk.begin_act("archive")
    panel = hands.desk.panel
    assert isinstance(panel, DossierPanel)
    assert panel.missing.text() == "✗ 还缺 送达回证"
    hands.confirm()
    assert "卷内还缺：送达回证" in hands.said
    assert hands.desk.panel is panel
    assert bureau.case(case_id).state == "withdrawn"


def test_an_archived_case_is_found_by_number_and_gets_a_further_volume(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.finished(bureau.licence())
    bureau.closing().archive(case_id)
    bureau.accepted("K1")
    hands = at_desk("clerk")
    assert not hands.shows(case_id)
    hands.press(Qt.Key.Key_K, CONTROL)
    hands.type(bureau.case(case_id).acceptance_number or "")
    hands.enter()
    assert "在全部办件里找到 1 件" in hands.said
    assert hands.shows(case_id)
    hands.press(Qt.Key.Key_F6)
    panel = hands.desk.panel
    assert isinstance(panel, DossierPanel)
    assert "不用补充立卷" in panel.told.text()
    hands.confirm()
    assert "没有新的文书或文件" in hands.said
    hands.press(Qt.Key.Key_Escape)
    bureau.files().add(case_id, NewFile("补充说明", "other", PNG))
    hands.desk.reload()
    assert hands.shows(case_id), "what was found stays over a reload"
    hands.press(Qt.Key.Key_F6)
    hands.confirm()
    assert "第 2 卷，1 件" in hands.said


def test_a_number_that_nobody_has_is_told(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.accepted(bureau.publish("A2"))
    hands = at_desk("clerk")
    hands.press(Qt.Key.Key_K, CONTROL)
    hands.type("2026-999")
    hands.enter()
    assert "没有找到" in hands.said
    hands.press(Qt.Key.Key_K, CONTROL)
    hands.type("")
    hands.press(Qt.Key.Key_Delete)
    hands.enter()
    assert hands.shows(case_id)
    assert hands.desk.lists.numbers


def test_lists_keep_their_own_case(bureau: Aftermath, at_desk: AtDesk) -> None:
    code = bureau.licence()
    ended, open_one = bureau.finished(code), bureau.certified(code)[0]
    hands = at_desk("clerk")
    assert hands.shows(open_one)
    waiting(hands)
    assert hands.shows(ended)
    assert hands.desk.lists.ended.current_row is not None
    assert hands.desk.lists.ended.current_row.ended_on == date(2026, 11, 23)
    hands.desk.lists.open_list("decided")
    assert hands.shows(open_one)
    waiting(hands)
    assert hands.shows(ended)
