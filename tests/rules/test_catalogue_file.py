"""The bureau's catalogue file: what is taken, and each oddity refused with its line and reason."""

import csv
import io
from datetime import date

import pytest

from hall.resources import resource
from hall.rules.catalogue import Limit, MaterialRule, Matter
from hall.rules.catalogue_file import COLUMNS, FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.imports import BadRow, BadRows

GOOD = {
    "code": "XK05",
    "name": "临时占用城市道路许可",
    "department": "市政科",
    "prefix": "B",
    "legal_basis": "城市道路管理条例第31条",
    "statutory_limit_wd": "20",
    "promised_limit_wd": "3",
    "materials": "申请表;营业执照|复印件1",
    "site_inspection": "是",
    "validity": "",
    "fee": "不收费",
    "applicant_kind": "自然人;法人",
    "effective_from": "2026-01-01",
    "notes": "",
}


def written(*rows: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def one(**cells: str) -> Matter:
    (matter,) = parse_catalogue(written({**GOOD, **cells}))
    return matter


def bad_rows(text: str) -> tuple[BadRow, ...]:
    with pytest.raises(BadRows) as caught:
        parse_catalogue(text)
    return caught.value.rows


def reason(**cells: str) -> str:
    ((line, text),) = bad_rows(written({**GOOD, **cells}))
    assert line == 2
    return text


def shipped() -> tuple[Matter, ...]:
    return parse_catalogue(decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE))


# The shipped sample


def test_the_shipped_catalogue_is_clean_and_marked_as_a_sample_row_by_row() -> None:
    matters = shipped()
    assert len(matters) >= 20
    assert all(matter.sample and matter.effective_from == date(2026, 1, 1) for matter in matters)


def test_the_shipped_catalogue_says_what_was_repaired() -> None:
    notes = {matter.code: matter.note for matter in shipped()}
    assert "60工作日" in notes["XK01-3"]
    assert "7-20" in notes["XK01-3"]
    assert "处理厂15;转运站10" in notes["XK14-2"]


def test_no_permit_of_the_shipped_catalogue_is_over_twenty_working_days() -> None:
    limits = [matter.statutory for matter in shipped() if matter.statutory]
    assert all(limit.unit == "workday" and limit.days <= 20 for limit in limits)


def test_in_the_shipped_catalogue_every_department_has_a_letter_of_its_own() -> None:
    pairs = {(matter.department, matter.prefix) for matter in shipped()}
    assert len(pairs) == len({department for department, _ in pairs}) == len({prefix for _, prefix in pairs})


def test_the_shipped_catalogue_has_both_ways_of_handling() -> None:
    assert {matter.handling for matter in shipped()} == {"immediate", "promised"}


# What is taken


def test_a_row_becomes_a_matter() -> None:
    matter = one()
    assert (matter.code, matter.prefix, matter.site_visit) == ("XK05", "B", True)
    assert (matter.statutory, matter.promised) == (Limit(20, "workday"), Limit(3, "workday"))
    assert matter.materials == (MaterialRule(1, "申请表", 1, 0), MaterialRule(2, "营业执照", 0, 1))
    assert matter.applicant_kinds == {"natural", "legal"}


def test_chinese_column_names_are_understood() -> None:
    titles = {column.key: column.titles[0] for column in COLUMNS}
    text = written({titles[key]: cell for key, cell in GOOD.items()})
    assert parse_catalogue(text) == (one(),)


@pytest.mark.parametrize(
    ("cell", "limit"),
    [
        ("20", Limit(20, "workday")),
        ("20工作日", Limit(20, "workday")),
        ("20个工作日", Limit(20, "workday")),
        ("即办", Limit(0, "workday")),
        ("", None),
        ("—", None),
    ],
)
def test_promised_limits_as_staff_write_them(cell: str, limit: Limit | None) -> None:
    assert one(promised_limit_wd=cell).promised == limit


@pytest.mark.parametrize(("cell", "limit"), [("24小时", Limit(24, "hour")), ("30自然日", Limit(30, "day"))])
def test_limits_in_other_units(cell: str, limit: Limit) -> None:
    matter = one(statutory_limit_wd=cell, promised_limit_wd="", limit_basis="某条例第1条")
    assert matter.statutory == limit


def test_a_longer_statutory_limit_is_taken_with_its_law() -> None:
    assert one(statutory_limit_wd="60", limit_basis="某法第1条").limit_basis == "某法第1条"


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("申请表", MaterialRule(1, "申请表", 1, 0)),
        ("申请表|原件2|复印件3", MaterialRule(1, "申请表", 2, 3)),
        ("申请表|原件2份|非必要", MaterialRule(1, "申请表", 2, 0, required=False)),
        ("申请表｜复印件1｜必要｜说明：交验原件；", MaterialRule(1, "申请表", 0, 1, note="交验原件")),
    ],
)
def test_materials_as_staff_write_them(cell: str, rule: MaterialRule) -> None:
    assert one(materials=cell).materials == (rule,)


def test_materials_may_stand_on_lines_of_their_own_or_be_none() -> None:
    assert [rule.name for rule in one(materials="甲\n乙；丙").materials] == ["甲", "乙", "丙"]
    assert one(materials="无").materials == ()


@pytest.mark.parametrize(
    ("cell", "taken"),
    [
        ("是", (True, "")),
        ("否", (False, "")),
        ("是（荷载）", (True, "荷载")),
        ("否(视情况)", (False, "视情况")),
    ],
)
def test_site_visits_with_remarks(cell: str, taken: tuple[bool, str]) -> None:
    matter = one(site_inspection=cell)
    assert (matter.site_visit, matter.site_visit_note) == taken


