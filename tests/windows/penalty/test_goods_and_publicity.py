"""The pages of seized goods and of publicity, by the keyboard alone, each deed by whom it belongs to."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hall.rules.seizures import parse_list
from hall.services import publicity, seizures
from hall.services.persons import PersonDetails
from hall.services.seizures import NewSeizure
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.windows.kit.deeds import DeedPanel
from hall.windows.penalty_tools import PenaltyPage
from hall.windows.publicity import PublicityPage
from hall.windows.seizures import SeizuresPage
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT, CONTROL, press
from tests.windows.penalty.desk import Desk, insert

GOODS = "折叠桌 2 张 完好"


def goods_page(desk: Desk, login: str) -> SeizuresPage:
    page = desk.turn_to(login, Qt.Key.Key_4)
    assert isinstance(page, SeizuresPage)
    return page


def public_page(desk: Desk, login: str) -> PublicityPage:
    page = desk.turn_to(login, Qt.Key.Key_5)
    assert isinstance(page, PublicityPage)
    return page


def panel_of(page: PenaltyPage) -> DeedPanel:
    assert page.side.panel is not None
    return page.side.panel


def fill(panel: DeedPanel, key: str, text: str) -> None:
    panel.form.set_text(key, text)  # type: ignore[attr-defined]  # every panel here has a form


def held(office: Office, case_id: int | None = None) -> None:
    """Goods entered by "reviewer", without a case unless one is given."""
    new = NewSeizure(
        number="莲城管扣〔2026〕1号",
        kind="seize",
        seized_on=office.today,
        reason="占道经营的工具",
        basis="条例第三十条",
        place="向阳路18号门前",
        keeper="一号库",
        items=parse_list(GOODS),
        case_id=case_id,
        party=None if case_id else PersonDetails("resident", "张测明"),
    )
    seizures.enter(office.store, office.actor("reviewer"), new=new)


def seize(desk: Desk, case: str, number: str = "莲城管扣〔2026〕1号") -> SeizuresPage:
    page = goods_page(desk, "reviewer")
    press(Qt.Key.Key_F3)
    party = () if case else ("", "张测明", "")
    insert(number, "", "", case, *party, "向阳路18号门前", "占道经营的工具", "条例第三十条", "一号库", GOODS)
    return page


def test_goods_are_entered_extended_released_and_given_back_by_keys_alone(office: Office, desk: Desk) -> None:
    number = office.case(office.registered()).number
    page = seize(desk, number)
    assert "已登记，清单 1 项" in desk.said
    assert [line.seizure.number for line in page.list.table.rows if line.seizure] == ["莲城管扣〔2026〕1号"]
    page = goods_page(desk, "approver")
    press(Qt.Key.Key_F8)
    insert("来源需要向外地经营者核实")
    assert "已延长，决定书 莲城管强延〔2026〕1号" in desk.said
    press(Qt.Key.Key_Return)
    assert panel_of(page).title == "解除或者处理"
    insert("", "", "没有违法行为")
    assert "已解除，决定书 莲城管强解〔2026〕1号" in desk.said
    goods_page(desk, "clerk")
    press(Qt.Key.Key_Return)
    insert("张测明", "", "", "")
    assert "财物返还清单 莲城管强还〔2026〕1号" in desk.said


def test_what_cannot_be_entered_is_said_and_goods_without_a_case_ask_whose_they_are(office: Office, desk: Desk) -> None:
    page = seize(desk, "没有这件")
    assert "没有这件处罚案件" in desk.said
    panel = panel_of(page)
    fill(panel, "goods", "折叠桌两张")
    panel.submit()
    assert "请写成“名称 数量 单位 状况”" in panel.form.wrong("goods")  # type: ignore[attr-defined]
    fill(panel, "goods", GOODS)
    fill(panel, "case", "")
    fill(panel, "id_number", "123")
    panel.submit()
    assert panel.form.wrong("id_number")  # type: ignore[attr-defined]
    press(Qt.Key.Key_Escape)
    assert page.side.panel is None
    press(Qt.Key.Key_F3)
    fill(panel, "number", "莲城管扣〔2026〕1号")
    for key in ("name", "place", "reason", "basis", "keeper"):
        fill(panel, key, "张测明")
    fill(panel, "goods", GOODS)
    panel.submit()
    (line,) = page.list.table.rows
    assert line.seizure is not None
    assert (line.seizure.party.name_masked, line.seizure.case_number) == ("张*明", "")


def test_a_test_stops_the_period_and_an_early_end_lets_it_run(office: Office, desk: Desk) -> None:
    held(office)
    page = goods_page(desk, "reviewer")
    press(Qt.Key.Key_F6)
    insert("", "某检测站", "", "", "")
    assert "不计入查封扣押期限" in desk.said
    press(Qt.Key.Key_F7)
    insert("")
    assert "次日起继续计算期限" in desk.said
    assert page.list.table.rows[0].acts == ("test", "finish_test")


def test_the_papers_are_seen_before_they_are_issued(office: Office, desk: Desk, qtbot: QtBot) -> None:
    held(office)
    page = goods_page(desk, "approver")
    press(Qt.Key.Key_F8)
    fill(panel_of(page), "reason", "来源需要核实")
    window = desk.window
    press(Qt.Key.Key_P, CONTROL)
    dialog = window.papers.dialog
    assert dialog is not None
    assert "延长查封" in dialog.windowTitle()
    dialog.close()
    assert page.list.table.rows[0].acts == ("extend", "end")
    assert page.document is None


def test_an_emergency_is_entered_reported_and_refused_which_releases_the_goods(office: Office, desk: Desk) -> None:
    held(office)
    page = goods_page(desk, "reviewer")
    press(Qt.Key.Key_F4)
    panel = panel_of(page)
    insert("当场扣押", "", "向阳路", "正在驾车离开")
    fill(panel, "seizure", "1")
    panel.submit()
    assert "勾选两名以上" in page.emergency.wrong.text()
    for key in page.emergency.officers._ticks:
        page.emergency.officers.tick(key, True)
    panel.submit()
    assert "请在二十四小时以内报告负责人" in desk.said
    assert [line.key for line in page.list.table.rows] == [-1, 1]
    page.list.table.select(-1)
    press(Qt.Key.Key_F11)
    press(Qt.Key.Key_Return)
    assert "报告表 莲城管强报〔2026〕1号" in desk.said
    page = goods_page(desk, "approver")
    page.list.table.select(-1)
    press(Qt.Key.Key_F12)
    fill(panel_of(page), "approved", "no")
    fill(panel_of(page), "answer", "情况并不紧急")
    panel_of(page).submit()
    assert "已解除，解除决定书 莲城管强解〔2026〕1号" in desk.said
    assert page.document is not None


def test_ended_goods_are_shown_on_demand_and_their_case_opens(office: Office, desk: Desk) -> None:
    held(office, office.registered())
    page = goods_page(desk, "approver")
    press(Qt.Key.Key_F9)
    fill(panel_of(page), "ending", "transferred")
    fill(panel_of(page), "reason", "移送公安机关")
    panel_of(page).submit()
    assert "移送有关机关" in desk.said
    assert not page.list.table.rows
    press(Qt.Key.Key_0, ALT)
    assert [line.key for line in page.list.table.rows] == [1]
    press(Qt.Key.Key_F2)
    assert desk.window.page is desk.window.position


def begun(office: Office) -> int:
    case_id = office.decided()
    with office.store.work("penalty.decide", office.actor("approver")) as work:
        decision = work.session.get_one(PenaltyDecision, office.decision_of(case_id).id)
        publicity.begin(work, work.session.get_one(PenaltyCase, case_id), decision)
        work.audit(f"penalty:{case_id}")
    return case_id


def overturn(office: Office, case_id: int) -> None:
    with office.store.work("penalty.correct", office.actor("approver")) as work:
        decision = work.session.get_one(PenaltyDecision, office.decision_of(case_id).id)
        publicity.overturned(work, decision, "复议决定撤销")
        work.audit(f"penalty:{case_id}")


def test_a_decision_is_published_and_taken_down_by_keys_alone(office: Office, desk: Desk) -> None:
    case_id = begun(office)
    page = public_page(desk, "boss")
    assert [row.light for row in page.list.table.rows] == ["warning"]
    press(Qt.Key.Key_Return)
    insert("", "")
    assert "已登记公示，公示到 2027-11-23 周二 为止" in desk.said
    overturn(office, case_id)
    page = public_page(desk, "boss")
    press(Qt.Key.Key_Return)
    assert "复议决定撤销" in panel_of(page).about.text()  # type: ignore[attr-defined]
    insert("", "")
    assert "已登记撤回公示" in desk.said
    assert not page.list.table.rows


def test_it_is_withheld_with_a_ground_and_a_clerk_only_looks(office: Office, desk: Desk) -> None:
    begun(office)
    page = public_page(desk, "clerk")
    assert [act for act, button in page.list.buttons.items() if button.isVisible()] == ["open"]
    assert not page.export_button.isVisible()
    public_page(desk, "lawyer")
    press(Qt.Key.Key_F4)
    insert("", "涉及商业秘密")
    assert "已登记不予公示" in desk.said


def test_the_platform_gets_its_file_and_the_board_its_sheet(office: Office, desk: Desk, tmp_path: Path) -> None:
    begun(office)
    page = public_page(desk, "boss")
    page.export(str(tmp_path / "公示"))
    assert "已导出 1 条公示数据" in desk.said
    rows = list(load_workbook(tmp_path / "公示.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[1][0] == "张*明"
    press(Qt.Key.Key_F8)
    assert "公示表 莲城管示〔2026〕第0001号 正在打印" in desk.said
    (sheet,) = page.sheets()
    assert sheet.title == "公示"


def test_the_panels_of_a_case_do_the_same(office: Office, desk: Desk) -> None:
    case_id = begun(office)
    public_page(desk, "boss")
    window = desk.window
    window.open_case(case_id)
    window.position.begin_act("publish")
    panel = window.position.deeds.panel
    assert panel is not None
    panel.submit()
    assert "公示到 2027-11-23" in desk.said
    assert office.events(case_id)[-1].kind == "publish"
    assert office.today == date(2026, 11, 23)
