"""The report to the district government tells counts and shares with the numbers they are made of."""

from hall.rules.work_report import WorkLine, WorkSection, numbered

RECEIVED = WorkLine("收到诉求", 1200)
DONE = WorkLine("办结率", 1000, 1200, "收到的诉求")
CONTENT = WorkLine("满意率", 0, 0, "给出评价的")


def test_a_count_has_its_unit_and_a_share_its_two_numbers() -> None:
    assert (RECEIVED.value, RECEIVED.parts, RECEIVED.words) == ("1,200件", "", "收到诉求1,200件")
    assert (DONE.value, DONE.parts, DONE.words) == ("83.3%", "1,000/1,200", "办结率83.3%（1,000/1,200）")
    assert WorkLine("培训", 8, unit="学时").words == "培训8学时"


def test_what_is_counted_in_parts_of_its_unit_is_not_cut_off() -> None:
    assert WorkLine("培训", 9, unit="学时", scale=2).words == "培训4.5学时"
    assert WorkLine("捐赠款", 500_000, unit="元", scale=100).words == "捐赠款5,000元"
    money = WorkLine("发放救助款", -12_050, unit="元", scale=100)
    assert (money.value, money.number) == ("-120.50元", -120.5)
    assert WorkLine("培训", 8, unit="学时", scale=2).number == 4


def test_a_share_of_nothing_is_a_dash_in_the_table_and_not_told_in_words() -> None:
    assert (CONTENT.value, CONTENT.words) == ("—", "满意率—")
    assert WorkSection("诉求", (RECEIVED, DONE, CONTENT)).words == "收到诉求1,200件，办结率83.3%（1,000/1,200）。"


def test_where_nothing_happened_the_section_says_so() -> None:
    assert WorkSection("救助", (WorkLine("申请", 0), CONTENT)).words == "本月没有发生。"


def test_sections_are_numbered_as_a_report_is() -> None:
    told = numbered((WorkSection("诉求", (RECEIVED,)), WorkSection("救助", (WorkLine("申请", 0),))))
    assert told == (("一、诉求", "收到诉求1,200件。"), ("二、救助", "本月没有发生。"))
