"""The file of appointments: what a row means, and every bad row by line and reason."""

from datetime import date, time

import pytest

from hall.rules.appointment_file import BookedTime, parse_appointments
from hall.rules.imports import BadRows

HEADING = "预约编号,姓名,证件号码,手机号,事项编码,预约日期,开始时间,结束时间\n"
ID = "999999199003070012"
WRONG_ID = "999999199003070018"
GOOD = f"YY-0001,张测明,{ID},13900001234,XK05,2026-11-23,09:30,10:00\n"


def faults(*rows: str) -> list[tuple[int, str]]:
    with pytest.raises(BadRows) as refused:
        parse_appointments(HEADING + "".join(rows))
    return [(row.line, row.reason) for row in refused.value.rows]


def test_a_row_is_a_booked_time() -> None:
    assert parse_appointments(HEADING + GOOD) == (
        BookedTime(
            line=2,
            reference="YY-0001",
            name="张测明",
            id_number=ID,
            phone="13900001234",
            matter_code="XK05",
            day=date(2026, 11, 23),
            starts=time(9, 30),
            ends=time(10),
        ),
    )


def test_what_excel_writes_back_is_read() -> None:
    (booked,) = parse_appointments(
        HEADING + f"20261,张测明,{ID},,XK05,2026/11/3,9:30:00,１０：00\n".replace("１０", "10")
    )
    assert (booked.day, booked.starts, booked.ends, booked.phone) == (date(2026, 11, 3), time(9, 30), time(10), "")


def test_the_repr_of_a_booked_time_tells_no_person() -> None:
    (booked,) = parse_appointments(HEADING + GOOD)
    for personal in ("张测明", ID, "13900001234"):
        assert personal not in repr(booked)


@pytest.mark.parametrize(
    ("cell", "instead", "reason"),
    [
        ("YY-0001", "", "预约编号：应为 1 至 40 位"),
        ("YY-0001", "预约一号", "预约编号：应为 1 至 40 位"),
        ("张测明", "", "姓名：不能为空"),
        (ID, WRONG_ID, "证件号码：身份证号码校验不符"),
        (ID, "", "证件号码：身份证号码应为 18 位"),
        (ID, "9.99999E+17", "证件号码：被 Excel 改成了科学计数"),
        ("13900001234", "139", "手机号：电话号码不对"),
        ("XK05", "", "事项编码：“”不是事项编码"),
        ("2026-11-23", "2026-11-31", "预约日期：“2026-11-31”不是日期"),
        ("09:30", "25:00", "开始时间：“25:00”不是时间，请写如 09:30"),
        ("10:00", "", "结束时间：“”不是时间"),
        ("10:00", "09:30", "结束时间应晚于开始时间"),
    ],
)
def test_a_bad_cell_is_named_with_line_and_reason(cell: str, instead: str, reason: str) -> None:
    ((line, told),) = faults("X1" + GOOD, GOOD.replace(cell, instead))
    assert line == 3
    assert told.startswith(reason)


def test_all_faults_of_all_rows_are_told_at_once() -> None:
    told = faults("坏,,1,1,?,x,y,z\n", GOOD, GOOD, "short,row\n")
    assert [line for line, _ in told] == [2] * 8 + [4, 5]
    assert "预约编号 YY-0001 与第3行重复，请只留一行" in dict(told)[4]


def test_a_refusal_repeats_no_id_number() -> None:
    assert all("1990030700" not in reason for _, reason in faults(GOOD.replace(ID, WRONG_ID)))
