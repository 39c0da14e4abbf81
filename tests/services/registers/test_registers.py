"""Registers: entered, closed, corrected, voided and printed; who may; what is kept of persons."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from hall.errors import Refused
from hall.rules.imports import BadRows
from hall.rules.registers import BadEntry, CannotOnEntry, ClosedByOther, NoSuchRegister, NotDeclared
from hall.rules.registers_file import parse_entries
from hall.services import register_counts, registers
from hall.services.parameters import BadParameters
from hall.services.penalty_records import add_penalty_event
from hall.services.persons import ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded
from hall.services.register_import import import_entries
from hall.services.register_reading import Wanted, register_sheet
from hall.services.register_records import NoSuchCaseNumber, NoSuchColleague, NoSuchEntry, OwnCase
from hall.services.registers import NewEntry
from hall.services.subject_records import history
from hall.services.tables_export import write_tables
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.registers import RegisterEntry
from hall.store.schema.trail import AuditRow
from hall.store.verify import verify_audit
from tests.services.registers.conftest import DAY, Desk

FRIDAY = date(2026, 11, 27)


def count(desk: Desk) -> int:
    with desk.office.store.read() as session:
        return session.scalar(select(func.count()).select_from(RegisterEntry)) or 0


@pytest.mark.both
def test_an_entry_is_made_corrected_closed_and_printed(desk: Desk) -> None:
    case = desk.office.case(desk.office.registered()).number
    first = desk.correction(by="reviewer", case=case)
    entered = desk.row(first)
    assert (entered.number, entered.title, entered.light) == ("莲城管整改〔2026〕1号", "店外堆放货物", "normal")
    assert entered.person is not None
    assert entered.person.name_masked == "张*明"
    again = {**entered.values, "correct_by": "2026-11-25"}
    second = desk.at("clerk").correct(first, NewEntry("corrections", DAY, again), "期限写错")
    old, new = desk.row(first), desk.row(second.entry_id)
    assert (old.standing, old.corrected_by, old.acts) == ("corrected", "莲城管整改〔2026〕2号", ())
    assert (new.corrects, new.due_on, new.person) == (old.number, date(2026, 11, 25), entered.person)
    desk.at("head").close(second.entry_id, "已改正", "货物已搬离", DAY)
    sheet = desk.at("clerk").print_sheet(second.entry_id)
    assert sheet.number == "莲城管登〔2026〕第0003号"  # two were printed as they were entered
    closed = desk.row(second.entry_id)
    assert (closed.standing, closed.result, closed.closed_by) == ("closed", "已改正：货物已搬离", "王立新")
    assert closed.document is not None
    assert closed.document.document_id == sheet.document_id
    with desk.office.store.read() as session:
        told = [each.kind for each in history(session, "register_entry", second.entry_id)]
    assert told == ["enter", "print", "close", "print"]


@pytest.mark.both
def test_two_correct_one_entry_at_once_and_one_of_them_is_told(desk: Desk) -> None:
    entry = desk.opinion()

    def correct(login: str) -> str:
        new = NewEntry("public_opinion", DAY, dict(desk.row(entry).values))
        try:
            return desk.at(login).correct(entry, new, "来源写错").number
        except CannotOnEntry as refused:
            return str(refused)

    with ThreadPoolExecutor(2) as pool:
        refused, done = sorted(pool.map(correct, ("clerk", "clerk2")), key=lambda said: said.startswith("莲城管"))
    assert done == "莲城管舆情〔2026〕2号"
    assert "已被更正" in refused
    assert count(desk) == 2


def test_every_register_numbers_its_own_and_the_year_begins_anew(desk: Desk) -> None:
    assert desk.row(desk.opinion()).number == "莲城管舆情〔2026〕1号"
    assert desk.row(desk.correction()).number == "莲城管整改〔2026〕1号"
    desk.office.on(date(2027, 1, 4))
    assert desk.row(desk.opinion()).number == "莲城管舆情〔2027〕1号"


def test_what_is_personal_is_sealed_masked_and_never_in_the_audit(desk: Desk) -> None:
    told = {"unit": "示例商会", "kind": "商会", "work": "门前秩序", "contact": "李示例", "phone": "13900005678"}
    entry = desk.at("clerk").enter(NewEntry("partners", DAY, told)).entry_id
    row = desk.row(entry)
    assert (row.values["contact"], row.values["phone"]) == ("李*例", "139****5678")
    with desk.office.store.read() as session:
        stored = session.get_one(RegisterEntry, entry)
        kept = stored.fields + (stored.sealed or "") + stored.title
        audit = "".join(session.scalars(select(AuditRow.detail)).all())
    for secret in ("李示例", "13900005678"):
        assert secret not in kept + audit
    sheet = desk.at("clerk").print_sheet(entry)
    assert "13900005678" in json.dumps(desk.office.content(sheet.document_id), ensure_ascii=False)


def test_a_correction_keeps_what_is_personal_unless_it_is_said_anew(desk: Desk) -> None:
    told = {"unit": "示例商会", "kind": "商会", "work": "门前秩序", "contact": "李示例", "phone": "13900005678"}
    front = desk.at("clerk")
    first = front.enter(NewEntry("partners", DAY, told)).entry_id
    again = {"unit": "示例商会", "kind": "物业", "work": "门前秩序", "contact": "", "phone": "13900001111"}
    second = front.correct(first, NewEntry("partners", DAY, again), "类别写错").entry_id
    row = desk.row(second)
    assert (row.values["kind"], row.values["contact"], row.values["phone"]) == ("物业", "李*例", "139****1111")


@pytest.mark.both
def test_a_list_is_found_by_number_words_name_and_card(desk: Desk) -> None:
    entry = desk.correction()
    other = desk.opinion()
    front = desk.at("clerk")
    number = desk.office.resident().id_number  # another person's

    def found(text: str, code: str = "") -> list[int]:
        return [row.entry_id for row in front.entries(Wanted(code, text))]

    assert found("") == [other, entry]
    assert found("", "corrections") == [entry]
    assert found("整改〔2026〕1号") == found("向阳路18号") == found("张测") == [entry]
    assert found("早市") == [other]
    assert found("%") == []
    assert found(number) == []
    person = desk.office.resident()
    told = {"unit": "示例店", "place": "路口", "scope": "门前", "until": "2027-11-23"}
    third = front.enter(NewEntry("front_duties", DAY, told, person)).entry_id
    assert found(person.id_number) == [third]
    assert front.waiting()[0].entry_id == other
    assert {row.entry_id for row in front.waiting()} == {entry, other, third}


@pytest.mark.both
def test_what_waits_stands_by_its_day_the_most_pressing_first(desk: Desk) -> None:
    late, soon, far = (desk.correction(until=day) for day in ("2026-11-24", "2026-11-27", "2027-01-31"))
    desk.office.on(date(2026, 11, 25))
    today = desk.opinion()  # entered with the 23rd as its day, two days from its entry
    rows = desk.at("clerk").waiting()
    assert [row.entry_id for row in rows] == [late, soon, today, far]
    assert [row.light for row in rows] == ["over_statutory", "warning", "warning", "normal"]


@pytest.mark.both
def test_what_is_about_a_case_is_found_by_any_of_its_numbers(desk: Desk) -> None:
    case_id = desk.office.decided()
    entry = desk.correction(case=desk.office.case(case_id).number)
    desk.correction()
    for number in (desk.office.case(case_id).number, desk.office.decision_of(case_id).number):
        assert [row.entry_id for row in desk.at("clerk").entries(Wanted(text=number))] == [entry]
    with pytest.raises(NoSuchCaseNumber, match="没有案号、受理号或者决定书文号为 12 的案件"):
        desk.correction(case="12")


@pytest.mark.both
def test_a_follow_up_is_of_the_party_and_not_by_who_handled_the_case(desk: Desk) -> None:
    case_id = desk.office.decided()
    with desk.office.store.work("penalty.remind", desk.office.actor("clerk2")) as work:
        add_penalty_event(work, work.session.get_one(PenaltyCase, case_id), "remind")
        work.audit(f"penalty:{case_id}")
    number = desk.office.decision_of(case_id).number
    told = {"case": number, "kind": "重大案件", "visit_on": "2026-11-30", "visitor": "施保管"}
    with pytest.raises(NoSuchColleague, match="回访人“施保管”不是本大厅在用账号的姓名"):
        desk.at("clerk2").enter(NewEntry("follow_up_visit", DAY, told))
    entry = desk.at("clerk2").enter(NewEntry("follow_up_visit", DAY, {**told, "visitor": "王立新"})).entry_id
    row = desk.row(entry)
    assert row.title == number
    assert row.person is not None
    for handled in ("reviewer", "clerk2"):  # an officer of the case, somebody who did something in it
        with pytest.raises(OwnCase):
            desk.at(handled).close(entry, "满意", "", DAY)
    desk.at("head").close(entry, "没有联系上", "两次未接", DAY)
    assert desk.row(entry).result == "没有联系上：两次未接"


def test_a_register_leaves_deeds_to_the_roles_it_names(desk: Desk) -> None:
    opinion = desk.opinion()
    with pytest.raises(NotDeclared, match="没有把回应交给您的岗位"):
        desk.at("clerk").close(opinion, "已公开回应", "", DAY)
    assert desk.row(opinion, by="clerk").acts == ("print", "correct")
    assert desk.row(opinion, by="boss").acts == ("close", "print", "correct", "void")
    told = {"problem": "路面破损", "place": "路口", "unit": "示例街道", "solve_by": "2026-11-30"}
    own = desk.at("head").enter(NewEntry("problems", DAY, told)).entry_id
    with pytest.raises(ClosedByOther):
        desk.at("head").close(own, "已解决", "", DAY)
    assert "close" not in desk.row(own, by="head").acts
    desk.at("boss").close(own, "已解决", "", DAY)
    with pytest.raises(NotDeclared):
        desk.at("clerk").enter(NewEntry("equipment", DAY, {"unit": "一中队", "posts": "20", "officers": "18"}))


def test_what_only_some_roles_read_the_others_do_not_find(desk: Desk) -> None:
    told = {"question": "能否认定为轻微", "stake": "没有", "answer_by": "2026-11-30"}
    entry = desk.at("reviewer").enter(NewEntry("expert_opinions", DAY, told, desk.person())).entry_id
    assert desk.row(entry, by="reviewer").title == "能否认定为轻微"
    assert desk.at("clerk").entries(Wanted()) == ()
    assert "expert_opinions" not in {each.code for each in desk.at("clerk").declared()}
    with pytest.raises(NoSuchEntry):
        desk.at("clerk").print_sheet(entry)


def test_what_was_voided_stays_and_counts_nowhere(desk: Desk) -> None:
    entry = desk.opinion()
    with pytest.raises(Refused, match="不能作废登记"):
        desk.at("clerk").void(entry, "重复")
    with pytest.raises(ReasonNeeded):
        desk.at("head").void(entry, " ")
    desk.at("head").void(entry, "重复登记")
    row = desk.row(entry)
    assert (row.standing, row.voided_why, row.acts) == ("void", "重复登记", ())
    for deed in (
        lambda: desk.at("head").void(entry, "再次"),
        lambda: desk.at("boss").close(entry, "已公开回应", "", DAY),
        lambda: desk.at("clerk").print_sheet(entry),
    ):
        with pytest.raises(CannotOnEntry, match="已经作废"):
            deed()
    assert desk.at("clerk").entries(Wanted()) == desk.at("clerk").waiting() == ()


def test_days_are_in_their_order(desk: Desk) -> None:
    with pytest.raises(BadEntry, match="日期不能晚于今天"):
        desk.at("clerk").enter(NewEntry("public_opinion", FRIDAY, {}))
    entry = desk.opinion()
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(BadEntry, match="办结日期应在登记日期以后、今天以前"):
            desk.at("boss").close(entry, "已公开回应", "", day)


def test_no_number_of_a_person_stands_in_what_lies_open(desk: Desk) -> None:
    told = {"matter": "早市占道", "channel": "网络", "content": "举报人电话13900001234", "unit": "城东中队"}
    with pytest.raises(ReasonHoldsNumber):
        desk.at("clerk").enter(NewEntry("public_opinion", DAY, told))
    assert count(desk) == 0


def test_a_person_that_is_wanted_has_to_be_named(desk: Desk) -> None:
    told = {
        "act": "乱堆物料",
        "place": "路口",
        "law": "示例条例第一条",
        "teaching": "已讲解",
        "correct_by": "2026-11-24",
    }
    with pytest.raises(BadEntry, match="没有填写当事人"):
        desk.at("clerk").enter(NewEntry("minor_warning", DAY, told))
    with pytest.raises(NoSuchRegister):
        desk.at("clerk").enter(NewEntry("none", DAY, told))


def test_a_form_of_guidance_is_printed_as_it_is_entered_with_what_it_says(desk: Desk) -> None:
    told = {
        "act": "乱堆物料",
        "place": "路口",
        "law": "示例条例第一条",
        "teaching": "已讲解",
        "correct_by": "2026-11-24",
    }
    made = desk.at("clerk").enter(NewEntry("minor_warning", DAY, told, desk.person()))
    assert made.sheet is not None
    content = desk.office.content(made.sheet.document_id)
    assert content["sheet_title"] == "轻微违法行为警示书"
    assert "不是行政处罚中的警告" in str(content["says"])
    rows = {str(row["label"]): str(row["value"]) for row in content["rows"] if isinstance(row, dict)}
    assert rows["当事人"] == "张测明"
    assert rows["改正期限"] == "2026年11月24日"
    assert "********" in rows["证件"]
    assert [row["who"] for row in content["signs"] if isinstance(row, dict)] == ["当事人", "执法人员", "执法人员"]


def test_a_register_is_written_to_a_file_with_a_column_for_each_field(desk: Desk, tmp_path: Path) -> None:
    desk.correction()
    front = desk.at("clerk")
    register = next(each for each in front.declared() if each.code == "corrections")
    table = register_sheet(register, front.entries(Wanted("corrections")))
    assert table.columns[:6] == ("编号", "日期", "当事人", "证件", "要改正的行为", "案号")
    assert table.columns[-7:] == ("期限", "复查结果", "办结日期", "办结人", "状态", "登记人", "更正或作废")
    write_tables(tmp_path / "整改.xlsx", (table,))
    sheet = load_workbook(tmp_path / "整改.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in next(sheet.iter_rows(min_row=2))][2] == "张*明"


@pytest.mark.both
def test_a_file_is_taken_whole_or_not_at_all(desk: Desk) -> None:
    front = desk.at("clerk")
    register = next(each for each in front.declared() if each.code == "volunteers")
    head = "日期,志愿者,志愿者证件号码,志愿者电话,服务内容,服务小时\n"
    person = desk.person()
    good = f"2026-11-20,{person.name},{person.id_number},13900001234,文明劝导,2.5\n2026-11-21,李示例,,,清洁,3\n"
    store, clerk, home = desk.office.store, desk.office.actor("clerk"), desk.office.home
    bad = parse_entries(head + good + "2026-12-21,王示例,,,清洁,3\n2026-11-20,赵示例,,,电话13900001234,3\n", register)
    with pytest.raises(BadRows) as refused:
        import_entries(store, clerk, register=register, lines=bad, home=home)
    assert [row.line for row in refused.value.rows] == [4, 5]
    assert count(desk) == 0
    lines = parse_entries(head + good, register)
    numbers = import_entries(store, clerk, register=register, lines=lines, home=home)
    assert numbers == ("莲城管志愿〔2026〕1号", "莲城管志愿〔2026〕2号")
    with pytest.raises(BadRows, match="第2行：登记簿里已经有同样的一条") as again:
        import_entries(store, clerk, register=register, lines=lines, home=home)
    assert [row.line for row in again.value.rows] == [2, 3]
    assert [row.title for row in front.entries(Wanted("volunteers"))] == ["李*例", "张*明"]
    with store.read() as session:
        assert verify_audit(session) == []


@pytest.mark.both
def test_the_month_counts_what_stands(desk: Desk) -> None:
    desk.correction(until="2026-11-23")
    in_time, wrong, void = desk.correction(), desk.opinion(), desk.opinion()
    desk.at("head").void(void, "重复登记")
    desk.at("clerk").correct(wrong, NewEntry("public_opinion", DAY, dict(desk.row(wrong).values)), "来源写错")
    desk.office.on(date(2026, 11, 26))
    desk.at("head").close(in_time, "已改正", "", date(2026, 11, 26))
    of = register_counts.counts_by_register
    with desk.office.store.read() as session:
        hall = desk.office.store.hall_id
        whole = of(session, hall_id=hall, first=date(2026, 11, 1), last=date(2026, 11, 30))
        before = of(session, hall_id=hall, first=DAY, last=date(2026, 11, 24))
        after = of(session, hall_id=hall, first=date(2026, 12, 1), last=date(2026, 12, 31))
    counts = register_counts.RegisterCounts
    assert whole["corrections"] == counts(entered=2, closed=1, in_time=1, closed_due=1, late=1)
    assert whole["public_opinion"] == counts(entered=1, closed=0, in_time=0, closed_due=0, late=1)
    assert before["corrections"] == counts(entered=2, closed=0, in_time=0, closed_due=0, late=1)
    assert before["public_opinion"] == counts(entered=1, closed=0, in_time=0, closed_due=0, late=0)
    assert after["corrections"] == counts(entered=0, closed=0, in_time=0, closed_due=0, late=1)


def test_a_halls_own_file_wins_and_a_few_lines_make_a_register(desk: Desk) -> None:
    (desk.office.home / "registers.toml").write_text(
        """
