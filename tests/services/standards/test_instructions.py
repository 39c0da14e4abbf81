"""Work instructions: imported whole or not at all, shown to the posts that they are of, printed."""

from datetime import date

import pytest

from hall.resources import resource
from hall.rules.authority import NotAuthorised
from hall.rules.csv_table import decode
from hall.rules.imports import BadRows
from hall.rules.instructions_file import FILE_TITLE
from hall.services.documents import frozen
from hall.services.instructions import InstructionsImported, NoInstruction
from tests.services.standards_story import SAMPLE, Story

HEADING = "业务,步骤序号,步骤,岗位,分钟,工作日,标准,留痕,界面,生效日期,失效日期,来源"


def shown(story: Story, login: str, subject: str) -> list[str]:
    return [each.step.step for each in story.front(login).steps(subject)]


@pytest.mark.both
def test_a_file_that_is_imported_again_changes_nothing(instructed: Story) -> None:
    done = instructed.import_steps(decode(resource(SAMPLE).read_bytes(), FILE_TITLE))
    assert isinstance(done, InstructionsImported)
    assert (done.added, done.renewed, len(done.unchanged)) == ((), (), 9)
    assert done.sample == 36


@pytest.mark.both
def test_a_new_version_counts_from_its_day_and_the_old_one_until_then(instructed: Story) -> None:
    done = instructed.import_steps(f"{HEADING}\n咨询,1,答,窗口人员,5,,清楚,,,2026-12-01,,本局文件")
    assert isinstance(done, InstructionsImported)
    assert (done.added, done.renewed) == ((), ("咨询",))
    assert shown(instructed, "clerk", "enquiry") == ["解答业务问题", "答复转办的咨询"]
    assert "答" in [each.step.step for each in instructed.front("boss").instructions()]
    instructed.office.on(date(2026, 12, 1))
    assert shown(instructed, "clerk", "enquiry") == ["答"]
    assert "解答业务问题" not in [each.step.step for each in instructed.front("boss").instructions()]


@pytest.mark.both
def test_a_version_that_a_check_rests_on_is_not_rewritten(instructed: Story) -> None:
    rows = f"{HEADING}\n许可办理,3,告知,窗口人员,5,,清楚,,,2026-01-01,,本局文件"
    instructed.import_steps(rows)
    instructed.steps = {
        (each.step.subject, each.step.position): each for each in instructed.front("boss").instructions()
    }
    instructed.check()
    with pytest.raises(BadRows, match="请写新的生效日期"):
        instructed.import_steps(rows.replace("清楚", "明白"))
    assert shown(instructed, "clerk", "permit") == ["告知"]


def test_an_unknown_matter_is_refused_with_the_whole_file(story: Story) -> None:
    with pytest.raises(BadRows, match="第3行：事项目录里没有XK99"):
        story.import_steps(
            f"{HEADING}\n咨询,1,答,窗口人员,5,,清楚,,,2026-01-01,,x\nXK99,1,答,窗口人员,5,,清楚,,,2026-01-01,,x"
        )
    assert story.front("boss").instructions() == ()


def test_a_matter_has_its_own_steps_for_a_post_and_the_general_ones_for_the_others(instructed: Story) -> None:
    assert shown(instructed, "clerk", "XK05")[0] == "核对占道位置和面积"
    assert shown(instructed, "reviewer", "XK05") == ["审查申请、提出拟办意见"]
    assert shown(instructed, "clerk", "XK01-1") == shown(instructed, "clerk", "permit")
    everything = [each.step.position for each in instructed.front("clerk").steps("XK05", all_posts=True)]
    assert everything == [1, 2, 3, 6, 7, 8, 9, 10]


def test_a_post_that_has_nothing_to_do_with_it_is_told_so(instructed: Story) -> None:
    with pytest.raises(NoInstruction, match="hall import instructions"):
        instructed.front("cashier").steps("permit")


def test_a_version_that_has_ended_is_not_shown(instructed: Story) -> None:
    instructed.import_steps(f"{HEADING}\n缴款,1,收,窗口人员,5,,清楚,,,2026-11-01,2026-11-22,x")
    with pytest.raises(NoInstruction):
        instructed.front("clerk").steps("payment")


def test_the_sheet_holds_every_step_of_every_post(instructed: Story) -> None:
    issued = instructed.front("clerk").print_sheet("XK05")
    content = frozen(instructed.office.store, issued.document_id).content
    assert content["subject"] == "临时占用城市道路许可"
    assert content["general"] == "是"
    steps = content["steps"]
    assert [row["step"] for row in steps if isinstance(row, dict)][:2] == [
        "核对占道位置和面积",
        "受理并说明占用费和恢复责任",
    ]


def test_without_instructions_there_is_no_sheet(story: Story) -> None:
    with pytest.raises(NoInstruction):
        story.front("clerk").print_sheet("permit")


def test_who_may_not_import_does_not(story: Story) -> None:
    with pytest.raises(NotAuthorised):
        story.import_steps(f"{HEADING}\n咨询,1,答,窗口人员,5,,清楚,,,2026-01-01,,x", login="clerk")
