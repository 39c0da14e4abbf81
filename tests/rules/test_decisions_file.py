"""The case system's file: what a line says, and every reason for which it is refused."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from hall.rules.decisions_file import COLUMNS, LONGEST, ImportedDecision, parse_decisions
from hall.rules.identity import id_check_digit
from hall.rules.imports import BadRows
from hall.services.penalty_terms import penalty_terms

TODAY = date(2026, 11, 23)
TERMS = penalty_terms(Path(__file__).parent, TODAY)
LINE = {
    "case_number": "示城管罚立〔2026〕1号",
    "decision_number": "示城管罚决〔2026〕1号",
    "party": "张测明",
    "party_kind": "个人",
    "id_number": "99999919900307001" + id_check_digit("99999919900307001"),
    "phone": "13900001234",
    "violation": "CFT01",
    "act": "占用人行道堆放建筑材料",
    "place": "向阳路1号",
    "acted_on": "2026-10-08",
    "found_on": "2026-10-08",
    "filed_on": "2026-10-09",
    "procedure": "普通程序",
    "officers": "LC-0001、LC-0002",
    "decided_on": "2026/11/2",
    "fine": "3,000.50",
    "bank": "示例银行",
    "surcharge_told": "是",
    "served_on": "2026-11-04",
    "recipient": "张测明",
    "paid": "1000",
    "paid_on": "2026-11-10",
}
SHOP = {
    "party": "测试小吃店",
    "party_kind": "个体工商户",
    "id_number": "91350100M000100Y43",
    "object_kind": "公民",
    "representative": "李试芳",
}


def text(*lines: Mapping[str, str]) -> str:
    written = io.StringIO()
    table = csv.DictWriter(written, [column.key for column in COLUMNS], restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(lines)
    return written.getvalue()


def parsed(*lines: Mapping[str, str]) -> tuple[ImportedDecision, ...]:
    return parse_decisions(text(*lines), today=TODAY, terms=TERMS)


def refused(**changes: str) -> tuple[tuple[int, str], ...]:
    with pytest.raises(BadRows) as bad:
        parsed({**LINE, **changes})
    return tuple(bad.value.rows)


def test_a_line_is_a_decision_with_its_case_service_and_payment() -> None:
    (found,) = parsed(LINE)
    assert (found.fine_fen, found.paid_fen, found.decided_on) == (300_050, 100_000, date(2026, 11, 2))
    assert (found.object_kind, found.officers, found.way, found.result) == (
        "citizen",
        ("LC-0001", "LC-0002"),
        "direct",
        "ordinary",
    )
    assert (found.facts.filed_on, found.facts.procedure, found.surcharge_told) == (date(2026, 10, 9), "general", True)


def test_chinese_headings_do_as_well() -> None:
    titles = {column.key: column.titles[0] for column in COLUMNS}
    head, _, rest = text(LINE).partition("\n")
    chinese = ",".join(titles[key] for key in head.split(","))
    assert parse_decisions(f"{chinese}\n{rest}", today=TODAY, terms=TERMS) == parsed(LINE)


def test_a_decision_alone_needs_neither_service_nor_payment() -> None:
    bare = {key: value for key, value in LINE.items() if key not in ("served_on", "recipient", "paid", "paid_on")}
    (found,) = parsed(bare)
    assert (found.served_on, found.paid_fen, found.paid_on) == (None, 0, None)


def test_an_individual_business_is_what_the_file_says_and_a_company_is_an_organisation() -> None:
    (shop,) = parsed({**LINE, **SHOP})
    assert (shop.object_kind, shop.party_kind) == ("citizen", "individual_business")
    (company,) = parsed({**LINE, **SHOP, "party_kind": "法人", "object_kind": ""})
    assert company.object_kind == "organisation"


def test_a_child_gets_no_penalty_and_may_have_a_decision_that_says_so() -> None:
    child = "99999920130101001"
    number = {"id_number": child + id_check_digit(child)}
    assert "不满十四周岁" in refused(**number)[0][1]
    unpunished = {**LINE, **number, "result": "不予处罚", "fine": "0", "paid": "", "paid_on": ""}
    assert parsed(unpunished)[0].result == "none"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"fine": "3000.005"}, "罚款：“3000.005”不是金额"),
        ({"fine": "-1"}, "罚款：“-1”不是金额"),
        ({"fine": "99999999999"}, "不是金额"),
        ({"fine": ""}, "罚款：“”不是金额"),
        ({"decision_number": ""}, "决定书文号：不能为空"),
        ({"decision_number": "一" * 61}, "不是文号"),
        ({"party_kind": "公司"}, "当事人类别：“公司”应是个人"),
        ({"id_number": "999999199003070011"}, "校验不符"),
        ({"id_number": ""}, "证件号码：不能为空"),
        ({"phone": "12"}, "电话号码不对"),
        ({"acted_on": "去年"}, "违法日期：“去年”不是日期"),
        ({"procedure": "快速"}, "程序：“快速”应是"),
        ({"officers": "LC-0001、LC-0001"}, "执法证号少于两个"),
        ({"result": "打折"}, "处罚结果：“打折”应是"),
        ({"result": "不予处罚"}, "不予处罚的决定不能有罚款"),
        ({"surcharge_told": "也许"}, "应是、是、否之一"),
        ({"harm": "很大"}, "危害后果"),
        ({"way": "飞鸽"}, "送达方式"),
        ({"found_on": "2026-10-07"}, "发现日期早于违法行为的日期"),
        ({"acted_on": "2024-10-07"}, "追责期限"),
        ({"decided_on": "2026-10-08"}, "决定日期早于立案或者发现日期"),
        ({"served_on": "2026-11-01"}, "送达日期早于决定日期"),
        ({"published_on": "2026-11-01"}, "公示日期早于决定日期"),
        ({"paid_on": "2026-11-01"}, "缴款日期早于决定日期"),
        ({"paid_on": ""}, "已缴金额和缴款日期要么都填"),
        ({"served_on": "", "recipient": ""}, "填了缴款，没有填送达日期"),
        ({"fine": "0"}, "没有罚款，却有缴款"),
        ({"paid_on": "2026-11-24"}, "有日期在今天之后"),
        ({"closed_on": "2026-11-03"}, "结案日期早于送达日期"),
        ({"closed_on": "2026-11-20"}, "罚款没有缴清，不能结案"),
        ({"id_number": "99999920261009001" + id_check_digit("99999920261009001")}, "出生日期晚于"),
        ({**SHOP, "representative": ""}, "没有填法定代表人"),
        ({**SHOP, "object_kind": ""}, "处罚对象"),
        ({**SHOP, "id_number": "91350100M000100Y44"}, "校验不符"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_with_its_reason(changes: dict[str, str], told: str) -> None:
    rows = refused(**changes)
    assert {line for line, _ in rows} == {2}
    assert any(told in reason for _, reason in rows), rows


def test_the_simple_procedure_ends_at_its_limit_for_each_kind_of_party() -> None:
    simple = {"procedure": "简易程序", "filed_on": "", "paid": "", "paid_on": ""}
    assert "简易程序的限额" in refused(**simple, fine="200.01")[0][1]
    assert parsed({**LINE, **simple, "fine": "200"})[0].facts.procedure == "simple"
    shop = {**simple, **SHOP, "object_kind": "法人或者其他组织"}
    assert parsed({**LINE, **shop, "fine": "3000"})[0].fine_fen == 300_000


def test_a_closed_case_was_served_and_paid() -> None:
    (found,) = parsed({**LINE, "paid": "3000.50", "closed_on": "2026-11-20"})
    assert found.closed_on == date(2026, 11, 20)


def test_a_number_that_stands_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(BadRows) as bad:
        parsed(LINE, {**LINE, "case_number": "示城管罚立〔2026〕2号"})
    assert bad.value.rows == ((3, "决定书文号 示城管罚决〔2026〕1号 与第2行相同"),)


def test_more_lines_than_a_file_holds_are_refused() -> None:
    lines = ({**LINE, "case_number": f"立{each}", "decision_number": f"决{each}"} for each in range(LONGEST + 1))
    with pytest.raises(BadRows, match="分成几个文件") as bad:
        parsed(*lines)
    assert [line for line, _ in bad.value.rows] == [LONGEST + 2]


def test_an_old_act_is_imported_where_law_gives_five_years_or_it_was_not_punished() -> None:
    old = {"acted_on": "2023-10-08", "found_on": "2026-10-08"}
    assert "第三十六条" in refused(**old)[0][1]
    (grave,) = parsed({**LINE, **old, "harm": "危害后果轻微", "life_or_health": "是"})
    assert grave.facts.life_or_health
    spared = {"result": "不予处罚", "fine": "0", "paid": "", "paid_on": ""}
    assert parsed({**LINE, **old, **spared})[0].result == "none"