@pytest.mark.parametrize(
    ("cell", "months"), [("1年", 12), ("最长3年", 36), ("6个月", 6), ("批准文件载明", None), ("", None)]
)
def test_validity_in_months_where_it_is_one_length(cell: str, months: int | None) -> None:
    matter = one(validity=cell)
    assert (matter.validity, matter.validity_months) == (cell, months)


@pytest.mark.parametrize(("cell", "fen"), [("免费", 0), ("0", 0), ("10元", 1000), ("10.5元", 1050), ("0.05元", 5)])
def test_fees_in_fen(cell: str, fen: int) -> None:
    assert one(fee=cell, fee_basis="某条例第3条").fee_fen == fen


def test_words_for_applicants_cover_the_kinds_they_mean() -> None:
    assert one(applicant_kind="单位、公民").applicant_kinds == {"legal", "other", "natural"}
    assert len(one(applicant_kind="不限").applicant_kinds) == 4


def test_the_date_as_excel_writes_it_back() -> None:
    assert one(effective_from="2026/3/1").effective_from == date(2026, 3, 1)


def test_where_a_row_comes_from_is_kept() -> None:
    matter = one(source="某页", promise_city="某县", verification="已核")
    assert matter.source == "某页；承诺时限取自：某县；核对：已核"
    assert one(source="某页").source == "某页"


def test_two_versions_of_a_matter_may_stand_in_one_file() -> None:
    first, second = parse_catalogue(written(GOOD, {**GOOD, "effective_from": "2026-07-01"}))
    assert (first.code, first.effective_from) == ("XK05", date(2026, 1, 1))
    assert second.effective_from == date(2026, 7, 1)


# Oddities, each refused with what to do


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("statutory_limit_wd", "60", "第四十二条"),
        ("statutory_limit_wd", "20(不含现场勘验)", "第四十五条"),
        ("statutory_limit_wd", "20(+10经批准)", "须逐件批准"),
        ("statutory_limit_wd", "20(行政许可法42默认)", "说明移到“备注”列"),
        ("statutory_limit_wd", "15日", "未写明是工作日还是自然日"),
        ("statutory_limit_wd", "处理厂15;转运站10", "拆成两个事项"),
        ("promised_limit_wd", "7-20", "是区间"),
        ("promised_limit_wd", "7至20个工作日", "是区间"),
        ("promised_limit_wd", "1(+现场勘验)", "第四十五条"),
        ("promised_limit_wd", "1(+现场勘验3=总4)", "第四十五条"),
        ("promised_limit_wd", "同左", "请写出时限"),
        ("promised_limit_wd", "每月抽签", "不是时限"),
        ("promised_limit_wd", "0", "不是时限"),
        ("promised_limit_wd", "-3", "不是时限"),
        ("promised_limit_wd", "3.5", "不是时限"),
        ("promised_limit_wd", "21", "长于法定时限"),
        ("promised_limit_wd", "24小时", "单位不同"),
        ("name", "同上", "排序"),
        ("name", "", "不能为空"),
        ("name", "两\n行", "不能换行"),
        ("legal_basis", "同上", "写出完整内容"),
        ("code", "许可1", "不是事项编码"),
        ("code", "", "不是事项编码"),
        ("prefix", "甲", "一个大写字母"),
        ("materials", "同上", "没有名称"),
        ("materials", "|原件1", "没有名称"),
        ("materials", "申请书1份", "份数写在了名称里"),
        ("materials", "申请表|原件一", "“原件一”看不懂"),
        ("materials", "申请表|原件0|复印件0", "都是0份"),
        ("materials", "申请表;申请表", "重复"),
        ("site_inspection", "视情况", "请写“是”或“否”"),
        ("site_inspection", "是(时限外另计)", "第四十五条"),
        ("validity", "同上", "写出完整内容"),
        ("fee", "占用费按第37条", "另行计收的写在“备注”列"),
        ("fee", "5元", "收费依据"),
        ("applicant_kind", "商铺", "不是申请人类型"),
        ("applicant_kind", "", "不是申请人类型"),
        ("effective_from", "2026-02-30", "不是日期"),
        ("effective_from", "明年", "不是日期"),
    ],
)
def test_an_oddity_is_refused_with_what_to_do(column: str, cell: str, told: str) -> None:
    assert told in reason(**{column: cell})


def test_a_row_tells_all_its_faults_and_so_do_the_other_rows() -> None:
    odd = {**GOOD, "statutory_limit_wd": "60", "promised_limit_wd": "7-20", "fee": "否"}
    rows = bad_rows(written(GOOD, odd, {**GOOD, "code": "XK06", "name": "同上"}))
    assert [row.line for row in rows] == [3, 3, 3, 4]


def test_a_limit_over_the_law_is_told_though_another_cell_cannot_be_read() -> None:
    rows = bad_rows(written({**GOOD, "statutory_limit_wd": "60", "promised_limit_wd": "7-20"}))
    assert any("第四十二条" in row.reason for row in rows)


def test_a_very_wrong_long_cell_is_quoted_only_in_part() -> None:
    assert len(reason(fee="贵" * 500)) < 200


def test_the_same_version_twice_is_refused_at_its_second_line() -> None:
    ((line, text),) = bad_rows(written(GOOD, {**GOOD, "name": "另名"}))
    assert (line, "第2行重复" in text) == (3, True)
