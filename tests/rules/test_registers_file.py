"""Files of a register's entries: columns by its labels, every bad row named."""

from datetime import date

import pytest

from hall.rules.identity import id_check_digit
from hall.rules.imports import BadRows
from hall.rules.registers_file import EntryLine, NamedPerson, columns_of, parse_entries
from tests.rules.registers import SHOPS, register

NUMBER = "99999919900307001" + id_check_digit("99999919900307001")
HEAD = "日期,店名,事实,到期,数量,种类,店主,店主证件号码,店主电话\n"


def parse(rows: str) -> tuple[EntryLine, ...]:
    return parse_entries(HEAD + rows, SHOPS)


def reasons(rows: str, head: str = HEAD) -> list[tuple[int, str]]:
    with pytest.raises(BadRows) as refused:
        parse_entries(head + rows, SHOPS)
    return [(row.line, row.reason) for row in refused.value.rows]


def test_a_line_says_the_values_and_the_person() -> None:
    (line,) = parse(f"2026-11-20,示例店,已清理,2026-12-31,3,甲,张测明,{NUMBER},139 0000 1234\n")
    assert (line.line, line.day) == (2, date(2026, 11, 20))
    values = {"shop": "示例店", "facts": "已清理", "until": "2026-12-31", "count": "3", "kind": "甲"}
    assert line.values == values
    assert line.person == NamedPerson("resident", "张测明", NUMBER, "13900001234")


def test_an_organisation_is_known_by_its_code_and_nobody_needs_a_number() -> None:
    rows = "2026-11-20,一,,,,,样本公司,91350100M000100Y43,\n2026-11-20,二,,,,,张测明,,\n2026-11-20,三,,,,,,,\n"
    organisation, without, nobody = (line.person for line in parse(rows))
    assert organisation == NamedPerson("organisation", "样本公司", "91350100M000100Y43")
    assert without == NamedPerson("resident", "张测明")
    assert nobody is None


def test_every_bad_row_is_named() -> None:
    rows = "11月,,,,三,,,,\n2026-11-20,店,,,,,张,123,\n2026-11-20,店,,,,,张,,12\n"
    found = reasons(rows)
    assert {reason for _, reason in found[:3]} == {"日期不是日期，请写成 2026-11-23", "没有填写店名", "数量不是数"}
    assert [line for line, _ in found] == [2, 2, 2, 3, 4]


def test_a_line_that_says_the_same_again_is_named() -> None:
    row = f"2026-11-20,店,已清理,,3,甲,张测明,{NUMBER},\n"
    assert reasons(row + row.replace(",3,", ",4,") + row) == [(4, "与第2行重复，请只留一行")]


def test_a_person_that_is_wanted_has_to_be_named() -> None:
    fields = tuple(
        each if each.kind != "person" else type(each)("owner", "店主", "person", required=True) for each in SHOPS.fields
    )
    own = register(fields=fields)
    with pytest.raises(BadRows, match="没有填写店主"):
        parse_entries("日期,店名,店主\n2026-11-20,店,\n", own)


def test_the_columns_are_the_labels() -> None:
    assert [column.titles[0] for column in columns_of(SHOPS)] == [
        "日期",
        "店名",
        "事实",
        "到期",
        "数量",
        "种类",
        "店主",
        "店主证件号码",
        "店主电话",
        "联系人",
    ]


def test_the_repr_of_a_person_tells_no_name() -> None:
    assert "张测明" not in repr(NamedPerson("resident", "张测明", NUMBER))


def test_a_shape_that_is_wrong_is_named_with_the_rest() -> None:
    assert [line for line, _ in reasons("2026-11-20,店\n2026-11-20,,,,,,,,\n")] == [2, 3]