warning_days = 1
[[registers]]
code = "loans"
name = "物品借用"
group = "后勤"
mark = "借用"
effective_from = 2026-01-01
source = "本局办公室"
basis = "本局物品管理办法"
title = "thing"
fields = [
    { key = "thing", label = "物品", kind = "text", required = true },
    { key = "back_on", label = "归还日期", kind = "day", required = true },
]
due = { field = "back_on" }
closing = { words = "归还", results = ["完好", "损坏"] }
""",
        encoding="utf-8",
    )
    front = desk.at("clerk")
    assert [each.name for each in front.declared()] == ["物品借用"]
    made = front.enter(NewEntry("loans", DAY, {"thing": "扩音器", "back_on": "2026-11-24"}))
    assert (made.number, made.due_on, made.sheet) == ("莲城管借用〔2026〕1号", date(2026, 11, 24), None)
    assert [row.light for row in front.waiting()] == ["warning"]
    front.close(made.entry_id, "完好", "", DAY)
    sheet = front.print_sheet(made.entry_id)
    assert desk.office.content(sheet.document_id)["sheet_title"] == "物品借用登记单"


def test_a_spoilt_file_of_the_hall_says_where(desk: Desk) -> None:
    (desk.office.home / "registers.toml").write_text('warning_days = 1\n[[registers]]\ncode = "x"\n', encoding="utf-8")
    with pytest.raises(BadParameters, match="登记簿 x：缺少 name"):
        desk.at("clerk").declared()


def test_entries_of_another_hall_are_not_found(desk: Desk) -> None:
    with pytest.raises(NoSuchEntry):
        registers.print_sheet(desk.office.store, desk.office.actor("clerk"), entry_id=99, home=desk.office.home)
