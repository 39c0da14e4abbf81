"""The file of work instructions: what is read, and how every fault is named."""

from datetime import date

import pytest

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.imports import BadRows
from hall.rules.instructions_file import FILE_TITLE, InstructionStep, parse_instructions

HEADING = "业务,步骤序号,步骤,岗位,分钟,工作日,标准,留痕,界面,生效日期,失效日期,来源"
GOOD = "咨询,1,解答,窗口人员,10,,一次说清,咨询登记,咨询,2026-01-01,2026-12-31,样例"


def refusals(*rows: str) -> list[str]:
    with pytest.raises(BadRows) as bad:
        parse_instructions("\n".join((HEADING, *rows)))
    return [f"{row.line} {row.reason}" for row in bad.value.rows]


def test_a_row_says_what_a_post_does_in_what_time_to_what_standard() -> None:
    (step,) = parse_instructions(f"{HEADING}\n{GOOD}")
    assert step == InstructionStep(
        subject="enquiry",
        position=1,
        step="解答",
        post="clerk",
        minutes=10,
        workdays=None,
        standard="一次说清",
        record="咨询登记",
        screen="enquiry",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        source="样例",
        line=2,
    )


def test_the_shipped_sample_is_read_and_says_that_it_is_one() -> None:
    steps = parse_instructions(decode(resource("instructions/sample.csv").read_bytes(), FILE_TITLE))
    assert {"enquiry", "permit", "guiding", "visit_help", "XK05"} <= {each.subject for each in steps}
    assert all("样例" in each.source for each in steps)


def test_a_matter_is_named_by_its_code_and_a_step_may_have_workdays_or_no_time() -> None:
    days, none = parse_instructions(
        f"{HEADING}\nXK05,1,审查,审查人员,,3,写明理由,,,2026/1/1,,x\nXK05,2,归档,审查人员,,,一案一卷,,,2026-01-01,,x"
    )
    assert (days.subject, days.minutes, days.workdays, days.screen, days.valid_to) == ("XK05", None, 3, "", None)
    assert (none.minutes, none.workdays) == (None, None)


def test_every_fault_of_every_row_is_told_at_once() -> None:
    told = refusals(
        "大厅,0,,店员,600,x,,,前台,2026-13-01,明天,",
        GOOD,
        "permit,1,解答,窗口人员,,,一次说清,,,2026-01-01,,样例",
    )
    assert [each for each in told if each.startswith("2 ")] == sorted(
        [
            "2 业务：不认识“大厅”，请写事项编码，或者写："
            "许可办理、咨询、疏导、上门帮扶、投诉举报、减免、缴款、行政处罚",
            "2 步骤序号：“0”不是 1 至 99 的整数，请改正",
            "2 步骤：不能为空，请填写",
            "2 岗位：不认识岗位“店员”，请写：导办、窗口人员、审查人员、法制审核人员、科室负责人、批准人、财务人员、"
            "大厅主任、系统管理员",
            "2 分钟：“600”不是 1 至 480 的整数，请改正",
            "2 工作日：“x”不是 1 至 60 的整数，请改正",
            "2 标准：不能为空，请填写",
            "2 界面：不认识界面“前台”，请写：导办、受理、审查、审核、法制审核、批准、制证送达、咨询、现场，或者留空",
            "2 生效日期：“2026-13-01”不是日期，请写如 2026-01-01",
            "2 失效日期：“明天”不是日期，请写如 2026-01-01",
            "2 来源：不能为空，请填写",
        ]
    )
    assert any(each.startswith("4 业务：不认识“permit”") for each in told)  # a word of the program, not a matter


def test_a_step_has_one_limit_a_number_and_ends_after_it_begins() -> None:
    assert refusals("咨询,,解答,窗口人员,5,1,清楚,,,2026-02-01,2026-01-01,x") == [
        "2 分钟和工作日只填一个：一步只有一个时限",
        "2 失效日期2026-01-01早于生效日期2026-02-01，请核对",
        "2 步骤序号：不能为空，请从 1 开始编号",
    ]


def test_two_steps_of_a_version_have_two_numbers_and_one_last_day() -> None:
    told = refusals(
        GOOD,
        GOOD.replace("2026-12-31", "2026-11-30"),
        GOOD.replace("2026-01-01", "2027-01-01", 1).replace("2026-12-31", ""),
    )
    assert told == [
        "3 同一业务同一生效日期的各步骤，失效日期应当一致，请核对",
        "3 步骤序号1与第2行重复，请改为不同的序号",
    ]


def test_a_row_of_another_shape_is_named_with_the_others() -> None:
    assert refusals("咨询,1", GOOD)[0].startswith("2 有2格，表头有12列")
