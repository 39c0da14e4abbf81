"""The bank's file: what a line means, every bad line by number and reason, and a closing line that has to agree."""

from datetime import date

import pytest

from hall.rules.imports import BadRows
from hall.rules.payments_file import LONGEST, PaidLine, parse_payments

HEADING = "流水号,缴款识别码,决定书文号,金额,缴款日期\n"
CODE = "61000026A0000000123X"
NUMBER = "莲城管罚决〔2026〕1号"
GOOD = f"B0001,{CODE},{NUMBER},3000.00,2026-11-20\n"
OTHER = 'B0002,,莲城管罚决〔2026〕2号,"1,200.5",2026/11/21\n'


def closing(count: object, total: object) -> str:
    return f"合计,,{count},{total},\n"


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadRows) as refused:
        parse_payments(HEADING + text)
    return [(row.line, row.reason) for row in refused.value.rows]


def test_lines_and_total_are_read_as_the_bank_writes_them() -> None:
    paid = parse_payments(HEADING + GOOD + OTHER + closing("2笔", "4200.50"))
    assert paid.lines == (
        PaidLine(2, "B0001", CODE, NUMBER, 300_000, date(2026, 11, 20)),
        PaidLine(3, "B0002", "", "莲城管罚决〔2026〕2号", 120_050, date(2026, 11, 21)),
    )
    assert paid.total_fen == 420_050


def test_a_day_without_payments_has_a_closing_line_too() -> None:
    assert parse_payments(HEADING + closing(0, "0.00")).lines == ()


@pytest.mark.parametrize(
    ("cell", "instead", "reason"),
    [
        ("B0001", "", "流水号：应为 1 至 60 位字母、数字"),
        ("B0001", "2.02611E+19", "流水号：被 Excel 改成了科学计数"),
        (CODE, "6.1E+19", "缴款识别码：被 Excel 改成了科学计数"),
        (CODE, CODE[1:], "缴款识别码：“1000026A0000000123X”不是缴款识别码"),
        (f"{CODE},{NUMBER}", ",", "缴款识别码和决定书文号都空着"),
        (NUMBER, "长" * 61, "决定书文号：“长长长长长长长长长长长长长长长长长长长长…”长61字，不是文号"),
        ("3000.00", "3000.005", "金额：“3000.005”不是金额"),
        ("3000.00", "-3000", "金额：“-3000”不是金额"),
        ("3000.00", "99999999999999", "金额：“99999999999999”不是金额"),
        ("3000.00", "0.00", "金额：金额应大于零；冲正和退款不在缴款文件里"),
        ("2026-11-20", "2026-11-31", "缴款日期：“2026-11-31”不是日期"),
    ],
)
def test_a_bad_cell_is_named_with_line_and_reason(cell: str, instead: str, reason: str) -> None:
    ((line, told),) = faults(OTHER + GOOD.replace(cell, instead) + closing(2, "4200.50"))
    assert line == 3
    assert told.startswith(reason)


def test_a_reference_stands_for_one_payment_and_may_be_told_twice() -> None:
    assert len(parse_payments(HEADING + GOOD + GOOD + closing(2, 6000)).lines) == 2
    ((line, told),) = faults(GOOD + GOOD.replace("3000", "300") + closing(2, 3300))
    assert (line, told) == (3, "流水号 B0001 与第2行相同而内容不同，请向银行核实")


@pytest.mark.parametrize(
    ("ending", "reasons"),
    [
        ("", ["缺少合计行（流水号写“合计”，决定书文号写笔数，金额写总额），文件可能不完整"]),
        (closing(1, "4200.50"), ["合计行写1笔，文件里有2笔，文件可能不完整，请向银行核实"]),
        (closing(2, "4200.49"), ["合计行的金额是¥4,200.49，各行相加是¥4,200.50，文件可能不完整，请向银行核实"]),
        (closing("", "4200.50"), ["合计行的笔数应写在决定书文号一列，例如 12 或 12笔"]),
        (closing(3, "1"), ["合计行写3笔，文件里有2笔", "合计行的金额是¥1.00"]),
        (closing(2, "总额"), ["合计行的金额：“总额”不是金额"]),
    ],
)
def test_a_closing_line_that_does_not_agree_refuses_the_whole_file(ending: str, reasons: list[str]) -> None:
    told = faults(GOOD + OTHER + ending)
    assert len(told) == len(reasons)
    assert all(any(row[1].startswith(reason) for row in told) for reason in reasons)


def test_the_closing_line_is_one_and_the_last() -> None:
    assert faults(GOOD + closing(1, 3000) + OTHER) == [(3, "合计行应只有一行，并且是最后一行")]
    assert faults(GOOD + closing(1, 3000) + closing(1, 3000)) == [(3, "合计行应只有一行，并且是最后一行")]


def test_a_file_is_no_longer_than_what_one_import_can_hold() -> None:
    rows = "".join(f"B{number},{CODE},,1,2026-11-20\n" for number in range(LONGEST + 1))
    assert faults(rows + closing(LONGEST + 1, LONGEST + 1)) == [
        (LONGEST + 2, f"文件超过{LONGEST}行，请分成几个文件，各有各的合计行")
    ]


def test_a_row_of_the_wrong_shape_is_told_before_the_total() -> None:
    assert [line for line, _ in faults(GOOD + "B0002,只有两格\n" + closing(2, 9))] == [3]
