"""Papers of the service standards with fictitious content: instruction sheet, spot check, statement of training."""

from collections.abc import Callable
from datetime import date

from hall.rules.instructions_file import InstructionStep
from hall.rules.training import Want
from hall.services import papers_standards as standards
from hall.services.papers_common import Fields


def standards_papers(block: Fields, text: Callable[[str], str], rows: int) -> dict[str, Fields]:
    steps = tuple(
        InstructionStep(
            subject="permit",
            position=place,
            step=text("核对申请人身份和申请事项") if place == 1 else "核对申请人身份和申请事项",
            post="clerk",
            minutes=5,
            workdays=None,
            standard=text("读取身份证件，一次说清事项、材料和时限"),
            record="收件登记",
            screen="intake",
            valid_from=date(2026, 1, 1),
            valid_to=None,
            source="大厅作业指导书样例",
        )
        for place in range(1, rows + 1)
    )
    year, end = date(2026, 1, 1), date(2026, 12, 31)
    wants = (
        Want("hours", year, end, 120, 87),
        Want("camp", year, end, 7, 7),
        *(Want("friday", date(2026, month, 1), date(2026, month, 28), 1, month % 2) for month in range(1, 12)),
        Want("examination", date(2026, 10, 1), end, 1, 0),
    )
    return {
        "instruction_sheet": standards.instruction_sheet(
            block, subject="临时占用城市道路许可", general=True, steps=steps
        ),
        "spot_check": standards.spot_check(
            block,
            checked_name="王示例",
            counter="3号窗口",
            subject="临时占用城市道路许可",
            step=steps[0],
            way="现场查看",
            checked_on=date(2026, 12, 1),
            checker_name="周示例",
            met=False,
            finding=text("没有一次告知需要的材料"),
            correct_by=date(2026, 12, 8),
        ),
        "training_statement": standards.training_statement(
            block,
            name="王示例",
            badge_number="0012",
            posts="窗口人员、审查人员",
            until=date(2026, 12, 3),
            minutes_an_hour=45,
            records=[
                standards.TrainedRow(date(2026, 3, 2), None, "course", text("行政许可法专题"), 8, None, None),
                standards.TrainedRow(date(2026, 6, 1), date(2026, 6, 7), "camp", "年度轮训", 79, None, None),
                standards.TrainedRow(date(2026, 9, 25), None, "examination", "第三季度考试", 0, 86, True),
            ]
            * (rows // 3),
            wants=wants,
            qualifications=[
                standards.QualificationRow("法律职业资格", "A20200000000001", "司法部", date(2020, 3, 1), None, "有效"),
                standards.QualificationRow(
                    "岗位合格证", "GW-2023-0012", text("示例区城管局"), date(2023, 1, 1), date(2026, 12, 31), "将到期"
                ),
            ],
        ),
    }
